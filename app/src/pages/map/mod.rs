//! The map and everything on it.

pub mod anchors;
pub mod area;
pub mod board;
pub mod capability;
pub mod change;
pub mod goal;
pub mod history;
pub mod import;
pub mod ratify;
mod second_look;
mod tree;
pub mod version;
pub mod weakness;

use domain::{
    ids::{AreaId, CapabilityId, MappingId},
    map::{Contents, Goal, GoalLevel, Layer, WeaknessKind},
};
use leptos::prelude::*;

use crate::{components::Choice, texts::Texts};

/// The words for a goal's level.
pub fn goal_level_text(texts: Texts, level: GoalLevel) -> &'static str {
    match level {
        GoalLevel::National => texts.terms_goal_national(),
        GoalLevel::Regional => texts.terms_goal_regional(),
        GoalLevel::Local => texts.terms_goal_local(),
    }
}

/// The words for a layer of interoperability.
pub fn layer_text(texts: Texts, layer: Layer) -> &'static str {
    match layer {
        Layer::Legal => texts.terms_layer_legal(),
        Layer::Organisational => texts.terms_layer_organisational(),
        Layer::Semantic => texts.terms_layer_semantic(),
        Layer::Technical => texts.terms_layer_technical(),
    }
}

/// The words for what a weakness is made of.
pub fn weakness_kind_text(texts: Texts, kind: WeaknessKind) -> &'static str {
    match kind {
        WeaknessKind::Competence => texts.terms_weakness_competence(),
        WeaknessKind::WayOfWorking => texts.terms_weakness_way_of_working(),
        WeaknessKind::Information => texts.terms_weakness_information(),
        WeaknessKind::Technology => texts.terms_weakness_technology(),
        WeaknessKind::Resource => texts.terms_weakness_resource(),
        WeaknessKind::Law => texts.terms_weakness_law(),
    }
}

/// The way back to the map from a page under it.
fn crumbs(texts: Texts, mapping: MappingId, here: &str) -> AnyView {
    view! {
        <nav class="breadcrumbs" aria-label=texts.map_crumbs()>
            <ol>
                <li><a href=format!("/k/{mapping}/karta")>{texts.map_title()}</a></li>
                <li aria-current="page">{here.to_owned()}</li>
            </ol>
        </nav>
    }
    .into_any()
}

/// The way out of a form: back to the map.
fn cancel(texts: Texts, mapping: MappingId) -> (String, String) {
    (
        format!("/k/{mapping}/karta"),
        texts.form_cancel().to_owned(),
    )
}

/// Areas as choices, after the choice of none.
fn area_choices(none: &str, contents: &Contents) -> Vec<Choice> {
    let areas = (contents.areas_in_order().into_iter())
        .map(|(id, area)| (id.to_string(), area.name.to_string()));
    std::iter::once((String::new(), none.to_owned()))
        .chain(areas)
        .collect()
}

/// A capability's name with its area, for lists where both are needed.
fn placed_name(contents: &Contents, id: CapabilityId) -> String {
    let Some(capability) = contents.capabilities.get(&id) else {
        return String::new();
    };
    let area = capability
        .draft
        .area
        .and_then(|area| area_name(contents, area));
    match area {
        Some(area) => format!("{area}: {}", capability.draft.name),
        None => capability.draft.name.to_string(),
    }
}

fn area_name(contents: &Contents, id: AreaId) -> Option<&str> {
    contents.areas.get(&id).map(|area| area.name.as_str())
}

/// A goal's title with whose it is, when it is one municipality's.
pub(crate) fn goal_name(goal: &Goal) -> String {
    match goal.municipality {
        Some(municipality) => format!("{} ({})", goal.title, municipality.name()),
        None => goal.title.to_string(),
    }
}

/// The names of several capabilities, with commas between.
fn names(contents: &Contents, ids: impl IntoIterator<Item = CapabilityId>) -> String {
    let names: Vec<_> = (ids.into_iter())
        .filter_map(|id| contents.capabilities.get(&id))
        .map(|capability| capability.draft.name.as_str())
        .collect();
    names.join(", ")
}
