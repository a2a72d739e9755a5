//! How the answers spread over the five levels.

use charts::{Chart, Layout};

use crate::{pages::results::material::Material, texts::Texts};

pub(super) fn draw(_texts: Texts, _material: &Material, _layout: Layout) -> Option<Chart> {
    None
}
