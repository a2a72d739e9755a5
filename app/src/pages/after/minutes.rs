//! Minutes (minnesanteckningar) in the documents' layout, written so that they print well.

use domain::{
    ids::{MappingId, WorkshopId},
    workshop::record::{Approval, Progress},
};
use leptos::prelude::*;

use super::{address, crumbs, sections, words::Written};
use crate::{components::date_time, texts::Texts};

/// The minutes of a workshop.
#[derive(Clone, Debug)]
pub struct MinutesPage {
    /// Whose.
    pub mapping: MappingId,
    /// Of which workshop.
    pub workshop: WorkshopId,
    /// How far it has come.
    pub progress: Progress,
    /// The words.
    pub written: Written,
    /// Who has approved them, if someone has.
    pub approval: Option<Approval>,
    /// When they were changed, in milliseconds since 1970 UTC, and by whom; latest first.
    pub history: Vec<(i64, String)>,
    /// Whether the visitor may change them.
    pub may_edit: bool,
}

/// The page.
pub fn view(texts: Texts, page: &MinutesPage) -> AnyView {
    let link = |path: &str| address(page.mapping, page.workshop, path);
    let edit = page.may_edit.then(|| {
        view! { <a class="button primary" href=link("/minnesanteckningar/andra")>{texts.minutes_edit()}</a> }
    });
    let sections: Vec<_> = (page.written.sections.iter())
        .map(|(heading, pieces)| {
            view! {
                <section>
                    <h2>{heading.clone()}</h2>
                    {sections::pieces(pieces)}
                </section>
            }
        })
        .collect();
    view! {
        <article class="narrow stack minutes">
            {crumbs(texts, page.mapping, None, texts.minutes_title())}
            <div class="page-head">
                <h1>{page.written.title.clone()}</h1>
                {state(texts, page)}
                <div class="actions">
                    {edit}
                    <a class="button quiet" href=link("/minnesanteckningar.md") download="">{texts.minutes_download()}</a>
                    <button class="button quiet" type="button" hidden data-print>{texts.minutes_print()}</button>
                    <a class="button quiet" href=link("/sammanstallning")>{texts.minutes_to_compiled()}</a>
                </div>
            </div>
            <div class="card paper">
                {list(&page.written.facts)}
                {sections}
                {list(&page.written.closing)}
            </div>
            {history(texts, page)}
        </article>
    }
    .into_any()
}

/// Words and what stands for each.
fn list(rows: &[(String, String)]) -> AnyView {
    let rows: Vec<_> = (rows.iter())
        .map(|(label, value)| {
            view! { <div><dt>{label.clone()}</dt><dd>{value.clone()}</dd></div> }
        })
        .collect();
    view! { <dl class="definition">{rows}</dl> }.into_any()
}

/// How far the minutes have come, in one line.
fn state(texts: Texts, page: &MinutesPage) -> AnyView {
    let unfinished = match page.progress {
        Progress::Planned => Some(texts.minutes_planned_notice()),
        Progress::Open => Some(texts.minutes_open_notice()),
        Progress::Ended => None,
    };
    let unfinished = unfinished.map(|words| view! { <p class="lead">{words}</p> });
    let approval = page.approval.as_ref().map(|approval| {
        let said = match approval.on {
            Some(date) => texts.minutes_approved_notice_on(&approval.by, date),
            None => texts.minutes_approved_notice(&approval.by),
        };
        let changed = (approval.changed).map(
            |at| view! { <p class="changed">{texts.minutes_changed_notice(date_time(at))}</p> },
        );
        view! { <p class="lead approved">{said}</p>{changed} }
    });
    view! { {unfinished}{approval} }.into_any()
}

fn history(texts: Texts, page: &MinutesPage) -> AnyView {
    if page.history.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = (page.history.iter())
        .map(|(at, who)| {
            view! { <li>{texts.minutes_history_row(date_time(*at), who)}</li> }
        })
        .collect();
    view! {
        <details class="more screen-only">
            <summary>{texts.minutes_history()}</summary>
            <ul>{rows}</ul>
        </details>
    }
    .into_any()
}
