//! Those who are asked in a round: the list with their links, adding them, and the sheet to print.

use domain::{
    ids::{MappingId, ParticipantId},
    municipality::Municipality,
    survey::{Occupation, Progress, Round, RoundStatus},
};
use leptos::prelude::*;

use crate::{
    components::{
        Badge, CheckGroup, Choice, Empty, ErrorSummary, Errors, Hidden, Select, SubmitRow,
        TextArea, TextField, copyable, date, occupation_text,
    },
    texts::Texts,
};

/// Someone who is asked.
#[derive(Clone, Debug)]
pub struct ParticipantRow {
    /// Which.
    pub id: ParticipantId,
    /// Name.
    pub name: String,
    /// E-mail; only for those who manage rounds, else empty.
    pub email: String,
    /// Role at home.
    pub occupation: Occupation,
    /// For whom.
    pub municipalities: Vec<Municipality>,
    /// How far.
    pub progress: Progress,
    /// The personal link; only for those who manage rounds.
    pub link: Option<String>,
}

/// What has been typed to add one.
#[derive(Clone, Debug)]
pub struct ParticipantForm {
    /// The new participant's id, made when the form was shown.
    pub id: String,
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Code of the role.
    pub occupation: String,
    /// Codes of the municipalities.
    pub municipalities: Vec<String>,
    /// What is wrong.
    pub errors: Errors,
}

/// What has been typed to add many.
#[derive(Clone, Debug)]
pub struct ListForm {
    /// The first new participant's id, made when the form was shown; the others follow it.
    pub id: String,
    /// The list.
    pub list: String,
    /// What is wrong, all of the field `lista`.
    pub errors: Errors,
}

/// The participants of a round.
#[derive(Clone, Debug)]
pub struct ParticipantPage {
    /// The round.
    pub round: Round,
    /// Who is asked.
    pub rows: Vec<ParticipantRow>,
    /// The mapping's municipalities.
    pub members: Vec<Municipality>,
    /// The form for one; none when the visitor may not add or the round is closed.
    pub form: Option<ParticipantForm>,
    /// The form for many.
    pub list: Option<ListForm>,
    /// Whether the visitor manages rounds.
    pub may_manage: bool,
    /// How many are invited to the series, and an id for the form that fetches them; none when there is nobody to fetch.
    pub invited: Option<(usize, String)>,
}

/// The address of a round.
pub(super) fn round_address(mapping: MappingId, round: &Round) -> String {
    format!("/k/{mapping}/omgangar/{}", round.id)
}

/// The names of municipalities in a line.
pub fn names(municipalities: &[Municipality]) -> String {
    let names: Vec<_> = municipalities.iter().map(|m| m.name()).collect();
    names.join(", ")
}

/// The participants of a round, with links and forms for those who may.
pub fn page(texts: Texts, data: &ParticipantPage) -> AnyView {
    let base = round_address(data.round.mapping, &data.round);
    let open = data.round.status == RoundStatus::Open;
    let lead = match (data.may_manage, open) {
        (true, true) => texts.participant_lead(),
        (true, false) => texts.participant_lead_closed(),
        (false, _) => texts.participant_lead_reader(),
    };
    let print = (data.may_manage && open && !data.rows.is_empty()).then(|| {
        view! { <a class="button" href=format!("{base}/lankar")>{texts.participant_print()}</a> }
    });
    let errors = (data.form.iter().map(|form| &form.errors))
        .chain(data.list.iter().map(|list| &list.errors))
        .find(|errors| !errors.is_empty())
        .cloned()
        .unwrap_or_default();
    let one = (data.form.as_ref()).map(|form| add_one(texts, &base, &data.members, form));
    let many = (data.list.as_ref()).map(|list| add_many(texts, &base, &data.members, list));
    let fetch = (data.invited.as_ref()).map(|(count, op)| fetch(texts, &base, *count, op));
    let forms = (one.is_some() || many.is_some())
        .then(|| view! { <div class="grid two">{one}{many}</div> });
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=base.clone()>{texts.participant_back()}</a></p>
            <h1>{texts.participant_title(data.round.name.as_str())}</h1>
            <p class="lead">{lead}</p>
            <div class="actions">{print}</div>
        </div>
        <ErrorSummary texts errors=errors />
        {fetch}
        {table(texts, &base, data)}
        {forms}
    }
    .into_any()
}

/// The button that adds those invited to the series.
fn fetch(texts: Texts, base: &str, count: usize, op: &str) -> AnyView {
    view! {
        <form method="post" action=format!("{base}/deltagare/inbjudna") class="row">
            <Hidden name="op" value=op.to_owned() />
            <button class="button" type="submit" aria-describedby="hamta-hint">{texts.invitee_fetch()}</button>
            <p class="hint" id="hamta-hint">{texts.invitee_fetch_hint(count)}</p>
        </form>
    }
    .into_any()
}

fn table(texts: Texts, base: &str, data: &ParticipantPage) -> AnyView {
    if data.rows.is_empty() {
        return view! { <Empty text=texts.participant_none() /> }.into_any();
    }
    let open = data.round.status == RoundStatus::Open;
    let manage = data.may_manage && open;
    let rows: Vec<_> = (data.rows.iter())
        .map(|row| {
            let email = (!row.email.is_empty())
                .then(|| view! { <br /><span class="muted email">{row.email.clone()}</span> });
            let link = manage.then(
                || view! { <td>{row.link.as_ref().map(|link| copyable(texts, row.id, link, texts.participant_link_of(row.name.as_str()), &row.name))}</td> },
            );
            let remove = manage.then(|| view! { <td>{remove(texts, base, row)}</td> });
            view! {
                <tr>
                    <th scope="row">{row.name.clone()}{email}</th>
                    <td>{occupation_text(texts, row.occupation)}</td>
                    <td>{names(&row.municipalities)}</td>
                    <td>{status(texts, row.progress)}</td>
                    {link}
                    {remove}
                </tr>
            }
        })
        .collect();
    let manage_heads = manage.then(|| {
        view! {
            <th scope="col">{texts.participant_link()}</th>
            <th scope="col">{texts.participant_action()}</th>
        }
    });
    view! {
        <div class="card">
            <div class="table-wrap" tabindex="0" role="region" aria-label=texts.participant_list()>
                <table class="data participants">
                    <thead>
                        <tr>
                            <th scope="col">{texts.participant_name()}</th>
                            <th scope="col">{texts.participant_role()}</th>
                            <th scope="col">{texts.participant_municipalities()}</th>
                            <th scope="col">{texts.participant_status()}</th>
                            {manage_heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

fn status(texts: Texts, progress: Progress) -> AnyView {
    match progress {
        Progress::NotStarted => view! { <Badge text=texts.participant_not_started() /> }.into_any(),
        Progress::Draft => {
            view! { <Badge tone="warn" text=texts.participant_draft() /> }.into_any()
        }
        Progress::Submitted { at } => {
            view! { <Badge tone="done" text=texts.participant_submitted(date(at)) /> }.into_any()
        }
    }
}

fn remove(texts: Texts, base: &str, row: &ParticipantRow) -> AnyView {
    view! {
        <details class="confirm">
            <summary>{texts.participant_remove()}<span class="visually-hidden">" "{row.name.clone()}</span></summary>
            <p>{texts.participant_remove_text()}</p>
            <form method="post" action=format!("{base}/deltagare/{}/ta-bort", row.id)>
                <button class="button danger" type="submit">{texts.participant_remove_confirm(row.name.as_str())}</button>
            </form>
        </details>
    }
    .into_any()
}

fn add_one(texts: Texts, base: &str, members: &[Municipality], form: &ParticipantForm) -> AnyView {
    let roles: Vec<Choice> = (Occupation::ALL.iter())
        .map(|role| {
            (
                role.code().to_owned(),
                occupation_text(texts, *role).to_owned(),
            )
        })
        .collect();
    let municipalities: Vec<Choice> = (members.iter())
        .map(|m| (m.to_string(), m.name().to_owned()))
        .collect();
    view! {
        <section class="card" aria-labelledby="en">
            <h2 id="en">{texts.participant_add_one()}</h2>
            <form method="post" action=format!("{base}/deltagare") novalidate class="stack">
                <Hidden name="id" value=form.id.clone() />
                <TextField name="namn" label=texts.participant_name() value=form.name.clone() error=form.errors.of("namn") max=80 required=true />
                <TextField name="epost" label=texts.participant_email() value=form.email.clone() error=form.errors.of("epost") hint=texts.participant_email_hint() kind="email" max=200 />
                <Select name="roll" label=texts.participant_role() choices=roles selected=form.occupation.clone() error=form.errors.of("roll") />
                <CheckGroup name="kommun" legend=texts.participant_municipalities() choices=municipalities selected=form.municipalities.clone() error=form.errors.of("kommun") hint=texts.participant_municipalities_hint() />
                <SubmitRow label=texts.participant_add() />
            </form>
        </section>
    }
    .into_any()
}

fn add_many(texts: Texts, base: &str, members: &[Municipality], form: &ListForm) -> AnyView {
    view! {
        <section class="card" aria-labelledby="flera">
            <h2 id="flera">{texts.participant_add_many()}</h2>
            <p>{texts.participant_add_many_text()}</p>
            <p class="hint">{texts.participant_example()}</p>
            <pre class="example" tabindex="0">{example(texts, members)}</pre>
            {list_form(texts, base, form)}
        </section>
    }
    .into_any()
}

/// Two lines of a list with this mapping's own municipalities.
fn example(texts: Texts, members: &[Municipality]) -> String {
    let role = |occupation| occupation_text(texts, occupation);
    let first = members.first().map_or("", |m| m.name());
    format!(
        "namn;e-post;roll;kommuner\nDeltagare Ett;ett@example.se;{};{first}\nDeltagare Två;;{};{}",
        role(Occupation::ItManager),
        role(Occupation::FinanceManager),
        names(&members[..members.len().min(2)]),
    )
}

fn list_form(texts: Texts, base: &str, form: &ListForm) -> AnyView {
    view! {
        <form method="post" action=format!("{base}/deltagare/lista") enctype="multipart/form-data" novalidate class="stack">
            <Hidden name="id" value=form.id.clone() />
            <TextArea name="lista" label=texts.participant_paste() value=form.list.clone() error=form.errors.of("lista") rows=8 />
            <div class="field">
                <label for="fil">{texts.participant_file()}</label>
                <input type="file" id="fil" name="fil" accept=".csv,.tsv,.txt,text/csv,text/plain" />
            </div>
            <SubmitRow label=texts.participant_preview() />
        </form>
    }
    .into_any()
}

/// A list with what is wrong in it, by row and column.
pub fn correct(texts: Texts, mapping: MappingId, round: &Round, form: &ListForm) -> AnyView {
    let base = round_address(mapping, round);
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=format!("{base}/deltagare")>{texts.form_back()}</a></p>
            <h1>{texts.participant_import_title()}</h1>
        </div>
        <ErrorSummary texts errors=form.errors.clone() />
        <section class="card">{list_form(texts, &base, form)}</section>
    }
    .into_any()
}

/// A list that has been read, before anyone is added.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Name, e-mail, role and municipalities, as they were understood.
    pub rows: Vec<(String, String, Occupation, Vec<Municipality>)>,
    /// The list as it was typed, to be sent again.
    pub form: ListForm,
}

/// What a list was understood as, with the button that adds everyone on it.
pub fn preview(texts: Texts, mapping: MappingId, round: &Round, data: &Preview) -> AnyView {
    let base = round_address(mapping, round);
    let count = data.rows.len();
    let rows: Vec<_> = (data.rows.iter())
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
            <p class="eyebrow"><a href=format!("{base}/deltagare")>{texts.form_back()}</a></p>
            <h1>{texts.participant_preview_title()}</h1>
            <p class="lead">{texts.participant_preview_lead(count)}</p>
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
            <form method="post" action=format!("{base}/deltagare/lista/klart")>
                <Hidden name="id" value=data.form.id.clone() />
                <Hidden name="lista" value=data.form.list.clone() />
                <SubmitRow label=texts.participant_preview_confirm(count) />
            </form>
            <details class="more">
                <summary>{texts.participant_preview_back()}</summary>
                {list_form(texts, &base, &data.form)}
            </details>
        </section>
    }
    .into_any()
}
