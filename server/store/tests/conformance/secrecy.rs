//! What the database file alone tells of a confidential round.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::survey::{Participant, Rating, Round, Scope, form::Ratings};
use sqlx::{Column, Connection, Row, SqliteConnection, TypeInfo, ValueRef, sqlite::SqliteRow};
use store::{AnswerForm, AnswerOutcome, RecoveryCode};

use crate::{
    confidential::{DAY, NOON, answer, code, confidential_round, form, said},
    databases::{Database, capability, fresh_sqlite, stored_participant, text},
};

/// Tables about people, and tables about what was answered.
const PEOPLE: [&str; 5] = [
    "participant",
    "participant_municipality",
    "response_link",
    "mail",
    "audit",
];
const ANSWERS: [&str; 5] = [
    "response",
    "response_municipality",
    "answer",
    "remark",
    "sealed_sheet",
];

/// Every value of a table's rows as bytes, with the row's number where it has one; without those that everyone has.
async fn values(file: &mut SqliteConnection, table: &str) -> Vec<Vec<Vec<u8>>> {
    let sql = format!("SELECT * FROM {table}");
    let rows: Vec<SqliteRow> = sqlx::query(sqlx::AssertSqlSafe(sql))
        .fetch_all(file)
        .await
        .expect("readable");
    rows.iter()
        .map(|row| {
            (row.columns().iter())
                .filter_map(|column| {
                    let value = row.try_get_raw(column.ordinal()).expect("it is there");
                    let kind = value.type_info().name().to_owned();
                    (!value.is_null()).then(|| match kind.as_str() {
                        "INTEGER" => row.get::<i64, _>(column.ordinal()).to_string().into_bytes(),
                        "TEXT" => row.get::<String, _>(column.ordinal()).into_bytes(),
                        _ => row.get::<Vec<u8>, _>(column.ordinal()),
                    })
                })
                .collect()
        })
        .collect()
}

/// How much two orders of the same things agree: 1 all, 0 as by chance, −1 reversed (Kendall's tau).
fn agreement(order: &[usize]) -> f64 {
    let (mut with, mut against) = (0_i32, 0_i32);
    for (place, one) in order.iter().enumerate() {
        for other in &order[place + 1..] {
            if one < other {
                with += 1;
            } else {
                against += 1;
            }
        }
    }
    f64::from(with - against) / f64::from(with + against)
}

/// A closed confidential round in a file that nobody has open any more: forty people have answered one after another, and
/// some have changed their answers.
async fn answered_in_secret() -> (Database, Round, Vec<(Participant, RecoveryCode)>) {
    let db = fresh_sqlite().await;
    let round = confidential_round(&db.store).await;
    let mut people: Vec<(Participant, RecoveryCode)> = Vec::new();
    for number in 1..=40_u8 {
        let home: &[&str] = if number % 2 == 0 {
            &["Åmål"]
        } else {
            &["Orust"]
        };
        people.push((
            stored_participant(&db.store, &round, number, home).await,
            code(),
        ));
    }
    // Everyone can be told apart by what they answer: the test knows who said what, the file must not.
    let page = |number: usize| -> Ratings {
        let digits = [number % 5, number / 5 % 5, number / 25 % 5];
        (digits.iter().zip(1..))
            .map(|(digit, place)| said(place, u8::try_from(digit + 1).expect("small"), 5))
            .chain([(
                (capability(7), Scope::All),
                Rating {
                    comment: text(&format!("Ord nummer {number}")),
                    ..Rating::default()
                },
            )])
            .collect()
    };
    for (number, (person, own)) in people.iter().enumerate() {
        let at = NOON + i64::try_from(number).expect("small") * 1000;
        for submit in [false, true] {
            let form = AnswerForm {
                at,
                ..form(person.id, own, page(number), submit)
            };
            assert_ne!(answer(&db.store, form).await, AnswerOutcome::CodeNeeded);
        }
    }
    // Some come back and change their answers.
    for number in [3, 30, 17] {
        let (person, own) = &people[number];
        let changed = vec![said(4, 1, 1)];
        assert_eq!(
            answer(&db.store, form(person.id, own, changed, false)).await,
            AnswerOutcome::Submitted
        );
    }
    db.store
        .close_round(round.id, NOON + DAY)
        .await
        .expect("it exists");
    db.store.close().await;
    (db, round, people)
}

#[tokio::test]
async fn the_database_file_alone_ties_no_confidential_answer_to_its_person() {
    let (db, round, people) = answered_in_secret().await;
    let path = db.url.strip_prefix("sqlite:").expect("a file");
    assert!(
        !std::path::Path::new(&format!("{path}-wal")).exists(),
        "the log is still there"
    );
    let mut file = SqliteConnection::connect(&db.url)
        .await
        .expect("it is a database");
    let tables: Vec<(String,)> = sqlx::query_as(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .fetch_all(&mut file)
    .await
    .expect("readable");
    // A new table is looked at too: it is on one side, or about neither.
    let (mut who, mut what) = (BTreeSet::new(), BTreeSet::new());
    let mut rows = HashMap::new();
    for (table,) in &tables {
        let found = values(&mut file, table).await;
        rows.insert(table.as_str(), found.len());
        let side = if ANSWERS.contains(&table.as_str()) {
            &mut what
        } else {
            &mut who
        };
        side.extend(found.into_iter().flatten());
    }
    for table in PEOPLE.iter().chain(&ANSWERS) {
        assert!(rows.contains_key(table), "{table} is not there");
    }
    assert_eq!(
        (rows["response_link"], rows["participant"], rows["mail"]),
        (0, 40, 40)
    );
    assert_eq!(
        (rows["response"], rows["remark"], rows["sealed_sheet"]),
        (40, 40, 40)
    );
    // What both sides hold says nothing: the round, the municipalities, and small numbers.
    let shared: Vec<_> = who.intersection(&what).collect();
    for value in shared {
        let small = std::str::from_utf8(value).is_ok_and(|text| {
            text.is_empty()
                || text
                    .parse()
                    .is_ok_and(|number: i64| (-3..10_000).contains(&number))
        });
        assert!(
            small || *value == round.id.uuid().as_bytes(),
            "both sides hold {value:?}"
        );
    }
    // Nor does a value of one side stand within one of the other, such as an id within a text.
    let ids: Vec<Vec<u8>> = (people.iter())
        .flat_map(|(person, _)| {
            let id = person.id.uuid();
            [
                id.as_bytes().to_vec(),
                id.to_string().into_bytes(),
                id.simple().to_string().into_bytes(),
            ]
        })
        .collect();
    for value in &what {
        assert!(
            !ids.iter()
                .any(|id| value.windows(id.len()).any(|part| part == id))
        );
    }
    // No code, in any writing, is anywhere in the file.
    let bytes = std::fs::read(path).expect("readable");
    for (_, own) in &people {
        for written in [own.to_string(), own.to_string().replace('-', "")] {
            assert!(
                !bytes
                    .windows(written.len())
                    .any(|part| part == written.as_bytes())
            );
        }
    }
}

#[tokio::test]
async fn neither_the_order_of_rows_nor_their_times_tell_who_answered_what() {
    let (db, _, _) = answered_in_secret().await;
    let mut file = SqliteConnection::connect(&db.url)
        .await
        .expect("it is a database");
    // The order in which rows lie follows people's order of answering in no table of answers.
    let by_words: Vec<(String,)> = sqlx::query_as("SELECT comment FROM remark")
        .fetch_all(&mut file)
        .await
        .expect("readable");
    let number_of = |words: &str| -> usize {
        words
            .rsplit(' ')
            .next()
            .and_then(|number| number.parse().ok())
            .expect("the test's words")
    };
    let order: Vec<usize> = by_words.iter().map(|(words,)| number_of(words)).collect();
    assert!(
        agreement(&order).abs() < 0.5,
        "remarks lie in the order of answering"
    );
    for sql in [
        "SELECT r.rowid, a.capability, a.current_answer FROM response r JOIN answer a ON a.response = r.id ORDER BY r.rowid",
        "SELECT 0, a.capability, a.current_answer FROM response r JOIN answer a ON a.response = r.id ORDER BY r.id",
    ] {
        let found: Vec<(i64, Vec<u8>, Option<i64>)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .fetch_all(&mut file)
            .await
            .expect("readable");
        let mut digits: Vec<BTreeMap<u8, usize>> = Vec::new();
        for (_, capability, current) in found {
            let place = *capability.last().expect("16 bytes");
            if place == 1 {
                digits.push(BTreeMap::new());
            }
            if let (Some(sheet), Some(current)) = (digits.last_mut(), current) {
                sheet.insert(place, usize::try_from(current - 1).expect("a level"));
            }
        }
        let order: Vec<usize> = (digits.iter())
            .map(|sheet| sheet[&1] + 5 * sheet[&2] + 25 * sheet[&3])
            .collect();
        assert_eq!(order.len(), 40);
        assert!(
            agreement(&order).abs() < 0.5,
            "responses lie in the order of answering: {sql}"
        );
    }
    // Nor does the place of the words in the file, for it was written anew when the round was closed.
    let path = db.url.strip_prefix("sqlite:").expect("a file");
    let bytes = std::fs::read(path).expect("readable");
    let mut places: Vec<(usize, usize)> = (0..40)
        .map(|number| {
            let words = format!("Ord nummer {number}");
            let found: Vec<usize> = (bytes.windows(words.len()).enumerate())
                .filter(|(_, part)| *part == words.as_bytes())
                // "Ord nummer 1" begins "Ord nummer 12".
                .filter(|(place, _)| !bytes[place + words.len()].is_ascii_digit())
                .map(|(place, _)| place)
                .collect();
            assert_eq!(found.len(), 1, "{words} stands in {} places", found.len());
            (found[0], number)
        })
        .collect();
    places.sort_unstable();
    let order: Vec<usize> = places.into_iter().map(|(_, number)| number).collect();
    assert!(
        agreement(&order).abs() < 0.5,
        "words stand in the order of answering"
    );
    // Times tell the day and no more.
    let times: Vec<(Option<i64>, Option<i64>)> =
        sqlx::query_as("SELECT started_at, submitted_at FROM participant")
            .fetch_all(&mut file)
            .await
            .expect("readable");
    assert!(
        times
            .iter()
            .all(|times| *times == (Some(100 * DAY), Some(100 * DAY)))
    );
    let times: Vec<(i64, i64)> = sqlx::query_as("SELECT due_at, changed_at FROM mail")
        .fetch_all(&mut file)
        .await
        .expect("readable");
    assert!(times.iter().all(|times| *times == (100 * DAY, 100 * DAY)));
}
