//! How the map grew: what stood on it after any number of operations.

use super::{
    content::{Capability, Contents},
    event::{Change, Event},
    state::{MapState, Operation, put},
};

/// How much stands on a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Goals.
    pub goals: usize,
    /// Areas.
    pub areas: usize,
    /// Capabilities in use.
    pub capabilities: usize,
    /// Weaknesses.
    pub weaknesses: usize,
}

/// A step of the map's growth: one operation, or several that are shown as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrowthStep {
    /// How many operations of the log have been carried out after it: the last of its own is the one before.
    pub end: usize,
    /// How many operations on the map it is made of, at least 1.
    pub operations: usize,
    /// What stands on the map after it.
    pub counts: Counts,
    /// The version that was ratified in it.
    pub version: Option<u32>,
}

impl Operation {
    /// Whether it changed what is drawn on the map, or ratified it.
    fn is_drawn(&self) -> bool {
        (self.events.iter()).any(|event| is_drawn(event) || matches!(event, Event::Ratified { .. }))
    }
}

fn is_drawn(event: &Event) -> bool {
    matches!(
        event,
        Event::Goal(_) | Event::Area(_) | Event::Capability(_) | Event::Weakness(_)
    )
}

impl MapState {
    /// What stood on the map after the first `count` operations.
    pub fn contents_after(&self, count: usize) -> Contents {
        let mut contents = Contents::default();
        for operation in &self.operations[..count.min(self.operations.len())] {
            for event in &operation.events {
                match event {
                    Event::Goal(change) => put(&mut contents.goals, change),
                    Event::Area(change) => put(&mut contents.areas, change),
                    Event::Capability(change) => put(&mut contents.capabilities, change),
                    Event::Weakness(change) => put(&mut contents.weaknesses, change),
                    _ => {}
                }
            }
        }
        contents
    }

    /// The steps in which the map grew, oldest first and at most `most` of them: when there are more operations,
    /// neighbours go together, but a ratification is always the last of its step. Linear in the log.
    pub fn growth(&self, most: usize) -> Vec<GrowthStep> {
        let drawn = self.operations.iter().filter(|o| o.is_drawn()).count();
        // Each ratification may leave a step that is not full behind it.
        let full = most.saturating_sub(self.versions.len() + 1).max(1);
        let size = if drawn <= most {
            1
        } else {
            drawn.div_ceil(full)
        };
        let mut steps = Vec::new();
        let mut counts = Counts::default();
        let (mut operations, mut seen) = (0, 0);
        for (place, operation) in self.operations.iter().enumerate() {
            if !operation.is_drawn() {
                continue;
            }
            let mut version = None;
            for event in &operation.events {
                match event {
                    Event::Ratified { number, .. } => version = Some(*number),
                    event => counts.take_in(event),
                }
            }
            operations += 1;
            seen += 1;
            if operations == size || seen == drawn || version.is_some() {
                steps.push(GrowthStep {
                    end: place + 1,
                    operations,
                    counts,
                    version,
                });
                operations = 0;
            }
        }
        steps
    }
}

impl Counts {
    fn take_in(&mut self, event: &Event) {
        match event {
            Event::Goal(change) => change.count(&mut self.goals, |_| true),
            Event::Area(change) => change.count(&mut self.areas, |_| true),
            Event::Capability(change) => {
                change.count(&mut self.capabilities, Capability::is_active);
            }
            Event::Weakness(change) => change.count(&mut self.weaknesses, |_| true),
            _ => {}
        }
    }
}

impl<K, V> Change<K, V> {
    /// Counts what it brought and what it took away.
    fn count(&self, number: &mut usize, counts: impl Fn(&V) -> bool) {
        *number += usize::from(self.after.as_ref().is_some_and(&counts));
        *number -= usize::from(self.before.as_ref().is_some_and(&counts));
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;
    use crate::{
        ids::{AreaId, CapabilityId, OpId},
        map::{Area, Author, CapabilityDraft, CapabilityKind, Command, Recorded, decide},
        text::Text,
    };

    fn text<const MIN: usize, const MAX: usize>(words: &str) -> Text<MIN, MAX> {
        Text::parse(words).expect("the test's texts fit")
    }

    /// A map with an area and so many capabilities, ratified half-way.
    fn grown(capabilities: u128) -> MapState {
        let area = AreaId::new(Uuid::from_u128(1));
        let mut commands = vec![Command::SaveArea(
            area,
            Area {
                name: text("Data"),
                description: text(""),
                position: 0,
            },
        )];
        for number in 0..capabilities {
            let draft = CapabilityDraft {
                name: text(&format!("Förmåga {number}")),
                formulation: text(""),
                description: text(""),
                kind: CapabilityKind::Supporting,
                layers: [].into(),
                area: Some(area),
                goals: [].into(),
                anchors: crate::map::Anchors::default(),
                owner: crate::text::Owner::default(),
            };
            let id = CapabilityId::new(Uuid::from_u128(number + 100));
            commands.push(Command::SaveCapability(id, draft));
            if number == capabilities / 2 {
                commands.push(Command::Ratify {
                    date: date!(2026 - 11 - 22),
                    decided_by: text("Styrgruppen"),
                });
            }
        }
        commands.push(Command::RetireCapability(CapabilityId::new(
            Uuid::from_u128(100),
        )));
        let mut state = MapState::default();
        for (number, command) in (0_i64..).zip(commands) {
            let op = OpId::new(Uuid::from_u128(u128::from(number.unsigned_abs()) + 10_000));
            let (deed, events) = decide(&state, op, command).expect("allowed");
            for event in events {
                state.apply(&Recorded {
                    seq: state.seq + 1,
                    op,
                    author: Author::System,
                    at: number,
                    deed,
                    event,
                });
            }
        }
        state
    }

    #[test]
    fn every_operation_is_a_step_while_they_are_few() {
        let state = grown(3);
        let steps = state.growth(200);
        assert_eq!(steps.len(), 6);
        assert!(steps.iter().all(|step| step.operations == 1));
        let last = steps.last().expect("there are steps");
        assert_eq!((last.counts.areas, last.counts.capabilities), (1, 2));
        assert_eq!(last.end, state.operations.len());
        assert_eq!(state.contents_after(last.end), *state.contents);
    }

    #[test]
    fn many_operations_become_few_steps_that_end_with_each_ratification_and_the_last_one() {
        let state = grown(500);
        let steps = state.growth(50);
        assert!(steps.len() <= 50, "{} steps", steps.len());
        let operations: usize = steps.iter().map(|step| step.operations).sum();
        assert_eq!(operations, 503, "none is left out");
        let ratified = steps.iter().find(|step| step.version == Some(1));
        let ratified = ratified.expect("the ratification ends a step");
        assert_eq!(
            state.contents_after(ratified.end),
            state.versions[0].contents
        );
        for step in &steps {
            let contents = state.contents_after(step.end);
            assert_eq!(step.counts.capabilities, contents.active_in_order().len());
        }
    }
}
