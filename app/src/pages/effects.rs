//! Effekt på mål: how much each capability matters, 1–5.

use domain::{
    ids::CapabilityId,
    level::Level,
    results::EffectProposal,
    survey::{Round, RoundStatus},
};
use leptos::prelude::*;

use super::participants::round_address;
use crate::{
    components::{ErrorSummary, Errors, Hidden, SubmitRow},
    texts::Texts,
};

/// One capability in the form.
#[derive(Clone, Debug)]
pub struct EffectRow {
    /// Which.
    pub capability: CapabilityId,
    /// Its name.
    pub name: String,
    /// "Förmåga att …".
    pub formulation: String,
    /// Its area's name.
    pub area: Option<String>,
    /// The chosen effect as a form value; empty when not set.
    pub effect: String,
    /// The effect when the form was shown, as a form value.
    pub shown: String,
    /// What the survey says, if the round asked, is closed and enough people answered.
    pub proposal: Option<EffectProposal>,
}

/// The effects of a round.
#[derive(Clone, Debug)]
pub struct EffectForm {
    /// The round.
    pub round: Round,
    /// The command's id, made when the form was shown.
    pub op: String,
    /// The id of the command that takes the survey's proposals.
    pub proposal_op: String,
    /// Capabilities in the order of the map.
    pub rows: Vec<EffectRow>,
    /// What is wrong, by the row's field.
    pub errors: Errors,
}

/// What an effect means, in words.
pub fn meaning(texts: Texts, effect: Level) -> &'static str {
    match effect.get() {
        1 => texts.effect_meaning_1(),
        2 => texts.effect_meaning_2(),
        3 => texts.effect_meaning_3(),
        4 => texts.effect_meaning_4(),
        _ => texts.effect_meaning_5(),
    }
}

/// The form, area by area.
pub fn form(texts: Texts, data: &EffectForm) -> AnyView {
    let base = round_address(data.round.mapping, &data.round);
    let set = data.rows.iter().filter(|row| !row.shown.is_empty()).count();
    let meanings: Vec<_> = (Level::ALL.into_iter())
        .map(|level| {
            view! { <li><span class="key">{level.get()}</span>{meaning(texts, level)}</li> }
        })
        .collect();
    let areas: Vec<_> = (data.rows.chunk_by(|a, b| a.area == b.area))
        .map(|rows| {
            let area = rows
                .first()
                .and_then(|row| row.area.clone())
                .unwrap_or_else(|| texts.effect_no_area().to_owned());
            let rows: Vec<_> = rows
                .iter()
                .map(|row| self::row(texts, &data.errors, row))
                .collect();
            view! { <section class="card"><h2>{area}</h2>{rows}</section> }
        })
        .collect();
    let cancel = (base.clone(), texts.form_cancel().to_owned());
    let proposals = proposals(texts, data, &base);
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=base>{texts.effect_back()}</a></p>
            <h1>{texts.effect_title()}</h1>
            <p class="lead">{texts.effect_lead()}</p>
        </div>
        <ErrorSummary texts errors=data.errors.clone() />
        <section class="card">
            <h2>{texts.effect_meaning()}</h2>
            <ul class="keys effect-keys">{meanings}</ul>
            <p class="hint">{texts.effect_set_count(set, data.rows.len())}</p>
        </section>
        {proposals}
        <form method="post" novalidate class="stack">
            <Hidden name="op" value=data.op.clone() />
            {areas}
            <SubmitRow label=texts.form_save() cancel=cancel />
        </form>
    }
    .into_any()
}

/// What the survey proposes in all, and the way to take it where nothing has been set.
fn proposals(texts: Texts, data: &EffectForm, base: &str) -> Option<AnyView> {
    if !data.round.ask_effect {
        return None;
    }
    let known = data
        .rows
        .iter()
        .filter(|row| row.proposal.is_some())
        .count();
    let free = (data.rows.iter())
        .filter(|row| row.proposal.is_some() && row.shown.is_empty())
        .count();
    let words = if data.round.status == RoundStatus::Open {
        texts.effect_survey_open().to_owned()
    } else {
        texts.effect_survey_known(known, data.rows.len(), data.round.n_min)
    };
    let button = (free > 0).then(|| {
        view! {
            <form method="post" action=format!("{base}/effekt/forslag")>
                <Hidden name="op" value=data.proposal_op.clone() />
                <button class="button" type="submit">{texts.effect_survey_use(free)}</button>
            </form>
        }
    });
    Some(
        view! {
            <section class="card" aria-labelledby="enkatens">
                <h2 id="enkatens">{texts.effect_survey()}</h2>
                <p>{words}</p>
                {button}
            </section>
        }
        .into_any(),
    )
}

fn row(texts: Texts, errors: &Errors, row: &EffectRow) -> AnyView {
    let name = format!("effekt-{}", row.capability);
    let error = errors.of(&name);
    let error_id = error.is_some().then(|| format!("{name}-fel"));
    let error = error
        .zip(error_id.clone())
        .map(|(error, id)| view! { <p class="field-error" id=id>{error}</p> });
    let formulation = (!row.formulation.is_empty())
        .then(|| view! { <p class="hint">{row.formulation.clone()}</p> });
    let proposal = row.proposal.map(|proposal| {
        let (effect, people) = (proposal.effect, proposal.people);
        let words = texts.effect_survey_median(effect.get(), meaning(texts, effect), people);
        view! { <p class="hint survey-median">{words}</p> }
    });
    let levels = Level::ALL.into_iter().map(|level| {
        let number = level.get().to_string();
        (number.clone(), number, Some(meaning(texts, level)))
    });
    let unset = (String::new(), texts.effect_unset().to_owned(), None);
    let choices: Vec<_> = (levels.chain([unset]).enumerate())
        .map(|(index, (value, words, meaning))| {
            // The first has the row's own name, so that the error summary finds it.
            let id = if index == 0 {
                name.clone()
            } else {
                format!("{name}-{index}")
            };
            let checked = value == row.effect;
            let meaning = meaning.map(|meaning| {
                view! { <span class="visually-hidden">" – "{meaning}</span> }
            });
            view! {
                <div class="choice">
                    <input type="radio" id=id.clone() name=name.clone() value=value checked=checked />
                    <label for=id>{words}{meaning}</label>
                </div>
            }
        })
        .collect();
    view! {
        <fieldset class="field effect" aria-describedby=error_id>
            <legend>{row.name.clone()}</legend>
            {formulation}
            {proposal}
            {error}
            <input type="hidden" name=format!("visad-{}", row.capability) value=row.shown.clone() />
            <div class="effect-choices">{choices}</div>
        </fieldset>
    }
    .into_any()
}
