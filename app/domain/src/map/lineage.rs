//! What became of a capability from one ratified version to the next.

use std::collections::BTreeSet;

use super::{
    content::{Contents, Status},
    state::Version,
};
use crate::ids::CapabilityId;

/// The link from a capability of an older version to a newer one. Answers may be compared only when it is [`Descent::Same`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Descent {
    /// Word for word the same question.
    Same,
    /// The same capability with other words.
    Reworded,
    /// Merged into, or split up into, these, which are all on the newer map.
    Became(BTreeSet<CapabilityId>),
    /// Struck.
    Struck,
}

/// What became of `capability` of the `older` version in the `newer` one; `None` if it was not in the older one.
pub fn descent(older: &Version, newer: &Version, capability: CapabilityId) -> Option<Descent> {
    descent_between(&older.contents, &newer.contents, capability)
}

/// As [`descent`], for maps that need not have been ratified.
pub fn descent_between(
    older: &Contents,
    newer: &Contents,
    capability: CapabilityId,
) -> Option<Descent> {
    let was = (older.capabilities.get(&capability)).filter(|c| c.is_active())?;
    let now = (newer.capabilities.get(&capability)).filter(|c| c.is_active());
    let Some(now) = now else {
        let heirs = heirs(newer, capability);
        return Some(if heirs.is_empty() {
            Descent::Struck
        } else {
            Descent::Became(heirs)
        });
    };
    let same = was.draft.name == now.draft.name
        && was.draft.formulation == now.draft.formulation
        && was.draft.description == now.draft.description
        && was.draft.anchors == now.draft.anchors;
    Some(if same {
        Descent::Same
    } else {
        Descent::Reworded
    })
}

/// Those on the map that took a retired capability's place, however many steps it took.
fn heirs(map: &Contents, retired: CapabilityId) -> BTreeSet<CapabilityId> {
    let mut heirs = BTreeSet::new();
    let mut seen = BTreeSet::from([retired]);
    let mut waiting = vec![retired];
    while let Some(id) = waiting.pop() {
        match map.capabilities.get(&id).map(|found| &found.status) {
            Some(Status::Active) => {
                heirs.insert(id);
            }
            Some(Status::Retired { into }) => {
                waiting.extend(into.iter().filter(|next| seen.insert(**next)));
            }
            None => {}
        }
    }
    heirs
}
