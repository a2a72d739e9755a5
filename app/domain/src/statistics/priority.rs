//! From municipal values to the priority of each capability.

use super::{location::median_low, real};

/// One respondent's current and target level for one capability, each 1–5 or `None`
/// when not answered with a level (vet ej, inte aktuellt, vill inte svara, left empty).
pub type Pair = (Option<u8>, Option<u8>);

/// What one municipality has said about all capabilities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Municipality {
    /// The confirmed agreed levels (current, target) per capability, 1–5. `None`, or
    /// past the end: none yet, so the answers speak.
    pub agreed: Vec<Option<(u8, u8)>>,
    /// The answers, flat: respondent after respondent, each with one pair per capability
    /// in the order of the capabilities. A last, incomplete respondent is left out.
    pub answers: Vec<Pair>,
}

impl Municipality {
    /// The confirmed agreed levels of a capability, if both are levels.
    pub(super) fn agreed(&self, capability: usize) -> Option<(u8, u8)> {
        let (current, target) = self.agreed.get(capability).copied().flatten()?;
        Some((level(current)?, level(target)?))
    }

    /// The respondents, each as one pair per capability.
    pub(super) fn respondents(&self, capabilities: usize) -> impl Iterator<Item = &[Pair]> {
        self.answers.chunks_exact(capabilities.max(1))
    }
}

/// Everything a regional priority is computed from. Levels outside 1–5 count as not
/// answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sample {
    /// The effect on the goals per capability, 1–5 (a mean of votes may lie between).
    /// `None`, or not a finite number: not voted on yet, so the capability has no
    /// priority. Its length is the number of capabilities.
    pub effects: Vec<Option<f64>>,
    /// The municipalities, also those without answers.
    pub municipalities: Vec<Municipality>,
}

impl Sample {
    /// What each municipality stands for: per municipality, per capability, (current,
    /// target).
    ///
    /// The agreed levels; until they are confirmed, the low median of the current and of
    /// the target levels, each over its own answers. No answers to either question:
    /// `None`. One answer: that answer.
    pub fn municipal_values(&self) -> Vec<Vec<Option<(u8, u8)>>> {
        self.municipalities
            .iter()
            .map(|municipality| self.values_of(municipality))
            .collect()
    }

    fn values_of(&self, municipality: &Municipality) -> Vec<Option<(u8, u8)>> {
        let capabilities = self.effects.len();
        let median_of = |capability: usize, question: fn(Pair) -> Option<u8>| {
            let levels: Vec<u8> = municipality
                .respondents(capabilities)
                .filter_map(|answers| question(answers[capability]).and_then(level))
                .collect();
            median_low(&levels)
        };
        (0..capabilities)
            .map(|capability| {
                municipality.agreed(capability).or_else(|| {
                    Some((
                        median_of(capability, |pair| pair.0)?,
                        median_of(capability, |pair| pair.1)?,
                    ))
                })
            })
            .collect()
    }

    /// The priority of each capability, in the order of the capabilities.
    ///
    /// No effect voted, or no municipality with a value: `None`.
    pub fn priorities(&self) -> Vec<Option<Priority>> {
        let values = self.municipal_values();
        (0..self.effects.len())
            .map(|capability| {
                let gaps: Vec<u8> = values
                    .iter()
                    .filter_map(|municipality| municipality[capability])
                    .map(|(current, target)| target.saturating_sub(current))
                    .collect();
                Some(Priority {
                    effect: self.effect(capability)?,
                    mean_gap: super::location::mean(&gaps)?,
                    municipalities: gaps.len(),
                    with_gap: gaps.iter().filter(|&&gap| gap > 0).count(),
                })
            })
            .collect()
    }

    pub(super) fn effect(&self, capability: usize) -> Option<f64> {
        self.effects[capability].filter(|effect| effect.is_finite())
    }
}

/// The priority of one capability with its parts, from which it is never separated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Priority {
    /// E, the effect on the goals, 1–5.
    pub effect: f64,
    /// The mean of the municipalities' gaps, 0–4; a municipality at or above its target
    /// counts as 0 and does not make up for another's gap.
    pub mean_gap: f64,
    /// Municipalities with a value, over which the mean is taken; at least one.
    pub municipalities: usize,
    /// Those of them below their target.
    pub with_gap: usize,
}

impl Priority {
    /// `P = E · mean max(0, target − current)`, 0–20. The project's own formula: effect on
    /// the goals is the only criterion of its source documents, weighed by the distance
    /// left to go.
    pub fn score(&self) -> f64 {
        self.effect * self.mean_gap
    }

    /// The score as shown, 0–100: `100·P/(5·4)`.
    pub fn scaled(&self) -> f64 {
        100.0 * self.score() / 20.0
    }

    /// The share of the municipalities that are below their target, 0–1.
    pub fn share_with_gap(&self) -> f64 {
        real(self.with_gap) / real(self.municipalities)
    }
}

/// A level of the scale. Anything else: `None`.
pub(super) const fn level(number: u8) -> Option<u8> {
    match number {
        1..=5 => Some(number),
        _ => None,
    }
}
