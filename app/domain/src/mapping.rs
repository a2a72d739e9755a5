//! One run of the whole series with its municipalities (kartläggning).

use serde::{Deserialize, Serialize};

use crate::{
    ids::MappingId,
    map::choices,
    municipality::Municipality,
    text::{Text, Title},
};

choices! {
    /// The language of a mapping's pages.
    Language {
        /// Svenska.
        Swedish = "sv",
        /// English.
        English = "en",
    }
}

choices! {
    /// How a municipality takes part: graded, never yes or no.
    Participation {
        /// Inbjuden.
        Invited = "inbjuden",
        /// Intresserad.
        Interested = "intresserad",
        /// Betänketid.
        Considering = "betänketid",
        /// Tackat nej.
        Declined = "tackat nej",
        /// Deltar fullt.
        Full = "deltar fullt",
        /// Deltar delvis.
        Partly = "deltar delvis",
        /// Deltar på annat sätt.
        Otherwise = "deltar på annat sätt",
        /// Ej svarat.
        Silent = "ej svarat",
    }
}

/// A municipality in a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Which.
    pub municipality: Municipality,
    /// How it takes part.
    pub participation: Participation,
    /// In what way, when it takes part otherwise.
    pub note: Text<0, 200>,
}

/// A mapping's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Which.
    pub id: MappingId,
    /// Its name, such as "Fyrbodal".
    pub name: Title,
    /// The period, such as "2026–2027".
    pub period: Text<1, 40>,
    /// The language of its pages.
    pub language: Language,
    /// Invented, and shown to everyone.
    pub example: bool,
    /// Its municipalities in Swedish alphabetical order.
    pub members: Vec<Member>,
}
