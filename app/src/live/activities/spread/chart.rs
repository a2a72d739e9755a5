//! One capability's spread: five bars for each question, and where the municipalities stand.

use domain::{
    level::Level,
    results::{Basis, CapabilitySpread, CellValue, Distribution, Spread},
};
use leptos::prelude::*;

use super::{people_text, regional};
use crate::{
    live::{
        Scene,
        activities::bars::{agreement_text, five_bars, level_word},
        part::Part,
    },
    texts::Texts,
};

/// Where it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// From ten metres.
    Wall,
    /// On a screen of one's own.
    Page,
}

/// One of the two questions.
type Question = fn((Level, Level)) -> Level;

/// Both questions side by side.
pub(super) fn both(
    scene: &Scene,
    spread: &Spread,
    capability: &CapabilitySpread,
    size: Size,
) -> Part {
    let texts = scene.texts;
    let area =
        (capability.area.as_ref()).map(|area| view! { <p class="eyebrow">{area.to_string()}</p> });
    let formulation = (!capability.formulation.is_empty())
        .then(|| view! { <p class="walk-formulation">{capability.formulation.to_string()}</p> });
    let class = match size {
        Size::Wall => "walk-spread wall",
        Size::Page => "walk-spread card",
    };
    let current: Question = |(current, _)| current;
    let target: Question = |(_, target)| target;
    Part::leaf(
        "spr-fokus",
        view! {
            <section id="spr-fokus" class=class>
                {area}
                <h2 class="walk-name">{capability.name.to_string()}</h2>
                {formulation}
                <div class="walk-pair">
                    {question(scene, spread, capability, (texts.terms_current(), &capability.current, current))}
                    {question(scene, spread, capability, (texts.terms_target(), &capability.target, target))}
                </div>
                {outside(texts, spread, capability)}
            </section>
        },
    )
}

fn question(
    scene: &Scene,
    spread: &Spread,
    capability: &CapabilitySpread,
    (title, asked, level): (&'static str, &Distribution, Question),
) -> AnyView {
    let texts = scene.texts;
    let words: Option<fn(Texts, usize) -> &'static str> = Some(level_word);
    let (says, chart) = match &asked.bars {
        Some(bars) => (
            agreement_text(texts, bars.agreement, bars.label),
            five_bars(texts, bars.counts, bars.median().get(), words),
        ),
        None => (
            String::new(),
            view! {
                <p class="walk-hidden"><b aria-hidden="true">".."</b> {texts.walk_hidden(spread.n_min.get())}</p>
            }
            .into_any(),
        ),
    };
    let region = match regional(&capability.values, level) {
        Some((median, of)) => texts.walk_regional(median.get(), of, spread.municipalities.len()),
        None => texts.walk_no_regional().to_owned(),
    };
    let id = if title == texts.terms_current() {
        "spr-nu"
    } else {
        "spr-bor"
    };
    view! {
        <section class="walk-question-chart" aria-labelledby=id>
            <h3 id=id>
                {title}
                " "
                <span class="walk-says">{says}</span>
                " "
                <span class="muted number">{people_text(texts, asked.people)}</span>
            </h3>
            {chart}
            {municipalities(texts, spread, capability, level)}
            <p class="walk-note">{region}</p>
        </section>
    }
    .into_any()
}

/// Municipalities by the level they stand on, in a line a level. What has been agreed is checked.
fn municipalities(
    texts: Texts,
    spread: &Spread,
    capability: &CapabilitySpread,
    question: Question,
) -> AnyView {
    let rows: Vec<_> = (Level::ALL.into_iter())
        .filter_map(|level| {
            let names: Vec<_> = (capability.values.iter().zip(&spread.municipalities))
                .filter(|(value, _)| value.levels().map(question) == Some(level))
                .map(|(value, municipality)| {
                    let name = municipality.name();
                    if is_agreed(*value) {
                        format!("{name}\u{a0}✓")
                    } else {
                        name.to_owned()
                    }
                })
                .collect();
            let number = level.get();
            (!names.is_empty()).then(|| {
                view! {
                    <li>
                        <span class=format!("walk-level level-{number}")>
                            <span class="visually-hidden">{texts.walk_level(number)}": "</span>
                            <span aria-hidden="true">{number}</span>
                        </span>
                        {names.join(", ")}
                    </li>
                }
            })
        })
        .collect();
    view! { <ol class="walk-names">{rows}</ol> }.into_any()
}

fn is_agreed(value: CellValue) -> bool {
    matches!(
        value,
        CellValue::Levels {
            basis: Basis::Agreed,
            ..
        }
    )
}

/// What else is to be known: what the values rest on, who has none and why, how many did not know.
fn outside(texts: Texts, spread: &Spread, capability: &CapabilitySpread) -> AnyView {
    let rests = if capability.values.iter().copied().any(is_agreed) {
        texts.walk_values_rest()
    } else {
        texts.walk_values_unconfirmed()
    };
    let rests = (capability.values.iter())
        .any(|value| value.levels().is_some())
        .then(|| view! { <li>{rests}</li> });
    let covered = texts.walk_covered(capability.covered, spread.municipalities.len());
    let dont_know = (capability.dont_know_share)
        .filter(|share| *share > 0.0)
        .map(|share| texts.walk_dont_know(format!("{:.0}", share * 100.0)))
        .map(|words| view! { <li>{words}</li> });
    let reasons = [
        (CellValue::Hidden, texts.result_hidden()),
        (CellValue::NotApplicable, texts.result_not_applicable()),
        (CellValue::Missing, texts.result_no_answers()),
    ];
    let groups: Vec<_> = (reasons.into_iter())
        .filter_map(|(value, reason)| {
            let names: Vec<_> = (capability.values.iter().zip(&spread.municipalities))
                .filter(|(known, _)| **known == value)
                .map(|(_, municipality)| municipality.name())
                .collect();
            (!names.is_empty()).then(|| {
                let symbol = value.symbol();
                view! { <li><b>{symbol}</b>" "{reason}": "{names.join(", ")}</li> }
            })
        })
        .collect();
    view! {
        <ul class="walk-outside">
            <li>{covered}</li>
            {dont_know}
            {rests}
            {groups}
        </ul>
    }
    .into_any()
}
