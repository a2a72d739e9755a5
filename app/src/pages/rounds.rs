//! Survey rounds: the list, and opening one.

use domain::{
    ids::MappingId,
    survey::{Round, RoundStatus, SurveyMode},
};
use leptos::prelude::*;

use crate::{
    components::{
        Badge, CheckGroup, Choice, Empty, ErrorSummary, Errors, Hidden, Select, SubmitRow,
        TextField, date,
    },
    texts::Texts,
};

/// A round in the list.
#[derive(Clone, Debug)]
pub struct RoundRow {
    /// The round.
    pub round: Round,
    /// People asked.
    pub invited: usize,
    /// People who have submitted.
    pub submitted: usize,
}

/// A mapping's rounds.
#[derive(Clone, Debug)]
pub struct RoundList {
    /// The mapping.
    pub mapping: MappingId,
    /// Rounds, newest first.
    pub rounds: Vec<RoundRow>,
    /// Whether the map has a ratified version.
    pub ratified: bool,
    /// Whether the visitor may open rounds.
    pub may_manage: bool,
    /// Whether the visitor may ratify the map.
    pub may_ratify: bool,
}

/// A mapping's rounds, newest first; without any, what to do first.
pub fn list(texts: Texts, data: &RoundList) -> AnyView {
    let base = format!("/k/{}", data.mapping);
    let action = |allowed: bool, path: &str, words: &str| {
        allowed.then(|| (format!("{base}{path}"), words.to_owned()))
    };
    let body = if !data.rounds.is_empty() {
        let cards: Vec<_> = (data.rounds.iter())
            .map(|row| {
                let address = format!("{base}/omgangar/{}", row.round.id);
                view! {
                    <article class="card">
                        <h2><a href=address>{row.round.name.to_string()}</a>" "{status(texts, row.round.status)}</h2>
                        <p class="muted">{facts(texts, &row.round)}</p>
                        {bar(texts.round_submitted_of(row.submitted, row.invited), row.submitted, row.invited)}
                    </article>
                }
            })
            .collect();
        view! { <div class="grid">{cards}</div> }.into_any()
    } else if !data.ratified {
        let action = action(data.may_ratify, "/faststall", texts.round_ratify());
        view! { <Empty text=texts.round_none_unratified() action=action /> }.into_any()
    } else if data.may_manage {
        let action = action(true, "/omgangar/ny", texts.round_open_new());
        view! { <Empty text=texts.round_none() action=action /> }.into_any()
    } else {
        view! { <Empty text=texts.round_none_reader() /> }.into_any()
    };
    let open = (data.may_manage && data.ratified && !data.rounds.is_empty()).then(|| {
        view! {
            <div class="actions">
                <a class="button primary" href=format!("{base}/omgangar/ny")>{texts.round_open_new()}</a>
            </div>
        }
    });
    view! {
        <div class="page-head">
            <h1>{texts.round_list_title()}</h1>
            <p class="lead">{texts.round_list_lead()}</p>
        </div>
        {body}
        {open}
    }
    .into_any()
}

/// Whether a round is open, as a mark.
pub(super) fn status(texts: Texts, status: RoundStatus) -> AnyView {
    match status {
        RoundStatus::Open => view! { <Badge tone="done" text=texts.round_open() /> }.into_any(),
        RoundStatus::Closed => view! { <Badge text=texts.round_closed() /> }.into_any(),
    }
}

/// A round's version, year and dates in a line.
pub(super) fn facts(texts: Texts, round: &Round) -> String {
    let opened = texts.round_facts(round.version, round.target_year, date(round.opened_at));
    let opened = format!(
        "{opened} · {}",
        mode_text(texts, round.mode).0.to_lowercase()
    );
    match round.closed_at {
        None => opened,
        Some(at) => format!("{opened} · {}", texts.round_facts_closed(date(at))),
    }
}

/// How far, in words and as a bar; the words carry it, so that the bar needs no name of its own.
pub(super) fn bar(words: String, part: usize, all: usize) -> AnyView {
    view! {
        <div class="progress">
            <span>{words}</span>
            <progress value=part max=all.max(1) aria-hidden="true"></progress>
        </div>
    }
    .into_any()
}

/// What has been typed in the form for a new round.
#[derive(Clone, Debug)]
pub struct RoundForm {
    /// The new round's id, made when the form was shown.
    pub id: String,
    /// Name.
    pub name: String,
    /// The chosen version's number.
    pub version: String,
    /// The year of the target level.
    pub year: String,
    /// Fewest answers for a distribution.
    pub n_min: String,
    /// How who answers and what is answered are kept; none until it is chosen.
    pub mode: Option<SurveyMode>,
    /// Whether the effect on the goals is asked too.
    pub ask_effect: bool,
    /// Ratified versions, newest first: number and date.
    pub versions: Vec<(u32, String)>,
    /// What is wrong.
    pub errors: Errors,
}

/// The form that opens a round.
pub fn new(texts: Texts, mapping: MappingId, may_ratify: bool, form: &RoundForm) -> AnyView {
    let list = format!("/k/{mapping}/omgangar");
    if form.versions.is_empty() {
        let action = may_ratify.then(|| {
            let words = texts.round_ratify().to_owned();
            (format!("/k/{mapping}/faststall"), words)
        });
        return view! {
            <div class="narrow">
                <div class="page-head"><h1>{texts.round_new_title()}</h1></div>
                <Empty text=texts.round_none_unratified() action=action />
            </div>
        }
        .into_any();
    }
    let versions: Vec<Choice> = (form.versions.iter())
        .map(|(number, date)| (number.to_string(), texts.round_version_choice(number, date)))
        .collect();
    let counts: Vec<Choice> = (3..=10).map(|n| (n.to_string(), n.to_string())).collect();
    let effect = vec![("ja".to_owned(), texts.round_effect_ask().to_owned())];
    let effect_chosen = if form.ask_effect {
        vec!["ja".to_owned()]
    } else {
        Vec::new()
    };
    view! {
        <div class="narrow">
            <div class="page-head">
                <h1>{texts.round_new_title()}</h1>
                <p class="lead">{texts.round_new_lead()}</p>
            </div>
            <ErrorSummary texts errors=form.errors.clone() />
            <form method="post" action=format!("{list}/ny") novalidate class="stack">
                <Hidden name="id" value=form.id.clone() />
                <TextField name="namn" label=texts.round_name() value=form.name.clone() error=form.errors.of("namn") hint=texts.round_name_hint() max=80 required=true />
                <Select name="version" label=texts.round_version() choices=versions selected=form.version.clone() error=form.errors.of("version") hint=texts.round_version_hint() />
                <TextField name="ar" label=texts.round_year() value=form.year.clone() error=form.errors.of("ar") hint=texts.round_year_hint() kind="number" required=true />
                <Select name="n_min" label=texts.round_n_min() choices=counts selected=form.n_min.clone() error=form.errors.of("n_min") hint=texts.round_n_min_hint() />
                {modes(texts, form)}
                <CheckGroup name="effekt" legend=texts.round_effect_legend() choices=effect selected=effect_chosen error=None hint=texts.round_effect_hint() />
                <SubmitRow label=texts.round_open_new() cancel=(list.clone(), texts.form_cancel().to_owned()) />
            </form>
        </div>
    }
    .into_any()
}

/// How who answers and what is answered are kept: each way with what it means. Neither is chosen beforehand.
fn modes(texts: Texts, form: &RoundForm) -> AnyView {
    let error = form.errors.of("svarssatt");
    let described = match error {
        Some(_) => "svarssatt-om svarssatt-fel",
        None => "svarssatt-om",
    };
    let error = error.map(|error| view! { <p class="field-error" id="svarssatt-fel">{error}</p> });
    let modes: Vec<_> = (SurveyMode::ALL.iter())
        .map(|mode| {
            let (name, means) = mode_text(texts, *mode);
            // The first has the group's own name, so that the error summary finds it.
            let id = match mode {
                SurveyMode::Named => "svarssatt".to_owned(),
                SurveyMode::Confidential => format!("svarssatt-{}", mode.code()),
            };
            let about = format!("{id}-ord");
            let more = match mode {
                SurveyMode::Named => texts.round_mode_named_more(),
                SurveyMode::Confidential => texts.round_mode_confidential_more(),
            };
            let chosen = form.mode == Some(*mode);
            view! {
                <div class="choice">
                    <input type="radio" id=id.clone() name="svarssatt" value=mode.code() checked=chosen aria-describedby=about.clone() />
                    <div class="stack">
                        <label for=id><strong>{name}</strong></label>
                        <p id=about>"”"{means}"” "<span class="muted">{more}</span></p>
                    </div>
                </div>
            }
        })
        .collect();
    view! {
        <fieldset class="field choices survey-modes" aria-describedby=described>
            <legend>{texts.round_mode_legend()}</legend>
            <p class="hint" id="svarssatt-om">{texts.round_mode_hint()}</p>
            {error}
            {modes}
        </fieldset>
    }
    .into_any()
}

/// The name of a way to keep answers, and what it means for the one who answers.
pub fn mode_text(texts: Texts, mode: SurveyMode) -> (&'static str, &'static str) {
    match mode {
        SurveyMode::Named => (texts.round_mode_named(), texts.survey_mode_named()),
        SurveyMode::Confidential => (
            texts.round_mode_confidential(),
            texts.survey_mode_confidential(),
        ),
    }
}
