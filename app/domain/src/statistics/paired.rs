//! Change between two rounds, like with like.

use super::{location::mean, real};

/// How one capability changed between two rounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedChange {
    /// Municipalities with a value in both rounds.
    pub pairs: usize,
    /// The mean of their own changes (later − earlier).
    pub mean: f64,
    /// The difference of the two rounds' means over whoever took part in each. Shown
    /// only to explain why it is not used: when the weakest drop out it looks like
    /// progress.
    pub naive: f64,
    /// Municipalities that rose.
    pub improved: usize,
    /// Municipalities that fell.
    pub worsened: usize,
}

/// The change of one capability from `(earlier, later)` of each municipality, over those
/// present in both rounds (a paired, or complete-case, comparison).
///
/// Compare only the same version of the same capability. A municipality missing in a
/// round is `None` there. No municipality in both rounds: `None`.
pub fn paired_change(rounds: &[(Option<f64>, Option<f64>)]) -> Option<PairedChange> {
    let changes: Vec<f64> = rounds
        .iter()
        .filter_map(|&(earlier, later)| Some(later? - earlier?))
        .collect();
    let earlier: Vec<f64> = rounds.iter().filter_map(|round| round.0).collect();
    let later: Vec<f64> = rounds.iter().filter_map(|round| round.1).collect();
    Some(PairedChange {
        pairs: changes.len(),
        mean: changes.iter().sum::<f64>() / real(changes.len().max(1)),
        naive: mean(&later)? - mean(&earlier)?,
        improved: changes.iter().filter(|&&change| change > 0.0).count(),
        worsened: changes.iter().filter(|&&change| change < 0.0).count(),
    })
    .filter(|change| change.pairs > 0)
}
