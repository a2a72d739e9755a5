//! Planning workshops: what is made of a form, what is refused, and what a calendar gets.

use domain::{
    ids::{CardId, OpId},
    map::{Author, Command, MapState},
    rights::Role,
    workshop::{CardKind, Series, WorkCommand, Workshop},
};
use icalendar::{Calendar, Component, EventLike};

use crate::{
    client::Response,
    page::{assert_again, assert_error_page},
    world::{Who, World, now, random_id, text},
};

fn id() -> String {
    random_id().to_string()
}

/// Our planned workshop.
fn planned<'a>(world: &World, state: &'a MapState) -> &'a Workshop {
    &state.work.workshops[&world.ours.workshop]
}

/// The value of a hidden field in a page.
fn hidden(page: &Response, name: &str) -> String {
    let html = page.text();
    let (_, rest) = html
        .split_once(&format!("name=\"{name}\" value=\""))
        .expect("the page has the field");
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_series_is_planned_once_however_often_the_form_is_sent() {
    let world = World::new().await;
    let facilitator = world.as_who(Who::Member(Role::Facilitator));
    let path = format!("/k/{}/workshopar", world.ours.mapping);
    let op = id();
    let fields = [
        ("op", &*op),
        ("vad", "serie"),
        ("datum", "2027-01-14"),
        ("tid", "9.30"),
        ("plats", "Stora salen"),
        ("mellan", "7"),
        ("valfri", "ws5"),
    ];
    let before = world.map(world.ours.mapping).await.work.workshops.len();
    for _ in 0..2 {
        let answer = facilitator.post(&path, &fields);
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let state = world.map(world.ours.mapping).await;
    assert_eq!(state.work.workshops.len(), before + 4);
    let new: Vec<_> = (state.work.in_order().into_iter())
        .map(|(_, workshop)| workshop)
        .filter(|workshop| workshop.starts == 570)
        .collect();
    let days: Vec<_> = (new.iter())
        .map(|workshop| (workshop.series.code(), workshop.date.to_string()))
        .collect();
    let expected = [
        ("ws1", "2027-01-14"),
        ("ws2", "2027-01-21"),
        ("ws3", "2027-01-28"),
        ("ws5", "2027-02-04"),
    ];
    assert_eq!(days, expected.map(|(series, day)| (series, day.to_owned())));
    assert!(new.iter().all(|workshop| workshop.agenda.len() >= 8));
    assert_eq!(new[3].round, Some(world.ours.open), "the latest round");
    assert_eq!(new[0].round, None);
    // People can join what has been planned.
    for (id, _) in state.work.in_order() {
        let known = world.store.workshop_mapping(id).await;
        assert_eq!(known.expect("readable"), Some(world.ours.mapping));
    }
}

#[tokio::test]
async fn one_more_workshop_can_be_added_and_taken_back() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let path = format!("/k/{}/workshopar", world.ours.mapping);
    let op = id();
    let fields = [
        ("op", &*op),
        ("vad", "en"),
        ("slag", "ws2"),
        ("datum", "2027-02-11"),
        ("tid", "13:00"),
    ];
    let answer = coordinator.post(&path, &fields);
    let to = answer.header("location").expect("it leads on").to_owned();
    let page = coordinator.get(&to).text();
    assert!(
        page.contains("torsdag 2027-02-11 kl. 13.00–16.00"),
        "{page}"
    );
    assert!(page.contains("Ångra"));
    let undo = format!("/k/{}/angra", world.ours.mapping);
    let undone = coordinator.post(&undo, &[("op", &op)]);
    let back = undone.header("location").expect("it leads back");
    assert!(back.starts_with(&path), "{back}");
    let state = world.map(world.ours.mapping).await;
    assert_eq!(state.work.workshops.len(), 1);
}

#[tokio::test]
async fn what_is_wrong_with_a_series_or_a_plan_is_said_and_changes_nothing() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let series = format!("/k/{}/workshopar", world.theirs.mapping);
    let stranger = world.as_who(Who::Stranger);
    let right = [
        ("vad", "en"),
        ("slag", "ws1"),
        ("datum", "2027-01-14"),
        ("tid", "09:00"),
    ];
    let plan = format!(
        "/k/{}/workshop/{}/planera",
        world.ours.mapping, world.ours.workshop
    );
    let plan_right = [
        ("namn", "Mål"),
        ("datum", "2027-01-14"),
        ("tid", "09:00"),
        ("prickar", "5"),
    ];
    let before = world.everything().await;
    for (field, wrong) in [
        ("slag", "ws6"),
        ("datum", "14 januari"),
        ("datum", "2027-02-30"),
        ("datum", "9999-12-31"),
        ("tid", "25:00"),
        ("tid", ""),
        ("plats", &"x".repeat(121)),
    ] {
        let op = id();
        let mut fields: Vec<_> = (right.into_iter().filter(|(name, _)| *name != field)).collect();
        fields.extend([("op", &*op), (field, wrong)]);
        let answer = stranger.post(&series, &fields);
        assert_again(&answer);
        assert!(
            answer.text().contains(&format!("href=\"#{field}\"")),
            "{field}"
        );
    }
    for (field, wrong) in [
        ("namn", ""),
        ("prickar", "0"),
        ("prickar", "21"),
        ("omgang", &*id()),
        ("omgang", &world.theirs.open.to_string()),
    ] {
        let op = id();
        let mut fields: Vec<_> =
            (plan_right.into_iter().filter(|(name, _)| *name != field)).collect();
        fields.extend([("op", &*op), (field, wrong)]);
        assert_again(&coordinator.post(&plan, &fields));
    }
    let op = id();
    assert_error_page(&coordinator.post(&plan, &plan_right), 400);
    assert_error_page(
        &stranger.post(&series, &[("op", &op), ("vad", "allt")]),
        400,
    );
    let nowhere = plan.replace(&world.ours.workshop.to_string(), &id());
    assert_error_page(&coordinator.get(&nowhere), 404);
    let elsewhere = plan.replace(
        &world.ours.workshop.to_string(),
        &world.theirs.workshop.to_string(),
    );
    assert_error_page(&coordinator.get(&elsewhere), 404);
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn points_are_added_moved_skipped_and_removed_and_each_can_be_taken_back() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let base = format!(
        "/k/{}/workshop/{}/punkter",
        world.ours.mapping, world.ours.workshop
    );
    let item = world.ours.item;
    let titles = |state: &MapState| -> Vec<String> {
        (planned(&world, state).agenda.iter())
            .map(|item| item.title.to_string())
            .collect()
    };
    let original = titles(&*world.map(world.ours.mapping).await);
    let (op, new) = (id(), id());
    let before = item.to_string();
    let fields = [
        ("op", &*op),
        ("id", &new),
        ("rubrik", "Presentation"),
        ("typ", "D"),
        ("moment", "samtal"),
        ("instruktion", "Vem är du?"),
        ("ansvarig", "Samordnaren"),
        ("minuter", "20"),
        ("fore", &before),
    ];
    for _ in 0..2 {
        assert_eq!(coordinator.post(&format!("{base}/ny"), &fields).status, 303);
    }
    let mut expected = original.clone();
    expected.insert(2, "Presentation".to_owned());
    let state = world.map(world.ours.mapping).await;
    assert_eq!(titles(&state), expected);
    let third = &planned(&world, &state).agenda[2];
    assert_eq!((third.minutes, &*third.responsible), (20, "Samordnaren"));

    let own = format!("{base}/{new}");
    let last = id();
    let moved = coordinator.post(&format!("{own}/flytta"), &[("op", &last), ("fore", "")]);
    let to = moved.header("location").expect("it leads back").to_owned();
    assert!(
        to.ends_with(&format!("/planera?op={last}#punkt-{new}")),
        "{to}"
    );
    assert_eq!(
        titles(&*world.map(world.ours.mapping).await).last(),
        expected.get(2)
    );
    let shown = coordinator.get(to.split('#').next().unwrap_or_default());
    assert!(shown.text().contains("Ångra"));

    let skip = coordinator.post(&format!("{own}/hoppa-over"), &[("op", &id()), ("pa", "1")]);
    assert_eq!(skip.status, 303);
    let state = world.map(world.ours.mapping).await;
    let plan = planned(&world, &state);
    assert!(plan.agenda.last().is_some_and(|item| item.skipped));
    assert_eq!(plan.minutes(), 175, "a skipped point takes no time");

    let gone = id();
    let removed = coordinator.post(&format!("{own}/ta-bort"), &[("op", &gone)]);
    assert_eq!(removed.status, 303);
    assert_eq!(titles(&*world.map(world.ours.mapping).await), original);
    let undo = format!("/k/{}/angra", world.ours.mapping);
    let back = coordinator.post(&undo, &[("op", &gone)]);
    let to = back.header("location").expect("it leads back");
    assert!(to.contains("/planera?op="), "{to}");
    let state = world.map(world.ours.mapping).await;
    assert_eq!(titles(&state).len(), original.len() + 1);

    let wrong = [
        ("rubrik", ""),
        ("typ", "X"),
        ("moment", "dans"),
        ("minuter", "481"),
        ("minuter", "-1"),
        ("fore", &*id()),
        ("instruktion", &"x".repeat(401)),
    ];
    let before = world.everything().await;
    for (field, value) in wrong {
        let (op, new) = (id(), id());
        let mut fields: Vec<_> = (fields.into_iter().skip(2))
            .filter(|(name, _)| *name != field)
            .collect();
        fields.extend([("op", &*op), ("id", &*new), (field, value)]);
        assert_again(&coordinator.post(&format!("{base}/ny"), &fields));
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_point_that_has_been_used_is_kept() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let (workshop, item) = (world.ours.workshop, world.ours.item);
    let commands = [
        WorkCommand::Open { at: now() },
        WorkCommand::Write {
            card: CardId::new(random_id()),
            item,
            kind: CardKind::Comment,
            text: text("En kommentar"),
            by: Author::System,
            municipality: None,
            about: None,
        },
    ];
    for command in commands {
        let op = OpId::new(random_id());
        let command = Command::Work(workshop, command);
        (world.store)
            .execute(world.ours.mapping, Author::System, op, command, now())
            .await
            .expect("allowed");
    }
    let own = format!(
        "/k/{}/workshop/{workshop}/punkter/{item}",
        world.ours.mapping
    );
    let page = coordinator.get(&own);
    assert!(page.text().contains("ligger kvar på dagordningen"));
    assert!(!page.text().contains("/ta-bort"));
    let answer = coordinator.post(&format!("{own}/ta-bort"), &[("op", &id())]);
    assert_error_page(&answer, 409);
    assert!(answer.text().contains("ligger kvar på dagordningen"));
    let state = world.map(world.ours.mapping).await;
    assert!(planned(&world, &state).item(item).is_some());
}

#[tokio::test]
async fn a_calendar_gets_the_series_and_hears_of_changes() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let series = format!("/k/{}/workshopar/kalender.ics", world.ours.mapping);
    let read = |answer: Response| -> Calendar {
        assert_eq!(answer.status, 200);
        let kind = answer.header("content-type").unwrap_or_default();
        assert_eq!(kind, "text/calendar; charset=utf-8");
        answer.text().parse().expect("it is a calendar")
    };
    let calendar = read(coordinator.get(&series));
    let first = calendar.events().next().expect("a workshop");
    assert_eq!(first.property_value("DTSTART"), Some("20261203T080000Z"));
    assert_eq!(first.get_location(), Some("Stora salen"));
    assert_eq!(first.property_value("SEQUENCE"), Some("0"));
    let said = first.get_description().unwrap_or_default();
    assert!(said.contains("/w. Koden visas i rummet."), "{said}");
    assert!(said.contains("09.00 [I] Välkommen"), "{said}");

    let base = format!("/k/{}/workshop/{}", world.ours.mapping, world.ours.workshop);
    let plan = coordinator.get(&format!("{base}/planera"));
    let op = hidden(&plan, "op");
    let fields = [
        ("op", &*op),
        ("namn", "WS1 Mål"),
        ("datum", "2027-06-03"),
        ("tid", "13:00"),
        ("plats", ""),
        ("prickar", "5"),
    ];
    assert_eq!(
        coordinator.post(&format!("{base}/planera"), &fields).status,
        303
    );
    let calendar = read(coordinator.get(&format!("{base}/kalender.ics")));
    let events: Vec<_> = calendar.events().collect();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].get_uid(), first.get_uid());
    assert_eq!(events[0].property_value("SEQUENCE"), Some("1"));
    assert_eq!(
        events[0].property_value("DTSTART"),
        Some("20270603T110000Z")
    );
    assert_eq!(events[0].get_location(), None);
    let agenda = world.map(world.ours.mapping).await;
    assert_eq!(
        planned(&world, &agenda).agenda.len(),
        10,
        "the agenda is kept"
    );
    assert_eq!(planned(&world, &agenda).series, Series::Ws1);
}
