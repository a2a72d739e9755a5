//! The survey's answers, largest disagreement first (WS4).

mod chart;
mod rests;

use domain::{
    results::{CapabilitySpread, Spread},
    statistics::suppression::GroupSize,
    workshop::Item,
};
use leptos::prelude::*;

use self::chart::{Size, both};
pub(super) use self::rests::{conditions, nothing_yet, regional};
use super::{
    bars::{agreement_text, small_bars},
    focus::{Walk, look_at, row_class, steps},
};
use crate::{
    live::{Me, Scene, part::Part},
    texts::Texts,
};

fn walk(scene: &Scene, spread: &Spread) -> Walk {
    Walk::new(scene, spread.capabilities.iter().map(|c| c.id).collect())
}

/// The capability in focus.
fn focus<'a>(scene: &Scene, spread: &'a Spread) -> Option<&'a CapabilitySpread> {
    spread.capability(scene.stage.focus?)
}

/// "41 svar", or the class of a small group.
fn people_text(texts: Texts, people: GroupSize) -> String {
    match people {
        GroupSize::Nobody => texts.result_no_answers().to_owned(),
        GroupSize::UpTo(_) | GroupSize::Hidden => texts.walk_few_answers(people),
        GroupSize::Exactly(count) => texts.walk_answers(count),
    }
}

/// On the wall.
pub(super) fn projector(scene: &Scene, _item: &Item) -> Vec<Part> {
    let Some(spread) = &scene.spread else {
        return vec![nothing_yet(scene, "spr-inget")];
    };
    match focus(scene, spread) {
        Some(capability) => vec![
            both(scene, spread, capability, Size::Wall),
            conditions(scene, "spr-villkor"),
        ],
        None => vec![first_ones(scene, spread), conditions(scene, "spr-villkor")],
    }
}

/// For those who lead.
pub(super) fn leader(scene: &Scene, _item: &Item) -> Vec<Part> {
    let Some(spread) = &scene.spread else {
        return vec![nothing_yet(scene, "spr-inget")];
    };
    let walk = walk(scene, spread);
    let steps = Part::leaf(
        "spr-steg",
        view! { <div id="spr-steg">{steps(scene, &walk, true)}</div> },
    );
    let main = match focus(scene, spread) {
        Some(capability) => vec![both(scene, spread, capability, Size::Page), steps],
        None => vec![
            Part::leaf(
                "spr-borja",
                view! {
                    <section id="spr-borja" class="card">
                        <h2>{scene.texts.walk_spread_title()}</h2>
                        <p>{scene.texts.walk_spread_lead()}</p>
                    </section>
                },
            ),
            steps,
        ],
    };
    vec![
        conditions(scene, "spr-villkor"),
        Part::list(
            "spr-tva",
            view! { <div id="spr-tva" class="walk-two"></div> },
            vec![
                Part::list(
                    "spr-mitten",
                    view! { <div id="spr-mitten" class="walk-main"></div> },
                    main,
                ),
                rows(scene, spread),
            ],
        ),
    ]
}

/// For everyone who takes part.
pub(super) fn participant(scene: &Scene, _item: &Item) -> Vec<Part> {
    let Some(spread) = &scene.spread else {
        return vec![nothing_yet(scene, "spr-inget")];
    };
    let main = match focus(scene, spread) {
        Some(capability) => both(scene, spread, capability, Size::Page),
        None => Part::leaf(
            "spr-vanta",
            view! { <p id="spr-vanta" class="empty">{scene.texts.walk_soon()}</p> },
        ),
    };
    vec![main, conditions(scene, "spr-villkor")]
}

/// For one person: nothing; what one has answered is on the survey's own page.
pub(super) fn mine(_scene: &Scene, _item: &Item, _me: &Me) -> Vec<Part> {
    Vec::new()
}

/// One row of the ordered list: bars as a picture, and in words what they say.
fn row_words(texts: Texts, capability: &CapabilitySpread) -> AnyView {
    match &capability.current.bars {
        Some(bars) => view! {
            {small_bars(bars.counts)}
            <span class="walk-says">{agreement_text(texts, bars.agreement, bars.label)}</span>
            <span class="muted number">{people_text(texts, capability.current.people)}</span>
        }
        .into_any(),
        None => view! {
            <span class="walk-says muted">".. " {people_text(texts, capability.current.people)}</span>
        }
        .into_any(),
    }
}

/// Every capability in order of disagreement.
fn rows(scene: &Scene, spread: &Spread) -> Part {
    let texts = scene.texts;
    let list: Vec<_> = (spread.capabilities.iter())
        .map(|capability| {
            let row = format!("spr-f-{}", capability.id);
            let name = capability.name.to_string();
            let current = (scene.stage.focus == Some(capability.id))
                .then(|| view! { <span class="visually-hidden">{texts.walk_in_focus()}</span> });
            Part::leaf(
                row.clone(),
                view! {
                    <li id=row class=row_class(scene, capability.id)>
                        {look_at(scene, capability.id, "walk-pick", name, "")}
                        {current}
                        <div class="walk-row-says">{row_words(texts, capability)}</div>
                    </li>
                },
            )
        })
        .collect();
    Part::list(
        "spr-sidan",
        view! { <section id="spr-sidan" class="card walk-side"></section> },
        vec![
            Part::leaf(
                "spr-rubrik",
                view! { <h2 id="spr-rubrik">{texts.walk_spread_list()}</h2> },
            ),
            Part::list(
                "spr-lista",
                view! { <ol id="spr-lista" class="walk-list"></ol> },
                list,
            ),
        ],
    )
}

/// The most capabilities that fit on the wall.
const ON_WALL: usize = 6;

/// Those that the room disagrees most about: what the wall shows before the walk begins.
fn first_ones(scene: &Scene, spread: &Spread) -> Part {
    let texts = scene.texts;
    let rows: Vec<_> = (spread.capabilities.iter())
        .filter(|capability| capability.current.bars.is_some())
        .take(ON_WALL)
        .map(|capability| {
            view! {
                <li>
                    <strong>{capability.name.to_string()}</strong>
                    <div class="walk-row-says">{row_words(texts, capability)}</div>
                </li>
            }
        })
        .collect();
    let body = if rows.is_empty() {
        view! { <p class="lead">{texts.walk_none_shown(spread.n_min.get())}</p> }.into_any()
    } else {
        view! { <ol class="walk-first">{rows}</ol> }.into_any()
    };
    Part::leaf(
        "spr-forst",
        view! {
            <section id="spr-forst">
                <h2>{texts.walk_most_divided()}</h2>
                {body}
            </section>
        },
    )
}
