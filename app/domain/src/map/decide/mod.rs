//! From a command to what happens: the only place where the map's rules are.

mod capabilities;
mod cards;
mod papers;
mod structure;
mod workshop;

use std::collections::BTreeSet;

use time::Date;

use super::{
    command::{Command, Refusal},
    content::{Area, Capability, CapabilityDraft, Contents, Goal, Weakness},
    event::{AgreedKey, AgreedLevel, Change, Deed, Effect, EffectKey, Event},
    state::MapState,
};
use crate::{
    ids::{AreaId, CapabilityId, GoalId, OpId, RoundId, WeaknessId},
    municipality::Municipality,
    text::DecidedBy,
};

/// What the command leads to. Nothing is changed; the caller stores the events and then applies them.
///
/// A command whose `op` has been carried out leads to no events; so does one that would change nothing.
///
/// # Errors
/// [`Refusal`], with nothing changed.
pub fn decide(state: &MapState, op: OpId, command: Command) -> Result<(Deed, Vec<Event>), Refusal> {
    if let Some(operation) = state.operation(op) {
        return Ok((operation.deed, Vec::new()));
    }
    let mut draft = Draft {
        state: state.without_history(),
        events: Vec::new(),
    };
    let deed = draft.carry_out(state, command)?;
    Ok((deed, draft.events))
}

/// The state as the events so far leave it.
struct Draft {
    state: MapState,
    events: Vec<Event>,
}

impl Draft {
    fn now(&self) -> &Contents {
        &self.state.contents
    }

    fn push(&mut self, event: Event) {
        if !is_idle(&event) {
            self.state.take_in(&event);
            self.events.push(event);
        }
    }

    /// Pushes the last event of a command. Nothing more is decided on it, so that what it changes need not be copied:
    /// a room that votes at once has thousands of votes.
    fn push_last(&mut self, event: Event) {
        if !is_idle(&event) {
            self.events.push(event);
        }
    }

    fn put_goal(&mut self, id: GoalId, after: Option<Goal>) {
        let before = self.now().goals.get(&id).cloned();
        self.push(Event::Goal(Change { id, before, after }));
    }

    fn put_area(&mut self, id: AreaId, after: Option<Area>) {
        let before = self.now().areas.get(&id).cloned();
        self.push(Event::Area(Change { id, before, after }));
    }

    fn put_capability(&mut self, id: CapabilityId, after: Capability) {
        let before = self.now().capabilities.get(&id).cloned();
        let after = Some(after);
        self.push(Event::Capability(Box::new(Change { id, before, after })));
    }

    fn put_weakness(&mut self, id: WeaknessId, after: Option<Weakness>) {
        let before = self.now().weaknesses.get(&id).cloned();
        self.push(Event::Weakness(Change { id, before, after }));
    }

    fn active(&self, id: CapabilityId) -> Result<Capability, Refusal> {
        let capability = self.now().capabilities.get(&id).ok_or(Refusal::NotFound)?;
        if capability.is_active() {
            Ok(capability.clone())
        } else {
            Err(Refusal::Retired)
        }
    }

    fn carry_out(&mut self, state: &MapState, command: Command) -> Result<Deed, Refusal> {
        match command {
            Command::SaveGoal(id, goal) => self.save_goal(id, goal),
            Command::RemoveGoal(id) => self.remove_goal(id),
            Command::SaveArea(id, area) => Ok(self.save_area(id, area)),
            Command::MoveArea(id, to) => self.move_area(id, to),
            Command::RemoveArea(id) => self.remove_area(id),
            Command::SaveCapability(id, draft) => self.save_capability(id, draft),
            Command::MoveCapability { id, area, before } => self.move_capability(id, area, before),
            Command::MergeCapabilities { from, into } => self.merge(&from, into),
            Command::SplitCapability { id, parts } => self.split(id, parts),
            Command::RetireCapability(id) => {
                let capability = self.active(id)?;
                self.retire(id, capability, BTreeSet::new());
                Ok(Deed::CapabilityRetired)
            }
            Command::RestoreCapability(id) => self.restore(id),
            Command::SaveWeakness(id, weakness) => self.save_weakness(id, weakness),
            Command::RemoveWeakness(id) => {
                if !self.now().weaknesses.contains_key(&id) {
                    return Err(Refusal::NotFound);
                }
                self.put_weakness(id, None);
                Ok(Deed::WeaknessRemoved)
            }
            Command::Import {
                areas,
                capabilities,
                goals,
                weaknesses,
            } => self.import(areas, goals, capabilities, weaknesses),
            Command::Ratify { date, decided_by } => self.ratify(date, decided_by),
            Command::Agree {
                round,
                municipality,
                levels,
            } => self.agree(round, municipality, levels),
            Command::SetEffects { round, effects } => self.set_effects(round, effects),
            Command::Work(workshop, command) => self.work(workshop, command),
            Command::Undo(op) => self.undo(state, op),
        }
    }

    fn save_weakness(&mut self, id: WeaknessId, weakness: Weakness) -> Result<Deed, Refusal> {
        if let Some(capability) = weakness.capability
            && !self.now().capabilities.contains_key(&capability)
        {
            return Err(Refusal::NotFound);
        }
        let known = self.now().weaknesses.contains_key(&id);
        self.put_weakness(id, Some(weakness));
        Ok(if known {
            Deed::WeaknessEdited
        } else {
            Deed::WeaknessAdded
        })
    }

    fn import(
        &mut self,
        areas: Vec<(AreaId, Area)>,
        goals: Vec<(GoalId, Goal)>,
        capabilities: Vec<(CapabilityId, CapabilityDraft)>,
        weaknesses: Vec<(WeaknessId, Weakness)>,
    ) -> Result<Deed, Refusal> {
        for (id, area) in areas {
            if self.save_area(id, area) == Deed::AreaEdited {
                return Err(Refusal::Taken);
            }
        }
        for (id, goal) in goals {
            if self.save_goal(id, goal)? == Deed::GoalEdited {
                return Err(Refusal::Taken);
            }
        }
        for (id, draft) in capabilities {
            if self.now().capabilities.contains_key(&id) {
                return Err(Refusal::Taken);
            }
            self.check_links(&draft)?;
            self.add_capability(id, draft);
        }
        for (id, weakness) in weaknesses {
            if self.save_weakness(id, weakness)? == Deed::WeaknessEdited {
                return Err(Refusal::Taken);
            }
        }
        Ok(Deed::Imported)
    }

    fn ratify(&mut self, date: Date, decided_by: DecidedBy) -> Result<Deed, Refusal> {
        if !self.now().capabilities.values().any(Capability::is_active) {
            return Err(Refusal::EmptyMap);
        }
        if !self.now().capabilities_in(None).is_empty() {
            return Err(Refusal::Ungrouped);
        }
        if !self.state.has_changed_since_ratified() {
            return Err(Refusal::NothingNew);
        }
        self.push(Event::Ratified {
            number: self.state.next_version(),
            date,
            decided_by,
        });
        Ok(Deed::Ratified)
    }

    /// Rounds ask about ratified versions, so what stands in one of them can be spoken of for ever.
    fn known(&self, id: CapabilityId) -> Result<(), Refusal> {
        let versions = &self.state.versions;
        let known = self.now().capabilities.contains_key(&id)
            || (versions.iter()).any(|version| version.contents.capabilities.contains_key(&id));
        if known {
            Ok(())
        } else {
            Err(Refusal::NotFound)
        }
    }

    fn agree(
        &mut self,
        round: RoundId,
        municipality: Municipality,
        levels: Vec<(CapabilityId, Option<AgreedLevel>)>,
    ) -> Result<Deed, Refusal> {
        for (capability, after) in levels {
            self.known(capability)?;
            let id = AgreedKey {
                round,
                municipality,
                capability,
            };
            let before = self.state.agreed.get(&id).cloned();
            self.push(Event::Agreed(Change { id, before, after }));
        }
        Ok(Deed::LevelsAgreed)
    }

    fn set_effects(
        &mut self,
        round: RoundId,
        effects: Vec<(CapabilityId, Option<Effect>)>,
    ) -> Result<Deed, Refusal> {
        for (capability, after) in effects {
            self.known(capability)?;
            let id = EffectKey { round, capability };
            let before = self.state.effects.get(&id).copied();
            self.push(Event::Effect(Change { id, before, after }));
        }
        Ok(Deed::EffectsSet)
    }

    fn undo(&mut self, state: &MapState, op: OpId) -> Result<Deed, Refusal> {
        let operation = state.operation(op).ok_or(Refusal::NotFound)?;
        if operation.undone {
            return Err(Refusal::AlreadyUndone);
        }
        if operation.deed != Deed::Undone && !operation.deed.can_be_undone() {
            return Err(Refusal::Final);
        }
        for event in operation.events.iter().rev() {
            let inverse = event.inverse().ok_or(Refusal::Final)?;
            let fits = match &inverse {
                Event::Undone { .. } => inverse.fits(state),
                other => other.fits(&self.state),
            };
            if !fits {
                return Err(Refusal::ChangedSince);
            }
            self.push(inverse);
        }
        if !self.now().is_whole() || !self.done().is_whole() {
            return Err(Refusal::ChangedSince);
        }
        self.push(Event::Undone { op, undone: true });
        Ok(Deed::Undone)
    }
}

fn next(positions: impl Iterator<Item = u32>) -> u32 {
    positions.max().map_or(0, |last| last + 1)
}

/// Whether an event would change nothing.
fn is_idle(event: &Event) -> bool {
    match event {
        Event::Goal(c) => c.before == c.after,
        Event::Area(c) => c.before == c.after,
        Event::Capability(c) => c.before == c.after,
        Event::Weakness(c) => c.before == c.after,
        Event::Agreed(c) => c.before == c.after,
        Event::Effect(c) => c.before == c.after,
        Event::Workshop(c) => c.before == c.after,
        Event::Stage(c) => c.before == c.after,
        Event::Card(c) => c.before == c.after,
        Event::Vote(c) => c.before == c.after,
        Event::Ready(c) => c.before == c.after,
        Event::Review(c) => c.before == c.after,
        Event::Note(c) => c.before == c.after,
        Event::Improvement(c) => c.before == c.after,
        Event::Minutes(c) => c.before == c.after,
        Event::Ratified { .. } | Event::Undone { .. } => false,
    }
}
