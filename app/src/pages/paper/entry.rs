//! Entering a sheet that came on paper: every answer of a person on one page.

use std::collections::BTreeMap;

use domain::{
    level::Answer,
    survey::{
        Scope, SurveyMode,
        form::{Field, Part},
    },
    text::{Comment, WeaknessName},
};
use leptos::prelude::*;

use super::Paper;
use crate::{
    components::{
        CheckGroup, Choice, ErrorSummary, Errors, Hidden, Select, SubmitRow, TextArea, TextField,
    },
    pages::survey::{Asked, answer_text, effect_text},
    texts::Texts,
};

/// What has been typed.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The form's id, made when it was shown.
    pub id: String,
    /// Whose sheet it is, in a named round.
    pub participant: String,
    /// Codes of the municipalities that it holds for, in a confidential round.
    pub municipalities: Vec<String>,
    /// The answers, by their fields.
    pub typed: BTreeMap<String, String>,
    /// What is wrong.
    pub errors: Errors,
}

impl Entry {
    fn value(&self, field: &str) -> String {
        self.typed.get(field).cloned().unwrap_or_default()
    }
}

/// The form.
pub fn view(texts: Texts, data: &Paper, entry: &Entry) -> AnyView {
    let whose = match data.round.mode {
        SurveyMode::Named => {
            let choices = data.choices(texts.paper_choose());
            let (selected, error) = (entry.participant.clone(), entry.errors.of("deltagare"));
            view! { <Select name="deltagare" label=texts.paper_whose() choices selected error hint=texts.paper_whose_hint() /> }
                .into_any()
        }
        SurveyMode::Confidential => {
            let choices: Vec<Choice> = (data.members.iter())
                .map(|member| (member.to_string(), member.name().to_owned()))
                .collect();
            let (selected, error) = (entry.municipalities.clone(), entry.errors.of("kommun"));
            view! { <CheckGroup name="kommun" legend=texts.paper_municipality() choices selected error hint=texts.paper_municipality_hint() /> }
                .into_any()
        }
    };
    let mut place = 0;
    let areas: Vec<_> = (data.areas.iter())
        .map(|area| {
            let rows: Vec<_> = (area.capabilities.iter())
                .map(|asked| {
                    place += 1;
                    capability(texts, data, entry, asked, place)
                })
                .collect();
            view! { <section class="card"><h2>{area.name.clone()}</h2>{rows}</section> }
        })
        .collect();
    let cancel = (data.address(""), texts.form_cancel().to_owned());
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=data.address("")>{texts.paper_title()}</a></p>
            <h1>{texts.paper_enter()}</h1>
            <p class="lead">{texts.paper_entry_lead()}</p>
        </div>
        <ErrorSummary texts errors=entry.errors.clone() />
        <form method="post" action=data.address("/skriv-in") novalidate class="stack paper-entry">
            <Hidden name="id" value=entry.id.clone() />
            <div class="card">{whose}</div>
            {areas}
            <SubmitRow label=texts.paper_entry_save() cancel=cancel />
        </form>
    }
    .into_any()
}

fn capability(texts: Texts, data: &Paper, entry: &Entry, asked: &Asked, place: usize) -> AnyView {
    let name = |part| {
        let field = Field {
            capability: asked.id,
            scope: Scope::All,
            part,
        };
        field.to_string()
    };
    let select = |part: Part, label: &'static str, in_words: fn(Texts, Answer) -> String| {
        let name = name(part);
        let mut choices: Vec<Choice> = vec![(String::new(), texts.paper_not_answered().to_owned())];
        choices.extend(
            (Answer::ALL.into_iter())
                .map(|answer| (answer.field().to_owned(), in_words(texts, answer))),
        );
        let (selected, error) = (entry.value(&name), entry.errors.of(&name));
        view! { <Select name label choices selected error /> }
    };
    let (comment, weakness) = (name(Part::Comment), name(Part::Weakness));
    let (comment_typed, weakness_typed) = (entry.value(&comment), entry.value(&weakness));
    let (comment_error, weakness_error) = (entry.errors.of(&comment), entry.errors.of(&weakness));
    let open = [&comment_typed, &weakness_typed]
        .iter()
        .any(|typed| !typed.is_empty())
        || comment_error.is_some()
        || weakness_error.is_some();
    view! {
        <fieldset class="paper-one">
            <legend>{format!("{place}. {}", asked.name)}</legend>
            <div class="pair">
                {select(Part::Current, texts.terms_current(), answer_text)}
                {select(Part::Target, texts.terms_target(), answer_text)}
                {data.round.ask_effect.then(|| select(Part::Effect, texts.terms_effect(), effect_text))}
            </div>
            <details class="more" open=open>
                <summary>{texts.survey_more()}<span class="visually-hidden">": "{asked.name.clone()}</span></summary>
                <TextArea name=comment label=texts.survey_comment() value=comment_typed error=comment_error max=Comment::MAX rows=2 />
                <TextField name=weakness label=texts.survey_weakness() value=weakness_typed error=weakness_error max=WeaknessName::MAX />
            </details>
        </fieldset>
    }
    .into_any()
}
