//! Things that came of a point.

use time::Date;

use crate::{
    level::Level,
    municipality::Municipality,
    text::DecidedBy,
    workshop::{CardKind, Pdca},
};

/// Something that came of a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The workshop ended without it.
    NotTaken,
    /// Capabilities and weaknesses were written and shown to everyone.
    Written {
        /// How many capabilities.
        capabilities: usize,
        /// How many weaknesses.
        weaknesses: usize,
    },
    /// What was said in words: goals that were proposed, comments or open questions.
    Remarks(CardKind, Vec<Remark>),
    /// Kommunrunda, one block a municipality.
    MunicipalRound(Vec<Block>),
    /// What was done to the map as a whole.
    Grouped {
        /// Areas at the end.
        areas: usize,
        /// Capabilities at the end.
        capabilities: usize,
        /// How many of them are without area.
        ungrouped: usize,
        /// How many became part of others.
        merged: usize,
        /// How many were struck.
        struck: usize,
    },
    /// Capabilities were gone through one by one.
    Reviewed {
        /// How many were approved.
        approved: usize,
        /// Of how many.
        all: usize,
    },
    /// A version of the map was ratified.
    Ratified {
        /// Its number.
        number: u32,
        /// The day of the decision.
        date: Date,
        /// The deciding body.
        decided_by: DecidedBy,
    },
    /// Levels were agreed: how many for each municipality, in Swedish order.
    Agreed(Vec<(Municipality, usize)>),
    /// A closed vote on effect on goals, the greatest first.
    Effects {
        /// 1, or 2 when it was taken again.
        attempt: u8,
        /// How many voted.
        voters: usize,
        /// Capabilities that at least [`super::MIN_VOTERS`] voted on.
        rows: Vec<EffectRow>,
    },
    /// Improvement areas as the workshop left them.
    Improvements(Vec<ImprovementRow>),
    /// A closed vote with dots.
    Dots(Dots),
}

/// Something that was said, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The words.
    pub text: String,
    /// The name of the capability it is about.
    pub about: Option<String>,
}

/// What one municipality said in the kommunrunda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Which; none when nobody said which.
    pub municipality: Option<Municipality>,
    /// New challenges.
    pub challenges: Vec<String>,
    /// Opportunities.
    pub opportunities: Vec<String>,
    /// What the network can help with.
    pub help: Vec<String>,
}

/// A capability's effect on goals, as voted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectRow {
    /// Its name.
    pub name: String,
    /// The low median of the votes.
    pub median: Level,
    /// How many voted on it.
    pub votes: u32,
}

/// An improvement area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImprovementRow {
    /// Its name.
    pub name: String,
    /// The names of the capabilities whose gaps it closes.
    pub capabilities: Vec<String>,
    /// Who owns it; empty until someone does.
    pub owner: String,
    /// The first step; empty until it is agreed.
    pub first_step: String,
    /// Where in the wheel it is.
    pub stage: Pdca,
    /// Its dots, when a vote has been closed and enough people voted.
    pub dots: Option<u32>,
}

/// A closed vote with dots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dots {
    /// How many voted.
    pub voters: usize,
    /// Improvement areas with their dots, most first; none when fewer than [`super::MIN_VOTERS`] voted.
    pub rows: Vec<(String, u32)>,
}
