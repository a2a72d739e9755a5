//! What people have written to those who lead since the workshop, for them to make something of.

use domain::{
    ids::CardId,
    municipality::Municipality,
    workshop::{Card, CardKind, CardState, PromoteTo},
};
use leptos::prelude::*;

use super::form::button;
use crate::live::{Class, Scene, part::Part};

/// This workshop's reflections, and where the earlier workshops' are; nothing when there are none.
pub(in crate::live) fn reflections(scene: &Scene) -> Option<Part> {
    let texts = scene.texts;
    let work = &scene.state.work;
    let own: Vec<_> = (work.reflections(scene.id))
        .map(|(id, card)| reflection(scene, id, card))
        .collect();
    let elsewhere: Vec<_> = (work.in_order().into_iter())
        .filter(|(id, _)| *id != scene.id)
        .filter_map(|(id, workshop)| {
            let count = (work.cards.values())
                .filter(|card| card.workshop == id && card.kind == CardKind::Reflection)
                .filter(|card| card.state == CardState::Private)
                .count();
            let words = texts.live_reflections_from(count, &workshop.title);
            let address = format!("/k/{}/workshop/{id}/led", scene.mapping.id);
            (count > 0).then(|| view! { <li><a href=address>{words}</a></li> })
        })
        .collect();
    if own.is_empty() && elsewhere.is_empty() {
        return None;
    }
    let elsewhere =
        (!elsewhere.is_empty()).then(|| view! { <ul class="elsewhere">{elsewhere}</ul> });
    Some(Part::list(
        "reflektioner",
        view! { <section id="reflektioner" class="card" aria-labelledby="reflektioner-rubrik"></section> },
        vec![
            Part::leaf(
                "reflektioner-rubrik",
                view! { <div id="reflektioner-rubrik"><h2>{texts.live_reflections()}</h2>{elsewhere}</div> },
            ),
            Part::list(
                "reflektioner-lista",
                view! { <ul id="reflektioner-lista" class="notes"></ul> },
                own,
            ),
        ],
    ))
}

fn reflection(scene: &Scene, id: CardId, card: &Card) -> Part {
    let texts = scene.texts;
    let text = card.text.to_string();
    let short: String = text.chars().take(40).collect();
    let from = (card.municipality).map(Municipality::name);
    let mut who = scene.name_of(card.by);
    if let Some(from) = from {
        who = if who.is_empty() {
            from.to_owned()
        } else {
            format!("{who}, {from}")
        };
    }
    let ways: Vec<_> = (PromoteTo::ALL.iter())
        .map(|what| {
            let words = match what {
                PromoteTo::Capability => texts.live_make_capability(),
                PromoteTo::Weakness => texts.live_make_weakness(),
                PromoteTo::Goal => texts.live_make_goal(),
            };
            let fields = [("kort", id.to_string()), ("som", what.code().to_owned())];
            button(
                scene,
                Class::Leader,
                "befordra",
                &fields,
                "link",
                words,
                &short,
            )
        })
        .collect();
    let id = format!("reflektion-{id}");
    Part::leaf(
        id.clone(),
        view! {
            <li id=id class="note">
                <p class="lines">{text}</p>
                <p class="about">{who}</p>
                <div class="ways">{ways}</div>
            </li>
        },
    )
}

#[cfg(test)]
mod tests {
    use domain::workshop::Activity;

    use super::*;
    use crate::live::sample::{scene, write};

    #[test]
    fn a_reflection_can_become_a_card_on_the_map() {
        let mut scene = scene(Activity::Talk);
        assert!(reflections(&scene).is_none());
        write(
            &mut scene,
            70,
            2,
            CardKind::Reflection,
            "Vi glömde beredskapen",
            None,
        );
        let page = reflections(&scene).expect("there is one").to_page();
        assert!(page.contains("Vi glömde beredskapen"), "{page}");
        assert!(page.contains("Björk Exempel, Dals-Ed"), "{page}");
        assert_eq!(page.matches("value=\"befordra\"").count(), 3);
    }
}
