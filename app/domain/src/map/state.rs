//! The state of a map: what its log adds up to.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use time::Date;

use super::{
    content::Contents,
    event::{AgreedKey, AgreedLevel, Author, Change, Deed, Effect, EffectKey, Event, Recorded},
};
use crate::{ids::OpId, text::DecidedBy};

/// A ratified version of the map: numbered and locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3 …
    pub number: u32,
    /// The day of the decision.
    pub date: Date,
    /// The deciding body.
    pub decided_by: DecidedBy,
    /// What stood on the map.
    pub contents: Contents,
}

/// One command and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its id.
    pub op: OpId,
    /// Who.
    pub author: Author,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// What sort of command.
    pub deed: Deed,
    /// Its events, in order.
    pub events: Vec<Event>,
    /// Whether it has been undone.
    pub undone: bool,
}

/// What a mapping's log adds up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapState {
    /// The last event's number; 0 before the first.
    pub seq: u64,
    /// The map as it stands.
    pub contents: Contents,
    /// Ratified versions, oldest first.
    pub versions: Vec<Arc<Version>>,
    /// Agreed levels of all rounds.
    pub agreed: BTreeMap<AgreedKey, AgreedLevel>,
    /// Effects on goals of all rounds.
    pub effects: BTreeMap<EffectKey, Effect>,
    /// Every command, oldest first.
    pub operations: Vec<Operation>,
    places: HashMap<OpId, usize>,
}

impl MapState {
    /// The state after these events.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut state = Self::default();
        for recorded in events {
            state.apply(recorded);
        }
        state
    }

    /// Takes in the next event. An event that has been taken in before changes nothing.
    pub fn apply(&mut self, recorded: &Recorded) {
        if recorded.seq <= self.seq {
            return;
        }
        self.seq = recorded.seq;
        let place = *self.places.entry(recorded.op).or_insert_with(|| {
            self.operations.push(Operation {
                op: recorded.op,
                author: recorded.author,
                at: recorded.at,
                deed: recorded.deed,
                events: Vec::new(),
                undone: false,
            });
            self.operations.len() - 1
        });
        self.operations[place].events.push(recorded.event.clone());
        self.take_in(&recorded.event);
    }

    /// A copy to try events on.
    pub(super) fn without_history(&self) -> Self {
        Self {
            seq: self.seq,
            contents: self.contents.clone(),
            versions: self.versions.clone(),
            agreed: self.agreed.clone(),
            effects: self.effects.clone(),
            operations: Vec::new(),
            places: HashMap::new(),
        }
    }

    pub(super) fn take_in(&mut self, event: &Event) {
        match event {
            Event::Goal(change) => put(&mut self.contents.goals, change),
            Event::Area(change) => put(&mut self.contents.areas, change),
            Event::Capability(change) => put(&mut self.contents.capabilities, change),
            Event::Weakness(change) => put(&mut self.contents.weaknesses, change),
            Event::Agreed(change) => put(&mut self.agreed, change),
            Event::Effect(change) => put(&mut self.effects, change),
            Event::Ratified {
                number,
                date,
                decided_by,
            } => self.versions.push(Arc::new(Version {
                number: *number,
                date: *date,
                decided_by: decided_by.clone(),
                contents: self.contents.clone(),
            })),
            Event::Undone { op, undone } => {
                if let Some(&place) = self.places.get(op) {
                    self.operations[place].undone = *undone;
                }
            }
        }
    }

    /// A command that has been carried out.
    pub fn operation(&self, op: OpId) -> Option<&Operation> {
        self.places.get(&op).map(|&place| &self.operations[place])
    }

    /// The latest thing this author did that can still be taken back.
    pub fn latest_undoable(&self, author: Author) -> Option<&Operation> {
        self.operations.iter().rev().find(|operation| {
            operation.author == author
                && !operation.undone
                && !matches!(operation.deed, Deed::Undone | Deed::Ratified)
        })
    }

    /// The number that the next ratification gives.
    pub fn next_version(&self) -> u32 {
        self.versions.last().map_or(1, |version| version.number + 1)
    }

    /// A ratified version by its number.
    pub fn version(&self, number: u32) -> Option<&Arc<Version>> {
        self.versions
            .iter()
            .find(|version| version.number == number)
    }

    /// Whether the map has changed since it was last ratified (or was never ratified).
    pub fn has_changed_since_ratified(&self) -> bool {
        self.versions
            .last()
            .is_none_or(|version| version.contents != self.contents)
    }
}

fn put<K: Ord + Clone, V: Clone>(map: &mut BTreeMap<K, V>, change: &Change<K, V>) {
    match &change.after {
        Some(value) => map.insert(change.id.clone(), value.clone()),
        None => map.remove(&change.id),
    };
}
