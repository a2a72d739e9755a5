//! An invented workshop under way, for the tests of the live views.

mod content;

use std::sync::Arc;

use domain::{
    ids::{
        AreaId, AttendeeId, CapabilityId, CardId, GoalId, ImprovementId, ItemId, NoteId, OpId,
        RoundId, WeaknessId,
    },
    map::{Author, Command, MapState, Recorded, decide},
    mapping::{Language, Mapping, Member, Participation},
    municipality::Municipality,
    workshop::{
        Activity, CardKind, Improvement, Item, Note, NoteKind, Pdca, Series, Stage, WorkCommand,
        Workshop, template,
    },
};

use self::content::{cards, fill, people};
use super::{Me, Scene};
use crate::texts::Texts;

/// When everything happens: 2026-09-15 09.00 in Sweden, in milliseconds since 1970 UTC.
pub(crate) const NOW: i64 = 1_789_455_600_000;

/// The names of the capabilities, in order: [`capability`] gives their ids. The last two are in no area.
pub(crate) const CAPABILITIES: [&str; 8] = [
    "Medarbetares digitala kompetens",
    "Ledares digitala kompetens",
    "Systematisk informationssäkerhet",
    "Riskhantering",
    "Gemensam målbild",
    "Nyttorealisering",
    "Digitalt bevarande",
    "E-arkiv",
];

fn number(kind: u8, n: usize) -> String {
    format!("{kind:08x}-0000-4000-8000-{n:012x}")
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident -> $id:ident = $kind:literal;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name(n: usize) -> $id {
            number($kind, n).parse().expect("written as an id is")
        }
    )*};
}

ids! {
    /// Point `n` of the agenda, from 1.
    item -> ItemId = 1;
    /// Person `n`, from 1: 1–5 are let in, 6 waits.
    person -> AttendeeId = 2;
    /// Capability `n`, from 0, of [`CAPABILITIES`].
    capability -> CapabilityId = 3;
    /// Area `n`: 0–2.
    area -> AreaId = 4;
    /// Goal `n`: 0–1.
    goal -> GoalId = 5;
    /// Weakness `n`: 0–1.
    weakness -> WeaknessId = 6;
    /// Card `n`.
    card -> CardId = 7;
    /// Note `n`: 0 a note, 1 a proposal, 2 a decision.
    note -> NoteId = 8;
    /// Improvement area `n`: 0–2.
    improvement -> ImprovementId = 9;
    /// The round, `n` 0.
    round -> RoundId = 10;
    operation -> OpId = 11;
}

/// A municipality of the example.
pub(crate) fn municipality(name: &str) -> Municipality {
    Municipality::by_name(name).expect("a municipality")
}

/// Carries out a command as this person and takes the scene with it.
///
/// # Panics
/// When the command is refused.
pub(crate) fn act(scene: &mut Scene, author: Author, command: Command) {
    let state = Arc::make_mut(&mut scene.state);
    let op = operation(state.operations.len() + 1);
    let (deed, events) = decide(state, op, command).expect("the example obeys the rules");
    for event in events {
        state.apply(&Recorded {
            seq: state.seq + 1,
            op,
            author,
            at: NOW,
            deed,
            event,
        });
    }
    scene.stage = state.work.stage(scene.id);
    if let Some(workshop) = state.work.workshops.get(&scene.id) {
        scene.workshop = workshop.clone();
    }
}

/// Carries out something in the workshop as one who leads.
pub(crate) fn lead(scene: &mut Scene, command: WorkCommand) {
    let id = scene.id;
    act(scene, Author::System, Command::Work(id, command));
}

/// Writes a card at the current point as person `who`.
pub(crate) fn write(
    scene: &mut Scene,
    n: usize,
    who: usize,
    kind: CardKind,
    text: &str,
    about: Option<CapabilityId>,
) {
    let by = Author::Attendee(person(who));
    let command = WorkCommand::Write {
        card: card(n),
        item: scene.stage.current.expect("a current point"),
        kind,
        text: text.parse().expect("fits"),
        by,
        municipality: scene.people.get(who - 1).map(|one| one.municipalities[0]),
        about,
    };
    let id = scene.id;
    act(scene, by, Command::Work(id, command));
}

/// Person `n` as the one whose own part is made; 6 waits to be let in.
pub(crate) fn me(scene: &Scene, n: usize) -> Me {
    let attendee = &scene.people[n - 1];
    Me {
        author: Author::Attendee(attendee.id),
        name: attendee.name.to_string(),
        municipalities: attendee.municipalities.clone(),
        approved: attendee.approved,
        speaks_for: if attendee.speaks {
            attendee.municipalities.clone()
        } else {
            Vec::new()
        },
        leads: false,
    }
}

/// A workshop before it is opened, of the series where this activity belongs, with a map, six people and nothing
/// written yet.
pub(crate) fn planned(activity: Activity) -> Scene {
    let (series, title, agenda) = plan(activity);
    let members = ["Bengtsfors", "Dals-Ed", "Lysekil", "Mellerud", "Åmål"];
    let mapping = Mapping {
        id: number(12, 0).parse().expect("an id"),
        name: "Exempelregionen".parse().expect("fits"),
        period: "2026–2027".parse().expect("fits"),
        language: Language::Swedish,
        example: true,
        members: (members.iter())
            .map(|name| Member {
                municipality: municipality(name),
                participation: Participation::Full,
                note: "".parse().expect("fits"),
            })
            .collect(),
    };
    let workshop = Workshop {
        series,
        title,
        date: time::Date::from_calendar_date(2026, time::Month::September, 15).expect("a day"),
        starts: 9 * 60,
        place: "Exempelsalen".parse().expect("fits"),
        agenda,
        round: matches!(series, Series::Ws4 | Series::Ws5).then(|| round(0)),
        approval: true,
        dots: 5,
    };
    let people = people();
    let mut scene = Scene {
        texts: Texts(Language::Swedish),
        mapping: Arc::new(mapping),
        state: Arc::new(MapState::default()),
        id: number(13, 0).parse().expect("an id"),
        workshop: workshop.clone(),
        stage: Stage::default(),
        connected: [1, 2, 3].map(person).into(),
        names: [(Author::System, "Exempel Processledare".to_owned())].into(),
        people,
        code: Some("k7m4px".to_owned()),
        join_url: "https://formagekartan.example.se/w/k7m4px".to_owned(),
        short_url: "formagekartan.example.se/w".to_owned(),
        results: None,
        spread: None,
    };
    fill(&mut scene);
    lead(&mut scene, WorkCommand::Plan(Box::new(workshop)));
    for item in scene.workshop.agenda.clone() {
        lead(&mut scene, WorkCommand::SaveItem(Box::new(item), None));
    }
    scene
}

/// The workshop under way at the first point with this activity, with what belongs there: cards, a note, a proposal
/// and a decision, improvement areas, and two who are done.
pub(crate) fn scene(activity: Activity) -> Scene {
    let mut scene = planned(activity);
    lead(&mut scene, WorkCommand::Open { at: NOW });
    let point = (scene.workshop.agenda.iter())
        .find(|item| item.activity == activity)
        .map(|item| item.id)
        .expect("the plan has the activity");
    lead(
        &mut scene,
        WorkCommand::Enter {
            item: point,
            at: NOW,
        },
    );
    cards(&mut scene, activity);
    for (n, (kind, text)) in [
        (NoteKind::Note, "Gruppen vill återkomma till e-arkivet."),
        (NoteKind::Proposed, "Kartan skickas på remiss i tre veckor."),
        (NoteKind::Decided, "Vi använder de fem nivåerna som de är."),
    ]
    .into_iter()
    .enumerate()
    {
        let content = Note {
            workshop: scene.id,
            item: point,
            kind,
            text: text.parse().expect("fits"),
        };
        lead(
            &mut scene,
            WorkCommand::SaveNote(note(n), Box::new(content)),
        );
    }
    for (n, name) in ["Gemensamt e-arkiv", "Utbildning för ledare", "Riskarbete"]
        .into_iter()
        .enumerate()
    {
        let content = Improvement {
            workshop: scene.id,
            name: name.parse().expect("fits"),
            capabilities: [capability(n)].into(),
            owner: if n == 0 { "Arbetsgruppen" } else { "" }
                .parse()
                .expect("fits"),
            first_step: "Samla behoven".parse().expect("fits"),
            stage: Pdca::Plan,
        };
        lead(
            &mut scene,
            WorkCommand::SaveImprovement(improvement(n), Box::new(content)),
        );
    }
    for who in [1, 2] {
        let by = Author::Attendee(person(who));
        lead(
            &mut scene,
            WorkCommand::Ready {
                item: point,
                by,
                ready: true,
            },
        );
    }
    scene
}

/// The first template with this activity, with points 1, 2, 3 …
fn plan(activity: Activity) -> (Series, domain::text::Title, Vec<Item>) {
    (Series::ALL.iter())
        .find_map(|series| {
            let mut n = 0;
            let (title, mut agenda) = template(*series, || {
                n += 1;
                item(n)
            });
            agenda[0].responsible = "Exempel Processledare".parse().expect("fits");
            (agenda.iter().any(|item| item.activity == activity))
                .then_some((*series, title, agenda))
        })
        .expect("every activity is in a template")
}

#[test]
fn the_example_has_every_activity_and_obeys_the_rules() {
    for activity in Activity::ALL {
        let scene = scene(*activity);
        assert_eq!(scene.stage.activity(&scene.workshop), Some(*activity));
        assert!(scene.state.contents.is_whole());
        assert!(!me(&scene, 6).approved);
    }
}
