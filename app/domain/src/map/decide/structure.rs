//! Goals and areas: what the capabilities are arranged by.

use super::{Draft, next};
use crate::{
    ids::{AreaId, GoalId},
    map::{Area, Deed, Goal, Refusal},
};

impl Draft {
    pub(super) fn save_goal(&mut self, id: GoalId, goal: Goal) -> Result<Deed, Refusal> {
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

    pub(super) fn remove_goal(&mut self, id: GoalId) -> Result<Deed, Refusal> {
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

    pub(super) fn save_area(&mut self, id: AreaId, mut area: Area) -> Deed {
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

    pub(super) fn move_area(&mut self, id: AreaId, to: u32) -> Result<Deed, Refusal> {
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

    pub(super) fn remove_area(&mut self, id: AreaId) -> Result<Deed, Refusal> {
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
}
