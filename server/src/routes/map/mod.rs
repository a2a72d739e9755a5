//! The map: looking at it, beginning it, and everything on it.

mod areas;
mod capabilities;
mod changes;
mod goals;
mod history;
mod import;
mod versions;
mod weaknesses;

use std::sync::Arc;

use app::{
    document::Tab,
    pages::map::{board, history::subject},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    catalogue,
    ids::{MappingId, OpId},
    map::{Deed, Refusal},
    rights::Action,
};

use crate::{
    error::{Failure, refusal_text},
    form::Fields,
    page::see_other,
    state::{App, new_id},
    visitor::{Room, Visitor, deed_text},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/karta", get(show))
        .route("/k/{mapping}/karta/katalog", post(begin_with_catalogue))
        .merge(goals::routes())
        .merge(areas::routes())
        .merge(capabilities::routes())
        .merge(changes::routes())
        .merge(weaknesses::routes())
        .merge(versions::routes())
        .merge(history::routes())
        .merge(import::routes())
}

/// Lets the visitor in to change the map.
async fn enter_to_edit(app: &App, visitor: &Visitor, id: MappingId) -> Result<Room, Failure> {
    visitor.enter(app, id, Action::EditMap, Tab::Map).await
}

/// An id for the command of a form that is being shown.
fn new_op() -> String {
    new_id().to_string()
}

/// What a refused command says beside the form it came from: anything else is a page of its own.
fn refused(room: &Room, failure: Failure) -> Result<(Refusal, &'static str), Failure> {
    match failure {
        Failure::Refused(refusal) => Ok((refusal, refusal_text(room.texts, refusal))),
        other => Err(other),
    }
}

/// Back to the map, which says what was done and offers to undo it.
fn to_map(room: &Room, op: OpId) -> Response {
    see_other(room.address(format_args!("/karta?op={op}")))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor.enter(&app, id, Action::ReadMap, Tab::Map).await?;
    let may_edit = room.may(Action::EditMap);
    let latest = (room.visitor.actor.author())
        .filter(|_| may_edit)
        .and_then(|author| room.state.latest_undoable(author));
    let undo = latest
        .filter(|latest| !matches!(latest.deed, Deed::LevelsAgreed | Deed::EffectsSet))
        .map(|latest| {
            let what = subject(room.texts, &room.state, latest);
            let words = format!("{} {what}", deed_text(room.texts, latest.deed));
            (latest.op, words.trim_end().to_owned())
        });
    let data = board::Board {
        mapping: id,
        state: Arc::clone(&room.state),
        may_edit,
        may_ratify: room.may(Action::RatifyMap),
        undo,
        catalogue: catalogue::entries().len(),
        op: OpId::new(new_id()),
    };
    let title = room.texts.map_title();
    Ok(room
        .page(title, move |frame| board::view(frame.texts, &data))
        .await)
}

/// Puts the catalogue on a map that has nothing on it; a second click finds it there.
async fn begin_with_catalogue(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let op = fields.op()?;
    if room.state.operation(op).is_none() && !room.state.contents.capabilities.is_empty() {
        return Err(Failure::Refused(Refusal::Taken));
    }
    room.execute(op, catalogue::command(new_id)).await?;
    Ok(to_map(&room, op))
}
