//! Numbers computed elsewhere.

use domain::statistics::{
    agreement::{agreement, consensus, leik, within_group},
    concordance::kendall_w,
    location::{interpolated_median, median, median_low, quantile, quantile_linear},
    random::SplitMix64,
    variance::{anova, kruskal_wallis},
};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../statistics-vectors.json")).expect("the vectors are JSON")
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
