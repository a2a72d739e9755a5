//! What the figures rest on: said first on every page with figures.

use super::region::CapabilityResult;
use crate::{
    ids::CapabilityId,
    mapping::{Member, Participation},
    municipality::Municipality,
    statistics::bounds::Standing,
    text::Text,
};

/// Share of vet ej above which a capability should be reworded or asked of others.
const MUCH_DONT_KNOW: f64 = 0.30;

/// A municipality without any value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Which.
    pub municipality: Municipality,
    /// How it takes part instead.
    pub participation: Participation,
    /// In what way.
    pub note: Text<0, 200>,
}

/// The condition box.
#[derive(Clone, Debug, PartialEq)]
pub struct Conditions {
    /// Municipalities with at least one value, in Swedish order.
    pub present: Vec<Municipality>,
    /// Municipalities without.
    pub missing: Vec<Missing>,
    /// People asked.
    pub invited: usize,
    /// People who submitted.
    pub submitted: usize,
    /// Cells with a value that is agreed.
    pub agreed_cells: usize,
    /// Cells with a value that rests on answers alone ("ej förankrad").
    pub unconfirmed_cells: usize,
    /// Cells of the municipalities that are present.
    pub cells: usize,
    /// Capabilities without an effect on goals, which have no place in the priority list.
    pub without_effect: usize,
    /// Capabilities where more than 30 % said vet ej; none where there are too few municipalities for a region, for it
    /// would tell of single ones.
    pub much_dont_know: Vec<CapabilityId>,
    /// How far the figures carry.
    pub standing: Standing,
}

impl Conditions {
    /// All municipalities of the mapping.
    pub fn total(&self) -> usize {
        self.present.len() + self.missing.len()
    }

    pub(super) fn new(
        members: &[Member],
        capabilities: &[CapabilityResult],
        invited: usize,
        submitted: usize,
    ) -> Self {
        let has_value =
            |index: usize| (capabilities.iter()).any(|c| c.cells[index].value.levels().is_some());
        let (mut present, mut missing) = (Vec::new(), Vec::new());
        for (index, member) in members.iter().enumerate() {
            if has_value(index) {
                present.push(member.municipality);
            } else {
                missing.push(Missing {
                    municipality: member.municipality,
                    participation: member.participation,
                    note: member.note.clone(),
                });
            }
        }
        let basis = |wanted| {
            (capabilities.iter().flat_map(|c| &c.cells))
                .filter(|cell| {
                    matches!(cell.value, super::CellValue::Levels { basis, .. } if basis == wanted)
                })
                .count()
        };
        let standing = Standing::new(present.len(), members.len());
        Self {
            standing,
            cells: present.len() * capabilities.len(),
            agreed_cells: basis(super::Basis::Agreed),
            unconfirmed_cells: basis(super::Basis::Answers),
            without_effect: capabilities.iter().filter(|c| c.effect.is_none()).count(),
            much_dont_know: (capabilities.iter())
                .filter(|_| standing != Standing::OwnOnly)
                .filter(|c| {
                    c.dont_know_share
                        .is_some_and(|share| share > MUCH_DONT_KNOW)
                })
                .map(|c| c.id)
                .collect(),
            present,
            missing,
            invited,
            submitted,
        }
    }
}
