//! The map is gone through capability by capability, and ratified (WS3).

mod agreed;
mod capability;
mod questions;

use std::collections::BTreeSet;

use domain::{
    ids::CapabilityId,
    map::{Capability, Status},
    workshop::{Item, ReviewKey},
};
use leptos::prelude::*;

use self::agreed::ratified_here;
use super::focus::{Walk, look_at, row_class, steps};
use crate::live::{
    Class, Me, Scene,
    frame::form::{button, command},
    part::Part,
};

/// How far the walk has come.
struct Progress<'a> {
    list: Vec<(CapabilityId, &'a Capability)>,
    reviewed: BTreeSet<CapabilityId>,
    walk: Walk,
}

impl<'a> Progress<'a> {
    fn new(scene: &'a Scene) -> Self {
        let list = scene.state.contents.active_in_order();
        let reviewed = (list.iter().map(|(id, _)| *id))
            .filter(|id| {
                let key = ReviewKey {
                    workshop: scene.id,
                    capability: *id,
                };
                scene.state.work.reviews.contains_key(&key)
            })
            .collect();
        let walk = Walk::new(scene, list.iter().map(|(id, _)| *id).collect());
        Self {
            list,
            reviewed,
            walk,
        }
    }

    /// The capability in focus.
    fn focus(&self) -> Option<(CapabilityId, &'a Capability)> {
        let focus = self.walk.focus()?;
        self.list.iter().find(|(id, _)| *id == focus).copied()
    }

    /// "24 av 32 granskade" with its bar.
    fn bar(&self, scene: &Scene, id: &'static str) -> Part {
        let (done, all) = (self.reviewed.len(), self.list.len());
        let words = scene.texts.walk_reviewed(done, all);
        let open = questions::open(scene).count();
        let questions = (open > 0).then(
            || view! { <span class="badge warn">{scene.texts.walk_open_questions(open)}</span> },
        );
        Part::leaf(
            id,
            view! {
                <div id=id class="progress walk-progress">
                    <p class="number">{words}</p>
                    {questions}
                    <progress value=done max=all.max(1) aria-label=scene.texts.walk_reviewed(done, all)></progress>
                </div>
            },
        )
    }
}

/// On the wall.
pub(super) fn projector(scene: &Scene, _item: &Item) -> Vec<Part> {
    let progress = Progress::new(scene);
    if let Some(version) = ratified_here(scene) {
        return vec![agreed::hero(scene, &version)];
    }
    let mut parts = vec![progress.bar(scene, "fast-lage")];
    parts.push(match progress.focus() {
        Some((id, known)) => capability::large(scene, id, known),
        None => areas(scene, &progress),
    });
    parts
}

/// For those who lead.
pub(super) fn leader(scene: &Scene, _item: &Item) -> Vec<Part> {
    let progress = Progress::new(scene);
    let mut parts = Vec::new();
    if let Some(version) = ratified_here(scene) {
        parts.push(agreed::banner(scene, &version));
    }
    parts.push(progress.bar(scene, "fast-lage"));
    let middle = vec![focus(scene, &progress), questions::for_leaders(scene)];
    parts.push(Part::list(
        "fast-tva",
        view! { <div id="fast-tva" class="walk-two"></div> },
        vec![
            Part::list(
                "fast-mitten",
                view! { <div id="fast-mitten" class="walk-main"></div> },
                middle,
            ),
            rows(scene, &progress),
        ],
    ));
    parts.push(agreed::form(scene, &progress.list, progress.reviewed.len()));
    parts
}

/// For everyone who takes part.
pub(super) fn participant(scene: &Scene, _item: &Item) -> Vec<Part> {
    let progress = Progress::new(scene);
    let mut parts = Vec::new();
    if let Some(version) = ratified_here(scene) {
        parts.push(agreed::banner(scene, &version));
    }
    parts.push(progress.bar(scene, "fast-lage"));
    match progress.focus() {
        Some((id, known)) => parts.push(capability::card(scene, id, known)),
        None => parts.push(Part::leaf(
            "fast-vanta",
            view! { <p id="fast-vanta" class="empty">{scene.texts.walk_soon()}</p> },
        )),
    }
    parts
}

/// For one person: an open question about the capability in focus.
pub(super) fn mine(scene: &Scene, item: &Item, me: &Me) -> Vec<Part> {
    match Progress::new(scene).focus() {
        Some((id, known)) => questions::mine(scene, item, me, id, known),
        None => Vec::new(),
    }
}

/// Every area with how many of its capabilities are done: what the wall shows before the walk begins.
fn areas(scene: &Scene, progress: &Progress<'_>) -> Part {
    let texts = scene.texts;
    let areas: Vec<_> = (progress
        .list
        .chunk_by(|a, b| a.1.draft.area == b.1.draft.area))
    .map(|chunk| {
        let done = chunk
            .iter()
            .filter(|(id, _)| progress.reviewed.contains(id))
            .count();
        let name = area_name(scene, chunk[0].1);
        view! {
            <li>
                <strong>{name}</strong>
                <span class="number">{texts.walk_of(done, chunk.len())}</span>
                <progress value=done max=chunk.len() aria-hidden="true"></progress>
            </li>
        }
    })
    .collect();
    Part::leaf(
        "fast-omraden",
        view! { <ul id="fast-omraden" class="walk-areas">{areas}</ul> },
    )
}

fn area_name(scene: &Scene, capability: &Capability) -> String {
    (capability.draft.area)
        .and_then(|area| scene.state.contents.areas.get(&area))
        .map_or_else(
            || scene.texts.walk_no_area().to_owned(),
            |area| area.name.to_string(),
        )
}

/// What a facilitator does with the capability in focus. What comes next always lies in the same place: approving,
/// and then going on.
fn focus(scene: &Scene, progress: &Progress<'_>) -> Part {
    let texts = scene.texts;
    let left = progress
        .walk
        .next_where(|id| !progress.reviewed.contains(&id));
    let Some((id, known)) = progress.focus() else {
        let begin = left.or_else(|| progress.walk.next());
        let action = begin.map(|id| look_at(scene, id, "button primary", texts.walk_begin(), ""));
        return Part::leaf(
            "fast-fokus",
            view! {
                <section id="fast-fokus" class="card">
                    <h2>{texts.walk_ratifying_title()}</h2>
                    <p>{texts.walk_ratifying_lead()}</p>
                    {action}
                </section>
            },
        );
    };
    let name = known.draft.name.to_string();
    let fields = |on: bool| {
        [
            ("formaga", id.to_string()),
            ("pa", u8::from(on).to_string()),
        ]
    };
    let reviewed = progress.reviewed.contains(&id);
    let main = if reviewed {
        left.map(|id| look_at(scene, id, "button primary", texts.walk_next_left(), ""))
    } else {
        let (class, words) = ("button primary", texts.walk_approve());
        let fields = fields(true);
        Some(button(
            scene,
            Class::Leader,
            "granska",
            &fields,
            class,
            words,
            &name,
        ))
    };
    let back = reviewed.then(|| {
        button(
            scene,
            Class::Leader,
            "granska",
            &fields(false),
            "link",
            texts.walk_unapprove(),
            &name,
        )
    });
    let state = if reviewed {
        view! { <span class="badge done">{texts.walk_approved()}</span> }
    } else {
        view! { <span class="badge">{texts.walk_not_reviewed()}</span> }
    };
    let strike = button(
        scene,
        Class::Leader,
        "stryk",
        &[("formaga", id.to_string())],
        "button danger",
        texts.walk_strike(),
        &name,
    );
    Part::leaf(
        "fast-fokus",
        view! {
            <section id="fast-fokus" class="card walk-focus">
                <p class="eyebrow">{area_name(scene, known)} " " {state}</p>
                {capability::body(scene, id, known)}
                <div class="actions">{main} {back}</div>
                {steps(scene, &progress.walk, false)}
                <details class="more" id=format!("fast-andra-{id}")>
                    <summary>{texts.walk_change()}</summary>
                    {edit(scene, id, known)}
                    <p class="hint">{texts.walk_strike_hint()}</p>
                    {strike}
                </details>
                <details class="more" id=format!("fast-fraga-{id}")>
                    <summary>{texts.walk_ask()}</summary>
                    {questions::form(scene, Class::Leader, id)}
                </details>
            </section>
        },
    )
}

/// Name and formulation, to be changed where they stand.
fn edit(scene: &Scene, id: CapabilityId, known: &Capability) -> AnyView {
    let texts = scene.texts;
    let (name_id, words_id) = (format!("fast-namn-{id}"), format!("fast-ord-{id}"));
    let inner = view! {
        <div class="field">
            <label for=name_id.clone()>{texts.walk_name()}</label>
            <input id=name_id name="namn" type="text" value=known.draft.name.to_string() maxlength="40" required autocomplete="off" />
        </div>
        <div class="field">
            <label for=words_id.clone()>{texts.walk_formulation()}</label>
            <input id=words_id name="formulering" type="text" value=known.draft.formulation.to_string() maxlength="200" autocomplete="off" />
        </div>
        <button class="button" type="submit">{texts.walk_save()}</button>
    };
    let fields = [("formaga", id.to_string())];
    command(
        scene,
        Class::Leader,
        "andraformaga",
        &fields,
        "stack",
        inner,
    )
}

/// All capabilities, area by area, with what is done; and what has been struck, to be brought back.
fn rows(scene: &Scene, progress: &Progress<'_>) -> Part {
    let texts = scene.texts;
    let mut rows = Vec::new();
    for chunk in progress
        .list
        .chunk_by(|a, b| a.1.draft.area == b.1.draft.area)
    {
        let head = (chunk[0].1.draft.area)
            .map_or_else(|| "fast-o-utan".to_owned(), |area| format!("fast-o-{area}"));
        rows.push(Part::leaf(
            head.clone(),
            view! { <li id=head class="walk-area"><h3>{area_name(scene, chunk[0].1)}</h3></li> },
        ));
        rows.extend(chunk.iter().map(|(id, known)| {
            let row = format!("fast-f-{id}");
            let name = known.draft.name.to_string();
            let (mark, said) = if progress.reviewed.contains(id) {
                ("walk-mark done", texts.walk_approved())
            } else {
                ("walk-mark", texts.walk_not_reviewed())
            };
            let current = (scene.stage.focus == Some(*id))
                .then(|| view! { <span class="visually-hidden">{texts.walk_in_focus()}</span> });
            Part::leaf(
                row.clone(),
                view! {
                    <li id=row class=row_class(scene, *id)>
                        <span class=mark><span class="visually-hidden">{said}": "</span></span>
                        {look_at(scene, *id, "walk-pick", name, "")}
                        {current}
                    </li>
                },
            )
        }));
    }
    let list = Part::list(
        "fast-lista",
        view! { <ul id="fast-lista" class="walk-list"></ul> },
        rows,
    );
    let mut side = vec![list];
    side.extend(struck(scene));
    Part::list(
        "fast-sidan",
        view! { <div id="fast-sidan" class="card walk-side"></div> },
        side,
    )
}

/// What has been struck from the map.
fn struck(scene: &Scene) -> Option<Part> {
    let texts = scene.texts;
    let struck: Vec<_> = (scene.state.contents.capabilities.iter())
        .filter(|(_, known)| matches!(&known.status, Status::Retired { into } if into.is_empty()))
        .map(|(id, known)| {
            let name = known.draft.name.to_string();
            let fields = [("formaga", id.to_string())];
            let words = texts.walk_restore();
            view! {
                <li class="row spread">
                    <s>{name.clone()}</s>
                    {button(scene, Class::Leader, "aterstall", &fields, "link", words, &name)}
                </li>
            }
        })
        .collect();
    (!struck.is_empty()).then(|| {
        Part::leaf(
            "fast-strukna",
            view! {
                <details id="fast-strukna" class="more">
                    <summary>{texts.walk_struck(struck.len())}</summary>
                    <ul class="plain">{struck}</ul>
                </details>
            },
        )
    })
}
