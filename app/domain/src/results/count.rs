//! A round's answers, gone through once for everything that is said about them.

use std::collections::HashMap;

use super::{
    cell::{Cell, CellValue, Tally, median_low},
    disclosure::{Answered, Disclosure},
    region::RoundData,
};
use crate::{
    ids::CapabilityId,
    level::{Answer, Level},
    map::AgreedKey,
    municipality::Municipality,
    statistics::{priority::Pair, suppression::LeastGroup},
};

/// A round's answers, counted: one row a capability of the version, in the order of the map.
pub(super) struct Counted {
    /// The least group of the round.
    pub(super) least: LeastGroup,
    /// What was said about each capability.
    pub(super) rows: Vec<Row>,
    /// Who answered for each municipality, in the order of the members.
    pub(super) ballots: Vec<Ballots>,
}

/// Those who answered for a municipality, in the order of their numbers, with current and target level by capability.
pub(super) type Ballots = Vec<(u32, Vec<Pair>)>;

/// What was said about one capability.
pub(super) struct Row {
    /// What each municipality stands for, in the order of the members.
    pub(super) cells: Vec<Cell>,
    /// What was answered for each municipality, in the same order.
    pub(super) groups: Vec<Group>,
    /// What people answered, each counted once.
    pub(super) everyone: Everyone,
    /// What of all this may be shown.
    pub(super) shown: Disclosure,
}

/// What was answered for one municipality.
#[derive(Clone, Copy, Default)]
pub(super) struct Group {
    /// By all who answered for it.
    pub(super) all: Tally,
    /// By those who answered about the capability for no other municipality.
    pub(super) own: Tally,
}

/// What people answered, each counted once: who answered for several municipalities with the low median.
#[derive(Clone, Copy, Default)]
pub(super) struct Everyone {
    /// People on each current level, 1 first.
    pub(super) current: [u32; 5],
    /// People on each target level, 1 first.
    pub(super) target: [u32; 5],
    /// People who answered anything at all.
    pub(super) people: u32,
}

/// One answer about a capability.
#[derive(Clone, Copy)]
pub(super) struct Said {
    respondent: u32,
    /// For which of the members.
    pub(super) column: usize,
    pub(super) current: Option<Answer>,
    pub(super) target: Option<Answer>,
}

impl Counted {
    /// Counts a round. Linear in the number of answers when they come respondent by respondent.
    pub(super) fn of(data: &RoundData<'_>) -> Self {
        let least = LeastGroup::new(data.n_min).unwrap_or_default();
        let active = data.version.contents.active_in_order();
        let (said, ballots) = by_capability(data, active.iter().map(|(id, _)| *id));
        let rows = (active.iter().zip(&said))
            .map(|((id, _), said)| {
                let mut groups = vec![Group::default(); data.members.len()];
                let everyone = count(said, &mut groups);
                let several: Vec<&[Said]> = (said.chunk_by(|a, b| a.respondent == b.respondent))
                    .filter(|person| person.len() > 1)
                    .collect();
                let answered = Answered {
                    groups: &groups,
                    everyone: &everyone,
                    several: &several,
                };
                let shown = Disclosure::of(answered, least, data.repeated);
                let cells = (data.members.iter().zip(&groups))
                    .zip(&shown.sizes)
                    .map(|((member, group), size)| {
                        let agreed = data.agreed.get(&AgreedKey {
                            round: data.round,
                            municipality: member.municipality,
                            capability: *id,
                        });
                        Cell {
                            value: group.all.value_with(agreed),
                            answers: *size,
                        }
                    })
                    .collect();
                Row {
                    cells,
                    groups,
                    everyone,
                    shown,
                }
            })
            .collect();
        Self {
            least,
            rows,
            ballots,
        }
    }
}

impl Row {
    /// What each municipality stands for.
    pub(super) fn values(&self) -> impl Iterator<Item = CellValue> {
        self.cells.iter().map(|cell| cell.value)
    }

    /// How many answers said vet ej on the current level, and of how many; none when it may not be shown.
    pub(super) fn dont_know(&self) -> Option<(u32, u32)> {
        let sum = |number: fn(&Group) -> u32| self.groups.iter().map(number).sum();
        (self.shown.dont_know).then(|| {
            (
                sum(|group| group.all.dont_know),
                sum(|group| group.all.answers),
            )
        })
    }

    /// The share of the answers that said vet ej, 0–1.
    pub(super) fn dont_know_share(&self) -> Option<f64> {
        let (dont_know, answers) = self.dont_know()?;
        (answers > 0).then(|| f64::from(dont_know) / f64::from(answers))
    }
}

/// The answers in heaps, one a capability, each respondent by respondent, and by municipality; those about others are
/// left out.
fn by_capability(
    data: &RoundData<'_>,
    capabilities: impl Iterator<Item = CapabilityId>,
) -> (Vec<Vec<Said>>, Vec<Ballots>) {
    let row_of: HashMap<CapabilityId, usize> = capabilities.zip(0..).collect();
    let column_of: HashMap<Municipality, usize> =
        (data.members.iter().map(|member| member.municipality))
            .zip(0..)
            .collect();
    let mut heaps = vec![Vec::new(); row_of.len()];
    let mut ballots = vec![Ballots::new(); data.members.len()];
    let number = |answer: Option<Answer>| answer.and_then(Answer::level).map(Level::get);
    // A person's answers come together, and most people answer for one municipality.
    let mut known: Option<(Municipality, usize)> = None;
    for answer in data.answers {
        if answer.current.is_none() && answer.target.is_none() {
            continue;
        }
        let column = match known {
            Some((municipality, column)) if municipality == answer.municipality => column,
            _ => match column_of.get(&answer.municipality) {
                Some(&column) => column,
                None => continue,
            },
        };
        known = Some((answer.municipality, column));
        if let Some(&row) = row_of.get(&answer.capability) {
            heaps[row].push(Said {
                respondent: answer.respondent,
                column,
                current: answer.current,
                target: answer.target,
            });
            let ballot = ballot(&mut ballots[column], answer.respondent, row_of.len());
            ballot[row] = (number(answer.current), number(answer.target));
        }
    }
    for heap in &mut heaps {
        let order = |said: &Said| (said.respondent, said.column);
        if !heap.is_sorted_by_key(order) {
            heap.sort_by_key(order);
        }
        heap.dedup_by_key(|said| order(said));
    }
    (heaps, ballots)
}

/// A person's ballot; a new one where there is none.
fn ballot(ballots: &mut Ballots, respondent: u32, width: usize) -> &mut Vec<Pair> {
    let place = match ballots.last() {
        // A person's answers come together, and people in the order of their numbers.
        Some((last, _)) if *last == respondent => Ok(ballots.len() - 1),
        Some((last, _)) if *last > respondent => {
            ballots.binary_search_by_key(&respondent, |(known, _)| *known)
        }
        _ => Err(ballots.len()),
    };
    let place = place.unwrap_or_else(|place| {
        ballots.insert(place, (respondent, vec![(None, None); width]));
        place
    });
    &mut ballots[place].1
}

/// Counts what was said about one capability, respondent by respondent.
fn count(said: &[Said], groups: &mut [Group]) -> Everyone {
    let mut everyone = Everyone::default();
    for person in said.chunk_by(|a, b| a.respondent == b.respondent) {
        let mut whole = Tally::default();
        for answer in person {
            let group = &mut groups[answer.column];
            group.all.count(answer.current, answer.target);
            if person.len() == 1 {
                group.own.count(answer.current, answer.target);
            }
            whole.count(answer.current, answer.target);
        }
        everyone.people += 1;
        for (counts, level) in [
            (&mut everyone.current, median_low(&whole.current)),
            (&mut everyone.target, median_low(&whole.target)),
        ] {
            if let Some(level) = level.map(Level::get) {
                counts[usize::from(level) - 1] += 1;
            }
        }
    }
    everyone
}
