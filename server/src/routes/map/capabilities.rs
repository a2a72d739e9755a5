//! Capabilities: adding, reading and editing them.

use std::sync::Arc;

use app::{
    document::{Frame, Tab},
    pages::map::{
        anchors,
        capability::{self as pages, CapabilityForm, CapabilityPage},
        change::ChangeForm,
    },
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use domain::{
    advice::{advice, anchor_advice},
    ids::{CapabilityId, MappingId},
    level::Level,
    map::{Anchors, CapabilityDraft, CapabilityKind, Command, Layer, Refusal},
    rights::Action,
};

use super::{enter_to_edit, new_op, refused, to_map};
use crate::{
    error::Failure,
    form::Fields,
    page::{render, see_other},
    state::{App, new_id},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/formagor/ny", get(new).post(add))
        .route("/k/{mapping}/formagor/{capability}", get(show).post(save))
}

/// The page with the form, whose island gives advice while someone types.
pub(super) async fn form_page(
    room: &Room,
    status: StatusCode,
    capability: Option<CapabilityId>,
    form: CapabilityForm,
    change: ChangeForm,
) -> Response {
    let title = match capability.and_then(|id| room.state.contents.capabilities.get(&id)) {
        Some(found) => found.draft.name.to_string(),
        None => room.texts.capability_new_title().to_owned(),
    };
    let data = CapabilityPage {
        mapping: room.mapping.id,
        state: Arc::clone(&room.state),
        capability,
        form,
        change,
    };
    let frame = Frame {
        islands: true,
        ..room.frame(title)
    };
    render(status, frame, move |frame| pages::edit(frame.texts, &data)).await
}

/// The forms that change a capability's place, with nothing typed in them.
pub(super) fn no_change() -> ChangeForm {
    ChangeForm {
        op: new_op(),
        ..ChangeForm::default()
    }
}

async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let form = CapabilityForm {
        op: new_op(),
        id: new_id().to_string(),
        area: room.visitor.query("omrade").to_owned(),
        kind: CapabilityKind::Operational.code().to_owned(),
        ..CapabilityForm::default()
    };
    Ok(form_page(&room, StatusCode::OK, None, form, no_change()).await)
}

/// For those who may change the map its form, for others its words; a retired one says what became of it.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, capability)): Path<(MappingId, CapabilityId)>,
) -> Result<Response, Failure> {
    let room = visitor.enter(&app, id, Action::ReadMap, Tab::Map).await?;
    let found = (room.state.contents.capabilities.get(&capability)).ok_or(Failure::NotFound)?;
    let title = found.draft.name.to_string();
    let may_edit = room.may(Action::EditMap);
    let state = Arc::clone(&room.state);
    if !found.is_active() {
        let op = new_op();
        return Ok(room
            .page(title, move |frame| {
                pages::retired(frame.texts, id, &state.contents, capability, &op, may_edit)
            })
            .await);
    }
    if !may_edit {
        let found = found.clone();
        return Ok(room
            .page(title, move |frame| {
                pages::read(frame.texts, id, &state.contents, &found)
            })
            .await);
    }
    let form = CapabilityForm::of(capability, found, new_op());
    Ok(form_page(&room, StatusCode::OK, Some(capability), form, no_change()).await)
}

async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    put(&room, None, CapabilityId::new(fields.id("id")?), &fields).await
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, capability)): Path<(MappingId, CapabilityId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    if !room.state.contents.capabilities.contains_key(&capability) {
        return Err(Failure::NotFound);
    }
    put(&room, Some(capability), capability, &fields).await
}

async fn put(
    room: &Room,
    known: Option<CapabilityId>,
    id: CapabilityId,
    fields: &Fields,
) -> Result<Response, Failure> {
    let op = fields.op()?;
    let (mut form, read) = read(room, fields);
    if let Some(draft) = read {
        let noteworthy = has_advice(room, id, &draft);
        let area = draft.area;
        match room.execute(op, Command::SaveCapability(id, draft)).await {
            // Advice never stops anyone: it is shown when all is saved.
            Ok(_) if noteworthy => {
                return Ok(see_other(
                    room.address(format_args!("/formagor/{id}?op={op}")),
                ));
            }
            Ok(_) if !fields.get("mera").is_empty() => {
                let area = area.map(|area| area.to_string()).unwrap_or_default();
                return Ok(see_other(
                    room.address(format_args!("/formagor/ny?omrade={area}&op={op}")),
                ));
            }
            Ok(_) => return Ok(to_map(room, op)),
            Err(failure) => {
                let (refusal, words) = refused(room, failure)?;
                let field = match refusal {
                    Refusal::NotFound => "omrade",
                    _ => "namn",
                };
                form.errors.add(field, words);
            }
        }
    }
    let change = ChangeForm {
        op: form.op.clone(),
        ..ChangeForm::default()
    };
    Ok(form_page(room, StatusCode::UNPROCESSABLE_ENTITY, known, form, change).await)
}

fn has_advice(room: &Room, id: CapabilityId, draft: &CapabilityDraft) -> bool {
    let active = room.state.contents.active_in_order();
    let others: Vec<_> = (active.iter().filter(|(other, _)| *other != id))
        .map(|(_, other)| other.draft.name.as_str())
        .collect();
    let count = others.len() + 1;
    anchor_advice(&draft.anchors).is_some()
        || !advice(&draft.name, &draft.formulation, others, count).is_empty()
}

/// What was typed, and the capability it means if it is right.
fn read(room: &Room, fields: &Fields) -> (CapabilityForm, Option<CapabilityDraft>) {
    let texts = room.texts;
    let mut form = CapabilityForm {
        op: fields.get("op").to_owned(),
        id: fields.get("id").to_owned(),
        name: fields.get("namn").to_owned(),
        formulation: fields.get("formulering").to_owned(),
        description: fields.get("beskrivning").to_owned(),
        kind: fields.get("typ").to_owned(),
        layers: fields.all("lager").map(str::to_owned).collect(),
        area: fields.get("omrade").to_owned(),
        goals: fields.all("mal").map(str::to_owned).collect(),
        anchors: Level::ALL.map(|level| fields.get(&anchors::field(level)).to_owned()),
        owner: fields.get("agare").to_owned(),
        ..CapabilityForm::default()
    };
    let name = fields.text("namn", texts.capability_name(), texts, &mut form.errors);
    let formulation = fields.text(
        "formulering",
        texts.capability_formulation(),
        texts,
        &mut form.errors,
    );
    let description = fields.text(
        "beskrivning",
        texts.capability_description(),
        texts,
        &mut form.errors,
    );
    let anchors = Anchors(Level::ALL.map(|level| {
        let label = texts.capability_anchor_label(level.get());
        fields.text(&anchors::field(level), &label, texts, &mut form.errors)
    }));
    let owner = fields.text("agare", texts.capability_owner(), texts, &mut form.errors);
    let kind = CapabilityKind::from_code(&form.kind);
    if kind.is_none() {
        form.errors.add("typ", texts.capability_kind_missing());
    }
    let draft = kind
        .filter(|_| form.errors.is_empty())
        .map(|kind| CapabilityDraft {
            name,
            formulation,
            description,
            kind,
            layers: (form.layers.iter())
                .filter_map(|code| Layer::from_code(code))
                .collect(),
            area: form.area.parse().ok(),
            goals: (form.goals.iter())
                .filter_map(|id| id.parse().ok())
                .collect(),
            anchors,
            owner,
        });
    (form, draft)
}
