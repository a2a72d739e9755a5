//! What every page, chart and file about results is made from.

use std::sync::Arc;

use charts::Shown;
use domain::{
    map::{Contents, Version},
    mapping::Mapping,
    results::{Analysis, Change, Finding, RegionResult, Standing},
    survey::Round,
};

use super::filter::Filter;

/// One closed round, as it may be shown to whoever asks.
#[derive(Clone, Debug)]
pub struct Material {
    /// The mapping.
    pub mapping: Mapping,
    /// The round that is shown.
    pub round: Round,
    /// The version of the map it asked about.
    pub version: Arc<Version>,
    /// The map as it stands now, where owners and goals are mended.
    pub contents: Arc<Contents>,
    /// Its figures.
    pub analysis: Analysis,
    /// The closed round before it, and what has changed since; none for the first one.
    pub earlier: Option<Earlier>,
    /// What is weak in the material.
    pub findings: Arc<Vec<Finding>>,
    /// What is asked for.
    pub filter: Filter,
    /// The rows and columns that are shown: what is asked for, of what may be seen.
    pub shown: Shown,
}

/// The round before.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// Which.
    pub round: Round,
    /// What has changed.
    pub change: Arc<Change>,
}

impl Material {
    /// Levels, gaps and priorities.
    pub fn region(&self) -> &RegionResult {
        &self.analysis.region
    }

    /// Whether there are enough municipalities to speak of a region at all. Where there are not, only what is a
    /// municipality's own may be shown.
    pub fn regional(&self) -> bool {
        self.region().conditions.standing != Standing::OwnOnly
    }

    /// The column of the municipality that is asked for alone, if it may be shown.
    pub fn column(&self) -> Option<usize> {
        self.filter.column(self.region(), &self.shown)
    }
}
