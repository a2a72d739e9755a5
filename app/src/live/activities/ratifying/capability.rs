//! One capability as the room looks at it: its words, who said it, and what holds it back.

use std::collections::BTreeSet;

use domain::{
    ids::CapabilityId,
    map::Capability,
    workshop::{CardKind, CardState},
};
use leptos::prelude::*;

use super::{area_name, questions};
use crate::live::{Scene, part::Part};

/// The most weaknesses and questions that fit on the wall.
const ON_WALL: usize = 3;

/// "Sagt av 4 från 3 kommuner": how many people have written it, and where they come from. What a facilitator has
/// written for someone in the room counts as one more.
pub(super) fn origins(scene: &Scene, id: CapabilityId) -> Option<String> {
    let cards: Vec<_> = (scene
        .state
        .work
        .origins(&scene.state.contents, id)
        .into_iter())
    .filter(|(_, card)| card.state == CardState::Shown)
    .map(|(_, card)| card)
    .collect();
    let people: BTreeSet<_> = cards
        .iter()
        .map(|card| (card.by, card.municipality))
        .collect();
    let from: BTreeSet<_> = cards.iter().filter_map(|card| card.municipality).collect();
    match (people.len(), from.len()) {
        (0, _) => None,
        (people, 0) => Some(scene.texts.walk_said_by(people)),
        (people, 1) => Some(scene.texts.walk_said_by_one(people)),
        (people, from) => Some(scene.texts.walk_said_by_from(people, from)),
    }
}

/// The names of what holds the capability back.
fn weaknesses(scene: &Scene, id: CapabilityId) -> Vec<String> {
    (scene.state.contents.weaknesses.values())
        .filter(|weakness| weakness.capability == Some(id))
        .map(|weakness| weakness.name.to_string())
        .collect()
}

/// Comments that everyone may see.
fn comments(scene: &Scene, id: CapabilityId) -> Vec<String> {
    (scene.state.work.about(id))
        .filter(|(_, card)| card.kind == CardKind::Comment)
        .map(|(_, card)| card.text.to_string())
        .collect()
}

fn named(
    class: &'static str,
    title: &'static str,
    mut lines: Vec<String>,
    most: usize,
) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let more = lines.len().saturating_sub(most);
    lines.truncate(most);
    let more = (more > 0).then(|| view! { <li class="muted">{format!("+ {more}")}</li> });
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    Some(
        view! { <div class=class><h3>{title}</h3><ul class="plain">{lines}{more}</ul></div> }
            .into_any(),
    )
}

/// What is known of the capability beside its words.
fn around(scene: &Scene, id: CapabilityId, most: usize) -> AnyView {
    let texts = scene.texts;
    let questions = (questions::about(scene, id))
        .map(|(_, card)| card.text.to_string())
        .collect();
    let origins = origins(scene, id).map(|words| view! { <p class="walk-origins">{words}</p> });
    view! {
        {origins}
        <div class="walk-around">
            {named("walk-weak", texts.walk_weaknesses(), weaknesses(scene, id), most)}
            {named("walk-questions", texts.walk_questions(), questions, most)}
            {named("walk-comments", texts.walk_comments(), comments(scene, id), most)}
        </div>
    }
    .into_any()
}

/// Name, formulation, description and what is known of it.
pub(super) fn body(scene: &Scene, id: CapabilityId, known: &Capability) -> AnyView {
    let draft = &known.draft;
    let formulation = if draft.formulation.is_empty() {
        view! { <p class="walk-formulation muted">{scene.texts.walk_unworded()}</p> }.into_any()
    } else {
        view! { <p class="walk-formulation">{draft.formulation.to_string()}</p> }.into_any()
    };
    let description = (!draft.description.is_empty())
        .then(|| view! { <p class="lines muted">{draft.description.to_string()}</p> });
    view! {
        <h2 class="walk-name">{draft.name.to_string()}</h2>
        {formulation}
        {description}
        {around(scene, id, usize::MAX)}
    }
    .into_any()
}

/// For a phone.
pub(super) fn card(scene: &Scene, id: CapabilityId, known: &Capability) -> Part {
    Part::leaf(
        "fast-fokus",
        view! {
            <section id="fast-fokus" class="card walk-focus">
                <p class="eyebrow">{area_name(scene, known)}</p>
                {body(scene, id, known)}
            </section>
        },
    )
}

/// For the wall: large, and never more than fits.
pub(super) fn large(scene: &Scene, id: CapabilityId, known: &Capability) -> Part {
    let draft = &known.draft;
    let formulation = (!draft.formulation.is_empty())
        .then(|| view! { <p class="walk-formulation">{draft.formulation.to_string()}</p> });
    Part::leaf(
        "fast-fokus",
        view! {
            <section id="fast-fokus" class="walk-large">
                <p class="eyebrow">{area_name(scene, known)}</p>
                <h2 class="walk-name">{draft.name.to_string()}</h2>
                {formulation}
                {around(scene, id, ON_WALL)}
            </section>
        },
    )
}
