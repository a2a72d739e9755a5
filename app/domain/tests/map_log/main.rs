//! Laws of the map's log: what holds for every sequence of commands.

mod commands;

use std::collections::BTreeSet;

use commands::{Step, carry_out, operation, steps, uuid};
use domain::{
    import::{read, table},
    level::Level,
    map::{Command, Contents, Deed, Descent, MapState, Recorded, decide, descent_between},
    text::fold,
};
use proptest::prelude::*;

/// Everything but the history.
fn standing(state: &MapState) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        state.contents.clone(),
        state.agreed.clone(),
        state.effects.clone(),
        state.versions.clone(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn replaying_the_log_gives_the_state(steps in steps()) {
        let (state, log) = carry_out(&steps);
        prop_assert_eq!(MapState::replay(&log), state);
    }

    #[test]
    fn events_survive_a_round_trip_through_json(steps in steps()) {
        let (_, log) = carry_out(&steps);
        for recorded in &log {
            let text = serde_json::to_string(recorded).expect("events can be written");
            let read: Recorded = serde_json::from_str(&text).expect("what was written can be read");
            prop_assert_eq!(&read, recorded);
        }
    }

    #[test]
    fn the_map_is_whole_after_every_event_batch(steps in steps()) {
        let mut state = MapState::default();
        for (number, step) in steps.iter().enumerate() {
            step.take(&mut state, number);
            prop_assert!(state.contents.is_whole());
        }
    }

    #[test]
    fn a_repeated_command_leads_to_no_events(steps in steps(), other in steps()) {
        let (state, _) = carry_out(&steps);
        for done in &state.operations {
            for step in other.iter().take(3) {
                let command = step.command(&state);
                let (deed, events) = decide(&state, done.op, command).expect("a repetition is never refused");
                prop_assert_eq!(deed, done.deed);
                prop_assert!(events.is_empty());
            }
        }
    }

    #[test]
    fn undoing_the_last_operation_restores_everything_and_undoing_that_brings_it_back(steps in steps()) {
        let mut state = MapState::default();
        for (number, step) in steps.iter().enumerate() {
            let before = standing(&state);
            let Some(deed) = step.take(&mut state, number) else { continue };
            if deed == Deed::Ratified {
                continue;
            }
            let after = standing(&state);
            let mut tried = state.clone();
            let undo = operation(number + 10_000);
            let redo = operation(number + 20_000);
            prop_assert!(commands::apply(&mut tried, undo, Command::Undo(operation(number))).is_ok());
            prop_assert_eq!(standing(&tried), before);
            prop_assert!(tried.operation(operation(number)).is_some_and(|done| done.undone));
            prop_assert!(commands::apply(&mut tried, redo, Command::Undo(undo)).is_ok());
            prop_assert_eq!(standing(&tried), after);
            prop_assert!(tried.operation(operation(number)).is_some_and(|done| !done.undone));
        }
    }

    #[test]
    fn a_ratified_version_never_changes(steps in steps()) {
        let mut state = MapState::default();
        for (number, step) in steps.iter().enumerate() {
            let before = state.versions.clone();
            step.take(&mut state, number);
            prop_assert_eq!(&state.versions[..before.len()], &before[..]);
            for (place, version) in state.versions.iter().enumerate() {
                prop_assert_eq!(version.number as usize, place + 1);
                prop_assert!(version.contents.capabilities_in(None).is_empty());
            }
        }
    }

    #[test]
    fn a_map_that_is_written_as_rows_reads_back(steps in steps()) {
        let (state, _) = carry_out(&steps);
        let contents = state.contents;
        prop_assume!(names_differ(&contents));
        prop_assume!(!contents.areas.is_empty() || !contents.active_in_order().is_empty() || !contents.weaknesses.is_empty() || !contents.goals.is_empty());
        let mut next = 0;
        let reading = read(&table(&contents), &Contents::default(), || {
            next += 1;
            uuid(next)
        });
        prop_assert_eq!(&reading.faults, &[]);
        prop_assert_eq!(&reading.remarks, &[]);
        let mut copy = MapState::default();
        let command = reading.command.expect("no faults");
        prop_assert!(commands::apply(&mut copy, operation(0), command).is_ok());
        // The ids are new, so the maps are compared as they are written.
        let sorted = |contents: &Contents| {
            let mut rows = table(contents);
            for row in &mut rows {
                let goals: BTreeSet<_> = row[7].lines().map(str::to_owned).collect();
                row[7] = goals.into_iter().collect::<Vec<_>>().join("\n");
            }
            rows[1..].sort();
            rows
        };
        prop_assert_eq!(sorted(&copy.contents), sorted(&contents));
        let names = |contents: &Contents| -> Vec<String> {
            let areas = contents.areas_in_order().into_iter().map(|(_, area)| area.name.to_string());
            let capabilities = contents.active_in_order().into_iter().map(|(_, capability)| capability.draft.name.to_string());
            areas.chain(capabilities).collect()
        };
        prop_assert_eq!(names(&copy.contents), names(&contents));
    }

    #[test]
    fn no_file_makes_the_reader_stumble(rows in proptest::collection::vec(proptest::collection::vec("\\PC{0,12}|slag|område|namn|typ|hör till|mål|oförmåga|regional", 0..6), 0..12)) {
        let mut next = 0;
        let mut sheet = vec![vec!["slag".to_owned(), "namn".to_owned(), "typ".to_owned(), "hör till".to_owned(), "område".to_owned()]];
        sheet.extend(rows);
        let reading = read(&sheet, &Contents::default(), || {
            next += 1;
            uuid(next)
        });
        prop_assert_eq!(reading.command.is_some(), reading.faults.is_empty());
        if let Some(command) = reading.command {
            prop_assert!(commands::apply(&mut MapState::default(), operation(0), command).is_ok());
        }
    }
}

/// Rows point at things by name, so names have to differ even when case and diacritics do not count.
fn names_differ(contents: &Contents) -> bool {
    let differ = |names: Vec<&str>| {
        let folded: BTreeSet<_> = names.iter().map(|name| fold(name)).collect();
        folded.len() == names.len()
    };
    differ(contents.areas.values().map(|area| &*area.name).collect())
        && differ(contents.goals.values().map(|goal| &*goal.title).collect())
        && differ(
            (contents.active_in_order().iter())
                .map(|(_, capability)| &*capability.draft.name)
                .collect(),
        )
}

#[test]
fn a_refused_command_leaves_no_trace() {
    let mut state = MapState::default();
    let refused = [
        Step::Ratify,
        Step::RemoveArea(3),
        Step::RetireCapability(2),
        Step::Undo(0),
    ];
    for (number, step) in refused.iter().enumerate() {
        assert_eq!(step.take(&mut state, number), None, "{step:?}");
    }
    assert_eq!(state, MapState::default());
}

/// The log of a short life of a map, as it was written when the format was new. It must be readable for ever.
const OLD_EVENTS: &str = include_str!("../events-v1.jsonl");

#[test]
fn events_of_the_first_version_are_still_read() {
    let log: Vec<Recorded> = (OLD_EVENTS.lines())
        .map(|line| serde_json::from_str(line).expect("an old event is read"))
        .collect();
    let state = MapState::replay(&log);
    assert_eq!(state.seq, log.len() as u64);
    assert!(state.contents.is_whole());
    assert_eq!(state.operations.len(), 15);
    assert_eq!(state.versions.len(), 1);
    let names = |contents: &Contents| -> Vec<String> {
        (contents.active_in_order().iter())
            .map(|(_, capability)| capability.draft.name.to_string())
            .collect()
    };
    assert_eq!(
        names(&state.versions[0].contents),
        ["Dataskydd", "Incidenthantering"]
    );
    assert_eq!(names(&state.contents), ["Dataskydd"]);
    assert_eq!(state.contents.goals.len(), 2);
    assert_eq!(state.contents.weaknesses.len(), 1);
    assert_eq!(state.agreed.len(), 1);
    assert_eq!(state.effects.len(), 1);
}

/// A capability that is given words of its own for some levels. It must be readable for ever.
const OWN_WORDS: &str = include_str!("../events-v3.jsonl");

#[test]
fn events_with_own_words_for_the_levels_are_still_read_and_their_undo_takes_the_words_away() {
    let log: Vec<Recorded> = (OWN_WORDS.lines())
        .map(|line| serde_json::from_str(line).expect("an old event is read"))
        .collect();
    for (line, recorded) in OWN_WORDS.lines().zip(&log) {
        assert_eq!(
            serde_json::to_string(recorded).expect("events can be written"),
            line,
            "written as it was"
        );
    }
    let mut state = MapState::replay(&log);
    let words = |state: &MapState| -> Vec<String> {
        let (_, capability) = state.contents.active_in_order()[0];
        (Level::ALL.into_iter())
            .filter_map(|level| capability.draft.anchors.get(level))
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(
        words(&state),
        [
            "Någon märker det ibland.",
            "Alla vet vart de ska vända sig.",
            "Vi övar med andra kommuner."
        ]
    );
    let last = log.last().expect("two events").op;
    assert!(commands::apply(&mut state, operation(9), Command::Undo(last)).is_ok());
    assert!(words(&state).is_empty());
}

#[test]
fn other_words_for_a_level_make_a_capability_reworded() {
    let older = MapState::replay(&read_log(&OWN_WORDS.lines().take(1).collect::<Vec<_>>()));
    let newer = MapState::replay(&read_log(&OWN_WORDS.lines().collect::<Vec<_>>()));
    let (id, _) = older.contents.active_in_order()[0];
    let between = |newer: &MapState| descent_between(&older.contents, &newer.contents, id);
    assert_eq!(between(&older), Some(Descent::Same));
    assert_eq!(between(&newer), Some(Descent::Reworded));
}

fn read_log(lines: &[&str]) -> Vec<Recorded> {
    (lines.iter())
        .map(|line| serde_json::from_str(line).expect("an old event is read"))
        .collect()
}
