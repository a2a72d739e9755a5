//! Decisions are proposed and recorded.

use domain::{
    ids::NoteId,
    workshop::{Item, Note, NoteKind},
};
use leptos::prelude::*;

use crate::live::{Me, Scene, frame::notes, part::Part};

/// Proposals of other points that nothing has been decided on.
fn earlier<'a>(scene: &'a Scene, item: &'a Item) -> impl Iterator<Item = (NoteId, &'a Note)> {
    (scene.state.work.notes.iter())
        .filter(|(_, note)| note.workshop == scene.id && note.kind == NoteKind::Proposed)
        .filter(|(_, note)| note.item != item.id)
        .map(|(id, note)| (*id, note))
}

/// Everything that is decided or to be decided at this point, or a word that there is nothing.
fn board(scene: &Scene, item: &Item) -> Vec<Part> {
    let parts = notes::board(scene, earlier(scene, item).chain(notes::at(scene, item)));
    if !parts.is_empty() {
        return parts;
    }
    let words = scene.texts.live_no_proposals();
    vec![Part::leaf(
        "noterat-inget",
        view! { <p id="noterat-inget" class="empty">{words}</p> },
    )]
}

/// On the wall.
pub(super) fn projector(scene: &Scene, item: &Item) -> Vec<Part> {
    board(scene, item)
}

/// For those who lead: what is left from other points; this point's own stand below.
pub(super) fn leader(scene: &Scene, item: &Item) -> Vec<Part> {
    let left: Vec<_> = (earlier(scene, item))
        .map(|(id, note)| notes::editable(scene, id, note))
        .collect();
    if left.is_empty() {
        return Vec::new();
    }
    let title = scene.texts.live_earlier_proposals();
    vec![Part::list(
        "forslag",
        view! { <section id="forslag" class="card" aria-labelledby="forslag-rubrik"></section> },
        vec![
            Part::leaf(
                "forslag-rubrik",
                view! { <h2 id="forslag-rubrik">{title}</h2> },
            ),
            Part::list(
                "forslag-lista",
                view! { <ul id="forslag-lista" class="notes"></ul> },
                left,
            ),
        ],
    )]
}

/// For everyone who takes part.
pub(super) fn participant(scene: &Scene, item: &Item) -> Vec<Part> {
    board(scene, item)
}

/// For one person.
pub(super) fn mine(_scene: &Scene, _item: &Item, _me: &Me) -> Vec<Part> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use domain::workshop::{Activity, WorkCommand};

    use super::*;
    use crate::live::sample::{item, lead, note, scene};

    #[test]
    fn a_proposal_from_an_earlier_point_is_on_the_wall_until_it_is_decided_on() {
        let mut scene = scene(Activity::Deciding);
        let point = scene.item().expect("a point").clone();
        let content = Note {
            workshop: scene.id,
            item: item(1),
            kind: NoteKind::Proposed,
            text: "Vi ses varje kvartal.".parse().expect("fits"),
        };
        let save = WorkCommand::SaveNote(note(20), Box::new(content));
        lead(&mut scene, save);
        let text = |parts: Vec<Part>| parts.iter().map(Part::to_page).collect::<String>();
        assert!(text(projector(&scene, &point)).contains("Vi ses varje kvartal."));
        assert!(text(leader(&scene, &point)).contains("\"besluta\""));
        lead(&mut scene, WorkCommand::Record(note(20)));
        assert!(!text(projector(&scene, &point)).contains("Vi ses varje kvartal."));
        assert!(leader(&scene, &point).is_empty());
    }

    #[test]
    fn the_wall_says_when_nothing_has_been_proposed() {
        let mut scene = scene(Activity::Deciding);
        let point = scene.item().expect("a point").clone();
        for n in 0..3 {
            lead(&mut scene, WorkCommand::RemoveNote(note(n)));
        }
        let page: String = projector(&scene, &point)
            .iter()
            .map(Part::to_page)
            .collect();
        assert!(page.contains("Inga förslag än."), "{page}");
    }
}
