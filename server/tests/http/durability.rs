//! What was answered is kept, whatever happens to the program afterwards.

use std::{
    sync::{Arc, Mutex, mpsc::channel},
    thread,
};

use domain::{
    ids::{CapabilityId, GoalId},
    level::{Answer, Level},
    survey::Scope,
};

use crate::{
    client::Client,
    program::Place,
    series::Series,
    world::{Who, World, random_id},
};

/// How many answers each writer gets before the power is cut, in each life of the program.
const PER_LIFE: usize = 25;
const LIVES: usize = 3;

/// What two writers were told is done.
#[derive(Clone, Debug, Default)]
struct Confirmed {
    goals: Vec<GoalId>,
    /// Texts and levels of the survey, in the order they were saved: each save replaces the one before.
    drafts: Vec<(CapabilityId, Level, String)>,
}

/// Adds goals until the server is gone.
fn write_map(
    client: &Client,
    series: &Series,
    confirmed: &Mutex<Confirmed>,
    told: impl Fn(),
) -> GoalId {
    loop {
        let goal = GoalId::new(random_id());
        let fields = [
            ("op", random_id().to_string()),
            ("id", goal.to_string()),
            ("mal", format!("Mål {goal}")),
            ("niva", "regional".to_owned()),
        ];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let path = format!("/k/{}/mal/ny", series.mapping);
        let Ok(answer) = client.try_post(&path, &fields) else {
            return goal;
        };
        assert_eq!(answer.status, 303, "{}", answer.text());
        confirmed.lock().expect("nobody panicked").goals.push(goal);
        told();
    }
}

/// Saves one answer after another until the server is gone.
fn write_survey(
    client: &Client,
    series: &Series,
    confirmed: &Mutex<Confirmed>,
    told: impl Fn(),
) -> (CapabilityId, Level, String) {
    for round in 0.. {
        let capability = series.capabilities[round % series.capabilities.len()];
        let level = Level::ALL[round % Level::ALL.len()];
        let comment = format!("Kommentar {round} {}", random_id());
        // What has been said of the other capabilities is on the page as well, as in a browser.
        let mut said: Vec<_> = confirmed.lock().expect("nobody panicked").drafts.clone();
        said.push((capability, level, comment.clone()));
        let mut fields = Vec::new();
        for capability in series.capabilities {
            let latest = said.iter().rev().find(|draft| draft.0 == capability);
            if let Some((id, level, comment)) = latest {
                let field = |part: &str| format!("{}.alla.{part}", id.uuid().simple());
                fields.push((field("nulage"), level.get().to_string()));
                fields.push((field("kommentar"), comment.clone()));
            }
        }
        let fields: Vec<_> = (fields.iter())
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let Ok(answer) = client.try_post(&series.asked.address("/1"), &fields) else {
            return (capability, level, comment);
        };
        assert_eq!(answer.status, 303, "{}", answer.text());
        let draft = (capability, level, comment);
        confirmed
            .lock()
            .expect("nobody panicked")
            .drafts
            .push(draft);
        told();
    }
    unreachable!("the server never went away")
}

#[tokio::test]
async fn what_was_answered_is_there_after_kill_9() {
    let mut world = World::new().await;
    let confirmed = Arc::new(Mutex::new(Confirmed::default()));
    let mut in_doubt = Vec::new();
    for life in 0..LIVES {
        let (told, heard) = channel();
        let writers = [true, false].map(|map| {
            let client = if map {
                world.coordinator()
            } else {
                world.as_who(Who::Anonymous)
            };
            let (series, confirmed, told) = (world.ours.clone(), confirmed.clone(), told.clone());
            let tell = move || {
                told.send(map).ok();
            };
            thread::spawn(move || {
                if map {
                    (Some(write_map(&client, &series, &confirmed, tell)), None)
                } else {
                    (None, Some(write_survey(&client, &series, &confirmed, tell)))
                }
            })
        });
        drop(told);
        let mut counts = [0, 0];
        while counts.iter().any(|count| *count < PER_LIFE + life) {
            let map = heard.recv().expect("both writers go on until the end");
            counts[usize::from(map)] += 1;
        }
        world.kill_and_restart();
        for writer in writers {
            in_doubt.push(writer.join().expect("every answer was right"));
        }
        let confirmed = confirmed.lock().expect("nobody panicked").clone();
        assert_kept(&world, &confirmed, &in_doubt).await;
    }
    let confirmed = confirmed.lock().expect("nobody panicked");
    assert!(confirmed.goals.len() >= LIVES * PER_LIFE);
    assert!(confirmed.drafts.len() >= LIVES * PER_LIFE);
}

type InDoubt = (Option<GoalId>, Option<(CapabilityId, Level, String)>);

async fn assert_kept(world: &World, confirmed: &Confirmed, in_doubt: &[InDoubt]) {
    // A reader of its own, so that nothing comes from this process' memory.
    let store = world.place.store().await;
    let state = store.map_state(world.ours.mapping).await.expect("readable");
    for goal in &confirmed.goals {
        assert!(
            state.contents.goals.contains_key(goal),
            "goal {goal} is lost"
        );
    }
    let events = store
        .events_after(world.ours.mapping, 0)
        .await
        .expect("readable");
    let gapless = (1..).zip(&events).all(|(seq, event)| event.seq == seq);
    assert!(gapless, "the log has gaps");
    let more = state.contents.goals.len() - confirmed.goals.len();
    // Two goals were there before; of each life, the last command may have been carried out unanswered.
    assert!(
        more <= 2 + in_doubt.len(),
        "{more} goals that nobody confirmed"
    );

    let (sheet, _) = store.sheet(world.ours.asked.id).await.expect("asked");
    for capability in world.ours.capabilities {
        let latest = confirmed
            .drafts
            .iter()
            .rev()
            .find(|draft| draft.0 == capability);
        let Some((_, level, comment)) = latest else {
            continue;
        };
        let rating = &sheet.ratings[&(capability, Scope::All)];
        let found = (rating.current, rating.comment.as_str());
        let kept = found == (Some(Answer::Level(*level)), comment.as_str());
        // Only what was under way when the power was cut last may stand there instead.
        let last = in_doubt.iter().rev().take(2);
        let unanswered = last.filter_map(|(_, draft)| draft.as_ref()).any(|draft| {
            draft.0 == capability && found == (Some(Answer::Level(draft.1)), draft.2.as_str())
        });
        assert!(
            kept || unanswered,
            "{capability}: {found:?}, not {level:?} {comment}"
        );
    }
    store.close().await;
}

#[tokio::test]
async fn what_was_answered_is_there_for_a_second_server_on_the_same_database() {
    let Some(place) = Place::postgres().await else {
        return;
    };
    let world = World::in_place(place).await;
    let second = world.place.start();
    let cookie = world.coordinator().cookie().expect("signed in").to_owned();
    let (here, there) = (world.coordinator(), second.client().with_cookie(cookie));
    let path = format!("/k/{}/mal/ny", world.ours.mapping);
    for number in 0..10 {
        let (writer, reader) = if number % 2 == 0 {
            (&here, &there)
        } else {
            (&there, &here)
        };
        let (op, id) = (random_id().to_string(), random_id().to_string());
        let title = format!("Mål nummer {number}");
        let fields = [
            ("op", &*op),
            ("id", &id),
            ("mal", &title),
            ("niva", "regional"),
        ];
        let answer = writer.post(&path, &fields);
        assert_eq!(answer.status, 303, "{}", answer.text());
        let page = reader
            .get(&format!("/k/{}/karta", world.ours.mapping))
            .text();
        assert!(page.contains(&title), "the other server does not show it");
        // Sent again to the other server it is the same command.
        assert_eq!(reader.post(&path, &fields).status, 303);
    }
    let goals = world.map(world.ours.mapping).await.contents.goals.len();
    assert_eq!(goals, 2 + 10);
}
