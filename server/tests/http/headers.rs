//! What every response carries, and what no page may contain.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use domain::rights::Role;

use crate::{
    client::Response,
    page::tags,
    program::Place,
    sign_in::COOKIE,
    walk::{shape, walk},
    world::{Who, World},
};

/// The one address outside the service that pages may link to: whom to complain to about accessibility.
const SUPERVISION: &str = "https://www.digg.se/";

/// The nonce that a page's policy allows inline scripts with.
fn nonce(response: &Response) -> String {
    let policy = (response.header("content-security-policy")).expect("every page has a policy");
    let (_, after) = policy
        .split_once("'nonce-")
        .expect("every page has a nonce");
    let nonce = after.split('\'').next().unwrap_or_default().to_owned();
    assert!(nonce.len() >= 16, "{nonce:?} can be guessed");
    nonce
}

fn assert_policy(policy: &str) {
    let directives: BTreeMap<_, _> = (policy.split(';'))
        .filter_map(|directive| directive.trim().split_once(' '))
        .collect();
    for (name, value) in [
        ("default-src", "'self'"),
        ("style-src", "'self'"),
        ("object-src", "'none'"),
        ("base-uri", "'none'"),
        ("frame-ancestors", "'none'"),
        ("form-action", "'self'"),
    ] {
        assert_eq!(directives.get(name), Some(&value), "{policy}");
    }
    assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"));
    assert!(!policy.contains("http:") && !policy.contains("https:") && !policy.contains('*'));
}

/// What holds for whatever the server sends.
fn assert_headers(what: &str, response: &Response) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(response.header(name), Some(value), "{what}");
    }
    let policy = response.header("content-security-policy");
    assert_policy(policy.unwrap_or_else(|| panic!("{what} has no policy")));
    assert_eq!(response.header("server"), None, "{what}");
    if response.is_html() {
        assert_eq!(response.header("cache-control"), Some("no-store"), "{what}");
    }
}

/// What holds for every page: nothing inline, nothing from elsewhere, one heading, no id twice.
fn assert_page(what: &str, response: &Response, url: &str) {
    assert_headers(what, response);
    let html = response.text();
    assert!(html.starts_with("<!DOCTYPE html>"), "{what}");
    let (nonce, tags) = (nonce(response), tags(&html));
    let mut ids = BTreeSet::new();
    for tag in &tags {
        assert_ne!(tag.name, "style", "{what}");
        assert_eq!(tag.attribute("style"), None, "{what}: {tag:?}");
        if tag.name == "script" && !tag.text.is_empty() {
            let allowed = tag.attribute("nonce");
            assert_eq!(allowed, Some(nonce.as_str()), "{what}: {tag:?}");
        }
        for (name, value) in &tag.attributes {
            assert!(!name.starts_with("on"), "{what}: {tag:?}");
            if name == "id" {
                assert!(ids.insert(value.as_str()), "{what}: id {value} twice");
            }
            if ["src", "href", "action", "formaction", "xlink:href"].contains(&name.as_str()) {
                let own = value.starts_with('/') && !value.starts_with("//");
                let within = value.is_empty() || value.starts_with(['#', '?']);
                let whole = [SUPERVISION, &format!("{url}/"), "mailto:"];
                let known = tag.name == "a" && whole.iter().any(|known| value.starts_with(known));
                assert!(own || within || known, "{what}: {tag:?}");
            }
        }
    }
    for tag in &tags {
        for name in ["for", "aria-labelledby", "aria-describedby"] {
            for id in tag.attribute(name).unwrap_or_default().split_whitespace() {
                assert!(ids.contains(id), "{what}: nothing has the id {id}: {tag:?}");
            }
        }
    }
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    for name in ["h1", "main"] {
        assert_eq!(count(name), 1, "{what}: {name}");
    }
    // Pictures have titles of their own.
    let head = tags.iter().take_while(|tag| tag.name != "body");
    assert_eq!(
        head.filter(|tag| tag.name == "title").count(),
        1,
        "{what}: title"
    );
    let language = tags.iter().find(|tag| tag.name == "html");
    let language = language.and_then(|tag| tag.attribute("lang"));
    assert_eq!(language, Some("sv"), "{what}");
}

#[tokio::test]
async fn every_page_that_can_be_reached_is_strict_whole_and_without_dead_links() {
    let world = World::new().await;
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    let mut nonces = BTreeSet::new();
    let mut walked = 0;
    let mut dead = BTreeSet::new();
    for who in Who::ALL {
        let mut from = vec!["/".to_owned(), format!("/k/{}", world.example.mapping)];
        if matches!(who, Who::Member(_)) {
            from.push(format!("/k/{}", world.ours.mapping));
        }
        if who == Who::Participant {
            for asked in [
                &world.ours.asked,
                &world.ours.asked_for_both,
                &world.ours.answered,
            ] {
                from.push(asked.address(""));
            }
        }
        for (address, response) in walk(&world.as_who(who), &from) {
            let what = format!("{who:?} {address}");
            walked += 1;
            if response.status == 303 {
                assert_headers(&what, &response);
                continue;
            }
            if response.status != 200 {
                dead.insert((response.status, what));
                continue;
            }
            if !response.is_html() {
                assert_headers(&what, &response);
                continue;
            }
            assert_page(&what, &response, &world.program.url);
            assert!(nonces.insert(nonce(&response)), "{what}: the nonce again");
            let tags = tags(&response.text());
            let title = tags.iter().find(|tag| tag.name == "title");
            let title = title.map(|tag| tag.text.clone()).unwrap_or_default();
            // Survey pages are the same for everyone who answers.
            if who == Who::Member(Role::Coordinator)
                && !address.contains('?')
                && let Some(other) = titles.insert(title.clone(), shape(&address))
            {
                assert_eq!(other, shape(&address), "both are called {title:?}");
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
    assert!(walked > 60, "only {walked} pages were found");
}

#[tokio::test]
async fn error_pages_are_as_strict_as_any_other() {
    let world = World::new().await;
    let (nobody, siv) = (world.program.client(), world.coordinator());
    let overview = format!("/k/{}", world.ours.mapping);
    for (what, response) in [
        ("unknown", nobody.get("/finns-inte")),
        ("not signed in", nobody.get(&overview)),
        ("not allowed", world.as_who(Who::Stranger).get(&overview)),
        ("no id", siv.get("/k/inte-en-kartlaggning")),
        ("method", siv.send("DELETE", "/", &[], b"")),
        ("form", siv.post_raw("/sprak", b"\xff")),
        ("link", nobody.get("/logga-in/okand")),
        ("survey", nobody.get("/e/okand")),
    ] {
        assert!((400..500).contains(&response.status), "{what}");
        assert_page(what, &response, &world.program.url);
    }
}

#[tokio::test]
async fn the_session_cookie_is_hidden_from_scripts_and_other_sites_and_bound_to_https() {
    let place = Place::sqlite();
    let program = place.start();
    let path = program.first_link();
    let answer = program.client().post(&path, &[]);
    let attributes: BTreeSet<_> = (answer.set_cookie(COOKIE).expect("signed in").split("; "))
        .skip(1)
        .collect();
    for wanted in ["Path=/", "HttpOnly", "SameSite=Lax"] {
        assert!(attributes.contains(wanted), "{attributes:?}");
    }
    assert!(!attributes.contains("Secure"));
    assert!(!attributes.iter().any(|a| a.starts_with("Domain")));

    let place = Place::sqlite();
    let program = place.start_behind("https://karta.example.se");
    assert_eq!(program.url, "https://karta.example.se");
    let path = program.first_link();
    let client = program.client();
    let answer = client.post(&path, &[]);
    let cookie = answer
        .set_cookie("__Host-formagekartan")
        .expect("signed in");
    let attributes: BTreeSet<_> = cookie.split("; ").skip(1).collect();
    for wanted in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"] {
        assert!(attributes.contains(wanted), "{attributes:?}");
    }
    assert_eq!(
        answer.header("strict-transport-security"),
        Some("max-age=31536000")
    );
    let pair = cookie.split(';').next().expect("there is something");
    assert_eq!(client.with_cookie(pair).get("/ny").status, 200);
    let plain = pair.replace("__Host-", "");
    assert_eq!(client.with_cookie(plain).get("/ny").status, 401);
    // A form from the public address is ours, one from elsewhere is not.
    for (origin, status) in [
        ("https://karta.example.se", 303),
        ("https://ond.example", 403),
        ("http://karta.example.se", 403),
        ("null", 403),
    ] {
        let headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Origin", origin),
        ];
        let answer = client.send("POST", "/sprak", &headers, b"sprak=sv&till=/");
        assert_eq!(answer.status, status, "{origin}");
    }
}

#[test]
fn files_are_kept_for_a_year_and_sent_compressed_when_the_browser_can() {
    let place = Place::sqlite();
    let site = place.site();
    for (name, content) in [
        ("app.3fa2.css", &b"p{color:red}"[..]),
        ("app.3fa2.css.br", b"brotli"),
        ("app.3fa2.css.gz", b"gzip"),
        ("bar.js", b"export {};"),
        ("manifest.txt", b"app.css app.3fa2.css\nbar.js bar.js\n"),
        ("hemlig.txt", b"not in the manifest"),
    ] {
        fs::write(site.join(name), content).expect("the folder is ours");
    }
    let program = place.start();
    let client = program.client();
    assert!(
        client
            .get("/")
            .text()
            .contains("href=\"/pkg/app.3fa2.css\"")
    );
    let get = |name: &str, accept: &str| {
        let headers = [("Accept-Encoding", accept)];
        let response = client.send("GET", &format!("/pkg/{name}"), &headers, b"");
        assert_eq!(response.status, 200, "{name} {accept}");
        assert_headers(name, &response);
        assert_eq!(
            response.header("cache-control"),
            Some("public, max-age=31536000, immutable")
        );
        assert_eq!(response.header("vary"), Some("accept-encoding"));
        response
    };
    for (accept, coding, body) in [
        ("gzip, deflate, br", Some("br"), &b"brotli"[..]),
        ("gzip, br;q=0.9", Some("br"), b"brotli"),
        ("gzip", Some("gzip"), b"gzip"),
        ("identity", None, b"p{color:red}"),
        ("", None, b"p{color:red}"),
        ("brx", None, b"p{color:red}"),
    ] {
        let response = get("app.3fa2.css", accept);
        assert_eq!(response.header("content-encoding"), coding, "{accept}");
        assert_eq!(response.body, body, "{accept}");
        assert_eq!(
            response.header("content-type"),
            Some("text/css; charset=utf-8")
        );
    }
    let script = get("bar.js", "br, gzip");
    assert_eq!(script.header("content-encoding"), None);
    assert_eq!(
        script.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    for name in [
        "app.css",
        "hemlig.txt",
        "manifest.txt",
        "..%2Flink.key",
        "../link.key",
        "",
    ] {
        let response = client.get(&format!("/pkg/{name}"));
        assert_eq!(response.status, 404, "{name}");
        assert_headers(name, &response);
    }
}

#[tokio::test]
async fn pages_are_sent_compressed_when_the_browser_can() {
    let world = World::new().await;
    let client = world.program.client();
    let path = world.ours.asked_for_both.address("/1");
    let plain = client.get(&path);
    assert_eq!(plain.status, 200);
    for coding in ["br", "gzip"] {
        let headers = [("Accept-Encoding", coding)];
        let small = client.send("GET", &path, &headers, b"");
        assert_eq!(small.header("content-encoding"), Some(coding));
        assert!(small.body.len() * 2 < plain.body.len());
        assert_headers(coding, &small);
    }
}
