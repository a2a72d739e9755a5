//! Letters that the service sends by mail.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ids::{
        AccountId, ContactId, EnquiryId, InviteeId, MailId, MappingId, ParticipantId, RoundId,
        WorkshopId,
    },
    map::choices,
    text::Text,
};

/// The sender's own words in a letter, several lines; may be empty.
pub type OwnWords = Text<0, 2000>;

choices! {
    /// What has become of a letter.
    MailStatus {
        /// Waits to be sent, or to be tried again.
        Queued = "köat",
        /// Is being sent; after a crash nobody knows whether it was.
        Sending = "skickas",
        /// Taken in by the mail server, or laid in the outbox.
        Sent = "skickat",
        /// Refused for good by the mail server.
        Bounced = "studsat",
        /// Given up after too many tries.
        Failed = "misslyckat",
        /// May have been sent or not; sent again only when a person says so.
        Unclear = "oklart",
        /// Taken out of the queue before it was sent: by a person, or because there was no reason for it any more.
        Stopped = "stoppat",
    }
}

/// What a letter is about and whom it goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Letter {
    /// A link to sign in with, good for 15 minutes.
    SignIn(AccountId),
    /// A personal link to a round's survey.
    Invitation(RoundId, ParticipantId),
    /// The same to one who has not answered, with the number of the reminder.
    Reminder(RoundId, ParticipantId, u8),
    /// Thanks for an answer, with the way to one's own picture.
    Thanks(RoundId, ParticipantId),
    /// A workshop's time and place, with a calendar file, to an invitee.
    Workshop(WorkshopId, InviteeId),
    /// An interest enquiry.
    Enquiry(EnquiryId, ContactId),
}

impl Letter {
    /// The code of its kind in storage.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::SignIn(_) => "inloggning",
            Self::Invitation(..) => "inbjudan",
            Self::Reminder(..) => "påminnelse",
            Self::Thanks(..) => "tack",
            Self::Workshop(..) => "workshop",
            Self::Enquiry(..) => "intresseförfrågan",
        }
    }

    /// Which of several of the same kind, for storage; 0 when there is one only.
    pub const fn number(self) -> u8 {
        match self {
            Self::Reminder(_, _, number) => number,
            _ => 0,
        }
    }

    /// What it is about, for storage.
    pub const fn about(self) -> Uuid {
        match self {
            Self::SignIn(account) => account.uuid(),
            Self::Invitation(round, _) | Self::Reminder(round, ..) | Self::Thanks(round, _) => {
                round.uuid()
            }
            Self::Workshop(workshop, _) => workshop.uuid(),
            Self::Enquiry(enquiry, _) => enquiry.uuid(),
        }
    }

    /// Whom it goes to, for storage.
    pub const fn recipient(self) -> Uuid {
        match self {
            Self::SignIn(account) => account.uuid(),
            Self::Invitation(_, participant)
            | Self::Reminder(_, participant, _)
            | Self::Thanks(_, participant) => participant.uuid(),
            Self::Workshop(_, invitee) => invitee.uuid(),
            Self::Enquiry(_, contact) => contact.uuid(),
        }
    }
}

/// A letter to lay in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMail {
    /// Which.
    pub id: MailId,
    /// Of which mapping; none for letters about the service itself.
    pub mapping: Option<MappingId>,
    /// What it is about and whom it goes to.
    pub letter: Letter,
    /// The recipient's name.
    pub name: String,
    /// The recipient's address.
    pub address: String,
    /// The sender's own words.
    pub words: OwnWords,
    /// Two letters with the same key are the same letter: the second is not queued. `inbjudan:<participant>`,
    /// `påminnelse:<participant>:<number>`, `tack:<participant>`; with a further part when a person sends again.
    pub dedupe: String,
    /// When it may be sent at the earliest, in milliseconds since 1970 UTC.
    pub due_at: i64,
}

/// A letter in the queue or out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// What was laid in the queue.
    pub new: NewMail,
    /// What has become of it.
    pub status: MailStatus,
    /// How many times it has been tried.
    pub attempts: u32,
    /// When the status was last changed, in milliseconds since 1970 UTC; in confidential rounds thanks are kept to the day.
    pub changed_at: i64,
    /// What the mail server said, or why it could not be reached; may be empty.
    pub answer: String,
}

choices! {
    /// Whether a planned reminder goes out.
    ReminderStatus {
        /// Goes out when it is due.
        Planned = "planerad",
        /// Stopped by a person; can be planned again.
        Stopped = "stoppad",
        /// Has gone out.
        Sent = "skickad",
    }
}

/// A reminder of a round, to those who have not answered when it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// 1, 2, …
    pub number: u8,
    /// When it goes out, in milliseconds since 1970 UTC.
    pub due_at: i64,
    /// Whether it does.
    pub status: ReminderStatus,
    /// The sender's own words.
    pub words: OwnWords,
}
