//! The invented workshop with a ratified map of thirty-two capabilities, fourteen municipalities and a closed survey.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    ids::CapabilityId,
    level::{Answer, Level},
    map::{Agreed, AgreedLevel, Author, CapabilityDraft, CapabilityKind, Command, Effect, Version},
    mapping::{Member, Participation},
    municipality::Municipality,
    results::{RegionResult, RoundData, Spread},
    survey::SubmittedAnswer,
    workshop::Activity,
};

use crate::live::{
    Scene,
    sample::{self, act, area, capability, round},
};

/// How many capabilities there are in all.
pub(super) const COUNT: usize = 32;

/// The same number every time, from 0 to `below` less one.
fn drawn(seed: usize, below: usize) -> usize {
    let mixed = (seed as u64)
        .wrapping_add(0x9e37_79b9_7f4a_7c15)
        .wrapping_mul(0xbf58_476d_1ce4_e5b9);
    usize::try_from((mixed ^ (mixed >> 31)) % below as u64).expect("small")
}

fn level(number: usize) -> Level {
    Level::new(u8::try_from(number.clamp(1, 5)).expect("small")).expect("1–5")
}

/// Forty-one people from eleven municipalities; the last capability has four answers only.
fn answers(capabilities: &[CapabilityId]) -> Vec<SubmittedAnswer> {
    let municipalities = Municipality::fyrbodal();
    let mut answers = Vec::new();
    for respondent in 0..41_usize {
        for (row, id) in capabilities.iter().enumerate() {
            if row + 1 == capabilities.len() && respondent >= 4 {
                continue;
            }
            let camps = row % 5 == 0;
            let current = if camps {
                if respondent % 2 == 0 {
                    1 + drawn(respondent * 31 + row, 2)
                } else {
                    4 + drawn(respondent * 37 + row, 2)
                }
            } else {
                1 + row % 3 + drawn(respondent * 53 + row * 7, 2 + row % 2)
            };
            let current = if drawn(respondent * 97 + row * 13, 9) == 0 {
                Answer::DontKnow
            } else {
                Answer::Level(level(current))
            };
            answers.push(SubmittedAnswer {
                respondent: u32::try_from(respondent).expect("few"),
                municipality: municipalities[respondent % 11],
                capability: *id,
                current: Some(current),
                target: Some(Answer::Level(level(
                    3 + drawn(respondent * 71 + row * 3, 3),
                ))),
            });
        }
    }
    answers
}

/// Results and spread as they stand now.
pub(super) fn measure(scene: &mut Scene) {
    let state = Arc::clone(&scene.state);
    let version: &Version = state.versions.last().expect("ratified");
    let capabilities: Vec<_> = version
        .contents
        .active_in_order()
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let answers = answers(&capabilities);
    let data = RoundData {
        round: round(0),
        version,
        members: &scene.mapping.members,
        n_min: 6,
        answers: &answers,
        invited: 52,
        submitted: 41,
        repeated: 0,
        people: &[],
        agreed: &state.agreed,
        effects: &state.effects,
    };
    scene.spread = Some(Arc::new(Spread::of(&data)));
    scene.results = Some(Arc::new(RegionResult::aggregate(&data)));
}

/// The workshop at a point with this activity.
pub(super) fn scene(activity: Activity) -> Scene {
    let mut scene = sample::scene(activity);
    let mut mapping = (*scene.mapping).clone();
    mapping.members = (Municipality::fyrbodal().into_iter())
        .map(|municipality| Member {
            municipality,
            participation: Participation::Full,
            note: "".parse().expect("fits"),
        })
        .collect();
    scene.mapping = Arc::new(mapping);
    let words = [
        "Kontinuitet",
        "Finansiering",
        "Dataskydd",
        "Upphandling",
        "Arkitektur",
        "Omvärldsbevakning",
        "Samverkan",
        "Förändringsledning",
        "Systemförvaltning",
        "Incidenthantering",
        "Öppna data",
        "Prioritering",
    ];
    let capabilities = (sample::CAPABILITIES.len()..COUNT)
        .map(|n| {
            let word = words[n % words.len()];
            let name = if n < 20 {
                word.to_owned()
            } else {
                format!("{word} i samverkan")
            };
            let content = CapabilityDraft {
                name: name.parse().expect("fits"),
                formulation: format!(
                    "Förmåga att arbeta med {} så att invånarna märker det",
                    word.to_lowercase()
                )
                .parse()
                .expect("fits"),
                description: "".parse().expect("fits"),
                kind: CapabilityKind::Supporting,
                layers: BTreeSet::new(),
                area: Some(area(n % 3)),
                goals: BTreeSet::new(),
                anchors: domain::map::Anchors::default(),
                owner: domain::text::Owner::default(),
            };
            (capability(n), content)
        })
        .collect();
    act(
        &mut scene,
        Author::System,
        Command::Import {
            areas: Vec::new(),
            capabilities,
            goals: Vec::new(),
            weaknesses: Vec::new(),
        },
    );
    for n in [6, 7] {
        act(
            &mut scene,
            Author::System,
            Command::MoveCapability {
                id: capability(n),
                area: Some(area(2)),
                before: None,
            },
        );
    }
    act(
        &mut scene,
        Author::System,
        Command::Ratify {
            date: time::Date::from_calendar_date(2026, time::Month::September, 1).expect("a day"),
            decided_by: "Exempelgruppen".parse().expect("fits"),
        },
    );
    let effects = (0..COUNT)
        .filter(|n| n % 4 != 3)
        .map(|n| (capability(n), Some(Effect(level(2 + drawn(n * 11, 4))))))
        .collect();
    act(
        &mut scene,
        Author::System,
        Command::SetEffects {
            round: round(0),
            effects,
        },
    );
    measure(&mut scene);
    scene
}

/// Sets one municipality's samlad bedömning.
pub(super) fn agree(
    scene: &mut Scene,
    municipality: Municipality,
    n: usize,
    current: usize,
    target: usize,
) {
    let agreed = AgreedLevel {
        value: Agreed::Levels {
            current: level(current),
            target: level(target),
        },
        reason: "Efter samtal i ledningsgruppen".parse().expect("fits"),
    };
    act(
        scene,
        Author::System,
        Command::Agree {
            round: round(0),
            municipality,
            levels: vec![(capability(n), Some(agreed))],
        },
    );
}
