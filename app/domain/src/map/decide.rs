//! From a command to what happens: the only place where the map's rules are.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::Date;

use super::{
    content::{Area, Capability, CapabilityDraft, Contents, Goal, Status, Weakness},
    event::{AgreedKey, AgreedLevel, Change, Deed, Effect, EffectKey, Event},
    state::MapState,
};
use crate::{
    ids::{AreaId, CapabilityId, GoalId, OpId, RoundId, WeaknessId},
    municipality::Municipality,
    text::{CapabilityName, DecidedBy},
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
}

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
        let idle = match &event {
            Event::Goal(c) => c.before == c.after,
            Event::Area(c) => c.before == c.after,
            Event::Capability(c) => c.before == c.after,
            Event::Weakness(c) => c.before == c.after,
            Event::Agreed(c) => c.before == c.after,
            Event::Effect(c) => c.before == c.after,
            Event::Ratified { .. } | Event::Undone { .. } => false,
        };
        if !idle {
            self.state.take_in(&event);
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
            Command::Undo(op) => self.undo(state, op),
        }
    }

    fn save_goal(&mut self, id: GoalId, goal: Goal) -> Result<Deed, Refusal> {
        let known = self.now().goals.contains_key(&id);
        if let Some(parent) = goal.parent
            && !self.now().goals.contains_key(&parent)
        {
            return Err(Refusal::NotFound);
        }
        self.put_goal(id, Some(goal));
        if !self.now().is_whole() {
            return Err(Refusal::WrongParent);
        }
        Ok(if known {
            Deed::GoalEdited
        } else {
            Deed::GoalAdded
        })
    }

    fn remove_goal(&mut self, id: GoalId) -> Result<Deed, Refusal> {
        if !self.now().goals.contains_key(&id) {
            return Err(Refusal::NotFound);
        }
        if self
            .now()
            .goals
            .values()
            .any(|goal| goal.parent == Some(id))
        {
            return Err(Refusal::HasChildren);
        }
        let linked: Vec<_> = (self.now().capabilities.iter())
            .filter(|(_, capability)| capability.draft.goals.contains(&id))
            .map(|(id, capability)| (*id, capability.clone()))
            .collect();
        for (capability_id, mut capability) in linked {
            capability.draft.goals.remove(&id);
            self.put_capability(capability_id, capability);
        }
        self.put_goal(id, None);
        Ok(Deed::GoalRemoved)
    }

    fn save_area(&mut self, id: AreaId, mut area: Area) -> Deed {
        let known = self.now().areas.get(&id).map(|area| area.position);
        area.position =
            known.unwrap_or_else(|| next(self.now().areas.values().map(|a| a.position)));
        self.put_area(id, Some(area));
        if known.is_some() {
            Deed::AreaEdited
        } else {
            Deed::AreaAdded
        }
    }

    fn move_area(&mut self, id: AreaId, to: u32) -> Result<Deed, Refusal> {
        let mut order: Vec<_> = (self.now().areas_in_order().into_iter())
            .map(|(id, _)| id)
            .collect();
        let from = order.iter().position(|other| *other == id);
        order.remove(from.ok_or(Refusal::NotFound)?);
        order.insert((to as usize).min(order.len()), id);
        for (position, id) in (0..).zip(order) {
            let mut area = self.now().areas[&id].clone();
            area.position = position;
            self.put_area(id, Some(area));
        }
        Ok(Deed::AreaMoved)
    }

    fn remove_area(&mut self, id: AreaId) -> Result<Deed, Refusal> {
        if !self.now().areas.contains_key(&id) {
            return Err(Refusal::NotFound);
        }
        let mut inside: Vec<_> = (self.now().capabilities.iter())
            .filter(|(_, capability)| capability.draft.area == Some(id))
            .map(|(id, capability)| (*id, capability.clone()))
            .collect();
        inside.sort_by_key(|(_, capability)| capability.position);
        for (capability_id, mut capability) in inside {
            capability.draft.area = None;
            capability.position = self.last_place(None);
            self.put_capability(capability_id, capability);
        }
        self.put_area(id, None);
        Ok(Deed::AreaRemoved)
    }

    fn last_place(&self, area: Option<AreaId>) -> u32 {
        next((self.now().capabilities_in(area).into_iter()).map(|(_, c)| c.position))
    }

    fn check_links(&self, draft: &CapabilityDraft) -> Result<(), Refusal> {
        let area = draft
            .area
            .is_none_or(|area| self.now().areas.contains_key(&area));
        let goals = (draft.goals.iter()).all(|goal| self.now().goals.contains_key(goal));
        if area && goals {
            Ok(())
        } else {
            Err(Refusal::NotFound)
        }
    }

    fn save_capability(
        &mut self,
        id: CapabilityId,
        draft: CapabilityDraft,
    ) -> Result<Deed, Refusal> {
        self.check_links(&draft)?;
        if !self.now().capabilities.contains_key(&id) {
            self.add_capability(id, draft);
            return Ok(Deed::CapabilityAdded);
        }
        let mut capability = self.active(id)?;
        if capability.draft.area != draft.area {
            capability.position = self.last_place(draft.area);
        }
        capability.draft = draft;
        self.put_capability(id, capability);
        Ok(Deed::CapabilityEdited)
    }

    fn add_capability(&mut self, id: CapabilityId, draft: CapabilityDraft) {
        let position = self.last_place(draft.area);
        self.put_capability(
            id,
            Capability {
                draft,
                position,
                status: Status::Active,
            },
        );
    }

    fn move_capability(
        &mut self,
        id: CapabilityId,
        area: Option<AreaId>,
        before: Option<CapabilityId>,
    ) -> Result<Deed, Refusal> {
        let mut moved = self.active(id)?;
        if area.is_some_and(|area| !self.now().areas.contains_key(&area)) {
            return Err(Refusal::NotFound);
        }
        let mut order: Vec<_> = (self.now().capabilities_in(area).into_iter())
            .map(|(other, _)| other)
            .filter(|other| *other != id)
            .collect();
        let place = match before {
            None => order.len(),
            Some(before) => {
                (order.iter().position(|other| *other == before)).ok_or(Refusal::NotFound)?
            }
        };
        order.insert(place, id);
        moved.draft.area = area;
        for (position, other) in (0..).zip(order) {
            let mut capability = if other == id {
                moved.clone()
            } else {
                self.now().capabilities[&other].clone()
            };
            capability.position = position;
            self.put_capability(other, capability);
        }
        Ok(Deed::CapabilityMoved)
    }

    fn retire(
        &mut self,
        id: CapabilityId,
        mut capability: Capability,
        into: BTreeSet<CapabilityId>,
    ) {
        capability.status = Status::Retired { into };
        self.put_capability(id, capability);
    }

    fn merge(
        &mut self,
        from: &BTreeSet<CapabilityId>,
        into: CapabilityId,
    ) -> Result<Deed, Refusal> {
        if from.is_empty() || from.contains(&into) {
            return Err(Refusal::TooFew);
        }
        let mut kept = self.active(into)?;
        for id in from {
            let gone = self.active(*id)?;
            kept.draft.layers.extend(gone.draft.layers.iter().copied());
            kept.draft.goals.extend(gone.draft.goals.iter().copied());
            self.retire(*id, gone, BTreeSet::from([into]));
            let held_back: Vec<_> = (self.now().weaknesses.iter())
                .filter(|(_, weakness)| weakness.capability == Some(*id))
                .map(|(id, weakness)| (*id, weakness.clone()))
                .collect();
            for (weakness_id, mut weakness) in held_back {
                weakness.capability = Some(into);
                self.put_weakness(weakness_id, Some(weakness));
            }
        }
        self.put_capability(into, kept);
        Ok(Deed::CapabilitiesMerged)
    }

    fn split(
        &mut self,
        id: CapabilityId,
        parts: Vec<(CapabilityId, CapabilityName)>,
    ) -> Result<Deed, Refusal> {
        let whole = self.active(id)?;
        let into: BTreeSet<_> = parts.iter().map(|(part, _)| *part).collect();
        if parts.len() < 2 || into.len() < parts.len() {
            return Err(Refusal::TooFew);
        }
        for (part, name) in parts {
            if self.now().capabilities.contains_key(&part) {
                return Err(Refusal::Taken);
            }
            let draft = CapabilityDraft {
                name,
                formulation: crate::text::Formulation::default(),
                ..whole.draft.clone()
            };
            self.add_capability(part, draft);
        }
        self.retire(id, whole, into);
        Ok(Deed::CapabilitySplit)
    }

    fn restore(&mut self, id: CapabilityId) -> Result<Deed, Refusal> {
        let mut capability = (self.now().capabilities.get(&id))
            .ok_or(Refusal::NotFound)?
            .clone();
        if capability.is_active() {
            return Err(Refusal::NotRetired);
        }
        capability.status = Status::Active;
        capability.position = self.last_place(capability.draft.area);
        self.put_capability(id, capability);
        Ok(Deed::CapabilityRestored)
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
        if !self.now().is_whole() {
            return Err(Refusal::ChangedSince);
        }
        self.push(Event::Undone { op, undone: true });
        Ok(Deed::Undone)
    }
}

fn next(positions: impl Iterator<Item = u32>) -> u32 {
    positions.max().map_or(0, |last| last + 1)
}
