//! A round's results: cells, regional figures and the priority list.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    cell::{Basis, Cell, CellValue, MIN_ANSWERS_FOR_VALUE},
    conditions::Conditions,
    count::Counted,
    coverage::Asked,
};
use crate::{
    ids::{AreaId, CapabilityId, RoundId},
    map::{AgreedKey, AgreedLevel, CapabilityKind, Effect, EffectKey, Layer, Version},
    mapping::Member,
    municipality::Municipality,
    statistics::{
        self,
        bounds::worst_case_mean,
        location::median,
        priority::Sample,
        ranking::{REPLICATES, rank_stability},
    },
    survey::SubmittedAnswer,
    text::{AreaName, CapabilityName, Formulation},
};

/// The seed of the bootstrap; shown with the results, so that anyone can repeat the sum.
pub const SEED: u64 = 42;

/// How many places count as the first ones.
pub const TOP: usize = 5;

/// Everything a round's results are made from.
#[derive(Clone, Copy, Debug)]
pub struct RoundData<'a> {
    /// The round.
    pub round: RoundId,
    /// The version of the map it asked about.
    pub version: &'a Version,
    /// The mapping's municipalities in the order of the tables.
    pub members: &'a [Member],
    /// Fewest people who must have answered for anything about how they answered to be shown.
    pub n_min: u8,
    /// What was submitted.
    pub answers: &'a [SubmittedAnswer],
    /// People asked.
    pub invited: usize,
    /// People who submitted.
    pub submitted: usize,
    /// Respondents that may be the same people again: a confidential round keeps a person's answers in parts, one a
    /// municipality, and cannot tell whose they are. So many are taken off wherever `n_min` is asked for.
    pub repeated: u32,
    /// Those who were asked, in any order; what is said of who has answered is empty without them.
    pub people: &'a [Asked],
    /// Agreed levels, of this round and others.
    pub agreed: &'a BTreeMap<AgreedKey, AgreedLevel>,
    /// Effects on goals, of this round and others.
    pub effects: &'a BTreeMap<EffectKey, Effect>,
}

/// One capability's figures. Regional ones count each municipality with a value once.
#[derive(Clone, Debug, PartialEq)]
pub struct CapabilityResult {
    /// Which.
    pub id: CapabilityId,
    /// Its name in the ratified version.
    pub name: CapabilityName,
    /// "Förmåga att …".
    pub formulation: Formulation,
    /// Its type.
    pub kind: CapabilityKind,
    /// Its layers.
    pub layers: BTreeSet<Layer>,
    /// Its area.
    pub area: Option<AreaId>,
    /// The area's name.
    pub area_name: Option<AreaName>,
    /// One cell a municipality, in the order of the members.
    pub cells: Vec<Cell>,
    /// Effekt på mål, 1–5.
    pub effect: Option<u8>,
    /// Municipalities with a value.
    pub with_value: usize,
    /// Municipalities whose target is above their current level.
    pub with_gap: usize,
    /// Municipalities whose target is below: they can support others.
    pub with_surplus: usize,
    /// Median of the municipalities' current levels, 1–5; may lie half-way between two.
    pub median_current: Option<f64>,
    /// Median of their target levels, 1–5.
    pub median_target: Option<f64>,
    /// The lowest and the highest of their current levels.
    pub range_current: Option<(u8, u8)>,
    /// The lowest and the highest of their target levels.
    pub range_target: Option<(u8, u8)>,
    /// Mean of the municipalities' current levels, 1–5.
    pub mean_current: Option<f64>,
    /// Mean of their target levels, 1–5.
    pub mean_target: Option<f64>,
    /// Mean of target less current, −4 to 4.
    pub mean_gap: Option<f64>,
    /// Mean of what there is to close, max(0, target − current), 0–4: the part that the priority is made of.
    pub gap_to_close: Option<f64>,
    /// How low and how high [`Self::gap_to_close`] could be if those without a value had one: each between 0 and 4, for
    /// all municipalities of the mapping but those for which the capability is not applicable (METHOD §4.6).
    pub bounds: Option<(f64, f64)>,
    /// `100·P/(5·4)` with `P = effect · gap_to_close`; 0–100.
    pub priority: Option<f64>,
    /// Share of those who answered that said vet ej on the current level, 0–1; none when fewer than `n_min` people did.
    pub dont_know_share: Option<f64>,
}

/// A place in the priority list.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Index into [`RegionResult::capabilities`].
    pub capability: usize,
    /// 1, 2, 3 …
    pub place: u32,
    /// The group of neighbours that cannot be told apart (kan inte skiljas åt), from 0; alone in its group when it can.
    pub group: usize,
    /// 5–95 % interval of its place under resampling of respondents.
    pub interval: (u32, u32),
    /// The chance of being among the first [`TOP`] under resampling, 0–1, in steps of 0.01.
    pub among_first: f64,
}

/// A round's results.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionResult {
    /// The municipalities, in the order of every row of cells.
    pub municipalities: Vec<Municipality>,
    /// Capabilities in the order of the map.
    pub capabilities: Vec<CapabilityResult>,
    /// The priority list, first things first; without those that have no priority.
    pub ranking: Vec<Ranked>,
    /// What it all rests on.
    pub conditions: Conditions,
}

impl RegionResult {
    /// Adds a round up. Linear in the number of answers and of cells.
    pub fn aggregate(data: &RoundData<'_>) -> Self {
        Self::from_counted(data, &Counted::of(data))
    }

    /// The same from answers that are counted already.
    pub(super) fn from_counted(data: &RoundData<'_>, counted: &Counted) -> Self {
        let contents = &data.version.contents;
        let active = contents.active_in_order();
        let capabilities: Vec<_> = (active.iter().zip(&counted.rows))
            .map(|((id, capability), row)| {
                let effect = data.effects.get(&EffectKey {
                    round: data.round,
                    capability: *id,
                });
                let area = capability.draft.area;
                let mut result = CapabilityResult {
                    id: *id,
                    name: capability.draft.name.clone(),
                    formulation: capability.draft.formulation.clone(),
                    kind: capability.draft.kind,
                    layers: capability.draft.layers.clone(),
                    area,
                    area_name: area
                        .and_then(|area| contents.areas.get(&area))
                        .map(|area| area.name.clone()),
                    cells: row.cells.clone(),
                    effect: effect.map(|effect| effect.0.get()),
                    with_value: 0,
                    with_gap: 0,
                    with_surplus: 0,
                    median_current: None,
                    median_target: None,
                    range_current: None,
                    range_target: None,
                    bounds: None,
                    mean_current: None,
                    mean_target: None,
                    mean_gap: None,
                    gap_to_close: None,
                    priority: None,
                    dont_know_share: row.dont_know_share(),
                };
                result.add_up();
                result
            })
            .collect();
        let conditions = Conditions::new(data.members, &capabilities, data.invited, data.submitted);
        let ranking = rank(&capabilities, counted);
        Self {
            municipalities: data.members.iter().map(|m| m.municipality).collect(),
            capabilities,
            ranking,
            conditions,
        }
    }

    /// The cell of one capability and municipality.
    pub fn cell(&self, capability: CapabilityId, municipality: Municipality) -> Option<&Cell> {
        let column = self
            .municipalities
            .iter()
            .position(|m| *m == municipality)?;
        let row = self.capabilities.iter().find(|c| c.id == capability)?;
        row.cells.get(column)
    }
}

impl CapabilityResult {
    fn add_up(&mut self) {
        let (currents, targets): (Vec<u8>, Vec<u8>) = (self.cells.iter())
            .filter_map(|cell| cell.value.levels())
            .map(|(current, target)| (current.get(), target.get()))
            .unzip();
        let range = |levels: &[u8]| {
            levels
                .iter()
                .copied()
                .min()
                .zip(levels.iter().copied().max())
        };
        self.median_current = median(&currents);
        self.median_target = median(&targets);
        self.range_current = range(&currents);
        self.range_target = range(&targets);
        let levels: Vec<(f64, f64)> = (currents.iter().zip(&targets))
            .map(|(current, target)| (f64::from(*current), f64::from(*target)))
            .collect();
        self.with_value = levels.len();
        self.with_gap = levels
            .iter()
            .filter(|(current, target)| target > current)
            .count();
        self.with_surplus = levels
            .iter()
            .filter(|(current, target)| target < current)
            .count();
        let mean = |value: fn(&(f64, f64)) -> f64| mean(levels.iter().map(value));
        self.mean_current = mean(|(current, _)| *current);
        self.mean_target = mean(|(_, target)| *target);
        self.mean_gap = mean(|(current, target)| target - current);
        self.gap_to_close = mean(|(current, target)| (target - current).max(0.0));
        let applicable = (self.cells.iter())
            .filter(|cell| cell.value != CellValue::NotApplicable)
            .count();
        let to_close: Vec<f64> = (levels.iter())
            .map(|(current, target)| (target - current).max(0.0))
            .collect();
        self.bounds = worst_case_mean(&to_close, applicable, (0.0, 4.0));
        self.priority = (self.effect.zip(self.gap_to_close))
            .map(|(effect, gap)| 100.0 * f64::from(effect) * gap / 20.0);
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let count = u32::try_from(values.len())
        .ok()
        .filter(|count| *count > 0)?;
    Some(values.sum::<f64>() / f64::from(count))
}

/// The order of priority and how sure it is: a bootstrap of respondents within municipality.
fn rank(capabilities: &[CapabilityResult], counted: &Counted) -> Vec<Ranked> {
    let municipalities = (counted.ballots.iter().enumerate())
        .map(|(column, ballots)| {
            // One or two people's answers move nothing, whether their municipality has agreed or not; nor do those of a
            // municipality that has agreed that the capability is not applicable, which no figure counts either.
            let told: Vec<bool> = (capabilities.iter().zip(&counted.rows))
                .map(|(capability, row)| {
                    capability.cells[column].value.levels().is_some()
                        && row.groups[column].all.rated() >= MIN_ANSWERS_FOR_VALUE
                })
                .collect();
            statistics::priority::Municipality {
                agreed: (capabilities.iter())
                    .map(|capability| match capability.cells[column].value {
                        CellValue::Levels {
                            current,
                            target,
                            basis: Basis::Agreed,
                        } => Some((current.get(), target.get())),
                        _ => None,
                    })
                    .collect(),
                answers: (ballots.iter())
                    .flat_map(|(_, ballot)| {
                        ballot
                            .iter()
                            .zip(&told)
                            .map(|(pair, told)| told.then_some(*pair).unwrap_or_default())
                    })
                    .collect(),
            }
        })
        .collect();
    let sample = Sample {
        effects: (capabilities.iter())
            .map(|capability| capability.effect.map(f64::from))
            .collect(),
        municipalities,
    };
    let stability = rank_stability(&sample, REPLICATES, SEED, TOP);
    let mut place = 0;
    (stability.groups().iter().enumerate())
        .flat_map(|(group, members)| members.iter().map(move |capability| (group, *capability)))
        .map(|(group, capability)| {
            place += 1;
            let rank = stability.ranks[capability];
            Ranked {
                capability,
                place,
                group,
                interval: rank.map_or((place, place), |rank| rank.interval),
                // In whole per cent, as it is told: more would only help who guesses at answers and repeats the sum.
                among_first: rank.map_or(0.0, |rank| (rank.p_top_k * 100.0).round() / 100.0),
            }
        })
        .collect()
}
