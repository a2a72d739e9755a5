//! What can go wrong, without a word of SQL for those who must not see any.

use std::io;

use sqlx::error::ErrorKind;

/// Why the database could not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It would break what always holds; the name says what: something that must be unique, such as `round_number`, is
    /// taken, or the `last_coordinator` of a mapping would be gone.
    #[error("in conflict: {0}")]
    Conflict(&'static str),
    /// It, or something it points at, is not there.
    #[error("not found")]
    NotFound,
    /// The database failed. What it said is in the source, for the log only.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// A row holds what the program never writes.
    #[error("the database holds something unreadable: {0}")]
    Corrupt(String),
}

impl StoreError {
    /// The same error for another who had the same work done; what the database said, in words.
    pub(crate) fn again(&self) -> Self {
        match self {
            Self::Conflict(name) => Self::Conflict(name),
            Self::NotFound => Self::NotFound,
            Self::Database(error) => {
                Self::Database(sqlx::Error::Io(io::Error::other(error.to_string())))
            }
            Self::Corrupt(found) => Self::Corrupt(found.clone()),
        }
    }
}

/// What must be unique: its name (also the constraint's name in PostgreSQL) and the columns that SQLite reports.
const UNIQUE: [(&str, &str); 28] = [
    ("account_id", "account.id"),
    ("account_email", "account.email_key"),
    ("attendee_id", "attendee.id"),
    ("attendee_account", "attendee.workshop, attendee.account"),
    (
        "attendee_participant",
        "attendee.workshop, attendee.participant",
    ),
    ("attendee_token", "attendee.token_hash"),
    ("audit_id", "audit.id"),
    ("disposal_id", "disposal.id"),
    ("enquiry_contact_id", "enquiry_contact.id"),
    ("enquiry_contact_token", "enquiry_contact.token_hash"),
    ("enquiry_id", "enquiry.id"),
    (
        "enquiry_municipality",
        "enquiry_contact.enquiry, enquiry_contact.municipality",
    ),
    ("invitee_id", "invitee.id"),
    ("invitee_token", "invitee.token_hash"),
    ("login_link_token", "login_link.token_hash"),
    ("mail_dedupe", "mail.dedupe"),
    ("mapping_id", "mapping.id"),
    ("participant_id", "participant.id"),
    ("participant_token", "participant.token_hash"),
    ("response_id", "response.id"),
    ("round_id", "round.id"),
    ("round_number", "round.mapping, round.number"),
    ("session_id", "session.id"),
    ("session_token", "session.token_hash"),
    ("token_hash", "token.token_hash"),
    ("token_id", "token.id"),
    ("workshop_code", "workshop.code"),
    ("workshop_id", "workshop.id"),
];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(reported) = &error else {
            return Self::Database(error);
        };
        match reported.kind() {
            ErrorKind::ForeignKeyViolation => Self::NotFound,
            ErrorKind::UniqueViolation => {
                let taken = UNIQUE.iter().find(|(name, columns)| {
                    reported.constraint() == Some(name)
                        || reported
                            .message()
                            .strip_prefix("UNIQUE constraint failed: ")
                            == Some(columns)
                });
                match taken {
                    Some((name, _)) => Self::Conflict(name),
                    None => Self::Database(error),
                }
            }
            _ => Self::Database(error),
        }
    }
}
