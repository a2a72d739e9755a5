//! The municipalities on a map, and as tiles of the same size.

use charts::{Chart, Layout};

use crate::{pages::results::material::Material, texts::Texts};

pub(super) fn map(_texts: Texts, _material: &Material, _layout: Layout) -> Option<Chart> {
    None
}

pub(super) fn tiles(_texts: Texts, _material: &Material, _layout: Layout) -> Option<Chart> {
    None
}
