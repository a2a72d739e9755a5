//! What an enquiry's answers would change of the participation, to be looked at before it is saved.

use domain::{
    mapping::Participation,
    municipality::Municipality,
    participation::{Consequence, Enquiry, Reply},
};
use leptos::prelude::*;

use super::{enquiry::reply_text, words::mark};
use crate::{
    components::{Badge, Empty, ErrorSummary, Errors, Hidden, SubmitRow, participation_text},
    texts::Texts,
};

/// What would change of one municipality.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// Which.
    pub municipality: Municipality,
    /// What it answered.
    pub reply: Option<Reply>,
    /// How it takes part now.
    pub now: Participation,
    /// What it would become.
    pub becomes: Consequence,
}

/// The page.
#[derive(Clone, Debug)]
pub struct TakeOverPage {
    /// The enquiry.
    pub enquiry: Enquiry,
    /// Whether those who are asked may still answer.
    pub open: bool,
    /// What would change, in Swedish order.
    pub rows: Vec<ChangeRow>,
    /// The form's id.
    pub op: String,
    /// What is wrong.
    pub errors: Errors,
}

/// The page.
pub fn page(texts: Texts, data: &TakeOverPage) -> AnyView {
    let enquiry = &data.enquiry;
    let base = format!("/k/{}/intresse/{}", enquiry.mapping, enquiry.id);
    let action = format!("{base}/for-in");
    let content = if data.rows.is_empty() {
        let back = Some((base, texts.form_back().to_owned()));
        view! { <Empty text=texts.enquiry_take_nothing() action=back /> }.into_any()
    } else {
        let rows: Vec<_> = (data.rows.iter().enumerate())
            .map(|(nth, one)| row(texts, nth, one, data.open))
            .collect();
        view! {
            <form method="post" action=action novalidate class="card">
                <Hidden name="op" value=data.op.clone() />
                <div class="table-wrap" tabindex="0" role="region" aria-label=texts.enquiry_take_title()>
                    <table class="data take-over">
                        <thead>
                            <tr>
                                <th scope="col">{texts.enquiry_municipality()}</th>
                                <th scope="col">{texts.enquiry_reply()}</th>
                                <th scope="col">{texts.enquiry_take_now()}</th>
                                <th scope="col">{texts.enquiry_take_becomes()}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <SubmitRow label=texts.enquiry_take_confirm() cancel=(base, texts.form_cancel().to_owned()) />
            </form>
        }
        .into_any()
    };
    view! {
        <div class="page-head">
            {super::back(texts, enquiry.mapping)}
            <h1>{texts.enquiry_take_title()}</h1>
            <p class="lead">{texts.enquiry_take_lead()}</p>
        </div>
        <ErrorSummary texts errors=data.errors.clone() />
        {content}
    }
    .into_any()
}

fn row(texts: Texts, nth: usize, row: &ChangeRow, open: bool) -> AnyView {
    // Whoever may still answer is not silent yet.
    let may_answer = open && row.reply.is_none();
    let chosen = !row.becomes.contradicts && !may_answer;
    let code = row.municipality.to_string();
    let id = if nth == 0 {
        "kommun".to_owned()
    } else {
        format!("kommun-{code}")
    };
    let reply = row
        .reply
        .map_or(texts.enquiry_silent(), |reply| reply_text(texts, reply));
    let contradicts = (row.becomes.contradicts)
        .then(|| view! { <br /><Badge tone="warn" text=texts.enquiry_take_contradicts() /> });
    view! {
        <tr>
            <th scope="row">
                <div class="choice">
                    <input type="checkbox" id=id.clone() name="kommun" value=code checked=chosen />
                    <label for=id>{row.municipality.name()}</label>
                </div>
            </th>
            <td>{reply}</td>
            <td><span class="graded">{mark(row.now)}" "{participation_text(texts, row.now)}</span></td>
            <td><span class="graded">{mark(row.becomes.grade)}" "{participation_text(texts, row.becomes.grade)}</span>{contradicts}</td>
        </tr>
    }
    .into_any()
}
