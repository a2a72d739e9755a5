//! People with a role in the mapping, and the links they sign in with.

use domain::{
    ids::{AccountId, MappingId},
    municipality::Municipality,
    rights::Role,
};
use leptos::prelude::*;

use super::participants::names;
use crate::{
    components::{
        Badge, CheckGroup, Choice, ErrorSummary, Errors, Hidden, RadioGroup, SubmitRow, TextField,
        role_text,
    },
    texts::Texts,
};

/// Someone with a role.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Who.
    pub id: AccountId,
    /// Name.
    pub name: String,
    /// E-mail; may be empty.
    pub email: String,
    /// Role.
    pub role: Role,
    /// For whom; may be empty.
    pub municipalities: Vec<Municipality>,
    /// Whether it is the visitor.
    pub own: bool,
    /// Whether nobody else is a coordinator.
    pub last_coordinator: bool,
}

/// What has been typed to give someone a role.
#[derive(Clone, Debug)]
pub struct PersonForm {
    /// The id of a new account, made when the form was shown.
    pub id: String,
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Code of the role.
    pub role: String,
    /// Codes of the municipalities.
    pub municipalities: Vec<String>,
    /// What is wrong.
    pub errors: Errors,
}

/// Everyone with a role in a mapping.
#[derive(Clone, Debug)]
pub struct PeoplePage {
    /// The mapping.
    pub mapping: MappingId,
    /// Who, in Swedish order.
    pub rows: Vec<PersonRow>,
    /// The mapping's municipalities.
    pub members: Vec<Municipality>,
    /// The form.
    pub form: PersonForm,
}

/// What a role may do, in a few words.
fn meaning(texts: Texts, role: Role) -> &'static str {
    match role {
        Role::Coordinator => texts.person_role_coordinator(),
        Role::Facilitator => texts.person_role_facilitator(),
        Role::Representative => texts.person_role_representative(),
        Role::Director => texts.person_role_director(),
        Role::SteeringGroup => texts.person_role_steering_group(),
    }
}

/// Everyone with a role, and the form that gives one.
pub fn page(texts: Texts, data: &PeoplePage) -> AnyView {
    let base = format!("/k/{}", data.mapping);
    let rows: Vec<_> = (data.rows.iter())
        .map(|row| self::row(texts, &base, row))
        .collect();
    let form = &data.form;
    let roles: Vec<Choice> = (Role::ALL.iter())
        .map(|role| {
            let words = format!("{}: {}", role_text(texts, *role), meaning(texts, *role));
            (role.code().to_owned(), words)
        })
        .collect();
    let municipalities: Vec<Choice> = (data.members.iter())
        .map(|m| (m.to_string(), m.name().to_owned()))
        .collect();
    view! {
        <div class="page-head">
            <h1>{texts.person_title()}</h1>
            <p class="lead">{texts.person_lead()}</p>
            <div class="actions">
                <a class="button" href=format!("{base}/installningar")>{texts.person_settings()}</a>
            </div>
        </div>
        <ErrorSummary texts errors=form.errors.clone() />
        <div class="card" id="personer">
            <div class="table-wrap" tabindex="0" role="region" aria-label=texts.person_list()>
                <table class="data participants">
                    <thead>
                        <tr>
                            <th scope="col">{texts.person_name()}</th>
                            <th scope="col">{texts.person_role()}</th>
                            <th scope="col">{texts.person_municipalities()}</th>
                            <th scope="col">{texts.person_action()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
        <section class="card" aria-labelledby="ny">
            <h2 id="ny">{texts.person_add()}</h2>
            <p class="hint">{texts.person_add_hint()}</p>
            <form method="post" action=format!("{base}/personer") novalidate class="stack">
                <Hidden name="id" value=form.id.clone() />
                <TextField name="namn" label=texts.person_name() value=form.name.clone() error=form.errors.of("namn") max=80 required=true />
                <TextField name="epost" label=texts.person_email() value=form.email.clone() error=form.errors.of("epost") hint=texts.person_email_hint() kind="email" max=200 required=true />
                <RadioGroup name="roll" legend=texts.person_role() choices=roles selected=form.role.clone() error=form.errors.of("roll") />
                <CheckGroup name="kommun" legend=texts.person_municipalities() choices=municipalities selected=form.municipalities.clone() error=form.errors.of("kommun") hint=texts.person_municipalities_hint() />
                <SubmitRow label=texts.person_submit() />
            </form>
        </section>
    }
    .into_any()
}

fn row(texts: Texts, base: &str, row: &PersonRow) -> AnyView {
    let name = row.name.as_str();
    let own = row
        .own
        .then(|| view! { " "<Badge tone="done" text=texts.person_you() /> });
    let email = (!row.email.is_empty())
        .then(|| view! { <br /><span class="muted email">{row.email.clone()}</span> });
    let municipalities = if row.municipalities.is_empty() {
        texts.person_none().to_owned()
    } else {
        names(&row.municipalities)
    };
    let link = view! {
        <form method="post" action=format!("{base}/personer/{}/lank", row.id) class="inline-form">
            <button class="link" type="submit">
                {texts.person_new_link()}
                <span class="visually-hidden">": "{row.name.clone()}</span>
            </button>
        </form>
    };
    let remove = if row.last_coordinator {
        view! { <p class="hint">{texts.person_last_coordinator()}</p> }.into_any()
    } else {
        view! {
            <details class="confirm">
                <summary>{texts.person_remove()}<span class="visually-hidden">": "{row.name.clone()}</span></summary>
                <p>{texts.person_remove_text()}</p>
                <form method="post" action=format!("{base}/personer/{}/ta-bort", row.id)>
                    <button class="button danger" type="submit">{texts.person_remove_confirm(name)}</button>
                </form>
            </details>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{row.name.clone()}{own}{email}</th>
            <td>{role_text(texts, row.role)}</td>
            <td>{municipalities}</td>
            <td>{link}{remove}</td>
        </tr>
    }
    .into_any()
}

/// A sign-in link, shown once.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// The mapping.
    pub mapping: MappingId,
    /// Whose.
    pub name: String,
    /// The link.
    pub link: String,
    /// The last day it works.
    pub until: String,
}

/// A sign-in link to copy, shown once.
pub fn new_link(texts: Texts, data: &NewLink) -> AnyView {
    let name = data.name.as_str();
    view! {
        <div class="page-head">
            <h1>{texts.person_link_title(name)}</h1>
            <p class="lead">{texts.person_link_lead(name, data.until.as_str())}</p>
        </div>
        <div class="card">
            <div class="field">
                <label for="lank">{texts.person_link_label()}</label>
                <div class="copyable">
                    <input type="text" readonly id="lank" value=data.link.clone() />
                    <button class="button quiet" type="button" hidden data-copy="lank" data-copied=texts.participant_copied()>
                        {texts.participant_copy()}
                    </button>
                </div>
            </div>
            {back(texts, data.mapping)}
        </div>
    }
    .into_any()
}

fn back(texts: Texts, mapping: MappingId) -> AnyView {
    view! {
        <div class="actions">
            <a class="button primary" href=format!("/k/{mapping}/personer")>{texts.person_link_back()}</a>
        </div>
    }
    .into_any()
}
