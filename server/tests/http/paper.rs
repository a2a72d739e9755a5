//! The survey on paper: sheets that are entered, and who has handed them in.

use domain::{
    ids::RoundId,
    level::{Answer, Level},
    rights::Role,
    survey::{Progress, Round, Scope, SurveyMode},
};

use crate::{
    page::{assert_again, assert_error_page},
    program::Place,
    series::ask,
    world::{HOME, Who, World, municipality, random_id},
};

fn field(world: &World, capability: usize, part: &str) -> String {
    let id = world.ours.capabilities[capability].uuid().simple();
    format!("{id}.alla.{part}")
}

async fn confidential(world: &World) -> RoundId {
    let rounds = (world.store.rounds(world.ours.mapping).await).expect("readable");
    let open = (rounds.iter())
        .find(|round| round.id == world.ours.open)
        .expect("it is open");
    let round = Round {
        id: RoundId::new(random_id()),
        number: 70,
        mode: SurveyMode::Confidential,
        ..open.clone()
    };
    world
        .store
        .open_round(&round)
        .await
        .expect("its number is free");
    round.id
}

#[tokio::test]
async fn a_sheet_in_a_named_round_becomes_the_persons_own_and_never_replaces_what_they_submitted() {
    let world = World::in_place(Place::sqlite()).await;
    let (coordinator, asked) = (world.coordinator(), &world.ours.asked);
    let page = format!(
        "/k/{}/omgangar/{}/papper/skriv-in",
        world.ours.mapping, world.ours.open
    );
    let (op, person) = (random_id().to_string(), asked.id.to_string());
    let (level, words) = (field(&world, 0, "nulage"), field(&world, 1, "kommentar"));
    let sheet = [
        ("id", op.as_str()),
        ("deltagare", &person),
        (&level, "2"),
        (&words, "Skrivet med penna"),
    ];
    // Something had been begun on the web.
    let begun = [(field(&world, 2, "nulage"), "5")];
    let begun = begun
        .each_ref()
        .map(|(name, value)| (name.as_str(), *value));
    let client = world.program.client();
    assert_eq!(client.post(&asked.address("/1"), &begun).status, 303);

    for _ in 0..2 {
        let entered = coordinator.post(&page, &sheet);
        assert_eq!(entered.status, 303, "{}", entered.text());
    }
    let (stored, progress) = world.sheet(asked).await;
    assert!(matches!(progress, Progress::Submitted { .. }));
    assert_eq!(stored.ratings.len(), 2, "what was begun gave way");
    let rating = &stored.ratings[&(world.ours.capabilities[0], Scope::All)];
    assert_eq!(rating.current, Level::new(2).map(Answer::Level));
    let remarks = (world.store.remarks(world.ours.open).await).expect("readable");
    assert_eq!(remarks.len(), 1, "it waits to be read like any other");

    let before = world.everything().await;
    let other = [("id", op.as_str()), ("deltagare", &person), (&level, "5")];
    let refused = coordinator.post(&page, &other);
    assert_again(&refused);
    assert!(refused.text().contains("har redan skickat in"));
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_sheet_with_nothing_on_it_or_nobodys_is_shown_again_with_what_was_typed() {
    let world = World::in_place(Place::sqlite()).await;
    let coordinator = world.coordinator();
    let page = format!(
        "/k/{}/omgangar/{}/papper/skriv-in",
        world.ours.mapping, world.ours.open
    );
    let op = random_id().to_string();
    let person = world.ours.asked.id.to_string();
    let (level, words) = (field(&world, 0, "nulage"), field(&world, 1, "kommentar"));
    let before = world.everything().await;
    let (nobody, long) = (random_id().to_string(), "å".repeat(1001));
    for sheet in [
        vec![("id", op.as_str()), ("deltagare", &person)],
        vec![("id", &op), ("deltagare", ""), (&level, "3")],
        vec![("id", &op), ("deltagare", &nobody), (&level, "3")],
        vec![
            ("id", &op),
            ("deltagare", &person),
            (&level, "6"),
            (&words, "Kvar"),
        ],
        vec![("id", &op), ("deltagare", &person), (&words, &long)],
    ] {
        let again = coordinator.post(&page, &sheet);
        assert_again(&again);
        for (_, typed) in sheet.iter().filter(|(name, _)| name.ends_with("kommentar")) {
            assert!(again.text().contains(typed), "what was typed stays");
        }
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_confidential_sheet_is_entered_for_municipalities_and_who_handed_in_is_noted_apart() {
    let world = World::in_place(Place::sqlite()).await;
    let coordinator = world.coordinator();
    let round = confidential(&world).await;
    let asked = ask(&world.store, round, "Siv Exempel", &[HOME]).await;
    let hub = format!("/k/{}/omgangar/{round}/papper", world.ours.mapping);
    let page = format!("{hub}/skriv-in");
    let form = coordinator.get(&page).text();
    assert!(
        !form.contains("Siv Exempel"),
        "no name stands where a sheet is entered"
    );
    assert!(
        !coordinator
            .get(&format!("{hub}/blankett"))
            .text()
            .contains("Siv Exempel")
    );

    let (op, home, level) = (
        random_id().to_string(),
        municipality(HOME).to_string(),
        field(&world, 0, "nulage"),
    );
    let sheet = [("id", op.as_str()), ("kommun", &home), (&level, "2")];
    for _ in 0..2 {
        assert_eq!(coordinator.post(&page, &sheet).status, 303);
    }
    let answers = (world.store.submitted_answers(round).await).expect("readable");
    assert_eq!(answers.len(), 1, "the same form is the same sheet");
    // For no municipality, and for one outside the mapping.
    for whom in ["", "1480"] {
        let wrong = [("id", op.as_str()), ("kommun", whom), (&level, "2")];
        assert_again(&coordinator.post(&page, &wrong));
    }

    let person = asked.id.to_string();
    assert_again(&coordinator.post(&format!("{hub}/inlamnat"), &[("deltagare", "")]));
    for _ in 0..2 {
        let noted = coordinator.post(&format!("{hub}/inlamnat"), &[("deltagare", &person)]);
        assert_eq!(noted.status, 303);
    }
    assert_eq!(world.store.turnout(round).await.expect("readable"), (1, 1));
    assert_eq!(
        world
            .store
            .repeated_responses(round)
            .await
            .expect("readable"),
        0
    );
    let page = coordinator.get(&hub).text();
    assert!(
        !page.contains(&format!("value=\"{person}\"")),
        "those who have answered are not asked for"
    );

    (world.store.close_round(round, 90).await).expect("it is open");
    assert_error_page(&coordinator.post(&format!("{hub}/skriv-in"), &sheet), 409);
    assert_error_page(
        &coordinator.post(&format!("{hub}/inlamnat"), &[("deltagare", &person)]),
        409,
    );
    assert_eq!(coordinator.get(&hub).status, 200);
}

#[tokio::test]
async fn only_those_who_manage_rounds_see_the_paper_page_of_their_own_mapping() {
    let world = World::in_place(Place::sqlite()).await;
    let theirs = format!(
        "/k/{}/omgangar/{}/papper",
        world.theirs.mapping, world.ours.open
    );
    assert_error_page(&world.as_who(Who::Stranger).get(&theirs), 404);
    let ours = format!(
        "/k/{}/omgangar/{}/papper/blankett",
        world.ours.mapping, world.ours.open
    );
    let director = world.as_who(Who::Member(Role::Director)).get(&ours);
    assert_error_page(&director, 403);
    let html = world.coordinator().get(&ours).text();
    for words in [
        "Tillfällig",
        "Informationsklassning",
        "Vet ej",
        "Namn",
        "Kommun",
    ] {
        assert!(html.contains(words), "{words}");
    }
}
