//! A personal link in the wrong hands, at the wrong time, or with the wrong answers.

use domain::{
    level::{Answer, Level},
    survey::{Progress, Rating, Scope},
};

use crate::{
    client::form,
    page::{assert_again, assert_error_page, tags},
    series::Series,
    world::{AWAY, World, municipality, random_id, random_token},
};

/// The survey field of a capability's part for all municipalities.
fn field(series: &Series, capability: usize, part: &str) -> String {
    let id = series.capabilities[capability].uuid().simple();
    format!("{id}.alla.{part}")
}

#[tokio::test]
async fn a_level_outside_the_scale_is_refused_in_the_survey_and_what_was_typed_stays() {
    let world = World::new().await;
    let client = world.program.client();
    let path = world.ours.asked.address("/1");
    let right = client.post(&path, &[(&field(&world.ours, 0, "nulage"), "2")]);
    assert_eq!(right.status, 303);
    let before = world.everything().await;
    for level in [
        "0",
        "6",
        "-1",
        "2.5",
        "2,5",
        "９",
        "1 ",
        "en",
        "1000000000000",
    ] {
        let (wrong, comment) = (
            field(&world.ours, 0, "nulage"),
            field(&world.ours, 1, "kommentar"),
        );
        let fields = [
            (wrong.as_str(), level),
            (&comment, "Det här får inte försvinna"),
        ];
        let answer = client.post(&path, &fields);
        assert_again(&answer);
        assert!(
            answer.text().contains("Det här får inte försvinna"),
            "{level}"
        );
        assert_eq!(world.everything().await, before, "{level}");
    }
    let long = "å".repeat(1001);
    let answer = client.post(&path, &[(&field(&world.ours, 0, "kommentar"), &long)]);
    assert_again(&answer);
    assert!(answer.text().contains(&long));
    let answer = client.post(&path, &[(&field(&world.ours, 0, "kommentar"), "a\0b")]);
    assert_again(&answer);
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_survey_takes_no_answer_for_what_or_whom_it_does_not_ask() {
    let world = World::new().await;
    let client = world.program.client();
    let path = world.ours.asked.address("/1");
    let own = world.ours.capabilities[0].uuid().simple();
    let before = world.everything().await;
    for name in [
        field(&world.theirs, 0, "nulage"),
        format!("{}.alla.nulage", random_id().simple()),
        format!("{}.alla.nulage", world.ours.retired.uuid().simple()),
        format!("{own}.{}.nulage", municipality(AWAY)),
        format!("{own}.9999.nulage"),
        format!("{own}.alla.framtid"),
        "x.y.z".to_owned(),
        "..".to_owned(),
    ] {
        assert_again(&client.post(&path, &[(&name, "3")]));
        assert_eq!(world.everything().await, before, "{name}");
    }
    for part in [
        "/0",
        "/2",
        "/99999999999999999999",
        "/-1",
        "/ett",
        "/%C3%A5",
    ] {
        let address = world.ours.asked.address(part);
        assert_error_page(&client.get(&address), 404);
        let answer = client.post(&address, &[(&field(&world.ours, 0, "nulage"), "3")]);
        assert_error_page(&answer, 404);
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn submitting_twice_is_submitting_once_and_an_empty_survey_is_not_submitted() {
    let world = World::new().await;
    let (client, asked) = (world.program.client(), &world.ours.asked);
    assert_again(&client.post(&asked.address("/skicka"), &[]));
    assert_eq!(world.sheet(asked).await.1, Progress::NotStarted);
    assert_eq!(client.get(&asked.address("/klart")).status, 303);

    let (current, comment) = (
        field(&world.ours, 0, "nulage"),
        field(&world.ours, 0, "kommentar"),
    );
    let fields = [
        (current.as_str(), "vet-ej"),
        (&comment, "Åäö 🙂 \"citat\" <b>"),
    ];
    for _ in 0..2 {
        assert_eq!(client.post(&asked.address("/1"), &fields).status, 303);
    }
    let (sheet, progress) = world.sheet(asked).await;
    assert_eq!((sheet.ratings.len(), progress), (1, Progress::Draft));
    let page = client.get(&asked.address("/1")).text();
    let at = page.find("Åäö 🙂").expect("it is shown");
    assert!(!page.contains("<b>"), "{}", &page[at..at + 120]);

    assert_eq!(client.post(&asked.address("/skicka"), &[]).status, 303);
    let (sheet, first) = world.sheet(asked).await;
    assert!(matches!(first, Progress::Submitted { .. }));
    for _ in 0..2 {
        let answer = client.post(&asked.address("/skicka"), &[]);
        assert_eq!(answer.status, 303);
        let klart = asked.address("/klart");
        assert_eq!(answer.header("location"), Some(klart.as_str()));
        assert_eq!(client.get(&klart).status, 200);
    }
    assert_eq!(world.sheet(asked).await, (sheet.clone(), first));
    let rating = &sheet.ratings[&(world.ours.capabilities[0], Scope::All)];
    assert_eq!(rating.current, Some(Answer::DontKnow));
    assert_eq!(rating.comment.as_str(), "Åäö 🙂 \"citat\" <b>");
}

#[tokio::test]
async fn a_draft_saved_by_the_page_itself_gets_no_page_back() {
    let world = World::new().await;
    let client = world.program.client();
    let headers = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Sec-Fetch-Site", "same-origin"),
        ("X-Draft", "1"),
    ];
    let path = world.ours.asked.address("/1");
    let body = form(&[(&field(&world.ours, 1, "borlage"), "5")]);
    let answer = client.send("POST", &path, &headers, body.as_bytes());
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(world.sheet(&world.ours.asked).await.1, Progress::Draft);
    let answer = client.send("POST", &path, &headers, b"x.y.z=1");
    assert_eq!(answer.status, 422);
}

#[tokio::test]
async fn a_draft_is_answered_with_the_version_that_the_page_then_has_however_it_was_typed() {
    let world = World::new().await;
    let client = world.program.client();
    let headers = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Sec-Fetch-Site", "same-origin"),
        ("X-Draft", "1"),
    ];
    let path = world.ours.asked_for_both.address("/1");
    let shown = || {
        let tags = tags(&client.get(&path).text());
        (tags.iter())
            .find_map(|tag| tag.attribute("data-version"))
            .map(ToOwned::to_owned)
    };
    let empty = shown();
    let id = world.ours.capabilities[0].uuid().simple();
    let own = format!("{id}.{}.nulage", municipality(AWAY));
    let (all, weakness) = (
        field(&world.ours, 0, "nulage"),
        field(&world.ours, 0, "oformaga"),
    );
    let mut versions = [("Ingen har tid", ""), ("Ingen  har   tid ", "2")].map(|(typed, same)| {
        let body = form(&[(&all, "2"), (&own, same), (&weakness, typed)]);
        let answer = client.send("POST", &path, &headers, body.as_bytes());
        assert_eq!(answer.status, 204);
        let saved = answer.header("x-version").map(ToOwned::to_owned);
        assert_eq!(saved, shown());
        saved
    });
    versions.sort();
    assert!(versions[0].is_some() && versions[0] == versions[1] && versions[0] != empty);
}

#[tokio::test]
async fn a_closed_round_takes_no_answers_and_shows_those_that_were_given() {
    let world = World::new().await;
    let client = world.program.client();
    let before = world.everything().await;
    let fields = [(field(&world.ours, 0, "nulage"), "5")];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (name.as_str(), *value));
    let late = &world.ours.late;
    for part in ["", "/1", "/granska", "/klart"] {
        assert_error_page(&client.get(&late.address(part)), 409);
    }
    for part in ["/1", "/skicka"] {
        assert_error_page(&client.post(&late.address(part), &fields), 409);
    }
    let answered = &world.ours.answered;
    assert_error_page(&client.post(&answered.address("/1"), &fields), 409);
    assert_eq!(client.get(&answered.address("/klart")).status, 200);
    for part in ["", "/1", "/granska"] {
        let answer = client.get(&answered.address(part));
        assert_eq!(answer.status, 303, "{part}");
        let klart = answered.address("/klart");
        assert_eq!(answer.header("location"), Some(klart.as_str()));
    }
    // Nor does it take new people, nor a second end.
    let coordinator = world.coordinator();
    let round = format!("/k/{}/omgangar/{}", world.ours.mapping, world.ours.closed);
    let someone = [
        ("id", random_id().to_string()),
        ("namn", "Sen Exempel".to_owned()),
        ("roll", "annan".to_owned()),
        ("kommun", municipality(AWAY).to_string()),
    ];
    let someone = someone
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let answer = coordinator.post(&format!("{round}/deltagare"), &someone);
    assert_error_page(&answer, 409);
    assert_eq!(coordinator.post(&format!("{round}/stang"), &[]).status, 303);
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_round_that_is_closed_while_someone_answers_tells_them_so() {
    let world = World::new().await;
    let client = world.program.client();
    let path = world.ours.asked.address("/1");
    let fields = [(field(&world.ours, 0, "nulage"), "5")];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (name.as_str(), *value));
    assert_eq!(client.post(&path, &fields).status, 303);
    let round = format!("/k/{}/omgangar/{}", world.ours.mapping, world.ours.open);
    let closed = world.coordinator().post(&format!("{round}/stang"), &[]);
    assert_eq!(closed.status, 303);
    let before = world.everything().await;
    assert_error_page(&client.post(&path, &fields), 409);
    let answer = client.post(&world.ours.asked.address("/skicka"), &[]);
    assert_error_page(&answer, 409);
    assert_eq!(world.everything().await, before);
    assert_eq!(world.sheet(&world.ours.asked).await.0.ratings.len(), 1);
}

#[tokio::test]
async fn someone_taken_out_of_a_round_is_told_so_and_answers_nothing() {
    let world = World::new().await;
    let client = world.program.client();
    let asked = &world.ours.asked_for_both;
    let path = format!(
        "/k/{}/omgangar/{}/deltagare/{}/ta-bort",
        world.ours.mapping, world.ours.open, asked.id
    );
    let coordinator = world.coordinator();
    assert_eq!(coordinator.post(&path, &[]).status, 303);
    assert_error_page(&coordinator.post(&path, &[]), 404);
    let fields = [(field(&world.ours, 0, "nulage"), "5")];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (name.as_str(), *value));
    for part in ["", "/1", "/granska", "/klart"] {
        assert_error_page(&client.get(&asked.address(part)), 410);
    }
    for part in ["/1", "/skicka"] {
        assert_error_page(&client.post(&asked.address(part), &fields), 410);
    }
    assert!(world.sheet(asked).await.0.ratings.is_empty());
}

#[tokio::test]
async fn a_link_on_the_printed_sheet_opens_the_survey_and_one_of_another_key_does_not() {
    let world = World::new().await;
    let round = format!("/k/{}/omgangar/{}", world.ours.mapping, world.ours.open);
    let someone = [
        ("id", random_id().to_string()),
        ("namn", "Ny Exempel".to_owned()),
        ("roll", "annan".to_owned()),
        ("kommun", municipality(AWAY).to_string()),
    ];
    let someone = (someone.each_ref()).map(|(name, value)| (*name, value.as_str()));
    let added = (world.coordinator()).post(&format!("{round}/deltagare"), &someone);
    assert_eq!(added.status, 303, "{}", added.text());
    let sheet = world.coordinator().get(&format!("{round}/lankar"));
    assert_eq!(sheet.status, 200);
    let start = format!("{}/e/", world.program.url);
    let links: std::collections::BTreeSet<_> = (tags(&sheet.text()).into_iter())
        .filter_map(|tag| tag.attribute("href").map(ToOwned::to_owned))
        .filter_map(|to| to.strip_prefix(&start).map(ToOwned::to_owned))
        .collect();
    let client = world.program.client();
    let statuses = |wanted: u16| {
        let answers = links.iter().map(|link| client.get(&format!("/e/{link}")));
        answers.filter(|answer| answer.status == wanted).count()
    };
    // The two who were asked before were given links that this server's key did not make.
    assert_eq!((links.len(), statuses(200), statuses(404)), (3, 1, 2));
}

#[tokio::test]
async fn an_unknown_survey_link_opens_nothing() {
    let world = World::new().await;
    let client = world.program.client();
    let mut almost = world.ours.asked.token.clone();
    almost.pop();
    for token in [
        random_token(),
        almost,
        "x".to_owned(),
        "%F0%9F%99%82".to_owned(),
    ] {
        for part in ["", "/1", "/granska", "/klart"] {
            assert_error_page(&client.get(&format!("/e/{token}{part}")), 404);
        }
        for part in ["/1", "/skicka"] {
            assert_error_page(&client.post(&format!("/e/{token}{part}"), &[]), 404);
        }
    }
}

#[tokio::test]
async fn a_named_survey_is_answered_on_one_page_too() {
    let world = World::new().await;
    let asked = &world.ours.asked;
    let client = world.program.client();
    assert_eq!(client.get(&asked.address("/allt")).status, 200);
    let (current, target) = (
        field(&world.ours, 0, "nulage"),
        field(&world.ours, 2, "borlage"),
    );
    let form = [("till", "skicka"), (&*current, "2"), (&*target, "vet-ej")];
    for _ in 0..2 {
        let sent = client.post(&asked.address("/allt"), &form);
        assert_eq!(
            (sent.status, sent.header("location")),
            (303, Some(&*asked.address("/klart")))
        );
    }
    let (sheet, progress) = world.sheet(asked).await;
    assert!(matches!(progress, Progress::Submitted { .. }));
    let rating = |index: usize| &sheet.ratings[&(world.ours.capabilities[index], Scope::All)];
    assert_eq!(
        (sheet.ratings.len(), rating(0).current),
        (2, Level::new(2).map(Answer::Level))
    );
    assert_eq!(rating(2).target, Some(Answer::DontKnow));
    assert_eq!(
        rating(2),
        &Rating {
            target: Some(Answer::DontKnow),
            ..Rating::default()
        }
    );
}
