//! The catalogue: 32 capabilities in the five national areas, to start a map from.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use uuid::Uuid;

use crate::{
    ids::{AreaId, CapabilityId},
    map::{Area, CapabilityDraft, CapabilityKind, Command, Layer},
    text::{AreaName, CapabilityName, Description, Formulation},
};

const SOURCE: &str = include_str!("../data/catalogue.json");

/// One capability of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// Its code in the catalogue, such as `K1`.
    #[serde(rename = "kod")]
    pub code: String,
    /// The area it belongs to.
    #[serde(rename = "omrade")]
    pub area: AreaName,
    /// Its name.
    #[serde(rename = "namn")]
    pub name: CapabilityName,
    /// "Förmåga att …".
    #[serde(rename = "formulering")]
    pub formulation: Formulation,
    /// More about it.
    #[serde(rename = "beskrivning")]
    pub description: Description,
    /// Its type.
    #[serde(rename = "typ")]
    pub kind: CapabilityKind,
    /// Layers of interoperability it touches.
    #[serde(rename = "interoperabilitet")]
    pub layers: BTreeSet<Layer>,
}

/// The whole catalogue, area by area.
///
/// # Panics
/// Never: the file is part of the program, and a test reads it.
pub fn entries() -> Vec<Entry> {
    serde_json::from_str(SOURCE).expect("the catalogue is well formed")
}

/// The command that puts the whole catalogue on a map, with ids from `new_id`.
pub fn command(mut new_id: impl FnMut() -> Uuid) -> Command {
    let mut areas: Vec<(AreaId, Area)> = Vec::new();
    let mut known: BTreeMap<AreaName, AreaId> = BTreeMap::new();
    let mut capabilities = Vec::new();
    for entry in entries() {
        let area = *known.entry(entry.area.clone()).or_insert_with(|| {
            let id = AreaId::new(new_id());
            areas.push((
                id,
                Area {
                    name: entry.area,
                    description: Description::default(),
                    position: 0,
                },
            ));
            id
        });
        capabilities.push((
            CapabilityId::new(new_id()),
            CapabilityDraft {
                name: entry.name,
                formulation: entry.formulation,
                description: entry.description,
                kind: entry.kind,
                layers: entry.layers,
                area: Some(area),
                goals: BTreeSet::new(),
                anchors: crate::map::Anchors::default(),
                owner: crate::text::Owner::default(),
            },
        ));
    }
    Command::Import {
        areas,
        capabilities,
        goals: Vec::new(),
        weaknesses: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::advice;

    #[test]
    fn the_catalogue_has_32_capabilities_in_five_areas_and_follows_its_own_advice() {
        let entries = entries();
        assert_eq!(entries.len(), 32);
        let areas: BTreeSet<_> = entries.iter().map(|entry| &entry.area).collect();
        assert_eq!(areas.len(), 5);
        for entry in &entries {
            let others = (entries.iter().filter(|other| other.code != entry.code))
                .map(|other| other.name.as_str());
            let found = advice(&entry.name, &entry.formulation, others, entries.len());
            assert_eq!(found, [], "{}", entry.code);
        }
    }
}
