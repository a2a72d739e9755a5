//! Who takes part in the example. Nobody in it exists.

use domain::{
    ids::{ParticipantId, RoundId},
    mapping::{Member, Participation},
    municipality::Municipality,
    survey::{Occupation, Participant},
};

use super::seed::{Purpose, id, text};

/// Municipalities that take part in other ways, and how.
const OTHERWISE: [(&str, &str); 3] = [
    ("Dals-Ed", "lämnade skriftliga synpunkter"),
    ("Orust", "intervjuades i stället för att svara på enkäten"),
    ("Åmål", "följde workshop 3 och 4 som åhörare på länk"),
];

/// Those who are asked, by whom they answer for and how many of them there are.
const ASKED: [(&[&str], usize); 13] = [
    (&["Trollhättan"], 7),
    (&["Uddevalla"], 7),
    (&["Vänersborg"], 5),
    (&["Strömstad"], 4),
    (&["Tanum"], 4),
    (&["Lysekil"], 3),
    (&["Munkedal"], 3),
    (&["Sotenäs"], 3),
    (&["Bengtsfors"], 3),
    (&["Mellerud"], 3),
    (&["Färgelanda"], 4),
    (&["Lysekil", "Munkedal", "Sotenäs"], 1),
    (&["Bengtsfors", "Mellerud"], 1),
];

/// Those who come new to the second round.
const NEW: [(&[&str], usize); 4] = [
    (&["Trollhättan"], 1),
    (&["Uddevalla"], 1),
    (&["Strömstad"], 1),
    (&["Tanum"], 1),
];

/// Numbers of those who did not submit in the first round (among them the second: a draft was saved).
const SILENT_FIRST: [usize; 3] = [7, 14, 43];

/// Numbers of those who have left their posts before the second round and are not asked again.
const LEFT: [usize; 3] = [14, 19, 31];

/// Numbers of those who did not submit in the second round.
const SILENT_SECOND: [usize; 6] = [7, 11, 23, 28, 42, 44];

/// Roles, in the order in which they are handed out.
const ROLES: [Occupation; 7] = [
    Occupation::ItManager,
    Occupation::HeadOfAdministration,
    Occupation::InformationSecurity,
    Occupation::ChiefExecutive,
    Occupation::Other,
    Occupation::FinanceManager,
    Occupation::HeadOfAdministration,
];

/// A person who is asked.
pub(super) struct Person {
    /// 1, 2, 3 …; the same person has the same number in both rounds.
    pub(super) number: usize,
    /// Role at home.
    pub(super) occupation: Occupation,
    /// Whom they answer for.
    pub(super) municipalities: Vec<Municipality>,
}

/// How far a person comes in a round.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Never opens the link.
    Nothing,
    /// Stops half-way.
    Draft,
    /// Submits.
    Submitted,
}

/// The municipalities of the mapping with how they take part.
pub(super) fn members() -> Vec<Member> {
    (Municipality::fyrbodal().into_iter())
        .map(|municipality| {
            let otherwise = (OTHERWISE.iter()).find(|(name, _)| *name == municipality.name());
            Member {
                municipality,
                participation: match otherwise {
                    Some(_) => Participation::Otherwise,
                    None => Participation::Full,
                },
                note: text(otherwise.map_or("", |(_, how)| how)),
            }
        })
        .collect()
}

/// The municipalities that take part fully.
pub(super) fn full_members() -> Vec<Municipality> {
    (members().into_iter())
        .filter(|member| member.participation == Participation::Full)
        .map(|member| member.municipality)
        .collect()
}

/// Those who are asked in a round.
pub(super) fn asked(round: usize) -> Vec<Person> {
    let all = ASKED.iter().chain(&NEW).flat_map(|(names, count)| {
        (0..*count).map(|nth| {
            // Those who answer for several are their common IT managers.
            let role = if names.len() > 1 { 0 } else { nth };
            (*names, ROLES[role % ROLES.len()])
        })
    });
    let first: usize = ASKED.iter().map(|(_, count)| count).sum();
    let mut people: Vec<_> = (1..)
        .zip(all)
        .map(|(number, (names, occupation))| Person {
            number,
            occupation,
            municipalities: (names.iter())
                .filter_map(|name| Municipality::by_name(name))
                .collect(),
        })
        .collect();
    match round {
        1 => people.truncate(first),
        _ => people.retain(|person| !LEFT.contains(&person.number)),
    }
    people
}

impl Person {
    /// How far they come in a round.
    pub(super) fn outcome(&self, round: usize) -> Outcome {
        let silent: &[usize] = if round == 1 {
            &SILENT_FIRST
        } else {
            &SILENT_SECOND
        };
        match silent.iter().position(|number| *number == self.number) {
            None => Outcome::Submitted,
            Some(1) => Outcome::Draft,
            Some(_) => Outcome::Nothing,
        }
    }

    /// Their part in a round.
    pub(super) fn participant(&self, round: usize, round_id: RoundId) -> Participant {
        let id = id(Purpose::Participant, &[round, self.number]);
        Participant {
            id: ParticipantId::new(id),
            round: round_id,
            name: text(&format!("Deltagare {:02} (Exempel)", self.number)),
            email: text(&format!("deltagare{:02}@example.se", self.number)),
            occupation: self.occupation,
            municipalities: self.municipalities.clone(),
        }
    }
}
