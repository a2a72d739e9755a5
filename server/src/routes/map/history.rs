//! The history.

use std::collections::{BTreeMap, btree_map::Entry};

use app::{
    document::Tab,
    pages::map::history::{self as pages, HistoryPage, PAGE, Row, RowState},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{ids::MappingId, map::Author, rights::Action};

use crate::{
    error::Failure,
    state::App,
    visitor::{Visitor, deed_text},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/k/{mapping}/historik", get(show))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor.enter(&app, id, Action::ReadMap, Tab::Map).await?;
    let texts = room.texts;
    let operations: Vec<_> = (room.state.operations.iter())
        .filter(|operation| operation.is_on_map())
        .collect();
    let pages_of = operations.len().div_ceil(PAGE).max(1);
    let page = (room.visitor.query("sida").parse().unwrap_or(1)).clamp(1, pages_of);
    let mut names = BTreeMap::new();
    let mut rows = Vec::new();
    for operation in operations
        .into_iter()
        .rev()
        .skip((page - 1) * PAGE)
        .take(PAGE)
    {
        let who = match operation.author {
            Author::System => texts.history_system().to_owned(),
            Author::Participant(_) | Author::Attendee(_) => texts.history_participant().to_owned(),
            Author::Account(account) => match names.entry(account) {
                Entry::Occupied(known) => String::clone(known.get()),
                Entry::Vacant(unknown) => {
                    let name = (app.store.account(account).await?).map_or_else(
                        || texts.history_gone().to_owned(),
                        |account| account.name.to_string(),
                    );
                    unknown.insert(name).clone()
                }
            },
        };
        rows.push(Row {
            op: operation.op,
            at: operation.at,
            who,
            deed: deed_text(texts, operation.deed).to_owned(),
            subject: pages::subject(texts, &room.state, operation),
            state: RowState::of(operation),
        });
    }
    let data = HistoryPage {
        mapping: id,
        rows,
        page,
        pages: pages_of,
        may_edit: room.may(Action::EditMap),
    };
    Ok(room
        .page(texts.history_title(), move |frame| {
            pages::view(frame.texts, &data)
        })
        .await)
}
