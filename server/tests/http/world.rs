//! Mappings, rounds and people of every kind, put into the database beside the running server.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use domain::{
    ids::{AccountId, MappingId, SessionId, WorkshopId},
    map::{MapState, Recorded},
    mapping::Mapping,
    municipality::Municipality,
    participation::{Contact, Enquiry, Entry, Invitee, Material, Readiness},
    rights::{Membership, Role},
    survey::{Participant, Progress, Round, Sheet},
    text::Text,
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use store::{LoginLink, NewSession, Store, TokenHash};
use uuid::Uuid;

use crate::{
    client::Client,
    program::{Place, Program},
    series::{Asked, Series, series},
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
    /// On a database of its own, in a file.
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

    /// The address that opens a workshop's compiled page for everyone: made with the server's key, as the server does.
    pub(crate) fn shared(&self, workshop: WorkshopId) -> String {
        let key = std::fs::read(self.place.folder.path().join("link.key"));
        let mut mac = Hmac::<Sha256>::new_from_slice(&key.expect("the server has made its key"))
            .expect("any length of key will do");
        mac.update(b"compiled");
        mac.update(workshop.uuid().as_bytes());
        let hash = mac.finalize().into_bytes();
        let bits: Vec<u8> = (hash[..20].iter())
            .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
            .collect();
        let token: String = (bits.chunks(5))
            .map(|five| {
                five.iter()
                    .fold(0, |number, bit| number << 1 | usize::from(*bit))
            })
            .map(|number| char::from(b"abcdefghjkmnpqrstuvwxyz023456789"[number]))
            .collect();
        format!("/s/{workshop}/{token}")
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
            (found.invitees).extend(self.store.invitees(mapping.id).await.expect("readable"));
            let prepared = (
                self.store.reading(mapping.id).await.expect("readable"),
                self.store
                    .count_readers(mapping.id)
                    .await
                    .expect("readable"),
                self.store.readiness(mapping.id).await.expect("readable"),
            );
            found.prepared.push(prepared);
            (found.participation)
                .extend((self.store.participation(mapping.id).await).expect("readable"));
            for enquiry in self.store.enquiries(mapping.id).await.expect("readable") {
                (found.contacts).extend((self.store.contacts(enquiry.id).await).expect("readable"));
                found.enquiries.push(enquiry);
            }
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

/// The text to read with when it was changed, how many have read it, and what municipalities have done before.
pub(crate) type Prepared = (Option<(Material, i64)>, u64, Vec<Readiness>);

/// All that is stored, to be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Everything {
    pub(crate) accounts: u64,
    pub(crate) mappings: Vec<Mapping>,
    pub(crate) people: Vec<(AccountId, Membership)>,
    pub(crate) events: Vec<Recorded>,
    pub(crate) invitees: Vec<Invitee>,
    /// Of each mapping: its own text to read and when it was changed, how many have read it, and readiness.
    pub(crate) prepared: Vec<Prepared>,
    pub(crate) participation: Vec<Entry>,
    pub(crate) enquiries: Vec<Enquiry>,
    pub(crate) contacts: Vec<Contact>,
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
        .create_login_link(hash(&token), account, None, expires_at, now())
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
