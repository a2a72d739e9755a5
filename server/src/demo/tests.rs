use std::collections::{BTreeMap, BTreeSet};

use domain::{
    level::Level,
    map::{Descent, MapState, descent},
    mapping::{Mapping, Participation},
    results::{Basis, RegionResult, RoundData, Standing},
    survey::{Progress, Round, SubmittedAnswer},
};

use super::*;

/// An empty database in a folder of its own, and a key.
struct Fresh {
    store: Store,
    key: LinkKey,
    _folder: tempfile::TempDir,
}

async fn fresh() -> Fresh {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    Fresh {
        store: Store::open(&url).await.expect("a new file can be opened"),
        key: LinkKey::open(&folder.path().join("key")).expect("a key can be made"),
        _folder: folder,
    }
}

async fn filled() -> Fresh {
    let fresh = fresh().await;
    fill(&fresh.store, &fresh.key)
        .await
        .expect("the example can be made");
    fresh
}

/// Everything that can be seen of the example.
struct Seen {
    mapping: Mapping,
    state: MapState,
    rounds: Vec<Round>,
    /// Round by round: what was submitted, and how far everyone came.
    answers: Vec<Vec<SubmittedAnswer>>,
    progress: Vec<Vec<(ParticipantId, Progress, usize)>>,
}

async fn see(store: &Store) -> Seen {
    let mapping = (store.mapping(MAPPING).await).expect("the database answers");
    let rounds = store.rounds(MAPPING).await.expect("the database answers");
    let (mut answers, mut progress) = (Vec::new(), Vec::new());
    for round in &rounds {
        answers.push((store.submitted_answers(round.id).await).expect("the database answers"));
        progress.push(
            store
                .progress(round.id)
                .await
                .expect("the database answers"),
        );
    }
    let state = store.map_state(MAPPING).await.expect("the log can be read");
    Seen {
        mapping: mapping.expect("the example is there"),
        state: MapState::clone(&state),
        rounds,
        answers,
        progress,
    }
}

impl Seen {
    fn submitted(&self, index: usize) -> usize {
        (self.progress[index].iter())
            .filter(|(_, progress, _)| matches!(progress, Progress::Submitted { .. }))
            .count()
    }

    fn results(&self, index: usize) -> RegionResult {
        let round = &self.rounds[index];
        RegionResult::aggregate(&RoundData {
            round: round.id,
            version: self.state.version(round.version).expect("it is ratified"),
            members: &self.mapping.members,
            n_min: 6,
            answers: &self.answers[index],
            invited: self.progress[index].len(),
            submitted: self.submitted(index),
            repeated: 0,
            people: &[],
            agreed: &self.state.agreed,
            effects: &self.state.effects,
        })
    }
}

#[tokio::test]
async fn two_databases_get_the_same_example() {
    let (one, other) = (filled().await, filled().await);
    let (one, other) = (see(&one.store).await, see(&other.store).await);
    assert_eq!(one.mapping, other.mapping);
    assert_eq!(one.state, other.state);
    assert_eq!(one.rounds, other.rounds);
    assert_eq!(one.answers, other.answers);
    assert_eq!(one.progress, other.progress);
}

#[tokio::test]
async fn the_map_has_32_capabilities_in_five_areas_that_serve_goals_in_three_levels() {
    let seen = see(&filled().await.store).await;
    assert!(seen.mapping.example);
    assert_eq!(seen.state.versions.len(), 2);
    for version in &seen.state.versions {
        let contents = &version.contents;
        assert_eq!(contents.active_in_order().len(), 32);
        assert_eq!(contents.areas.len(), 5);
        assert!(contents.is_whole());
        assert!(
            (contents.active_in_order().iter()).all(|(_, c)| matches!(c.draft.goals.len(), 1 | 2)),
            "every capability serves one or two goals"
        );
        let held_back = contents
            .weaknesses
            .values()
            .filter(|w| w.capability.is_some());
        assert!(contents.weaknesses.len() > held_back.count());
        let kinds: BTreeSet<_> = contents.weaknesses.values().map(|w| w.kind).collect();
        assert_eq!(kinds.len(), 6, "weaknesses of every kind");
        assert!((10..=14).contains(&contents.weaknesses.len()));
    }
    let goals =
        |level| (seen.state.contents.goals.values()).filter(move |goal| goal.level.code() == level);
    assert_eq!(goals("nationell").count(), 2);
    assert_eq!(goals("regional").count(), 3);
    assert!(goals("lokal").all(|goal| goal.parent.is_some() && goal.municipality.is_some()));
    assert_eq!(seen.state.versions[0].date, date!(2026 - 03 - 17));
    assert_eq!(&*seen.state.versions[0].decided_by, DECIDED_BY);
}

#[tokio::test]
async fn the_second_version_rewords_two_capabilities_and_keeps_thirty() {
    let seen = see(&filled().await.store).await;
    let [older, newer] = &seen.state.versions[..] else {
        panic!("there are two versions");
    };
    let mut count = BTreeMap::new();
    for (id, _) in older.contents.active_in_order() {
        let what = match descent(older, newer, id) {
            Some(Descent::Same) => "same",
            Some(Descent::Reworded) => "reworded",
            _ => "gone",
        };
        *count.entry(what).or_insert(0) += 1;
    }
    assert_eq!(count, BTreeMap::from([("same", 30), ("reworded", 2)]));
    assert!(!seen.state.has_changed_since_ratified());
}

#[tokio::test]
async fn eleven_municipalities_take_part_fully_and_three_otherwise() {
    let seen = see(&filled().await.store).await;
    let count = |wanted| {
        (seen.mapping.members.iter())
            .filter(|member| member.participation == wanted)
            .count()
    };
    assert_eq!(count(Participation::Full), 11);
    assert_eq!(count(Participation::Otherwise), 3);
    for index in [0, 1] {
        let conditions = seen.results(index).conditions;
        assert_eq!(conditions.present.len(), 11);
        assert_eq!(conditions.missing.len(), 3);
        assert!((conditions.missing.iter()).all(|missing| !missing.note.is_empty()));
        assert_eq!(conditions.standing, Standing::Regional);
        assert_eq!(conditions.without_effect, 0);
        assert!(matches!(conditions.much_dont_know.len(), 1 | 2));
    }
}

#[tokio::test]
async fn every_municipality_says_how_it_takes_part_in_every_step() {
    let example = filled().await;
    let entries = (example.store.participation(MAPPING).await).expect("readable");
    assert_eq!(entries.len(), 14 * 8);
    assert!((entries.iter()).all(|entry| {
        entry.step.is_none() || (entry.since.is_some() && entry.source.ends_with("Exempel"))
    }));
    let grades: BTreeSet<_> = entries.iter().map(|entry| entry.grade.code()).collect();
    assert_eq!(
        grades.len(),
        Participation::ALL.len(),
        "each grade is to be seen"
    );
}

#[tokio::test]
async fn people_drop_out_and_come_new_between_two_closed_rounds() {
    let example = filled().await;
    let seen = see(&example.store).await;
    assert_eq!(seen.rounds.len(), 2);
    assert!(
        seen.rounds
            .iter()
            .all(|round| round.status == RoundStatus::Closed)
    );
    assert_eq!([seen.submitted(0), seen.submitted(1)], [45, 43]);
    let mut names = Vec::new();
    for round in &seen.rounds {
        let people = (example.store.participants(round.id).await).expect("the database answers");
        assert!(
            people
                .iter()
                .all(|person| person.email.ends_with("@example.se"))
        );
        assert!(people.iter().any(|person| person.municipalities.len() == 3));
        names.push(
            (people.into_iter())
                .map(|person| person.name)
                .collect::<BTreeSet<_>>(),
        );
    }
    assert!(names[0].difference(&names[1]).count() > 0, "someone left");
    assert!(names[1].difference(&names[0]).count() > 0, "someone is new");
    assert!(
        (seen.progress.iter())
            .all(|people| { (people.iter()).any(|(_, progress, _)| *progress == Progress::Draft) })
    );
}

#[tokio::test]
async fn answers_lie_at_the_bottom_of_the_scale_and_disagree() {
    let seen = see(&filled().await.store).await;
    for answers in &seen.answers {
        let levels = |pick: fn(&SubmittedAnswer) -> Option<domain::level::Answer>| {
            (answers.iter())
                .filter_map(move |answer| pick(answer)?.level())
                .map(Level::get)
        };
        let share = |low: usize, all: usize| 100 * low / all;
        let current = levels(|answer| answer.current);
        let low = share(
            current.clone().filter(|level| *level <= 2).count(),
            current.clone().count(),
        );
        assert!((40..90).contains(&low), "{low} % at 1 or 2");
        assert_eq!(
            current.collect::<BTreeSet<_>>().len(),
            5,
            "every level is used"
        );
        let target = levels(|answer| answer.target);
        let middle = target
            .clone()
            .filter(|level| matches!(level, 3 | 4))
            .count();
        assert!(share(middle, target.count()) > 70);
        let unknown = (answers.iter())
            .filter(|answer| answer.current == Some(domain::level::Answer::DontKnow))
            .count();
        assert!((5..=15).contains(&share(unknown, answers.len())));
        assert!((answers.iter()).any(|a| a.current == Some(domain::level::Answer::NotApplicable)));
    }
}

#[tokio::test]
async fn results_show_agreed_and_unconfirmed_cells_hidden_ones_and_surpluses() {
    let seen = see(&filled().await.store).await;
    let [first, second] = [seen.results(0), seen.results(1)];
    assert_eq!(first.conditions.unconfirmed_cells, 0);
    assert!(second.conditions.unconfirmed_cells > 20);
    assert!(second.conditions.agreed_cells > 2 * second.conditions.unconfirmed_cells);
    for results in [&first, &second] {
        let cells = || results.capabilities.iter().flat_map(|c| &c.cells);
        assert!(cells().any(|cell| cell.value.gap() < Some(0) && cell.value.gap().is_some()));
        assert!(cells().any(|cell| cell.value.symbol() == "."));
        let priorities: Vec<_> = (results.capabilities.iter())
            .filter_map(|c| c.priority)
            .collect();
        assert_eq!(priorities.len(), 32);
        let greatest = priorities.iter().copied().fold(0.0, f64::max);
        let least = priorities.iter().copied().fold(100.0, f64::min);
        assert!(greatest > 2.0 * least, "{least:.0} to {greatest:.0}");
    }
    assert!((second.capabilities.iter().flat_map(|c| &c.cells)).any(|c| c.value.symbol() == ".."));
    assert!(
        (second.capabilities.iter().flat_map(|c| &c.cells)).any(|cell| {
            matches!(
                cell.value,
                domain::results::CellValue::Levels {
                    basis: Basis::Answers,
                    ..
                }
            )
        })
    );
    let mean = |results: &RegionResult| {
        let sum: f64 = results
            .capabilities
            .iter()
            .filter_map(|c| c.mean_current)
            .sum();
        sum / 32.0
    };
    assert!(
        mean(&second) > mean(&first),
        "the region has become a little better"
    );
}

#[tokio::test]
async fn the_second_start_changes_nothing() {
    let example = filled().await;
    let before = see(&example.store).await;
    fill(&example.store, &example.key)
        .await
        .expect("it is there already");
    let after = see(&example.store).await;
    assert_eq!(before.state, after.state);
    assert_eq!(before.answers, after.answers);
}

#[tokio::test]
async fn a_start_that_was_interrupted_is_made_good_by_the_next() {
    let whole = see(&filled().await.store).await;
    let example = fresh().await;
    for patience in [5, 20, 60, 120, 250, 400] {
        let filling = fill(&example.store, &example.key);
        let wait = std::time::Duration::from_millis(patience);
        // What the interrupted start was writing when it was dropped is committed or rolled back, never half of it.
        let _ = tokio::time::timeout(wait, filling).await;
    }
    fill(&example.store, &example.key)
        .await
        .expect("the rest can be made");
    let seen = see(&example.store).await;
    assert_eq!(seen.mapping, whole.mapping);
    assert_eq!(seen.state, whole.state);
    assert_eq!(seen.rounds, whole.rounds);
    assert_eq!(seen.answers, whole.answers);
    assert_eq!(seen.progress, whole.progress);
}

#[test]
fn the_model_speaks_of_the_catalogue_in_its_own_order() {
    let codes: Vec<_> = (map::capabilities().into_iter())
        .map(|(code, _)| code)
        .collect();
    assert_eq!(codes, model::codes());
}

#[tokio::test]
async fn four_workshops_have_been_held_and_the_fifth_is_planned() {
    let example = filled().await;
    let now = see(&example.store).await.state;
    let work = &now.work;
    let series = work.in_order();
    assert_eq!(series.len(), 5);
    for (nth, (id, workshop)) in series.iter().enumerate() {
        assert_eq!(workshop.series, Series::ALL[nth]);
        let stage = work.stage(*id);
        let people = (example.store.attendees(*id).await).expect("the database answers");
        let known = (example.store.workshop_mapping(*id).await).expect("the database answers");
        assert_eq!(known, Some(MAPPING));
        if nth == 4 {
            assert!(stage.opened_at.is_none() && people.is_empty());
            continue;
        }
        assert!(
            stage
                .ended_at
                .is_some_and(|ended| stage.opened_at < Some(ended))
        );
        assert_eq!(stage.visited.len(), workshop.agenda.len());
        assert_eq!(people.len(), 11);
        assert!(
            people
                .iter()
                .all(|person| person.name.ends_with("(Exempel)"))
        );
        assert!(work.minutes.contains_key(id));
        assert!((work.notes.values()).any(|note| note.workshop == *id));
    }
    assert_eq!(work.improvements.len(), 3);
    assert_eq!(work.reviews.len(), 32, "every capability is approved");
    let times: Vec<_> = (now.operations.iter().map(|operation| operation.at)).collect();
    assert!(times.is_sorted(), "the log is in order of time");
}

#[tokio::test]
async fn who_said_what_survives_that_capabilities_are_merged() {
    let state = see(&filled().await.store).await.state;
    let called = |name: &str| {
        let all = state.contents.active_in_order();
        let found = all.iter().find(|(_, c)| &*c.draft.name == name);
        found.expect("it is on the map").0
    };
    let origins = |name| state.work.origins(&state.contents, called(name));
    let merged = origins("Kompetensförsörjning inom it");
    assert_eq!(&*merged[0].1.text, "Dela specialister mellan kommuner");
    // Two people wrote the same thing.
    assert_eq!(origins("Beställarkompetens").len(), 2);
}
