//! What is wrong gets the right status and a page in Swedish that says so, and changes nothing.

use domain::rights::Role;

use crate::{
    client::form,
    page::{assert_again, assert_error_page},
    routes::Route,
    table::ALL,
    world::{AWAY, Who, World, municipality, random_id},
};

fn id() -> String {
    random_id().to_string()
}

#[tokio::test]
async fn agreed_levels_outside_the_scale_or_for_foreign_capabilities_are_refused() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let path = format!(
        "/k/{}/omgangar/{}/bedomning/{}",
        world.ours.mapping,
        world.ours.closed,
        municipality(AWAY)
    );
    let before = world.everything().await;
    let send = |capability: &str, current: &str, target: &str| {
        let fields = [
            ("op", id()),
            ("forankra", capability.to_owned()),
            (&*format!("nulage-{capability}"), current.to_owned()),
            (&*format!("borlage-{capability}"), target.to_owned()),
        ];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        coordinator.post(&path, &fields)
    };
    let own = world.ours.capabilities[0].to_string();
    for (current, target) in [
        ("0", "3"),
        ("6", "3"),
        ("3", "0"),
        ("3", "6"),
        ("-1", "3"),
        ("3", "x"),
        ("", "3"),
        ("3", ""),
        ("256", "3"),
    ] {
        assert_again(&send(&own, current, target));
        assert_eq!(world.everything().await, before, "{current} {target}");
    }
    for foreign in [
        world.theirs.capabilities[0].to_string(),
        world.ours.retired.to_string(),
        id(),
        "inte-ett-id".to_owned(),
    ] {
        assert_error_page(&send(&foreign, "2", "3"), 400);
    }
    // As long as people answer, nothing is agreed.
    let open = path.replace(&world.ours.closed.to_string(), &world.ours.open.to_string());
    let answer = coordinator.post(&open, &[("op", &id())]);
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn effects_outside_the_scale_or_of_foreign_capabilities_are_refused() {
    let world = World::new().await;
    let facilitator = world.as_who(Who::Member(Role::Facilitator));
    let path = format!(
        "/k/{}/omgangar/{}/effekt",
        world.ours.mapping, world.ours.closed
    );
    let before = world.everything().await;
    let own = format!("effekt-{}", world.ours.capabilities[0]);
    for level in ["0", "6", "-1", "1,5", "stor"] {
        assert_again(&facilitator.post(&path, &[("op", &id()), (&own, level)]));
    }
    for foreign in [
        world.theirs.capabilities[0].to_string(),
        world.ours.retired.to_string(),
        id(),
        "x".to_owned(),
    ] {
        let fields = [("op", &*id()), (&format!("effekt-{foreign}"), "3")];
        assert_error_page(&facilitator.post(&path, &fields), 400);
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn ratifying_what_is_ratified_already_says_so_and_changes_nothing() {
    let world = World::new().await;
    let before = world.everything().await;
    let path = format!("/k/{}/faststall", world.ours.mapping);
    let fields = [
        ("op", &*id()),
        ("datum", "2026-10-01"),
        ("beslutat-av", "Styrgruppen"),
    ];
    let answer = world.coordinator().post(&path, &fields);
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains("role=\"status\""), "it says nothing");
    assert_eq!(world.everything().await, before);
}

/// An address, the fields sent to it, and what must still stand in the form that comes back.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

#[tokio::test]
async fn a_form_with_something_missing_or_wrong_comes_back_with_what_was_typed() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let mapping = world.ours.mapping;
    let before = world.everything().await;
    let (op, new) = (id(), id());
    let long = "å".repeat(500);
    let foreign_goal = world.theirs.goal.to_string();
    let cases: &[Case] = &[
        ("/ny", &[("namn", ""), ("period", "Perioden")], "Perioden"),
        ("/ny", &[("namn", &long), ("period", "2027")], &long),
        (
            "installningar",
            &[("namn", " "), ("period", "Perioden")],
            "Perioden",
        ),
        (
            "mal/ny",
            &[("mal", ""), ("beskrivning", "Behåll mig")],
            "Behåll mig",
        ),
        ("mal/ny", &[("mal", &long), ("niva", "regional")], &long),
        (
            "mal/ny",
            &[("mal", "Behåll mig"), ("niva", "galaktisk")],
            "Behåll mig",
        ),
        (
            "mal/ny",
            &[
                ("mal", "Behåll mig"),
                ("niva", "lokal"),
                ("over", &foreign_goal),
            ],
            "Behåll mig",
        ),
        (
            "omraden/ny",
            &[("namn", "\u{7}"), ("beskrivning", "Behåll mig")],
            "Behåll mig",
        ),
        (
            "formagor/ny",
            &[("namn", ""), ("beskrivning", "Behåll mig")],
            "Behåll mig",
        ),
        (
            "formagor/ny",
            &[("namn", "Behåll mig"), ("typ", "magisk")],
            "Behåll mig",
        ),
        ("oformagor/ny", &[("namn", &long), ("typ", "resurs")], &long),
        (
            "faststall",
            &[("datum", "i går"), ("beslutat-av", "Behåll mig")],
            "Behåll mig",
        ),
        (
            "faststall",
            &[("datum", "2999-01-01"), ("beslutat-av", "Behåll mig")],
            "Behåll mig",
        ),
        (
            "omgangar/ny",
            &[("namn", "Behåll mig"), ("version", "7")],
            "Behåll mig",
        ),
        (
            "personer",
            &[("namn", "Behåll mig"), ("epost", "ingen"), ("roll", "x")],
            "Behåll mig",
        ),
    ];
    for (path, fields, kept) in cases {
        let mut sent = vec![("op", op.as_str()), ("id", &new)];
        sent.extend_from_slice(fields);
        let path = match path.strip_prefix('/') {
            Some(_) => (*path).to_owned(),
            None => format!("/k/{mapping}/{path}"),
        };
        let answer = coordinator.post(&path, &sent);
        assert_eq!(answer.status, 422, "{path} {fields:?}: {}", answer.text());
        assert_again(&answer);
        assert!(answer.text().contains(kept), "{path} lost what was typed");
    }
    assert_eq!(world.everything().await, before);
}

/// Routes that need no form: the address says it all.
const WITHOUT_FORM: [&str; 15] = [
    "/k/{mapping}/api/{key}/dra-in",
    "/k/{mapping}/resultat/rapport/{job}/avbryt",
    "/logga-in/{token}",
    "/logga-ut",
    "/e/{token}/skicka",
    "/k/{mapping}/omgangar/{round}/stang",
    "/k/{mapping}/omgangar/{round}/deltagare/{participant}/ta-bort",
    "/k/{mapping}/personer/{account}/lank",
    "/k/{mapping}/personer/{account}/ta-bort",
    "/k/{mapping}/inbjudna/{invitee}/ta-bort",
    "/k/{mapping}/omgangar/{round}/fritext/alla",
    "/k/{mapping}/omgangar/{round}/utskick/brev/{mail}/igen",
    "/k/{mapping}/omgangar/{round}/utskick/brev/{mail}/stoppa",
    "/k/{mapping}/omgangar/{round}/utskick/paminnelser/{number}/skicka",
    "/k/{mapping}/omgangar/{round}/utskick/paminnelser/{number}/stoppa",
];

/// Routes whose form may carry a file, with the most bytes that each takes.
const WITH_FILE: [(&str, usize); 3] = [
    ("/k/{mapping}/import", 4 * 1024 * 1024),
    ("/k/{mapping}/import/bekrafta", 8 * 1024 * 1024),
    ("/k/{mapping}/omgangar/{round}/deltagare/lista", FORM_LIMIT),
];

/// The most bytes that any other form takes.
const FORM_LIMIT: usize = 512 * 1024;

fn forms() -> impl Iterator<Item = &'static Route> {
    (ALL.iter()).filter(|route| route.method == "POST" && !WITHOUT_FORM.contains(&route.path))
}

#[tokio::test]
async fn a_broken_form_is_refused_wherever_it_is_sent() {
    let world = World::new().await;
    let before = world.everything().await;
    let coordinator = world.coordinator();
    for route in forms() {
        let path = route.address(&world, &world.ours);
        // Told when it fails.
        eprintln!("{path}");
        for body in [&b"namn=%FF"[..], b"namn=\xff\xfe", b"namn=%4", b"%zz=1"] {
            assert_error_page(&coordinator.post_raw(&path, body), 400);
        }
    }
    for (path, _) in WITH_FILE {
        let route = forms()
            .find(|route| route.path == path)
            .expect("in the table");
        let path = route.address(&world, &world.ours);
        let headers = [
            ("Content-Type", "multipart/form-data; boundary=GRANS"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        for body in [
            &b""[..],
            b"--GRANS",
            b"--GRANS\r\n\r\n\xff\r\n--GRANS--\r\n",
        ] {
            let answer = coordinator.send("POST", &path, &headers, body);
            assert_error_page(&answer, 400);
        }
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_form_without_what_every_form_of_ours_has_is_refused() {
    let world = World::new().await;
    let before = world.everything().await;
    let coordinator = world.coordinator();
    let mut asked = 0;
    // Choosing a language, signing in, answering and settings need no id: sent again they do the same again.
    let others = [
        "/sprak",
        "/logga-in",
        "/logga-in/losenord",
        "/konto/losenord",
        "/konto/losenord/ta-bort",
        "/konto/ta-bort",
        "/e/{token}/{area}",
        "/i/{token}",
        "/e/{token}/allt",
        "/e/{token}/kod",
        "/k/{mapping}/installningar",
    ];
    for route in forms().filter(|route| !others.contains(&route.path)) {
        let path = route.address(&world, &world.ours);
        eprintln!("{path}");
        for body in ["", "op=inte-ett-id&id=inte-ett-id", "op=&id="] {
            assert_error_page(&coordinator.post_raw(&path, body.as_bytes()), 400);
        }
        asked += 1;
    }
    assert!(asked > 20);
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn an_oversized_form_is_refused_wherever_it_is_sent() {
    let world = World::new().await;
    let before = world.everything().await;
    let coordinator = world.coordinator();
    let large = format!("namn={}", "a".repeat(FORM_LIMIT));
    let file = "a".repeat(8 * 1024 * 1024);
    // What is read in has bounds of its own; see `records`.
    for route in forms().filter(|route| route.path != "/importera") {
        let path = route.address(&world, &world.ours);
        eprintln!("{path}");
        let with_file = WITH_FILE.iter().find(|(path, _)| *path == route.path);
        let answer = match with_file {
            None => coordinator.post_raw(&path, large.as_bytes()),
            Some((_, most)) => coordinator.post_parts(&path, &[("fil", &file[..*most])]),
        };
        assert_error_page(&answer, 413);
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_method_that_does_not_fit_and_a_page_that_is_not_there_are_told_apart() {
    let world = World::new().await;
    let client = world.program.client();
    for (method, path) in [
        ("PUT", "/"),
        ("DELETE", "/ny"),
        ("POST", "/"),
        ("POST", "/tillganglighet"),
        ("GET", "/logga-ut"),
        ("GET", "/sprak"),
        ("PATCH", "/sessioner"),
    ] {
        assert_error_page(&client.send(method, path, &[], b""), 405);
    }
    for path in [
        "/finns-inte",
        "/k",
        "/k/",
        "/e/",
        "/ny/",
        "/index.php",
        "/%00",
        "/%FF",
    ] {
        assert_error_page(&client.get(path), 404);
        assert_error_page(&client.post(path, &[("a", "b")]), 404);
    }
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_wherever_it_is_sent() {
    let world = World::new().await;
    let before = world.everything().await;
    for route in crate::table::ALL
        .iter()
        .filter(|route| route.method == "POST")
    {
        let path = route.address(&world, &world.ours);
        let fields = route.fields(&world.ours);
        let fields: Vec<_> = (fields.iter())
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let body = form(&fields);
        let elsewhere: [&[(&str, &str)]; 4] = [
            &[("Sec-Fetch-Site", "cross-site")],
            &[("Sec-Fetch-Site", "same-site")],
            &[("Origin", "https://ond.example")],
            &[("Origin", "null")],
        ];
        for from in elsewhere {
            let mut headers = vec![("Content-Type", "application/x-www-form-urlencoded")];
            headers.extend_from_slice(from);
            let answer = world
                .coordinator()
                .send("POST", &path, &headers, body.as_bytes());
            assert_error_page(&answer, 403);
        }
    }
    assert_eq!(world.everything().await, before);
    // Coming from another site's link is no harm.
    let headers = [("Sec-Fetch-Site", "cross-site")];
    let path = format!("/k/{}", world.ours.mapping);
    let answer = world.coordinator().send("GET", &path, &headers, b"");
    assert_eq!(answer.status, 200);
}
