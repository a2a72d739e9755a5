//! The statistics of the method against numbers computed elsewhere, and at their edges.

use domain::statistics::{
    agreement::{AgreementLabel, agreement, consensus, leik, within_group},
    bounds::{Standing, worst_case_mean},
    concordance::kendall_w,
    location::{
        frequencies, interpolated_median, mean, median, median_gap, median_low, quantile,
        quantile_linear,
    },
    paired::paired_change,
    priority::{Municipality, Sample},
    random::SplitMix64,
    ranking::{Stability, rank_stability},
    suppression::{GroupSize, LeastGroup, Shown, hide_row, hide_table},
    variance::{anova, kruskal_wallis},
};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("statistics-vectors.json")).expect("the vectors are JSON")
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list of numbers");
    list.iter()
        .map(|number| number.as_f64().expect("a number"))
        .collect()
}

fn counts(value: &Value) -> Vec<u32> {
    serde_json::from_value(value.clone()).expect("a list of counts")
}

fn levels(value: &Value) -> Vec<u8> {
    serde_json::from_value(value.clone()).expect("a list of levels")
}

fn rows(value: &Value) -> Vec<Vec<u8>> {
    serde_json::from_value(value.clone()).expect("a list of lists of levels")
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).expect("a small count"))
}

/// Compares the computed numbers of a case with all its expected ones: none may be left
/// out on either side.
#[track_caller]
fn compare(case: &Value, inputs: &[&str], computed: &[(&str, Option<f64>)]) {
    let expected = case.as_object().expect("a case is an object");
    assert_eq!(
        expected.len(),
        inputs.len() + computed.len(),
        "every number of {case} is compared"
    );
    for (name, number) in computed {
        let wanted = expected[*name].as_f64().expect("an expected number");
        let number = number.unwrap_or_else(|| panic!("{name} of {case} has a value"));
        assert!(
            (number - wanted).abs() < 1e-5,
            "{name} of {case} is {number}"
        );
    }
}

#[test]
fn agreement_measures_reproduce_the_vectors() {
    let vectors = vectors();
    let cases = vectors["agreement"].as_array().expect("agreement cases");
    assert_eq!(cases.len(), 9);
    for case in cases {
        let bars = counts(&case["freq"]);
        compare(
            case,
            &["freq"],
            &[
                ("A", agreement(&bars)),
                ("cns", consensus(&bars)),
                ("leik", leik(&bars)),
            ],
        );
    }
}

#[test]
fn location_measures_reproduce_the_vectors() {
    let vectors = vectors();
    let cases = vectors["location"].as_array().expect("location cases");
    assert_eq!(cases.len(), 7);
    for case in cases {
        let x = levels(&case["x"]);
        compare(
            case,
            &["x"],
            &[
                ("median", median(&x)),
                ("median_low", median_low(&x).map(f64::from)),
                ("interp_median", interpolated_median(&x)),
                ("q1_inv", quantile(&x, 0.25).map(f64::from)),
                ("q3_inv", quantile(&x, 0.75).map(f64::from)),
                ("q1_t7", quantile_linear(&x, 0.25)),
                ("q3_t7", quantile_linear(&x, 0.75)),
                ("rwg", within_group(&x, 5)),
            ],
        );
    }
}

#[test]
fn kendalls_w_reproduces_the_vectors() {
    let case = &vectors()["kendall"];
    let found = kendall_w(&rows(&case["M"])).expect("there is an order to agree on");
    compare(
        case,
        &["M", "rank_sums"],
        &[
            ("W", Some(found.w)),
            ("W_uncorrected", Some(found.w_uncorrected)),
            ("S", Some(found.deviation)),
            ("T", Some(found.ties)),
            ("chi2", Some(found.chi_squared)),
            ("df", Some(count(found.degrees_of_freedom))),
        ],
    );
    assert_eq!(found.rank_sums, numbers(&case["rank_sums"]));
}

#[test]
fn variance_between_groups_reproduces_the_vectors() {
    let case = &vectors()["anova"];
    let groups = rows(&case["groups"]);
    let found = anova(&groups).expect("there is variation");
    let by_rank = kruskal_wallis(&groups).expect("there is variation");
    compare(
        case,
        &["groups"],
        &[
            ("N", Some(count(found.answers))),
            ("k", Some(count(found.groups))),
            ("SSB", Some(found.between)),
            ("SSW", Some(found.within)),
            ("eta2", found.eta_squared),
            ("MSB", Some(found.mean_between)),
            ("MSW", Some(found.mean_within)),
            ("n0", Some(found.mean_size)),
            ("ICC1", found.icc1),
            ("ICCk", found.icc_k),
            ("H", Some(by_rank.h)),
            ("eps2", Some(by_rank.epsilon_squared)),
        ],
    );
}

#[test]
fn split_mix_reproduces_the_vectors() {
    let vectors = vectors();
    let expected = vectors["splitmix64_42"].as_array().expect("three numbers");
    assert_eq!(expected.len(), 3);
    let mut random = SplitMix64::new(42);
    for number in expected {
        assert_eq!(
            Some(random.next_u64().to_string().as_str()),
            number.as_str()
        );
    }
}

#[test]
fn every_kind_of_vector_is_tested() {
    let vectors = vectors();
    let kinds: Vec<&String> = vectors.as_object().expect("an object").keys().collect();
    assert_eq!(
        kinds,
        ["agreement", "anova", "kendall", "location", "splitmix64_42"]
    );
}

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

#[test]
fn the_least_group_is_three_to_ten_and_never_lowered() {
    assert_eq!(LeastGroup::new(2), None);
    assert_eq!(LeastGroup::new(11), None);
    let six = LeastGroup::default();
    assert_eq!(six.get(), 6);
    let eight = LeastGroup::new(8).expect("8 is allowed");
    assert_eq!(six.raised_to(eight), Some(eight));
    assert_eq!(eight.raised_to(six), None);
    assert_eq!(six.class(0), GroupSize::Nobody);
    let told: Vec<String> = [0, 1, 5, 6]
        .map(|answers| six.class(answers).to_string())
        .into();
    assert_eq!(told, ["-", "1–5", "1–5", "6"]);
}

fn symbols(cells: &[Shown]) -> Vec<String> {
    cells.iter().map(Shown::to_string).collect()
}

#[test]
fn a_lone_small_group_is_hidden_together_with_the_smallest_other() {
    let row = hide_row(
        &[Some(2), Some(9), Some(8), Some(0), None],
        LeastGroup::default(),
    );
    assert_eq!(symbols(&row.cells), ["..", "9", "..", "-", "."]);
    assert_eq!(row.total, Shown::Count(19));
}

#[test]
fn two_groups_of_one_are_not_betrayed_by_their_sum() {
    let row = hide_row(&[Some(1), Some(1), Some(8), Some(9)], LeastGroup::default());
    assert_eq!(symbols(&row.cells), ["..", "..", "..", "9"]);
}

#[test]
fn a_small_group_alone_takes_its_total_with_it() {
    let row = hide_row(&[Some(4), Some(0)], LeastGroup::default());
    assert_eq!(symbols(&row.cells), ["..", "-"]);
    assert_eq!(row.total, Shown::Hidden);
}

#[test]
fn a_table_without_small_groups_is_shown_as_it_is() {
    let table = hide_table(
        &[vec![Some(6), Some(7)], vec![Some(8)]],
        LeastGroup::default(),
    );
    assert_eq!(symbols(&table.rows[0].cells), ["6", "7"]);
    assert_eq!(symbols(&table.rows[1].cells), ["8", "."]);
    assert_eq!(symbols(&table.column_totals), ["14", "7"]);
    assert_eq!(table.total, Shown::Count(21));
    let nothing = hide_table(&[], LeastGroup::default());
    assert_eq!((nothing.rows.len(), nothing.total), (0, Shown::Missing));
}

#[test]
fn a_small_group_in_a_table_is_hidden_by_a_rectangle() {
    let table = hide_table(
        &[
            vec![Some(2), Some(7), Some(30)],
            vec![Some(8), Some(9), Some(40)],
            vec![Some(50), Some(60), Some(70)],
        ],
        LeastGroup::default(),
    );
    assert_eq!(symbols(&table.rows[0].cells), ["..", "..", "30"]);
    assert_eq!(symbols(&table.rows[1].cells), ["..", "..", "40"]);
    assert_eq!(symbols(&table.rows[2].cells), ["50", "60", "70"]);
    assert_eq!(symbols(&table.column_totals), ["60", "76", "140"]);
}

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
    assert_eq!(
        empty,
        Stability {
            order: vec![],
            ranks: vec![],
            ahead: vec![]
        }
    );
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
