//! Invitations and reminders of a round, from the form to the letter.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use domain::{
    ids::{MailId, ParticipantId, RoundId},
    letter::{Letter, Mail, MailStatus, NewMail, Reminder, ReminderStatus},
    mapping::Language,
    rights::Role,
};
use time::{Date, OffsetDateTime, Weekday};

use crate::{
    page::{assert_again, assert_error_page, tags},
    world::{HOME, Who, World, municipality, now, random_id, text},
};

/// How long the worker may take to send what lies in the queue.
const PATIENCE: Duration = Duration::from_secs(30);
const DAY: i64 = 24 * 60 * 60 * 1000;

fn id() -> String {
    random_id().to_string()
}

fn address(world: &World, path: &str) -> String {
    let series = &world.ours;
    format!(
        "/k/{}/omgangar/{}/utskick{path}",
        series.mapping, series.open
    )
}

/// Where a form leads, such as `inbjudna`.
fn said(answer: &crate::client::Response) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let to = answer.header("location").unwrap_or_default();
    to.split("klart=").nth(1).unwrap_or(to).to_owned()
}

/// The letters of a round when all of them have been sent, or stopped.
async fn settled(world: &World, round: RoundId) -> Vec<Mail> {
    let begun = Instant::now();
    loop {
        let mails = world
            .store
            .mails_about(round.uuid())
            .await
            .expect("readable");
        let waiting = |mail: &Mail| matches!(mail.status, MailStatus::Queued | MailStatus::Sending);
        if !mails.iter().any(waiting) {
            return mails;
        }
        assert!(begun.elapsed() < PATIENCE, "{mails:?}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// The file of a letter, its soft line breaks taken out.
fn letter(world: &World, mail: &Mail) -> String {
    let path = world.place.outbox().join(format!("{}.eml", mail.new.id));
    let file = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    String::from_utf8_lossy(&file).replace("=\r\n", "")
}

/// Asks someone through the page, so that their link is the program's own.
async fn ask(world: &World, name: &str, email: &str) -> ParticipantId {
    let new = random_id();
    let home = municipality(HOME).to_string();
    let path = format!(
        "/k/{}/omgangar/{}/deltagare",
        world.ours.mapping, world.ours.open
    );
    let fields = [
        ("id", new.to_string()),
        ("namn", name.to_owned()),
        ("epost", email.to_owned()),
        ("roll", "it-chef".to_owned()),
        ("kommun", home),
    ];
    let fields = fields.each_ref().map(|(n, v)| (*n, v.as_str()));
    assert_eq!(world.coordinator().post(&path, &fields).status, 303);
    ParticipantId::new(new)
}

/// The next day of this kind after today, at least two days ahead.
fn next(weekday: Weekday) -> Date {
    let mut day = OffsetDateTime::now_utc().date() + time::Duration::days(2);
    while day.weekday() != weekday {
        day += time::Duration::days(1);
    }
    day
}

#[tokio::test]
async fn an_invitation_reaches_each_person_once_with_their_own_link_and_plans_two_reminders() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let new = ask(&world, "Östen Exempel", "osten@example.se").await;
    ask(&world, "Papper Exempel", "").await;
    let page = coordinator.get(&address(&world, "")).text();
    assert!(page.contains("Skicka till 3"), "{page}");
    assert!(page.contains("Utan e-postadress"), "{page}");

    let op = id();
    let fields = [("op", op.as_str()), ("ord", "Svara senast den 4 december.")];
    let before = now();
    assert_eq!(
        said(&coordinator.post(&address(&world, "/inbjudan"), &fields)),
        "inbjudna"
    );
    // Sent again by an impatient hand.
    let again = coordinator.post(&address(&world, "/inbjudan"), &fields);
    assert_eq!(said(&again), "ingen-att-skicka-till");

    let mails = settled(&world, world.ours.open).await;
    assert_eq!(mails.len(), 3, "{mails:?}");
    assert!(mails.iter().all(|mail| mail.status == MailStatus::Sent));
    let own = |mail: &&Mail| mail.new.letter == Letter::Invitation(world.ours.open, new);
    let mail = mails.iter().find(own).expect("they have an address");
    let file = letter(&world, mail);
    assert!(file.contains("osten@example.se"), "{file}");
    assert!(file.contains("Svara senast den 4 december."), "{file}");
    // The link in the letter opens the person's own survey.
    let link = file.split("/e/").nth(1).expect("a link");
    let token: String = (link.chars())
        .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        .collect();
    let survey = world.program.client().get(&format!("/e/{token}"));
    assert_eq!(survey.status, 200, "{token}");
    assert!(survey.text().contains("Östen Exempel"));
    // It stands nowhere in the database.
    let database = fs::read(world.place.folder.path().join("data/test.db")).expect("a file");
    assert!(
        !database
            .windows(token.len())
            .any(|part| part == token.as_bytes())
    );

    let reminders = world
        .store
        .reminders(world.ours.open)
        .await
        .expect("readable");
    let [first, second] = reminders.as_slice() else {
        panic!("{reminders:?}");
    };
    assert_eq!((first.number, second.number), (1, 2));
    assert!(first.due_at > before + 2 * DAY && first.due_at < before + 6 * DAY);
    assert!(second.due_at > first.due_at && second.due_at < before + 9 * DAY);
    let page = coordinator.get(&address(&world, "?klart=inbjudna")).text();
    assert!(page.contains("Inbjudningarna är på väg."), "{page}");
    assert!(page.contains("Som det är nu får 3 den."), "{page}");
}

#[tokio::test]
async fn a_letter_is_shown_with_the_words_typed_before_anything_is_sent() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let op = id();
    let fields = [
        ("op", op.as_str()),
        ("ord", "Vi ses <b>snart</b>.\n\nHälsningar"),
        ("gor", "visa"),
    ];
    let shown = coordinator.post(&address(&world, "/inbjudan"), &fields);
    assert_eq!(shown.status, 200);
    let page = shown.text();
    assert!(page.contains("Vi ses &lt;b&gt;snart&lt;/b&gt;."), "{page}");
    assert!(page.contains("Påhittad länk"), "{page}");
    assert!(
        page.contains("Ditt namn sparas ihop med dina svar"),
        "{page}"
    );
    let open = (tags(&page).into_iter()).find(|tag| tag.attribute("id") == Some("inbjudan-brev"));
    assert!(open.expect("the letter").attribute("open").is_some());
    let mails = world
        .store
        .mails_about(world.ours.open.uuid())
        .await
        .expect("readable");
    assert_eq!(mails, []);

    let long = "å".repeat(2001);
    let fields = [("op", op.as_str()), ("ord", long.as_str())];
    let refused = coordinator.post(&address(&world, "/inbjudan"), &fields);
    assert_again(&refused);
    assert!(refused.text().contains(&long));
    let mails = world
        .store
        .mails_about(world.ours.open.uuid())
        .await
        .expect("readable");
    assert_eq!(mails, []);
    let foreign = coordinator.post(&address(&world, "/inbjudan"), &[("ord", "")]);
    assert_error_page(&foreign, 400);
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

#[tokio::test]
async fn a_letter_without_a_reason_any_more_is_stopped_and_the_page_says_why() {
    let world = World::new().await;
    let (series, coordinator) = (&world.ours, world.coordinator());
    let new = |letter, dedupe: &str| NewMail {
        id: MailId::new(random_id()),
        mapping: Some(series.mapping),
        letter,
        name: "Nils Exempel".to_owned(),
        address: "nils@example.se".to_owned(),
        words: text(""),
        dedupe: dedupe.to_owned(),
        due_at: now(),
    };
    let mails = vec![
        new(Letter::Reminder(series.closed, series.answered.id, 1), "a"),
        new(Letter::Invitation(series.closed, series.late.id), "b"),
        new(Letter::Thanks(series.closed, series.late.id), "c"),
        new(Letter::Thanks(series.closed, series.answered.id), "d"),
        new(
            Letter::Invitation(series.closed, ParticipantId::new(random_id())),
            "e",
        ),
    ];
    assert_eq!(
        world.store.enqueue(mails, now()).await.expect("writable"),
        5
    );
    // An invitation elsewhere wakes the one who sends.
    let op = id();
    coordinator.post(&address(&world, "/inbjudan"), &[("op", &op), ("ord", "")]);
    let mails = settled(&world, series.closed).await;
    let become_of = |dedupe: &str| {
        let mail = mails.iter().find(|mail| mail.new.dedupe == dedupe);
        let mail = mail.expect("it is there");
        (mail.status, mail.answer.as_str())
    };
    assert_eq!(
        become_of("a"),
        (MailStatus::Stopped, "Personen har redan svarat.")
    );
    assert_eq!(become_of("b"), (MailStatus::Stopped, "Omgången är stängd."));
    assert_eq!(
        become_of("c"),
        (
            MailStatus::Stopped,
            "Personen har inte skickat in några svar."
        )
    );
    assert_eq!(become_of("d").0, MailStatus::Sent);
    assert_eq!(
        become_of("e"),
        (MailStatus::Stopped, "Personen finns inte kvar i omgången.")
    );
    // Thanks in a named round tell the person's own levels.
    let thanked = mails.iter().find(|mail| mail.new.dedupe == "d");
    let file = letter(&world, thanked.expect("it was sent"));
    assert!(file.contains("Datadelning"), "{file}");

    let page = coordinator.get(&format!(
        "/k/{}/omgangar/{}/utskick",
        series.mapping, series.closed
    ));
    let page = page.text();
    assert!(page.contains("Personen har redan svarat."), "{page}");
    assert!(
        page.contains("Omgången är stängd. Inga fler brev går ut"),
        "{page}"
    );
    assert!(!page.contains("/utskick/inbjudan"), "{page}");
}

#[tokio::test]
async fn a_letter_is_stopped_and_sent_again_only_within_its_own_round() {
    let world = World::new().await;
    let (series, coordinator) = (&world.ours, world.coordinator());
    // Not due before tomorrow, so that it waits.
    let mail = NewMail {
        id: MailId::new(random_id()),
        mapping: Some(series.mapping),
        letter: Letter::Invitation(series.open, series.asked.id),
        name: "Åsa Exempel".to_owned(),
        address: "asa@example.se".to_owned(),
        words: text(""),
        dedupe: format!("inbjudan:{}", series.asked.id),
        due_at: now() + DAY,
    };
    let waiting = mail.id;
    world
        .store
        .enqueue(vec![mail], now())
        .await
        .expect("writable");
    let path = |verb: &str| address(&world, &format!("/brev/{waiting}/{verb}"));
    let elsewhere = format!(
        "/k/{}/omgangar/{}/utskick/brev/{waiting}/stoppa",
        series.mapping, series.closed
    );
    assert_error_page(&coordinator.post(&elsewhere, &[]), 404);
    let status = async || {
        let mail = world.store.mail(waiting).await.expect("readable");
        mail.expect("it is there").status
    };
    assert_eq!(said(&coordinator.post(&path("igen"), &[])), "brev-andrat");
    assert_eq!(status().await, MailStatus::Queued);
    assert_eq!(
        said(&coordinator.post(&path("stoppa"), &[])),
        "brev-stoppat"
    );
    assert_eq!(status().await, MailStatus::Stopped);
    assert_eq!(said(&coordinator.post(&path("stoppa"), &[])), "brev-andrat");
    let page = coordinator.get(&address(&world, "")).text();
    assert!(page.contains(&path("igen")), "{page}");
    assert_eq!(said(&coordinator.post(&path("igen"), &[])), "brev-igen");
    let mails = settled(&world, series.open).await;
    assert_eq!(mails[0].status, MailStatus::Sent);
    assert!(letter(&world, &mails[0]).contains("asa@example.se"));
}

#[tokio::test]
async fn a_closed_round_sends_no_more_letters_and_others_see_none_of_them() {
    let world = World::new().await;
    let (series, coordinator) = (&world.ours, world.coordinator());
    let base = format!("/k/{}/omgangar/{}/utskick", series.mapping, series.closed);
    let op = id();
    for path in [
        "/inbjudan",
        "/paminnelser/1",
        "/paminnelser/1/stoppa",
        "/paminnelser/1/skicka",
    ] {
        let fields = [
            ("op", op.as_str()),
            ("ord", ""),
            ("dag-1", "2099-01-01"),
            ("ord-1", ""),
        ];
        assert_error_page(&coordinator.post(&format!("{base}{path}"), &fields), 409);
    }
    // Only the thanks of the one who answered while it was open.
    let mails = settled(&world, series.closed).await;
    let letters: Vec<_> = mails.iter().map(|mail| mail.new.letter).collect();
    assert_eq!(letters, [Letter::Thanks(series.closed, series.answered.id)]);
    let director = world.as_who(Who::Member(Role::Director));
    assert_error_page(&director.get(&base), 403);
    let round = format!("/k/{}/omgangar/{}", series.mapping, series.closed);
    assert!(!director.get(&round).text().contains("/utskick"));
    assert!(coordinator.get(&round).text().contains("/utskick"));
}

#[tokio::test]
async fn letters_follow_the_language_of_the_mapping() {
    let world = World::new().await;
    let series = &world.ours;
    let mut mapping = (world.store.mapping(series.mapping).await)
        .expect("readable")
        .expect("it is there");
    mapping.language = Language::English;
    world.store.save_mapping(&mapping).await.expect("writable");
    let op = id();
    let path = address(&world, "/inbjudan");
    world.coordinator().post(&path, &[("op", &op), ("ord", "")]);
    let mails = settled(&world, series.open).await;
    let file = letter(&world, mails.first().expect("two are asked"));
    assert!(file.contains("Subject: Invitation to the survey"), "{file}");
    assert!(
        file.contains("You are asked to answer the survey"),
        "{file}"
    );
}
