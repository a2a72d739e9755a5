//! From a round's answers and agreed levels to what directors read (METHOD: municipality first, then region).

mod cell;
mod conditions;
mod coverage;
mod proposal;
mod region;
mod spread;

pub use cell::{Basis, Cell, CellValue, MIN_ANSWERS_FOR_VALUE, Measure};
pub use conditions::{Conditions, Missing};
pub use coverage::Asked;

pub use crate::statistics::bounds::Standing;
pub use proposal::{EffectProposal, effect_proposals};
pub use region::{CapabilityResult, Ranked, RegionResult, RoundData, SEED, TOP};
pub use spread::{Bars, CapabilitySpread, Distribution, Spread};
