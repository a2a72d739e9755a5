//! From answers and agreed levels to a region's figures, by the public door.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{AreaId, CapabilityId, RoundId},
    level::{Answer, Level},
    map::{
        Agreed, AgreedKey, AgreedLevel, Area, Capability, CapabilityDraft, CapabilityKind,
        Contents, Effect, EffectKey, Status, Version,
    },
    mapping::{Member, Participation},
    municipality::Municipality,
    results::{Basis, CellValue, RegionResult, RoundData, Standing},
    survey::SubmittedAnswer,
    text::{Description, Formulation, Reason, Text},
};
use proptest::prelude::*;
use time::{Date, Month};
use uuid::Uuid;

const ROUND: RoundId = RoundId::new(Uuid::from_u128(9));

fn capability(index: usize) -> CapabilityId {
    CapabilityId::new(Uuid::from_u128(100 + index as u128))
}

fn version(capabilities: usize) -> Version {
    let area = AreaId::new(Uuid::from_u128(1));
    let mut contents = Contents::default();
    contents.areas.insert(
        area,
        Area {
            name: "Digital trygghet".parse().expect("fits"),
            description: Description::default(),
            position: 0,
        },
    );
    for index in 0..capabilities {
        contents.capabilities.insert(
            capability(index),
            Capability {
                draft: CapabilityDraft {
                    name: format!("Förmåga {index}").parse().expect("fits"),
                    formulation: Formulation::default(),
                    description: Description::default(),
                    kind: CapabilityKind::Supporting,
                    layers: BTreeSet::new(),
                    area: Some(area),
                    goals: BTreeSet::new(),
                    anchors: domain::map::Anchors::default(),
                    owner: domain::text::Owner::default(),
                },
                position: u32::try_from(index).expect("few"),
                status: Status::Active,
            },
        );
    }
    Version {
        number: 1,
        date: Date::from_calendar_date(2026, Month::March, 17).expect("a day"),
        decided_by: "Styrgruppen".parse().expect("fits"),
        contents,
    }
}

fn members() -> Vec<Member> {
    (Municipality::fyrbodal().into_iter())
        .map(|municipality| Member {
            municipality,
            participation: Participation::Full,
            note: Text::default(),
        })
        .collect()
}

#[derive(Clone, Debug, Default)]
struct Case {
    answers: Vec<SubmittedAnswer>,
    agreed: BTreeMap<AgreedKey, AgreedLevel>,
    effects: BTreeMap<EffectKey, Effect>,
}

impl Case {
    fn results(&self, capabilities: usize) -> RegionResult {
        RegionResult::aggregate(&RoundData {
            round: ROUND,
            version: &version(capabilities),
            members: &members(),
            n_min: 6,
            answers: &self.answers,
            invited: 50,
            submitted: 45,
            repeated: 0,
            people: &[],
            agreed: &self.agreed,
            effects: &self.effects,
        })
    }

    fn answer(&mut self, respondent: u32, column: usize, row: usize, levels: (Answer, Answer)) {
        self.answers.push(SubmittedAnswer {
            respondent,
            municipality: members()[column].municipality,
            capability: capability(row),
            current: Some(levels.0),
            target: Some(levels.1),
        });
    }

    fn agree(&mut self, column: usize, row: usize, value: Agreed) {
        self.agreed.insert(
            AgreedKey {
                round: ROUND,
                municipality: members()[column].municipality,
                capability: capability(row),
            },
            AgreedLevel {
                value,
                reason: Reason::default(),
            },
        );
    }

    fn effect(&mut self, row: usize, effect: u8) {
        let key = EffectKey {
            round: ROUND,
            capability: capability(row),
        };
        self.effects.insert(key, Effect(level(effect)));
    }
}

fn level(number: u8) -> Level {
    Level::new(number).expect("1–5")
}

fn value(current: u8, target: u8) -> Agreed {
    Agreed::Levels {
        current: level(current),
        target: level(target),
    }
}

fn levels(current: u8, target: u8) -> (Answer, Answer) {
    (Answer::Level(level(current)), Answer::Level(level(target)))
}

#[test]
fn each_municipality_counts_once_however_many_answered() {
    let mut case = Case::default();
    for respondent in 0..20 {
        case.answer(respondent, 0, 0, levels(1, 5));
    }
    for respondent in 20..23 {
        case.answer(respondent, 1, 0, levels(3, 3));
    }
    case.effect(0, 5);
    let results = case.results(1);
    let row = &results.capabilities[0];
    assert_eq!((row.with_value, row.with_gap, row.with_surplus), (2, 1, 0));
    assert_eq!(
        (row.mean_current, row.mean_target, row.gap_to_close),
        (Some(2.0), Some(4.0), Some(2.0))
    );
    assert_eq!(row.priority, Some(50.0));
}

#[test]
fn an_agreed_level_goes_before_the_answers_and_a_negative_gap_pays_for_nothing() {
    let mut case = Case::default();
    for respondent in 0..5 {
        case.answer(respondent, 0, 0, levels(1, 5));
    }
    case.agree(0, 0, value(4, 2));
    case.agree(1, 0, value(2, 4));
    case.agree(2, 0, Agreed::NotApplicable);
    case.effect(0, 4);
    let results = case.results(1);
    let row = &results.capabilities[0];
    assert_eq!(row.cells[0].value.gap(), Some(-2));
    assert_eq!(row.cells[2].value, CellValue::NotApplicable);
    assert_eq!((row.with_value, row.with_gap, row.with_surplus), (2, 1, 1));
    assert_eq!(
        (row.mean_gap, row.gap_to_close, row.priority),
        (Some(0.0), Some(1.0), Some(20.0))
    );
}

#[test]
fn two_answers_are_hidden_three_make_an_unconfirmed_value_and_none_is_missing() {
    let mut case = Case::default();
    for respondent in 0..2 {
        case.answer(respondent, 0, 0, levels(2, 4));
    }
    for respondent in 2..5 {
        case.answer(respondent, 1, 0, levels(2, 4));
    }
    let results = case.results(1);
    let cells = &results.capabilities[0].cells;
    assert_eq!(cells[0].value, CellValue::Hidden);
    assert!(matches!(
        cells[1].value,
        CellValue::Levels {
            basis: Basis::Answers,
            ..
        }
    ));
    assert_eq!(cells[2].value, CellValue::Missing);
    assert_eq!(results.conditions.present.len(), 1);
    assert_eq!(results.conditions.missing.len(), 13);
    assert_eq!(results.conditions.standing, Standing::OwnOnly);
}

#[test]
fn without_effect_there_is_no_place_in_the_list_and_the_conditions_say_so() {
    let mut case = Case::default();
    for respondent in 0..3 {
        case.answer(respondent, 0, 0, levels(1, 5));
        case.answer(respondent, 0, 1, levels(1, 3));
    }
    case.effect(1, 3);
    let results = case.results(2);
    assert_eq!(results.ranking.len(), 1);
    assert_eq!(results.ranking[0].capability, 1);
    assert_eq!(results.conditions.without_effect, 1);
}

#[test]
fn more_than_thirty_per_cent_vet_ej_is_pointed_out() {
    let mut case = Case::default();
    for respondent in 0..10 {
        let answer = if respondent < 4 {
            (Answer::DontKnow, Answer::DontKnow)
        } else {
            levels(2, 3)
        };
        case.answer(respondent, 0, 0, answer);
    }
    let few = Case {
        answers: case.answers[..5].to_vec(),
        ..Case::default()
    };
    let hidden = few.results(1);
    assert_eq!(hidden.capabilities[0].dont_know_share, None, "five people");
    assert!(hidden.conditions.much_dont_know.is_empty());
    let alone = case.results(1);
    assert_eq!(alone.conditions.standing, Standing::OwnOnly);
    assert!(alone.conditions.much_dont_know.is_empty());
    for column in 1..10 {
        case.agree(column, 0, Agreed::NotApplicable);
        case.agree(column, 1, value(2, 3));
    }
    let results = case.results(2);
    assert_eq!(results.conditions.much_dont_know, [capability(0)]);
    assert_eq!(results.capabilities[0].dont_know_share, Some(0.4));
}

#[test]
fn answers_that_a_municipality_has_agreed_away_give_no_place_in_the_list() {
    let mut case = Case::default();
    for respondent in 0..6 {
        case.answer(respondent, 0, 0, levels(1, 5));
        case.answer(respondent, 0, 1, levels(1, 5));
    }
    case.agree(0, 0, Agreed::NotApplicable);
    case.agree(0, 1, Agreed::NotApplicable);
    case.agree(1, 1, value(3, 4));
    case.effect(0, 5);
    case.effect(1, 1);
    let results = case.results(2);
    assert_eq!(results.capabilities[0].priority, None);
    assert_eq!(results.capabilities[1].priority, Some(5.0));
    let ranked: Vec<_> = results.ranking.iter().map(|r| r.capability).collect();
    assert_eq!(ranked, [1]);
}

fn case() -> impl Strategy<Value = Case> {
    let answer = (0..30_u32, 0..14_usize, 0..6_usize, 0..8_usize, 0..8_usize);
    // With 0 for the current level: agreed that it is not applicable.
    let agreed = (0..14_usize, 0..6_usize, 0..=5_u8, 1..=5_u8);
    let effect = (0..6_usize, 1..=5_u8);
    (
        prop::collection::vec(answer, 0..300),
        prop::collection::vec(agreed, 0..40),
        prop::collection::vec(effect, 0..8),
    )
        .prop_map(|(answers, agreed, effects)| {
            let mut case = Case::default();
            let mut given = BTreeSet::new();
            for (respondent, column, row, current, target) in answers {
                if given.insert((respondent, column, row)) {
                    let levels = (Answer::ALL[current], Answer::ALL[target]);
                    case.answer(respondent, column, row, levels);
                }
            }
            for (column, row, current, target) in agreed {
                let value = match current {
                    0 => Agreed::NotApplicable,
                    current => value(current, target),
                };
                case.agree(column, row, value);
            }
            for (row, effect) in effects {
                case.effect(row, effect);
            }
            case
        })
}

proptest! {
    // Each case is a bootstrap of 2000.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_list_is_in_order_of_priority_and_every_place_lies_in_its_interval_of_places(case in case()) {
        let results = case.results(6);
        let priorities: Vec<f64> = (results.ranking.iter())
            .map(|ranked| results.capabilities[ranked.capability].priority.expect("ranked"))
            .collect();
        prop_assert!(priorities.is_sorted_by(|a, b| *a >= b - 1e-6));
        let with_priority: BTreeSet<usize> = (results.capabilities.iter().enumerate())
            .filter(|(_, capability)| capability.priority.is_some())
            .map(|(index, _)| index)
            .collect();
        let ranked: BTreeSet<usize> = results.ranking.iter().map(|ranked| ranked.capability).collect();
        prop_assert_eq!(results.ranking.len(), ranked.len());
        prop_assert_eq!(ranked, with_priority);
        for (index, ranked) in results.ranking.iter().enumerate() {
            prop_assert_eq!(ranked.place as usize, index + 1);
            prop_assert!(ranked.interval.0 <= ranked.interval.1);
            prop_assert!((0.0..=1.0).contains(&ranked.among_first));
        }
        prop_assert!(results.ranking.is_sorted_by_key(|ranked| ranked.group));
    }

    #[test]
    fn regional_means_are_those_of_the_cells_that_are_shown(case in case()) {
        for row in case.results(6).capabilities {
            let gaps: Vec<f64> = row.cells.iter().filter_map(|c| c.value.gap()).map(f64::from).collect();
            prop_assert_eq!(gaps.len(), row.with_value);
            let mean = domain::statistics::location::mean(&gaps);
            prop_assert_eq!(mean.is_some(), row.mean_gap.is_some());
            if let (Some(mean), Some(shown)) = (mean, row.mean_gap) {
                prop_assert!((mean - shown).abs() < 1e-9);
            }
            prop_assert!(row.priority.is_none_or(|priority| (0.0..=100.0).contains(&priority)));
        }
    }

    #[test]
    fn the_order_of_answers_does_not_matter(case in case(), seed: u64) {
        let mut shuffled = case.clone();
        let mut random = domain::statistics::random::SplitMix64::new(seed);
        shuffled.answers.sort_by_cached_key(|_| random.next_u64());
        prop_assert_eq!(case.results(6), shuffled.results(6));
    }
}
