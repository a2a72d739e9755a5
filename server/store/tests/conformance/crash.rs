//! What was confirmed survives that the program is killed while it writes.

use std::{
    env,
    io::{self, BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use domain::{
    ids::{MappingId, ParticipantId},
    map::{Author, MapState},
    survey::Scope,
};
use store::{SaveOutcome, Store};

use crate::databases::{
    add_capability, capability, fresh_sqlite, level, op, rating, stored_mapping,
    stored_participant, stored_round,
};

/// Tells the test that it is the child, and where to write: address, mapping, first number and, for answers, the
/// participant.
const ORDERS: &str = "STORE_WRITE_UNTIL_KILLED";
/// How many write at the same time in a storm.
const STORM: usize = 40;

/// Starts this test again as a child that writes, kills it when so many more have been confirmed, and gives the
/// numbers of those.
fn killed_child(test: &str, orders: String, wanted: usize) -> Vec<u128> {
    let mut child = Command::new(env::current_exe().expect("the test is running"))
        .args(["--exact", test, "--nocapture"])
        .env(ORDERS, orders)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the test can be started again");
    let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    let (mut confirmed, mut killed) = (Vec::new(), false);
    // What was said before the signal took effect has been confirmed, too: read to the end.
    for line in lines.map_while(Result::ok) {
        let Some(number) = line.strip_prefix("confirmed ") else {
            panic!("the child said {line:?}");
        };
        confirmed.push(number.parse().expect("a number"));
        if confirmed.len() >= wanted && !killed {
            child.kill().expect("it is ours");
            killed = true;
        }
    }
    let ended = child.wait().expect("it is ours");
    assert!(
        killed && !ended.success(),
        "the child ended by itself: {ended}"
    );
    confirmed
}

/// Says it in one piece, for the signal may come in the middle of two.
fn confirm(number: u128) {
    let said = format!("confirmed {number}\n");
    (io::stderr().write_all(said.as_bytes())).expect("the parent listens");
}

/// The state that the log adds up to, which has no gaps.
async fn gapless(store: &Store, mapping: MappingId) -> MapState {
    let events = store.events_after(mapping, 0).await.expect("readable");
    let gapless = (1..)
        .zip(&events)
        .all(|(seq, recorded)| recorded.seq == seq);
    assert!(gapless, "the log has gaps");
    let state = store.map_state(mapping).await.expect("it exists");
    assert_eq!(*state, MapState::replay(&events));
    assert_eq!(state.seq, events.len() as u64);
    MapState::clone(&state)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_confirmed_is_there_after_kill_9() {
    if let Ok(orders) = env::var(ORDERS) {
        write_until_killed(&orders).await;
        return;
    }
    let db = fresh_sqlite().await;
    let round = stored_round(&db.store).await;
    let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
    db.store.close().await;
    let mut confirmed = Vec::new();
    for life in 1..=5_u128 {
        confirmed.extend(killed_child(
            "crash::what_was_confirmed_is_there_after_kill_9",
            format!("{} {} {} {nils}", db.url, round.mapping, life * 100_000),
            20 + usize::try_from(life).expect("small") * 7,
        ));
        let store = db.reopened().await;
        let state = gapless(&store, round.mapping).await;
        let (sheet, _) = store.sheet(nils).await.expect("he is asked");
        for &number in &confirmed {
            let id = capability(number);
            assert!(
                state.contents.capabilities.contains_key(&id),
                "event {number} is lost"
            );
            assert!(
                sheet.ratings.contains_key(&(id, Scope::All)),
                "answer {number} is lost"
            );
        }
        let in_doubt = state.seq - confirmed.len() as u64;
        assert!(
            u128::from(in_doubt) <= life,
            "{in_doubt} events that nobody confirmed"
        );
        store.close().await;
    }
    assert!(confirmed.len() >= 5 * 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_confirmed_in_a_storm_of_commands_is_lost_by_kill_9() {
    if let Ok(orders) = env::var(ORDERS) {
        storm_until_killed(&orders).await;
        return;
    }
    let db = fresh_sqlite().await;
    let mapping = stored_mapping(&db.store).await;
    db.store.close().await;
    let mut confirmed = Vec::new();
    for life in 1..=5_usize {
        confirmed.extend(killed_child(
            "crash::nothing_confirmed_in_a_storm_of_commands_is_lost_by_kill_9",
            format!("{} {mapping} {}", db.url, life * 1_000_000),
            150 + life * 37,
        ));
        let store = db.reopened().await;
        let state = gapless(&store, mapping).await;
        for &number in &confirmed {
            assert!(
                state
                    .contents
                    .capabilities
                    .contains_key(&capability(number)),
                "event {number} is lost after life {life}"
            );
        }
        // Each who wrote may have had one command on its way.
        let in_doubt = state.operations.len() - confirmed.len();
        assert!(
            in_doubt <= STORM * life,
            "{in_doubt} commands that nobody confirmed"
        );
        store.close().await;
    }
    assert!(confirmed.len() >= 5 * 150);
}

async fn begin(orders: &str) -> (Store, MappingId, u128, Option<ParticipantId>) {
    let mut orders = orders.split(' ');
    let mut next = || orders.next().expect("there are three orders");
    let store = Store::open(next()).await.expect("the parent made it");
    let mapping = next().parse().expect("an id");
    let first = next().parse().expect("a number");
    let participant = orders.next().map(|id| id.parse().expect("an id"));
    (store, mapping, first, participant)
}

async fn add(store: &Store, mapping: MappingId, number: u128) {
    let add = add_capability(capability(number), &format!("Förmåga {number}"));
    let done = store.execute(mapping, Author::System, op(), add, 40).await;
    assert_eq!(done.expect("allowed").events, 1);
}

async fn write_until_killed(orders: &str) {
    let (store, mapping, first, participant) = begin(orders).await;
    let participant = participant.expect("someone is asked");
    for number in first..first + 50_000 {
        add(&store, mapping, number).await;
        let ratings = [((capability(number), Scope::All), rating(level(1), level(2)))];
        let saved = store.save_draft(participant, &ratings, 40).await;
        assert_eq!(saved.expect("asked"), SaveOutcome::Saved);
        confirm(number);
    }
}

async fn storm_until_killed(orders: &str) {
    let (store, mapping, first, _) = begin(orders).await;
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..STORM as u128 {
        let store = store.clone();
        tasks.spawn(async move {
            for turn in 0..1_000 {
                let number = first + task * 1_000 + turn;
                add(&store, mapping, number).await;
                confirm(number);
            }
        });
    }
    tasks.join_all().await;
}
