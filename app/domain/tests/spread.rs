//! How a round's answers spread, by the public door.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{AreaId, CapabilityId, RoundId},
    level::{Answer, Level},
    map::{
        Agreed, AgreedKey, AgreedLevel, Area, Capability, CapabilityDraft, CapabilityKind,
        Contents, Status, Version,
    },
    mapping::{Member, Participation},
    municipality::Municipality,
    results::{
        CapabilitySpread, CellValue, MIN_ANSWERS_FOR_VALUE, RegionResult, RoundData, Spread,
    },
    statistics::{agreement::AgreementLabel, suppression::GroupSize},
    survey::SubmittedAnswer,
    text::{Description, Formulation, Reason, Text},
};
use proptest::prelude::*;
use time::{Date, Month};
use uuid::Uuid;

const ROUND: RoundId = RoundId::new(Uuid::from_u128(9));
const CAPABILITIES: usize = 3;

fn capability(row: usize) -> CapabilityId {
    CapabilityId::new(Uuid::from_u128(100 + row as u128))
}

fn version() -> Version {
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
    for row in 0..CAPABILITIES {
        contents.capabilities.insert(
            capability(row),
            Capability {
                draft: CapabilityDraft {
                    name: format!("Förmåga {row}").parse().expect("fits"),
                    formulation: Formulation::default(),
                    description: Description::default(),
                    kind: CapabilityKind::Supporting,
                    layers: BTreeSet::new(),
                    area: Some(area),
                    goals: BTreeSet::new(),
                    anchors: domain::map::Anchors::default(),
                    owner: domain::text::Owner::default(),
                },
                position: u32::try_from(row).expect("few"),
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

fn level(number: u8) -> Answer {
    Answer::Level(Level::new(number).expect("1–5"))
}

fn answer(
    respondent: u32,
    column: usize,
    row: usize,
    (current, target): (Answer, Answer),
) -> SubmittedAnswer {
    SubmittedAnswer {
        respondent,
        municipality: members()[column].municipality,
        capability: capability(row),
        current: Some(current),
        target: Some(target),
    }
}

/// Spread and regional results of the same answers.
fn results(
    n_min: u8,
    answers: &[SubmittedAnswer],
    agreed: &BTreeMap<AgreedKey, AgreedLevel>,
) -> (Spread, RegionResult) {
    results_of_parts(n_min, answers, agreed, 0)
}

/// The same when so many of the respondents may be the same people again.
fn results_of_parts(
    n_min: u8,
    answers: &[SubmittedAnswer],
    agreed: &BTreeMap<AgreedKey, AgreedLevel>,
    repeated: u32,
) -> (Spread, RegionResult) {
    let (version, members, effects) = (version(), members(), BTreeMap::new());
    let data = RoundData {
        round: ROUND,
        version: &version,
        members: &members,
        n_min,
        answers,
        invited: 50,
        submitted: 41,
        repeated,
        people: &[],
        agreed,
        effects: &effects,
    };
    (Spread::of(&data), RegionResult::aggregate(&data))
}

fn spread(answers: &[SubmittedAnswer]) -> Spread {
    results(6, answers, &BTreeMap::new()).0
}

fn of(spread: &Spread, row: usize) -> &CapabilitySpread {
    spread.capability(capability(row)).expect("in the version")
}

/// One answer each from people of different municipalities, all with target 5.
fn people(row: usize, currents: &[u8]) -> Vec<SubmittedAnswer> {
    (currents.iter().enumerate())
        .map(|(column, current)| {
            let respondent = u32::try_from(row * 100 + column).expect("few");
            answer(respondent, column % 14, row, (level(*current), level(5)))
        })
        .collect()
}

#[test]
fn the_largest_disagreement_comes_first_and_too_few_answers_last() {
    let mut answers = people(0, &[3, 3, 3, 3, 3]);
    answers.extend(people(1, &[3, 3, 3, 3, 3, 3]));
    answers.extend(people(2, &[1, 1, 1, 5, 5, 5]));
    let spread = spread(&answers);
    let order: Vec<_> = spread.capabilities.iter().map(|c| c.id).collect();
    assert_eq!(order, [capability(2), capability(1), capability(0)]);
    let bars = |row| of(&spread, row).current.bars.as_ref().expect("six people");
    assert!((bars(2).agreement + 1.0).abs() < 1e-9, "two camps");
    assert_eq!(bars(2).label, Some(AgreementLabel::Divided));
    assert_eq!(bars(1).label, Some(AgreementLabel::Shared));
    assert_eq!(bars(1).median().get(), 3);
    assert_eq!(bars(2).quartiles.map(Level::get), [1, 1, 5]);
}

#[test]
fn as_many_stand_in_the_order_of_the_map() {
    let mut answers = people(2, &[2; 6]);
    answers.extend(people(0, &[4; 6]));
    let order: Vec<_> = (spread(&answers).capabilities.iter())
        .map(|c| c.id)
        .collect();
    assert_eq!(order, [capability(0), capability(2), capability(1)]);
}

#[test]
fn five_people_are_told_as_a_class_without_bars() {
    let spread = spread(&people(0, &[1, 2, 3, 4, 5]));
    let few = of(&spread, 0);
    assert_eq!(few.current.people, GroupSize::UpTo(5));
    assert_eq!(few.current.bars, None);
    assert_eq!(few.target.bars, None);
    assert_eq!(few.dont_know_share, None);
    assert_eq!(of(&spread, 1).current.people, GroupSize::Nobody);
}

#[test]
fn who_answers_for_three_municipalities_counts_once_with_the_low_median() {
    let mut answers = people(0, &[4; 5]);
    for (column, current) in [(6, 1), (7, 2), (8, 5)] {
        answers.push(answer(900, column, 0, (level(current), level(5))));
    }
    let spread = spread(&answers);
    let bars = of(&spread, 0).current.bars.as_ref().expect("six people");
    assert_eq!(bars.counts, [0, 1, 0, 5, 0]);
    assert_eq!(of(&spread, 0).covered, 8);
}

#[test]
fn vet_ej_is_no_level_but_has_its_share() {
    let mut answers = people(0, &[2; 6]);
    for respondent in 50..54 {
        answers.push(answer(respondent, 0, 0, (Answer::DontKnow, level(4))));
    }
    let spread = spread(&answers);
    let capability = of(&spread, 0);
    assert_eq!(capability.current.people, GroupSize::Exactly(6));
    assert_eq!(capability.target.people, GroupSize::Exactly(10));
    assert_eq!(capability.dont_know_share, Some(0.4));
}

#[test]
fn an_agreed_level_is_what_a_municipality_stands_for() {
    let key = AgreedKey {
        round: ROUND,
        municipality: members()[3].municipality,
        capability: capability(0),
    };
    let one = |number| Level::new(number).expect("1–5");
    let value = Agreed::Levels {
        current: one(2),
        target: one(4),
    };
    let reason = Reason::default();
    let agreed = BTreeMap::from([(key, AgreedLevel { value, reason })]);
    let (spread, _) = results(6, &people(0, &[5; 6]), &agreed);
    let values = &of(&spread, 0).values;
    assert_eq!(values[3].levels(), Some((one(2), one(4))));
    assert_eq!(values[2], CellValue::Hidden);
    assert_eq!(values[9], CellValue::Missing);
}

fn any_answer() -> impl Strategy<Value = SubmittedAnswer> {
    let choice = || prop::sample::select(Answer::ALL.to_vec());
    (0u32..12, 0usize..14, 0..CAPABILITIES, choice(), choice()).prop_map(
        |(respondent, column, row, current, target)| {
            answer(respondent, column, row, (current, target))
        },
    )
}

proptest! {
    #[test]
    fn no_number_is_about_fewer_than_n_min_people(
        answers in prop::collection::vec(any_answer(), 0..80),
        n_min in 3u8..=10,
    ) {
        let (spread, region) = results(n_min, &answers, &BTreeMap::new());
        prop_assert_eq!(spread.capabilities.len(), CAPABILITIES);
        for capability in &spread.capabilities {
            let asked: BTreeSet<_> = (answers.iter())
                .filter(|answer| answer.capability == capability.id)
                .map(|answer| answer.respondent)
                .collect();
            for distribution in [&capability.current, &capability.target] {
                match (&distribution.bars, distribution.people) {
                    (Some(bars), GroupSize::Exactly(people)) => {
                        prop_assert!(people >= u32::from(n_min));
                        prop_assert_eq!(bars.people(), people);
                        prop_assert!(usize::try_from(people).expect("few") <= asked.len());
                        prop_assert!((-1.0..=1.0).contains(&bars.agreement));
                        prop_assert!(bars.quartiles.is_sorted());
                        prop_assert_eq!(bars.label.is_some(), people >= 4);
                    }
                    (None, GroupSize::UpTo(most)) => prop_assert_eq!(most, n_min - 1),
                    (None, GroupSize::Nobody | GroupSize::Hidden) => {}
                    other => prop_assert!(false, "bars and class differ: {other:?}"),
                }
            }
            if asked.len() < usize::from(n_min) {
                prop_assert_eq!(capability.dont_know_share, None);
            }
            for (value, municipality) in capability.values.iter().zip(&spread.municipalities) {
                let here = (answers.iter())
                    .filter(|a| a.capability == capability.id && a.municipality == *municipality)
                    .count();
                if value.levels().is_some() {
                    prop_assert!(here >= MIN_ANSWERS_FOR_VALUE as usize);
                }
            }
            let regional = region.capabilities.iter().find(|c| c.id == capability.id).expect("same version");
            let cells: Vec<_> = regional.cells.iter().map(|cell| cell.value).collect();
            prop_assert_eq!(&capability.values, &cells);
            prop_assert_eq!(capability.dont_know_share, regional.dont_know_share);
        }
    }

    #[test]
    fn agreement_never_falls_down_the_list_and_nothing_shown_follows_the_hidden(
        answers in prop::collection::vec(any_answer(), 0..120),
    ) {
        let list: Vec<_> = (spread(&answers).capabilities.iter())
            .map(|c| c.current.bars.as_ref().map(|bars| bars.agreement))
            .collect();
        for pair in list.windows(2) {
            match (pair[0], pair[1]) {
                (Some(a), Some(b)) => prop_assert!(a <= b),
                (None, Some(_)) => prop_assert!(false, "a distribution after one that is hidden"),
                (_, None) => {}
            }
        }
    }
}

#[test]
fn respondents_that_may_be_the_same_people_again_do_not_make_a_distribution() {
    let answers = people(0, &[1, 2, 3, 3, 4, 5, 5]);
    let told = |repeated| {
        let (spread, region) = results_of_parts(6, &answers, &BTreeMap::new(), repeated);
        let found = of(&spread, 0);
        let shown = found.current.bars.is_some();
        assert_eq!(found.dont_know_share.is_some(), shown);
        assert_eq!(region.capabilities[0].dont_know_share.is_some(), shown);
        (shown, found.current.people)
    };
    assert_eq!(told(0), (true, GroupSize::Exactly(7)));
    assert_eq!(told(1), (true, GroupSize::Exactly(7)));
    assert_eq!(told(2), (false, GroupSize::UpTo(5)));
    assert_eq!(told(40), (false, GroupSize::UpTo(5)));
}
