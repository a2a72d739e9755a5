//! How the municipalities take part: the matrix, one cell of it, and the file.

use domain::{
    map::{Author, Command},
    mapping::Participation,
    participation::{Entry, Step},
    rights::Role,
    workshop::{Attendee, WorkCommand},
};

use crate::{
    client::{Client, Response},
    page::{assert_again, assert_error_page, tags},
    series::answer,
    world::{AWAY, HOME, Who, World, hash, municipality, now, random_id, random_token, text},
};

fn matrix(world: &World) -> String {
    format!("/k/{}/deltagande", world.ours.mapping)
}

fn cell(world: &World, whose: &str, step: &str) -> String {
    format!("{}/{}/{step}", matrix(world), municipality(whose))
}

/// What the form on this page carries along of what it showed.
fn seen(client: &Client, path: &str) -> String {
    let page = client.get(path);
    assert_eq!(page.status, 200, "{path}");
    (tags(&page.text()).iter())
        .find(|tag| tag.attribute("name") == Some("sett"))
        .and_then(|tag| tag.attribute("value"))
        .expect("the form carries what it showed")
        .replace("&quot;", "\"")
}

/// Fills the form of a cell in, as it was shown.
fn note(client: &Client, path: &str, grade: &str, note: &str) -> Response {
    let seen = seen(client, path);
    post(client, path, &seen, grade, note)
}

fn post(client: &Client, path: &str, seen: &str, grade: &str, note: &str) -> Response {
    client.post(
        path,
        &[
            ("sett", seen),
            ("deltar", grade),
            ("sedan", "2026-11-02"),
            ("kalla", "Protokoll, Exempel"),
            ("not", note),
        ],
    )
}

async fn entry(world: &World, whose: &str, step: Option<Step>) -> Option<Entry> {
    (world.store.participation(world.ours.mapping).await)
        .expect("readable")
        .into_iter()
        .find(|entry| (entry.municipality, entry.step) == (municipality(whose), step))
}

async fn acts(world: &World) -> Vec<String> {
    (world.store.audit(world.ours.mapping).await)
        .expect("readable")
        .into_iter()
        .filter(|act| act.act == "participation.set")
        .map(|act| {
            assert!(act.account.is_some(), "{act:?}");
            act.detail
        })
        .collect()
}

#[tokio::test]
async fn a_cell_is_noted_with_day_and_source_and_every_change_is_in_the_log() {
    let world = World::new().await;
    let leader = world.as_who(Who::Member(Role::Facilitator));
    let path = cell(&world, HOME, "ws1");
    let done = note(&leader, &path, "deltar på annat sätt", "Läser och svarar");
    assert_eq!(done.status, 303, "{}", done.text());
    let stands = (entry(&world, HOME, Some(Step::Ws1)).await).expect("it was noted");
    assert_eq!(stands.grade, Participation::Otherwise);
    assert_eq!(stands.source.as_str(), "Protokoll, Exempel");
    assert_eq!(
        stands.since.map(|day| day.to_string()).as_deref(),
        Some("2026-11-02")
    );
    // The whole is the row of the settings.
    let done = note(&leader, &cell(&world, HOME, "serien"), "deltar delvis", "");
    assert_eq!(done.status, 303, "{}", done.text());
    let settings = world
        .coordinator()
        .get(&format!("/k/{}/installningar", world.ours.mapping));
    let chosen = (tags(&settings.text()).into_iter())
        .filter(|tag| tag.name == "option" && tag.attribute("selected").is_some())
        .any(|tag| tag.attribute("value") == Some("deltar delvis"));
    assert!(chosen, "{}", settings.text());
    // Noted again with nothing chosen, the step is not stated any more.
    let done = note(&leader, &path, "", "");
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(entry(&world, HOME, Some(Step::Ws1)).await, None);
    let mut acts = acts(&world).await;
    acts.sort();
    assert_eq!(
        acts,
        [
            "1492 serien: deltar fullt → deltar delvis",
            "1492 ws1: – → deltar på annat sätt",
            "1492 ws1: … → –",
        ]
    );
    let shown = leader.get(&matrix(&world)).text();
    assert!(
        shown.contains("2 av 2 deltar fullt eller delvis."),
        "{shown}"
    );
}

#[tokio::test]
async fn sent_twice_it_is_noted_once_and_somebody_elses_change_is_not_overwritten() {
    let world = World::new().await;
    let [one, other] =
        [Role::Coordinator, Role::Facilitator].map(|role| world.as_who(Who::Member(role)));
    let path = cell(&world, AWAY, "enkat");
    let shown = seen(&one, &path);
    for _ in 0..3 {
        assert_eq!(post(&one, &path, &shown, "deltar fullt", "").status, 303);
    }
    assert_eq!(acts(&world).await.len(), 1);
    let late = post(&other, &path, &shown, "tackat nej", "");
    assert_again(&late);
    assert!(
        late.text().contains("Någon annan har ändrat"),
        "{}",
        late.text()
    );
    let stands = (entry(&world, AWAY, Some(Step::Survey)).await).expect("it was noted");
    assert_eq!(stands.grade, Participation::Full);
    // What came back holds what stands now, so that saving again is a choice of theirs.
    let again = (tags(&late.text()).iter())
        .find(|tag| tag.attribute("name") == Some("sett"))
        .and_then(|tag| tag.attribute("value"))
        .expect("the form carries it")
        .replace("&quot;", "\"");
    assert_eq!(post(&other, &path, &again, "tackat nej", "").status, 303);
    // A form of the first one's that comes late changes nothing either.
    assert_again(&post(&one, &path, &shown, "deltar fullt", ""));
    assert_eq!(acts(&world).await.len(), 2);
}

#[tokio::test]
async fn what_cannot_be_is_told_and_nothing_is_noted() {
    let world = World::new().await;
    let leader = world.coordinator();
    let before = world.everything().await;
    let path = cell(&world, HOME, "ws1");
    let long = "x".repeat(201);
    for (grade, words) in [
        ("deltar på annat sätt", ""),
        ("deltar", ""),
        ("deltar fullt", &long),
    ] {
        let again = note(&leader, &path, grade, words);
        assert_again(&again);
        assert!(
            again.text().contains("Protokoll, Exempel"),
            "what was typed is kept"
        );
    }
    // The whole always has a grade.
    assert_again(&note(&leader, &cell(&world, HOME, "serien"), "", ""));
    let wrong_day = leader.post(
        &path,
        &[
            ("sett", "null"),
            ("deltar", "deltar fullt"),
            ("sedan", "i våras"),
        ],
    );
    assert_again(&wrong_day);
    for sett in ["", "{", "{\"municipality\":1}"] {
        let broken = leader.post(&path, &[("sett", sett), ("deltar", "deltar fullt")]);
        assert_error_page(&broken, 400);
    }
    for nowhere in [
        cell(&world, HOME, "ws6"),
        format!("{}/9999/ws1", matrix(&world)),
        format!("{}/{}/ws1", matrix(&world), municipality("Skövde")),
        format!("{}/{}", matrix(&world), municipality("Skövde")),
    ] {
        assert_error_page(&leader.get(&nowhere), 404);
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn facts_stand_beside_statements() {
    let world = World::new().await;
    let (workshop, mapping) = (world.ours.workshop, world.ours.mapping);
    let open = Command::Work(workshop, WorkCommand::Open { at: now() });
    let op = domain::ids::OpId::new(random_id());
    (world
        .store
        .execute(mapping, Author::System, op, open, now())
        .await)
        .expect("it is planned");
    let attendee = |name: &str, approved, whose: &[&str]| Attendee {
        id: domain::ids::AttendeeId::new(random_id()),
        name: text(name),
        occupation: domain::survey::Occupation::Other,
        municipalities: whose.iter().map(|name| municipality(name)).collect(),
        account: None,
        participant: None,
        approved,
        speaks: false,
        joined_at: now(),
        removed: false,
    };
    for (attendee, token) in [
        (attendee("Bo Exempel", true, &[HOME]), random_token()),
        (attendee("Eva Exempel", true, &[HOME]), random_token()),
        (attendee("Okänd Exempel", false, &[HOME]), random_token()),
    ] {
        (world
            .store
            .add_attendee(workshop, &attendee, hash(&token))
            .await)
            .expect("it is new");
    }
    let reader = world.as_who(Who::Member(Role::SteeringGroup));
    let page = reader.get(&matrix(&world)).text();
    for fact in [
        ">2 anslöt<",
        ">ingen anslöt<",
        // In the first round, for nobody has submitted in the second.
        "(Omgång 1)",
        ">1 av 2 svarat<",
        ">1 inbjuden<",
    ] {
        assert!(page.contains(fact), "{fact} is missing: {page}");
    }
    assert!(!page.contains("Ändra"), "a reader cannot change anything");
    let own = reader
        .get(&format!("{}/{}", matrix(&world), municipality(HOME)))
        .text();
    assert!(own.contains("Anslöt: Bo Exempel, Eva Exempel."), "{own}");
    assert!(
        !own.contains("Okänd Exempel"),
        "who was not let in did not join"
    );

    let file = reader.get(&format!("{}.csv", matrix(&world)));
    assert_eq!(
        file.header("content-disposition"),
        Some("attachment; filename=\"deltagande.csv\"")
    );
    let text = file.text();
    assert!(
        text.starts_with("\u{feff}Kommun;Kommunkod;Del;Deltar;"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1 + 2 * 8, "{text}");
    assert!(text.contains("Åmål;1492;WS1;;;;;2;;;\n"), "{text}");
    assert!(text.contains("Åmål;1492;Enkät;;;;;;1;2;\n"), "{text}");
    assert!(text.contains(";Svarat på enkäten (Omgång 1);Tillfrågade i enkäten (Omgång 1);"));
    assert!(
        text.contains("Bengtsfors;1460;Serien som helhet;Fullt;"),
        "{text}"
    );

    answer(&world.store, &world.ours.asked, world.ours.capabilities).await;
    let page = reader.get(&matrix(&world)).text();
    for fact in ["(Omgång 2)", ">1 av 2 svarat<", ">0 av 1 svarat<"] {
        assert!(page.contains(fact), "{fact} is missing: {page}");
    }
    assert!(!page.contains("(Omgång 1)"));
}

#[tokio::test]
async fn a_text_that_looks_like_a_formula_is_harmless_in_the_file() {
    let world = World::new().await;
    let leader = world.coordinator();
    let done = note(
        &leader,
        &cell(&world, HOME, "ws3"),
        "deltar delvis",
        "=1+1;\"x\"",
    );
    assert_eq!(done.status, 303, "{}", done.text());
    let text = leader.get(&format!("{}.csv", matrix(&world))).text();
    assert!(text.contains(";\"'=1+1;\"\"x\"\"\";"), "{text}");
}
