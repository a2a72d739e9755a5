//! Identifiers, one type a noun, so that they cannot be mixed up.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an identifier made elsewhere; making one is the caller's, for the domain has no randomness.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare identifier, for storage.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A capability mapping (kartläggning).
    MappingId;
    /// A goal (mål).
    GoalId;
    /// An area (område).
    AreaId;
    /// A capability (förmåga); stable over every version of the map.
    CapabilityId;
    /// A weakness (oförmåga).
    WeaknessId;
    /// A survey round (omgång).
    RoundId;
    /// One person's part in one round (deltagare).
    ParticipantId;
    /// A person who signs in.
    AccountId;
    /// A signed-in browser.
    SessionId;
    /// One command sent by one person; sent again it is the same command.
    OpId;
    /// One workshop of a mapping's series.
    WorkshopId;
    /// A point on a workshop's agenda.
    ItemId;
    /// Something one person wrote in a workshop.
    CardId;
    /// A note or a decision.
    NoteId;
    /// An improvement area (förbättringsområde).
    ImprovementId;
    /// One person's seat in one workshop.
    AttendeeId;
    /// A person asked to take part in the series (inbjuden).
    InviteeId;
    /// An interest enquiry (intresseförfrågan).
    EnquiryId;
    /// Whom an enquiry is put to: one a municipality.
    ContactId;
    /// A letter in the queue.
    MailId;
    /// A free text of a survey.
    RemarkId;
    /// A protocol of what has been taken out of the records (gallring).
    DisposalId;
    /// A program that reads a mapping's results (läsnyckel).
    TokenId;
}
