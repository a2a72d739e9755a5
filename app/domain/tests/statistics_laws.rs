//! Laws that the statistics keep whatever people answer.

use domain::statistics::{
    agreement::{agreement, consensus, leik, within_group},
    bounds::worst_case_mean,
    concordance::kendall_w,
    location::{
        frequencies, interpolated_median, mean, median, median_low, quantile, quantile_linear,
    },
    paired::paired_change,
    priority::{Municipality, Pair, Sample},
    random::SplitMix64,
    ranking::rank_stability,
    suppression::{LeastGroup, Shown, hide_row, hide_table},
    variance::{anova, kruskal_wallis},
};
use proptest::{collection::vec, option, prelude::*};

const NEAR: f64 = 1e-9;

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < NEAR,
        (a, b) => a == b,
    }
}

fn bars() -> impl Strategy<Value = Vec<u32>> {
    vec(prop_oneof![Just(0), 0..60_u32], 2..8)
}

fn levels(least: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(1..=5_u8, least..40)
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

fn table() -> impl Strategy<Value = Vec<Vec<Option<u32>>>> {
    let cell = prop_oneof![
        4 => (1..4_u32).prop_map(Some),
        2 => (4..9_u32).prop_map(Some),
        1 => Just(Some(0)),
        1 => Just(None),
    ];
    (1..=3_usize, 1..=3_usize)
        .prop_flat_map(move |(rows, columns)| vec(vec(cell.clone(), columns), rows))
}

/// Numbers with their totals as last row and column.
fn with_totals(cells: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let mut table: Vec<Vec<i64>> = cells
        .iter()
        .map(|row| row.iter().copied().chain([row.iter().sum()]).collect())
        .collect();
    let totals = (0..table[0].len())
        .map(|column| table.iter().map(|row| row[column]).sum())
        .collect();
    table.push(totals);
    table
}

/// Whether every hidden number, totals included, has another table that explains what is
/// shown. Tries every change of the cells by at most one.
fn each_hidden_number_has_an_alternative(cells: &[Vec<i64>], shown: &[Vec<Shown>]) -> bool {
    let (rows, columns) = (cells.len(), cells[0].len());
    let original = with_totals(cells);
    let mut open: Vec<Vec<bool>> = shown
        .iter()
        .map(|row| row.iter().map(|&cell| cell == Shown::Hidden).collect())
        .collect();
    let hidden: Vec<(usize, usize)> = (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (row, column)))
        .filter(|&(row, column)| open[row][column])
        .collect();
    for change in 0..3_u32.pow(u32::try_from(hidden.len()).expect("few cells")) {
        let mut digits = change;
        let mut other = cells.to_vec();
        for &(row, column) in &hidden {
            other[row][column] += i64::from(digits % 3) - 1;
            digits /= 3;
        }
        let other = with_totals(&other);
        let consistent = (0..=rows).all(|row| {
            (0..=columns).all(|column| match shown[row][column] {
                Shown::Hidden => other[row][column] >= 1,
                _ => other[row][column] == original[row][column],
            })
        });
        if consistent {
            for (row, column) in (0..=rows).flat_map(|r| (0..=columns).map(move |c| (r, c))) {
                open[row][column] &= other[row][column] == original[row][column];
            }
        }
    }
    open.iter().flatten().all(|&derivable| !derivable)
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
    fn counting_finds_the_same_medians_as_sorting(sample in sample(), seed: u64) {
        // One respondent each leaves the resample no choice, so that it must repeat the
        // priorities: copies of a person change nothing either.
        let capabilities = sample.effects.len();
        let mut sample = sample;
        for municipality in &mut sample.municipalities {
            municipality.answers.truncate(capabilities);
            municipality.answers = municipality.answers.repeat(3);
        }
        let priorities = sample.priorities();
        let found = rank_stability(&sample, 3, seed, 1);
        for (pair, ahead) in found.order.windows(2).zip(&found.ahead) {
            let score = |capability: usize| priorities[capability].map_or(0.0, |p| p.score());
            let expected = if score(pair[0]) - score(pair[1]) > NEAR { 1.0 } else { 0.5 };
            prop_assert!((ahead - expected).abs() < NEAR);
        }
    }

    #[test]
    fn no_small_group_in_a_row_is_shown_or_derivable(row in vec(option::of(0..12_u32), 1..7)) {
        let least = LeastGroup::new(4).expect("4 is allowed");
        let found = hide_row(&row, least);
        for (cell, shown) in row.iter().zip(&found.cells) {
            prop_assert!(!matches!((cell, shown), (Some(1..4), Shown::Count(_))));
        }
        if found.total != Shown::Hidden {
            let hidden: Vec<u32> = row
                .iter()
                .zip(&found.cells)
                .filter(|(_, shown)| **shown == Shown::Hidden)
                .filter_map(|(cell, _)| *cell)
                .collect();
            let people: u32 = hidden.iter().sum();
            prop_assert!(hidden.len() != 1, "a lone hidden cell is what the total lacks");
            prop_assert!(hidden.is_empty() || people as usize > hidden.len(), "not all of them one");
        }
    }

    #[test]
    fn no_hidden_number_of_a_table_can_be_derived_from_its_totals(table in table()) {
        let least = LeastGroup::new(4).expect("4 is allowed");
        let found = hide_table(&table, least);
        let cells: Vec<Vec<i64>> = table
            .iter()
            .map(|row| row.iter().map(|cell| i64::from(cell.unwrap_or(0))).collect())
            .collect();
        let mut shown: Vec<Vec<Shown>> = found
            .rows
            .iter()
            .map(|row| row.cells.iter().copied().chain([row.total]).collect())
            .collect();
        shown.push(found.column_totals.iter().copied().chain([found.total]).collect());
        for (row, shown) in with_totals(&cells).iter().zip(&shown) {
            for (number, shown) in row.iter().zip(shown) {
                match shown {
                    Shown::Count(count) => {
                        prop_assert!(*number >= 4 && u64::try_from(*number) == Ok(*count));
                    }
                    Shown::Hidden => prop_assert!(*number > 0),
                    Shown::Missing | Shown::NotApplicable => prop_assert_eq!(*number, 0),
                }
            }
        }
        prop_assert!(each_hidden_number_has_an_alternative(&cells, &shown));
    }
}
