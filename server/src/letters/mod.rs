//! What letters say. The queue knows only whom a letter goes to and what it is about; the words are made when it is
//! sent, so that no secret link lies in the database.

pub(crate) mod about;
mod draft;
mod enquiry;
pub(crate) mod invitation;
pub(crate) mod reminder;
pub(crate) mod sign_in;
pub(crate) mod thanks;
pub(crate) mod worker;
pub(crate) mod workshop;

use domain::{
    ids::MailId,
    letter::{Letter, Mail},
};
use mail::Message;
use store::StoreError;

pub(crate) use draft::Draft;

use crate::state::App;

/// What came of composing a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Composed {
    /// Send this.
    Message(Message),
    /// There is no reason for the letter any more; a sentence for those who look at the queue says why.
    Moot(String),
}

/// Makes a letter's words as of now.
///
/// # Errors
/// When the database cannot be read; the letter is tried again later.
pub(crate) async fn compose(app: &App, mail: &Mail) -> Result<Composed, StoreError> {
    match mail.new.letter {
        Letter::SignIn(account) => sign_in::compose(app, mail, account).await,
        Letter::Invitation(round, participant) => {
            invitation::compose(app, mail, round, participant).await
        }
        Letter::Reminder(round, participant, number) => {
            reminder::compose(app, mail, round, participant, number).await
        }
        Letter::Thanks(round, participant) => thanks::compose(app, mail, round, participant).await,
        Letter::Workshop(workshop, invitee) => {
            workshop::compose(app, mail, workshop, invitee).await
        }
        Letter::Enquiry(enquiry, contact) => enquiry::compose(app, mail, enquiry, contact).await,
    }
}

/// Deletes letters from the outbox when they are gone from the queue. What cannot be deleted is told to those who run
/// the server: nobody else can do anything about it.
pub(crate) async fn forget(app: &App, letters: &[MailId]) {
    let ids: Vec<_> = letters.iter().map(|id| id.uuid()).collect();
    if let Err(error) = app.mailer.forget(&ids).await {
        tracing::error!(%error, "letters that are gone from the queue could not be deleted from the outbox");
    }
}
