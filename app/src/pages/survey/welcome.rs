//! The first page behind a personal link.

use domain::{
    level::Level,
    municipality::Municipality,
    survey::{Participant, Progress, SurveyMode},
};
use leptos::prelude::*;

use super::{
    Survey, elsewhere, level_check, level_meaning, level_name, names, progress, workshop_now,
};
use crate::{
    components::{date, date_time},
    pages::rounds::mode_text,
    texts::Texts,
};

/// About 35 seconds a capability, and a third more when the effect on the goals is asked too, in whole fives of minutes.
pub fn minutes(capabilities: usize, ask_effect: bool) -> usize {
    let seconds = if ask_effect { 47 } else { 35 };
    (capabilities * seconds).div_ceil(60 * 5).max(1) * 5
}

/// How few share a person's place in the survey, when they are so few that answers may be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Few {
    /// So many are asked in this municipality, the person among them.
    In(Municipality, usize),
    /// Few answer for just these municipalities.
    Together,
}

/// Fewer people than this can be guessed from each other's answers.
const MANY: usize = 3;

impl Few {
    /// Of a person among everyone who is asked in the round; none where the name stands with the answers anyway.
    pub fn of(person: &Participant, mode: SurveyMode, everyone: &[Participant]) -> Option<Self> {
        if mode == SurveyMode::Named {
            return None;
        }
        let asked = |municipality: &Municipality| {
            (everyone.iter())
                .filter(|other| other.municipalities.contains(municipality))
                .count()
        };
        let fewest = (person.municipalities.iter())
            .map(|municipality| (*municipality, asked(municipality)))
            .min_by_key(|(_, count)| *count)
            .filter(|(_, count)| *count < MANY);
        if let Some((municipality, count)) = fewest {
            return Some(Self::In(municipality, count));
        }
        // Each municipality's answers lie by themselves, but the same answers for several tell
        // that they are one person's.
        let alike = (everyone.iter())
            .filter(|other| other.municipalities == person.municipalities)
            .count();
        let several = person.municipalities.len() > 1;
        (several && alike < MANY).then_some(Self::Together)
    }

    fn text(self, texts: Texts) -> String {
        match self {
            Self::In(municipality, 0 | 1) => texts.survey_few_alone(municipality.name()),
            Self::In(municipality, count) => texts.survey_few_one(count, municipality.name()),
            Self::Together => texts.survey_few_set().to_owned(),
        }
    }
}

/// What the survey is, for whom, how long it takes and who sees the answers.
pub fn view(texts: Texts, survey: &Survey, few: Option<Few>) -> AnyView {
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
            Some(view! { <div class="notice"><p>{submitted(texts, survey.round.mode, at)}</p></div> }),
            view! {
                <a class="button primary" href=survey.address("/klart")>{texts.survey_see_picture()}</a>
                <a class="button" href=first(unfinished.unwrap_or(0))>{texts.survey_change()}</a>
            }
            .into_any(),
        ),
    };
    let so_far = (survey.progress != Progress::NotStarted).then(|| progress(texts, survey));
    let municipalities = names(texts, &survey.participant.municipalities);
    let (mode, means) = mode_text(texts, survey.round.mode);
    let few = few.map(|few| view! { <p>{few.text(texts)}</p> });
    view! {
        <div class="page-head">
            <p class="eyebrow">{texts.survey_eyebrow()}</p>
            <h1>{survey.round.name.to_string()}</h1>
            <p class="lead">{texts.survey_welcome_lead(survey.count(), survey.areas.len())}</p>
        </div>
        {workshop_now(texts, survey)}
        {done}
        {elsewhere(texts, survey)}
        {so_far}
        <div class="actions">{actions}<a class="button quiet" href=survey.address("/allt")>{texts.survey_whole_go()}</a><a class="button quiet" href=survey.address("/las")>{texts.preparation_survey_link()}</a></div>
        <section class="card" aria-labelledby="om">
            <h2 id="om">{texts.survey_facts()}</h2>
            <dl class="definition">
                <dt>{texts.survey_fact_for()}</dt>
                <dd><strong>{municipalities}</strong></dd>
                <dt>{texts.survey_fact_time()}</dt>
                <dd>{texts.survey_minutes(minutes(survey.count(), survey.round.ask_effect))}</dd>
                <dt>{texts.survey_fact_kept()}</dt>
                <dd><p><strong>{mode}"."</strong>" "{means}</p>{few}</dd>
                <dt>{texts.survey_fact_who_sees()}</dt>
                <dd><p>{texts.survey_who_sees_more()}</p></dd>
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

fn submitted(texts: Texts, mode: SurveyMode, at: i64) -> String {
    match mode {
        SurveyMode::Named => texts.survey_submitted_at(date_time(at)),
        SurveyMode::Confidential => texts.survey_submitted_on(date(at)),
    }
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
        let asked = [0, 1, 8, 9, 32, 60];
        assert_eq!(
            asked.map(|count| minutes(count, false)),
            [5, 5, 5, 10, 20, 35]
        );
        assert_eq!(
            asked.map(|count| minutes(count, true)),
            [5, 5, 10, 10, 30, 50]
        );
    }
}
