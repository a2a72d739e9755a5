//! One municipality's participation, step by step, with days, sources and what the tool knows.

use domain::ids::MappingId;
use leptos::prelude::*;

use super::{
    Cell, Row, cell,
    words::{mark, step_path, step_text, tone},
};
use crate::{components::participation_text, texts::Texts};

/// The page.
#[derive(Clone, Debug)]
pub struct MunicipalityPage {
    /// The mapping.
    pub mapping: MappingId,
    /// Whose, and what is said and known in each step.
    pub row: Row,
    /// Whether the visitor may change it.
    pub may_manage: bool,
}

/// The page.
pub fn page(texts: Texts, data: &MunicipalityPage) -> AnyView {
    let whose = data.row.municipality;
    let steps: Vec<_> = (data.row.cells.iter())
        .map(|one| step(texts, data, one))
        .collect();
    view! {
        <div class="page-head">
            {super::back(texts, data.mapping)}
            <h1>{texts.participation_of_municipality(whose.name())}</h1>
            <p class="lead">{texts.participation_of_lead()}</p>
        </div>
        <ol class="participation-steps">{steps}</ol>
    }
    .into_any()
}

fn step(texts: Texts, data: &MunicipalityPage, cell: &Cell) -> AnyView {
    let stated = match &cell.entry {
        None => view! { <p class="muted">{texts.participation_not_stated()}</p> }.into_any(),
        Some(entry) => {
            let since = (entry.since)
                .map(|day| view! { <span class="muted">", "{texts.participation_said_since(day)}</span> });
            let note = (!entry.note.is_empty()).then(|| view! { <p>{entry.note.to_string()}</p> });
            let source = (!entry.source.is_empty()).then(|| {
                let said = texts.participation_said_source(entry.source.as_str());
                view! { <p class="muted">{said}</p> }
            });
            view! {
                <p class=format!("graded {}", tone(entry.grade))>
                    {mark(entry.grade)}
                    <strong>{participation_text(texts, entry.grade)}</strong>
                    {since}
                </p>
                {note}
                {source}
            }
            .into_any()
        }
    };
    let name = step_text(texts, cell.step);
    let edit = data.may_manage.then(|| {
        let to = format!(
            "/k/{}/deltagande/{}/{}",
            data.mapping,
            data.row.municipality,
            step_path(cell.step)
        );
        view! { <a class="button quiet" href=to>{texts.participation_edit()}<span class="visually-hidden">" "{name}</span></a> }
    });
    let known = (cell.step.is_some()).then(|| {
        view! {
            <div class="known">
                <h3>{texts.participation_fact_title()}</h3>
                {cell::known(texts, cell.fact.as_ref())}
            </div>
        }
    });
    view! {
        <li class="card">
            <div class="row spread"><h2>{name}</h2>{edit}</div>
            {stated}
            {known}
        </li>
    }
    .into_any()
}
