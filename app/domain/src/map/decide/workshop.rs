//! Workshops: the plan, the stage and the votes.

use super::Draft;
use crate::{
    ids::{CapabilityId, ItemId, WorkshopId},
    map::{Author, Change, Deed, Event, Refusal},
    workshop::{
        Activity, Ballot, BallotStep, Item, ReadyKey, ReviewKey, Stage, Timer, TimerStep, VoteKey,
        VoteOn, Voter, Work, WorkCommand, Workshop,
    },
};

/// Milliseconds in a minute.
const MINUTE: i64 = 60_000;

impl Draft {
    pub(super) fn done(&self) -> &Work {
        &self.state.work
    }

    pub(super) fn workshop(&self, id: WorkshopId) -> Result<&Workshop, Refusal> {
        self.done().workshops.get(&id).ok_or(Refusal::NotFound)
    }

    pub(super) fn item(&self, workshop: WorkshopId, item: ItemId) -> Result<&Item, Refusal> {
        (self.workshop(workshop)?.item(item)).ok_or(Refusal::NotFound)
    }

    fn put_workshop(&mut self, id: WorkshopId, after: Workshop) {
        let before = self.done().workshops.get(&id).cloned();
        let after = Some(after);
        self.push(Event::Workshop(Box::new(Change { id, before, after })));
    }

    pub(super) fn put_stage(&mut self, id: WorkshopId, after: Stage) {
        let before = self.done().stages.get(&id).cloned();
        let after = Some(after);
        self.push(Event::Stage(Box::new(Change { id, before, after })));
    }

    /// The stage of a workshop that is under way.
    pub(super) fn open_stage(&self, id: WorkshopId) -> Result<Stage, Refusal> {
        self.workshop(id)?;
        let stage = self.done().stage(id);
        if stage.is_open() {
            Ok(stage)
        } else {
            Err(Refusal::NotOpen)
        }
    }

    pub(super) fn work(&mut self, id: WorkshopId, command: WorkCommand) -> Result<Deed, Refusal> {
        match command {
            WorkCommand::Plan(plan) => Ok(self.plan(id, *plan)),
            WorkCommand::SaveItem(item, before) => self.save_item(id, *item, before),
            WorkCommand::MoveItem(item, before) => self.move_item(id, item, before),
            WorkCommand::RemoveItem(item) => self.remove_item(id, item),
            WorkCommand::SkipItem(item, skipped) => self.skip_item(id, item, skipped),
            WorkCommand::Open { at } => self.open(id, at),
            WorkCommand::End { at } => self.end(id, at),
            WorkCommand::Enter { item, at } => {
                self.item(id, item)?;
                self.led(id, |stage| {
                    if stage.current == Some(item) {
                        return;
                    }
                    stage.current = Some(item);
                    stage.since = at;
                    stage.visited.insert(item);
                    stage.timer = None;
                })
            }
            WorkCommand::Timer(step) => self.led(id, |stage| set_timer(stage, step)),
            WorkCommand::Focus(capability) => {
                if let Some(capability) = capability {
                    self.known(capability)?;
                }
                self.led(id, |stage| stage.focus = capability)
            }
            WorkCommand::Turn(turn) => self.led(id, |stage| stage.turn = turn),
            WorkCommand::Lock(locked) => self.led(id, |stage| stage.locked = locked),
            WorkCommand::Ballot(item, step) => self.ballot(id, item, step),
            WorkCommand::Vote {
                item,
                on,
                voter,
                value,
            } => self.vote(id, item, on, voter, value),
            WorkCommand::Ready { item, by, ready } => self.say_ready(id, item, by, ready),
            WorkCommand::Review(capability, approved) => self.review(id, capability, approved),
            WorkCommand::SaveNote(note_id, note) => self.save_note(id, note_id, *note),
            WorkCommand::RemoveNote(note_id) => self.remove_note(id, note_id),
            WorkCommand::Record(note_id) => self.record(id, note_id),
            WorkCommand::SaveImprovement(improvement, content) => {
                self.save_improvement(improvement, *content)
            }
            WorkCommand::RemoveImprovement(improvement) => self.remove_improvement(improvement),
            WorkCommand::SaveMinutes(minutes) => self.save_minutes(id, *minutes),
            WorkCommand::Reveal(item) => self.reveal(id, item),
            WorkCommand::Write {
                card,
                item,
                kind,
                text,
                by,
                municipality,
                about,
            } => self.write_card(id, card, item, (kind, text, by, municipality, about)),
            WorkCommand::EditCard { card, text, by } => self.edit_card(id, card, text, by),
            WorkCommand::WithdrawCard { card, by } => self.withdraw_card(id, card, by),
            WorkCommand::HideCard(card, hidden) => self.hide_card(id, card, hidden),
            WorkCommand::Promote(card, what) => self.promote_card(id, card, what),
        }
    }

    fn led(&mut self, id: WorkshopId, change: impl FnOnce(&mut Stage)) -> Result<Deed, Refusal> {
        let mut stage = self.open_stage(id)?;
        change(&mut stage);
        self.put_stage(id, stage);
        Ok(Deed::WorkshopLed)
    }

    fn plan(&mut self, id: WorkshopId, mut plan: Workshop) -> Deed {
        if let Some(known) = self.done().workshops.get(&id) {
            plan.agenda.clone_from(&known.agenda);
        }
        self.put_workshop(id, plan);
        Deed::WorkshopPlanned
    }

    fn save_item(
        &mut self,
        id: WorkshopId,
        item: Item,
        before: Option<ItemId>,
    ) -> Result<Deed, Refusal> {
        let mut workshop = self.workshop(id)?.clone();
        let used = self.is_used(id, item.id);
        if let Some(known) = (workshop.agenda.iter_mut()).find(|known| known.id == item.id) {
            // What has been written or voted there would be out of reach.
            if used && known.activity != item.activity {
                return Err(Refusal::Used);
            }
            *known = item;
        } else {
            let place = place(&workshop.agenda, before)?;
            workshop.agenda.insert(place, item);
        }
        self.put_workshop(id, workshop);
        Ok(Deed::WorkshopPlanned)
    }

    fn move_item(
        &mut self,
        id: WorkshopId,
        item: ItemId,
        before: Option<ItemId>,
    ) -> Result<Deed, Refusal> {
        let mut workshop = self.workshop(id)?.clone();
        let from = (workshop.agenda.iter())
            .position(|known| known.id == item)
            .ok_or(Refusal::NotFound)?;
        if before != Some(item) {
            let moved = workshop.agenda.remove(from);
            let place = place(&workshop.agenda, before)?;
            workshop.agenda.insert(place, moved);
        }
        self.put_workshop(id, workshop);
        Ok(Deed::WorkshopPlanned)
    }

    /// Whether anything has happened at a point.
    fn is_used(&self, id: WorkshopId, item: ItemId) -> bool {
        let work = self.done();
        work.stage(id).visited.contains(&item)
            || work.cards_at(id, item).next().is_some()
            || work.ready_count(id, item) > 0
            || (work.notes.values()).any(|note| note.workshop == id && note.item == item)
    }

    fn remove_item(&mut self, id: WorkshopId, item: ItemId) -> Result<Deed, Refusal> {
        self.item(id, item)?;
        // A workshop has at least one point: what comes afterwards is written at its last one.
        if self.is_used(id, item) || self.workshop(id)?.agenda.len() == 1 {
            return Err(Refusal::Used);
        }
        let mut workshop = self.workshop(id)?.clone();
        workshop.agenda.retain(|known| known.id != item);
        self.put_workshop(id, workshop);
        Ok(Deed::WorkshopPlanned)
    }

    fn open(&mut self, id: WorkshopId, at: i64) -> Result<Deed, Refusal> {
        let workshop = self.workshop(id)?;
        let first = workshop.agenda.iter().find(|item| !item.skipped);
        let first = first.map(|item| item.id);
        let mut stage = self.done().stage(id);
        stage.ended_at = None;
        if stage.opened_at.is_none() {
            stage.opened_at = Some(at);
            stage.since = at;
            stage.current = first;
            stage.visited.extend(first);
        }
        self.put_stage(id, stage);
        Ok(Deed::WorkshopOpened)
    }

    fn ballot(&mut self, id: WorkshopId, item: ItemId, step: BallotStep) -> Result<Deed, Refusal> {
        let mut stage = self.open_stage(id)?;
        let activity = self.item(id, item)?.activity;
        if !activity.is_vote() {
            return Err(Refusal::NoBallot);
        }
        let now = stage.ballots.get(&item).copied();
        let next = match (step, now) {
            (BallotStep::Open, None) => Ballot {
                attempt: 1,
                open: true,
            },
            (BallotStep::Open, Some(ballot)) if ballot.open => ballot,
            (BallotStep::Close, Some(ballot)) => Ballot {
                open: false,
                ..ballot
            },
            (
                BallotStep::Again,
                Some(Ballot {
                    attempt: 1,
                    open: false,
                }),
            ) if activity == Activity::EffectVote => Ballot {
                attempt: 2,
                open: true,
            },
            _ => return Err(Refusal::NoBallot),
        };
        stage.ballots.insert(item, next);
        self.put_stage(id, stage);
        Ok(Deed::BallotMoved)
    }

    fn vote(
        &mut self,
        workshop: WorkshopId,
        item: ItemId,
        on: VoteOn,
        voter: Voter,
        value: Option<u8>,
    ) -> Result<Deed, Refusal> {
        let stage = self.open_stage(workshop)?;
        let activity = self.item(workshop, item)?.activity;
        let ballot =
            (stage.ballots.get(&item).filter(|ballot| ballot.open)).ok_or(Refusal::NoBallot)?;
        let most = match (activity, on) {
            (Activity::EffectVote, VoteOn::Capability(capability)) => {
                self.known(capability)?;
                5
            }
            (Activity::DotVote, VoteOn::Improvement(improvement)) => {
                if !self.done().improvements.contains_key(&improvement) {
                    return Err(Refusal::NotFound);
                }
                self.workshop(workshop)?.dots
            }
            _ => return Err(Refusal::BadVote),
        };
        let value = value.filter(|value| !(activity == Activity::DotVote && *value == 0));
        if value.is_some_and(|value| value == 0 || value > most.max(1)) {
            return Err(if activity == Activity::DotVote {
                Refusal::TooManyDots
            } else {
                Refusal::BadVote
            });
        }
        let id = VoteKey {
            workshop,
            item,
            attempt: ballot.attempt,
            on,
            voter,
        };
        if activity == Activity::DotVote {
            let others: u32 = (self.done().votes_at(workshop, item, ballot.attempt))
                .filter(|(other, who, _)| *who == voter && *other != on)
                // Dots on what has been taken out are free again.
                .filter(|(other, _, _)| match other {
                    VoteOn::Improvement(id) => self.done().improvements.contains_key(id),
                    VoteOn::Capability(_) => true,
                })
                .map(|(_, _, dots)| u32::from(dots))
                .sum();
            if others + u32::from(value.unwrap_or(0)) > u32::from(most) {
                return Err(Refusal::TooManyDots);
            }
        }
        let before = self.done().votes.get(&id).copied();
        self.push_last(Event::Vote(Change {
            id,
            before,
            after: value,
        }));
        Ok(Deed::Voted)
    }

    fn review(
        &mut self,
        workshop: WorkshopId,
        capability: CapabilityId,
        approved: bool,
    ) -> Result<Deed, Refusal> {
        self.workshop(workshop)?;
        self.active(capability)?;
        let id = ReviewKey {
            workshop,
            capability,
        };
        let before = self.done().reviews.get(&id).copied();
        let after = approved.then_some(true);
        self.push(Event::Review(Change { id, before, after }));
        Ok(Deed::CapabilityReviewed)
    }

    fn skip_item(&mut self, id: WorkshopId, item: ItemId, skipped: bool) -> Result<Deed, Refusal> {
        let mut workshop = self.workshop(id)?.clone();
        (workshop.agenda.iter_mut())
            .find(|known| known.id == item)
            .ok_or(Refusal::NotFound)?
            .skipped = skipped;
        self.put_workshop(id, workshop);
        Ok(Deed::WorkshopPlanned)
    }

    fn end(&mut self, id: WorkshopId, at: i64) -> Result<Deed, Refusal> {
        let mut stage = self.open_stage(id)?;
        stage.ended_at = Some(at);
        stage.timer = None;
        (stage.ballots.values_mut()).for_each(|ballot| ballot.open = false);
        self.put_stage(id, stage);
        Ok(Deed::WorkshopEnded)
    }

    fn say_ready(
        &mut self,
        workshop: WorkshopId,
        item: ItemId,
        by: Author,
        ready: bool,
    ) -> Result<Deed, Refusal> {
        self.open_stage(workshop)?;
        self.item(workshop, item)?;
        let id = ReadyKey { workshop, item, by };
        let before = self.done().ready.get(&id).copied();
        let after = ready.then_some(true);
        self.push_last(Event::Ready(Change { id, before, after }));
        Ok(Deed::SaidReady)
    }
}

/// Where in the agenda something new stands.
fn place(agenda: &[Item], before: Option<ItemId>) -> Result<usize, Refusal> {
    match before {
        None => Ok(agenda.len()),
        Some(before) => (agenda.iter().position(|item| item.id == before)).ok_or(Refusal::NotFound),
    }
}

fn set_timer(stage: &mut Stage, step: TimerStep) {
    stage.timer = match (step, stage.timer) {
        (TimerStep::Start { minutes, at }, _) => {
            Some(Timer::Running(at + i64::from(minutes) * MINUTE))
        }
        (TimerStep::Pause { at }, Some(Timer::Running(ends))) => Some(Timer::Paused(ends - at)),
        (TimerStep::Resume { at }, Some(Timer::Paused(left))) => Some(Timer::Running(at + left)),
        (TimerStep::Extend { minutes }, Some(timer)) => {
            let more = i64::from(minutes) * MINUTE;
            Some(match timer {
                Timer::Running(ends) => Timer::Running(ends + more),
                Timer::Paused(left) => Timer::Paused(left + more),
            })
        }
        (TimerStep::Stop, _) => None,
        (_, timer) => timer,
    };
}
