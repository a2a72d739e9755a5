//! The example's sheets of answers, and what municipalities agree on after them.

use domain::{
    ids::{CapabilityId, RoundId},
    level::{Answer, Level},
    map::{Agreed, AgreedLevel, Command},
    municipality::Municipality,
    statistics::location::median_low,
    survey::{Rating, Scope},
};

use super::{
    map,
    model::{self, Place},
    people::{self, Outcome, Person},
    remarks,
    seed::{Purpose, happens, nearest, stream},
};

/// One sheet: what a person says about what, and for whom.
pub(super) type Ratings = Vec<((CapabilityId, Scope), Rating)>;

/// What municipalities have not come to when the second round is over, by the first letter of the capabilities' codes.
const NOT_YET: [(&str, &str); 4] = [
    ("Bengtsfors", "L"),
    ("Tanum", "L"),
    ("Strömstad", "I"),
    ("Färgelanda", "F"),
];

/// A person's sheet in a round. Those who answer for several municipalities do so once, and differ where they must.
/// A draft stops half-way.
pub(super) fn sheet(person: &Person, round: usize) -> Ratings {
    let capabilities = map::capabilities();
    let (whole, half) = (capabilities.len(), capabilities.len() / 2);
    let answered = match person.outcome(round) {
        Outcome::Submitted => whole,
        Outcome::Draft => half,
        Outcome::Nothing => 0,
    };
    let mut ratings = Vec::new();
    for (capability, (_, id)) in capabilities.into_iter().enumerate().take(answered) {
        let mut random = stream(Purpose::Remark, &[person.number, round, capability]);
        for (nth, municipality) in person.municipalities.iter().enumerate() {
            let place = Place {
                municipality: *municipality,
                capability,
            };
            let scope = match nth {
                0 => Scope::All,
                _ if place.is_of_no_use() || place.is_ahead() || happens(&mut random, 15) => {
                    Scope::Only(*municipality)
                }
                _ => continue,
            };
            let (current, target) = place.answers(person, round);
            let (comment, weakness) = remarks::comment(&mut random, current);
            let rating = Rating {
                current: Some(current),
                target: Some(target),
                effect: None,
                comment,
                weakness,
            };
            ratings.push(((id, scope), rating));
        }
    }
    ratings
}

/// What each municipality agrees on after a round, one command a municipality.
pub(super) fn agreements(round: usize, id: RoundId, sheets: &[(Person, Ratings)]) -> Vec<Command> {
    (people::full_members().into_iter())
        .map(|municipality| {
            let levels = (map::capabilities().into_iter().enumerate())
                .filter_map(|(capability, (code, id))| {
                    let place = Place {
                        municipality,
                        capability,
                    };
                    let said = said_of(municipality, id, round, sheets);
                    Some((id, Some(agreed(place, &code, round, &said)?)))
                })
                .collect();
            Command::Agree {
                round: id,
                municipality,
                levels,
            }
        })
        .collect()
}

/// The effects on goals that the directors vote after a round.
pub(super) fn effects(round: usize, id: RoundId) -> Command {
    let effects = (map::capabilities().into_iter().enumerate())
        .map(|(capability, (_, id))| (id, model::effect(capability, round)))
        .collect();
    Command::SetEffects { round: id, effects }
}

/// Current and target levels that were submitted for one municipality on one capability.
fn said_of(
    municipality: Municipality,
    capability: CapabilityId,
    round: usize,
    sheets: &[(Person, Ratings)],
) -> (Vec<Level>, Vec<Level>) {
    let (mut current, mut target) = (Vec::new(), Vec::new());
    for (person, ratings) in sheets {
        if person.outcome(round) != Outcome::Submitted
            || !person.municipalities.contains(&municipality)
        {
            continue;
        }
        let of = |scope| {
            (ratings.iter())
                .find(|(key, _)| *key == (capability, scope))
                .map(|(_, rating)| rating)
        };
        if let Some(rating) = of(Scope::Only(municipality)).or_else(|| of(Scope::All)) {
            current.extend(rating.current.and_then(Answer::level));
            target.extend(rating.target.and_then(Answer::level));
        }
    }
    (current, target)
}

/// What is agreed on: as a rule the lower median of what was said, now and then a level beside it after discussion.
fn agreed(
    place: Place,
    code: &str,
    round: usize,
    (current, target): &(Vec<Level>, Vec<Level>),
) -> Option<AgreedLevel> {
    let name = place.municipality.name();
    let mut random = place.stream(Purpose::Agreement, &[round]);
    let waits = (NOT_YET.iter()).any(|(whose, area)| *whose == name && code.starts_with(area));
    if round > 1 && (waits || happens(&mut random, 8)) {
        return None;
    }
    let reason = remarks::reason(&mut random);
    let value = if place.is_of_no_use() {
        Agreed::NotApplicable
    } else {
        let (likely, enough) = place.truth(round);
        let discussed = match random.below(20) {
            0 => -1.0,
            1 => 1.0,
            _ => 0.0,
        };
        let current = median_low(current).unwrap_or_else(|| nearest(likely));
        Agreed::Levels {
            current: nearest(f64::from(current.get()) + discussed),
            target: median_low(target).unwrap_or_else(|| nearest(enough)),
        }
    };
    Some(AgreedLevel { value, reason })
}
