//! Many at once: votes are counted exactly, repeated commands done once, and what is confirmed survives kill -9.

use std::{
    collections::BTreeSet,
    sync::{Barrier, Mutex},
    thread,
    time::Duration,
};

use domain::{
    ids::CardId,
    workshop::{
        Activity::{EffectVote, Grouping, Writing},
        VoteOn,
    },
};

use super::hall::{Hall, act, json};
use crate::{client::form, program::Place, world::random_id};

#[tokio::test]
async fn two_hundred_votes_at_the_same_time_count_exactly_two_hundred() {
    for place in Place::of_each_kind().await {
        let hall = Hall::of(place, &[EffectVote], false).await;
        let leader = hall.leader();
        let item = hall.items[0].to_string();
        let clients = hall.seat_many(200).await;
        let capability = hall.world.ours.capabilities[0];
        let id = capability.to_string();
        let vote = |value: &str, op: &str| {
            [
                ("gor", "rosta"),
                ("punkt", &*item),
                ("formaga", &*id),
                ("varde", value),
                ("op", op),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        let address = hall.address("/gor");
        let send = |client, fields: &[(String, String)]| {
            let fields: Vec<_> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
            act(client, &address, &fields).status
        };
        let op = random_id().to_string();
        assert_eq!(send(&clients[0], &vote("3", &op)), 409, "no vote is open");
        hall.done(
            &leader,
            &[("gor", "omrostning"), ("punkt", &item), ("vad", "oppna")],
        );
        let gate = Barrier::new(clients.len());
        thread::scope(|scope| {
            for (number, client) in clients.iter().enumerate() {
                let (gate, vote, send) = (&gate, &vote, &send);
                scope.spawn(move || {
                    let op = random_id().to_string();
                    let fields = vote(&(number % 5 + 1).to_string(), &op);
                    gate.wait();
                    // The same command again, as after a lost answer.
                    for _ in 0..2 {
                        assert_eq!(send(client, &fields), 200);
                    }
                });
            }
        });
        let state = hall.state().await;
        let tally = state.work.tally(hall.id, hall.items[0], 1);
        assert_eq!(tally[&VoteOn::Capability(capability)], [40; 5]);
        assert_eq!(state.work.voters(hall.id, hall.items[0], 1).len(), 200);
        let screen = hall.poll(&leader, "projektor", "").text();
        assert!(
            screen.contains("200"),
            "the wall tells how many have voted: {screen}"
        );
    }
}

#[tokio::test]
async fn a_command_sent_again_is_done_once_even_when_the_rules_have_changed_since() {
    let hall = Hall::with(&[Grouping, Writing]).await;
    let client = hall.join("Kim Exempel");
    let op = random_id().to_string();
    let add = [
        ("gor", "nyformaga"),
        ("namn", "Samordnad drift"),
        ("op", &*op),
    ];
    let first = hall.done(&client, &add);
    assert_eq!(hall.done(&client, &add), first);
    let item = hall.items[1].to_string();
    hall.done(&hall.leader(), &[("gor", "till"), ("punkt", &item)]);
    hall.done(&client, &add);
    let stranger = hall.join("Robin Exempel");
    let taken = hall.act(&stranger, &add);
    assert_eq!(
        taken.status, 409,
        "somebody else's id says nothing of theirs"
    );
    let other = [("gor", "nyformaga"), ("namn", "En annan")];
    let refused = hall.act(&client, &other);
    assert_eq!(refused.status, 409, "nothing is grouped now");
    assert!(json(&refused)["error"].is_string());
    let state = hall.state().await;
    let named = state.contents.capabilities.values();
    assert_eq!(
        named
            .filter(|c| c.draft.name.as_str() == "Samordnad drift")
            .count(),
        1
    );
}

#[tokio::test]
async fn what_was_confirmed_in_a_storm_is_there_after_kill_9() {
    let mut hall = Hall::with(&[Writing]).await;
    let item = hall.items[0].to_string();
    let clients = hall.seat_many(8).await;
    let confirmed = Mutex::new(BTreeSet::new());
    let sent = Mutex::new(BTreeSet::new());
    for life in 1..=3 {
        let address = hall.address("/gor");
        let cookies: Vec<_> = (clients.iter())
            .map(|client| client.cookie().expect("a seat is a cookie").to_owned())
            .collect();
        thread::scope(|scope| {
            for cookie in &cookies {
                let client = hall.world.program.client().with_cookie(cookie.clone());
                let (address, item, confirmed, sent) = (&address, &item, &confirmed, &sent);
                scope.spawn(move || {
                    loop {
                        let op = random_id();
                        let (id, text) = (op.to_string(), format!("Kort {op}"));
                        let fields = [
                            ("gor", "skriv"),
                            ("op", &*id),
                            ("punkt", item),
                            ("slag", "förmåga"),
                            ("text", &text),
                        ];
                        sent.lock()
                            .expect("nobody panicked")
                            .insert(CardId::new(op));
                        let headers = [
                            ("Content-Type", "application/x-www-form-urlencoded"),
                            ("Accept", "application/json"),
                        ];
                        let body = form(&fields);
                        let answer = client.try_send("POST", address, &headers, body.as_bytes());
                        let Ok(answer) = answer else { return };
                        assert_eq!(answer.status, 200, "{}", answer.text());
                        let card = CardId::new(op);
                        confirmed.lock().expect("nobody panicked").insert(card);
                    }
                });
            }
            while confirmed.lock().expect("nobody panicked").len() < life * 40 {
                thread::sleep(Duration::from_millis(5));
            }
            hall.world.program.kill();
        });
        hall.world.program = hall.world.place.start();
        let there: BTreeSet<_> = hall.cards().await.into_keys().collect();
        let confirmed = confirmed.lock().expect("nobody panicked");
        let lost: Vec<_> = confirmed.difference(&there).collect();
        assert!(lost.is_empty(), "{lost:?}");
        let sent = sent.lock().expect("nobody panicked");
        assert!(there.is_subset(&sent), "what nobody sent is there");
    }
    // The workshop goes on where it was: the same code, the same seats.
    assert_eq!(hall.current_code().await.as_deref(), Some(&*hall.code));
    let cookie = clients[0].cookie().expect("a seat is a cookie");
    let client = hall.world.program.client().with_cookie(cookie);
    let mut screen = hall.screen(&client, "delta");
    screen.until("the first message", |screen| screen.messages > 0);
}
