//! Ratifying the map: what will be locked, by whom and when, or what has to be done first.

use std::sync::Arc;

use domain::{
    ids::{CapabilityId, MappingId},
    map::{MapState, Refusal},
};
use leptos::prelude::*;

use super::{cancel, crumbs, version};
use crate::{
    components::{ErrorSummary, Errors, Hidden, SubmitRow, TextField},
    texts::Texts,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct RatifyPage {
    /// Whose map.
    pub mapping: MappingId,
    /// The map.
    pub state: Arc<MapState>,
    /// Why it cannot be ratified, in the rules' terms and in words.
    pub refused: Option<(Refusal, &'static str)>,
    /// The command's id.
    pub op: String,
    /// The day of the decision as typed.
    pub date: String,
    /// The deciding body as typed.
    pub by: String,
    /// What is wrong.
    pub errors: Errors,
}

/// The page.
pub fn view(texts: Texts, page: &RatifyPage) -> AnyView {
    let number = page.state.next_version();
    let body = match page.refused {
        Some((refusal, words)) => refused(texts, page, refusal, words),
        None => form(texts, page, number),
    };
    view! {
        <div class="narrow stack">
            {crumbs(texts, page.mapping, texts.ratify_title())}
            <div class="page-head">
                <h1>{texts.ratify_title()}</h1>
                <p class="lead">{texts.ratify_lead(number)}</p>
            </div>
            {body}
        </div>
    }
    .into_any()
}

fn refused(texts: Texts, page: &RatifyPage, refusal: Refusal, words: &'static str) -> AnyView {
    let contents = &page.state.contents;
    let todo = match refusal {
        Refusal::Ungrouped => {
            let ungrouped: Vec<_> = (contents.capabilities_in(None).into_iter())
                .map(|(id, _)| id)
                .collect();
            Some(
                view! {
                    <p>{texts.ratify_ungrouped_todo()}</p>
                    {links(page, &ungrouped)}
                }
                .into_any(),
            )
        }
        Refusal::EmptyMap => Some(view! { <p>{texts.ratify_empty_todo()}</p> }.into_any()),
        _ => None,
    };
    view! {
        <div class="card" role="status">
            <h2>{texts.ratify_cannot()}</h2>
            <p>{words}</p>
            {todo}
        </div>
        <div class="actions">
            <a class="button primary" href=format!("/k/{}/karta", page.mapping)>{texts.ratify_to_map()}</a>
        </div>
    }
    .into_any()
}

fn links(page: &RatifyPage, ids: &[CapabilityId]) -> AnyView {
    let rows: Vec<_> = (ids.iter())
        .filter_map(|id| Some((id, page.state.contents.capabilities.get(id)?)))
        .map(|(id, capability)| {
            let href = format!("/k/{}/formagor/{id}", page.mapping);
            view! { <li><a href=href>{capability.draft.name.to_string()}</a></li> }
        })
        .collect();
    view! { <ul>{rows}</ul> }.into_any()
}

fn form(texts: Texts, page: &RatifyPage, number: u32) -> AnyView {
    let contents = &page.state.contents;
    let active = contents.active_in_order();
    let counts = texts.ratify_what_counts(
        contents.goals.len(),
        contents.areas.len(),
        active.len(),
        contents.weaknesses.len(),
    );
    let unworded: Vec<_> = (active.iter())
        .filter(|(_, capability)| capability.draft.formulation.is_empty())
        .map(|(id, _)| *id)
        .collect();
    let unworded = (!unworded.is_empty()).then(|| {
        view! { <p>{texts.ratify_unworded()}</p>{links(page, &unworded)} }
    });
    let changes = page.state.versions.last().map(|last| {
        let table = version::changes(texts, last, contents, number);
        view! { <h3>{texts.ratify_changes(last.number)}</h3>{table} }
    });
    let outline = version::outline(texts, contents);
    view! {
        <ErrorSummary texts errors=page.errors.clone() />
        <section class="card" aria-labelledby="vad">
            <h2 id="vad">{texts.ratify_what()}</h2>
            <p>{counts}</p>
            {unworded}
            {changes}
            <details class="more"><summary>{texts.map_areas()}</summary>{outline}</details>
        </section>
        <form method="post" action=format!("/k/{}/faststall", page.mapping) novalidate>
            <Hidden name="op" value=page.op.clone() />
            <TextField name="datum" label=texts.ratify_date() value=page.date.clone() error=page.errors.of("datum") hint=texts.ratify_date_hint() kind="date" required=true />
            <TextField name="beslutat-av" label=texts.ratify_by() value=page.by.clone() error=page.errors.of("beslutat-av") hint=texts.ratify_by_hint() max=120 required=true />
            <p class="hint">{texts.ratify_final()}</p>
            <SubmitRow label=texts.ratify_do(number) cancel=cancel(texts, page.mapping) />
        </form>
    }
    .into_any()
}
