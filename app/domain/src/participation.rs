//! How municipalities take part in the steps of a series, and what they answer when they are asked whether they want to.

mod summary;

pub use summary::{Consequence, Fact, Summary, consequence, summary};

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    ids::{ContactId, EnquiryId, InviteeId, MappingId},
    map::choices,
    mapping::Participation,
    municipality::Municipality,
    survey::Occupation,
    text::{Description, Text, Title},
};

/// The text that people read before the first workshop, in Markdown.
pub type Material = Text<1, 20_000>;

choices! {
    /// A step of the series (METHOD §2).
    Step {
        /// Förberedelse.
        Preparation = "förberedelse",
        /// WS1.
        Ws1 = "ws1",
        /// WS2.
        Ws2 = "ws2",
        /// WS3.
        Ws3 = "ws3",
        /// Enkät.
        Survey = "enkät",
        /// WS4.
        Ws4 = "ws4",
        /// WS5.
        Ws5 = "ws5",
    }
}

/// How a municipality takes part in one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which municipality.
    pub municipality: Municipality,
    /// Which step; none for the series as a whole.
    pub step: Option<Step>,
    /// How it takes part.
    pub grade: Participation,
    /// Since which day, when it is known.
    pub since: Option<Date>,
    /// Who said so, or where it is written.
    pub source: Text<0, 160>,
    /// In what way, in free text.
    pub note: Text<0, 200>,
}

choices! {
    /// What a municipality answers to an interest enquiry.
    Reply {
        /// Ja.
        Yes = "ja",
        /// Nej.
        No = "nej",
        /// Vill ha betänketid.
        Later = "betänketid",
    }
}

impl Reply {
    /// The grade of participation that follows from a reply.
    pub const fn grade(self) -> Participation {
        match self {
            Self::Yes => Participation::Interested,
            Self::No => Participation::Declined,
            Self::Later => Participation::Considering,
        }
    }
}

/// An interest enquiry put to the municipalities (intresseförfrågan).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enquiry {
    /// Which.
    pub id: EnquiryId,
    /// Of which mapping.
    pub mapping: MappingId,
    /// The question, in one sentence.
    pub question: Text<1, 160>,
    /// What it is about.
    pub explanation: Description,
    /// The last day to answer.
    pub deadline: Date,
    /// When it was made, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// When it was closed.
    pub closed_at: Option<i64>,
}

impl Enquiry {
    /// Whether those who are asked may still answer by themselves on this day.
    pub fn is_open(&self, today: Date) -> bool {
        self.closed_at.is_none() && today <= self.deadline
    }
}

/// Whom an enquiry is put to, and what they have answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Which.
    pub id: ContactId,
    /// Of which enquiry.
    pub enquiry: EnquiryId,
    /// For which municipality.
    pub municipality: Municipality,
    /// Who is asked; may be empty when the answer is entered by hand.
    pub name: Text<0, 80>,
    /// Their address; may be empty.
    pub email: Text<0, 200>,
    /// The answer; none while they are silent.
    pub reply: Option<Reply>,
    /// What they wrote with it.
    pub note: Text<0, 200>,
    /// Who answered.
    pub replied_by: Text<0, 80>,
    /// When.
    pub replied_at: Option<i64>,
}

/// How many answered what: "5 ja · 3 nej · 6 ej svarat av 14".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ja.
    pub yes: usize,
    /// Nej.
    pub no: usize,
    /// Betänketid.
    pub later: usize,
    /// Ej svarat.
    pub silent: usize,
}

impl Tally {
    /// Counts the replies of contacts; those of the `asked` municipalities without one are silent.
    pub fn count<'c>(contacts: impl IntoIterator<Item = &'c Contact>, asked: usize) -> Self {
        let mut tally = Self::default();
        for contact in contacts {
            match contact.reply {
                Some(Reply::Yes) => tally.yes += 1,
                Some(Reply::No) => tally.no += 1,
                Some(Reply::Later) => tally.later += 1,
                None => {}
            }
        }
        tally.silent = asked.saturating_sub(tally.yes + tally.no + tally.later);
        tally
    }
}

/// A person asked to take part in the series (inbjuden).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitee {
    /// Which.
    pub id: InviteeId,
    /// In which mapping.
    pub mapping: MappingId,
    /// Name.
    pub name: Title,
    /// E-mail; may be empty.
    pub email: Text<0, 200>,
    /// Role at home.
    pub occupation: Occupation,
    /// Whom they come for, in Swedish order; never empty.
    pub municipalities: Vec<Municipality>,
}

choices! {
    /// Whether a municipality has a digital strategy.
    Strategy {
        /// Vet inte.
        Unknown = "vet inte",
        /// Finns.
        Done = "finns",
        /// Pågår.
        Begun = "pågår",
        /// Saknas.
        Missing = "saknas",
    }
}

/// What a municipality has done before the mapping: a strategy, and an earlier self-assessment (METHOD §5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readiness {
    /// Which municipality.
    pub municipality: Municipality,
    /// Its digital strategy.
    pub strategy: Strategy,
    /// Where the strategy is to be read; empty or an http(s) address.
    pub strategy_link: Text<0, 400>,
    /// The tool of the self-assessment, such as eBlomlådan; empty when none was made.
    pub tool: Text<0, 80>,
    /// The year it was made.
    pub year: Option<u16>,
    /// Where its result is to be read; empty or an http(s) address.
    pub tool_link: Text<0, 400>,
    /// Anything else.
    pub note: Text<0, 200>,
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    fn contact(municipality: Municipality, reply: Option<Reply>) -> Contact {
        Contact {
            id: ContactId::new(Uuid::nil()),
            enquiry: EnquiryId::new(Uuid::nil()),
            municipality,
            name: Text::default(),
            email: Text::default(),
            reply,
            note: Text::default(),
            replied_by: Text::default(),
            replied_at: None,
        }
    }

    #[test]
    fn five_yes_three_no_and_six_silent_make_fourteen() {
        let contacts: Vec<_> = (Municipality::fyrbodal().into_iter().enumerate())
            .map(|(nth, municipality)| {
                let reply = match nth {
                    0..=4 => Some(Reply::Yes),
                    5..=7 => Some(Reply::No),
                    _ => None,
                };
                contact(municipality, reply)
            })
            .collect();
        let tally = Tally::count(&contacts, contacts.len());
        assert_eq!(
            tally,
            Tally {
                yes: 5,
                no: 3,
                later: 0,
                silent: 6
            }
        );
        assert_eq!(Tally::count(&[], 0), Tally::default());
    }

    #[test]
    fn an_enquiry_is_open_to_the_end_of_its_last_day_unless_it_is_closed() {
        let mut enquiry = Enquiry {
            id: EnquiryId::new(Uuid::nil()),
            mapping: MappingId::new(Uuid::nil()),
            question: Text::parse("Vill ni vara med?").expect("it fits"),
            explanation: Description::default(),
            deadline: date!(2026 - 12 - 04),
            created_at: 0,
            closed_at: None,
        };
        assert!(enquiry.is_open(date!(2026 - 12 - 04)));
        assert!(!enquiry.is_open(date!(2026 - 12 - 05)));
        enquiry.closed_at = Some(1);
        assert!(!enquiry.is_open(date!(2026 - 12 - 01)));
    }
}
