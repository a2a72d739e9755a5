//! Where a statistic has no meaning, or only just.

use domain::statistics::{
    agreement::{AgreementLabel, agreement, consensus, leik, within_group},
    bounds::{Standing, worst_case_mean},
    concordance::kendall_w,
    location::{
        frequencies, interpolated_median, mean, median, median_gap, median_low, quantile,
        quantile_linear,
    },
    paired::paired_change,
    variance::{anova, kruskal_wallis},
};

#[test]
fn no_answers_give_no_numbers() {
    let nobody: [u8; 0] = [];
    assert_eq!(mean(&nobody), None);
    assert_eq!(median(&nobody), None);
    assert_eq!(median_low(&nobody), None);
    assert_eq!(interpolated_median(&nobody), None);
    assert_eq!(quantile(&nobody, 0.5), None);
    assert_eq!(quantile_linear(&nobody, 0.5), None);
    assert_eq!(median_gap(&[]), None);
    assert_eq!(frequencies(&nobody), [0; 5]);
    for measure in [agreement, consensus, leik] {
        assert_eq!(measure(&[0; 5]), None);
        assert_eq!(measure(&[]), None);
        assert_eq!(measure(&[3]), None, "a single level is no scale");
    }
    assert_eq!(within_group(&[3], 5), None, "one answer has no variance");
    assert_eq!(kendall_w::<u8>(&[]), None);
    assert_eq!(kendall_w(&[vec![1, 2, 3]]), None, "one rater");
    assert_eq!(kendall_w(&[vec![2, 2], vec![3, 3]]), None, "no order");
    assert_eq!(kendall_w(&[vec![1, 2], vec![1]]), None, "unequal rows");
    assert_eq!(anova(&[vec![1, 2], vec![]]), None, "one group");
    assert_eq!(anova(&[vec![1], vec![2]]), None, "nothing within");
    assert_eq!(kruskal_wallis(&[vec![2, 2], vec![2]]), None, "all equal");
    assert_eq!(paired_change(&[(Some(1.0), None), (None, Some(2.0))]), None);
}

#[test]
fn one_answer_is_its_own_summary() {
    assert_eq!(median(&[4]), Some(4.0));
    assert_eq!(median_low(&[4]), Some(4));
    assert_eq!(interpolated_median(&[4]), Some(4.0));
    assert_eq!(quantile(&[4], 0.0), Some(4));
    assert_eq!(quantile_linear(&[4], 1.0), Some(4.0));
    assert_eq!(agreement(&[0, 0, 0, 1, 0]), Some(1.0));
    assert_eq!(median_gap(&[(4, 2)]), Some(-2.0));
}

#[test]
fn quantiles_outside_the_unit_interval_have_no_meaning() {
    for p in [-0.1, 1.1, f64::NAN] {
        assert_eq!(quantile(&[1, 2, 3], p), None);
        assert_eq!(quantile_linear(&[1, 2, 3], p), None);
    }
}

#[test]
fn a_quantile_is_not_pushed_up_by_a_rounding_error() {
    let twenty: Vec<u8> = (1..=20).collect();
    assert_eq!(quantile(&twenty, 0.15), Some(3), "20 · 0.15 is 3");
}

#[test]
fn numbers_outside_the_scale_are_not_in_the_five_bars() {
    assert_eq!(frequencies(&[0, 1, 1, 5, 6, 255]), [2, 0, 0, 0, 1]);
}

#[test]
fn a_respondent_gap_is_the_median_of_differences() {
    assert_eq!(
        median_gap(&[(1, 4), (2, 4), (2, 3), (4, 4), (4, 5)]),
        Some(1.0)
    );
}

#[test]
fn agreement_is_named_from_four_answers() {
    use AgreementLabel::{Differing, Divided, FairlyAlike, Shared};
    let limits = [
        (1.0, Shared),
        (0.7, Shared),
        (0.1 * 7.0 - 1e-12, Shared),
        (0.69, FairlyAlike),
        (0.4, FairlyAlike),
        (0.39, Differing),
        (0.1, Differing),
        (0.09, Divided),
        (-1.0, Divided),
    ];
    for (a, label) in limits {
        assert_eq!(AgreementLabel::of(a, 4), Some(label), "{a}");
        assert_eq!(AgreementLabel::of(a, 3), None);
    }
    assert_eq!(AgreementLabel::of(f64::NAN, 9), None);
}

#[test]
fn worst_case_bounds_are_those_of_the_method() {
    let (low, high) = worst_case_mean(&[2.1; 11], 14, (0.0, 4.0)).expect("11 of 14");
    assert!((low - 1.65).abs() < 1e-9);
    assert!((high - 35.1 / 14.0).abs() < 1e-9);
    assert_eq!(worst_case_mean(&[], 14, (0.0, 4.0)), Some((0.0, 4.0)));
    assert_eq!(worst_case_mean(&[], 0, (0.0, 4.0)), None);
    assert_eq!(worst_case_mean(&[1.0, 2.0], 1, (0.0, 4.0)), None);
    assert_eq!(worst_case_mean(&[1.0], 1, (4.0, 0.0)), None);
}

#[test]
fn a_regional_ranking_needs_ten_of_fourteen() {
    let standings = [
        (14, Standing::Regional),
        (10, Standing::Regional),
        (9, Standing::Preliminary),
        (7, Standing::Preliminary),
        (6, Standing::OwnOnly),
        (0, Standing::OwnOnly),
    ];
    for (present, standing) in standings {
        assert_eq!(Standing::new(present, 14), standing, "{present} of 14");
    }
    assert_eq!(Standing::new(0, 0), Standing::OwnOnly);
}

#[test]
fn drop_out_does_not_count_as_progress() {
    let change = paired_change(&[
        (Some(1.0), None),
        (Some(3.0), Some(3.5)),
        (Some(2.0), Some(1.5)),
        (Some(2.0), Some(2.0)),
        (None, Some(5.0)),
    ])
    .expect("three took part in both");
    assert_eq!((change.pairs, change.improved, change.worsened), (3, 1, 1));
    assert!(change.mean.abs() < 1e-12);
    assert!((change.naive - 1.0).abs() < 1e-12);
}
