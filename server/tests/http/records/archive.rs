//! A mapping out as a file and in somewhere else.

use std::{
    env,
    io::{Cursor, Read, Write},
    path::Path,
    process::Command,
};

use domain::{
    ids::{MappingId, OpId},
    level::Level,
    map::{self, Agreed, AgreedLevel, Author},
    rights::Role,
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    client::{Client, Response},
    page::assert_error_page,
    program::{Place, Program},
    sign_in::signed_in,
    world::{HOME, Who, World, account, login_token, municipality, now, random_id, text},
};

/// Another server, and a samordnare who may start mappings there.
async fn elsewhere(place: Place) -> (Place, Program, Client) {
    let store = place.store().await;
    let siv = account(&store, "Siv Annorstädes", true).await;
    let token = login_token(&store, siv, now() + 60_000).await;
    let program = place.start();
    let client = signed_in(&program.client(), &format!("/logga-in/{token}"));
    (place, program, client)
}

/// Posts a file as a form does.
fn send(client: &Client, file: &[u8]) -> Response {
    let mut body =
        b"--GRANS\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"a.zip\"\r\n\r\n"
            .to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--GRANS--\r\n");
    let headers = [
        ("Content-Type", "multipart/form-data; boundary=GRANS"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    client.send("POST", "/importera", &headers, &body)
}

fn take_out(client: &Client, mapping: MappingId) -> Vec<u8> {
    let answer = client.get(&format!("/k/{mapping}/uttag.zip"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/zip"));
    let name = answer.header("content-disposition").unwrap_or_default();
    assert!(name.starts_with("attachment; filename=\""), "{name}");
    answer.body
}

fn part(archive: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(archive)).expect("it is a ZIP file");
    let mut text = String::new();
    (archive.by_name(name).expect("it has such a part"))
        .read_to_string(&mut text)
        .expect("it is text");
    text
}

/// The sum of an archive's content, as it says itself.
fn sum(archive: &[u8]) -> String {
    let manifest: serde_json::Value =
        serde_json::from_str(&part(archive, "manifest.json")).expect("it is JSON");
    manifest["sha256"].as_str().expect("it has one").to_owned()
}

/// The same archive with some parts otherwise: none leaves a part out.
fn with(archive: &[u8], change: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(archive)).expect("it is a ZIP file");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).expect("it is there");
        let name = part.name().expect("it has one").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("it is text");
        if let Some(text) = change(&name, text) {
            new.start_file(&name, SimpleFileOptions::default())
                .expect("memory takes all");
            new.write_all(text.as_bytes()).expect("memory takes all");
        }
    }
    new.finish().expect("memory takes all").into_inner()
}

/// A part with its sums put right, as someone who wants to deceive would.
fn forged(archive: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    use std::fmt::Write as _;

    use sha2::{Digest, Sha256};

    let hex = |bytes: &[u8]| -> String {
        Sha256::digest(bytes)
            .iter()
            .fold(String::new(), |mut text, byte| {
                write!(text, "{byte:02x}").expect("a string takes all");
                text
            })
    };
    let text = part(archive, name);
    assert!(text.contains(from), "{name} has no {from}");
    let changed = text.replacen(from, to, 1);
    let mut manifest: serde_json::Value =
        serde_json::from_str(&part(archive, "manifest.json")).expect("it is JSON");
    let mut lines = Vec::new();
    for file in manifest["files"].as_array_mut().expect("it lists files") {
        if file["name"] == name {
            file["sha256"] = hex(changed.as_bytes()).into();
        }
        let (name, sum) = (file["name"].as_str(), file["sha256"].as_str());
        let (name, sum) = (name.expect("text"), sum.expect("text"));
        if name.starts_with("data/") {
            lines.push((name.to_owned(), format!("{sum}  {name}\n")));
        }
    }
    lines.sort();
    let all: String = lines.into_iter().map(|(_, line)| line).collect();
    manifest["sha256"] = hex(all.as_bytes()).into();
    with(archive, |known, text| {
        Some(match known {
            "manifest.json" => manifest.to_string(),
            known if known == name => changed.clone(),
            _ => text,
        })
    })
}

/// What a page says in its main part.
fn main_part(page: &Response) -> String {
    let text = page.text();
    let from = text.find("<main").expect("a page has a main part");
    let to = text.find("</main>").expect("it ends");
    text[from..to].to_owned()
}

/// Reads an archive with Python's readers of ZIP, JSON, CSV and JSON Schema; gives what they find wrong.
fn checked_by_others(archive: &[u8]) -> Option<String> {
    let built = Path::new(env!("CARGO_BIN_EXE_server"));
    let target = built.parent().and_then(Path::parent);
    let python = (target.expect("it lies in the target folder")).join("python/bin/python");
    if !python.exists() {
        let required = env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(
            !required,
            "{} is missing: `.ci/setup test` installs it",
            python.display()
        );
        eprintln!("not read by others: {} is not installed", python.display());
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("a.zip");
    std::fs::write(&file, archive).expect("there is room");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/archive/check.py");
    let output = Command::new(python)
        .arg(script)
        .arg(&file)
        .output()
        .expect("it can be run");
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[tokio::test]
async fn the_readable_page_says_what_came_of_it_and_no_more_than_the_results() {
    let world = World::new().await;
    let (mapping, desk) = (world.ours.mapping, world.coordinator());
    let page = || part(&take_out(&desk, mapping), "index.html");
    // One person has answered for a municipality: their answers would be seen.
    let before = page();
    assert!(before.contains("<td>..</td>"), "{before}");
    let arrows = before.matches(" → ").count();
    assert_eq!(arrows, 1, "only the note that says what they mean");
    let levels = AgreedLevel {
        value: Agreed::Levels {
            current: Level::new(2).expect("a level"),
            target: Level::new(5).expect("a level"),
        },
        reason: text(""),
    };
    let agree = map::Command::Agree {
        round: world.ours.closed,
        municipality: municipality(HOME),
        levels: vec![(world.ours.capabilities[0], Some(levels))],
    };
    let op = OpId::new(random_id());
    (world.store)
        .execute(mapping, Author::System, op, agree, now())
        .await
        .expect("the round is closed");
    let page = page();
    assert!(page.contains("<td>2 → 5</td>"), "{page}");
    for words in [
        "<h2>Deltagande steg för steg</h2>",
        "Vill ni vara med?",
        "0 ja · 0 nej · 2 ej svarat av 2",
        "<h2>Workshopar</h2>",
        "Planerad, inte hållen.",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("Eva Exempel") && !page.contains("<script"));
    let mut last = 0;
    for heading in page.split("<h").skip(1) {
        if let Some(level) = heading.chars().next().and_then(|c| c.to_digit(10)) {
            assert!(level <= last + 1, "h{level} after h{last}");
            last = level;
        }
    }
    assert!(last > 0);
}

#[tokio::test]
async fn a_mapping_goes_from_server_to_server_and_back_and_its_content_has_the_same_sum() {
    let world = World::new().await;
    let (mapping, desk) = (world.ours.mapping, world.coordinator());
    let first = take_out(&desk, mapping);
    if let Some(wrong) = checked_by_others(&first) {
        assert_eq!(wrong, "");
    }
    let readable = part(&first, "index.html");
    assert!(readable.contains("Dalsland") && readable.contains("Informationsklassning"));
    assert!(!readable.contains("<script") && !readable.contains("Nils Exempel"));
    // SQLite, PostgreSQL where there is one, and SQLite again.
    let mut archive = first.clone();
    let mut places = Place::of_each_kind().await;
    places.push(Place::sqlite());
    for place in places {
        let (place, program, client) = elsewhere(place).await;
        let answer = send(&client, &archive);
        assert_eq!(answer.status, 303, "{}", answer.text());
        let to = answer
            .header("location")
            .expect("it leads there")
            .to_owned();
        assert_eq!(to, format!("/k/{mapping}?klart=inlast"));
        assert!(client.get(&to).text().contains("Kartläggningen är inläst"));
        archive = take_out(&client, mapping);
        assert_eq!(sum(&archive), sum(&first), "{}", place.url);
        for table in [
            "data/event.json",
            "data/answer.json",
            "data/participant.json",
        ] {
            assert_eq!(part(&archive, table), part(&first, table), "{}", place.url);
        }
        for path in ["/karta", "/resultat", "/historik", "/versioner/1"] {
            let address = format!("/k/{mapping}{path}");
            assert_eq!(client.get(&address).status, 200, "{address}");
            let there = place
                .store()
                .await
                .map_state(mapping)
                .await
                .expect("readable");
            assert_eq!(*there, *world.map(mapping).await);
        }
        let results = format!("/k/{mapping}/resultat");
        let (here, there) = (desk.get(&results), client.get(&results));
        assert_eq!(main_part(&here), main_part(&there), "{}", place.url);
        // The links that were handed out are another installation's.
        let old = program.client().get(&world.ours.asked.address(""));
        assert_error_page(&old, 404);
        // Once more is no harm.
        let again = send(&client, &archive);
        assert_eq!(again.status, 422);
        assert!(again.text().contains("Kartläggningen finns redan här"));
        assert_eq!(sum(&take_out(&client, mapping)), sum(&first));
    }
    if let Some(wrong) = checked_by_others(&archive) {
        assert_eq!(wrong, "");
    }
}

#[tokio::test]
async fn a_bad_archive_is_told_by_its_fault_and_nothing_of_it_is_kept() {
    let world = World::new().await;
    let good = take_out(&world.coordinator(), world.ours.mapping);
    let (place, _program, client) = elsewhere(Place::sqlite()).await;
    let store = place.store().await;
    let theirs = world.theirs.open.to_string();
    let ours = world.ours.open.to_string();
    let manifest = part(&good, "manifest.json");
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "Välj en fil."),
        ("no ZIP", b"namn;typ\n".to_vec(), "Filen är ingen ZIP-fil"),
        (
            "half",
            good[..good.len() / 2].to_vec(),
            "Filen är ingen ZIP-fil",
        ),
        (
            "another ZIP",
            with(&good, |name, text| {
                (name != "manifest.json").then_some(text)
            }),
            "Filen är inget uttag",
        ),
        (
            "newer",
            with(&good, |name, text| {
                Some(match name {
                    "manifest.json" => manifest.replace("\"version\": 1", "\"version\": 7"),
                    _ => text,
                })
            }),
            "nyare version av Förmågekartan (format 7)",
        ),
        (
            "a part is missing",
            with(&good, |name, text| {
                (name != "data/answer.json").then_some(text)
            }),
            "data/answer.json saknas",
        ),
        (
            "changed",
            with(&good, |name, text| {
                Some(match name {
                    "data/answer.json" => {
                        text.replacen("\"current_answer\":2", "\"current_answer\":5", 1)
                    }
                    _ => text,
                })
            }),
            "data/answer.json har ändrats",
        ),
        (
            "no such level",
            forged(
                &good,
                "data/answer.json",
                "\"current_answer\":2",
                "\"current_answer\":9",
            ),
            "data/answer.json, rad 1: värdet i current_answer",
        ),
        (
            "a round of somebody else's",
            forged(&good, "data/participant.json", &ours, &theirs),
            "data/participant.json, rad",
        ),
        (
            "a log with a hole",
            forged(&good, "data/event.json", "\"seq\":2}", "\"seq\":2000}"),
            "data/event.json, rad 2: värdet i seq",
        ),
        (
            "no event",
            forged(&good, "data/event.json", "\"Goal\"", "\"Gaol\""),
            "värdet i body",
        ),
        (
            "no JSON",
            forged(&good, "data/round.json", "[", "{"),
            "data/round.json, rad 1: raden går inte att läsa",
        ),
        (
            "a version that never was",
            forged(&good, "data/round.json", "\"version\":1", "\"version\":8"),
            "värdet i version",
        ),
    ];
    for (what, file, told) in cases {
        let answer = send(&client, &file);
        assert_eq!(answer.status, 422, "{what}: {}", answer.text());
        let text = answer.text();
        assert!(text.contains(told), "{what}: {}", main_part(&answer));
        assert_eq!(store.mappings().await.expect("readable"), [], "{what}");
    }
    let fine = send(&client, &good);
    assert_eq!(fine.status, 303, "{}", fine.text());
}

/// The archive as a version of the program wrote it that knew nothing of open data.
fn of_earlier_program(archive: &[u8]) -> Vec<u8> {
    use sha2::{Digest, Sha256};

    let later = |name: &str| name.contains("opened_");
    let mut manifest: serde_json::Value =
        serde_json::from_str(&part(archive, "manifest.json")).expect("it is JSON");
    let files = manifest["files"].as_array_mut().expect("it lists files");
    let all = files.len();
    files.retain(|file| !later(file["name"].as_str().expect("text")));
    assert_eq!(files.len() + 2, all);
    let mut lines: Vec<_> = (files.iter())
        .map(|file| {
            (
                file["name"].as_str().expect("text"),
                file["sha256"].as_str(),
            )
        })
        .filter(|(name, _)| name.starts_with("data/"))
        .map(|(name, sum)| format!("{}  {name}\n", sum.expect("text")))
        .collect();
    lines.sort_by(|a, b| a[66..].cmp(&b[66..]));
    let sum: Vec<_> = (Sha256::digest(lines.concat()).iter())
        .map(|byte| format!("{byte:02x}"))
        .collect();
    manifest["sha256"] = sum.concat().into();
    let manifest = manifest.to_string();
    with(archive, |name, text| match name {
        "manifest.json" => Some(manifest.clone()),
        name if later(name) => None,
        _ => Some(text),
    })
}

#[tokio::test]
async fn an_archive_of_an_earlier_program_is_read_in_and_nothing_of_it_is_open() {
    let world = World::new().await;
    let opened = domain::publication::Opened {
        municipality: crate::world::municipality(crate::world::HOME),
        ground: crate::world::text("KS"),
        since: time::macros::date!(2026 - 11 - 22),
    };
    let mapping = world.ours.mapping;
    (world.store.open_municipality(mapping, &opened).await).expect("it is there");
    let archive = take_out(&world.coordinator(), mapping);
    for (file, expected) in [(of_earlier_program(&archive), 0), (archive, 1)] {
        let (place, _program, client) = elsewhere(Place::sqlite()).await;
        let answer = send(&client, &file);
        assert_eq!(answer.status, 303, "{}", answer.text());
        let publication = place.store().await.publication(mapping).await;
        let known = publication.expect("readable").municipalities;
        assert_eq!(known.len(), expected);
    }
}

#[tokio::test]
async fn a_file_that_unpacks_beyond_all_bounds_is_refused() {
    let world = World::new().await;
    let good = take_out(&world.coordinator(), world.ours.mapping);
    let (place, _program, client) = elsewhere(Place::sqlite()).await;
    // One row of a hundred million zeros packs to a hundred kilobytes.
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    let mut old = ZipArchive::new(Cursor::new(&good)).expect("it is a ZIP file");
    for index in 0..old.len() {
        let mut part = old.by_index(index).expect("it is there");
        let name = part.name().expect("it has one").into_owned();
        bomb.start_file(&name, SimpleFileOptions::default())
            .expect("memory takes all");
        if name == "access/person.json" {
            bomb.write_all(b"[\"").expect("memory takes all");
            for _ in 0..100 {
                bomb.write_all(&vec![b'0'; 1_000_000])
                    .expect("memory takes all");
            }
        } else {
            std::io::copy(&mut part, &mut bomb).expect("memory takes all");
        }
    }
    let bomb = bomb.finish().expect("memory takes all").into_inner();
    assert!(bomb.len() < 1_000_000);
    let answer = send(&client, &bomb);
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(
        answer
            .text()
            .contains("Filen är större än ett uttag får vara")
    );
    let store = place.store().await;
    assert_eq!(store.mappings().await.expect("readable"), []);
}

#[tokio::test]
async fn those_who_may_not_read_in_are_turned_away_before_their_file_is_looked_at() {
    let world = World::new().await;
    let headers = [
        ("Content-Type", "multipart/form-data; boundary=GRANS"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    for (who, status) in [(Who::Anonymous, 401), (Who::Member(Role::Facilitator), 403)] {
        // It is no form at all: who reads it first says 400.
        let answer = (world.as_who(who)).send("POST", "/importera", &headers, b"GRUS");
        assert_error_page(&answer, status);
    }
    let answer = (world.coordinator()).send("POST", "/importera", &headers, b"GRUS");
    assert_error_page(&answer, 400);
}

#[tokio::test]
async fn the_same_is_done_on_the_command_line() {
    let world = World::new().await;
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = |name: &str| folder.path().join(name).display().to_string();
    let mapping = world.ours.mapping.to_string();
    let run = |place: &Place, subcommand: &str, arguments: &[&str]| {
        let output = place.command(subcommand).args(arguments).output();
        let output = output.expect("the program can be run");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (
            output.status.success(),
            said,
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (done, said, error) = run(&world.place, "export", &[&mapping, "--to", &file("a.zip")]);
    assert!(done, "{error}");
    let archive = std::fs::read(file("a.zip")).expect("it is there");
    assert_eq!(said, format!("{}  {}\n", sum(&archive), file("a.zip")));
    let (again, _, error) = run(&world.place, "export", &[&mapping, "--to", &file("a.zip")]);
    assert!(!again && error.contains("cannot be made"), "{error}");
    let nothing = random_id().to_string();
    let (found, _, error) = run(&world.place, "export", &[&nothing, "--to", &file("b.zip")]);
    assert!(!found && error.contains("Dalsland"), "{error}");

    let other = Place::sqlite();
    let (done, said, error) = run(&other, "import", &[&file("a.zip")]);
    assert!(done, "{error}");
    assert_eq!(said, format!("{}  {mapping}\n", sum(&archive)));
    let (again, _, error) = run(&other, "import", &[&file("a.zip")]);
    assert!(!again && error.contains("is here already"), "{error}");

    let (done, said, error) = run(&world.place, "backup", &["--to", &file("kopia.db")]);
    assert!(done && said.contains("link.key"), "{error}");
    let copy = store::Store::open(&format!("sqlite:{}", file("kopia.db"))).await;
    let copy = copy.expect("it is a database");
    assert_eq!(
        copy.events_after(world.ours.mapping, 0)
            .await
            .expect("readable"),
        world.events(world.ours.mapping).await
    );
    let (again, _, error) = run(&world.place, "backup", &["--to", &file("kopia.db")]);
    assert!(!again && error.contains("cannot be made"), "{error}");
}
