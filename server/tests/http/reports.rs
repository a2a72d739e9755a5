//! Reports as files: asked for, followed, cancelled, and not there any more.

use crate::{
    page::assert_error_page,
    world::{Who, World},
};

#[tokio::test]
async fn a_report_that_is_cancelled_is_gone_and_can_be_asked_for_again() {
    let world = World::new().await;
    let client = world.as_who(Who::Member(domain::rights::Role::Director));
    let form = format!("/k/{}/resultat/rapport", world.ours.mapping);
    for _ in 0..2 {
        let asked = client.post(&form, &[("format", "json")]);
        assert_eq!(asked.status, 303, "{}", asked.text());
        let job = asked.header("location").expect("where it is").to_owned();
        let cancelled = client.post(&format!("{job}/avbryt"), &[]);
        assert_eq!(cancelled.status, 303);
        assert_eq!(cancelled.header("location"), Some(form.as_str()));
        assert_error_page(&client.get(&job), 404);
        assert_error_page(&client.get(&format!("{job}/fil")), 404);
        assert_error_page(&client.post(&format!("{job}/avbryt"), &[]), 404);
    }
}

#[tokio::test]
async fn a_report_is_another_mappings_for_nobody() {
    let world = World::new().await;
    let client = world.as_who(Who::Member(domain::rights::Role::Director));
    let form = format!("/k/{}/resultat/rapport", world.ours.mapping);
    let asked = client.post(&form, &[("format", "json")]);
    let job = asked.header("location").expect("where it is").to_owned();
    let elsewhere = job.replace(
        &world.ours.mapping.to_string(),
        &world.example.mapping.to_string(),
    );
    assert_eq!(client.get(&job).status, 200);
    assert_eq!(client.get(&elsewhere).status, 404);
    assert_error_page(&client.get(&format!("{elsewhere}/fil")), 404);
    assert_error_page(&client.post(&format!("{elsewhere}/avbryt"), &[]), 404);
    assert_eq!(
        client.get(&job).status,
        200,
        "it is not cancelled from elsewhere"
    );
    assert_error_page(&client.post(&form, &[("format", "docx")]), 400);
}
