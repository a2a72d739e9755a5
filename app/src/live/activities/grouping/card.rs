//! A capability on the board.

use domain::{ids::CapabilityId, map::Capability, workshop::Card};
use leptos::prelude::*;

use super::{
    super::{
        reading::{comment_form, comments},
        voices::{municipalities, tags},
    },
    Board,
    merge::FORM,
};
use crate::live::{
    Class,
    frame::form::{button, command},
    part::Part,
};

/// A card that can be moved, with what has been said behind a summary.
pub(super) fn card(board: &Board, id: CapabilityId, capability: &Capability) -> Part {
    let texts = board.scene.texts;
    let name = capability.draft.name.to_string();
    let said = board.voices.said(id);
    let talk = board.voices.comments(id);
    let voices = (!said.is_empty())
        .then(|| view! { <span class="said">{texts.board_said(said.len())}</span>" " });
    let talked = (!talk.is_empty())
        .then(|| view! { <span class="talk">{texts.board_comment_count(talk.len())}</span> });
    let weaknesses: Vec<_> = (board.scene.state.contents.weaknesses.values())
        .filter(|weakness| weakness.capability == Some(id))
        .map(|weakness| {
            view! {
                <li>
                    <span class="visually-hidden">{texts.board_kind_weakness()}": "</span>
                    {weakness.name.to_string()}
                </li>
            }
        })
        .collect();
    let weaknesses =
        (!weaknesses.is_empty()).then(|| view! { <ul class="held-back">{weaknesses}</ul> });
    let handle = board.open.then(|| {
        view! {
            <button type="button" class="handle" data-handle aria-label=texts.board_handle(&name) aria-describedby="arbetstavla-hjalp">
                <svg viewBox="0 0 16 24" aria-hidden="true">
                    <path d="M4 4h2v2H4zm6 0h2v2h-2zM4 11h2v2H4zm6 0h2v2h-2zM4 18h2v2H4zm6 0h2v2h-2z" fill="currentColor" />
                </svg>
            </button>
        }
    });
    let formulation = (!capability.draft.formulation.is_empty())
        .then(|| view! { <p class="formulation">{capability.draft.formulation.to_string()}</p> });
    let change = board.open.then(|| change(board, id, capability));
    let fields = [
        ("punkt", board.item.id.to_string()),
        ("formaga", id.to_string()),
    ];
    let comment = comment_form(board.scene, board.class, &fields, &id.to_string(), &name);
    let drag = board.open.then(|| id.to_string());
    let place = format!("formaga-{id}");
    Part::leaf(
        place.clone(),
        view! {
            <li id=place class="board-card" data-drag=drag data-name=name.clone()>
                {handle}
                <div class="what">
                    <h3 class="name">{name.clone()}</h3>
                    <p class="from">{voices}{talked}</p>
                    {weaknesses}
                </div>
                <details class="more">
                    <summary>
                        <span class="visually-hidden">{texts.board_more_about(&name)}</span>
                    </summary>
                    {formulation}
                    {origins(board, said)}
                    {comments(talk)}
                    {change}
                    {comment}
                </details>
            </li>
        },
    )
}

/// Who said what, by municipality.
fn origins(board: &Board, said: &[&Card]) -> AnyView {
    if said.is_empty() {
        return ().into_any();
    }
    let mut wordings: Vec<(String, Vec<&Card>)> = Vec::new();
    for card in said {
        match (wordings.iter_mut()).find(|(text, _)| *text == card.text.as_str()) {
            Some((_, cards)) => cards.push(card),
            None => wordings.push((card.text.to_string(), vec![card])),
        }
    }
    let rows: Vec<_> = (wordings.into_iter())
        .map(|(text, cards)| {
            let homes = tags(&municipalities(cards.iter().copied()), 14);
            view! { <li>{text}" "{homes}</li> }
        })
        .collect();
    view! {
        <div class="origins">
            <h4>{board.scene.texts.board_origins()}</h4>
            <ul class="plain-rows">{rows}</ul>
        </div>
    }
    .into_any()
}

/// Moving without dragging, choosing for a merge and, for those who lead, striking.
fn change(board: &Board, id: CapabilityId, capability: &Capability) -> AnyView {
    let texts = board.scene.texts;
    let name = &capability.draft.name;
    let here = capability.draft.area;
    let loose = here.is_some().then(|| {
        view! { <option value="-">{texts.board_ungrouped()}</option> }
    });
    let options: Vec<_> = (board.areas.iter())
        .filter(|(area, _)| Some(*area) != here)
        .map(|(area, name)| view! { <option value=area.to_string()>{name.clone()}</option> })
        .collect();
    let field = format!("flytta-{id}");
    let fields = [("formaga", id.to_string()), ("fore", String::new())];
    let inner = view! {
        <label for=field.clone()>{texts.board_move_to()}</label>
        <select id=field name="omrade">{options}{loose}</select>
        <button class="button small" type="submit">
            {texts.board_move()}
            <span class="visually-hidden">{format!(": {name}")}</span>
        </button>
    };
    let nowhere = board.areas.is_empty();
    let to = (!nowhere).then(|| {
        command(
            board.scene,
            board.class,
            "flytta",
            &fields,
            "move-form",
            inner,
        )
    });
    let radio = format!("valj-{id}");
    let strike = (board.class == Class::Leader).then(|| {
        let fields = [("formaga", id.to_string())];
        let words = texts.board_strike();
        let class = "button small quiet danger";
        button(
            board.scene,
            Class::Leader,
            "stryk",
            &fields,
            class,
            words,
            name,
        )
    });
    view! {
        {to}
        <p class="choose">
            <input type="radio" id=radio.clone() name="fran" value=id.to_string() form=FORM />
            <label for=radio class="button small">
                {texts.board_merge_with()}
                <span class="visually-hidden">{format!(": {name}")}</span>
            </label>
        </p>
        {strike}
    }
    .into_any()
}
