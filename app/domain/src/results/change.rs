//! From one round to a later one: like with like, or nothing.

use std::collections::HashMap;

use super::{cell::CellValue, region::RegionResult};
use crate::{
    ids::CapabilityId,
    map::{Descent, Version, descent},
    municipality::Municipality,
};

/// How the levels changed between two rounds, over municipalities with a value in both (METHOD §4.8). What is
/// compared is the same capability with the same words; the difference of the two rounds' own means is nowhere here.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// One a capability of the later round that can be compared, in the order of the map.
    pub capabilities: Vec<CapabilityChange>,
    /// Capabilities of the later round that cannot be compared, with why.
    pub incomparable: Vec<(CapabilityId, Incomparable)>,
    /// Municipalities that have a value in both rounds on at least one of the capabilities.
    pub cohort: Vec<Municipality>,
}

/// Why a capability cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// It was not in the earlier round, or it was another capability then.
    New,
    /// The same capability, asked with other words.
    Reworded,
    /// No municipality has a value in both rounds.
    NobodyInBoth,
}

/// How one capability changed.
#[derive(Clone, Debug, PartialEq)]
pub struct CapabilityChange {
    /// Index into the later round's [`RegionResult::capabilities`].
    pub capability: usize,
    /// Municipalities in both rounds.
    pub pairs: usize,
    /// Nuläge.
    pub current: Shift,
    /// Börläge.
    pub target: Shift,
    /// Skillnad.
    pub gap: Shift,
}

/// Means of the same municipalities in both rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Their mean in the earlier round.
    pub earlier: f64,
    /// Their mean in the later round.
    pub later: f64,
    /// Municipalities that rose.
    pub rose: usize,
    /// Municipalities that fell.
    pub fell: usize,
}

impl Shift {
    /// Later less earlier.
    pub fn change(&self) -> f64 {
        self.later - self.earlier
    }

    fn of(pairs: &[(i8, i8)]) -> Self {
        let count = u32::try_from(pairs.len().max(1)).map_or(f64::MAX, f64::from);
        let mean = |which: fn(&(i8, i8)) -> i8| {
            pairs.iter().map(|pair| f64::from(which(pair))).sum::<f64>() / count
        };
        Self {
            earlier: mean(|pair| pair.0),
            later: mean(|pair| pair.1),
            rose: pairs.iter().filter(|(a, b)| b > a).count(),
            fell: pairs.iter().filter(|(a, b)| b < a).count(),
        }
    }
}

impl Change {
    /// The change from `earlier` to `later`, each with the version of the map that it asked about.
    pub fn between(earlier: (&Version, &RegionResult), later: (&Version, &RegionResult)) -> Self {
        let row_of: HashMap<CapabilityId, usize> = (earlier.1.capabilities.iter().enumerate())
            .map(|(row, capability)| (capability.id, row))
            .collect();
        let column_of: HashMap<Municipality, usize> = (earlier.1.municipalities.iter().enumerate())
            .map(|(column, municipality)| (*municipality, column))
            .collect();
        let mut in_both = vec![false; later.1.municipalities.len()];
        let mut change = Self {
            capabilities: Vec::new(),
            incomparable: Vec::new(),
            cohort: Vec::new(),
        };
        for (index, row) in later.1.capabilities.iter().enumerate() {
            let known = row_of.get(&row.id).copied();
            let before = match (descent(earlier.0, later.0, row.id), known) {
                (Some(Descent::Same), Some(before)) => before,
                (Some(Descent::Reworded), _) => {
                    change.incomparable.push((row.id, Incomparable::Reworded));
                    continue;
                }
                _ => {
                    change.incomparable.push((row.id, Incomparable::New));
                    continue;
                }
            };
            let before = &earlier.1.capabilities[before];
            let pairs: Vec<Option<(CellValue, CellValue)>> = (later.1.municipalities.iter())
                .zip(&row.cells)
                .map(|(municipality, cell)| {
                    let was = before.cells.get(*column_of.get(municipality)?)?.value;
                    (was.levels().is_some() && cell.value.levels().is_some())
                        .then_some((was, cell.value))
                })
                .collect();
            let both: Vec<_> = pairs.iter().flatten().collect();
            if both.is_empty() {
                change
                    .incomparable
                    .push((row.id, Incomparable::NobodyInBoth));
                continue;
            }
            for (column, pair) in pairs.iter().enumerate() {
                in_both[column] |= pair.is_some();
            }
            let shift = |number: fn(&CellValue) -> Option<i8>| {
                let numbers: Vec<_> = (both.iter())
                    .filter_map(|(was, is)| Some((number(was)?, number(is)?)))
                    .collect();
                Shift::of(&numbers)
            };
            let current = |value: &CellValue| value.number(super::Measure::Current);
            change.capabilities.push(CapabilityChange {
                capability: index,
                pairs: both.len(),
                current: shift(current),
                target: shift(|value| value.number(super::Measure::Target)),
                gap: shift(CellValue::gap),
            });
        }
        change.cohort = (later.1.municipalities.iter().zip(in_both))
            .filter_map(|(municipality, both)| both.then_some(*municipality))
            .collect();
        change
    }
}
