//! A blind vote on each capability's effect on goals, two rounds at most (WS4).

mod outcome;
mod paper;

use domain::{ids::CapabilityId, level::Level, workshop::Item};
use leptos::prelude::*;

use self::outcome::Outcome;
use super::{
    ballot::{Standing, controls, standing, status},
    bars::effect_word,
};
use crate::live::{
    Class, Me, Scene,
    frame::form::{button, clearing},
    part::Part,
};

/// A capability to vote on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    id: CapabilityId,
    name: String,
    formulation: String,
    area: Option<String>,
}

/// What is voted on: the capabilities of the round's version, or of the map where there is no closed round.
fn candidates(scene: &Scene) -> Vec<Candidate> {
    if let Some(region) = &scene.results {
        return (region.capabilities.iter())
            .map(|capability| Candidate {
                id: capability.id,
                name: capability.name.to_string(),
                formulation: capability.formulation.to_string(),
                area: capability.area_name.as_ref().map(ToString::to_string),
            })
            .collect();
    }
    let contents = &scene.state.contents;
    (contents.active_in_order().into_iter())
        .map(|(id, known)| Candidate {
            id,
            name: known.draft.name.to_string(),
            formulation: known.draft.formulation.to_string(),
            area: (known.draft.area)
                .and_then(|area| contents.areas.get(&area))
                .map(|area| area.name.to_string()),
        })
        .collect()
}

/// What each number means, once a view.
fn meaning(scene: &Scene) -> Part {
    let rows: Vec<_> = (1..=5)
        .map(|effect| view! { <div><dt>{effect}</dt><dd>{effect_word(scene.texts, effect)}</dd></div> })
        .collect();
    Part::leaf(
        "eff-skala",
        view! { <dl id="eff-skala" class="walk-scale">{rows}</dl> },
    )
}

/// On the wall: the question and a count while the vote is open, then what came of it.
pub(super) fn projector(scene: &Scene, item: &Item) -> Vec<Part> {
    let standing = standing(scene, item);
    match standing {
        Standing::Closed(attempt) => vec![
            status(scene, item, standing, true),
            outcome::wall(scene, &Outcome::new(scene, item, attempt)),
        ],
        Standing::Before | Standing::Open(_) => {
            vec![status(scene, item, standing, true), meaning(scene)]
        }
    }
}

/// For those who lead.
pub(super) fn leader(scene: &Scene, item: &Item) -> Vec<Part> {
    let standing = standing(scene, item);
    let mut parts = vec![
        status(scene, item, standing, false),
        controls(scene, item, standing, true),
    ];
    if matches!(standing, Standing::Open(_)) {
        parts.push(by_hand(scene, item));
    }
    if let Some(attempt) = standing.shown() {
        let outcome = Outcome::new(scene, item, attempt);
        if matches!(standing, Standing::Closed(_)) {
            parts.push(use_effects(scene, item, &outcome));
        }
        parts.push(outcome::table(scene, &outcome));
    }
    parts
}

/// For everyone who takes part.
pub(super) fn participant(scene: &Scene, item: &Item) -> Vec<Part> {
    let standing = standing(scene, item);
    let mut parts = vec![status(scene, item, standing, false)];
    match standing {
        Standing::Open(_) => parts.push(meaning(scene)),
        Standing::Closed(attempt) => {
            parts.push(outcome::table(scene, &Outcome::new(scene, item, attempt)));
        }
        Standing::Before => {}
    }
    parts
}

/// For one person: the ballot paper while the vote is open.
pub(super) fn mine(scene: &Scene, item: &Item, me: &Me) -> Vec<Part> {
    match standing(scene, item) {
        Standing::Open(attempt) => {
            vec![paper::paper(scene, item, me, attempt)]
        }
        _ => Vec::new(),
    }
}

/// A vote for someone in the room who has no screen.
fn by_hand(scene: &Scene, item: &Item) -> Part {
    let texts = scene.texts;
    let choices: Vec<_> = (candidates(scene).into_iter())
        .map(|candidate| view! { <option value=candidate.id.to_string()>{candidate.name}</option> })
        .collect();
    let buttons: Vec<_> = (Level::ALL.into_iter())
        .map(|level| {
            let number = level.get();
            let word = effect_word(texts, number.into());
            view! {
                <button class="button" type="submit" name="varde" value=number>
                    {number}<span class="visually-hidden">" "{word}</span>
                </button>
            }
        })
        .collect();
    let inner = view! {
        <div class="field">
            <label for="eff-hand-f">{texts.result_capability()}</label>
            <select id="eff-hand-f" name="formaga">{choices}</select>
        </div>
        <div class="row" role="group" aria-label=texts.result_effect()>{buttons}</div>
    };
    let fields = [("punkt", item.id.to_string())];
    Part::leaf(
        "eff-hand",
        view! {
            <details id="eff-hand" class="more card">
                <summary>{texts.walk_by_hand()}</summary>
                <p class="hint">{texts.walk_by_hand_hint()}</p>
                {clearing(scene, Class::Leader, "hand", &fields, "stack", inner)}
            </details>
        },
    )
}

/// Makes the medians the effects on goals, and says what is set already.
fn use_effects(scene: &Scene, item: &Item, outcome: &Outcome) -> Part {
    let texts = scene.texts;
    let (voted, same, set) = (outcome.voted(), outcome.same(), outcome.set());
    let words = if scene.workshop.round.is_none() {
        texts.walk_effects_no_round().to_owned()
    } else if voted > 0 && same == voted {
        texts.walk_effects_used(voted)
    } else if set > 0 {
        texts.walk_effects_differ(set, voted - same)
    } else {
        texts.walk_effects_none(voted)
    };
    let action = (scene.workshop.round.is_some() && same < voted).then(|| {
        let fields = [("punkt", item.id.to_string())];
        let words = texts.walk_effects_use();
        button(
            scene,
            Class::Leader,
            "anvandeffekt",
            &fields,
            "button primary",
            words,
            "",
        )
    });
    Part::leaf(
        "eff-anvand",
        view! { <section id="eff-anvand" class="card"><p>{words}</p>{action}</section> },
    )
}
