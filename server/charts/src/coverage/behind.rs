//! What is behind a value.

use domain::results::{Basis, CellValue};

use super::CoverageTexts;
use crate::paint::Paint;

/// What is behind a value, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// Samlad bedömning.
    Agreed,
    /// Answers alone.
    Answers,
    /// Answers, but too few.
    TooFew,
    /// Inte aktuellt.
    NotApplicable,
    /// No answers.
    Nothing,
}

impl Behind {
    /// Every kind, the best first.
    pub(super) const ALL: [Self; 5] = [
        Self::Agreed,
        Self::Answers,
        Self::TooFew,
        Self::NotApplicable,
        Self::Nothing,
    ];

    /// What is behind this value.
    pub(super) const fn of(value: CellValue) -> Self {
        match value {
            CellValue::Levels {
                basis: Basis::Agreed,
                ..
            } => Self::Agreed,
            CellValue::Levels {
                basis: Basis::Answers,
                ..
            } => Self::Answers,
            CellValue::Hidden => Self::TooFew,
            CellValue::NotApplicable => Self::NotApplicable,
            CellValue::Missing => Self::Nothing,
        }
    }

    /// A cell's ground and the text on it.
    pub(super) const fn paints(self) -> (Paint, Paint) {
        match self {
            Self::Agreed => (Paint::Level4, Paint::OnLevel4),
            Self::Answers => (Paint::Level2, Paint::OnLevel2),
            Self::TooFew => (Paint::Missing, Paint::InkSoft),
            Self::NotApplicable | Self::Nothing => (Paint::Track, Paint::Ink),
        }
    }

    /// What stands in a cell without a value.
    pub(super) const fn symbol(self) -> &'static str {
        match self {
            Self::Agreed | Self::Answers => "",
            Self::TooFew => "..",
            Self::NotApplicable => ".",
            Self::Nothing => "-",
        }
    }

    /// What it is called.
    pub(super) fn word(self, texts: &CoverageTexts) -> &str {
        match self {
            Self::Agreed => &texts.agreed,
            Self::Answers => &texts.answers,
            Self::TooFew => &texts.too_few,
            Self::NotApplicable => &texts.not_applicable,
            Self::Nothing => &texts.nothing,
        }
    }
}
