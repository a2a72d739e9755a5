//! Goals.

use std::sync::Arc;

use app::pages::map::goal::{self as pages, GoalForm, GoalPage};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{GoalId, MappingId},
    map::{Command, Goal, GoalLevel, Refusal},
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
        .route("/k/{mapping}/mal/ny", get(new).post(add))
        .route("/k/{mapping}/mal/{goal}", get(edit).post(save))
        .route("/k/{mapping}/mal/{goal}/ta-bort", post(remove))
}

fn page(room: &Room, goal: Option<GoalId>, form: GoalForm) -> GoalPage {
    GoalPage {
        mapping: room.mapping.id,
        state: Arc::clone(&room.state),
        municipalities: (room.mapping.members.iter())
            .map(|member| member.municipality)
            .collect(),
        goal,
        form,
    }
}

fn title(room: &Room, goal: Option<GoalId>) -> &'static str {
    match goal {
        Some(_) => room.texts.goal_edit_title(),
        None => room.texts.goal_new_title(),
    }
}

async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let form = GoalForm {
        op: new_op(),
        id: new_id().to_string(),
        ..GoalForm::default()
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
    Path((id, goal)): Path<(MappingId, GoalId)>,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let found = room.state.contents.goals.get(&goal);
    let form = GoalForm::of(goal, found.ok_or(Failure::NotFound)?, new_op());
    let data = page(&room, Some(goal), form);
    Ok(room
        .page(title(&room, Some(goal)), move |frame| {
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
    put(&room, None, GoalId::new(fields.id("id")?), &fields).await
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, goal)): Path<(MappingId, GoalId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    if !room.state.contents.goals.contains_key(&goal) {
        return Err(Failure::NotFound);
    }
    put(&room, Some(goal), goal, &fields).await
}

async fn put(
    room: &Room,
    known: Option<GoalId>,
    id: GoalId,
    fields: &Fields,
) -> Result<Response, Failure> {
    let op = fields.op()?;
    let (mut form, read) = read(room, fields);
    if let Some(goal) = read {
        match room.execute(op, Command::SaveGoal(id, goal)).await {
            Ok(_) => return Ok(to_map(room, op)),
            Err(failure) => {
                let (refusal, words) = refused(room, failure)?;
                let field = match refusal {
                    Refusal::WrongParent | Refusal::NotFound => "over",
                    _ => "mal",
                };
                form.errors.add(field, words);
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

/// What was typed, and the goal it means if it is right.
fn read(room: &Room, fields: &Fields) -> (GoalForm, Option<Goal>) {
    let texts = room.texts;
    let mut form = GoalForm {
        op: fields.get("op").to_owned(),
        id: fields.get("id").to_owned(),
        title: fields.get("mal").to_owned(),
        description: fields.get("beskrivning").to_owned(),
        level: fields.get("niva").to_owned(),
        parent: fields.get("over").to_owned(),
        municipality: fields.get("kommun").to_owned(),
        ..GoalForm::default()
    };
    let title = fields.text("mal", texts.goal_name(), texts, &mut form.errors);
    let level = GoalLevel::from_code(&form.level);
    if level.is_none() {
        form.errors.add("niva", texts.goal_level_missing());
    }
    let description = fields.text(
        "beskrivning",
        texts.goal_description(),
        texts,
        &mut form.errors,
    );
    let goal = level.filter(|_| form.errors.is_empty()).map(|level| Goal {
        level,
        parent: form.parent.parse().ok(),
        title,
        description,
        municipality: (form.municipality.parse().ok()).filter(|_| level == GoalLevel::Local),
    });
    (form, goal)
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, goal)): Path<(MappingId, GoalId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_edit(&app, &visitor, id).await?;
    let op = fields.op()?;
    room.execute(op, Command::RemoveGoal(goal)).await?;
    Ok(to_map(&room, op))
}
