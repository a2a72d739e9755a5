//! Activity EffectVote.

use domain::workshop::Item;

use crate::live::{Me, Scene, part::Part};

/// On the wall.
pub(super) fn projector(_scene: &Scene, _item: &Item) -> Vec<Part> {
    Vec::new()
}

/// For those who lead.
pub(super) fn leader(_scene: &Scene, _item: &Item) -> Vec<Part> {
    Vec::new()
}

/// For everyone who takes part.
pub(super) fn participant(_scene: &Scene, _item: &Item) -> Vec<Part> {
    Vec::new()
}

/// For one person.
pub(super) fn mine(_scene: &Scene, _item: &Item, _me: &Me) -> Vec<Part> {
    Vec::new()
}
