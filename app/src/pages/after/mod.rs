//! What is read after a workshop: minutes, the compiled page with its reflections, and how the map grew.

pub mod compiled;
pub mod edit;
pub mod markdown;
pub mod minutes;
pub mod reflections;
pub mod replay;
mod sections;
pub mod words;

use domain::{
    ids::{MappingId, WorkshopId},
    municipality::Municipality,
};
use leptos::prelude::*;

use crate::texts::Texts;

/// An address in a workshop: `path` begins with a slash.
pub fn address(mapping: MappingId, workshop: WorkshopId, path: &str) -> String {
    format!("/k/{mapping}/workshop/{workshop}{path}")
}

/// The way back to the series, and to what this page belongs to.
fn crumbs(texts: Texts, mapping: MappingId, over: Option<(String, &str)>, here: &str) -> AnyView {
    let over = over.map(|(href, words)| view! { <li><a href=href>{words.to_owned()}</a></li> });
    view! {
        <nav class="breadcrumbs" aria-label=texts.minutes_crumbs()>
            <ol>
                <li><a href=format!("/k/{mapping}/workshopar")>{texts.series_title()}</a></li>
                {over}
                <li aria-current="page">{here.to_owned()}</li>
            </ol>
        </nav>
    }
    .into_any()
}

/// Municipalities with commas between.
fn names(municipalities: &[Municipality]) -> String {
    let names: Vec<_> = municipalities.iter().map(|m| m.name()).collect();
    names.join(", ")
}
