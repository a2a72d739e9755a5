//! Hearing of changes.

use std::time::Duration;

use domain::{
    ids::MappingId,
    map::{Author, Command},
};
use store::Store;
use tokio::time::timeout;

use crate::databases::{add_capability, capability, fresh, op, stored_mapping};

/// Longer than anything here takes, unless it never happens.
const LONG: Duration = Duration::from_secs(20);

async fn add(store: &Store, mapping: MappingId, number: u128) {
    let command = add_capability(capability(number), &format!("Förmåga {number}"));
    let done = store
        .execute(mapping, Author::System, op(), command, 9)
        .await;
    assert_eq!(done.expect("allowed").events, 1);
}

#[tokio::test]
async fn whoever_watches_a_map_hears_of_its_changes_and_of_nothing_else() {
    for db in fresh().await {
        let (mapping, other) = (
            stored_mapping(&db.store).await,
            stored_mapping(&db.store).await,
        );
        let mut watch = db.store.watch(mapping);
        assert_eq!(*watch.borrow_and_update(), 0);
        add(&db.store, other, 1).await;
        let refused = Command::RetireCapability(capability(9));
        let refused = (db.store)
            .execute(mapping, Author::System, op(), refused, 9)
            .await;
        refused.expect_err("there is none");
        db.store.map_state(mapping).await.expect("it exists");
        assert!(!watch.has_changed().expect("the store is open"));
        for seq in 1..=3 {
            add(&db.store, mapping, u128::from(seq)).await;
            assert!(
                watch.has_changed().expect("the store is open"),
                "{}",
                db.url
            );
            assert_eq!(*watch.borrow_and_update(), seq);
            // The answer has come: the map can be read as it is by now.
            let state = db.store.map_state(mapping).await.expect("it exists");
            assert_eq!(state.seq, seq);
            assert!(!watch.has_changed().expect("the store is open"));
        }
        assert_eq!(*db.store.clone().watch(mapping).borrow(), 3);
    }
}

#[tokio::test]
async fn what_another_process_wrote_is_heard_when_it_is_read_and_unasked_where_they_are_told() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let node = db.reopened().await;
        assert_eq!(db.store.is_shared(), db.url.starts_with("postgres:"));
        let mut watch = db.store.watch(mapping);
        add(&node, mapping, 1).await;
        if !db.store.is_shared() {
            assert!(!watch.has_changed().expect("the store is open"));
        }
        db.store.map_state(mapping).await.expect("it exists");
        assert_eq!(*watch.borrow_and_update(), 1, "{}", db.url);
        if db.store.is_shared() {
            // The listener may only now have begun to listen: what is written until then it need not hear.
            let mut number = 2;
            let heard = async {
                loop {
                    add(&node, mapping, number).await;
                    number += 1;
                    if timeout(Duration::from_millis(50), watch.changed())
                        .await
                        .is_ok()
                    {
                        break;
                    }
                }
            };
            timeout(LONG, heard).await.expect("nothing was heard");
            add(&node, mapping, 1_000).await;
            let last = u64::try_from(number).expect("small");
            let told = timeout(LONG, watch.wait_for(|seq| *seq == last)).await;
            told.expect("nothing was heard").expect("the store is open");
        }
        let closed = timeout(LONG, db.store.close()).await;
        closed.expect("what listens keeps the store from closing");
    }
}
