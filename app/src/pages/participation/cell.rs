//! The form for how one municipality takes part in one step.

use domain::{
    ids::MappingId,
    mapping::Participation,
    municipality::Municipality,
    participation::{Fact, Step},
};
use leptos::prelude::*;

use super::words::{fact_text, mark, step_path, step_text};
use crate::{
    components::{ErrorSummary, Errors, Hidden, SubmitRow, TextField, participation_text},
    texts::Texts,
};

/// What has been typed about one cell, and what is known.
#[derive(Clone, Debug)]
pub struct CellForm {
    /// The mapping.
    pub mapping: MappingId,
    /// Whose.
    pub municipality: Municipality,
    /// The step; none for the series as a whole.
    pub step: Option<Step>,
    /// What stood there when the form was shown, as the form sends it back.
    pub seen: String,
    /// The code of the grade; empty for none.
    pub grade: String,
    /// Since when.
    pub since: String,
    /// The source.
    pub source: String,
    /// In what way.
    pub note: String,
    /// What the tool knows.
    pub fact: Option<Fact>,
    /// What is wrong.
    pub errors: Errors,
}

/// What the tool knows, with the names of those who came.
pub(super) fn known(texts: Texts, fact: Option<&Fact>) -> AnyView {
    let Some(fact) = fact else {
        return view! { <p class="muted">{texts.participation_fact_none()}</p> }.into_any();
    };
    let names = match fact {
        Fact::Came(names) if !names.is_empty() => {
            let names: Vec<&str> = names.iter().map(|name| &**name).collect();
            Some(texts.participation_fact_names(names.join(", ")))
        }
        _ => None,
    };
    let said = fact_text(texts, fact);
    view! { <p>{said}"."{names.map(|names| format!(" {names}"))}</p> }.into_any()
}

/// The form.
pub fn page(texts: Texts, form: &CellForm) -> AnyView {
    let base = format!("/k/{}/deltagande", form.mapping);
    let action = format!("{base}/{}/{}", form.municipality, step_path(form.step));
    view! {
        <div class="narrow">
            <div class="page-head">
                {super::back(texts, form.mapping)}
                <h1>{texts.participation_edit_title(form.municipality.name(), step_text(texts, form.step))}</h1>
            </div>
            <ErrorSummary texts errors=form.errors.clone() />
            <section class="card known" aria-labelledby="vet">
                <h2 id="vet">{texts.participation_fact_title()}</h2>
                {known(texts, form.fact.as_ref())}
            </section>
            <form method="post" action=action novalidate>
                <Hidden name="sett" value=form.seen.clone() />
                {grades(texts, form)}
                <TextField name="sedan" label=texts.participation_since() value=form.since.clone() error=form.errors.of("sedan") hint=texts.participation_since_hint() kind="date" />
                <TextField name="kalla" label=texts.participation_source() value=form.source.clone() error=form.errors.of("kalla") hint=texts.participation_source_hint() max=160 />
                <TextField name="not" label=texts.participation_note() value=form.note.clone() error=form.errors.of("not") hint=texts.participation_note_hint() max=200 />
                <p class="muted">{texts.participation_audit_hint()}</p>
                <SubmitRow label=texts.form_save() cancel=(base, texts.form_cancel().to_owned()) />
            </form>
        </div>
    }
    .into_any()
}

fn grades(texts: Texts, form: &CellForm) -> AnyView {
    let error = (form.errors.of("deltar"))
        .map(|error| view! { <p class="field-error" id="deltar-fel">{error}</p> });
    let described = error.is_some().then_some("deltar-fel");
    let choice = |nth: usize, code: &'static str, mark: Option<AnyView>, words: &'static str| {
        let id = if nth == 0 {
            "deltar".to_owned()
        } else {
            format!("deltar-{nth}")
        };
        let chosen = form.grade == code;
        view! {
            <div class="choice">
                <input type="radio" id=id.clone() name="deltar" value=code checked=chosen />
                <label for=id class="graded">{mark}" "{words}</label>
            </div>
        }
        .into_any()
    };
    let mut choices: Vec<_> = (Participation::ALL.iter().enumerate())
        .map(|(nth, grade)| {
            let words = participation_text(texts, *grade);
            choice(nth, grade.code(), Some(mark(*grade)), words)
        })
        .collect();
    if form.step.is_some() {
        let none = texts.participation_grade_none();
        choices.push(choice(Participation::ALL.len(), "", None, none));
    }
    view! {
        <fieldset class="field choices grades" aria-describedby=described>
            <legend>{texts.participation_grade()}</legend>
            {error}
            {choices}
        </fieldset>
    }
    .into_any()
}
