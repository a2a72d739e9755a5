//! Advice on a capability's name and formulation while they are being written.

#![expect(
    missing_docs,
    reason = "leptos makes undocumented fields of the arguments of an island"
)]

use domain::{
    advice::{Advice, MANY_CAPABILITIES, advice},
    mapping::Language,
    text::{CapabilityName, Formulation},
};
use leptos::{html::Input, prelude::*};

use crate::texts::Texts;

/// A piece of advice in words.
pub fn advice_text(texts: Texts, advice: &Advice) -> String {
    match advice {
        Advice::Product(product) => texts.advice_product(product),
        Advice::Unit(unit) => texts.advice_unit(unit),
        Advice::Duplicate(name) => texts.advice_duplicate(name),
        Advice::Opening => texts.advice_opening().to_owned(),
        Advice::Many(count) => texts.advice_many(count, MANY_CAPABILITIES),
        Advice::Levels(missing) => {
            let numbers: Vec<_> = missing
                .iter()
                .map(|level| level.get().to_string())
                .collect();
            texts.advice_levels(numbers.join(", "))
        }
    }
}

/// The two inputs of a capability's name and formulation, with advice below them. Without scripts they are plain
/// inputs with advice on what was saved.
#[island]
pub fn AdviceIsland(
    /// The language of the texts.
    language: Language,
    /// The names of the other capabilities on the map.
    others: Vec<String>,
    /// The name so far.
    name: String,
    /// The formulation so far.
    formulation: String,
    /// What is wrong with the name.
    name_error: Option<String>,
    /// What is wrong with the formulation.
    formulation_error: Option<String>,
) -> impl IntoView {
    let texts = Texts(language);
    let (name_now, set_name) = signal(name.clone());
    let (formulation_now, set_formulation) = signal(formulation.clone());
    let name_input = NodeRef::<Input>::new();
    let formulation_input = NodeRef::<Input>::new();
    // What was typed before the island came alive counts too.
    Effect::new(move |_| {
        if let Some(input) = name_input.get() {
            set_name.set(input.value());
        }
        if let Some(input) = formulation_input.get() {
            set_formulation.set(input.value());
        }
    });
    let found = Memo::new(move |_| {
        let others = others.iter().map(String::as_str);
        let count = others.len() + 1;
        advice(&name_now.get(), &formulation_now.get(), others, count)
    });
    let list = move || {
        let rows: Vec<_> = (found.get().iter())
            .map(|advice| view! { <li>{advice_text(texts, advice)}</li> })
            .collect();
        (!rows.is_empty()).then(|| view! { <ul>{rows}</ul> })
    };
    let name_described = described("namn", name_error.is_some());
    let name_invalid = name_error.is_some().then_some("true");
    let name_error =
        name_error.map(|error| view! { <p class="field-error" id="namn-fel">{error}</p> });
    let formulation_described = described("formulering", formulation_error.is_some());
    let formulation_invalid = formulation_error.is_some().then_some("true");
    let formulation_error = formulation_error
        .map(|error| view! { <p class="field-error" id="formulering-fel">{error}</p> });
    view! {
        <div class="field">
            <label for="namn">{texts.capability_name()}</label>
            <p class="hint" id="namn-hint">{texts.capability_name_hint(CapabilityName::MAX)}</p>
            {name_error}
            <input
                type="text"
                id="namn"
                name="namn"
                value=name
                maxlength=CapabilityName::MAX.to_string()
                required=true
                autocomplete="off"
                aria-describedby=name_described
                aria-invalid=name_invalid
                node_ref=name_input
                on:input:target=move |event| set_name.set(event.target().value())
            />
        </div>
        <div class="field">
            <label for="formulering">{texts.capability_formulation()}</label>
            <p class="hint" id="formulering-hint">{texts.capability_formulation_hint()}</p>
            {formulation_error}
            <input
                type="text"
                id="formulering"
                name="formulering"
                value=formulation
                maxlength=Formulation::MAX.to_string()
                autocomplete="off"
                aria-describedby=formulation_described
                aria-invalid=formulation_invalid
                node_ref=formulation_input
                on:input:target=move |event| set_formulation.set(event.target().value())
            />
        </div>
        <div class="advice" role="status" aria-live="polite" aria-label=texts.advice_region()>{list}</div>
    }
}

fn described(id: &str, error: bool) -> String {
    if error {
        format!("{id}-hint {id}-fel")
    } else {
        format!("{id}-hint")
    }
}
