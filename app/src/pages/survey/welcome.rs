//! The first page behind a personal link.

use domain::{level::Level, survey::Progress};
use leptos::prelude::*;

use super::{Survey, level_check, level_meaning, level_name, names, progress, workshop_now};
use crate::{components::date_time, texts::Texts};

/// About 35 seconds a capability, in whole fives of minutes.
fn minutes(capabilities: usize) -> usize {
    (capabilities * 35).div_ceil(60 * 5).max(1) * 5
}

/// What the survey is, for whom, how long it takes and who sees the answers.
pub fn view(texts: Texts, survey: &Survey) -> AnyView {
    let first = |area: usize| survey.address(format_args!("/{}", area + 1));
    let unfinished = survey.first_unfinished();
    let (done, actions) = match survey.progress {
        Progress::NotStarted => (
            None,
            view! { <a class="button primary" href=first(0)>{texts.survey_begin()}</a> }.into_any(),
        ),
        Progress::Draft => {
            let to = unfinished.map_or_else(|| survey.address("/granska"), first);
            (
                None,
                view! { <a class="button primary" href=to>{texts.survey_resume()}</a> }.into_any(),
            )
        }
        Progress::Submitted { at } => (
            Some(view! { <div class="notice"><p>{texts.survey_submitted_at(date_time(at))}</p></div> }),
            view! {
                <a class="button primary" href=survey.address("/klart")>{texts.survey_see_picture()}</a>
                <a class="button" href=first(unfinished.unwrap_or(0))>{texts.survey_change()}</a>
            }
            .into_any(),
        ),
    };
    let so_far = (survey.progress != Progress::NotStarted).then(|| progress(texts, survey));
    let municipalities = names(texts, &survey.participant.municipalities);
    view! {
        <div class="page-head">
            <p class="eyebrow">{texts.survey_eyebrow()}</p>
            <h1>{survey.round.name.to_string()}</h1>
            <p class="lead">{texts.survey_welcome_lead(survey.count(), survey.areas.len())}</p>
        </div>
        {workshop_now(texts, survey)}
        {done}
        {so_far}
        <div class="actions">{actions}</div>
        <section class="card" aria-labelledby="om">
            <h2 id="om">{texts.survey_facts()}</h2>
            <dl class="definition">
                <dt>{texts.survey_fact_for()}</dt>
                <dd><strong>{municipalities}</strong></dd>
                <dt>{texts.survey_fact_time()}</dt>
                <dd>{texts.survey_minutes(minutes(survey.count()))}</dd>
                <dt>{texts.survey_fact_who_sees()}</dt>
                <dd><p>{texts.survey_who_sees()}</p><p>{texts.survey_who_sees_more()}</p></dd>
                <dt>{texts.survey_fact_mapping()}</dt>
                <dd>{survey.mapping.clone()}", "{survey.period.clone()}</dd>
            </dl>
            <p class="hint">{texts.survey_not_you(&*survey.participant.name)}</p>
        </section>
        <section class="card" aria-labelledby="skala">
            <h2 id="skala">{texts.survey_scale()}</h2>
            <p>{texts.survey_scale_text()}</p>
            {scale(texts)}
        </section>
    }
    .into_any()
}

/// The five levels with what they mean.
fn scale(texts: Texts) -> AnyView {
    let levels: Vec<_> = Level::ALL
        .into_iter()
        .map(|level| {
            view! {
                <li>
                    <p><strong>{level_name(texts, level)}</strong></p>
                    <p>{level_meaning(texts, level)}</p>
                    <p class="hint">{level_check(texts, level)}</p>
                </li>
            }
        })
        .collect();
    view! { <ol class="scale">{levels}</ol> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn the_time_it_takes_is_said_in_fives_and_never_as_nothing() {
        assert_eq!([0, 1, 8, 9, 32, 60].map(minutes), [5, 5, 5, 10, 20, 35]);
    }
}
