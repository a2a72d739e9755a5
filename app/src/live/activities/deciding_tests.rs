//! What the views of WS3 to WS5 may and may not show.

use std::{collections::BTreeSet, fs};

use domain::{
    map::{Author, Command},
    municipality::Municipality,
    workshop::{Activity, BallotStep, CardKind, VoteOn, Voter, WorkCommand},
};

use leptos::prelude::*;

use super::{leader, measured, mine, participant, projector};
use crate::live::{
    Class, Scene, leader as led, page as document,
    part::Part,
    participant as delta, projector as wall,
    sample::{act, capability, improvement, lead, me, person, write},
};

const ACTIVITIES: [Activity; 6] = [
    Activity::Ratifying,
    Activity::Spread,
    Activity::Agreeing,
    Activity::EffectVote,
    Activity::Improving,
    Activity::DotVote,
];

fn page(parts: &[Part]) -> String {
    parts.iter().map(Part::to_page).collect()
}

/// The three views and person 1's own part, by name.
fn views(scene: &Scene) -> Vec<(&'static str, String)> {
    let item = scene.item().expect("a point").clone();
    vec![
        ("projektor", page(&projector(scene, &item))),
        ("led", page(&leader(scene, &item))),
        (
            "delta",
            page(&participant(scene, &item)) + &page(&own(scene, 1)),
        ),
    ]
}

fn own(scene: &Scene, who: usize) -> Vec<Part> {
    let item = scene.item().expect("a point").clone();
    mine(scene, &item, &me(scene, who))
}

fn ids(html: &str) -> Vec<&str> {
    (html.split(" id=\"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

fn vote(scene: &mut Scene, who: usize, on: VoteOn, value: u8) {
    let item = scene.stage.current.expect("a point");
    let voter = Voter::Person(Author::Attendee(person(who)));
    lead(
        scene,
        WorkCommand::Vote {
            item,
            on,
            voter,
            value: Some(value),
        },
    );
}

fn ballot(scene: &mut Scene, step: BallotStep) {
    let item = scene.stage.current.expect("a point");
    lead(scene, WorkCommand::Ballot(item, step));
}

fn focus(scene: &mut Scene, n: usize) {
    lead(scene, WorkCommand::Focus(Some(capability(n))));
}

/// Every activity before and within its walk or vote.
fn every_scene() -> Vec<(String, Scene)> {
    let mut scenes = Vec::new();
    for activity in ACTIVITIES {
        let name = activity.code();
        let mut scene = measured::scene(activity);
        scenes.push((format!("{name}-fore"), scene.clone()));
        focus(&mut scene, 0);
        if activity == Activity::Agreeing {
            for (place, municipality) in Municipality::fyrbodal().into_iter().take(9).enumerate() {
                measured::agree(&mut scene, municipality, 0, 1 + place % 3, 3 + place % 3);
            }
        }
        if activity == Activity::Ratifying {
            for n in 0..12 {
                lead(&mut scene, WorkCommand::Review(capability(n), true));
            }
            scenes.push((format!("{name}-klar"), scene.clone()));
            let struck = Command::RetireCapability(capability(31));
            act(&mut scene, Author::System, struck);
            focus(&mut scene, 2);
            let words = "Vem svarar för det när kommunerna delar system?";
            write(
                &mut scene,
                60,
                3,
                CardKind::Question,
                words,
                Some(capability(2)),
            );
            write(
                &mut scene,
                61,
                3,
                CardKind::Capability,
                "Systematisk informationssäkerhet",
                None,
            );
        }
        scenes.push((format!("{name}-under"), scene.clone()));
        if !activity.is_vote() {
            continue;
        }
        ballot(&mut scene, BallotStep::Open);
        for who in 1..=5 {
            if activity == Activity::EffectVote {
                for n in 0..20 {
                    let value = u8::try_from(1 + (n * 3 + who) % 5).expect("1–5");
                    vote(&mut scene, who, VoteOn::Capability(capability(n)), value);
                }
            } else {
                let value = u8::try_from(1 + who % 3).expect("few");
                vote(
                    &mut scene,
                    who,
                    VoteOn::Improvement(improvement(who % 3)),
                    value,
                );
            }
        }
        scenes.push((format!("{name}-oppen"), scene.clone()));
        ballot(&mut scene, BallotStep::Close);
        scenes.push((format!("{name}-stangd"), scene.clone()));
        if activity == Activity::EffectVote {
            ballot(&mut scene, BallotStep::Again);
            for who in 1..=5 {
                for n in 0..20 {
                    vote(&mut scene, who, VoteOn::Capability(capability(n)), 4);
                }
            }
            scenes.push((format!("{name}-andra"), scene.clone()));
            ballot(&mut scene, BallotStep::Close);
            scenes.push((format!("{name}-andra-stangd"), scene.clone()));
        }
    }
    scenes
}

/// With `WALK_PAGES` set to a folder, every view is written there, to be looked at.
#[test]
fn every_view_has_unique_ids_and_labels_that_point_at_something() {
    let folder = std::env::var("WALK_PAGES").ok();
    for (name, scene) in every_scene() {
        if let Some(folder) = &folder {
            for (class, tree) in [
                (Class::Projector, wall::scene(&scene)),
                (Class::Leader, led::scene(&scene)),
                (Class::Participant, delta::scene(&scene)),
            ] {
                let own = delta::mine(&scene, &me(&scene, 1));
                let own = (class == Class::Participant).then_some(&own);
                let page = document::view(&scene, class, "1", &tree, own, || "op".to_owned());
                fs::write(
                    format!("{folder}/{name}-{}.html", class.code()),
                    page.to_html(),
                )
                .expect("written");
            }
        }
        for (view, html) in views(&scene) {
            assert!(!html.is_empty(), "{name} {view} is empty");
            let ids = ids(&html);
            let unique: BTreeSet<_> = ids.iter().collect();
            assert_eq!(unique.len(), ids.len(), "{name} {view}: {ids:?}");
            for label in html.split("for=\"").skip(1) {
                let id = label.split('"').next().expect("a value");
                assert!(unique.contains(&id), "{name} {view}: a label for {id}");
            }
            assert!(!html.contains("style="), "{name} {view}");
        }
    }
}

#[test]
fn an_open_vote_shows_how_many_have_voted_and_nothing_else() {
    for activity in [Activity::EffectVote, Activity::DotVote] {
        let mut scene = measured::scene(activity);
        ballot(&mut scene, BallotStep::Open);
        let on = |n| match activity {
            Activity::EffectVote => VoteOn::Capability(capability(n)),
            _ => VoteOn::Improvement(improvement(n)),
        };
        let item = scene.item().expect("a point").clone();
        let seen = |scene: &Scene| {
            [
                projector(scene, &item),
                leader(scene, &item),
                participant(scene, &item),
            ]
            .map(|parts| page(&parts))
        };
        vote(&mut scene, 1, on(0), 5);
        let one = seen(&scene);
        assert!(
            one.iter().all(|html| html.contains("1 av 5 har röstat")),
            "{one:?}"
        );
        // Another vote of the same person, and another value, change nothing that anyone else sees.
        vote(&mut scene, 1, on(0), 1);
        vote(&mut scene, 1, on(1), 3);
        assert_eq!(seen(&scene), one);
        vote(&mut scene, 2, on(0), 4);
        assert!(seen(&scene)[0].contains("2 av 5 har röstat"));
    }
}

#[test]
fn a_second_round_stays_blind_though_the_first_has_been_shown() {
    let mut scene = measured::scene(Activity::EffectVote);
    ballot(&mut scene, BallotStep::Open);
    for who in 1..=3 {
        vote(&mut scene, who, VoteOn::Capability(capability(0)), 2);
    }
    ballot(&mut scene, BallotStep::Close);
    ballot(&mut scene, BallotStep::Again);
    let item = scene.item().expect("a point").clone();
    let before = page(&leader(&scene, &item));
    for who in 1..=3 {
        vote(&mut scene, who, VoteOn::Capability(capability(0)), 5);
        let after = page(&leader(&scene, &item));
        let said = format!("{who} av 5 har röstat");
        assert_eq!(before.replace("0 av 5 har röstat", &said), after);
    }
    ballot(&mut scene, BallotStep::Close);
    let closed = page(&leader(&scene, &item));
    assert!(closed.contains("höjd från 2 till 5"), "{closed}");
}

#[test]
fn nothing_is_told_of_what_one_or_two_have_voted() {
    let mut scene = measured::scene(Activity::EffectVote);
    let on = VoteOn::Capability(capability(0));
    ballot(&mut scene, BallotStep::Open);
    let none = {
        let mut scene = scene.clone();
        ballot(&mut scene, BallotStep::Close);
        views(&scene)
    };
    for (who, value) in [(1, 5), (2, 1)] {
        vote(&mut scene, who, on, value);
    }
    ballot(&mut scene, BallotStep::Close);
    for ((view, html), (_, none)) in views(&scene).into_iter().zip(none) {
        for told in ["walk-median", "walk-row-says", "röster: 2", "1: 1", "5: 1"] {
            assert_eq!(
                html.matches(told).count(),
                none.matches(told).count(),
                "{view} {told}: {html}"
            );
        }
        assert!(
            html.contains("få röster") || html.contains("Få röster"),
            "{view}: {html}"
        );
    }
    // Nor when more vote in the second round: what the first came to stays untold, on the paper too.
    ballot(&mut scene, BallotStep::Again);
    assert!(!page(&own(&scene, 1)).contains("Första omgången"));
    for who in 1..=3 {
        vote(&mut scene, who, on, 4);
    }
    ballot(&mut scene, BallotStep::Close);
    for (view, html) in views(&scene) {
        assert!(html.contains("walk-median"), "{view}: {html}");
        assert!(!html.contains("walk-change"), "{view}: {html}");
    }
}

#[test]
fn dots_of_one_or_two_are_not_shown_and_those_of_three_are() {
    let mut scene = measured::scene(Activity::DotVote);
    ballot(&mut scene, BallotStep::Open);
    for who in 1..=3 {
        vote(
            &mut scene,
            who,
            VoteOn::Improvement(improvement(who % 2)),
            2,
        );
        let mut closed = scene.clone();
        ballot(&mut closed, BallotStep::Close);
        for (view, html) in views(&closed) {
            let few = html.contains("Färre än tre har röstat, så prickarna visas inte.");
            assert_eq!(few, who < 3, "{view}: {html}");
            assert_eq!(html.contains("prickar: "), who == 3, "{view}: {html}");
        }
    }
}

#[test]
fn a_ballot_paper_has_ones_own_votes_and_nobody_elses() {
    let mut scene = measured::scene(Activity::EffectVote);
    ballot(&mut scene, BallotStep::Open);
    let untouched = page(&own(&scene, 2));
    vote(&mut scene, 1, VoteOn::Capability(capability(0)), 4);
    assert_eq!(page(&own(&scene, 2)), untouched);
    let own = page(&own(&scene, 1));
    assert!(own.contains(r#"value="4" aria-pressed="true""#), "{own}");
    assert!(own.contains(&format!("1 av {}", measured::COUNT)), "{own}");
}

#[test]
fn dots_left_are_counted_and_the_last_is_the_last() {
    let mut scene = measured::scene(Activity::DotVote);
    ballot(&mut scene, BallotStep::Open);
    vote(&mut scene, 1, VoteOn::Improvement(improvement(0)), 3);
    let some = page(&own(&scene, 1));
    assert!(some.contains("2 av 5 prickar kvar"), "{some}");
    vote(&mut scene, 1, VoteOn::Improvement(improvement(1)), 2);
    let none = page(&own(&scene, 1));
    assert!(none.contains("0 av 5 prickar kvar"), "{none}");
    let more = none.matches("En prick till").count();
    assert_eq!(
        (more, none.matches("disabled").count()),
        (3, 3 + 1),
        "{none}"
    );
}

#[test]
fn few_answers_are_hidden_with_the_reason_in_every_view() {
    let mut scene = measured::scene(Activity::Spread);
    let last = (scene.spread.as_ref())
        .and_then(|spread| spread.capabilities.last())
        .map(|capability| capability.id)
        .expect("capabilities");
    lead(&mut scene, WorkCommand::Focus(Some(last)));
    for (view, html) in views(&scene) {
        assert!(html.contains("Färre än 6 svar"), "{view}: {html}");
        assert!(html.contains("1–5 svar"), "{view}: {html}");
        assert!(!html.contains("five-bars"), "{view}: {html}");
    }
}

#[test]
fn every_view_with_figures_says_what_they_rest_on() {
    for activity in [Activity::Spread, Activity::Improving] {
        let scene = measured::scene(activity);
        let item = scene.item().expect("a point").clone();
        assert!(page(&leader(&scene, &item)).contains("Bygger på 11 av 14 kommuner"));
        assert!(page(&participant(&scene, &item)).contains("Bygger på 11 av 14 kommuner"));
    }
}

#[test]
fn who_speaks_for_a_municipality_gets_its_form_and_others_are_told_who_does() {
    let mut scene = measured::scene(Activity::Agreeing);
    focus(&mut scene, 0);
    let speaker = page(&own(&scene, 1));
    assert!(speaker.contains("Förankra för Bengtsfors"), "{speaker}");
    assert!(speaker.contains("value=\"bedom\""), "{speaker}");
    let other = page(&own(&scene, 2));
    assert!(
        !other.contains("bedom") && other.contains("Dals-Ed"),
        "{other}"
    );
}

#[test]
fn a_municipality_that_agrees_changes_its_own_cell_only() {
    let mut scene = measured::scene(Activity::Agreeing);
    focus(&mut scene, 0);
    let item = scene.item().expect("a point").clone();
    let flat = |scene: &Scene| {
        Part::list(
            "x",
            leptos::prelude::view! { <div id="x"></div> },
            projector(scene, &item),
        )
        .flatten()
    };
    let before = flat(&scene);
    let first = Municipality::fyrbodal()[0];
    measured::agree(&mut scene, first, 0, 2, 4);
    let sent: Vec<_> = flat(&scene)
        .since(&before)
        .into_iter()
        .map(|sent| sent.id)
        .collect();
    let cell = format!("bed-k-{first}");
    assert!(sent.contains(&cell), "{sent:?}");
    assert!(
        sent.iter()
            .all(|id| [cell.as_str(), "bed-huvud", "bed-region"].contains(&id.as_str())),
        "{sent:?}"
    );
}

#[test]
fn an_approved_capability_leads_on_to_the_next_that_is_left() {
    let mut scene = measured::scene(Activity::Ratifying);
    focus(&mut scene, 0);
    let item = scene.item().expect("a point").clone();
    assert!(page(&leader(&scene, &item)).contains("value=\"granska\""));
    lead(&mut scene, WorkCommand::Review(capability(0), true));
    let html = page(&leader(&scene, &item));
    assert!(
        html.contains("Nästa ogranskade") && html.contains("1 av 32 granskade"),
        "{html}"
    );
}
