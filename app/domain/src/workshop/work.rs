//! What workshops have left in the log.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    card::{Became, Card, CardKind, CardState},
    note::{Improvement, Minutes, Note},
    stage::{Stage, Workshop},
    vote::{ReadyKey, ReviewKey, VoteKey, VoteOn, Voter},
};
use crate::{
    ids::{CapabilityId, CardId, ImprovementId, ItemId, NoteId, WorkshopId},
    map::{Contents, Status},
};

/// Everything of workshops in one mapping. What there is most of is shared between copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Plans.
    pub workshops: BTreeMap<WorkshopId, Workshop>,
    /// What happens now; none before the first opening.
    pub stages: BTreeMap<WorkshopId, Stage>,
    /// What people have written, in order of time (ids are).
    pub cards: Arc<BTreeMap<CardId, Card>>,
    /// Effect levels 1–5, or dots.
    pub votes: Arc<BTreeMap<VoteKey, u8>>,
    /// Raised hands; always true.
    pub ready: Arc<BTreeMap<ReadyKey, bool>>,
    /// Capabilities approved one by one; always true.
    pub reviews: BTreeMap<ReviewKey, bool>,
    /// Notes and decisions in order of time.
    pub notes: BTreeMap<NoteId, Note>,
    /// Improvement areas.
    pub improvements: BTreeMap<ImprovementId, Improvement>,
    /// What is written in minutes.
    pub minutes: BTreeMap<WorkshopId, Minutes>,
}

impl Work {
    /// Whether every workshop and point that something happened at is there.
    pub fn is_whole(&self) -> bool {
        let stands = |workshop: &WorkshopId, item: &ItemId| {
            (self.workshops.get(workshop)).is_some_and(|workshop| workshop.item(*item).is_some())
        };
        (self.stages.iter()).all(|(id, stage)| stage.visited.iter().all(|item| stands(id, item)))
            && (self.cards.values()).all(|card| stands(&card.workshop, &card.item))
            && (self.notes.values()).all(|note| stands(&note.workshop, &note.item))
            && (self.ready.keys()).all(|key| stands(&key.workshop, &key.item))
            && (self.improvements.values()).all(|i| self.workshops.contains_key(&i.workshop))
            && (self.minutes.keys()).all(|id| self.workshops.contains_key(id))
    }

    /// Workshops in order of the series, then by day.
    pub fn in_order(&self) -> Vec<(WorkshopId, &Workshop)> {
        let mut list: Vec<_> = self.workshops.iter().map(|(id, w)| (*id, w)).collect();
        list.sort_by_key(|(id, w)| (w.series, w.date, *id));
        list
    }

    /// What happens in a workshop; the empty stage before it is opened.
    pub fn stage(&self, workshop: WorkshopId) -> Stage {
        self.stages.get(&workshop).cloned().unwrap_or_default()
    }

    /// Cards of a point, in order of time.
    pub fn cards_at(
        &self,
        workshop: WorkshopId,
        item: ItemId,
    ) -> impl Iterator<Item = (CardId, &Card)> {
        (self.cards.iter())
            .filter(move |(_, card)| card.workshop == workshop && card.item == item)
            .map(|(id, card)| (*id, card))
    }

    /// Cards about a capability that everyone may see.
    pub fn about(&self, capability: CapabilityId) -> impl Iterator<Item = (CardId, &Card)> {
        (self.cards.iter())
            .filter(move |(_, card)| {
                card.about == Some(capability) && card.state == CardState::Shown
            })
            .map(|(id, card)| (*id, card))
    }

    /// Who said what: the cards that a capability came from, through merges too.
    pub fn origins<'a>(
        &'a self,
        contents: &Contents,
        capability: CapabilityId,
    ) -> Vec<(CardId, &'a Card)> {
        let mut sources = BTreeSet::from([capability]);
        loop {
            let more: Vec<_> = (contents.capabilities.iter())
                .filter(|(id, c)| !sources.contains(id) && matches!(&c.status, Status::Retired { into } if into.iter().any(|to| sources.contains(to))))
                .map(|(id, _)| *id)
                .collect();
            if more.is_empty() {
                break;
            }
            sources.extend(more);
        }
        (self.cards.iter())
            .filter(|(_, card)| matches!(card.became, Some(Became::Capability(id)) if sources.contains(&id)))
            .map(|(id, card)| (*id, card))
            .collect()
    }

    /// How many have said "klar" at a point.
    pub fn ready_count(&self, workshop: WorkshopId, item: ItemId) -> usize {
        (self.ready.keys())
            .filter(|key| key.workshop == workshop && key.item == item)
            .count()
    }

    /// Votes of one round at a point: what, who, how much.
    pub fn votes_at(
        &self,
        workshop: WorkshopId,
        item: ItemId,
        attempt: u8,
    ) -> impl Iterator<Item = (VoteOn, Voter, u8)> {
        (self.votes.iter())
            .filter(move |(key, _)| {
                key.workshop == workshop && key.item == item && key.attempt == attempt
            })
            .map(|(key, value)| (key.on, key.voter, *value))
    }

    /// How many votes there are for each of 1–5, in one round at a point.
    pub fn tally(
        &self,
        workshop: WorkshopId,
        item: ItemId,
        attempt: u8,
    ) -> BTreeMap<VoteOn, [u32; 5]> {
        let mut tally = BTreeMap::<_, [u32; 5]>::new();
        for (on, _, value) in self.votes_at(workshop, item, attempt) {
            if let Some(count) = (tally.entry(on).or_default()).get_mut(usize::from(value) - 1) {
                *count += 1;
            }
        }
        tally
    }

    /// The sum of dots each has got.
    pub fn dots(&self, workshop: WorkshopId, item: ItemId) -> BTreeMap<VoteOn, u32> {
        let mut dots = BTreeMap::new();
        for (on, _, value) in self.votes_at(workshop, item, 1) {
            *dots.entry(on).or_default() += u32::from(value);
        }
        dots
    }

    /// Voters of one round at a point.
    pub fn voters(&self, workshop: WorkshopId, item: ItemId, attempt: u8) -> BTreeSet<Voter> {
        (self.votes_at(workshop, item, attempt))
            .map(|(_, voter, _)| voter)
            .collect()
    }

    /// How many people have voted in one round at a point: those with a screen, and as many in the room as gave votes
    /// on one and the same thing, since a vote from the room does not say whose it is.
    pub fn persons(&self, workshop: WorkshopId, item: ItemId, attempt: u8) -> usize {
        people(
            self.votes.keys().filter(|key| {
                key.workshop == workshop && key.item == item && key.attempt == attempt
            }),
        )
    }

    /// The same for all votes of a workshop.
    pub fn persons_of(&self, workshop: WorkshopId) -> usize {
        people(self.votes.keys().filter(|key| key.workshop == workshop))
    }

    /// Reflections written for the facilitators after this workshop, not yet turned into anything.
    pub fn reflections(&self, workshop: WorkshopId) -> impl Iterator<Item = (CardId, &Card)> {
        (self.cards.iter())
            .filter(move |(_, card)| {
                card.workshop == workshop
                    && card.kind == CardKind::Reflection
                    && card.state == CardState::Private
            })
            .map(|(id, card)| (*id, card))
    }
}

/// The fewest people that these votes may come from.
fn people<'a>(votes: impl Iterator<Item = &'a VoteKey>) -> usize {
    let mut seated = BTreeSet::new();
    let mut hands = BTreeMap::<_, usize>::new();
    for key in votes {
        match key.voter {
            Voter::Person(author) => {
                seated.insert(author);
            }
            Voter::Room(_) => *hands.entry((key.item, key.attempt, key.on)).or_default() += 1,
        }
    }
    seated.len() + hands.into_values().max().unwrap_or(0)
}
