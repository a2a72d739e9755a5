//! Free texts from the survey: screening them, and reading those that may be read.

use app::{
    document::Tab,
    pages::remarks::{self as pages, About, Remarks},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{MappingId, RemarkId, RoundId},
    map::Contents,
    rights::Action,
    survey::{Remark, Round, RoundStatus, Screening},
};

use store::StoreError;

use super::rounds;
use crate::{
    error::Failure,
    form::Fields,
    page::see_other,
    state::App,
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/omgangar/{round}/kommentarer", get(show))
        .route(
            "/k/{mapping}/omgangar/{round}/fritext",
            get(screening).post(screen),
        )
        .route("/k/{mapping}/omgangar/{round}/fritext/alla", post(show_all))
}

/// What others may read, when the round is closed.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round)): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let room = (visitor.enter(&app, mapping, Action::ReadResults, Tab::Results)).await?;
    let round = rounds::of_mapping(&room, round).await?;
    let remarks = match round.status {
        RoundStatus::Open => Vec::new(),
        RoundStatus::Closed => app.store.shown_remarks(round.id).await?,
    };
    let data = data(&room, &round, &remarks)?;
    let title = room.texts.remark_title();
    Ok(room
        .page(title, move |frame| pages::view(frame.texts, &data))
        .await)
}

/// Everything that has been written, for those who decide what others may read.
async fn screening(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round)): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let room = (visitor.enter(&app, mapping, Action::ManageRounds, Tab::Rounds)).await?;
    let round = rounds::of_mapping(&room, round).await?;
    // Nothing is shown while answers come in: who wrote what could be told from when it came.
    let remarks = match round.status {
        RoundStatus::Open => Vec::new(),
        RoundStatus::Closed => app.store.remarks(round.id).await?,
    };
    let data = data(&room, &round, &remarks)?;
    let title = room.texts.remark_screening_title();
    Ok(room
        .page(title, move |frame| pages::screening(frame.texts, &data))
        .await)
}

/// The texts by capability, in the order of the map.
fn data(room: &Room, round: &Round, remarks: &[Remark]) -> Result<Remarks, Failure> {
    let contents: &Contents = &rounds::version(room, round)?.contents;
    let rows = (contents.active_in_order().into_iter())
        .map(|(id, capability)| About {
            id,
            name: capability.draft.name.to_string(),
            remarks: (remarks.iter())
                .filter(|remark| remark.capability == id)
                .cloned()
                .collect(),
        })
        .filter(|about| !about.remarks.is_empty())
        .collect();
    Ok(Remarks {
        round_name: round.name.to_string(),
        mapping: room.mapping.id,
        round: round.id,
        open: round.status == RoundStatus::Open,
        may_screen: room.may(Action::ManageRounds),
        may_edit: room.may(Action::EditMap),
        rows,
    })
}

/// A closed round whose texts the visitor may screen.
async fn enter(
    app: &App,
    visitor: &Visitor,
    mapping: MappingId,
    round: RoundId,
) -> Result<(Room, Round), Failure> {
    let room = (visitor.enter(app, mapping, Action::ManageRounds, Tab::Rounds)).await?;
    let round = rounds::of_mapping(&room, round).await?;
    match round.status {
        RoundStatus::Open => Err(Failure::NotNow),
        RoundStatus::Closed => Ok((room, round)),
    }
}

fn back(room: &Room, round: &Round, done: &str) -> Response {
    see_other(room.address(format_args!("/omgangar/{}/fritext?klart={done}", round.id)))
}

/// Lets others read a text, or not. The same decision twice is one.
async fn screen(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round)): Path<(MappingId, RoundId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (room, round) = enter(&app, &visitor, mapping, round).await?;
    let id = RemarkId::new(fields.id("id")?);
    let (screening, done) = match Screening::from_code(fields.get("granskning")) {
        Some(Screening::Shown) => (Screening::Shown, "visas"),
        Some(Screening::Hidden) => (Screening::Hidden, "doljs"),
        Some(Screening::Waiting) | None => return Err(Failure::BadForm),
    };
    match app.store.screen_remark(round.id, id, screening).await {
        Ok(()) => {}
        Err(StoreError::NotFound) => return Err(Failure::NotFound),
        Err(error) => return Err(error.into()),
    }
    room.record("remark.screen", &format!("{id} {}", screening.code()))
        .await?;
    Ok(back(&room, &round, done))
}

/// Lets others read every text that waits.
async fn show_all(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round)): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let (room, round) = enter(&app, &visitor, mapping, round).await?;
    let shown = app.store.show_waiting_remarks(round.id).await?;
    if shown > 0 {
        room.record("remark.show_all", &format!("{} {shown}", round.id))
            .await?;
    }
    Ok(back(&room, &round, "alla-visas"))
}
