//! Those who are asked to take part in the series: the list with their links, and the two ways to add people.

use domain::{
    ids::{InviteeId, MappingId},
    municipality::Municipality,
    survey::Occupation,
};
use leptos::prelude::*;

use super::back;
use crate::{
    components::{
        CheckGroup, Choice, Empty, ErrorSummary, Hidden, Select, SubmitRow, TextArea, TextField,
        copyable, occupation_text,
    },
    pages::{
        link_sheet::{LinkCard, qr},
        participants::{ListForm, ParticipantForm, names},
    },
    texts::Texts,
};

/// Someone who is invited.
#[derive(Clone, Debug)]
pub struct InviteeRow {
    /// Which.
    pub id: InviteeId,
    /// Name.
    pub name: String,
    /// E-mail; may be empty.
    pub email: String,
    /// Role at home.
    pub occupation: Occupation,
    /// For whom.
    pub municipalities: Vec<Municipality>,
    /// The way to their own page.
    pub link: String,
}

/// A mapping's invitees.
#[derive(Clone, Debug)]
pub struct InviteesPage {
    /// The mapping.
    pub mapping: MappingId,
    /// Who is invited.
    pub rows: Vec<InviteeRow>,
    /// The mapping's municipalities.
    pub members: Vec<Municipality>,
    /// The form for one.
    pub form: ParticipantForm,
    /// The form for many.
    pub list: ListForm,
}

fn base(mapping: MappingId) -> String {
    format!("/k/{mapping}/inbjudna")
}

/// The list, with forms to add people.
pub fn page(texts: Texts, data: &InviteesPage) -> AnyView {
    let base = base(data.mapping);
    let mut errors = data.form.errors.clone();
    errors.extend(&data.list.errors);
    let silent: Vec<Municipality> = (data.members.iter())
        .filter(|member| (data.rows.iter()).all(|row| !row.municipalities.contains(member)))
        .copied()
        .collect();
    let summary = (!data.rows.is_empty()).then(|| {
        let said = if silent.is_empty() {
            texts.invitee_all_municipalities(data.rows.len())
        } else {
            texts.invitee_missing_municipalities(data.rows.len(), names(&silent))
        };
        view! { <p>{said}</p> }
    });
    let print = (!data.rows.is_empty()).then(|| {
        view! { <a class="button" href=format!("{base}/lankar")>{texts.invitee_print()}</a> }
    });
    let workshops = format!("/k/{}/workshopar", data.mapping);
    view! {
        <div class="page-head">
            {back(texts, data.mapping)}
            <h1>{texts.invitee_title()}</h1>
            <p class="lead">{texts.invitee_lead()}</p>
            <div class="actions">{print}<a class="button quiet" href=workshops>{texts.invitee_to_workshops()}</a></div>
        </div>
        <ErrorSummary texts errors=errors />
        {summary}
        {table(texts, data)}
        <div class="grid two">{add_one(texts, data)}{add_many(texts, data)}</div>
    }
    .into_any()
}

fn table(texts: Texts, data: &InviteesPage) -> AnyView {
    if data.rows.is_empty() {
        return view! { <Empty text=texts.invitee_none() /> }.into_any();
    }
    let base = base(data.mapping);
    let rows: Vec<_> = (data.rows.iter())
        .map(|row| {
            let email = if row.email.is_empty() {
                view! { <br /><span class="muted email">{texts.invitee_no_email()}</span> }
                    .into_any()
            } else {
                view! { <br /><span class="muted email">{row.email.clone()}</span> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row">{row.name.clone()}{email}</th>
                    <td>{occupation_text(texts, row.occupation)}</td>
                    <td>{names(&row.municipalities)}</td>
                    <td>{copyable(texts, row.id, &row.link, texts.participant_link_of(row.name.as_str()), &row.name)}</td>
                    <td>{remove(texts, &base, row)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="card">
            <div class="table-wrap" tabindex="0" role="region" aria-label=texts.invitee_list()>
                <table class="data participants">
                    <thead>
                        <tr>
                            <th scope="col">{texts.participant_name()}</th>
                            <th scope="col">{texts.participant_role()}</th>
                            <th scope="col">{texts.participant_municipalities()}</th>
                            <th scope="col">{texts.invitee_link()}</th>
                            <th scope="col">{texts.participant_action()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

fn remove(texts: Texts, base: &str, row: &InviteeRow) -> AnyView {
    view! {
        <details class="confirm">
            <summary>{texts.participant_remove()}<span class="visually-hidden">" "{row.name.clone()}</span></summary>
            <p>{texts.invitee_remove_text()}</p>
            <form method="post" action=format!("{base}/{}/ta-bort", row.id)>
                <button class="button danger" type="submit">{texts.participant_remove_confirm(row.name.as_str())}</button>
            </form>
        </details>
    }
    .into_any()
}

fn add_one(texts: Texts, data: &InviteesPage) -> AnyView {
    let form = &data.form;
    let roles: Vec<Choice> = (Occupation::ALL.iter())
        .map(|role| {
            let words = occupation_text(texts, *role).to_owned();
            (role.code().to_owned(), words)
        })
        .collect();
    let municipalities: Vec<Choice> = (data.members.iter())
        .map(|member| (member.to_string(), member.name().to_owned()))
        .collect();
    view! {
        <section class="card" aria-labelledby="en">
            <h2 id="en">{texts.invitee_add_one()}</h2>
            <form method="post" action=base(data.mapping) novalidate class="stack">
                <Hidden name="id" value=form.id.clone() />
                <TextField name="namn" label=texts.participant_name() value=form.name.clone() error=form.errors.of("namn") max=80 required=true />
                <TextField name="epost" label=texts.participant_email() value=form.email.clone() error=form.errors.of("epost") hint=texts.invitee_email_hint() kind="email" max=200 />
                <Select name="roll" label=texts.participant_role() choices=roles selected=form.occupation.clone() error=form.errors.of("roll") />
                <CheckGroup name="kommun" legend=texts.participant_municipalities() choices=municipalities selected=form.municipalities.clone() error=form.errors.of("kommun") />
                <SubmitRow label=texts.participant_add() />
            </form>
        </section>
    }
    .into_any()
}

fn add_many(texts: Texts, data: &InviteesPage) -> AnyView {
    view! {
        <section class="card" aria-labelledby="flera">
            <h2 id="flera">{texts.participant_add_many()}</h2>
            <p>{texts.invitee_add_many_text()}</p>
            <p class="hint">{texts.participant_example()}</p>
            <pre class="example" tabindex="0">{example(texts, &data.members)}</pre>
            {list_form(texts, data.mapping, &data.list)}
        </section>
    }
    .into_any()
}

/// Two lines of a list with this mapping's own municipalities.
fn example(texts: Texts, members: &[Municipality]) -> String {
    let role = |occupation| occupation_text(texts, occupation);
    format!(
        "namn;e-post;roll;kommuner\nDeltagare Ett;ett@example.se;{};{}\nDeltagare Två;;{};{}",
        role(Occupation::ItManager),
        names(&members[..members.len().min(1)]),
        role(Occupation::FinanceManager),
        names(&members[..members.len().min(2)]),
    )
}

fn list_form(texts: Texts, mapping: MappingId, form: &ListForm) -> AnyView {
    view! {
        <form method="post" action=format!("{}/granska", base(mapping)) novalidate class="stack">
            <Hidden name="id" value=form.id.clone() />
            <TextArea name="lista" label=texts.participant_paste() value=form.list.clone() error=form.errors.of("lista") rows=8 />
            <SubmitRow label=texts.participant_preview() />
        </form>
    }
    .into_any()
}

/// A list with what is wrong in it, by row and column.
pub fn correct(texts: Texts, mapping: MappingId, form: &ListForm) -> AnyView {
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=base(mapping)>{texts.form_back()}</a></p>
            <h1>{texts.participant_import_title()}</h1>
        </div>
        <ErrorSummary texts errors=form.errors.clone() />
        <section class="card">{list_form(texts, mapping, form)}</section>
    }
    .into_any()
}

/// Someone on a list as they were understood: name, e-mail, role and municipalities.
pub type Understood = (String, String, Occupation, Vec<Municipality>);

/// What a list was understood as, with the button that adds everyone on it.
pub fn preview(texts: Texts, mapping: MappingId, rows: &[Understood], form: &ListForm) -> AnyView {
    let count = rows.len();
    let rows: Vec<_> = (rows.iter())
        .map(|(name, email, occupation, municipalities)| {
            view! {
                <tr>
                    <th scope="row">{name.clone()}</th>
                    <td class="email">{email.clone()}</td>
                    <td>{occupation_text(texts, *occupation)}</td>
                    <td>{names(municipalities)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=base(mapping)>{texts.form_back()}</a></p>
            <h1>{texts.participant_preview_title()}</h1>
            <p class="lead">{texts.invitee_preview_lead(count)}</p>
        </div>
        <section class="card">
            <div class="table-wrap" tabindex="0" role="region" aria-label=texts.participant_preview_title()>
                <table class="data participants">
                    <thead>
                        <tr>
                            <th scope="col">{texts.participant_name()}</th>
                            <th scope="col">{texts.participant_email()}</th>
                            <th scope="col">{texts.participant_role()}</th>
                            <th scope="col">{texts.participant_municipalities()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <form method="post" action=format!("{}/granskad", base(mapping))>
                <Hidden name="id" value=form.id.clone() />
                <Hidden name="lista" value=form.list.clone() />
                <SubmitRow label=texts.invitee_preview_confirm(count) />
            </form>
            <details class="more">
                <summary>{texts.participant_preview_back()}</summary>
                {list_form(texts, mapping, form)}
            </details>
        </section>
    }
    .into_any()
}

/// The links to people's own pages as cards with QR codes, to print and cut apart.
pub fn sheet(texts: Texts, mapping: MappingId, name: &str, cards: &[LinkCard]) -> AnyView {
    let sheet = if cards.is_empty() {
        view! { <Empty text=texts.participant_sheet_none() /> }.into_any()
    } else {
        let cards: Vec<_> = (cards.iter())
            .map(|card| self::card(texts, name, card))
            .collect();
        view! { <ul class="sheet">{cards}</ul> }.into_any()
    };
    view! {
        <div class="page-head screen-only">
            <p class="eyebrow"><a href=base(mapping)>{texts.form_back()}</a></p>
            <h1>{texts.invitee_sheet_title()}</h1>
            <p class="lead">{texts.invitee_sheet_lead()}</p>
            <div class="actions">
                <button class="button primary" type="button" hidden data-print>{texts.participant_sheet_print()}</button>
            </div>
        </div>
        {sheet}
    }
    .into_any()
}

fn card(texts: Texts, name: &str, card: &LinkCard) -> AnyView {
    let code = qr(&card.link).map(|(size, path)| {
        // Four modules of quiet around, as the standard asks.
        view! {
            <svg class="qr" viewBox=format!("-4 -4 {0} {0}", size + 8) role="img" aria-label=texts.invitee_card_code(card.name.as_str()) shape-rendering="crispEdges">
                <path d=path fill="currentColor" />
            </svg>
        }
    });
    view! {
        <li class="link-card">
            {code}
            <h2 class="name">{card.name.clone()}</h2>
            <p>{name.to_owned()}" · "{names(&card.municipalities)}</p>
            <p>{texts.invitee_card_instruction()}</p>
            <p><a class="link" href=card.link.clone()>{card.link.clone()}</a></p>
        </li>
    }
    .into_any()
}
