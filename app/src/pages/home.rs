//! The start page: the example beside one's own mappings.

use domain::mapping::Mapping;
use leptos::prelude::*;

use crate::{components::Badge, texts::Texts};

/// What the start page shows.
#[derive(Clone, Debug)]
pub struct Start {
    /// Mappings that the visitor may look at.
    pub mappings: Vec<Mapping>,
    /// Whether the visitor may start one.
    pub may_start: bool,
    /// Whether the visitor is signed in.
    pub signed_in: bool,
}

/// The start page.
pub fn start(texts: Texts, data: &Start) -> AnyView {
    let cards: Vec<_> = data
        .mappings
        .iter()
        .map(|mapping| card(texts, mapping))
        .collect();
    let action = if data.may_start {
        view! {
            <a class="button primary" href="/ny">{texts.home_start()}</a>
            <a class="button quiet" href="/importera">{texts.record_in_link()}</a>
        }
        .into_any()
    } else if data.signed_in {
        ().into_any()
    } else {
        view! {
            <a class="button primary" href="/logga-in">{texts.home_start()}</a>
            <p class="hint">{texts.home_start_needs_sign_in()}</p>
        }
        .into_any()
    };
    let questions = [
        (texts.home_question_1(), texts.home_answer_1()),
        (texts.home_question_2(), texts.home_answer_2()),
        (texts.home_question_3(), texts.home_answer_3()),
        (texts.home_question_4(), texts.home_answer_4()),
    ]
    .map(|(question, answer)| view! { <li><strong>{question}</strong><span>{answer}</span></li> });
    let workshops = [
        (texts.home_ws1(), texts.home_ws1_text()),
        (texts.home_ws2(), texts.home_ws2_text()),
        (texts.home_ws3(), texts.home_ws3_text()),
        (texts.home_ws4(), texts.home_ws4_text()),
        (texts.home_ws5(), texts.home_ws5_text()),
    ]
    .map(|(name, text)| view! { <li class="next"><strong>{name}</strong><p>{text}</p></li> });
    view! {
        <div class="page-head hero">
            <h1>{texts.home_headline()}</h1>
            <p class="lead">{texts.home_lead()}</p>
            <div class="actions">{action}</div>
        </div>
        <section aria-labelledby="kartlaggningar">
            <h2 id="kartlaggningar">{texts.home_mappings()}</h2>
            <div class="grid">{cards}</div>
        </section>
        <section aria-labelledby="fragor" class="card">
            <h2 id="fragor">{texts.home_questions()}</h2>
            <ol class="questions">{questions.into_iter().collect_view()}</ol>
        </section>
        <section aria-labelledby="serien" class="card">
            <h2 id="serien">{texts.home_series()}</h2>
            <ol class="steps">{workshops.into_iter().collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn card(texts: Texts, mapping: &Mapping) -> AnyView {
    let example =
        (mapping.example).then(|| view! { <Badge tone="example" text=texts.brand_example() /> });
    let note =
        (mapping.example).then(|| view! { <p class="muted">{texts.home_example_note()}</p> });
    let results = (mapping.example).then(|| {
        view! {
            <a class="button quiet" href=format!("/k/{}/resultat", mapping.id)>
                {texts.home_example_results()}
            </a>
        }
    });
    view! {
        <article class="card">
            <h3><a href=format!("/k/{}", mapping.id)>{mapping.name.to_string()}</a>" "{example}</h3>
            <p>{texts.home_card(mapping.period.as_str(), mapping.members.len())}</p>
            {note}
            {results}
        </article>
    }
    .into_any()
}
