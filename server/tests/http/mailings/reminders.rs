//! Reminders: their days, stopping them, sending them now.

use domain::letter::{Letter, Reminder, ReminderStatus};
use time::{Date, OffsetDateTime, Weekday};

use super::{address, id, said, settled};
use crate::{
    page::{assert_again, assert_error_page},
    world::World,
};

/// The next day of this kind after today, at least two days ahead.
fn next(weekday: Weekday) -> Date {
    let mut day = OffsetDateTime::now_utc().date() + time::Duration::days(2);
    while day.weekday() != weekday {
        day += time::Duration::days(1);
    }
    day
}

#[tokio::test]
async fn a_planned_day_in_a_weekend_becomes_monday_and_a_day_that_is_none_is_refused() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let path = address(&world, "/paminnelser/1");
    let send = |day: &str| {
        let op = id();
        coordinator.post(
            &path,
            &[("op", &op), ("dag-1", day), ("ord-1", "Sista chansen")],
        )
    };
    for weekend in [Weekday::Saturday, Weekday::Sunday] {
        let day = next(weekend);
        assert_eq!(said(&send(&day.to_string())), "paminnelse-planerad");
        let reminders = world
            .store
            .reminders(world.ours.open)
            .await
            .expect("readable");
        let [
            Reminder {
                due_at,
                status,
                words,
                ..
            },
        ] = reminders.as_slice()
        else {
            panic!("{reminders:?}");
        };
        let due = OffsetDateTime::from_unix_timestamp(due_at / 1000).expect("a time");
        assert_eq!((due.weekday(), due.minute()), (Weekday::Monday, 0));
        // Eight in Sweden is six or seven in UTC.
        assert!([6, 7].contains(&due.hour()), "{due}");
        assert_eq!(
            (*status, words.as_str()),
            (ReminderStatus::Planned, "Sista chansen")
        );
    }
    let stored = world
        .store
        .reminders(world.ours.open)
        .await
        .expect("readable");
    let far = OffsetDateTime::now_utc().date() + time::Duration::days(500);
    for wrong in ["", "i morgon", "2020-01-07", "2026-13-01", &far.to_string()] {
        let refused = send(wrong);
        assert_again(&refused);
        assert!(refused.text().contains("Sista chansen"), "{wrong}");
        let reminders = world
            .store
            .reminders(world.ours.open)
            .await
            .expect("readable");
        assert_eq!(reminders, stored, "{wrong}");
    }
    // Numbers follow one another.
    let day = next(Weekday::Tuesday).to_string();
    for (number, status) in [
        ("0", 404),
        ("3", 404),
        ("10", 404),
        ("300", 400),
        ("x", 400),
    ] {
        let path = address(&world, &format!("/paminnelser/{number}"));
        let op = id();
        let (day_name, words) = (format!("dag-{number}"), format!("ord-{number}"));
        let fields = [("op", op.as_str()), (&day_name, &day), (&words, "")];
        assert_error_page(&coordinator.post(&path, &fields), status);
    }
}

#[tokio::test]
async fn a_stopped_reminder_does_not_go_and_one_sent_now_passes_over_those_who_have_answered() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let (series, client) = (&world.ours, world.program.client());
    let day = next(Weekday::Wednesday).to_string();
    let path = |verb: &str| address(&world, &format!("/paminnelser/1{verb}"));
    let op = id();
    let fields = [("op", op.as_str()), ("dag-1", day.as_str()), ("ord-1", "")];
    for answer in ["/stoppa", "/skicka"] {
        assert_error_page(&coordinator.post(&path(answer), &[("op", &op)]), 404);
    }
    assert_eq!(
        said(&coordinator.post(&path(""), &fields)),
        "paminnelse-planerad"
    );
    assert_eq!(
        said(&coordinator.post(&path("/stoppa"), &[])),
        "paminnelse-stoppad"
    );
    assert_eq!(
        said(&coordinator.post(&path("/skicka"), &[])),
        "paminnelse-ar-stoppad"
    );
    let page = coordinator.get(&address(&world, "")).text();
    assert!(
        page.contains("Går inte ut.") && page.contains("Planera igen"),
        "{page}"
    );
    assert_eq!(settled(&world, series.open).await, []);

    let capability = series.capabilities[0].uuid().simple();
    let field = format!("{capability}.alla.nulage");
    client.post(&series.asked.address("/1"), &[(&field, "2")]);
    assert_eq!(
        client.post(&series.asked.address("/skicka"), &[]).status,
        303
    );
    assert_eq!(
        said(&coordinator.post(&path(""), &fields)),
        "paminnelse-planerad"
    );
    assert_eq!(
        said(&coordinator.post(&path("/skicka"), &[])),
        "paminnelse-skickad"
    );
    assert_eq!(
        said(&coordinator.post(&path("/skicka"), &[])),
        "ingen-att-skicka-till"
    );
    assert_eq!(
        said(&coordinator.post(&path("/stoppa"), &[])),
        "paminnelse-gatt"
    );
    assert_eq!(
        said(&coordinator.post(&path(""), &fields)),
        "paminnelse-gatt"
    );
    let mails = settled(&world, series.open).await;
    let reminded: Vec<_> = (mails.iter())
        .map(|mail| mail.new.letter)
        .filter(|letter| matches!(letter, Letter::Reminder(..)))
        .collect();
    assert_eq!(
        reminded,
        [Letter::Reminder(series.open, series.asked_for_both.id, 1)]
    );
}
