use std::collections::BTreeMap;

use domain::{
    ids::{MappingId, RoundId},
    results::{RegionResult, RoundData},
};
use sha2::{Digest, Sha256};
use store::{
    AuditEntry, ParticipantLink, Store, TokenHash,
    records::{Batch, Bearer, Field, TABLES, WriteError},
};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::everything::{Everything, THEN, everything, nobody};
use crate::databases::{
    add_capability, capability, fresh, fresh_sqlite, op, stored_account, stored_mapping,
};

/// All that was sent, table by table, as JSON rows.
type Texts = BTreeMap<&'static str, Vec<String>>;

/// What the sum of an archive stands for here.
const SUM: &str = "summan";

/// The links of an installation.
fn link(bearer: Bearer, id: Uuid) -> TokenHash {
    Sha256::digest(format!("{bearer:?}{id}")).into()
}

async fn sent(store: &Store, mapping: MappingId) -> Vec<Batch> {
    let (sender, mut receiver) = mpsc::channel(2);
    let reading = tokio::spawn({
        let store = store.clone();
        async move { store.read_records(mapping, sender).await }
    });
    let mut batches = Vec::new();
    while let Some(batch) = receiver.recv().await {
        batches.push(batch);
    }
    reading.await.expect("it does not panic").expect("readable");
    batches
}

fn texts(batches: &[Batch]) -> Texts {
    let mut texts = Texts::new();
    for batch in batches {
        if let Batch::Rows(table, rows) = batch {
            let lines = texts.entry(table.name).or_default();
            lines.extend(rows.iter().map(|row| table.to_json(row)));
        }
    }
    texts
}

async fn write(store: &Store, mapping: MappingId, batches: Vec<Batch>) -> Result<(), WriteError> {
    let (sender, receiver) = mpsc::channel(2);
    let sending = tokio::spawn(async move {
        for batch in batches {
            if sender.send(batch).await.is_err() {
                break;
            }
        }
    });
    let by = stored_account(store, "Den Som Läser In", "").await;
    let done = store
        .write_records(mapping, receiver, link, SUM, Some(by), THEN + 99)
        .await;
    sending.await.expect("it does not panic");
    done
}

/// Everything but who may do what with it here.
fn content(mut texts: Texts) -> Texts {
    for name in ["person", "membership", "membership_municipality", "act"] {
        texts.remove(name);
    }
    texts
}

async fn results(store: &Store, mapping: MappingId, round: RoundId) -> RegionResult {
    let state = store.map_state(mapping).await.expect("readable");
    let round = (store.rounds(mapping).await.expect("readable").into_iter())
        .find(|known| known.id == round)
        .expect("it is there");
    let members = store
        .mapping(mapping)
        .await
        .expect("readable")
        .expect("it is there")
        .members;
    let answers = store.submitted_answers(round.id).await.expect("readable");
    let (invited, submitted) = store.turnout(round.id).await.expect("readable");
    let people = store.asked(round.id).await.expect("readable");
    RegionResult::aggregate(&RoundData {
        round: round.id,
        version: state.version(round.version).expect("it was ratified"),
        members: &members,
        n_min: round.n_min,
        answers: &answers,
        invited,
        submitted,
        repeated: store.repeated_responses(round.id).await.expect("readable"),
        people: &people,
        agreed: &state.agreed,
        effects: &state.effects,
    })
}

/// Holds two installations of one mapping beside each other.
async fn assert_same(one: &Store, other: &Store, all: &Everything, at: &str) {
    let id = all.mapping;
    let (first, second) = (sent(one, id).await, sent(other, id).await);
    assert_eq!(content(texts(&first)), content(texts(&second)), "{at}");
    for round in [all.named, all.confidential] {
        assert_eq!(
            results(one, id, round).await,
            results(other, id, round).await,
            "{at}"
        );
        assert_eq!(
            one.remarks(round).await.expect("readable"),
            other.remarks(round).await.expect("readable")
        );
    }
    let (state, again) = (
        one.map_state(id).await.expect("readable"),
        other.map_state(id).await.expect("readable"),
    );
    assert_eq!(*state, *again, "{at}: the history replays otherwise");
    let sheet = other.sheet(all.nils).await.expect("he is asked");
    assert_eq!(sheet, one.sheet(all.nils).await.expect("he is asked"));
    let sealed = other
        .sealed_sheet(all.confidential, all.eva, &all.code)
        .await;
    assert!(
        sealed.expect("readable").is_some(),
        "{at}: the code opens nothing"
    );
    assert_eq!(
        other.publication(id).await.expect("readable"),
        one.publication(id).await.expect("readable")
    );
    let keys = other.tokens(id).await.expect("readable");
    assert_eq!(keys, [], "{at}: a key has come along");
    let acts = other.audit(id).await.expect("readable");
    let noted = |act: &&AuditEntry| act.act == "records.import" && act.detail == SUM;
    let imported = acts.iter().find(noted).expect("it was read in");
    assert!(imported.account.is_some() && imported.at == THEN + 99);
    let known = other
        .participant_by_token(link(Bearer::Participant, all.nils.uuid()))
        .await;
    assert!(
        matches!(known, Ok(ParticipantLink::Closed { .. })),
        "{known:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mapping_with_everything_in_it_goes_from_one_database_to_the_next_and_back() {
    let first = fresh_sqlite().await;
    let all = everything(&first.store).await;
    let mut before = sent(&first.store, all.mapping).await;
    let rows = texts(&before);
    for table in TABLES {
        // Disposals are tried by themselves.
        let some = rows[table.name].len();
        assert!(
            some > 0 || table.name == "disposal",
            "{} is empty",
            table.name
        );
    }
    let mut last = first.store.clone();
    // SQLite, PostgreSQL where there is one, and SQLite again.
    let mut stations = fresh().await;
    stations.push(fresh_sqlite().await);
    for station in stations {
        (write(&station.store, all.mapping, before.clone()).await).expect("nothing of it is there");
        assert_same(&first.store, &station.store, &all, &station.url).await;
        before = sent(&station.store, all.mapping).await;
        // Life goes on there.
        let more = add_capability(capability(900), "Ny");
        let author = domain::map::Author::Account(all.siv);
        last = station.store.clone();
        let done = last
            .execute(all.mapping, author, op(), more, THEN + 100)
            .await;
        assert_eq!(done.expect("she came with it").events, 1);
    }
    let people = last.accounts_of(all.mapping).await.expect("readable");
    assert!(people.iter().any(|(account, _)| account.id == all.siv));
}

#[tokio::test]
async fn what_breaks_off_is_taken_or_is_in_the_way_leaves_nothing_behind() {
    let first = fresh_sqlite().await;
    let all = everything(&first.store).await;
    let whole = sent(&first.store, all.mapping).await;
    for db in fresh().await {
        let store = &db.store;
        for length in [1, 5, whole.len() / 2, whole.len() - 1] {
            let done = write(store, all.mapping, whole[..length].to_vec()).await;
            assert!(matches!(done, Err(WriteError::BrokenOff)), "{done:?}");
            assert_eq!(store.mapping(all.mapping).await.expect("readable"), None);
        }
        // The same round stands in another mapping.
        let other = stored_mapping(store).await;
        let mut taken = crate::databases::round(other, 1);
        taken.id = all.named;
        store.open_round(&taken).await.expect("its number is new");
        let done = write(store, all.mapping, whole.clone()).await;
        assert!(matches!(done, Err(WriteError::Conflict)), "{done:?}");
        // A municipality stands twice.
        let mut twice = whole.clone();
        for batch in &mut twice {
            if let Batch::Rows(table, rows) = batch
                && table.name == "mapping_member"
            {
                rows.extend(rows.clone());
            }
        }
        let done = write(store, all.mapping, twice).await;
        assert!(matches!(done, Err(WriteError::Conflict)), "{done:?}");
        assert_eq!(store.mapping(all.mapping).await.expect("readable"), None);
        assert_eq!(
            store.events_after(all.mapping, 0).await.expect("readable"),
            []
        );
    }
    let done = write(&first.store, all.mapping, whole).await;
    assert!(matches!(done, Err(WriteError::Taken)), "{done:?}");
}

#[tokio::test]
async fn somebody_who_has_the_address_here_already_gets_the_role_and_nobody_is_overwritten() {
    let first = fresh_sqlite().await;
    let all = everything(&first.store).await;
    let whole = sent(&first.store, all.mapping).await;
    for db in fresh().await {
        let own = stored_account(&db.store, "Siv I Annat Namn", "SIV@example.se").await;
        (write(&db.store, all.mapping, whole.clone()).await).expect("nothing of it is there");
        let people = db.store.accounts_of(all.mapping).await.expect("readable");
        let ids: Vec<_> = people.iter().map(|(account, _)| account.id).collect();
        assert!(ids.contains(&own) && !ids.contains(&all.siv), "{ids:?}");
        let here = db
            .store
            .account(own)
            .await
            .expect("readable")
            .expect("it is there");
        assert_eq!(here.name.as_str(), "Siv I Annat Namn");
        let author = db
            .store
            .account(all.siv)
            .await
            .expect("readable")
            .expect("she came along");
        assert_eq!((author.email.as_str(), author.may_start), ("", false));
    }
}

#[tokio::test]
async fn secrets_and_letters_stay_where_they_are() {
    let first = fresh_sqlite().await;
    let all = everything(&first.store).await;
    (first
        .store
        .set_password(all.siv, Some("$argon2id$hemligt"), None)
        .await)
        .expect("she is there");
    let whole = sent(&first.store, all.mapping).await;
    let text = format!("{:?}", texts(&whole));
    for secret in ["argon2", "token", "password", "Välkommen", "dedupe"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let hash = "01".repeat(32);
    assert!(!text.contains(&hash));
    for batch in &whole {
        if let Batch::Rows(table, rows) = batch {
            let bytes = rows
                .iter()
                .flatten()
                .any(|field| matches!(field, Field::Bytes(_)));
            assert!(!bytes || table.name == "sealed_sheet", "{}", table.name);
        }
    }
    let nothing = MappingId::new(nobody());
    let (sender, _receiver) = mpsc::channel(1);
    let refused = first.store.read_records(nothing, sender).await;
    assert!(
        matches!(refused, Err(store::StoreError::NotFound)),
        "{refused:?}"
    );
}
