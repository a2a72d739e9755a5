//! What is written privately is on nobody else's wire, page or list before it is shown.

use domain::{
    rights::Role,
    workshop::Activity::{Reading, Writing},
};

use super::hall::Hall;
use crate::{client::Client, world::Who};

const SECRET: &str = "Hemligheten om Åkerbäret";

#[tokio::test]
async fn private_writing_is_nowhere_but_with_its_writer_until_it_is_shown() {
    let hall = Hall::with(&[Writing, Reading]).await;
    let (writer, other) = (hall.join("Kim Exempel"), hall.join("Lo Exempel"));
    let leader = hall.leader();
    let samordnare = hall.world.coordinator();
    let item = hall.items[0].to_string();
    let mut own = hall.screen(&writer, "delta");
    let mut others = [
        ("another participant", hall.screen(&other, "delta")),
        ("the projector", hall.screen(&leader, "projektor")),
        ("the facilitator", hall.screen(&leader, "led")),
        (
            "the facilitator as a participant",
            hall.screen(&samordnare, "delta"),
        ),
        (
            "the projector of a participant",
            hall.screen(&other, "projektor"),
        ),
    ];
    let mut seq = 0;
    for kind in ["förmåga", "oförmåga"] {
        let text = format!("{SECRET} {kind}");
        let write = [
            ("gor", "skriv"),
            ("punkt", &*item),
            ("slag", kind),
            ("text", &*text),
        ];
        seq = hall.done(&writer, &write);
    }
    own.until("one's own card", |screen| screen.mine.contains(SECRET));
    for (who, screen) in &mut others {
        screen.until_seq(seq);
        assert!(!screen.wire.contains("Åkerbär"), "{who}: {}", screen.wire);
    }
    let map = format!("/k/{}", hall.world.ours.mapping);
    let pages = [
        hall.address("/delta"),
        hall.address("/led"),
        hall.address("/projektor"),
        hall.address("/planera"),
        hall.address("/minnesanteckningar"),
        hall.address("/minnesanteckningar.md"),
        hall.address("/sammanstallning"),
        map.clone(),
        format!("{map}/karta/uppspelning"),
        format!("{map}/karta"),
        format!("{map}/karta.csv"),
        format!("{map}/historik"),
        format!("{map}/workshopar"),
    ];
    let silent = |who: &Client, name: &str| {
        for path in &pages {
            let text = who.get(path).text();
            assert!(!text.contains("Åkerbär"), "{name} on {path}");
        }
        for class in ["delta", "led", "projektor"] {
            let text = hall.poll(who, class, "").text();
            assert!(!text.contains("Åkerbär"), "{name} asking for {class}");
        }
    };
    silent(&other, "another participant");
    silent(&leader, "the facilitator");
    silent(&samordnare, "the samordnare");
    silent(
        &hall.world.as_who(Who::Member(Role::Director)),
        "a direktör",
    );
    assert!(writer.get(&hall.address("/delta")).text().contains(SECRET));
    assert!(hall.poll(&writer, "delta", "").text().contains(SECRET));
    // The class's part of the writer's own view is the same as everyone's.
    assert_eq!(own.hash(), others[0].1.hash());

    hall.done(&leader, &[("gor", "visa"), ("punkt", &item)]);
    for (who, screen) in others.iter_mut().take(3) {
        screen.until(&format!("shown to {who}"), |screen| {
            screen.wire.contains(SECRET)
        });
    }
    assert!(
        other.get(&format!("{map}/karta")).status != 200,
        "a seat is no right to the map"
    );
    assert!(leader.get(&format!("{map}/karta")).text().contains(SECRET));
}

#[tokio::test]
async fn a_card_is_changed_and_taken_back_by_its_writer_only() {
    let hall = Hall::with(&[Writing]).await;
    let (writer, other) = (hall.join("Kim Exempel"), hall.join("Lo Exempel"));
    let item = hall.items[0].to_string();
    let write = [
        ("gor", "skriv"),
        ("punkt", &*item),
        ("slag", "förmåga"),
        ("text", "Ett kort"),
    ];
    hall.done(&writer, &write);
    let card = (hall.cards().await.keys().next())
        .expect("there is one")
        .to_string();
    let edit = [("gor", "andrakort"), ("kort", &*card), ("text", "Ändrat")];
    let withdraw = [("gor", "tabortkort"), ("kort", &*card)];
    for who in [&other, &hall.leader()] {
        assert_eq!(hall.act(who, &edit).status, 409);
        assert_eq!(hall.act(who, &withdraw).status, 409);
    }
    let undo = [("gor", "angra")];
    assert_eq!(
        hall.act(&other, &undo).status,
        404,
        "there is nothing of theirs"
    );
    let state = hall.state().await;
    let operation = state
        .operations
        .last()
        .expect("there is one")
        .op
        .to_string();
    let undo_theirs = [("gor", "angra"), ("operation", &*operation)];
    assert_eq!(hall.act(&other, &undo_theirs).status, 409);
    assert_eq!(
        hall.act(&hall.leader(), &undo_theirs).status,
        409,
        "it is on no map yet"
    );
    hall.done(&writer, &edit);
    hall.done(&writer, &undo);
    let cards = hall.cards().await;
    let card = cards.values().next().expect("it is there");
    assert_eq!(card.text.as_str(), "Ett kort");
    hall.done(&writer, &withdraw);
    assert!(hall.cards().await.is_empty());
}
