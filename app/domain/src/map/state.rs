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
use crate::{ids::OpId, text::DecidedBy, workshop::Work};

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

impl Operation {
    /// Whether it changed what stands on the map or is agreed about it, rather than only the running of a workshop.
    pub fn is_on_map(&self) -> bool {
        self.events.iter().any(|event| {
            matches!(
                event,
                Event::Goal(_)
                    | Event::Area(_)
                    | Event::Capability(_)
                    | Event::Weakness(_)
                    | Event::Agreed(_)
                    | Event::Effect(_)
                    | Event::Ratified { .. }
            )
        })
    }
}

/// What a mapping's log adds up to. Its parts are shared, so that a copy costs little.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapState {
    /// The last event's number; 0 before the first.
    pub seq: u64,
    /// The map as it stands.
    pub contents: Arc<Contents>,
    /// Ratified versions, oldest first.
    pub versions: Vec<Arc<Version>>,
    /// Agreed levels of all rounds.
    pub agreed: Arc<BTreeMap<AgreedKey, AgreedLevel>>,
    /// Effects on goals of all rounds.
    pub effects: Arc<BTreeMap<EffectKey, Effect>>,
    /// What workshops have left.
    pub work: Arc<Work>,
    /// Every command, oldest first.
    pub operations: Vec<Arc<Operation>>,
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
            self.operations.push(Arc::new(Operation {
                op: recorded.op,
                author: recorded.author,
                at: recorded.at,
                deed: recorded.deed,
                events: Vec::new(),
                undone: false,
            }));
            self.operations.len() - 1
        });
        let operation = Arc::make_mut(&mut self.operations[place]);
        operation.events.push(recorded.event.clone());
        self.take_in(&recorded.event);
    }

    /// A copy to try events on.
    pub(super) fn without_history(&self) -> Self {
        Self {
            seq: self.seq,
            contents: Arc::clone(&self.contents),
            versions: self.versions.clone(),
            agreed: Arc::clone(&self.agreed),
            effects: Arc::clone(&self.effects),
            work: Arc::clone(&self.work),
            operations: Vec::new(),
            places: HashMap::new(),
        }
    }

    pub(super) fn take_in(&mut self, event: &Event) {
        let contents = &mut self.contents;
        let work = &mut self.work;
        match event {
            Event::Goal(change) => put(&mut Arc::make_mut(contents).goals, change),
            Event::Area(change) => put(&mut Arc::make_mut(contents).areas, change),
            Event::Capability(change) => put(&mut Arc::make_mut(contents).capabilities, change),
            Event::Weakness(change) => put(&mut Arc::make_mut(contents).weaknesses, change),
            Event::Agreed(change) => put(Arc::make_mut(&mut self.agreed), change),
            Event::Effect(change) => put(Arc::make_mut(&mut self.effects), change),
            Event::Workshop(change) => put(&mut Arc::make_mut(work).workshops, change),
            Event::Stage(change) => put(&mut Arc::make_mut(work).stages, change),
            Event::Card(change) => put(Arc::make_mut(&mut Arc::make_mut(work).cards), change),
            Event::Vote(change) => put(Arc::make_mut(&mut Arc::make_mut(work).votes), change),
            Event::Ready(change) => put(Arc::make_mut(&mut Arc::make_mut(work).ready), change),
            Event::Review(change) => put(&mut Arc::make_mut(work).reviews, change),
            Event::Note(change) => put(&mut Arc::make_mut(work).notes, change),
            Event::Improvement(change) => put(&mut Arc::make_mut(work).improvements, change),
            Event::Minutes(change) => put(&mut Arc::make_mut(work).minutes, change),
            Event::Ratified {
                number,
                date,
                decided_by,
            } => self.versions.push(Arc::new(Version {
                number: *number,
                date: *date,
                decided_by: decided_by.clone(),
                contents: Contents::clone(&self.contents),
            })),
            Event::Undone { op, undone } => {
                if let Some(&place) = self.places.get(op) {
                    Arc::make_mut(&mut self.operations[place]).undone = *undone;
                }
            }
        }
    }

    /// A command that has been carried out.
    pub fn operation(&self, op: OpId) -> Option<&Operation> {
        (self.places.get(&op)).map(|&place| self.operations[place].as_ref())
    }

    /// The latest thing this author did that can still be taken back.
    pub fn latest_undoable(&self, author: Author) -> Option<&Operation> {
        (self.operations.iter().rev().map(AsRef::as_ref)).find(|operation| {
            operation.author == author && !operation.undone && operation.deed.can_be_undone()
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
            .is_none_or(|version| version.contents != *self.contents)
    }
}

pub(super) fn put<K: Ord + Clone, V: Clone>(map: &mut BTreeMap<K, V>, change: &Change<K, V>) {
    match &change.after {
        Some(value) => map.insert(change.id.clone(), value.clone()),
        None => map.remove(&change.id),
    };
}
