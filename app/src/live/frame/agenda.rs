//! The agenda: as a strip on the wall, and as the way to lead.

use domain::workshop::Item;
use leptos::prelude::*;

use super::{Moment, clock, form::button, head::mark};
use crate::live::{Class, Scene, part::Part};

/// Where a point stands beside the current one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Done,
    Now,
    Next,
    Later,
}

impl Place {
    fn of(scene: &Scene, item: &Item) -> Self {
        let current = match Moment::of(scene) {
            Moment::Before => return Self::Later,
            Moment::After => return Self::Done,
            Moment::Point(current) | Moment::Pause(current) => current,
        };
        let agenda = &scene.workshop.agenda;
        let place = |wanted: &Item| agenda.iter().position(|one| one.id == wanted.id);
        let next = scene.workshop.after(current.id).map(|next| next.id);
        if item.id == current.id {
            Self::Now
        } else if Some(item.id) == next {
            Self::Next
        } else if place(item) < place(current) {
            Self::Done
        } else {
            Self::Later
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Next => "next",
            Self::Later => "later",
        }
    }
}

/// The agenda with planned times, so that the room sees where it is.
pub(in crate::live) fn strip(scene: &Scene) -> Part {
    let texts = scene.texts;
    let shown = (scene.workshop.agenda.iter()).filter(|item| !item.skipped);
    let steps = shown
        .map(|item| {
            let place = Place::of(scene, item);
            let id = format!("steg-{}", item.id);
            let current = (place == Place::Now).then_some("step");
            let view = view! {
                <li id=id.clone() class=place.class() aria-current=current>
                    <span class="clock">{clock::begins(scene, item)}</span>
                    " "
                    {mark(texts, item.kind)}
                    " "
                    <span class="title">{item.title.to_string()}</span>
                </li>
            };
            Part::leaf(id, view)
        })
        .collect();
    Part::list(
        "agenda",
        view! { <ol id="agenda" class="strip" aria-label=texts.live_agenda()></ol> },
        steps,
    )
}

/// The agenda of those who lead: every point with a way to it.
pub(in crate::live) fn agenda(scene: &Scene) -> Part {
    let texts = scene.texts;
    let steps = (scene.workshop.agenda.iter())
        .map(|item| step(scene, item))
        .collect();
    Part::list(
        "agenda",
        view! { <section id="agenda" class="lead-agenda" aria-labelledby="agenda-rubrik"></section> },
        vec![
            Part::leaf(
                "agenda-rubrik",
                view! { <h2 id="agenda-rubrik">{texts.live_agenda()}</h2> },
            ),
            Part::list("steg", view! { <ol id="steg" class="points"></ol> }, steps),
        ],
    )
}

fn step(scene: &Scene, item: &Item) -> Part {
    let texts = scene.texts;
    let place = Place::of(scene, item);
    let id = format!("steg-{}", item.id);
    let now = place == Place::Now;
    let visited = scene.stage.visited.contains(&item.id);
    let title = item.title.to_string();
    let point = || vec![("punkt", item.id.to_string())];
    let state = match place {
        _ if item.skipped => Some(texts.live_skipped()),
        Place::Now => Some(texts.live_now()),
        _ if visited => Some(texts.live_visited()),
        _ => None,
    };
    let state = state.map(|words| view! { " · "<span class="state">{words}</span> });
    let mut about = texts.live_minutes(item.minutes);
    if !item.responsible.is_empty() {
        about = format!("{about} · {}", item.responsible);
    }
    let go = (!now && scene.stage.is_open()).then(|| {
        let words = texts.live_go();
        button(
            scene,
            Class::Leader,
            "till",
            &point(),
            "link",
            words,
            &title,
        )
    });
    let skips = !now && scene.stage.ended_at.is_none() && (item.skipped || !visited);
    let skip = skips.then(|| {
        let words = if item.skipped {
            texts.live_unskip()
        } else {
            texts.live_skip()
        };
        let mut fields = point();
        fields.push(("pa", u8::from(!item.skipped).to_string()));
        button(
            scene,
            Class::Leader,
            "hoppaover",
            &fields,
            "link",
            words,
            &title,
        )
    });
    let actions =
        (go.is_some() || skip.is_some()).then(|| view! { <div class="ways">{go}{skip}</div> });
    let class = if item.skipped {
        "skipped"
    } else {
        place.class()
    };
    Part::leaf(
        id.clone(),
        view! {
            <li id=id class=class aria-current=now.then_some("step")>
                <p class="about">
                    {clock::begins(scene, item)}
                    " "
                    {mark(texts, item.kind)}
                    " · "
                    {about}
                    {state}
                </p>
                <p class="title">{title}</p>
                {actions}
            </li>
        },
    )
}

#[cfg(test)]
mod tests {
    use domain::workshop::{Activity, WorkCommand};

    use super::*;
    use crate::live::sample::{NOW, item, lead, planned, scene};

    #[test]
    fn the_room_sees_planned_times_types_and_where_it_is() {
        let scene = scene(Activity::Writing);
        let page = strip(&scene).to_page();
        let now: Vec<_> = page.match_indices("aria-current=\"step\"").collect();
        assert_eq!(now.len(), 1, "{page}");
        let step = page[now[0].0..].split("</li>").next().unwrap_or_default();
        for words in ["09.55", "[A]", "Arbetsmoment", "Skriv förmågor"] {
            assert!(step.contains(words), "{words} in {step}");
        }
    }

    #[test]
    fn what_is_skipped_is_out_of_the_strip_and_of_the_times_but_not_of_the_leaders_list() {
        let mut scene = scene(Activity::Writing);
        lead(&mut scene, WorkCommand::SkipItem(item(2), true));
        let strip = strip(&scene).to_page();
        assert!(!strip.contains("Förmågebaserad planering"));
        assert!(strip.contains("09.40"), "fifteen minutes earlier: {strip}");
        let list = agenda(&scene).to_page();
        assert!(list.contains("Förmågebaserad planering") && list.contains("Ta med igen"));
    }

    #[test]
    fn a_step_changes_two_or_three_pieces_of_the_agenda() {
        let mut scene = scene(Activity::Writing);
        let before = agenda(&scene).flatten();
        lead(
            &mut scene,
            WorkCommand::Enter {
                item: item(5),
                at: NOW,
            },
        );
        let after = agenda(&scene).flatten();
        let sent = after.since(&before);
        assert!((2..=3).contains(&sent.len()), "{} pieces", sent.len());
    }

    #[test]
    fn nobody_is_led_to_a_point_before_the_workshop_is_open() {
        let page = agenda(&planned(Activity::Writing)).to_page();
        assert!(!page.contains("value=\"till\""), "{page}");
        assert!(page.contains("value=\"hoppaover\""), "{page}");
    }
}
