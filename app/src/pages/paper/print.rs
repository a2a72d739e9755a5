//! The survey as a sheet to print on A4: one box to tick a question, with the scale in words first.

use domain::{
    level::{Answer, Level},
    survey::SurveyMode,
};
use leptos::prelude::*;

use super::Paper;
use crate::{
    pages::{
        effects,
        map::anchors,
        survey::{Asked, level_meaning, level_name},
    },
    texts::Texts,
};

/// The sheet.
pub fn view(texts: Texts, data: &Paper) -> AnyView {
    let named = data.round.mode == SurveyMode::Named;
    let promise = if named {
        texts.survey_mode_named()
    } else {
        texts.paper_sheet_confidential()
    };
    let line = |label: &'static str| view! { <p class="paper-line"><span>{label}</span></p> };
    let who = named.then(|| line(texts.paper_name()));
    let ask_effect = data.round.ask_effect;
    let mut place = 0;
    let areas: Vec<_> = (data.areas.iter())
        .map(|area| {
            let rows: Vec<_> = (area.capabilities.iter())
                .map(|asked| {
                    place += 1;
                    capability(texts, data, asked, place)
                })
                .collect();
            view! { <section class="paper-area"><h2>{area.name.clone()}</h2>{rows}</section> }
        })
        .collect();
    let effect_scale = ask_effect.then(|| {
        let rows: Vec<_> = (Level::ALL.into_iter())
            .map(|effect| view! { <li><strong>{effect.get()}</strong>" "{effects::meaning(texts, effect)}</li> })
            .collect();
        view! {
            <h2>{texts.terms_effect()}</h2>
            <p>{texts.survey_effect_question()}</p>
            <ul class="paper-scale short">{rows}</ul>
        }
    });
    let scale: Vec<_> = (Level::ALL.into_iter())
        .map(|level| {
            let heading = format!("{} {}.", level.get(), level_name(texts, level));
            view! { <li><strong>{heading}</strong>" "{level_meaning(texts, level)}</li> }
        })
        .collect();
    view! {
        <div class="page-head screen-only">
            <p class="eyebrow"><a href=data.address("")>{texts.form_back()}</a></p>
            <p class="lead">{texts.paper_screen()}</p>
            <div class="actions"><button class="button primary" type="button" hidden data-print>{texts.paper_print_button()}</button></div>
        </div>
        <div class="paper-sheet">
            <header>
                <p class="eyebrow">{data.mapping.clone()}</p>
                <h1>{texts.paper_sheet_title(&*data.round.name)}</h1>
                <p>{texts.paper_sheet_lead(data.areas.iter().map(|area| area.capabilities.len()).sum::<usize>())}</p>
                <p>{promise}</p>
                {who}
                {line(texts.paper_municipality())}
            </header>
            <h2>{texts.survey_scale()}</h2>
            <p>{texts.survey_scale_text()}</p>
            <ul class="paper-scale">{scale}</ul>
            {effect_scale}
            {areas}
            <p class="paper-end">{texts.paper_hand_in()}</p>
        </div>
    }
    .into_any()
}

fn capability(texts: Texts, data: &Paper, asked: &Asked, place: usize) -> AnyView {
    let heading = format!("{place}. {}", asked.name);
    let own_words = anchors::list(texts, &asked.anchors).map(|list| {
        view! { <div class="paper-own"><p>{texts.capability_anchors()}</p>{list}</div> }
    });
    let year = data.round.target_year;
    let effect = (data.round.ask_effect).then(|| boxes(texts, texts.terms_effect().to_owned()));
    view! {
        <section class="paper-question">
            <h3>{heading}</h3>
            <p>{asked.formulation.clone()}</p>
            {own_words}
            {boxes(texts, texts.terms_current().to_owned())}
            {boxes(texts, texts.paper_target(year))}
            {effect}
            <p class="paper-line"><span>{texts.survey_comment()}</span></p>
            <p class="paper-line"><span>{texts.survey_weakness()}</span></p>
        </section>
    }
    .into_any()
}

/// One question: its name and a box for each answer.
fn boxes(texts: Texts, label: String) -> AnyView {
    let levels = Level::ALL.map(|level| level.get().to_string());
    let outside = [
        texts.terms_dont_know(),
        texts.paper_not_applicable(),
        texts.terms_declined(),
    ];
    debug_assert_eq!(levels.len() + outside.len(), Answer::ALL.len());
    let row: Vec<_> = (levels.into_iter())
        .chain(outside.map(str::to_owned))
        .map(|words| view! { <li><span class="paper-box" aria-hidden="true"></span>{words}</li> })
        .collect();
    view! {
        <div class="paper-answers">
            <p>{label}</p>
            <ul>{row}</ul>
        </div>
    }
    .into_any()
}
