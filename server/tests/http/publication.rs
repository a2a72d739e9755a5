//! Open data: nothing until a municipality has said so, and then its agreed levels and nothing else.

use domain::{
    ids::OpId,
    level::Level,
    map::{Agreed, AgreedLevel, Author, Command},
    rights::Role,
};
use serde_json::Value;

use crate::{
    client::Response,
    page::{assert_again, assert_error_page},
    series::Series,
    world::{AWAY, HOME, Who, World, municipality, now, random_id, text},
};

/// Agrees levels for a municipality in the closed round.
async fn agree(world: &World, series: &Series, whose: &str, levels: &[(usize, u8, u8)]) {
    let level = |number| Level::new(number).expect("a level");
    let levels = (levels.iter())
        .map(|(place, current, target)| {
            let agreed = AgreedLevel {
                value: Agreed::Levels {
                    current: level(*current),
                    target: level(*target),
                },
                reason: text("Hemligt skäl"),
            };
            (series.capabilities[*place], Some(agreed))
        })
        .collect();
    let command = Command::Agree {
        round: series.closed,
        municipality: municipality(whose),
        levels,
    };
    let op = OpId::new(random_id());
    (world
        .store
        .execute(series.mapping, Author::System, op, command, now())
        .await)
        .expect("allowed");
}

fn open(world: &World, who: Who, whose: &str, how: &str, ground: &str) -> Response {
    let code = municipality(whose).to_string();
    let address = format!("/k/{}/oppna-data/kommun/{code}", world.ours.mapping);
    let (op, field) = (random_id().to_string(), format!("grund-{code}"));
    let form = [("op", op.as_str()), ("oppna", how), (&field, ground)];
    world.as_who(who).post(&address, &form)
}

fn file(world: &World, ending: &str) -> Response {
    let series = &world.ours;
    let address = format!("/datasets/{}/{}.{ending}", series.mapping, series.closed);
    world.program.client().get(&address)
}

fn json(world: &World) -> Value {
    let response = file(world, "json");
    assert_eq!(response.status, 200, "{}", response.text());
    serde_json::from_slice(&response.body).expect("it is JSON")
}

#[tokio::test]
async fn nothing_is_open_until_the_municipality_has_said_so_and_then_only_what_is_agreed() {
    let world = World::new().await;
    let client = world.program.client();
    agree(&world, &world.ours, HOME, &[(0, 1, 5), (1, 2, 4)]).await;
    agree(&world, &world.ours, AWAY, &[(1, 3, 3)]).await;
    for ending in ["csv", "json"] {
        assert_error_page(&file(&world, ending), 404);
    }
    assert!(
        client
            .get("/datasets")
            .text()
            .contains("Ingen kommun har öppnat")
    );

    let representative = Who::Member(Role::Representative);
    assert_again(&open(&world, representative, HOME, "ja", " "));
    assert_error_page(&file(&world, "csv"), 404);
    let done = open(&world, representative, HOME, "ja", "KS 2026-11-02 § 214");
    assert_eq!(done.status, 303, "{}", done.text());
    let data = json(&world);
    // The first is about classifying information, which is not open by itself; the third has not been agreed.
    let capabilities = data["capabilities"].as_array().expect("a list");
    assert_eq!(capabilities.len(), 1);
    assert_eq!(capabilities[0]["name"], "Datadelning");
    assert_eq!(capabilities[0]["mean_current"], 2.0);
    assert_eq!(capabilities[0]["municipalities_with_levels"], 1);
    assert_eq!(data["coverage"]["of"], 2);
    let opened = &data["coverage"]["municipalities"];
    assert_eq!(opened.as_array().map(Vec::len), Some(1));
    assert_eq!(opened[0]["ground"], "KS 2026-11-02 § 214");
    assert!(!file(&world, "json").text().contains("Hemligt"));

    assert_eq!(
        open(&world, Who::Member(Role::Coordinator), AWAY, "ja", "Mejl").status,
        303
    );
    let means = json(&world)["capabilities"][0].clone();
    assert_eq!(
        (&means["mean_current"], &means["mean_gap"]),
        (&2.5.into(), &1.0.into())
    );
    let csv = file(&world, "csv");
    assert_eq!(
        csv.header("content-type"),
        Some("text/csv; charset=utf-8; header=present")
    );
    let id = world.ours.capabilities[1];
    let expected = format!(
        "rad,kommunkod,kommun,formaga_id,formaga,omrade,nulage,borlage,skillnad,symbol,antal_kommuner\r\n\
         kommun,1460,Bengtsfors,{id},Datadelning,Data,3,3,0,,\r\n\
         kommun,1492,Åmål,{id},Datadelning,Data,2,4,2,,\r\n\
         medel,,,{id},Datadelning,Data,2.5,3.5,1.0,,2\r\n"
    );
    assert_eq!(csv.text(), expected);
    assert_eq!(csv.header("access-control-allow-origin"), Some("*"));
    let page = client.get("/datasets").text();
    assert!(
        page.contains("Dalsland") && !page.contains("Exemplet"),
        "{page}"
    );

    for _ in 0..2 {
        let closed = open(&world, representative, HOME, "nej", "");
        assert_eq!(closed.status, 303);
    }
    assert_eq!(json(&world)["capabilities"][0]["mean_current"], 3.0);
    assert_eq!(
        open(&world, Who::Member(Role::Coordinator), AWAY, "nej", "").status,
        303
    );
    assert_error_page(&file(&world, "json"), 404);
}

#[tokio::test]
async fn a_samordnare_says_which_capabilities_are_open_and_nobody_else() {
    let world = World::new().await;
    agree(&world, &world.ours, HOME, &[(0, 1, 5), (1, 2, 4)]).await;
    let coordinator = Who::Member(Role::Coordinator);
    assert_eq!(open(&world, coordinator, HOME, "ja", "KS").status, 303);
    let address = format!("/k/{}/oppna-data/formagor", world.ours.mapping);
    let [first, second, third] = world.ours.capabilities.map(|id| id.to_string());
    let op = random_id().to_string();
    let form = [
        ("op", op.as_str()),
        ("visad", &first),
        ("visad", &second),
        ("visad", &third),
        ("formaga", &first),
        ("formaga", &third),
    ];
    let representative = world.as_who(Who::Member(Role::Representative));
    assert_error_page(&representative.post(&address, &form), 403);
    assert_eq!(world.coordinator().post(&address, &form).status, 303);
    let data = json(&world);
    let names: Vec<_> = (data["capabilities"].as_array().expect("a list").iter())
        .map(|capability| capability["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(names, ["Informationsklassning"]);
    let stored = world.store.publication(world.ours.mapping).await;
    let decided = stored.expect("readable").capabilities;
    // About the third nobody has decided anything: it was open, and is.
    assert_eq!(decided.len(), 2);
}

#[tokio::test]
async fn only_members_of_the_mapping_are_opened_there() {
    let world = World::new().await;
    let base = format!("/k/{}/oppna-data/kommun", world.ours.mapping);
    let op = random_id().to_string();
    for whose in [
        municipality("Göteborg").to_string(),
        random_id().to_string(),
        "inte-ett-id".to_owned(),
    ] {
        let field = format!("grund-{whose}");
        let form = [("op", op.as_str()), ("oppna", "ja"), (&field, "KS")];
        let response = world.coordinator().post(&format!("{base}/{whose}"), &form);
        assert_error_page(&response, 404);
    }
    let stored = world.store.publication(world.ours.mapping).await;
    assert_eq!(stored.expect("readable").municipalities, []);
}

#[tokio::test]
async fn an_example_is_never_open_data() {
    let world = World::new().await;
    agree(&world, &world.example, HOME, &[(1, 2, 4)]).await;
    let opened = domain::publication::Opened {
        municipality: municipality(HOME),
        ground: text("KS"),
        since: time::OffsetDateTime::now_utc().date(),
    };
    (world
        .store
        .open_municipality(world.example.mapping, &opened)
        .await)
        .expect("it is there");
    let client = world.program.client();
    let (mapping, round) = (world.example.mapping, world.example.closed);
    assert_error_page(
        &client.get(&format!("/datasets/{mapping}/{round}.csv")),
        404,
    );
    let catalogue = client.get("/datasets/dcat").text();
    assert!(!catalogue.contains("Exemplet") && !catalogue.contains("dcat:dataset "));
    let page = client.get(&format!("/k/{mapping}/oppna-data"));
    assert!(
        page.text().contains("Påhittade uppgifter"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn the_catalogue_names_what_is_open_and_who_is_responsible() {
    let world = World::new().await;
    agree(&world, &world.ours, HOME, &[(1, 2, 4)]).await;
    let coordinator = Who::Member(Role::Coordinator);
    assert_eq!(open(&world, coordinator, HOME, "ja", "KS").status, 303);
    let response = world.program.client().get("/datasets/dcat");
    assert_eq!(
        response.header("content-type"),
        Some("application/rdf+xml; charset=utf-8")
    );
    let found = crate::api::read("catalogue.py", &response.body);
    let Some(found) = found else {
        return;
    };
    let found: Value = serde_json::from_str(&found).expect("it says JSON");
    assert_eq!(found["problems"], serde_json::json!([]));
    assert_eq!(found["datasets"], 1);
    assert_eq!(found["distributions"], 2);
    assert_eq!(found["publisher"], "Förmågekartan");
    let address = format!("{}/datasets/{}/", world.program.url, world.ours.mapping);
    for download in found["downloads"].as_array().expect("a list") {
        let download = download.as_str().expect("an address");
        assert!(download.starts_with(&address), "{download}");
        let path = download.trim_start_matches(world.program.url.as_str());
        assert_eq!(world.program.client().get(path).status, 200, "{download}");
    }
}
