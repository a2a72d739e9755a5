//! Joining: by code, being recognised, being let in, and how often it may be tried.

use domain::{
    rights::Role,
    workshop::Activity::{Talk, Writing},
};

use super::hall::{Hall, json};
use crate::{
    page::{assert_again, assert_error_page},
    world::{HOME, Who, municipality, random_id},
};

#[tokio::test]
async fn a_code_opens_the_door_however_it_is_typed_and_only_while_the_workshop_is_open() {
    let hall = Hall::with(&[Talk]).await;
    let visitor = hall.world.program.client();
    let (code, typed) = (&hall.code, hall.code.to_uppercase());
    assert_eq!(code.len(), 6);

    let asked = visitor.get(&format!("/w?kod=+{}-{}", &typed[..3], &typed[3..]));
    assert_eq!(asked.header("location"), Some(&*format!("/w/{code}")));
    let opened = visitor.get(&format!("/w/{code}"));
    let door = hall.address(&format!("/delta?kod={code}"));
    assert_eq!(opened.header("location"), Some(&*door));
    let form = visitor.get(&door);
    assert_eq!(form.status, 200);
    assert!(form.text().contains(&format!("value=\"{code}\"")));
    assert!(form.text().contains(HOME));

    let seated = hall.join("Kim Exempel");
    let view = seated.get(&hall.address("/delta"));
    assert_eq!(view.status, 200);
    assert!(view.text().contains("id=\"live\""), "{}", view.text());
    // The code again leads one who has a seat to it.
    assert!(seated.get(&door).text().contains("id=\"live\""));
    let people = hall.world.store.attendees(hall.id).await.expect("readable");
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].name.as_str(), "Kim Exempel");
    assert!(people[0].approved && !people[0].speaks && people[0].account.is_none());

    hall.done(&hall.leader(), &[("gor", "avsluta")]);
    assert_eq!(hall.current_code().await, None);
    for path in [format!("/w/{code}"), door] {
        assert_error_page(&visitor.get(&path), 404);
    }
    let op = random_id().to_string();
    let late = visitor.post("/w", &hall.joining(&op, "Sen Exempel").fields());
    assert_error_page(&late, 404);
    assert_eq!(
        seated.get(&hall.address("/delta")).status,
        200,
        "the seat is kept"
    );
}

#[tokio::test]
async fn a_form_that_lacks_something_comes_back_with_what_was_typed() {
    let hall = Hall::with(&[Talk]).await;
    let op = random_id().to_string();
    let visitor = hall.world.program.client();
    let fields = [
        ("op", &*op),
        ("kod", &hall.code),
        ("namn", "Kim Exempel"),
        ("roll", "annan"),
    ];
    let answer = visitor.post("/w", &fields);
    assert_again(&answer);
    assert!(answer.text().contains("Kim Exempel"));
    let nobody = [
        ("op", &*op),
        ("kod", &hall.code),
        ("kommun", "1492"),
        ("roll", "annan"),
    ];
    assert_again(&visitor.post("/w", &nobody));
    assert!(
        hall.world
            .store
            .attendees(hall.id)
            .await
            .expect("readable")
            .is_empty()
    );
}

#[tokio::test]
async fn a_form_sent_twice_takes_one_seat_and_nobody_takes_anothers() {
    let hall = Hall::with(&[Talk]).await;
    let visitor = hall.world.program.client();
    let op = random_id().to_string();
    let answers = [0; 2].map(|_| visitor.post("/w", &hall.joining(&op, "Kim Exempel").fields()));
    let seats = answers
        .each_ref()
        .map(|answer| answer.set_cookie("deltar").map(ToOwned::to_owned));
    assert_eq!(seats[0], seats[1]);
    let people = hall.world.store.attendees(hall.id).await.expect("readable");
    assert_eq!(people.len(), 1);
    // Whoever knows another's id does not get their seat by it.
    let known = people[0].id.to_string();
    let thief = visitor.post("/w", &hall.joining(&known, "Tjuv Exempel").fields());
    assert_ne!(thief.set_cookie("deltar"), seats[0].as_deref());
    let people = hall.world.store.attendees(hall.id).await.expect("readable");
    assert_eq!(people.len(), 2);
}

#[tokio::test]
async fn those_who_are_known_get_their_own_seat_again_and_a_representant_speaks() {
    let hall = Hall::with(&[Talk]).await;
    let signed_in = hall.world.as_who(Who::Member(Role::Representative));
    let door = signed_in.get(&hall.address(&format!("/delta?kod={}", hall.code)));
    let checked = format!("value=\"{}\" checked", municipality(HOME));
    assert!(door.text().contains(&checked), "{}", door.text());
    for _ in 0..2 {
        hall.join_as(&signed_in, "Representanten Exempel");
    }
    let link = hall.world.ours.asked.address("/workshop");
    let visitor = hall.world.program.client();
    assert!(visitor.get(&link).text().contains("Åsa Exempel"));
    for _ in 0..2 {
        let fields = [
            ("op", random_id().to_string()),
            ("workshop", hall.id.to_string()),
        ];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let seated = hall.seated(&visitor, &visitor.post(&link, &fields));
        assert_eq!(seated.get(&hall.address("/delta")).status, 200);
    }
    let people = hall.world.store.attendees(hall.id).await.expect("readable");
    let found: Vec<_> = (people.iter())
        .map(|person| {
            (
                person.account.is_some(),
                person.participant.is_some(),
                person.speaks,
            )
        })
        .collect();
    assert_eq!(found, [(true, false, true), (false, true, false)]);
    assert_eq!(people[1].name.as_str(), "Åsa Exempel");
}

#[tokio::test]
async fn whoever_waits_to_be_let_in_sees_and_does_nothing_until_then() {
    let hall = Hall::with_approval(&[Writing]).await;
    let waiting = hall.join("Kim Exempel");
    let item = hall.items[0].to_string();
    let write = [
        ("gor", "skriv"),
        ("punkt", &item),
        ("slag", "förmåga"),
        ("text", "Ett kort"),
    ];
    assert_eq!(hall.act(&waiting, &write).status, 403);
    let mut screen = hall.screen(&waiting, "delta");
    screen.until("something", |screen| screen.messages > 0);
    assert!(!screen.wire.contains("moment"), "{}", screen.wire);
    assert!(
        !json(&hall.poll(&waiting, "delta", ""))
            .to_string()
            .contains("moment")
    );
    assert!(
        !waiting
            .get(&hall.address("/delta"))
            .text()
            .contains("id=\"moment\"")
    );
    assert_eq!(hall.poll(&waiting, "projektor", "").status, 403);

    let person = hall.world.store.attendees(hall.id).await.expect("readable")[0]
        .id
        .to_string();
    let approve = [("gor", "slappin"), ("person", &*person)];
    assert_eq!(
        hall.act(&waiting, &approve).status,
        401,
        "nobody lets themselves in"
    );
    hall.done(&hall.leader(), &approve);
    screen.until("the view", |screen| screen.wire.contains("moment"));
    hall.done(&waiting, &write);
    let mut wall = hall.screen(&waiting, "projektor");
    wall.until("the wall", |wall| wall.messages > 0);

    hall.done(
        &hall.leader(),
        &[("gor", "tabortperson"), ("person", &person)],
    );
    screen.until("the end", |screen| screen.ended.is_some());
    assert_eq!(screen.ended.as_deref(), Some("borttagen"));
    screen.until_over();
    wall.until("the end", |wall| wall.ended.is_some());
    assert_eq!(wall.ended.as_deref(), Some("borttagen"));
    assert_eq!(hall.act(&waiting, &write).status, 410);
    let asked = hall.poll(&waiting, "delta", "");
    assert_eq!(asked.status, 410);
    assert!(json(&asked)["error"].is_string());
    assert_error_page(&waiting.get(&hall.address("/delta")), 410);
    assert_eq!(hall.cards().await.len(), 1, "what they wrote stands");
}

#[tokio::test]
async fn codes_cannot_be_guessed_but_sixty_people_may_mistype_theirs() {
    let hall = Hall::with(&[Talk]).await;
    let visitor = hall.world.program.client();
    for number in 0..119 {
        let wrong = visitor.get(&format!("/w/fel{number:03}"));
        assert_eq!(wrong.status, 404, "{number}");
    }
    hall.join("Kim Exempel");
    let last = visitor.post(
        "/w",
        &hall
            .joining(&random_id().to_string(), "Kim Exempel")
            .fields(),
    );
    assert_eq!(last.status, 303, "a right code is no attempt");
    assert_eq!(visitor.get("/w/felfel").status, 404);
    assert_error_page(&visitor.get("/w/felfel"), 429);
    // Not even a right code tells a guesser that it is one.
    assert_error_page(&visitor.get(&format!("/w/{}", hall.code)), 429);
    // Without a proxy, nobody is believed who says that they are somewhere else.
    let forwarded = [("X-Forwarded-For", "198.51.100.1")];
    let elsewhere = visitor.send("GET", &format!("/w/{}", hall.code), &forwarded, b"");
    assert_eq!(elsewhere.status, 429);
}

#[tokio::test]
async fn behind_a_proxy_each_address_has_its_own_attempts() {
    let mut hall = Hall::with(&[Talk]).await;
    hall.world.program.kill();
    hall.world.program = hall.world.place.start_with(&["--behind-proxy"]);
    let visitor = hall.world.program.client();
    let from = |address: &str, code: &str| {
        let headers = [("X-Forwarded-For", address)];
        visitor
            .send("GET", &format!("/w/{code}"), &headers, b"")
            .status
    };
    for _ in 0..120 {
        assert_eq!(from("203.0.113.5, 198.51.100.1", "felfel"), 404);
    }
    assert_eq!(from("198.51.100.1", &hall.code), 429);
    assert_eq!(from("198.51.100.1, 198.51.100.2", &hall.code), 303);
}
