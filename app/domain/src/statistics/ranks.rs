//! Ranks where equals share their places, for the rank statistics.

use super::real;

/// Ranks of some values, least first and counted from one.
pub(super) struct Ranks {
    /// The rank of each value, in the order given; equal values have the mean of their
    /// places.
    pub(super) of: Vec<f64>,
    /// `Σ (t³ − t)` over groups of t equal values: the usual correction for ties.
    pub(super) ties: f64,
}

impl Ranks {
    /// Ranks the values. Not-a-number ranks as the greatest.
    pub(super) fn new(values: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        let mut of = vec![0.0; values.len()];
        let mut ties = 0.0;
        let mut before = 0.0;
        for equals in order.chunk_by(|&a, &b| values[a].total_cmp(&values[b]).is_eq()) {
            let size = real(equals.len());
            for &index in equals {
                of[index] = before + f64::midpoint(1.0, size);
            }
            ties += size.powi(3) - size;
            before += size;
        }
        Self { of, ties }
    }
}
