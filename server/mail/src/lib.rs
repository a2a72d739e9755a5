//! Letters as MIME messages, and the two ways out: a mail server, or files in an outbox.

mod message;

pub use self::message::{Attachment, Message};
