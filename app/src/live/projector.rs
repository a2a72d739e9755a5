//! The projector's view: large type, never black, never anything private.

use leptos::prelude::*;

use super::{
    Scene, activities,
    frame::{Moment, agenda, clock, head, join, outcome},
    part::Part,
};

/// The whole view: how to come in beside the point, and the agenda below.
pub fn scene(scene: &Scene) -> Part {
    let moment = Moment::of(scene);
    let mut side = vec![join::join(scene), head::presence(scene)];
    side.extend(head::ready(scene));
    let mut main = vec![head::head(scene)];
    main.extend(clock::timer(scene));
    match moment {
        Moment::Point(item) => main.push(Part::list(
            "duk",
            view! { <div id="duk" class="content"></div> },
            activities::projector(scene, item),
        )),
        Moment::After => main.push(outcome::outcome(scene)),
        Moment::Before | Moment::Pause(_) => {}
    }
    let class = format!("scene projector {}", moment.class());
    Part::list(
        "scen",
        view! { <div id="scen" class=class></div> },
        vec![
            Part::list(
                "tavla",
                view! { <div id="tavla" class="wall-frame"></div> },
                main,
            ),
            Part::list("sida", view! { <div id="sida" class="rail"></div> }, side),
            agenda::strip(scene),
            head::news(scene),
        ],
    )
}

#[cfg(test)]
mod tests {
    use domain::{
        map::{Author, Command},
        workshop::{Activity, CardKind, WorkCommand},
    };

    use super::*;
    use crate::live::sample::{self, NOW, item, lead, person, planned};

    #[test]
    fn the_wall_always_tells_how_to_come_in_while_the_workshop_is_open() {
        for activity in Activity::ALL {
            let page = scene(&sample::scene(*activity)).to_page();
            assert!(
                page.contains("<span>K7M</span><span>4PX</span>"),
                "{activity:?}"
            );
            assert_eq!(page.matches("<h1>").count(), 1, "{activity:?}");
            assert!(!page.contains("<form"), "{activity:?}");
        }
    }

    #[test]
    fn a_pause_is_only_a_pause() {
        let mut on = sample::scene(Activity::Writing);
        lead(
            &mut on,
            WorkCommand::Enter {
                item: item(6),
                at: NOW,
            },
        );
        let page = scene(&on).to_page();
        assert!(
            page.contains("Paus till 09.15") && page.contains("data-ends"),
            "{page}"
        );
        assert!(!page.contains("id=\"duk\""), "{page}");
    }

    #[test]
    fn what_is_achieved_is_told_at_the_end() {
        let mut on = sample::scene(Activity::Grouping);
        lead(&mut on, WorkCommand::End { at: NOW });
        on.code = None;
        let page = scene(&on).to_page();
        assert!(
            page.contains("Tack för i dag!") && page.contains("id=\"utfall\""),
            "{page}"
        );
        assert!(!page.contains("class=\"qr\""), "{page}");
    }

    #[test]
    fn the_welcome_shows_the_day_and_the_agenda() {
        let page = scene(&planned(Activity::Writing)).to_page();
        assert!(
            page.contains("2026-09-15 kl. 09.00, Exempelsalen"),
            "{page}"
        );
        assert!(page.contains("Skriv förmågor"), "{page}");
    }

    #[test]
    fn a_raised_hand_resends_only_the_count() {
        let mut on = sample::scene(Activity::Writing);
        let before = scene(&on).flatten();
        let point = on.stage.current.expect("a point");
        let by = Author::Attendee(person(3));
        let ready = WorkCommand::Ready {
            item: point,
            by,
            ready: true,
        };
        let id = on.id;
        sample::act(&mut on, by, Command::Work(id, ready));
        let sent = scene(&on).flatten().since(&before);
        let ids: Vec<_> = sent.iter().map(|part| part.id.as_str()).collect();
        assert_eq!(ids, ["klara"]);
    }

    #[test]
    fn reflections_never_reach_the_wall() {
        let mut on = sample::scene(Activity::Talk);
        sample::write(&mut on, 80, 1, CardKind::Reflection, "Bara till er", None);
        assert!(!scene(&on).to_page().contains("Bara till er"));
    }
}
