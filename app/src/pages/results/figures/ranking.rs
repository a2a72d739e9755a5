//! The priority list with the intervals of its places.

use charts::{Chart, Layout};

use crate::{pages::results::material::Material, texts::Texts};

pub(super) fn draw(_texts: Texts, _material: &Material, _layout: Layout) -> Option<Chart> {
    None
}
