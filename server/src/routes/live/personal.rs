//! Joining with a personal survey link: whoever has one is known already.

use app::{
    document::Frame,
    pages::join::{self as pages, PersonalDoor},
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use domain::{ids::WorkshopId, mapping::Mapping, survey::Participant, workshop::Attendee};
use store::ParticipantLink;

use super::join::seat;
use crate::{
    error::Failure,
    form::Fields,
    link::Token,
    page::render,
    state::{App, new_id, now},
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/e/{token}/workshop", get(show).post(join))
}

/// Whose link it is.
async fn holder(app: &App, token: &str) -> Result<(Participant, Mapping), Failure> {
    match (app.store)
        .participant_by_token(Token::received(token).hash())
        .await?
    {
        ParticipantLink::Open {
            participant,
            mapping,
            ..
        }
        | ParticipantLink::Closed {
            participant,
            mapping,
            ..
        } => Ok((participant, mapping)),
        ParticipantLink::Removed => Err(Failure::Removed),
        ParticipantLink::Unknown => Err(Failure::SurveyLink),
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let (participant, mapping) = holder(&app, &token).await?;
    let state = app.store.map_state(mapping.id).await?;
    let open = (state.work.in_order().into_iter())
        .filter(|(id, _)| state.work.stage(*id).is_open())
        .map(|(id, workshop)| (id, workshop.title.to_string(), new_id().to_string()))
        .collect();
    let door = PersonalDoor {
        address: format!("/e/{token}/workshop"),
        name: participant.name.to_string(),
        municipalities: participant.municipalities,
        open,
    };
    let texts = visitor.texts_for(mapping.language);
    let frame = Frame {
        texts,
        bare: true,
        ..visitor.frame(&app, texts.join_personal_title())
    };
    Ok(render(StatusCode::OK, frame, move |frame| {
        pages::personal(frame.texts, &door)
    })
    .await)
}

/// Takes a seat in a workshop that is open; no code is needed.
async fn join(
    State(app): State<App>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (participant, mapping) = holder(&app, &token).await?;
    let op = fields.op()?;
    let workshop = WorkshopId::new(fields.id("workshop")?);
    let state = app.store.map_state(mapping.id).await?;
    let plan = (state.work.workshops.get(&workshop)).ok_or(Failure::NotFound)?;
    if !state.work.stage(workshop).is_open() {
        return Err(Failure::WorkshopCode);
    }
    let attendee = Attendee {
        id: app.key.new_seat(workshop, op),
        name: participant.name,
        occupation: participant.occupation,
        municipalities: participant.municipalities,
        account: None,
        participant: Some(participant.id),
        approved: !plan.approval,
        speaks: false,
        joined_at: now(),
        removed: false,
    };
    seat(&app, (mapping.id, workshop), attendee).await
}
