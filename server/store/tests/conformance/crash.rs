//! What was confirmed survives that the program is killed while it writes.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use domain::{
    ids::{MappingId, ParticipantId},
    map::Author,
    survey::Scope,
};
use store::{SaveOutcome, Store};

use crate::databases::{
    add_capability, capability, fresh_sqlite, level, op, rating, stored_participant, stored_round,
};

/// Tells the test that it is the child, and where to write: address, mapping, participant and first number.
const ORDERS: &str = "STORE_WRITE_UNTIL_KILLED";
const NAME: &str = "crash::what_was_confirmed_is_there_after_kill_9";

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
        let orders = format!("{} {} {nils} {}", db.url, round.mapping, life * 100_000);
        let mut child = Command::new(env::current_exe().expect("the test is running"))
            .args(["--exact", NAME, "--nocapture"])
            .env(ORDERS, orders)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the test can be started again");
        let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let wanted = confirmed.len() + 20 + usize::try_from(life).expect("small") * 7;
        let mut killed = false;
        // What was said before the signal took effect has been confirmed, too: read to the end.
        for line in lines.map_while(Result::ok) {
            let Some(number) = line.strip_prefix("confirmed ") else {
                panic!("the child said {line:?}");
            };
            confirmed.push(number.parse::<u128>().expect("a number"));
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

        let store = db.reopened().await;
        let events = store
            .events_after(round.mapping, 0)
            .await
            .expect("readable");
        let gapless = (1..)
            .zip(&events)
            .all(|(seq, recorded)| recorded.seq == seq);
        assert!(gapless, "the log has gaps after life {life}");
        let state = store.map_state(round.mapping).await.expect("it exists");
        assert_eq!(state.seq, events.len() as u64);
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
        let in_doubt = (events.len()).saturating_sub(confirmed.len());
        assert!(
            in_doubt as u128 <= life,
            "{in_doubt} events that nobody confirmed"
        );
        store.close().await;
    }
    assert!(confirmed.len() >= 5 * 20);
}

async fn write_until_killed(orders: &str) {
    let mut orders = orders.split(' ');
    let mut next = || orders.next().expect("there are four orders");
    let store = Store::open(next()).await.expect("the parent made it");
    let mapping = MappingId::new(next().parse().expect("an id"));
    let participant = ParticipantId::new(next().parse().expect("an id"));
    let first: u128 = next().parse().expect("a number");
    for number in first..first + 50_000 {
        let add = add_capability(capability(number), &format!("Förmåga {number}"));
        let done = store.execute(mapping, Author::System, op(), add, 40).await;
        assert_eq!(done.expect("allowed").events, 1);
        let ratings = [((capability(number), Scope::All), rating(level(1), level(2)))];
        let saved = store.save_draft(participant, &ratings, 40).await;
        assert_eq!(saved.expect("asked"), SaveOutcome::Saved);
        eprintln!("confirmed {number}");
    }
}
