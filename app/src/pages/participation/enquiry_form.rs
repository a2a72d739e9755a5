//! The form for an interest enquiry: the question, the last day, and whom it goes to.

use domain::{ids::MappingId, municipality::Municipality};
use leptos::prelude::*;

use crate::{
    components::{ErrorSummary, Errors, Hidden, SubmitRow, TextArea, TextField},
    texts::Texts,
};

/// A municipality in the form.
#[derive(Clone, Debug)]
pub struct AskedRow {
    /// Which.
    pub municipality: Municipality,
    /// Whether it is asked.
    pub asked: bool,
    /// Whether it has answered already.
    pub answered: bool,
    /// The contact's name.
    pub name: String,
    /// The contact's address.
    pub email: String,
}

/// What has been typed.
#[derive(Clone, Debug)]
pub struct EnquiryForm {
    /// The mapping.
    pub mapping: MappingId,
    /// The enquiry's id, made when the form was shown.
    pub id: String,
    /// Whether there is such an enquiry already.
    pub known: bool,
    /// The question.
    pub question: String,
    /// What it is about.
    pub explanation: String,
    /// The last day.
    pub deadline: String,
    /// Whom it goes to.
    pub rows: Vec<AskedRow>,
    /// What is wrong.
    pub errors: Errors,
}

/// The form.
pub fn page(texts: Texts, form: &EnquiryForm) -> AnyView {
    let base = format!("/k/{}/intresse", form.mapping);
    let (title, lead, save, back) = if form.known {
        (
            texts.enquiry_edit_title(),
            texts.enquiry_edit_lead(),
            texts.enquiry_save(),
            format!("{base}/{}", form.id),
        )
    } else {
        (
            texts.enquiry_new_title(),
            texts.enquiry_new_lead(),
            texts.enquiry_create(),
            format!("/k/{}/deltagande", form.mapping),
        )
    };
    let rows: Vec<_> = (form.rows.iter())
        .map(|one| row(texts, form, one))
        .collect();
    let error =
        (form.errors.of("kontakter")).map(|error| view! { <p class="field-error">{error}</p> });
    view! {
        <div class="page-head">
            {super::back(texts, form.mapping)}
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
        </div>
        <ErrorSummary texts errors=form.errors.clone() />
        <form method="post" action=base novalidate>
            <Hidden name="id" value=form.id.clone() />
            <div class="narrow stack">
                <TextField name="fraga" label=texts.enquiry_question() value=form.question.clone() error=form.errors.of("fraga") hint=texts.enquiry_question_hint() max=160 required=true />
                <TextArea name="forklaring" label=texts.enquiry_explanation() value=form.explanation.clone() error=form.errors.of("forklaring") hint=texts.enquiry_explanation_hint() max=1000 rows=6 />
                <TextField name="sista-dag" label=texts.enquiry_deadline() value=form.deadline.clone() error=form.errors.of("sista-dag") hint=texts.enquiry_deadline_hint() kind="date" required=true />
            </div>
            <fieldset class="field asked" id="kontakter">
                <legend>{texts.enquiry_contacts()}</legend>
                <p class="hint">{texts.enquiry_contacts_hint()}</p>
                {error}
                <ul class="asked-list">{rows}</ul>
            </fieldset>
            <SubmitRow label=save cancel=(back, texts.form_cancel().to_owned()) />
        </form>
    }
    .into_any()
}

fn row(texts: Texts, form: &EnquiryForm, row: &AskedRow) -> AnyView {
    let whose = row.municipality.name();
    let field = |part: &str| format!("{part}-{}", row.municipality);
    let (ask, name, email) = (field("fraga"), field("namn"), field("epost"));
    let error = |field: &str| {
        (form.errors.of(field))
            .map(|error| view! { <p class="field-error" id=format!("{field}-fel")>{error}</p> })
    };
    let invalid = |field: &str| form.errors.of(field).is_some();
    let mark = |wrong: bool| wrong.then_some("true");
    let described = |field: &str, wrong: bool| wrong.then(|| format!("{field}-fel"));
    let (name_wrong, email_wrong) = (invalid(&name), invalid(&email));
    // Whoever has answered stays asked; an unticked box of theirs would be passed over.
    let ask = if row.answered {
        view! {
            <span class="whose">{whose}" "<span class="muted">{texts.enquiry_has_answered()}</span></span>
            <input type="hidden" name=ask value="ja" />
        }
        .into_any()
    } else {
        view! {
            <div class="choice">
                <input type="checkbox" id=ask.clone() name=ask.clone() value="ja" checked=row.asked />
                <label for=ask><span class="visually-hidden">{texts.enquiry_ask("")}</span>{whose}</label>
            </div>
        }
        .into_any()
    };
    view! {
        <li>
            {ask}
            <div class="contact-field">
                <label for=name.clone()>{texts.enquiry_contact_name()}<span class="visually-hidden">", "{whose}</span></label>
                {error(&name)}
                <input type="text" id=name.clone() name=name.clone() value=row.name.clone() maxlength="80" autocomplete="off" aria-invalid=mark(name_wrong) aria-describedby=described(&name, name_wrong) />
            </div>
            <div class="contact-field">
                <label for=email.clone()>{texts.enquiry_contact_email()}<span class="visually-hidden">", "{whose}</span></label>
                {error(&email)}
                <input type="email" id=email.clone() name=email.clone() value=row.email.clone() maxlength="200" autocomplete="off" aria-invalid=mark(email_wrong) aria-describedby=described(&email, email_wrong) />
            </div>
        </li>
    }
    .into_any()
}
