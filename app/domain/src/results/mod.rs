//! From a round's answers and agreed levels to what directors read (METHOD: municipality first, then region).

mod analysis;
mod cell;
mod change;
mod collaboration;
mod conditions;
mod count;
mod coverage;
mod disclosure;
mod findings;
mod municipal;
mod proposal;
mod region;
mod spread;

pub use analysis::Analysis;
pub use cell::{Basis, Cell, CellValue, MIN_ANSWERS_FOR_VALUE, Measure};
pub use change::{CapabilityChange, Change, Incomparable, Shift};
pub use collaboration::{Collaboration, CollaborationKind, Scenario, scenarios};
pub use conditions::{Conditions, Missing};
pub use coverage::{Asked, CapabilityCoverage, Coverage, CoverageCell, Part, RoleTurnout, Turnout};
pub use findings::{Finding, FindingId, FindingKind, Subject, findings};
pub use municipal::{MunicipalResult, OwnLevel};

pub use crate::statistics::bounds::Standing;
pub use proposal::{EffectProposal, effect_proposals};
pub use region::{CapabilityResult, Ranked, RegionResult, RoundData, SEED, TOP};
pub use spread::{Bars, BetweenWithin, CapabilitySpread, Distribution, MunicipalSpread, Spread};
