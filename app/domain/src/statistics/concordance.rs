//! Whether raters put things in the same order: Kendall's W.

use super::{ranks::Ranks, real};

/// Kendall's coefficient of concordance with its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Concordance {
    /// W corrected for ties: 0, no common order; 1, the same order from everyone.
    pub w: f64,
    /// W as if there were no ties; never greater than `w`.
    pub w_uncorrected: f64,
    /// S, the sum of squared deviations of the rank sums from their mean.
    pub deviation: f64,
    /// T = Σ (t³ − t) over the groups of ties of every rater.
    pub ties: f64,
    /// The sum of ranks of each item; the item rated highest has the greatest.
    pub rank_sums: Vec<f64>,
    /// `m·(n−1)·W`, approximately chi-squared when the raters have nothing in common.
    pub chi_squared: f64,
    /// Degrees of freedom of `chi_squared`: items − 1.
    pub degrees_of_freedom: usize,
}

/// Kendall's W with correction for ties (Kendall & Babington Smith, 1939):
/// `12·S / (m²(n³−n) − m·T)` for m raters and n items.
///
/// `ratings` has one row per rater and one column per item; take only raters who rated
/// every item. Fewer than two raters or items, rows of different lengths, or raters who
/// all rate everything alike (no order to agree on): `None`.
pub fn kendall_w<T: Copy + Into<f64>>(ratings: &[Vec<T>]) -> Option<Concordance> {
    let items = ratings.first()?.len();
    if ratings.len() < 2 || items < 2 || ratings.iter().any(|row| row.len() != items) {
        return None;
    }
    let mut rank_sums = vec![0.0; items];
    let mut ties = 0.0;
    for row in ratings {
        let row: Vec<f64> = row.iter().map(|&rating| rating.into()).collect();
        let ranks = Ranks::new(&row);
        ties += ranks.ties;
        for (sum, rank) in rank_sums.iter_mut().zip(ranks.of) {
            *sum += rank;
        }
    }
    let (m, n) = (real(ratings.len()), real(items));
    let mean = m * f64::midpoint(n, 1.0);
    let deviation: f64 = rank_sums.iter().map(|sum| (sum - mean).powi(2)).sum();
    let greatest = m * m * (n.powi(3) - n);
    let corrected = greatest - m * ties;
    if corrected <= 0.0 {
        return None;
    }
    let w = 12.0 * deviation / corrected;
    Some(Concordance {
        w,
        w_uncorrected: 12.0 * deviation / greatest,
        deviation,
        ties,
        rank_sums,
        chi_squared: m * (n - 1.0) * w,
        degrees_of_freedom: items - 1,
    })
}
