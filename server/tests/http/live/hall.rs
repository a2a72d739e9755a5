//! A workshop that is open, and those who are in it.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    ids::{AttendeeId, CardId, ItemId, OpId, WorkshopId},
    map::{Author, Command, MapState},
    rights::Role,
    survey::Occupation,
    workshop::{Activity, Attendee, Card, Item, ItemKind, Series, WorkCommand, Workshop},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use time::macros::date;

use super::screen::Screen;
use crate::{
    client::{Client, Response, form},
    program::Place,
    world::{HOME, Who, World, municipality, now, random_id, random_token, text},
};

/// A world with a workshop of its own.
pub(super) struct Hall {
    pub(super) world: World,
    pub(super) id: WorkshopId,
    /// Its points, in the order that was asked for.
    pub(super) items: Vec<ItemId>,
    /// Its code, once it is open.
    pub(super) code: String,
}

/// What a workshop is like that is not said otherwise.
pub(super) fn plan(agenda: Vec<Item>, approval: bool) -> Workshop {
    Workshop {
        series: Series::Ws1,
        title: text("Provet"),
        date: date!(2026 - 12 - 03),
        starts: 540,
        place: text(""),
        agenda,
        round: None,
        approval,
        dots: 5,
    }
}

impl Hall {
    /// An open workshop with these points; the first is the current one.
    pub(super) async fn with(activities: &[Activity]) -> Self {
        Self::of(Place::sqlite(), activities, false).await
    }

    /// As [`Hall::with`], where a facilitator lets in each.
    pub(super) async fn with_approval(activities: &[Activity]) -> Self {
        Self::of(Place::sqlite(), activities, true).await
    }

    /// As [`Hall::with`], on this database.
    pub(super) async fn of(place: Place, activities: &[Activity], approval: bool) -> Self {
        let world = World::in_place(place).await;
        let id = WorkshopId::new(random_id());
        let mapping = world.ours.mapping;
        (world.store.create_workshop(mapping, id).await).expect("its id is new");
        let agenda: Vec<_> = (activities.iter())
            .map(|activity| Item {
                id: ItemId::new(random_id()),
                title: text(activity.code()),
                kind: ItemKind::Working,
                activity: *activity,
                instruction: text(""),
                responsible: text(""),
                minutes: 10,
                skipped: false,
            })
            .collect();
        let items = agenda.iter().map(|item| item.id).collect();
        let mut workshop = plan(agenda, approval);
        workshop.round = Some(world.ours.closed);
        let command = Command::Work(id, WorkCommand::Plan(Box::new(workshop)));
        let op = OpId::new(random_id());
        (world.store)
            .execute(mapping, Author::System, op, command, now())
            .await
            .expect("allowed");
        let mut hall = Self {
            world,
            id,
            items,
            code: String::new(),
        };
        hall.done(&hall.leader(), &[("gor", "oppna")]);
        hall.code = hall
            .current_code()
            .await
            .expect("an open workshop has a code");
        hall
    }

    /// The code as it stands in the database.
    pub(super) async fn current_code(&self) -> Option<String> {
        self.world.store.code_of(self.id).await.expect("readable")
    }

    /// An address in the workshop.
    pub(super) fn address(&self, path: &str) -> String {
        format!("/k/{}/workshop/{}{path}", self.world.ours.mapping, self.id)
    }

    /// The browser of one who leads.
    pub(super) fn leader(&self) -> Client {
        self.world.as_who(Who::Member(Role::Facilitator))
    }

    /// The map as it is stored.
    pub(super) async fn state(&self) -> Arc<MapState> {
        self.world.map(self.world.ours.mapping).await
    }

    /// The cards that have been written in the workshop.
    pub(super) async fn cards(&self) -> BTreeMap<CardId, Card> {
        let state = self.state().await;
        (state.work.cards.iter())
            .filter(|(_, card)| card.workshop == self.id)
            .map(|(id, card)| (*id, card.clone()))
            .collect()
    }

    /// Sends a live command as the page's script does.
    pub(super) fn act(&self, client: &Client, fields: &[(&str, &str)]) -> Response {
        act(client, &self.address("/gor"), fields)
    }

    /// Sends one that is to be done; the number in the log.
    pub(super) fn done(&self, client: &Client, fields: &[(&str, &str)]) -> u64 {
        let answer = self.act(client, fields);
        assert_eq!(answer.status, 200, "{fields:?}: {}", answer.text());
        json(&answer)["seq"]
            .as_u64()
            .expect("it says how far the log has come")
    }

    /// Joins with the code, as a browser does; with the seat's cookie.
    pub(super) fn join(&self, name: &str) -> Client {
        self.join_as(&self.world.program.client(), name)
    }

    /// As [`Hall::join`], with a browser that somebody is signed in with.
    pub(super) fn join_as(&self, client: &Client, name: &str) -> Client {
        let answer = client.post("/w", &self.joining(&random_id().to_string(), name).fields());
        self.seated(client, &answer)
    }

    /// The form that joins.
    pub(super) fn joining(&self, op: &str, name: &str) -> Joining {
        Joining {
            op: op.to_owned(),
            code: self.code.clone(),
            name: name.to_owned(),
            municipality: municipality(HOME).to_string(),
        }
    }

    /// The browser with the seat that an answer gives it.
    pub(super) fn seated(&self, client: &Client, answer: &Response) -> Client {
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert_eq!(answer.header("location"), Some(&*self.address("/delta")));
        let cookie = answer.set_cookie("deltar").expect("a seat is a cookie");
        let seat = cookie
            .split(';')
            .next()
            .expect("its name and value come first");
        let cookies = match client.cookie() {
            Some(other) => format!("{other}; {seat}"),
            None => seat.to_owned(),
        };
        client.with_cookie(cookies)
    }

    /// Gives many a seat at once, past the door.
    pub(super) async fn seat_many(&self, count: usize) -> Vec<Client> {
        let mut clients = Vec::new();
        for number in 0..count {
            let token = random_token();
            let attendee = Attendee {
                id: AttendeeId::new(random_id()),
                name: text(&format!("Deltagare {number}")),
                occupation: Occupation::Other,
                municipalities: vec![municipality(HOME)],
                account: None,
                participant: None,
                approved: true,
                speaks: false,
                joined_at: now(),
                removed: false,
            };
            let hash = Sha256::digest(token.as_bytes()).into();
            let added = self
                .world
                .store
                .add_attendee(self.id, &attendee, hash)
                .await;
            assert_eq!(added.ok(), Some(true));
            let client = self.world.program.client();
            clients.push(client.with_cookie(format!("deltar={token}")));
        }
        clients
    }

    /// A screen that follows a class's view.
    pub(super) fn screen(&self, client: &Client, class: &str) -> Screen {
        let path = self.address(&format!("/strom?vy={class}"));
        Screen::open(client, &path, None)
    }

    /// Asks instead of listening.
    pub(super) fn poll(&self, client: &Client, class: &str, known: &str) -> Response {
        let path = self.address(&format!("/lage?vy={class}&har={known}"));
        client.send("GET", &path, &[("Accept", "application/json")], b"")
    }
}

/// A form that joins.
pub(super) struct Joining {
    op: String,
    code: String,
    name: String,
    municipality: String,
}

impl Joining {
    pub(super) fn fields(&self) -> [(&str, &str); 5] {
        [
            ("op", &self.op),
            ("kod", &self.code),
            ("namn", &self.name),
            ("kommun", &self.municipality),
            ("roll", "annan"),
        ]
    }
}

/// Sends a live command as the page's script does; with an `op` of its own unless it has one.
pub(super) fn act(client: &Client, address: &str, fields: &[(&str, &str)]) -> Response {
    let op = random_id().to_string();
    let mut fields = fields.to_vec();
    if !fields.iter().any(|(name, _)| *name == "op") {
        fields.push(("op", &op));
    }
    let headers = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Accept", "application/json"),
    ];
    client.send("POST", address, &headers, form(&fields).as_bytes())
}

pub(super) fn json(answer: &Response) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.text()))
}
