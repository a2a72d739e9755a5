//! Fresh, empty databases and things to fill them with.

use std::env;

use domain::{
    ids::{AccountId, CapabilityId, MappingId, OpId, ParticipantId, RoundId},
    level::{Answer, Level},
    map::{CapabilityDraft, CapabilityKind, Command},
    mapping::{Language, Mapping, Member, Participation},
    municipality::Municipality,
    survey::{Occupation, Participant, Rating, Round, RoundStatus, Scope, SurveyMode},
    text::Text,
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use store::{Store, TokenHash};
use tempfile::TempDir;
use uuid::Uuid;

/// A database of the test's own.
pub(crate) struct Database {
    pub(crate) store: Store,
    pub(crate) url: String,
    _folder: Option<TempDir>,
}

impl Database {
    /// Another node on the same database.
    pub(crate) async fn reopened(&self) -> Store {
        Store::open(&self.url).await.expect("it was open before")
    }

    /// How many transactions stay open on this database once nobody asks anything of it; SQLite has one writer, whose
    /// open transaction would stop everything else.
    pub(crate) async fn open_transactions(&self) -> i64 {
        if self.url.starts_with("sqlite:") {
            return 0;
        }
        let mut connection = (PgConnection::connect(&self.url).await).expect("it exists");
        let mut open = 0;
        // What is on its way to an end gets the time of some questions.
        for _ in 0..500 {
            open = sqlx::query_scalar(
                "SELECT count(*) FROM pg_stat_activity
                 WHERE application_name = current_setting('application_name')
                     AND state LIKE 'idle in transaction%'",
            )
            .fetch_one(&mut connection)
            .await
            .expect("it answers");
            if open == 0 {
                break;
            }
        }
        open
    }
}

/// An empty SQLite database in a folder of its own.
pub(crate) async fn fresh_sqlite() -> Database {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("data/test.db");
    let url = format!("sqlite:{}", path.display());
    Database {
        store: Store::open(&url).await.expect("a new file can be opened"),
        url,
        _folder: Some(folder),
    }
}

/// An empty PostgreSQL schema, when `TEST_POSTGRES_URL` names a cluster to make it in.
pub(crate) async fn fresh_postgres() -> Option<Database> {
    let Ok(cluster) = env::var("TEST_POSTGRES_URL") else {
        let required = env::var("CI").is_ok_and(|ci| ci == "true")
            || env::var("REQUIRE_POSTGRES").is_ok_and(|required| required == "1");
        assert!(
            !required,
            "TEST_POSTGRES_URL is missing: `make test` starts a cluster and sets it"
        );
        eprintln!("not asked of PostgreSQL: TEST_POSTGRES_URL is not set");
        return None;
    };
    let schema = format!("test_{}", random_id().simple());
    let mut connection = (PgConnection::connect(&cluster).await).expect("the cluster answers");
    connection
        .execute(AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
        .await
        .expect("the cluster is ours to write to");
    let mark = if cluster.contains('?') { '&' } else { '?' };
    let url = format!("{cluster}{mark}options=-csearch_path%3D{schema}&application_name={schema}");
    Some(Database {
        store: Store::open(&url).await.expect("a new schema can be opened"),
        url,
        _folder: None,
    })
}

/// An empty database of each kind.
pub(crate) async fn fresh() -> Vec<Database> {
    let mut databases = vec![fresh_sqlite().await];
    databases.extend(fresh_postgres().await);
    databases
}

pub(crate) fn random_id() -> Uuid {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

pub(crate) fn op() -> OpId {
    OpId::new(random_id())
}

/// A token's hash that stands for this number.
pub(crate) fn token(number: u8) -> TokenHash {
    [number; 32]
}

pub(crate) fn text<const MIN: usize, const MAX: usize>(typed: &str) -> Text<MIN, MAX> {
    Text::parse(typed).expect("the test's texts fit")
}

pub(crate) fn municipality(name: &str) -> Municipality {
    Municipality::by_name(name).expect("the test names a municipality")
}

pub(crate) fn level(number: u8) -> Answer {
    Answer::Level(Level::new(number).expect("the test's levels are 1–5"))
}

pub(crate) fn rating(current: Answer, target: Answer) -> Rating {
    Rating {
        current: Some(current),
        target: Some(target),
        ..Rating::default()
    }
}

pub(crate) fn capability(number: u128) -> CapabilityId {
    CapabilityId::new(Uuid::from_u128(number))
}

pub(crate) fn add_capability(id: CapabilityId, name: &str) -> Command {
    Command::SaveCapability(
        id,
        CapabilityDraft {
            name: text(name),
            formulation: text(""),
            description: text(""),
            kind: CapabilityKind::Supporting,
            layers: [].into(),
            area: None,
            goals: [].into(),
            anchors: domain::map::Anchors::default(),
            owner: domain::text::Owner::default(),
        },
    )
}

pub(crate) fn mapping(name: &str) -> Mapping {
    Mapping {
        id: MappingId::new(random_id()),
        name: text(name),
        period: text("2026–2027"),
        language: Language::Swedish,
        example: false,
        members: Municipality::fyrbodal()
            .into_iter()
            .map(|municipality| Member {
                municipality,
                participation: Participation::Full,
                note: text(""),
            })
            .collect(),
    }
}

/// A stored mapping without a creator.
pub(crate) async fn stored_mapping(store: &Store) -> MappingId {
    let mapping = mapping("Fyrbodal");
    (store.create_mapping(&mapping, None, 1).await).expect("its id is new");
    mapping.id
}

/// A stored account.
pub(crate) async fn stored_account(store: &Store, name: &str, email: &str) -> AccountId {
    let id = AccountId::new(random_id());
    (store.create_account(id, &text(name), email, true, 1).await).expect("its id is new");
    id
}

pub(crate) fn round(mapping: MappingId, number: u32) -> Round {
    Round {
        id: RoundId::new(random_id()),
        mapping,
        number,
        name: text("Nuläge"),
        version: 1,
        target_year: 2030,
        n_min: 3,
        mode: SurveyMode::Named,
        ask_effect: false,
        status: RoundStatus::Open,
        opened_at: 10,
        closed_at: None,
    }
}

/// A stored open round in a mapping of its own.
pub(crate) async fn stored_round(store: &Store) -> Round {
    let round = round(stored_mapping(store).await, 1);
    store.open_round(&round).await.expect("its number is new");
    round
}

pub(crate) fn participant(round: RoundId, name: &str, municipalities: &[&str]) -> Participant {
    let mut municipalities: Vec<_> = municipalities.iter().map(|m| municipality(m)).collect();
    Municipality::sort(&mut municipalities);
    Participant {
        id: ParticipantId::new(random_id()),
        round,
        name: text(name),
        email: text("nils@example.se"),
        occupation: Occupation::ItManager,
        municipalities,
    }
}

/// A stored participant with the token of this number.
pub(crate) async fn stored_participant(
    store: &Store,
    round: &Round,
    number: u8,
    municipalities: &[&str],
) -> Participant {
    let participant = participant(round.id, &format!("Person {number}"), municipalities);
    store
        .add_participants(round.id, &[(participant.clone(), token(number))], 20)
        .await
        .expect("its token is new");
    participant
}

pub(crate) fn only(name: &str) -> Scope {
    Scope::Only(municipality(name))
}
