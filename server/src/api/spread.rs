//! How the answers of a closed round spread.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{
    ids::{MappingId, RoundId},
    level::Level,
    results::{self as figures, CapabilitySpread},
    rights::Action,
    statistics::{agreement::AgreementLabel, suppression::GroupSize},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    door::{Caller, Room, is_regional},
    percent,
    rounds::Round,
};
use crate::{error::Failure, state::App};

/// How the answers of a closed round spread over the region.
#[derive(Serialize, ToSchema)]
pub(super) struct Spread {
    /// The round.
    round: Round,
    /// Whether the mapping is invented.
    example: bool,
    /// The lowest agreement first; empty with too few municipalities for a region.
    capabilities: Vec<Spreading>,
}

/// How the answers about one capability spread.
#[derive(Serialize, ToSchema)]
pub(super) struct Spreading {
    /// Which capability.
    id: Uuid,
    /// Its name in the ratified version.
    #[schema(example = "Digitalt bevarande")]
    name: String,
    /// Current level (nuläge).
    current: Distribution,
    /// Target level (börläge).
    target: Distribution,
    /// Per cent of the answers that said vet ej on the current level; null when fewer than `n_min` people answered.
    #[schema(example = 12.0, minimum = 0, maximum = 100)]
    dont_know_percent: Option<f64>,
}

/// People's levels on one question.
#[derive(Serialize, ToSchema)]
pub(super) struct Distribution {
    /// How many people gave a level: the number, or the class of a small group, such as `1–5`; `-` for nobody.
    #[schema(example = "17")]
    people: String,
    /// People on each level, 1 first; null for a small group.
    #[schema(example = json!([2, 6, 5, 3, 1]), min_items = 5, max_items = 5)]
    counts: Option<Vec<u32>>,
    /// First quartile, median and third quartile; null for a small group.
    #[schema(example = json!([2, 3, 3]), min_items = 3, max_items = 3)]
    quartiles: Option<Vec<u8>>,
    /// Agreement A (van der Eijk): −1 two camps, 0 uniform, 1 the same.
    #[schema(example = 0.42, minimum = -1, maximum = 1)]
    agreement: Option<f64>,
    /// What the agreement is called.
    agreement_label: Option<Agreement>,
    /// `..` where the distribution is hidden, `-` where nobody answered.
    #[schema(example = "..")]
    symbol: Option<&'static str>,
}

/// What an agreement is called.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Agreement {
    /// Delade meningar.
    Divided,
    /// Olika syn.
    Differing,
    /// Ganska lika.
    FairlyAlike,
    /// Samsyn.
    Shared,
}

impl From<AgreementLabel> for Agreement {
    fn from(label: AgreementLabel) -> Self {
        match label {
            AgreementLabel::Divided => Self::Divided,
            AgreementLabel::Differing => Self::Differing,
            AgreementLabel::FairlyAlike => Self::FairlyAlike,
            AgreementLabel::Shared => Self::Shared,
        }
    }
}

impl From<&figures::Distribution> for Distribution {
    fn from(distribution: &figures::Distribution) -> Self {
        let bars = distribution.bars.as_ref();
        Self {
            people: distribution.people.to_string(),
            counts: bars.map(|bars| bars.counts.to_vec()),
            quartiles: bars.map(|bars| bars.quartiles.map(Level::get).to_vec()),
            agreement: bars.map(|bars| charts::rounded(bars.agreement, 2)),
            agreement_label: bars.and_then(|bars| bars.label).map(Agreement::from),
            symbol: match (bars, distribution.people) {
                (Some(_), _) => None,
                (None, GroupSize::Nobody) => Some("-"),
                (None, _) => Some(".."),
            },
        }
    }
}

impl From<&CapabilitySpread> for Spreading {
    fn from(capability: &CapabilitySpread) -> Self {
        Self {
            id: capability.id.uuid(),
            name: capability.name.to_string(),
            current: (&capability.current).into(),
            target: (&capability.target).into(),
            dont_know_percent: capability.dont_know_share.map(percent),
        }
    }
}

/// How the answers of a closed round spread
#[utoipa::path(
    get,
    operation_id = "spread",
    path = "/api/v1/mappings/{mapping}/rounds/{round}/spread",
    tag = "results",
    params(
        ("mapping" = Uuid, Path, description = "Which mapping"),
        ("round" = Uuid, Path, description = "Which closed round")
    ),
    responses((status = 200, description = "Distributions and agreement", body = Spread))
)]
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    Path((id, round)): Path<(MappingId, RoundId)>,
) -> Result<Json<Spread>, Failure> {
    let room = Room::enter(&app, caller, id, Action::ReadResults).await?;
    let round = room.round(&app, round).await?;
    let analysis = crate::results::analysis(&app, &room.mapping, &room.state, &round).await?;
    Ok(Json(Spread {
        round: (&round).into(),
        example: room.mapping.example,
        capabilities: (analysis.spread.capabilities.iter())
            .filter(|_| is_regional(&analysis.region))
            .map(Spreading::from)
            .collect(),
    }))
}
