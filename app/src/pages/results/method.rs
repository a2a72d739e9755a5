//! "Så har vi räknat": every figure's way from answers to page, in words.

use domain::{
    results::{MIN_ANSWERS_FOR_VALUE, RegionResult, SEED},
    statistics::ranking::REPLICATES,
};
use leptos::prelude::*;

use super::words;
use crate::texts::Texts;

/// The page.
pub fn method(texts: Texts, back: &str, result: &RegionResult, n_min: u8) -> AnyView {
    let conditions: Vec<_> = (words::conditions(texts, result).into_iter())
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect();
    let steps = [
        (
            texts.method_municipal(),
            texts.method_municipal_text(MIN_ANSWERS_FOR_VALUE),
        ),
        (texts.method_region(), texts.method_region_text().to_owned()),
        (texts.method_gap(), texts.method_gap_text().to_owned()),
        (
            texts.method_priority(),
            texts.method_priority_text().to_owned(),
        ),
        (
            texts.method_stability(),
            texts.method_stability_text(REPLICATES, SEED),
        ),
        (texts.method_bounds(), texts.method_bounds_text().to_owned()),
        (
            texts.method_coverage(),
            texts.method_coverage_text().to_owned(),
        ),
        (texts.method_small(), texts.method_small_text(n_min)),
    ]
    .map(|(title, text)| view! { <section><h2>{title}</h2><p>{text}</p></section> });
    view! {
        <div class="narrow prose">
            <div class="page-head">
                <h1>{texts.result_method()}</h1>
                <p class="lead">{texts.method_lead()}</p>
            </div>
            <ul>{conditions}</ul>
            {steps.into_iter().collect_view()}
            <p class="actions"><a class="button quiet" href=back.to_owned()>{texts.method_back()}</a></p>
        </div>
    }
    .into_any()
}
