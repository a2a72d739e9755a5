//! Ratifying the map, and the versions that come of it.

use std::sync::Arc;

use app::{
    components::{Errors, date},
    document::Tab,
    pages::map::{
        ratify::{self, RatifyPage},
        version,
    },
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    ids::{MappingId, OpId},
    map::{Command, Refusal, decide},
    rights::Action,
    text::DecidedBy,
};
use time::{Date, macros::format_description};

use super::{new_op, refused};
use crate::{
    error::{Failure, refusal_text},
    form::{Fields, text_error},
    page::see_other,
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/faststall", get(prepare).post(carry_out))
        .route("/k/{mapping}/versioner", get(list))
        .route("/k/{mapping}/versioner/{number}", get(show))
}

/// A date as browsers send it and people write it: 2026-11-22.
fn read_date(typed: &str) -> Option<Date> {
    Date::parse(typed.trim(), format_description!("[year]-[month]-[day]")).ok()
}

fn page(room: &Room, refused: Option<(Refusal, &'static str)>) -> RatifyPage {
    RatifyPage {
        mapping: room.mapping.id,
        state: Arc::clone(&room.state),
        refused,
        op: new_op(),
        date: date(now()),
        by: String::new(),
        errors: Errors::default(),
    }
}

async fn show_form(room: &Room, data: RatifyPage, again: bool) -> Response {
    let title = room.texts.ratify_title();
    let body = move |frame: &app::document::Frame| ratify::view(frame.texts, &data);
    if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    }
}

async fn prepare(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = (visitor.enter(&app, id, Action::RatifyMap, Tab::Map)).await?;
    // Asks the rules themselves whether they would say yes today.
    let attempt = Command::Ratify {
        date: read_date(&date(now())).ok_or(Failure::Internal)?,
        decided_by: DecidedBy::parse(room.texts.brand_name()).map_err(|_| Failure::Internal)?,
    };
    let refusal = decide(&room.state, OpId::new(new_id()), attempt).err();
    let data = page(
        &room,
        refusal.map(|refusal| (refusal, refusal_text(room.texts, refusal))),
    );
    Ok(show_form(&room, data, false).await)
}

async fn carry_out(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = (visitor.enter(&app, id, Action::RatifyMap, Tab::Map)).await?;
    let texts = room.texts;
    let op = fields.op()?;
    let mut data = RatifyPage {
        op: fields.get("op").to_owned(),
        date: fields.get("datum").to_owned(),
        by: fields.get("beslutat-av").to_owned(),
        ..page(&room, None)
    };
    let day = read_date(&data.date);
    match day {
        None => data.errors.add("datum", texts.ratify_date_wrong()),
        Some(day) if Some(day) > read_date(&date(now())) => {
            data.errors.add("datum", texts.ratify_date_future());
        }
        Some(_) => {}
    }
    let by = DecidedBy::parse(&data.by)
        .map_err(|error| {
            let words = text_error(texts, texts.ratify_by(), error);
            data.errors.add("beslutat-av", words);
        })
        .ok();
    if let (Some(date), Some(decided_by), true) = (day, by, data.errors.is_empty()) {
        match room.execute(op, Command::Ratify { date, decided_by }).await {
            Ok(_) => {
                let number = (app.store.map_state(id).await?.versions.last())
                    .map_or(1, |version| version.number);
                return Ok(see_other(
                    room.address(format_args!("/versioner/{number}?op={op}")),
                ));
            }
            Err(failure) => data.refused = Some(refused(&room, failure)?),
        }
    }
    Ok(show_form(&room, data, true).await)
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor.enter(&app, id, Action::ReadMap, Tab::Map).await?;
    let state = Arc::clone(&room.state);
    let title = room.texts.version_list_title();
    Ok(room
        .page(title, move |frame| {
            version::list(frame.texts, id, &state.versions)
        })
        .await)
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, number)): Path<(MappingId, u32)>,
) -> Result<Response, Failure> {
    let room = visitor.enter(&app, id, Action::ReadMap, Tab::Map).await?;
    let found = Arc::clone(room.state.version(number).ok_or(Failure::NotFound)?);
    let previous = (number.checked_sub(1))
        .and_then(|previous| room.state.version(previous))
        .map(Arc::clone);
    let title = room.texts.version_title(number);
    Ok(room
        .page(title, move |frame| {
            version::view(frame.texts, id, &found, previous.as_deref())
        })
        .await)
}
