use std::{fs, path::Path};

use sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use store::{OpenError, Store};

use crate::databases::{fresh, fresh_sqlite, stored_mapping};

const NEWER: &str = "UPDATE _sqlx_migrations SET version = 9999
    WHERE version = (SELECT max(version) FROM _sqlx_migrations)";

#[tokio::test]
async fn a_newer_schema_is_refused_with_a_word_on_what_to_do() {
    for db in fresh().await {
        db.store.close().await;
        if db.url.starts_with("sqlite:") {
            let mut connection = (SqliteConnection::connect(&db.url).await).expect("it exists");
            connection.execute(NEWER).await.expect("it is ours");
            connection.close().await.expect("it is ours");
        } else {
            let mut connection = (PgConnection::connect(&db.url).await).expect("it exists");
            connection.execute(NEWER).await.expect("it is ours");
        }
        match Store::open(&db.url).await.map(|_| ()) {
            Err(error @ OpenError::NewerSchema { found, known }) => {
                assert_eq!(found, 9999);
                assert!((1..9999).contains(&known));
                let said = error.to_string();
                assert!(
                    said.contains("9999") && said.contains("newer version"),
                    "{said}"
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_database_opened_again_is_ready_and_holds_what_it_held() {
    for db in fresh().await {
        let mapping = stored_mapping(&db.store).await;
        db.store.ready().await.expect("it answers");
        db.store.close().await;
        db.store.ready().await.expect_err("a closed store answers");
        let reopened = db.reopened().await;
        reopened.ready().await.expect("it answers");
        assert!(reopened.mapping(mapping).await.expect("readable").is_some());
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_without_repeating_a_password() {
    for url in [
        "",
        "data.db",
        "sqlite:",
        "sqlite::memory:",
        "mysql://eva:hemligt@db/x",
    ] {
        match Store::open(url).await.map(|_| ()) {
            Err(error @ OpenError::BadUrl(_)) => {
                let said = error.to_string();
                assert!(
                    said.contains("sqlite:PATH") && !said.contains("hemligt"),
                    "{said}"
                );
            }
            other => panic!("{url:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("notes.txt");
    let notes = "Inga data här. ".repeat(100);
    fs::write(&path, &notes).expect("the folder is ours");
    let opened = Store::open(&format!("sqlite:{}", path.display())).await;
    assert!(matches!(opened.map(|_| ()), Err(OpenError::Database(_))));
    assert_eq!(fs::read_to_string(&path).expect("it is there"), notes);
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_a_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let db = fresh_sqlite().await;
    stored_mapping(&db.store).await;
    let path = Path::new(db.url.trim_start_matches("sqlite:"));
    for file in ["test.db", "test.db-wal", "test.db-shm"] {
        let mode = fs::metadata(path.with_file_name(file))
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let folder = fs::metadata(path.parent().expect("it has one")).expect("it is there");
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(folder);
        let mut names: Vec<_> = fs::read_dir(folder)
            .expect("it is there")
            .map(|entry| entry.expect("readable").file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
}
