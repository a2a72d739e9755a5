//! What the missing could change: worst-case bounds, and what a coverage allows.

use super::real;

/// The bounds of a regional mean when some municipalities are missing and nothing is
/// assumed about them: `[(Σ + M·a)/N, (Σ + M·b)/N]` with M of N missing and every value
/// in [a, b] (Manski, 1989).
///
/// `values` are those of the municipalities present, `of` is N, the number that should
/// be there, and `range` is (a, b): (1, 5) for levels, (0, 4) for gaps that count.
///
/// No one missing: both bounds are the mean. No one present: the whole range. N of 0,
/// more values than N, or a range upside down: `None`.
pub fn worst_case_mean(values: &[f64], of: usize, range: (f64, f64)) -> Option<(f64, f64)> {
    let (least, greatest) = range;
    let missing = real(of.checked_sub(values.len())?);
    if of == 0 || least > greatest {
        return None;
    }
    let sum: f64 = values.iter().sum();
    let bound = |extreme: f64| (sum + missing * extreme) / real(of);
    Some((bound(least), bound(greatest)))
}

/// What may be said about the region from the municipalities that took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Too few: show a municipality only its own results.
    OwnOnly,
    /// A regional ranking marked "preliminär".
    Preliminary,
    /// A regional ranking.
    Regional,
}

impl Standing {
    /// The standing of `present` municipalities `of` all that were asked.
    ///
    /// The method's limits for fourteen (10 and 7) are kept as shares for other numbers:
    /// at least 10/14 and at least 7/14. No municipalities at all: [`Self::OwnOnly`].
    pub const fn new(present: usize, of: usize) -> Self {
        if present == 0 || of == 0 {
            Self::OwnOnly
        } else if present * 14 >= of * 10 {
            Self::Regional
        } else if present * 14 >= of * 7 {
            Self::Preliminary
        } else {
            Self::OwnOnly
        }
    }
}
