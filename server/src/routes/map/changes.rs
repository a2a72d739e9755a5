//! What else is done with capabilities: moving, merging, splitting, striking and restoring them.

use std::collections::BTreeSet;

use app::{
    components::Errors,
    pages::map::{capability::CapabilityForm, change::ChangeForm},
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::post,
};
use domain::{
    ids::{CapabilityId, MappingId},
    map::Command,
    text::CapabilityName,
};

use super::{capabilities::form_page, enter_to_edit, new_op, to_map};
use crate::{
    error::Failure,
    form::{Fields, text_error},
    page::see_other,
    state::{App, new_id},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    let capability = "/k/{mapping}/formagor/{capability}";
    Router::new()
        .route(&format!("{capability}/flytta"), post(shift))
        .route(&format!("{capability}/sla-ihop"), post(merge))
        .route(&format!("{capability}/dela"), post(split))
        .route(&format!("{capability}/stryk"), post(retire))
        .route(&format!("{capability}/aterstall"), post(restore))
}

/// The capability's page with its forms again, for what was typed in one of them has to be corrected.
async fn again(
    room: &Room,
    id: CapabilityId,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, Failure> {
    let found = (room.state.contents.capabilities.get(&id)).ok_or(Failure::NotFound)?;
    let form = CapabilityForm::of(id, found, new_op());
    let change = ChangeForm {
        op: fields.get("op").to_owned(),
        parts: fields.get("delar").to_owned(),
        errors,
    };
    Ok(form_page(
        room,
        StatusCode::UNPROCESSABLE_ENTITY,
        Some(id),
        form,
        change,
    )
    .await)
}

/// `plats` is `area/before`, where each may be empty: no area, and last.
async fn shift(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, id)): Path<(MappingId, CapabilityId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, mapping).await?;
    let op = fields.op()?;
    let (area, before) = fields
        .get("plats")
        .split_once('/')
        .ok_or(Failure::BadForm)?;
    let area = match area {
        "" => None,
        area => Some(area.parse().map_err(|_| Failure::BadForm)?),
    };
    let before = match before {
        "" => None,
        before => Some(before.parse().map_err(|_| Failure::BadForm)?),
    };
    room.execute(op, Command::MoveCapability { id, area, before })
        .await?;
    Ok(to_map(&room, op))
}

async fn merge(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, id)): Path<(MappingId, CapabilityId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, mapping).await?;
    let op = fields.op()?;
    let into = (fields.get("kvar").parse().ok()).filter(|into| *into != id);
    let Some(into) = into else {
        let mut errors = Errors::default();
        errors.add("kvar", room.texts.capability_merge_missing());
        return again(&room, id, &fields, errors).await;
    };
    let from = BTreeSet::from([id]);
    room.execute(op, Command::MergeCapabilities { from, into })
        .await?;
    Ok(to_map(&room, op))
}

async fn split(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, id)): Path<(MappingId, CapabilityId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, mapping).await?;
    let texts = room.texts;
    let op = fields.op()?;
    let mut errors = Errors::default();
    let mut parts = Vec::new();
    let lines =
        (fields.get("delar").lines().enumerate()).filter(|(_, line)| !line.trim().is_empty());
    for (line, typed) in lines {
        match CapabilityName::parse(typed) {
            Ok(name) => parts.push((CapabilityId::new(new_id()), name)),
            Err(error) => {
                let problem = text_error(texts, texts.capability_name(), error);
                errors.add("delar", texts.capability_split_line(line + 1, problem));
            }
        }
    }
    if errors.is_empty() && parts.len() < 2 {
        errors.add("delar", texts.capability_split_few());
    }
    if !errors.is_empty() {
        return again(&room, id, &fields, errors).await;
    }
    room.execute(op, Command::SplitCapability { id, parts })
        .await?;
    Ok(to_map(&room, op))
}

async fn retire(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, id)): Path<(MappingId, CapabilityId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, mapping).await?;
    let op = fields.op()?;
    room.execute(op, Command::RetireCapability(id)).await?;
    Ok(to_map(&room, op))
}

async fn restore(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, id)): Path<(MappingId, CapabilityId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, mapping).await?;
    let op = fields.op()?;
    room.execute(op, Command::RestoreCapability(id)).await?;
    Ok(see_other(
        room.address(format_args!("/formagor/{id}?op={op}")),
    ))
}
