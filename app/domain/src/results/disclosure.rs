//! What may be shown of how people answered about one capability, so that no small group can be worked out.
//!
//! One decision a capability and municipality covers both questions, vet ej and the number of answers. Shown is a
//! municipality that at least `n_min` people answered for who answered for no other: then whatever is subtracted from
//! what, its own people are left and are enough. What is left of the region when all that is shown is taken off, the
//! *rest*, is nobody, or at least `n_min` people from at least two hidden municipalities; else further municipalities
//! are hidden, the smallest first.
//!
//! That a rest is large does not do, for a median is told of groups from three people on. So each small hidden group
//! must also be able to trade an answer with another hidden group: then other answers give the same published numbers.
//! Where that cannot be had, the region's distribution is hidden too; but not where all of the rest said the same, for
//! that is told of groups of `n_min` people anyway.

mod several;

use super::{
    cell::Tally,
    count::{Everyone, Group, Said},
};
use crate::statistics::suppression::{GroupSize, LeastGroup, tell_sizes};

/// What may be shown about one capability.
pub(super) struct Disclosure {
    /// Whether each municipality's own distributions, vet ej and number of answers may be shown.
    pub(super) municipal: Vec<bool>,
    /// How many have answered for each municipality, as it may be told.
    pub(super) sizes: Vec<GroupSize>,
    /// Everyone's current levels.
    pub(super) current: bool,
    /// Everyone's target levels.
    pub(super) target: bool,
    /// The share of vet ej.
    pub(super) dont_know: bool,
}

/// What was answered about one capability.
#[derive(Clone, Copy)]
pub(super) struct Answered<'a> {
    /// For each municipality.
    pub(super) groups: &'a [Group],
    /// By people, each once.
    pub(super) everyone: &'a Everyone,
    /// By each of those who answered for several municipalities.
    pub(super) several: &'a [&'a [Said]],
}

/// The answers to the current level that are told apart: five levels, vet ej, inte aktuellt, and all else.
const CURRENT: usize = 8;
/// Of these, vet ej.
const DONT_KNOW: usize = 5;
/// Of these, inte aktuellt.
const NOT_APPLICABLE: usize = 6;
/// The answers to the target level that are told apart: five levels, and all else.
const TARGET: usize = 6;
/// How many of both are levels.
const LEVELS: usize = 5;
/// Every change of one person's answer in one municipality to another one, on the current and on the target level.
const TRADES: usize = CURRENT * CURRENT + TARGET * TARGET;

/// What a hidden group can give away in a trade and stand for the same as before, as bits: on the current level `from`
/// against `to` is bit `from · 8 + to`, on the target level 64 + `from · 6 + to`.
type Offers = u128;

impl Disclosure {
    /// Decides. `repeated` of the respondents may be the same people again. Linear in the number of municipalities,
    /// but for those that must be hidden beside small ones.
    pub(super) fn of(answered: Answered<'_>, least: LeastGroup, repeated: u32) -> Self {
        let Answered {
            groups, everyone, ..
        } = answered;
        let surely = |people: u32| people.saturating_sub(repeated);
        let enough = |people: u32| least.permits(surely(people));
        let mut municipal: Vec<bool> = (groups.iter())
            .map(|group| enough(group.own.rated()))
            .collect();
        let mut smallest_first: Vec<usize> = (0..groups.len())
            .filter(|&group| municipal[group])
            .collect();
        smallest_first.sort_by_key(|&group| groups[group].all.answers);
        let mut smallest_first = smallest_first.into_iter();
        let mut audit = Audit::new(answered, &municipal, &enough);
        while !audit.is_safe() {
            let Some(next) = smallest_first.next() else {
                break;
            };
            municipal[next] = false;
            audit.hide(next);
        }
        let sizes: Vec<u32> = groups.iter().map(|group| group.all.answers).collect();
        let hidden: Vec<bool> = municipal.iter().map(|shown| !shown).collect();
        Self {
            sizes: tell_sizes(&sizes, &hidden, enough(everyone.people), least),
            current: enough(everyone.current.iter().sum()) && audit.hides(Question::Current),
            target: enough(everyone.target.iter().sum()) && audit.hides(Question::Target),
            // Whether people could answer is what a question is judged by, and no level: of a large enough whole it is
            // told as it is. What a small group said would take all the others' to work out, and none of them is shown.
            dont_know: enough(everyone.people),
            municipal,
        }
    }
}

/// What is told of a capability.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    Current,
    Target,
    DontKnow,
}

/// What can be worked out of hidden groups from what is told of everyone.
struct Audit<'a, F> {
    groups: &'a [Group],
    /// The answers of each of those who answered for several municipalities.
    several: &'a [&'a [Said]],
    /// Whether so many people are enough.
    enough: &'a F,
    /// The municipalities that anyone answered for and that are hidden, with what they offer.
    hidden: Vec<Hidden>,
    /// What is left of everyone when the people of the shown municipalities are taken off.
    rest: Tally,
    /// How many hidden groups offer each trade by someone who answered for them alone.
    offered: [u32; TRADES],
    /// The same by someone who answered for several.
    offered_by_several: [u32; TRADES],
}

/// A hidden group that anyone answered for.
#[derive(Clone, Copy)]
struct Hidden {
    /// The municipality's place among the members.
    column: usize,
    /// The trades of those who answered for it alone.
    offers: Offers,
    /// What those who answered for several could trade in the region by another answer for it.
    by_several: Offers,
}

impl<'a, F: Fn(u32) -> bool> Audit<'a, F> {
    fn new(answered: Answered<'a>, municipal: &[bool], enough: &'a F) -> Self {
        let Answered {
            groups,
            everyone,
            several,
        } = answered;
        let mut audit = Self {
            groups,
            several,
            enough,
            hidden: Vec::new(),
            rest: Tally {
                current: everyone.current,
                target: everyone.target,
                answers: everyone.people,
                ..Tally::default()
            },
            offered: [0; TRADES],
            offered_by_several: [0; TRADES],
        };
        for (index, (group, shown)) in groups.iter().zip(municipal).enumerate() {
            if *shown {
                audit.rest.change(&group.own, u32::saturating_sub);
            } else if group.all.answers > 0 {
                audit.conceal(index);
            }
        }
        audit
    }

    /// A shown municipality is hidden too.
    fn hide(&mut self, group: usize) {
        self.rest
            .change(&self.groups[group].own, u32::saturating_add);
        self.conceal(group);
    }

    fn conceal(&mut self, column: usize) {
        let group = Hidden {
            column,
            offers: offers(&self.groups[column], self.enough),
            by_several: self.offers_by_several(column),
        };
        for trade in 0..TRADES {
            self.offered[trade] += u32::from(group.offers >> trade & 1 == 1);
            self.offered_by_several[trade] += u32::from(group.by_several >> trade & 1 == 1);
        }
        self.hidden.push(group);
    }

    /// Whether the shown municipalities give nothing away beside what is told of everyone.
    fn is_safe(&self) -> bool {
        let questions = [Question::Current, Question::Target, Question::DontKnow];
        let nothing_left = self.rest.answers == 0;
        nothing_left
            || self.hidden.len() >= 2
                && (self.enough)(self.rest.rated())
                && questions.into_iter().all(|question| self.hides(question))
    }

    /// Whether no small hidden group's answers follow from what is told of everyone.
    fn hides(&self, question: Question) -> bool {
        self.rest_says_one_thing(question)
            || (self.hidden.iter()).all(|group| {
                (self.enough)(self.groups[group.column].own.rated())
                    || self.can_trade(group, question)
                    || self.several_can_trade(group, question)
            })
    }

    /// Whether all of the rest gave the same answer: then there is nothing to trade, and nothing to tell apart.
    fn rest_says_one_thing(&self, question: Question) -> bool {
        let one = |levels: &[u32; 5]| levels.iter().filter(|people| **people > 0).count() <= 1;
        match question {
            Question::Current => one(&self.rest.current),
            Question::Target => one(&self.rest.target),
            Question::DontKnow => {
                let sum = |number: fn(&Tally) -> u32| -> u32 {
                    (self.hidden.iter())
                        .map(|group| number(&self.groups[group.column].all))
                        .sum()
                };
                let dont_know = sum(|tally| tally.dont_know);
                dont_know == 0 || dont_know == sum(|tally| tally.answers)
            }
        }
    }

    /// Whether someone who answered for another hidden group alone offers a trade.
    const fn others_offer(&self, group: &Hidden, trade: usize) -> bool {
        self.offered[trade] > (group.offers >> trade & 1) as u32
    }

    /// Whether someone who answered for a group alone can trade with another hidden group.
    fn can_trade(&self, group: &Hidden, question: Question) -> bool {
        let takes = |trade: usize, back: usize| {
            let by_several = (group.by_several >> back & 1) as u32;
            group.offers >> trade & 1 == 1
                && (self.others_offer(group, back) || self.offered_by_several[back] > by_several)
        };
        let current = |(from, to)| takes(current_trade(from, to), current_trade(to, from));
        match question {
            Question::Current => pairs(CURRENT)
                .filter(|(from, to)| *from < LEVELS || *to < LEVELS)
                .any(current),
            Question::Target => pairs(TARGET)
                .any(|(from, to)| takes(target_trade(from, to), target_trade(to, from))),
            Question::DontKnow => pairs(CURRENT)
                .filter(|(from, to)| [*from, *to].contains(&DONT_KNOW))
                .any(current),
        }
    }
}

fn pairs(answers: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..answers)
        .flat_map(move |from| (0..answers).map(move |to| (from, to)))
        .filter(|(from, to)| from != to)
}

const fn current_trade(from: usize, to: usize) -> usize {
    from * CURRENT + to
}

const fn target_trade(from: usize, to: usize) -> usize {
    CURRENT * CURRENT + from * TARGET + to
}

/// The trades after which the group stands for the same, and is hidden or not as before. Only those who answered for
/// no other municipality trade, for others' answers are in more than one group.
fn offers(group: &Group, enough: &impl Fn(u32) -> bool) -> Offers {
    let (large, own) = (enough(group.own.rated()), &group.own);
    let mut offers = 0;
    let mut offer = |trade: usize, change: Change| {
        let stays = enough(own.with(change).rated()) == large;
        if stays && group.all.stands_for_the_same_with(change) {
            offers |= 1 << trade;
        }
    };
    for (from, to) in pairs(CURRENT) {
        if own.with_current(from) > 0 {
            offer(current_trade(from, to), Change::Current(from, to));
        }
    }
    for (from, to) in pairs(TARGET) {
        if own.with_target(from) > 0 {
            offer(target_trade(from, to), Change::Target(from, to));
        }
    }
    offers
}

/// One answer that is another: from the one to the other.
#[derive(Clone, Copy)]
enum Change {
    /// Of [`CURRENT`], levels 1–5 from 0.
    Current(usize, usize),
    /// Of [`TARGET`], levels 1–5 from 0.
    Target(usize, usize),
}

impl Tally {
    /// The counts when one of the answers is another.
    fn with(&self, change: Change) -> Self {
        let mut changed = *self;
        match change {
            Change::Current(from, to) => {
                if let Some(count) = changed.counted_current(from) {
                    *count -= 1;
                }
                if let Some(count) = changed.counted_current(to) {
                    *count += 1;
                }
            }
            Change::Target(from, to) => {
                if let Some(count) = changed.target.get_mut(from) {
                    *count -= 1;
                }
                if let Some(count) = changed.target.get_mut(to) {
                    *count += 1;
                }
            }
        }
        changed
    }

    fn stands_for_the_same_with(&self, change: Change) -> bool {
        self.with(change).value() == self.value()
    }

    /// How many gave this answer to the current level.
    fn with_current(&self, answer: usize) -> u32 {
        match answer {
            DONT_KNOW => self.dont_know,
            NOT_APPLICABLE => self.not_applicable,
            level if level < LEVELS => self.current[level],
            _ => {
                let told = self.current.iter().sum::<u32>() + self.dont_know + self.not_applicable;
                self.answers.saturating_sub(told)
            }
        }
    }

    /// How many gave this answer to the target level.
    fn with_target(&self, answer: usize) -> u32 {
        let else_than_level = || self.answers.saturating_sub(self.target.iter().sum());
        (self.target.get(answer).copied()).unwrap_or_else(else_than_level)
    }

    /// The count of an answer to the current level; none for all else, which is what is left.
    fn counted_current(&mut self, answer: usize) -> Option<&mut u32> {
        match answer {
            DONT_KNOW => Some(&mut self.dont_know),
            NOT_APPLICABLE => Some(&mut self.not_applicable),
            level => self.current.get_mut(level),
        }
    }

    /// Changes levels and answers by another's, one by one.
    fn change(&mut self, other: &Self, change: fn(u32, u32) -> u32) {
        let levels = (self.current.iter_mut().zip(&other.current))
            .chain(self.target.iter_mut().zip(&other.target));
        for (count, other) in levels {
            *count = change(*count, *other);
        }
        self.answers = change(self.answers, other.answers);
    }
}
