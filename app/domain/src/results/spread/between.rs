//! Is it the municipality or the region that differs?

use super::Bars;
use crate::statistics::variance::{anova, kruskal_wallis};

/// How much of the difference between people's current levels lies between municipalities, rather than within them.
/// Made from shown distributions alone, so that it gives nothing else away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetweenWithin {
    /// ICC(1): how well one person's answer stands for the municipality, at most 1; 0 or below when people differ at
    /// least as much within municipalities as between them.
    pub icc: f64,
    /// ε² by Kruskal and Wallis, 0–1: the share of the variation of ranks that lies between municipalities.
    pub epsilon_squared: f64,
    /// Municipalities with a distribution of their own.
    pub municipalities: usize,
    /// People in them together, each once a municipality.
    pub people: u32,
}

impl BetweenWithin {
    /// None with fewer than two municipalities, or when everyone gave the same level.
    pub(super) fn of<'a>(shown: impl Iterator<Item = &'a Bars>) -> Option<Self> {
        let groups: Vec<Vec<u8>> = shown
            .map(|bars| {
                (1..)
                    .zip(bars.counts)
                    .flat_map(|(level, people)| (0..people).map(move |_| level))
                    .collect()
            })
            .collect();
        Some(Self {
            icc: anova(&groups)?.icc1?,
            epsilon_squared: kruskal_wallis(&groups)?.epsilon_squared,
            municipalities: groups.len(),
            people: u32::try_from(groups.iter().map(Vec::len).sum::<usize>()).ok()?,
        })
    }
}
