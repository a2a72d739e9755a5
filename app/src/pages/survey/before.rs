//! Before the workshop about the answers: one's own beside how all answered, and how one's municipality did.

use domain::{
    ids::CapabilityId,
    level::{Answer, Level},
    municipality::Municipality,
    results::{Bars, CapabilitySpread, Distribution, MunicipalSpread, Spread},
    statistics::suppression::GroupSize,
    survey::{Rating, Remark},
};
use leptos::prelude::*;

use super::{Asked, Survey, answer_text, level_name, names};
use crate::{
    components::Badge,
    live::activities::bars::{agreement_text, five_bars},
    pages::remarks::words,
    texts::Texts,
};

/// What the page tells.
#[derive(Clone, Debug)]
pub struct Before {
    /// The person's own survey.
    pub survey: Survey,
    /// How all answered, and each municipality.
    pub all: Spread,
    /// What was written and may be read, by capability.
    pub remarks: Vec<Remark>,
}

/// Which of the two questions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    Current,
    Target,
}

impl Question {
    fn of(self, spread: &CapabilitySpread) -> &Distribution {
        match self {
            Self::Current => &spread.current,
            Self::Target => &spread.target,
        }
    }

    fn of_municipal(self, own: &MunicipalSpread) -> &Distribution {
        match self {
            Self::Current => &own.current,
            Self::Target => &own.target,
        }
    }

    fn answer(self, rating: &Rating) -> Option<Answer> {
        match self {
            Self::Current => rating.current,
            Self::Target => rating.target,
        }
    }

    fn name(self, texts: Texts) -> &'static str {
        match self {
            Self::Current => texts.terms_current(),
            Self::Target => texts.terms_target(),
        }
    }
}

/// The page: what people disagree about most comes first.
pub fn view(texts: Texts, data: &Before) -> AnyView {
    let survey = &data.survey;
    let asked = |id: CapabilityId| {
        (survey.areas.iter())
            .flat_map(|area| &area.capabilities)
            .find(|asked| asked.id == id)
    };
    let sections: Vec<_> = (data.all.capabilities.iter())
        .filter_map(|spread| Some(capability(texts, data, spread, asked(spread.id)?)))
        .collect();
    let n_min = data.all.n_min.get();
    view! {
        <div class="page-head">
            <p class="eyebrow">{survey.round.name.to_string()}</p>
            <h1>{texts.before_title()}</h1>
            <p class="lead">{texts.before_lead()}</p>
            <p>{texts.before_hidden(n_min)}</p>
            <div class="actions"><a class="button" href=survey.address("/klart")>{texts.before_own()}</a></div>
        </div>
        <div class="stack">{sections}</div>
    }
    .into_any()
}

fn capability(texts: Texts, data: &Before, spread: &CapabilitySpread, asked: &Asked) -> AnyView {
    let heading = format!("f-{}", asked.id);
    let written: Vec<_> = (data.remarks.iter())
        .filter(|remark| remark.capability == asked.id)
        .map(|remark| view! { <li>{words(texts, remark)}</li> })
        .collect();
    let written = (!written.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{texts.before_written(written.len())}<span class="visually-hidden">": "{asked.name.clone()}</span></summary>
                <ul>{written}</ul>
            </details>
        }
    });
    view! {
        <section class="card before" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{asked.name.clone()}</h2>
            <p class="formulation">{asked.formulation.clone()}</p>
            <div class="grid two">
                {question(texts, data, spread, asked, Question::Current)}
                {question(texts, data, spread, asked, Question::Target)}
            </div>
            {written}
        </section>
    }
    .into_any()
}

fn question(
    texts: Texts,
    data: &Before,
    spread: &CapabilitySpread,
    asked: &Asked,
    question: Question,
) -> AnyView {
    let distribution = question.of(spread);
    let all = match &distribution.bars {
        Some(bars) => {
            let people = people(texts, distribution.people);
            // A bare number says nothing to those who read this at home.
            let words = match bars.label {
                Some(_) => {
                    let said = agreement_text(texts, bars.agreement, bars.label);
                    texts.before_all_said(people, said)
                }
                None => texts.before_all(people),
            };
            view! {
                <p>{words}</p>
                {five_bars(texts, bars.counts, bars.median().get(), None)}
            }
            .into_any()
        }
        None => view! { <p class="hint">{texts.before_all_hidden()}</p> }.into_any(),
    };
    let municipalities: Vec<_> = (data.survey.participant.municipalities.iter())
        .map(|municipality| {
            let own = data.all.municipal(spread.id, *municipality);
            let words = match own.and_then(|own| question.of_municipal(own).bars.as_ref()) {
                Some(bars) => {
                    let median = bars.median();
                    let level = format!("{} {}", median.get(), level_name(texts, median));
                    texts.before_municipality(municipality.name(), level, bars.people())
                }
                None => texts.before_municipality_hidden(municipality.name()),
            };
            view! { <li>{words}</li> }
        })
        .collect();
    view! {
        <section>
            <h3>{question.name(texts)}<span class="visually-hidden">": "{asked.name.clone()}</span></h3>
            {own_answer(texts, data, asked, question, distribution)}
            {all}
            <ul>{municipalities}</ul>
        </section>
    }
    .into_any()
}

/// What the person said themselves, and whether it differs from the middle of all.
fn own_answer(
    texts: Texts,
    data: &Before,
    asked: &Asked,
    question: Question,
    distribution: &Distribution,
) -> AnyView {
    let survey = &data.survey;
    let mut said: Vec<(Option<Answer>, Vec<Municipality>)> = Vec::new();
    for municipality in &survey.participant.municipalities {
        let answer = (survey.sheet.rating_for(asked.id, *municipality))
            .and_then(|rating| question.answer(rating));
        match said.iter_mut().find(|(known, _)| *known == answer) {
            Some((_, alike)) => alike.push(*municipality),
            None => said.push((answer, vec![*municipality])),
        }
    }
    let several = said.len() > 1;
    let median = distribution.bars.as_ref().map(Bars::median);
    let rows: Vec<_> = said
        .into_iter()
        .map(|(answer, whom)| {
            let words = match answer {
                Some(answer) => answer_text(texts, answer),
                None => texts.survey_no_answer().to_owned(),
            };
            let words = format!("{}: {words}", texts.before_you());
            let whom = several.then(|| format!(" ({})", names(texts, &whom)));
            let differs = (answer.and_then(Answer::level).zip(median))
                .map(|(own, median)| steps(own, median))
                .filter(|steps| steps.unsigned_abs() >= 2)
                .map(|steps| {
                    let words = if steps > 0 {
                        texts.before_above(steps.unsigned_abs())
                    } else {
                        texts.before_below(steps.unsigned_abs())
                    };
                    view! { " "<Badge tone="warn" text=words /> }
                });
            view! { <p class="before-own"><strong>{words}</strong>{whom}{differs}</p> }
        })
        .collect();
    rows.into_any()
}

fn steps(own: Level, median: Level) -> i8 {
    let number = |level: Level| i8::try_from(level.get()).unwrap_or_default();
    number(own) - number(median)
}

/// How many people, as it may be told.
fn people(texts: Texts, people: GroupSize) -> String {
    texts.before_people(people)
}
