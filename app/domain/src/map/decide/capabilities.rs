//! Capabilities: adding, moving, merging, splitting, retiring and restoring them.

use std::collections::BTreeSet;

use super::{Draft, next};
use crate::{
    ids::{AreaId, CapabilityId},
    map::{Capability, CapabilityDraft, Deed, Refusal, Status},
    text::{CapabilityName, Formulation},
};

impl Draft {
    pub(super) fn last_place(&self, area: Option<AreaId>) -> u32 {
        next((self.now().capabilities_in(area).into_iter()).map(|(_, c)| c.position))
    }

    pub(super) fn check_links(&self, draft: &CapabilityDraft) -> Result<(), Refusal> {
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

    pub(super) fn save_capability(
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

    pub(super) fn add_capability(&mut self, id: CapabilityId, draft: CapabilityDraft) {
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

    pub(super) fn move_capability(
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

    pub(super) fn retire(
        &mut self,
        id: CapabilityId,
        mut capability: Capability,
        into: BTreeSet<CapabilityId>,
    ) {
        capability.status = Status::Retired { into };
        self.put_capability(id, capability);
    }

    pub(super) fn merge(
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

    pub(super) fn split(
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
                formulation: Formulation::default(),
                ..whole.draft.clone()
            };
            self.add_capability(part, draft);
        }
        self.retire(id, whole, into);
        Ok(Deed::CapabilitySplit)
    }

    pub(super) fn restore(&mut self, id: CapabilityId) -> Result<Deed, Refusal> {
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
}
