//! What comes of a workshop, for minutes and for those who read afterwards.

use domain::{
    ids::{AttendeeId, CapabilityId, CardId, ImprovementId, NoteId, WorkshopId},
    map::{Author, Command},
    mapping::{Member, Participation},
    municipality::Municipality,
    survey::Occupation,
    text::Text,
    workshop::{
        Activity, Attendee, BallotStep, CardKind, Improvement, Minutes, Note, NoteKind, Pdca,
        VoteOn, Voter, WorkCommand,
        record::{
            Block, Dots, Fact, Progress, Record, approval, edits, following, preceding, record,
        },
    },
};

use super::room::{Room, person, text, uuid};

fn of(room: &Room) -> Record {
    record(&room.state, room.workshop, &[], &[]).expect("the workshop is there")
}

fn municipality(name: &str) -> Municipality {
    Municipality::by_name(name).expect("there is one")
}

fn write_for(room: &mut Room, whose: &str, kind: CardKind, words: &str) {
    let card = CardId::new(uuid(2_000 + room.state.operations.len() as u128));
    room.does(WorkCommand::Write {
        card,
        item: room.item,
        kind,
        text: text(words),
        by: person(1),
        municipality: Some(municipality(whose)),
        about: None,
    });
}

fn note(room: &mut Room, number: u128, kind: NoteKind, words: &str) {
    let note = Note {
        workshop: room.workshop,
        item: room.item,
        kind,
        text: text(words),
    };
    room.does(WorkCommand::SaveNote(
        NoteId::new(uuid(number)),
        Box::new(note),
    ));
}

fn vote(room: &mut Room, who: u128, on: VoteOn, value: u8) {
    room.does(WorkCommand::Vote {
        item: room.item,
        on,
        voter: Voter::Person(person(who)),
        value: Some(value),
    });
}

#[test]
fn nothing_private_hidden_or_reflected_is_recorded() {
    let mut room = Room::open(Activity::Writing);
    let shown = room.write(1, CardKind::Comment, "Detta sa vi högt");
    room.write(1, CardKind::Capability, "Hemlig förmåga");
    room.write(2, CardKind::Reflection, "Hemlig tanke");
    let hidden = room.write(2, CardKind::Comment, "Hemlig kommentar");
    room.does(WorkCommand::HideCard(hidden, true));
    let found = of(&room);
    let all = format!("{found:?}");
    assert!(all.contains("Detta sa vi högt"));
    assert!(!all.contains("Hemlig"), "{all}");
    room.does(WorkCommand::End { at: 9 });
    room.write(2, CardKind::Capability, "Hemlig efteråt");
    let found = of(&room);
    assert!(!format!("{found:?}").contains("Hemlig"));
    assert!(found.map.contents.capabilities.is_empty());
    assert_eq!(found.points.len(), 2);
    assert_eq!(
        room.card(shown).text.as_str(),
        "Detta sa vi högt",
        "the room is as it was"
    );
}

#[test]
fn what_was_written_is_counted_and_new_on_the_map_until_somebody_strikes_it() {
    let mut room = Room::planned(Activity::Writing);
    room.capability("Fanns redan");
    room.does(WorkCommand::Open { at: 1 });
    for words in ["E-arkiv", "Upphandling"] {
        room.write(1, CardKind::Capability, words);
    }
    room.write(2, CardKind::Weakness, "Ingen tid");
    room.does(WorkCommand::Reveal(room.item));
    room.does(WorkCommand::End { at: 9 });
    let late = room.capability("Kom efteråt");
    let found = of(&room);
    assert_eq!(
        found.points[0].facts,
        [Fact::Written {
            capabilities: 2,
            weaknesses: 1
        }]
    );
    assert_eq!(found.points[1].facts, [Fact::NotTaken]);
    assert_eq!(found.map.new_capabilities.len(), 2);
    assert_eq!(found.map.new_weaknesses.len(), 1);
    assert_eq!(found.map.contents.active_in_order().len(), 3);
    assert!(!found.map.contents.capabilities.contains_key(&late));
    let struck = *(found.map.new_capabilities.first()).expect("there are two");
    room.carries_out(Command::RetireCapability(struck));
    let found = of(&room);
    assert_eq!(found.map.new_capabilities.len(), 1);
    assert!(!found.map.contents.capabilities.contains_key(&struck));
}

#[test]
fn merged_capabilities_are_counted_with_the_grouping() {
    let mut room = Room::open(Activity::Grouping);
    let (one, other) = (room.capability("E-arkiv"), room.capability("Arkiv"));
    room.carries_out(Command::MergeCapabilities {
        from: [other].into(),
        into: one,
    });
    let facts = &of(&room).points[0].facts;
    assert_eq!(
        facts,
        &[Fact::Grouped {
            areas: 0,
            capabilities: 1,
            ungrouped: 1,
            merged: 1,
            struck: 0
        }]
    );
}

#[test]
fn the_kommunrunda_has_a_block_for_each_municipality_in_swedish_order() {
    let mut room = Room::open(Activity::MunicipalRound);
    write_for(&mut room, "Åmål", CardKind::Challenge, "Ny lag");
    write_for(&mut room, "Bengtsfors", CardKind::Help, "Mallar");
    write_for(&mut room, "Åmål", CardKind::Opportunity, "Nytt arkiv");
    let block = |name: &str| Block {
        municipality: Some(municipality(name)),
        challenges: Vec::new(),
        opportunities: Vec::new(),
        help: Vec::new(),
    };
    assert_eq!(
        of(&room).points[0].facts,
        [Fact::MunicipalRound(vec![
            Block {
                help: vec!["Mallar".to_owned()],
                ..block("Bengtsfors")
            },
            Block {
                challenges: vec!["Ny lag".to_owned()],
                opportunities: vec!["Nytt arkiv".to_owned()],
                ..block("Åmål")
            },
        ])]
    );
}

#[test]
fn votes_are_added_up_when_the_vote_is_closed_and_three_have_voted() {
    let mut room = Room::open(Activity::EffectVote);
    let capability = room.capability("E-arkiv");
    let alone = room.capability("Upphandling");
    room.does(WorkCommand::Ballot(room.item, BallotStep::Open));
    for (who, value) in [(1, 5), (2, 2), (3, 4)] {
        vote(&mut room, who, VoteOn::Capability(capability), value);
    }
    vote(&mut room, 1, VoteOn::Capability(alone), 1);
    assert!(of(&room).points[0].facts.is_empty(), "blind while open");
    room.does(WorkCommand::Ballot(room.item, BallotStep::Close));
    let found = of(&room);
    let [
        Fact::Effects {
            attempt,
            voters,
            rows,
        },
    ] = found.points[0].facts.as_slice()
    else {
        panic!("a vote: {:?}", found.points[0].facts);
    };
    assert_eq!((*attempt, *voters), (1, 3));
    let rows: Vec<_> = (rows.iter())
        .map(|row| (row.name.as_str(), row.median.get(), row.votes))
        .collect();
    assert_eq!(rows, [("E-arkiv", 4, 3)], "nobody's only vote is told");
}

fn improvement(room: &Room, owner: &str) -> Improvement {
    Improvement {
        workshop: room.workshop,
        name: text("Gemensamt e-arkiv"),
        capabilities: [].into(),
        owner: text(owner),
        first_step: text("Bjud in arkivarierna"),
        stage: Pdca::Plan,
    }
}

#[test]
fn improvement_areas_stand_as_the_workshop_left_them() {
    let mut room = Room::open(Activity::Improving);
    let id = ImprovementId::new(uuid(5));
    let named = improvement(&room, "Åmål");
    room.does(WorkCommand::SaveImprovement(id, Box::new(named)));
    room.does(WorkCommand::End { at: 9 });
    let changed = improvement(&room, "Någon annan");
    room.does(WorkCommand::SaveImprovement(id, Box::new(changed)));
    let found = of(&room);
    let [Fact::Improvements(rows)] = found.points[0].facts.as_slice() else {
        panic!("improvement areas: {:?}", found.points[0].facts);
    };
    assert_eq!(rows[0].owner, "Åmål");
    assert_eq!(rows[0].first_step, "Bjud in arkivarierna");
    assert_eq!(rows[0].dots, None);
}

#[test]
fn dots_of_fewer_than_three_are_not_told() {
    let mut room = Room::open(Activity::DotVote);
    let id = ImprovementId::new(uuid(5));
    let named = improvement(&room, "");
    room.does(WorkCommand::SaveImprovement(id, Box::new(named)));
    room.does(WorkCommand::Ballot(room.item, BallotStep::Open));
    for who in [1, 2] {
        vote(&mut room, who, VoteOn::Improvement(id), 2);
    }
    room.does(WorkCommand::Ballot(room.item, BallotStep::Close));
    let few = Fact::Dots(Dots {
        voters: 2,
        rows: Vec::new(),
    });
    assert_eq!(of(&room).points[0].facts, [few]);
}

#[test]
fn notes_are_the_text_of_their_point_until_somebody_writes_another() {
    let mut room = Room::open(Activity::Talk);
    note(&mut room, 1, NoteKind::Note, "Vi började i tid.");
    note(&mut room, 2, NoteKind::Decided, "Kartan fastställs i mars.");
    note(&mut room, 3, NoteKind::Proposed, "Vi träffas oftare.");
    note(&mut room, 4, NoteKind::Note, "Två kom senare.");
    let found = of(&room);
    let point = &found.points[0];
    assert_eq!(point.text(), "Vi började i tid.\n\nTvå kom senare.");
    let decisions: Vec<_> = found.decisions().map(Text::as_str).collect();
    assert_eq!(decisions, ["Kartan fastställs i mars."]);
    assert_eq!(point.proposals[0].as_str(), "Vi träffas oftare.");
    room.does(WorkCommand::SaveMinutes(Box::new(Minutes {
        points: [(room.item, text("Alla kom i tid."))].into(),
        ..Minutes::default()
    })));
    let found = of(&room);
    assert_eq!(found.points[0].text(), "Alla kom i tid.");
    assert_eq!(found.points[0].decisions.len(), 1, "decisions stand");
}

#[test]
fn those_who_were_let_in_were_there_and_the_municipalities_without_anyone_are_named() {
    let room = Room::open(Activity::Talk);
    let attendee = |number, name: &str, from: &str, approved| Attendee {
        id: AttendeeId::new(uuid(number)),
        name: text(name),
        occupation: Occupation::Other,
        municipalities: vec![municipality(from)],
        account: None,
        participant: None,
        approved,
        speaks: false,
        joined_at: 1,
        removed: false,
    };
    let people = [
        attendee(1, "Örjan Exempel", "Åmål", true),
        attendee(2, "Åsa Exempel", "Bengtsfors", true),
        attendee(3, "Nils Exempel", "Dals-Ed", false),
    ];
    let members = ["Bengtsfors", "Dals-Ed", "Åmål"].map(|name| Member {
        municipality: municipality(name),
        participation: Participation::Full,
        note: text(""),
    });
    let found = record(&room.state, room.workshop, &people, &members).expect("there");
    let names: Vec<_> = (found.present.iter().map(|one| one.name.as_str())).collect();
    assert_eq!(names, ["Åsa Exempel", "Örjan Exempel"]);
    assert_eq!(found.coverage.missing, [municipality("Dals-Ed")]);
    assert_eq!(found.coverage.all(), 3);
    assert_eq!(found.progress, Progress::Open);
}

#[test]
fn a_ratification_stands_with_the_workshop_that_it_was_made_in() {
    let mut room = Room::open(Activity::Ratifying);
    let area = domain::ids::AreaId::new(uuid(7));
    room.carries_out(Command::SaveArea(
        area,
        domain::map::Area {
            name: text("Data"),
            description: text(""),
            position: 0,
        },
    ));
    let capability: CapabilityId = room.capability("E-arkiv");
    room.carries_out(Command::MoveCapability {
        id: capability,
        area: Some(area),
        before: None,
    });
    let ratify = |by: &str| Command::Ratify {
        date: time::macros::date!(2026 - 11 - 22),
        decided_by: text(by),
    };
    room.does(WorkCommand::Review(capability, true));
    room.carries_out(ratify("Nätverket"));
    room.does(WorkCommand::End { at: 9 });
    room.capability("Sen");
    let found = of(&room);
    assert_eq!(
        found.points[0].facts,
        [
            Fact::Reviewed {
                approved: 1,
                all: 1
            },
            Fact::Ratified {
                number: 1,
                date: time::macros::date!(2026 - 11 - 22),
                decided_by: text("Nätverket"),
            }
        ]
    );
}

#[test]
fn workshops_follow_each_other_by_day() {
    let mut room = Room::planned(Activity::Talk);
    let later = WorkshopId::new(uuid(77));
    let mut plan = room.state.work.workshops[&room.workshop].clone();
    plan.date = plan.date.next_day().expect("the calendar goes on");
    let command = Command::Work(later, WorkCommand::Plan(Box::new(plan)));
    assert!(room.carry_out(Author::System, command).is_ok());
    let next = following(&room.state, room.workshop).map(|(id, _)| id);
    assert_eq!(next, Some(later));
    assert!(following(&room.state, later).is_none());
    let before = preceding(&room.state, later).map(|(id, _)| id);
    assert_eq!(before, Some(room.workshop));
    assert!(preceding(&room.state, room.workshop).is_none());
}

#[test]
fn an_approval_stands_until_it_is_taken_back_and_later_changes_are_told() {
    let mut room = Room::open(Activity::Talk);
    let save = |room: &mut Room, by: &str, other: &str| {
        room.does(WorkCommand::SaveMinutes(Box::new(Minutes {
            approved_by: text(by),
            other: text(other),
            ..Minutes::default()
        })));
    };
    assert_eq!(approval(&room.state, room.workshop), None);
    save(&mut room, "", "Inget");
    save(&mut room, "Lisa Exempel", "Inget");
    let found = approval(&room.state, room.workshop).expect("approved");
    assert_eq!((found.by.as_str(), found.changed), ("Lisa Exempel", None));
    save(&mut room, "Lisa Exempel", "Något");
    let found = approval(&room.state, room.workshop).expect("still approved");
    assert!(found.changed.is_some());
    assert_eq!(edits(&room.state, room.workshop).count(), 3);
    save(&mut room, "", "Något");
    assert_eq!(approval(&room.state, room.workshop), None);
}
