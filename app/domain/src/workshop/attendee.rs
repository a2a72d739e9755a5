//! Those who have joined a workshop.

use crate::{
    ids::{AccountId, AttendeeId, ParticipantId},
    municipality::Municipality,
    survey::Occupation,
    text::Title,
};

/// One person's seat in one workshop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Which.
    pub id: AttendeeId,
    /// The name they gave.
    pub name: Title,
    /// Role at home.
    pub occupation: Occupation,
    /// Where they come from, in Swedish order; never empty.
    pub municipalities: Vec<Municipality>,
    /// Who it is, when they were signed in.
    pub account: Option<AccountId>,
    /// Who it is, when they came with a personal link.
    pub participant: Option<ParticipantId>,
    /// Whether they have been let in; not before the facilitator says so, where that is asked for.
    pub approved: bool,
    /// Whether they speak for their municipalities: set the agreed levels there.
    pub speaks: bool,
    /// When they joined, in milliseconds since 1970 UTC.
    pub joined_at: i64,
    /// Whether the facilitator has sent them away. What they wrote still stands.
    pub removed: bool,
}

impl Attendee {
    /// Whether they are in the room: let in and not sent away.
    pub fn is_present(&self) -> bool {
        self.approved && !self.removed
    }
}
