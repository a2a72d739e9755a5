//! Notes and decisions, improvement areas and minutes.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    ids::{CapabilityId, ItemId, WorkshopId},
    map::choices,
    text::{Description, Text, Title},
};

/// What stands in a note or decision.
pub type NoteText = Text<1, 1000>;

choices! {
    /// What a note is.
    NoteKind {
        /// A note (anteckning).
        Note = "anteckning",
        /// A decision that has been proposed.
        Proposed = "förslag",
        /// A decision that has been recorded.
        Decided = "beslut",
    }
}

/// A note or a decision at a point of a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// In which workshop.
    pub workshop: WorkshopId,
    /// At which point.
    pub item: ItemId,
    /// Note or decision.
    pub kind: NoteKind,
    /// The words.
    pub text: NoteText,
}

choices! {
    /// Where an improvement area is in the wheel of improvement.
    Pdca {
        /// Planera.
        Plan = "planera",
        /// Genomföra.
        Do = "genomföra",
        /// Följa upp.
        Check = "följa upp",
        /// Förbättra.
        Act = "förbättra",
    }
}

/// An improvement area (förbättringsområde): what comes of gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Improvement {
    /// The workshop where it was named.
    pub workshop: WorkshopId,
    /// Its name.
    pub name: Title,
    /// The capabilities whose gaps it closes.
    pub capabilities: BTreeSet<CapabilityId>,
    /// Who owns it; empty until someone does.
    pub owner: Text<0, 120>,
    /// The first step; empty until it is agreed.
    pub first_step: Text<0, 200>,
    /// Where it is.
    pub stage: Pdca,
}

/// What is written in a workshop's minutes beside what the log says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// Those present as a list of `name, municipality` lines, once somebody has corrected it: room for a hundred.
    pub present: Option<Text<0, 8000>>,
    /// Förhindrade.
    pub absent: Description,
    /// The text of a point, once somebody has corrected what was made of notes.
    pub points: BTreeMap<ItemId, Text<0, 4000>>,
    /// Övrigt.
    pub other: Description,
    /// Antecknat av.
    pub written_by: Text<0, 120>,
    /// Justerat av.
    pub approved_by: Text<0, 120>,
    /// The day of approval (justering).
    pub approved_on: Option<Date>,
    /// Bilagor.
    pub attachments: Description,
}
