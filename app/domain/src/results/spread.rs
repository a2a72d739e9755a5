//! How a round's answers spread, for the room to talk about: the largest disagreement first.
//!
//! The five bars count people, each once: who answered for several municipalities counts with the low median of what
//! they said. Bars, quartiles and agreement are there from `n_min` people on; below that only the class of the group
//! is told. No total that a hidden group is part of is kept beside them, so that nothing hidden can be worked out by
//! subtraction; what a municipality stands for is told by the same rules as in every table ([`CellValue`]).

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::{
    cell::{CellValue, Tally},
    region::RoundData,
};
use crate::{
    ids::CapabilityId,
    level::{Answer, Level},
    map::AgreedKey,
    municipality::Municipality,
    statistics::{
        agreement::{AgreementLabel, agreement},
        location::{frequencies, median_low, quantile},
        suppression::{GroupSize, LeastGroup},
    },
    text::{AreaName, CapabilityName, Formulation},
};

/// How a round's answers spread; never a number about fewer than `n_min` people.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Fewest people for a distribution.
    pub n_min: LeastGroup,
    /// The municipalities, in the order of every capability's values.
    pub municipalities: Vec<Municipality>,
    /// Every capability of the version: lowest agreement on the current level first, as on the map where it is the
    /// same; those without a distribution last.
    pub capabilities: Vec<CapabilitySpread>,
}

/// How the answers about one capability spread.
#[derive(Clone, Debug, PartialEq)]
pub struct CapabilitySpread {
    /// Which.
    pub id: CapabilityId,
    /// Its name in the ratified version.
    pub name: CapabilityName,
    /// "Förmåga att …".
    pub formulation: Formulation,
    /// The area's name.
    pub area: Option<AreaName>,
    /// Nuläge.
    pub current: Distribution,
    /// Börläge.
    pub target: Distribution,
    /// What each municipality stands for, in the order of [`Spread::municipalities`].
    pub values: Vec<CellValue>,
    /// Municipalities that anyone answered for.
    pub covered: usize,
    /// Share of the answers that said vet ej on the current level, 0–1; none when fewer than `n_min` people did.
    pub dont_know_share: Option<f64>,
}

/// People's levels on one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// How many gave a level.
    pub people: GroupSize,
    /// Their levels; none when they are fewer than `n_min`.
    pub bars: Option<Bars>,
}

/// The five-bar distribution and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// People on each level, 1 first.
    pub counts: [u32; 5],
    /// First quartile, median and third quartile, which are levels: `s[⌈n·p⌉]`.
    pub quartiles: [Level; 3],
    /// Agreement A (van der Eijk): −1 two camps, 0 uniform, 1 the same.
    pub agreement: f64,
    /// What it is called; none with fewer than four answers.
    pub label: Option<AgreementLabel>,
}

/// What one person said about one capability: levels on the current and the target level, one a municipality.
#[derive(Default)]
struct Said {
    current: Vec<u8>,
    target: Vec<u8>,
}

/// What was said about one capability.
#[derive(Default)]
struct Row {
    people: BTreeMap<u32, Said>,
    covered: BTreeSet<usize>,
}

impl Spread {
    /// Adds up a closed round.
    pub fn of(data: &RoundData<'_>) -> Self {
        let n_min = LeastGroup::new(data.n_min).unwrap_or_default();
        let contents = &data.version.contents;
        let active = contents.active_in_order();
        let row_of: HashMap<CapabilityId, usize> = (active.iter().enumerate())
            .map(|(row, (id, _))| (*id, row))
            .collect();
        let column_of: HashMap<Municipality, usize> = (data.members.iter().enumerate())
            .map(|(column, member)| (member.municipality, column))
            .collect();
        let width = data.members.len();
        let mut tallies = vec![Tally::default(); active.len() * width];
        let mut rows: Vec<Row> = active.iter().map(|_| Row::default()).collect();
        for answer in data.answers {
            let (Some(&row), Some(&column)) = (
                row_of.get(&answer.capability),
                column_of.get(&answer.municipality),
            ) else {
                continue;
            };
            if answer.current.is_none() && answer.target.is_none() {
                continue;
            }
            tallies[row * width + column].count(answer.current, answer.target);
            rows[row].covered.insert(column);
            let said = rows[row].people.entry(answer.respondent).or_default();
            said.current.extend(number(answer.current));
            said.target.extend(number(answer.target));
        }
        let mut capabilities: Vec<_> = (active.iter().zip(&rows).enumerate())
            .map(|(row, ((id, capability), said))| {
                let cells: Vec<_> = (data.members.iter().enumerate())
                    .map(|(column, member)| {
                        let agreed = data.agreed.get(&AgreedKey {
                            round: data.round,
                            municipality: member.municipality,
                            capability: *id,
                        });
                        tallies[row * width + column].cell(agreed)
                    })
                    .collect();
                let answers: u32 = cells.iter().map(|cell| cell.answers).sum();
                let dont_know: u32 = cells.iter().map(|cell| cell.dont_know).sum();
                let repeated = usize::try_from(data.repeated).unwrap_or(usize::MAX);
                let people = said.people.len().saturating_sub(repeated);
                let enough = people >= usize::from(n_min.get());
                let distribution = |question: fn(&Said) -> &Vec<u8>| {
                    Distribution::new(said.levels(question), n_min, data.repeated)
                };
                CapabilitySpread {
                    id: *id,
                    name: capability.draft.name.clone(),
                    formulation: capability.draft.formulation.clone(),
                    area: (capability.draft.area)
                        .and_then(|area| contents.areas.get(&area))
                        .map(|area| area.name.clone()),
                    current: distribution(|said| &said.current),
                    target: distribution(|said| &said.target),
                    values: cells.iter().map(|cell| cell.value).collect(),
                    covered: said.covered.len(),
                    dont_know_share: (enough && answers > 0)
                        .then(|| f64::from(dont_know) / f64::from(answers)),
                }
            })
            .collect();
        capabilities.sort_by(|a, b| by_disagreement(&a.current, &b.current));
        Self {
            n_min,
            municipalities: data.members.iter().map(|m| m.municipality).collect(),
            capabilities,
        }
    }

    /// One capability's spread.
    pub fn capability(&self, id: CapabilityId) -> Option<&CapabilitySpread> {
        self.capabilities.iter().find(|known| known.id == id)
    }
}

impl Row {
    /// One level a person: the low median of those they gave.
    fn levels(&self, question: impl Fn(&Said) -> &Vec<u8>) -> Vec<u8> {
        (self.people.values())
            .filter_map(|said| median_low(question(said)))
            .collect()
    }
}

impl Distribution {
    /// `repeated` of the levels may be of people who are among the others already.
    fn new(levels: Vec<u8>, n_min: LeastGroup, repeated: u32) -> Self {
        let people = u32::try_from(levels.len()).unwrap_or(u32::MAX);
        let surely = people.saturating_sub(repeated).max(people.min(1));
        let bars = n_min.permits(surely).then(|| {
            let counts = frequencies(&levels);
            let quartile = |p| quantile(&levels, p).and_then(Level::new);
            let agreement = agreement(&counts)?;
            Some(Bars {
                counts,
                quartiles: [quartile(0.25)?, quartile(0.5)?, quartile(0.75)?],
                agreement,
                label: AgreementLabel::of(agreement, people),
            })
        });
        Self {
            people: match n_min.class(surely) {
                GroupSize::Exactly(_) => GroupSize::Exactly(people),
                fewer => fewer,
            },
            bars: bars.flatten(),
        }
    }
}

impl Bars {
    /// How many people there are, at least `n_min`.
    pub fn people(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The median level.
    pub fn median(&self) -> Level {
        self.quartiles[1]
    }
}

/// Lowest agreement first; nothing to show last.
fn by_disagreement(a: &Distribution, b: &Distribution) -> Ordering {
    match (&a.bars, &b.bars) {
        (Some(a), Some(b)) => a.agreement.total_cmp(&b.agreement),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn number(answer: Option<Answer>) -> Option<u8> {
    answer.and_then(Answer::level).map(Level::get)
}
