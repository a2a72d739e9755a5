//! Live workshops: three views of one state, made on the server as trees of parts.
//!
//! A view is the same for everyone in its class; what is personal is a small tree of its own. A view never holds what
//! its class may not see, so that nothing private can reach a stream.

pub mod activities;
mod frame;
pub mod leader;
pub mod page;
pub mod part;
pub mod participant;
pub mod projector;
#[cfg(test)]
mod sample;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    ids::{AttendeeId, WorkshopId},
    map::{Author, MapState},
    mapping::Mapping,
    municipality::Municipality,
    results::{RegionResult, Spread},
    workshop::{Attendee, Item, Stage, Workshop},
};

use crate::texts::Texts;

/// The classes of audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The wall: never anything private.
    Projector,
    /// Those who lead.
    Leader,
    /// Those who take part.
    Participant,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 3] = [Self::Projector, Self::Leader, Self::Participant];

    /// Its code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Projector => "projektor",
            Self::Leader => "led",
            Self::Participant => "delta",
        }
    }

    /// The class with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }
}

/// Everything that live views are made from. It does not hold the time of day: the same state gives the same view.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The mapping's language.
    pub texts: Texts,
    /// The mapping.
    pub mapping: Arc<Mapping>,
    /// Its log, added up.
    pub state: Arc<MapState>,
    /// Which workshop.
    pub id: WorkshopId,
    /// Its plan.
    pub workshop: Workshop,
    /// What happens in it now.
    pub stage: Stage,
    /// Who has joined, in order of joining, without those who were taken out.
    pub people: Vec<Attendee>,
    /// Who of them has a stream open.
    pub connected: BTreeSet<AttendeeId>,
    /// Names of signed-in people who have done something in the workshop.
    pub names: BTreeMap<Author, String>,
    /// The code to join with, while the workshop is open.
    pub code: Option<String>,
    /// The whole address that joins, for the QR code, such as `https://example.se/w/abc234`.
    pub join_url: String,
    /// The short address to type, such as `example.se/w`.
    pub short_url: String,
    /// The results of the round that the workshop works with, when it is closed.
    pub results: Option<Arc<RegionResult>>,
    /// How that round's answers spread.
    pub spread: Option<Arc<Spread>>,
}

impl Scene {
    /// The current point.
    pub fn item(&self) -> Option<&Item> {
        self.workshop.item(self.stage.current?)
    }

    /// An address in this workshop: `path` begins with a slash or is empty.
    pub fn address(&self, path: impl std::fmt::Display) -> String {
        format!("/k/{}/workshop/{}{path}", self.mapping.id, self.id)
    }

    /// Those who have been let in.
    pub fn present(&self) -> impl Iterator<Item = &Attendee> {
        self.people.iter().filter(|person| person.approved)
    }

    /// The name of someone who has written or done something; empty when unknown.
    pub fn name_of(&self, author: Author) -> String {
        match author {
            Author::Attendee(id) => (self.people.iter().find(|person| person.id == id))
                .map(|person| person.name.to_string())
                .unwrap_or_default(),
            other => self.names.get(&other).cloned().unwrap_or_default(),
        }
    }
}

/// The person whose own part of a view is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// Who.
    pub author: Author,
    /// Their name.
    pub name: String,
    /// Where they come from.
    pub municipalities: Vec<Municipality>,
    /// Whether a facilitator has let them in.
    pub approved: bool,
    /// Municipalities whose samlad bedömning they may set.
    pub speaks_for: Vec<Municipality>,
    /// A facilitator who looks at the participant's view.
    pub leads: bool,
}
