//! Roles, and the sign-in links that a samordnare makes for them.

use domain::{ids::MappingId, rights::Role};

use crate::{
    client::Client,
    page::assert_error_page,
    sign_in::{COOKIE, signed_in},
    world::{Who, World, now, random_id},
};

/// Gives Kim the role of samordnare, as this one does, and signs in with the link that the page shows.
fn given_a_role(samordnare: &Client, mapping: MappingId) -> Client {
    let fields = [
        ("id", random_id().to_string()),
        ("namn", "Kim Exempel".to_owned()),
        ("epost", "kim@example.se".to_owned()),
        ("roll", Role::Coordinator.code().to_owned()),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, typed)| (*name, typed.as_str()));
    signed_in_from(samordnare, &format!("/k/{mapping}/personer"), &fields)
}

/// Makes a sign-in link with this form, and signs in with it in another browser.
fn signed_in_from(samordnare: &Client, path: &str, fields: &[(&str, &str)]) -> Client {
    let page = samordnare.post(path, fields);
    assert_eq!(page.status, 200, "{}", page.text());
    let page = page.text();
    let (_, link) = page.split_once("/logga-in/").expect("it shows a link");
    let secret: String = (link.chars())
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let nobody = samordnare.with_cookie(format!("{COOKIE}="));
    signed_in(&nobody, &format!("/logga-in/{secret}"))
}

#[tokio::test]
async fn a_link_made_by_a_samordnare_opens_their_own_mapping_and_no_other_sessions() {
    let world = World::new().await;
    let (ours, theirs) = (world.ours.mapping, world.theirs.mapping);
    let first = given_a_role(&world.coordinator(), ours);
    let second = given_a_role(&world.as_who(Who::Stranger), theirs);
    for (session, own, other) in [(&first, ours, theirs), (&second, theirs, ours)] {
        assert_eq!(session.get(&format!("/k/{own}/personer")).status, 200);
        assert_error_page(&session.get(&format!("/k/{other}")), 403);
        assert_error_page(&session.get("/ny"), 403);
        let home = session.get("/").text();
        assert!(home.contains(&own.to_string()) && !home.contains(&other.to_string()));
    }
    let kim = (world.store.account_by_email("kim@example.se").await)
        .expect("readable")
        .expect("they were given a role");
    let sessions = (world.store.sessions_of(kim.id, now()).await).expect("readable");
    let foreign = (sessions.iter())
        .find(|session| session.mapping == Some(theirs))
        .expect("the second one is for the other mapping")
        .id
        .to_string();
    assert!(!first.get("/sessioner").text().contains(&foreign));
    let answer = first.post("/sessioner", &[("session", &foreign)]);
    assert_eq!(answer.status, 303);
    assert_eq!(second.get("/sessioner").status, 200, "it was ended");

    // So it is for someone who may start mappings, and does in the browser that they signed in with otherwise.
    let starter = world.account(Who::Member(Role::Coordinator));
    assert_eq!(world.coordinator().get("/ny").status, 200);
    let path = format!("/k/{ours}/personer/{starter}/lank");
    let bound = signed_in_from(&first, &path, &[]);
    assert_eq!(bound.get(&format!("/k/{ours}/personer")).status, 200);
    assert_error_page(&bound.get("/ny"), 403);
}

#[tokio::test]
async fn the_last_samordnare_can_neither_leave_nor_take_another_role() {
    let world = World::new().await;
    let ours = world.ours.mapping;
    let kim = given_a_role(&world.coordinator(), ours);
    let account = (world.store.account_by_email("kim@example.se").await)
        .expect("readable")
        .expect("they were given a role");
    let people = format!("/k/{ours}/personer");
    let first = world.account(Who::Member(Role::Coordinator));
    let answer = kim.post(&format!("{people}/{first}/ta-bort"), &[]);
    assert_eq!(answer.status, 303, "there are two: {}", answer.text());

    let id = random_id().to_string();
    let lower = [
        ("id", id.as_str()),
        ("namn", "Kim Exempel"),
        ("epost", "kim@example.se"),
        ("roll", Role::Director.code()),
    ];
    for answer in [
        kim.post(&format!("{people}/{}/ta-bort", account.id), &[]),
        kim.post(&people, &lower),
    ] {
        assert_eq!(answer.status, 422);
        let page = answer.text();
        assert!(
            page.contains("Det måste finnas minst en samordnare."),
            "{page}"
        );
    }
    assert_eq!(
        kim.get(&people).status,
        200,
        "Kim is no samordnare any more"
    );
}
