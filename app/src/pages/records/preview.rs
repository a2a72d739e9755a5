//! What would be gone, and the form that does it.

use domain::{
    ids::MappingId,
    records::{Count, DisposalKind, Retention},
};
use leptos::prelude::*;

use super::{counted_text, kind_text};
use crate::{
    components::{ErrorSummary, Errors, Hidden, TextField, date},
    texts::Texts,
};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The mapping.
    pub mapping: MappingId,
    /// What is to be taken out.
    pub rule: Retention,
    /// The last moment that is old enough.
    pub before: i64,
    /// What there is.
    pub due: Vec<Count>,
    /// The protocol's id, made when the form was shown.
    pub op: String,
    /// The decision, as typed.
    pub decision: String,
    /// The day of the decision, as typed.
    pub day: String,
    /// What is wrong.
    pub errors: Errors,
}

/// What goes, what stays and what cannot be done any more.
fn consequences(texts: Texts, kind: DisposalKind) -> [&'static str; 3] {
    match kind {
        DisposalKind::Participants => [
            texts.record_gone_participants(),
            texts.record_stays_participants(),
            texts.record_lost_participants(),
        ],
        DisposalKind::Ties => [
            texts.record_gone_ties(),
            texts.record_stays_ties(),
            texts.record_lost_ties(),
        ],
        DisposalKind::Sealed => [
            texts.record_gone_sealed(),
            texts.record_stays_sealed(),
            texts.record_lost_sealed(),
        ],
        DisposalKind::Texts => [
            texts.record_gone_texts(),
            texts.record_stays_texts(),
            texts.record_lost_texts(),
        ],
        DisposalKind::Attendees => [
            texts.record_gone_attendees(),
            texts.record_stays_attendees(),
            texts.record_lost_attendees(),
        ],
        DisposalKind::Invitees => [
            texts.record_gone_invitees(),
            texts.record_stays_invitees(),
            texts.record_lost_invitees(),
        ],
        DisposalKind::Contacts => [
            texts.record_gone_contacts(),
            texts.record_stays_contacts(),
            texts.record_lost_contacts(),
        ],
        DisposalKind::Letters => [
            texts.record_gone_letters(),
            texts.record_stays_letters(),
            texts.record_lost_letters(),
        ],
        DisposalKind::Mapping => [
            texts.record_gone_mapping(),
            texts.record_stays_mapping(),
            texts.record_lost_mapping(),
        ],
    }
}

/// How much of what, as a table.
pub(super) fn counts(texts: Texts, title: &'static str, counts: &[Count]) -> AnyView {
    let rows: Vec<_> = (counts.iter())
        .map(|count| {
            let day = |at: Option<i64>| at.map_or_else(|| "–".to_owned(), date);
            view! {
                <tr>
                    <th scope="row">{counted_text(texts, count.what)}</th>
                    <td class="number">{count.number}</td>
                    <td>{day(count.oldest)}</td>
                    <td>{day(count.newest)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=title>
            <table class="data counts">
                <thead>
                    <tr>
                        <th scope="col">{texts.record_preview_what()}</th>
                        <th scope="col" class="number">{texts.record_preview_number()}</th>
                        <th scope="col">{texts.record_preview_oldest()}</th>
                        <th scope="col">{texts.record_preview_newest()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What would be gone; when there is anything, the form that does it.
pub fn page(texts: Texts, data: &Preview) -> AnyView {
    let kind = data.rule.kind;
    let [gone, stays, lost] = consequences(texts, kind);
    let back = format!("/k/{}/gallring", data.mapping);
    let months = data.rule.months;
    let (found, form) = if data.due.is_empty() {
        let found = view! {
            <div class="empty">
                <p>{texts.record_preview_none()}" "{texts.record_preview_none_text(months, date(data.before))}</p>
                <a class="button primary" href=back.clone()>{texts.record_protocol_back()}</a>
            </div>
        };
        (found.into_any(), None)
    } else {
        let title = texts.record_preview_counts();
        let limit =
            texts.record_preview_before(date(data.before), months, data.rule.decision.as_str());
        let found = view! {
            <h2>{title}</h2>
            <p>{limit}</p>
            {counts(texts, title, &data.due)}
        };
        (found.into_any(), Some(form(texts, data)))
    };
    view! {
        <nav class="breadcrumbs" aria-label=texts.record_disposal_title()>
            <a href=back>{texts.record_disposal_title()}</a>
        </nav>
        <div class="page-head">
            <h1>{texts.record_perform_title()}": "{kind_text(texts, kind).to_lowercase()}</h1>
            <p class="lead">{texts.record_preview_lead()}</p>
        </div>
        <ErrorSummary texts errors=data.errors.clone() />
        {found}
        <section class="card">
            <dl class="definition">
                <div><dt>{texts.record_preview_gone()}</dt><dd>{gone}</dd></div>
                <div><dt>{texts.record_preview_stays()}</dt><dd>{stays}</dd></div>
                <div><dt>{texts.record_preview_lost()}</dt><dd>{lost}</dd></div>
            </dl>
            <p class="hint">{texts.record_preview_backups()}</p>
        </section>
        {form}
    }
    .into_any()
}

fn form(texts: Texts, data: &Preview) -> AnyView {
    let (mapping, kind) = (data.mapping, data.rule.kind);
    let errors = &data.errors;
    let unsure = (errors.of("saker"))
        .map(|error| view! { <p class="field-error" id="saker-fel">{error}</p> });
    let describedby = unsure.is_some().then_some("saker-fel");
    view! {
        <section aria-labelledby="gallra">
            <h2 id="gallra">{texts.record_perform_title()}</h2>
            <form class="narrow" method="post" action=format!("/k/{mapping}/gallring/{}", kind.slug()) novalidate>
                <Hidden name="op" value=data.op.clone() />
                <Hidden name="fore" value=data.before.to_string() />
                <TextField name="beslut" label=texts.record_perform_decision() value=data.decision.clone() error=errors.of("beslut") max=160 required=true />
                <TextField name="datum" label=texts.record_perform_day() kind="date" value=data.day.clone() error=errors.of("datum") required=true />
                <div class="field">
                    {unsure}
                    <div class="choice">
                        <input type="checkbox" id="saker" name="saker" value="ja" aria-describedby=describedby />
                        <label for="saker">{texts.record_perform_sure()}</label>
                    </div>
                </div>
                <div class="actions">
                    <button class="button danger" type="submit">{texts.record_perform_button()}</button>
                    <a class="button quiet" href=format!("/k/{mapping}/gallring")>{texts.form_cancel()}</a>
                </div>
            </form>
        </section>
    }
    .into_any()
}
