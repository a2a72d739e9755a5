//! The facilitator's view: agenda, control of the phase, who is here, notes and decisions.

use leptos::prelude::*;

use super::{Scene, activities, part::Part};

/// The whole view.
pub fn scene(scene: &Scene) -> Part {
    let content = (scene.item())
        .map(|item| activities::leader(scene, item))
        .unwrap_or_default();
    Part::list(
        "scen",
        view! { <div id="scen" class="scene leader"></div> },
        vec![Part::list(
            "innehall",
            view! { <div id="innehall" class="content"></div> },
            content,
        )],
    )
}
