//! Cards: what people write in a workshop.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{CapabilityId, GoalId, ItemId, WeaknessId, WorkshopId},
    map::{Author, choices},
    municipality::Municipality,
    text::{CapabilityName, Formulation, Text, fold},
};

/// What stands on a card.
pub type CardText = Text<1, 200>;

choices! {
    /// What a card is.
    CardKind {
        /// A proposed capability (förmåga).
        Capability = "förmåga",
        /// A proposed weakness (oförmåga).
        Weakness = "oförmåga",
        /// A proposed goal (mål).
        Goal = "mål",
        /// A comment on a capability.
        Comment = "kommentar",
        /// An open question about a capability.
        Question = "fråga",
        /// Kommunrunda: a new challenge.
        Challenge = "utmaning",
        /// Kommunrunda: an opportunity.
        Opportunity = "möjlighet",
        /// Kommunrunda: what the network can help with.
        Help = "hjälp",
        /// A reflection between workshops, for the facilitator.
        Reflection = "reflektion",
    }
}

choices! {
    /// Who may see a card.
    CardState {
        /// Only the one who wrote it (a reflection: the facilitators too).
        Private = "privat",
        /// Everyone.
        Shown = "visat",
        /// Taken away by a facilitator; facilitators can restore it.
        Hidden = "dolt",
    }
}

/// What has been made of a card on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Became {
    /// A capability.
    Capability(CapabilityId),
    /// A weakness.
    Weakness(WeaknessId),
    /// A goal.
    Goal(GoalId),
}

/// Something one person wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// In which workshop.
    pub workshop: WorkshopId,
    /// At which point.
    pub item: ItemId,
    /// What it is.
    pub kind: CardKind,
    /// The words.
    pub text: CardText,
    /// Who wrote it; for someone in the room, the facilitator.
    pub by: Author,
    /// For which municipality, when it matters.
    pub municipality: Option<Municipality>,
    /// The capability it is about.
    pub about: Option<CapabilityId>,
    /// Who may see it.
    pub state: CardState,
    /// What it has become.
    pub became: Option<Became>,
}

/// A capability's name and formulation from what somebody wrote: short words are the name; "Förmåga att …" is the
/// formulation, and what comes after it the name; what is too long for a name is cut between words and kept whole as
/// the formulation.
pub fn split_wording(written: &CardText) -> (CapabilityName, Formulation) {
    let opening = "förmåga att ";
    let opens = written.chars().count() > opening.len()
        && fold(&written.chars().take(12).collect::<String>()) == fold(opening);
    let rest: String = if opens {
        let rest: String = written.chars().skip(12).collect();
        let mut letters = rest.chars();
        (letters.next()).map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect()
        })
    } else {
        written.to_string()
    };
    let name = shorten(&rest, CapabilityName::MAX);
    let whole = opens || name.as_str() != written.as_str();
    let formulation = if whole {
        Formulation::parse(written).unwrap_or_default()
    } else {
        Formulation::default()
    };
    (name, formulation)
}

/// The words that fit; a long first word is cut.
fn shorten(text: &str, most: usize) -> CapabilityName {
    let fits = |text: &str| CapabilityName::parse(text).ok();
    if let Some(name) = fits(text) {
        return name;
    }
    let mut kept = String::new();
    for word in text.split_whitespace() {
        if kept.chars().count() + word.chars().count() + 2 > most {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    if kept.is_empty() {
        kept = text.trim().chars().take(most - 1).collect();
    }
    kept.push('…');
    fits(&kept).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(written: &str) -> (String, String) {
        let (name, formulation) = split_wording(&written.parse().expect("fits a card"));
        (name.to_string(), formulation.to_string())
    }

    #[test]
    fn short_words_are_the_name() {
        assert_eq!(split("E-arkiv"), ("E-arkiv".into(), String::new()));
    }

    #[test]
    fn a_formulation_gives_the_name_that_follows_its_opening() {
        assert_eq!(
            split("Förmåga att ta emot ärenden"),
            (
                "Ta emot ärenden".into(),
                "Förmåga att ta emot ärenden".into()
            )
        );
    }

    #[test]
    fn long_words_are_cut_between_words_and_kept_whole_as_the_formulation() {
        let long = "Samverka om digital infrastruktur mellan kommuner i hela regionen";
        let (name, formulation) = split(long);
        assert_eq!(name, "Samverka om digital infrastruktur…");
        assert_eq!(formulation, long);
        let (name, _) = split(&"å".repeat(60));
        assert_eq!(name.chars().count(), 40);
    }
}
