//! What a workshop did to the map.

use std::collections::BTreeSet;

use crate::{
    ids::{CapabilityId, GoalId, WeaknessId, WorkshopId},
    map::{Capability, Contents, Event, MapState, Status},
};

/// A workshop's part of the log, as numbers of operations: before its opening, and with its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// How many operations there were when it was opened.
    pub(super) from: usize,
    /// How many there were when it had ended, or are now.
    pub(super) to: usize,
}

/// From its first opening to its last end.
pub(super) fn span(state: &MapState, id: WorkshopId) -> Span {
    let all = state.operations.len();
    let over = state.work.stage(id).ended_at.is_some();
    let mut span = Span { from: all, to: all };
    for (place, operation) in state.operations.iter().enumerate() {
        for event in &operation.events {
            let Event::Stage(change) = event else {
                continue;
            };
            if change.id != id {
                continue;
            }
            let after = change.after.as_ref();
            if after.is_some_and(|stage| stage.opened_at.is_some()) && span.from == all {
                span.from = place;
            }
            let had_ended = (change.before.as_ref()).is_some_and(|stage| stage.ended_at.is_some());
            if after.is_some_and(|stage| stage.ended_at.is_some()) && !had_ended {
                span.to = place + 1;
            }
        }
    }
    if !over {
        span.to = all;
    }
    span
}

/// The map as a workshop left it, and what was new on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapGrowth {
    /// What stood on the map at the end of the workshop, or stands on it now while it is under way: less what has been
    /// struck or taken away since.
    pub contents: Contents,
    /// Goals that were not there before.
    pub new_goals: BTreeSet<GoalId>,
    /// Capabilities that were not on the map before.
    pub new_capabilities: BTreeSet<CapabilityId>,
    /// Weaknesses that were not there before.
    pub new_weaknesses: BTreeSet<WeaknessId>,
    /// How many capabilities became part of others.
    pub merged: usize,
    /// How many capabilities were struck.
    pub struck: usize,
    /// How many capabilities got an area or another area.
    pub placed: usize,
}

impl MapGrowth {
    pub(super) fn of(state: &MapState, span: Span) -> Self {
        let before = state.contents_after(span.from);
        let mut after = state.contents_after(span.to);
        let mut growth = Self::default();
        for (id, capability) in &after.capabilities {
            let was = before.capabilities.get(id);
            let was_active = was.is_some_and(Capability::is_active);
            match &capability.status {
                Status::Active => {
                    if !was_active {
                        growth.new_capabilities.insert(*id);
                    }
                    let area = capability.draft.area;
                    let had = was.filter(|_| was_active).and_then(|was| was.draft.area);
                    growth.placed += usize::from(area.is_some() && area != had);
                }
                // What came and went within the workshop was merged all the same.
                Status::Retired { into } if !into.is_empty() => {
                    growth.merged += usize::from(was_active || was.is_none());
                }
                Status::Retired { .. } => growth.struck += usize::from(was_active),
            }
        }
        let now = &state.contents;
        after.goals.retain(|id, _| now.goals.contains_key(id));
        (after.weaknesses).retain(|id, _| now.weaknesses.contains_key(id));
        let struck_since = |id: &CapabilityId| {
            now.capabilities.get(id).is_none_or(
                |now| matches!(&now.status, Status::Retired { into } if into.is_empty()),
            )
        };
        (after.capabilities).retain(|id, known| !known.is_active() || !struck_since(id));
        growth.new_capabilities.retain(|id| !struck_since(id));
        growth.new_goals = (after.goals.keys())
            .filter(|id| !before.goals.contains_key(id))
            .copied()
            .collect();
        growth.new_weaknesses = (after.weaknesses.keys())
            .filter(|id| !before.weaknesses.contains_key(id))
            .copied()
            .collect();
        growth.contents = after;
        growth
    }

    /// Whether the workshop changed anything that is drawn.
    pub fn is_some(&self) -> bool {
        !(self.new_goals.is_empty()
            && self.new_capabilities.is_empty()
            && self.new_weaknesses.is_empty())
            || self.merged + self.struck + self.placed > 0
    }
}
