//! Where the answers lie: median, quartiles, mean and the median gap.
//!
//! Functions that return an element of the sample (`median_low`, `quantile`) work for
//! anything ordered, so that a level stays a level and a gap may be negative.

use super::real;

/// Tolerance when `n · p` should be a whole number but is a rounding error away.
const ROUNDING: f64 = 1e-9;

/// Arithmetic mean. No answers: `None`.
pub fn mean<T: Copy + Into<f64>>(values: &[T]) -> Option<f64> {
    let sum: f64 = values.iter().map(|&value| value.into()).sum();
    (!values.is_empty()).then(|| sum / real(values.len()))
}

/// The median: the middle value, or the mean of the two middle ones.
///
/// No answers: `None`. One answer: that answer.
pub fn median<T: Copy + Ord + Into<f64>>(values: &[T]) -> Option<f64> {
    let sorted = sorted(values);
    let middle = sorted.len() / 2;
    let upper: f64 = (*sorted.get(middle)?).into();
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower: f64 = sorted[middle - 1].into();
    Some(f64::midpoint(lower, upper))
}

/// The low median: the middle value, or the lower of the two middle ones.
///
/// Always one of the values, so the median of levels is a level; of two equally good
/// candidates it takes the more cautious. This is what a municipality stands for until
/// its agreed level is confirmed. Equal to [`quantile`] at ½.
///
/// No answers: `None`. One answer: that answer.
pub fn median_low<T: Copy + Ord>(values: &[T]) -> Option<T> {
    let sorted = sorted(values);
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

/// The interpolated median, for ordered categories one unit wide.
///
/// With m the median, b the answers below it and w the answers on it,
/// `m − ½ + (n/2 − b)/w`: the point that halves the answers when those on m are spread
/// evenly over m ± ½ (the textbook median of grouped data; Yule, 1911). When the two
/// middle answers differ, the median lies between categories and is returned as it is.
///
/// No answers: `None`. One answer: that answer.
pub fn interpolated_median(levels: &[u8]) -> Option<f64> {
    let sorted = sorted(levels);
    let lower = *sorted.get(sorted.len().checked_sub(1)? / 2)?;
    let upper = sorted[sorted.len() / 2];
    if lower != upper {
        return Some(f64::midpoint(f64::from(lower), f64::from(upper)));
    }
    let below = real(sorted.partition_point(|&level| level < lower));
    let up_to = real(sorted.partition_point(|&level| level <= lower));
    let share = (real(sorted.len()) / 2.0 - below) / (up_to - below);
    Some(f64::from(lower) - 0.5 + share)
}

/// The quantile at `p` by the inverse of the empirical distribution: `s[⌈n·p⌉]`,
/// counted from one (Hyndman & Fan, 1996, type 1).
///
/// Always one of the values, so quartiles of levels are levels. At 0 it is the least
/// value. No answers, or `p` outside 0–1: `None`. One answer: that answer.
pub fn quantile<T: Copy + Ord>(values: &[T], p: f64) -> Option<T> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let sorted = sorted(values);
    let position = whole((real(sorted.len()) * p - ROUNDING).ceil());
    sorted.get(position.saturating_sub(1)).copied()
}

/// The quantile at `p` by straight-line interpolation between order statistics:
/// position `(n−1)·p` counted from zero (Hyndman & Fan, 1996, type 7, what spreadsheets
/// compute).
///
/// For comparison with other tools; the method itself uses [`quantile`].
/// No answers, or `p` outside 0–1: `None`. One answer: that answer.
pub fn quantile_linear<T: Copy + Ord + Into<f64>>(values: &[T], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let sorted = sorted(values);
    let position = real(sorted.len().checked_sub(1)?) * p;
    let index = whole(position.floor());
    let lower: f64 = (*sorted.get(index)?).into();
    let upper: f64 = sorted.get(index + 1).map_or(lower, |&value| value.into());
    Some(lower + (position - real(index)) * (upper - lower))
}

/// The median of the respondents' own gaps, from `(current, target)` of each.
///
/// On respondent level the gap is the median of the differences, not the difference of
/// the medians: these disagree as soon as people differ about both levels. Negative
/// gaps are kept ("kan stödja andra"). Leave out who answered only one of the two.
///
/// No one answered both: `None`. One answer: that person's gap.
pub fn median_gap(pairs: &[(u8, u8)]) -> Option<f64> {
    let gaps: Vec<i16> = pairs
        .iter()
        .map(|&(current, target)| i16::from(target) - i16::from(current))
        .collect();
    median(&gaps)
}

/// The five-bar distribution: how many answers lie on each level, 1 first.
///
/// Numbers outside 1–5 are no levels and are not counted. No answers: five zeros.
pub fn frequencies(levels: &[u8]) -> [u32; 5] {
    let mut bars = [0; 5];
    for &level in levels {
        if let Some(bar) = usize::from(level)
            .checked_sub(1)
            .and_then(|index| bars.get_mut(index))
        {
            *bar += 1;
        }
    }
    bars
}

fn sorted<T: Copy + Ord>(values: &[T]) -> Vec<T> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted
}

/// A whole, non-negative number as an index; `as` saturates at both ends.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "already rounded; a negative number becomes 0, the least index"
)]
fn whole(position: f64) -> usize {
    position as usize
}
