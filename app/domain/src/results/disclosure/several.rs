//! Trades of those who answered for several municipalities, for groups where nobody answered for one alone.

use super::{
    super::{cell::median_low, count::Said},
    Audit, CURRENT, Change, DONT_KNOW, Hidden, Offers, Question, TARGET, current_trade,
    target_trade,
};
use crate::level::{Answer, Level};

/// What is told of the answers, with the number of a trade.
const QUESTIONS: [(Question, fn(usize, usize) -> usize); 2] = [
    (Question::Current, current_trade),
    (Question::Target, target_trade),
];

/// An answer that could have been another one.
#[derive(Clone, Copy)]
struct Other {
    from: usize,
    to: usize,
}

impl Other {
    const fn is_level_for_level(self) -> bool {
        self.from != DONT_KNOW && self.to != DONT_KNOW
    }
}

impl<F: Fn(u32) -> bool> Audit<'_, F> {
    /// What the region counts of those who answered for several municipalities, this one among them, against what it
    /// would count if they had answered something else for it.
    pub(super) fn offers_by_several(&self, column: usize) -> Offers {
        let mut offers = 0;
        for (person, place) in self.of_several(column) {
            for (question, trade) in QUESTIONS {
                let now = regional(person, question, None);
                for other in self.other_answers(person, place, question) {
                    let then = regional(person, question, Some((place, other.to)));
                    match (other.is_level_for_level(), now, then) {
                        (true, Some(now), Some(then)) if now != then => {
                            offers |= 1 << trade(now, then);
                        }
                        (false, Some(now), None) => offers |= 1 << trade(now, DONT_KNOW),
                        (false, None, Some(then)) => offers |= 1 << trade(DONT_KNOW, then),
                        _ => {}
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
        (answer(&person[place], question).into_iter())
            .flat_map(move |from| (0..answers).map(move |to| Other { from, to }))
            .filter(move |other| {
                other.from != other.to && self.stays(column, question, other.from, other.to)
            })
    }

    /// Whether the person's answers for this and another hidden municipality could be each other's.
    fn can_trade_within(&self, person: &[Said], place: usize, question: Question) -> bool {
        let here = &person[place];
        (person.iter().enumerate())
            .filter(|(other, said)| *other != place && self.is_hidden(said.column))
            .any(|(_, there)| {
                let (Some(from), Some(to)) = (answer(here, question), answer(there, question))
                else {
                    return false;
                };
                let tells = question != Question::DontKnow || [from, to].contains(&DONT_KNOW);
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
        let trade = match question {
            Question::Target => target_trade,
            Question::Current | Question::DontKnow => current_trade,
        };
        let now = regional(person, question, None);
        self.other_answers(person, place, question).any(|other| {
            let then = regional(person, question, Some((place, other.to)));
            match (other.is_level_for_level(), now, then) {
                (true, Some(now), Some(then)) => {
                    question != Question::DontKnow
                        && (now == then || self.others_offer(group, trade(then, now)))
                }
                (false, Some(now), None) => self.others_offer(group, trade(DONT_KNOW, now)),
                (false, None, Some(then)) => self.others_offer(group, trade(then, DONT_KNOW)),
                // One vet ej more, and elsewhere somebody who would rather not answer in the place of one.
                (false, Some(now), Some(then)) => {
                    other.to == DONT_KNOW && now == then && self.others_say_dont_know(group.column)
                }
                _ => false,
            }
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

/// What was answered: levels 1–5 from 0, then vet ej on the current level; none for what is not told of.
fn answer(said: &Said, question: Question) -> Option<usize> {
    let answer = match question {
        Question::Target => said.target,
        Question::Current | Question::DontKnow => said.current,
    };
    match answer? {
        Answer::Level(level) => Some(usize::from(level.get()) - 1),
        Answer::DontKnow if question != Question::Target => Some(DONT_KNOW),
        _ => None,
    }
}

/// The level from 0 that a person counts with in the region, when one of their answers is another.
fn regional(person: &[Said], question: Question, changed: Option<(usize, usize)>) -> Option<usize> {
    let mut counts = [0; 5];
    for (place, said) in person.iter().enumerate() {
        let answer = match changed {
            Some((changed, to)) if changed == place => Some(to),
            _ => answer(said, question),
        };
        if let Some(count) = answer.and_then(|answer| counts.get_mut(answer)) {
            *count += 1;
        }
    }
    median_low(&counts)
        .map(Level::get)
        .map(|level| usize::from(level) - 1)
}
