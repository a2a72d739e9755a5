//! The text to read before the first workshop: reading it, saying so, and changing it.

use domain::{ids::MappingId, participation::Material};
use leptos::prelude::*;

use super::back;
use crate::{
    components::{ErrorSummary, Errors, Hidden, TextArea},
    texts::Texts,
};

/// The text, for someone who reads it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The text as harmless HTML.
    pub html: String,
    /// How many minutes it takes.
    pub minutes: usize,
    /// Where one says that one has read it, and the day one did; none for those whom nobody knows.
    pub tick: Option<Tick>,
}

/// Saying that one has read the text.
#[derive(Clone, Debug)]
pub struct Tick {
    /// Where it is said.
    pub action: String,
    /// The day it was said.
    pub day: Option<String>,
}

/// The text with what is said of having read it.
fn text(texts: Texts, reading: &Reading) -> AnyView {
    let tick = reading.tick.as_ref().map(|tick| self::tick(texts, tick));
    view! {
        <article class="prose material card" inner_html=reading.html.clone()></article>
        {tick}
    }
    .into_any()
}

/// The button, or the day it was pressed. Nothing depends on it.
fn tick(texts: Texts, tick: &Tick) -> AnyView {
    let form = |value: &'static str, class: &'static str, words: &'static str| {
        view! {
            <form method="post" action=tick.action.clone() class="inline-form">
                <Hidden name="last" value=value />
                <button class=class type="submit">{words}</button>
            </form>
        }
    };
    match &tick.day {
        Some(day) => view! {
            <div class="has-read done" id="last">
                <p><strong>{texts.preparation_has_read(day)}</strong></p>
                {form("nej", "button quiet", texts.preparation_not_read())}
            </div>
        }
        .into_any(),
        None => view! {
            <div class="has-read" id="last">
                {form("ja", "button primary", texts.preparation_read())}
                <p class="hint">{texts.preparation_read_hint()}</p>
            </div>
        }
        .into_any(),
    }
}

/// The text behind somebody's personal link; `home` is where that leads.
pub fn personal(texts: Texts, mapping: &str, home: &str, reading: &Reading) -> AnyView {
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=home.to_owned()>{texts.preparation_personal_back()}</a>" · "{mapping.to_owned()}</p>
            <h1>{texts.preparation_title()}</h1>
            <p class="lead">{texts.preparation_minutes(reading.minutes)}</p>
        </div>
        {text(texts, reading)}
    }
    .into_any()
}

/// The text for those who have a role in the mapping.
#[derive(Clone, Debug)]
pub struct ReadingPage {
    /// The mapping.
    pub mapping: MappingId,
    /// The text.
    pub reading: Reading,
    /// How many have said that they have read it.
    pub count: u64,
    /// Whether the visitor sees how municipalities take part, and so has come from there.
    pub may_go_back: bool,
    /// Whether the visitor may change it.
    pub may_change: bool,
}

/// The page.
pub fn page(texts: Texts, data: &ReadingPage) -> AnyView {
    let change = data.may_change.then(|| {
        view! {
            <div class="actions">
                <a class="button" href=format!("/k/{}/forberedelse/andra", data.mapping)>{texts.preparation_change()}</a>
            </div>
        }
    });
    let count = match data.count {
        0 => texts.preparation_count_none().to_owned(),
        1 => texts.preparation_count_one().to_owned(),
        count => texts.preparation_count(count),
    };
    let back = data.may_go_back.then(|| back(texts, data.mapping));
    view! {
        <div class="page-head">
            {back}
            <h1>{texts.preparation_title()}</h1>
            <p class="lead">{texts.preparation_minutes(data.reading.minutes)}" "{count}</p>
            {change}
        </div>
        {text(texts, &data.reading)}
    }
    .into_any()
}

/// Changing the text.
#[derive(Clone, Debug)]
pub struct ChangePage {
    /// The mapping.
    pub mapping: MappingId,
    /// What has been typed, in Markdown.
    pub body: String,
    /// When the text that was shown had been changed; empty for the standard text.
    pub seen: String,
    /// What has been typed, as it will look.
    pub html: String,
    /// Whether the mapping has a text of its own that can be given up for the standard text.
    pub own: bool,
    /// Whether the preview was asked for.
    pub previewed: bool,
    /// What is wrong.
    pub errors: Errors,
}

/// The page with the text as it is typed and as it will look.
pub fn change(texts: Texts, data: &ChangePage) -> AnyView {
    let base = format!("/k/{}/forberedelse", data.mapping);
    let action = format!("{base}/andra");
    let preview_title = if data.previewed {
        texts.preparation_preview_now()
    } else {
        texts.preparation_preview_stored()
    };
    let standard = data.own.then(|| {
        view! {
            <details class="confirm">
                <summary>{texts.preparation_standard()}</summary>
                <p>{texts.preparation_standard_text()}</p>
                <form method="post" action=action.clone()>
                    <Hidden name="gor" value="standard" />
                    <Hidden name="sedd" value=data.seen.clone() />
                    <button class="button danger" type="submit">{texts.preparation_standard_confirm()}</button>
                </form>
            </details>
        }
    });
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=base.clone()>{texts.preparation_back_to_text()}</a></p>
            <h1>{texts.preparation_change_title()}</h1>
            <p class="lead">{texts.preparation_change_lead()}</p>
        </div>
        <ErrorSummary texts errors=data.errors.clone() />
        <section class="card">
            <form method="post" action=action.clone() novalidate class="stack">
                <Hidden name="sedd" value=data.seen.clone() />
                <TextArea name="text" label=texts.preparation_body() value=data.body.clone() error=data.errors.of("text") hint=texts.preparation_body_hint() max=Material::MAX rows=22 />
                <div class="actions">
                    <button class="button primary" type="submit" name="gor" value="spara">{texts.form_save()}</button>
                    <button class="button" type="submit" name="gor" value="visa" formaction=format!("{action}#visning")>{texts.preparation_show()}</button>
                    <a class="button quiet" href=base>{texts.form_cancel()}</a>
                </div>
            </form>
            {standard}
        </section>
        <section aria-labelledby="visning">
            <h2 id="visning">{preview_title}</h2>
            <article class="prose material card" inner_html=data.html.clone()></article>
        </section>
    }
    .into_any()
}
