//! How much of what was asked has been answered, and by whom (METHOD §4.6).
//!
//! Sizes of groups are told as far as [`statistics::suppression`](crate::statistics::suppression) allows beside the
//! totals; those of a capability follow the decision that its distributions do.

use std::collections::HashMap;

use super::{
    cell::{Basis, Cell, CellValue},
    count::Counted,
    region::RoundData,
};
use crate::{
    ids::CapabilityId,
    municipality::Municipality,
    statistics::suppression::{GroupSize, LeastGroup, hide_sizes},
    survey::Occupation,
};

/// One of those who were asked, without a name: what the share of answers is counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// In what role.
    pub occupation: Occupation,
    /// For which municipalities, in Swedish order.
    pub municipalities: Vec<Municipality>,
    /// Whether they have submitted.
    pub submitted: bool,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many there are.
    pub with: usize,
    /// Of how many.
    pub total: usize,
}

impl Part {
    /// The share, 0–1; none of none.
    pub fn share(self) -> Option<f64> {
        let number = |count| u32::try_from(count).map(f64::from).ok();
        (self.total > 0).then_some(())?;
        Some(number(self.with)? / number(self.total)?)
    }
}

/// What a field of the coverage matrix says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageCell {
    /// Samlad bedömning.
    Agreed,
    /// A value that rests on answers, and how many they are.
    Answers(GroupSize),
    /// Answers, but too few for a value.
    TooFew,
    /// The capability is not applicable there.
    NotApplicable,
    /// Nothing.
    Missing,
}

/// How far one capability is covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapabilityCoverage {
    /// Which.
    pub id: CapabilityId,
    /// Frågetäckning: the municipalities present that have a value, of those for which it is applicable.
    pub values: Part,
    /// One field a municipality, in the order of the members.
    pub cells: Vec<CoverageCell>,
}

/// Who has answered for one municipality. A person who answers for several counts in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turnout {
    /// Which.
    pub municipality: Municipality,
    /// People asked.
    pub asked: GroupSize,
    /// People who submitted.
    pub submitted: GroupSize,
}

/// Who has answered in one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleTurnout {
    /// Which.
    pub occupation: Occupation,
    /// People asked.
    pub asked: GroupSize,
    /// People who submitted.
    pub submitted: GroupSize,
}

/// How much of what was asked has been answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Kommuntäckning: municipalities with at least one value.
    pub municipalities: Part,
    /// Svarsfrekvens: people who submitted, of those asked.
    pub people: Part,
    /// Frågetäckning: fields with a value, of those of the municipalities present where the capability is applicable.
    pub cells: Part,
    /// Every capability of the version, in the order of the map.
    pub capabilities: Vec<CapabilityCoverage>,
    /// Svarsfrekvens by municipality, in the order of the members; empty when so few were asked or have submitted that
    /// the sizes could be worked out from [`Self::people`].
    pub turnout: Vec<Turnout>,
    /// Rolltäckning: every role that anyone was asked in, in the order of [`Occupation::ALL`]; empty as the turnout.
    pub roles: Vec<RoleTurnout>,
    /// Roles that nobody has answered in, whether anyone was asked or not; empty when it is not known who was asked,
    /// and as the turnout.
    pub silent: Vec<Occupation>,
    /// Share of the answers that said vet ej on the current level, 0–1, over the capabilities whose own share is shown;
    /// none where there is no such capability.
    pub dont_know_share: Option<f64>,
}

impl Coverage {
    /// Adds a round up.
    pub fn of(data: &RoundData<'_>) -> Self {
        Self::from_counted(data, &Counted::of(data))
    }

    /// The same from answers that are counted already.
    pub(super) fn from_counted(data: &RoundData<'_>, counted: &Counted) -> Self {
        let present: Vec<bool> = (0..data.members.len())
            .map(|column| (counted.rows.iter()).any(|row| has_value(&row.cells[column])))
            .collect();
        let active = data.version.contents.active_in_order();
        let capabilities: Vec<_> = (active.iter().zip(&counted.rows))
            .map(|((id, _), row)| CapabilityCoverage {
                id: *id,
                values: values(&row.cells, &present),
                cells: row.cells.iter().map(coverage_cell).collect(),
            })
            .collect();
        let sum = |number: fn(Part) -> usize| {
            (capabilities.iter())
                .map(|capability| number(capability.values))
                .sum()
        };
        let (roles, silent) = roles(data, counted.least);
        Self {
            municipalities: Part {
                with: present.iter().filter(|present| **present).count(),
                total: present.len(),
            },
            people: Part {
                with: data.submitted,
                total: data.invited,
            },
            cells: Part {
                with: sum(|part| part.with),
                total: sum(|part| part.total),
            },
            turnout: turnout(data, counted.least),
            roles,
            silent,
            dont_know_share: dont_know_share(counted),
            capabilities,
        }
    }
}

fn has_value(cell: &Cell) -> bool {
    cell.value.levels().is_some()
}

/// Values of the municipalities present, of those for which the capability is applicable.
fn values(cells: &[Cell], present: &[bool]) -> Part {
    let applicable = (cells.iter().zip(present))
        .filter(|(cell, present)| **present && cell.value != CellValue::NotApplicable);
    Part {
        with: applicable
            .clone()
            .filter(|(cell, _)| has_value(cell))
            .count(),
        total: applicable.count(),
    }
}

const fn coverage_cell(cell: &Cell) -> CoverageCell {
    match cell.value {
        CellValue::Levels {
            basis: Basis::Agreed,
            ..
        } => CoverageCell::Agreed,
        CellValue::Levels {
            basis: Basis::Answers,
            ..
        } => CoverageCell::Answers(cell.answers),
        CellValue::NotApplicable => CoverageCell::NotApplicable,
        CellValue::Hidden => CoverageCell::TooFew,
        CellValue::Missing => CoverageCell::Missing,
    }
}

/// Over the shown capabilities only, or the share of a hidden one would follow from the whole.
fn dont_know_share(counted: &Counted) -> Option<f64> {
    let (dont_know, answers) = (counted.rows.iter().filter_map(super::count::Row::dont_know))
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    (answers > 0).then(|| f64::from(dont_know) / f64::from(answers))
}

fn turnout(data: &RoundData<'_>, least: LeastGroup) -> Vec<Turnout> {
    let column_of: HashMap<Municipality, usize> =
        (data.members.iter().map(|member| member.municipality))
            .zip(0..)
            .collect();
    let counted = counts(data, data.members.len(), least, |person| {
        (person.municipalities.iter()).filter_map(|home| column_of.get(home).copied())
    });
    let Some((asked, submitted)) = counted else {
        return Vec::new();
    };
    (data.members.iter().zip(asked).zip(submitted))
        .map(|((member, asked), submitted)| Turnout {
            municipality: member.municipality,
            asked,
            submitted,
        })
        .collect()
}

fn roles(data: &RoundData<'_>, least: LeastGroup) -> (Vec<RoleTurnout>, Vec<Occupation>) {
    let place = |occupation: Occupation| {
        Occupation::ALL
            .iter()
            .position(|known| *known == occupation)
    };
    let counted = counts(data, Occupation::ALL.len(), least, |person| {
        place(person.occupation).into_iter()
    });
    let Some((asked, submitted)) = counted else {
        return (Vec::new(), Vec::new());
    };
    let roles: Vec<_> = (Occupation::ALL.iter().zip(asked).zip(submitted))
        .map(|((occupation, asked), submitted)| RoleTurnout {
            occupation: *occupation,
            asked,
            submitted,
        })
        .collect();
    let silent = (roles.iter())
        .filter(|role| !data.people.is_empty() && role.submitted == GroupSize::Nobody)
        .map(|role| role.occupation)
        .collect();
    let asked = (roles.into_iter())
        .filter(|role| role.asked != GroupSize::Nobody)
        .collect();
    (asked, silent)
}

/// How many were asked and how many submitted in each of so many groups, as it may be told beside the totals; none when
/// a total may not be told, since that of all people always is. Those who were asked are people, each on the list once,
/// so that nobody is repeated here as in the answers of a confidential round.
fn counts<'a, G: Iterator<Item = usize>>(
    data: &RoundData<'a>,
    groups: usize,
    least: LeastGroup,
    of: impl Fn(&'a Asked) -> G,
) -> Option<(Vec<GroupSize>, Vec<GroupSize>)> {
    let (mut asked, mut submitted) = (vec![0; groups], vec![0; groups]);
    for person in data.people {
        for group in of(person) {
            asked[group] += 1;
            submitted[group] += u32::from(person.submitted);
        }
    }
    let told = |sizes: &[u32]| match hide_sizes(sizes, least) {
        (sizes, GroupSize::Nobody | GroupSize::Exactly(_)) => Some(sizes),
        (_, GroupSize::UpTo(_) | GroupSize::Hidden) => None,
    };
    told(&asked).zip(told(&submitted))
}
