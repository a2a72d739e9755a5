//! What a map holds: goals, areas, capabilities and weaknesses.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    ids::{AreaId, CapabilityId, GoalId, WeaknessId},
    level::Level,
    municipality::Municipality,
    text::{
        Anchor, AreaName, CapabilityName, Description, Formulation, GoalTitle, Owner, WeaknessName,
        swedish_order,
    },
};

/// Declares an enum of fixed choices with their form and storage codes.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(::serde::Serialize, ::serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant,)* }

        impl $name {
            /// Every choice, in the order a form shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its code in forms, files and storage.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The choice with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use choices;

choices! {
    /// Where in the tree a goal stands; the red thread runs from the first to the last.
    GoalLevel {
        /// Nationellt.
        National = "nationell",
        /// Regionalt.
        Regional = "regional",
        /// Lokalt.
        Local = "lokal",
    }
}

choices! {
    /// What sort of capability it is (typ).
    CapabilityKind {
        /// Styrande.
        Governing = "styrande",
        /// Verksamhet.
        Operational = "verksamhet",
        /// Stödjande.
        Supporting = "stödjande",
    }
}

choices! {
    /// The four layers of interoperability.
    Layer {
        /// Rättslig.
        Legal = "rättslig",
        /// Organisatorisk.
        Organisational = "organisatorisk",
        /// Semantisk.
        Semantic = "semantisk",
        /// Teknisk.
        Technical = "teknisk",
    }
}

choices! {
    /// What a weakness is made of.
    WeaknessKind {
        /// Kompetens.
        Competence = "kompetens",
        /// Arbetssätt.
        WayOfWorking = "arbetssätt",
        /// Information.
        Information = "information",
        /// Teknik.
        Technology = "teknik",
        /// Resurs.
        Resource = "resurs",
        /// Juridik.
        Law = "juridik",
    }
}

/// A goal (mål) in the tree national → regional → local.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Where in the tree.
    pub level: GoalLevel,
    /// The goal it serves; always one of a higher level.
    pub parent: Option<GoalId>,
    /// The goal in one sentence.
    pub title: GoalTitle,
    /// More about it.
    pub description: Description,
    /// Whose goal it is, when local.
    pub municipality: Option<Municipality>,
}

/// A group of capabilities (område).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its name.
    pub name: AreaName,
    /// What belongs there.
    pub description: Description,
    /// Its place among the areas, from 0.
    pub position: u32,
}

/// A capability's own words for the levels 1–5, beside those of the scale; empty where the scale's words do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Anchors(pub [Anchor; 5]);

impl Anchors {
    /// Whether no level has words of its own.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|anchor| anchor.is_empty())
    }

    /// Levels without words of their own while others have them: the scale's words stand there, and those who answer
    /// read two kinds of words beside each other. None when all or no level has words.
    pub fn missing(&self) -> Vec<Level> {
        if self.is_empty() {
            return Vec::new();
        }
        (Level::ALL.into_iter())
            .filter(|level| self.get(*level).is_none())
            .collect()
    }

    /// The words for a level, if it has any of its own.
    pub fn get(&self, level: Level) -> Option<&Anchor> {
        let anchor = &self.0[usize::from(level.get()) - 1];
        (!anchor.is_empty()).then_some(anchor)
    }
}

/// What a person writes about a capability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapabilityDraft {
    /// A noun for boxes and charts.
    pub name: CapabilityName,
    /// "Förmåga att …"; may be empty until the map is ratified.
    pub formulation: Formulation,
    /// More about it.
    pub description: Description,
    /// Its type.
    pub kind: CapabilityKind,
    /// Layers of interoperability it touches.
    pub layers: BTreeSet<Layer>,
    /// Its area; none until it has been grouped.
    pub area: Option<AreaId>,
    /// Goals it supports.
    pub goals: BTreeSet<GoalId>,
    /// Its own words for the levels.
    #[serde(default, skip_serializing_if = "Anchors::is_empty")]
    pub anchors: Anchors,
    /// Who answers for it (ägare): a role or a unit, never needed; empty until somebody does.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub owner: Owner,
}

/// Whether a capability is in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// On the map.
    Active,
    /// Off the map; its history stays.
    Retired {
        /// What took its place: none when struck, one when merged, several when split.
        into: BTreeSet<CapabilityId>,
    },
}

/// A capability (förmåga): something a municipality must be able to do to reach its goals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capability {
    /// What it says.
    #[serde(flatten)]
    pub draft: CapabilityDraft,
    /// Its place within its area, from 0.
    pub position: u32,
    /// In use or retired.
    pub status: Status,
}

impl Capability {
    /// Whether it is on the map.
    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }
}

/// A weakness (oförmåga): first class, never just a low score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weakness {
    /// What does not work.
    pub name: WeaknessName,
    /// More about it.
    pub description: Description,
    /// What it is made of.
    pub kind: WeaknessKind,
    /// The capability it holds back, if one.
    pub capability: Option<CapabilityId>,
}

/// Everything that stands on the map at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// Goals by id.
    pub goals: BTreeMap<GoalId, Goal>,
    /// Areas by id.
    pub areas: BTreeMap<AreaId, Area>,
    /// Capabilities by id, retired ones too.
    pub capabilities: BTreeMap<CapabilityId, Capability>,
    /// Weaknesses by id.
    pub weaknesses: BTreeMap<WeaknessId, Weakness>,
}

impl Contents {
    /// Areas in their order.
    pub fn areas_in_order(&self) -> Vec<(AreaId, &Area)> {
        let mut areas: Vec<_> = self.areas.iter().map(|(id, area)| (*id, area)).collect();
        areas.sort_by(|(_, a), (_, b)| {
            (a.position.cmp(&b.position)).then_with(|| swedish_order(&a.name, &b.name))
        });
        areas
    }

    /// Active capabilities of an area (or of none) in their order.
    pub fn capabilities_in(&self, area: Option<AreaId>) -> Vec<(CapabilityId, &Capability)> {
        let mut list: Vec<_> = self
            .capabilities
            .iter()
            .filter(|(_, c)| c.is_active() && c.draft.area == area)
            .map(|(id, c)| (*id, c))
            .collect();
        list.sort_by(|(_, a), (_, b)| {
            (a.position.cmp(&b.position)).then_with(|| swedish_order(&a.draft.name, &b.draft.name))
        });
        list
    }

    /// All active capabilities: area by area, those without area last.
    pub fn active_in_order(&self) -> Vec<(CapabilityId, &Capability)> {
        let mut list = Vec::new();
        for (area, _) in self.areas_in_order() {
            list.extend(self.capabilities_in(Some(area)));
        }
        list.extend(self.capabilities_in(None));
        list
    }

    /// Goals directly under a goal (or the roots), national first, then by title.
    pub fn goals_under(&self, parent: Option<GoalId>) -> Vec<(GoalId, &Goal)> {
        let mut list: Vec<_> = self
            .goals
            .iter()
            .filter(|(_, goal)| goal.parent == parent)
            .map(|(id, goal)| (*id, goal))
            .collect();
        list.sort_by(|(_, a), (_, b)| {
            (a.level.cmp(&b.level)).then_with(|| swedish_order(&a.title, &b.title))
        });
        list
    }

    /// Whether everything that is pointed at exists and goals point upwards.
    pub fn is_whole(&self) -> bool {
        self.goals.values().all(|goal| {
            goal.parent.is_none_or(|parent| {
                self.goals
                    .get(&parent)
                    .is_some_and(|above| above.level < goal.level)
            })
        }) && self.capabilities.values().all(|capability| {
            (capability.draft.area).is_none_or(|area| self.areas.contains_key(&area))
                && (capability.draft.goals.iter()).all(|goal| self.goals.contains_key(goal))
                && match &capability.status {
                    Status::Active => true,
                    Status::Retired { into } => {
                        into.iter().all(|id| self.capabilities.contains_key(id))
                    }
                }
        }) && self.weaknesses.values().all(|weakness| {
            (weakness.capability).is_none_or(|id| self.capabilities.contains_key(&id))
        })
    }
}
