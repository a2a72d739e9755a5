//! What is weak in the material of a closed round.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{
    ids::{MappingId, RoundId},
    results::{Finding as Found, FindingKind, RegionResult, Subject, findings},
    rights::Action,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    door::{Caller, Room, is_regional},
    rounds::Round,
};
use crate::{error::Failure, state::App};

/// What is weak in the material of a closed round.
#[derive(Serialize, ToSchema)]
pub(super) struct Findings {
    /// The round.
    round: Round,
    /// Whether the mapping is invented.
    example: bool,
    /// By kind, then in the order of the map and of the municipalities. All of them.
    #[serde(rename = "findings")]
    list: Vec<Finding>,
}

/// A weakness in the material.
#[derive(Serialize, ToSchema)]
pub(super) struct Finding {
    /// What it is called for as long as it stands, in every round and file.
    #[schema(example = "utan-ägare:018f0d9e-7b1c-7cc0-8a7e-2f6d5c4b3a21")]
    id: String,
    /// What sort of weakness it is.
    #[schema(example = "utan-ägare")]
    kind: &'static str,
    /// The capability it is about.
    capability: Option<Uuid>,
    /// The goal it is about.
    goal: Option<Uuid>,
    /// Code of the municipality it is about.
    #[schema(example = "1492")]
    municipality: Option<String>,
    /// How much, where there is something to say: per cent of vet ej, agreement, levels or the mean gap, by kind.
    measure: Option<f64>,
}

impl From<&Found> for Finding {
    fn from(finding: &Found) -> Self {
        let (capability, goal, municipality) = match finding.id.subject {
            Subject::Capability(id) => (Some(id), None, None),
            Subject::Goal(id) => (None, Some(id), None),
            Subject::Municipality(place) => (None, None, Some(place)),
            Subject::Level(place, id) => (Some(id), None, Some(place)),
        };
        let decimals = match finding.id.kind {
            FindingKind::HighSpread => 2,
            FindingKind::NoInitiative => 1,
            _ => 0,
        };
        Self {
            id: finding.id.to_string(),
            kind: finding.id.kind.code(),
            capability: capability.map(domain::ids::CapabilityId::uuid),
            goal: goal.map(domain::ids::GoalId::uuid),
            municipality: municipality.map(|place| place.to_string()),
            measure: (finding.measure).map(|measure| charts::rounded(measure, decimals)),
        }
    }
}

/// With too few municipalities for a region, nothing is said of it, and of a municipality only to those who may see it.
fn may_be_told(room: &Room, result: &RegionResult, finding: &Found) -> bool {
    is_regional(result)
        || match finding.id.subject {
            Subject::Municipality(place) | Subject::Level(place, _) => room.may_see(result, place),
            Subject::Goal(_) => true,
            Subject::Capability(_) => matches!(
                finding.id.kind,
                FindingKind::NoOwner | FindingKind::NoGoal | FindingKind::NoEffect
            ),
        }
}

/// What is weak in the material of a closed round
#[utoipa::path(
    get,
    operation_id = "findings",
    path = "/api/v1/mappings/{mapping}/rounds/{round}/findings",
    tag = "results",
    params(
        ("mapping" = Uuid, Path, description = "Which mapping"),
        ("round" = Uuid, Path, description = "Which closed round")
    ),
    responses((status = 200, description = "The findings", body = Findings))
)]
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    Path((id, round)): Path<(MappingId, RoundId)>,
) -> Result<Json<Findings>, Failure> {
    let room = Room::enter(&app, caller, id, Action::ReadResults).await?;
    let round = room.round(&app, round).await?;
    let analysis = crate::results::analysis(&app, &room.mapping, &room.state, &round).await?;
    let found = findings(&analysis, &room.state.contents, &room.state.work);
    Ok(Json(Findings {
        round: (&round).into(),
        example: room.mapping.example,
        list: (found.iter())
            .filter(|finding| may_be_told(&room, &analysis.region, finding))
            .map(Finding::from)
            .collect(),
    }))
}
