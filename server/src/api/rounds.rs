//! Closed rounds.

use app::components::date;
use axum::{
    Json,
    extract::{Path, State},
};
use domain::{ids::MappingId, rights::Action, survey};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::door::{Caller, Room};
use crate::{error::Failure, state::App};

/// The closed rounds of a mapping.
#[derive(Serialize, ToSchema)]
pub(super) struct Rounds {
    /// Oldest first. All that are closed: a round that takes answers has no results.
    rounds: Vec<Round>,
}

/// A survey over a ratified version of the map (omgång), closed.
#[derive(Serialize, ToSchema)]
pub(super) struct Round {
    /// Identifier.
    id: Uuid,
    /// 1, 2, 3 … within the mapping.
    #[schema(example = 1, minimum = 1)]
    number: u32,
    /// Its name.
    #[schema(example = "Nuläge 2026")]
    name: String,
    /// The version of the map it asked about.
    #[schema(example = 1, minimum = 1)]
    version: u32,
    /// The year the target level is meant for.
    #[schema(example = 2030)]
    target_year: u16,
    /// Fewest people for anything about how they answered to be told.
    #[schema(example = 6, minimum = 3, maximum = 10)]
    n_min: u8,
    /// The day it was closed, in Sweden.
    #[schema(example = "2026-11-02", format = Date)]
    closed_on: Option<String>,
}

impl From<&survey::Round> for Round {
    fn from(round: &survey::Round) -> Self {
        Self {
            id: round.id.uuid(),
            number: round.number,
            name: round.name.to_string(),
            version: round.version,
            target_year: round.target_year,
            n_min: round.n_min,
            closed_on: round.closed_at.map(date),
        }
    }
}

/// The closed rounds
#[utoipa::path(
    get,
    operation_id = "rounds",
    path = "/api/v1/mappings/{mapping}/rounds",
    tag = "results",
    params(("mapping" = Uuid, Path, description = "Which mapping")),
    responses((status = 200, description = "The rounds", body = Rounds))
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<MappingId>,
) -> Result<Json<Rounds>, Failure> {
    let room = Room::enter(&app, caller, id, Action::ReadResults).await?;
    let rounds = room.closed(&app).await?;
    Ok(Json(Rounds {
        rounds: rounds.iter().map(Round::from).collect(),
    }))
}
