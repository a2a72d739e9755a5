//! What those who lead can do, and those who take part cannot.

use std::thread;

use domain::{
    rights::Role,
    workshop::{
        Activity::{Agreeing, EffectVote, Grouping, Talk, Writing},
        NoteKind, Timer,
    },
};

use super::hall::{Hall, act, json};
use crate::{
    page::assert_error_page,
    world::{AWAY, HOME, Who, municipality, random_id},
};

#[tokio::test]
async fn only_those_who_lead_lead() {
    let hall = Hall::with(&[Talk, Grouping]).await;
    let client = hall.join("Kim Exempel");
    let item = hall.items[1].to_string();
    let before = hall.state().await;
    for gor in [
        "oppna",
        "avsluta",
        "till",
        "timer",
        "visa",
        "fokus",
        "tur",
        "las",
        "omrostning",
        "doljkort",
        "befordra",
        "anteckna",
        "tabortanteckning",
        "besluta",
        "granska",
        "andraformaga",
        "stryk",
        "aterstall",
        "nyttomrade",
        "faststall",
        "hand",
        "anvandeffekt",
        "insats",
        "tabortinsats",
        "slappin",
        "talar",
        "tabortperson",
        "hoppaover",
    ] {
        let fields = [
            ("gor", gor),
            ("punkt", &*item),
            ("pa", "1"),
            ("vad", "oppna"),
        ];
        assert_eq!(hall.act(&client, &fields).status, 401, "{gor}");
    }
    assert_eq!(hall.act(&client, &[("gor", "nagot-annat")]).status, 400);
    assert_error_page(&client.get(&hall.address("/led")), 401);
    assert_eq!(*hall.state().await, *before);
}

#[tokio::test]
async fn a_form_without_script_leads_back_to_the_view_that_shows_what_was_done() {
    let hall = Hall::with(&[Talk, Writing]).await;
    let (leader, item) = (hall.leader(), hall.items[1].to_string());
    let op = random_id().to_string();
    let fields = [("gor", "till"), ("op", &*op), ("punkt", &*item)];
    let answer = leader.post(&hall.address("/gor"), &fields);
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), Some(&*hall.address("/led")));
    assert!(leader.get(&hall.address("/led")).text().contains("skriva"));
    let client = hall.join("Kim Exempel");
    let op = random_id().to_string();
    let fields = [
        ("gor", "skriv"),
        ("op", &*op),
        ("punkt", &*item),
        ("slag", "förmåga"),
        ("text", "Mitt kort"),
    ];
    let answer = client.post(&hall.address("/gor"), &fields);
    assert_eq!(answer.header("location"), Some(&*hall.address("/delta")));
    assert!(
        client
            .get(&hall.address("/delta"))
            .text()
            .contains("Mitt kort")
    );
    let op = random_id().to_string();
    let long = "x".repeat(201);
    let fields = [
        ("gor", "skriv"),
        ("op", &*op),
        ("punkt", &*item),
        ("slag", "förmåga"),
        ("text", &*long),
    ];
    assert_error_page(&client.post(&hall.address("/gor"), &fields), 422);
    let said = hall.act(&client, &fields);
    assert_eq!(said.status, 422);
    assert!(
        json(&said)["error"]
            .as_str()
            .is_some_and(|words| words.contains("200"))
    );
}

#[tokio::test]
async fn the_agenda_the_timer_notes_and_the_lock_are_led() {
    let hall = Hall::with(&[Grouping, Talk]).await;
    let (leader, client) = (hall.leader(), hall.join("Kim Exempel"));
    let item = hall.items[0].to_string();
    let lead = |fields: &[(&str, &str)]| hall.done(&leader, fields);
    lead(&[("gor", "timer"), ("vad", "starta"), ("minuter", "5")]);
    lead(&[("gor", "timer"), ("vad", "pausa")]);
    let now = hall.state().await.work.stage(hall.id);
    assert!(matches!(now.timer, Some(Timer::Paused(left)) if left > 280_000 && left <= 300_000));
    let wrong = [("gor", "timer"), ("vad", "starta"), ("minuter", "481")];
    assert_eq!(hall.act(&leader, &wrong).status, 400);

    lead(&[
        ("gor", "anteckna"),
        ("punkt", &item),
        ("slag", "förslag"),
        ("text", "Vi börjar smått."),
    ]);
    let note = (hall.state().await.work.notes.keys().next())
        .expect("it is there")
        .to_string();
    lead(&[("gor", "besluta"), ("anteckning", &note)]);
    let state = hall.state().await;
    assert_eq!(
        state.work.notes.values().next().map(|note| note.kind),
        Some(NoteKind::Decided)
    );

    let add = [("gor", "nyformaga"), ("namn", "Nytt i rummet")];
    lead(&[("gor", "las"), ("pa", "1")]);
    assert_eq!(hall.act(&client, &add).status, 409);
    lead(&add);
    lead(&[("gor", "las"), ("pa", "0")]);
    let area = hall.world.ours.area.to_string();
    let added = hall.state().await;
    let ungrouped = added.contents.capabilities_in(None)[0].0.to_string();
    hall.done(
        &client,
        &[
            ("gor", "flytta"),
            ("formaga", &ungrouped),
            ("omrade", &area),
            ("fore", ""),
        ],
    );
    let first = hall.world.ours.capabilities[0].to_string();
    hall.done(
        &client,
        &[("gor", "slaihop"), ("fran", &ungrouped), ("till", &first)],
    );
    assert!(hall.state().await.contents.capabilities_in(None).is_empty());
    // One's own latest, from one's own view; and those who lead take back what another has done to the map.
    hall.done(&client, &[("gor", "angra")]);
    let moved = hall.state().await;
    let operation = (moved.operations.iter().rev())
        .find(|operation| operation.deed == domain::map::Deed::CapabilityMoved)
        .expect("it was moved")
        .op
        .to_string();
    lead(&[("gor", "angra"), ("operation", &operation)]);
    assert_eq!(hall.state().await.contents.capabilities_in(None).len(), 1);
}

#[tokio::test]
async fn a_municipality_is_spoken_for_by_those_who_may_and_at_its_point() {
    let hall = Hall::with(&[Agreeing, EffectVote]).await;
    let (leader, client) = (hall.leader(), hall.join("Kim Exempel"));
    let capability = hall.world.ours.capabilities[0].to_string();
    let agree = |name: &str| {
        [
            ("gor", "bedom".to_owned()),
            ("kommun", municipality(name).to_string()),
            ("formaga", capability.clone()),
            ("nulage", "2".to_owned()),
            ("borlage", "4".to_owned()),
            ("skal", "Vi är på väg.".to_owned()),
        ]
    };
    let send = |fields: &[(&str, String)]| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        hall.act(&client, &fields).status
    };
    assert_eq!(send(&agree(HOME)), 403, "they do not speak for it yet");
    let person = hall.world.store.attendees(hall.id).await.expect("readable")[0]
        .id
        .to_string();
    hall.done(
        &leader,
        &[("gor", "talar"), ("person", &person), ("pa", "1")],
    );
    assert_eq!(send(&agree(HOME)), 200);
    assert_eq!(send(&agree(AWAY)), 403);
    let mut without_target = agree(HOME);
    without_target[4].1.clear();
    assert_eq!(send(&without_target), 422);
    assert_eq!(hall.state().await.agreed.len(), 1);

    let item = hall.items[1].to_string();
    hall.done(&leader, &[("gor", "till"), ("punkt", &item)]);
    assert_eq!(send(&agree(HOME)), 409, "another point");
    hall.done(
        &leader,
        &[("gor", "omrostning"), ("punkt", &item), ("vad", "oppna")],
    );
    hall.done(
        &client,
        &[
            ("gor", "rosta"),
            ("punkt", &item),
            ("formaga", &capability),
            ("varde", "2"),
        ],
    );
    let by_hand = |value| {
        let hand = [
            ("gor", "hand"),
            ("punkt", &*item),
            ("formaga", &*capability),
            ("varde", value),
        ];
        hall.done(&leader, &hand)
    };
    let ballot = |step| {
        let fields = [("gor", "omrostning"), ("punkt", &*item), ("vad", step)];
        hall.done(&leader, &fields)
    };
    by_hand("4");
    let use_them = [("gor", "anvandeffekt"), ("punkt", &*item)];
    assert_eq!(hall.act(&leader, &use_them).status, 409, "the vote is open");
    ballot("stang");
    hall.act(&leader, &use_them);
    assert!(hall.state().await.effects.is_empty(), "two have voted");
    ballot("andra");
    for value in ["2", "4", "5"] {
        by_hand(value);
    }
    ballot("stang");
    hall.done(&leader, &use_them);
    let state = hall.state().await;
    let effects: Vec<_> = state
        .effects
        .values()
        .map(|effect| effect.0.get())
        .collect();
    assert_eq!(effects, [4]);
}

#[tokio::test]
async fn two_facilitators_lead_at_the_same_time() {
    let hall = Hall::with(&[Talk, Grouping]).await;
    let leaders = [
        hall.leader(),
        hall.world.as_who(Who::Member(Role::Coordinator)),
    ];
    let [mut one, mut other] = leaders.each_ref().map(|leader| hall.screen(leader, "led"));
    let item = hall.items[0].to_string();
    thread::scope(|scope| {
        for (number, leader) in leaders.iter().enumerate() {
            let (address, item) = (hall.address("/gor"), &*item);
            scope.spawn(move || {
                for note in 0..10 {
                    let text = format!("Anteckning {number}-{note}");
                    for fields in [
                        &[
                            ("gor", "anteckna"),
                            ("punkt", item),
                            ("slag", "anteckning"),
                            ("text", &*text),
                        ][..],
                        &[("gor", "timer"), ("vad", "starta"), ("minuter", "5")],
                    ] {
                        assert_eq!(act(leader, &address, fields).status, 200);
                    }
                }
            });
        }
    });
    assert_eq!(hall.state().await.work.notes.len(), 20);
    // Each takes back their own latest, not the other's.
    let seq = hall.done(&leaders[1], &[("gor", "angra")]);
    let state = hall.state().await;
    let left = |number: usize| {
        let beginning = format!("Anteckning {number}-");
        let notes = state.work.notes.values();
        notes
            .filter(|note| note.text.starts_with(&beginning))
            .count()
    };
    assert_eq!((left(0), left(1)), (10, 9));
    one.until_seq(seq);
    other.until_seq(seq);
    assert_eq!(one.hash(), other.hash());
}
