//! What someone wants done with the map, and why it may be refused.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::Date;

use super::{
    content::{Area, CapabilityDraft, Goal, Weakness},
    event::{AgreedLevel, Effect},
};
use crate::{
    ids::{AreaId, CapabilityId, GoalId, OpId, RoundId, WeaknessId, WorkshopId},
    municipality::Municipality,
    text::{CapabilityName, DecidedBy},
    workshop::WorkCommand,
};

/// What someone wants done. Ids of new things are made by the sender, so that a repeated command is the same command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Adds the goal, or edits it if it is there.
    SaveGoal(GoalId, Goal),
    /// Removes a goal that no other goal stands under; capabilities lose the link.
    RemoveGoal(GoalId),
    /// Adds the area last, or edits it if it is there.
    SaveArea(AreaId, Area),
    /// Moves an area to this place, from 0.
    MoveArea(AreaId, u32),
    /// Removes an area; its capabilities become ungrouped.
    RemoveArea(AreaId),
    /// Adds the capability last in its area, or edits it if it is there.
    SaveCapability(CapabilityId, CapabilityDraft),
    /// Moves a capability to an area, before another or last.
    MoveCapability {
        /// Which.
        id: CapabilityId,
        /// Where to.
        area: Option<AreaId>,
        /// Before which; last when none.
        before: Option<CapabilityId>,
    },
    /// Makes several capabilities into one that is among the map's already.
    MergeCapabilities {
        /// Those that go.
        from: BTreeSet<CapabilityId>,
        /// The one that stays.
        into: CapabilityId,
    },
    /// Makes one capability into several new ones beside it.
    SplitCapability {
        /// The one that goes.
        id: CapabilityId,
        /// Those that come, at least two.
        parts: Vec<(CapabilityId, CapabilityName)>,
    },
    /// Takes a capability off the map.
    RetireCapability(CapabilityId),
    /// Brings a retired capability back.
    RestoreCapability(CapabilityId),
    /// Adds the weakness, or edits it if it is there.
    SaveWeakness(WeaknessId, Weakness),
    /// Removes a weakness.
    RemoveWeakness(WeaknessId),
    /// Adds everything or nothing.
    Import {
        /// New areas.
        areas: Vec<(AreaId, Area)>,
        /// New capabilities, in areas of the map or of this import.
        capabilities: Vec<(CapabilityId, CapabilityDraft)>,
        /// New goals, each after its parent.
        goals: Vec<(GoalId, Goal)>,
        /// New weaknesses.
        weaknesses: Vec<(WeaknessId, Weakness)>,
    },
    /// Makes what stands on the map a numbered, locked version.
    Ratify {
        /// The day of the decision.
        date: Date,
        /// The deciding body.
        decided_by: DecidedBy,
    },
    /// Sets or withdraws one municipality's agreed levels.
    Agree {
        /// In which round.
        round: RoundId,
        /// Whose.
        municipality: Municipality,
        /// The levels; none withdraws.
        levels: Vec<(CapabilityId, Option<AgreedLevel>)>,
    },
    /// Sets or withdraws effects on goals.
    SetEffects {
        /// In which round.
        round: RoundId,
        /// The effects; none withdraws.
        effects: Vec<(CapabilityId, Option<Effect>)>,
    },
    /// Something in a workshop.
    Work(WorkshopId, WorkCommand),
    /// Takes an operation back.
    Undo(OpId),
}

/// Why a command was not carried out. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// It points at something that is not on the map.
    #[error("something it points at is not on the map")]
    NotFound,
    /// The new thing's id is taken.
    #[error("the id is taken")]
    Taken,
    /// A goal can stand only under a goal of a higher level.
    #[error("a goal can stand only under a goal of a higher level")]
    WrongParent,
    /// Other goals stand under it.
    #[error("other goals stand under it")]
    HasChildren,
    /// A retired capability is not edited, moved, merged or split.
    #[error("the capability is retired")]
    Retired,
    /// It is on the map already.
    #[error("the capability is not retired")]
    NotRetired,
    /// A merge needs another capability; a split needs at least two parts.
    #[error("too few")]
    TooFew,
    /// There is no capability to ratify.
    #[error("the map is empty")]
    EmptyMap,
    /// A map is ratified only when every capability has an area.
    #[error("some capabilities have no area")]
    Ungrouped,
    /// Nothing has changed since the last ratification.
    #[error("nothing has changed since the last ratification")]
    NothingNew,
    /// A ratification is final.
    #[error("a ratification is final")]
    Final,
    /// It has been undone already.
    #[error("it has been undone already")]
    AlreadyUndone,
    /// What it changed has been changed again.
    #[error("what it changed has been changed since")]
    ChangedSince,
    /// The workshop has not been opened.
    #[error("the workshop is not open")]
    NotOpen,
    /// It is somebody else's.
    #[error("it is somebody else's")]
    NotYours,
    /// It has been shown or become part of the map.
    #[error("it has been shown to everyone")]
    Shown,
    /// No vote is open there.
    #[error("no vote is open there")]
    NoBallot,
    /// The vote is not one of those that can be given.
    #[error("the vote cannot be given")]
    BadVote,
    /// More dots than each has.
    #[error("more dots than each has")]
    TooManyDots,
    /// The point has been used, so that it stays on the agenda.
    #[error("the point has been used")]
    Used,
    /// A kind of card that cannot become that.
    #[error("it can be no such thing")]
    Unfit,
}
