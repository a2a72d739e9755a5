//! Somebody talks: the point itself, and what those who lead have noted.

use domain::workshop::Item;

use crate::live::{Me, Scene, frame::notes, part::Part};

/// On the wall.
pub(super) fn projector(scene: &Scene, item: &Item) -> Vec<Part> {
    notes::board(scene, notes::at(scene, item))
}

/// For those who lead; the notes stand below every point.
pub(super) fn leader(_scene: &Scene, _item: &Item) -> Vec<Part> {
    Vec::new()
}

/// For everyone who takes part.
pub(super) fn participant(scene: &Scene, item: &Item) -> Vec<Part> {
    notes::board(scene, notes::at(scene, item))
}

/// For one person.
pub(super) fn mine(_scene: &Scene, _item: &Item, _me: &Me) -> Vec<Part> {
    Vec::new()
}
