//! Votes, raised hands and reviews.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{CapabilityId, ImprovementId, ItemId, OpId, WorkshopId},
    map::Author,
};

/// Who votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Voter {
    /// Someone who takes part with a screen of their own.
    Person(Author),
    /// Someone in the room, whose vote a facilitator enters: one a command.
    Room(OpId),
}

/// What is voted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VoteOn {
    /// A capability's effect on goals, 1–5.
    Capability(CapabilityId),
    /// An improvement area, as a number of dots.
    Improvement(ImprovementId),
}

/// Which vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VoteKey {
    /// In which workshop.
    pub workshop: WorkshopId,
    /// At which point.
    pub item: ItemId,
    /// In the first or second round.
    pub attempt: u8,
    /// On what.
    pub on: VoteOn,
    /// Whose.
    pub voter: Voter,
}

/// Whose "klar" at which point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReadyKey {
    /// In which workshop.
    pub workshop: WorkshopId,
    /// At which point.
    pub item: ItemId,
    /// Who.
    pub by: Author,
}

/// Which capability has been approved (godkänd) in which workshop's walk-through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReviewKey {
    /// In which workshop.
    pub workshop: WorkshopId,
    /// What.
    pub capability: CapabilityId,
}
