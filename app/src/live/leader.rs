//! The facilitator's view: agenda, control of the phase, who is here, notes and decisions.

use leptos::prelude::*;

use super::{
    Scene, activities,
    frame::{Moment, agenda, head, lead, notes, outcome, people, reflections, room},
    part::Part,
};

/// The whole view.
pub fn scene(scene: &Scene) -> Part {
    let moment = Moment::of(scene);
    let mut middle = Vec::new();
    match moment {
        Moment::Point(item) | Moment::Pause(item) => {
            middle.push(Part::list(
                "moment",
                view! { <div id="moment" class="content"></div> },
                activities::leader(scene, item),
            ));
            middle.push(notes::notes(scene, item));
        }
        Moment::After => middle.push(outcome::outcome(scene)),
        Moment::Before => {}
    }
    middle.extend(reflections::reflections(scene));
    let class = format!("scene leader {}", moment.class());
    Part::list(
        "scen",
        view! { <div id="scen" class=class></div> },
        vec![
            lead::head(scene),
            agenda::agenda(scene),
            Part::list(
                "mitten",
                view! { <div id="mitten" class="middle"></div> },
                middle,
            ),
            Part::list(
                "sida",
                view! { <div id="sida" class="side"></div> },
                vec![people::people(scene), room::room(scene)],
            ),
            head::news(scene),
        ],
    )
}

#[cfg(test)]
mod tests {
    use domain::workshop::{Activity, CardKind, WorkCommand};

    use super::*;
    use crate::live::sample::{self, NOW, item, lead, planned, write};

    #[test]
    fn every_button_that_is_repeated_says_what_it_is_about() {
        let mut on = sample::scene(Activity::Deciding);
        write(
            &mut on,
            70,
            1,
            CardKind::Reflection,
            "En tanke efteråt",
            None,
        );
        let page = scene(&on).to_page();
        for words in [
            "Gå hit",
            "Hoppa över",
            "Ta bort",
            "Släpp in",
            "Gör till mål",
            "Besluta",
        ] {
            let after = format!(">{words}<span class=\"visually-hidden\">: ");
            assert_eq!(
                page.matches(words).count(),
                page.matches(&after).count(),
                "{words}"
            );
            assert!(page.contains(&after), "{words}");
        }
    }

    #[test]
    fn headings_begin_with_one_h1_and_skip_no_level() {
        let mut scenes: Vec<_> = Activity::ALL
            .iter()
            .map(|one| sample::scene(*one))
            .collect();
        scenes.push(planned(Activity::Writing));
        let mut ended = sample::scene(Activity::Writing);
        lead(&mut ended, WorkCommand::End { at: NOW });
        scenes.push(ended);
        for on in scenes {
            let page = scene(&on).to_page();
            assert_eq!(page.matches("<h1").count(), 1);
            let mut last = 0;
            for piece in page.split("<h").skip(1) {
                let Some(level) = piece.chars().next().and_then(|c| c.to_digit(10)) else {
                    continue;
                };
                assert!(level <= last + 1, "h{level} after h{last}: {piece:.60}");
                last = level;
            }
        }
    }

    #[test]
    fn a_pause_is_led_like_any_point() {
        let mut on = sample::scene(Activity::Writing);
        lead(
            &mut on,
            WorkCommand::Enter {
                item: item(6),
                at: NOW,
            },
        );
        let page = scene(&on).to_page();
        assert!(page.contains("<h1>Fika</h1>"), "{page}");
        assert!(page.contains("Nästa: Skriv oförmågor"), "{page}");
    }
}
