//! What holds for every sequence of commands in a workshop.

use domain::{
    ids::{CardId, ImprovementId, ItemId, NoteId},
    map::{Command, Deed, MapState, Recorded},
    workshop::{
        Activity, BallotStep, CardKind, CardState, Improvement, Minutes, Note, NoteKind, Pdca,
        PromoteTo, TimerStep, VoteOn, Voter, WorkCommand,
    },
};
use proptest::{collection::vec, option, prelude::*};

use crate::room::{Room, person, text, uuid};

/// What somebody does, with things told by small numbers.
#[derive(Clone, Debug)]
enum Step {
    Enter(u128),
    Skip(u128, bool),
    Move(u128, Option<u128>),
    Timer(u16),
    Reveal(u128),
    Ballot(u128, u8),
    Write(u128, u128, u8, String),
    Edit(u128, u128, String),
    Withdraw(u128, u128),
    Hide(u128, bool),
    Promote(u128, u8),
    Vote(u128, u128, Option<u8>),
    Dots(u128, u128, Option<u8>),
    Ready(u128, u128, bool),
    Note(u128, u8),
    Record(u128),
    Improve(u128),
    Minutes(String),
    End,
    Open,
    Undo(usize),
}

/// Ids of cards are those of the commands that wrote them.
fn card(number: u128) -> CardId {
    CardId::new(uuid(2_000 + number))
}

fn item(number: u128) -> ItemId {
    ItemId::new(uuid(1 + number % 2))
}

impl Step {
    #[expect(clippy::too_many_lines, reason = "one arm a step")]
    fn command(&self, room: &Room) -> Command {
        let kinds = [
            CardKind::Capability,
            CardKind::Weakness,
            CardKind::Comment,
            CardKind::Reflection,
        ];
        let work = match self.clone() {
            Self::Enter(to) => WorkCommand::Enter {
                item: item(to),
                at: 3,
            },
            Self::Skip(which, skipped) => WorkCommand::SkipItem(item(which), skipped),
            Self::Move(which, before) => WorkCommand::MoveItem(item(which), before.map(item)),
            Self::Timer(minutes) => WorkCommand::Timer(match minutes {
                0 => TimerStep::Pause { at: 4 },
                1 => TimerStep::Resume { at: 5 },
                2 => TimerStep::Stop,
                minutes => TimerStep::Start { minutes, at: 2 },
            }),
            Self::Reveal(which) => WorkCommand::Reveal(item(which)),
            Self::Ballot(which, step) => WorkCommand::Ballot(
                item(which),
                match step {
                    0 => BallotStep::Open,
                    1 => BallotStep::Close,
                    _ => BallotStep::Again,
                },
            ),
            Self::Write(which, who, kind, words) => WorkCommand::Write {
                card: card(which),
                item: item(who),
                kind: kinds[usize::from(kind) % kinds.len()],
                text: text(&words),
                by: person(who),
                municipality: None,
                about: None,
            },
            Self::Edit(which, who, words) => WorkCommand::EditCard {
                card: card(which),
                text: text(&words),
                by: person(who),
            },
            Self::Withdraw(which, who) => WorkCommand::WithdrawCard {
                card: card(which),
                by: person(who),
            },
            Self::Hide(which, hidden) => WorkCommand::HideCard(card(which), hidden),
            Self::Promote(which, what) => {
                WorkCommand::Promote(card(which), PromoteTo::ALL[usize::from(what) % 3])
            }
            Self::Vote(who, on, value) => WorkCommand::Vote {
                item: item(0),
                on: VoteOn::Capability(domain::ids::CapabilityId::new(card(on).uuid())),
                voter: Voter::Person(person(who)),
                value,
            },
            Self::Dots(who, on, value) => WorkCommand::Vote {
                item: item(0),
                on: VoteOn::Improvement(ImprovementId::new(uuid(on))),
                voter: Voter::Person(person(who)),
                value,
            },
            Self::Ready(which, who, ready) => WorkCommand::Ready {
                item: item(which),
                by: person(who),
                ready,
            },
            Self::Note(which, kind) => WorkCommand::SaveNote(
                NoteId::new(uuid(which)),
                Box::new(Note {
                    workshop: room.workshop,
                    item: item(which),
                    kind: NoteKind::ALL[usize::from(kind) % 3],
                    text: text("Vi möts igen."),
                }),
            ),
            Self::Record(which) => WorkCommand::Record(NoteId::new(uuid(which))),
            Self::Improve(which) => WorkCommand::SaveImprovement(
                ImprovementId::new(uuid(which)),
                Box::new(Improvement {
                    workshop: room.workshop,
                    name: Room::title("Bättre arkiv"),
                    capabilities: std::collections::BTreeSet::new(),
                    owner: text(""),
                    first_step: text("Ring"),
                    stage: Pdca::Plan,
                }),
            ),
            Self::Minutes(words) => WorkCommand::SaveMinutes(Box::new(Minutes {
                other: text(&words),
                ..Minutes::default()
            })),
            Self::End => WorkCommand::End { at: 8 },
            Self::Open => WorkCommand::Open { at: 9 },
            Self::Undo(back) => {
                let operations = &room.state.operations;
                let place = operations.len().saturating_sub(back + 1);
                return Command::Undo(operations[place].op);
            }
        };
        Command::Work(room.workshop, work)
    }
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("E-arkiv".to_owned()),
        Just("e arkiv".to_owned()),
        Just("Förmåga att ta emot ärenden".to_owned()),
        "[A-Za-zåäö]{1,9}( [a-zåäö]{1,9}){0,8}",
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let id = || 0..4_u128;
    let step = prop_oneof![
        1 => id().prop_map(Step::Enter),
        1 => (id(), any::<bool>()).prop_map(|(a, b)| Step::Skip(a, b)),
        1 => (id(), option::of(id())).prop_map(|(a, b)| Step::Move(a, b)),
        1 => (0..5_u16).prop_map(Step::Timer),
        2 => id().prop_map(Step::Reveal),
        3 => (id(), 0..3_u8).prop_map(|(a, b)| Step::Ballot(a, b)),
        8 => (id(), id(), any::<u8>(), words()).prop_map(|(a, b, c, d)| Step::Write(a, b, c, d)),
        2 => (id(), id(), words()).prop_map(|(a, b, c)| Step::Edit(a, b, c)),
        1 => (id(), id()).prop_map(|(a, b)| Step::Withdraw(a, b)),
        2 => (id(), any::<bool>()).prop_map(|(a, b)| Step::Hide(a, b)),
        2 => (id(), any::<u8>()).prop_map(|(a, b)| Step::Promote(a, b)),
        3 => (id(), id(), option::of(0..7_u8)).prop_map(|(a, b, c)| Step::Vote(a, b, c)),
        3 => (id(), id(), option::of(0..5_u8)).prop_map(|(a, b, c)| Step::Dots(a, b, c)),
        1 => (id(), id(), any::<bool>()).prop_map(|(a, b, c)| Step::Ready(a, b, c)),
        1 => (id(), any::<u8>()).prop_map(|(a, b)| Step::Note(a, b)),
        1 => id().prop_map(Step::Record),
        2 => id().prop_map(Step::Improve),
        1 => words().prop_map(Step::Minutes),
        1 => Just(Step::End),
        1 => Just(Step::Open),
        3 => (0..5_usize).prop_map(Step::Undo),
    ];
    vec(step, 0..40)
}

fn played(activity: u8, steps: &[Step]) -> Room {
    let activities = [
        Activity::Writing,
        Activity::EffectVote,
        Activity::DotVote,
        Activity::Grouping,
    ];
    let mut room = Room::open(activities[usize::from(activity) % activities.len()]);
    for step in steps {
        let command = step.command(&room);
        // A refusal is as good a step as any.
        let _deed = room.carry_out(person(1), command);
    }
    room
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn replaying_the_log_through_json_gives_the_state(activity in any::<u8>(), steps in steps()) {
        let room = played(activity, &steps);
        let log: Vec<Recorded> = (room.log.iter())
            .map(|recorded| serde_json::to_string(recorded).expect("events can be written"))
            .map(|line| serde_json::from_str(&line).expect("what was written can be read"))
            .collect();
        prop_assert_eq!(MapState::replay(&log), room.state);
    }

    #[test]
    fn the_map_is_whole_and_no_private_word_stands_on_it(activity in any::<u8>(), steps in steps()) {
        let room = played(activity, &steps);
        prop_assert!(room.state.contents.is_whole());
        for card in room.state.work.cards.values() {
            if card.state == CardState::Private {
                prop_assert_eq!(card.became, None);
            }
        }
    }

    #[test]
    fn nobody_has_laid_more_dots_than_they_have(steps in steps()) {
        let room = played(2, &steps);
        let work = &room.state.work;
        for voter in work.voters(room.workshop, room.item, 1) {
            let dots: u32 = (work.votes_at(room.workshop, room.item, 1))
                .filter(|(_, who, _)| *who == voter)
                .map(|(_, _, dots)| u32::from(dots))
                .sum();
            prop_assert!(dots <= 3);
        }
    }

    #[test]
    fn undoing_what_was_just_done_restores_everything(activity in any::<u8>(), steps in steps()) {
        let mut room = played(activity, &steps);
        let before = (room.state.contents.clone(), room.state.work.clone());
        let seq = room.state.seq;
        let written = room.carry_out(person(1), Command::Work(room.workshop, WorkCommand::Write {
            card: CardId::new(uuid(77_777)),
            item: room.item,
            kind: CardKind::Capability,
            text: text("Något helt nytt"),
            by: person(1),
            municipality: None,
            about: None,
        }));
        prop_assert_eq!(written, Ok(Deed::CardWritten));
        prop_assert!(room.state.seq > seq);
        let op = room.state.operations.last().expect("just done").op;
        room.carries_out(Command::Undo(op));
        prop_assert_eq!((room.state.contents, room.state.work), before);
    }
}
