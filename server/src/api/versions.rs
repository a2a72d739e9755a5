//! Ratified versions of the map.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{ids::MappingId, level::Level, map, rights::Action};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::door::{Caller, Room};
use crate::{error::Failure, state::App};

/// The ratified versions of a map.
#[derive(Serialize, ToSchema)]
pub(super) struct Versions {
    /// Oldest first. All of them.
    versions: Vec<Version>,
}

/// A numbered, locked version of the map.
#[derive(Serialize, ToSchema)]
pub(super) struct Version {
    /// 1, 2, 3 …
    #[schema(example = 1, minimum = 1)]
    number: u32,
    /// The day of the decision.
    #[schema(example = "2026-03-17", format = Date)]
    date: String,
    /// The deciding body.
    #[schema(example = "Styrgruppen")]
    decided_by: String,
}

/// What stands in a version of the map.
#[derive(Serialize, ToSchema)]
pub(super) struct MapVersion {
    /// Which version.
    version: Version,
    /// Goals: national first.
    goals: Vec<Goal>,
    /// Areas in their order.
    areas: Vec<Area>,
    /// Capabilities in the order of the map.
    capabilities: Vec<Capability>,
    /// Weaknesses.
    weaknesses: Vec<Weakness>,
}

/// A goal (mål) in the tree national, regional, local.
#[derive(Serialize, ToSchema)]
pub(super) struct Goal {
    /// Identifier.
    id: Uuid,
    /// `nationell`, `regional` or `lokal`.
    #[schema(example = "regional")]
    level: &'static str,
    /// The goal it serves.
    parent: Option<Uuid>,
    /// The goal in one sentence.
    title: String,
    /// More about it.
    description: String,
    /// Code of the municipality whose goal it is, when local.
    municipality: Option<String>,
}

/// A group of capabilities (område).
#[derive(Serialize, ToSchema)]
pub(super) struct Area {
    /// Identifier.
    id: Uuid,
    /// Its name.
    #[schema(example = "Digital infrastruktur")]
    name: String,
    /// What belongs there.
    description: String,
}

/// A capability (förmåga).
#[derive(Serialize, ToSchema)]
pub(super) struct Capability {
    /// Identifier, the same in every version.
    id: Uuid,
    /// A noun.
    #[schema(example = "Digitalt bevarande")]
    name: String,
    /// "Förmåga att …".
    formulation: String,
    /// More about it.
    description: String,
    /// `styrande`, `verksamhet` or `stödjande`.
    #[schema(example = "stödjande")]
    kind: &'static str,
    /// Layers of interoperability: `rättslig`, `organisatorisk`, `semantisk`, `teknisk`.
    layers: Vec<&'static str>,
    /// Its area.
    area: Option<Uuid>,
    /// Goals it supports.
    goals: Vec<Uuid>,
    /// Its own words for the levels 1–5; null where the scale's words do.
    #[schema(min_items = 5, max_items = 5)]
    levels: Vec<Option<String>>,
    /// A role or a unit that answers for it; may be empty.
    owner: String,
}

/// A weakness (oförmåga).
#[derive(Serialize, ToSchema)]
pub(super) struct Weakness {
    /// Identifier.
    id: Uuid,
    /// What does not work.
    name: String,
    /// More about it.
    description: String,
    /// `kompetens`, `arbetssätt`, `information`, `teknik`, `resurs` or `juridik`.
    #[schema(example = "resurs")]
    kind: &'static str,
    /// The capability it holds back.
    capability: Option<Uuid>,
}

impl From<&map::Version> for Version {
    fn from(version: &map::Version) -> Self {
        Self {
            number: version.number,
            date: version.date.to_string(),
            decided_by: version.decided_by.to_string(),
        }
    }
}

impl From<&map::Version> for MapVersion {
    fn from(version: &map::Version) -> Self {
        let contents = &version.contents;
        let mut goals: Vec<_> = contents.goals.iter().collect();
        goals.sort_by_key(|(id, goal)| (goal.level, **id));
        Self {
            version: version.into(),
            goals: (goals.into_iter())
                .map(|(id, goal)| Goal {
                    id: id.uuid(),
                    level: goal.level.code(),
                    parent: goal.parent.map(domain::ids::GoalId::uuid),
                    title: goal.title.to_string(),
                    description: goal.description.to_string(),
                    municipality: goal.municipality.map(|place| place.to_string()),
                })
                .collect(),
            areas: (contents.areas_in_order().into_iter())
                .map(|(id, area)| Area {
                    id: id.uuid(),
                    name: area.name.to_string(),
                    description: area.description.to_string(),
                })
                .collect(),
            capabilities: (contents.active_in_order().into_iter())
                .map(|(id, capability)| Capability::new(id.uuid(), &capability.draft))
                .collect(),
            weaknesses: (contents.weaknesses.iter())
                .map(|(id, weakness)| Weakness {
                    id: id.uuid(),
                    name: weakness.name.to_string(),
                    description: weakness.description.to_string(),
                    kind: weakness.kind.code(),
                    capability: weakness.capability.map(domain::ids::CapabilityId::uuid),
                })
                .collect(),
        }
    }
}

impl Capability {
    fn new(id: Uuid, draft: &map::CapabilityDraft) -> Self {
        Self {
            id,
            name: draft.name.to_string(),
            formulation: draft.formulation.to_string(),
            description: draft.description.to_string(),
            kind: draft.kind.code(),
            layers: draft.layers.iter().map(|layer| layer.code()).collect(),
            area: draft.area.map(domain::ids::AreaId::uuid),
            goals: draft.goals.iter().map(|goal| goal.uuid()).collect(),
            levels: (Level::ALL.into_iter())
                .map(|level| draft.anchors.get(level).map(ToString::to_string))
                .collect(),
            owner: draft.owner.to_string(),
        }
    }
}

/// The ratified versions of the map
#[utoipa::path(
    get,
    operation_id = "versions",
    path = "/api/v1/mappings/{mapping}/versions",
    tag = "map",
    params(("mapping" = Uuid, Path, description = "Which mapping")),
    responses((status = 200, description = "The versions", body = Versions))
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<MappingId>,
) -> Result<Json<Versions>, Failure> {
    let room = Room::enter(&app, caller, id, Action::ReadMap).await?;
    let versions = room.state.versions.iter();
    Ok(Json(Versions {
        versions: versions.map(|version| version.as_ref().into()).collect(),
    }))
}

/// What stands in one version of the map
#[utoipa::path(
    get,
    operation_id = "version",
    path = "/api/v1/mappings/{mapping}/versions/{number}",
    tag = "map",
    params(
        ("mapping" = Uuid, Path, description = "Which mapping"),
        ("number" = u32, Path, description = "Which version", example = 1, minimum = 1)
    ),
    responses((status = 200, description = "The map", body = MapVersion))
)]
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    Path((id, number)): Path<(MappingId, u32)>,
) -> Result<Json<MapVersion>, Failure> {
    let room = Room::enter(&app, caller, id, Action::ReadMap).await?;
    Ok(Json(room.version(number)?.as_ref().into()))
}
