//! What programs read: the same figures as the pages, with a key, and no more than they may.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use store::NewToken;
use time::{Duration, OffsetDateTime};

use domain::{ids::TokenId, rights::Role};

use crate::{
    client::{Client, Response},
    page::assert_error_page,
    program::Place,
    series::{Series, answer, ask},
    world::{AWAY, HOME, Who, World, hash, now, random_id, random_token, text},
};

/// Asks with a key.
fn with_key(client: &Client, path: &str, key: &str) -> Response {
    let header = format!("Bearer {key}");
    client.send("GET", path, &[("Authorization", &header)], b"")
}

fn json(response: &Response) -> Value {
    assert_eq!(response.status, 200, "{}", response.text());
    assert_eq!(response.header("content-type"), Some("application/json"));
    serde_json::from_slice(&response.body).expect("it is JSON")
}

/// The addresses of a mapping that have no others under them.
fn addresses(series: &Series) -> Vec<String> {
    let mapping = format!("/api/v1/mappings/{}", series.mapping);
    let round = format!("{mapping}/rounds/{}", series.closed);
    vec![
        mapping.clone(),
        format!("{mapping}/versions"),
        format!("{mapping}/versions/1"),
        format!("{mapping}/rounds"),
        format!("{round}/results"),
        format!("{round}/spread"),
        format!("{round}/findings"),
    ]
}

#[tokio::test]
async fn a_key_opens_its_mapping_and_the_examples_for_reading_and_nothing_else() {
    let world = World::new().await;
    let client = world.program.client();
    let key = &world.ours.key_secret;
    for (series, status) in [
        (&world.ours, 200),
        (&world.example, 200),
        (&world.theirs, 403),
    ] {
        for address in addresses(series) {
            let response = with_key(&client, &address, key);
            assert_eq!(response.status, status, "{address}: {}", response.text());
            if status != 200 {
                assert_error_page(&response, status);
            }
        }
    }
    let listed = json(&with_key(&client, "/api/v1/mappings", key));
    let names: Vec<_> = (listed["mappings"].as_array().expect("a list").iter())
        .map(|mapping| mapping["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(names, ["Dalsland", "Exemplet"]);
    // A key is for programs: no page opens with it, and nothing is changed.
    let overview = format!("/k/{}", world.ours.mapping);
    assert_eq!(with_key(&client, &overview, key).status, 401);
    let header = format!("Bearer {key}");
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let headers = [
            ("Authorization", header.as_str()),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        let response = client.send(method, "/api/v1/mappings", &headers, b"");
        assert_error_page(&response, 405);
    }
}

#[tokio::test]
async fn without_a_right_key_only_examples_are_read() {
    let world = World::new().await;
    let client = world.program.client();
    for address in addresses(&world.ours) {
        assert_error_page(&client.get(&address), 401);
    }
    for address in addresses(&world.example) {
        assert_eq!(client.get(&address).status, 200, "{address}");
    }
    // A wrong key is told of, even where none is needed, and is never passed over for a session.
    let siv = world.coordinator();
    for (client, key) in [(&client, "fel"), (&siv, "fel"), (&client, "")] {
        let wrong = with_key(client, "/api/v1/mappings", key);
        assert_error_page(&wrong, 401);
    }
    let basic = [("Authorization", "Basic c2l2OnNpdg==")];
    let response = client.send("GET", "/api/v1/mappings", &basic, b"");
    assert_error_page(&response, 401);
    // A session's or a survey link's secret is no key.
    for secret in [&world.ours.asked.token, &world.login_token] {
        let response = with_key(&client, "/api/v1/mappings", secret);
        assert_error_page(&response, 401);
    }
}

#[tokio::test]
async fn a_key_that_is_over_or_taken_back_opens_nothing() {
    let world = World::new().await;
    let client = world.program.client();
    let secret = random_token();
    let over = NewToken {
        id: TokenId::new(random_id()),
        mapping: world.ours.mapping,
        name: text("Gammal"),
        last_day: OffsetDateTime::now_utc().date() - Duration::days(2),
    };
    (world.store.create_token(&over, hash(&secret), now()).await).expect("its id is new");
    let address = format!("/api/v1/mappings/{}", world.ours.mapping);
    assert_error_page(&with_key(&client, &address, &secret), 401);

    let key = &world.ours.key_secret;
    assert_eq!(with_key(&client, &address, key).status, 200);
    let siv = world.coordinator();
    let list = format!("/k/{}/api", world.ours.mapping);
    let revoke = format!("{list}/{}/dra-in", world.ours.key);
    for _ in 0..2 {
        assert_eq!(siv.post(&revoke, &[]).status, 303);
    }
    assert_error_page(&with_key(&client, &address, key), 401);
    let page = siv.get(&list).text();
    assert!(
        page.contains("Indragen") && page.contains("Har gått ut"),
        "{page}"
    );
}

#[tokio::test]
async fn a_samordnare_makes_a_key_that_is_shown_once_and_works() {
    let world = World::new().await;
    let siv = world.coordinator();
    let list = format!("/k/{}/api", world.ours.mapping);
    let day = (OffsetDateTime::now_utc().date() + Duration::days(30)).to_string();
    let op = random_id().to_string();
    let form = [
        ("op", op.as_str()),
        ("namn", "Kalkylarket"),
        ("sista-dag", &day),
    ];
    let shown = |response: &Response| -> String {
        assert_eq!(response.status, 200, "{}", response.text());
        let text = response.text();
        let value = text
            .split("id=\"nyckel\"")
            .nth(1)
            .expect("the key is shown");
        let value = value.split("value=\"").nth(1).expect("in a field");
        value.split('"').next().expect("quoted").to_owned()
    };
    let key = shown(&siv.post(&list, &form));
    // Sent again it is the same key, and there is one.
    assert_eq!(shown(&siv.post(&list, &form)), key);
    let stored = world
        .store
        .tokens(world.ours.mapping)
        .await
        .expect("readable");
    assert_eq!(stored.len(), 2);
    let page = siv.get(&list).text();
    assert!(page.contains("Kalkylarket") && !page.contains(&key));
    let address = format!("/api/v1/mappings/{}", world.ours.mapping);
    let client = world.program.client();
    assert_eq!(json(&with_key(&client, &address, &key))["name"], "Dalsland");
    let acts = world
        .store
        .audit(world.ours.mapping)
        .await
        .expect("readable");
    let made: Vec<_> = acts
        .iter()
        .filter(|act| act.act == "token.create")
        .collect();
    assert_eq!(made.len(), 1);
    assert!(!made[0].detail.contains(&key));
    // The file of the database does not hold it.
    for name in ["test.db", "test.db-wal"] {
        let path = world.place.folder.path().join("data").join(name);
        let bytes = fs::read(path).unwrap_or_default();
        let found = bytes.windows(key.len()).any(|part| part == key.as_bytes());
        assert!(!found, "{name} holds the key");
    }
}

#[tokio::test]
async fn a_key_lasts_a_year_at_most_and_has_a_name() {
    let world = World::new().await;
    let siv = world.coordinator();
    let list = format!("/k/{}/api", world.ours.mapping);
    let day = |days| (OffsetDateTime::now_utc().date() + Duration::days(days)).to_string();
    for (name, last) in [
        ("Portalen", day(370)),
        ("Portalen", day(-2)),
        ("Portalen", "i morgon".to_owned()),
        ("", day(30)),
    ] {
        let op = random_id().to_string();
        let form = [("op", op.as_str()), ("namn", name), ("sista-dag", &last)];
        let response = siv.post(&list, &form);
        crate::page::assert_again(&response);
        assert!(response.text().contains(&last), "{last} is gone");
    }
    let stored = world
        .store
        .tokens(world.ours.mapping)
        .await
        .expect("readable");
    assert_eq!(stored.len(), 1);
}

#[tokio::test]
async fn answers_are_told_apart_by_their_tag() {
    let world = World::new().await;
    let client = world.program.client();
    let address = format!("/api/v1/mappings/{}", world.example.mapping);
    let first = client.get(&address);
    assert_eq!(first.header("cache-control"), Some("private, no-cache"));
    assert_eq!(first.header("access-control-allow-origin"), None);
    let tag = first.header("etag").expect("it has one").to_owned();
    let again = client.send("GET", &address, &[("If-None-Match", &tag)], b"");
    assert_eq!((again.status, again.body.len()), (304, 0));
    let other = client.send("GET", &address, &[("If-None-Match", "\"x\"")], b"");
    assert_eq!((other.status, other.body == first.body), (200, true));
}

#[tokio::test]
async fn with_too_few_municipalities_a_key_reads_no_municipality_and_no_region() {
    let world = World::new().await;
    let key = &world.ours.key_secret;
    let mapping = format!("/api/v1/mappings/{}", world.ours.mapping);
    let round = format!("{mapping}/rounds/{}", world.ours.closed);
    let results = json(&with_key(
        &world.program.client(),
        &format!("{round}/results"),
        key,
    ));
    assert_eq!(results["conditions"]["standing"], "own_only");
    assert_eq!(results["municipalities"], serde_json::json!([]));
    assert_eq!(results["ranking"], serde_json::json!([]));
    for capability in results["capabilities"].as_array().expect("a list") {
        assert_eq!(capability["region"], Value::Null);
        assert_eq!(capability["cells"], serde_json::json!([]));
    }
    let spread = json(&with_key(
        &world.program.client(),
        &format!("{round}/spread"),
        key,
    ));
    assert_eq!(spread["capabilities"], serde_json::json!([]));
    // Whoever steers the mapping sees all, in a browser as on the page.
    let steering = world.as_who(Who::Member(Role::SteeringGroup));
    let seen = json(&steering.get(&format!("{round}/results")));
    assert_eq!(seen["municipalities"].as_array().map(Vec::len), Some(2));
    // One person has answered: that is too few for a level to be shown.
    let cells = &seen["capabilities"][0]["cells"];
    let symbols: Vec<_> = (seen["municipalities"].as_array().expect("a list").iter())
        .zip(cells.as_array().expect("a list"))
        .map(|(place, cell)| (place["name"].as_str(), cell["symbol"].as_str()))
        .collect();
    assert_eq!(symbols, [(Some(AWAY), Some("-")), (Some(HOME), Some(".."))]);
}

#[tokio::test]
async fn an_open_round_has_no_results() {
    let world = World::new().await;
    let key = &world.ours.key_secret;
    let asked = ask(&world.store, world.ours.open, "Ny Exempel", &[HOME]).await;
    answer(&world.store, &asked, world.ours.capabilities).await;
    let mapping = format!("/api/v1/mappings/{}", world.ours.mapping);
    let client = world.program.client();
    let rounds = json(&with_key(&client, &format!("{mapping}/rounds"), key));
    assert_eq!(rounds["rounds"].as_array().map(Vec::len), Some(1));
    for what in ["results", "spread", "findings"] {
        let address = format!("{mapping}/rounds/{}/{what}", world.ours.open);
        assert_error_page(&with_key(&client, &address, key), 404);
    }
}

/// Where the description is kept as it was when somebody last looked at it.
fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http/openapi.json")
}

#[tokio::test]
async fn the_description_is_the_one_that_was_looked_at_last() {
    let place = Place::sqlite();
    let program = place.start();
    let answer = json(&program.client().get("/api/v1/openapi.json"));
    assert_eq!(answer["openapi"], "3.1.0");
    let text = serde_json::to_string_pretty(&answer).expect("it was JSON") + "\n";
    if std::env::var("RENEW_OPENAPI").is_ok_and(|renew| renew == "1") {
        fs::write(kept(), &text).expect("the sources are ours");
    }
    let known = fs::read_to_string(kept()).unwrap_or_default();
    assert!(
        known == text,
        "the description has changed; if it should, renew it and look at the difference:\n  \
         RENEW_OPENAPI=1 cargo nextest run -p server the_description && git diff server/tests/http/openapi.json"
    );
}

#[tokio::test]
async fn every_address_of_the_description_answers_with_what_it_says() {
    let world = World::new().await;
    let client = world.program.client();
    let description = json(&client.get("/api/v1/openapi.json"));
    let paths = description["paths"].as_object().expect("an object");
    assert_eq!(paths.len(), 8);
    let mut names: Vec<_> = (paths.values())
        .map(|item| item["get"]["operationId"].to_string())
        .collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 8, "{names:?}");
    for (path, item) in paths {
        let address = path
            .replace("{mapping}", &world.example.mapping.to_string())
            .replace("{round}", &world.example.closed.to_string())
            .replace("{number}", "1");
        let answer = json(&client.get(&address));
        let schema = &item["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let name = schema["$ref"].as_str().expect("a reference");
        let name = name.rsplit('/').next().expect("it ends in a name");
        let properties = &description["components"]["schemas"][name]["properties"];
        let described: Vec<_> = properties.as_object().expect("an object").keys().collect();
        let mut sent: Vec<_> = answer.as_object().expect("an object").keys().collect();
        sent.sort();
        assert_eq!(sent, described, "{path}");
        for status in ["304", "401", "403", "404"] {
            assert!(
                item["get"]["responses"][status].is_object(),
                "{path} {status}"
            );
        }
    }
}

/// The Python of the tests; none where it is not installed and need not be.
fn python() -> Option<PathBuf> {
    let built = Path::new(env!("CARGO_BIN_EXE_server"));
    let target = built.parent().and_then(Path::parent);
    let python = (target.expect("it lies in the target folder")).join("python/bin/python");
    if python.exists() {
        return Some(python);
    }
    let required = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(
        !required,
        "{} is missing: `.ci/setup test` installs it",
        python.display()
    );
    eprintln!("not asked of others: {} is not installed", python.display());
    None
}

/// What a reader of `tests/readers` says of something; none where there is no Python for it.
pub(crate) fn read(script: &str, what: &[u8]) -> Option<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/readers")
        .join(script);
    let mut child = Command::new(python()?)
        .arg(&script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python can be run");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(what).expect("it reads");
    drop(input);
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success(), "{}", script.display());
    Some(String::from_utf8(done.stdout).expect("it says text"))
}

/// Checks that ask nothing of what is unwise, only that the description is kept to.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

#[tokio::test]
async fn whatever_is_asked_the_description_is_kept_to() {
    let Some(python) = python() else {
        return;
    };
    let place = Place::sqlite();
    let program = place.start_with(&["--demo"]);
    let store = place.store().await;
    let mappings = store.mappings().await.expect("readable");
    let example = mappings.iter().find(|mapping| mapping.example);
    let mapping = example.expect("there is an example").id;
    let rounds = store.rounds(mapping).await.expect("readable");
    let closed = rounds.iter().find(|round| round.closed_at.is_some());
    let round = closed.expect("the example has a closed round").id;
    // Once with what is there, for answers to be looked at, and once with anything at all.
    let known = format!("[parameters]\nmapping = \"{mapping}\"\nround = \"{round}\"\nnumber = 1\n");
    for (name, config) in [("known", known.as_str()), ("anything", "")] {
        let file = place.folder.path().join(format!("{name}.toml"));
        fs::write(&file, config).expect("the folder is ours");
        let done = Command::new(&python)
            .args(["-m", "schemathesis.cli", "--config-file"])
            .arg(&file)
            .arg("run")
            .arg(format!("{}/api/v1/openapi.json", program.url))
            .args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing"])
            .args(["--max-examples", "12", "--seed", "42", "--no-color"])
            .args(["--generation-database", "none"])
            .current_dir(place.folder.path())
            .output()
            .expect("Python can be run");
        let said = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "{name}: {said}");
        assert!(
            said.contains("8 selected / 8 total") || said.contains("8 tested"),
            "{said}"
        );
    }
}
