//! Confidential rounds: a link and a code open an answer, neither alone; and every state of a link has a page of its own.

use std::collections::BTreeMap;

use domain::{
    level::{Answer, Level},
    survey::{Progress, Round, SurveyMode},
};
use store::RecoveryCode;

use crate::{
    client::{Client, Response},
    page::{assert_again, assert_error_page, tags},
    series::{Asked, ask},
    world::{AWAY, HOME, World, now, random_id},
};

/// A confidential round beside the world's own.
pub(crate) async fn confidential(world: &World) -> Round {
    let rounds = (world.store.rounds(world.ours.mapping).await).expect("readable");
    let open = (rounds.iter())
        .find(|round| round.id == world.ours.open)
        .expect("it is open");
    let round = Round {
        id: domain::ids::RoundId::new(random_id()),
        number: 90,
        mode: SurveyMode::Confidential,
        ..open.clone()
    };
    (world.store.open_round(&round).await).expect("its number is free");
    round
}

/// A browser of its own, with the cookie that an answer set.
fn browser(world: &World, answer: &Response) -> Client {
    let cookie = answer.set_cookie("kod").expect("a code was given");
    let pair = cookie.split(';').next().expect("a cookie");
    world.program.client().with_cookie(pair)
}

/// The code that a page shows.
fn code_in(page: &str) -> String {
    let (_, rest) = page.split_once("<code>").expect("the page shows a code");
    rest.split('<').next().expect("it ends").to_owned()
}

pub(crate) fn field(world: &World, capability: usize, part: &str) -> String {
    let id = world.ours.capabilities[capability].uuid().simple();
    format!("{id}.alla.{part}")
}

/// A level of the first capability, as the form has it.
fn said<'f>(name: &'f str, level: &'f str) -> [(&'f str, &'f str); 1] {
    [(name, level)]
}

pub(crate) async fn counted(world: &World, round: &Round) -> Vec<Option<Answer>> {
    let answers = (world.store.submitted_answers(round.id).await).expect("readable");
    answers.iter().map(|answer| answer.current).collect()
}

pub(crate) fn level(number: u8) -> Option<Answer> {
    Level::new(number).map(Answer::Level)
}

/// Answers on one page and submits; gives the browser that did.
fn submitted(world: &World, asked: &Asked, number: &str) -> Client {
    let page = world.program.client().get(&asked.address("/1"));
    let client = browser(world, &page);
    let name = field(world, 0, "nulage");
    let saved = client.post(&asked.address("/1"), &said(&name, number));
    assert_eq!(saved.status, 303);
    let sent = client.post(&asked.address("/skicka"), &[]);
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, Some(&*asked.address("/klart")))
    );
    client
}

#[tokio::test]
async fn one_who_answers_is_told_how_it_is_kept_and_goes_on_by_the_browsers_code() {
    let world = World::new().await;
    let round = confidential(&world).await;
    let asked = ask(&world.store, round.id, "Hemlig Exempel", &[HOME]).await;
    let nobody = world.program.client();
    let welcome = nobody.get(&asked.address("")).text();
    assert!(
        welcome.contains("Vem som har svarat sparas för sig"),
        "{welcome}"
    );
    assert!(
        welcome.contains("Du är den enda i Åmål"),
        "the honest sentence is missing"
    );
    assert!(!welcome.to_lowercase().contains("anonym"));
    let named = nobody.get(&world.ours.asked.address("")).text();
    assert!(named.contains("Ditt namn sparas ihop med dina svar"));

    let page = nobody.get(&asked.address("/1"));
    let cookie = page.set_cookie("kod").expect("a code is given").to_owned();
    for part in [
        "HttpOnly",
        "SameSite=Lax",
        &format!("Path={}", asked.address("")),
    ] {
        assert!(cookie.contains(part), "{cookie} lacks {part}");
    }
    assert!(
        nobody
            .get(&world.ours.asked.address("/1"))
            .set_cookie("kod")
            .is_none()
    );
    let client = browser(&world, &page);
    assert!(
        cookie.contains(&code_in(&page.text())),
        "the page shows another code"
    );
    // Nothing is stored before something is saved.
    assert_eq!(world.sheet(&asked).await.1, Progress::NotStarted);
    let name = field(&world, 0, "nulage");
    assert_eq!(
        client.post(&asked.address("/1"), &said(&name, "2")).status,
        303
    );
    let again = client.get(&asked.address("/1"));
    assert!(again.set_cookie("kod").is_none(), "the code was changed");
    let chosen = tags(&again.text()).into_iter().any(|tag| {
        tag.attribute("name") == Some(&name)
            && tag.attribute("value") == Some("2")
            && tag.attribute("checked").is_some()
    });
    assert!(chosen, "what was saved is not shown");
    // Without the code nothing is seen of it, and nothing in the database either.
    let elsewhere = nobody.get(&asked.address(""));
    assert!(
        elsewhere
            .text()
            .contains("Du har sparat svar i en annan webbläsare")
    );
    assert_eq!(world.sheet(&asked).await.0.ratings.len(), 0);
    assert!(
        client
            .get(&asked.address("/granska"))
            .text()
            .contains("Påbörjad")
    );
}

#[tokio::test]
async fn another_device_goes_on_with_the_code_and_only_with_that_persons_link() {
    let world = World::new().await;
    let round = confidential(&world).await;
    let asked = ask(&world.store, round.id, "Hemlig Exempel", &[HOME]).await;
    let other = ask(&world.store, round.id, "Annan Exempel", &[HOME]).await;
    let client = submitted(&world, &asked, "2");
    submitted(&world, &other, "5");
    let done = client.get(&asked.address("/klart"));
    assert_eq!(done.status, 200);
    let code = code_in(&done.text());

    // Another device, without the code: every page leads to the one that asks for it.
    let device = world.program.client();
    for part in ["", "/1", "/granska", "/klart", "/allt"] {
        let answer = device.get(&asked.address(part));
        assert_eq!(answer.status, 303, "{part}");
        assert_eq!(
            answer.header("location"),
            Some(&*asked.address("/kod")),
            "{part}"
        );
    }
    let door = device.get(&asked.address("/kod"));
    assert_eq!(
        (door.status, door.heading().as_deref()),
        (200, Some("Du har redan svarat"))
    );
    let name = field(&world, 0, "nulage");
    for part in ["/1", "/allt"] {
        let refused = device.post(&asked.address(part), &said(&name, "4"));
        assert_eq!(
            (refused.status, refused.heading().as_deref()),
            (409, Some("Du har redan svarat"))
        );
        assert!(refused.text().contains("inte sparat"));
    }
    let refused = device.post(&asked.address("/skicka"), &[]);
    assert_eq!(refused.status, 409);

    // Wrong codes, and a right one with somebody else's link, open nothing.
    let random = RecoveryCode::random().expect("random numbers").to_string();
    for wrong in ["", "abcd", &random, "<b>åäö</b>"] {
        let answer = device.post(&asked.address("/kod"), &[("kod", wrong)]);
        assert_again(&answer);
        assert!(answer.text().contains("Koden stämmer inte"), "{wrong}");
    }
    assert_again(&device.post(&other.address("/kod"), &[("kod", &code)]));

    let typed = code.to_uppercase().replace('-', " ");
    let opened = device.post(&asked.address("/kod"), &[("kod", &typed)]);
    assert_eq!(
        (opened.status, opened.header("location")),
        (303, Some(&*asked.address("/klart")))
    );
    let device = browser(&world, &opened);
    assert_eq!(device.get(&asked.address("/klart")).status, 200);
    assert_eq!(
        device.post(&asked.address("/1"), &said(&name, "4")).status,
        303
    );
    let mut answers = counted(&world, &round).await;
    answers.sort();
    assert_eq!(answers, [level(4), level(5)]);
    // Both devices see the same from then on.
    assert!(
        client
            .get(&asked.address("/granska"))
            .text()
            .contains("Styrd")
    );
}

#[tokio::test]
async fn wrong_codes_are_limited_and_a_right_one_costs_nothing() {
    let world = World::new().await;
    let round = confidential(&world).await;
    let asked = ask(&world.store, round.id, "Hemlig Exempel", &[HOME]).await;
    let client = submitted(&world, &asked, "2");
    let code = code_in(&client.get(&asked.address("/klart")).text());
    let device = world.program.client();
    let mut statuses = BTreeMap::new();
    for _ in 0..25 {
        let wrong = RecoveryCode::random().expect("random numbers").to_string();
        let answer = device.post(&asked.address("/kod"), &[("kod", &wrong)]);
        *statuses.entry(answer.status).or_insert(0) += 1;
    }
    assert_eq!(statuses, BTreeMap::from([(422, 20), (429, 5)]));
    let late = device.post(&asked.address("/kod"), &[("kod", &code)]);
    assert_eq!(late.status, 429);
    assert!(late.text().contains("Vänta tio minuter"));
    // Who has the code already goes on.
    assert_eq!(client.get(&asked.address("/klart")).status, 200);
}

#[tokio::test]
async fn a_browser_that_keeps_no_cookies_answers_the_whole_survey_on_one_page() {
    let world = World::new().await;
    let round = confidential(&world).await;
    let asked = ask(&world.store, round.id, "Hemlig Exempel", &[HOME]).await;
    let client = world.program.client();
    let page = client.get(&asked.address("/allt")).text();
    let code = (tags(&page).into_iter())
        .find(|tag| tag.attribute("name") == Some("kod"))
        .and_then(|tag| tag.attribute("value").map(ToOwned::to_owned))
        .expect("the form has the code");
    let name = field(&world, 0, "nulage");
    let empty = client.post(
        &asked.address("/allt"),
        &[("kod", &code), ("till", "skicka")],
    );
    assert_again(&empty);
    let form = [("kod", &*code), ("till", "spara"), (&name, "1")];
    let saved = client.post(&asked.address("/allt"), &form);
    assert_eq!(
        (saved.status, saved.header("location")),
        (303, Some(&*asked.address("")))
    );
    assert_eq!(counted(&world, &round).await, []);
    for level in ["2", "2", "3"] {
        let form = [("kod", &*code), ("till", "skicka"), (&name, level)];
        let sent = client.post(&asked.address("/allt"), &form);
        assert_eq!(
            (sent.status, sent.header("location")),
            (303, Some(&*asked.address("/klart")))
        );
    }
    assert_eq!(counted(&world, &round).await, [level(3)]);
    let mistyped = [("kod", &*code), ("till", "skicka"), (&name, "9")];
    assert_again(&client.post(&asked.address("/allt"), &mistyped));
    let with_cookie = client.with_cookie(format!("kod={code}"));
    assert_eq!(with_cookie.get(&asked.address("/klart")).status, 200);
}

#[tokio::test]
async fn two_tabs_share_a_code_and_a_form_from_before_the_code_was_typed_overwrites_nothing_unseen()
{
    let world = World::new().await;
    let round = confidential(&world).await;
    let asked = ask(&world.store, round.id, "Hemlig Exempel", &[HOME]).await;
    let first = submitted(&world, &asked, "2");
    let code = code_in(&first.get(&asked.address("/klart")).text());
    // A form of a browser that had another code of its own, posted after the right one was typed in another tab.
    let device = world.program.client().with_cookie(format!("kod={code}"));
    let stale = RecoveryCode::random().expect("random numbers").to_string();
    let name = field(&world, 0, "nulage");
    let answer = device.post(&asked.address("/1"), &[("kod", &*stale), (&name, "5")]);
    assert_again(&answer);
    assert!(answer.text().contains("i en annan flik"));
    assert_eq!(counted(&world, &round).await, [level(2)]);
    let right = device.post(&asked.address("/1"), &[("kod", &*code), (&name, "5")]);
    assert_eq!(right.status, 303);
    assert_eq!(counted(&world, &round).await, [level(5)]);
}

#[tokio::test]
async fn a_closed_confidential_round_asks_for_the_code_and_says_so_to_one_who_did_not_answer() {
    let world = World::new().await;
    let round = confidential(&world).await;
    let [answered, begun, late] = [
        ask(&world.store, round.id, "Hemlig Exempel", &[HOME]).await,
        ask(&world.store, round.id, "Halv Exempel", &[HOME]).await,
        ask(&world.store, round.id, "Sen Exempel", &[HOME]).await,
    ];
    let client = submitted(&world, &answered, "2");
    let page = world.program.client().get(&begun.address("/1"));
    let half = browser(&world, &page);
    let name = field(&world, 0, "nulage");
    assert_eq!(
        half.post(&begun.address("/1"), &said(&name, "3")).status,
        303
    );
    (world.store.close_round(round.id, now()).await).expect("it is open");

    let device = world.program.client();
    for part in ["", "/1", "/allt", "/granska", "/klart"] {
        let mut answer = device.get(&answered.address(part));
        if answer.header("location") == Some(&*answered.address("/klart")) {
            answer = device.get(&answered.address("/klart"));
        }
        assert_eq!(
            answer.header("location"),
            Some(&*answered.address("/kod")),
            "{part}"
        );
        for nothing in [&begun, &late] {
            let answer = device.get(&nothing.address(part));
            assert_error_page(&answer, 409);
            assert!(answer.text().contains("Du hade inte skickat in"), "{part}");
        }
    }
    let door = device.get(&answered.address("/kod"));
    assert_eq!(
        door.heading().as_deref(),
        Some("Enkäten är stängd, och du har svarat")
    );
    let code = code_in(&client.get(&answered.address("/klart")).text());
    let opened = device.post(&answered.address("/kod"), &[("kod", &code)]);
    assert_eq!(
        opened.header("location"),
        Some(&*answered.address("/klart"))
    );
    let done = browser(&world, &opened).get(&answered.address("/klart"));
    assert!(
        done.text()
            .contains("Omgången är stängd. Så här svarade du.")
    );
    for part in ["/1", "/allt"] {
        assert_error_page(
            &client.post(&answered.address(part), &said(&name, "5")),
            409,
        );
    }
    assert_eq!(counted(&world, &round).await, [level(2)]);
}

#[tokio::test]
async fn who_is_taken_out_of_a_confidential_round_is_told_so_and_what_they_submitted_counts() {
    let world = World::new().await;
    let round = confidential(&world).await;
    let asked = ask(&world.store, round.id, "Hemlig Exempel", &[HOME, AWAY]).await;
    let client = submitted(&world, &asked, "2");
    let path = format!(
        "/k/{}/omgangar/{}/deltagare/{}/ta-bort",
        world.ours.mapping, round.id, asked.id
    );
    assert_eq!(world.coordinator().post(&path, &[]).status, 303);
    for part in ["", "/1", "/allt", "/kod", "/klart"] {
        assert_error_page(&client.get(&asked.address(part)), 410);
    }
    let code = RecoveryCode::random().expect("random numbers").to_string();
    assert_error_page(&client.post(&asked.address("/kod"), &[("kod", &code)]), 410);
    assert_eq!(counted(&world, &round).await, [level(2), level(2)]);
    // An unknown link says the same whatever stands after it.
    for part in ["/allt", "/kod"] {
        let answer = client.get(&format!("/e/{}{part}", crate::world::random_token()));
        assert_error_page(&answer, 404);
    }
}
