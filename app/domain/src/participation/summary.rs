//! Participation in a sentence, and what an enquiry's replies say of it.

use crate::{mapping::Participation, municipality::Municipality, text::Title};

use super::Reply;

/// Who takes part: "11 av 14 deltar fullt eller delvis, 3 på annat sätt", with names. Each municipality stands in one of
/// the lists, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Deltar fullt eller delvis.
    pub taking_part: Vec<Municipality>,
    /// Deltar på annat sätt.
    pub otherwise: Vec<Municipality>,
    /// Tackat nej.
    pub declined: Vec<Municipality>,
    /// Asked, and nothing decided: inbjuden, intresserad, betänketid, ej svarat.
    pub undecided: Vec<Municipality>,
}

impl Summary {
    /// How many municipalities there are in all.
    pub fn of(&self) -> usize {
        self.taking_part.len() + self.otherwise.len() + self.declined.len() + self.undecided.len()
    }
}

/// Sums up how municipalities take part: in the series as a whole, or in one step of it.
pub fn summary(grades: impl IntoIterator<Item = (Municipality, Participation)>) -> Summary {
    let mut summary = Summary::default();
    for (municipality, grade) in grades {
        let list = match grade {
            Participation::Full | Participation::Partly => &mut summary.taking_part,
            Participation::Otherwise => &mut summary.otherwise,
            Participation::Declined => &mut summary.declined,
            Participation::Invited
            | Participation::Interested
            | Participation::Considering
            | Participation::Silent => &mut summary.undecided,
        };
        list.push(municipality);
    }
    summary
}

/// What the tool knows of a municipality in one step, to stand beside what has been said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Who came to the workshop; empty when it was held and nobody did.
    Came(Vec<Title>),
    /// How many of those asked have submitted their answers.
    Answered {
        /// Submitted.
        submitted: usize,
        /// Asked; at least 1.
        asked: usize,
    },
    /// How many are invited to the series, at least 1. Who of them has read the material is shown to nobody.
    Invited(usize),
}

/// What an enquiry's reply would make of a municipality's participation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// The new grade.
    pub grade: Participation,
    /// Whether it says otherwise than a grade that was set with more knowledge: someone should look at it first.
    pub contradicts: bool,
}

/// What a reply, or silence, would change of how a municipality takes part; none when it changes nothing.
///
/// Yes to a question is no news of someone who takes part already, and silence is none of someone who has said anything.
pub fn consequence(current: Participation, reply: Option<Reply>) -> Option<Consequence> {
    let takes_part = matches!(
        current,
        Participation::Full | Participation::Partly | Participation::Otherwise
    );
    let grade = match reply {
        None if current == Participation::Invited => Participation::Silent,
        Some(Reply::Yes) if takes_part => return None,
        Some(reply) => reply.grade(),
        None => return None,
    };
    (grade != current).then_some(Consequence {
        grade,
        contradicts: takes_part,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_of_fourteen_take_part_and_three_do_so_otherwise() {
        let all = Municipality::fyrbodal();
        let grade = |nth: usize| match nth {
            0..=8 => Participation::Full,
            9..=10 => Participation::Partly,
            _ => Participation::Otherwise,
        };
        let found = summary((all.iter().enumerate()).map(|(nth, one)| (*one, grade(nth))));
        assert_eq!((found.taking_part.len(), found.of()), (11, 14));
        assert_eq!(found.otherwise, all[11..]);
        assert!(found.declined.is_empty() && found.undecided.is_empty());
    }

    #[test]
    fn every_grade_counts_once() {
        let all = Municipality::fyrbodal();
        let given = (all.iter().copied()).zip(Participation::ALL.iter().copied());
        let found = summary(given);
        assert_eq!(found.of(), Participation::ALL.len());
        assert_eq!((found.declined.len(), found.undecided.len()), (1, 4));
        assert_eq!(summary([]), Summary::default());
    }

    #[test]
    fn a_reply_says_nothing_new_of_those_who_take_part_unless_it_is_no() {
        use Participation as P;
        for takes_part in [P::Full, P::Partly, P::Otherwise] {
            assert_eq!(consequence(takes_part, Some(Reply::Yes)), None);
            assert_eq!(consequence(takes_part, None), None);
            let no = consequence(takes_part, Some(Reply::No)).expect("it is news");
            assert_eq!((no.grade, no.contradicts), (P::Declined, true));
        }
        let becomes =
            |current, reply| consequence(current, reply).map(|c| (c.grade, c.contradicts));
        assert_eq!(becomes(P::Invited, None), Some((P::Silent, false)));
        assert_eq!(becomes(P::Declined, None), None);
        assert_eq!(becomes(P::Silent, None), None);
        assert_eq!(
            becomes(P::Silent, Some(Reply::Later)),
            Some((P::Considering, false))
        );
        assert_eq!(becomes(P::Interested, Some(Reply::Yes)), None);
    }
}
