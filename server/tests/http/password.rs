//! The password for when no mail arrives.

use domain::{
    ids::AccountId,
    rights::{Membership, Role},
};

use store::Store;

use crate::{
    client::{Client, Response},
    page::assert_error_page,
    program::Place,
    sign_in::{COOKIE, signed_in},
    world::{Who, World, hash, login_token, now, random_id, random_token, text},
};

const PASSWORD: &str = "fyra ord i följd å";

/// An account that gets mail.
async fn with_mail(store: &Store, name: &str, email: &str, may_start: bool) -> AccountId {
    let id = AccountId::new(random_id());
    let made = (store.create_account(id, &text(name), email, may_start, now())).await;
    made.expect("its address is new");
    id
}

fn try_in(client: &Client, email: &str, password: &str) -> Response {
    client.post(
        "/logga-in/losenord",
        &[("epost", email), ("losenord", password)],
    )
}

fn set(client: &Client, password: &str, again: &str) -> Response {
    client.post("/konto/losenord", &[("nytt", password), ("igen", again)])
}

fn change(client: &Client, present: &str, new: &str) -> Response {
    client.post(
        "/konto/losenord",
        &[("nuvarande", present), ("nytt", new), ("igen", new)],
    )
}

#[tokio::test]
async fn a_password_is_set_used_changed_and_taken_away() {
    for place in Place::of_each_kind().await {
        let store = place.store().await;
        let siv = with_mail(&store, "Siv Exempel", "siv@example.test", true).await;
        let program = place.start();
        let client = program.client();
        let link = login_token(&store, siv, now() + 60_000).await;
        let desk = signed_in(&client, &format!("/logga-in/{link}"));
        assert_eq!(try_in(&client, "siv@example.test", PASSWORD).status, 422);
        for (one, two) in [("kort", "kort"), (PASSWORD, "något annat än det"), ("", "")] {
            let answer = set(&desk, one, two);
            assert_eq!(answer.status, 422, "{one:?} {two:?}");
            assert!(!answer.text().contains(PASSWORD), "it stands in the page");
        }
        let long = "x".repeat(201);
        assert_eq!(set(&desk, &long, &long).status, 422);
        let answer = set(&desk, PASSWORD, PASSWORD);
        assert_eq!(answer.header("location"), Some("/konto?klart=losenord"));
        assert!(
            desk.get("/konto?klart=losenord")
                .text()
                .contains("Lösenordet är sparat")
        );

        let answer = try_in(&client, " SIV@example.test", PASSWORD);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/")));
        let cookie = answer.set_cookie(COOKIE).expect("it signs in");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        let pair = cookie.split(';').next().expect("there is something");
        let phone = client.with_cookie(pair);
        assert!(phone.get("/konto").text().contains("Siv Exempel"));
        assert_eq!(phone.get("/ny").status, 200, "she may start mappings");

        let changed = "fem andra ord i följd";
        for present in ["", "fel fel fel fel", changed] {
            let answer = change(&phone, present, changed);
            assert_eq!(answer.status, 422, "{present:?}");
            assert!(answer.text().contains("href=\"#nuvarande\""));
        }
        assert_eq!(desk.get("/sessioner").status, 200, "nothing has changed");
        assert_eq!(change(&phone, PASSWORD, changed).status, 303);
        assert_eq!(desk.get("/ny").status, 401, "the other session has ended");
        assert_eq!(phone.get("/ny").status, 200, "this one has not");
        assert_eq!(try_in(&client, "siv@example.test", PASSWORD).status, 422);
        let answer = try_in(&client, "siv@example.test", changed);
        let cookie = answer.set_cookie(COOKIE).expect("it signs in");
        let desk = client.with_cookie(cookie.split(';').next().expect("there is something"));
        for present in ["", PASSWORD] {
            let fields = [("nuvarande", present)];
            let answer = phone.post("/konto/losenord/ta-bort", &fields);
            assert_eq!(answer.status, 422, "{present:?}");
        }
        let answer = phone.post("/konto/losenord/ta-bort", &[("nuvarande", changed)]);
        assert_eq!(answer.header("location"), Some("/konto?klart=utan"));
        assert_eq!(desk.get("/ny").status, 401, "the other session has ended");
        assert_eq!(phone.get("/ny").status, 200, "this one has not");
        assert_eq!(try_in(&client, "siv@example.test", changed).status, 422);
    }
}

#[tokio::test]
async fn all_that_is_wrong_gets_the_same_answer_and_tries_have_an_end() {
    let place = Place::sqlite();
    let store = place.store().await;
    let siv = with_mail(&store, "Siv Exempel", "siv@example.test", true).await;
    let program = place.start();
    let client = program.client();
    let link = login_token(&store, siv, now() + 60_000).await;
    let desk = signed_in(&client, &format!("/logga-in/{link}"));
    assert_eq!(set(&desk, PASSWORD, PASSWORD).status, 303);
    let page = |answer: &Response, email: &str| {
        assert_eq!(answer.status, 422);
        assert_eq!(answer.set_cookie(COOKIE), None);
        let text = answer.text().replace(email, "");
        // What differs from page to page by itself.
        text.split("nonce").next().unwrap_or_default().len()
    };
    let wrong = page(
        &try_in(&client, "siv@example.test", "fel fel fel fel"),
        "siv@example.test",
    );
    let nobody = page(
        &try_in(&client, "eva@example.test", PASSWORD),
        "eva@example.test",
    );
    assert_eq!(wrong, nobody);
    for _ in 0..9 {
        assert_eq!(
            try_in(&client, "siv@example.test", "fel fel fel fel").status,
            422
        );
    }
    assert_error_page(&try_in(&client, "siv@example.test", PASSWORD), 429);
    for _ in 0..9 {
        assert_eq!(try_in(&client, "eva@example.test", PASSWORD).status, 422);
    }
    assert_error_page(&try_in(&client, "eva@example.test", PASSWORD), 429);
}

#[tokio::test]
async fn tries_of_the_present_password_have_an_end() {
    let place = Place::sqlite();
    let store = place.store().await;
    let siv = with_mail(&store, "Siv Exempel", "siv@example.test", true).await;
    let program = place.start();
    let link = login_token(&store, siv, now() + 60_000).await;
    let desk = signed_in(&program.client(), &format!("/logga-in/{link}"));
    assert_eq!(set(&desk, PASSWORD, PASSWORD).status, 303);
    for _ in 0..10 {
        let answer = change(&desk, "fel fel fel fel", "fem andra ord i följd");
        assert_eq!(answer.status, 422);
    }
    let answer = change(&desk, PASSWORD, "fem andra ord i följd");
    assert_error_page(&answer, 429);
    let fields = [("nuvarande", PASSWORD)];
    assert_error_page(&desk.post("/konto/losenord/ta-bort", &fields), 429);
}

#[tokio::test]
async fn a_password_goes_with_the_role_and_a_session_for_one_mapping_cannot_set_one() {
    let world = World::new().await;
    let (store, mapping) = (&world.store, world.ours.mapping);
    let lena = with_mail(store, "Lena Exempel", "lena@example.test", false).await;
    let membership = |role| Membership {
        mapping,
        role,
        municipalities: Vec::new(),
    };
    let given = store
        .set_membership(lena, &membership(Role::Coordinator))
        .await;
    given.expect("both are there");
    let client = world.as_who(Who::Anonymous);
    // A link that somebody else may have made, good for this mapping.
    let token = random_token();
    let made = store
        .create_login_link(hash(&token), lena, Some(mapping), now() + 60_000, now())
        .await;
    made.expect("both are there");
    let bound = signed_in(&client, &format!("/logga-in/{token}"));
    assert!(!bound.get("/konto").text().contains("/konto/losenord"));
    assert_error_page(&set(&bound, PASSWORD, PASSWORD), 403);
    assert_error_page(&bound.post("/konto/losenord/ta-bort", &[]), 403);

    let link = login_token(store, lena, now() + 60_000).await;
    let own = signed_in(&client, &format!("/logga-in/{link}"));
    assert!(own.get("/konto").text().contains("/konto/losenord"));
    assert_eq!(set(&own, PASSWORD, PASSWORD).status, 303);
    assert_eq!(try_in(&client, "lena@example.test", PASSWORD).status, 303);
    let lowered = store
        .set_membership(lena, &membership(Role::Facilitator))
        .await;
    lowered.expect("there are other coordinators");
    assert_eq!(try_in(&client, "lena@example.test", PASSWORD).status, 422);
    assert_error_page(&set(&own, PASSWORD, PASSWORD), 403);
    assert!(!own.get("/konto").text().contains("/konto/losenord"));
}
