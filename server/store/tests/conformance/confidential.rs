//! Confidential rounds: nothing stored ties an answer to its person, and everything that is counted is the same as if
//! something did.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    ids::{CapabilityId, ParticipantId},
    level::Answer,
    municipality::Municipality,
    survey::{Participant, Progress, Rating, Round, Scope, Sheet, SurveyMode, form::Ratings},
};
use sqlx::{Column, Connection, Row, SqliteConnection, TypeInfo, ValueRef, sqlite::SqliteRow};
use store::{AnswerForm, AnswerOutcome, RecoveryCode, Store, StoreError};

use crate::databases::{
    Database, capability, fresh, fresh_sqlite, level, only, rating, round, stored_mapping,
    stored_participant, text,
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// A time of day on the hundredth day.
const NOON: i64 = 100 * DAY + 12 * 60 * 60 * 1000 + 345;

fn code() -> RecoveryCode {
    RecoveryCode::random().expect("the system has randomness")
}

async fn confidential_round(store: &Store) -> Round {
    let mut round = round(stored_mapping(store).await, 1);
    round.mode = SurveyMode::Confidential;
    store.open_round(&round).await.expect("its number is new");
    round
}

fn said(number: u128, current: u8, target: u8) -> ((CapabilityId, Scope), Rating) {
    (
        (capability(number), Scope::All),
        rating(level(current), level(target)),
    )
}

/// What a person says, as the form has it.
fn form(
    participant: ParticipantId,
    code: &RecoveryCode,
    ratings: Ratings,
    submit: bool,
) -> AnswerForm {
    AnswerForm {
        participant,
        code: Some(code.clone()),
        ratings,
        submit,
        at: NOON,
    }
}

async fn answer(store: &Store, form: AnswerForm) -> AnswerOutcome {
    store.answer(form).await.expect("they are asked")
}

#[tokio::test]
async fn a_confidential_draft_is_found_with_its_code_and_not_otherwise() {
    for db in fresh().await {
        let round = confidential_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let eva = stored_participant(&db.store, &round, 2, &["Åmål"]).await.id;
        let own = code();
        let saved = answer(&db.store, form(nils, &own, vec![said(1, 2, 4)], false)).await;
        assert_eq!(saved, AnswerOutcome::Saved);
        let more = vec![
            said(2, 3, 3),
            ((capability(9), Scope::All), Rating::default()),
        ];
        answer(&db.store, form(nils, &own, more, false)).await;
        let store = db.reopened().await;
        let expected = Sheet {
            ratings: [said(1, 2, 4), said(2, 3, 3)].into(),
        };
        let found = store
            .sealed_sheet(round.id, nils, &own)
            .await
            .expect("readable");
        assert_eq!(found, Some((expected, false)));
        for (whose, with) in [(nils, code()), (eva, own.clone())] {
            let found = store
                .sealed_sheet(round.id, whose, &with)
                .await
                .expect("readable");
            assert_eq!(found, None);
        }
        let (sheet, progress) = store.sheet(nils).await.expect("he is asked");
        assert_eq!((sheet.ratings.len(), progress), (0, Progress::Draft));
        assert_eq!(
            store.submitted_answers(round.id).await.expect("readable"),
            []
        );
        // Who comes without the code begins anew; what was sealed stays where it is.
        let begun = answer(&store, form(nils, &code(), vec![said(1, 5, 5)], false)).await;
        assert_eq!(begun, AnswerOutcome::Saved);
        let without = AnswerForm {
            code: None,
            ..form(nils, &own, vec![said(1, 5, 5)], true)
        };
        assert_eq!(answer(&store, without).await, AnswerOutcome::CodeNeeded);
        let found = store
            .sealed_sheet(round.id, nils, &own)
            .await
            .expect("readable");
        assert_eq!(found.map(|(sheet, _)| sheet.ratings.len()), Some(2));
    }
}

#[tokio::test]
async fn a_submitted_confidential_sheet_is_changed_with_its_code_alone() {
    for db in fresh().await {
        let round = confidential_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let own = code();
        let submitted = answer(&db.store, form(nils, &own, vec![said(1, 2, 4)], true)).await;
        assert_eq!(submitted, AnswerOutcome::Submitted);
        let (_, progress) = db.store.sheet(nils).await.expect("he is asked");
        assert_eq!(progress, Progress::Submitted { at: 100 * DAY });
        let current = async || {
            let answers = db
                .store
                .submitted_answers(round.id)
                .await
                .expect("readable");
            (answers.iter())
                .map(|answer| answer.current)
                .collect::<Vec<_>>()
        };
        assert_eq!(current().await, [Some(level(2))]);
        let other = code();
        for submit in [false, true] {
            let refused = answer(&db.store, form(nils, &other, vec![said(1, 5, 5)], submit)).await;
            assert_eq!(refused, AnswerOutcome::CodeNeeded);
        }
        let found = db
            .store
            .sealed_sheet(round.id, nils, &other)
            .await
            .expect("readable");
        assert_eq!((found, current().await), (None, vec![Some(level(2))]));
        // Sent again it is the same; changed, it is counted at once, and once.
        for number in [2, 3] {
            let changed = form(nils, &own, vec![said(1, number, 4)], number == 2);
            assert_eq!(answer(&db.store, changed).await, AnswerOutcome::Submitted);
            assert_eq!(current().await, [Some(level(number))]);
        }
        db.store
            .close_round(round.id, NOON + 1)
            .await
            .expect("it exists");
        let late = answer(&db.store, form(nils, &own, vec![said(1, 1, 1)], true)).await;
        assert_eq!(
            (late, current().await),
            (AnswerOutcome::RoundClosed, vec![Some(level(3))])
        );
        let found = db
            .store
            .sealed_sheet(round.id, nils, &own)
            .await
            .expect("readable");
        assert_eq!(found.map(|(_, submitted)| submitted), Some(true));
    }
}

#[tokio::test]
async fn confidential_texts_lie_by_themselves_and_keep_what_was_decided_while_they_stay() {
    for db in fresh().await {
        let round = confidential_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål", "Orust"])
            .await
            .id;
        let own = code();
        let with = |comment: &str| Rating {
            comment: text(comment),
            ..rating(level(1), level(2))
        };
        let ratings = vec![
            ((capability(1), Scope::All), with("Kvar")),
            ((capability(2), Scope::All), with("Borta")),
            // The same words for one municipality are the same text.
            ((capability(1), only("Orust")), with("Kvar")),
        ];
        answer(&db.store, form(nils, &own, ratings, true)).await;
        let texts = async || {
            let remarks = db.store.remarks(round.id).await.expect("readable");
            (remarks.into_iter())
                .map(|remark| (remark.comment.to_string(), remark.id, remark.screening))
                .collect::<Vec<_>>()
        };
        let before = texts().await;
        let words: Vec<_> = before.iter().map(|(words, ..)| words.as_str()).collect();
        assert_eq!(words, ["Kvar", "Borta"]);
        (db.store)
            .screen_remark(round.id, before[0].1, domain::survey::Screening::Shown)
            .await
            .expect("it is there");
        let changed = vec![((capability(2), Scope::All), with("Ny"))];
        answer(&db.store, form(nils, &own, changed, false)).await;
        let after = texts().await;
        assert_eq!(after[0].1, before[0].1, "the text was written anew");
        assert_eq!(after[0].2, domain::survey::Screening::Shown);
        assert_eq!((after.len(), after[1].0.as_str()), (2, "Ny"));
        assert_eq!(after[1].2, domain::survey::Screening::Waiting);
        assert_ne!(after[1].1, before[1].1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_devices_that_submit_different_codes_at_once_are_one_person() {
    for db in fresh().await {
        let round = confidential_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let nodes = [db.store.clone(), db.reopened().await];
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..12_usize {
            let node = nodes[number % 2].clone();
            let own = code();
            tasks.spawn(async move {
                let level = u8::try_from(number % 5 + 1).expect("small");
                let form = form(nils, &own, vec![said(1, level, 5)], true);
                (node.answer(form).await.expect("he is asked"), own)
            });
        }
        let outcomes = tasks.join_all().await;
        let (first, others): (Vec<_>, Vec<_>) =
            (outcomes.into_iter()).partition(|(outcome, _)| *outcome == AnswerOutcome::Submitted);
        assert_eq!((first.len(), others.len()), (1, 11));
        assert!((others.iter()).all(|(outcome, _)| *outcome == AnswerOutcome::CodeNeeded));
        let answers = db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable");
        assert_eq!(answers.len(), 1);
        let (sheet, _) = (db.store.sealed_sheet(round.id, nils, &first[0].1).await)
            .expect("readable")
            .expect("his own");
        let stands = sheet.ratings[&(capability(1), Scope::All)].current;
        assert_eq!(answers[0].current, stands);
    }
}

#[tokio::test]
async fn one_who_cannot_be_stored_does_not_take_others_along() {
    for db in fresh().await {
        let round = confidential_round(&db.store).await;
        let nils = stored_participant(&db.store, &round, 1, &["Åmål"]).await.id;
        let eva = stored_participant(&db.store, &round, 2, &["Orust"])
            .await
            .id;
        let nobody = ParticipantId::new(crate::databases::random_id());
        let foreign = vec![((capability(1), only("Orust")), rating(level(1), level(1)))];
        let (first, second, third, fourth) = tokio::join!(
            db.store
                .answer(form(nils, &code(), vec![said(1, 1, 2)], true)),
            db.store
                .answer(form(nobody, &code(), vec![said(1, 1, 2)], true)),
            db.store
                .answer(form(eva, &code(), vec![said(1, 3, 4)], true)),
            db.store.answer(form(nils, &code(), foreign, true)),
        );
        assert_eq!(first.expect("he is asked"), AnswerOutcome::Submitted);
        assert!(matches!(second, Err(StoreError::NotFound)), "{second:?}");
        assert_eq!(third.expect("she is asked"), AnswerOutcome::Submitted);
        let refused = [
            AnswerOutcome::ForeignMunicipality,
            AnswerOutcome::CodeNeeded,
        ];
        assert!(refused.contains(&fourth.expect("he is asked")));
        let answers = db
            .store
            .submitted_answers(round.id)
            .await
            .expect("readable");
        assert_eq!(answers.len(), 2);
    }
}

/// A reproducible stream of numbers (Lehmer's generator modulo 2³¹ − 1).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0 * 48_271 % 0x7fff_ffff;
        self.0 % bound
    }

    fn answer(&mut self) -> Option<Answer> {
        let index = usize::try_from(self.below(10)).expect("small");
        Answer::ALL.get(index).copied()
    }

    /// A page of answers about six capabilities, for all and for some that differ.
    fn page(&mut self, homes: &[&str]) -> Ratings {
        let mut page = Ratings::new();
        for number in 1..=6 {
            let mut scopes = vec![Scope::All];
            if homes.len() > 1 && self.below(3) == 0 {
                scopes.push(only(homes[0]));
            }
            for scope in scopes {
                let mut rating = Rating::default();
                if self.below(5) > 0 {
                    rating.current = self.answer();
                    rating.target = self.answer();
                    rating.effect = self.answer();
                }
                if self.below(4) == 0 {
                    rating.comment = text(
                        ["Obs", "Brist", "Bra"][usize::try_from(self.below(3)).expect("small")],
                    );
                }
                page.push(((capability(number), scope), rating));
            }
        }
        page
    }
}

/// What is counted of a round: in each municipality the people who answered, each with all they said, in no order.
type Counted = BTreeMap<&'static str, Vec<Vec<(CapabilityId, Option<Answer>, Option<Answer>)>>>;

async fn counted(store: &Store, round: &Round) -> Counted {
    let mut people: BTreeMap<(Municipality, u32), Vec<_>> = BTreeMap::new();
    for answer in store.submitted_answers(round.id).await.expect("readable") {
        people
            .entry((answer.municipality, answer.respondent))
            .or_default()
            .push((answer.capability, answer.current, answer.target));
    }
    let mut counted = Counted::new();
    for ((municipality, _), mut said) in people {
        said.sort_unstable();
        counted.entry(municipality.name()).or_default().push(said);
    }
    for people in counted.values_mut() {
        people.sort_unstable();
    }
    counted
}

async fn words(store: &Store, round: &Round) -> Vec<(CapabilityId, String)> {
    let remarks = store.remarks(round.id).await.expect("readable");
    let mut words: Vec<_> = (remarks.into_iter())
        .map(|remark| (remark.capability, remark.comment.to_string()))
        .collect();
    words.sort();
    words
}

#[tokio::test]
async fn named_and_confidential_rounds_with_the_same_sheets_count_the_same() {
    const HOMES: [&[&str]; 5] = [
        &["Åmål"],
        &["Orust", "Åmål"],
        &["Dals-Ed", "Orust", "Tanum"],
        &["Tanum"],
        &["Orust"],
    ];
    for seed in 1..=4_u64 {
        for db in fresh().await {
            let secret = confidential_round(&db.store).await;
            let mut open = round(secret.mapping, 2);
            open.mode = SurveyMode::Named;
            db.store.open_round(&open).await.expect("its number is new");
            let mut numbers = Numbers(seed * 7919);
            let mut known = Vec::new();
            for person in 0..12_u8 {
                let homes = HOMES[usize::from(person) % HOMES.len()];
                let here = stored_participant(&db.store, &secret, person + 1, homes).await;
                let there = stored_participant(&db.store, &open, person + 101, homes).await;
                known.push((here, there, code(), homes));
            }
            // Saved, submitted and changed in any order, as people do.
            for _ in 0..40 {
                let index = usize::try_from(numbers.below(12)).expect("small");
                let (here, there, own, homes) = &known[index];
                let (page, submit) = (numbers.page(homes), numbers.below(2) == 0);
                let in_secret = form(here.id, own, page.clone(), submit);
                let named = AnswerForm {
                    code: None,
                    ..form(there.id, own, page, submit)
                };
                let both = [
                    answer(&db.store, in_secret).await,
                    answer(&db.store, named).await,
                ];
                assert_eq!(both[0], both[1], "seed {seed}, {}", db.url);
            }
            let expected = counted(&db.store, &open).await;
            assert!(!expected.is_empty());
            assert_eq!(
                counted(&db.store, &secret).await,
                expected,
                "seed {seed}, {}",
                db.url
            );
            assert_eq!(
                words(&db.store, &secret).await,
                words(&db.store, &open).await
            );
            let turnouts = [secret.id, open.id].map(|round| db.store.turnout(round));
            let [in_secret, named] = turnouts;
            assert_eq!(
                in_secret.await.expect("readable"),
                named.await.expect("readable")
            );
            for (here, there, own, _) in &known {
                let (sheet, _) = db.store.sheet(there.id).await.expect("asked");
                let sealed = db
                    .store
                    .sealed_sheet(secret.id, here.id, own)
                    .await
                    .expect("readable");
                assert_eq!(
                    sealed.map_or_else(Sheet::default, |(sheet, _)| sheet),
                    sheet
                );
            }
        }
    }
}

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
