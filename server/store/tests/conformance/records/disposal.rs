use domain::{
    ids::{AccountId, DisposalId, MappingId},
    participation::Reply,
    records::{Counted, Disposal, DisposalKind},
    survey::Progress,
};
use store::{Store, StoreError};
use time::macros::date;

use super::everything::{Everything, THEN, everything};
use crate::databases::{fresh, random_id, stored_round, text};

fn planned(mapping: MappingId, kind: DisposalKind) -> Disposal {
    Disposal {
        id: DisposalId::new(random_id()),
        mapping,
        mapping_name: String::new(),
        kind,
        decision: text("KS 2026/12"),
        decided_on: date!(2026 - 11 - 02),
        performed_at: THEN + 1000,
        performed_by: "Siv Exempel".to_owned(),
        taken: Vec::new(),
    }
}

async fn numbers(
    store: &Store,
    all: &Everything,
    kind: DisposalKind,
    before: i64,
) -> Vec<(Counted, u64)> {
    let due = store
        .due(all.mapping, kind, before)
        .await
        .expect("readable");
    due.iter().map(|count| (count.what, count.number)).collect()
}

async fn dispose(store: &Store, all: &Everything, kind: DisposalKind) -> Disposal {
    let disposal = planned(all.mapping, kind);
    let done = store.dispose(&disposal, THEN + 500, Some(all.siv)).await;
    done.unwrap_or_else(|error| panic!("{kind:?}: {error:?}"))
        .protocol
}

#[tokio::test]
async fn only_what_is_old_enough_goes_and_what_was_seen_is_what_goes() {
    for db in fresh().await {
        let all = everything(&db.store).await;
        // The named round was closed before, the confidential one after.
        let kind = DisposalKind::Participants;
        let reader = all.nils.uuid();
        (db.store
            .set_has_read(all.mapping, reader, "2025-06-01")
            .await)
            .expect("the mapping exists");
        assert_eq!(numbers(&db.store, &all, kind, THEN).await, []);
        // Those who submitted were sent thanks.
        let seen = [(Counted::Participants, 5), (Counted::Letters, 3)];
        assert_eq!(numbers(&db.store, &all, kind, THEN + 5).await, seen);
        let disposal = planned(all.mapping, kind);
        let done = db
            .store
            .dispose(&disposal, THEN + 5, Some(all.siv))
            .await
            .expect("it is due");
        // Files of letters are for the server to delete.
        assert_eq!(done.letters.len(), 3);
        let done = done.protocol;
        let taken: Vec<_> = done.taken.iter().map(|c| (c.what, c.number)).collect();
        assert_eq!(taken, seen);
        assert_eq!(done.taken[0].oldest, Some(THEN + 5));
        assert_eq!(done.mapping_name, "Fyrbodal \"ett\"; <två>");
        let names = async |round| {
            let people = db.store.participants(round).await.expect("readable");
            let names: Vec<_> = (people.iter())
                .map(|one| (one.name.to_string(), one.email.to_string()))
                .collect();
            names
        };
        let gone = ("Borttagen person".to_owned(), String::new());
        assert!(names(all.named).await.iter().all(|name| *name == gone));
        assert!(
            names(all.confidential)
                .await
                .iter()
                .all(|name| *name != gone)
        );
        let read = db.store.has_read(all.mapping, reader).await;
        assert_eq!(read.expect("readable"), None);
        // An invitee and an account have read still.
        let readers = db.store.count_readers(all.mapping).await;
        assert_eq!(readers.expect("readable"), 2);
        // What was answered stands, with whoever it was.
        let (sheet, progress) = db.store.sheet(all.nils).await.expect("he is asked");
        assert!(sheet.ratings.len() == 2 && matches!(progress, Progress::Submitted { .. }));

        // Again is the same protocol, also with other words; a new one finds nothing.
        let mut again = disposal.clone();
        again.decision = text("KS 2026/99");
        let same = db
            .store
            .dispose(&again, THEN + 500, Some(all.siv))
            .await
            .expect("it was done");
        assert_eq!((same.protocol, same.letters), (done.clone(), Vec::new()));
        let other = planned(all.mapping, kind);
        let refused = db.store.dispose(&other, THEN + 5, Some(all.siv)).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("nothing_due"))),
            "{refused:?}"
        );
        assert_eq!(
            db.store.disposals(all.mapping).await.expect("readable"),
            std::slice::from_ref(&done)
        );
        assert_eq!(
            db.store.disposal(done.id).await.expect("readable"),
            Some(done.clone())
        );
        let by = db.store.disposed_by(done.id).await.expect("readable");
        assert_eq!(by, Some(all.siv));
    }
}

#[tokio::test]
async fn each_kind_takes_what_it_says_and_leaves_the_figures_as_they_were() {
    for db in fresh().await {
        let all = everything(&db.store).await;
        let store = &db.store;
        let answers =
            |round| async move { store.submitted_answers(round).await.expect("readable") };
        let (named, confidential) = (answers(all.named).await, answers(all.confidential).await);

        let done = dispose(store, &all, DisposalKind::Ties).await;
        assert_eq!(done.taken[0].number, 4);
        assert!(
            store
                .sheet(all.nils)
                .await
                .expect("he is asked")
                .0
                .ratings
                .is_empty()
        );
        dispose(store, &all, DisposalKind::Sealed).await;
        let sealed = store
            .sealed_sheet(all.confidential, all.eva, &all.code)
            .await;
        assert_eq!(sealed.expect("readable"), None);
        let done = dispose(store, &all, DisposalKind::Texts).await;
        let (submitted_in_confidence, with_text) = (4, 4);
        assert_eq!(done.taken[0].number, submitted_in_confidence + with_text);
        for round in [all.named, all.confidential] {
            assert_eq!(store.remarks(round).await.expect("readable"), []);
        }
        let done = dispose(store, &all, DisposalKind::Attendees).await;
        assert_eq!(done.taken[0].number, 3);
        let done = dispose(store, &all, DisposalKind::Invitees).await;
        assert_eq!(done.taken[0].number, 1);
        assert!(
            store
                .invitees(all.mapping)
                .await
                .expect("readable")
                .is_empty()
        );
        assert_eq!(store.count_readers(all.mapping).await.expect("readable"), 1);
        // Contacts go when their enquiry is closed, with what they wrote; what was replied stays.
        let kind = DisposalKind::Contacts;
        assert_eq!(numbers(store, &all, kind, THEN + 500).await, []);
        let enquiry = &store.enquiries(all.mapping).await.expect("readable")[0];
        store
            .close_enquiry(enquiry.id, Some(all.siv), THEN + 40)
            .await
            .expect("it is there");
        assert_eq!(numbers(store, &all, kind, THEN + 39).await, []);
        let done = dispose(store, &all, kind).await;
        let taken: Vec<_> = done.taken.iter().map(|c| (c.what, c.number)).collect();
        assert_eq!(taken, [(Counted::Contacts, 1), (Counted::Letters, 1)]);
        assert_eq!(done.taken[0].oldest, Some(THEN + 40));
        let contact = &store.contacts(enquiry.id).await.expect("readable")[0];
        assert_eq!(
            (contact.reply, contact.replied_at),
            (Some(Reply::Yes), Some(THEN + 1))
        );
        let texts = [
            contact.name.as_str(),
            contact.email.as_str(),
            contact.note.as_str(),
            contact.replied_by.as_str(),
        ];
        assert_eq!(texts, [""; 4]);
        // A letter that waits is not taken out.
        assert_eq!(
            numbers(store, &all, DisposalKind::Letters, THEN + 500).await,
            []
        );

        let counted = |answers: &[domain::survey::SubmittedAnswer]| {
            let mut plain: Vec<_> = (answers.iter())
                .map(|a| (a.municipality, a.capability, a.current, a.target))
                .collect();
            plain.sort_unstable();
            plain
        };
        assert_eq!(counted(&answers(all.named).await), counted(&named));
        assert_eq!(
            counted(&answers(all.confidential).await),
            counted(&confidential)
        );
    }
}

#[tokio::test]
async fn a_whole_mapping_goes_when_it_is_over_and_its_protocol_stays() {
    for db in fresh().await {
        let all = everything(&db.store).await;
        let beside = stored_round(&db.store).await;
        let kind = DisposalKind::Mapping;
        // Something has happened since.
        assert_eq!(numbers(&db.store, &all, kind, THEN).await, []);
        let due = numbers(&db.store, &all, kind, THEN + 500).await;
        assert!(
            due.contains(&(Counted::Rounds, 2)) && due.contains(&(Counted::Participants, 9)),
            "{due:?}"
        );
        let done = dispose(&db.store, &all, kind).await;
        assert_eq!(db.store.mapping(all.mapping).await.expect("readable"), None);
        let gone = db.store.map_state(all.mapping).await;
        assert!(matches!(gone, Err(StoreError::NotFound)), "{gone:?}");
        assert_eq!(
            db.store.disposal(done.id).await.expect("readable"),
            Some(done.clone())
        );
        assert_eq!(
            db.store.disposed_by(done.id).await.expect("readable"),
            Some(all.siv)
        );
        let again = db
            .store
            .dispose(&done, THEN + 500, Some(all.siv))
            .await
            .expect("it was done");
        assert_eq!(again.protocol, done);
        assert!(
            db.store
                .mapping(beside.mapping)
                .await
                .expect("readable")
                .is_some()
        );
        let nobody = AccountId::new(random_id());
        let missing = planned(all.mapping, kind);
        let refused = db.store.dispose(&missing, THEN + 500, Some(nobody)).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        // An open round keeps its mapping.
        let open = db
            .store
            .due(beside.mapping, kind, THEN * 2)
            .await
            .expect("readable");
        assert_eq!(open, []);
    }
}
