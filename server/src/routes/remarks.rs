//! Comments and weaknesses from the survey, for those who lead the work.

use app::{document::Tab, pages::remarks as pages};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    ids::{MappingId, RoundId},
    rights::Action,
    survey::RoundStatus,
};

use super::rounds;
use crate::{error::Failure, state::App, visitor::Visitor};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/k/{mapping}/omgangar/{round}/kommentarer", get(show))
}

/// Nothing is shown while answers come in: who wrote what could be told from when it came.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((mapping, round)): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let room = (visitor.enter(&app, mapping, Action::ManageRounds, Tab::Rounds)).await?;
    let round = rounds::of_mapping(&room, round).await?;
    let contents = &rounds::version(&room, &round)?.contents;
    let open = round.status == RoundStatus::Open;
    let remarks = if open {
        Vec::new()
    } else {
        app.store.remarks(round.id).await?
    };
    let rows = (contents.active_in_order().into_iter())
        .map(|(id, capability)| pages::About {
            id,
            name: capability.draft.name.to_string(),
            remarks: (remarks.iter())
                .filter(|remark| remark.capability == id)
                .cloned()
                .collect(),
        })
        .filter(|about| !about.remarks.is_empty())
        .collect();
    let data = pages::Remarks {
        round_name: round.name.to_string(),
        mapping,
        round: round.id,
        open,
        rows,
    };
    let title = room.texts.remark_title();
    Ok(room
        .page(title, move |frame| pages::view(frame.texts, &data))
        .await)
}
