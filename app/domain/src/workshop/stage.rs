//! A workshop: its plan, and what happens in it now.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use time::Date;

use super::agenda::{Activity, Item};
use crate::{
    ids::{CapabilityId, ItemId, RoundId},
    municipality::Municipality,
    text::{Text, Title},
};

use super::template::Series;

/// The plan of a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workshop {
    /// Which of the five it is.
    pub series: Series,
    /// Its name.
    pub title: Title,
    /// The day.
    pub date: Date,
    /// When it begins, in minutes since midnight, Swedish time, 0–1439.
    pub starts: u16,
    /// Where.
    pub place: Text<0, 120>,
    /// The points in order.
    pub agenda: Vec<Item>,
    /// The survey round it works with (WS4, WS5).
    pub round: Option<RoundId>,
    /// Whether a facilitator lets in each who joins.
    pub approval: bool,
    /// How many dots each has in a dot vote, 1–20.
    pub dots: u8,
}

impl Workshop {
    /// A point of the agenda.
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.agenda.iter().find(|item| item.id == id)
    }

    /// Planned minutes in all, less what is skipped.
    pub fn minutes(&self) -> u32 {
        self.planned(self.agenda.len())
    }

    /// Planned minutes of the first `count` points, less what is skipped.
    fn planned(&self, count: usize) -> u32 {
        self.agenda[..count]
            .iter()
            .filter(|item| !item.skipped)
            .map(|item| u32::from(item.minutes))
            .sum()
    }

    /// When a point is planned to begin, in minutes since midnight.
    pub fn begins(&self, id: ItemId) -> Option<u32> {
        let place = self.agenda.iter().position(|item| item.id == id)?;
        Some(u32::from(self.starts) + self.planned(place))
    }

    /// The next point that is not skipped.
    pub fn after(&self, id: ItemId) -> Option<&Item> {
        let place = self.agenda.iter().position(|item| item.id == id)?;
        self.agenda[place + 1..].iter().find(|item| !item.skipped)
    }

    /// The point before that is not skipped.
    pub fn before(&self, id: ItemId) -> Option<&Item> {
        let place = self.agenda.iter().position(|item| item.id == id)?;
        self.agenda[..place].iter().rev().find(|item| !item.skipped)
    }
}

/// A timer that everyone sees. It never ends anything by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timer {
    /// It runs out at this time, milliseconds since 1970 UTC; after that it counts upwards.
    Running(i64),
    /// It stands still with this many milliseconds left (negative: over).
    Paused(i64),
}

/// A vote at a point: blind while open, two rounds at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// 1 or 2.
    pub attempt: u8,
    /// Whether votes are taken.
    pub open: bool,
}

/// What happens in a workshop now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// When it was opened, milliseconds since 1970 UTC.
    pub opened_at: Option<i64>,
    /// When it was ended; none while it is under way.
    pub ended_at: Option<i64>,
    /// The current point.
    pub current: Option<ItemId>,
    /// Since when, milliseconds since 1970 UTC.
    pub since: i64,
    /// Points that have been current.
    pub visited: BTreeSet<ItemId>,
    /// The timer, if one has been started.
    pub timer: Option<Timer>,
    /// The capability that everyone looks at.
    pub focus: Option<CapabilityId>,
    /// The municipality whose turn it is.
    pub turn: Option<Municipality>,
    /// Whether only facilitators move things on the board.
    pub locked: bool,
    /// Points whose private writing has been revealed.
    pub revealed: BTreeSet<ItemId>,
    /// Votes that have been opened.
    pub ballots: BTreeMap<ItemId, Ballot>,
}

impl Stage {
    /// Whether the workshop is under way.
    pub fn is_open(&self) -> bool {
        self.opened_at.is_some() && self.ended_at.is_none()
    }

    /// What the room does now.
    pub fn activity(&self, workshop: &Workshop) -> Option<Activity> {
        Some(workshop.item(self.current?)?.activity)
    }

    /// Whether what is written at this point now is private until revealed.
    pub fn is_silent(&self, item: &Item) -> bool {
        item.activity == Activity::Writing && !self.revealed.contains(&item.id)
    }
}
