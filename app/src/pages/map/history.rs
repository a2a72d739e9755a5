//! The history: everything that has been done on the map, latest first.

use domain::{
    ids::{MappingId, OpId},
    map::{Deed, Event, MapState, Operation},
};
use leptos::prelude::*;

use super::crumbs;
use crate::{
    components::{Empty, Hidden, date_time},
    texts::Texts,
};

/// Operations on a page.
pub const PAGE: usize = 50;

/// One operation in words.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub op: OpId,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who.
    pub who: String,
    /// What was done.
    pub deed: String,
    /// To what; may be empty.
    pub subject: String,
    /// What can be done about it.
    pub state: RowState,
}

/// What can be done about an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    /// It can be undone.
    Undoable,
    /// It was an undoing, which can be taken back.
    Redoable,
    /// It has been undone.
    Undone,
    /// It is final.
    Final,
}

impl RowState {
    /// Where an operation stands.
    pub fn of(operation: &Operation) -> Self {
        match operation.deed {
            _ if operation.undone => Self::Undone,
            Deed::Ratified => Self::Final,
            Deed::Undone => Self::Redoable,
            _ => Self::Undoable,
        }
    }
}

/// A page of the history.
#[derive(Clone, Debug)]
pub struct HistoryPage {
    /// Whose map.
    pub mapping: MappingId,
    /// The operations on this page.
    pub rows: Vec<Row>,
    /// Which page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Whether the visitor may undo.
    pub may_edit: bool,
}

/// What an operation was about, in words: the name of the thing, or how many things.
pub fn subject(texts: Texts, state: &MapState, operation: &Operation) -> String {
    match operation.deed {
        Deed::Imported => imported(texts, operation),
        Deed::LevelsAgreed | Deed::EffectsSet => texts.history_count(operation.events.len()),
        Deed::Undone => (operation.events.last())
            .and_then(|event| match event {
                Event::Undone { op, .. } => state.operation(*op),
                _ => None,
            })
            .map(|undone| subject(texts, state, undone))
            .unwrap_or_default(),
        // The new parts come before the whole that goes.
        Deed::CapabilitySplit | Deed::GoalRemoved | Deed::AreaRemoved => (operation.events.last())
            .and_then(|event| name(texts, event))
            .unwrap_or_default(),
        Deed::CapabilityMoved | Deed::AreaMoved | Deed::CapabilitiesMerged => {
            let mut names = operation
                .events
                .iter()
                .filter_map(|event| name(texts, event));
            match (names.next(), names.next()) {
                (Some(first), Some(_)) => texts.history_several(first),
                (Some(only), None) => only,
                (None, _) => String::new(),
            }
        }
        _ => (operation.events.iter())
            .find_map(|event| name(texts, event))
            .unwrap_or_default(),
    }
}

fn imported(texts: Texts, operation: &Operation) -> String {
    let count =
        |wanted: fn(&Event) -> bool| (operation.events.iter()).filter(|e| wanted(e)).count();
    texts.history_imported(
        count(|event| matches!(event, Event::Area(_))),
        count(|event| matches!(event, Event::Capability(_))),
        count(|event| matches!(event, Event::Goal(_))),
        count(|event| matches!(event, Event::Weakness(_))),
    )
}

/// The name of what an event changed: as it became, or as it was when it is gone.
fn name(texts: Texts, event: &Event) -> Option<String> {
    Some(match event {
        Event::Goal(c) => c.after.as_ref().or(c.before.as_ref())?.title.to_string(),
        Event::Area(c) => c.after.as_ref().or(c.before.as_ref())?.name.to_string(),
        Event::Capability(c) => {
            let capability = c.after.as_ref().or(c.before.as_ref())?;
            capability.draft.name.to_string()
        }
        Event::Weakness(c) => c.after.as_ref().or(c.before.as_ref())?.name.to_string(),
        Event::Ratified {
            number, decided_by, ..
        } => texts.history_of_version(number, decided_by),
        // What workshops leave beside the map is not named here: it may be private.
        _ => return None,
    })
}

/// The page.
pub fn view(texts: Texts, page: &HistoryPage) -> AnyView {
    let content = if page.rows.is_empty() {
        view! { <Empty text=texts.history_empty() /> }.into_any()
    } else {
        table(texts, page)
    };
    view! {
        <div class="stack">
            {crumbs(texts, page.mapping, texts.history_title())}
            <div class="page-head">
                <h1>{texts.history_title()}</h1>
                <p class="lead">{texts.history_lead()}</p>
                <div class="actions"><a class="button quiet" href=format!("/k/{}/karta/uppspelning", page.mapping)>{texts.replay_link()}</a></div>
            </div>
            {content}
            {pages(texts, page)}
        </div>
    }
    .into_any()
}

fn table(texts: Texts, page: &HistoryPage) -> AnyView {
    let action = (page.may_edit).then(|| view! { <th scope="col">{texts.history_action()}</th> });
    let rows: Vec<_> = (page.rows.iter())
        .map(|row| {
            let what = if row.subject.is_empty() {
                row.deed.clone()
            } else {
                format!("{} {}", row.deed, row.subject)
            };
            let button = page
                .may_edit
                .then(|| view! { <td>{button(texts, page, row, &what)}</td> });
            view! {
                <tr>
                    <td class="when">{date_time(row.at)}</td>
                    <td>{row.who.clone()}</td>
                    <td>{row.deed.clone()}" "<strong>{row.subject.clone()}</strong></td>
                    {button}
                </tr>
            }
        })
        .collect();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=texts.history_title()>
            <table class="data history">
                <thead>
                    <tr>
                        <th scope="col">{texts.history_when()}</th>
                        <th scope="col">{texts.history_who()}</th>
                        <th scope="col">{texts.history_what()}</th>
                        {action}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn button(texts: Texts, page: &HistoryPage, row: &Row, what: &str) -> AnyView {
    let (words, label) = match row.state {
        RowState::Undoable => (texts.history_undo(), texts.history_undo_of(what)),
        RowState::Redoable => (texts.history_redo(), texts.history_redo_of(what)),
        RowState::Undone => {
            return view! { <span class="muted">{texts.history_undone()}</span> }.into_any();
        }
        RowState::Final => {
            return view! { <span class="muted">{texts.history_final()}</span> }.into_any();
        }
    };
    view! {
        <form method="post" action=format!("/k/{}/angra", page.mapping) class="inline-form">
            <Hidden name="op" value=row.op.to_string() />
            <Hidden name="till" value="historik" />
            <button class="button quiet" type="submit" aria-label=label>{words}</button>
        </form>
    }
    .into_any()
}

fn pages(texts: Texts, page: &HistoryPage) -> AnyView {
    if page.pages < 2 {
        return ().into_any();
    }
    let link = |number: usize, words: &'static str| {
        view! { <a class="button quiet" href=format!("/k/{}/historik?sida={number}", page.mapping)>{words}</a> }
    };
    let newer = (page.page > 1).then(|| link(page.page - 1, texts.history_newer()));
    let older = (page.page < page.pages).then(|| link(page.page + 1, texts.history_older()));
    view! {
        <nav class="row" aria-label=texts.history_pages()>
            {newer}
            <span>{texts.history_page(page.page, page.pages)}</span>
            {older}
        </nav>
    }
    .into_any()
}
