//! Mappings, rounds and people of every kind, put into the database beside the running server.

use domain::{
    ids::{
        AccountId, AreaId, CapabilityId, GoalId, MappingId, OpId, ParticipantId, RoundId,
        SessionId, WeaknessId,
    },
    map::{
        Area, Author, CapabilityDraft, CapabilityKind, Command, Goal, GoalLevel, MapState,
        Recorded, Weakness, WeaknessKind,
    },
    mapping::{Language, Mapping, Member, Participation},
    municipality::Municipality,
    rights::{Membership, Role},
    survey::{Occupation, Participant, Progress, Round, RoundStatus, Sheet},
    text::Text,
};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use store::{LoginLink, NewSession, Store, TokenHash};
use time::macros::date;
use uuid::Uuid;

use crate::{
    client::Client,
    program::{Place, Program},
};

/// The municipality that the representative and the participants speak for.
pub(crate) const HOME: &str = "Åmål";
/// Another one in the same mapping.
pub(crate) const AWAY: &str = "Bengtsfors";

/// Those who come to the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    /// Nobody we know.
    Anonymous,
    /// With this role in our mapping; a representative speaks for [`HOME`].
    Member(Role),
    /// Samordnare of the other mapping, with no role in ours.
    Stranger,
    /// Someone who tries a personal survey link's secret as if it were a session.
    Participant,
}

impl Who {
    /// Everyone, in the order of the rights table's columns.
    pub(crate) const ALL: [Self; 8] = [
        Self::Anonymous,
        Self::Member(Role::Coordinator),
        Self::Member(Role::Facilitator),
        Self::Member(Role::Representative),
        Self::Member(Role::Director),
        Self::Member(Role::SteeringGroup),
        Self::Stranger,
        Self::Participant,
    ];
}

/// One mapping with a ratified map, an open and a closed round.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) mapping: MappingId,
    pub(crate) goal: GoalId,
    pub(crate) area: AreaId,
    /// Three on the map, in one area.
    pub(crate) capabilities: [CapabilityId; 3],
    /// One that was struck before the map was ratified.
    pub(crate) retired: CapabilityId,
    pub(crate) weakness: WeaknessId,
    pub(crate) open: RoundId,
    pub(crate) closed: RoundId,
    /// Asked in the open round, for [`HOME`].
    pub(crate) asked: Asked,
    /// Asked in the open round, for [`HOME`] and [`AWAY`].
    pub(crate) asked_for_both: Asked,
    /// Submitted in the closed round.
    pub(crate) answered: Asked,
    /// Answered nothing in the closed round.
    pub(crate) late: Asked,
    /// A command that can be undone: it added a goal that nothing points at.
    pub(crate) undoable: OpId,
}

/// A participant with the secret of their link.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) id: ParticipantId,
    pub(crate) token: String,
}

impl Asked {
    /// An address in their survey: `path` begins with a slash or is empty.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("/e/{}{path}", self.token)
    }
}

/// A running server with everything in it.
pub(crate) struct World {
    pub(crate) place: Place,
    pub(crate) program: Program,
    pub(crate) store: Store,
    pub(crate) ours: Series,
    pub(crate) theirs: Series,
    pub(crate) example: Series,
    /// The secret of a one-time link that nobody has used.
    pub(crate) login_token: String,
    sessions: BTreeMap<Who, String>,
    accounts: BTreeMap<Who, AccountId>,
}

impl World {
    /// On an SQLite database of its own.
    pub(crate) async fn new() -> Self {
        Self::in_place(Place::sqlite()).await
    }

    /// On this empty database.
    pub(crate) async fn in_place(place: Place) -> Self {
        let store = place.store().await;
        let ours = series(&store, "Dalsland", false).await;
        let theirs = series(&store, "Östra Skaraborg", false).await;
        let example = series(&store, "Exemplet", true).await;
        let (mut sessions, mut accounts) = (BTreeMap::new(), BTreeMap::new());
        for who in Who::ALL {
            let (mapping, role) = match who {
                Who::Anonymous => continue,
                Who::Participant => {
                    sessions.insert(who, ours.asked.token.clone());
                    continue;
                }
                Who::Member(role) => (ours.mapping, role),
                Who::Stranger => (theirs.mapping, Role::Coordinator),
            };
            let name = format!("{who:?} Exempel");
            let account = account(&store, &name, role == Role::Coordinator).await;
            let membership = Membership {
                mapping,
                role,
                municipalities: match role {
                    Role::Representative => vec![municipality(HOME)],
                    _ => Vec::new(),
                },
            };
            (store.set_membership(account, &membership).await).expect("both are there");
            sessions.insert(who, session(&store, account).await);
            accounts.insert(who, account);
        }
        let starter = accounts[&Who::Stranger];
        Self {
            login_token: login_token(&store, starter, now() + 3_600_000).await,
            program: place.start(),
            place,
            store,
            ours,
            theirs,
            example,
            sessions,
            accounts,
        }
    }

    /// The account of someone who has one.
    pub(crate) fn account(&self, who: Who) -> AccountId {
        *self.accounts.get(&who).expect("they have an account")
    }

    /// The browser of one of them.
    pub(crate) fn as_who(&self, who: Who) -> Client {
        let client = self.program.client();
        match self.sessions.get(&who) {
            None => client,
            Some(token) => client.with_cookie(format!("formagekartan={token}")),
        }
    }

    /// The browser of our samordnare.
    pub(crate) fn coordinator(&self) -> Client {
        self.as_who(Who::Member(Role::Coordinator))
    }

    /// Cuts the power, and starts the server again on what is left.
    pub(crate) fn kill_and_restart(&mut self) {
        self.program.kill();
        self.program = self.place.start();
    }

    /// Every event of a mapping.
    pub(crate) async fn events(&self, mapping: MappingId) -> Vec<Recorded> {
        (self.store.events_after(mapping, 0).await).expect("readable")
    }

    /// A mapping's map.
    pub(crate) async fn map(&self, mapping: MappingId) -> Arc<MapState> {
        self.store.map_state(mapping).await.expect("readable")
    }

    /// What someone has answered so far.
    pub(crate) async fn sheet(&self, asked: &Asked) -> (Sheet, Progress) {
        self.store.sheet(asked.id).await.expect("they are asked")
    }

    /// Everything that a request could have changed.
    pub(crate) async fn everything(&self) -> Everything {
        let mut found = Everything {
            accounts: self.store.count_accounts().await.expect("readable"),
            mappings: self.store.mappings().await.expect("readable"),
            ..Everything::default()
        };
        for mapping in found.mappings.clone() {
            found.events.extend(self.events(mapping.id).await);
            let people = self.store.accounts_of(mapping.id).await.expect("readable");
            (found.people).extend(people.into_iter().map(|(who, what)| (who.id, what)));
            for round in self.store.rounds(mapping.id).await.expect("readable") {
                for asked in self.store.participants(round.id).await.expect("readable") {
                    let sheet = self.store.sheet(asked.id).await.expect("readable");
                    found.sheets.push((asked, sheet));
                }
                found.rounds.push(round);
            }
        }
        found
    }
}

/// All that is stored, to be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Everything {
    pub(crate) accounts: u64,
    pub(crate) mappings: Vec<Mapping>,
    pub(crate) people: Vec<(AccountId, Membership)>,
    pub(crate) events: Vec<Recorded>,
    pub(crate) rounds: Vec<Round>,
    pub(crate) sheets: Vec<(Participant, (Sheet, Progress))>,
}

pub(crate) fn random_id() -> Uuid {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// A secret as it stands in a link.
pub(crate) fn random_token() -> String {
    format!("{}{}", random_id().simple(), random_id().simple())
}

pub(crate) fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

pub(crate) fn text<const MIN: usize, const MAX: usize>(typed: &str) -> Text<MIN, MAX> {
    Text::parse(typed).expect("the test's texts fit")
}

pub(crate) fn municipality(name: &str) -> Municipality {
    Municipality::by_name(name).expect("the test names a municipality")
}

/// Now, in milliseconds since 1970 UTC.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.expect("1970 is over").as_millis();
    i64::try_from(millis).expect("it fits for a long time")
}

/// A stored account.
pub(crate) async fn account(store: &Store, name: &str, may_start: bool) -> AccountId {
    let id = AccountId::new(random_id());
    (store
        .create_account(id, &text(name), "", may_start, now())
        .await)
        .expect("its id is new");
    id
}

/// A one-time link's secret for an account, good until this time.
pub(crate) async fn login_token(store: &Store, account: AccountId, expires_at: i64) -> String {
    let token = random_token();
    (store
        .create_login_link(hash(&token), account, expires_at, now())
        .await)
        .expect("the account is there");
    token
}

/// The secret of a new session.
pub(crate) async fn session(store: &Store, account: AccountId) -> String {
    let link = login_token(store, account, now() + 60_000).await;
    let token = random_token();
    let session = NewSession {
        id: SessionId::new(random_id()),
        token_hash: hash(&token),
        label: "Provning".to_owned(),
        expires_at: now() + 3_600_000,
    };
    let used = store.use_login_link(hash(&link), session, now()).await;
    assert!(matches!(used, Ok(LoginLink::Valid(_))), "{used:?}");
    token
}

/// Someone asked in an open round.
pub(crate) async fn ask(store: &Store, round: RoundId, name: &str, whom: &[&str]) -> Asked {
    let asked = Asked {
        id: ParticipantId::new(random_id()),
        token: random_token(),
    };
    let mut municipalities: Vec<_> = whom.iter().map(|name| municipality(name)).collect();
    Municipality::sort(&mut municipalities);
    let participant = Participant {
        id: asked.id,
        round,
        name: text(name),
        email: text("nils@example.se"),
        occupation: Occupation::ItManager,
        municipalities,
    };
    (store
        .add_participants(round, &[(participant, hash(&asked.token))], now())
        .await)
        .expect("the round is open");
    asked
}

/// What someone writes about a capability in this area.
pub(crate) fn capability(name: &str, area: Option<AreaId>) -> CapabilityDraft {
    CapabilityDraft {
        name: text(name),
        formulation: text(&format!("Förmåga att hantera {}", name.to_lowercase())),
        description: text(""),
        kind: CapabilityKind::Supporting,
        layers: [].into(),
        area,
        goals: [].into(),
    }
}

async fn series(store: &Store, name: &str, example: bool) -> Series {
    let mapping = Mapping {
        id: MappingId::new(random_id()),
        name: text(name),
        period: text("2026–2027"),
        language: Language::Swedish,
        example,
        members: [HOME, AWAY]
            .map(|name| Member {
                municipality: municipality(name),
                participation: Participation::Full,
                note: text(""),
            })
            .to_vec(),
    };
    (store.create_mapping(&mapping, None, now()).await).expect("its id is new");
    let (goal, area) = (GoalId::new(random_id()), AreaId::new(random_id()));
    let [first, second, third, retired] = [0; 4].map(|_| CapabilityId::new(random_id()));
    let weakness = WeaknessId::new(random_id());
    let goal_called = |title| Goal {
        level: GoalLevel::Regional,
        parent: None,
        title: text(title),
        description: text(""),
        municipality: None,
    };
    let commands = [
        Command::SaveGoal(GoalId::new(random_id()), goal_called("Hållbar tillväxt")),
        Command::SaveGoal(goal, goal_called("Säkra och enkla e-tjänster")),
        Command::SaveArea(
            area,
            Area {
                name: text("Data"),
                description: text(""),
                position: 0,
            },
        ),
        Command::SaveCapability(first, capability("Informationsklassning", Some(area))),
        Command::SaveCapability(second, capability("Datadelning", Some(area))),
        Command::SaveCapability(third, capability("Arkivering", Some(area))),
        Command::SaveCapability(retired, capability("Blanketter", Some(area))),
        Command::RetireCapability(retired),
        Command::SaveWeakness(
            weakness,
            Weakness {
                name: text("Ingen vet vem som äger informationen"),
                description: text(""),
                kind: WeaknessKind::WayOfWorking,
                capability: Some(first),
            },
        ),
        Command::Ratify {
            date: date!(2026 - 03 - 17),
            decided_by: text("Styrgruppen"),
        },
    ];
    let undoable = OpId::new(random_id());
    let mut next = Some(undoable);
    for command in commands {
        let op = next.take().unwrap_or_else(|| OpId::new(random_id()));
        (store
            .execute(mapping.id, Author::System, op, command, now())
            .await)
            .expect("allowed");
    }
    let closed = round(store, mapping.id, 1).await;
    let answered = ask(store, closed, "Nils Exempel", &[HOME]).await;
    let late = ask(store, closed, "Lisa Exempel", &[HOME]).await;
    answer(store, &answered, [first, second, third]).await;
    (store.close_round(closed, now()).await).expect("it is there");
    let open = round(store, mapping.id, 2).await;
    Series {
        mapping: mapping.id,
        goal,
        area,
        capabilities: [first, second, third],
        retired,
        weakness,
        asked: ask(store, open, "Åsa Exempel", &[HOME]).await,
        asked_for_both: ask(store, open, "Örjan Exempel", &[HOME, AWAY]).await,
        open,
        closed,
        answered,
        late,
        undoable,
    }
}

async fn round(store: &Store, mapping: MappingId, number: u32) -> RoundId {
    let round = Round {
        id: RoundId::new(random_id()),
        mapping,
        number,
        name: text(&format!("Omgång {number}")),
        version: 1,
        target_year: 2030,
        n_min: 3,
        status: RoundStatus::Open,
        opened_at: now(),
        closed_at: None,
    };
    store.open_round(&round).await.expect("its number is new");
    round.id
}

async fn answer(store: &Store, asked: &Asked, capabilities: [CapabilityId; 3]) {
    use domain::{
        level::{Answer, Level},
        survey::{Rating, Scope},
    };
    let level = |number| Level::new(number).map(Answer::Level);
    let ratings = capabilities.map(|id| {
        let rating = Rating {
            current: level(2),
            target: level(4),
            ..Rating::default()
        };
        ((id, Scope::All), rating)
    });
    let saved = store.save_draft(asked.id, &ratings, now()).await;
    assert_eq!(saved.expect("writable"), store::SaveOutcome::Saved);
    let submitted = store.submit(asked.id, now()).await;
    assert_eq!(
        submitted.expect("writable"),
        store::SubmitOutcome::Submitted
    );
}
