//! Notes and decisions of a point.

use domain::{
    ids::NoteId,
    workshop::{Activity, Item, Note, NoteKind, NoteText},
};
use leptos::prelude::*;

use super::form::{button, clearing, command};
use crate::{
    document::escaped,
    live::{Class, Scene, part::Part},
    texts::Texts,
};

/// What a note is, in a word.
pub(in crate::live) fn kind_text(texts: Texts, kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Note => texts.live_note(),
        NoteKind::Proposed => texts.live_proposed(),
        NoteKind::Decided => texts.live_decided(),
    }
}

/// The style sheet's class of a note's kind.
fn kind_class(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Note => "note",
        NoteKind::Proposed => "note proposed",
        NoteKind::Decided => "note decided",
    }
}

/// Notes of a point in order of time.
pub(in crate::live) fn at<'a>(
    scene: &'a Scene,
    item: &'a Item,
) -> impl Iterator<Item = (NoteId, &'a Note)> {
    (scene.state.work.notes.iter())
        .filter(move |(_, note)| note.workshop == scene.id && note.item == item.id)
        .map(|(id, note)| (*id, note))
}

/// A note as everyone reads it.
pub(in crate::live) fn shown(scene: &Scene, id: NoteId, note: &Note) -> Part {
    let id = format!("not-{id}");
    let kind = (note.kind != NoteKind::Note)
        .then(|| view! { <span class="what">{kind_text(scene.texts, note.kind)}</span>" " });
    let text = note.text.to_string();
    Part::leaf(
        id.clone(),
        view! {
            <li id=id class=kind_class(note.kind)>
                {kind}
                <span class="lines">{text}</span>
            </li>
        },
    )
}

/// Notes as a list that everyone reads; nothing when there are none.
pub(in crate::live) fn board<'a>(
    scene: &Scene,
    notes: impl Iterator<Item = (NoteId, &'a Note)>,
) -> Vec<Part> {
    let parts: Vec<_> = notes.map(|(id, note)| shown(scene, id, note)).collect();
    if parts.is_empty() {
        return Vec::new();
    }
    let class = if parts.len() > 4 {
        "notes many"
    } else {
        "notes"
    };
    vec![Part::list(
        "noterat",
        view! { <ul id="noterat" class=class></ul> },
        parts,
    )]
}

/// A note with what can be done with it.
pub(in crate::live) fn editable(scene: &Scene, id: NoteId, note: &Note) -> Part {
    let texts = scene.texts;
    let which = || vec![("anteckning", id.to_string())];
    let text = note.text.to_string();
    let short: String = text.chars().take(40).collect();
    let record = (note.kind == NoteKind::Proposed).then(|| {
        button(
            scene,
            Class::Leader,
            "besluta",
            &which(),
            "button small",
            texts.live_record(),
            &short,
        )
    });
    let mut fields = which();
    fields.push(("punkt", note.item.to_string()));
    fields.push(("slag", note.kind.code().to_owned()));
    let field = format!("not-text-{id}");
    let label = kind_text(texts, note.kind);
    let edit = view! {
        <label class="visually-hidden" for=field.clone()>{label}</label>
        <textarea id=field name="text" rows="3" required maxlength=NoteText::MAX inner_html=escaped(&text)></textarea>
        <button class="button small" type="submit">{texts.form_save()}</button>
    };
    let change = format!(": {short}");
    let id = format!("not-{id}");
    Part::leaf(
        id.clone(),
        view! {
            <li id=id class=kind_class(note.kind)>
                <p><span class="what">{label}</span>" "<span class="lines">{text}</span></p>
                <div class="ways">
                    {record}
                    <details>
                        <summary>{texts.live_change()}<span class="visually-hidden">{change}</span></summary>
                        {command(scene, Class::Leader, "anteckna", &fields, "stack", edit)}
                        {button(scene, Class::Leader, "tabortanteckning", &which(), "link", texts.live_note_remove(), &short)}
                    </details>
                </div>
            </li>
        },
    )
}

/// The point's notes and decisions, and a place to write more.
pub(in crate::live) fn notes(scene: &Scene, item: &Item) -> Part {
    let texts = scene.texts;
    let hint = match item.activity {
        Activity::Talk | Activity::Deciding => texts.live_notes_on_wall(),
        _ => texts.live_notes_in_minutes(),
    };
    let title = Part::leaf(
        "not-rubrik",
        view! {
            <div id="not-rubrik">
                <h2>{texts.live_notes()}</h2>
                <p class="hint" id="not-hint">{hint}</p>
            </div>
        },
    );
    let list = at(scene, item)
        .map(|(id, note)| editable(scene, id, note))
        .collect();
    let kinds: Vec<_> = (NoteKind::ALL.iter())
        .map(|kind| {
            let words = match kind {
                NoteKind::Note => texts.live_note_save(),
                NoteKind::Proposed => texts.live_propose(),
                NoteKind::Decided => texts.live_decide(),
            };
            view! { <button class="button small" type="submit" name="slag" value=kind.code()>{words}</button> }
        })
        .collect();
    let fields = [("punkt", item.id.to_string())];
    let inner = view! {
        <label class="visually-hidden" for="not-text">{texts.live_note_label()}</label>
        <textarea id="not-text" name="text" rows="3" required maxlength=NoteText::MAX aria-describedby="not-hint"></textarea>
        <div class="row">{kinds}</div>
    };
    let form = clearing(scene, Class::Leader, "anteckna", &fields, "stack", inner);
    Part::list(
        "not",
        view! { <section id="not" class="card" aria-labelledby="not-rubrik"></section> },
        vec![
            title,
            Part::list(
                "not-lista",
                view! { <ul id="not-lista" class="notes"></ul> },
                list,
            ),
            Part::leaf("not-ny", view! { <div id="not-ny">{form}</div> }),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::sample::{note, scene};

    #[test]
    fn only_a_proposal_can_be_decided_on() {
        let scene = scene(Activity::Deciding);
        let item = scene.item().expect("a point");
        for (id, content) in at(&scene, item) {
            let page = editable(&scene, id, content).to_page();
            assert_eq!(page.contains("\"besluta\""), id == note(1), "{page}");
        }
    }

    #[test]
    fn what_is_written_in_a_note_never_becomes_html() {
        let mut scene = scene(Activity::Deciding);
        let item = scene.item().expect("a point").clone();
        let text = "</textarea><script>".parse().expect("fits");
        let content = Note {
            workshop: scene.id,
            item: item.id,
            kind: NoteKind::Note,
            text,
        };
        crate::live::sample::lead(
            &mut scene,
            domain::workshop::WorkCommand::SaveNote(note(9), Box::new(content)),
        );
        let page = notes(&scene, &item).to_page();
        assert!(!page.contains("<script>"), "{page}");
        assert_eq!(page.matches("</textarea>").count(), 5);
    }

    #[test]
    fn the_form_stays_as_it_is_when_a_note_is_added() {
        let scene = scene(Activity::Deciding);
        let item = scene.item().expect("a point");
        let after = notes(&scene, item).flatten();
        let mut fewer = scene.clone();
        let work = std::sync::Arc::make_mut(&mut fewer.state);
        std::sync::Arc::make_mut(&mut work.work)
            .notes
            .remove(&note(2));
        let sent = after.since(&notes(&fewer, item).flatten());
        let ids: Vec<_> = sent.iter().map(|part| part.id.clone()).collect();
        assert_eq!(ids, ["not-lista".to_owned(), format!("not-{}", note(2))]);
    }
}
