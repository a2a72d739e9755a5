//! One municipality against the region.

use std::cmp::Reverse;

use super::{
    cell::{Basis, CellValue},
    region::RegionResult,
};
use crate::municipality::Municipality;

/// One municipality's levels, with what the others stand for beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct MunicipalResult {
    /// Which.
    pub municipality: Municipality,
    /// Its column in every row of cells.
    pub column: usize,
    /// Its own largest gaps, largest first; where they are the same, the one with the greatest effect on the goals.
    pub gaps: Vec<OwnLevel>,
    /// Strengths to lend: where its target is below its current level, largest surplus first.
    pub strengths: Vec<OwnLevel>,
    /// Capabilities with a value.
    pub with_value: usize,
    /// Those of them that are agreed.
    pub agreed: usize,
}

/// What a municipality stands for on one capability, beside the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnLevel {
    /// Index into [`RegionResult::capabilities`].
    pub capability: usize,
    /// Nuläge, 1–5.
    pub current: u8,
    /// Börläge, 1–5.
    pub target: u8,
    /// What they rest on.
    pub basis: Basis,
    /// How many other municipalities have a gap here too.
    pub others_with_gap: usize,
    /// How many others can support: their target is below their current level.
    pub others_with_surplus: usize,
}

impl OwnLevel {
    /// Target less current, −4 to 4.
    pub fn gap(&self) -> i8 {
        self.target.cast_signed() - self.current.cast_signed()
    }
}

impl MunicipalResult {
    /// One municipality's part of a region's results; none when it does not belong to the mapping.
    pub fn of(region: &RegionResult, municipality: Municipality) -> Option<Self> {
        let column = (region.municipalities.iter()).position(|m| *m == municipality)?;
        let own: Vec<OwnLevel> = (region.capabilities.iter().enumerate())
            .filter_map(|(capability, row)| {
                let CellValue::Levels {
                    current,
                    target,
                    basis,
                } = row.cells.get(column)?.value
                else {
                    return None;
                };
                Some(OwnLevel {
                    capability,
                    current: current.get(),
                    target: target.get(),
                    basis,
                    others_with_gap: row.with_gap - usize::from(target > current),
                    others_with_surplus: row.with_surplus - usize::from(target < current),
                })
            })
            .collect();
        let effect = |own: &OwnLevel| region.capabilities[own.capability].effect;
        let mut gaps: Vec<_> = own.iter().copied().filter(|own| own.gap() > 0).collect();
        gaps.sort_by_key(|own| (Reverse(own.gap()), Reverse(effect(own)), own.capability));
        let mut strengths: Vec<_> = own.iter().copied().filter(|own| own.gap() < 0).collect();
        strengths.sort_by_key(|own| (own.gap(), Reverse(own.current), own.capability));
        Some(Self {
            municipality,
            column,
            gaps,
            strengths,
            with_value: own.len(),
            agreed: own.iter().filter(|own| own.basis == Basis::Agreed).count(),
        })
    }
}
