//! What words two names have in common, when Swedish endings, order and compounds do not count.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

/// Words that say nothing about what is meant.
const STOP: [&str; 47] = [
    "att",
    "av",
    "bra",
    "bättre",
    "de",
    "den",
    "det",
    "efter",
    "eller",
    "en",
    "ett",
    "från",
    "för",
    "förmåga",
    "förmågan",
    "genom",
    "ha",
    "hos",
    "i",
    "inom",
    "in",
    "kring",
    "kunna",
    "med",
    "mellan",
    "mot",
    "när",
    "och",
    "om",
    "på",
    "samt",
    "sin",
    "sina",
    "sitt",
    "ska",
    "som",
    "till",
    "upp",
    "ur",
    "ut",
    "utan",
    "utifrån",
    "vara",
    "vid",
    "vår",
    "våra",
    "över",
];

/// Words that many capabilities have: two that share nothing else are not alike.
const COMMON: [&str; 43] = [
    "analys",
    "arbete",
    "arbetssätt",
    "bevakning",
    "data",
    "digital",
    "digitalisering",
    "drift",
    "effektiv",
    "fungera",
    "gemensam",
    "hantering",
    "information",
    "intern",
    "kommun",
    "kommunal",
    "kompetens",
    "kunskap",
    "ledning",
    "lösning",
    "metod",
    "modell",
    "ny",
    "organisation",
    "plan",
    "planering",
    "process",
    "rutin",
    "samordning",
    "samverkan",
    "service",
    "strategi",
    "strategisk",
    "struktur",
    "styrning",
    "stöd",
    "system",
    "systematisk",
    "säkerhet",
    "teknik",
    "tjänst",
    "utveckling",
    "verksamhet",
];

/// Words that often end a compound, beside those in [`COMMON`].
const HEADS: [&str; 21] = [
    "arkiv",
    "avtal",
    "delning",
    "försörjning",
    "förvaltning",
    "granskning",
    "infrastruktur",
    "insamling",
    "integration",
    "klassning",
    "kommunikation",
    "mätning",
    "register",
    "skydd",
    "support",
    "uppföljning",
    "upphandling",
    "utbildning",
    "utvärdering",
    "värdering",
    "öppning",
];

/// How much a common word counts against one.
const LITTLE: f64 = 0.35;

/// Forms that endings alone would put together or keep apart wrongly.
const FORMS: [(&str, &[&str]); 3] = [
    ("ledning", &["led", "leda", "leder", "ledning", "lednings"]),
    (
        "ledare",
        &[
            "ledare", "ledares", "ledaren", "ledarens", "ledarna", "ledarnas",
        ],
    ),
    ("dator", &["dator", "datorer", "datorn", "datorerna"]),
];

/// Endings that inflect or turn a verb into a noun, longest first.
const ENDINGS: [&str; 26] = [
    "ningarna", "ingarna", "ningar", "heterna", "ningen", "heten", "heter", "ingar", "ingen",
    "arna", "erna", "orna", "ning", "het", "ing", "nas", "na", "en", "et", "ar", "er", "or", "as",
    "s", "a", "e",
];

/// What is left of a word in lower case when its endings are gone: not a word, but the same for all its forms.
pub(super) fn stem(word: &str) -> String {
    if let Some((base, _)) = FORMS.iter().find(|(_, forms)| forms.contains(&word)) {
        return (*base).to_owned();
    }
    let mut stem = word;
    while let Some(shorter) = shortened(stem) {
        stem = shorter;
    }
    stem.to_owned()
}

/// The word without one ending, if three letters with a vowel among them are left.
fn shortened(word: &str) -> Option<&str> {
    let rest = ENDINGS.iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        let least = if *ending == "or" { 4 } else { 3 };
        let double = *ending == "s" && rest.ends_with('s');
        (rest.chars().count() >= least && has_vowel(rest) && !double).then_some(rest)
    });
    // Digitalt, säkert: an adjective's neuter.
    let neuter = || {
        let rest = word.strip_suffix('t')?;
        let fits = rest.chars().count() >= 5 && rest.ends_with(['l', 'g', 'k', 'r', 'm']);
        fits.then_some(rest)
    };
    rest.or_else(neuter)
}

fn has_vowel(text: &str) -> bool {
    text.contains(['a', 'e', 'i', 'o', 'u', 'y', 'å', 'ä', 'ö', 'é'])
}

/// The words of a text in lower case. A letter before a hyphen belongs to the word after it: e-arkiv.
pub(super) fn words(text: &str) -> Vec<String> {
    let lower: String = text.nfc().flat_map(char::to_lowercase).collect();
    let mut words = Vec::new();
    for run in lower.split(|c: char| !c.is_alphanumeric() && c != '-') {
        let mut letter = String::new();
        for word in run.split('-').filter(|word| !word.is_empty()) {
            letter.push_str(word);
            if word.chars().count() > 1 {
                words.push(std::mem::take(&mut letter));
            }
        }
        if !letter.is_empty() {
            words.push(letter);
        }
    }
    words
}

/// The stems that words of the map and common compounds are made of.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    known: BTreeSet<String>,
    heads: BTreeSet<String>,
    common: BTreeSet<String>,
}

impl Vocabulary {
    /// From all names on a map.
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let common: BTreeSet<_> = COMMON.iter().map(|word| stem(word)).collect();
        let heads: BTreeSet<_> = (COMMON.iter().chain(&HEADS))
            .filter(|word| word.chars().count() >= 4)
            .map(|word| stem(word))
            .collect();
        let known = (names.into_iter().flat_map(words))
            .filter(|word| word.chars().count() >= 3 && !STOP.contains(&word.as_str()))
            .map(|word| stem(&word))
            .collect();
        Self {
            known,
            heads,
            common,
        }
    }

    /// The stems of a text and the word each came from, with compounds taken apart.
    pub(super) fn bag(&self, text: &str) -> Bag {
        let mut bag = Bag::default();
        for word in words(text) {
            if STOP.contains(&word.as_str()) {
                continue;
            }
            let parts = self.parts(&word);
            bag.compound |= parts.len() > 1;
            for part in parts {
                bag.stems.entry(stem(&part)).or_insert(word.clone());
            }
        }
        bag
    }

    /// The parts of a compound, or the word itself.
    fn parts(&self, word: &str) -> Vec<String> {
        let cut = word.char_indices().map(|(at, _)| at).find(|at| {
            let (first, last) = word.split_at(*at);
            if first.chars().count() < 3 || last.chars().count() < 4 {
                return false;
            }
            let last = stem(last);
            let head = self.heads.contains(&last);
            (head || self.known.contains(&last))
                && (self.known.contains(&stem(first)) || (head && first.chars().count() >= 4))
        });
        let Some(at) = cut else {
            return vec![word.to_owned()];
        };
        let mut parts = self.parts(&word[..at]);
        parts.push(word[at..].to_owned());
        parts
    }

    /// How much a stem says, over 0 and at most 1. `count` is how many names have it.
    pub(super) fn weight(&self, stem: &str, count: usize) -> f64 {
        let own = if self.common.contains(stem) {
            LITTLE
        } else {
            1.0
        };
        let often = u32::try_from(count).unwrap_or(u32::MAX).max(3);
        own * (3.0 / f64::from(often)).sqrt()
    }
}

/// The stems of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bag {
    /// Each stem with the word it came from.
    pub(super) stems: BTreeMap<String, String>,
    /// Whether a word was taken apart.
    pub(super) compound: bool,
}

impl Bag {
    /// The words that another bag has too, as they stand here.
    pub(super) fn shared(&self, other: &Self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for (stem, word) in &self.stems {
            if other.stems.contains_key(stem) && !words.contains(word) {
                words.push(word.clone());
            }
        }
        words
    }

    /// Whether every stem is in the other.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        (self.stems.keys()).all(|stem| other.stems.contains_key(stem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["ärende", "ärenden", "ärendena", "ärendets"][..],
            &["hantera", "hantering", "hanteringen", "hanteras"],
            &["digital", "digitala", "digitalt"],
            &["kompetens", "kompetensen", "kompetenser"],
            &["upphandling", "upphandlingar", "upphandla"],
            &["säker", "säkerhet", "säkerheten"],
            &["medarbetare", "medarbetares", "medarbetarnas"],
            &["möte", "möten", "mötet"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form} and {}", forms[0]);
            }
        }
    }

    #[test]
    fn words_that_only_look_alike_have_stems_of_their_own() {
        for (a, b) in [
            ("ledning", "ledare"),
            ("data", "dator"),
            ("drift", "skrift"),
        ] {
            assert_ne!(stem(a), stem(b), "{a} and {b}");
        }
    }

    #[test]
    fn a_letter_before_a_hyphen_belongs_to_the_word_after_it() {
        assert_eq!(words("E-arkiv i molnet"), ["earkiv", "i", "molnet"]);
        assert_eq!(words("Plan B-C, IT-drift"), ["plan", "bc", "it", "drift"]);
    }

    #[test]
    fn compounds_are_taken_apart_where_their_parts_are_known() {
        let vocabulary = Vocabulary::new(["Hantering av ärenden", "Ta emot handlingar"]);
        let stems = |text| {
            (vocabulary.bag(text).stems)
                .into_keys()
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(stems("Ärendehantering"), stems("hantera ärenden"));
        assert_eq!(
            stems("Informationssäkerhetsarbete"),
            stems("arbete, säker information")
        );
        assert_eq!(stems("Upphandling").len(), 1);
        assert_eq!(stems("Medarbetare").len(), 1);
    }
}
