//! Joining a workshop: by its code, or with a personal link.

use domain::{ids::WorkshopId, municipality::Municipality, survey::Occupation};
use leptos::prelude::*;

use super::participants::names;
use crate::{
    components::{
        CheckGroup, Choice, ErrorSummary, Errors, Hidden, Select, SubmitRow, TextField,
        occupation_text,
    },
    texts::Texts,
};

/// Where the code is typed.
pub fn code(texts: Texts, typed: &str, errors: &Errors) -> AnyView {
    view! {
        <div class="narrow join">
            <div class="page-head">
                <h1>{texts.join_title()}</h1>
                <p class="lead">{texts.join_code_lead()}</p>
            </div>
            <ErrorSummary texts errors=errors.clone() />
            <form method="get" action="/w" class="card">
                <TextField name="kod" label=texts.join_code() value=typed hint=texts.join_code_hint() max=12 required=true error=errors.of("kod") />
                <SubmitRow label=texts.join_code_next() />
            </form>
        </div>
    }
    .into_any()
}

/// Who someone says that they are.
#[derive(Clone, Debug, Default)]
pub struct JoinForm {
    /// The form's id, so that a seat is taken once.
    pub op: String,
    /// The workshop's code.
    pub code: String,
    /// The workshop's name.
    pub title: String,
    /// The mapping's name.
    pub mapping: String,
    /// Whether a facilitator lets each in.
    pub approval: bool,
    /// The name that they are signed in with.
    pub known: Option<String>,
    /// The mapping's municipalities.
    pub members: Vec<Municipality>,
    /// Name.
    pub name: String,
    /// Codes of the municipalities.
    pub municipalities: Vec<String>,
    /// Code of the role.
    pub occupation: String,
    /// What is wrong.
    pub errors: Errors,
}

/// Where someone says who they are.
pub fn view(texts: Texts, form: &JoinForm) -> AnyView {
    let errors = &form.errors;
    let known =
        (form.known.as_ref()).map(|name| view! { <p class="notice">{texts.join_known(name)}</p> });
    let approval = (form.approval).then(|| view! { <p class="hint">{texts.join_approval()}</p> });
    let members: Vec<Choice> = (form.members.iter())
        .map(|member| (member.to_string(), member.name().to_owned()))
        .collect();
    let roles: Vec<Choice> = (Occupation::ALL.iter())
        .map(|role| {
            (
                role.code().to_owned(),
                occupation_text(texts, *role).to_owned(),
            )
        })
        .collect();
    view! {
        <div class="narrow join">
            <div class="page-head">
                <p class="eyebrow">{form.mapping.clone()}</p>
                <h1>{form.title.clone()}</h1>
                <p class="lead">{texts.join_lead()}</p>
            </div>
            <ErrorSummary texts errors=errors.clone() />
            {known}
            <form method="post" action="/w" class="card">
                <Hidden name="op" value=form.op.clone() />
                <Hidden name="kod" value=form.code.clone() />
                <TextField name="namn" label=texts.join_form_name() value=form.name.clone() hint=texts.join_form_name_hint() max=80 required=true autocomplete="name" error=errors.of("namn") />
                <CheckGroup name="kommun" legend=texts.join_form_municipality() hint=texts.join_form_municipality_hint() choices=members selected=form.municipalities.clone() error=errors.of("kommun") />
                <Select name="roll" label=texts.join_form_role() choices=roles selected=form.occupation.clone() error=errors.of("roll") />
                {approval}
                <SubmitRow label=texts.join_submit() />
            </form>
        </div>
    }
    .into_any()
}

/// Someone with a personal link at the door of the workshops that are open.
#[derive(Clone, Debug)]
pub struct PersonalDoor {
    /// Where the forms go.
    pub address: String,
    /// Their name.
    pub name: String,
    /// For whom.
    pub municipalities: Vec<Municipality>,
    /// The mapping's open workshops, each with a form's id.
    pub open: Vec<(WorkshopId, String, String)>,
}

/// One button for each workshop that is open.
pub fn personal(texts: Texts, door: &PersonalDoor) -> AnyView {
    let forms: Vec<_> = (door.open.iter())
        .map(|(workshop, title, op)| {
            view! {
                <form method="post" action=door.address.clone()>
                    <Hidden name="op" value=op.clone() />
                    <Hidden name="workshop" value=workshop.to_string() />
                    <SubmitRow label=texts.join_personal_submit(title) />
                </form>
            }
        })
        .collect();
    let none = door.open.is_empty().then(|| {
        view! {
            <p>{texts.join_personal_none()}</p>
            <p>{texts.join_personal_none_todo()}</p>
        }
    });
    view! {
        <div class="narrow join">
            <div class="page-head">
                <h1>{texts.join_personal_title()}</h1>
                <p class="lead">{texts.join_personal_lead(&*door.name, names(&door.municipalities))}</p>
            </div>
            {none}
            {forms}
            <p class="hint">{texts.join_personal_not_you(&*door.name)}</p>
        </div>
    }
    .into_any()
}
