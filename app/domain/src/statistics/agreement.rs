//! How far people agree on one question.
//!
//! The functions take a frequency vector: one count per level, least level first
//! (see [`frequencies`](super::location::frequencies)). Any scale of two levels or more
//! works; the tool's has five.

use super::real;

/// From how many answers an agreement gets a label; with fewer, show the dots.
pub const LABELLED_FROM: u32 = 4;

/// Tolerance at the limits between labels, for sums that are a rounding error short.
const ROUNDING: f64 = 1e-9;

/// What an agreement is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgreementLabel {
    /// Delade meningar: A below .1.
    Divided,
    /// Olika syn: A from .1 up to .4.
    Differing,
    /// Ganska lika: A from .4 up to .7.
    FairlyAlike,
    /// Samsyn: A of .7 or more.
    Shared,
}

impl AgreementLabel {
    /// The label of an agreement `a` (−1 to 1) among `answers` people.
    ///
    /// Fewer answers than [`LABELLED_FROM`], or `a` not a number: `None`.
    pub fn of(a: f64, answers: u32) -> Option<Self> {
        if answers < LABELLED_FROM || a.is_nan() {
            return None;
        }
        let a = a + ROUNDING;
        Some(match a {
            _ if a >= 0.7 => Self::Shared,
            _ if a >= 0.4 => Self::FairlyAlike,
            _ if a >= 0.1 => Self::Differing,
            _ => Self::Divided,
        })
    }
}

/// Agreement A (van der Eijk, 2001, "Measuring agreement in ordered rating scales").
///
/// −1: two equal camps at the ends; 0: the same number on every level; 1: everyone on
/// the same level. The frequencies are peeled into layers whose non-empty levels have
/// equal counts; A is the mean of the layers' own agreements, weighted by the answers
/// in them.
///
/// No answers, or a scale of fewer than two levels: `None`. One answer: 1 (give it no
/// label). On a scale of two levels every split layer counts as 0, for one cannot tell
/// camps from an even spread.
pub fn agreement(frequencies: &[u32]) -> Option<f64> {
    let total = answers(frequencies)?;
    let mut left = frequencies.to_vec();
    let mut weighted = 0.0;
    while let Some(&height) = left.iter().filter(|&&count| count > 0).min() {
        let pattern: Vec<bool> = left.iter().map(|&count| count > 0).collect();
        let width = pattern.iter().filter(|&&filled| filled).count();
        weighted += f64::from(height) * real(width) * layer_agreement(&pattern, width);
        for count in &mut left {
            *count = count.saturating_sub(height);
        }
    }
    Some(weighted / total)
}

/// Agreement of one layer: `U · (1 − (S−1)/(K−1))`, where U weighs triples of levels
/// that look unimodal (110, 011) against those that look bimodal (101).
fn layer_agreement(pattern: &[bool], width: usize) -> f64 {
    if width == 1 {
        return 1.0;
    }
    let levels = pattern.len();
    let (mut unimodal, mut bimodal) = (0.0, 0.0);
    for i in 0..levels {
        for j in i + 1..levels {
            for k in j + 1..levels {
                match (pattern[i], pattern[j], pattern[k]) {
                    (true, true, false) | (false, true, true) => unimodal += 1.0,
                    (true, false, true) => bimodal += 1.0,
                    _ => {}
                }
            }
        }
    }
    let triples = unimodal + bimodal;
    if triples <= 0.0 {
        return 0.0;
    }
    let scale = real(levels);
    let unimodality =
        ((scale - 2.0) * unimodal - (scale - 1.0) * bimodal) / ((scale - 2.0) * triples);
    unimodality * (1.0 - (real(width) - 1.0) / (scale - 1.0))
}

/// Consensus Cns (Tastle & Wierman, 2007): `1 + Σ pᵢ·log₂(1 − |i − μ|/(K−1))`.
///
/// 0: half at each end; 1: everyone on the same level. A cross-check of [`agreement`].
/// No answers, or a scale of fewer than two levels: `None`. One answer: 1.
pub fn consensus(frequencies: &[u32]) -> Option<f64> {
    let total = answers(frequencies)?;
    let width = real(frequencies.len() - 1);
    let shares = || {
        frequencies
            .iter()
            .enumerate()
            .filter(|&(_, &count)| count > 0)
            .map(|(level, &count)| (real(level), f64::from(count) / total))
    };
    let mean: f64 = shares().map(|(level, share)| level * share).sum();
    let spread: f64 = shares()
        .map(|(level, share)| share * (1.0 - (level - mean).abs() / width).log2())
        .sum();
    Some((1.0 + spread).clamp(0.0, 1.0))
}

/// Ordinal consensus (Leik, 1966): `1 − 2·Σ dᵢ/(K−1)` with d the cumulative share, or
/// its complement when that is less.
///
/// 0: half at each end; 1: everyone on the same level.
/// No answers, or a scale of fewer than two levels: `None`. One answer: 1.
pub fn leik(frequencies: &[u32]) -> Option<f64> {
    let total = answers(frequencies)?;
    let mut cumulative = 0.0;
    let mut dispersion = 0.0;
    for &count in frequencies {
        cumulative += f64::from(count) / total;
        dispersion += cumulative.min(1.0 - cumulative).max(0.0);
    }
    Some(1.0 - 2.0 * dispersion / real(frequencies.len() - 1))
}

/// Within-group agreement `r_wg` (James, Demaree & Wolf, 1984): `1 − s²/σ²` with s² the
/// sample variance and σ² = (K²−1)/12, the variance of answers spread evenly over the
/// `scale` levels.
///
/// 1: everyone the same; 0: as spread as chance; below 0: camps.
/// Fewer than two answers (no variance), or a scale of fewer than two levels: `None`.
pub fn within_group(levels: &[u8], scale: u8) -> Option<f64> {
    if levels.len() < 2 || scale < 2 {
        return None;
    }
    let mean = super::location::mean(levels)?;
    let squares: f64 = levels
        .iter()
        .map(|&level| (f64::from(level) - mean).powi(2))
        .sum();
    let variance = squares / real(levels.len() - 1);
    let chance = (f64::from(scale).powi(2) - 1.0) / 12.0;
    Some(1.0 - variance / chance)
}

/// The number of answers, if there are any and the scale has at least two levels.
fn answers(frequencies: &[u32]) -> Option<f64> {
    let total: u64 = frequencies.iter().map(|&count| u64::from(count)).sum();
    let total = usize::try_from(total).ok()?;
    (total > 0 && frequencies.len() > 1).then(|| real(total))
}
