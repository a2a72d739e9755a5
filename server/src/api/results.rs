//! A closed round's results.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{
    ids::{MappingId, RoundId},
    results::{self as figures, Basis, Cell, CellValue, RegionResult, SEED, Standing},
    rights::Action,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    door::{Caller, Room, is_regional},
    mappings::Place,
    mean, percent,
    rounds::Round,
};
use crate::{error::Failure, state::App};

/// A closed round's results.
#[derive(Serialize, ToSchema)]
pub(super) struct Results {
    /// The round.
    round: Round,
    /// Whether the mapping is invented.
    example: bool,
    /// What the figures rest on. Show it where you show them.
    conditions: Conditions,
    /// The municipalities whose levels the caller may see, in the order of every row of cells.
    municipalities: Vec<Place>,
    /// Capabilities in the order of the map.
    capabilities: Vec<Figures>,
    /// The priority list, first things first; empty with too few municipalities for a region.
    ranking: Vec<Ranked>,
    /// The seed of the resampling behind the intervals, so that anyone can repeat the sum.
    #[schema(example = 42)]
    seed: u64,
}

/// What the figures rest on.
#[derive(Serialize, ToSchema)]
pub(super) struct Conditions {
    /// How far the figures carry.
    standing: Carries,
    /// Municipalities of the mapping.
    #[schema(example = 14)]
    municipalities: usize,
    /// Codes of the municipalities with at least one value.
    #[schema(example = json!(["1492", "1460"]))]
    present: Vec<String>,
    /// The municipalities without.
    missing: Vec<Missing>,
    /// People asked.
    invited: usize,
    /// People who submitted.
    submitted: usize,
    /// Cells of the municipalities that are present.
    cells: usize,
    /// Cells with an agreed value (samlad bedömning).
    agreed_cells: usize,
    /// Cells whose value rests on answers alone (ej förankrad).
    unconfirmed_cells: usize,
    /// Capabilities without an effect on the goals, which have no place in the priority list.
    without_effect: usize,
    /// Capabilities where more than 30 per cent said vet ej.
    much_dont_know: Vec<Uuid>,
}

/// How far figures carry.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Carries {
    /// Too few municipalities: there are no regional figures.
    OwnOnly,
    /// A regional ranking marked "preliminär".
    Preliminary,
    /// A regional ranking.
    Regional,
}

/// A municipality without any value.
#[derive(Serialize, ToSchema)]
pub(super) struct Missing {
    /// Which.
    #[serde(flatten)]
    municipality: Place,
    /// How it takes part instead.
    #[schema(example = "deltar delvis")]
    participation: &'static str,
    /// In what way; may be empty.
    note: String,
}

/// A capability's figures.
#[derive(Serialize, ToSchema)]
pub(super) struct Figures {
    /// Identifier.
    id: Uuid,
    /// Its name in the ratified version.
    #[schema(example = "Digitalt bevarande")]
    name: String,
    /// "Förmåga att …".
    formulation: String,
    /// The area's name.
    area: Option<String>,
    /// Effect on the goals (effekt på mål).
    #[schema(minimum = 1, maximum = 5)]
    effect: Option<u8>,
    /// Figures of the region; null with too few municipalities for one.
    region: Option<Region>,
    /// One cell a municipality, in the order of `municipalities`.
    cells: Vec<Level>,
}

/// Figures of the region. Each municipality with a value counts once. Rounded as on the pages.
#[derive(Serialize, ToSchema)]
pub(super) struct Region {
    /// Municipalities with a value.
    with_value: usize,
    /// Municipalities whose target is above their current level.
    with_gap: usize,
    /// Municipalities whose target is below: they can support others.
    with_surplus: usize,
    /// Mean of the current levels.
    #[schema(example = 2.3, minimum = 1, maximum = 5)]
    mean_current: Option<f64>,
    /// Mean of the target levels.
    #[schema(example = 3.9, minimum = 1, maximum = 5)]
    mean_target: Option<f64>,
    /// Mean of target less current.
    #[schema(example = 1.6, minimum = -4, maximum = 4)]
    mean_gap: Option<f64>,
    /// Median of the current levels.
    #[schema(example = 2.0, minimum = 1, maximum = 5)]
    median_current: Option<f64>,
    /// Median of the target levels.
    #[schema(example = 4.0, minimum = 1, maximum = 5)]
    median_target: Option<f64>,
    /// The lowest and the highest current level.
    #[schema(example = json!([1, 4]), min_items = 2, max_items = 2)]
    range_current: Option<Vec<u8>>,
    /// The lowest and the highest target level.
    #[schema(example = json!([3, 5]), min_items = 2, max_items = 2)]
    range_target: Option<Vec<u8>>,
    /// Mean of what there is to close: max(0, target − current).
    #[schema(example = 1.7, minimum = 0, maximum = 4)]
    gap_to_close: Option<f64>,
    /// How low and how high `gap_to_close` could be if those without a value had one.
    #[schema(example = json!([1.3, 2.2]), min_items = 2, max_items = 2)]
    gap_to_close_bounds: Option<Vec<f64>>,
    /// Priority: `100·effect·gap_to_close/20`.
    #[schema(example = 34.0, minimum = 0, maximum = 100)]
    priority: Option<f64>,
    /// Per cent of those who answered that said vet ej; null when fewer than `n_min` people did.
    #[schema(example = 12.0, minimum = 0, maximum = 100)]
    dont_know_percent: Option<f64>,
}

/// What a municipality stands for on a capability, or why there is nothing.
#[derive(Serialize, ToSchema)]
pub(super) struct Level {
    /// Current level (nuläge).
    #[schema(example = 2, minimum = 1, maximum = 5)]
    current: Option<u8>,
    /// Target level (börläge).
    #[schema(example = 4, minimum = 1, maximum = 5)]
    target: Option<u8>,
    /// Target less current; negative means that the municipality can support others.
    #[schema(example = 2, minimum = -4, maximum = 4)]
    gap: Option<i8>,
    /// What the levels rest on.
    basis: Option<RestsOn>,
    /// Why there are no levels, in the symbols of Swedish statistics: `..` hidden, `.` not applicable, `-` missing.
    #[schema(example = "..")]
    symbol: Option<&'static str>,
}

/// What a municipality's levels rest on.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RestsOn {
    /// Samlad bedömning.
    Agreed,
    /// The lower median of the answers (ej förankrad).
    Answers,
}

/// A place in the priority list.
#[derive(Serialize, ToSchema)]
pub(super) struct Ranked {
    /// 1, 2, 3 …
    #[schema(example = 1, minimum = 1)]
    place: u32,
    /// Which capability.
    capability: Uuid,
    /// Neighbours with the same number cannot be told apart.
    #[schema(example = 0)]
    group: usize,
    /// 5–95 per cent interval of its place when respondents are resampled.
    #[schema(example = json!([1, 3]), min_items = 2, max_items = 2)]
    interval: Vec<u32>,
    /// The chance in per cent of being among the first five when respondents are resampled.
    #[schema(example = 97.0, minimum = 0, maximum = 100)]
    among_first_percent: f64,
}

impl From<&figures::Conditions> for Conditions {
    fn from(conditions: &figures::Conditions) -> Self {
        Self {
            standing: conditions.standing.into(),
            municipalities: conditions.total(),
            present: (conditions.present.iter())
                .map(ToString::to_string)
                .collect(),
            missing: (conditions.missing.iter())
                .map(|missing| Missing {
                    municipality: missing.municipality.into(),
                    participation: missing.participation.code(),
                    note: missing.note.to_string(),
                })
                .collect(),
            invited: conditions.invited,
            submitted: conditions.submitted,
            cells: conditions.cells,
            agreed_cells: conditions.agreed_cells,
            unconfirmed_cells: conditions.unconfirmed_cells,
            without_effect: conditions.without_effect,
            much_dont_know: if conditions.standing == Standing::OwnOnly {
                Vec::new()
            } else {
                conditions
                    .much_dont_know
                    .iter()
                    .map(|id| id.uuid())
                    .collect()
            },
        }
    }
}

impl From<Standing> for Carries {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::OwnOnly => Self::OwnOnly,
            Standing::Preliminary => Self::Preliminary,
            Standing::Regional => Self::Regional,
        }
    }
}

impl From<&Cell> for Level {
    fn from(cell: &Cell) -> Self {
        let levels = cell.value.levels();
        Self {
            current: levels.map(|(current, _)| current.get()),
            target: levels.map(|(_, target)| target.get()),
            gap: cell.value.gap(),
            basis: match cell.value {
                CellValue::Levels {
                    basis: Basis::Agreed,
                    ..
                } => Some(RestsOn::Agreed),
                CellValue::Levels {
                    basis: Basis::Answers,
                    ..
                } => Some(RestsOn::Answers),
                CellValue::NotApplicable | CellValue::Hidden | CellValue::Missing => None,
            },
            symbol: Some(cell.value.symbol()).filter(|symbol| !symbol.is_empty()),
        }
    }
}

impl From<&figures::CapabilityResult> for Region {
    fn from(row: &figures::CapabilityResult) -> Self {
        Self {
            with_value: row.with_value,
            with_gap: row.with_gap,
            with_surplus: row.with_surplus,
            mean_current: row.mean_current.map(mean),
            mean_target: row.mean_target.map(mean),
            mean_gap: row.mean_gap.map(mean),
            median_current: row.median_current.map(mean),
            median_target: row.median_target.map(mean),
            range_current: row.range_current.map(|(low, high)| vec![low, high]),
            range_target: row.range_target.map(|(low, high)| vec![low, high]),
            gap_to_close: row.gap_to_close.map(mean),
            gap_to_close_bounds: row.bounds.map(|(low, high)| vec![mean(low), mean(high)]),
            priority: (row.priority).map(|priority| charts::rounded(priority, 0)),
            dont_know_percent: row.dont_know_share.map(percent),
        }
    }
}

fn results(room: &Room, round: Round, result: &RegionResult) -> Results {
    let regional = is_regional(result);
    let shown: Vec<_> = (result.municipalities.iter().enumerate())
        .filter(|(_, municipality)| room.may_see(result, **municipality))
        .collect();
    Results {
        round,
        example: room.mapping.example,
        conditions: (&result.conditions).into(),
        municipalities: shown.iter().map(|(_, place)| (**place).into()).collect(),
        capabilities: (result.capabilities.iter())
            .map(|row| Figures {
                id: row.id.uuid(),
                name: row.name.to_string(),
                formulation: row.formulation.to_string(),
                area: row.area_name.as_ref().map(ToString::to_string),
                effect: row.effect,
                region: regional.then(|| row.into()),
                cells: shown
                    .iter()
                    .map(|(column, _)| (&row.cells[*column]).into())
                    .collect(),
            })
            .collect(),
        ranking: (result.ranking.iter())
            .filter(|_| regional)
            .map(|ranked| Ranked {
                place: ranked.place,
                capability: result.capabilities[ranked.capability].id.uuid(),
                group: ranked.group,
                interval: vec![ranked.interval.0, ranked.interval.1],
                among_first_percent: percent(ranked.among_first),
            })
            .collect(),
        seed: SEED,
    }
}

/// A closed round's levels, gaps and priorities
#[utoipa::path(
    get,
    operation_id = "results",
    path = "/api/v1/mappings/{mapping}/rounds/{round}/results",
    tag = "results",
    params(
        ("mapping" = Uuid, Path, description = "Which mapping"),
        ("round" = Uuid, Path, description = "Which closed round")
    ),
    responses((status = 200, description = "The results", body = Results))
)]
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    Path((id, round)): Path<(MappingId, RoundId)>,
) -> Result<Json<Results>, Failure> {
    let room = Room::enter(&app, caller, id, Action::ReadResults).await?;
    let round = room.round(&app, round).await?;
    let result = crate::results::of(&app, &room.mapping, &room.state, &round).await?;
    Ok(Json(results(&room, (&round).into(), &result)))
}
