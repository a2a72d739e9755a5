//! What one person writes at a point: the field to write in, and their own cards.

use domain::{
    advice::{Advice, advice},
    ids::CardId,
    municipality::Municipality,
    workshop::{Card, CardKind, CardState, CardText, Item, split_wording},
};
use leptos::prelude::*;

use crate::{
    document::escaped,
    islands::advice::advice_text,
    live::{
        Class, Me, Scene,
        frame::form::{button, clearing, command},
        part::Part,
    },
    texts::Texts,
};

/// What is asked for.
pub(super) struct Prompt {
    /// The kinds of cards to choose between; the first until the person has chosen another.
    pub(super) kinds: &'static [CardKind],
    /// The words beside the field.
    pub(super) label: &'static str,
    /// The municipality that it is for, when that is given.
    pub(super) municipality: Option<Municipality>,
}

/// The words for what a card is.
pub(super) fn kind_text(texts: Texts, kind: CardKind) -> &'static str {
    match kind {
        CardKind::Capability => texts.board_kind_capability(),
        CardKind::Weakness => texts.board_kind_weakness(),
        CardKind::Goal => texts.board_kind_goal(),
        CardKind::Comment => texts.board_kind_comment(),
        CardKind::Question => texts.board_kind_question(),
        CardKind::Challenge => texts.board_kind_challenge(),
        CardKind::Opportunity => texts.board_kind_opportunity(),
        CardKind::Help => texts.board_kind_help(),
        CardKind::Reflection => texts.board_kind_reflection(),
    }
}

/// A choice between kinds of cards; nothing to choose when there is but one.
pub(super) fn kinds(texts: Texts, kinds: &[CardKind], chosen: CardKind, place: &str) -> AnyView {
    if let [only] = kinds {
        return view! { <input type="hidden" name="slag" value=only.code() /> }.into_any();
    }
    let choices: Vec<_> = (kinds.iter().enumerate())
        .map(|(n, kind)| {
            let id = format!("{place}-slag-{n}");
            view! {
                <span class="option">
                    <input type="radio" id=id.clone() name="slag" value=kind.code() checked=*kind == chosen />
                    <label for=id>{kind_text(texts, *kind)}</label>
                </span>
            }
        })
        .collect();
    view! {
        <fieldset class="either">
            <legend class="visually-hidden">{texts.board_kind_legend()}</legend>
            {choices}
        </fieldset>
    }
    .into_any()
}

/// A choice between municipalities.
pub(super) fn municipality_select(texts: Texts, list: &[Municipality], id: String) -> AnyView {
    let options: Vec<_> = (list.iter())
        .map(|one| view! { <option value=one.to_string()>{one.name()}</option> })
        .collect();
    view! {
        <div class="field">
            <label for=id.clone()>{texts.board_for_municipality()}</label>
            <select id=id name="kommun">{options}</select>
        </div>
    }
    .into_any()
}

/// The text that a card is written in. Enter sends it.
pub(super) fn text_field(id: String, label: &str, rows: u8) -> AnyView {
    view! {
        <div class="field">
            <label for=id.clone()>{label.to_owned()}</label>
            <textarea id=id name="text" rows=rows maxlength=CardText::MAX required data-enter enterkeyhint="send" autocomplete="off"></textarea>
        </div>
    }
    .into_any()
}

/// The person's own cards of these kinds at a point, latest first.
fn cards<'a>(scene: &'a Scene, item: &Item, me: &Me, prompt: &Prompt) -> Vec<(CardId, &'a Card)> {
    let mut list: Vec<_> = (scene.state.work.cards_at(scene.id, item.id))
        .filter(|(_, card)| card.by == me.author && prompt.kinds.contains(&card.kind))
        .filter(|(_, card)| {
            prompt.municipality.is_none() || card.municipality == prompt.municipality
        })
        .collect();
    list.reverse();
    list
}

/// The field, and under it what the person has written.
pub(super) fn writing(scene: &Scene, item: &Item, me: &Me, prompt: &Prompt) -> Vec<Part> {
    let texts = scene.texts;
    let own = cards(scene, item, me, prompt);
    let chosen = own.first().map_or(prompt.kinds[0], |(_, card)| card.kind);
    let mut fields = vec![("punkt", item.id.to_string())];
    let single = match me.municipalities.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    if let Some(municipality) = prompt.municipality.or(single) {
        fields.push(("kommun", municipality.to_string()));
    }
    let choose = (prompt.municipality.is_none() && me.municipalities.len() > 1)
        .then(|| municipality_select(texts, &me.municipalities, "skriv-kommun".to_owned()));
    let inner = view! {
        {text_field("skriv-text".to_owned(), prompt.label, 2)}
        {kinds(texts, prompt.kinds, chosen, "skriv")}
        {choose}
        <button class="button primary" type="submit">{texts.board_add()}</button>
    };
    let form = clearing(
        scene,
        Class::Participant,
        "skriv",
        &fields,
        "write-form",
        inner,
    );
    let mut parts = vec![Part::leaf(
        "mitt-skriv",
        view! { <div id="mitt-skriv" class="write">{form}</div> },
    )];
    if own.is_empty() {
        return parts;
    }
    let title = texts.board_own_title(own.len());
    parts.push(Part::leaf(
        "mina-kort-rubrik",
        view! { <h2 id="mina-kort-rubrik" class="own-title">{title}</h2> },
    ));
    let several = me.municipalities.len() > 1;
    parts.push(Part::list(
        "mina-kort",
        view! { <ul id="mina-kort" class="own-cards"></ul> },
        (own.into_iter())
            .map(|(id, card)| own_card(scene, id, card, several, prompt.kinds.len() > 1))
            .collect(),
    ));
    parts
}

fn own_card(scene: &Scene, id: CardId, card: &Card, several: bool, mixed: bool) -> Part {
    let texts = scene.texts;
    let kind = mixed.then(|| view! { <span class="tag">{kind_text(texts, card.kind)}</span>" " });
    let whose = (card.municipality.filter(|_| several))
        .map(|one| view! { <span class="tag">{one.name()}</span> });
    let hidden = (card.state == CardState::Hidden)
        .then(|| view! { <span class="badge warn">{texts.board_hidden()}</span> });
    let lines: Vec<_> = (think(card).iter())
        .map(|advice| view! { <p class="think">{advice_text(texts, advice)}</p> })
        .collect();
    let change = (card.became.is_none()).then(|| change(scene, id, card));
    let class = if card.kind == CardKind::Weakness {
        "own-card weakness"
    } else {
        "own-card"
    };
    let id = format!("eget-{id}");
    Part::leaf(
        id.clone(),
        view! {
            <li id=id class=class>
                <p class="words">{card.text.to_string()}</p>
                <p class="tags">{kind}{whose}{hidden}</p>
                {lines}
                {change}
            </li>
        },
    )
}

/// What to think about in the wording of a capability: products and parts of the organisation. It stops nobody.
fn think(card: &Card) -> Vec<Advice> {
    if card.kind != CardKind::Capability {
        return Vec::new();
    }
    let (name, formulation) = split_wording(&card.text);
    advice(&name, &formulation, [], 1)
        .into_iter()
        .filter(|advice| matches!(advice, Advice::Product(_) | Advice::Unit(_)))
        .collect()
}

fn change(scene: &Scene, id: CardId, card: &Card) -> AnyView {
    let texts = scene.texts;
    let fields = [("kort", id.to_string())];
    let field = format!("andra-{id}");
    let inner = view! {
        <div class="field">
            <label for=field.clone() class="visually-hidden">{texts.board_change_label()}</label>
            <textarea id=field name="text" rows="2" maxlength=CardText::MAX required data-enter inner_html=escaped(&card.text)></textarea>
        </div>
        <button class="button small" type="submit">{texts.board_save()}</button>
    };
    let edit = command(
        scene,
        Class::Participant,
        "andrakort",
        &fields,
        "change-form",
        inner,
    );
    let remove = button(
        scene,
        Class::Participant,
        "tabortkort",
        &fields,
        "button small quiet danger",
        texts.board_remove(),
        &card.text,
    );
    view! {
        <details>
            <summary>{texts.board_change()}<span class="visually-hidden">": "{card.text.to_string()}</span></summary>
            {edit}
            {remove}
        </details>
    }
    .into_any()
}
