//! What facts are made from: the workshop's part of the log.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Block, Dots, EffectRow, Fact, ImprovementRow, MIN_VOTERS, Remark,
    growth::{MapGrowth, Span},
};
use crate::{
    ids::{CapabilityId, ImprovementId, ItemId, WorkshopId},
    level::Level,
    map::{AgreedKey, Event, MapState},
    municipality::Municipality,
    statistics::location::median_low,
    text::swedish_order,
    workshop::{Activity, Card, CardKind, CardState, Improvement, Item, Stage, VoteOn, Workshop},
};

/// What facts are made from.
pub(super) struct Sources<'a> {
    state: &'a MapState,
    pub(super) workshop: WorkshopId,
    plan: &'a Workshop,
    live: &'a Stage,
    map: &'a MapGrowth,
    span: Span,
    improvements: BTreeMap<ImprovementId, &'a Improvement>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(
        state: &'a MapState,
        workshop: WorkshopId,
        plan: &'a Workshop,
        live: &'a Stage,
        map: &'a MapGrowth,
        span: Span,
    ) -> Self {
        let mut improvements = BTreeMap::new();
        for event in (state.operations[..span.to].iter()).flat_map(|operation| &operation.events) {
            if let Event::Improvement(change) = event {
                match &change.after {
                    Some(improvement) => improvements.insert(change.id, improvement),
                    None => improvements.remove(&change.id),
                };
            }
        }
        Self {
            state,
            workshop,
            plan,
            live,
            map,
            span,
            improvements,
        }
    }

    /// What came of a point. What belongs to the workshop as a whole stands at the first point that is made for it.
    pub(super) fn facts(&self, item: &Item) -> Vec<Fact> {
        let mut facts = self.said(item.id);
        let is_first = (self.plan.agenda.iter())
            .find(|other| other.activity == item.activity && !other.skipped)
            .is_some_and(|first| first.id == item.id);
        match item.activity {
            Activity::Grouping if is_first && self.map.is_some() => facts.push(self.grouped()),
            Activity::Ratifying if is_first => {
                facts.extend(self.reviewed());
                facts.extend(self.ratified());
            }
            Activity::Agreeing if is_first => facts.extend(self.agreed()),
            Activity::EffectVote => facts.extend(self.effects(item.id)),
            Activity::Improving if is_first => facts.extend(self.improved()),
            Activity::DotVote => {
                facts.extend(self.dots(item.id).map(|dots| Fact::Dots(self.named(dots))));
            }
            _ => {}
        }
        facts
    }

    /// Cards that everyone has seen; reflections are for the facilitators.
    fn cards(&self, item: ItemId) -> impl Iterator<Item = &'a Card> {
        (self.state.work.cards_at(self.workshop, item))
            .map(|(_, card)| card)
            .filter(|card| card.state == CardState::Shown && card.kind != CardKind::Reflection)
    }

    fn said(&self, item: ItemId) -> Vec<Fact> {
        let count = |kind| self.cards(item).filter(|card| card.kind == kind).count();
        let mut facts = Vec::new();
        let (capabilities, weaknesses) = (count(CardKind::Capability), count(CardKind::Weakness));
        if capabilities + weaknesses > 0 {
            facts.push(Fact::Written {
                capabilities,
                weaknesses,
            });
        }
        let blocks = self.blocks(item);
        if !blocks.is_empty() {
            facts.push(Fact::MunicipalRound(blocks));
        }
        for kind in [CardKind::Goal, CardKind::Comment, CardKind::Question] {
            let remarks: Vec<_> = (self.cards(item))
                .filter(|card| card.kind == kind)
                .map(|card| Remark {
                    text: card.text.to_string(),
                    about: card.about.and_then(|about| self.name(about)),
                })
                .collect();
            if !remarks.is_empty() {
                facts.push(Fact::Remarks(kind, remarks));
            }
        }
        facts
    }

    fn blocks(&self, item: ItemId) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        for card in self.cards(item) {
            let kinds = [CardKind::Challenge, CardKind::Opportunity, CardKind::Help];
            if !kinds.contains(&card.kind) {
                continue;
            }
            let known = (blocks.iter()).position(|block| block.municipality == card.municipality);
            let place = known.unwrap_or_else(|| {
                blocks.push(Block {
                    municipality: card.municipality,
                    challenges: Vec::new(),
                    opportunities: Vec::new(),
                    help: Vec::new(),
                });
                blocks.len() - 1
            });
            let block = &mut blocks[place];
            let list = match card.kind {
                CardKind::Challenge => &mut block.challenges,
                CardKind::Opportunity => &mut block.opportunities,
                _ => &mut block.help,
            };
            list.push(card.text.to_string());
        }
        blocks.sort_by(|a, b| match (a.municipality, b.municipality) {
            (Some(a), Some(b)) => swedish_order(a.name(), b.name()),
            (a, b) => b.cmp(&a),
        });
        blocks
    }

    fn grouped(&self) -> Fact {
        let contents = &self.map.contents;
        Fact::Grouped {
            areas: contents.areas.len(),
            capabilities: contents.active_in_order().len(),
            ungrouped: contents.capabilities_in(None).len(),
            merged: self.map.merged,
            struck: self.map.struck,
        }
    }

    fn reviewed(&self) -> Option<Fact> {
        let approved = (self.state.work.reviews.keys())
            .filter(|key| key.workshop == self.workshop)
            .count();
        (approved > 0).then(|| Fact::Reviewed {
            approved,
            all: self.map.contents.active_in_order().len(),
        })
    }

    /// Events of the workshop's part of the log.
    fn events(&self) -> impl Iterator<Item = &'a Event> {
        let Span { from, to } = self.span;
        (self.state.operations[from.min(to)..to].iter()).flat_map(|operation| &operation.events)
    }

    fn ratified(&self) -> Vec<Fact> {
        (self.events())
            .filter_map(|event| match event {
                Event::Ratified {
                    number,
                    date,
                    decided_by,
                } => Some(Fact::Ratified {
                    number: *number,
                    date: *date,
                    decided_by: decided_by.clone(),
                }),
                _ => None,
            })
            .collect()
    }

    fn agreed(&self) -> Option<Fact> {
        let set: BTreeSet<AgreedKey> = (self.events())
            .filter_map(|event| match event {
                Event::Agreed(change) => Some(change.id),
                _ => None,
            })
            .filter(|key| self.state.agreed.contains_key(key))
            .collect();
        let mut counts = BTreeMap::<Municipality, usize>::new();
        for key in set {
            *counts.entry(key.municipality).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|(a, _), (b, _)| swedish_order(a.name(), b.name()));
        (!counts.is_empty()).then_some(Fact::Agreed(counts))
    }

    /// The latest round of a vote that has been closed.
    fn closed_attempt(&self, item: ItemId) -> Option<u8> {
        let ballot = self.live.ballots.get(&item)?;
        let closed = ballot.attempt - u8::from(ballot.open);
        (closed > 0).then_some(closed)
    }

    fn effects(&self, item: ItemId) -> Option<Fact> {
        let attempt = self.closed_attempt(item)?;
        let work = &self.state.work;
        let mut rows: Vec<_> = (work.tally(self.workshop, item, attempt).into_iter())
            .filter_map(|(on, counts)| {
                let VoteOn::Capability(capability) = on else {
                    return None;
                };
                let votes: u32 = counts.iter().sum();
                if (votes as usize) < MIN_VOTERS {
                    return None;
                }
                let levels: Vec<_> = (Level::ALL.into_iter().zip(counts))
                    .flat_map(|(level, votes)| (0..votes).map(move |_| level))
                    .collect();
                Some(EffectRow {
                    name: self.name(capability)?,
                    median: median_low(&levels)?,
                    votes,
                })
            })
            .collect();
        rows.sort_by(|a, b| {
            (b.median.cmp(&a.median)).then_with(|| swedish_order(&a.name, &b.name))
        });
        Some(Fact::Effects {
            attempt,
            voters: work.persons(self.workshop, item, attempt),
            rows,
        })
    }

    /// How many voted with dots at a point, and the dots of each improvement area when they were enough.
    fn dots(&self, item: ItemId) -> Option<(usize, BTreeMap<ImprovementId, u32>)> {
        self.closed_attempt(item)?;
        let work = &self.state.work;
        let voters = work.voters(self.workshop, item, 1).len();
        let dots = (work.dots(self.workshop, item).into_iter())
            .filter_map(|(on, dots)| match on {
                VoteOn::Improvement(improvement) => Some((improvement, dots)),
                VoteOn::Capability(_) => None,
            })
            .filter(|_| voters >= MIN_VOTERS)
            .collect();
        Some((voters, dots))
    }

    fn named(&self, (voters, dots): (usize, BTreeMap<ImprovementId, u32>)) -> Dots {
        let mut rows: Vec<_> = (dots.into_iter())
            .filter_map(|(id, dots)| Some((self.improvements.get(&id)?.name.to_string(), dots)))
            .collect();
        rows.sort_by(|(a, many), (b, few)| few.cmp(many).then_with(|| swedish_order(a, b)));
        Dots { voters, rows }
    }

    fn improved(&self) -> Option<Fact> {
        let vote = (self.plan.agenda.iter())
            .filter(|item| item.activity == Activity::DotVote)
            .find_map(|item| self.dots(item.id));
        let dots = vote.filter(|(voters, _)| *voters >= MIN_VOTERS);
        let mut rows: Vec<_> = (self.improvements.iter())
            .filter(|(_, improvement)| improvement.workshop == self.workshop)
            .map(|(id, improvement)| ImprovementRow {
                name: improvement.name.to_string(),
                capabilities: (improvement.capabilities.iter())
                    .filter_map(|id| self.name(*id))
                    .collect(),
                owner: improvement.owner.to_string(),
                first_step: improvement.first_step.to_string(),
                stage: improvement.stage,
                dots: (dots.as_ref()).map(|(_, dots)| dots.get(id).copied().unwrap_or(0)),
            })
            .collect();
        rows.sort_by(|a, b| (b.dots.cmp(&a.dots)).then_with(|| swedish_order(&a.name, &b.name)));
        (!rows.is_empty()).then_some(Fact::Improvements(rows))
    }

    fn name(&self, id: CapabilityId) -> Option<String> {
        let contents = &self.map.contents;
        (contents.capabilities.get(&id))
            .or_else(|| self.state.contents.capabilities.get(&id))
            .map(|capability| capability.draft.name.to_string())
    }
}
