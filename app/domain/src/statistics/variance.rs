//! Between against within municipalities: does it matter where one works?
//!
//! Each group holds the answers of one municipality. Empty groups say nothing and are
//! left out.

use super::{ranks::Ranks, real};

/// One-way analysis of variance with the intraclass correlations that follow from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Anova {
    /// Answers in all groups together (N).
    pub answers: usize,
    /// Groups with at least one answer (k).
    pub groups: usize,
    /// Sum of squares between groups (SSB).
    pub between: f64,
    /// Sum of squares within groups (SSW).
    pub within: f64,
    /// η² = SSB/(SSB+SSW), 0–1: the share of the variation that lies between groups.
    /// `None` when all answers are equal.
    pub eta_squared: Option<f64>,
    /// Mean square between groups (MSB).
    pub mean_between: f64,
    /// Mean square within groups (MSW).
    pub mean_within: f64,
    /// n₀ = (N − Σn²/N)/(k−1), the mean group size allowing for unequal groups.
    pub mean_size: f64,
    /// ICC(1) = (MSB−MSW)/(MSB+(n₀−1)·MSW): how well one person's answer stands for the
    /// municipality. Negative when people differ more within than between. `None` when
    /// all answers are equal.
    pub icc1: Option<f64>,
    /// ICC(k) = (MSB−MSW)/MSB: how well the municipality's mean does. At most 1, without
    /// lower limit. `None` when all group means are equal.
    pub icc_k: Option<f64>,
}

/// One-way analysis of variance (Fisher, 1925) with ICC(1) and ICC(k) (Shrout & Fleiss,
/// 1979; for unequal groups by n₀ as in Bliese, 2000).
///
/// Fewer than two groups with answers, or no group with more than one (nothing to see
/// within): `None`.
pub fn anova<T: Copy + Into<f64>>(groups: &[Vec<T>]) -> Option<Anova> {
    let groups = filled(groups);
    let answers: usize = groups.iter().map(Vec::len).sum();
    if groups.len() < 2 || answers <= groups.len() {
        return None;
    }
    let (n, k) = (real(answers), real(groups.len()));
    let grand = groups.iter().flatten().sum::<f64>() / n;
    let (mut between, mut within, mut squared_sizes) = (0.0, 0.0, 0.0);
    for group in &groups {
        let size = real(group.len());
        let mean = group.iter().sum::<f64>() / size;
        between += size * (mean - grand).powi(2);
        within += group.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
        squared_sizes += size * size;
    }
    let mean_between = between / (k - 1.0);
    let mean_within = within / (n - k);
    let mean_size = (n - squared_sizes / n) / (k - 1.0);
    Some(Anova {
        answers,
        groups: groups.len(),
        between,
        within,
        eta_squared: ratio(between, between + within),
        mean_between,
        mean_within,
        mean_size,
        icc1: ratio(
            mean_between - mean_within,
            mean_between + (mean_size - 1.0) * mean_within,
        ),
        icc_k: ratio(mean_between - mean_within, mean_between),
    })
}

/// The Kruskal–Wallis test statistic with its effect size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KruskalWallis {
    /// H corrected for ties; approximately chi-squared with groups − 1 degrees of
    /// freedom when the groups have the same distribution.
    pub h: f64,
    /// ε² = H/(N−1), 0–1: the share of the variation of ranks that lies between groups.
    pub epsilon_squared: f64,
}

/// Kruskal–Wallis H with correction for ties (Kruskal & Wallis, 1952) and
/// ε² = H·(N+1)/(N²−1) (Kelley, 1935; Tomczak & Tomczak, 2014).
///
/// Uses only the order of the levels, not their distances. Fewer than two groups with
/// answers, or all answers equal: `None`.
pub fn kruskal_wallis<T: Copy + Into<f64>>(groups: &[Vec<T>]) -> Option<KruskalWallis> {
    let groups = filled(groups);
    if groups.len() < 2 {
        return None;
    }
    let pooled: Vec<f64> = groups.iter().flatten().copied().collect();
    let n = real(pooled.len());
    let ranks = Ranks::new(&pooled);
    let untied = 1.0 - ranks.ties / (n.powi(3) - n);
    if untied <= 0.0 {
        return None;
    }
    let mut rest = ranks.of.as_slice();
    let mut sum = 0.0;
    for group in &groups {
        let (own, later) = rest.split_at(group.len());
        sum += own.iter().sum::<f64>().powi(2) / real(group.len());
        rest = later;
    }
    let h = (12.0 / (n * (n + 1.0)) * sum - 3.0 * (n + 1.0)) / untied;
    Some(KruskalWallis {
        h,
        epsilon_squared: h / (n - 1.0),
    })
}

fn filled<T: Copy + Into<f64>>(groups: &[Vec<T>]) -> Vec<Vec<f64>> {
    groups
        .iter()
        .filter(|group| !group.is_empty())
        .map(|group| group.iter().map(|&value| value.into()).collect())
        .collect()
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}
