//! Streams: going on after a break, screens that agree, slow ones, and the server's end.

use std::{
    thread,
    time::{Duration, Instant},
};

use domain::workshop::Activity::{Grouping, Reading, Talk, Writing};

use super::{
    hall::{Hall, act, json},
    screen::Screen,
};

/// Writes a card that everyone sees; the number in the log.
fn say(hall: &Hall, text: &str) -> u64 {
    let item = hall.items[0].to_string();
    let fields = [
        ("gor", "skriv"),
        ("punkt", &*item),
        ("slag", "förmåga"),
        ("text", text),
    ];
    hall.done(&hall.leader(), &fields)
}

#[tokio::test]
async fn a_screen_that_was_away_goes_on_where_it_was() {
    let hall = Hall::with(&[Grouping]).await;
    let client = hall.join("Kim Exempel");
    let path = hall.address("/strom?vy=delta");
    let mut here = hall.screen(&client, "delta");
    let mut away = hall.screen(&client, "delta");
    let seq = say(&hall, "Före avbrottet");
    here.until_seq(seq);
    away.until_seq(seq);
    let mut seq = 0;
    for number in 0..10 {
        seq = say(&hall, &format!("Under avbrottet {number}"));
    }
    here.until_seq(seq);
    let mut back = away.reopen(&client, &path);
    back.until_seq(seq);
    assert_eq!(back.hash(), here.hash());
    assert_eq!(back.wholes, 0, "only what it lacked was sent");
    let bytes = back.wire.len();

    // One that lacks nothing gets nothing but its own part; what is unknown gets everything.
    let mut again = back.reopen(&client, &path);
    again.until("the first message", |screen| screen.messages > 0);
    assert_eq!((again.wholes, again.messages), (0, 1));
    assert!(again.wire.len() < bytes);
    let mut lost = Screen::open(&client, &path, Some("7-00000000"));
    lost.until("the first message", |screen| screen.messages > 0);
    assert_eq!((lost.wholes, lost.hash()), (1, here.hash()));
    let asked = client.begin(&format!("{path}&har={}", here.id)).text();
    assert!(
        asked.contains("\"whole\":false"),
        "the address says what it has, too: {asked}"
    );
}

#[tokio::test]
async fn asking_gives_the_same_as_listening() {
    let hall = Hall::with(&[Grouping]).await;
    let client = hall.join("Kim Exempel");
    let mut screen = hall.screen(&client, "projektor");
    screen.until("the first message", |screen| screen.messages > 0);
    let known = screen.id.clone();
    assert_eq!(hall.poll(&hall.leader(), "projektor", &known).status, 204);
    let seq = say(&hall, "Något nytt");
    screen.until_seq(seq);
    let message = json(&hall.poll(&hall.leader(), "projektor", &known));
    assert_eq!(message["whole"], true);
    assert_eq!(message["id"], *screen.id);
    let mut asking = hall.screen(&client, "projektor");
    asking.until("the first message", |screen| screen.messages > 0);
    asking.apply(&message);
    assert_eq!(asking.hash(), screen.hash());
}

#[tokio::test]
async fn all_screens_of_a_class_end_in_the_same_state() {
    let hall = Hall::with(&[Grouping, Writing, Reading]).await;
    let clients = hall.seat_many(5).await;
    let mut screens: Vec<_> = (clients.iter())
        .map(|client| hall.screen(client, "delta"))
        .collect();
    let leader = hall.leader();
    thread::scope(|scope| {
        for (number, client) in clients.iter().enumerate() {
            let address = hall.address("/gor");
            scope.spawn(move || {
                for card in 0..10 {
                    let name = format!("Förmåga {number}-{card}");
                    let add = [("gor", "nyformaga"), ("namn", &*name)];
                    assert_eq!(act(client, &address, &add).status, 200);
                }
            });
        }
    });
    let item = hall.items[1].to_string();
    let seq = hall.done(&leader, &[("gor", "till"), ("punkt", &item)]);
    for screen in &mut screens {
        screen.until_seq(seq);
    }
    let mut late = hall.screen(&clients[0], "delta");
    late.until_seq(seq);
    for screen in &screens {
        assert_eq!(screen.hash(), late.hash());
    }
    let state = hall.state().await;
    let named = state.contents.capabilities.values();
    assert_eq!(
        named
            .filter(|c| c.draft.name.starts_with("Förmåga "))
            .count(),
        50
    );
}

#[tokio::test]
async fn a_screen_that_never_reads_makes_nobody_else_wait() {
    let hall = Hall::with(&[Grouping]).await;
    let client = hall.join("Kim Exempel");
    let path = hall.address("/strom?vy=projektor");
    let stuck: Vec<_> = (0..20)
        .map(|_| hall.leader().open(&path, &[]).expect("the server answers"))
        .collect();
    let mut screen = hall.screen(&client, "projektor");
    let long = "lång text ".repeat(18);
    let mut slowest = Duration::ZERO;
    for number in 0..60 {
        let begun = Instant::now();
        let seq = say(&hall, &format!("{number} {long}"));
        screen.until_seq(seq);
        slowest = slowest.max(begun.elapsed());
    }
    assert!(slowest < Duration::from_secs(3), "{slowest:?}");
    drop(stuck);
}

#[tokio::test]
async fn streams_end_at_once_when_the_server_stops_and_go_on_in_the_next() {
    let mut hall = Hall::with(&[Talk]).await;
    let client = hall.join("Kim Exempel");
    let mut screen = hall.screen(&client, "delta");
    screen.until("the first message", |screen| screen.messages > 0);
    let next = hall.world.place.start();
    let begun = Instant::now();
    let old = std::mem::replace(&mut hall.world.program, next);
    let (_, ended) = old.terminate();
    assert!(ended.success(), "{ended:?}");
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    screen.until_over();
    assert_eq!(screen.ended.as_deref(), Some("stopp"));
    let cookie = client.cookie().expect("a seat is a cookie").to_owned();
    let client = hall.world.program.client().with_cookie(cookie);
    let mut back = screen.reopen(&client, &hall.address("/strom?vy=delta"));
    back.until("the first message", |screen| screen.messages > 0);
    assert_eq!(back.wholes, 0, "the tree is the same in the next process");
}

#[tokio::test]
async fn a_page_of_another_site_cannot_listen() {
    let hall = Hall::with(&[Talk]).await;
    let client = hall.join("Kim Exempel");
    for site in ["cross-site", "same-site"] {
        for path in ["/strom?vy=delta", "/lage?vy=delta"] {
            let headers = [("Sec-Fetch-Site", site), ("Accept", "application/json")];
            let answer = client.send("GET", &hall.address(path), &headers, b"");
            assert_eq!(answer.status, 403, "{site} {path}");
        }
    }
}
