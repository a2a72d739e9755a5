//! Weaknesses.

use std::sync::Arc;

use app::pages::map::weakness::{self as pages, WeaknessForm, WeaknessPage};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{MappingId, WeaknessId},
    map::{Command, Weakness, WeaknessKind},
};

use super::{enter_to_edit, new_op, refused, to_map};
use crate::{
    error::Failure,
    form::Fields,
    state::{App, new_id},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/oformagor/ny", get(new).post(add))
        .route("/k/{mapping}/oformagor/{weakness}", get(edit).post(save))
        .route("/k/{mapping}/oformagor/{weakness}/ta-bort", post(remove))
}

fn page(room: &Room, weakness: Option<WeaknessId>, form: WeaknessForm) -> WeaknessPage {
    WeaknessPage {
        mapping: room.mapping.id,
        state: Arc::clone(&room.state),
        weakness,
        form,
    }
}

fn title(room: &Room, weakness: Option<WeaknessId>) -> &'static str {
    match weakness {
        Some(_) => room.texts.weakness_edit_title(),
        None => room.texts.weakness_new_title(),
    }
}

async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let form = WeaknessForm {
        op: new_op(),
        id: new_id().to_string(),
        capability: room.visitor.query("formaga").to_owned(),
        ..WeaknessForm::default()
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
    Path((id, weakness)): Path<(MappingId, WeaknessId)>,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let found = room.state.contents.weaknesses.get(&weakness);
    let form = WeaknessForm::of(weakness, found.ok_or(Failure::NotFound)?, new_op());
    let data = page(&room, Some(weakness), form);
    Ok(room
        .page(title(&room, Some(weakness)), move |frame| {
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
    put(&room, None, WeaknessId::new(fields.id("id")?), &fields).await
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, weakness)): Path<(MappingId, WeaknessId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    if !room.state.contents.weaknesses.contains_key(&weakness) {
        return Err(Failure::NotFound);
    }
    put(&room, Some(weakness), weakness, &fields).await
}

async fn put(
    room: &Room,
    known: Option<WeaknessId>,
    id: WeaknessId,
    fields: &Fields,
) -> Result<Response, Failure> {
    let texts = room.texts;
    let op = fields.op()?;
    let mut form = WeaknessForm {
        op: fields.get("op").to_owned(),
        id: fields.get("id").to_owned(),
        name: fields.get("namn").to_owned(),
        description: fields.get("beskrivning").to_owned(),
        kind: fields.get("typ").to_owned(),
        capability: fields.get("formaga").to_owned(),
        ..WeaknessForm::default()
    };
    let name = fields.text("namn", texts.weakness_name(), texts, &mut form.errors);
    let kind = WeaknessKind::from_code(&form.kind);
    if kind.is_none() {
        form.errors.add("typ", texts.weakness_kind_missing());
    }
    let description = fields.text(
        "beskrivning",
        texts.weakness_description(),
        texts,
        &mut form.errors,
    );
    if let Some(kind) = kind.filter(|_| form.errors.is_empty()) {
        let weakness = Weakness {
            name,
            description,
            kind,
            capability: form.capability.parse().ok(),
        };
        match room.execute(op, Command::SaveWeakness(id, weakness)).await {
            Ok(_) => return Ok(to_map(room, op)),
            Err(failure) => {
                let (_, words) = refused(room, failure)?;
                form.errors.add("formaga", words);
            }
        }
    }
    let data = page(room, known, form);
    Ok(room
        .again(title(room, known), move |frame| {
            pages::edit(frame.texts, &data)
        })
        .await)
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, weakness)): Path<(MappingId, WeaknessId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let op = fields.op()?;
    room.execute(op, Command::RemoveWeakness(weakness)).await?;
    Ok(to_map(&room, op))
}
