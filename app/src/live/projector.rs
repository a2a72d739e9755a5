//! The projector's view: large type, never black, never anything private.

use leptos::prelude::*;

use super::{Scene, activities, part::Part};

/// The whole view.
pub fn scene(scene: &Scene) -> Part {
    let content = (scene.item())
        .map(|item| activities::projector(scene, item))
        .unwrap_or_default();
    let class = "scene projector";
    Part::list(
        "scen",
        view! { <div id="scen" class=class></div> },
        vec![Part::list(
            "innehall",
            view! { <div id="innehall" class="content"></div> },
            content,
        )],
    )
}
