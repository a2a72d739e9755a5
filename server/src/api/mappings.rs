//! Mappings.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{
    ids::MappingId, mapping::Mapping as Stored, municipality::Municipality, rights::Action,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::door::{Caller, Room};
use crate::{error::Failure, state::App};

/// The mappings that the caller may read.
#[derive(Serialize, ToSchema)]
pub(super) struct Mappings {
    /// Real ones before examples, then in Swedish alphabetical order. All of them.
    mappings: Vec<Mapping>,
}

/// One run of the whole series with its municipalities (kartläggning).
#[derive(Serialize, ToSchema)]
pub(super) struct Mapping {
    /// Identifier.
    id: Uuid,
    /// Its name.
    #[schema(example = "Fyrbodal")]
    name: String,
    /// The period.
    #[schema(example = "2026–2027")]
    period: String,
    /// The language of its pages.
    #[schema(example = "sv")]
    language: &'static str,
    /// Whether it is invented, and readable without a key.
    example: bool,
    /// Its municipalities in Swedish alphabetical order.
    municipalities: Vec<Place>,
}

/// A municipality.
#[derive(Serialize, ToSchema)]
pub(super) struct Place {
    /// Four-digit code of Statistics Sweden.
    #[schema(example = "1492", pattern = "^[0-9]{4}$")]
    code: String,
    /// Name.
    #[schema(example = "Åmål")]
    name: &'static str,
}

impl From<Municipality> for Place {
    fn from(municipality: Municipality) -> Self {
        Self {
            code: municipality.to_string(),
            name: municipality.name(),
        }
    }
}

impl From<&Stored> for Mapping {
    fn from(mapping: &Stored) -> Self {
        Self {
            id: mapping.id.uuid(),
            name: mapping.name.to_string(),
            period: mapping.period.to_string(),
            language: mapping.language.code(),
            example: mapping.example,
            municipalities: (mapping.members.iter())
                .map(|member| member.municipality.into())
                .collect(),
        }
    }
}

/// The mappings that the key opens, with the examples
#[utoipa::path(
    get,
    operation_id = "mappings",
    path = "/api/v1/mappings",
    tag = "mappings",
    responses((status = 200, description = "Mappings", body = Mappings))
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<Mappings>, Failure> {
    let mappings = app.store.mappings().await?;
    Ok(Json(Mappings {
        mappings: (mappings.iter())
            .filter(|mapping| caller.may(Action::ReadMap, mapping))
            .map(Mapping::from)
            .collect(),
    }))
}

/// One mapping
#[utoipa::path(
    get,
    operation_id = "mapping",
    path = "/api/v1/mappings/{mapping}",
    tag = "mappings",
    params(("mapping" = Uuid, Path, description = "Which mapping")),
    responses((status = 200, description = "The mapping", body = Mapping))
)]
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<MappingId>,
) -> Result<Json<Mapping>, Failure> {
    let room = Room::enter(&app, caller, id, Action::ReadMap).await?;
    Ok(Json(Mapping::from(&room.mapping)))
}
