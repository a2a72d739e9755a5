//! The rules of workshops, told by what happens in them.

mod laws;
mod record;
mod room;

use domain::{
    ids::{CardId, ImprovementId, NoteId, OpId},
    map::{Command, Deed, MapState, Recorded, Refusal},
    workshop::{
        Activity, BallotStep, Became, CardKind, CardState, Improvement, Note, NoteKind, Pdca,
        PromoteTo, Timer, TimerStep, VoteOn, Voter, WorkCommand,
    },
};
use room::{Room, person, text, uuid};

#[test]
fn what_is_written_in_silence_is_private_until_it_is_revealed_and_then_stands_on_the_map() {
    let mut room = Room::open(Activity::Writing);
    let card = room.write(1, CardKind::Capability, "E-arkiv");
    let weak = room.write(2, CardKind::Weakness, "Ingen tid");
    assert_eq!(room.card(card).state, CardState::Private);
    assert!(room.state.contents.capabilities.is_empty());
    room.does(WorkCommand::Reveal(room.item));
    assert_eq!(room.card(card).state, CardState::Shown);
    let Some(Became::Capability(capability)) = room.card(card).became else {
        panic!("the card is on the map");
    };
    let content = &room.state.contents.capabilities[&capability];
    assert_eq!(content.draft.name.as_str(), "E-arkiv");
    assert_eq!(content.draft.area, None);
    assert!(matches!(room.card(weak).became, Some(Became::Weakness(_))));
    assert_eq!(room.state.contents.weaknesses.len(), 1);
}

#[test]
fn the_same_words_become_the_same_capability_and_everyone_who_said_them_is_kept() {
    let mut room = Room::open(Activity::Writing);
    for (who, words) in [(1, "E-arkiv"), (2, "e arkiv"), (3, "E-ARKIV")] {
        room.write(who, CardKind::Capability, words);
    }
    room.does(WorkCommand::Reveal(room.item));
    assert_eq!(room.state.contents.capabilities.len(), 1);
    let (&capability, _) = (room.state.contents.capabilities.iter().next()).expect("one");
    let origins = room.state.work.origins(&room.state.contents, capability);
    assert_eq!(origins.len(), 3);
}

#[test]
fn a_merge_keeps_who_said_what() {
    let mut room = Room::open(Activity::Writing);
    let cards = ["Ärenden", "Ärendehantering", "Handlägga"]
        .map(|words| room.write(1, CardKind::Capability, words));
    room.does(WorkCommand::Reveal(room.item));
    let [one, two, three] = cards.map(|card| match room.card(card).became {
        Some(Became::Capability(id)) => id,
        other => panic!("not a capability: {other:?}"),
    });
    for (from, into) in [(three, two), (two, one)] {
        let from = std::iter::once(from).collect();
        room.carries_out(Command::MergeCapabilities { from, into });
    }
    let origins = room.state.work.origins(&room.state.contents, one);
    assert_eq!(origins.len(), 3);
}

#[test]
fn words_that_come_late_are_shown_at_once_and_after_the_end_they_are_for_the_facilitators() {
    let mut room = Room::open(Activity::Writing);
    room.does(WorkCommand::Reveal(room.item));
    let late = room.write(1, CardKind::Capability, "Nätdrift");
    assert_eq!(room.card(late).state, CardState::Shown);
    assert_eq!(room.state.contents.capabilities.len(), 1);
    room.does(WorkCommand::End { at: 9 });
    let after = room.write(1, CardKind::Capability, "Upphandling");
    assert_eq!(room.card(after).kind, CardKind::Reflection);
    assert_eq!(room.state.contents.capabilities.len(), 1);
    assert_eq!(room.state.work.reflections(room.workshop).count(), 1);
    room.does(WorkCommand::Promote(after, PromoteTo::Capability));
    assert_eq!(room.state.contents.capabilities.len(), 2);
    assert_eq!(room.state.work.reflections(room.workshop).count(), 0);
}

#[test]
fn before_the_workshop_is_open_only_reflections_are_written() {
    let mut room = Room::planned(Activity::Writing);
    assert_eq!(
        room.tries_to_write(1, CardKind::Capability),
        Err(Refusal::NotOpen)
    );
    assert_eq!(
        room.tries_to_write(1, CardKind::Reflection),
        Ok(Deed::CardWritten)
    );
}

#[test]
fn a_card_is_changed_and_taken_back_by_the_one_who_wrote_it_while_it_is_nothing_else() {
    let mut room = Room::open(Activity::Writing);
    let card = room.write(1, CardKind::Capability, "E-arkiv");
    let edit = |by| WorkCommand::EditCard {
        card,
        text: text("Arkiv"),
        by: person(by),
    };
    let withdraw = |by| WorkCommand::WithdrawCard {
        card,
        by: person(by),
    };
    assert_eq!(room.tries(edit(2)), Err(Refusal::NotYours));
    assert_eq!(room.tries(withdraw(2)), Err(Refusal::NotYours));
    room.does(edit(1));
    assert_eq!(room.card(card).text.as_str(), "Arkiv");
    room.does(WorkCommand::Reveal(room.item));
    assert_eq!(room.tries(edit(1)), Err(Refusal::Shown));
    assert_eq!(room.tries(withdraw(1)), Err(Refusal::Shown));
}

#[test]
fn private_words_are_not_put_on_the_map_before_they_are_revealed() {
    let mut room = Room::open(Activity::Writing);
    let card = room.write(1, CardKind::Capability, "E-arkiv");
    let promote = WorkCommand::Promote(card, PromoteTo::Capability);
    assert_eq!(room.tries(promote), Err(Refusal::Unfit));
    assert_eq!(
        room.tries(WorkCommand::HideCard(card, true)),
        Err(Refusal::NotFound)
    );
}

#[test]
fn hiding_a_card_takes_it_off_the_map_unless_others_said_the_same_and_showing_brings_it_back() {
    let mut room = Room::open(Activity::Writing);
    let one = room.write(1, CardKind::Capability, "E-arkiv");
    let other = room.write(2, CardKind::Capability, "E-arkiv");
    let weak = room.write(2, CardKind::Weakness, "Ingen tid");
    room.does(WorkCommand::Reveal(room.item));
    let active = |room: &Room| room.state.contents.active_in_order().len();
    room.does(WorkCommand::HideCard(one, true));
    assert_eq!(active(&room), 1);
    room.does(WorkCommand::HideCard(other, true));
    assert_eq!(active(&room), 0);
    room.does(WorkCommand::HideCard(one, false));
    assert_eq!(active(&room), 1);
    room.does(WorkCommand::HideCard(weak, true));
    assert!(room.state.contents.weaknesses.is_empty());
    room.does(WorkCommand::HideCard(weak, false));
    assert_eq!(room.state.contents.weaknesses.len(), 1);
}

#[test]
fn hiding_a_card_leaves_what_stood_on_the_map_before_it() {
    let mut room = Room::open(Activity::Writing);
    let before = room.capability("E-arkiv");
    let card = room.write(1, CardKind::Capability, "e-arkiv");
    room.does(WorkCommand::Reveal(room.item));
    assert_eq!(room.card(card).became, Some(Became::Capability(before)));
    room.does(WorkCommand::HideCard(card, true));
    assert!(room.state.contents.capabilities[&before].is_active());
}

#[test]
fn what_has_been_merged_while_its_card_was_hidden_stays_merged() {
    let mut room = Room::open(Activity::Writing);
    let into = room.capability("Ärenden");
    let [one, other] = [1, 2].map(|who| room.write(who, CardKind::Capability, "Handlägga"));
    room.does(WorkCommand::Reveal(room.item));
    let Some(Became::Capability(gone)) = room.card(one).became else {
        panic!("it is on the map");
    };
    room.does(WorkCommand::HideCard(other, true));
    let from = std::iter::once(gone).collect();
    room.carries_out(Command::MergeCapabilities { from, into });
    room.does(WorkCommand::HideCard(one, true));
    room.does(WorkCommand::HideCard(one, false));
    assert!(!room.state.contents.capabilities[&gone].is_active());
}

#[test]
fn what_everyone_has_seen_stays_as_it_was_when_the_workshop_ended() {
    let mut room = Room::open(Activity::MunicipalRound);
    let card = room.write(1, CardKind::Challenge, "Rekrytering");
    room.does(WorkCommand::End { at: 9 });
    let withdraw = WorkCommand::WithdrawCard {
        card,
        by: person(1),
    };
    assert_eq!(room.tries(withdraw), Err(Refusal::NotOpen));
    let edit = WorkCommand::EditCard {
        card,
        text: text("Något annat"),
        by: person(1),
    };
    assert_eq!(room.tries(edit), Err(Refusal::NotOpen));
}

#[test]
fn going_back_in_the_agenda_loses_nothing() {
    let mut room = Room::open(Activity::Writing);
    let card = room.write(1, CardKind::Capability, "E-arkiv");
    let first = room.item;
    room.does(WorkCommand::Enter {
        item: room.other,
        at: 5,
    });
    room.does(WorkCommand::Enter { item: first, at: 6 });
    assert_eq!(room.card(card).state, CardState::Private);
    let stage = room.state.work.stage(room.workshop);
    assert_eq!((stage.current, stage.visited.len()), (Some(first), 2));
}

#[test]
fn a_point_that_has_been_used_is_skipped_rather_than_removed() {
    let mut room = Room::open(Activity::Writing);
    assert_eq!(
        room.tries(WorkCommand::RemoveItem(room.item)),
        Err(Refusal::Used)
    );
    room.does(WorkCommand::SkipItem(room.item, true));
    room.does(WorkCommand::RemoveItem(room.other));
    assert_eq!(room.state.work.workshops[&room.workshop].agenda.len(), 1);
}

#[test]
fn a_point_that_has_been_used_keeps_its_activity_but_not_its_words() {
    let mut room = Room::open(Activity::Writing);
    let mut point = (room.state.work.workshops[&room.workshop].agenda[0]).clone();
    point.title = text("Skriv mer");
    room.does(WorkCommand::SaveItem(Box::new(point.clone()), None));
    point.activity = Activity::Talk;
    let change = WorkCommand::SaveItem(Box::new(point.clone()), None);
    assert_eq!(room.tries(change), Err(Refusal::Used));
    point.id = room.other;
    room.does(WorkCommand::SaveItem(Box::new(point), None));
}

#[test]
fn entering_the_current_point_again_stops_no_timer() {
    let mut room = Room::open(Activity::Talk);
    room.does(WorkCommand::Timer(TimerStep::Start { minutes: 5, at: 0 }));
    let item = room.item;
    room.does(WorkCommand::Enter { item, at: 7 });
    let stage = room.state.work.stage(room.workshop);
    assert_eq!(
        (stage.timer, stage.since),
        (Some(Timer::Running(300_000)), 1)
    );
}

#[test]
fn a_timer_is_paused_goes_on_and_is_extended_and_never_ends_anything() {
    let mut room = Room::open(Activity::Talk);
    let timer = |room: &Room| room.state.work.stage(room.workshop).timer;
    let minute = 60_000;
    room.does(WorkCommand::Timer(TimerStep::Start { minutes: 5, at: 0 }));
    assert_eq!(timer(&room), Some(Timer::Running(5 * minute)));
    room.does(WorkCommand::Timer(TimerStep::Pause { at: 2 * minute }));
    assert_eq!(timer(&room), Some(Timer::Paused(3 * minute)));
    room.does(WorkCommand::Timer(TimerStep::Extend { minutes: 1 }));
    room.does(WorkCommand::Timer(TimerStep::Resume { at: 10 * minute }));
    assert_eq!(timer(&room), Some(Timer::Running(14 * minute)));
    room.does(WorkCommand::Timer(TimerStep::Stop));
    assert_eq!(timer(&room), None);
    assert!(room.state.work.stage(room.workshop).is_open());
}

#[test]
fn a_vote_is_taken_while_it_is_open_changed_and_taken_back_and_held_twice_at_most() {
    let mut room = Room::open(Activity::EffectVote);
    let capability = room.capability("E-arkiv");
    let item = room.item;
    let vote = |who, value| WorkCommand::Vote {
        item,
        on: VoteOn::Capability(capability),
        voter: Voter::Person(person(who)),
        value,
    };
    let step = |step| WorkCommand::Ballot(item, step);
    assert_eq!(room.tries(vote(1, Some(3))), Err(Refusal::NoBallot));
    assert_eq!(room.tries(step(BallotStep::Again)), Err(Refusal::NoBallot));
    room.does(step(BallotStep::Open));
    for (who, value) in [(1, 3), (2, 5), (1, 4), (3, 1)] {
        room.does(vote(who, Some(value)));
    }
    room.does(vote(3, None));
    for wrong in [0, 6] {
        assert_eq!(room.tries(vote(1, Some(wrong))), Err(Refusal::BadVote));
    }
    room.does(step(BallotStep::Close));
    assert_eq!(room.tries(vote(1, Some(3))), Err(Refusal::NoBallot));
    assert_eq!(room.tries(step(BallotStep::Open)), Err(Refusal::NoBallot));
    let tally = |room: &Room, attempt| {
        let tally = room.state.work.tally(room.workshop, item, attempt);
        tally.get(&VoteOn::Capability(capability)).copied()
    };
    assert_eq!(tally(&room, 1), Some([0, 0, 0, 1, 1]));
    room.does(step(BallotStep::Again));
    room.does(vote(1, Some(5)));
    room.does(step(BallotStep::Close));
    assert_eq!(tally(&room, 1), Some([0, 0, 0, 1, 1]));
    assert_eq!(tally(&room, 2), Some([0, 0, 0, 0, 1]));
    assert_eq!(room.tries(step(BallotStep::Again)), Err(Refusal::NoBallot));
}

#[test]
fn nobody_lays_more_dots_than_they_have() {
    let mut room = Room::open(Activity::DotVote);
    let item = room.item;
    let [one, other] = [1, 2].map(|number| {
        let id = ImprovementId::new(uuid(number));
        let improvement = Improvement {
            workshop: room.workshop,
            name: text("Bättre arkiv"),
            capabilities: std::collections::BTreeSet::new(),
            owner: text(""),
            first_step: text(""),
            stage: Pdca::Plan,
        };
        room.does(WorkCommand::SaveImprovement(id, Box::new(improvement)));
        id
    });
    let vote = |who, on, dots| WorkCommand::Vote {
        item,
        on: VoteOn::Improvement(on),
        voter: Voter::Person(person(who)),
        value: Some(dots),
    };
    room.does(WorkCommand::Ballot(item, BallotStep::Open));
    room.does(vote(1, one, 2));
    assert_eq!(room.tries(vote(1, other, 2)), Err(Refusal::TooManyDots));
    room.does(vote(1, other, 1));
    room.does(vote(1, other, 0));
    room.does(vote(1, one, 3));
    room.does(vote(2, one, 3));
    let dots = room.state.work.dots(room.workshop, item);
    assert_eq!(dots.get(&VoteOn::Improvement(one)), Some(&6));
    assert_eq!(dots.get(&VoteOn::Improvement(other)), None);
    // Dots on what has been taken out are free again.
    room.does(vote(3, other, 3));
    room.does(WorkCommand::RemoveImprovement(other));
    room.does(vote(3, one, 2));
}

#[test]
fn votes_from_the_room_count_one_each() {
    let mut room = Room::open(Activity::EffectVote);
    let capability = room.capability("E-arkiv");
    let item = room.item;
    room.does(WorkCommand::Ballot(item, BallotStep::Open));
    for hand in 1..=3 {
        room.does(WorkCommand::Vote {
            item,
            on: VoteOn::Capability(capability),
            voter: Voter::Room(OpId::new(uuid(hand))),
            value: Some(4),
        });
    }
    assert_eq!(room.state.work.voters(room.workshop, item, 1).len(), 3);
}

#[test]
fn presses_for_those_in_the_room_are_not_more_people_than_voted_on_the_same() {
    let mut room = Room::open(Activity::EffectVote);
    let [one, other] = ["E-arkiv", "Upphandling"].map(|name| room.capability(name));
    let item = room.item;
    let vote = |on, voter| WorkCommand::Vote {
        item,
        on: VoteOn::Capability(on),
        voter,
        value: Some(4),
    };
    let hand = |number| Voter::Room(OpId::new(uuid(number)));
    let persons = |room: &Room, attempt| room.state.work.persons(room.workshop, item, attempt);
    room.does(WorkCommand::Ballot(item, BallotStep::Open));
    assert_eq!(persons(&room, 1), 0);
    for who in [1, 2] {
        for on in [one, other] {
            room.does(vote(on, Voter::Person(person(who))));
        }
    }
    for (number, on) in [(1, one), (2, one), (3, one), (4, other), (5, other)] {
        room.does(vote(on, hand(number)));
    }
    assert_eq!(persons(&room, 1), 2 + 3);
    room.does(WorkCommand::Ballot(item, BallotStep::Close));
    room.does(WorkCommand::Ballot(item, BallotStep::Again));
    room.does(vote(one, Voter::Person(person(3))));
    room.does(vote(one, hand(6)));
    assert_eq!((persons(&room, 1), persons(&room, 2)), (5, 2));
    assert_eq!(room.state.work.persons_of(room.workshop), 3 + 3);
}

#[test]
fn a_decision_is_proposed_and_then_recorded() {
    let mut room = Room::open(Activity::Deciding);
    let id = NoteId::new(uuid(1));
    let note = Note {
        workshop: room.workshop,
        item: room.item,
        kind: NoteKind::Proposed,
        text: text("Vi inför ett gemensamt arkiv."),
    };
    room.does(WorkCommand::SaveNote(id, Box::new(note)));
    room.does(WorkCommand::Record(id));
    assert_eq!(room.state.work.notes[&id].kind, NoteKind::Decided);
}

#[test]
fn each_undoes_their_own_latest_and_never_a_step_of_the_workshop() {
    let mut room = Room::open(Activity::Writing);
    let mine = room.write(1, CardKind::Capability, "E-arkiv");
    let theirs = room.write(2, CardKind::Capability, "Nätdrift");
    room.does(WorkCommand::Ready {
        item: room.item,
        by: person(1),
        ready: true,
    });
    let latest = room.state.latest_undoable(person(1)).expect("the card");
    assert_eq!(latest.deed, Deed::CardWritten);
    room.carries_out(Command::Undo(latest.op));
    assert!(!room.state.work.cards.contains_key(&mine));
    assert!(room.state.work.cards.contains_key(&theirs));
    assert!(room.state.latest_undoable(person(1)).is_none());
}

#[test]
fn the_same_card_comes_once() {
    let mut room = Room::open(Activity::Writing);
    let card = room.write(1, CardKind::Capability, "E-arkiv");
    let again = WorkCommand::Write {
        card,
        item: room.item,
        kind: CardKind::Capability,
        text: text("Något annat"),
        by: person(2),
        municipality: None,
        about: None,
    };
    assert_eq!(room.tries(again), Err(Refusal::Taken));
    assert_eq!(room.state.work.cards.len(), 1);
    assert!(
        room.state
            .work
            .cards
            .contains_key(&CardId::new(uuid(1_000)))
    );
}

/// The log of a workshop as it was written when the format was new. It must be readable for ever.
const OLD_EVENTS: &str = include_str!("../events-v2.jsonl");

#[test]
fn events_of_workshops_of_the_second_version_are_still_read() {
    let log: Vec<Recorded> = (OLD_EVENTS.lines())
        .map(|line| serde_json::from_str(line).expect("an old event is read"))
        .collect();
    let state = MapState::replay(&log);
    assert_eq!(state.seq, log.len() as u64);
    let work = &state.work;
    assert_eq!(
        (
            work.workshops.len(),
            work.stages.len(),
            work.cards.len(),
            work.votes.len()
        ),
        (1, 1, 2, 2)
    );
    assert_eq!(
        (
            work.ready.len(),
            work.reviews.len(),
            work.notes.len(),
            work.improvements.len(),
            work.minutes.len()
        ),
        (1, 1, 1, 1, 1)
    );
}
