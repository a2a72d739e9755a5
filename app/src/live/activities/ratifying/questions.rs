//! Open questions: what cannot be decided at once.

use domain::{
    ids::{CapabilityId, CardId},
    map::Capability,
    workshop::{Card, CardKind, CardState, CardText, Item},
};
use leptos::prelude::*;

use crate::live::{
    Class, Me, Scene,
    activities::focus::look_at,
    frame::form::{button, clearing},
    part::Part,
};

/// Every question of the mapping's workshops in this state.
fn questions(scene: &Scene, state: CardState) -> impl Iterator<Item = (CardId, &Card)> {
    (scene.state.work.cards.iter())
        .filter(move |(_, card)| card.kind == CardKind::Question && card.state == state)
        .map(|(id, card)| (*id, card))
}

/// Questions that nobody has answered.
pub(super) fn open(scene: &Scene) -> impl Iterator<Item = (CardId, &Card)> {
    questions(scene, CardState::Shown)
}

/// Open questions about a capability.
pub(super) fn about(scene: &Scene, id: CapabilityId) -> impl Iterator<Item = (CardId, &Card)> {
    open(scene).filter(move |(_, card)| card.about == Some(id))
}

/// A form that asks about a capability.
pub(super) fn form(scene: &Scene, back: Class, id: CapabilityId) -> AnyView {
    let texts = scene.texts;
    let field = format!("fast-q-{}-{id}", back.code());
    let point = scene
        .item()
        .map(|item| item.id.to_string())
        .unwrap_or_default();
    let fields = [
        ("punkt", point),
        ("slag", CardKind::Question.code().to_owned()),
        ("formaga", id.to_string()),
    ];
    let inner = view! {
        <div class="field">
            <label for=field.clone()>{texts.walk_question()}</label>
            <input id=field name="text" type="text" maxlength=CardText::MAX required autocomplete="off" />
        </div>
        <button class="button" type="submit">{texts.walk_question_send()}</button>
    };
    clearing(scene, back, "skriv", &fields, "stack walk-ask", inner)
}

/// Every open question with its way out, and those that have been answered.
pub(super) fn for_leaders(scene: &Scene) -> Part {
    let texts = scene.texts;
    let hide = |id: CardId, on: bool| [("kort", id.to_string()), ("pa", u8::from(on).to_string())];
    let rows: Vec<_> = open(scene)
        .map(|(id, card)| {
            let row = format!("fast-qk-{id}");
            let text = card.text.to_string();
            let about = (card.about)
                .and_then(|about| {
                    let known = scene.state.contents.capabilities.get(&about)?;
                    Some(look_at(scene, about, "link", known.draft.name.to_string(), ""))
                });
            let words = texts.walk_answered();
            Part::leaf(
                row.clone(),
                view! {
                    <li id=row class="walk-question">
                        <p>{text.clone()}</p>
                        <div class="row">
                            {about}
                            {button(scene, Class::Leader, "doljkort", &hide(id, true), "button small", words, &text)}
                        </div>
                    </li>
                },
            )
        })
        .collect();
    let mut parts = vec![Part::leaf(
        "fast-fragor-rubrik",
        view! { <h2 id="fast-fragor-rubrik">{texts.walk_open_questions(rows.len())}</h2> },
    )];
    parts.push(Part::list(
        "fast-fragor-lista",
        view! { <ul id="fast-fragor-lista" class="plain"></ul> },
        rows,
    ));
    let answered: Vec<_> = questions(scene, CardState::Hidden)
        .map(|(id, card)| {
            let text = card.text.to_string();
            let words = texts.walk_reopen();
            view! {
                <li class="row spread">
                    <span class="muted">{text.clone()}</span>
                    {button(scene, Class::Leader, "doljkort", &hide(id, false), "link", words, &text)}
                </li>
            }
        })
        .collect();
    if !answered.is_empty() {
        parts.push(Part::leaf(
            "fast-svarade",
            view! {
                <details id="fast-svarade" class="more">
                    <summary>{texts.walk_answered_list(answered.len())}</summary>
                    <ul class="plain">{answered}</ul>
                </details>
            },
        ));
    }
    Part::list(
        "fast-fragor",
        view! { <section id="fast-fragor" class="card"></section> },
        parts,
    )
}

/// One's own questions about the capability in focus, and a new one.
pub(super) fn mine(
    scene: &Scene,
    item: &Item,
    me: &Me,
    id: CapabilityId,
    known: &Capability,
) -> Vec<Part> {
    let texts = scene.texts;
    let asked: Vec<_> = about(scene, id)
        .filter(|(_, card)| card.by == me.author && card.item == item.id)
        .map(|(card_id, card)| {
            let text = card.text.to_string();
            let fields = [("kort", card_id.to_string())];
            let words = texts.walk_take_back();
            view! {
                <li class="row spread">
                    <span>{text.clone()}</span>
                    {button(scene, Class::Participant, "tabortkort", &fields, "link", words, &text)}
                </li>
            }
        })
        .collect();
    let asked = (!asked.is_empty()).then(|| view! { <ul class="plain">{asked}</ul> });
    // The id is the capability's, so that words half written about one never slip over to the next.
    let part = format!("fast-min-{id}");
    vec![Part::leaf(
        part.clone(),
        view! {
            <section id=part class="card">
                <h2>{texts.walk_ask_about(&known.draft.name)}</h2>
                {asked}
                {form(scene, Class::Participant, id)}
            </section>
        },
    )]
}
