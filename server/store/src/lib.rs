//! Everything SQL: embedded SQLite and PostgreSQL behind one set of functions.
//!
//! One module a noun, one SQL text for both databases; rows become domain types here and nowhere else. Times are
//! milliseconds since 1970 UTC and come in as arguments, as do ids; the database is never asked for either.

mod account;
mod answer;
mod answering;
mod attendee;
mod audit;
mod cached;
mod confidential;
mod database;
mod enquiry;
mod error;
mod execute;
mod invitee;
mod log;
mod login;
mod mail;
mod mapping;
mod open;
mod paper;
mod participant;
mod participation;
mod password;
mod preparation;
mod publication;
pub mod records;
mod remark;
mod reminder;
mod reply;
mod results;
mod round;
mod row;
mod sealed;
mod session;
mod survey;
mod survey_effect;
mod token;
mod watch;
mod workshop;

pub use self::{
    account::Account,
    answering::{AnswerForm, AnswerOutcome, SaveOutcome, SubmitOutcome},
    audit::AuditEntry,
    enquiry::EnquiryLink,
    error::StoreError,
    execute::{ExecuteError, Executed},
    invitee::InviteeLink,
    login::LoginLink,
    mail::{BACK_OFF, MailOutcome},
    open::OpenError,
    paper::PaperOutcome,
    participant::ParticipantLink,
    participation::{Stated, Statement},
    reply::{GivenReply, ReplyOutcome},
    sealed::RecoveryCode,
    session::{NewSession, Session, SignedIn},
    token::{NewToken, Token},
};

/// The SHA-256 of a secret that stands in a link or a cookie; the secret itself is never stored.
pub type TokenHash = [u8; 32];

/// The database, with the maps it has read kept at hand. Clones share everything.
#[derive(Clone)]
pub struct Store {
    db: database::Db,
    maps: cached::Maps,
    answers: answering::Answers,
}
