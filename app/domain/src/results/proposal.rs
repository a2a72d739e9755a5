//! What a survey says about effects on goals: a proposal for those who set them, never the effects themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    ids::CapabilityId,
    level::{Answer, Level},
    results::MIN_ANSWERS_FOR_VALUE,
    statistics::location::median_low,
    survey::SubmittedEffect,
};

/// What the answers about one capability's effect come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EffectProposal {
    /// The low median; what holds for several municipalities counts in each, as in the results.
    pub effect: Level,
    /// How many people it rests on, at least.
    pub people: u32,
}

/// The proposals of a round, for the capabilities that enough people have given an effect.
///
/// `n_min` is the round's least group. `repeated` is how many responses there are beside the first of each person: a
/// confidential round keeps one a municipality and cannot tell whose they are, so that so many of those who answered
/// may be the same people again.
pub fn effect_proposals(
    answers: &[SubmittedEffect],
    n_min: u8,
    repeated: u32,
) -> BTreeMap<CapabilityId, EffectProposal> {
    let mut given: BTreeMap<CapabilityId, (Vec<Level>, BTreeSet<u32>)> = BTreeMap::new();
    for answer in answers {
        if let Answer::Level(effect) = answer.effect {
            let (effects, people) = given.entry(answer.capability).or_default();
            effects.push(effect);
            people.insert(answer.respondent);
        }
    }
    let least = u32::from(n_min).max(MIN_ANSWERS_FOR_VALUE);
    (given.into_iter())
        .filter_map(|(capability, (effects, people))| {
            let people = u32::try_from(people.len())
                .unwrap_or(u32::MAX)
                .saturating_sub(repeated);
            let effect = median_low(&effects).filter(|_| people >= least)?;
            Some((capability, EffectProposal { effect, people }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::municipality::Municipality;

    fn said(respondent: u32, effect: Answer) -> SubmittedEffect {
        SubmittedEffect {
            respondent,
            municipality: Municipality::fyrbodal()[0],
            capability: CapabilityId::new(Uuid::nil()),
            effect,
        }
    }

    fn level(number: u8) -> Answer {
        Answer::Level(Level::new(number).expect("from 1 to 5"))
    }

    fn proposal(answers: &[SubmittedEffect], n_min: u8, repeated: u32) -> Option<(u8, u32)> {
        (effect_proposals(answers, n_min, repeated)
            .into_values()
            .next())
        .map(|proposal| (proposal.effect.get(), proposal.people))
    }

    #[test]
    fn the_low_median_is_proposed_when_enough_people_gave_a_level() {
        let mut answers: Vec<_> = (0..3)
            .zip([2, 3, 5])
            .map(|(who, n)| said(who, level(n)))
            .collect();
        answers.push(said(3, Answer::DontKnow));
        assert_eq!(proposal(&answers, 4, 0), None, "vet ej is no effect");
        answers.push(said(4, level(5)));
        assert_eq!(proposal(&answers, 4, 0), Some((3, 4)));
        assert_eq!(proposal(&answers, 5, 0), None);
    }

    #[test]
    fn one_person_with_several_municipalities_is_one_person() {
        let mut answers = vec![said(0, level(1)); 5];
        assert_eq!(proposal(&answers, 3, 0), None);
        answers.extend([said(1, level(4)), said(2, level(4))]);
        assert_eq!(proposal(&answers, 3, 0), Some((1, 3)));
    }

    #[test]
    fn responses_that_may_be_the_same_people_again_are_not_counted_as_more() {
        let answers: Vec<_> = (0..7).map(|who| said(who, level(4))).collect();
        assert_eq!(proposal(&answers, 6, 1), Some((4, 6)));
        assert_eq!(proposal(&answers, 6, 2), None);
    }
}
