//! Laws that every sample keeps.

use domain::statistics::{
    agreement::{agreement, consensus, leik, within_group},
    bounds::worst_case_mean,
    concordance::kendall_w,
    location::{
        frequencies, interpolated_median, mean, median, median_low, quantile, quantile_linear,
    },
    paired::paired_change,
    random::SplitMix64,
    variance::{anova, kruskal_wallis},
};
use proptest::{collection::vec, prelude::*};

use crate::{NEAR, near};

fn bars() -> impl Strategy<Value = Vec<u32>> {
    vec(prop_oneof![Just(0), 0..60_u32], 2..8)
}

fn levels(least: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(1..=5_u8, least..40)
}

proptest! {
    #[test]
    fn agreement_lies_between_minus_one_and_one(bars in bars()) {
        if let Some(a) = agreement(&bars) {
            prop_assert!((-1.0 - NEAR..=1.0 + NEAR).contains(&a));
        }
        for measure in [consensus(&bars), leik(&bars)].into_iter().flatten() {
            prop_assert!((-NEAR..=1.0 + NEAR).contains(&measure));
        }
        prop_assert_eq!(agreement(&bars).is_none(), bars.iter().sum::<u32>() == 0);
    }

    #[test]
    fn agreement_is_the_same_in_a_mirror(bars in bars()) {
        let mirrored: Vec<u32> = bars.iter().rev().copied().collect();
        for measure in [agreement, consensus, leik] {
            prop_assert!(near(measure(&bars), measure(&mirrored)));
        }
    }

    #[test]
    fn agreement_does_not_depend_on_how_many_say_the_same(bars in bars(), times in 2..9_u32) {
        let multiplied: Vec<u32> = bars.iter().map(|count| count * times).collect();
        for measure in [agreement, consensus, leik] {
            prop_assert!(near(measure(&bars), measure(&multiplied)));
        }
    }

    #[test]
    fn one_level_is_full_agreement_and_an_even_spread_is_none(
        scale in 3..9_usize,
        level in 0..9_usize,
        count in 1..50_u32,
    ) {
        let mut bars = vec![0; scale];
        bars[level % scale] = count;
        for measure in [agreement, consensus, leik] {
            prop_assert!(near(measure(&bars), Some(1.0)));
        }
        prop_assert!(near(agreement(&vec![count; scale]), Some(0.0)));
    }

    #[test]
    fn summaries_do_not_depend_on_the_order_of_the_answers(
        (one, other) in levels(0).prop_flat_map(|x| (Just(x.clone()), Just(x).prop_shuffle())),
        p in 0.0..=1.0,
    ) {
        prop_assert_eq!(median(&one), median(&other));
        prop_assert_eq!(median_low(&one), median_low(&other));
        prop_assert_eq!(interpolated_median(&one), interpolated_median(&other));
        prop_assert_eq!(quantile(&one, p), quantile(&other, p));
        prop_assert_eq!(quantile_linear(&one, p), quantile_linear(&other, p));
        prop_assert_eq!(frequencies(&one), frequencies(&other));
        prop_assert!(near(within_group(&one, 5), within_group(&other, 5)));
    }

    #[test]
    fn a_quantile_is_an_answer_and_rises_with_p(x in levels(1), p in 0.0..=1.0, q in 0.0..=1.0) {
        let low = quantile(&x, f64::min(p, q)).expect("there are answers");
        let high = quantile(&x, f64::max(p, q)).expect("there are answers");
        prop_assert!(x.contains(&low) && x.contains(&high));
        prop_assert!(low <= high);
        prop_assert_eq!(quantile(&x, 0.5), median_low(&x));
        prop_assert_eq!(quantile(&x, 0.0), x.iter().min().copied());
        prop_assert_eq!(quantile(&x, 1.0), x.iter().max().copied());
    }

    #[test]
    fn at_least_the_share_p_lies_at_or_below_its_quantile(x in levels(1), p in 1..=100_u8) {
        let level = quantile(&x, f64::from(p) / 100.0).expect("there are answers");
        let up_to = x.iter().filter(|&&answer| answer <= level).count();
        let below = x.iter().filter(|&&answer| answer < level).count();
        prop_assert!(100 * up_to >= usize::from(p) * x.len());
        prop_assert!(100 * below < usize::from(p) * x.len());
    }

    #[test]
    fn medians_stay_within_half_a_level_of_each_other_and_mirror(x in levels(1)) {
        let mirrored: Vec<u8> = x.iter().map(|level| 6 - level).collect();
        let middle = median(&x).expect("there are answers");
        let interpolated = interpolated_median(&x).expect("there are answers");
        prop_assert!((middle - interpolated).abs() <= 0.5 + NEAR);
        prop_assert!(near(median(&mirrored), Some(6.0 - middle)));
        prop_assert!(near(interpolated_median(&mirrored), Some(6.0 - interpolated)));
        prop_assert!(f64::from(median_low(&x).expect("there are answers")) <= middle);
    }

    #[test]
    fn concordance_is_a_share_and_raters_have_no_order(
        (ratings, shuffled) in vec(vec(1..=5_u8, 4), 2..7)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let one = kendall_w(&ratings);
        prop_assert!(near(
            one.as_ref().map(|found| found.w),
            kendall_w(&shuffled).map(|found| found.w)
        ));
        if let Some(found) = one {
            prop_assert!((-NEAR..=1.0 + NEAR).contains(&found.w));
            prop_assert!(found.w_uncorrected <= found.w + NEAR);
        }
    }

    #[test]
    fn raters_with_one_order_are_in_full_concordance(row in vec(1..=5_u8, 2..9), raters in 2..6_usize) {
        let found = kendall_w(&vec![row.clone(); raters]);
        if row.iter().all(|rating| rating == &row[0]) {
            prop_assert!(found.is_none());
        } else {
            prop_assert!(near(found.map(|found| found.w), Some(1.0)));
        }
    }

    #[test]
    fn variance_between_groups_is_a_share_and_groups_have_no_order(
        (groups, shuffled) in vec(levels(0), 0..6)
            .prop_flat_map(|groups| (Just(groups.clone()), Just(groups).prop_shuffle())),
    ) {
        let (one, other) = (anova(&groups), anova(&shuffled));
        prop_assert!(near(one.as_ref().and_then(|a| a.icc1), other.as_ref().and_then(|a| a.icc1)));
        if let Some(found) = one {
            if let Some(share) = found.eta_squared {
                prop_assert!((-NEAR..=1.0 + NEAR).contains(&share));
            }
            for correlation in [found.icc1, found.icc_k].into_iter().flatten() {
                prop_assert!(correlation <= 1.0 + NEAR);
            }
        }
        let (one, other) = (kruskal_wallis(&groups), kruskal_wallis(&shuffled));
        prop_assert!(near(one.map(|found| found.h), other.map(|found| found.h)));
        if let Some(found) = one {
            prop_assert!((-NEAR..=1.0 + NEAR).contains(&found.epsilon_squared));
        }
    }

    #[test]
    fn worst_case_bounds_contain_the_mean_whatever_the_missing_say(
        all in vec(0.0..=4.0, 1..30),
        present in 0..30_usize,
    ) {
        let present = present % (all.len() + 1);
        let (low, high) =
            worst_case_mean(&all[..present], all.len(), (0.0, 4.0)).expect("no more than all");
        let truth = mean(&all).expect("there are municipalities");
        prop_assert!((low - NEAR..=high + NEAR).contains(&truth));
        let missing = f64::from(u32::try_from(all.len() - present).expect("few"));
        let width = missing * 4.0 / f64::from(u32::try_from(all.len()).expect("few"));
        prop_assert!((high - low - width).abs() < NEAR);
    }

    #[test]
    fn a_paired_change_ignores_who_came_or_left(
        both in vec((1.0..5.0, 1.0..5.0), 1..15),
        left in vec(1.0..5.0, 0..5),
        came in vec(1.0..5.0, 0..5),
    ) {
        let stayed: Vec<(Option<f64>, Option<f64>)> =
            both.iter().map(|&(a, b): &(f64, f64)| (Some(a), Some(b))).collect();
        let alone = paired_change(&stayed).expect("someone stayed");
        prop_assert!((alone.mean - alone.naive).abs() < NEAR);
        let mut everyone = stayed;
        everyone.extend(left.into_iter().map(|value| (Some(value), None)));
        everyone.extend(came.into_iter().map(|value| (None, Some(value))));
        let change = paired_change(&everyone).expect("someone stayed");
        prop_assert_eq!(change.pairs, both.len());
        prop_assert!((change.mean - alone.mean).abs() < NEAR);
    }

    #[test]
    fn random_numbers_stay_below_their_bound(seed: u64, bound: u32) {
        let mut random = SplitMix64::new(seed);
        prop_assert!(random.below(bound) < bound.max(1));
        prop_assert!((0.0..1.0).contains(&random.unit()));
    }
}
