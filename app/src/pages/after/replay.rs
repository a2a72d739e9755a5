//! The replay: how the map grew, step by step. Works as links and a form; a small script makes the slider live.

use domain::{
    ids::{AreaId, MappingId},
    map::{Capability, Contents, Counts},
};
use leptos::prelude::*;

use crate::{
    components::{Badge, Empty, date_time},
    texts::Texts,
};

/// The most steps that a replay is cut into.
pub const STEPS: usize = 200;

/// One step of the replay.
#[derive(Clone, Debug)]
pub struct ReplayStep {
    /// Which, from 1.
    pub number: usize,
    /// Of how many.
    pub all: usize,
    /// When its last operation was carried out, in milliseconds since 1970 UTC.
    pub at: i64,
    /// What was done, in words.
    pub words: String,
    /// How many more operations are shown in the same step.
    pub more: usize,
    /// Every ratified version with the step that it was ratified in.
    pub versions: Vec<(u32, usize)>,
    /// What stands on the map after it.
    pub counts: Counts,
    /// The map after it.
    pub contents: Contents,
    /// The map before it.
    pub before: Contents,
}

/// The page; without a step when nothing has been put on the map.
pub fn view(texts: Texts, mapping: MappingId, step: Option<&ReplayStep>) -> AnyView {
    let content = match step {
        None => view! { <Empty text=texts.replay_empty() /> }.into_any(),
        Some(step) => view! { {controls(texts, step)}{picture(texts, step)} }.into_any(),
    };
    view! {
        <div class="wide stack replay">
            <nav class="breadcrumbs" aria-label=texts.map_crumbs()>
                <ol>
                    <li><a href=format!("/k/{mapping}/karta")>{texts.map_title()}</a></li>
                    <li><a href=format!("/k/{mapping}/historik")>{texts.history_title()}</a></li>
                    <li aria-current="page">{texts.replay_title()}</li>
                </ol>
            </nav>
            <div class="page-head">
                <h1>{texts.replay_title()}</h1>
                <p class="lead">{texts.replay_lead()}</p>
            </div>
            {content}
        </div>
    }
    .into_any()
}

fn controls(texts: Texts, step: &ReplayStep) -> AnyView {
    let ReplayStep { number, all, .. } = *step;
    let link = |go: &'static str, to: usize, words: &'static str| {
        view! { <li><a class="button quiet small" href=format!("?steg={to}") data-go=go>{words}</a></li> }
    };
    let versions: Vec<_> = (step.versions.iter())
        .map(|(version, at)| {
            let words = texts.replay_version(version);
            view! { <li><a class="button quiet small" href=format!("?steg={at}") data-go=*at>{words}</a></li> }
        })
        .collect();
    view! {
        <form method="get" id="uppspelning" class="card replay-controls" data-failed=texts.replay_failed()>
            <div class="field">
                <label for="steg">{texts.replay_step()}</label>
                <input type="range" id="steg" name="steg" min="1" max=all value=number autocomplete="off" aria-valuetext=said(step) />
            </div>
            <div class="row">
                <button class="button primary" type="button" hidden data-play data-pause=texts.replay_pause()>{texts.replay_play()}</button>
                <button class="button" type="submit" data-show>{texts.replay_show()}</button>
                <nav aria-label=texts.replay_steps()>
                    <ul class="row" role="list">
                        {link("first", 1, texts.replay_first())}
                        {link("before", number.saturating_sub(1).max(1), texts.replay_before())}
                        {link("after", (number + 1).min(all), texts.replay_after())}
                        {link("last", all, texts.replay_last())}
                        {versions}
                    </ul>
                </nav>
            </div>
            <p class="field-error" role="alert" data-error hidden></p>
        </form>
    }
    .into_any()
}

/// The step in one line, for those who do not see the map.
fn said(step: &ReplayStep) -> String {
    format!("{}, {}", date_time(step.at), step.words)
}

/// The map after a step: what the script fetches.
pub fn picture(texts: Texts, step: &ReplayStep) -> AnyView {
    let contents = &step.contents;
    let Counts {
        goals,
        areas,
        capabilities,
        weaknesses,
    } = step.counts;
    let more = (step.more > 0).then(|| {
        view! { " "<span class="muted">{texts.replay_more(step.more)}</span> }
    });
    let gone = gone(&step.before, contents);
    let gone = (!gone.is_empty())
        .then(|| view! { <p class="gone">{texts.replay_gone(gone.join(", "))}</p> });
    let mut columns: Vec<_> = (contents.areas_in_order().into_iter())
        .map(|(id, area)| column(texts, step, Some(id), &area.name))
        .collect();
    if !contents.capabilities_in(None).is_empty() {
        columns.push(column(texts, step, None, texts.replay_ungrouped()));
    }
    let columns = if columns.is_empty() && contents.weaknesses.is_empty() {
        view! { <p class="muted">{texts.replay_nothing()}</p> }.into_any()
    } else {
        view! { <div class="areas">{columns}</div>{weakness_list(texts, step)} }.into_any()
    };
    view! {
        <section id="bild" class="stack" aria-labelledby="steget" data-said=said(step)>
            <div class="moment">
                <p class="eyebrow">{texts.replay_step_of(step.number, step.all)}" · "{date_time(step.at)}</p>
                <h2 id="steget">{step.words.clone()}{more}</h2>
                <p class="muted number">{texts.replay_counts(goals, areas, capabilities, weaknesses)}</p>
                {gone}
            </div>
            {columns}
        </section>
    }
    .into_any()
}

/// The names of capabilities and weaknesses that were there before.
fn gone(before: &Contents, after: &Contents) -> Vec<String> {
    let capabilities = (before.active_in_order().into_iter())
        .filter(|(id, _)| !is_active(after.capabilities.get(id)))
        .map(|(_, capability)| capability.draft.name.to_string());
    let weaknesses = (before.weaknesses.iter())
        .filter(|(id, _)| !after.weaknesses.contains_key(id))
        .map(|(_, weakness)| weakness.name.to_string());
    capabilities.chain(weaknesses).collect()
}

fn is_active(capability: Option<&Capability>) -> bool {
    capability.is_some_and(Capability::is_active)
}

fn column(texts: Texts, step: &ReplayStep, area: Option<AreaId>, name: &str) -> AnyView {
    let inside = step.contents.capabilities_in(area);
    let count = inside.len();
    let cards: Vec<_> = (inside.into_iter())
        .map(|(id, capability)| {
            let known = step.before.capabilities.get(&id);
            let new = !is_active(known);
            // What has been moved or reworded stands out, what is new says so.
            let changed = known.is_some_and(|known| {
                known.draft.area != capability.draft.area
                    || known.draft.name != capability.draft.name
            });
            card(
                texts,
                "capability-card",
                &capability.draft.name,
                new,
                changed,
            )
        })
        .collect();
    view! {
        <div class="area">
            <h3><span>{name.to_owned()}</span>" "<span class="count">{count}</span></h3>
            <ul class="cards" role="list">{cards}</ul>
        </div>
    }
    .into_any()
}

fn weakness_list(texts: Texts, step: &ReplayStep) -> AnyView {
    let cards: Vec<_> = (step.contents.weaknesses.iter())
        .map(|(id, weakness)| {
            let known = step.before.weaknesses.get(id);
            let changed = known.is_some_and(|known| known.name != weakness.name);
            card(
                texts,
                "weakness-card",
                &weakness.name,
                known.is_none(),
                changed,
            )
        })
        .collect();
    if cards.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="stack">
            <h3>{texts.replay_weaknesses()}" "<span class="muted">{cards.len()}</span></h3>
            <ul class="cards weaknesses" role="list">{cards}</ul>
        </div>
    }
    .into_any()
}

fn card(texts: Texts, kind: &str, name: &str, new: bool, changed: bool) -> AnyView {
    let class = if new || changed {
        format!("{kind} fresh")
    } else {
        kind.to_owned()
    };
    let badge = new.then(|| view! { " "<Badge tone="done" text=texts.replay_new() /> });
    view! { <li class=class><p class="name">{name.to_owned()}{badge}</p></li> }.into_any()
}
