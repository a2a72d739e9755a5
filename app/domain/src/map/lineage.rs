//! What became of a capability from one ratified version to the next.

use std::collections::BTreeSet;

use super::{content::Status, state::Version};
use crate::ids::CapabilityId;

/// The link from a capability of an older version to a newer one. Answers may be compared only when it is [`Descent::Same`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Descent {
    /// Word for word the same question.
    Same,
    /// The same capability with other words.
    Reworded,
    /// Merged into, or split up into, these.
    Became(BTreeSet<CapabilityId>),
    /// Struck.
    Struck,
}

/// What became of `capability` of the `older` version in the `newer` one; `None` if it was not in the older one.
pub fn descent(older: &Version, newer: &Version, capability: CapabilityId) -> Option<Descent> {
    let was = (older.contents.capabilities.get(&capability)).filter(|c| c.is_active())?;
    Some(match newer.contents.capabilities.get(&capability) {
        None => Descent::Struck,
        Some(now) => match &now.status {
            Status::Retired { into } if into.is_empty() => Descent::Struck,
            Status::Retired { into } => Descent::Became(into.clone()),
            Status::Active => {
                let same = was.draft.name == now.draft.name
                    && was.draft.formulation == now.draft.formulation
                    && was.draft.description == now.draft.description;
                if same {
                    Descent::Same
                } else {
                    Descent::Reworded
                }
            }
        },
    })
}
