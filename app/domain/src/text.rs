//! Text that has been read at the edge: trimmed, bounded and without control characters.

use std::{cmp::Ordering, fmt, ops::Deref, str::FromStr};

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A text of `MIN` to `MAX` characters after trimming. Texts of at most 200 characters are one line.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MIN: usize, const MAX: usize>(String);

/// A capability's noun for boxes and charts.
pub type CapabilityName = Text<1, 40>;
/// "Förmåga att …".
pub type Formulation = Text<0, 200>;
/// What a level means for one capability, in one line.
pub type Anchor = Text<0, 160>;
/// A longer explanation, several lines.
pub type Description = Text<0, 1000>;
/// The name of an area.
pub type AreaName = Text<1, 40>;
/// The title of a goal.
pub type GoalTitle = Text<1, 160>;
/// The name of a weakness.
pub type WeaknessName = Text<1, 120>;
/// The body that ratified a map.
pub type DecidedBy = Text<1, 120>;
/// Who answers for a capability: a role or a unit.
pub type Owner = Text<0, 80>;
/// A one-line reason for an agreed level.
pub type Reason = Text<0, 200>;
/// A respondent's comment.
pub type Comment = Text<0, 1000>;
/// The name of a mapping, a round or a person.
pub type Title = Text<1, 80>;

/// Why a text was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space where something must stand.
    #[error("empty")]
    Empty,
    /// More characters than fit.
    #[error("{length} characters where at most {max} fit")]
    TooLong {
        /// Characters given.
        length: usize,
        /// Characters that fit.
        max: usize,
    },
    /// A control character, such as NUL.
    #[error("a control character")]
    Control,
}

impl<const MIN: usize, const MAX: usize> Text<MIN, MAX> {
    /// The greatest number of characters, for `maxlength`.
    pub const MAX: usize = MAX;

    /// Reads a text as typed.
    ///
    /// # Errors
    /// [`TextError`] when it is empty but must not be, too long, or holds a control character.
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        let text = if MAX <= 200 {
            typed.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            typed.trim().replace("\r\n", "\n")
        };
        if text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t')
        {
            return Err(TextError::Control);
        }
        let length = text.chars().count();
        if length < MIN {
            return Err(TextError::Empty);
        }
        if length > MAX {
            return Err(TextError::TooLong { length, max: MAX });
        }
        Ok(Self(text))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MIN: usize, const MAX: usize> Deref for Text<MIN, MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MIN: usize, const MAX: usize> FromStr for Text<MIN, MAX> {
    type Err = TextError;
    fn from_str(typed: &str) -> Result<Self, TextError> {
        Self::parse(typed)
    }
}

impl<const MIN: usize, const MAX: usize> TryFrom<String> for Text<MIN, MAX> {
    type Error = TextError;
    fn try_from(typed: String) -> Result<Self, TextError> {
        Self::parse(&typed)
    }
}

impl<const MIN: usize, const MAX: usize> From<Text<MIN, MAX>> for String {
    fn from(text: Text<MIN, MAX>) -> Self {
        text.0
    }
}

impl<const MIN: usize, const MAX: usize> fmt::Display for Text<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is left of a text when case, diacritics, spaces and punctuation do not count.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c) && c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Swedish alphabetical order, regardless of case: å, ä, ö after z; other diacritics with their letter.
pub fn swedish_order(a: &str, b: &str) -> Ordering {
    sort_key(a).cmp(&sort_key(b)).then_with(|| a.cmp(b))
}

fn sort_key(text: &str) -> Vec<u32> {
    text.nfc()
        .flat_map(char::to_lowercase)
        .flat_map(|c| match c {
            'å' => vec![0x7b],
            'ä' | 'æ' => vec![0x7c],
            'ö' | 'ø' => vec![0x7d],
            other => std::iter::once(other)
                .nfd()
                .filter(|c| !is_combining_mark(*c))
                .map(u32::from)
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_trimmed_bounded_and_free_of_control_characters() {
        assert_eq!(
            CapabilityName::parse("  Drift,\n nät ")
                .expect("fits")
                .as_str(),
            "Drift, nät"
        );
        assert_eq!(CapabilityName::parse(" \t "), Err(TextError::Empty));
        assert_eq!(
            CapabilityName::parse(&"å".repeat(41)),
            Err(TextError::TooLong {
                length: 41,
                max: 40
            })
        );
        assert_eq!(CapabilityName::parse("a\0b"), Err(TextError::Control));
        assert_eq!(
            Description::parse("rad ett\r\nrad två")
                .expect("fits")
                .as_str(),
            "rad ett\nrad två"
        );
    }

    #[test]
    fn folding_forgets_case_diacritics_and_punctuation() {
        assert_eq!(fold("Ärende-HANTERING"), fold("arende hantering"));
        assert_ne!(fold("Data"), fold("Datan"));
    }

    #[test]
    fn swedish_letters_come_last_in_the_order_å_ä_ö() {
        let mut words = ["ö", "Z", "ä", "a", "Å", "é", "f"];
        words.sort_by(|a, b| swedish_order(a, b));
        assert_eq!(words, ["a", "é", "f", "Z", "Å", "ä", "ö"]);
    }
}
