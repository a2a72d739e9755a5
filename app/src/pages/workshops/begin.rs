//! Planning the whole series at once, or one workshop more.

use domain::{ids::MappingId, workshop::Series};
use leptos::prelude::*;

use super::step;
use crate::{
    components::{CheckGroup, Choice, ErrorSummary, Errors, Hidden, Select, SubmitRow, TextField},
    texts::Texts,
};

/// What has been typed about new workshops.
#[derive(Clone, Debug, Default)]
pub struct BeginForm {
    /// The command's id, which the ids of everything new come from.
    pub op: String,
    /// The first day.
    pub date: String,
    /// When it begins.
    pub start: String,
    /// Where.
    pub place: String,
    /// Days between the workshops of a series.
    pub gap: String,
    /// Codes of the optional workshops that are wanted too.
    pub optional: Vec<String>,
    /// Code of the one workshop's step.
    pub series: String,
    /// What is wrong.
    pub errors: Errors,
}

/// The form that plans the whole series.
pub fn whole(texts: Texts, mapping: MappingId, form: &BeginForm) -> AnyView {
    let optional: Vec<Choice> = [Series::Ws4, Series::Ws5]
        .map(|series| (series.code().to_owned(), step(texts, series).1.to_owned()))
        .to_vec();
    view! {
        <section class="card narrow" aria-labelledby="planera">
            <h2 id="planera">{texts.series_begin_title()}</h2>
            <p>{texts.series_begin_lead()}</p>
            <ErrorSummary texts errors=form.errors.clone() />
            <form method="post" action=format!("/k/{mapping}/workshopar") novalidate class="stack">
                <Hidden name="op" value=form.op.clone() />
                <Hidden name="vad" value="serie" />
                <TextField name="datum" label=texts.series_first_day() value=form.date.clone() error=form.errors.of("datum") kind="date" required=true />
                <TextField name="tid" label=texts.series_starts() value=form.start.clone() error=form.errors.of("tid") hint=texts.series_starts_hint() kind="time" required=true />
                <TextField name="plats" label=texts.series_place() value=form.place.clone() error=form.errors.of("plats") hint=texts.series_place_hint() max=120 />
                <TextField name="mellan" label=texts.series_gap() value=form.gap.clone() error=form.errors.of("mellan") hint=texts.series_gap_hint() kind="number" required=true />
                <CheckGroup name="valfri" legend=texts.series_optional() choices=optional selected=form.optional.clone() hint=texts.series_optional_hint() />
                <SubmitRow label=texts.series_begin() />
            </form>
        </section>
    }
    .into_any()
}

/// The form that plans one more workshop, folded until it is asked for.
pub(super) fn single(texts: Texts, mapping: MappingId, form: &BeginForm) -> AnyView {
    let choices: Vec<Choice> = (Series::ALL.iter())
        .map(|series| (series.code().to_owned(), step(texts, *series).1.to_owned()))
        .collect();
    let wrong = !form.errors.is_empty();
    view! {
        <details class="card narrow add-workshop" id="en-till" open=wrong>
            <summary>{texts.series_one_more()}</summary>
            <ErrorSummary texts errors=form.errors.clone() />
            <form method="post" action=format!("/k/{mapping}/workshopar") novalidate class="stack">
                <Hidden name="op" value=form.op.clone() />
                <Hidden name="vad" value="en" />
                <Select name="slag" label=texts.series_which() choices=choices selected=form.series.clone() error=form.errors.of("slag") hint=texts.series_which_hint() />
                <TextField name="datum" label=texts.series_day() value=form.date.clone() error=form.errors.of("datum") kind="date" required=true />
                <TextField name="tid" label=texts.series_starts() value=form.start.clone() error=form.errors.of("tid") kind="time" required=true />
                <TextField name="plats" label=texts.series_place() value=form.place.clone() error=form.errors.of("plats") hint=texts.series_place_hint() max=120 />
                <div class="actions"><button class="button" type="submit">{texts.series_add()}</button></div>
            </form>
        </details>
    }
    .into_any()
}
