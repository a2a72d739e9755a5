//! Starting a mapping, its overview and its settings.

use std::collections::BTreeMap;

use domain::{
    ids::RoundId,
    mapping::{Language, Mapping, Member, Participation},
    municipality::Municipality,
    participation::summary,
    text::swedish_order,
    workshop::Workshop,
};
use leptos::prelude::*;

use crate::{
    components::{
        Choice, ErrorSummary, Errors, Hidden, Select, SubmitRow, TextField, participation_text,
    },
    pages::{participation::words::summary_view, workshops::when},
    texts::Texts,
};

/// What has been typed in the form for a new mapping.
#[derive(Clone, Debug)]
pub struct MappingForm {
    /// The new mapping's id, made when the form was shown.
    pub id: String,
    /// Name.
    pub name: String,
    /// Period.
    pub period: String,
    /// Language code.
    pub language: String,
    /// Codes of the chosen municipalities.
    pub municipalities: Vec<String>,
    /// What is wrong.
    pub errors: Errors,
}

fn languages() -> Vec<Choice> {
    vec![
        (Language::Swedish.code().to_owned(), "Svenska".to_owned()),
        (Language::English.code().to_owned(), "English".to_owned()),
    ]
}

/// The form for a new mapping.
pub fn new(texts: Texts, form: &MappingForm) -> AnyView {
    let fyrbodal = Municipality::fyrbodal();
    let mut counties: BTreeMap<&'static str, Vec<Municipality>> = BTreeMap::new();
    for municipality in Municipality::all().filter(|m| !fyrbodal.contains(m)) {
        counties
            .entry(municipality.county())
            .or_default()
            .push(municipality);
    }
    let mut others: Vec<_> = counties.into_iter().collect();
    others.sort_by(|(a, _), (b, _)| swedish_order(a, b));
    let others: Vec<_> = others
        .into_iter()
        .map(|(county, mut list)| {
            Municipality::sort(&mut list);
            let chosen = list
                .iter()
                .any(|m| form.municipalities.contains(&m.to_string()));
            view! {
                <details class="county" open=chosen>
                    <summary>{county}</summary>
                    <div class="check-grid">{boxes(&list, &form.municipalities)}</div>
                </details>
            }
        })
        .collect();
    let error = form
        .errors
        .of("kommun")
        .map(|error| view! { <p class="field-error">{error}</p> });
    view! {
        <div class="narrow">
            <div class="page-head">
                <h1>{texts.mapping_new_title()}</h1>
                <p class="lead">{texts.mapping_new_lead()}</p>
            </div>
            <ErrorSummary texts errors=form.errors.clone() />
            <form method="post" action="/ny" novalidate>
                <Hidden name="id" value=form.id.clone() />
                <TextField name="namn" label=texts.mapping_name() value=form.name.clone() error=form.errors.of("namn") hint=texts.mapping_name_hint() max=80 required=true />
                <TextField name="period" label=texts.mapping_period() value=form.period.clone() error=form.errors.of("period") hint=texts.mapping_period_hint() max=40 required=true />
                <Select name="sprak" label=texts.mapping_language() choices=languages() selected=form.language.clone() />
                <fieldset class="field choices" id="kommun">
                    <legend>{texts.mapping_municipalities()}</legend>
                    <p class="hint">{texts.mapping_municipalities_hint()}</p>
                    {error}
                    <div class="check-grid">{boxes(&fyrbodal, &form.municipalities)}</div>
                    <details class="others">
                        <summary>{texts.mapping_other_municipalities()}</summary>
                        {others}
                    </details>
                </fieldset>
                <SubmitRow label=texts.mapping_create() cancel=("/".to_owned(), texts.form_cancel().to_owned()) />
            </form>
        </div>
    }
    .into_any()
}

fn boxes(list: &[Municipality], chosen: &[String]) -> AnyView {
    list.iter()
        .map(|municipality| {
            let code = municipality.to_string();
            let id = format!("kommun-{code}");
            let checked = chosen.contains(&code);
            view! {
                <div class="choice">
                    <input type="checkbox" id=id.clone() name="kommun" value=code checked=checked />
                    <label for=id>{municipality.name()}</label>
                </div>
            }
        })
        .collect_view()
        .into_any()
}

/// Where in the series a mapping is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Goals and capabilities are being found.
    Identify,
    /// The map is to be ratified.
    Ratify,
    /// A round is to be opened.
    Survey,
    /// A round is open.
    Answer,
    /// Levels are agreed and gaps prioritised.
    Improve,
}

/// Where the series of workshops is.
#[derive(Clone, Debug)]
pub enum Workshops {
    /// None has been planned.
    None,
    /// One is under way.
    Open(Workshop),
    /// One is coming.
    Coming(Workshop),
    /// All have been ended.
    Ended,
}

/// A mapping's own page.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a right or a fact of its own, not a state in disguise"
)]
pub struct Overview {
    /// The mapping.
    pub mapping: Mapping,
    /// Goals on the map.
    pub goals: usize,
    /// Capabilities on the map.
    pub capabilities: usize,
    /// Weaknesses on the map.
    pub weaknesses: usize,
    /// The latest version: number, date, deciding body.
    pub version: Option<(u32, String, String)>,
    /// Whether the map has changed since.
    pub changed: bool,
    /// Workshops.
    pub workshops: Workshops,
    /// Rounds so far.
    pub rounds: usize,
    /// The open round.
    pub open: Option<(RoundId, String)>,
    /// The latest closed round.
    pub closed: Option<(RoundId, String)>,
    /// Whether the visitor may change the map.
    pub may_edit: bool,
    /// Whether the visitor may make a version of the map.
    pub may_ratify: bool,
    /// Whether the visitor may change the settings.
    pub may_manage: bool,
    /// Whether the visitor may see how the municipalities take part in each step.
    pub may_follow: bool,
    /// Where in the series it is.
    pub step: Step,
}

/// A mapping's own page: where it is in the series, and the one thing to do next.
pub fn overview(texts: Texts, data: &Overview) -> AnyView {
    let id = data.mapping.id;
    let step =
        |own: Step, title: &'static str, text: String, link: Option<(String, &'static str)>| {
            let class = match own.cmp(&data.step) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "current",
                std::cmp::Ordering::Greater => "next",
            };
            let state = match own.cmp(&data.step) {
                std::cmp::Ordering::Less => texts.mapping_step_done(),
                std::cmp::Ordering::Equal => texts.mapping_step_now(),
                std::cmp::Ordering::Greater => texts.mapping_step_later(),
            };
            let primary = if class == "current" {
                "button primary"
            } else {
                "button quiet"
            };
            let link = link.map(|(href, words)| view! { <a class=primary href=href>{words}</a> });
            view! {
                <li class=class aria-current=(class == "current").then_some("step")>
                    <strong>{title}<span class="visually-hidden">" – "{state}</span></strong>
                    <p>{text}</p>
                    {link}
                </li>
            }
        };
    let edit = |path: &str, words| data.may_edit.then(|| (format!("/k/{id}{path}"), words));
    let version = match &data.version {
        Some((latest, on, decided_by)) => {
            let changed = if data.changed {
                texts.mapping_changed()
            } else {
                ""
            };
            format!(
                "{} {changed}",
                texts.mapping_version(latest, on, decided_by)
            )
        }
        None => texts.mapping_no_version().to_owned(),
    };
    let answer = match &data.open {
        Some((_, name)) => texts.mapping_round_open(name),
        None => texts.mapping_no_round_open().to_owned(),
    };
    let results =
        (data.closed.is_some()).then(|| (format!("/k/{id}/resultat"), texts.mapping_see_results()));
    let taking_part = summary(
        (data.mapping.members.iter()).map(|member| (member.municipality, member.participation)),
    );
    let otherwise: Vec<_> = (data.mapping.members.iter())
        .filter(|member| {
            member.participation == Participation::Otherwise && !member.note.is_empty()
        })
        .map(|member| view! { <li>{member.municipality.name()}": "{member.note.to_string()}</li> })
        .collect();
    let otherwise = (!otherwise.is_empty()).then(|| view! { <ul class="members">{otherwise}</ul> });
    let follow = data.may_follow.then(|| view! { <a class="button quiet" href=format!("/k/{id}/deltagande")>{texts.participation_see()}</a> });
    let settings = data.may_manage.then(|| view! { <a class="button quiet" href=format!("/k/{id}/installningar")>{texts.mapping_settings_title()}</a> });
    let records = data.may_manage.then(|| view! { <a class="button quiet" href=format!("/k/{id}/uttag")>{texts.record_overview_link()}</a> });
    let tokens = data.may_manage.then(|| view! { <a class="button quiet" href=format!("/k/{id}/api")>{texts.token_overview()}</a> });
    let open_data = view! { <a class="button quiet" href=format!("/k/{id}/oppna-data")>{texts.publication_overview()}</a> };
    let rounds = texts.mapping_step_survey_text(data.rounds);
    view! {
        <div class="page-head">
            <h1>{data.mapping.name.to_string()}</h1>
            <p class="lead">{texts.mapping_lead(data.mapping.period.as_str(), data.mapping.members.len())}</p>
        </div>
        <section class="card" aria-labelledby="steg">
            <h2 id="steg">{texts.mapping_steps()}</h2>
            <ol class="steps">
                {step(Step::Identify, texts.mapping_step_identify(), texts.mapping_step_identify_text(data.goals, data.capabilities, data.weaknesses), Some((format!("/k/{id}/karta"), texts.mapping_open_map())))}
                {step(Step::Ratify, texts.mapping_step_ratify(), version, edit("/faststall", texts.mapping_ratify()).filter(|_| data.may_ratify))}
                {step(Step::Survey, texts.mapping_step_survey(), rounds, edit("/omgangar/ny", texts.mapping_open_round()))}
                {step(Step::Answer, texts.mapping_step_answer(), answer, data.open.as_ref().filter(|_| data.may_edit).map(|(round, _)| (format!("/k/{id}/omgangar/{round}"), texts.mapping_follow())))}
                {step(Step::Improve, texts.mapping_step_improve(), texts.mapping_step_improve_text().to_owned(), results)}
            </ol>
        </section>
        <section class="card" aria-labelledby="workshopar">
            <h2 id="workshopar">{texts.series_title()}</h2>
            <p>{workshops(texts, &data.workshops)}</p>
            <a class="button quiet" href=format!("/k/{id}/workshopar")>{texts.series_overview_open()}</a>
        </section>
        <section class="card" aria-labelledby="kommuner">
            <h2 id="kommuner">{texts.mapping_members()}</h2>
            {summary_view(texts, &taking_part)}
            {otherwise}
            <div class="actions">{follow}{settings}{records}{tokens}{open_data}</div>
        </section>
    }
    .into_any()
}

fn workshops(texts: Texts, workshops: &Workshops) -> String {
    match workshops {
        Workshops::None => texts.series_overview_none().to_owned(),
        Workshops::Open(workshop) => texts.series_overview_now(workshop.title.as_str()),
        Workshops::Coming(workshop) => {
            texts.series_overview_next(workshop.title.as_str(), when(texts, workshop))
        }
        Workshops::Ended => texts.series_overview_done().to_owned(),
    }
}

/// What has been typed in the settings.
#[derive(Clone, Debug)]
pub struct SettingsForm {
    /// Name.
    pub name: String,
    /// Period.
    pub period: String,
    /// Language code.
    pub language: String,
    /// Municipalities and how they take part.
    pub members: Vec<Member>,
    /// What is wrong.
    pub errors: Errors,
}

/// A mapping's settings: name, period, language, and how each municipality takes part.
pub fn settings(texts: Texts, action: &str, form: &SettingsForm) -> AnyView {
    let rows: Vec<_> = form
        .members
        .iter()
        .map(|member| {
            let code = member.municipality.to_string();
            let grades: Vec<_> = Participation::ALL
                .iter()
                .map(|grade| {
                    let chosen = *grade == member.participation;
                    view! { <option value=grade.code() selected=chosen>{participation_text(texts, *grade)}</option> }
                })
                .collect();
            let error = form.errors.of(&format!("not-{code}")).map(|error| view! { <p class="field-error">{error}</p> });
            view! {
                <tr>
                    <th scope="row">{member.municipality.name()}</th>
                    <td>
                        <select name=format!("deltar-{code}") aria-label=texts.mapping_participation_of(member.municipality.name())>{grades}</select>
                    </td>
                    <td>
                        {error}
                        <input type="text" id=format!("not-{code}") name=format!("not-{code}") value=member.note.to_string() maxlength="200" aria-label=texts.mapping_note_of(member.municipality.name()) />
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="page-head"><h1>{texts.mapping_settings_title()}</h1></div>
        <ErrorSummary texts errors=form.errors.clone() />
        <form method="post" action=action.to_owned() novalidate>
            <div class="narrow">
                <TextField name="namn" label=texts.mapping_name() value=form.name.clone() error=form.errors.of("namn") max=80 required=true />
                <TextField name="period" label=texts.mapping_period() value=form.period.clone() error=form.errors.of("period") max=40 required=true />
                <Select name="sprak" label=texts.mapping_language() choices=languages() selected=form.language.clone() />
            </div>
            <h2>{texts.mapping_participation()}</h2>
            <p class="hint">{texts.mapping_participation_hint()}</p>
            <div class="table-wrap" tabindex="0" role="region" aria-label=texts.mapping_participation()>
                <table class="data">
                    <thead><tr><th scope="col">{texts.mapping_municipality()}</th><th scope="col">{texts.mapping_participation()}</th><th scope="col">{texts.mapping_note()}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <SubmitRow label=texts.form_save() />
        </form>
    }
    .into_any()
}
