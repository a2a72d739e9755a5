//! Free texts are read by somebody before others see them, and the round's third question gives proposals only.

use domain::{
    ids::RoundId,
    level::{Answer, Level},
    rights::Role,
    survey::{Rating, Round, Scope},
};

use crate::{
    page::{assert_error_page, tags},
    program::Place,
    series::{Asked, ask},
    walk::walk,
    world::{AWAY, HOME, Who, World, random_id},
};

/// What a person writes that nobody has read.
const SECRET: &str = "Hemligt ord Qvxz";
/// What is let through.
const FINE: &str = "Ofarligt ord Qvxy";

fn level(number: u8) -> Option<Answer> {
    Level::new(number).map(Answer::Level)
}

/// A round like the world's open one with these changes, and people of both municipalities who have submitted: each
/// gives the first capability these levels and this effect.
async fn answered(
    world: &World,
    change: impl FnOnce(Round) -> Round,
    answers: &[(&str, u8, u8)],
) -> (RoundId, Vec<Asked>) {
    let rounds = (world.store.rounds(world.ours.mapping).await).expect("readable");
    let open = (rounds.iter())
        .find(|round| round.id == world.ours.open)
        .expect("it is open");
    let round = change(Round {
        id: RoundId::new(random_id()),
        number: 80,
        ..open.clone()
    });
    world
        .store
        .open_round(&round)
        .await
        .expect("its number is free");
    let mut people = Vec::new();
    for (nth, (whom, current, effect)) in answers.iter().enumerate() {
        let asked = ask(
            &world.store,
            round.id,
            &format!("Person {nth} Exempel"),
            &[whom],
        )
        .await;
        let rating = Rating {
            current: level(*current),
            target: level(5),
            effect: level(*effect),
            ..Rating::default()
        };
        let ratings = [((world.ours.capabilities[0], Scope::All), rating)];
        (world.store.save_draft(asked.id, &ratings, 10).await).expect("they are asked");
        (world.store.submit(asked.id, 11).await).expect("they are asked");
        people.push(asked);
    }
    (round.id, people)
}

/// Writes both texts as the person who is asked in our open round, and submits; closes the round.
fn write(world: &World) {
    let client = world.program.client();
    let field = |capability: usize, part: &str| {
        let id = world.ours.capabilities[capability].uuid().simple();
        format!("{id}.alla.{part}")
    };
    let fields = [
        (field(0, "kommentar"), SECRET),
        (field(1, "oformaga"), SECRET),
        (field(2, "kommentar"), FINE),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (name.as_str(), *value));
    assert_eq!(
        client.post(&world.ours.asked.address("/1"), &fields).status,
        303
    );
    assert_eq!(
        client
            .post(&world.ours.asked.address("/skicka"), &[])
            .status,
        303
    );
}

/// Every page and file that a visitor of this kind can reach, by address.
fn reached(world: &World, who: Who) -> Vec<(String, String)> {
    let series = &world.ours;
    let round = format!("/k/{}/omgangar/{}", series.mapping, series.open);
    let from = [
        "/".to_owned(),
        format!("/k/{}", series.mapping),
        format!("/k/{}/resultat?omgang={}", series.mapping, series.open),
        format!("/k/{}/karta.csv", series.mapping),
        format!("{round}/kommentarer"),
        format!("{round}/fritext"),
        series.asked_for_both.address(""),
        series.answered.address("/klart"),
        series.answered.address("/infor-workshopen"),
    ];
    (walk(&world.as_who(who), &from).into_iter())
        .map(|(address, response)| {
            let path = address.split('?').next().unwrap_or_default().to_owned();
            (path, response.text())
        })
        .collect()
}

/// Where among them a text stands.
fn found(pages: &[(String, String)], text: &str) -> Vec<String> {
    let mut found: Vec<_> = (pages.iter())
        .filter(|(_, page)| page.contains(text))
        .map(|(path, _)| path.clone())
        .collect();
    found.sort();
    found.dedup();
    found
}

#[tokio::test]
async fn a_text_that_nobody_has_read_is_on_no_page_but_the_one_where_it_is_read() {
    let world = World::in_place(Place::sqlite()).await;
    write(&world);
    let coordinator = world.coordinator();
    let round = format!("/k/{}/omgangar/{}", world.ours.mapping, world.ours.open);
    let screening = format!("{round}/fritext");

    // Nothing is shown while answers come in, and nothing can be decided.
    assert!(!coordinator.get(&screening).text().contains(SECRET));
    let early = coordinator.post(&format!("{screening}/alla"), &[]);
    assert_error_page(&early, 409);
    assert_eq!(coordinator.post(&format!("{round}/stang"), &[]).status, 303);

    for who in Who::ALL {
        let screens = matches!(who, Who::Member(Role::Coordinator | Role::Facilitator));
        let pages = reached(&world, who);
        for text in [SECRET, FINE] {
            let expected: &[String] = if screens {
                std::slice::from_ref(&screening)
            } else {
                &[]
            };
            assert_eq!(found(&pages, text), expected, "{who:?} {text}");
        }
    }

    // One is let through, the others are hidden.
    for remark in world
        .store
        .remarks(world.ours.open)
        .await
        .expect("readable")
    {
        let fine = remark.comment.as_str() == FINE;
        let id = remark.id.to_string();
        let decision = if fine { "visas" } else { "döljs" };
        let fields = [("id", id.as_str()), ("granskning", decision)];
        for _ in 0..2 {
            let answer = coordinator.post(&screening, &fields);
            assert_eq!(answer.status, 303, "{}", answer.text());
        }
    }
    let reading = format!("{round}/kommentarer");
    let about = format!(
        "/k/{}/resultat/formaga/{}",
        world.ours.mapping, world.ours.capabilities[2]
    );
    for who in Who::ALL {
        let member = matches!(who, Who::Member(_));
        let screens = matches!(who, Who::Member(Role::Coordinator | Role::Facilitator));
        let pages = reached(&world, who);
        let mut expected: Vec<String> = Vec::new();
        if screens {
            expected.push(screening.clone());
        }
        if member {
            expected.push(reading.clone());
            expected.push(about.clone());
        }
        assert_eq!(found(&pages, FINE), expected, "{who:?}");
        let hidden: &[String] = if screens {
            std::slice::from_ref(&screening)
        } else {
            &[]
        };
        assert_eq!(found(&pages, SECRET), hidden, "{who:?}");
    }
    // No page says who wrote.
    for page in [screening, reading, about] {
        let html = coordinator.get(&page).text();
        let main = html.split("<main").nth(1).expect("a page has a main part");
        assert!(!main.contains("Åsa Exempel"), "{page}");
    }
}

#[tokio::test]
async fn a_decision_that_is_none_or_about_another_rounds_text_is_refused() {
    let world = World::in_place(Place::sqlite()).await;
    write(&world);
    (world.store.close_round(world.ours.open, 90).await).expect("it is open");
    let coordinator = world.coordinator();
    let remark = &(world.store.remarks(world.ours.open).await).expect("readable")[0];
    let id = remark.id.to_string();
    let at = |round| format!("/k/{}/omgangar/{round}/fritext", world.ours.mapping);
    for decision in ["", "väntar", "kanske"] {
        let fields = [("id", id.as_str()), ("granskning", decision)];
        assert_error_page(&coordinator.post(&at(world.ours.open), &fields), 400);
    }
    let fields = [("id", id.as_str()), ("granskning", "visas")];
    assert_error_page(&coordinator.post(&at(world.ours.closed), &fields), 404);
    let foreign = format!(
        "/k/{}/omgangar/{}/fritext",
        world.theirs.mapping, world.ours.open
    );
    let stranger = world.as_who(Who::Stranger);
    assert_error_page(&stranger.post(&foreign, &fields), 404);
    assert_eq!(
        world
            .store
            .shown_remarks(world.ours.open)
            .await
            .expect("readable"),
        []
    );
}

#[tokio::test]
async fn the_surveys_effects_are_proposals_that_enough_people_stand_behind() {
    let world = World::in_place(Place::sqlite()).await;
    let people = [(HOME, 2, 2), (HOME, 2, 4), (AWAY, 2, 4), (AWAY, 2, 5)];
    let asks = |round: Round| Round {
        ask_effect: true,
        ..round
    };
    let (round, _) = answered(&world, asks, &people).await;
    let coordinator = world.coordinator();
    let page = format!("/k/{}/omgangar/{round}/effekt", world.ours.mapping);
    let open = coordinator.get(&page).text();
    assert!(
        !open.contains("Enkätens median:"),
        "nothing is told while answers come in"
    );
    (world.store.close_round(round, 90).await).expect("it is open");
    let closed = coordinator.get(&page).text();
    assert!(
        closed.contains("Enkätens median: 4 – bidrar mycket (4 personer)"),
        "{closed}"
    );

    let op = random_id().to_string();
    for _ in 0..2 {
        let taken = coordinator.post(&format!("{page}/forslag"), &[("op", &op)]);
        assert_eq!(taken.status, 303);
    }
    let state = world.map(world.ours.mapping).await;
    let set: Vec<_> = (state.effects.iter())
        .filter(|(key, _)| key.round == round)
        .map(|(key, effect)| (key.capability, effect.0.get()))
        .collect();
    assert_eq!(set, [(world.ours.capabilities[0], 4)]);
    // What has been set is not proposed again.
    let op = random_id().to_string();
    let before = state.seq;
    assert_eq!(
        coordinator
            .post(&format!("{page}/forslag"), &[("op", &op)])
            .status,
        303
    );
    assert_eq!(world.map(world.ours.mapping).await.seq, before);
}

#[tokio::test]
async fn too_few_answers_about_effects_propose_nothing() {
    let world = World::in_place(Place::sqlite()).await;
    let asks = |round: Round| Round {
        ask_effect: true,
        ..round
    };
    let (round, _) = answered(&world, asks, &[(HOME, 2, 2), (AWAY, 2, 4)]).await;
    (world.store.close_round(round, 90).await).expect("it is open");
    let page = format!("/k/{}/omgangar/{round}/effekt", world.ours.mapping);
    let html = world.coordinator().get(&page).text();
    assert!(html.contains("0 av 3 förmågor"), "{html}");
    assert!(!html.contains("Enkätens median:"));
}

#[tokio::test]
async fn before_the_workshop_one_sees_ones_own_answer_and_nothing_about_fewer_than_n_min() {
    let world = World::in_place(Place::sqlite()).await;
    let people = [
        (HOME, 1, 1),
        (HOME, 1, 1),
        (HOME, 2, 1),
        (AWAY, 5, 1),
        (AWAY, 5, 1),
    ];
    let (round, asked) = answered(&world, |round| round, &people).await;
    let client = world.program.client();
    let page = asked[0].address("/infor-workshopen");
    assert_eq!(client.get(&page).status, 303, "the round is open");
    (world.store.close_round(round, 90).await).expect("it is open");
    let shown = client.get(&page);
    assert_eq!(shown.status, 200);
    let html = shown.text();
    assert!(html.contains("Du: 1 Tillfällig"), "{html}");
    assert!(html.contains("Alla, 5 svar"), "{html}");
    // Three answered for the municipality, but the two others could be worked out from it.
    assert!(
        html.contains(&format!("{HOME}: för få svar för att visa")),
        "{html}"
    );
    assert!(!html.contains(&format!("{HOME}: medianen")));
    // Nobody else's: the levels of the other municipality are told to nobody from it either.
    let other = client.get(&asked[3].address("/infor-workshopen")).text();
    assert!(other.contains("Du: 5 Utvecklande"));
    assert!(other.contains("3 steg över medianen"));
    assert!(other.contains(&format!("{AWAY}: för få svar för att visa")));

    // One who has not answered, and one whom nobody asked.
    assert_error_page(
        &client.get(&world.ours.late.address("/infor-workshopen")),
        409,
    );
    assert_error_page(
        &client.get("/e/abcdefghjkmnpqrstuvwxyz023456789/infor-workshopen"),
        404,
    );
}

#[tokio::test]
async fn too_few_answers_in_all_show_no_distribution_before_the_workshop() {
    let world = World::in_place(Place::sqlite()).await;
    let client = world.program.client();
    let html = client
        .get(&world.ours.answered.address("/infor-workshopen"))
        .text();
    assert!(
        html.contains("För få har svarat för att visa fördelningen."),
        "{html}"
    );
    assert!(
        tags(&html)
            .iter()
            .all(|tag| tag.attribute("class") != Some("five-bars"))
    );
}
