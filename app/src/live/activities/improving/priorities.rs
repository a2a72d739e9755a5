//! The prioritised list, with its parts and with those that cannot be told apart as groups.

use domain::{
    mapping::Language,
    results::{CapabilityResult, Ranked, RegionResult, Standing},
    workshop::Pdca,
};
use leptos::prelude::*;

use crate::{
    live::{Class, Scene, activities::spread::nothing_yet, frame::form::button, part::Part},
    texts::Texts,
};

/// The most places that fit on the wall.
const ON_WALL: usize = 8;

/// A number with one decimal, written as the language does.
fn one_decimal(texts: Texts, number: f64) -> String {
    let written = format!("{number:.1}");
    match texts.0 {
        Language::Swedish => written.replace('.', ","),
        Language::English => written,
    }
}

/// "prioritet 57 · effekt 5 · skillnad 2,3 · 11 av 11 kommuner": a priority is never shown without its parts.
fn parts(texts: Texts, capability: &CapabilityResult) -> String {
    texts.walk_priority_parts(
        capability
            .priority
            .map(|p| format!("{p:.0}"))
            .unwrap_or_default(),
        capability.effect.map(|e| e.to_string()).unwrap_or_default(),
        capability
            .gap_to_close
            .map(|gap| one_decimal(texts, gap))
            .unwrap_or_default(),
        capability.with_gap,
        capability.with_value,
    )
}

/// The list with its groups, each row with what `action` puts beside it.
fn groups(
    scene: &Scene,
    region: &RegionResult,
    most: usize,
    action: impl Fn(&CapabilityResult) -> AnyView,
) -> Vec<AnyView> {
    let texts = scene.texts;
    let row = |ranked: &Ranked| {
        let capability = &region.capabilities[ranked.capability];
        view! {
            <li class="walk-ranked">
                <span class="place">{ranked.place}</span>
                <div>
                    <strong>{capability.name.to_string()}</strong>
                    <p class="muted number">{parts(texts, capability)}</p>
                    {action(capability)}
                </div>
            </li>
        }
    };
    let shown = &region.ranking[..region.ranking.len().min(most)];
    shown
        .chunk_by(|a, b| a.group == b.group)
        .map(|group| {
            let tied = region
                .ranking
                .iter()
                .filter(|r| r.group == group[0].group)
                .count()
                > 1;
            let rows: Vec<_> = group.iter().map(row).collect();
            if tied {
                view! { <li class="tied"><p>{texts.result_tied()}</p><ol>{rows}</ol></li> }
                    .into_any()
            } else {
                view! { {rows} }.into_any()
            }
        })
        .collect()
}

/// The results when they carry a list for the region.
fn ranked(scene: &Scene) -> Option<&RegionResult> {
    (scene.results.as_deref()).filter(|region| {
        region.conditions.standing != Standing::OwnOnly && !region.ranking.is_empty()
    })
}

/// Said where the list would stand.
fn none(scene: &Scene) -> Part {
    let texts = scene.texts;
    match &scene.results {
        None => nothing_yet(scene, "for-lista"),
        Some(region) => {
            let words = if region.conditions.standing == Standing::OwnOnly {
                texts.result_own_only()
            } else {
                texts.walk_no_priorities()
            };
            Part::leaf(
                "for-lista",
                view! { <p id="for-lista" class="empty">{words}</p> },
            )
        }
    }
}

/// The button that makes an improvement area of a capability, or the areas that it is in already.
fn make(scene: &Scene, capability: &CapabilityResult) -> AnyView {
    let texts = scene.texts;
    let within: Vec<_> = (scene.state.work.improvements.values())
        .filter(|area| area.capabilities.contains(&capability.id))
        .map(|area| area.name.to_string())
        .collect();
    if !within.is_empty() {
        return view! { <span class="badge done">{texts.walk_within(within.join(", "))}</span> }
            .into_any();
    }
    let fields = [
        ("namn", capability.name.to_string()),
        ("formaga", capability.id.to_string()),
        ("agare", String::new()),
        ("steg", String::new()),
        ("pdca", Pdca::Plan.code().to_owned()),
    ];
    let words = texts.walk_make_area();
    button(
        scene,
        Class::Leader,
        "insats",
        &fields,
        "button small",
        words,
        &capability.name,
    )
}

/// For those who lead.
pub(super) fn for_leaders(scene: &Scene) -> Part {
    let texts = scene.texts;
    let Some(region) = ranked(scene) else {
        return none(scene);
    };
    let rows = groups(scene, region, usize::MAX, |capability| {
        make(scene, capability)
    });
    Part::leaf(
        "for-lista",
        view! {
            <section id="for-lista" class="card walk-side">
                <h2>{texts.result_priorities()}</h2>
                <p class="hint">{texts.result_priorities_note()}</p>
                <ol class="walk-ranking">{rows}</ol>
            </section>
        },
    )
}

/// For everyone who takes part.
pub(super) fn list(scene: &Scene) -> Part {
    let texts = scene.texts;
    let Some(region) = ranked(scene) else {
        return none(scene);
    };
    let rows = groups(scene, region, usize::MAX, |_| ().into_any());
    Part::leaf(
        "for-lista",
        view! {
            <details id="for-lista" class="more card">
                <summary>{texts.result_priorities()}</summary>
                <ol class="walk-ranking">{rows}</ol>
            </details>
        },
    )
}

/// For the wall, before anything has been named.
pub(super) fn wall(scene: &Scene) -> Part {
    let texts = scene.texts;
    let Some(region) = ranked(scene) else {
        return none(scene);
    };
    let rows = groups(scene, region, ON_WALL, |_| ().into_any());
    Part::leaf(
        "for-lista",
        view! {
            <section id="for-lista" class="walk-wall-ranking">
                <h2>{texts.result_priorities()}</h2>
                <ol class="walk-ranking">{rows}</ol>
            </section>
        },
    )
}
