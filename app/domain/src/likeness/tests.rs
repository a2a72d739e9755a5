use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    catalogue,
    map::{Capability, CapabilityDraft, CapabilityKind, Status, Weakness, WeaknessKind},
    text::{CapabilityName, Description, Formulation},
};

fn id(number: usize) -> CapabilityId {
    CapabilityId::new(Uuid::from_u128(number as u128 + 1))
}

fn capability(name: &str, formulation: &str) -> Capability {
    Capability {
        draft: CapabilityDraft {
            name: CapabilityName::parse(name).expect("fits"),
            formulation: Formulation::parse(formulation).expect("fits"),
            description: Description::default(),
            kind: CapabilityKind::Supporting,
            layers: BTreeSet::new(),
            area: None,
            goals: BTreeSet::new(),
            anchors: crate::map::Anchors::default(),
            owner: crate::text::Owner::default(),
        },
        position: 0,
        status: Status::Active,
    }
}

fn map<'a>(names: impl IntoIterator<Item = &'a str>) -> Contents {
    let capabilities = (names.into_iter().enumerate())
        .map(|(number, name)| (id(number), capability(name, "")))
        .collect();
    Contents {
        capabilities,
        ..Contents::default()
    }
}

/// The only suggestion on a map with two names.
fn pair(a: &str, b: &str) -> Option<Likeness> {
    let mut found = suggestions(&map([a, b]));
    assert!(found.len() < 2);
    found.pop()
}

#[test]
fn what_people_would_call_the_same_is_suggested_with_the_reason() {
    let same_words = Why::SameWords;
    for (a, b, why) in [
        ("Ärendehantering", "arende-hantering", Why::SameName),
        ("E-arkiv", "e-arkivet", same_words.clone()),
        ("Upphandling", "Upphandlingar", same_words.clone()),
        (
            "Digital kompetens hos medarbetare",
            "Medarbetares digitala kompetens",
            same_words.clone(),
        ),
        ("Digital ledning", "Leda digitalt", same_words),
        ("Ärendehantering", "Hantering av ärenden", Why::Compound),
        ("Ärendehantering", "Hantera ärenden", Why::Compound),
        ("Omvärldsbevakning", "Bevaka omvärlden", Why::Compound),
        (
            "Beställarkompetens",
            "Kompetens som beställare",
            Why::Compound,
        ),
        ("Informationssäkerhet", "Säker information", Why::Compound),
        (
            "Informationsklassning",
            "Infromationsklassning",
            Why::Spelling(1),
        ),
        (
            "Informationssäkerhet",
            "Systematisk informationssäkerhet",
            Why::Contained { short: id(0) },
        ),
        (
            "E-arkiv och diarium",
            "E-arkiv",
            Why::Contained { short: id(1) },
        ),
        (
            "Leda digital förändring",
            "Förändringsledning i skolan",
            Why::SharedWords(vec!["förändring".into(), "leda".into()]),
        ),
    ] {
        let found = pair(a, b).map(|likeness| likeness.why);
        assert_eq!(found, Some(vec![why]), "{a} and {b}");
    }
}

#[test]
fn what_only_looks_alike_is_not_suggested() {
    for (a, b) in [
        ("E-arkiv", "E-tjänster"),
        ("Digital ledning", "Digital innovation"),
        (
            "Medarbetares digitala kompetens",
            "Ledares digitala kompetens",
        ),
        ("Drift", "Skrift"),
        ("Data", "Datorer"),
        ("Informationssäkerhet", "Informationsklassning"),
        ("Riskhantering", "Ärendehantering"),
        ("Omvärldsbevakning", "Bevakning av lokaler"),
        ("Utveckling av arbetssätt", "Behovsdriven utveckling"),
        ("Finansiering", "Prioritering"),
        ("Integration", "Innovation"),
        ("Gemensam drift", "Gemensam upphandling"),
        ("Digitala möten", "Digital mognad"),
        ("Plan för år 1", "Plan för år 2"),
        ("Kompetens", "Digital kompetens"),
        ("Städning", "Stödning"),
    ] {
        assert_eq!(pair(a, b), None, "{a} and {b}");
    }
}

#[test]
fn nothing_in_the_catalogue_is_like_anything_else_in_it() {
    let capabilities = (catalogue::entries().into_iter().enumerate())
        .map(|(number, entry)| (id(number), capability(&entry.name, &entry.formulation)))
        .collect();
    let contents = Contents {
        capabilities,
        ..Contents::default()
    };
    assert_eq!(suggestions(&contents), []);
}

#[test]
fn formulations_that_say_the_same_are_found_though_the_names_differ() {
    let mut contents = map(["Diarium", "Registratur"]);
    let formulations = [
        "Förmåga att ta emot, registrera och fördela inkommande handlingar",
        "Förmåga att registrera inkomna handlingar, ta emot dem och fördela inkommande",
    ];
    for (number, formulation) in formulations.into_iter().enumerate() {
        let capability = contents.capabilities.get_mut(&id(number)).expect("there");
        capability.draft.formulation = formulation.parse().expect("fits");
    }
    let found = suggestions(&contents);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].why, [Why::Formulation]);
}

#[test]
fn shared_goals_and_weaknesses_strengthen_a_likeness_but_make_none() {
    let mut contents = map(["E-arkiv", "E-arkiv och diarium", "Drift av nät"]);
    let before = suggestions(&contents);
    let goal = GoalId::new(Uuid::from_u128(9));
    for capability in contents.capabilities.values_mut() {
        capability.draft.goals = BTreeSet::from([goal]);
    }
    for number in 0..3 {
        contents.weaknesses.insert(
            crate::ids::WeaknessId::new(Uuid::from_u128(number as u128)),
            Weakness {
                name: ["Brist på tid", "Tidsbrist", "Brister i tid"][number]
                    .parse()
                    .expect("fits"),
                description: Description::default(),
                kind: WeaknessKind::Resource,
                capability: Some(id(number)),
            },
        );
    }
    let after = suggestions(&contents);
    assert_eq!((before.len(), after.len()), (1, 1));
    assert!(after[0].score > before[0].score);
    assert!(after[0].why.contains(&Why::Goals(1)));
    assert!(!before[0].why.contains(&Why::Goals(1)));
}

#[test]
fn retired_capabilities_are_never_suggested() {
    let mut contents = map(["E-arkiv", "e-arkivet"]);
    (contents.capabilities.get_mut(&id(1)).expect("there")).status = Status::Retired {
        into: BTreeSet::from([id(0)]),
    };
    assert_eq!(suggestions(&contents), []);
}

#[test]
fn two_hundred_capabilities_are_compared_quickly() {
    let firsts = [
        "Ärende",
        "Dokument",
        "Avtals",
        "Risk",
        "Projekt",
        "Behörighets",
        "Livscykel",
        "Kris",
    ];
    let lasts = [
        "hantering",
        "utveckling",
        "styrning",
        "uppföljning",
        "analys",
    ];
    let wheres = [
        "",
        " i skolan",
        " för invånare",
        " och support",
        " inom omsorgen",
    ];
    let names: Vec<_> = (0..200)
        .map(|n| format!("{}{}{}", firsts[n % 8], lasts[n / 8 % 5], wheres[n / 40]))
        .collect();
    let contents = map(names.iter().map(String::as_str));
    let started = std::time::Instant::now();
    let found = suggestions(&contents);
    let took = started.elapsed();
    assert!(!found.is_empty());
    assert!(took.as_millis() < 250, "took {took:?}");
}

/// Names of a few words, so that many are alike.
fn name() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "ärenden",
        "Ärende",
        "hantering",
        "hantera",
        "ärendehantering",
        "digital",
        "digitala",
        "E-arkiv",
        "diarium",
        "av",
        "kompetens",
        "beställarkompetens",
        "Drift",
        "drfit",
        "nät",
        "öppna data",
        "é",
        "2",
    ]);
    prop::collection::vec(words, 1..4)
        .prop_map(|words| words.join(" ").chars().take(40).collect::<String>())
}

proptest! {
    #[test]
    fn suggestions_are_a_property_of_the_map_and_not_of_its_order(
        names in prop::collection::vec(name(), 2..12)
    ) {
        let contents = map(names.iter().map(String::as_str));
        let found = suggestions(&contents);
        let mut pairs = BTreeSet::new();
        for likeness in &found {
            prop_assert!(likeness.a < likeness.b);
            prop_assert!(pairs.insert((likeness.a, likeness.b)), "a pair comes twice");
            prop_assert!((LEAST..=1.0).contains(&likeness.score));
            prop_assert!(!likeness.why.is_empty());
        }
        prop_assert!(found.windows(2).all(|two| two[0].score >= two[1].score));

        // The same names under other ids: the same pairs of names with the same scores.
        let turned = map(names.iter().rev().map(String::as_str));
        let told = |contents: &Contents, found: &[Likeness]| {
            let name = |id| contents.capabilities[&id].draft.name.to_string();
            let mut told: Vec<_> = (found.iter())
                .map(|one| {
                    let mut names = [name(one.a), name(one.b)];
                    names.sort();
                    (names, format!("{:.9}", one.score))
                })
                .collect();
            told.sort();
            told
        };
        prop_assert_eq!(told(&contents, &found), told(&turned, &suggestions(&turned)));
    }

    #[test]
    fn names_that_are_the_same_when_folded_come_first_with_the_highest_score(
        names in prop::collection::vec(name(), 2..12)
    ) {
        let contents = map(names.iter().map(String::as_str));
        let scores: BTreeMap<_, _> = (suggestions(&contents).into_iter())
            .map(|one| ((one.a, one.b), one.score))
            .collect();
        for (i, a) in names.iter().enumerate() {
            for (j, b) in names.iter().enumerate().skip(i + 1) {
                let score = scores.get(&(id(i), id(j))).copied();
                if fold(a) == fold(b) {
                    prop_assert_eq!(score, Some(1.0));
                } else {
                    prop_assert!(score.is_none_or(|score| score < 1.0));
                }
            }
        }
    }
}
