//! Whether it is the municipality or the region that differs.

use charts::{Chart, Layout};

use crate::{pages::results::material::Material, texts::Texts};

pub(super) fn draw(_texts: Texts, _material: &Material, _layout: Layout) -> Option<Chart> {
    None
}
