//! Ratifying: what is left to do, the form, and the version when it is there.

use std::sync::Arc;

use domain::{
    ids::CapabilityId,
    map::{Capability, Deed, Version},
    text::DecidedBy,
};
use leptos::prelude::*;

use super::questions;
use crate::{
    components::date,
    live::{Class, Scene, frame::form::command, part::Part},
};

/// The version that has been ratified in this workshop, while nothing on the map has changed since.
pub(super) fn ratified_here(scene: &Scene) -> Option<Arc<Version>> {
    let opened = scene.stage.opened_at?;
    let here = (scene.state.operations.iter().rev())
        .take_while(|operation| operation.at >= opened)
        .any(|operation| operation.deed == Deed::Ratified);
    if !here || scene.state.has_changed_since_ratified() {
        return None;
    }
    scene.state.versions.last().cloned()
}

/// What everyone sees when the map has been ratified.
pub(super) fn hero(scene: &Scene, version: &Version) -> Part {
    let texts = scene.texts;
    let capabilities = version.contents.active_in_order().len();
    Part::leaf(
        "fast-klar",
        view! {
            <section id="fast-klar" class="walk-hero" role="status">
                <h2>{texts.walk_ratified(version.number)}</h2>
                <p class="lead">{texts.walk_ratified_by(version.date, &version.decided_by)}</p>
                <p>{texts.walk_ratified_holds(capabilities, version.contents.areas.len())}</p>
            </section>
        },
    )
}

/// The same in a line.
pub(super) fn banner(scene: &Scene, version: &Version) -> Part {
    let texts = scene.texts;
    Part::leaf(
        "fast-klar",
        view! {
            <section id="fast-klar" class="walk-banner" role="status">
                <h2>{texts.walk_ratified(version.number)}</h2>
                <p>{texts.walk_ratified_by(version.date, &version.decided_by)}</p>
            </section>
        },
    )
}

fn names(
    list: &[(CapabilityId, &Capability)],
    left_out: impl Fn(&Capability) -> bool,
) -> Option<AnyView> {
    let names: Vec<_> = (list.iter())
        .filter(|(_, known)| left_out(known))
        .map(|(_, known)| view! { <li>{known.draft.name.to_string()}</li> })
        .collect();
    (!names.is_empty()).then(|| view! { <ul>{names}</ul> }.into_any())
}

/// What is left before the map can be ratified, and the form when nothing is.
pub(super) fn form(scene: &Scene, list: &[(CapabilityId, &Capability)], reviewed: usize) -> Part {
    let texts = scene.texts;
    let next = scene.state.next_version();
    let ungrouped = names(list, |known| known.draft.area.is_none());
    let unworded = names(list, |known| known.draft.formulation.is_empty());
    let changed = scene.state.has_changed_since_ratified();
    let blocked = if list.is_empty() {
        Some(view! { <p class="notice">{texts.ratify_empty_todo()}</p> }.into_any())
    } else if !changed {
        Some(view! { <p class="notice">{texts.walk_nothing_new()}</p> }.into_any())
    } else {
        ungrouped.map(|names| {
            view! { <div class="notice"><p>{texts.walk_ungrouped()}</p>{names}</div> }.into_any()
        })
    };
    let left = list.len() - reviewed;
    let questions = questions::open(scene).count();
    let mut remarks = Vec::new();
    if left > 0 {
        remarks.push(view! { <li>{texts.walk_left(left)}</li> }.into_any());
    }
    if questions > 0 {
        remarks.push(view! { <li>{texts.walk_questions_left(questions)}</li> }.into_any());
    }
    if let Some(names) = unworded {
        remarks.push(view! { <li>{texts.ratify_unworded()}{names}</li> }.into_any());
    }
    let remarks =
        (changed && !remarks.is_empty()).then(|| view! { <ul class="walk-remarks">{remarks}</ul> });
    // While capabilities are left to review, the main thing is the next one.
    let class = if left == 0 {
        "button primary"
    } else {
        "button"
    };
    // The day that the room meets, which may not be the day that was planned.
    let day = (scene.stage.opened_at).map_or_else(|| scene.workshop.date.to_string(), date);
    let form = blocked.is_none().then(|| {
        let inner = view! {
            <div class="walk-fields">
                <div class="field">
                    <label for="fast-datum">{texts.ratify_date()}</label>
                    <input id="fast-datum" name="datum" type="date" value=day required />
                </div>
                <div class="field">
                    <label for="fast-av">{texts.ratify_by()}</label>
                    <p class="hint" id="fast-av-hint">{texts.ratify_by_hint()}</p>
                    <input id="fast-av" name="av" type="text" maxlength=DecidedBy::MAX required autocomplete="off" aria-describedby="fast-av-hint" />
                </div>
            </div>
            <p class="hint">{texts.ratify_final()}" "{texts.walk_who_ratifies()}</p>
            <button class=class type="submit">{texts.ratify_do(next)}</button>
        };
        command(scene, Class::Leader, "faststall", &[], "stack", inner)
    });
    let title = match (changed, scene.state.versions.last()) {
        (false, Some(version)) => texts.walk_ratified(version.number),
        _ => texts.ratify_do(next),
    };
    Part::leaf(
        "fast-slut",
        view! {
            <section id="fast-slut" class="card">
                <h2>{title}</h2>
                {blocked}
                {remarks}
                {form}
            </section>
        },
    )
}
