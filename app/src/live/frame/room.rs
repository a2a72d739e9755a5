//! What those who lead have at hand besides the agenda: the way in, other views, and what is seldom done.

use domain::workshop::Activity;
use leptos::prelude::*;

use super::{form::button, join::join};
use crate::live::{Class, Scene, part::Part};

/// The way in, other views, and what is seldom done.
pub(in crate::live) fn room(scene: &Scene) -> Part {
    let mut parts = vec![Part::leaf(
        "rum-rubrik",
        view! { <h2 id="rum-rubrik">{scene.texts.live_room()}</h2> },
    )];
    parts.push(views(scene));
    if scene.stage.is_open() {
        parts.extend(lock(scene));
        parts.push(undo(scene));
    }
    parts.push(join(scene));
    if scene.stage.is_open() {
        parts.push(end(scene));
    }
    Part::list(
        "rum",
        view! { <section id="rum" class="room" aria-labelledby="rum-rubrik"></section> },
        parts,
    )
}

fn views(scene: &Scene) -> Part {
    let texts = scene.texts;
    Part::leaf(
        "vyer",
        view! {
            <ul id="vyer" class="views">
                <li>
                    <a href=scene.address("/projektor") target="_blank" rel="noopener">{texts.live_open_projector()}</a>
                </li>
                <li><a href=scene.address("/delta")>{texts.live_as_participant()}</a></li>
                <li><a href=scene.address("/planera")>{texts.live_plan()}</a></li>
                <li><a href=scene.address("/minnesanteckningar")>{texts.live_minutes_link()}</a></li>
                <li><a href=scene.address("/sammanstallning")>{texts.live_compiled()}</a></li>
            </ul>
        },
    )
}

/// The board is locked only where everyone may move things on it.
fn lock(scene: &Scene) -> Option<Part> {
    let texts = scene.texts;
    (scene.stage.activity(&scene.workshop) == Some(Activity::Grouping)).then(|| {
        let locked = scene.stage.locked;
        let (now, words) = if locked {
            (texts.live_locked(), texts.live_unlock())
        } else {
            (texts.live_unlocked(), texts.live_lock())
        };
        let fields = [("pa", u8::from(!locked).to_string())];
        let form = button(
            scene,
            Class::Leader,
            "las",
            &fields,
            "button small",
            words,
            "",
        );
        Part::leaf(
            "las",
            view! { <div id="las" class="tool"><p>{now}</p>{form}</div> },
        )
    })
}

fn undo(scene: &Scene) -> Part {
    let words = scene.texts.live_undo();
    let form = button(
        scene,
        Class::Leader,
        "angra",
        &[],
        "button small",
        words,
        "",
    );
    Part::leaf("angra", view! { <div id="angra" class="tool">{form}</div> })
}

fn end(scene: &Scene) -> Part {
    let texts = scene.texts;
    let form = button(
        scene,
        Class::Leader,
        "avsluta",
        &[],
        "button small danger",
        texts.live_end(),
        "",
    );
    Part::leaf(
        "avsluta",
        view! {
            <details id="avsluta" class="end">
                <summary>{texts.live_end_title()}</summary>
                <p>{texts.live_end_lead()}</p>
                {form}
            </details>
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::sample::{lead, planned, scene};
    use domain::workshop::WorkCommand;

    #[test]
    fn the_board_is_locked_where_people_move_things() {
        let mut scene = scene(Activity::Grouping);
        assert!(room(&scene).to_page().contains("Lås tavlan"));
        lead(&mut scene, WorkCommand::Lock(true));
        assert!(room(&scene).to_page().contains("Lås upp tavlan"));
        let other = crate::live::sample::scene(Activity::Talk);
        assert!(!room(&other).to_page().contains("value=\"las\""));
    }

    #[test]
    fn only_a_workshop_under_way_can_be_ended() {
        assert!(
            room(&scene(Activity::Talk))
                .to_page()
                .contains("\"avsluta\"")
        );
        assert!(
            !room(&planned(Activity::Talk))
                .to_page()
                .contains("\"avsluta\"")
        );
    }
}
