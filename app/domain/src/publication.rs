//! Open data: what of a closed round anyone may read and use, once each municipality has said so for itself.
//!
//! Only agreed levels (samlad bedömning) are opened, never anything that was answered: this module does not know a
//! single answer, so that none can come out of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use time::Date;

use crate::{
    catalogue,
    ids::{CapabilityId, RoundId},
    map::{Agreed, AgreedKey, AgreedLevel, Capability, Contents},
    municipality::Municipality,
    text::{AreaName, CapabilityName, Formulation, Text, fold},
};

/// What it rests on that a municipality's levels are open: a decision, a delegation, an e-mail with a date.
pub type Ground = Text<1, 160>;

/// A municipality that has opened its levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Which.
    pub municipality: Municipality,
    /// What that rests on.
    pub ground: Ground,
    /// Since which day.
    pub since: Date,
}

/// What of a mapping is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publication {
    /// The municipalities that have opened their levels, in Swedish order.
    pub municipalities: Vec<Opened>,
    /// Capabilities about which somebody has decided: open or not. For the others, [`Caution`] decides.
    pub capabilities: BTreeMap<CapabilityId, bool>,
}

/// Why a capability is not open unless somebody opens it: its levels could tell where a municipality is vulnerable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caution {
    /// It is one of the catalogue's on security.
    Catalogue,
    /// Its area is about security.
    Area,
    /// A word in its name or formulation is about security.
    Word,
}

/// What a word about security, secrecy or preparedness contains.
const WITHIN: [&str; 15] = [
    "säkerhet",
    "sekretess",
    "kontinuitet",
    "beredskap",
    "sårbar",
    "incident",
    "intrång",
    "dataskydd",
    "behörighet",
    "åtkomst",
    "inloggning",
    "kryptering",
    "informationsklass",
    "trygghet",
    "security",
];
/// What such a word begins with; within other words it may mean something else, as in "friskvård".
const BEGINNING: [&str; 4] = ["risk", "kris", "cyber", "hot"];
/// The first letter of the codes of the catalogue's capabilities on security.
const CATALOGUE: char = 'T';

/// The names of the catalogue's capabilities on security.
static ON_SECURITY: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    (catalogue::entries().iter())
        .filter(|entry| entry.code.starts_with(CATALOGUE))
        .map(|entry| fold(&entry.name))
        .collect()
});

fn is_about_security(text: &str) -> bool {
    let text = text.to_lowercase();
    WITHIN.iter().any(|part| text.contains(part))
        || text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| BEGINNING.iter().any(|start| word.starts_with(start)))
}

impl Caution {
    /// Why this capability is not open by itself; none when nothing speaks against it.
    pub fn about(capability: &Capability, area: Option<&str>) -> Option<Self> {
        let draft = &capability.draft;
        if is_about_security(&draft.name) || is_about_security(&draft.formulation) {
            Some(Self::Word)
        } else if area.is_some_and(is_about_security) {
            Some(Self::Area)
        } else if ON_SECURITY.contains(&fold(&draft.name)) {
            Some(Self::Catalogue)
        } else {
            None
        }
    }
}

/// A capability of a map with whether it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Openness {
    /// Which.
    pub id: CapabilityId,
    /// Its name.
    pub name: CapabilityName,
    /// The area's name.
    pub area: Option<AreaName>,
    /// Whether it is open.
    pub open: bool,
    /// Why it is not open unless somebody opens it.
    pub caution: Option<Caution>,
}

impl Publication {
    /// Whether a municipality has opened its levels.
    pub fn has_opened(&self, municipality: Municipality) -> bool {
        (self.municipalities.iter()).any(|opened| opened.municipality == municipality)
    }

    /// The capabilities of a map in its order, with whether they are open.
    pub fn openness(&self, contents: &Contents) -> Vec<Openness> {
        (contents.active_in_order().into_iter())
            .map(|(id, capability)| {
                let area = (capability.draft.area)
                    .and_then(|area| contents.areas.get(&area))
                    .map(|area| area.name.clone());
                let caution = Caution::about(capability, area.as_deref());
                Openness {
                    id,
                    name: capability.draft.name.clone(),
                    area,
                    open: (self.capabilities.get(&id).copied()).unwrap_or(caution.is_none()),
                    caution,
                }
            })
            .collect()
    }
}

/// What is open of one closed round.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenData {
    /// The municipalities that are part of it: opened, and with something agreed on an open capability.
    pub municipalities: Vec<Municipality>,
    /// How many municipalities the mapping has.
    pub of: usize,
    /// Its capabilities: open, and agreed by at least one of the municipalities.
    pub capabilities: Vec<OpenCapability>,
}

/// One open capability.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenCapability {
    /// Which.
    pub id: CapabilityId,
    /// Its name in the ratified version.
    pub name: CapabilityName,
    /// "Förmåga att …".
    pub formulation: Formulation,
    /// The area's name.
    pub area: Option<AreaName>,
    /// What each of [`OpenData::municipalities`] stands for, in their order; none where it has agreed nothing.
    pub levels: Vec<Option<Agreed>>,
    /// How many of them have a current and a target level.
    pub with_levels: usize,
    /// Mean of their current levels, 1–5.
    pub mean_current: Option<f64>,
    /// Mean of their target levels, 1–5.
    pub mean_target: Option<f64>,
    /// Mean of target less current, −4 to 4.
    pub mean_gap: Option<f64>,
}

impl OpenData {
    /// What is open of a round over this ratified version. `members` are the mapping's municipalities: one that has left
    /// it is not part of it any more. None when nothing is.
    pub fn of(
        publication: &Publication,
        round: RoundId,
        contents: &Contents,
        agreed: &BTreeMap<AgreedKey, AgreedLevel>,
        members: &[Municipality],
    ) -> Option<Self> {
        let open: Vec<_> = (publication.openness(contents).into_iter())
            .filter(|capability| capability.open)
            .collect();
        let value = |municipality, capability| {
            let key = AgreedKey {
                round,
                municipality,
                capability,
            };
            agreed.get(&key).map(|level| level.value)
        };
        let municipalities: Vec<_> = (members.iter().copied())
            .filter(|municipality| {
                publication.has_opened(*municipality)
                    && open.iter().any(|c| value(*municipality, c.id).is_some())
            })
            .collect();
        let capabilities: Vec<_> = (open.into_iter())
            .filter_map(|capability| {
                let levels: Vec<_> = (municipalities.iter())
                    .map(|municipality| value(*municipality, capability.id))
                    .collect();
                let formulation = (contents.capabilities.get(&capability.id))
                    .map(|found| found.draft.formulation.clone());
                OpenCapability::new(capability, formulation?, levels)
            })
            .collect();
        (!capabilities.is_empty()).then_some(Self {
            municipalities,
            of: members.iter().collect::<BTreeSet<_>>().len(),
            capabilities,
        })
    }
}

impl OpenCapability {
    fn new(
        capability: Openness,
        formulation: Formulation,
        levels: Vec<Option<Agreed>>,
    ) -> Option<Self> {
        if levels.iter().all(Option::is_none) {
            return None;
        }
        let pairs: Vec<_> = (levels.iter().flatten())
            .filter_map(|agreed| match agreed {
                Agreed::Levels { current, target } => {
                    Some((f64::from(current.get()), f64::from(target.get())))
                }
                Agreed::NotApplicable => None,
            })
            .collect();
        let mean = |values: &dyn Fn(&(f64, f64)) -> f64| {
            let count = f64::from(u32::try_from(pairs.len()).ok()?);
            (count > 0.0).then(|| pairs.iter().map(values).sum::<f64>() / count)
        };
        Some(Self {
            id: capability.id,
            name: capability.name,
            formulation,
            area: capability.area,
            with_levels: pairs.len(),
            mean_current: mean(&|(current, _)| *current),
            mean_target: mean(&|(_, target)| *target),
            mean_gap: mean(&|(current, target)| target - current),
            levels,
        })
    }
}
