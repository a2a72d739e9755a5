//! What each municipality has done before the mapping: the table of all, and the form of one.

use domain::{
    ids::MappingId,
    municipality::Municipality,
    participation::{Readiness, Strategy},
};
use leptos::prelude::*;

use super::back;
use crate::{
    components::{
        Badge, Choice, ErrorSummary, Errors, Hidden, RadioGroup, SubmitRow, TextArea, TextField,
        readiness::{assessed, outside_link, self_assessment, strategy_text},
    },
    texts::Texts,
};

/// All municipalities of a mapping.
#[derive(Clone, Debug)]
pub struct ReadinessPage {
    /// The mapping.
    pub mapping: MappingId,
    /// Each municipality with what is noted of it.
    pub rows: Vec<(Municipality, Option<Readiness>)>,
    /// Whether the visitor may note things.
    pub may_change: bool,
}

/// The table of all municipalities.
pub fn page(texts: Texts, data: &ReadinessPage) -> AnyView {
    let noted = || data.rows.iter().filter_map(|(_, noted)| noted.as_ref());
    let strategies = (noted())
        .filter(|noted| noted.strategy == Strategy::Done)
        .count();
    let tools = noted().filter(|noted| assessed(noted)).count();
    let rows: Vec<_> = (data.rows.iter())
        .map(|(municipality, noted)| row(texts, data, *municipality, noted.as_ref()))
        .collect();
    let action =
        (data.may_change).then(|| view! { <th scope="col">{texts.participant_action()}</th> });
    view! {
        <div class="page-head">
            {back(texts, data.mapping)}
            <h1>{texts.readiness_title()}</h1>
            <p class="lead">{texts.readiness_lead()}</p>
        </div>
        <p><strong>{texts.readiness_summary(strategies, tools, data.rows.len())}</strong></p>
        <div class="card">
            <div class="table-wrap" tabindex="0" role="region" aria-label=texts.readiness_title()>
                <table class="data readiness">
                    <thead>
                        <tr>
                            <th scope="col">{texts.readiness_municipality()}</th>
                            <th scope="col">{texts.readiness_strategy()}</th>
                            <th scope="col">{texts.readiness_tool()}</th>
                            <th scope="col">{texts.readiness_note()}</th>
                            {action}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

fn row(
    texts: Texts,
    data: &ReadinessPage,
    municipality: Municipality,
    noted: Option<&Readiness>,
) -> AnyView {
    let strategy = noted.map_or(Strategy::Unknown, |noted| noted.strategy);
    let tone = match strategy {
        Strategy::Done => "done",
        Strategy::Begun => "warn",
        Strategy::Unknown | Strategy::Missing => "plain",
    };
    let read = noted
        .and_then(|noted| outside_link(&noted.strategy_link, texts.readiness_line_read_strategy()));
    let tool = noted.filter(|noted| assessed(noted)).map(|noted| {
        let read = outside_link(&noted.tool_link, texts.readiness_line_read_result());
        view! { {tool_text(texts, noted)}{read} }
    });
    let tool = tool.map_or_else(
        || view! { <span class="muted">{texts.readiness_nothing()}</span> }.into_any(),
        IntoAny::into_any,
    );
    let change = data.may_change.then(|| {
        let address = format!("/k/{}/beredskap/{municipality}", data.mapping);
        view! {
            <td>
                <a class="button small" href=address>{texts.readiness_change()}<span class="visually-hidden">": "{municipality.name()}</span></a>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">{municipality.name()}</th>
            <td><Badge tone text=strategy_text(texts, strategy) />{read}</td>
            <td>{tool}</td>
            <td>{noted.map(|noted| noted.note.to_string())}</td>
            {change}
        </tr>
    }
    .into_any()
}

/// The tool with its year, for a column that says what it is.
fn tool_text(texts: Texts, noted: &Readiness) -> String {
    match (noted.tool.is_empty(), noted.year) {
        (false, Some(year)) => format!("{} {year}", noted.tool),
        (false, None) => noted.tool.to_string(),
        _ => self_assessment(texts, noted),
    }
}

/// What has been typed about a municipality.
#[derive(Clone, Debug, Default)]
pub struct ReadinessForm {
    /// A mark of this form, made when it was shown.
    pub op: String,
    /// Code of whether there is a strategy.
    pub strategy: String,
    /// Where it is read.
    pub strategy_link: String,
    /// The tool of the self-assessment.
    pub tool: String,
    /// Its year.
    pub year: String,
    /// Where its result is read.
    pub tool_link: String,
    /// Anything else.
    pub note: String,
    /// What is wrong.
    pub errors: Errors,
}

/// The form of one municipality.
pub fn form(
    texts: Texts,
    mapping: MappingId,
    municipality: Municipality,
    form: &ReadinessForm,
) -> AnyView {
    let base = format!("/k/{mapping}/beredskap");
    let strategies: Vec<Choice> = (Strategy::ALL.iter())
        .map(|strategy| {
            let words = strategy_text(texts, *strategy).to_owned();
            (strategy.code().to_owned(), words)
        })
        .collect();
    let errors = &form.errors;
    let action = format!("{base}/{municipality}");
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=base.clone()>{texts.readiness_title()}</a></p>
            <h1>{texts.readiness_form_title(municipality.name())}</h1>
            <p class="lead">{texts.readiness_form_lead()}</p>
        </div>
        <ErrorSummary texts errors=errors.clone() />
        <form method="post" action=action novalidate class="card stack narrow">
            <Hidden name="op" value=form.op.clone() />
            <RadioGroup name="strategi" legend=texts.readiness_strategy() choices=strategies selected=form.strategy.clone() error=errors.of("strategi") />
            <TextField name="strategi-lank" label=texts.readiness_strategy_link() value=form.strategy_link.clone() error=errors.of("strategi-lank") hint=texts.readiness_link_hint() kind="url" max=400 />
            <TextField name="verktyg" label=texts.readiness_tool_name() value=form.tool.clone() error=errors.of("verktyg") hint=texts.readiness_tool_hint() max=80 />
            <TextField name="ar" label=texts.readiness_year() value=form.year.clone() error=errors.of("ar") kind="number" />
            <TextField name="verktyg-lank" label=texts.readiness_tool_link() value=form.tool_link.clone() error=errors.of("verktyg-lank") hint=texts.readiness_link_hint() kind="url" max=400 />
            <TextArea name="ovrigt" label=texts.readiness_note() value=form.note.clone() error=errors.of("ovrigt") max=200 rows=3 />
            <SubmitRow label=texts.form_save() cancel=(base, texts.form_cancel().to_owned()) />
        </form>
    }
    .into_any()
}
