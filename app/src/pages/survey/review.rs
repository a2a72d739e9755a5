//! What has been answered and what not, before it is submitted.

use domain::{
    level::{Answer, Level},
    survey::{Progress, Rating, Scope},
};
use leptos::prelude::*;

use super::{
    Area, Asked, Survey, answer_text, code_field, effect_name, level_name, names, unsaved,
};
use crate::{
    components::{ErrorSummary, Errors},
    texts::Texts,
};

/// The page. `empty` when an empty sheet was to be submitted.
pub fn view(texts: Texts, survey: &Survey, empty: bool) -> AnyView {
    let mut errors = Errors::default();
    if empty {
        errors.add("omraden", texts.survey_empty_refused());
    }
    let submit = match survey.progress {
        Progress::Submitted { .. } => texts.survey_submit_again(),
        Progress::NotStarted | Progress::Draft => texts.survey_submit(),
    };
    let areas: Vec<_> = (survey.areas.iter().enumerate())
        .map(|(index, one)| area(texts, survey, index, one))
        .collect();
    let back = survey.address(format_args!("/{}", survey.areas.len()));
    view! {
        <div class="page-head">
            <p class="eyebrow">{texts.survey_eyebrow()}</p>
            <h1>{texts.survey_review_title()}</h1>
            <p class="lead">{texts.survey_review_lead(survey.answered(), survey.count())}</p>
        </div>
        {unsaved(texts, survey)}
        <ErrorSummary texts errors />
        <div class="stack" id="omraden">{areas}</div>
        <form method="post" action=survey.address("/skicka")>
            {code_field(survey)}
            <div class="survey-actions">
                <a class="button" href=back>{texts.survey_back()}</a>
                <button class="button primary" type="submit">{submit}</button>
            </div>
        </form>
    }
    .into_any()
}

fn area(texts: Texts, survey: &Survey, index: usize, area: &Area) -> AnyView {
    let (answered, count) = (survey.answered_in(area), area.capabilities.len());
    let heading = format!("omrade-{}", index + 1);
    let left: Vec<_> = (area.capabilities.iter().enumerate())
        .filter(|(_, asked)| {
            (survey.sheet).completed(&[asked.id], &survey.participant.municipalities) == 0
        })
        .map(|(place, asked)| {
            let partly = (!survey.ratings(asked.id).is_empty())
                .then(|| view! { <span class="muted">" – "{texts.survey_partly()}</span> });
            view! { <li><a href=survey.address_of(index, place)>{asked.name.clone()}</a>{partly}</li> }
        })
        .collect();
    let left = if left.is_empty() {
        None
    } else {
        Some(view! { <h3>{texts.survey_unanswered()}</h3><ul class="unanswered">{left}</ul> })
    };
    let rows: Vec<_> = (area.capabilities.iter().enumerate())
        .flat_map(|(place, asked)| rows(texts, survey, (index, place), asked))
        .collect();
    let label = format!("{}: {}", texts.survey_your_answers(), area.name);
    let table = (!rows.is_empty()).then(|| {
        view! {
            <h3>{texts.survey_your_answers()}</h3>
            <div class="table-wrap" tabindex="0" role="region" aria-label=label.clone()>
                <table class="data answers">
                    <caption class="visually-hidden">{label.clone()}</caption>
                    <thead><tr>
                        <th scope="col">{texts.survey_column_capability()}</th>
                        <th scope="col">{texts.terms_current()}</th>
                        <th scope="col">{texts.terms_target()}</th>
                        {survey.round.ask_effect.then(|| view! { <th scope="col">{texts.terms_effect()}</th> })}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{area.name.clone()}</h2>
            <p>{texts.survey_answered_of(answered, count)}</p>
            {left}
            {table}
        </section>
    }
    .into_any()
}

/// A capability's answers: one row for all, and one for each municipality that differs.
fn rows(
    texts: Texts,
    survey: &Survey,
    (area, place): (usize, usize),
    asked: &Asked,
) -> Vec<AnyView> {
    let several = survey.participant.municipalities.len() > 1;
    (survey.ratings(asked.id).into_iter())
        .map(|(scope, rating)| {
            let whom = match scope {
                Scope::All if several => Some(texts.survey_for_all().to_owned()),
                Scope::All => None,
                Scope::Only(municipality) => Some(names(texts, &[municipality])),
            };
            let effect = (survey.round.ask_effect)
                .then(|| view! { <td>{said(texts, rating.effect, effect_name)}</td> });
            let whom = whom.map(|whom| view! { <span class="muted">" – "{whom}</span> });
            view! {
                <tr>
                    <th scope="row"><a href=survey.address_of(area, place)>{asked.name.clone()}</a>{whom}{words(texts, rating)}</th>
                    <td>{said(texts, rating.current, level_name)}</td>
                    <td>{said(texts, rating.target, level_name)}</td>
                    {effect}
                </tr>
            }
            .into_any()
        })
        .collect()
}

fn said(texts: Texts, answer: Option<Answer>, name: fn(Texts, Level) -> &'static str) -> AnyView {
    match answer {
        Some(Answer::Level(level)) => view! {
            <span class="number">{level.get()}</span>
            " "
            <span class="word">{name(texts, level)}</span>
        }
        .into_any(),
        Some(other) => answer_text(texts, other).into_any(),
        None => view! { <span class="muted">{texts.survey_no_answer()}</span> }.into_any(),
    }
}

/// Comment and weakness, as they were written.
fn words(texts: Texts, rating: &Rating) -> AnyView {
    let line = |label: &'static str, words: &str| {
        (!words.is_empty())
            .then(|| view! { <p class="said lines"><span class="muted">{label}": "</span>{words.to_owned()}</p> })
    };
    view! {
        {line(texts.survey_comment(), &rating.comment)}
        {line(texts.survey_weakness(), &rating.weakness)}
    }
    .into_any()
}
