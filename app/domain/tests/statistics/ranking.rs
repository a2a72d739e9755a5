//! Priorities and how sure their order is.

use domain::statistics::{
    location::median_low,
    priority::{Municipality, Pair, Sample},
    random::SplitMix64,
    ranking::rank_stability,
};
use proptest::{collection::vec, option, prelude::*};

use crate::{NEAR, near};

/// One municipality per row of answers, everyone in it answering alike.
fn unanimous(effects: &[f64], answers: &[&[(u8, u8)]]) -> Sample {
    Sample {
        effects: effects.iter().map(|&effect| Some(effect)).collect(),
        municipalities: answers
            .iter()
            .map(|pairs| Municipality {
                agreed: Vec::new(),
                answers: pairs
                    .repeat(3)
                    .into_iter()
                    .map(|(current, target)| (Some(current), Some(target)))
                    .collect(),
            })
            .collect(),
    }
}

#[test]
fn a_priority_is_effect_times_mean_gap_and_a_surplus_does_not_pay_for_a_gap() {
    let sample = unanimous(&[5.0, 2.0], &[&[(1, 3), (1, 5)], &[(4, 2), (1, 5)]]);
    let [Some(first), Some(second)] = sample.priorities()[..] else {
        panic!("both capabilities have a priority");
    };
    assert_eq!((first.municipalities, first.with_gap), (2, 1));
    assert!((first.score() - 5.0).abs() < 1e-12);
    assert!((first.scaled() - 25.0).abs() < 1e-12);
    assert!((first.share_with_gap() - 0.5).abs() < 1e-12);
    assert!((second.score() - 8.0).abs() < 1e-12);
}

#[test]
fn a_municipality_stands_for_its_agreed_levels_or_else_its_low_medians() {
    let mut sample = unanimous(&[3.0, 3.0], &[&[(2, 4), (2, 4)]]);
    let municipality = &mut sample.municipalities[0];
    municipality.agreed = vec![Some((1, 5)), Some((0, 9))];
    municipality.answers[1] = (Some(1), None);
    municipality.answers[3] = (None, Some(3));
    municipality.answers[5] = (Some(5), Some(77));
    assert_eq!(
        sample.municipal_values(),
        [[Some((1, 5)), Some((1, 3))]],
        "levels outside 1–5 are neither agreed nor answered"
    );
}

#[test]
fn where_everyone_agrees_every_rank_is_certain() {
    let sample = unanimous(&[1.0, 5.0, 3.0], &[&[(1, 3); 3], &[(1, 2); 3]]);
    let found = rank_stability(&sample, 200, 42, 1);
    assert_eq!(found.order, [1, 2, 0]);
    assert_eq!(found.ahead, [1.0, 1.0]);
    let ranks: Vec<(u32, u32)> = found.ranks.iter().flatten().map(|r| r.interval).collect();
    assert_eq!(ranks, [(3, 3), (1, 1), (2, 2)]);
    assert_eq!(found.groups(), [&[1], &[2], &[0]]);
}

#[test]
fn agreed_levels_do_not_make_a_divided_house_look_certain() {
    let divided = |current: u8| vec![(Some(1), Some(current)), (Some(1), Some(3))];
    let municipality = Municipality {
        agreed: vec![Some((1, 3)), Some((1, 2))],
        answers: [divided(1), divided(5), divided(5), divided(5)].concat(),
    };
    let sample = Sample {
        effects: vec![Some(3.0); 2],
        municipalities: vec![municipality.clone(), municipality],
    };
    let found = rank_stability(&sample, 500, 42, 1);
    assert_eq!(found.order, [0, 1]);
    assert!(found.ahead[0] < 1.0, "{:?}", found.ahead);
}

#[test]
fn a_chain_of_small_steps_is_not_one_group() {
    // Gaps are drawn alike but the effects differ: neighbours are near, the ends far apart.
    let gaps = [0, 1, 2, 3, 4, 4, 3, 2];
    let effects: Vec<f64> = (0..12).map(|step| 5.0 - 0.3 * f64::from(step)).collect();
    let rotated = |shift: usize| -> Vec<Pair> {
        (0..effects.len())
            .map(|capability| (Some(1), Some(1 + gaps[(capability * 3 + shift) % 8])))
            .collect()
    };
    let sample = Sample {
        municipalities: (0..10)
            .map(|_| Municipality {
                agreed: Vec::new(),
                answers: (0..8).flat_map(rotated).collect(),
            })
            .collect(),
        effects: effects.iter().copied().map(Some).collect(),
    };
    let found = rank_stability(&sample, 500, 42, 1);
    let groups = found.groups();
    assert!(groups.len() > 1, "{groups:?}");
    assert!(groups.iter().any(|group| group.len() > 1), "{groups:?}");
}

#[test]
fn equals_share_their_places_and_cannot_be_told_apart() {
    let sample = unanimous(&[4.0, 2.0, 4.0], &[&[(1, 3), (1, 5), (1, 3)]]);
    let found = rank_stability(&sample, 100, 7, 1);
    for rank in &found.ranks {
        let rank = rank.as_ref().expect("all have a priority");
        assert_eq!(rank.interval, (1, 3));
        assert!((rank.p_top_k - 1.0 / 3.0).abs() < 1e-9);
    }
    assert_eq!(found.groups(), [&[0, 1, 2]]);
}

#[test]
fn nothing_is_ranked_without_effect_or_answers() {
    let mut sample = unanimous(&[4.0, 2.0, 1.0], &[&[(1, 3), (1, 5), (1, 2)]]);
    sample.effects[0] = None;
    for respondent in sample.municipalities[0].answers.chunks_exact_mut(3) {
        respondent[1] = (Some(1), None);
    }
    let found = rank_stability(&sample, 100, 7, 10);
    assert_eq!(found.order, [2]);
    assert_eq!(found.ranks[..2], [None, None]);
    assert_eq!(found.groups(), [&[2]]);
    let empty = rank_stability(&Sample::default(), 100, 7, 10);
    assert!(empty.order.is_empty() && empty.ranks.is_empty() && empty.ahead.is_empty());
    assert!(empty.groups().is_empty());
}

#[test]
fn more_respondents_than_a_small_counter_holds_are_all_counted() {
    let mut sample = unanimous(&[4.0, 4.0], &[&[(1, 5), (2, 3)]]);
    let answers = sample.municipalities[0].answers[..2].repeat(700);
    sample.municipalities[0].answers = answers;
    let found = rank_stability(&sample, 20, 1, 1);
    assert_eq!(found.groups(), [&[0], &[1]]);
}

fn sample() -> impl Strategy<Value = Sample> {
    (1..6_usize).prop_flat_map(|capabilities| {
        let level = || option::weighted(0.8, 1..=5_u8);
        let agreed = option::weighted(0.2, (1..=5_u8, 1..=5_u8));
        let municipality = (
            vec(agreed, capabilities),
            vec(vec((level(), level()), capabilities), 0..6),
        )
            .prop_map(|(agreed, answers)| Municipality {
                agreed,
                answers: answers.concat(),
            });
        (
            vec(
                option::weighted(0.9, (1..=5_u8).prop_map(f64::from)),
                capabilities,
            ),
            vec(municipality, 0..5),
        )
            .prop_map(|(effects, municipalities)| Sample {
                effects,
                municipalities,
            })
    })
}

/// The same sample with its capabilities backwards.
fn backwards(sample: &Sample) -> Sample {
    let capabilities = sample.effects.len();
    let mut sample = sample.clone();
    sample.effects.reverse();
    for municipality in &mut sample.municipalities {
        municipality.agreed.reverse();
        let reversed = |answers: &[Pair]| answers.iter().rev().copied().collect::<Vec<_>>();
        municipality.answers = municipality
            .answers
            .chunks_exact(capabilities)
            .flat_map(reversed)
            .collect();
    }
    sample
}

/// The resamples of a seed, one by one, each as the sample that was drawn.
fn resamples(sample: &Sample, replicates: usize, seed: u64) -> Vec<Sample> {
    let capabilities = sample.effects.len();
    let mut drawn = vec![sample.clone(); replicates];
    let mut streams = SplitMix64::new(seed);
    for (index, municipality) in sample.municipalities.iter().enumerate() {
        let mut random = SplitMix64::new(streams.next_u64());
        let respondents: Vec<&[Pair]> = municipality.answers.chunks(capabilities).collect();
        let bound = u32::try_from(respondents.len()).expect("few respondents");
        for resample in &mut drawn {
            resample.municipalities[index].answers = respondents
                .iter()
                .flat_map(|_| respondents[random.below(bound) as usize])
                .copied()
                .collect();
            let drawn = &mut resample.municipalities[index];
            for (capability, agreed) in drawn.agreed.iter_mut().enumerate() {
                let Some((current, target)) = agreed else {
                    continue;
                };
                let before = medians(&municipality.answers, capabilities, capability);
                let after = medians(&drawn.answers, capabilities, capability);
                *current = moved(*current, before[0], after[0]);
                *target = moved(*target, before[1], after[1]);
            }
        }
    }
    drawn
}

/// The low medians of the current and of the target levels of one capability.
fn medians(answers: &[Pair], capabilities: usize, capability: usize) -> [Option<u8>; 2] {
    let pairs = || answers.chunks(capabilities).map(|row| row[capability]);
    [
        median_low(&pairs().filter_map(|pair| pair.0).collect::<Vec<_>>()),
        median_low(&pairs().filter_map(|pair| pair.1).collect::<Vec<_>>()),
    ]
}

/// An agreed level moves as the median of the answers moves, and stays on the scale.
fn moved(agreed: u8, before: Option<u8>, after: Option<u8>) -> u8 {
    match (before, after) {
        (Some(before), Some(after)) => (agreed + after).saturating_sub(before).clamp(1, 5),
        _ => agreed,
    }
}

proptest! {
    #[test]
    fn ranks_are_the_same_for_the_same_seed(sample in sample(), seed: u64) {
        prop_assert_eq!(
            rank_stability(&sample, 50, seed, 2),
            rank_stability(&sample, 50, seed, 2)
        );
    }

    #[test]
    fn ranks_do_not_depend_on_the_order_of_the_capabilities(sample in sample(), seed: u64) {
        let there = rank_stability(&sample, 50, seed, 2);
        let back = rank_stability(&backwards(&sample), 50, seed, 2);
        for (one, other) in there.ranks.iter().zip(back.ranks.iter().rev()) {
            prop_assert_eq!(one.map(|rank| rank.interval), other.map(|rank| rank.interval));
            prop_assert!(near(one.map(|rank| rank.p_top_k), other.map(|rank| rank.p_top_k)));
        }
    }

    #[test]
    fn chances_of_being_among_the_first_sum_to_their_number(sample in sample(), seed: u64, k in 0..7_usize) {
        let found = rank_stability(&sample, 50, seed, k);
        let sum: f64 = found.ranks.iter().flatten().map(|rank| rank.p_top_k).sum();
        let places = u32::try_from(k.min(found.order.len())).expect("few");
        prop_assert!((sum - f64::from(places)).abs() < NEAR);
        for rank in found.ranks.iter().flatten() {
            prop_assert!(1 <= rank.interval.0 && rank.interval.0 <= rank.interval.1);
            prop_assert!(rank.interval.1 as usize <= found.order.len());
        }
        prop_assert!(found.ahead.iter().all(|chance| (-NEAR..=1.0 + NEAR).contains(chance)));
        prop_assert_eq!(found.groups().concat(), found.order);
    }

    #[test]
    fn the_order_follows_the_priorities(sample in sample()) {
        let priorities = sample.priorities();
        let found = rank_stability(&sample, 1, 0, 1);
        let scores: Vec<f64> = found
            .order
            .iter()
            .map(|&capability| priorities[capability].expect("only priorities are ranked").score())
            .collect();
        prop_assert!(scores.is_sorted_by(|a, b| *a >= b - NEAR));
        prop_assert!(scores.iter().all(|score| (0.0..=20.0).contains(score)));
        prop_assert_eq!(scores.len(), priorities.iter().flatten().count());
    }

    #[test]
    fn counting_abreast_finds_what_sorting_each_resample_finds(
        sample in sample(),
        seed: u64,
        copies in prop_oneof![Just(1), Just(2), 40..300_usize],
    ) {
        let mut sample = sample;
        if let Some(first) = sample.municipalities.first_mut() {
            first.answers = first.answers.repeat(copies);
        }
        let found = rank_stability(&sample, 4, seed, 1);
        for (pair, ahead) in found.order.windows(2).zip(&found.ahead) {
            let halves: u8 = resamples(&sample, 4, seed)
                .iter()
                .map(|resample| {
                    let priorities = resample.priorities();
                    let score = |index: usize| priorities[index].map_or(-1.0, |p| p.score());
                    match score(pair[0]) - score(pair[1]) {
                        lead if lead > NEAR => 2,
                        lead if lead < -NEAR => 0,
                        _ => 1,
                    }
                })
                .sum();
            prop_assert!((ahead - f64::from(halves) / 8.0).abs() < NEAR);
        }
    }
}
