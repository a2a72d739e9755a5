//! What is kept about people, and removing an account.

use domain::rights::{Membership, Role};

use crate::{
    page::assert_error_page,
    sign_in::signed_in,
    world::{Who, World, hash, now, random_token},
};

#[tokio::test]
async fn people_see_what_is_kept_about_them_and_remove_their_accounts() {
    let world = World::new().await;
    let (mapping, desk) = (world.ours.mapping, world.coordinator());
    let own = desk.get("/konto/uppgifter").text();
    assert!(
        own.contains("Samordnare i Dalsland") && own.contains("Provning"),
        "{own}"
    );
    let file = desk.get("/konto/uppgifter.json");
    assert_eq!(file.header("content-type"), Some("application/json"));
    let value: serde_json::Value = serde_json::from_str(&file.text()).expect("it is JSON");
    assert_eq!(value["roles"][0]["mapping"]["name"], "Dalsland");

    // The mapping would be left alone.
    let ask = desk.get("/konto/ta-bort").text();
    assert!(ask.contains("Du är ensam samordnare") && !ask.contains("name=\"saker\""));
    assert_eq!(desk.post("/konto/ta-bort", &[("saker", "ja")]).status, 422);
    let other = world.account(Who::Member(Role::Facilitator));
    let membership = Membership {
        mapping,
        role: Role::Coordinator,
        municipalities: Vec::new(),
    };
    (world.store.set_membership(other, &membership).await).expect("both are there");
    assert_eq!(desk.post("/konto/ta-bort", &[]).status, 422);
    let gone = desk.post("/konto/ta-bort", &[("saker", "ja")]);
    assert_eq!(gone.status, 200);
    assert!(gone.text().contains("Kontot är borttaget"));
    assert_error_page(&desk.get("/konto/uppgifter"), 401);
    let people = world.store.accounts_of(mapping).await.expect("readable");
    assert!(
        people
            .iter()
            .all(|(account, _)| account.id != world.account(Who::Member(Role::Coordinator)))
    );
}

#[tokio::test]
async fn a_session_that_somebody_else_may_have_begun_neither_reads_nor_removes_an_account() {
    let world = World::new().await;
    let lena = world.account(Who::Member(Role::Facilitator));
    let token = random_token();
    (world.store)
        .create_login_link(
            hash(&token),
            lena,
            Some(world.ours.mapping),
            now() + 60_000,
            now(),
        )
        .await
        .expect("both are there");
    let bound = signed_in(&world.program.client(), &format!("/logga-in/{token}"));
    for path in [
        "/konto/uppgifter",
        "/konto/uppgifter.json",
        "/konto/ta-bort",
    ] {
        let answer = bound.get(path);
        assert_eq!(answer.status, 403, "{path}");
        assert!(answer.text().contains("Logga in med din egen länk först"));
    }
    assert_eq!(bound.post("/konto/ta-bort", &[("saker", "ja")]).status, 403);
    let still = world
        .store
        .account(lena)
        .await
        .expect("readable")
        .expect("she is there");
    assert_ne!(still.name.as_str(), "Borttagen person");
}

#[tokio::test]
async fn a_participant_sees_what_is_kept_about_them() {
    let world = World::new().await;
    let client = world.program.client();
    let page = client.get(&world.ours.answered.address("/mina-uppgifter"));
    let text = page.text();
    assert_eq!(page.status, 200, "{text}");
    for words in [
        "Nils Exempel",
        "nils@example.se",
        "Åmål",
        "Informationsklassning",
        "IT-chef",
    ] {
        assert!(text.contains(words), "{words}");
    }
    let file = client.get(&world.ours.answered.address("/mina-uppgifter.json"));
    let value: serde_json::Value = serde_json::from_str(&file.text()).expect("it is JSON");
    assert_eq!(value["participant"]["name"], "Nils Exempel");
    assert_eq!(value["answers"].as_array().map(Vec::len), Some(3));
    assert_eq!(value["answers_sealed"], false);
    assert_error_page(
        &client.get(&format!("/e/{}/mina-uppgifter", random_token())),
        404,
    );
}
