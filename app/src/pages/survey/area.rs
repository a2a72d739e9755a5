//! One area of the survey: every capability with its two questions.

use std::collections::BTreeMap;

use domain::level::Level;
use leptos::prelude::*;

use super::{
    Area, Survey, code_field, elsewhere, level_meaning, own_code, question::capability, readiness,
};
use crate::{
    components::{ErrorSummary, Errors},
    texts::Texts,
};

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The whole survey.
    pub survey: Survey,
    /// Which area, from 0.
    pub area: usize,
    /// Tells what is stored of the page from what was or will be.
    pub version: String,
    /// What stands in the fields, by their names.
    pub typed: BTreeMap<String, String>,
    /// What is wrong with it.
    pub errors: Errors,
}

impl Page {
    /// What stands in a field; empty when nothing does.
    pub(super) fn value(&self, field: &str) -> &str {
        self.typed.get(field).map_or("", String::as_str)
    }
}

/// The page.
pub fn view(texts: Texts, page: &Page) -> AnyView {
    let survey = &page.survey;
    let Some(area) = survey.areas.get(page.area) else {
        return ().into_any();
    };
    let (number, count) = (page.area + 1, survey.areas.len());
    let (answered, all) = (survey.answered(), survey.count());
    let before = match page.area {
        0 => "start".to_owned(),
        number => number.to_string(),
    };
    let (after, forward) = if number < count {
        ((number + 1).to_string(), texts.survey_next())
    } else {
        ("granska".to_owned(), texts.survey_to_review())
    };
    let capabilities: Vec<_> = (area.capabilities.iter().zip(1..))
        .map(|(asked, place)| capability(texts, page, asked, place))
        .collect();
    view! {
        <div class="survey-head">
            <p>{texts.survey_area_of(number, count)}</p>
            <p id="framsteg">{texts.survey_answered_of(answered, all)}</p>
            <progress max=all value=answered aria-labelledby="framsteg"></progress>
        </div>
        <h1>{area.name.clone()}</h1>
        {elsewhere(texts, survey)}
        <ErrorSummary texts errors=page.errors.clone() />
        <div role="status">
            <div class="unsaved" id="framtag" hidden>
                <p>{texts.survey_set_aside()}</p>
                <button class="button" type="button">{texts.survey_bring_back()}</button>
            </div>
        </div>
        <form
            id="svar"
            class="survey-form"
            method="post"
            action=survey.address(format_args!("/{number}"))
            data-version=page.version.clone()
            data-unsaved=(!page.errors.is_empty()).then_some("")
            novalidate
        >
            // What Enter in a text field does.
            <button class="visually-hidden" type="submit" name="till" value=after.clone() tabindex="-1" aria-hidden="true"></button>
            {code_field(survey)}
            {areas(texts, survey, page.area)}
            {readiness(texts, survey)}
            {meanings(texts)}
            {capabilities}
            <div class="survey-actions">
                <p
                    class="saving"
                    role="status"
                    data-saved=texts.survey_saved()
                    data-retry=texts.survey_retry()
                    data-offline=texts.survey_offline()
                    data-wrong=texts.survey_wrong()
                >
                    {texts.survey_saves()}
                </p>
                <button class="button" type="submit" name="till" value=before>{texts.survey_back()}</button>
                <button class="button primary" type="submit" name="till" value=after>{forward}</button>
            </div>
        </form>
        {own_code(texts, survey)}
    }
    .into_any()
}

/// The way to every other area; going there saves this one.
fn areas(texts: Texts, survey: &Survey, current: usize) -> AnyView {
    let pill = |(index, area): (usize, &Area)| {
        let (answered, count) = (survey.answered_in(area), area.capabilities.len());
        let words = texts.survey_done_area(&area.name, answered, count);
        let here = (index == current).then_some("page");
        view! {
            <li>
                <button type="submit" name="till" value=index + 1 aria-current=here>
                    <span aria-hidden="true">{area.name.clone()}" "<span class="number">{answered}"/"{count}</span></span>
                    <span class="visually-hidden">{words}</span>
                </button>
            </li>
        }
    };
    let pills: Vec<_> = survey.areas.iter().enumerate().map(pill).collect();
    view! {
        <details class="choose-area">
            <summary>{texts.survey_choose_area()}</summary>
            <nav class="pills" aria-label=texts.survey_areas_label()><ul>{pills}</ul></nav>
        </details>
    }
    .into_any()
}

/// What the levels mean, once a page, for those who hear it read with every radio.
pub(super) fn meanings(texts: Texts) -> AnyView {
    let meanings: Vec<_> = Level::ALL
        .into_iter()
        .map(|level| view! { <p id=format!("n{}", level.get())>{level_meaning(texts, level)}</p> })
        .collect();
    view! { <div hidden>{meanings}</div> }.into_any()
}
