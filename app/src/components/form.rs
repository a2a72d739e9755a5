//! Form fields with labels, hints and errors that belong to them.

#![expect(
    missing_docs,
    reason = "leptos makes undocumented fields of the arguments of a component"
)]

use leptos::prelude::*;

use super::Choice;
use crate::{document::escaped, texts::Texts};

/// What is wrong with a form, field by field, in the order of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<(String, String)>);

impl Errors {
    /// Adds what is wrong with a field, in words for the person who filled it in.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push((field.into(), message.into()));
    }

    /// What is wrong with a field.
    pub fn of(&self, field: &str) -> Option<String> {
        (self.0.iter().find(|(name, _)| name == field)).map(|(_, message)| message.clone())
    }

    /// Adds everything that is wrong with another form on the same page.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The list of what is wrong, first on the page, with links to the fields.
#[component]
pub fn ErrorSummary(
    texts: Texts,
    errors: Errors,
    /// What has become of what was typed, where it is not simply still there, such as passwords.
    #[prop(optional_no_strip)]
    kept: Option<&'static str>,
) -> AnyView {
    if errors.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = errors
        .0
        .into_iter()
        .map(|(field, message)| view! { <li><a href=format!("#{field}")>{message}</a></li> })
        .collect();
    view! {
        <div class="error-summary" role="alert" tabindex="-1" id="fel">
            <h2>{texts.form_errors_title()}</h2>
            <p>{kept.unwrap_or(texts.form_errors_kept())}</p>
            <ul>{rows}</ul>
        </div>
    }
    .into_any()
}

fn described(id: &str, hint: bool, error: bool) -> Option<String> {
    let mut ids = Vec::new();
    if hint {
        ids.push(format!("{id}-hint"));
    }
    if error {
        ids.push(format!("{id}-fel"));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn hint_and_error(id: &str, hint: Option<String>, error: Option<String>) -> AnyView {
    let hint = hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> });
    let error =
        error.map(|error| view! { <p class="field-error" id=format!("{id}-fel")>{error}</p> });
    view! { {hint} {error} }.into_any()
}

/// A line of text. Its id is its name.
#[component]
pub fn TextField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: Option<String>,
    #[prop(optional)] max: Option<usize>,
    #[prop(optional)] required: bool,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
) -> impl IntoView {
    let describedby = described(&name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    let notes = hint_and_error(&name, hint, error);
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            {notes}
            <input
                type=kind
                id=name.clone()
                name=name
                value=value
                maxlength=max
                required=required
                autocomplete=autocomplete
                aria-describedby=describedby
                aria-invalid=invalid
            />
        </div>
    }
}

/// Several lines of text. Its id is its name.
///
/// The framework writes what stands within a text area as it is, so that `</textarea>` in somebody's text would end it
/// and the rest be taken for the page's own HTML.
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] value: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: Option<String>,
    #[prop(optional)] max: Option<usize>,
    #[prop(default = 4)] rows: u8,
) -> impl IntoView {
    let describedby = described(&name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    let notes = hint_and_error(&name, hint, error);
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            {notes}
            <textarea
                id=name.clone()
                name=name
                rows=rows
                maxlength=max
                aria-describedby=describedby
                aria-invalid=invalid
                inner_html=escaped(&value)
            ></textarea>
        </div>
    }
}

/// One of many.
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(into, optional)] selected: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: Option<String>,
) -> impl IntoView {
    let describedby = described(&name, hint.is_some(), error.is_some());
    let notes = hint_and_error(&name, hint, error);
    let options: Vec<_> = choices
        .into_iter()
        .map(|(value, words)| {
            let chosen = value == selected;
            view! { <option value=value selected=chosen>{words}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            {notes}
            <select id=name.clone() name=name aria-describedby=describedby>{options}</select>
        </div>
    }
}

/// One of a few, all in sight.
#[component]
pub fn RadioGroup(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(into, optional)] selected: String,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: Option<String>,
) -> impl IntoView {
    group("radio", name, legend, choices, vec![selected], error, hint)
}

/// Any number of a few.
#[component]
pub fn CheckGroup(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(optional)] selected: Vec<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: Option<String>,
) -> impl IntoView {
    group("checkbox", name, legend, choices, selected, error, hint)
}

fn group(
    kind: &'static str,
    name: String,
    legend: String,
    choices: Vec<Choice>,
    selected: Vec<String>,
    error: Option<String>,
    hint: Option<String>,
) -> AnyView {
    let describedby = described(&name, hint.is_some(), error.is_some());
    let notes = hint_and_error(&name, hint, error);
    let options: Vec<_> = choices
        .into_iter()
        .enumerate()
        .map(|(index, (value, words))| {
            // The first has the group's own name, so that the error summary finds it.
            let id = if index == 0 {
                name.clone()
            } else {
                format!("{name}-{index}")
            };
            let chosen = selected.contains(&value);
            view! {
                <div class="choice">
                    <input type=kind id=id.clone() name=name.clone() value=value checked=chosen />
                    <label for=id>{words}</label>
                </div>
            }
        })
        .collect();
    view! {
        <fieldset class="field choices" aria-describedby=describedby>
            <legend>{legend}</legend>
            {notes}
            {options}
        </fieldset>
    }
    .into_any()
}

/// A value that goes with the form unseen.
#[component]
pub fn Hidden(#[prop(into)] name: String, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }
}

/// The form's one primary action, and a way out.
#[component]
pub fn SubmitRow(
    #[prop(into)] label: String,
    #[prop(into, optional)] cancel: Option<(String, String)>,
) -> impl IntoView {
    let cancel =
        cancel.map(|(href, words)| view! { <a class="button quiet" href=href>{words}</a> });
    view! { <div class="actions"><button class="button primary" type="submit">{label}</button>{cancel}</div> }
}
