use std::{collections::BTreeSet, future::poll_fn, pin::pin, sync::Arc, task::Poll};

use domain::{
    ids::{AccountId, AreaId, MappingId},
    map::{Area, Author, Command, Deed, MapState, Refusal},
};
use store::{ExecuteError, Store, StoreError};
use time::macros::date;

use crate::databases::{
    Database, add_capability, capability, fresh, op, random_id, stored_account, stored_mapping,
    text,
};

async fn all_confirmed(store: &Store, mapping: MappingId) -> MapState {
    let events = store.events_after(mapping, 0).await.expect("readable");
    let numbers: Vec<_> = events.iter().map(|recorded| recorded.seq).collect();
    let expected: Vec<_> = (1..=events.len() as u64).collect();
    assert_eq!(numbers, expected, "the log has gaps");
    MapState::replay(&events)
}

#[tokio::test]
async fn what_is_replayed_after_reopening_equals_the_state() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let siv = Author::Account(stored_account(&db.store, "Siv Exempel", "").await);
        let area = AreaId::new(random_id());
        let undone = op();
        let commands = [
            (
                siv,
                op(),
                add_capability(capability(1), "Digital kompetens"),
            ),
            (
                siv,
                op(),
                Command::SaveArea(
                    area,
                    Area {
                        name: text("Styrning ”och” 'ledning'"),
                        description: text("rad ett\nrad två"),
                        position: 0,
                    },
                ),
            ),
            (
                Author::System,
                undone,
                add_capability(capability(2), "Upphandling"),
            ),
            (siv, op(), Command::Undo(undone)),
            (
                siv,
                op(),
                Command::MoveCapability {
                    id: capability(1),
                    area: Some(area),
                    before: None,
                },
            ),
            (siv, op(), Command::RetireCapability(capability(2))),
            (
                siv,
                op(),
                Command::Ratify {
                    date: date!(2026 - 11 - 22),
                    decided_by: text("Direktionen"),
                },
            ),
        ];
        for (place, (author, op, command)) in (0..).zip(commands) {
            let done = db
                .store
                .execute(mapping, author, op, command, 100 + place)
                .await;
            match done {
                Ok(done) => assert!(done.events > 0, "command {place} changed nothing"),
                Err(ExecuteError::Refused(refusal)) => {
                    assert_eq!((place, refusal), (5, Refusal::NotFound));
                }
                Err(ExecuteError::Store(error)) => panic!("command {place}: {error:?}"),
            }
        }
        let state = db.store.map_state(mapping).await.expect("it exists");
        assert_eq!(state.versions.len(), 1);
        assert_eq!(
            *state,
            all_confirmed(&db.store, mapping).await,
            "{}",
            db.url
        );
        let reopened = db.reopened().await.map_state(mapping).await;
        assert_eq!(*reopened.expect("it exists"), *state, "{}", db.url);
    }
}

#[tokio::test]
async fn a_repeated_command_changes_nothing_and_gives_the_present_state() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let (op, command) = (op(), add_capability(capability(1), "Drift"));
        let send = || {
            db.store
                .execute(mapping, Author::System, op, command.clone(), 7)
        };
        let first = send().await.expect("allowed");
        assert_eq!((first.events, first.deed), (1, Deed::CapabilityAdded));
        let again = send().await.expect("allowed");
        assert_eq!((again.events, again.deed), (0, Deed::CapabilityAdded));
        assert_eq!(again.state, first.state);
        let node = db.reopened().await;
        let elsewhere = node
            .execute(mapping, Author::System, op, command.clone(), 8)
            .await;
        assert_eq!(elsewhere.expect("allowed").events, 0);
        assert_eq!(all_confirmed(&db.store, mapping).await.seq, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn commands_from_many_tasks_on_two_nodes_leave_no_gap_and_lose_nothing() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let nodes = [db.store.clone(), db.reopened().await];
        let mut tasks = tokio::task::JoinSet::new();
        for task in 0..16_u128 {
            let node = nodes[usize::from(task % 2 == 1)].clone();
            tasks.spawn(async move {
                for turn in 0..6 {
                    let id = capability(task * 100 + turn);
                    let command = add_capability(id, &format!("Förmåga {task} {turn}"));
                    let done = node
                        .execute(mapping, Author::System, op(), command, 9)
                        .await;
                    let state = done.expect("there is room for all").state;
                    assert!(
                        state.contents.capabilities.contains_key(&id),
                        "not in the answer"
                    );
                }
            });
        }
        while let Some(task) = tasks.join_next().await {
            task.expect("every command is carried out");
        }
        let confirmed = all_confirmed(&db.store, mapping).await;
        assert_eq!(confirmed.contents.capabilities.len(), 96);
        assert_eq!((confirmed.seq, confirmed.operations.len()), (96, 96));
        let places: BTreeSet<_> = (confirmed.contents.capabilities.values())
            .map(|capability| capability.position)
            .collect();
        assert_eq!(places.len(), 96, "two were decided on the same state");
        for node in nodes {
            assert_eq!(
                *node.map_state(mapping).await.expect("it exists"),
                confirmed
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_command_sent_many_times_at_once_happens_once() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let nodes = [db.store.clone(), db.reopened().await];
        let (op, mut tasks) = (op(), tokio::task::JoinSet::new());
        for task in 0..12 {
            let node = nodes[task % 2].clone();
            let command = add_capability(capability(1), "Drift");
            tasks.spawn(async move { node.execute(mapping, Author::System, op, command, 9).await });
        }
        let done = tasks.join_all().await;
        let events: Vec<_> = (done.into_iter())
            .map(|done| done.expect("allowed").events)
            .collect();
        assert_eq!(events.iter().sum::<usize>(), 1, "{events:?}");
        assert_eq!(all_confirmed(&db.store, mapping).await.seq, 1);
    }
}

#[tokio::test]
async fn a_refused_command_stores_nothing() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let retire = Command::RetireCapability(capability(1));
        let refused = db
            .store
            .execute(mapping, Author::System, op(), retire, 9)
            .await;
        assert!(
            matches!(refused, Err(ExecuteError::Refused(Refusal::NotFound))),
            "{refused:?}"
        );
        assert_eq!(all_confirmed(&db.store, mapping).await, MapState::default());
    }
}

#[tokio::test]
async fn a_foreign_mapping_or_author_is_not_found() {
    for db in fresh().await {
        let foreign = MappingId::new(random_id());
        let add = || add_capability(capability(1), "Drift");
        let refused = db
            .store
            .execute(foreign, Author::System, op(), add(), 9)
            .await;
        assert!(
            matches!(refused, Err(ExecuteError::Store(StoreError::NotFound))),
            "{refused:?}"
        );
        let read = db.store.map_state(foreign).await;
        assert!(matches!(read, Err(StoreError::NotFound)), "{read:?}");
        let mapping = stored_mapping(&db.store).await;
        let nobody = Author::Account(AccountId::new(random_id()));
        let refused = db.store.execute(mapping, nobody, op(), add(), 9).await;
        assert!(
            matches!(refused, Err(ExecuteError::Store(StoreError::NotFound))),
            "{refused:?}"
        );
        assert_eq!(all_confirmed(&db.store, mapping).await.seq, 0);
        let done = db
            .store
            .execute(mapping, Author::System, op(), add(), 9)
            .await;
        assert_eq!(done.expect("allowed").events, 1);
    }
}

#[tokio::test]
async fn a_state_that_someone_still_looks_at_does_not_change_under_them() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let before = db.store.map_state(mapping).await.expect("it exists");
        let add = add_capability(capability(1), "Drift");
        let done = db
            .store
            .execute(mapping, Author::System, op(), add, 9)
            .await;
        assert_eq!(done.expect("allowed").state.seq, 1);
        assert_eq!(before.seq, 0);
        let now = db.store.map_state(mapping).await.expect("it exists");
        let same = db.store.map_state(mapping).await.expect("it exists");
        assert!(Arc::ptr_eq(&now, &same), "an unchanged map was made anew");
    }
}

/// Asks for something and goes away after so many looks at it.
async fn look_at_most(looks: u32, work: impl Future) {
    let mut work = pin!(work);
    for _ in 0..looks {
        let look = poll_fn(|task| Poll::Ready(work.as_mut().poll(task)));
        if look.await.is_ready() {
            break;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_that_go_away_poison_no_connection_and_leave_no_half_command() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..200_u32 {
            let store = db.store.clone();
            let draft = |part| match add_capability(capability(0), &format!("{number} {part}")) {
                Command::SaveCapability(_, draft) => draft,
                other => panic!("{other:?} adds no capability"),
            };
            let command = Command::Import {
                areas: Vec::new(),
                goals: Vec::new(),
                weaknesses: Vec::new(),
                capabilities: (0..2)
                    .map(|part| (capability(u128::from(number * 2 + part)), draft(part)))
                    .collect(),
            };
            // From those who leave at once to those who stay to the end.
            tasks.spawn(async move {
                let record = store.record(9, None, Some(mapping), "test", "");
                look_at_most(number * number / 8, record).await;
                let execute = store.execute(mapping, Author::System, op(), command, 9);
                look_at_most(number * number / 8, execute).await;
            });
        }
        while let Some(task) = tasks.join_next().await {
            task.expect("going away is no error");
        }
        let open = db.open_transactions().await;
        assert_eq!(open, 0, "transactions were left open: {}", db.url);
        still_works(&db, mapping).await;
    }
}

async fn still_works(db: &Database, mapping: MappingId) {
    for number in 10_000..10_040 {
        let name = format!("Efteråt {number}");
        let add = add_capability(capability(number), &name);
        let done = db
            .store
            .execute(mapping, Author::System, op(), add, 9)
            .await;
        assert_eq!(done.expect("every connection is clean").events, 1);
    }
    let confirmed = all_confirmed(&db.store, mapping).await;
    assert!((confirmed.operations.iter()).all(|operation| matches!(
        (operation.deed, operation.events.len()),
        (Deed::Imported, 2) | (Deed::CapabilityAdded, 1)
    )));
    assert_eq!(
        *db.store.map_state(mapping).await.expect("it exists"),
        confirmed
    );
}
