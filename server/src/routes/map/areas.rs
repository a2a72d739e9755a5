//! Areas.

use app::pages::map::area::{self as pages, AreaForm, AreaPage};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{AreaId, MappingId},
    map::{Area, Command},
};

use super::{enter_to_edit, new_op, to_map};
use crate::{
    error::Failure,
    form::Fields,
    page::see_other,
    state::{App, new_id},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/omraden/ny", get(new).post(add))
        .route("/k/{mapping}/omraden/{area}", get(edit).post(save))
        .route("/k/{mapping}/omraden/{area}/flytta", post(shift))
        .route("/k/{mapping}/omraden/{area}/ta-bort", post(remove))
}

fn title(room: &Room, area: Option<AreaId>) -> &'static str {
    match area {
        Some(_) => room.texts.area_edit_title(),
        None => room.texts.area_new_title(),
    }
}

fn page(room: &Room, area: Option<AreaId>, form: AreaForm) -> AreaPage {
    AreaPage {
        mapping: room.mapping.id,
        area,
        place: area.and_then(|area| AreaPage::place_of(&room.state.contents, area)),
        form,
    }
}

async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let form = AreaForm {
        op: new_op(),
        id: new_id().to_string(),
        ..AreaForm::default()
    };
    let data = page(&room, None, form);
    Ok(room
        .page(title(&room, None), move |frame| {
            pages::edit(frame.texts, &data)
        })
        .await)
}

async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, area)): Path<(MappingId, AreaId)>,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let found = room.state.contents.areas.get(&area);
    let form = AreaForm::of(area, found.ok_or(Failure::NotFound)?, new_op());
    let data = page(&room, Some(area), form);
    Ok(room
        .page(title(&room, Some(area)), move |frame| {
            pages::edit(frame.texts, &data)
        })
        .await)
}

async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    put(&room, None, AreaId::new(fields.id("id")?), &fields).await
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, area)): Path<(MappingId, AreaId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    if !room.state.contents.areas.contains_key(&area) {
        return Err(Failure::NotFound);
    }
    put(&room, Some(area), area, &fields).await
}

async fn put(
    room: &Room,
    known: Option<AreaId>,
    id: AreaId,
    fields: &Fields,
) -> Result<Response, Failure> {
    let texts = room.texts;
    let op = fields.op()?;
    let mut form = AreaForm {
        op: fields.get("op").to_owned(),
        id: fields.get("id").to_owned(),
        name: fields.get("namn").to_owned(),
        description: fields.get("beskrivning").to_owned(),
        ..AreaForm::default()
    };
    let area = Area {
        name: fields.text("namn", texts.area_name(), texts, &mut form.errors),
        description: fields.text(
            "beskrivning",
            texts.area_description(),
            texts,
            &mut form.errors,
        ),
        position: 0,
    };
    if form.errors.is_empty() {
        room.execute(op, Command::SaveArea(id, area)).await?;
        return Ok(to_map(room, op));
    }
    let data = page(room, known, form);
    Ok(room
        .again(title(room, known), move |frame| {
            pages::edit(frame.texts, &data)
        })
        .await)
}

/// Moves an area and comes back to it, for one step is seldom enough.
async fn shift(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, area)): Path<(MappingId, AreaId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let op = fields.op()?;
    let to = fields.get("till").parse().map_err(|_| Failure::BadForm)?;
    room.execute(op, Command::MoveArea(area, to)).await?;
    Ok(see_other(
        room.address(format_args!("/omraden/{area}?op={op}")),
    ))
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, area)): Path<(MappingId, AreaId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let op = fields.op()?;
    room.execute(op, Command::RemoveArea(area)).await?;
    Ok(to_map(&room, op))
}
