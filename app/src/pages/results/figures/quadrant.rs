//! Effect on the goals and gap to close, as a matrix.

use charts::{Chart, Layout};

use crate::{pages::results::material::Material, texts::Texts};

pub(super) fn draw(_texts: Texts, _material: &Material, _layout: Layout) -> Option<Chart> {
    None
}
