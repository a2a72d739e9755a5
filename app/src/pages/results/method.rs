//! "Så har vi räknat": every figure's way from answers to page, in words.

use domain::{
    map::Contents,
    results::{MIN_ANSWERS_FOR_VALUE, RegionResult, SEED},
    statistics::ranking::REPLICATES,
};
use leptos::prelude::*;

use super::{figures::Figure, words};
use crate::{pages::map::anchors, texts::Texts};

/// A rule that figures follow, with its place on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// From answers to a municipality's value.
    Municipal,
    /// From municipalities to the region.
    Region,
    /// Target less current level.
    Gap,
    /// Effect times gap.
    Priority,
    /// Places under resampling, and groups that cannot be told apart.
    Stability,
    /// Worst case for those who are missing.
    Bounds,
    /// How many have answered, and what that allows.
    Coverage,
    /// Vet ej.
    DontKnow,
    /// Bars, quartiles and agreement.
    Spread,
    /// ICC(1) and ε²: the municipality or the region.
    Between,
    /// From one round to the next, like with like.
    Change,
    /// Small groups, and what is hidden beside them.
    Small,
    /// What the symbols mean.
    Symbols,
}

impl Rule {
    /// Its place on the page.
    pub const fn anchor(self) -> &'static str {
        match self {
            Self::Municipal => "fran-svar-till-kommun",
            Self::Region => "fran-kommun-till-region",
            Self::Gap => "skillnad",
            Self::Priority => "prioritet",
            Self::Stability => "ordning",
            Self::Bounds => "granser",
            Self::Coverage => "tackning",
            Self::DontKnow => "vet-ej",
            Self::Spread => "spridning",
            Self::Between => "mellan-och-inom",
            Self::Change => "over-tid",
            Self::Small => "sma-grupper",
            Self::Symbols => "tecken",
        }
    }

    /// The rule that a figure follows first of all.
    pub const fn of(figure: Figure) -> Self {
        match figure {
            Figure::Priority | Figure::Quadrant => Self::Priority,
            Figure::Ranking => Self::Stability,
            Figure::Dumbbell | Figure::Radar => Self::Region,
            Figure::Heatmap | Figure::Map | Figure::Tiles => Self::Gap,
            Figure::Distribution => Self::Spread,
            Figure::Between => Self::Between,
            Figure::Coverage => Self::Coverage,
            Figure::Slope => Self::Change,
        }
    }
}

/// The page.
pub fn method(
    texts: Texts,
    back: &str,
    result: &RegionResult,
    n_min: u8,
    contents: &Contents,
) -> AnyView {
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
            {own_words(texts, contents)}
            <p class="actions"><a class="button quiet" href=back.to_owned()>{texts.method_back()}</a></p>
        </div>
    }
    .into_any()
}

/// Which capabilities were answered with words of their own for the levels.
fn own_words(texts: Texts, contents: &Contents) -> Option<AnyView> {
    let rows: Vec<_> = (contents.active_in_order().into_iter())
        .filter_map(|(_, capability)| {
            let list = anchors::list(texts, &capability.draft.anchors)?;
            Some(view! { <dt>{capability.draft.name.to_string()}</dt><dd>{list}</dd> })
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h2>{texts.method_own_words()}</h2>
                <p>{texts.method_own_words_text()}</p>
                <dl class="definition">{rows}</dl>
            </section>
        }
        .into_any()
    })
}
