//! What becomes open data, and what never does.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    catalogue,
    ids::{AreaId, CapabilityId, RoundId},
    level::Level,
    map::{
        Agreed, AgreedKey, AgreedLevel, Area, Capability, CapabilityDraft, CapabilityKind,
        Contents, Status,
    },
    municipality::Municipality,
    publication::{Caution, OpenData, Opened, Publication},
    text::Text,
};
use time::macros::date;
use uuid::Uuid;

fn text<const MIN: usize, const MAX: usize>(typed: &str) -> Text<MIN, MAX> {
    Text::parse(typed).expect("the test's texts fit")
}

fn municipality(name: &str) -> Municipality {
    Municipality::by_name(name).expect("the test names a municipality")
}

fn id(number: u128) -> CapabilityId {
    CapabilityId::new(Uuid::from_u128(number))
}

fn round(number: u128) -> RoundId {
    RoundId::new(Uuid::from_u128(number))
}

fn capability(name: &str, formulation: &str, area: Option<AreaId>) -> Capability {
    Capability {
        draft: CapabilityDraft {
            name: text(name),
            formulation: text(formulation),
            description: text(""),
            kind: CapabilityKind::Supporting,
            layers: BTreeSet::new(),
            area,
            goals: BTreeSet::new(),
            anchors: domain::map::Anchors::default(),
            owner: text(""),
        },
        position: 0,
        status: Status::Active,
    }
}

/// Three capabilities, the third about security.
fn contents() -> Contents {
    let area = AreaId::new(Uuid::from_u128(1));
    let mut contents = Contents::default();
    let data = Area {
        name: text("Data"),
        description: text(""),
        position: 0,
    };
    contents.areas.insert(area, data);
    for (number, name) in [(1, "Arkivering"), (2, "Datadelning"), (3, "It-säkerhet")] {
        (contents.capabilities).insert(id(number), capability(name, "", Some(area)));
    }
    contents
}

fn levels(current: u8, target: u8) -> AgreedLevel {
    AgreedLevel {
        value: Agreed::Levels {
            current: Level::new(current).expect("a level"),
            target: Level::new(target).expect("a level"),
        },
        reason: text("Efter samtal i förtroende"),
    }
}

fn key(name: &str, capability: u128) -> AgreedKey {
    AgreedKey {
        round: round(1),
        municipality: municipality(name),
        capability: id(capability),
    }
}

fn agreed() -> BTreeMap<AgreedKey, AgreedLevel> {
    let not_applicable = AgreedLevel {
        value: Agreed::NotApplicable,
        reason: text(""),
    };
    [
        (key("Åmål", 1), levels(2, 4)),
        (key("Åmål", 3), levels(1, 5)),
        (key("Orust", 1), levels(3, 4)),
        (key("Orust", 2), not_applicable),
        (key("Sotenäs", 1), levels(5, 5)),
    ]
    .into()
}

fn opened(names: &[&str]) -> Publication {
    Publication {
        municipalities: (names.iter())
            .map(|name| Opened {
                municipality: municipality(name),
                ground: text("KS 2026/12"),
                since: date!(2026 - 11 - 22),
            })
            .collect(),
        capabilities: BTreeMap::new(),
    }
}

fn open(publication: &Publication) -> Option<OpenData> {
    let members = ["Orust", "Sotenäs", "Åmål"].map(municipality);
    OpenData::of(publication, round(1), &contents(), &agreed(), &members)
}

#[test]
fn nothing_is_open_until_a_municipality_has_opened_it() {
    assert_eq!(open(&Publication::default()), None);
    assert_eq!(open(&opened(&["Lysekil"])), None, "it is not a member");
}

#[test]
fn levels_and_means_are_those_of_the_opened_municipalities_alone() {
    let data = open(&opened(&["Åmål", "Orust"])).expect("something is open");
    assert_eq!(
        data.municipalities,
        [municipality("Orust"), municipality("Åmål")]
    );
    assert_eq!(data.of, 3);
    let names: Vec<_> = data.capabilities.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Arkivering", "Datadelning"]);
    let first = &data.capabilities[0];
    assert_eq!(first.with_levels, 2);
    assert_eq!(
        (first.mean_current, first.mean_target, first.mean_gap),
        (Some(2.5), Some(4.0), Some(1.5))
    );
    let second = &data.capabilities[1];
    assert_eq!(second.levels, [Some(Agreed::NotApplicable), None]);
    assert_eq!((second.with_levels, second.mean_current), (0, None));
}

#[test]
fn security_is_closed_until_somebody_opens_it_and_anything_may_be_closed() {
    let mut publication = opened(&["Åmål"]);
    let names = |data: Option<OpenData>| -> Vec<String> {
        (data.into_iter().flat_map(|data| data.capabilities))
            .map(|capability| capability.name.to_string())
            .collect()
    };
    assert_eq!(names(open(&publication)), ["Arkivering"]);
    publication.capabilities.insert(id(3), true);
    assert_eq!(names(open(&publication)), ["Arkivering", "It-säkerhet"]);
    publication.capabilities.insert(id(1), false);
    assert_eq!(names(open(&publication)), ["It-säkerhet"]);
    publication.capabilities.insert(id(3), false);
    assert_eq!(open(&publication), None);
}

#[test]
fn another_rounds_levels_are_not_this_rounds() {
    let members = [municipality("Åmål")];
    let publication = opened(&["Åmål"]);
    let found = OpenData::of(&publication, round(2), &contents(), &agreed(), &members);
    assert_eq!(found, None);
}

#[test]
fn what_is_about_security_is_known_by_word_area_and_catalogue() {
    let about =
        |name, formulation, area| Caution::about(&capability(name, formulation, None), area);
    for (name, formulation) in [
        ("Informationssäkerhet", ""),
        ("Loggar", "Förmåga att upptäcka intrång"),
        ("Krisledning", ""),
        ("Riskbedömning", ""),
        ("Kontinuitet", ""),
        ("Offentlighet och sekretess", ""),
        ("Identitet", "Förmåga att ge rätt person rätt åtkomst"),
    ] {
        assert_eq!(
            about(name, formulation, None),
            Some(Caution::Word),
            "{name}"
        );
    }
    for name in [
        "Friskvård",
        "Arkivering",
        "Beskrivning av data",
        "Hållbarhet",
    ] {
        assert_eq!(about(name, "", Some("Data")), None, "{name}");
    }
    assert_eq!(
        about("Loggning", "", Some("Digital trygghet")),
        Some(Caution::Area)
    );
}

#[test]
fn every_capability_of_the_catalogue_on_security_is_known_in_any_area() {
    for entry in catalogue::entries() {
        let draft = capability(&entry.name, "", None);
        let caution = Caution::about(&draft, Some("Övrigt"));
        if entry.code.starts_with('T') {
            assert!(caution.is_some(), "{}", entry.name);
        }
    }
}
