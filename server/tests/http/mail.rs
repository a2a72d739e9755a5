//! Letters, from the form that asks for one to a real mail server or the outbox.

use std::{fs, net::TcpListener, time::Duration};

use domain::{
    ids::{AccountId, MailId},
    letter::{Letter, Mail, MailStatus, NewMail},
};
use store::Store;

use crate::{
    client::Client,
    page::assert_error_page,
    program::{Place, Program},
    sign_in::signed_in,
    smtp::{MailServer, link_in, readable},
    world::{now, random_id, text},
};

/// Waits so short that a test need not wait for them, and so many that they do not run out.
const OFTEN: &str = "--mail-back-off=20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,20,\
                     50,50,50,50,50,50,50,50,50,50,200,200,200,200,200,200,200,200,200,200,1000,1000,1000";

/// An account that gets mail.
async fn with_mail(store: &Store, name: &str, email: &str) -> AccountId {
    let id = AccountId::new(random_id());
    let made = (store.create_account(id, &text(name), email, true, now())).await;
    made.expect("its address is new");
    id
}

fn with_server(place: &Place, url: &str, more: &[&str]) -> Program {
    let from = "Förmågekartan <karta@example.test>";
    let options = [&["--smtp-url", url, "--mail-from", from], more].concat();
    place.start_with(&options)
}

fn ask(client: &Client, email: &str) {
    let answer = client.post("/logga-in", &[("epost", email)]);
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("location"), Some("/logga-in/skickat"));
}

/// The one letter to an account, once it is settled as it should be.
async fn settled(store: &Store, account: AccountId, status: MailStatus) -> Mail {
    let mut seen = None;
    for _ in 0..1500 {
        let mails = store.mails_about(account.uuid()).await.expect("readable");
        assert!(mails.len() <= 1, "{mails:?}");
        if let Some(mail) = mails.iter().find(|mail| mail.status == status) {
            return mail.clone();
        }
        seen = Some(mails);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it never became {status:?}: {seen:?}");
}

#[tokio::test]
async fn a_letter_arrives_with_its_headers_as_text_and_html_and_its_link_signs_in() {
    let Some(mail) = MailServer::start() else {
        return;
    };
    for place in Place::of_each_kind().await {
        let store = place.store().await;
        let siv = with_mail(&store, "Siv Åström", "Siv@Example.test").await;
        let program = with_server(&place, &mail.url(), &[]);
        let client = program.client();
        assert!(
            !client
                .get("/logga-in")
                .text()
                .contains("Ingen e-postserver")
        );
        ask(&client, " siv@example.TEST ");
        let got = mail.letter();
        assert_eq!(got.to, "Siv@Example.test");
        let head = got.letter.split("\r\n\r\n").next().expect("a head");
        for line in [
            "MIME-Version: 1.0",
            "Auto-Submitted: auto-generated",
            "Subject: Logga in i",
            "Date: ",
            "From: =?utf-8?b?",
            "Content-Type: multipart/alternative;",
        ] {
            assert!(
                head.lines().any(|found| found.starts_with(line)),
                "{line}\n{head}"
            );
        }
        let row = settled(&store, siv, MailStatus::Sent).await;
        let id = format!("Message-ID: <{}@127.0.0.1>", row.new.id);
        assert!(head.contains(&id), "{head}");
        assert_eq!(row.answer, "250 2.0.0 Taken in");
        let words = readable(&got.letter);
        for part in [
            "Content-Type: text/plain",
            "Content-Type: text/html",
            "lang=\"sv\"",
        ] {
            assert!(words.contains(part), "{words}");
        }
        let path = link_in(&got.letter);
        assert_eq!(
            words.matches(&format!("{}{path}", program.url)).count(),
            4,
            "{words}"
        );
        let session = signed_in(&client, &path);
        assert!(session.get("/konto").text().contains("Siv Åström"));
        assert_error_page(&client.post(&path, &[]), 410);
    }
}

#[tokio::test]
async fn the_letter_is_in_the_language_that_it_was_asked_for_in() {
    let Some(mail) = MailServer::start() else {
        return;
    };
    let place = Place::sqlite();
    let store = place.store().await;
    with_mail(&store, "Siv Exempel", "siv@example.test").await;
    let program = with_server(&place, &mail.url(), &[]);
    ask(
        &program.client().with_cookie("sprak=en"),
        "siv@example.test",
    );
    let got = mail.letter();
    assert!(got.letter.contains("Subject: Sign in to"), "{}", got.letter);
    assert!(readable(&got.letter).contains("lang=\"en\""));
}

#[tokio::test]
async fn a_mail_server_that_says_later_is_tried_again_and_the_letter_arrives_once() {
    let Some(mail) = MailServer::start() else {
        return;
    };
    let place = Place::sqlite();
    let store = place.store().await;
    let program = with_server(&place, &mail.url(), &[OFTEN]);
    for email in ["later@example.test", "full@example.test"] {
        let account = with_mail(&store, email, email).await;
        ask(&program.client(), email);
        assert_eq!(mail.next().what, "deferred");
        assert_eq!(mail.letter().to, email);
        let row = settled(&store, account, MailStatus::Sent).await;
        assert_eq!(row.attempts, 2);
    }
}

#[tokio::test]
async fn a_letter_that_is_refused_for_good_is_shown_as_such_and_not_sent_again() {
    let Some(mail) = MailServer::start() else {
        return;
    };
    let place = Place::sqlite();
    let store = place.store().await;
    let program = with_server(&place, &mail.url(), &[OFTEN]);
    for (email, said) in [
        ("bounce@example.test", "550 5.1.1 No such mailbox"),
        ("spam@example.test", "554 5.7.1 We do not want this"),
    ] {
        let account = with_mail(&store, email, email).await;
        ask(&program.client(), email);
        let row = settled(&store, account, MailStatus::Bounced).await;
        assert_eq!((row.attempts, row.answer.as_str()), (1, said));
        assert_eq!(mail.next().to, email);
    }
    with_mail(&store, "Eva", "eva@example.test").await;
    ask(&program.client(), "eva@example.test");
    assert_eq!(
        mail.letter().to,
        "eva@example.test",
        "something was sent again"
    );
}

#[tokio::test]
async fn letters_wait_until_the_mail_server_can_be_reached() {
    let free = TcpListener::bind("127.0.0.1:0").expect("there are ports left");
    let port = free.local_addr().expect("it is bound").port();
    drop(free);
    let place = Place::sqlite();
    let store = place.store().await;
    let program = with_server(&place, &format!("smtp://127.0.0.1:{port}"), &[OFTEN]);
    let siv = with_mail(&store, "Siv", "siv@example.test").await;
    ask(&program.client(), "siv@example.test");
    let mut waiting = settled(&store, siv, MailStatus::Queued).await;
    while waiting.attempts < 2 {
        waiting = settled(&store, siv, MailStatus::Queued).await;
    }
    assert!(waiting.answer.contains("refused"), "{}", waiting.answer);
    let Some(mail) = MailServer::start_with(&[&port.to_string()]) else {
        return;
    };
    assert_eq!(mail.letter().to, "siv@example.test");
    let row = settled(&store, siv, MailStatus::Sent).await;
    assert!(row.attempts >= 3, "{row:?}");
}

#[tokio::test]
async fn a_mail_server_that_nobody_reaches_is_given_up_at_last() {
    let free = TcpListener::bind("127.0.0.1:0").expect("there are ports left");
    let url = format!("smtp://{}", free.local_addr().expect("it is bound"));
    drop(free);
    let place = Place::sqlite();
    let store = place.store().await;
    let program = with_server(&place, &url, &["--mail-back-off=1,1,1"]);
    let siv = with_mail(&store, "Siv", "siv@example.test").await;
    ask(&program.client(), "siv@example.test");
    let row = settled(&store, siv, MailStatus::Failed).await;
    assert_eq!(row.attempts, 4);
}

#[tokio::test]
async fn a_server_killed_while_a_letter_is_under_way_never_sends_it_twice() {
    let Some(mail) = MailServer::start() else {
        return;
    };
    let place = Place::sqlite();
    let store = place.store().await;
    let siv = with_mail(&store, "Siv", "hang@example.test").await;
    let eva = with_mail(&store, "Eva", "eva@example.test").await;
    let mut program = with_server(&place, &mail.url(), &[OFTEN]);
    ask(&program.client(), "hang@example.test");
    assert_eq!(mail.next().what, "hanging");
    program.kill();
    let program = with_server(&place, &mail.url(), &[OFTEN]);
    let row = settled(&store, siv, MailStatus::Unclear).await;
    assert_eq!(row.attempts, 1);
    // Whatever comes after it is sent; it is not.
    ask(&program.client(), "eva@example.test");
    assert_eq!(mail.letter().to, "eva@example.test");
    settled(&store, eva, MailStatus::Sent).await;
    settled(&store, siv, MailStatus::Unclear).await;

    // Until a person says so.
    let again = store.send_mail_again(row.new.id, now()).await;
    again.expect("it is unclear");
    drop(program);
    let _program = with_server(&place, &mail.url(), &[OFTEN]);
    assert_eq!(mail.next().what, "hanging");
}

#[tokio::test]
async fn a_connection_lost_after_the_letter_leaves_it_unclear() {
    let Some(mail) = MailServer::start() else {
        return;
    };
    let place = Place::sqlite();
    let store = place.store().await;
    let siv = with_mail(&store, "Siv", "drop@example.test").await;
    with_mail(&store, "Eva", "eva@example.test").await;
    let program = with_server(&place, &mail.url(), &[OFTEN]);
    ask(&program.client(), "drop@example.test");
    assert_eq!(mail.next().what, "dropped");
    let row = settled(&store, siv, MailStatus::Unclear).await;
    assert_eq!(row.attempts, 1);
    assert!(!row.answer.is_empty());
    ask(&program.client(), "eva@example.test");
    assert_eq!(mail.letter().to, "eva@example.test", "it was sent again");
}

#[tokio::test]
async fn a_password_for_the_mail_server_is_used_and_a_wrong_one_loses_no_letter() {
    let Some(mail) = MailServer::start_with(&["0", "karta:hem ligt"]) else {
        return;
    };
    let place = Place::sqlite();
    let store = place.store().await;
    let siv = with_mail(&store, "Siv", "siv@example.test").await;
    let url = |password: &str| format!("smtp://karta:{password}@127.0.0.1:{}", mail.port);
    let program = with_server(&place, &url("fel"), &[OFTEN]);
    ask(&program.client(), "siv@example.test");
    let mut row = settled(&store, siv, MailStatus::Queued).await;
    while row.attempts == 0 || row.answer.is_empty() {
        row = settled(&store, siv, MailStatus::Queued).await;
    }
    assert!(row.answer.starts_with("535"), "{}", row.answer);
    let (_, ended) = program.terminate();
    assert!(ended.success(), "{ended}");
    let _program = with_server(&place, &url("hem%20ligt"), &[OFTEN]);
    assert_eq!(mail.letter().to, "siv@example.test");
}

#[tokio::test]
async fn without_a_mail_server_letters_land_in_the_outbox_and_the_pages_say_so() {
    let place = Place::sqlite();
    let store = place.store().await;
    let siv = with_mail(&store, "Siv", "siv@example.test").await;
    let program = place.start();
    let client = program.client();
    for page in ["/logga-in", "/logga-in/skickat"] {
        assert!(
            client.get(page).text().contains("Ingen e-postserver"),
            "{page}"
        );
    }
    ask(&client, "siv@example.test");
    let row = settled(&store, siv, MailStatus::Sent).await;
    let files: Vec<_> = (fs::read_dir(place.outbox()).expect("it was made"))
        .map(|file| {
            file.expect("readable")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    assert_eq!(files, [format!("{}.eml", row.new.id)]);
    let letter = fs::read_to_string(place.outbox().join(&files[0])).expect("readable");
    assert!(letter.contains("To: Siv <siv@example.test>"), "{letter}");
    // Letters go with the account, and their files too.
    let client = signed_in(&client, &link_in(&letter));
    let gone = client.post("/konto/ta-bort", &[("saker", "ja")]);
    assert_eq!(gone.status, 200, "{}", gone.text());
    let left = fs::read_dir(place.outbox()).expect("it is there");
    assert_eq!(left.count(), 0);
}

#[tokio::test]
async fn a_sign_in_letter_that_came_too_late_or_went_astray_is_not_sent() {
    let place = Place::sqlite();
    let store = place.store().await;
    let late = with_mail(&store, "Siv", "siv@example.test").await;
    let moved = with_mail(&store, "Eva", "eva@example.test").await;
    let minute = now() / 60_000;
    for (account, address, minute) in [
        (late, "siv@example.test", minute - 61),
        (moved, "eva.fore.flytten@example.test", minute),
    ] {
        let letter = NewMail {
            id: MailId::new(random_id()),
            mapping: None,
            letter: Letter::SignIn(account),
            name: "Exempel".to_owned(),
            address: address.to_owned(),
            words: text("sv"),
            dedupe: format!("inloggning:{account}:{minute}"),
            due_at: now(),
        };
        let new = store.enqueue(vec![letter], now()).await;
        assert_eq!(new.expect("it is new"), 1);
    }
    let _program = place.start();
    let row = settled(&store, late, MailStatus::Stopped).await;
    assert!(row.answer.contains("inom en timme"), "{}", row.answer);
    let row = settled(&store, moved, MailStatus::Stopped).await;
    assert!(row.answer.contains("inte till kontot"), "{}", row.answer);
    assert!(!place.outbox().exists());
}

#[tokio::test]
async fn nobody_learns_who_has_an_account_and_nobody_is_flooded() {
    let place = Place::sqlite();
    let store = place.store().await;
    let siv = with_mail(&store, "Siv", "siv@example.test").await;
    let program = place.start();
    let client = program.client();
    ask(&client, "siv@example.test");
    settled(&store, siv, MailStatus::Sent).await;
    ask(&client, "nobody@example.test");
    for typed in ["", "siv", "siv@", "siv@example.test, eva@example.test"] {
        let answer = client.post("/logga-in", &[("epost", typed)]);
        assert_eq!(answer.status, 422, "{typed:?}");
        assert!(answer.text().contains("Skriv en e-postadress"));
    }
    // Sixty in ten minutes from one address, of which two are used; and one letter a minute to each person.
    for _ in 0..58 {
        ask(&client, "siv@example.test");
    }
    let refused = client.post("/logga-in", &[("epost", "siv@example.test")]);
    assert_error_page(&refused, 429);
    let letters = store.mails_about(siv.uuid()).await.expect("readable");
    assert!(letters.len() <= 2, "{} letters", letters.len());
}
