//! Keys that programs read a mapping with.

use domain::ids::{MappingId, TokenId};
use leptos::prelude::*;

use crate::{
    components::{Badge, ErrorSummary, Errors, Hidden, SubmitRow, TextField},
    texts::Texts,
};

/// Whether a key opens anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// It does.
    Works,
    /// Its last day is over.
    Over,
    /// It was taken back that day.
    Revoked(String),
}

/// A key in the list.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// Which.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// The day it was made.
    pub made: String,
    /// The last day that it opens anything.
    pub last_day: String,
    /// The day it was last used.
    pub used: Option<String>,
    /// Whether it opens anything.
    pub state: TokenState,
}

/// What has been typed to make a key.
#[derive(Clone, Debug)]
pub struct TokenForm {
    /// The command's id, made when the form was shown.
    pub op: String,
    /// What it is for.
    pub name: String,
    /// The last day.
    pub last_day: String,
    /// What is wrong.
    pub errors: Errors,
}

/// A mapping's keys.
#[derive(Clone, Debug)]
pub struct TokensPage {
    /// The mapping.
    pub mapping: MappingId,
    /// Newest first.
    pub rows: Vec<TokenRow>,
    /// The form.
    pub form: TokenForm,
}

/// The keys, and the form that makes one.
pub fn tokens(texts: Texts, data: &TokensPage) -> AnyView {
    let base = format!("/k/{}/api", data.mapping);
    let form = &data.form;
    let list = if data.rows.is_empty() {
        view! { <p>{texts.token_none()}</p> }.into_any()
    } else {
        let rows: Vec<_> = (data.rows.iter())
            .map(|token| row(texts, &base, token))
            .collect();
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label=texts.token_table()>
                <table class="data">
                    <thead>
                        <tr>
                            <th scope="col">{texts.token_name()}</th>
                            <th scope="col">{texts.token_state()}</th>
                            <th scope="col">{texts.token_made()}</th>
                            <th scope="col">{texts.token_last_day()}</th>
                            <th scope="col">{texts.token_used()}</th>
                            <th scope="col">{texts.token_action()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="page-head">
            <h1>{texts.token_title()}</h1>
            <p class="lead">{texts.token_lead()}</p>
        </div>
        <ErrorSummary texts errors=form.errors.clone() />
        <section class="card" aria-labelledby="nycklar">
            <h2 id="nycklar">{texts.token_list()}</h2>
            {list}
        </section>
        <section class="card" aria-labelledby="ny">
            <h2 id="ny">{texts.token_new()}</h2>
            <p>{texts.token_what()}</p>
            <form method="post" action=base.clone() novalidate class="stack">
                <Hidden name="op" value=form.op.clone() />
                <TextField name="namn" label=texts.token_name() value=form.name.clone() error=form.errors.of("namn") hint=texts.token_name_hint() max=80 required=true />
                <TextField name="sista-dag" label=texts.token_last_day() value=form.last_day.clone() error=form.errors.of("sista-dag") hint=texts.token_last_day_hint() kind="date" required=true />
                <SubmitRow label=texts.token_submit() />
            </form>
        </section>
        {documentation(texts)}
    }
    .into_any()
}

fn documentation(texts: Texts) -> AnyView {
    view! {
        <section class="card" aria-labelledby="beskrivning">
            <h2 id="beskrivning">{texts.token_documentation()}</h2>
            <p>{texts.token_documentation_text()}</p>
            <p><a href="/api/v1/openapi.json">{texts.token_documentation_link()}</a></p>
        </section>
    }
    .into_any()
}

fn row(texts: Texts, base: &str, token: &TokenRow) -> AnyView {
    let name = token.name.as_str();
    let state = match &token.state {
        TokenState::Works => view! { <Badge tone="done" text=texts.token_works() /> }.into_any(),
        TokenState::Over => view! { <Badge text=texts.token_over() /> }.into_any(),
        TokenState::Revoked(day) => {
            view! { <Badge text=texts.token_revoked(day.as_str()) /> }.into_any()
        }
    };
    let revoke = (token.state == TokenState::Works).then(|| {
        view! {
            <details class="confirm">
                <summary>{texts.token_revoke()}<span class="visually-hidden">": "{token.name.clone()}</span></summary>
                <p>{texts.token_revoke_text()}</p>
                <form method="post" action=format!("{base}/{}/dra-in", token.id)>
                    <button class="button danger" type="submit">{texts.token_revoke_confirm(name)}</button>
                </form>
            </details>
        }
    });
    let used = (token.used.clone()).unwrap_or_else(|| texts.token_never().to_owned());
    view! {
        <tr>
            <th scope="row">{token.name.clone()}</th>
            <td>{state}</td>
            <td>{token.made.clone()}</td>
            <td>{token.last_day.clone()}</td>
            <td>{used}</td>
            <td>{revoke}</td>
        </tr>
    }
    .into_any()
}

/// A key, shown once.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// The mapping.
    pub mapping: MappingId,
    /// What it is for.
    pub name: String,
    /// The key itself.
    pub key: String,
    /// The last day it works.
    pub last_day: String,
    /// An address to try it on.
    pub address: String,
}

/// A key to copy, shown once.
pub fn new_token(texts: Texts, data: &NewToken) -> AnyView {
    let name = data.name.as_str();
    let line = format!(
        "curl -H \"Authorization: Bearer {}\" {}",
        data.key, data.address
    );
    view! {
        <div class="page-head">
            <h1>{texts.token_created_title(name)}</h1>
            <p class="lead">{texts.token_created_lead(data.last_day.as_str())}</p>
        </div>
        <div class="card">
            <div class="field">
                <label for="nyckel">{texts.token_created_label()}</label>
                <div class="copyable">
                    <input type="text" readonly id="nyckel" value=data.key.clone() />
                    <button class="button quiet" type="button" hidden data-copy="nyckel" data-copied=texts.participant_copied()>
                        {texts.participant_copy()}
                    </button>
                </div>
            </div>
            <p>{texts.token_created_use()}</p>
            <pre tabindex="0" class="example"><code>{line}</code></pre>
            <p><a href="/api/v1/openapi.json">{texts.token_documentation_link()}</a></p>
            <div class="actions">
                <a class="button primary" href=format!("/k/{}/api", data.mapping)>{texts.token_back()}</a>
            </div>
        </div>
    }
    .into_any()
}
