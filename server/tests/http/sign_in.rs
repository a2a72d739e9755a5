//! One-time links, sessions and the language.

use domain::ids::SessionId;

use crate::{
    client::Client,
    page::{Class, assert_error_page},
    program::Place,
    world::{Who, World, account, login_token, now, random_id, random_token},
};

/// The name of the session's cookie without https.
pub(crate) const COOKIE: &str = "formagekartan";

/// Follows a one-time link as a person does: opens it, presses the button, keeps the cookie.
pub(crate) fn signed_in(client: &Client, path: &str) -> Client {
    let offer = client.get(path);
    assert_eq!(offer.status, 200, "{}", offer.text());
    assert!(offer.text().contains("<form method=\"post\""));
    let answer = client.post(path, &[]);
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("location"), Some("/"));
    let cookie = answer.set_cookie(COOKIE).expect("the answer signs in");
    let pair = cookie.split(';').next().expect("there is something");
    client.with_cookie(pair)
}

#[tokio::test]
async fn opening_a_link_does_not_use_it_up_and_pressing_the_button_does() {
    let place = Place::sqlite();
    let store = place.store().await;
    let siv = account(&store, "Siv Exempel", true).await;
    let path = format!(
        "/logga-in/{}",
        login_token(&store, siv, now() + 60_000).await
    );
    let program = place.start();
    let client = program.client();
    for _ in 0..3 {
        assert_eq!(client.get(&path).status, 200, "a mail scanner used it up");
    }
    let session = signed_in(&client, &path);
    assert!(session.get("/").text().contains("Siv Exempel"));
    for answer in [client.get(&path), client.post(&path, &[])] {
        assert_error_page(&answer, 410);
        assert_eq!(answer.set_cookie(COOKIE), None);
    }
    let sessions = store.sessions_of(siv, now()).await.expect("readable");
    assert_eq!(sessions.len(), 1);
}

#[tokio::test]
async fn an_expired_or_unknown_link_signs_nobody_in() {
    let place = Place::sqlite();
    let store = place.store().await;
    let siv = account(&store, "Siv Exempel", true).await;
    let expired = login_token(&store, siv, now() - 1).await;
    let program = place.start();
    let client = program.client();
    for token in [
        expired,
        random_token(),
        "%C3%A5".to_owned(),
        "x".repeat(4000),
    ] {
        let path = format!("/logga-in/{token}");
        for answer in [client.get(&path), client.post(&path, &[])] {
            assert_error_page(&answer, 410);
            assert_eq!(answer.set_cookie(COOKIE), None);
        }
    }
    let sessions = store.sessions_of(siv, now()).await.expect("readable");
    assert_eq!(sessions, []);
}

#[tokio::test]
async fn a_session_can_be_seen_and_ended_by_its_owner_only() {
    let place = Place::sqlite();
    let store = place.store().await;
    let (siv, åke) = (
        account(&store, "Siv Exempel", true).await,
        account(&store, "Åke Exempel", true).await,
    );
    let program = place.start();
    let client = program.client();
    let mut browsers = Vec::new();
    for who in [siv, siv, åke] {
        let token = login_token(&store, who, now() + 60_000).await;
        browsers.push(signed_in(&client, &format!("/logga-in/{token}")));
    }
    let [phone, desk, other] = &browsers[..] else {
        panic!("there are three")
    };
    let rows = store.sessions_of(siv, now()).await.expect("readable");
    let page = desk.get("/sessioner").text();
    for row in &rows {
        assert!(
            page.contains(&row.id.to_string()),
            "a session is not listed"
        );
    }
    let theirs = store.sessions_of(åke, now()).await.expect("readable");
    assert!(!page.contains(&theirs[0].id.to_string()));

    // Somebody else's session is none of hers, and one that never was is as good as ended.
    for id in [theirs[0].id, SessionId::new(random_id())] {
        let answer = desk.post("/sessioner", &[("session", &id.to_string())]);
        assert_eq!(answer.status, 303);
    }
    assert_eq!(other.get("/sessioner").status, 200);
    assert_error_page(&desk.post("/sessioner", &[("session", "alla")]), 400);

    for row in rows {
        let answer = other.post("/sessioner", &[("session", &row.id.to_string())]);
        assert_eq!(answer.status, 303);
    }
    assert_eq!(phone.get("/sessioner").status, 200, "Åke ended Siv's");
    let answer = phone.post("/logga-ut", &[]);
    assert_eq!(answer.status, 303);
    let cookie = answer.set_cookie(COOKIE).expect("it is taken back");
    assert!(cookie.starts_with("formagekartan=;") && cookie.contains("Max-Age=0"));
    assert_error_page(&phone.get("/sessioner"), 401);
    assert_eq!(
        desk.get("/sessioner").status,
        200,
        "the other one ended too"
    );
    let rows = store.sessions_of(siv, now()).await.expect("readable");
    let answer = desk.post("/sessioner", &[("session", &rows[0].id.to_string())]);
    assert_eq!(answer.status, 303);
    assert_error_page(&desk.get("/sessioner"), 401);
}

#[tokio::test]
async fn a_cookie_that_opens_nothing_is_a_visit_by_nobody() {
    let world = World::new().await;
    let client = world.program.client();
    for cookie in [
        format!("{COOKIE}={}", random_token()),
        format!("{COOKIE}="),
        COOKIE.to_owned(),
        format!("__Host-{COOKIE}={}", random_token()),
        "=;;=;".to_owned(),
    ] {
        let visitor = client.with_cookie(cookie);
        assert_eq!(visitor.get("/").status, 200);
        assert_error_page(&visitor.get("/ny"), 401);
    }
}

#[tokio::test]
async fn the_language_is_kept_in_a_cookie_and_leads_back_to_the_page() {
    let world = World::new().await;
    let client = world.program.client();
    let page = format!("/k/{}?klart=sparat", world.example.mapping);
    let answer = client.post("/sprak", &[("sprak", "en"), ("till", &page)]);
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), Some(page.as_str()));
    let cookie = answer.set_cookie("sprak").expect("the choice is kept");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let pair = cookie.split(';').next().expect("there is something");
    let english = client.with_cookie(pair).get(&page);
    assert_eq!(Class::of(&english), Class::Ok);
    assert!(english.text().contains("<html lang=\"en\""));
    assert!(client.get(&page).text().contains("<html lang=\"sv\""));
    let missing = client.with_cookie(pair).get("/finns-inte");
    assert!(missing.status == 404 && missing.text().contains("<html lang=\"en\""));
    assert_error_page(&client.post("/sprak", &[("sprak", "tlh")]), 400);
}

#[tokio::test]
async fn the_choice_of_language_never_leads_to_another_site() {
    let world = World::new().await;
    let client = world.as_who(Who::Anonymous);
    for to in [
        "https://ond.example/",
        "//ond.example/",
        "/\\ond.example/",
        "/\t/ond.example/",
        "/\n/ond.example/",
        "/\r\nSet-Cookie: x=1",
        "\\/ond.example",
        "javascript:alert(1)",
        "ond.example",
        "",
    ] {
        let answer = client.post("/sprak", &[("sprak", "sv"), ("till", to)]);
        assert_eq!(answer.status, 303, "{to:?}");
        assert_eq!(answer.header("location"), Some("/"), "{to:?}");
        assert_eq!(answer.set_cookie("x"), None);
    }
}
