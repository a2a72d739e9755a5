//! Before the first workshop: who is invited, what they read, and what each municipality has done before.

pub mod invitation;
pub mod invitees;
pub mod own;
pub mod readiness;
pub mod reading;

use domain::ids::MappingId;
use leptos::prelude::*;

use crate::texts::Texts;

/// The way back to how municipalities take part.
fn back(texts: Texts, mapping: MappingId) -> AnyView {
    view! { <p class="eyebrow"><a href=format!("/k/{mapping}/deltagande")>{texts.preparation_back()}</a></p> }
        .into_any()
}
