//! Random commands on a few things, so that they meet often, and what they lead to.

use std::collections::BTreeSet;

use domain::{
    ids::{AccountId, AreaId, CapabilityId, GoalId, OpId, RoundId, WeaknessId},
    level::Level,
    map::{
        Agreed, AgreedLevel, Anchors, Area, Author, CapabilityDraft, CapabilityKind, Command, Deed,
        Effect, Goal, GoalLevel, Layer, MapState, Recorded, Refusal, Weakness, WeaknessKind,
        decide,
    },
    municipality::Municipality,
    text::{DecidedBy, Text},
};
use proptest::{collection::vec, option, prelude::*};
use time::macros::date;
use uuid::Uuid;

/// An id made of a number.
pub(crate) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number + 1)
}

/// The id of the command with this number.
pub(crate) fn operation(number: usize) -> OpId {
    OpId::new(uuid(number as u128))
}

/// A command whose things are told by small numbers.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    SaveGoal(u128, GoalLevel, Option<u128>, String, bool),
    RemoveGoal(u128),
    SaveArea(u128, String),
    MoveArea(u128, u32),
    RemoveArea(u128),
    SaveCapability(u128, String, Option<u128>, BTreeSet<u128>, Option<Layer>),
    MoveCapability(u128, Option<u128>, Option<u128>),
    Merge(BTreeSet<u128>, u128),
    Split(u128, u128, u128),
    RetireCapability(u128),
    RestoreCapability(u128),
    SaveWeakness(u128, String, Option<u128>),
    RemoveWeakness(u128),
    Import(u128, String),
    Ratify,
    Agree(u128, u8, u8),
    Effect(u128, Option<u8>),
    /// Undoes an operation by its place, counted from the latest.
    Undo(usize),
}

fn goal(number: u128) -> GoalId {
    GoalId::new(uuid(number))
}

fn area(number: u128) -> AreaId {
    AreaId::new(uuid(number))
}

fn capability(number: u128) -> CapabilityId {
    CapabilityId::new(uuid(number))
}

fn level(number: u8) -> Level {
    Level::new(number).expect("from 1 to 5")
}

fn text<const MIN: usize, const MAX: usize>(words: &str) -> Text<MIN, MAX> {
    Text::parse(words).expect("short enough")
}

fn draft(name: &str, in_area: Option<u128>) -> CapabilityDraft {
    CapabilityDraft {
        name: text(name),
        formulation: text(&format!("Förmåga att {name}")),
        description: text(&format!("{name}; \"{name}\",\n- på två rader")),
        kind: CapabilityKind::Supporting,
        layers: BTreeSet::new(),
        area: in_area.map(area),
        goals: BTreeSet::new(),
        anchors: Anchors([
            text(""),
            text(&format!("{name} sker ibland")),
            text("=2+2"),
            text("Vi följer upp"),
            text(if name.len() > 3 {
                "Andra lär av oss"
            } else {
                ""
            }),
        ]),
        owner: text("IT-chefen"),
    }
}

impl Step {
    /// The command, on the map as it stands.
    #[expect(clippy::too_many_lines, reason = "one arm a command")]
    pub(crate) fn command(&self, state: &MapState) -> Command {
        match self.clone() {
            Self::SaveGoal(id, level, parent, title, local) => Command::SaveGoal(
                goal(id),
                Goal {
                    level,
                    parent: parent.map(goal),
                    title: text(&title),
                    description: text(""),
                    municipality: (Municipality::fyrbodal().first().copied())
                        .filter(|_| local && level == GoalLevel::Local),
                },
            ),
            Self::RemoveGoal(id) => Command::RemoveGoal(goal(id)),
            Self::SaveArea(id, name) => Command::SaveArea(
                area(id),
                Area {
                    name: text(&name),
                    description: text("=1+1"),
                    position: 0,
                },
            ),
            Self::MoveArea(id, to) => Command::MoveArea(area(id), to),
            Self::RemoveArea(id) => Command::RemoveArea(area(id)),
            Self::SaveCapability(id, name, in_area, goals, layer) => Command::SaveCapability(
                capability(id),
                CapabilityDraft {
                    layers: layer.into_iter().collect(),
                    goals: goals.into_iter().map(goal).collect(),
                    ..draft(&name, in_area)
                },
            ),
            Self::MoveCapability(id, to, before) => Command::MoveCapability {
                id: capability(id),
                area: to.map(area),
                before: before.map(capability),
            },
            Self::Merge(from, into) => Command::MergeCapabilities {
                from: from.into_iter().map(capability).collect(),
                into: capability(into),
            },
            Self::Split(id, one, other) => Command::SplitCapability {
                id: capability(id),
                parts: vec![
                    (capability(one), text("Del ett")),
                    (capability(other), text("Del två")),
                ],
            },
            Self::RetireCapability(id) => Command::RetireCapability(capability(id)),
            Self::RestoreCapability(id) => Command::RestoreCapability(capability(id)),
            Self::SaveWeakness(id, name, held) => Command::SaveWeakness(
                WeaknessId::new(uuid(id)),
                Weakness {
                    name: text(&name),
                    description: text(""),
                    kind: WeaknessKind::Law,
                    capability: held.map(capability),
                },
            ),
            Self::RemoveWeakness(id) => Command::RemoveWeakness(WeaknessId::new(uuid(id))),
            Self::Import(id, name) => Command::Import {
                areas: vec![(
                    area(id),
                    Area {
                        name: text(&name),
                        description: text(""),
                        position: 0,
                    },
                )],
                capabilities: vec![
                    (capability(id), draft(&name, Some(id))),
                    (capability(id + 1), draft("Inläst", Some(id))),
                ],
                goals: Vec::new(),
                weaknesses: Vec::new(),
            },
            Self::Ratify => Command::Ratify {
                date: date!(2026 - 11 - 22),
                decided_by: DecidedBy::parse("Styrgruppen").expect("short enough"),
            },
            Self::Agree(id, current, target) => Command::Agree {
                round: RoundId::new(uuid(0)),
                municipality: Municipality::fyrbodal()[0],
                levels: vec![(
                    capability(id),
                    (current <= 5).then(|| AgreedLevel {
                        value: Agreed::Levels {
                            current: level(current),
                            target: level(target),
                        },
                        reason: text("enligt samtalet"),
                    }),
                )],
            },
            Self::Effect(id, effect) => Command::SetEffects {
                round: RoundId::new(uuid(0)),
                effects: vec![(capability(id), effect.map(|effect| Effect(level(effect))))],
            },
            Self::Undo(back) => {
                let place = state.operations.len().checked_sub(back + 1);
                let op =
                    place.map_or_else(|| operation(99_999), |place| state.operations[place].op);
                Command::Undo(op)
            }
        }
    }

    /// Carries the command out as operation `number`. None when it was refused or changed nothing; then the state is
    /// as it was.
    pub(crate) fn take(&self, state: &mut MapState, number: usize) -> Option<Deed> {
        let before = state.clone();
        let command = self.command(state);
        match apply(state, operation(number), command) {
            Ok(deed) if state.seq > before.seq => Some(deed),
            Ok(_) | Err(_) => {
                assert_eq!(*state, before, "nothing happened");
                None
            }
        }
    }
}

/// Decides a command and takes in what it leads to; the events go to the log as the store writes them.
fn execute(
    state: &mut MapState,
    log: &mut Vec<Recorded>,
    op: OpId,
    command: Command,
) -> Result<Deed, Refusal> {
    let (deed, events) = decide(state, op, command)?;
    for event in events {
        assert!(event.fits(state), "an event fits the state it comes to");
        let recorded = Recorded {
            seq: state.seq + 1,
            op,
            author: Author::Account(AccountId::new(uuid(7))),
            at: 1_000 * i64::try_from(state.seq).expect("short"),
            deed,
            event,
        };
        state.apply(&recorded);
        log.push(recorded);
    }
    Ok(deed)
}

/// Decides a command and takes in what it leads to.
pub(crate) fn apply(state: &mut MapState, op: OpId, command: Command) -> Result<Deed, Refusal> {
    execute(state, &mut Vec::new(), op, command)
}

/// The state after all steps, and the log.
pub(crate) fn carry_out(steps: &[Step]) -> (MapState, Vec<Recorded>) {
    let mut state = MapState::default();
    let mut log = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let command = step.command(&state);
        // A refusal is as good a step as any.
        let _deed = execute(&mut state, &mut log, operation(number), command);
    }
    (state, log)
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Ärendehantering".to_owned()),
        Just("Drift, nät; stöd".to_owned()),
        Just("\"Öppna\" data".to_owned()),
        Just("=Summa(A1)".to_owned()),
        Just("'-Minus".to_owned()),
        Just("E-arkiv | bevarande".to_owned()),
        "[A-Za-zåäö]{1,8}( [a-zåäö0-9]{1,8}){0,2}",
    ]
}

/// Up to forty commands on a handful of things.
pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let id = || 0..5_u128;
    let some = || option::of(0..5_u128);
    let level = prop_oneof![
        Just(GoalLevel::National),
        Just(GoalLevel::Regional),
        Just(GoalLevel::Local)
    ];
    let layer = option::of(proptest::sample::select(Layer::ALL));
    let set = || proptest::collection::btree_set(0..5_u128, 0..3);
    let step = prop_oneof![
        3 => (id(), level, some(), name(), any::<bool>()).prop_map(|(a, b, c, d, e)| Step::SaveGoal(a, b, c, d, e)),
        1 => id().prop_map(Step::RemoveGoal),
        4 => (id(), name()).prop_map(|(a, b)| Step::SaveArea(a, b)),
        1 => (id(), 0..6_u32).prop_map(|(a, b)| Step::MoveArea(a, b)),
        1 => id().prop_map(Step::RemoveArea),
        8 => (id(), name(), some(), set(), layer).prop_map(|(a, b, c, d, e)| Step::SaveCapability(a, b, c, d, e)),
        3 => (id(), some(), some()).prop_map(|(a, b, c)| Step::MoveCapability(a, b, c)),
        2 => (set(), id()).prop_map(|(a, b)| Step::Merge(a, b)),
        2 => (id(), 5..8_u128, 8..10_u128).prop_map(|(a, b, c)| Step::Split(a, b, c)),
        1 => id().prop_map(Step::RetireCapability),
        1 => id().prop_map(Step::RestoreCapability),
        3 => (id(), name(), some()).prop_map(|(a, b, c)| Step::SaveWeakness(a, b, c)),
        1 => id().prop_map(Step::RemoveWeakness),
        1 => (10..14_u128, name()).prop_map(|(a, b)| Step::Import(a, b)),
        3 => Just(Step::Ratify),
        2 => (id(), 1..7_u8, 1..6_u8).prop_map(|(a, b, c)| Step::Agree(a, b, c)),
        1 => (id(), option::of(1..6_u8)).prop_map(|(a, b)| Step::Effect(a, b)),
        4 => (0..6_usize).prop_map(Step::Undo),
    ];
    vec(step, 0..40)
}
