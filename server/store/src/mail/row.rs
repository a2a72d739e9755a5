//! A letter as it is stored.

use domain::{
    ids::{
        AccountId, ContactId, EnquiryId, InviteeId, MailId, MappingId, ParticipantId, RoundId,
        WorkshopId,
    },
    letter::{Letter, Mail, MailStatus, NewMail},
};
use uuid::Uuid;

use crate::{
    StoreError,
    row::{choice, corrupt, number, text},
};

#[derive(sqlx::FromRow)]
pub(super) struct MailRow {
    id: Uuid,
    mapping: Option<Uuid>,
    kind: String,
    about: Uuid,
    recipient: Uuid,
    number: i64,
    name: String,
    address: String,
    words: String,
    dedupe: String,
    status: String,
    attempts: i64,
    due_at: i64,
    changed_at: i64,
    answer: String,
}

/// All columns, in no order that matters.
macro_rules! columns {
    () => {
        "id, mapping, kind, about, recipient, number, name, address, words, dedupe, status, attempts, due_at,
         changed_at, answer"
    };
}

pub(super) use columns;

impl MailRow {
    pub(super) fn read(self) -> Result<Mail, StoreError> {
        Ok(Mail {
            new: NewMail {
                id: MailId::new(self.id),
                mapping: self.mapping.map(MappingId::new),
                letter: letter(&self.kind, self.about, self.recipient, number(self.number)?)?,
                name: self.name,
                address: self.address,
                words: text(self.words)?,
                dedupe: self.dedupe,
                due_at: self.due_at,
            },
            status: choice(&self.status, MailStatus::from_code)?,
            attempts: number(self.attempts)?,
            changed_at: self.changed_at,
            answer: self.answer,
        })
    }
}

/// What a letter is about and whom it goes to, from how it is stored.
fn letter(kind: &str, about: Uuid, recipient: Uuid, number: u8) -> Result<Letter, StoreError> {
    let (round, participant) = (RoundId::new(about), ParticipantId::new(recipient));
    Ok(match kind {
        "inloggning" => Letter::SignIn(AccountId::new(recipient)),
        "inbjudan" => Letter::Invitation(round, participant),
        "påminnelse" => Letter::Reminder(round, participant, number),
        "tack" => Letter::Thanks(round, participant),
        "workshop" => Letter::Workshop(WorkshopId::new(about), InviteeId::new(recipient)),
        "intresseförfrågan" => Letter::Enquiry(EnquiryId::new(about), ContactId::new(recipient)),
        _ => return Err(corrupt("letter", kind)),
    })
}
