//! Who may do what, written out: every actor and every action, by hand and not by the rules' own logic.

use domain::{
    ids::{
        AccountId, AttendeeId, ContactId, EnquiryId, InviteeId, MappingId, ParticipantId, RoundId,
        TokenId, WorkshopId,
    },
    municipality::Municipality,
    rights::{Action, Actor, Membership, Role, Subject, may},
};
use uuid::Uuid;

/// What the actors may do in their own mapping, in the order of [`actors`]: anonymous, samordnare, workshopledare,
/// representant, direktör, styrgrupp, samordnare of another mapping, deltagare, someone in a
/// workshop who speaks for Åmål, someone who waits to be let into it, someone invited to the series, someone asked
/// whether Åmål wants to take part, and a program with a key to the mapping.
const OWN: [(Action, &str); 23] = [
    (Action::StartMapping, "............."),
    (Action::ManageOwnSessions, "............."),
    (Action::ReadMap, ".+++++.+....+"),
    (Action::EditMap, ".++.........."),
    (Action::RatifyMap, ".+..........."),
    (Action::ManageMapping, ".+..........."),
    (Action::ManagePeople, ".+..........."),
    (Action::ManageRounds, ".++.........."),
    (Action::ReadProgress, ".+++.+......."),
    (Action::ReadResults, ".+++++......+"),
    (Action::ReadMunicipality, ".++..+......."),
    (Action::AgreeLevels, ".++.........."),
    (Action::SetEffects, ".++.........."),
    (Action::AnswerSurvey, "............."),
    (Action::ReadWorkshops, ".+++++......."),
    (Action::LeadWorkshop, ".++.........."),
    (Action::TakePart, ".++.........."),
    (Action::ReadMaterial, ".+++++.+..+.."),
    (Action::ManageParticipation, ".++.........."),
    (Action::AnswerEnquiry, "............."),
    (Action::ManageRecords, ".+..........."),
    (Action::ManageTokens, ".+..........."),
    (Action::PublishMunicipality, ".+..........."),
];

/// What everyone may do in an example, whoever they are.
const EXAMPLE: [Action; 6] = [
    Action::ReadMaterial,
    Action::ReadWorkshops,
    Action::ReadMap,
    Action::ReadResults,
    Action::ReadMunicipality,
    Action::ReadProgress,
];

fn mapping(number: u128) -> MappingId {
    MappingId::new(Uuid::from_u128(number))
}

fn round(number: u128) -> RoundId {
    RoundId::new(Uuid::from_u128(number))
}

fn municipality(name: &str) -> Municipality {
    Municipality::by_name(name).expect("the test names a municipality")
}

fn account(mapping: MappingId, role: Role, may_start: bool) -> Actor {
    Actor::Account {
        id: AccountId::new(Uuid::from_u128(7)),
        may_start,
        memberships: vec![Membership {
            mapping,
            role,
            municipalities: vec![municipality("Åmål"), municipality("Mellerud")],
        }],
    }
}

/// Everyone, in the order of the columns; all but the stranger are at home in mapping 1.
fn actors() -> [Actor; 13] {
    let member = |role| account(mapping(1), role, false);
    [
        Actor::Anonymous,
        member(Role::Coordinator),
        member(Role::Facilitator),
        member(Role::Representative),
        member(Role::Director),
        member(Role::SteeringGroup),
        account(mapping(2), Role::Coordinator, true),
        Actor::Participant {
            id: ParticipantId::new(Uuid::from_u128(8)),
            mapping: mapping(1),
            round: round(1),
            municipalities: vec![municipality("Åmål")],
        },
        attendee(true),
        attendee(false),
        Actor::Invitee {
            id: InviteeId::new(Uuid::from_u128(10)),
            mapping: mapping(1),
            municipalities: vec![municipality("Åmål")],
        },
        contact(),
        Actor::Program {
            id: TokenId::new(Uuid::from_u128(12)),
            mapping: mapping(1),
        },
    ]
}

fn contact() -> Actor {
    Actor::Contact {
        id: ContactId::new(Uuid::from_u128(11)),
        enquiry: enquiry(1),
        municipality: municipality("Åmål"),
    }
}

fn enquiry(number: u128) -> EnquiryId {
    EnquiryId::new(Uuid::from_u128(number))
}

fn workshop(number: u128) -> WorkshopId {
    WorkshopId::new(Uuid::from_u128(number))
}

/// Someone in workshop 1 of mapping 1 from Åmål, whom a facilitator lets speak for it, let in or not.
fn attendee(approved: bool) -> Actor {
    Actor::Attendee {
        id: AttendeeId::new(Uuid::from_u128(9)),
        mapping: mapping(1),
        workshop: workshop(1),
        municipalities: vec![municipality("Åmål")],
        approved,
        speaks: true,
    }
}

fn of_mapping(number: u128, example: bool) -> Subject {
    Subject::Mapping {
        id: mapping(number),
        example,
    }
}

fn of_municipality(number: u128, name: &str) -> Subject {
    Subject::Municipality {
        mapping: mapping(number),
        example: false,
        municipality: municipality(name),
    }
}

/// Who of [`actors`] may do this: `+` or `.`.
fn column(action: Action, subject: &Subject) -> String {
    (actors().iter())
        .map(|actor| {
            if may(actor, action, subject) {
                '+'
            } else {
                '.'
            }
        })
        .collect()
}

#[test]
fn the_table_has_every_action_and_every_role() {
    let listed: Vec<_> = OWN.iter().map(|(action, _)| *action).collect();
    assert_eq!(listed, Action::ALL);
    for role in Role::ALL {
        let known = (actors().iter())
            .filter_map(|actor| actor.membership(mapping(1)))
            .any(|membership| membership.role == *role);
        assert!(known, "nobody is {role:?}");
    }
}

#[test]
fn each_role_may_do_in_its_own_mapping_what_the_table_says() {
    for (action, expected) in OWN {
        let subject = of_mapping(1, false);
        assert_eq!(column(action, &subject), expected, "{action:?}");
    }
}

#[test]
fn where_there_are_too_few_for_a_region_a_representative_and_a_director_read_their_own() {
    let read = |name| column(Action::ReadMunicipality, &of_municipality(1, name));
    assert_eq!(read("Åmål"), ".+++++.......");
    assert_eq!(read("Orust"), ".++..+.......");
}

#[test]
fn a_role_in_one_mapping_is_worth_nothing_in_another() {
    for (action, expected) in OWN {
        // The stranger is samordnare there; the others are nobody.
        let stranger = &expected[1..2];
        let elsewhere = format!("......{stranger}......");
        let subject = of_mapping(2, false);
        assert_eq!(column(action, &subject), elsewhere, "{action:?}");
        let nowhere = of_mapping(3, false);
        assert_eq!(column(action, &nowhere), ".............", "{action:?}");
    }
}

#[test]
fn an_example_is_read_by_everyone_and_changed_by_those_with_a_role_in_it() {
    for (action, expected) in OWN {
        let subject = of_mapping(1, true);
        let everyone = EXAMPLE.contains(&action);
        let wanted = if everyone { "+++++++++++++" } else { expected };
        assert_eq!(column(action, &subject), wanted, "{action:?}");
        let nowhere = of_mapping(3, true);
        let wanted = if everyone {
            "+++++++++++++"
        } else {
            "............."
        };
        assert_eq!(column(action, &nowhere), wanted, "{action:?}");
    }
}

#[test]
fn a_representant_agrees_levels_for_their_own_municipalities_only() {
    for (name, expected) in [
        ("Åmål", ".+++....+...."),
        ("Mellerud", ".+++........."),
        ("Bengtsfors", ".++.........."),
    ] {
        let subject = of_municipality(1, name);
        assert_eq!(column(Action::AgreeLevels, &subject), expected, "{name}");
        let elsewhere = of_municipality(2, name);
        assert_eq!(
            column(Action::AgreeLevels, &elsewhere),
            "......+......",
            "{name}"
        );
    }
    // A municipality's part of a mapping gives nobody more than the mapping does, but for its levels.
    for (action, expected) in OWN {
        if !matches!(
            action,
            Action::AgreeLevels | Action::ReadMunicipality | Action::PublishMunicipality
        ) {
            let subject = of_municipality(1, "Åmål");
            assert_eq!(column(action, &subject), expected, "{action:?}");
        }
    }
}

#[test]
fn a_municipality_is_opened_by_those_who_speak_for_it_and_by_a_samordnare() {
    let publish = |name| column(Action::PublishMunicipality, &of_municipality(1, name));
    assert_eq!(publish("Åmål"), ".+.++........");
    assert_eq!(publish("Bengtsfors"), ".+...........");
    let elsewhere = of_municipality(2, "Åmål");
    assert_eq!(
        column(Action::PublishMunicipality, &elsewhere),
        "......+......"
    );
}

#[test]
fn a_representant_for_nobody_speaks_for_nobody() {
    let actor = Actor::Account {
        id: AccountId::new(Uuid::from_u128(7)),
        may_start: false,
        memberships: vec![Membership {
            mapping: mapping(1),
            role: Role::Representative,
            municipalities: Vec::new(),
        }],
    };
    assert!(may(&actor, Action::ReadMap, &of_mapping(1, false)));
    for name in ["Åmål", "Bengtsfors"] {
        assert!(!may(&actor, Action::AgreeLevels, &of_municipality(1, name)));
    }
}

#[test]
fn starting_a_mapping_and_managing_sessions_belong_to_accounts() {
    for action in Action::ALL {
        let expected = match action {
            // The stranger's account may start mappings.
            Action::StartMapping => "......+......",
            Action::ManageOwnSessions => ".++++++......",
            _ => ".............",
        };
        assert_eq!(column(action, &Subject::Service), expected, "{action:?}");
    }
}

#[test]
fn a_survey_is_answered_by_those_asked_for_whom_they_were_asked_and_nobody_else() {
    for action in Action::ALL {
        for (number, name, asked) in [
            (1, "Åmål", true),
            (1, "Mellerud", false),
            (2, "Åmål", false),
        ] {
            let subject = Subject::Survey {
                round: round(number),
                municipality: municipality(name),
            };
            let expected = if asked && action == Action::AnswerSurvey {
                ".......+....."
            } else {
                "............."
            };
            assert_eq!(column(action, &subject), expected, "{action:?} {name}");
        }
    }
}

#[test]
fn someone_with_two_roles_has_each_where_it_was_given() {
    let actor = Actor::Account {
        id: AccountId::new(Uuid::from_u128(7)),
        may_start: false,
        memberships: [(1, Role::Director), (2, Role::Coordinator)]
            .map(|(number, role)| Membership {
                mapping: mapping(number),
                role,
                municipalities: Vec::new(),
            })
            .to_vec(),
    };
    for (number, edits) in [(1, false), (2, true), (3, false)] {
        let subject = of_mapping(number, false);
        assert_eq!(may(&actor, Action::EditMap, &subject), edits, "{number}");
        assert_eq!(
            may(&actor, Action::ReadMap, &subject),
            number != 3,
            "{number}"
        );
    }
}

#[test]
fn people_take_part_in_the_workshop_they_joined_once_they_are_let_in() {
    let seen = |at: u128, number| {
        let subject = Subject::Workshop {
            mapping: mapping(at),
            example: false,
            workshop: workshop(number),
        };
        Action::ALL.map(|action| (action, column(action, &subject)))
    };
    for (action, expected) in seen(1, 1) {
        let table = OWN.iter().find(|(listed, _)| *listed == action);
        let (_, own) = table.expect("the table has every action");
        let wanted = if action == Action::TakePart {
            ".++.....+...."
        } else {
            own
        };
        assert_eq!(expected, wanted, "{action:?}");
    }
    for (at, number) in [(1, 2), (2, 1)] {
        for (action, who) in seen(at, number) {
            assert_eq!(
                &who[8..10],
                "..",
                "{action:?} in workshop {number} of mapping {at}"
            );
        }
    }
}

#[test]
fn someone_who_does_not_speak_for_a_municipality_agrees_no_levels() {
    let Actor::Attendee {
        id,
        mapping,
        workshop,
        municipalities,
        ..
    } = attendee(true)
    else {
        unreachable!("an attendee is one")
    };
    let silent = Actor::Attendee {
        id,
        mapping,
        workshop,
        municipalities,
        approved: true,
        speaks: false,
    };
    let subject = of_municipality(1, "Åmål");
    assert!(may(&attendee(true), Action::AgreeLevels, &subject));
    assert!(!may(&silent, Action::AgreeLevels, &subject));
}

#[test]
fn an_enquiry_is_answered_by_whom_it_was_put_to_for_their_municipality() {
    for (number, name, expected) in [
        (1, "Åmål", "...........+."),
        (1, "Mellerud", "............."),
        (2, "Åmål", "............."),
    ] {
        let subject = Subject::Enquiry {
            enquiry: enquiry(number),
            municipality: municipality(name),
        };
        let answer = column(Action::AnswerEnquiry, &subject);
        assert_eq!(answer, expected, "{number} {name}");
        for action in Action::ALL {
            if action != Action::AnswerEnquiry {
                assert_eq!(column(action, &subject), ".............", "{action:?}");
            }
        }
    }
}
