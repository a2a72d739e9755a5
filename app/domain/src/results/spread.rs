//! How a round's answers spread, for the room to talk about: the largest disagreement first.
//!
//! The five bars count people, each once: who answered for several municipalities counts with the low median of what
//! they said. Bars, quartiles and agreement are there from `n_min` people on; below that only the class of the group
//! is told. What a municipality's own answers come to is there only when nothing hidden can be worked out by holding it
//! against the region's; what a municipality stands for is told by the same rules as in every table ([`CellValue`]).

mod between;

use std::cmp::Ordering;

pub use self::between::BetweenWithin;
use super::{
    cell::CellValue,
    count::{Counted, Group, Row},
    region::RoundData,
};
use crate::{
    ids::CapabilityId,
    level::Level,
    municipality::Municipality,
    statistics::{
        agreement::{AgreementLabel, agreement},
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
    /// How each municipality's own answers spread, in the same order.
    pub municipal: Vec<MunicipalSpread>,
    /// Whether it is the municipalities that differ; none with fewer than two whose own distributions are shown.
    pub between: Option<BetweenWithin>,
    /// Municipalities that anyone answered for.
    pub covered: usize,
    /// Share of the answers that said vet ej on the current level, 0–1; none when fewer than `n_min` people answered,
    /// or when a small group's could be worked out from it.
    pub dont_know_share: Option<f64>,
}

/// How one municipality's answers about a capability spread: all of it shown, or nothing but the class of the group.
#[derive(Clone, Debug, PartialEq)]
pub struct MunicipalSpread {
    /// Nuläge.
    pub current: Distribution,
    /// Börläge.
    pub target: Distribution,
    /// Share of the municipality's answers that said vet ej on the current level, 0–1; none when it is not shown.
    pub dont_know_share: Option<f64>,
}

/// People's levels on one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// How many gave a level; where there are no bars, how many answered anything, as it may be told.
    pub people: GroupSize,
    /// Their levels; none when they are too few or could give others away.
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

impl Spread {
    /// Adds up a closed round.
    pub fn of(data: &RoundData<'_>) -> Self {
        Self::from_counted(data, &Counted::of(data))
    }

    /// The same from answers that are counted already.
    pub(super) fn from_counted(data: &RoundData<'_>, counted: &Counted) -> Self {
        let contents = &data.version.contents;
        let active = contents.active_in_order();
        let mut capabilities: Vec<_> = (active.iter().zip(&counted.rows))
            .map(|((id, capability), row)| {
                let municipal: Vec<_> = (row.groups.iter().enumerate())
                    .map(|(column, group)| MunicipalSpread::new(row, column, group))
                    .collect();
                CapabilitySpread {
                    id: *id,
                    name: capability.draft.name.clone(),
                    formulation: capability.draft.formulation.clone(),
                    area: (capability.draft.area)
                        .and_then(|area| contents.areas.get(&area))
                        .map(|area| area.name.clone()),
                    current: everyone(
                        data,
                        counted.least,
                        row,
                        row.everyone.current,
                        row.shown.current,
                    ),
                    target: everyone(
                        data,
                        counted.least,
                        row,
                        row.everyone.target,
                        row.shown.target,
                    ),
                    values: row.values().collect(),
                    between: BetweenWithin::of(
                        (municipal.iter()).filter_map(|own| own.current.bars.as_ref()),
                    ),
                    municipal,
                    covered: (row.groups.iter())
                        .filter(|group| group.all.answers > 0)
                        .count(),
                    dont_know_share: row.dont_know_share(),
                }
            })
            .collect();
        capabilities.sort_by(|a, b| by_disagreement(&a.current, &b.current));
        Self {
            n_min: counted.least,
            municipalities: data.members.iter().map(|m| m.municipality).collect(),
            capabilities,
        }
    }

    /// One capability's spread.
    pub fn capability(&self, id: CapabilityId) -> Option<&CapabilitySpread> {
        self.capabilities.iter().find(|known| known.id == id)
    }

    /// How one municipality's answers about a capability spread.
    pub fn municipal(
        &self,
        id: CapabilityId,
        municipality: Municipality,
    ) -> Option<&MunicipalSpread> {
        let column = (self.municipalities.iter()).position(|known| *known == municipality)?;
        self.capability(id)?.municipal.get(column)
    }
}

/// Everyone's levels on one question.
fn everyone(
    data: &RoundData<'_>,
    least: LeastGroup,
    row: &Row,
    counts: [u32; 5],
    shown: bool,
) -> Distribution {
    if shown {
        return Distribution::new(counts);
    }
    let people: u32 = counts.iter().sum();
    let surely = |people: u32| people.saturating_sub(data.repeated);
    // That nobody gave a level is said of a group that is large enough, or where nobody said anything.
    let size = if people == 0
        && (row.everyone.people == 0 || least.permits(surely(row.everyone.people)))
    {
        GroupSize::Nobody
    } else if least.permits(surely(people)) {
        GroupSize::Hidden
    } else {
        GroupSize::UpTo(least.get() - 1)
    };
    Distribution::hidden(size)
}

impl MunicipalSpread {
    fn new(row: &Row, column: usize, group: &Group) -> Self {
        if !row.shown.municipal[column] {
            let hidden = Distribution::hidden(row.shown.sizes[column]);
            return Self {
                current: hidden.clone(),
                target: hidden,
                dont_know_share: None,
            };
        }
        Self {
            current: Distribution::new(group.all.current),
            target: Distribution::new(group.all.target),
            dont_know_share: Some(f64::from(group.all.dont_know) / f64::from(group.all.answers)),
        }
    }
}

impl Distribution {
    fn new(counts: [u32; 5]) -> Self {
        let people: u32 = counts.iter().sum();
        let bars = || {
            let quartile = |quarter: u32| level_at(&counts, (people * quarter).div_ceil(4));
            let agreement = agreement(&counts)?;
            Some(Bars {
                counts,
                quartiles: [quartile(1)?, quartile(2)?, quartile(3)?],
                agreement,
                label: AgreementLabel::of(agreement, people),
            })
        };
        Self {
            people: GroupSize::Exactly(people),
            bars: bars(),
        }
    }

    const fn hidden(people: GroupSize) -> Self {
        Self { people, bars: None }
    }
}

/// The level of the person in this place, counted from 1 and from the lowest.
fn level_at(counts: &[u32; 5], place: u32) -> Option<Level> {
    let mut below = 0;
    (Level::ALL.into_iter().zip(counts)).find_map(|(level, count)| {
        below += count;
        (below >= place).then_some(level)
    })
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::location::quantile;

    proptest! {
        #[test]
        fn quartiles_of_counts_are_those_of_levels(levels in prop::collection::vec(1u8..=5, 1..40)) {
            let mut counts = [0; 5];
            for level in &levels {
                counts[usize::from(*level) - 1] += 1;
            }
            let bars = Distribution::new(counts).bars.expect("there are levels");
            for (found, p) in bars.quartiles.into_iter().zip([0.25, 0.5, 0.75]) {
                prop_assert_eq!(Some(found.get()), quantile(&levels, p));
            }
        }
    }
}
