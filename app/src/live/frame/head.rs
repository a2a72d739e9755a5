//! What it is about right now, and how many are here and done.

use std::collections::BTreeSet;

use domain::workshop::{Activity, Item, ItemKind};
use leptos::prelude::*;

use super::{Moment, clock};
use crate::{
    live::{Scene, part::Part},
    texts::Texts,
};

/// The documents' mark of a point's type, `[A]`, with its word for those who listen; nothing for breaks.
pub(in crate::live) fn mark(texts: Texts, kind: ItemKind) -> AnyView {
    let word = match kind {
        ItemKind::Information => texts.live_kind_information(),
        ItemKind::Discussion => texts.live_kind_discussion(),
        ItemKind::Working => texts.live_kind_working(),
        ItemKind::Break => return ().into_any(),
    };
    view! {
        <span class="kind">
            <span aria-hidden="true">{format!("[{}]", kind.code())}</span>
            <span class="visually-hidden">{word}</span>
        </span>
    }
    .into_any()
}

/// The words of the heading: above it, itself, below it.
fn words(scene: &Scene) -> (AnyView, String, String) {
    let texts = scene.texts;
    let workshop = &scene.workshop;
    match Moment::of(scene) {
        Moment::Before => {
            let place = if workshop.place.is_empty() {
                String::new()
            } else {
                format!(", {}", workshop.place)
            };
            let begins = clock::of_day(workshop.starts.into());
            let when = texts.live_before_when(workshop.date, begins) + &place;
            let above = format!("{} · {}", scene.mapping.name, scene.mapping.period);
            (above.into_any(), workshop.title.to_string(), when)
        }
        Moment::Point(item) => {
            let above = view! { {workshop.title.to_string()}" "{mark(texts, item.kind)} };
            let instruction = item.instruction.to_string();
            (above.into_any(), item.title.to_string(), instruction)
        }
        Moment::Pause(item) => {
            let next = (workshop.after(item.id))
                .map(|next| texts.live_pause_next(&next.title))
                .unwrap_or_default();
            let above = item.title.to_string().into_any();
            (above, clock::pause_text(scene, item), next)
        }
        Moment::After => {
            let above = workshop.title.to_string().into_any();
            let thanks = texts.live_after_title().to_owned();
            (above, thanks, texts.live_after_lead().to_owned())
        }
    }
}

/// The point's title, large, with the workshop's name above and the instruction below.
pub(in crate::live) fn head(scene: &Scene) -> Part {
    let (above, title, below) = words(scene);
    let below = (!below.is_empty()).then(|| view! { <p class="lead">{below}</p> });
    Part::leaf(
        "punkt",
        view! {
            <div id="punkt" class="point-head">
                <p class="eyebrow">{above}</p>
                <h1>{title}</h1>
                {below}
            </div>
        },
    )
}

/// Tells those who listen what has come up, without taking them from what they are doing.
pub(in crate::live) fn news(scene: &Scene) -> Part {
    let (_, title, below) = words(scene);
    let words = scene.texts.live_news(title, below);
    Part::leaf(
        "nytt",
        view! { <p id="nytt" class="visually-hidden" role="status">{words}</p> },
    )
}

/// Whether people say when they are done with a point.
pub(in crate::live) fn asks_for_ready(item: &Item) -> bool {
    item.kind == ItemKind::Working
        || matches!(
            item.activity,
            Activity::Goals
                | Activity::Writing
                | Activity::Grouping
                | Activity::Agreeing
                | Activity::EffectVote
                | Activity::Improving
                | Activity::DotVote
        )
}

/// How many of those present are done, where that is asked for.
pub(in crate::live) fn ready(scene: &Scene) -> Option<Part> {
    let Moment::Point(item) = Moment::of(scene) else {
        return None;
    };
    if !asks_for_ready(item) {
        return None;
    }
    let present = scene.present().count();
    let done = (scene.state.work.ready.keys())
        .filter(|key| key.workshop == scene.id && key.item == item.id)
        .filter(|key| {
            scene
                .present()
                .any(|one| domain::map::Author::Attendee(one.id) == key.by)
        })
        .count();
    let all = present > 0 && done == present;
    let class = if all { "ready all" } else { "ready" };
    Some(Part::leaf(
        "klara",
        view! {
            <p id="klara" class=class>
                <span>{scene.texts.live_ready_count(done, present)}</span>
                <progress value=done max=present.max(1) aria-hidden="true"></progress>
            </p>
        },
    ))
}

/// How many are here, and from how many of the mapping's municipalities.
pub(in crate::live) fn presence(scene: &Scene) -> Part {
    let texts = scene.texts;
    let members: BTreeSet<_> = (scene.mapping.members.iter())
        .map(|member| member.municipality)
        .collect();
    let here: BTreeSet<_> = (scene.present())
        .flat_map(|one| one.municipalities.iter().copied())
        .filter(|municipality| members.contains(municipality))
        .collect();
    Part::leaf(
        "narvaro",
        view! {
            <div id="narvaro" class="presence">
                <h2>{texts.live_here()}</h2>
                <p>
                    <b>{scene.present().count()}</b>
                    " "
                    <span>{texts.live_here_from(here.len(), members.len())}</span>
                </p>
            </div>
        },
    )
}

#[cfg(test)]
mod tests {
    use domain::workshop::WorkCommand;

    use super::*;
    use crate::live::sample::{NOW, item, lead, planned, scene};

    #[test]
    fn only_those_who_are_let_in_count() {
        let mut scene = scene(Activity::Writing);
        let ready_now = |scene: &Scene| ready(scene).expect("asked for").to_page();
        assert!(ready_now(&scene).contains("2 av 5 klara"));
        assert!(presence(&scene).to_page().contains("från 4 av 5 kommuner"));
        scene.people.remove(0);
        assert!(ready_now(&scene).contains("1 av 4 klara"));
    }

    #[test]
    fn nobody_is_asked_to_be_done_while_somebody_talks() {
        assert!(ready(&scene(Activity::Talk)).is_none());
        assert!(ready(&planned(Activity::Writing)).is_none());
    }

    #[test]
    fn the_heading_follows_the_workshop_from_welcome_to_thanks() {
        let mut scene = planned(Activity::Writing);
        let title = |scene: &Scene| {
            let page = head(scene).to_page();
            let from = page.find("<h1>").expect("a heading") + 4;
            page[from..]
                .split("</h1>")
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        assert_eq!(title(&scene), "WS1 Mål och förmågor");
        lead(&mut scene, WorkCommand::Open { at: NOW });
        assert_eq!(title(&scene), "Välkommen");
        lead(
            &mut scene,
            WorkCommand::Enter {
                item: item(6),
                at: NOW,
            },
        );
        assert_eq!(title(&scene), "Paus till 09.15");
        assert!(news(&scene).to_page().contains("Paus till 09.15"));
        lead(&mut scene, WorkCommand::End { at: NOW });
        assert_eq!(title(&scene), "Tack för i dag!");
    }
}
