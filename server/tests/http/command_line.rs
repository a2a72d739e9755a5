//! Starting, stopping, and what the program says about itself.

use std::{
    fs,
    process::{Output, Stdio},
};

use sqlx::{Connection, Executor, PgConnection, SqliteConnection};

use crate::{
    program::{Place, bare},
    sign_in::signed_in,
    world::World,
};

/// Every option there is, by subcommand.
const DATA_OPTIONS: [&str; 3] = ["--database-url", "--key-file", "--public-url"];
const SERVE_OPTIONS: [&str; 9] = [
    "--listen",
    "--site-dir",
    "--behind-proxy",
    "--demo",
    "--smtp-url",
    "--mail-from",
    "--outbox-dir",
    "--publisher-name",
    "--publisher-email",
];

fn help(arguments: &[&str]) -> String {
    let output = bare().args(arguments).output().expect("it can be run");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("help is text")
}

#[test]
fn help_explains_every_option_on_both_levels() {
    let above = help(&["--help"]);
    let (serve, link) = (help(&["serve", "--help"]), help(&["link", "--help"]));
    for option in DATA_OPTIONS {
        assert!(above.contains(option) && serve.contains(option) && link.contains(option));
    }
    for option in SERVE_OPTIONS {
        assert!(above.contains(option) && serve.contains(option), "{option}");
    }
    for text in [&above, &serve, &link] {
        for word in text.split_whitespace().filter(|w| w.starts_with("--")) {
            let option = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
            let known = DATA_OPTIONS.contains(&option)
                || SERVE_OPTIONS.contains(&option)
                || ["--help", "--version", "--email", "--to"].contains(&option);
            assert!(known, "{option} is not in this test's list");
        }
    }
    let name = "municipalities map together";
    assert!(above.contains(name), "it does not say what it is:\n{above}");
    let environment = [
        "DATABASE_URL",
        "KEY_FILE",
        "PUBLIC_URL",
        "LISTEN",
        "SITE_DIR",
        "BEHIND_PROXY",
        "SMTP_URL",
        "MAIL_FROM",
        "OUTBOX_DIR",
        "PUBLISHER_NAME",
        "PUBLISHER_EMAIL",
    ];
    for variable in environment {
        assert!(serve.contains(&format!("FORMAGEKARTAN_{variable}")));
    }
}

#[test]
fn help_does_not_show_the_database_password_from_the_environment() {
    let output = bare()
        .args(["serve", "--help"])
        .env("FORMAGEKARTAN_DATABASE_URL", "postgres://eva:hemligt@db/x")
        .output()
        .expect("it can be run");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("FORMAGEKARTAN_DATABASE_URL") && !said.contains("hemligt"));
}

#[tokio::test]
async fn the_first_start_prints_a_link_that_signs_in_and_the_second_prints_none() {
    for place in Place::of_each_kind().await {
        let program = place.start();
        let path = program.first_link();
        let ready = program.client().get("/health/ready");
        assert_eq!(ready.status, 200, "{}", ready.text());
        let siv = signed_in(&program.client(), &path);
        assert_eq!(siv.get("/ny").status, 200);
        let (said, ended) = program.terminate();
        assert_eq!(said, [] as [&str; 0]);
        assert!(ended.success(), "{ended}");

        let program = place.start();
        let client = program.client();
        assert_eq!(client.get("/health/ready").status, 200);
        assert_eq!(client.get(&path).status, 410, "the link works again");
        let cookie = siv.cookie().expect("she was signed in");
        let back = client.with_cookie(cookie).get("/ny");
        assert_eq!(back.status, 200, "the session did not outlive the restart");
        let (said, ended) = program.terminate();
        assert_eq!(said, [] as [&str; 0], "the second start says more");
        assert!(ended.success(), "{ended}");
    }
}

fn link(place: &Place, options: &[&str]) -> String {
    let mut command = place.command("link");
    let Output { status, stdout, .. } = command.args(options).output().expect("it can be run");
    assert!(status.success(), "{status}");
    let said = String::from_utf8(stdout).expect("it is text");
    let mut lines = said.lines();
    let link = lines.next().expect("it prints a link").to_owned();
    assert_eq!(lines.next(), None, "a script can read nothing else");
    link
}

#[tokio::test]
async fn a_new_link_can_be_printed_while_the_server_runs() {
    for place in Place::of_each_kind().await {
        let program = place.start();
        let first = program.first_link();
        let link = link(&place, &["--public-url", "https://karta.example.se/"]);
        let path = link.strip_prefix("https://karta.example.se/logga-in/");
        let path = format!("/logga-in/{}", path.expect("the link is public"));
        for path in [path, first] {
            let siv = signed_in(&program.client(), &path);
            assert_eq!(siv.get("/ny").status, 200);
        }
        let store = place.store().await;
        let accounts = store.count_accounts().await.expect("readable");
        assert_eq!(accounts, 1, "each link made somebody new");
    }
}

#[test]
fn a_link_can_be_printed_before_the_first_start() {
    let place = Place::sqlite();
    let link = link(&place, &[]);
    let path = link.strip_prefix("http://127.0.0.1:3000");
    let program = place.start();
    let siv = signed_in(&program.client(), path.expect("the usual address"));
    assert_eq!(siv.get("/ny").status, 200);
}

#[tokio::test]
async fn the_first_samordnare_gets_an_address_and_signs_in_by_mail_from_then_on() {
    for place in Place::of_each_kind().await {
        let options = ["--email", "siv@example.test"];
        link(&place, &options);
        link(&place, &options);
        let program = place.start();
        let client = program.client();
        let answer = client.post("/logga-in", &[("epost", "Siv@example.test")]);
        assert_eq!(answer.status, 303);
        let siv = signed_in(&client, &place.link_in_outbox().await);
        assert_eq!(siv.get("/ny").status, 200);

        let store = place.store().await;
        let eva = crate::world::account(&store, "Eva Exempel", false).await;
        let given = store.set_email(eva, "eva@example.test").await;
        given.expect("nobody has it");
        for (wrong, words) in [
            ("EVA@example.test", "another account"),
            ("eva", "no e-mail"),
        ] {
            let output = place.command("link").args(["--email", wrong]).output();
            let said = refusal(&output.expect("it can be run"));
            assert!(said.contains(words), "{said}");
        }
    }
}

/// What it says to an operator whom it refuses.
fn refusal(output: &Output) -> String {
    assert!(!output.status.success(), "it started: {output:?}");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "",
        "it says that it serves"
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.starts_with("error: "), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

#[tokio::test]
async fn a_newer_schema_is_refused_with_a_word_on_what_to_do() {
    const NEWER: &str = "UPDATE _sqlx_migrations SET version = 9999
        WHERE version = (SELECT max(version) FROM _sqlx_migrations)";
    for place in Place::of_each_kind().await {
        place.store().await.close().await;
        if place.url.starts_with("sqlite:") {
            let connection = SqliteConnection::connect(&place.url).await;
            let mut connection = connection.expect("it exists");
            connection.execute(NEWER).await.expect("it is ours");
            connection.close().await.expect("it is ours");
        } else {
            let mut connection = (PgConnection::connect(&place.url).await).expect("it exists");
            connection.execute(NEWER).await.expect("it is ours");
        }
        let said = refusal(&place.refused());
        assert!(
            said.contains("9999") && said.contains("newer version"),
            "{said}"
        );
    }
}

#[test]
fn what_is_missing_at_the_start_is_named() {
    let place = Place::sqlite();
    fs::remove_file(place.site().join("manifest.txt")).expect("it was made");
    let said = refusal(&place.refused());
    assert!(
        said.contains("manifest.txt") && said.contains("--site-dir"),
        "{said}"
    );

    let place = Place::sqlite();
    fs::write(place.folder.path().join("link.key"), "för kort").expect("ours");
    let said = refusal(&place.refused());
    assert!(said.contains("link.key") && said.contains("32"), "{said}");

    let output = bare()
        .args(["serve", "--listen", "127.0.0.1:0", "--database-url", "x.db"])
        .arg("--site-dir")
        .arg(Place::sqlite().site())
        .current_dir(place.folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("it can be run");
    let said = refusal(&output);
    assert!(said.contains("sqlite:PATH"), "{said}");
}

#[test]
fn wrong_settings_for_mail_are_refused_at_the_start_without_the_password() {
    let place = Place::sqlite();
    for (options, words) in [
        (
            &["--smtp-url", "smtp://mail.example.test"][..],
            "--mail-from",
        ),
        (
            &[
                "--smtp-url",
                "http://a:hemligt@x.test",
                "--mail-from",
                "karta@example.test",
            ],
            "--smtp-url",
        ),
        (&["--mail-from", "ingen adress"], "--mail-from"),
    ] {
        let output = place.refused_with(options);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "{options:?}");
        assert!(
            said.starts_with("error: ") && said.contains(words),
            "{said}"
        );
        assert!(!said.contains("hemligt"), "{said}");
    }
}

#[test]
fn an_address_that_is_taken_is_named() {
    let place = Place::sqlite();
    let program = place.start();
    let address = program.address.to_string();
    let output = Place::sqlite()
        .command("serve")
        .args(["--listen", &address])
        .output()
        .expect("it can be run");
    let said = refusal(&output);
    assert!(said.contains(&address), "{said}");
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_server_stops() {
    let world = World::new().await;
    let client = world.coordinator();
    let path = format!("/k/{}", world.ours.mapping);
    let (asked, answered) = std::sync::mpsc::channel();
    // Asks until the door is shut; what was let in must be answered whole.
    let visitor = std::thread::spawn(move || {
        let mut whole = 0;
        while let Ok(response) = client.try_send("GET", &path, &[], b"") {
            assert_eq!(response.status, 200);
            assert!(response.text().ends_with("</script>"), "cut off");
            whole += 1;
            asked.send(()).ok();
        }
        whole
    });
    for _ in 0..5 {
        answered.recv().expect("it serves");
    }
    let (_, ended) = world.program.terminate();
    assert!(ended.success(), "{ended}");
    assert!(visitor.join().expect("every answer was whole") >= 5);
}
