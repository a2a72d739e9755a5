//! The participant's view: one thing to do now, thumb-sized.

use leptos::prelude::*;

use super::{Me, Scene, activities, part::Part};

/// What everyone who takes part sees.
pub fn scene(scene: &Scene) -> Part {
    let content = (scene.item())
        .map(|item| activities::participant(scene, item))
        .unwrap_or_default();
    Part::list(
        "scen",
        view! { <div id="scen" class="scene participant"></div> },
        vec![Part::list(
            "innehall",
            view! { <div id="innehall" class="content"></div> },
            content,
        )],
    )
}

/// What only this person sees.
pub fn mine(scene: &Scene, me: &Me) -> Part {
    let content = (scene.item())
        .map(|item| activities::mine(scene, item, me))
        .unwrap_or_default();
    Part::list(
        "mitt",
        view! { <div id="mitt" class="mine"></div> },
        content,
    )
}
