//! Levels 1–5 and what a respondent may say instead of one.

use serde::{Deserialize, Serialize};

/// A level on the anchored scale: 1 (Tillfällig) to 5 (Utvecklande).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(u8);

/// A number outside 1–5, or something that is no answer at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a level from 1 to 5, nor another answer")]
pub struct NotAnAnswer;

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The level with this number, if it is 1–5.
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= 5 {
            Some(Self(number))
        } else {
            None
        }
    }

    /// Its number, 1–5.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Level {
    type Error = NotAnAnswer;
    fn try_from(number: u8) -> Result<Self, NotAnAnswer> {
        Self::new(number).ok_or(NotAnAnswer)
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.0
    }
}

/// The answer to one question. What is outside the scale is kept apart from numbers and is never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// A level.
    Level(Level),
    /// Vet ej.
    DontKnow,
    /// Inte aktuellt för oss.
    NotApplicable,
    /// Vill inte svara.
    Declined,
}

impl Answer {
    /// Every possible answer, in the order a form shows them.
    pub const ALL: [Self; 8] = [
        Self::Level(Level(1)),
        Self::Level(Level(2)),
        Self::Level(Level(3)),
        Self::Level(Level(4)),
        Self::Level(Level(5)),
        Self::DontKnow,
        Self::NotApplicable,
        Self::Declined,
    ];

    /// Reads a form field; an empty field is no answer yet.
    ///
    /// # Errors
    /// [`NotAnAnswer`] for anything a form of ours does not send.
    pub fn parse(field: &str) -> Result<Option<Self>, NotAnAnswer> {
        if field.is_empty() {
            return Ok(None);
        }
        Self::ALL
            .into_iter()
            .find(|answer| answer.field() == field)
            .map(Some)
            .ok_or(NotAnAnswer)
    }

    /// Its value in a form.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Level(Level(1)) => "1",
            Self::Level(Level(2)) => "2",
            Self::Level(Level(3)) => "3",
            Self::Level(Level(4)) => "4",
            Self::Level(_) => "5",
            Self::DontKnow => "vet-ej",
            Self::NotApplicable => "ej-aktuellt",
            Self::Declined => "vill-inte",
        }
    }

    /// Its number in the database: 1–5, or a negative code outside the scale.
    pub const fn code(self) -> i16 {
        match self {
            Self::Level(Level(number)) => number as i16,
            Self::DontKnow => -1,
            Self::NotApplicable => -2,
            Self::Declined => -3,
        }
    }

    /// Reads a number from the database.
    ///
    /// # Errors
    /// [`NotAnAnswer`] for a number that [`Answer::code`] never gives.
    pub fn from_code(code: i16) -> Result<Self, NotAnAnswer> {
        Self::ALL
            .into_iter()
            .find(|answer| answer.code() == code)
            .ok_or(NotAnAnswer)
    }

    /// The level, if it is one.
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Level(level) => Some(level),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_reads_back_from_form_and_database() {
        for answer in Answer::ALL {
            assert_eq!(Answer::parse(answer.field()), Ok(Some(answer)));
            assert_eq!(Answer::from_code(answer.code()), Ok(answer));
        }
    }

    #[test]
    fn what_is_outside_the_scale_is_refused() {
        for field in ["0", "6", "-1", "2.5", "５", "vet ej"] {
            assert_eq!(Answer::parse(field), Err(NotAnAnswer), "{field}");
        }
        for code in [0, 6, -4, i16::MAX] {
            assert_eq!(Answer::from_code(code), Err(NotAnAnswer));
        }
        assert_eq!(Answer::parse(""), Ok(None));
    }
}
