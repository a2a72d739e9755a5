//! Trades of those who answered for several municipalities, for groups where nobody answered for one alone.

use super::{
    super::{cell::median_low, count::Said},
    Audit, CURRENT, Change, DONT_KNOW, Hidden, LEVELS, NOT_APPLICABLE, Offers, Question, TARGET,
    current_trade, target_trade,
};
use crate::level::{Answer, Level};

/// An answer that could have been another one, and what the person counts with in the region now and then.
#[derive(Clone, Copy)]
struct Other {
    from: usize,
    to: usize,
    now: Option<usize>,
    then: Option<usize>,
}

impl Other {
    /// Whether a person's vet ej would come or go.
    fn dont_know(self, question: Question) -> bool {
        question != Question::Target && [self.from, self.to].contains(&DONT_KNOW)
    }

    /// What the region would lose and gain; none when it would be the same, or when a vet ej would come or go beside it.
    fn shift(self, question: Question) -> Option<(usize, usize)> {
        let beside = self.now.is_some() && self.then.is_some() && self.dont_know(question);
        (self.now != self.then && !beside)
            .then(|| (self.now.unwrap_or(self.from), self.then.unwrap_or(self.to)))
    }
}

/// The number of a trade.
const fn trade(question: Question, (from, to): (usize, usize)) -> usize {
    match question {
        Question::Target => target_trade(from, to),
        Question::Current | Question::DontKnow => current_trade(from, to),
    }
}

impl<F: Fn(u32) -> bool> Audit<'_, F> {
    /// What the region counts of those who answered for several municipalities, this one among them, against what it
    /// would count if they had answered something else for it.
    pub(super) fn offers_by_several(&self, column: usize) -> Offers {
        let mut offers = 0;
        for (person, place) in self.of_several(column) {
            for question in [Question::Current, Question::Target] {
                for other in self.other_answers(person, place, question) {
                    if let Some(shift) = other.shift(question) {
                        offers |= 1 << trade(question, shift);
                    }
                }
            }
        }
        offers
    }

    /// Whether someone who answered for several municipalities, this one among them, could have answered something
    /// else for it with everything that is told the same.
    pub(super) fn several_can_trade(&self, group: &Hidden, question: Question) -> bool {
        (self.of_several(group.column)).any(|(person, place)| {
            self.can_trade_within(person, place, question)
                || self.can_trade_with_others(person, place, group, question)
        })
    }

    /// Those who answered for several municipalities, this one among them, with the place of their answer for it.
    fn of_several(&self, column: usize) -> impl Iterator<Item = (&[Said], usize)> {
        (self.several.iter()).filter_map(move |person| {
            let place = person.iter().position(|said| said.column == column)?;
            Some((*person, place))
        })
    }

    /// What a person could have answered in this place with the municipality standing for the same.
    fn other_answers(
        &self,
        person: &[Said],
        place: usize,
        question: Question,
    ) -> impl Iterator<Item = Other> {
        let column = person[place].column;
        let answers = match question {
            Question::Target => TARGET,
            Question::Current | Question::DontKnow => CURRENT,
        };
        let from = answer(&person[place], question);
        let now = regional(person, question, None);
        (0..answers)
            .filter(move |&to| to != from && self.stays(column, question, from, to))
            .map(move |to| Other {
                from,
                to,
                now,
                then: regional(person, question, Some((place, to))),
            })
    }

    /// Whether the person's answers for this and another hidden municipality could be each other's.
    fn can_trade_within(&self, person: &[Said], place: usize, question: Question) -> bool {
        let here = &person[place];
        (person.iter().enumerate())
            .filter(|(other, said)| *other != place && self.is_hidden(said.column))
            .any(|(_, there)| {
                let (from, to) = (answer(here, question), answer(there, question));
                let tells = match question {
                    Question::Current | Question::Target => from < LEVELS || to < LEVELS,
                    Question::DontKnow => [from, to].contains(&DONT_KNOW),
                };
                from != to
                    && tells
                    && self.stays(here.column, question, from, to)
                    && self.stays(there.column, question, to, from)
            })
    }

    /// Whether the person's answer for the municipality could be another one, which changes what they count with in
    /// the region or not, and somebody elsewhere could make up for it.
    fn can_trade_with_others(
        &self,
        person: &[Said],
        place: usize,
        group: &Hidden,
        question: Question,
    ) -> bool {
        self.other_answers(person, place, question).any(|other| {
            let tells = match question {
                Question::Current | Question::Target => other.from < LEVELS || other.to < LEVELS,
                Question::DontKnow => other.dont_know(question),
            };
            let made_up_for = match other.shift(question) {
                Some((from, to)) => self.others_offer(group, trade(question, (to, from))),
                // One vet ej more, and elsewhere somebody who would rather not answer in the place of one.
                None if other.dont_know(question) => {
                    other.now == other.then
                        && other.to == DONT_KNOW
                        && self.others_say_dont_know(group.column)
                }
                None => true,
            };
            tells && made_up_for
        })
    }

    fn is_hidden(&self, column: usize) -> bool {
        self.hidden.iter().any(|hidden| hidden.column == column)
    }

    /// Whether a municipality stands for the same when one of its answers is another.
    fn stays(&self, column: usize, question: Question, from: usize, to: usize) -> bool {
        let change = match question {
            Question::Target => Change::Target(from, to),
            Question::Current | Question::DontKnow => Change::Current(from, to),
        };
        self.groups[column].all.stands_for_the_same_with(change)
    }

    fn others_say_dont_know(&self, column: usize) -> bool {
        (self.hidden.iter())
            .any(|other| other.column != column && self.groups[other.column].own.dont_know > 0)
    }
}

/// What was answered: one of [`CURRENT`] or of [`TARGET`].
fn answer(said: &Said, question: Question) -> usize {
    let (answer, all_else) = match question {
        Question::Target => (said.target, TARGET - 1),
        Question::Current | Question::DontKnow => (said.current, CURRENT - 1),
    };
    match answer {
        Some(Answer::Level(level)) => usize::from(level.get()) - 1,
        Some(Answer::DontKnow) if question != Question::Target => DONT_KNOW,
        Some(Answer::NotApplicable) if question != Question::Target => NOT_APPLICABLE,
        _ => all_else,
    }
}

/// The level from 0 that a person counts with in the region, when one of their answers is another.
fn regional(person: &[Said], question: Question, changed: Option<(usize, usize)>) -> Option<usize> {
    let mut counts = [0; 5];
    for (place, said) in person.iter().enumerate() {
        let answer = match changed {
            Some((changed, to)) if changed == place => to,
            _ => answer(said, question),
        };
        if let Some(count) = counts.get_mut(answer) {
            *count += 1;
        }
    }
    median_low(&counts)
        .map(Level::get)
        .map(|level| usize::from(level) - 1)
}
