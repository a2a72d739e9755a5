//! Letters as MIME messages, and the two ways out: a mail server, or files in an outbox.

mod dialogue;
mod mailer;
mod message;
mod outbox;
mod server;

pub use self::{
    mailer::{Mailer, Outcome, Recipient},
    message::{Attachment, Message},
    server::SettingError,
};
