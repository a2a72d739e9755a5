//! Capabilities that may be the same, with the reasons: a suggestion for people, never a decision.
//!
//! Swedish names are compared as sets of word stems, with compounds taken apart, and by spelling. Common words such as
//! "digital" or "hantering" count little, so that they make nothing alike by themselves. Pairs are looked for among
//! those that share a stem or begin with the same letters: two hundred capabilities take a few milliseconds.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    ids::{CapabilityId, GoalId},
    map::Contents,
    text::{fold, swedish_order},
};
use words::{Bag, Vocabulary};

/// The least score that is suggested.
pub const LEAST: f64 = 0.6;

/// The least weight of shared words: one that says something, or two common ones.
const ENOUGH: f64 = 0.65;

/// Why two capabilities may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The names are the same apart from case, diacritics, spaces and punctuation.
    SameName,
    /// The names have the same words in another order or form.
    SameWords,
    /// One name is a compound of the other's words.
    Compound,
    /// All words of the one's name stand in the other's.
    Contained {
        /// The one with fewer words.
        short: CapabilityId,
    },
    /// The names share words that say something, as they stand in the first name.
    SharedWords(Vec<String>),
    /// The names differ by so many letters.
    Spelling(usize),
    /// The formulations say nearly the same.
    Formulation,
    /// They support so many goals together.
    Goals(usize),
    /// So many weaknesses with the same words hold both back.
    Weaknesses(usize),
}

/// Two capabilities that may be the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// The one whose id comes first.
    pub a: CapabilityId,
    /// The other.
    pub b: CapabilityId,
    /// How alike, from [`LEAST`] to 1: 1 for the same name.
    pub score: f64,
    /// The reasons, the strongest first; never empty.
    pub why: Vec<Why>,
}

/// What is compared about a capability.
struct Compared<'a> {
    id: CapabilityId,
    name: &'a str,
    folded: Vec<char>,
    bag: Bag,
    formulation: Bag,
    goals: &'a BTreeSet<GoalId>,
    weaknesses: Vec<Bag>,
}

/// Pairs of capabilities on the map that may be the same, the most alike first, each pair once.
pub fn suggestions(contents: &Contents) -> Vec<Likeness> {
    let active = || contents.capabilities.iter().filter(|(_, c)| c.is_active());
    let vocabulary = Vocabulary::new(active().map(|(_, c)| c.draft.name.as_str()));
    let mut weaknesses: BTreeMap<CapabilityId, Vec<Bag>> = BTreeMap::new();
    for weakness in contents.weaknesses.values() {
        if let Some(capability) = weakness.capability {
            let bag = vocabulary.bag(&weakness.name);
            weaknesses.entry(capability).or_default().push(bag);
        }
    }
    let compared: Vec<_> = active()
        .map(|(id, capability)| Compared {
            id: *id,
            name: &capability.draft.name,
            folded: fold(&capability.draft.name).chars().collect(),
            bag: vocabulary.bag(&capability.draft.name),
            formulation: vocabulary.bag(&capability.draft.formulation),
            goals: &capability.draft.goals,
            weaknesses: weaknesses.remove(id).unwrap_or_default(),
        })
        .collect();
    let names = Weights::new(&vocabulary, compared.iter().map(|one| &one.bag));
    let formulations = Weights::new(&vocabulary, compared.iter().map(|one| &one.formulation));
    let mut found: Vec<_> = (candidates(&compared).into_iter())
        .filter_map(|(a, b)| likeness(&compared[a], &compared[b], &names, &formulations))
        .map(|likeness| (order(&likeness, contents), likeness))
        .collect();
    found.sort_by(|((a, x), one), ((b, y), other)| {
        (other.score.total_cmp(&one.score))
            .then_with(|| swedish_order(a, b))
            .then_with(|| swedish_order(x, y))
            .then_with(|| (one.a, one.b).cmp(&(other.a, other.b)))
    });
    found.into_iter().map(|(_, likeness)| likeness).collect()
}

/// The names of a pair.
fn order<'a>(likeness: &Likeness, contents: &'a Contents) -> (&'a str, &'a str) {
    let name = |id| contents.capabilities[&id].draft.name.as_str();
    (name(likeness.a), name(likeness.b))
}

/// How much each stem says.
struct Weights(BTreeMap<String, f64>);

impl Weights {
    fn new<'a>(vocabulary: &Vocabulary, bags: impl Iterator<Item = &'a Bag>) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for bag in bags {
            for stem in bag.stems.keys() {
                *counts.entry(stem).or_default() += 1;
            }
        }
        let weights = (counts.into_iter())
            .map(|(stem, count)| (stem.to_owned(), vocabulary.weight(stem, count)))
            .collect();
        Self(weights)
    }

    fn of(&self, bag: &Bag) -> f64 {
        self.sum(bag.stems.keys())
    }

    fn shared(&self, a: &Bag, b: &Bag) -> f64 {
        self.sum(a.stems.keys().filter(|stem| b.stems.contains_key(*stem)))
    }

    fn sum<'a>(&self, stems: impl Iterator<Item = &'a String>) -> f64 {
        stems
            .map(|stem| self.0.get(stem).copied().unwrap_or(1.0))
            .sum()
    }

    /// How much of two bags is shared, 0–1 (the Dice coefficient of weights).
    fn dice(&self, a: &Bag, b: &Bag) -> f64 {
        let all = self.of(a) + self.of(b);
        if all > 0.0 {
            2.0 * self.shared(a, b) / all
        } else {
            0.0
        }
    }
}

/// Places of pairs that are worth a closer look, the lesser id first.
fn candidates(compared: &[Compared]) -> BTreeSet<(usize, usize)> {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, one) in compared.iter().enumerate() {
        for stem in one.bag.stems.keys() {
            alike.entry(stem.clone()).or_default().push(place);
        }
        // Whole formulations are only alike when most of their words are: any rare one will do.
        for stem in one.formulation.stems.keys() {
            let key = format!("formulering {stem}");
            alike.entry(key).or_default().push(place);
        }
        let beginning: String = one.folded.iter().take(2).collect();
        alike
            .entry(format!("början {beginning}"))
            .or_default()
            .push(place);
    }
    let mut pairs = BTreeSet::new();
    for (key, places) in &alike {
        if key.starts_with("formulering ") && places.len() > 12 {
            continue;
        }
        for (at, first) in places.iter().enumerate() {
            pairs.extend(places[at + 1..].iter().map(|second| (*first, *second)));
        }
    }
    pairs
}

fn likeness(a: &Compared, b: &Compared, names: &Weights, texts: &Weights) -> Option<Likeness> {
    let mut why = Vec::new();
    let mut score: f64 = 0.0;
    let mut reason = |strength: f64, reason: Why| {
        if strength >= LEAST {
            score = score.max(strength);
            why.push((strength, reason));
        }
    };
    if a.folded == b.folded {
        reason(1.0, Why::SameName);
    } else if let Some((strength, words)) = by_words(a, b, names) {
        reason(strength, words);
    } else if let Some(letters) = by_spelling(a, b) {
        let length = a.folded.len().max(b.folded.len());
        let length = f64::from(u32::try_from(length).unwrap_or(u32::MAX));
        let letters_off = f64::from(u32::try_from(letters).unwrap_or(u32::MAX));
        reason(0.95 - letters_off / length, Why::Spelling(letters));
    }
    if a.formulation.stems.len() >= 3 && b.formulation.stems.len() >= 3 {
        let dice = texts.dice(&a.formulation, &b.formulation);
        if dice >= 0.8 {
            reason(dice - 0.1, Why::Formulation);
        }
    }
    why.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut why: Vec<_> = why.into_iter().map(|(_, why)| why).collect();
    if why.is_empty() {
        return None;
    }
    // What both serve or suffer from makes it likelier, but says nothing by itself.
    let goals = a.goals.intersection(b.goals).count();
    let weaknesses = (a.weaknesses.iter())
        .filter(|weakness| b.weaknesses.contains(weakness))
        .count();
    for (count, reason) in [
        (goals, Why::Goals(goals)),
        (weaknesses, Why::Weaknesses(weaknesses)),
    ] {
        if count > 0 {
            why.push(reason);
            if score < 0.99 {
                score = (score + 0.02).min(0.98);
            }
        }
    }
    Some(Likeness {
        a: a.id,
        b: b.id,
        score,
        why,
    })
}

/// How alike the words are, and the best way to say so.
fn by_words(a: &Compared, b: &Compared, weights: &Weights) -> Option<(f64, Why)> {
    let (one, other) = (&a.bag, &b.bag);
    if one.stems.is_empty() || other.stems.is_empty() || numbers(a.name) != numbers(b.name) {
        return None;
    }
    let (fewer, more, short) = if one.stems.len() <= other.stems.len() {
        (one, other, a.id)
    } else {
        (other, one, b.id)
    };
    let (light, heavy) = (weights.of(fewer), weights.of(more));
    if fewer.stems.keys().eq(more.stems.keys()) {
        let compound = one.compound != other.compound;
        return Some(if compound {
            (0.92, Why::Compound)
        } else {
            (0.95, Why::SameWords)
        });
    }
    if fewer.is_within(more) && light >= ENOUGH {
        let strength = 0.5 + 0.4 * light / heavy;
        return Some((strength, Why::Contained { short }));
    }
    let dice = weights.dice(one, other);
    (dice >= LEAST + 0.02 && weights.shared(one, other) >= ENOUGH)
        .then(|| (dice.min(0.9), Why::SharedWords(one.shared(other))))
}

fn numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .collect()
}

/// How many letters differ, when that is few enough to be a slip: one in long words, two in very long ones.
fn by_spelling(a: &Compared, b: &Compared) -> Option<usize> {
    let shortest = a.folded.len().min(b.folded.len());
    let most = match shortest {
        0..9 => return None,
        9..14 => 1,
        _ => 2,
    };
    if a.folded.len().abs_diff(b.folded.len()) > most || numbers(a.name) != numbers(b.name) {
        return None;
    }
    distance(&a.folded, &b.folded, most)
}

/// Least number of letters to add, leave out, exchange or swap with the next (optimal string alignment), if at most
/// `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let mut before = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (above[j] + usize::from(x != y))
                .min(above[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                let swapped: &Vec<usize> = &before;
                least = least.min(swapped[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|letters| *letters > most) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    (above.last().copied()).filter(|letters| *letters <= most)
}

#[cfg(test)]
mod tests;
