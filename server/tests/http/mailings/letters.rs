//! What becomes of letters that lie in the queue.

use domain::{
    ids::{MailId, ParticipantId},
    letter::{Letter, MailStatus, NewMail},
    rights::Role,
};

use super::{DAY, address, id, letter, said, settled};
use crate::{
    page::assert_error_page,
    world::{Who, World, now, random_id, text},
};

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
    // It goes to the address of today.
    assert!(letter(&world, &mails[0]).contains("nils@example.se"));
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
