//! One workshop's plan: day, place and settings, and the workshop as a calendar file.

use app::{
    components::{Choice, Errors},
    document::{Frame, Tab},
    pages::workshops::plan::{self as pages, PlanForm, PlanPage},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    ids::{MappingId, RoundId, WorkshopId},
    map::Command,
    rights::Action,
    text::Title,
    workshop::{WorkCommand, Workshop},
};

use super::{enter_to_lead, new_op, read_date, read_time, standing, time_value, workshop};
use crate::{
    calendar,
    error::Failure,
    form::{Fields, text_error},
    page::see_other,
    routes::after::reflections_before,
    state::App,
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(
            "/k/{mapping}/workshop/{workshop}/planera",
            get(open).post(save),
        )
        .route("/k/{mapping}/workshop/{workshop}/kalender.ics", get(file))
}

async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, of)): Path<(MappingId, WorkshopId)>,
) -> Result<Response, Failure> {
    let room = enter_to_lead(&app, &visitor, id).await?;
    let known = workshop(&room, of)?;
    let form = PlanForm {
        op: new_op(),
        title: known.title.to_string(),
        date: known.date.to_string(),
        start: time_value(known.starts),
        place: known.place.to_string(),
        approval: known.approval,
        dots: known.dots.to_string(),
        round: known.round.map(|id| id.to_string()).unwrap_or_default(),
        errors: Errors::default(),
    };
    let rounds = rounds(&room).await?;
    show(&room, of, rounds, form, false).await
}

/// The mapping's survey rounds, newest first.
async fn rounds(room: &Room) -> Result<Vec<Choice>, Failure> {
    let rounds = room.app.store.rounds(room.mapping.id).await?;
    Ok((rounds.iter().rev())
        .map(|round| (round.id.to_string(), round.name.to_string()))
        .collect())
}

async fn show(
    room: &Room,
    of: WorkshopId,
    rounds: Vec<Choice>,
    form: PlanForm,
    again: bool,
) -> Result<Response, Failure> {
    let known = workshop(room, of)?;
    let data = PlanPage {
        mapping: room.mapping.id,
        id: of,
        workshop: known.clone(),
        standing: standing(room, of),
        rounds,
        reflections: reflections_before(room, of).await?,
        form,
        ops: (known.agenda.iter())
            .map(|_| [new_op(), new_op(), new_op()])
            .collect(),
    };
    let title = known.title.to_string();
    let body = move |frame: &Frame| pages::view(frame.texts, &data);
    Ok(if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    })
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, of)): Path<(MappingId, WorkshopId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_lead(&app, &visitor, id).await?;
    let op = fields.op()?;
    let rounds = rounds(&room).await?;
    let (form, plan) = read(&room, workshop(&room, of)?, &rounds, &fields);
    let Some(plan) = plan else {
        return show(&room, of, rounds, form, true).await;
    };
    let command = Command::Work(of, WorkCommand::Plan(Box::new(plan)));
    room.execute(op, command).await?;
    Ok(see_other(
        room.address(format_args!("/workshop/{of}/planera?op={op}")),
    ))
}

/// What was typed, and the plan that it makes of the known one if it is right.
fn read(
    room: &Room,
    known: &Workshop,
    rounds: &[Choice],
    fields: &Fields,
) -> (PlanForm, Option<Workshop>) {
    let texts = room.texts;
    let mut errors = Errors::default();
    let title = (Title::parse(fields.get("namn")))
        .map_err(|error| errors.add("namn", text_error(texts, texts.series_name(), error)))
        .ok();
    let date = read_date(fields.get("datum"));
    if date.is_none() {
        errors.add("datum", texts.series_date_wrong());
    }
    let starts = read_time(fields.get("tid"));
    if starts.is_none() {
        errors.add("tid", texts.series_time_wrong());
    }
    let place = fields.text("plats", texts.series_place(), texts, &mut errors);
    // The field is there only for workshops that use a round.
    let typed = fields.all("omgang").next();
    let round = match typed {
        None => known.round,
        Some("") => None,
        Some(id) => {
            let found = rounds.iter().any(|(known, _)| known == id);
            if !found {
                errors.add("omgang", texts.series_round_wrong());
            }
            id.parse::<RoundId>().ok().filter(|_| found)
        }
    };
    let dots = (fields.get("prickar").trim().parse().ok()).filter(|dots| (1..=20).contains(dots));
    if dots.is_none() {
        errors.add("prickar", texts.series_dots_wrong());
    }
    let approval = fields.get("slapp-in") == "ja";
    let right = errors.is_empty();
    let form = PlanForm {
        op: fields.get("op").to_owned(),
        title: fields.get("namn").to_owned(),
        date: fields.get("datum").to_owned(),
        start: fields.get("tid").to_owned(),
        place: fields.get("plats").to_owned(),
        approval,
        dots: fields.get("prickar").to_owned(),
        round: typed.unwrap_or_default().to_owned(),
        errors,
    };
    let plan = match (title, date, starts, dots) {
        (Some(title), Some(date), Some(starts), Some(dots)) if right => Some(Workshop {
            title,
            date,
            starts,
            place,
            round,
            approval,
            dots,
            series: known.series,
            // A plan leaves the agenda as it is by then.
            agenda: Vec::new(),
        }),
        _ => None,
    };
    (form, plan)
}

async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, of)): Path<(MappingId, WorkshopId)>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ReadWorkshops, Tab::Workshops)
        .await?;
    Ok(calendar::download(&room, vec![(of, workshop(&room, of)?)]))
}
