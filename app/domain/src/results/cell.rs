//! One municipality's value on one capability.

use crate::{
    level::{Answer, Level},
    map::{Agreed, AgreedLevel, choices},
    statistics::suppression::GroupSize,
};

/// Fewest answers that a municipality's value may be made from before it is agreed: with one or two, the value would
/// show what a single person answered. (The same as the least `n_min` a round may have.)
pub const MIN_ANSWERS_FOR_VALUE: u32 = 3;

choices! {
    /// What a table of municipalities and capabilities shows.
    Measure {
        /// Skillnad: target less current.
        Gap = "skillnad",
        /// Nuläge.
        Current = "nuläge",
        /// Börläge.
        Target = "börläge",
    }
}

/// What a municipality's value rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Samlad bedömning.
    Agreed,
    /// The lower median of the answers: "ej förankrad".
    Answers,
}

/// A municipality's value, or why there is none. Symbols as municipalities know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellValue {
    /// Current and target level.
    Levels {
        /// Nuläge.
        current: Level,
        /// Börläge.
        target: Level,
        /// What they rest on.
        basis: Basis,
    },
    /// `.`: inte aktuellt.
    NotApplicable,
    /// `..`: answers, but too few to be shown.
    Hidden,
    /// `-`: no answers.
    Missing,
}

/// A municipality's value with how many have answered, as far as that may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The value.
    pub value: CellValue,
    /// How many have answered anything at all here.
    pub answers: GroupSize,
}

impl CellValue {
    /// Current and target level, when there are any.
    pub fn levels(&self) -> Option<(Level, Level)> {
        match *self {
            Self::Levels {
                current, target, ..
            } => Some((current, target)),
            Self::NotApplicable | Self::Hidden | Self::Missing => None,
        }
    }

    /// Target less current: −4 to 4. Negative means that the municipality can support others.
    pub fn gap(&self) -> Option<i8> {
        let (current, target) = self.levels()?;
        Some(target.get().cast_signed() - current.get().cast_signed())
    }

    /// The number that a table shows.
    pub fn number(&self, measure: Measure) -> Option<i8> {
        match measure {
            Measure::Gap => self.gap(),
            Measure::Current => self
                .levels()
                .map(|(current, _)| current.get().cast_signed()),
            Measure::Target => self.levels().map(|(_, target)| target.get().cast_signed()),
        }
    }

    /// What stands in the place of a number: `..` hidden, `.` not applicable, `-` missing; empty when there is one.
    pub fn symbol(&self) -> &'static str {
        match self {
            Self::Levels { .. } => "",
            Self::NotApplicable => ".",
            Self::Hidden => "..",
            Self::Missing => "-",
        }
    }
}

/// Answers of one municipality on one capability, counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// People on each current level, 1 first.
    pub(super) current: [u32; 5],
    /// People on each target level, 1 first.
    pub(super) target: [u32; 5],
    /// People who have answered anything at all.
    pub(super) answers: u32,
    /// How many of them said vet ej on the current level.
    pub(super) dont_know: u32,
    pub(super) not_applicable: u32,
}

impl Tally {
    pub(super) fn count(&mut self, current: Option<Answer>, target: Option<Answer>) {
        if current.is_none() && target.is_none() {
            return;
        }
        self.answers += 1;
        match current {
            Some(Answer::Level(level)) => self.current[usize::from(level.get()) - 1] += 1,
            Some(Answer::DontKnow) => self.dont_know += 1,
            Some(Answer::NotApplicable) => self.not_applicable += 1,
            Some(Answer::Declined) | None => {}
        }
        if let Some(Answer::Level(level)) = target {
            self.target[usize::from(level.get()) - 1] += 1;
        }
    }

    /// What the municipality stands for: the agreed level if there is one, else what the answers say.
    pub(super) fn value_with(&self, agreed: Option<&AgreedLevel>) -> CellValue {
        match agreed.map(|agreed| agreed.value) {
            Some(Agreed::Levels { current, target }) => CellValue::Levels {
                current,
                target,
                basis: Basis::Agreed,
            },
            Some(Agreed::NotApplicable) => CellValue::NotApplicable,
            None => self.value(),
        }
    }

    /// How many gave both a current and a target level, at most.
    pub(super) fn rated(&self) -> u32 {
        (self.current.iter().sum::<u32>()).min(self.target.iter().sum())
    }

    /// What the answers say by themselves.
    pub(super) fn value(&self) -> CellValue {
        if self.answers == 0 {
            return CellValue::Missing;
        }
        let rated = self.rated();
        if rated < MIN_ANSWERS_FOR_VALUE {
            return if rated == 0 && self.not_applicable >= MIN_ANSWERS_FOR_VALUE {
                CellValue::NotApplicable
            } else {
                CellValue::Hidden
            };
        }
        match (median_low(&self.current), median_low(&self.target)) {
            (Some(current), Some(target)) => CellValue::Levels {
                current,
                target,
                basis: Basis::Answers,
            },
            _ => CellValue::Hidden,
        }
    }
}

/// The low median of counted levels: the same as `statistics::location::median_low` of the levels one by one.
pub(super) fn median_low(counts: &[u32; 5]) -> Option<Level> {
    let half = counts.iter().sum::<u32>().div_ceil(2);
    let mut below = 0;
    Level::ALL
        .into_iter()
        .zip(counts)
        .find_map(|(level, count)| {
            below += count;
            (half > 0 && below >= half).then_some(level)
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::location;

    proptest! {
        #[test]
        fn the_median_of_counts_is_the_median_of_levels(levels in prop::collection::vec(1u8..=5, 0..40)) {
            let mut counts = [0; 5];
            for level in &levels {
                counts[usize::from(*level) - 1] += 1;
            }
            prop_assert_eq!(median_low(&counts).map(Level::get), location::median_low(&levels));
        }

        #[test]
        fn a_cell_without_agreement_never_shows_fewer_than_three_people(
            answers in prop::collection::vec((-3i16..=5, -3i16..=5), 0..8),
        ) {
            let mut tally = Tally::default();
            let read = |code| Answer::from_code(code).ok();
            for (current, target) in &answers {
                tally.count(read(*current), read(*target));
            }
            if matches!(tally.value(), CellValue::Levels { .. } | CellValue::NotApplicable) {
                prop_assert!(tally.answers >= MIN_ANSWERS_FOR_VALUE);
            }
        }
    }
}
