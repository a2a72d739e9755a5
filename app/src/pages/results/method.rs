//! "Så har vi räknat": every figure's way from answers to page, in words.

use domain::{
    map::Contents,
    results::{MIN_ANSWERS_FOR_VALUE, RegionResult, SEED, TOP},
    statistics::{bounds::worst_case_mean, ranking::REPLICATES},
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
    /// Every rule, in the order that figures come to be.
    pub const ALL: [Self; 13] = [
        Self::Municipal,
        Self::Region,
        Self::Gap,
        Self::Priority,
        Self::Stability,
        Self::Coverage,
        Self::Bounds,
        Self::DontKnow,
        Self::Spread,
        Self::Between,
        Self::Change,
        Self::Small,
        Self::Symbols,
    ];

    const fn title(self, texts: Texts) -> &'static str {
        match self {
            Self::Municipal => texts.method_municipal(),
            Self::Region => texts.method_region(),
            Self::Gap => texts.method_gap(),
            Self::Priority => texts.method_priority(),
            Self::Stability => texts.method_stability(),
            Self::Bounds => texts.method_bounds(),
            Self::Coverage => texts.method_coverage(),
            Self::DontKnow => texts.method_dont_know(),
            Self::Spread => texts.method_spread(),
            Self::Between => texts.method_between(),
            Self::Change => texts.method_change(),
            Self::Small => texts.method_small(),
            Self::Symbols => texts.method_symbols(),
        }
    }

    /// What it says, a paragraph each.
    fn text(self, texts: Texts, n_min: u8) -> Vec<String> {
        let said = |text: &str| text.to_owned();
        match self {
            Self::Municipal => vec![
                texts.method_municipal_text(MIN_ANSWERS_FOR_VALUE),
                said(texts.method_municipal_pairs()),
            ],
            Self::Region => vec![
                said(texts.method_region_text()),
                said(texts.method_region_range()),
            ],
            Self::Gap => vec![said(texts.method_gap_text())],
            Self::Priority => vec![
                said(texts.method_priority_text()),
                said(texts.method_priority_example()),
            ],
            Self::Stability => vec![
                texts.method_stability_text(REPLICATES, SEED),
                texts.method_stability_words(TOP),
                said(texts.method_stability_limits()),
            ],
            Self::Bounds => vec![said(texts.method_bounds_text()), example(texts)],
            Self::Coverage => vec![
                said(texts.method_coverage_text()),
                said(texts.method_coverage_kinds()),
            ],
            Self::DontKnow => vec![said(texts.method_dont_know_text())],
            Self::Spread => vec![
                texts.method_spread_text(n_min),
                said(texts.method_spread_agreement()),
                said(texts.method_spread_labels()),
            ],
            Self::Between => vec![
                said(texts.method_between_text()),
                said(texts.method_between_measures()),
            ],
            Self::Change => vec![
                said(texts.method_change_text()),
                said(texts.method_change_example()),
            ],
            Self::Small => vec![
                texts.method_small_text(n_min),
                said(texts.method_small_complementary()),
            ],
            Self::Symbols => vec![said(texts.method_symbols_text())],
        }
    }
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

/// Worst-case bounds in numbers: eleven of fourteen municipalities with a mean gap of 2.1.
fn example(texts: Texts) -> String {
    let (mean, of) = (2.1, 14);
    let present = [mean; 11];
    let (least, most) = worst_case_mean(&present, of, (0.0, 4.0)).unwrap_or_default();
    let write = |value, decimals| words::mark(texts).write(value, decimals);
    texts.method_bounds_example(
        present.len(),
        of,
        write(mean, 1),
        write(least, 2),
        write(most, 2),
    )
}

/// The page; `example` when the figures are those of an example.
pub fn method(
    texts: Texts,
    back: &str,
    (result, example): (&RegionResult, bool),
    n_min: u8,
    contents: &Contents,
) -> AnyView {
    let conditions: Vec<_> = (words::conditions_of(texts, result, example).into_iter())
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect();
    let links: Vec<_> = (Rule::ALL.into_iter())
        .map(|rule| {
            let address = format!("#{}", rule.anchor());
            view! { <li><a href=address>{rule.title(texts)}</a></li> }
        })
        .collect();
    let rules: Vec<_> = (Rule::ALL.into_iter())
        .map(|rule| {
            let said: Vec<_> = (rule.text(texts, n_min).into_iter())
                .map(|paragraph| view! { <p>{paragraph}</p> })
                .collect();
            let symbols = (rule == Rule::Symbols).then(|| symbols(texts, n_min));
            view! {
                <section aria-labelledby=rule.anchor()>
                    <h2 id=rule.anchor()>{rule.title(texts)}</h2>
                    {said}
                    {symbols}
                </section>
            }
        })
        .collect();
    view! {
        <div class="narrow prose method">
            <div class="page-head">
                <h1>{texts.result_method()}</h1>
                <p class="lead">{texts.method_lead()}</p>
            </div>
            <ul>{conditions}</ul>
            <nav class="contents no-print" aria-label=texts.result_contents()><ul>{links}</ul></nav>
            {rules}
            {own_words(texts, contents)}
            <p class="actions"><a class="button quiet" href=back.to_owned()>{texts.method_back()}</a></p>
        </div>
    }
    .into_any()
}

/// What stands in the place of a number, and marks beside one.
fn symbols(texts: Texts, n_min: u8) -> AnyView {
    let most = n_min.saturating_sub(1);
    let rows: Vec<_> = [
        ("..".to_owned(), texts.method_symbol_hidden().to_owned()),
        (
            ".".to_owned(),
            texts.method_symbol_not_applicable().to_owned(),
        ),
        ("-".to_owned(), texts.method_symbol_missing().to_owned()),
        (format!("1–{most}"), texts.method_symbol_class(most)),
        ("2".to_owned(), texts.method_symbol_unconfirmed().to_owned()),
        ("−1".to_owned(), texts.method_symbol_surplus().to_owned()),
    ]
    .into_iter()
    .map(|(sign, words)| {
        let sign = if sign == "2" {
            view! { <span class="unconfirmed">{sign}</span> }.into_any()
        } else {
            sign.into_any()
        };
        view! { <div><dt>{sign}</dt><dd>{words}</dd></div> }
    })
    .collect();
    view! { <dl class="symbols">{rows}</dl> }.into_any()
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
