//! From the prioritised list to named improvement areas (WS5).

mod areas;
mod priorities;

use domain::workshop::{Item, Pdca};
use leptos::prelude::*;

use super::spread::conditions;
use crate::{
    live::{Me, Scene, part::Part},
    texts::Texts,
};

/// The words for a place in the wheel of improvement.
const fn pdca_text(texts: Texts, stage: Pdca) -> &'static str {
    match stage {
        Pdca::Plan => texts.walk_pdca_plan(),
        Pdca::Do => texts.walk_pdca_do(),
        Pdca::Check => texts.walk_pdca_check(),
        Pdca::Act => texts.walk_pdca_act(),
    }
}

/// On the wall: what has been named, or before that what there is to close.
pub(super) fn projector(scene: &Scene, _item: &Item) -> Vec<Part> {
    if scene.state.work.improvements.is_empty() {
        return vec![priorities::wall(scene), conditions(scene, "for-villkor")];
    }
    vec![areas::cards(scene, true)]
}

/// For those who lead: the list and the areas side by side.
pub(super) fn leader(scene: &Scene, _item: &Item) -> Vec<Part> {
    vec![
        conditions(scene, "for-villkor"),
        Part::list(
            "for-tva",
            view! { <div id="for-tva" class="walk-two"></div> },
            vec![areas::for_leaders(scene), priorities::for_leaders(scene)],
        ),
    ]
}

/// For everyone who takes part.
pub(super) fn participant(scene: &Scene, _item: &Item) -> Vec<Part> {
    vec![
        areas::cards(scene, false),
        priorities::list(scene),
        conditions(scene, "for-villkor"),
    ]
}

/// For one person: nothing; those who lead write what the room says.
pub(super) fn mine(_scene: &Scene, _item: &Item, _me: &Me) -> Vec<Part> {
    Vec::new()
}
