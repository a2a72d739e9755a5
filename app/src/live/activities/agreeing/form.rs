//! The form of one municipality's samlad bedömning of one capability.

use domain::{ids::CapabilityId, level::Level, map::Agreed, text::Reason};
use leptos::prelude::*;

use super::Position;
use crate::{
    live::{Class, Scene, activities::bars::level_word, frame::form::command, part::Part},
    texts::Texts,
};

/// What the fields hold when the form is shown: what is agreed, else what the answers say.
fn chosen(value: &Position<'_>) -> (Option<Level>, Option<Level>, String) {
    let (current, target) = value.value.levels().unzip();
    let reason = value.agreed.map(|agreed| agreed.reason.to_string());
    (current, target, reason.unwrap_or_default())
}

fn fields(id: CapabilityId, value: &Position<'_>) -> [(&'static str, String); 2] {
    [
        ("kommun", value.municipality.to_string()),
        ("formaga", id.to_string()),
    ]
}

/// Whether it has been agreed, in words.
pub(super) fn standing(texts: Texts, value: &Position<'_>) -> AnyView {
    match (value.agreed, value.value.levels()) {
        (Some(_), _) => view! { <span class="badge done">{texts.agreement_is_confirmed()}</span> },
        (None, Some(_)) => view! { <span class="badge warn">{texts.agreement_is_pending()}</span> },
        (None, None) => view! { <span class="badge plain">{texts.walk_not_set()}</span> },
    }
    .into_any()
}

/// Five large radio buttons with their words.
fn levels(
    texts: Texts,
    key: &str,
    name: &'static str,
    title: &'static str,
    chosen: Option<Level>,
) -> AnyView {
    let radios: Vec<_> = (Level::ALL.into_iter())
        .map(|level| {
            let id = format!("{key}-{name}-{}", level.get());
            view! {
                <div class="level">
                    <input type="radio" id=id.clone() name=name value=level.get() checked=chosen == Some(level) required />
                    <label for=id>
                        <span class="number">{level.get()}</span>
                        " "
                        <span class="word">{level_word(texts, level.get().into())}</span>
                    </label>
                </div>
            }
        })
        .collect();
    view! {
        <fieldset class="rating">
            <legend>{title}</legend>
            <div class="levels">{radios}</div>
        </fieldset>
    }
    .into_any()
}

/// For a phone: one municipality's form, thumb-sized.
pub(super) fn large(scene: &Scene, id: CapabilityId, value: &Position<'_>) -> Part {
    let texts = scene.texts;
    let name = value.municipality.name();
    // The capability is part of the id, so that what is half chosen never slips over to the next one.
    let key = format!("bed-min-{}-{id}", value.municipality);
    let (current, target, reason) = chosen(value);
    let reason_id = format!("{key}-skal");
    let save = if value.agreed.is_some() {
        texts.walk_agree_again(name)
    } else {
        texts.walk_agree(name)
    };
    let proposed = (value.agreed.is_none() && current.is_some())
        .then(|| view! { <p class="hint">{texts.walk_prefilled()}</p> });
    let off = matches!(
        value.agreed.map(|agreed| agreed.value),
        Some(Agreed::NotApplicable)
    );
    let off = off.then(|| view! { <p class="notice">{texts.walk_is_not_applicable()}</p> });
    let inner = view! {
        {levels(texts, &key, "nulage", texts.walk_current_question(), current)}
        {levels(texts, &key, "borlage", texts.walk_target_question(), target)}
        <div class="field">
            <label for=reason_id.clone()>{texts.agreement_reason()}</label>
            <input id=reason_id name="skal" type="text" value=reason maxlength=Reason::MAX autocomplete="off" />
        </div>
        <div class="walk-thumb">
            <button class="button primary" type="submit">{save}</button>
            <button class="button" type="submit" name="inteaktuellt" value="1" formnovalidate>{texts.agreement_not_applicable()}</button>
        </div>
    };
    Part::leaf(
        key.clone(),
        view! {
            <section id=key class="card walk-agree">
                <h2>{texts.agreement_form_title(name)}</h2>
                <p>{standing(texts, value)}</p>
                {off}
                {proposed}
                {command(scene, Class::Participant, "bedom", &fields(id, value), "stack", inner)}
            </section>
        },
    )
}

fn options(texts: Texts, chosen: Option<Level>) -> AnyView {
    let none = chosen.is_none();
    let levels: Vec<_> = (Level::ALL.into_iter())
        .map(|level| {
            let words = texts.agreement_level(level.get(), level_word(texts, level.get().into()));
            view! { <option value=level.get() selected=chosen == Some(level)>{words}</option> }
        })
        .collect();
    view! { <option value="" selected=none>{texts.agreement_unset()}</option>{levels} }.into_any()
}

/// In a row of the leader's table: for a municipality that says its levels aloud.
pub(super) fn small(scene: &Scene, id: CapabilityId, value: &Position<'_>) -> AnyView {
    let texts = scene.texts;
    let name = value.municipality.name();
    let key = format!("bed-led-{}-{id}", value.municipality);
    let (current, target, reason) = chosen(value);
    let (now_id, then_id, why_id) = (
        format!("{key}-nu"),
        format!("{key}-bor"),
        format!("{key}-skal"),
    );
    let inner = view! {
        <div class="walk-fields">
            <div class="field">
                <label for=now_id.clone()>{texts.terms_current()}</label>
                <select id=now_id name="nulage" required>{options(texts, current)}</select>
            </div>
            <div class="field">
                <label for=then_id.clone()>{texts.terms_target()}</label>
                <select id=then_id name="borlage" required>{options(texts, target)}</select>
            </div>
        </div>
        <div class="field">
            <label for=why_id.clone()>{texts.agreement_reason()}</label>
            <input id=why_id name="skal" type="text" value=reason maxlength=Reason::MAX autocomplete="off" />
        </div>
        <div class="row">
            <button class="button small" type="submit">{texts.agreement_confirm()}</button>
            <button class="button small quiet" type="submit" name="inteaktuellt" value="1" formnovalidate>{texts.agreement_not_applicable()}</button>
        </div>
    };
    view! {
        <details class="more" id=key>
            <summary>{texts.walk_set_for()}<span class="visually-hidden">" "{name}</span></summary>
            {command(scene, Class::Leader, "bedom", &fields(id, value), "stack", inner)}
        </details>
    }
    .into_any()
}
