//! Survey rounds: the list, following one and closing it.

mod opening;
mod progress;

use app::{
    document::Tab,
    pages::rounds::{self as pages, RoundList, RoundRow},
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    ids::{MappingId, RoundId},
    map::Version,
    rights::Action,
    survey::{Progress, Round, RoundStatus},
};

use crate::{
    error::Failure,
    page::see_other,
    state::{App, now},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/omgangar", get(list))
        .route(
            "/k/{mapping}/omgangar/ny",
            get(opening::new).post(opening::open),
        )
        .route("/k/{mapping}/omgangar/{round}", get(progress::follow))
        .route("/k/{mapping}/omgangar/{round}/stang", post(close))
}

/// A round of this mapping.
///
/// # Errors
/// [`Failure::NotFound`] when there is none, or it is another mapping's.
pub(super) async fn of_mapping(room: &Room, id: RoundId) -> Result<Round, Failure> {
    let round = room.app.store.round(id).await?;
    (round.filter(|round| round.mapping == room.mapping.id)).ok_or(Failure::NotFound)
}

/// The version of the map that a round asks about.
///
/// # Errors
/// [`Failure::NotFound`] when the log has no such version.
pub(super) fn version<'a>(room: &'a Room, round: &Round) -> Result<&'a Version, Failure> {
    let version = room.state.version(round.version);
    version.map(AsRef::as_ref).ok_or(Failure::NotFound)
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ReadProgress, Tab::Rounds)
        .await?;
    let mut rounds = Vec::new();
    for round in app.store.rounds(id).await?.into_iter().rev() {
        let progress = app.store.progress(round.id).await?;
        rounds.push(RoundRow {
            invited: progress.len(),
            submitted: (progress.iter().filter(|row| is_submitted(row.1))).count(),
            round,
        });
    }
    let data = RoundList {
        mapping: id,
        rounds,
        ratified: !room.state.versions.is_empty(),
        may_manage: room.may(Action::ManageRounds),
        may_ratify: room.may(Action::RatifyMap),
    };
    let title = room.texts.round_list_title();
    Ok(room
        .page(title, move |frame| pages::list(frame.texts, &data))
        .await)
}

fn is_submitted(progress: Progress) -> bool {
    matches!(progress, Progress::Submitted { .. })
}

async fn close(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, round)): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ManageRounds, Tab::Rounds)
        .await?;
    let round = of_mapping(&room, round).await?;
    if round.status == RoundStatus::Open {
        app.store.close_round(round.id, now()).await?;
        room.record("round.close", &round.id.to_string()).await?;
    }
    Ok(see_other(room.address(format_args!(
        "/omgangar/{}?klart=stangd",
        round.id
    ))))
}
