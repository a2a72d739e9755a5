//! The form that minutes are corrected in.

use std::collections::BTreeMap;

use domain::{
    ids::{ItemId, MappingId, WorkshopId},
    text::{Description, Text, Title},
    workshop::record::Record,
};
use leptos::prelude::*;

use super::{address, crumbs, words::present_lines};
use crate::{
    components::{ErrorSummary, Errors, Hidden, SubmitRow, TextArea, TextField},
    pages::workshops::kind_mark,
    texts::Texts,
};

/// Fields by name.
pub type Values = BTreeMap<String, String>;

/// Those present.
pub const PRESENT: &str = "narvarande";
/// Förhindrade.
pub const ABSENT: &str = "forhindrade";
/// Övrigt.
pub const OTHER: &str = "ovrigt";
/// Antecknat av.
pub const WRITTEN_BY: &str = "antecknat-av";
/// Justerat av.
pub const APPROVED_BY: &str = "justerat-av";
/// The day of approval.
pub const APPROVED_ON: &str = "justerat-den";
/// Bilagor.
pub const ATTACHMENTS: &str = "bilagor";

/// The field of a point's text.
pub fn point_field(item: ItemId) -> String {
    format!("punkt-{item}")
}

/// The field that says what a field held when the form was shown, so that two who write at once are found out.
pub fn shown_field(name: &str) -> String {
    format!("visad-{name}")
}

/// What stands in each field now.
pub fn values(record: &Record) -> Values {
    let minutes = &record.minutes;
    let present =
        (minutes.present.as_deref()).map_or_else(|| present_lines(record), ToOwned::to_owned);
    let on = minutes.approved_on.map(|date| date.to_string());
    let mut values: Values = [
        (PRESENT, present),
        (ABSENT, minutes.absent.to_string()),
        (OTHER, minutes.other.to_string()),
        (WRITTEN_BY, minutes.written_by.to_string()),
        (APPROVED_BY, minutes.approved_by.to_string()),
        (APPROVED_ON, on.unwrap_or_default()),
        (ATTACHMENTS, minutes.attachments.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let points = record.points.iter();
    values.extend(points.map(|point| (point_field(point.id), point.text().to_owned())));
    values
}

/// What a field is called.
pub fn label(texts: Texts, record: &Record, name: &str) -> String {
    match name {
        PRESENT => texts.minutes_present().to_owned(),
        ABSENT => texts.minutes_absent().to_owned(),
        OTHER => texts.minutes_other().to_owned(),
        WRITTEN_BY => texts.minutes_written_by().to_owned(),
        APPROVED_BY => texts.minutes_approved_by().to_owned(),
        APPROVED_ON => texts.minutes_edit_approved_on().to_owned(),
        ATTACHMENTS => texts.minutes_attachments().to_owned(),
        _ => (1_usize..)
            .zip(&record.points)
            .find(|(_, point)| point_field(point.id) == name)
            .map(|(number, point)| texts.minutes_point(number, &point.title))
            .unwrap_or_default(),
    }
}

/// The form.
#[derive(Clone, Debug)]
pub struct EditPage {
    /// Whose.
    pub mapping: MappingId,
    /// Of which workshop.
    pub workshop: WorkshopId,
    /// Its name.
    pub title: Title,
    /// The command's id.
    pub op: String,
    /// What came of the workshop.
    pub record: Record,
    /// What stands in the fields.
    pub typed: Values,
    /// What stands there when nobody has typed anything.
    pub shown: Values,
    /// What is wrong.
    pub errors: Errors,
}

impl EditPage {
    fn area(&self, texts: Texts, name: &str, hint: Option<&str>, most: usize, rows: u8) -> AnyView {
        let value = self.typed.get(name).cloned().unwrap_or_default();
        let label = label(texts, &self.record, name);
        let error = self.errors.of(name);
        let shown = self.shown(name);
        match hint {
            Some(hint) => view! {
                <TextArea name=name.to_owned() label value error hint=hint.to_owned() max=most rows />
                {shown}
            }
            .into_any(),
            None => view! {
                <TextArea name=name.to_owned() label value error max=most rows />
                {shown}
            }
            .into_any(),
        }
    }

    fn field(&self, texts: Texts, name: &str, most: usize) -> AnyView {
        let value = self.typed.get(name).cloned().unwrap_or_default();
        let label = label(texts, &self.record, name);
        let error = self.errors.of(name);
        view! {
            <TextField name=name.to_owned() label value error max=most />
            {self.shown(name)}
        }
        .into_any()
    }

    fn day(&self, texts: Texts) -> AnyView {
        let name = APPROVED_ON;
        let value = self.typed.get(name).cloned().unwrap_or_default();
        let error = self.errors.of(name);
        view! {
            <TextField name label=texts.minutes_edit_approved_on() value error hint=texts.minutes_edit_approved_on_hint() max=10 kind="date" />
            {self.shown(name)}
        }
        .into_any()
    }

    fn shown(&self, name: &str) -> AnyView {
        let value = self.shown.get(name).cloned().unwrap_or_default();
        view! { <Hidden name=shown_field(name) value=value /> }.into_any()
    }
}

/// The page.
pub fn view(texts: Texts, page: &EditPage) -> AnyView {
    let minutes = address(page.mapping, page.workshop, "/minnesanteckningar");
    let action = format!("{minutes}/andra");
    let over = Some((minutes.clone(), texts.minutes_title()));
    let points: Vec<_> = (page.record.points.iter())
        .map(|point| {
            let name = point_field(point.id);
            let value = page.typed.get(&name).map_or("", String::as_str);
            let rows = u8::try_from(value.lines().count() + 2)
                .unwrap_or(12)
                .clamp(3, 12);
            view! {
                <div class="point">
                    <p class="muted">{kind_mark(point.kind)}</p>
                    {page.area(texts, &name, None, Text::<0, 4000>::MAX, rows)}
                </div>
            }
        })
        .collect();
    let short = Text::<0, 120>::MAX;
    view! {
        <div class="narrow stack">
            {crumbs(texts, page.mapping, over, texts.minutes_edit_title())}
            <div class="page-head">
                <p class="eyebrow">{page.title.to_string()}</p>
                <h1>{texts.minutes_edit_title()}</h1>
                <p class="lead">{texts.minutes_edit_lead()}</p>
            </div>
            <ErrorSummary texts errors=page.errors.clone() />
            <form method="post" action=action class="stack edit-minutes">
                <Hidden name="op" value=page.op.clone() />
                {page.area(texts, PRESENT, Some(texts.minutes_edit_present_hint()), Text::<0, 8000>::MAX, 8)}
                {page.area(texts, ABSENT, Some(texts.minutes_edit_absent_hint()), Description::MAX, 3)}
                <fieldset class="stack">
                    <legend>{texts.minutes_edit_points()}</legend>
                    <p class="hint">{texts.minutes_edit_point_hint()}</p>
                    {points}
                </fieldset>
                <fieldset class="stack">
                    <legend>{texts.minutes_edit_close()}</legend>
                    {page.area(texts, OTHER, None, Description::MAX, 3)}
                    {page.area(texts, ATTACHMENTS, None, Description::MAX, 3)}
                    {page.field(texts, WRITTEN_BY, short)}
                    {page.field(texts, APPROVED_BY, short)}
                    {page.day(texts)}
                </fieldset>
                <SubmitRow label=texts.form_save() cancel=(minutes, texts.form_cancel().to_owned()) />
            </form>
        </div>
    }
    .into_any()
}
