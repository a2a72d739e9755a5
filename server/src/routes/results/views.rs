//! Views that need no more than the round's material: over time, collaboration, and how far the figures carry.

use std::sync::Arc;

use app::{
    pages::results::{self as pages, ResultsPage},
    texts::Texts,
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::ids::MappingId;
use leptos::prelude::AnyView;

use super::find;
use crate::{
    error::Failure,
    state::App,
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/resultat/over-tid", get(over_time))
        .route("/k/{mapping}/resultat/samverkan", get(collaboration))
        .route("/k/{mapping}/resultat/underlag", get(quality))
}

async fn over_time(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    view(&app, &visitor, id, Texts::time_title, |texts, data, _| {
        pages::over_time::page(texts, data)
    })
    .await
}

async fn collaboration(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    view(
        &app,
        &visitor,
        id,
        Texts::collaboration_title,
        |texts, data, _| pages::collaboration::page(texts, data),
    )
    .await
}

async fn quality(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    view(
        &app,
        &visitor,
        id,
        Texts::quality_title,
        |texts, data, room| {
            pages::quality::page(texts, data, |action, municipality| match municipality {
                Some(municipality) => room.may_for(action, municipality),
                None => room.may(action),
            })
        },
    )
    .await
}

/// One view of a closed round; without any, the page that says so.
async fn view(
    app: &App,
    visitor: &Visitor,
    id: MappingId,
    title: impl Fn(Texts) -> &'static str,
    show: impl Fn(Texts, &ResultsPage, &Room) -> AnyView + Clone + Send + Sync + 'static,
) -> Result<Response, Failure> {
    let found = find(app, visitor, id).await?;
    let room = found.room.clone();
    let title = title(room.texts);
    let Some(round) = found.round() else {
        let (back, open) = (room.address(""), found.open);
        return Ok(room
            .page(title, move |frame| {
                pages::nothing_yet(frame.texts, back.clone(), open)
            })
            .await);
    };
    let data = Arc::new(found.page(round).await?);
    let reader = room.clone();
    Ok(room
        .page(title, move |frame| show(frame.texts, &data, &reader))
        .await)
}
