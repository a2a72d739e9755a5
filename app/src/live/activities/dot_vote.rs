//! A vote with a limited number of dots on improvement areas (WS5).

use std::cmp::Reverse;

use domain::{
    ids::ImprovementId,
    workshop::{Improvement, Item, VoteKey, VoteOn, Voter, record::MIN_VOTERS},
};
use leptos::prelude::*;

use super::ballot::{Standing, controls, standing, status};
use crate::live::{
    Class, Me, Scene,
    frame::form::{clearing, command},
    part::Part,
};

/// Improvement areas in the order they were named.
fn areas(scene: &Scene) -> impl Iterator<Item = (ImprovementId, &Improvement)> {
    (scene.state.work.improvements.iter()).map(|(id, area)| (*id, area))
}

/// "Var och en har 5 prickar", and the areas without anything about the votes.
fn choices(scene: &Scene, wall: bool) -> Part {
    let texts = scene.texts;
    let rows: Vec<_> = areas(scene)
        .map(|(_, area)| view! { <li><strong>{area.name.to_string()}</strong></li> })
        .collect();
    let class = if wall {
        "walk-areas wall"
    } else {
        "walk-areas"
    };
    Part::leaf(
        "pri-val",
        view! {
            <section id="pri-val">
                <p class="lead">{texts.walk_dots_each(scene.workshop.dots)}</p>
                <ul class=class>{rows}</ul>
            </section>
        },
    )
}

/// What came of a closed vote: most dots first, as bars; when few have voted, only that, as the sums would tell what a
/// single person chose.
fn outcome(scene: &Scene, item: &Item, wall: bool) -> Part {
    let texts = scene.texts;
    if scene.state.work.voters(scene.id, item.id, 1).len() < MIN_VOTERS {
        let words = texts.walk_dots_few();
        return Part::leaf(
            "pri-utfall",
            view! { <p id="pri-utfall" class="empty">{words}</p> },
        );
    }
    let dots = scene.state.work.dots(scene.id, item.id);
    let mut rows: Vec<_> = areas(scene)
        .map(|(id, area)| {
            let count = dots
                .get(&VoteOn::Improvement(id))
                .copied()
                .unwrap_or_default();
            (id, area, count)
        })
        .collect();
    rows.sort_by_key(|(_, _, count)| Reverse(*count));
    let most = rows.first().map_or(1, |(_, _, count)| (*count).max(1));
    let rows: Vec<_> = (rows.into_iter())
        .map(|(id, area, count)| {
            let row = format!("pri-u-{id}");
            let width = (count * 100).div_ceil(most);
            let owner = if area.owner.is_empty() {
                texts.walk_no_owner().to_owned()
            } else {
                area.owner.to_string()
            };
            Part::leaf(
                row.clone(),
                view! {
                    <li id=row>
                        <strong>{area.name.to_string()}</strong>
                        <span class="muted">{owner}</span>
                        <span class="number">{texts.walk_dot_count(count)}</span>
                        <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                            <rect class="track" width="100" height="6" />
                            <rect width=width height="6" />
                        </svg>
                    </li>
                },
            )
        })
        .collect();
    let class = if wall {
        "walk-dots-outcome wall"
    } else {
        "walk-dots-outcome card"
    };
    Part::list(
        "pri-utfall",
        view! { <ol id="pri-utfall" class=class></ol> },
        rows,
    )
}

fn none_yet(scene: &Scene) -> Part {
    let words = scene.texts.walk_no_areas();
    Part::leaf(
        "pri-inga",
        view! { <p id="pri-inga" class="empty">{words}</p> },
    )
}

/// On the wall.
pub(super) fn projector(scene: &Scene, item: &Item) -> Vec<Part> {
    if scene.state.work.improvements.is_empty() {
        return vec![none_yet(scene)];
    }
    let standing = standing(scene, item);
    let status = status(scene, item, standing, true);
    match standing {
        Standing::Closed(_) => vec![status, outcome(scene, item, true)],
        Standing::Before | Standing::Open(_) => vec![status, choices(scene, true)],
    }
}

/// For those who lead.
pub(super) fn leader(scene: &Scene, item: &Item) -> Vec<Part> {
    if scene.state.work.improvements.is_empty() {
        return vec![none_yet(scene)];
    }
    let standing = standing(scene, item);
    let mut parts = vec![
        status(scene, item, standing, false),
        controls(scene, item, standing, false),
    ];
    match standing {
        Standing::Before => parts.push(choices(scene, false)),
        Standing::Open(_) => parts.push(by_hand(scene, item)),
        Standing::Closed(_) => parts.push(outcome(scene, item, false)),
    }
    parts
}

/// For everyone who takes part.
pub(super) fn participant(scene: &Scene, item: &Item) -> Vec<Part> {
    if scene.state.work.improvements.is_empty() {
        return vec![none_yet(scene)];
    }
    let standing = standing(scene, item);
    let status = status(scene, item, standing, false);
    match standing {
        Standing::Before => vec![status, choices(scene, false)],
        Standing::Open(_) => vec![status],
        Standing::Closed(_) => vec![status, outcome(scene, item, false)],
    }
}

/// For one person: dots to give and to take back while the vote is open.
pub(super) fn mine(scene: &Scene, item: &Item, me: &Me) -> Vec<Part> {
    let Standing::Open(attempt) = standing(scene, item) else {
        return Vec::new();
    };
    let given = |id| {
        let key = VoteKey {
            workshop: scene.id,
            item: item.id,
            attempt,
            on: VoteOn::Improvement(id),
            voter: Voter::Person(me.author),
        };
        scene
            .state
            .work
            .votes
            .get(&key)
            .copied()
            .unwrap_or_default()
    };
    let all = scene.workshop.dots;
    let used = areas(scene).fold(0_u8, |sum, (id, _)| sum.saturating_add(given(id)));
    let left = all.saturating_sub(used);
    let mut parts = vec![Part::leaf(
        "pri-kvar",
        view! {
            <div id="pri-kvar" class="walk-sticky walk-dots-left">
                <p role="status"><b>{scene.texts.walk_dots_left(left, all)}</b></p>
                <span class="walk-dot-row" aria-hidden="true">{"●".repeat(left.into())}<i>{"○".repeat(used.into())}</i></span>
            </div>
        },
    )];
    parts.extend(areas(scene).map(|(id, area)| question(scene, item, id, area, given(id), left)));
    vec![Part::list(
        "pri-min",
        view! { <section id="pri-min" class="walk-paper"></section> },
        parts,
    )]
}

fn question(
    scene: &Scene,
    item: &Item,
    id: ImprovementId,
    area: &Improvement,
    dots: u8,
    left: u8,
) -> Part {
    let texts = scene.texts;
    let key = format!("pri-r-{id}");
    let name = area.name.to_string();
    let fields = [("punkt", item.id.to_string()), ("insats", id.to_string())];
    let inner = view! {
        <button class="button" type="submit" name="varde" value=dots.saturating_sub(1) disabled=dots == 0>
            <span aria-hidden="true">"−"</span><span class="visually-hidden">{texts.walk_dot_less(&name)}</span>
        </button>
        <span class="walk-dot-row"><span aria-hidden="true">{"●".repeat(dots.into())}</span><span class="visually-hidden">{texts.walk_dot_count(dots)}</span></span>
        <button class="button" type="submit" name="varde" value=dots + 1 disabled=left == 0>
            <span aria-hidden="true">"+"</span><span class="visually-hidden">{texts.walk_dot_more(&name)}</span>
        </button>
    };
    let step = (!area.first_step.is_empty())
        .then(|| view! { <p class="muted">{area.first_step.to_string()}</p> });
    let class = if dots > 0 {
        "walk-candidate done"
    } else {
        "walk-candidate"
    };
    Part::leaf(
        key.clone(),
        view! {
            <div id=key class=class>
                <h2>{name.clone()}</h2>
                {step}
                {command(scene, Class::Participant, "rosta", &fields, "walk-dot-form", inner)}
            </div>
        },
    )
}

/// Dots from someone in the room who has no screen: a form an area would be many, so one with a choice.
fn by_hand(scene: &Scene, item: &Item) -> Part {
    let texts = scene.texts;
    let choices: Vec<_> = areas(scene)
        .map(|(id, area)| view! { <option value=id.to_string()>{area.name.to_string()}</option> })
        .collect();
    let inner = view! {
        <div class="walk-fields">
            <div class="field">
                <label for="pri-hand-i">{texts.walk_area()}</label>
                <select id="pri-hand-i" name="insats">{choices}</select>
            </div>
            <div class="field">
                <label for="pri-hand-v">{texts.walk_dots()}</label>
                <input id="pri-hand-v" name="varde" type="number" min="1" max=scene.workshop.dots value="1" required />
            </div>
        </div>
        <button class="button" type="submit">{texts.walk_by_hand_add()}</button>
    };
    let fields = [("punkt", item.id.to_string())];
    Part::leaf(
        "pri-hand",
        view! {
            <details id="pri-hand" class="more card">
                <summary>{texts.walk_by_hand()}</summary>
                <p class="hint">{texts.walk_by_hand_dots()}</p>
                {clearing(scene, Class::Leader, "hand", &fields, "stack", inner)}
            </details>
        },
    )
}
