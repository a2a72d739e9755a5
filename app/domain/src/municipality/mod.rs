//! Municipalities by their official four-digit codes.

mod table;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use table::{COUNTIES, FYRBODAL, MUNICIPALITIES};

use crate::text::swedish_order;

/// A Swedish municipality's SCB code. A value of this type always names one of the 290.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Municipality(u16);

/// The text is not the code of a Swedish municipality.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the code of a municipality: {0:?}")]
pub struct UnknownMunicipality(pub String);

impl Municipality {
    /// All municipalities in code order.
    pub fn all() -> impl Iterator<Item = Self> {
        MUNICIPALITIES.iter().map(|&(code, _)| Self(code))
    }

    /// The fourteen of Fyrbodal in Swedish alphabetical order.
    pub fn fyrbodal() -> Vec<Self> {
        let mut all: Vec<_> = FYRBODAL.into_iter().map(Self).collect();
        Self::sort(&mut all);
        all
    }

    /// The municipality with exactly this name, regardless of case.
    pub fn by_name(name: &str) -> Option<Self> {
        let wanted = name.trim().to_lowercase();
        MUNICIPALITIES
            .iter()
            .find(|(_, name)| name.to_lowercase() == wanted)
            .map(|&(code, _)| Self(code))
    }

    /// Its name without the word "kommun".
    pub fn name(self) -> &'static str {
        MUNICIPALITIES
            .binary_search_by_key(&self.0, |&(code, _)| code)
            .map_or("", |index| MUNICIPALITIES[index].1)
    }

    /// The name of its county (län).
    pub fn county(self) -> &'static str {
        COUNTIES
            .iter()
            .find(|(code, _)| *code == self.0 / 100)
            .map_or("", |&(_, name)| name)
    }

    /// Sorts by name in Swedish order (å, ä, ö last).
    pub fn sort(list: &mut [Self]) {
        list.sort_by(|a, b| swedish_order(a.name(), b.name()));
    }
}

impl FromStr for Municipality {
    type Err = UnknownMunicipality;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownMunicipality(text.chars().take(20).collect());
        if text.len() != 4 {
            return Err(unknown());
        }
        let code: u16 = text.parse().map_err(|_| unknown())?;
        MUNICIPALITIES
            .binary_search_by_key(&code, |&(code, _)| code)
            .map(|_| Self(code))
            .map_err(|_| unknown())
    }
}

impl TryFrom<String> for Municipality {
    type Error = UnknownMunicipality;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Municipality> for String {
    fn from(municipality: Municipality) -> Self {
        municipality.to_string()
    }
}

impl fmt::Display for Municipality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

impl fmt::Debug for Municipality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04} {}", self.0, self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_as_itself_and_has_a_name_and_a_county() {
        assert_eq!(Municipality::all().count(), 290);
        for municipality in Municipality::all() {
            assert_eq!(municipality.to_string().parse(), Ok(municipality));
            assert!(!municipality.name().is_empty() && !municipality.county().is_empty());
            assert_eq!(
                Municipality::by_name(municipality.name()),
                Some(municipality)
            );
        }
    }

    #[test]
    fn fyrbodal_is_fourteen_with_åmål_last() {
        let names: Vec<_> = Municipality::fyrbodal().iter().map(|m| m.name()).collect();
        assert_eq!(names.len(), 14);
        assert_eq!(
            (names.first(), names.last()),
            (Some(&"Bengtsfors"), Some(&"Åmål"))
        );
    }

    #[test]
    fn a_foreign_code_is_refused() {
        for text in ["", "0000", "1400", "14920", "+492", "abcd", "1 92"] {
            assert!(text.parse::<Municipality>().is_err(), "{text:?}");
        }
    }
}
