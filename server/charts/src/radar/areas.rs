//! The levels of areas: means of their capabilities.

use domain::results::{CapabilityResult, RegionResult};

use crate::canvas::count;

/// An area's levels.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaMeans {
    /// Its name; none for capabilities without area.
    pub name: Option<String>,
    /// Its capabilities that have a value.
    pub capabilities: usize,
    /// Mean of their current levels, 1–5.
    pub current: Option<f64>,
    /// Mean of their target levels, 1–5.
    pub target: Option<f64>,
}

impl AreaMeans {
    /// The areas of these capabilities with means of their regional means, in the order of the map, those without area
    /// last. Each capability counts once, however many municipalities have a value.
    pub fn of(result: &RegionResult, capabilities: &[usize]) -> Vec<Self> {
        Self::all(result, capabilities, |capability| {
            capability.mean_current.zip(capability.mean_target)
        })
    }

    /// The same with one municipality's own levels; `column` is its place among the cells.
    pub fn of_municipality(
        result: &RegionResult,
        capabilities: &[usize],
        column: usize,
    ) -> Vec<Self> {
        Self::all(result, capabilities, |capability| {
            let (current, target) = capability.cells.get(column)?.value.levels()?;
            Some((f64::from(current.get()), f64::from(target.get())))
        })
    }

    /// Target less current, −4 to 4.
    pub fn gap(&self) -> Option<f64> {
        let (current, target) = self.current.zip(self.target)?;
        Some(target - current)
    }

    fn all(
        result: &RegionResult,
        capabilities: &[usize],
        levels: impl Fn(&CapabilityResult) -> Option<(f64, f64)>,
    ) -> Vec<Self> {
        let mut rows: Vec<usize> = (capabilities.iter().copied())
            .filter(|index| *index < result.capabilities.len())
            .collect();
        rows.sort_unstable();
        let rows = rows.into_iter().map(|index| &result.capabilities[index]);
        let mut areas: Vec<(Option<_>, Vec<&CapabilityResult>)> = Vec::new();
        for capability in rows {
            match areas.iter_mut().find(|(area, _)| *area == capability.area) {
                Some((_, members)) => members.push(capability),
                None => areas.push((capability.area, vec![capability])),
            }
        }
        areas.sort_by_key(|(area, _)| area.is_none());
        let means = areas.into_iter().map(|(_, members)| {
            let both: Vec<(f64, f64)> = (members.iter())
                .filter_map(|member| levels(member))
                .collect();
            let mean = |level: fn(&(f64, f64)) -> f64| {
                let sum: f64 = both.iter().map(level).sum();
                (!both.is_empty()).then(|| sum / count(both.len()))
            };
            Self {
                name: (members.first())
                    .and_then(|member| member.area_name.as_ref())
                    .map(ToString::to_string),
                capabilities: both.len(),
                current: mean(|(current, _)| *current),
                target: mean(|(_, target)| *target),
            }
        });
        means.collect()
    }
}
