//! The example's map: goals, the catalogue's areas and capabilities, and weaknesses.

use super::seed::{Purpose, id, text};
use domain::{
    catalogue::{self, Entry},
    ids::{AreaId, CapabilityId, GoalId, WeaknessId},
    map::{Area, CapabilityDraft, Command, Goal, GoalLevel, Weakness, WeaknessKind},
    municipality::Municipality,
    text::{Description, Owner},
};

/// Goals: level, place of its parent in this list, whose it is, title. All in our own invented wording.
const GOALS: [(GoalLevel, Option<usize>, &str, &str); 10] = [
    (
        GoalLevel::National,
        None,
        "",
        "Det ska vara enkelt att leva, bo och driva företag i hela landet med hjälp av digitala tjänster",
    ),
    (
        GoalLevel::National,
        None,
        "",
        "Offentlig sektor delar information och lösningar i stället för att göra samma arbete flera gånger",
    ),
    (
        GoalLevel::Regional,
        Some(0),
        "",
        "Invånare och företag i Fyrbodal möter lika god digital service oavsett kommun",
    ),
    (
        GoalLevel::Regional,
        Some(0),
        "",
        "Fyrbodals kommuner klarar sina viktigaste uppgifter även när det digitala sviktar",
    ),
    (
        GoalLevel::Regional,
        Some(1),
        "",
        "Fyrbodals kommuner utvecklar, köper och förvaltar digitala lösningar tillsammans",
    ),
    (
        GoalLevel::Local,
        Some(2),
        "Trollhättan",
        "De tjugo vanligaste ärendena kan skötas digitalt från början till slut senast 2028",
    ),
    (
        GoalLevel::Local,
        Some(2),
        "Strömstad",
        "Deltidsboende och besökare hittar rätt tjänst utan att behöva ringa",
    ),
    (
        GoalLevel::Local,
        Some(3),
        "Bengtsfors",
        "All samhällsviktig verksamhet har övade reservrutiner senast 2027",
    ),
    (
        GoalLevel::Local,
        Some(4),
        "Uddevalla",
        "Nya e-tjänster byggs så att grannkommuner kan använda dem utan ombyggnad",
    ),
    // Added for the second version.
    (
        GoalLevel::Local,
        Some(4),
        "Mellerud",
        "Minst tre nyckelroller inom it delas med en annan kommun",
    ),
];

/// Goals of the first version; the rest come with the second.
const FIRST_GOALS: usize = 9;

/// Places in [`GOALS`] of the goals that each capability supports, in the order of the catalogue.
const SUPPORTS: [&[usize]; 32] = [
    &[2],
    &[2, 6],
    &[2, 4],
    &[4],
    &[4],
    &[3],
    &[3],
    &[3],
    &[3],
    &[3, 7],
    &[3],
    &[2, 6],
    &[4],
    &[2],
    &[4],
    &[4],
    &[2],
    &[1],
    &[3],
    &[3, 4],
    &[4, 8],
    &[1, 4],
    &[4],
    &[3],
    &[2, 5],
    &[2, 4],
    &[4],
    &[2],
    &[4],
    &[2, 5],
    &[4, 8],
    &[3, 4],
];

/// Weaknesses: kind, code of the capability it holds back, name, description.
const WEAKNESSES: [(WeaknessKind, &str, &str, &str); 13] = [
    (
        WeaknessKind::Resource,
        "L7",
        "Viktiga system hänger på en enda person",
        "När personen är sjuk eller slutar stannar både felavhjälpning och utveckling.",
    ),
    (
        WeaknessKind::Competence,
        "K4",
        "Verksamheten kan inte formulera krav utan leverantörens hjälp",
        "Underlaget till upphandlingen blir en beskrivning av en produkt i stället för av ett behov.",
    ),
    (
        WeaknessKind::WayOfWorking,
        "L2",
        "Nya projekt startar utan att gamla avslutas",
        "Ingen säger nej, och alla projekt delar på samma personer.",
    ),
    (
        WeaknessKind::Information,
        "F4",
        "Samma uppgift har olika namn i olika förvaltningar",
        "Siffror om samma sak går inte att jämföra, varken inom kommunen eller med grannarna.",
    ),
    (
        WeaknessKind::Technology,
        "F5",
        "Äldre system kan inte lämna ifrån sig sin information",
        "Byte av system skjuts upp år efter år för att ingen vet hur informationen ska flyttas.",
    ),
    (
        WeaknessKind::Law,
        "L6",
        "Oklart vem som är ansvarig när flera kommuner delar en lösning",
        "Frågor om personuppgiftsansvar och avtal tar längre tid än själva införandet.",
    ),
    (
        WeaknessKind::WayOfWorking,
        "T2",
        "Information klassas efter att systemet har köpts",
        "Kraven på skydd kommer för sent för att påverka valet.",
    ),
    (
        WeaknessKind::Resource,
        "T5",
        "Reservrutiner övas inte",
        "Rutinerna finns i en pärm men har aldrig prövats en helg.",
    ),
    (
        WeaknessKind::Competence,
        "L3",
        "Ingen har tid eller uppdrag att följa upp nyttan efter införandet",
        "Projektet räknas som klart den dag systemet startar.",
    ),
    (
        WeaknessKind::Technology,
        "F3",
        "Varje koppling mellan system byggs på sitt eget sätt",
        "En ändring i ett system stoppar andra utan förvarning.",
    ),
    (
        WeaknessKind::Information,
        "",
        "Det saknas en gemensam bild av vilka digitala tjänster som finns",
        "Varken medarbetare eller invånare hittar det som redan är gjort.",
    ),
    (
        WeaknessKind::Law,
        "F6",
        "Gallringsbeslut saknas för digital information",
        "Allt sparas för säkerhets skull, och ingen vet vad som får tas bort.",
    ),
    // Added for the second version.
    (
        WeaknessKind::Competence,
        "I6",
        "AI-verktyg används utan att någon har tagit ställning till dem",
        "Medarbetare prövar på egen hand, och kommunen vet inte med vilken information.",
    ),
];

/// Weaknesses of the first version; the rest come with the second.
const FIRST_WEAKNESSES: usize = 12;

/// What the second version says of a capability, by its code: name, formulation, description.
const REWORDED: [(&str, &str, &str, &str); 2] = [
    (
        "I6",
        "Data och AI",
        "Förmåga att använda data och AI ansvarsfullt och till nytta för invånarna",
        "Beslut grundas på data av känd kvalitet, nya tekniker prövas med tydligt ansvar och insyn, och medarbetare vet vad som är tillåtet.",
    ),
    (
        "L7",
        "Kompetensförsörjning inom it",
        "Förmåga att rekrytera, behålla och dela nyckelkompetens",
        "Viktiga uppgifter hänger inte på en person, och kommuner kan dela specialister.",
    ),
];

/// A capability of the example: its code in the catalogue and its id.
pub(super) fn capabilities() -> Vec<(String, CapabilityId)> {
    (catalogue::entries().into_iter().enumerate())
        .map(|(place, entry)| (entry.code, capability(place)))
        .collect()
}

fn capability(place: usize) -> CapabilityId {
    CapabilityId::new(id(Purpose::Capability, &[place]))
}

fn goal(place: usize) -> (GoalId, Goal) {
    let (level, parent, whose, title) = GOALS[place];
    let goal_id = |place| GoalId::new(id(Purpose::Goal, &[place]));
    let goal = Goal {
        level,
        parent: parent.map(goal_id),
        title: text(title),
        description: Description::default(),
        municipality: Municipality::by_name(whose),
    };
    (goal_id(place), goal)
}

/// The goal that the second version adds.
pub(super) fn added_goal() -> GoalId {
    goal(FIRST_GOALS).0
}

/// The weakness that the second version adds.
pub(super) fn added_weakness() -> WeaknessId {
    weakness(FIRST_WEAKNESSES).0
}

fn weakness(place: usize) -> (WeaknessId, Weakness) {
    let (kind, code, name, description) = WEAKNESSES[place];
    let held_back = capabilities().into_iter().find(|(other, _)| other == code);
    let weakness = Weakness {
        name: text(name),
        description: text(description),
        kind,
        capability: held_back.map(|(_, id)| id),
    };
    (WeaknessId::new(id(Purpose::Weakness, &[place])), weakness)
}

fn draft(place: usize, entry: &Entry, areas: &[(AreaId, Area)]) -> CapabilityDraft {
    let area = (areas.iter()).find(|(_, area)| area.name == entry.area);
    CapabilityDraft {
        name: entry.name.clone(),
        formulation: entry.formulation.clone(),
        description: entry.description.clone(),
        kind: entry.kind,
        layers: entry.layers.clone(),
        area: area.map(|(id, _)| *id),
        goals: SUPPORTS[place].iter().map(|&place| goal(place).0).collect(),
        anchors: domain::map::Anchors::default(),
        // Some have nobody yet, so that the example shows what is said of them.
        owner: if place % 7 == 6 {
            Owner::default()
        } else {
            text(OWNERS[place % OWNERS.len()])
        },
    }
}

/// Functions that answer for capabilities.
const OWNERS: [&str; 5] = [
    "IT-chefen",
    "Digitaliseringsstrategen",
    "Informationssäkerhetssamordnaren",
    "Förvaltningscheferna",
    "Kommundirektören",
];

/// The catalogue's areas.
fn areas() -> Vec<(AreaId, Area)> {
    let mut areas: Vec<(AreaId, Area)> = Vec::new();
    for entry in catalogue::entries() {
        if !(areas.iter()).any(|(_, area)| area.name == entry.area) {
            let area = Area {
                name: entry.area,
                description: Description::default(),
                position: 0,
            };
            areas.push((AreaId::new(id(Purpose::Area, &[areas.len()])), area));
        }
    }
    areas
}

/// The catalogue's capabilities, each in its area and with its goals.
fn drafts() -> Vec<(CapabilityId, CapabilityDraft)> {
    let areas = areas();
    (catalogue::entries().iter().enumerate())
        .map(|(place, entry)| (capability(place), draft(place, entry, &areas)))
        .collect()
}

/// What makes the map that is ratified first: the goals, the catalogue, the weaknesses.
pub(super) fn first_version() -> [Command; 3] {
    let import = |goals, areas, capabilities, weaknesses| Command::Import {
        areas,
        capabilities,
        goals,
        weaknesses,
    };
    let goals = (0..FIRST_GOALS).map(goal).collect();
    let weaknesses = (0..FIRST_WEAKNESSES).map(weakness).collect();
    [
        import(goals, vec![], vec![], vec![]),
        import(vec![], areas(), drafts(), vec![]),
        import(vec![], vec![], vec![], weaknesses),
    ]
}

/// What changes on it before it is ratified again: two capabilities are reworded, a goal and a weakness are added.
pub(super) fn second_version() -> [Command; 4] {
    let [data, people] = REWORDED.map(|(code, name, formulation, description)| {
        let all = capabilities().into_iter().zip(drafts());
        let found = all.into_iter().find(|((other, _), _)| other == code);
        let ((_, id), (_, mut draft)) = found.expect("the catalogue has it");
        draft.name = text(name);
        draft.formulation = text(formulation);
        draft.description = text(description);
        Command::SaveCapability(id, draft)
    });
    let (goal_id, goal) = goal(FIRST_GOALS);
    let (weakness_id, weakness) = weakness(FIRST_WEAKNESSES);
    [
        data,
        people,
        Command::SaveGoal(goal_id, goal),
        Command::SaveWeakness(weakness_id, weakness),
    ]
}
