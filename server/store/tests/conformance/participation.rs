use domain::{
    ids::{AccountId, MappingId},
    mapping::Participation,
    participation::{Entry, Step},
};
use store::{Stated, Statement, Store, StoreError};
use time::macros::date;

use crate::databases::{fresh, municipality, random_id, stored_account, stored_mapping, text};

fn entry(name: &str, step: Option<Step>, grade: Participation) -> Entry {
    Entry {
        municipality: municipality(name),
        step,
        grade,
        since: Some(date!(2026 - 11 - 02)),
        source: text("Möte i styrgruppen"),
        note: text("Med en person i stället för tre"),
    }
}

/// Notes an entry over what stands there now.
async fn note(
    store: &Store,
    mapping: MappingId,
    new: &Entry,
    by: Option<AccountId>,
) -> Result<Stated, StoreError> {
    let statement = Statement {
        mapping,
        municipality: new.municipality,
        step: new.step,
        seen: standing(store, mapping, new).await,
        new: Some(new.clone()),
    };
    store.state_participation(statement, by, 50).await
}

async fn standing(store: &Store, mapping: MappingId, like: &Entry) -> Option<Entry> {
    (store.participation(mapping).await.expect("readable"))
        .into_iter()
        .find(|entry| (entry.municipality, entry.step) == (like.municipality, like.step))
}

#[tokio::test]
async fn participation_is_noted_for_the_whole_and_for_each_step() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let by = stored_account(&db.store, "Siv Exempel", "").await;
        let whole = entry("Åmål", None, Participation::Partly);
        let step = entry("Åmål", Some(Step::Ws1), Participation::Otherwise);
        for new in [&whole, &step] {
            let done = note(&db.store, mapping, new, Some(by)).await;
            assert_eq!(done.expect("it is a member"), Stated::Noted, "{}", db.url);
            assert_eq!(
                standing(&db.store, mapping, new).await.as_ref(),
                Some(new),
                "{}",
                db.url
            );
        }
        // Of what nothing was said, nothing is known but the whole.
        let entries = db.store.participation(mapping).await.expect("readable");
        assert_eq!(entries.len(), 15, "{}", db.url);
        assert_eq!(entries[13..], [whole, step], "{}", db.url);
        let acts = db.store.audit(mapping).await.expect("readable");
        let said: Vec<_> = acts.iter().map(|act| (act.account, &*act.detail)).collect();
        assert_eq!(said.len(), 2, "{}", db.url);
        assert!(said.contains(&(Some(by), "1492 serien: deltar fullt → deltar delvis")));
        assert!(said.contains(&(Some(by), "1492 ws1: – → deltar på annat sätt")));
    }
}

#[tokio::test]
async fn the_grade_of_the_whole_is_the_one_in_the_settings() {
    for db in fresh().await {
        let id = stored_mapping(&db.store).await;
        let whole = entry("Åmål", None, Participation::Partly);
        note(&db.store, id, &whole, None).await.expect("a member");
        let mut mapping = (db.store.mapping(id).await.expect("readable")).expect("it is there");
        let place = (mapping.members.iter())
            .position(|member| member.municipality == whole.municipality)
            .expect("it is a member");
        assert_eq!(mapping.members[place].participation, Participation::Partly);
        assert_eq!(mapping.members[place].note, whole.note);

        // Saving the settings as they are keeps the day and the source.
        db.store.save_mapping(&mapping).await.expect("it is there");
        let kept = standing(&db.store, id, &whole).await;
        assert_eq!(kept.as_ref(), Some(&whole), "{}", db.url);
        // Another grade there has neither: they were the old one's.
        mapping.members[place].participation = Participation::Declined;
        db.store.save_mapping(&mapping).await.expect("it is there");
        let other = (standing(&db.store, id, &whole).await).expect("it is there");
        assert_eq!(other.grade, Participation::Declined);
        assert_eq!((other.since, other.source), (None, text("")), "{}", db.url);
    }
}

#[tokio::test]
async fn the_same_note_again_changes_nothing_and_a_late_one_is_told_what_stands() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let first = entry("Åmål", Some(Step::Survey), Participation::Full);
        let statement = Statement {
            mapping,
            municipality: first.municipality,
            step: first.step,
            seen: None,
            new: Some(first.clone()),
        };
        let state = |new: Statement| db.store.state_participation(new, None, 60);
        assert_eq!(
            state(statement.clone()).await.expect("a member"),
            Stated::Noted
        );
        assert_eq!(
            state(statement.clone()).await.expect("a member"),
            Stated::Already
        );
        let late = Statement {
            new: Some(entry("Åmål", Some(Step::Survey), Participation::Declined)),
            ..statement.clone()
        };
        assert_eq!(
            state(late).await.expect("a member"),
            Stated::ChangedSince(Some(first.clone())),
            "{}",
            db.url
        );
        assert_eq!(db.store.audit(mapping).await.expect("readable").len(), 1);
        let gone = Statement {
            seen: Some(first.clone()),
            new: None,
            ..statement.clone()
        };
        assert_eq!(state(gone.clone()).await.expect("a member"), Stated::Noted);
        assert_eq!(state(gone).await.expect("a member"), Stated::Already);
        assert_eq!(standing(&db.store, mapping, &first).await, None);
        assert_eq!(db.store.audit(mapping).await.expect("readable").len(), 2);
    }
}

#[tokio::test]
async fn nothing_is_noted_of_strangers_and_the_grade_of_the_whole_stays() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let stranger = entry("Skövde", Some(Step::Ws1), Participation::Full);
        let refused = note(&db.store, mapping, &stranger, None).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        let nowhere = note(
            &db.store,
            MappingId::new(random_id()),
            &entry("Åmål", None, Participation::Partly),
            None,
        )
        .await;
        assert!(matches!(nowhere, Err(StoreError::NotFound)), "{nowhere:?}");
        let whole = entry("Åmål", None, Participation::Partly);
        let seen = standing(&db.store, mapping, &whole).await;
        let gone = Statement {
            mapping,
            municipality: whole.municipality,
            step: None,
            seen,
            new: None,
        };
        let refused = db.store.state_participation(gone, None, 1).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        assert_eq!(
            db.store
                .participation(mapping)
                .await
                .expect("readable")
                .len(),
            14
        );
        assert!(db.store.audit(mapping).await.expect("readable").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_note_at_once_one_is_told_of_the_other() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        let nodes = [db.store.clone(), db.reopened().await];
        for step in Step::ALL {
            let mut tasks = tokio::task::JoinSet::new();
            for (node, grade) in nodes
                .clone()
                .into_iter()
                .zip([Participation::Full, Participation::Partly])
            {
                let new = entry("Åmål", Some(*step), grade);
                tasks.spawn(async move {
                    let statement = Statement {
                        mapping,
                        municipality: new.municipality,
                        step: new.step,
                        seen: None,
                        new: Some(new),
                    };
                    (node.state_participation(statement, None, 1).await).expect("a member")
                });
            }
            let done = tasks.join_all().await;
            let noted = done.iter().filter(|done| **done == Stated::Noted).count();
            assert_eq!(noted, 1, "{}: {done:?}", db.url);
        }
        let acts = db.store.audit(mapping).await.expect("readable");
        assert_eq!(acts.len(), Step::ALL.len(), "{}", db.url);
    }
}
