//! Everything that may be said about one closed round.

use std::sync::Arc;

use super::{
    count::Counted,
    coverage::Coverage,
    region::{RegionResult, RoundData},
    spread::Spread,
};
use crate::ids::RoundId;

/// All figures of a closed round, with what is too small to be shown already hidden: pages, charts, files and the API
/// are made from this and from nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The round.
    pub round: RoundId,
    /// Fewest people for anything about how they answered.
    pub n_min: u8,
    /// Levels, gaps and priorities.
    pub region: Arc<RegionResult>,
    /// How the answers spread.
    pub spread: Arc<Spread>,
    /// Who has answered, and what each value rests on.
    pub coverage: Arc<Coverage>,
}

impl Analysis {
    /// Adds a round up. Linear in the number of answers and of cells.
    pub fn of(data: &RoundData<'_>) -> Self {
        let counted = Counted::of(data);
        Self {
            round: data.round,
            n_min: data.n_min,
            region: Arc::new(RegionResult::from_counted(data, &counted)),
            spread: Arc::new(Spread::from_counted(data, &counted)),
            coverage: Arc::new(Coverage::from_counted(data, &counted)),
        }
    }
}
