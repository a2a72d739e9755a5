use std::collections::BTreeSet;

use domain::{
    map::{Author, Command},
    workshop::{Activity, CardKind, WorkCommand},
};

use super::*;
use crate::live::{
    leader, participant, projector,
    sample::{self, act, area, capability, card, lead, me, person, write},
};

fn scene() -> Scene {
    sample::scene(Activity::Grouping)
}

fn by(who: usize) -> Author {
    Author::Attendee(person(who))
}

/// Everything that has an id in a page.
fn ids(page: &str) -> Vec<&str> {
    page.split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn no_id_stands_twice_in_a_page() {
    for activity in Activity::ALL {
        let mut on = sample::scene(*activity);
        if *activity == Activity::MunicipalRound {
            let home = sample::municipality("Mellerud");
            lead(&mut on, WorkCommand::Turn(Some(home)));
        }
        let own = participant::mine(&on, &me(&on, 3)).to_page();
        for page in [
            projector::scene(&on).to_page(),
            leader::scene(&on).to_page(),
            participant::scene(&on).to_page() + &own,
        ] {
            let all = ids(&page);
            let mut seen = BTreeSet::new();
            for id in all {
                assert!(seen.insert(id), "{id} twice in {activity:?}");
            }
        }
    }
}

#[test]
fn a_moved_card_resends_the_card_the_two_lists_and_their_counts() {
    let mut scene = scene();
    let views = [
        leader::scene as fn(&Scene) -> Part,
        participant::scene,
        projector::scene,
    ];
    let before = views.map(|view| view(&scene).flatten());
    let command = Command::MoveCapability {
        id: capability(0),
        area: Some(area(1)),
        before: Some(capability(3)),
    };
    act(&mut scene, by(1), command);
    for (view, before) in views.iter().zip(before) {
        let sent = view(&scene).flatten().since(&before);
        let mut sent: Vec<_> = sent.into_iter().map(|part| part.id).collect();
        sent.retain(|id| *id != format!("formaga-{}", capability(0)));
        let mut expected = Vec::new();
        for place in [0, 1] {
            expected.push(format!("omrade-{}-namn", area(place)));
            expected.push(format!("omrade-{}-kort", area(place)));
        }
        assert_eq!(sent, expected);
    }
}

#[test]
fn merging_keeps_who_said_what() {
    let mut scene = scene();
    // Outside silent writing a proposal is on the map at once.
    write(
        &mut scene,
        40,
        3,
        CardKind::Capability,
        "Arkiv för e-handlingar",
        None,
    );
    write(
        &mut scene,
        41,
        5,
        CardKind::Capability,
        "arkiv för E-handlingar",
        None,
    );
    let new = sample_capability(&scene, 40);
    let merge = Command::MergeCapabilities {
        from: [new].into(),
        into: capability(7),
    };
    act(&mut scene, by(2), merge);
    let page = participant::scene(&scene).to_page();
    let from = page
        .find(&format!("id=\"formaga-{}\"", capability(7)))
        .expect("kept");
    let kept = page[from..]
        .split("</li><li id=\"formaga-")
        .next()
        .unwrap_or_default();
    assert!(kept.contains("2 har sagt detta"), "{kept}");
    assert!(kept.contains("Arkiv för e-handlingar"), "{kept}");
    assert!(kept.contains("Mellerud") && kept.contains("Åmål"), "{kept}");
    assert!(!page.contains(&format!("id=\"formaga-{new}\"")));
}

fn sample_capability(scene: &Scene, n: usize) -> domain::ids::CapabilityId {
    match scene.state.work.cards[&card(n)].became {
        Some(domain::workshop::Became::Capability(id)) => id,
        other => panic!("a capability, not {other:?}"),
    }
}

#[test]
fn a_locked_board_is_moved_only_by_those_who_lead() {
    let mut scene = scene();
    assert!(participant::scene(&scene).to_page().contains("data-drag="));
    lead(&mut scene, WorkCommand::Lock(true));
    let page = participant::scene(&scene).to_page();
    for forbidden in [
        "data-drag",
        "data-drop=",
        "data-handle",
        "value=\"flytta\"",
        "slaihop",
    ] {
        assert!(!page.contains(forbidden), "{forbidden} in {page}");
    }
    assert!(page.contains("name=\"slag\" value=\"kommentar\""), "{page}");
    let page = leader::scene(&scene).to_page();
    assert!(page.contains("data-drag="), "{page}");
}

#[test]
fn everything_that_dragging_does_can_be_done_with_plain_forms() {
    let scene = scene();
    let page = participant::scene(&scene).to_page();
    let cards = page.matches("class=\"board-card\"").count();
    assert_eq!(cards, 8);
    assert_eq!(page.matches("name=\"gor\" value=\"flytta\"").count(), cards);
    assert_eq!(
        page.matches("type=\"radio\" ").count(),
        cards,
        "each can be chosen for a merge"
    );
    assert_eq!(page.matches("<option id=\"till-").count(), cards + 1);
    assert!(page.contains("value=\"nyformaga\""), "{page}");
}

#[test]
fn what_may_be_the_same_is_suggested_in_words_with_the_one_that_stays() {
    let mut scene = scene();
    write(
        &mut scene,
        40,
        3,
        CardKind::Capability,
        "Hantering av risker",
        None,
    );
    let new = sample_capability(&scene, 40);
    let page = leader::scene(&scene).to_page();
    assert!(page.contains("Kan vara samma sak"), "{page}");
    assert!(page.contains("sammansatt ord"), "{page}");
    // More have said the new one.
    assert!(
        page.contains("Slå ihop till ”Hantering av risker”"),
        "{page}"
    );
    let stays = format!("name=\"till\" value=\"{new}\"");
    assert!(page.contains(&stays), "{page}");
}

#[test]
fn what_people_write_is_never_html() {
    let mut scene = scene();
    let text = "<b>A</b>&\"'</option>";
    write(&mut scene, 40, 3, CardKind::Capability, text, None);
    for page in [
        projector::scene(&scene).to_page(),
        leader::scene(&scene).to_page(),
        participant::scene(&scene).to_page(),
    ] {
        assert!(!page.contains("<b>A</b>"), "{page}");
        assert!(page.contains("&lt;b&gt;A&lt;/b&gt;"), "{page}");
    }
}
