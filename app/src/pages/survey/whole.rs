//! The whole survey on one page: all areas, saved or submitted in one go.

use leptos::prelude::*;

use super::{
    area::{Page, meanings},
    code_field, elsewhere, own_code,
    question::capability,
    readiness,
};
use crate::{components::ErrorSummary, texts::Texts};

/// The page; its area is not looked at.
pub fn view(texts: Texts, page: &Page) -> AnyView {
    let survey = &page.survey;
    let mut place = 0;
    let areas: Vec<_> = (survey.areas.iter().zip(1..))
        .map(|(area, number)| {
            let heading = format!("omrade-{number}");
            let capabilities: Vec<_> = (area.capabilities.iter())
                .map(|asked| {
                    place += 1;
                    capability(texts, page, asked, place)
                })
                .collect();
            view! {
                <section class="stack" aria-labelledby=heading.clone()>
                    <h2 class="whole-area" id=heading.clone()>{area.name.clone()}</h2>
                    {capabilities}
                </section>
            }
        })
        .collect();
    let submit = if survey.is_submitted() {
        texts.survey_submit_again()
    } else {
        texts.survey_submit()
    };
    view! {
        <div class="page-head">
            <p class="eyebrow">{survey.round.name.to_string()}</p>
            <h1>{texts.survey_whole_title()}</h1>
            <p class="lead">{texts.survey_whole_lead(survey.count())}</p>
            <p><a href=survey.address("/1")>{texts.survey_whole_by_area()}</a></p>
        </div>
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
            action=survey.address("/allt")
            data-version=page.version.clone()
            data-unsaved=(!page.errors.is_empty()).then_some("")
            novalidate
        >
            // What Enter in a text field does.
            <button class="visually-hidden" type="submit" name="till" value="spara" tabindex="-1" aria-hidden="true"></button>
            {code_field(survey)}
            {readiness(texts, survey)}
            {meanings(texts)}
            {areas}
            <div class="survey-actions">
                <p
                    class="saving"
                    role="status"
                    data-saved=texts.survey_saved()
                    data-retry=texts.survey_retry()
                    data-offline=texts.survey_offline()
                    data-wrong=texts.survey_wrong()
                ></p>
                <button class="button" type="submit" name="till" value="spara">{texts.survey_whole_save()}</button>
                <button class="button primary" type="submit" name="till" value="skicka">{submit}</button>
            </div>
        </form>
        {own_code(texts, survey)}
    }
    .into_any()
}
