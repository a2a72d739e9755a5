//! Points on a workshop's agenda: adding, editing, moving, skipping and removing them.

use app::{
    components::Errors,
    document::Frame,
    pages::workshops::item::{self as pages, ItemForm, ItemPage},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{ItemId, MappingId, WorkshopId},
    map::{Command, Refusal},
    text::Title,
    workshop::{Activity, Item, ItemKind, WorkCommand},
};

use super::{enter_to_lead, new_op, workshop};
use crate::{
    error::Failure,
    form::{Fields, text_error},
    page::see_other,
    state::{App, new_id},
    visitor::{Room, Visitor},
};

/// Minutes that a new point begins with.
const USUAL_MINUTES: u16 = 15;
/// Most minutes a point can have.
const MOST_MINUTES: u16 = 480;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(
            "/k/{mapping}/workshop/{workshop}/punkter/ny",
            get(new).post(add),
        )
        .route(
            "/k/{mapping}/workshop/{workshop}/punkter/{item}",
            get(edit).post(save),
        )
        .route(
            "/k/{mapping}/workshop/{workshop}/punkter/{item}/flytta",
            post(shift),
        )
        .route(
            "/k/{mapping}/workshop/{workshop}/punkter/{item}/hoppa-over",
            post(skip),
        )
        .route(
            "/k/{mapping}/workshop/{workshop}/punkter/{item}/ta-bort",
            post(remove),
        )
}

/// The plan again, where the point stands.
fn to_plan(room: &Room, of: WorkshopId, fields: &Fields, item: Option<ItemId>) -> Response {
    let op = fields.get("op");
    let end = item.map_or_else(|| "dagordning".to_owned(), |item| format!("punkt-{item}"));
    see_other(room.address(format_args!("/workshop/{of}/planera?op={op}#{end}")))
}

fn known(room: &Room, of: WorkshopId, item: ItemId) -> Result<&Item, Failure> {
    workshop(room, of)?.item(item).ok_or(Failure::NotFound)
}

async fn show(
    room: &Room,
    of: WorkshopId,
    item: Option<ItemId>,
    form: ItemForm,
    again: bool,
) -> Result<Response, Failure> {
    let plan = workshop(room, of)?;
    let work = &room.state.work;
    let used = item.is_some_and(|item| {
        work.stage(of).visited.contains(&item)
            || work.cards_at(of, item).next().is_some()
            || (work.notes.values()).any(|note| note.workshop == of && note.item == item)
    });
    let data = ItemPage {
        mapping: room.mapping.id,
        workshop: of,
        workshop_title: plan.title.to_string(),
        item,
        others: (plan.agenda.iter())
            .filter(|other| Some(other.id) != item)
            .map(|other| (other.id, other.title.to_string()))
            .collect(),
        used,
        remove_op: new_op(),
        form,
    };
    let title = pages::title(room.texts, &data);
    let body = move |frame: &Frame| pages::view(frame.texts, &data);
    Ok(if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    })
}

async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, of)): Path<(MappingId, WorkshopId)>,
) -> Result<Response, Failure> {
    let room = enter_to_lead(&app, &visitor, id).await?;
    let form = ItemForm {
        op: new_op(),
        id: new_id().to_string(),
        kind: ItemKind::Discussion.code().to_owned(),
        activity: Activity::Talk.code().to_owned(),
        minutes: USUAL_MINUTES.to_string(),
        ..ItemForm::default()
    };
    show(&room, of, None, form, false).await
}

async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, of, item)): Path<(MappingId, WorkshopId, ItemId)>,
) -> Result<Response, Failure> {
    let room = enter_to_lead(&app, &visitor, id).await?;
    let form = ItemForm::of(known(&room, of, item)?, new_op());
    show(&room, of, Some(item), form, false).await
}

async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, of)): Path<(MappingId, WorkshopId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_lead(&app, &visitor, id).await?;
    workshop(&room, of)?;
    put(&room, of, None, ItemId::new(fields.id("id")?), &fields).await
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, of, item)): Path<(MappingId, WorkshopId, ItemId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_lead(&app, &visitor, id).await?;
    known(&room, of, item)?;
    put(&room, of, Some(item), item, &fields).await
}

async fn put(
    room: &Room,
    of: WorkshopId,
    known: Option<ItemId>,
    id: ItemId,
    fields: &Fields,
) -> Result<Response, Failure> {
    let op = fields.op()?;
    let (mut form, read) = read(room, of, id, fields);
    if let Some((item, before)) = read {
        let command = WorkCommand::SaveItem(Box::new(item), before);
        match room.execute(op, Command::Work(of, command)).await {
            Ok(_) => return Ok(to_plan(room, of, fields, Some(id))),
            Err(Failure::Refused(Refusal::NotFound)) if before.is_some() => {
                form.errors.add("fore", room.texts.series_before_wrong());
            }
            Err(failure) => return Err(failure),
        }
    }
    show(room, of, known, form, true).await
}

/// What was typed, and the point and its place if that is right.
fn read(
    room: &Room,
    of: WorkshopId,
    id: ItemId,
    fields: &Fields,
) -> (ItemForm, Option<(Item, Option<ItemId>)>) {
    let texts = room.texts;
    let mut errors = Errors::default();
    let title = (Title::parse(fields.get("rubrik")))
        .map_err(|error| {
            errors.add(
                "rubrik",
                text_error(texts, texts.series_item_title(), error),
            );
        })
        .ok();
    let kind = ItemKind::from_code(fields.get("typ"));
    if kind.is_none() {
        errors.add("typ", texts.series_item_kind_wrong());
    }
    let activity = Activity::from_code(fields.get("moment"));
    if activity.is_none() {
        errors.add("moment", texts.series_item_activity_wrong());
    }
    let instruction = fields.text(
        "instruktion",
        texts.series_item_instruction(),
        texts,
        &mut errors,
    );
    let responsible = fields.text(
        "ansvarig",
        texts.series_item_responsible(),
        texts,
        &mut errors,
    );
    let minutes = (fields.get("minuter").trim().parse().ok())
        .filter(|minutes: &u16| *minutes <= MOST_MINUTES);
    if minutes.is_none() {
        errors.add("minuter", texts.series_item_minutes_wrong());
    }
    let before = match fields.get("fore") {
        "" => None,
        typed => {
            let before = typed.parse::<ItemId>().ok();
            if before.is_none() {
                errors.add("fore", texts.series_before_wrong());
            }
            before
        }
    };
    let right = errors.is_empty();
    let form = ItemForm {
        op: fields.get("op").to_owned(),
        id: fields.get("id").to_owned(),
        title: fields.get("rubrik").to_owned(),
        kind: fields.get("typ").to_owned(),
        activity: fields.get("moment").to_owned(),
        instruction: fields.get("instruktion").to_owned(),
        responsible: fields.get("ansvarig").to_owned(),
        minutes: fields.get("minuter").to_owned(),
        before: fields.get("fore").to_owned(),
        errors,
    };
    let skipped = (room.state.work.workshops.get(&of))
        .and_then(|plan| plan.item(id))
        .is_some_and(|item| item.skipped);
    let item = match (title, kind, activity, minutes) {
        (Some(title), Some(kind), Some(activity), Some(minutes)) if right => Some(Item {
            id,
            title,
            kind,
            activity,
            instruction,
            responsible,
            minutes,
            skipped,
        }),
        _ => None,
    };
    (form, item.map(|item| (item, before)))
}

async fn shift(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, of, item)): Path<(MappingId, WorkshopId, ItemId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_lead(&app, &visitor, id).await?;
    let before = match fields.get("fore") {
        "" => None,
        _ => Some(ItemId::new(fields.id("fore")?)),
    };
    change(&room, of, &fields, WorkCommand::MoveItem(item, before)).await?;
    Ok(to_plan(&room, of, &fields, Some(item)))
}

async fn skip(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, of, item)): Path<(MappingId, WorkshopId, ItemId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_lead(&app, &visitor, id).await?;
    let skipped = match fields.get("pa") {
        "1" => true,
        "0" => false,
        _ => return Err(Failure::BadForm),
    };
    change(&room, of, &fields, WorkCommand::SkipItem(item, skipped)).await?;
    Ok(to_plan(&room, of, &fields, Some(item)))
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, of, item)): Path<(MappingId, WorkshopId, ItemId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_lead(&app, &visitor, id).await?;
    change(&room, of, &fields, WorkCommand::RemoveItem(item)).await?;
    Ok(to_plan(&room, of, &fields, None))
}

/// Carries out a change of the agenda.
async fn change(
    room: &Room,
    of: WorkshopId,
    fields: &Fields,
    command: WorkCommand,
) -> Result<(), Failure> {
    room.execute(fields.op()?, Command::Work(of, command))
        .await?;
    Ok(())
}
