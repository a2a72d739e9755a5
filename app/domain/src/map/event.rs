//! What happened: the events that a map's state is made from.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{
    content::{Area, Capability, Goal, Weakness, choices},
    state::MapState,
};
use crate::{
    ids::{
        AccountId, AreaId, AttendeeId, CapabilityId, CardId, GoalId, ImprovementId, NoteId, OpId,
        ParticipantId, RoundId, WeaknessId, WorkshopId,
    },
    level::Level,
    municipality::Municipality,
    text::{DecidedBy, Reason},
    workshop::{Card, Improvement, Minutes, Note, ReadyKey, ReviewKey, Stage, VoteKey, Workshop},
};

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Author {
    /// Someone signed in.
    Account(AccountId),
    /// Someone with a personal link.
    Participant(ParticipantId),
    /// Someone who joined a workshop.
    Attendee(AttendeeId),
    /// The program itself, such as the example data.
    System,
}

/// One thing as it was and as it became. `None` before: it was added; `None` after: it was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<K, V> {
    /// Which.
    pub id: K,
    /// As it was.
    pub before: Option<V>,
    /// As it became.
    pub after: Option<V>,
}

impl<K: Clone, V: Clone> Change<K, V> {
    fn inverse(&self) -> Self {
        Self {
            id: self.id.clone(),
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }
}

/// What a municipality stands for on one capability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Agreed {
    /// Current and target level.
    Levels {
        /// Nuläge.
        current: Level,
        /// Börläge.
        target: Level,
    },
    /// Inte aktuellt för oss.
    NotApplicable,
}

/// Samlad bedömning: the one value a municipality stands for, with a one-line reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedLevel {
    /// The value.
    pub value: Agreed,
    /// Why.
    pub reason: Reason,
}

/// What an agreed level is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AgreedKey {
    /// The round it was agreed in.
    pub round: RoundId,
    /// Whose level.
    pub municipality: Municipality,
    /// On what.
    pub capability: CapabilityId,
}

/// Effekt på mål, 1 (little) to 5 (decisive).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Effect(pub Level);

/// What an effect is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EffectKey {
    /// The round it was set in.
    pub round: RoundId,
    /// Of what.
    pub capability: CapabilityId,
}

/// One thing that happened on the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A goal was added, edited or removed.
    Goal(Change<GoalId, Goal>),
    /// An area was added, edited or removed.
    Area(Change<AreaId, Area>),
    /// A capability was added, edited, moved, retired or restored.
    Capability(Box<Change<CapabilityId, Capability>>),
    /// A weakness was added, edited or removed.
    Weakness(Change<WeaknessId, Weakness>),
    /// An agreed level was set or withdrawn.
    Agreed(Change<AgreedKey, AgreedLevel>),
    /// An effect on goals was set or withdrawn.
    Effect(Change<EffectKey, Effect>),
    /// A workshop was planned or its plan changed.
    Workshop(Box<Change<WorkshopId, Workshop>>),
    /// Something happened in a workshop: a point, a timer, a vote was opened or closed.
    Stage(Box<Change<WorkshopId, Stage>>),
    /// A card was written, changed, shown, hidden or withdrawn.
    Card(Box<Change<CardId, Card>>),
    /// Somebody voted, changed or took back a vote.
    Vote(Change<VoteKey, u8>),
    /// Somebody said "klar", or took it back.
    Ready(Change<ReadyKey, bool>),
    /// A capability was approved in a walk-through, or no longer.
    Review(Change<ReviewKey, bool>),
    /// A note or decision was written, changed or taken out.
    Note(Box<Change<NoteId, Note>>),
    /// An improvement area was named, changed or taken out.
    Improvement(Box<Change<ImprovementId, Improvement>>),
    /// Minutes were edited.
    Minutes(Box<Change<WorkshopId, Minutes>>),
    /// The map was ratified: what stands on it now is version `number`, for ever.
    Ratified {
        /// 1, 2, 3 …
        number: u32,
        /// The day of the decision.
        date: Date,
        /// The deciding body.
        decided_by: DecidedBy,
    },
    /// An earlier operation was undone (`true`) or done again (`false`).
    Undone {
        /// Which.
        op: OpId,
        /// Undone, or done again.
        undone: bool,
    },
}

impl Event {
    /// The event that takes this one back; none for a ratification, which is final.
    pub fn inverse(&self) -> Option<Self> {
        Some(match self {
            Self::Goal(change) => Self::Goal(change.inverse()),
            Self::Area(change) => Self::Area(change.inverse()),
            Self::Capability(change) => Self::Capability(Box::new(change.inverse())),
            Self::Weakness(change) => Self::Weakness(change.inverse()),
            Self::Agreed(change) => Self::Agreed(change.inverse()),
            Self::Effect(change) => Self::Effect(change.inverse()),
            Self::Workshop(change) => Self::Workshop(Box::new(change.inverse())),
            Self::Stage(change) => Self::Stage(Box::new(change.inverse())),
            Self::Card(change) => Self::Card(Box::new(change.inverse())),
            Self::Vote(change) => Self::Vote(change.inverse()),
            Self::Ready(change) => Self::Ready(change.inverse()),
            Self::Review(change) => Self::Review(change.inverse()),
            Self::Note(change) => Self::Note(Box::new(change.inverse())),
            Self::Improvement(change) => Self::Improvement(Box::new(change.inverse())),
            Self::Minutes(change) => Self::Minutes(Box::new(change.inverse())),
            Self::Undone { op, undone } => Self::Undone {
                op: *op,
                undone: !undone,
            },
            Self::Ratified { .. } => return None,
        })
    }

    /// Whether what the event changed still stands as the event found it, so that it can be applied.
    pub fn fits(&self, state: &MapState) -> bool {
        match self {
            Self::Goal(c) => state.contents.goals.get(&c.id) == c.before.as_ref(),
            Self::Area(c) => state.contents.areas.get(&c.id) == c.before.as_ref(),
            Self::Capability(c) => state.contents.capabilities.get(&c.id) == c.before.as_ref(),
            Self::Weakness(c) => state.contents.weaknesses.get(&c.id) == c.before.as_ref(),
            Self::Agreed(c) => state.agreed.get(&c.id) == c.before.as_ref(),
            Self::Effect(c) => state.effects.get(&c.id) == c.before.as_ref(),
            Self::Workshop(c) => state.work.workshops.get(&c.id) == c.before.as_ref(),
            Self::Stage(c) => state.work.stages.get(&c.id) == c.before.as_ref(),
            Self::Card(c) => state.work.cards.get(&c.id) == c.before.as_ref(),
            Self::Vote(c) => state.work.votes.get(&c.id) == c.before.as_ref(),
            Self::Ready(c) => state.work.ready.get(&c.id) == c.before.as_ref(),
            Self::Review(c) => state.work.reviews.get(&c.id) == c.before.as_ref(),
            Self::Note(c) => state.work.notes.get(&c.id) == c.before.as_ref(),
            Self::Improvement(c) => state.work.improvements.get(&c.id) == c.before.as_ref(),
            Self::Minutes(c) => state.work.minutes.get(&c.id) == c.before.as_ref(),
            Self::Ratified { number, .. } => *number == state.next_version(),
            Self::Undone { op, undone } => state
                .operation(*op)
                .is_some_and(|operation| operation.undone != *undone),
        }
    }
}

choices! {
    /// What sort of command an operation was: the words of the history.
    Deed {
        /// A goal was added.
        GoalAdded = "goal_added",
        /// A goal was edited.
        GoalEdited = "goal_edited",
        /// A goal was removed.
        GoalRemoved = "goal_removed",
        /// An area was added.
        AreaAdded = "area_added",
        /// An area was edited.
        AreaEdited = "area_edited",
        /// Areas changed places.
        AreaMoved = "area_moved",
        /// An area was removed.
        AreaRemoved = "area_removed",
        /// A capability was added.
        CapabilityAdded = "capability_added",
        /// A capability was edited.
        CapabilityEdited = "capability_edited",
        /// A capability changed area or place.
        CapabilityMoved = "capability_moved",
        /// Capabilities became one.
        CapabilitiesMerged = "capabilities_merged",
        /// A capability became several.
        CapabilitySplit = "capability_split",
        /// A capability was struck.
        CapabilityRetired = "capability_retired",
        /// A struck capability came back.
        CapabilityRestored = "capability_restored",
        /// A weakness was added.
        WeaknessAdded = "weakness_added",
        /// A weakness was edited.
        WeaknessEdited = "weakness_edited",
        /// A weakness was removed.
        WeaknessRemoved = "weakness_removed",
        /// Several things were added at once, from the catalogue or a file.
        Imported = "imported",
        /// The map was ratified.
        Ratified = "ratified",
        /// A municipality's levels were agreed.
        LevelsAgreed = "levels_agreed",
        /// Effects on goals were set.
        EffectsSet = "effects_set",
        /// A workshop was planned, or its plan or agenda changed.
        WorkshopPlanned = "workshop_planned",
        /// A workshop was opened.
        WorkshopOpened = "workshop_opened",
        /// A workshop was ended.
        WorkshopEnded = "workshop_ended",
        /// A workshop went to a point, or its timer, focus, turn or lock changed.
        WorkshopLed = "workshop_led",
        /// What had been written silently was shown and put on the map.
        CardsRevealed = "cards_revealed",
        /// A vote was opened or closed.
        BallotMoved = "ballot_moved",
        /// A card was written.
        CardWritten = "card_written",
        /// A card was edited.
        CardEdited = "card_edited",
        /// A card was withdrawn.
        CardWithdrawn = "card_withdrawn",
        /// A card was hidden or shown again.
        CardHidden = "card_hidden",
        /// A card was put on the map.
        CardPromoted = "card_promoted",
        /// Somebody voted.
        Voted = "voted",
        /// Somebody said "klar".
        SaidReady = "said_ready",
        /// A capability was approved.
        CapabilityReviewed = "capability_reviewed",
        /// A note or decision was written, changed or taken out.
        NoteSaved = "note_saved",
        /// A proposed decision was recorded.
        DecisionRecorded = "decision_recorded",
        /// An improvement area was named, changed or taken out.
        ImprovementSaved = "improvement_saved",
        /// Minutes were edited.
        MinutesSaved = "minutes_saved",
        /// An operation was undone.
        Undone = "undone",
    }
}

impl Deed {
    /// Whether undoing it makes sense: not what is final, an undoing itself, or what is done again the same way it was
    /// done, such as a vote or a step in the agenda.
    pub fn can_be_undone(self) -> bool {
        !matches!(
            self,
            Self::Undone
                | Self::Ratified
                | Self::WorkshopOpened
                | Self::WorkshopEnded
                | Self::WorkshopLed
                | Self::BallotMoved
                | Self::Voted
                | Self::SaidReady
        )
    }
}

/// An event as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its place in the mapping's log, from 1 without gaps.
    pub seq: u64,
    /// The command it came from.
    pub op: OpId,
    /// Who.
    pub author: Author,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// What sort of command.
    pub deed: Deed,
    /// What happened.
    pub event: Event,
}
