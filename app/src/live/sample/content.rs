//! What the invented workshop holds: people, a map and cards.

use std::collections::BTreeSet;

use domain::{
    map::{
        Area, Author, CapabilityDraft, CapabilityKind, Command, Goal, GoalLevel, Weakness,
        WeaknessKind,
    },
    survey::Occupation,
    workshop::{Activity, Attendee, CardKind},
};

use super::{
    CAPABILITIES, NOW, act, area, capability, goal, municipality, person, weakness, write,
};
use crate::live::Scene;

pub(super) fn people() -> Vec<Attendee> {
    [
        ("Ask Exempel", "Bengtsfors"),
        ("Björk Exempel", "Dals-Ed"),
        ("Lind Exempel", "Mellerud"),
        ("Rönn Exempel", "Mellerud"),
        ("Sälg Exempel", "Åmål"),
        ("Tall Exempel", "Lysekil"),
    ]
    .into_iter()
    .enumerate()
    .map(|(place, (name, from))| Attendee {
        id: person(place + 1),
        name: name.parse().expect("fits"),
        occupation: Occupation::ALL[place % Occupation::ALL.len()],
        municipalities: vec![municipality(from)],
        account: None,
        participant: None,
        approved: place < 5,
        speaks: place == 0,
        joined_at: NOW,
        removed: false,
    })
    .collect()
}

pub(super) fn fill(scene: &mut Scene) {
    let areas = ["Digital kompetens", "Digital trygghet", "Digital ledning"]
        .into_iter()
        .enumerate()
        .map(|(n, name)| {
            let content = Area {
                name: name.parse().expect("fits"),
                description: "".parse().expect("fits"),
                position: 0,
            };
            (area(n), content)
        })
        .collect();
    let goals = ["Invånarna får service dygnet runt", "Information bevaras"]
        .into_iter()
        .enumerate()
        .map(|(n, title)| {
            let content = Goal {
                level: GoalLevel::Regional,
                parent: None,
                title: title.parse().expect("fits"),
                description: "".parse().expect("fits"),
                municipality: None,
            };
            (goal(n), content)
        })
        .collect();
    let capabilities = (CAPABILITIES.iter().enumerate())
        .map(|(n, name)| {
            let content = CapabilityDraft {
                name: name.parse().expect("fits"),
                formulation: format!("Förmåga att ta hand om {}", name.to_lowercase())
                    .parse()
                    .expect("fits"),
                description: "".parse().expect("fits"),
                kind: CapabilityKind::ALL[n % 3],
                layers: BTreeSet::new(),
                area: (n < 6).then(|| area(n / 2)),
                goals: [goal(n % 2)].into(),
                anchors: domain::map::Anchors::default(),
                owner: domain::text::Owner::default(),
            };
            (capability(n), content)
        })
        .collect();
    let weaknesses = ["Personberoende", "Ingen tid för utbildning"]
        .into_iter()
        .enumerate()
        .map(|(n, name)| {
            let content = Weakness {
                name: name.parse().expect("fits"),
                description: "".parse().expect("fits"),
                kind: WeaknessKind::Resource,
                capability: (n == 0).then(|| capability(0)),
            };
            (weakness(n), content)
        })
        .collect();
    let import = Command::Import {
        areas,
        capabilities,
        goals,
        weaknesses,
    };
    act(scene, Author::System, import);
}

pub(super) fn cards(scene: &mut Scene, activity: Activity) {
    let cards: &[(usize, CardKind, &str, Option<usize>)] = match activity {
        Activity::Goals => &[(1, CardKind::Goal, "Ingen ska behöva fråga två gånger", None)],
        Activity::Writing | Activity::Reading => &[
            (1, CardKind::Capability, "Förmåga att dela data", None),
            (2, CardKind::Capability, "Upphandla tillsammans", None),
            (3, CardKind::Weakness, "Inget forum för beslut", None),
        ],
        Activity::MunicipalRound => &[
            (1, CardKind::Challenge, "Svårt att rekrytera", None),
            (2, CardKind::Opportunity, "Ny chef som driver på", None),
            (3, CardKind::Help, "Mallar för riskanalys", None),
        ],
        _ => &[
            (1, CardKind::Comment, "Gäller även politiker", Some(0)),
            (2, CardKind::Question, "Ingår säkerhetsskydd?", Some(2)),
        ],
    };
    for (n, (who, kind, text, about)) in cards.iter().enumerate() {
        write(scene, n, *who, *kind, text, about.map(capability));
    }
}
