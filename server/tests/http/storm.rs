//! Everyone submits at once, and the power is cut meanwhile.

use std::{
    sync::{Arc, Mutex},
    thread,
};

use domain::survey::{Progress, SurveyMode};
use store::RecoveryCode;

use crate::{
    confidential::{confidential, counted, field, level},
    program::Place,
    series::ask,
    world::{AWAY, HOME, World},
};

/// How many submit in a storm before the power is cut.
const STORM: usize = 60;

/// Everyone submits at once and the power is cut meanwhile; whoever was told that it is stored is there afterwards.
async fn power_is_cut_in_a_storm(mut world: World, mode: SurveyMode) {
    let mut round = confidential(&world).await;
    if mode == SurveyMode::Named {
        round.id = world.ours.open;
    }
    let mut people = Vec::new();
    for number in 0..STORM {
        let home = if number % 2 == 0 { HOME } else { AWAY };
        people.push(
            ask(
                &world.store,
                round.id,
                &format!("Exempel {number}"),
                &[home],
            )
            .await,
        );
    }
    let confirmed = Arc::new(Mutex::new(Vec::new()));
    let threads: Vec<_> = (people.iter().enumerate())
        .map(|(number, asked)| {
            let (client, confirmed) = (world.program.client(), confirmed.clone());
            let code = RecoveryCode::random().expect("random numbers");
            let fields: Vec<_> = (0..3)
                .map(|index| (field(&world, index, "nulage"), (number % 5 + 1).to_string()))
                .chain([
                    ("till".to_owned(), "skicka".to_owned()),
                    ("kod".to_owned(), code.to_string()),
                ])
                .collect();
            let (path, id) = (asked.address("/allt"), asked.id);
            thread::spawn(move || {
                let fields: Vec<_> = (fields.iter())
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                // One who gets no answer does not know.
                if let Ok(answer) = client.try_post(&path, &fields) {
                    assert_eq!(answer.status, 303, "{}", answer.text());
                    confirmed
                        .lock()
                        .expect("nobody panicked")
                        .push((id, code, number));
                }
            })
        })
        .collect();
    while confirmed.lock().expect("nobody panicked").len() < STORM / 4 {
        thread::yield_now();
    }
    world.kill_and_restart();
    for thread in threads {
        thread.join().expect("nobody panicked");
    }
    let confirmed = confirmed.lock().expect("nobody panicked").clone();
    let (_, submitted) = (world.store.turnout(round.id).await).expect("readable");
    assert!(
        submitted >= confirmed.len(),
        "{submitted} of {} are there",
        confirmed.len()
    );
    let answers = counted(&world, &round).await;
    // Each is there whole or not at all.
    assert_eq!(answers.len(), submitted * 3);
    for (id, code, number) in confirmed {
        let own = level(u8::try_from(number % 5 + 1).expect("small"));
        let (sheet, progress) = (world.store.sheet(id).await).expect("asked");
        assert!(matches!(progress, Progress::Submitted { .. }));
        let sheet = match mode {
            SurveyMode::Named => sheet,
            SurveyMode::Confidential => {
                let found = world.store.sealed_sheet(round.id, id, &code).await;
                let (sheet, submitted) = found.expect("readable").expect("it is there");
                assert!(submitted);
                sheet
            }
        };
        let said: Vec<_> = sheet
            .ratings
            .values()
            .map(|rating| rating.current)
            .collect();
        assert_eq!(said, [own; 3]);
    }
}

#[tokio::test]
async fn what_was_confirmed_in_a_storm_of_submissions_is_there_after_kill_9() {
    for mode in [SurveyMode::Named, SurveyMode::Confidential] {
        for place in Place::of_each_kind().await {
            power_is_cut_in_a_storm(World::in_place(place).await, mode).await;
        }
    }
}
