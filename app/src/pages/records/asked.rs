//! What is kept about someone who is asked in a round.

use leptos::prelude::*;

use super::own::{Section, show};
use crate::texts::Texts;

/// An answer as its own person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAnswer {
    /// The capability.
    pub capability: String,
    /// For whom.
    pub scope: String,
    /// Nuläge, börläge and effekt, in words.
    pub levels: [String; 3],
    /// The comment.
    pub comment: String,
    /// The weakness.
    pub weakness: String,
}

/// A participant's own data.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The survey's address.
    pub address: String,
    /// The round's name.
    pub round: String,
    /// What is kept beside the answers.
    pub sections: Vec<Section>,
    /// The answers, when they can be shown.
    pub answers: Vec<OwnAnswer>,
    /// Whether there are answers that only a code opens.
    pub sealed: bool,
}

/// The page.
pub fn page(texts: Texts, data: &Asked) -> AnyView {
    view! {
        <div class="page-head">
            <h1>{texts.record_own_title()}</h1>
            <p class="lead">{texts.record_own_asked_lead(data.round.as_str())}</p>
        </div>
        {show(texts, &data.sections)}
        <section class="card">
            <h2>{texts.record_own_answers()}</h2>
            {answers(texts, data)}
        </section>
        <p>{texts.record_own_rectify()}</p>
        <div class="actions">
            <a class="button primary" href=format!("{}/mina-uppgifter.json", data.address) download="">{texts.record_own_json()}</a>
            <a class="button quiet" href=data.address.clone()>{texts.record_own_back()}</a>
        </div>
    }
    .into_any()
}

fn answers(texts: Texts, data: &Asked) -> AnyView {
    if data.sealed {
        return view! { <p>{texts.record_own_answers_sealed()}</p> }.into_any();
    }
    if data.answers.is_empty() {
        return view! { <p>{texts.record_own_answers_none()}</p> }.into_any();
    }
    let rows: Vec<_> = (data.answers.iter())
        .map(|answer| {
            let [current, target, effect] = answer.levels.clone();
            view! {
                <tr>
                    <th scope="row">{answer.capability.clone()}</th>
                    <td>{answer.scope.clone()}</td>
                    <td>{current}</td>
                    <td>{target}</td>
                    <td>{effect}</td>
                    <td>{answer.comment.clone()}</td>
                    <td>{answer.weakness.clone()}</td>
                </tr>
            }
        })
        .collect();
    let heads: Vec<_> = [
        texts.record_own_capability(),
        texts.record_own_scope(),
        texts.record_own_current(),
        texts.record_own_target(),
        texts.record_own_effect(),
        texts.record_own_comment(),
        texts.record_own_weakness(),
    ]
    .into_iter()
    .map(|words| view! { <th scope="col">{words}</th> })
    .collect();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=texts.record_own_answers()>
            <table class="data"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}
