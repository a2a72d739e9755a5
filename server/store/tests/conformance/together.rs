//! Many commands at once: stored together, decided and answered one by one.

use std::collections::BTreeSet;

use domain::{
    ids::{AttendeeId, OpId},
    map::{Author, Command, MapState, Refusal},
};
use store::{ExecuteError, StoreError};

use crate::databases::{
    add_capability, capability, fresh, op, random_id, stored_account, stored_mapping,
};

#[tokio::test]
async fn two_hundred_commands_at_once_land_in_order_without_gaps_and_become_known_at_once() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let held = db.store.map_state(mapping).await.expect("it exists");
        let mut watch = db.store.watch(mapping);
        let ops: Vec<_> = (0..200).map(|_| op()).collect();
        let mut tasks = tokio::task::JoinSet::new();
        for (number, op) in (0..).zip(ops.clone()) {
            let store = db.store.clone();
            let add = add_capability(capability(number), &format!("Förmåga {number}"));
            // Times go backwards: the order is that of arrival.
            let at = 1_000 - i64::try_from(number).expect("small");
            tasks.spawn(async move { store.execute(mapping, Author::System, op, add, at).await });
        }
        let answers = async {
            while let Some(done) = tasks.join_next().await {
                let done = done.expect("it ends").expect("there is room for all");
                assert_eq!((done.events, done.state.seq), (1, 200), "{}", db.url);
            }
        };
        // They were all waiting when the first had its turn, so that one commit carries them all.
        let known = async {
            watch.changed().await.expect("the store is open");
            *watch.borrow_and_update()
        };
        let ((), first_known) = tokio::join!(answers, known);
        assert_eq!(first_known, 200, "{}", db.url);
        assert!(!watch.has_changed().expect("the store is open"));
        assert_eq!(held.seq, 0, "a state that someone looks at has changed");

        let events = db.store.events_after(mapping, 0).await.expect("readable");
        let landed: Vec<_> = (events.iter()).map(|event| (event.seq, event.op)).collect();
        let expected: Vec<(u64, OpId)> = (1..).zip(ops).collect();
        assert_eq!(landed, expected, "{}", db.url);
        let state = MapState::replay(&events);
        let places: BTreeSet<_> = (state.contents.capabilities.values())
            .map(|capability| capability.position)
            .collect();
        assert_eq!(places.len(), 200, "two were decided on the same state");
        assert_eq!(
            *db.store.map_state(mapping).await.expect("it exists"),
            state
        );
    }
}

#[tokio::test]
async fn what_is_refused_repeated_or_of_a_stranger_leaves_the_others_alone() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        db.store.map_state(mapping).await.expect("it exists");
        let siv = Author::Account(stored_account(&db.store, "Siv Exempel", "").await);
        let stranger = Author::Attendee(AttendeeId::new(random_id()));
        let add = |number| add_capability(capability(number), &format!("Förmåga {number}"));
        let twice = op();
        let commands = [
            (siv, op(), Command::RetireCapability(capability(1))),
            (siv, twice, add(1)),
            (stranger, op(), add(2)),
            (siv, twice, add(1)),
            (siv, op(), Command::RetireCapability(capability(1))),
            (siv, op(), Command::RetireCapability(capability(2))),
            (Author::System, op(), add(3)),
        ];
        let mut tasks = Vec::new();
        for (author, op, command) in commands {
            let store = db.store.clone();
            tasks.push(tokio::spawn(async move {
                store.execute(mapping, author, op, command, 9).await
            }));
        }
        let mut done = Vec::new();
        for task in tasks {
            done.push(match task.await.expect("it ends") {
                Ok(done) => Ok(done.events),
                Err(ExecuteError::Refused(refusal)) => Err(Some(refusal)),
                Err(ExecuteError::Store(StoreError::NotFound)) => Err(None),
                Err(error) => panic!("{}: {error:?}", db.url),
            });
        }
        let not_there = Err(Some(Refusal::NotFound));
        // What was to be retired the second time is there by then; what the stranger would have added is not.
        let expected = [not_there, Ok(1), Err(None), Ok(0), Ok(1), not_there, Ok(1)];
        assert_eq!(done, expected, "{}", db.url);
        let events = db.store.events_after(mapping, 0).await.expect("readable");
        let numbers: Vec<_> = events.iter().map(|event| event.seq).collect();
        assert_eq!(numbers, [1, 2, 3], "{}", db.url);
        assert_eq!(
            *db.store.map_state(mapping).await.expect("it exists"),
            MapState::replay(&events)
        );
    }
}

#[tokio::test]
async fn a_caller_that_leaves_does_not_take_those_with_it_who_wait() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        db.store.map_state(mapping).await.expect("it exists");
        let mut tasks = Vec::new();
        for number in 0..20 {
            let store = db.store.clone();
            let add = add_capability(capability(number), &format!("Förmåga {number}"));
            tasks.push(tokio::spawn(async move {
                store.execute(mapping, Author::System, op(), add, 9).await
            }));
        }
        tokio::task::yield_now().await;
        // The first came into an empty queue: the turn that it took is for all.
        tasks.remove(0).abort();
        for task in tasks {
            let done = task.await.expect("it was left alone");
            assert_eq!(done.expect("there is room for all").events, 1);
        }
        let state = db.store.map_state(mapping).await.expect("it exists");
        assert_eq!(state.contents.capabilities.len(), 20, "{}", db.url);
    }
}

#[tokio::test]
async fn whoever_waits_when_the_store_is_closed_gets_an_answer() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        db.store.map_state(mapping).await.expect("it exists");
        db.store.close().await;
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..5 {
            let store = db.store.clone();
            let add = add_capability(capability(number), &format!("Förmåga {number}"));
            tasks.spawn(async move { store.execute(mapping, Author::System, op(), add, 9).await });
        }
        for done in tasks.join_all().await {
            assert!(
                matches!(done, Err(ExecuteError::Store(StoreError::Database(_)))),
                "{done:?}"
            );
        }
        let state = db.reopened().await.map_state(mapping).await;
        assert_eq!(state.expect("it exists").seq, 0, "{}", db.url);
    }
}
