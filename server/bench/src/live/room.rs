//! A workshop that is under way: a server of its own on an empty database, a plan, a facilitator and people.

use std::{
    error::Error,
    time::{SystemTime, UNIX_EPOCH},
};

use domain::{
    ids::{AreaId, CapabilityId, ItemId, MappingId, OpId, WorkshopId},
    map::{Area, Author, CapabilityDraft, CapabilityKind, Command},
    mapping::{Language, Mapping, Member, Participation},
    municipality::Municipality,
    text::Text,
    workshop::{Activity, CardKind, Item, ItemKind, Series, WorkCommand, Workshop},
};
use store::Store;
use tempfile::TempDir;
use time::macros::date;

use super::wire::{Answer, Wire, form};
use crate::{
    region::{id, text},
    server::{Server, database_in},
};

/// The point where people write what everyone sees.
const ROUND: u128 = 0;
/// The point where they vote.
const VOTE: u128 = 1;

/// See the module.
pub(super) struct Room {
    /// The running server; it goes before its folder does.
    pub(super) server: Server,
    folder: TempDir,
    /// The session of the one who leads.
    pub(super) leader: String,
    /// The cookies of those who have joined.
    pub(super) seats: Vec<String>,
    /// How many commands there have been.
    ops: u128,
}

impl Room {
    /// Starts the server, plans a workshop, signs in, opens it and has so many people join.
    ///
    /// # Errors
    /// When anything goes otherwise than it should.
    pub(super) async fn open(people: usize) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let (server, link) = Server::start_empty(folder.path())?;
        let mut wire = Wire::open(&server.host).await?;
        let answer = wire.post(&link, "", "text/html", "").await?;
        let leader = (answer.cookie("formagekartan"))
            .ok_or_else(|| wrong("signing in", &answer))?
            .to_owned();
        let mut room = Self {
            server,
            folder,
            leader,
            seats: Vec::new(),
            ops: 0,
        };
        let store = room.store().await?;
        plan(&store).await?;
        room.lead(&[("gor", "oppna")]).await?;
        let code = (store.code_of(workshop()).await?).ok_or("the workshop has no code")?;
        store.close().await;
        room.enter(ROUND).await?;
        room.lead(&[("gor", "tur"), ("kommun", &turn().to_string())])
            .await?;
        for number in 1..=people {
            let seat = join(&mut wire, &code, number).await?;
            room.seats.push(seat);
        }
        Ok(room)
    }

    /// The database, read by another program: this one.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(super) async fn store(&self) -> Result<Store, Box<dyn Error>> {
        Ok(Store::open(&database_in(self.folder.path())).await?)
    }

    /// The workshop's address.
    pub(super) fn address() -> String {
        format!("/k/{}/workshop/{}", mapping(), workshop())
    }

    /// The id of another command.
    pub(super) fn op(&mut self) -> String {
        self.ops += 1;
        id(9, self.ops).to_string()
    }

    /// Goes on to the vote, and opens it.
    ///
    /// # Errors
    /// When the server refuses.
    pub(super) async fn vote(&mut self) -> Result<(), Box<dyn Error>> {
        self.enter(VOTE).await?;
        let item = item(VOTE).to_string();
        let fields = [("gor", "omrostning"), ("punkt", &item), ("vad", "oppna")];
        self.lead(&fields).await?;
        Ok(())
    }

    async fn enter(&mut self, point: u128) -> Result<(), Box<dyn Error>> {
        let item = item(point).to_string();
        self.lead(&[("gor", "till"), ("punkt", &item)]).await?;
        Ok(())
    }

    /// Does something as the one who leads.
    ///
    /// # Errors
    /// When the server refuses.
    async fn lead(&mut self, fields: &[(&str, &str)]) -> Result<(), Box<dyn Error>> {
        let op = self.op();
        let mut all = vec![("op", &*op)];
        all.extend(fields);
        let mut wire = Wire::open(&self.server.host).await?;
        let path = format!("{}/gor", Self::address());
        let answer = (wire.post(&path, &self.leader, "application/json", &form(&all))).await?;
        match answer.status {
            200 => Ok(()),
            _ => Err(wrong(&form(fields), &answer).into()),
        }
    }
}

/// The fields of a card that is written in the municipal round, under one of its three headings in turn.
pub(super) fn written(op: &str, number: usize, text: &str) -> String {
    let item = item(ROUND).to_string();
    let kinds = [CardKind::Challenge, CardKind::Opportunity, CardKind::Help];
    form(&[
        ("gor", "skriv"),
        ("op", op),
        ("punkt", &item),
        ("slag", kinds[number % 3].code()),
        ("kommun", &turn().to_string()),
        ("text", text),
    ])
}

/// The fields of a card that is reworded.
pub(super) fn reworded(op: &str, card: &str, text: &str) -> String {
    form(&[
        ("gor", "andrakort"),
        ("op", op),
        ("kort", card),
        ("text", text),
    ])
}

/// The fields of a vote.
pub(super) fn voted(op: &str, value: usize) -> String {
    let (item, capability) = (item(VOTE).to_string(), capability(0).to_string());
    form(&[
        ("gor", "rosta"),
        ("op", op),
        ("punkt", &item),
        ("formaga", &capability),
        ("varde", &value.to_string()),
    ])
}

/// How many votes are stored.
///
/// # Errors
/// When the database fails.
pub(super) async fn stored_votes(store: &Store) -> Result<usize, Box<dyn Error>> {
    let state = store.map_state(mapping()).await?;
    Ok(state.work.votes_at(workshop(), item(VOTE), 1).count())
}

/// How many cards are stored.
///
/// # Errors
/// When the database fails.
pub(super) async fn stored_cards(store: &Store) -> Result<usize, Box<dyn Error>> {
    let state = store.map_state(mapping()).await?;
    Ok(state.work.cards_at(workshop(), item(ROUND)).count())
}

/// What was expected, and what came instead.
pub(super) fn wrong(what: &str, answer: &Answer) -> String {
    let text: String = answer.text().chars().take(300).collect();
    format!("{what} was answered with {}: {text}", answer.status)
}

async fn join(wire: &mut Wire, code: &str, number: usize) -> Result<String, Box<dyn Error>> {
    // Everyone may speak for the one whose turn it is, so that everyone writes what all see.
    let members = Municipality::fyrbodal();
    let name = format!("Deltagare {number} Exempel");
    let op = id(10, number as u128).to_string();
    let fields = form(&[
        ("op", &op),
        ("kod", code),
        ("namn", &name),
        ("kommun", &members[number % members.len()].to_string()),
        ("kommun", &turn().to_string()),
        ("roll", "annan"),
    ]);
    let answer = wire.post("/w", "", "text/html", &fields).await?;
    let seat = (answer.cookie("deltar")).ok_or_else(|| wrong("joining", &answer))?;
    Ok(seat.to_owned())
}

fn mapping() -> MappingId {
    MappingId::new(id(4, 0))
}

fn workshop() -> WorkshopId {
    WorkshopId::new(id(6, 0))
}

fn item(number: u128) -> ItemId {
    ItemId::new(id(7, number))
}

/// The municipality whose turn it is.
fn turn() -> Municipality {
    Municipality::fyrbodal()[0]
}

fn capability(number: u32) -> CapabilityId {
    CapabilityId::new(id(3, number.into()))
}

/// Writes a map of the example's size and a workshop into the database, as if somebody had planned it last week.
async fn plan(store: &Store) -> Result<(), Box<dyn Error>> {
    let starter = (store.first_starter().await?).ok_or("nobody is there to plan")?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
    let at = i64::try_from(now)?;
    let settings = Mapping {
        id: mapping(),
        name: text("Exempel"),
        period: text("2026"),
        language: Language::Swedish,
        example: false,
        members: (Municipality::fyrbodal().into_iter())
            .map(|municipality| Member {
                municipality,
                participation: Participation::Full,
                note: Text::default(),
            })
            .collect(),
    };
    store.create_mapping(&settings, Some(starter), at).await?;
    store.create_workshop(mapping(), workshop()).await?;
    let plan = Workshop {
        series: Series::Ws2,
        title: text("WS2 Gruppera"),
        date: date!(2026 - 11 - 25),
        starts: 9 * 60,
        place: Text::default(),
        agenda: vec![
            point(ROUND, "Kommunrunda", Activity::MunicipalRound),
            point(VOTE, "Effekt på målen", Activity::EffectVote),
        ],
        round: None,
        approval: false,
        dots: 3,
    };
    let commands = [
        map_of(32),
        Command::Work(workshop(), WorkCommand::Plan(Box::new(plan))),
    ];
    for (command, number) in commands.into_iter().zip(0..) {
        let op = OpId::new(id(8, number));
        let author = Author::Account(starter);
        store.execute(mapping(), author, op, command, at).await?;
    }
    Ok(())
}

fn point(number: u128, title: &str, activity: Activity) -> Item {
    Item {
        id: item(number),
        title: text(title),
        kind: ItemKind::Working,
        activity,
        instruction: text("En kommun i taget berättar. Skriv det som är nytt."),
        responsible: Text::default(),
        minutes: 40,
        skipped: false,
    }
}

/// So many capabilities in five areas.
fn map_of(capabilities: u32) -> Command {
    let area = |number: u32| AreaId::new(id(2, number.into()));
    let areas = (0..5).map(|position| {
        let content = Area {
            name: text(&format!("Område {position}")),
            description: Text::default(),
            position,
        };
        (area(position), content)
    });
    let capabilities = (0..capabilities).map(|number| {
        let draft = CapabilityDraft {
            name: text(&format!("Förmåga {number}")),
            formulation: text(&format!("Förmåga att göra det {number}:e som behövs")),
            description: Text::default(),
            kind: CapabilityKind::Supporting,
            layers: std::collections::BTreeSet::new(),
            area: Some(area(number % 5)),
            goals: std::collections::BTreeSet::new(),
            anchors: domain::map::Anchors::default(),
            owner: domain::text::Owner::default(),
        };
        (capability(number), draft)
    });
    Command::Import {
        areas: areas.collect(),
        capabilities: capabilities.collect(),
        goals: Vec::new(),
        weaknesses: Vec::new(),
    }
}
