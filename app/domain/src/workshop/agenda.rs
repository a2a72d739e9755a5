//! The agenda: points in order, each with what the room does in it.

use serde::{Deserialize, Serialize};

use crate::{
    ids::ItemId,
    map::choices,
    text::{Text, Title},
};

choices! {
    /// What sort of point it is: the documents' [I], [D] and [A], and breaks.
    ItemKind {
        /// Information.
        Information = "I",
        /// Diskussion.
        Discussion = "D",
        /// Arbetsmoment.
        Working = "A",
        /// Paus, fika, avslut.
        Break = "P",
    }
}

choices! {
    /// What the three views show and what people can do while a point is the current one.
    Activity {
        /// Nothing but the point itself: somebody talks.
        Talk = "samtal",
        /// Goals are read and proposed.
        Goals = "mål",
        /// Silent writing of capabilities and weaknesses, private until revealed.
        Writing = "skriva",
        /// What has been written is read together.
        Reading = "läsa",
        /// Capabilities are grouped, merged and added.
        Grouping = "gruppera",
        /// Kommunrunda: one municipality at a time.
        MunicipalRound = "kommunrunda",
        /// Capabilities are gone through one by one, and the map is ratified.
        Ratifying = "fastställa",
        /// The survey's answers, largest disagreement first.
        Spread = "spridning",
        /// Each municipality sets its samlad bedömning.
        Agreeing = "bedömning",
        /// A blind vote on effect on goals, two rounds at most.
        EffectVote = "effekt",
        /// From the prioritised list to named improvement areas.
        Improving = "förbättra",
        /// A vote with a limited number of dots on improvement areas.
        DotVote = "prickar",
        /// Decisions are proposed and recorded.
        Deciding = "beslut",
    }
}

impl Activity {
    /// Whether there is a vote to open and close.
    pub fn is_vote(self) -> bool {
        matches!(self, Self::EffectVote | Self::DotVote)
    }
}

/// A point on the agenda (punkt).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which.
    pub id: ItemId,
    /// Its heading.
    pub title: Title,
    /// Its type.
    pub kind: ItemKind,
    /// What the room does.
    pub activity: Activity,
    /// A short instruction, shown to everyone.
    pub instruction: Text<0, 400>,
    /// Who is responsible.
    pub responsible: Text<0, 80>,
    /// Planned minutes (ca tid), 0–480.
    pub minutes: u16,
    /// Left out this time; it stays in the list.
    pub skipped: bool,
}
