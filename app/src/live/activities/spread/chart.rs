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
    let dont_know = (capability.dont_know_share)
        .filter(|share| *share > 0.0)
        .map(|share| texts.walk_dont_know(format!("{:.0}", share * 100.0)));
    let covered = texts.walk_covered(capability.covered, spread.municipalities.len());
    let said: Vec<_> = [Some(covered), dont_know].into_iter().flatten().collect();
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
                    {question(scene, spread, capability, (texts.terms_current(), &capability.current, current), size)}
                    {question(scene, spread, capability, (texts.terms_target(), &capability.target, target), size)}
                </div>
                {outside(texts, spread, capability)}
                <p class="walk-note">{said.join(" ")}</p>
            </section>
        },
    )
}

fn question(
    scene: &Scene,
    spread: &Spread,
    capability: &CapabilitySpread,
    (title, asked, level): (&'static str, &Distribution, Question),
    size: Size,
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
            {municipalities(texts, spread, capability, level, size)}
            <p class="walk-note">{region}</p>
        </section>
    }
    .into_any()
}

/// Municipalities by the level they stand on, under the bars: a dot each, and their names.
fn municipalities(
    texts: Texts,
    spread: &Spread,
    capability: &CapabilitySpread,
    question: Question,
    size: Size,
) -> AnyView {
    let values = || capability.values.iter().zip(&spread.municipalities);
    if values().all(|(value, _)| value.levels().is_none()) {
        return ().into_any();
    }
    if size == Size::Wall {
        return names_by_level(texts, values().map(|(value, of)| (*value, of.name())), question);
    }
    let columns: Vec<_> = (Level::ALL.into_iter())
        .map(|level| {
            let here: Vec<_> = values()
                .filter(|(value, _)| value.levels().map(question) == Some(level))
                .map(|(value, municipality)| {
                    let agreed = matches!(
                        value,
                        CellValue::Levels {
                            basis: Basis::Agreed,
                            ..
                        }
                    );
                    let class = if agreed { "dot agreed" } else { "dot" };
                    let said = if agreed {
                        ""
                    } else {
                        texts.result_unconfirmed_mark()
                    };
                    let said = (!agreed)
                        .then(|| view! { <span class="visually-hidden">" ("{said}")"</span> });
                    view! { <li><span class=class></span>{municipality.name()}{said}</li> }
                })
                .collect();
            let count = (!here.is_empty()).then(|| {
                view! {
                    <span class="visually-hidden">{texts.walk_level(level.get())}": "</span>
                }
            });
            view! { <li>{count}<ul>{here}</ul></li> }
        })
        .collect();
    view! {
        <div class="walk-dots">
            <h4>{texts.walk_municipalities()}</h4>
            <ol>{columns}</ol>
            <p class="hint">{texts.walk_dots_legend()}</p>
        </div>
    }
    .into_any()
}

/// The same in so few lines that the wall has room for them: a level and the names that stand there. What has been
/// agreed is checked.
fn names_by_level<'a>(
    texts: Texts,
    values: impl Iterator<Item = (CellValue, &'a str)> + Clone,
    question: Question,
) -> AnyView {
    let rows: Vec<_> = (Level::ALL.into_iter())
        .filter_map(|level| {
            let names: Vec<_> = (values.clone())
                .filter(|(value, _)| value.levels().map(question) == Some(level))
                .map(|(value, name)| match value {
                    CellValue::Levels {
                        basis: Basis::Agreed,
                        ..
                    } => format!("{name}\u{a0}✓"),
                    _ => name.to_owned(),
                })
                .collect();
            let number = level.get();
            (!names.is_empty()).then(|| {
                view! {
                    <li>
                        <span class=format!("walk-level level-{number}")><span class="visually-hidden">{texts.walk_level(number)}</span><span aria-hidden="true">{number}</span></span>
                        {names.join(", ")}
                    </li>
                }
            })
        })
        .collect();
    let agreed = values.clone().any(|(value, _)| {
        let basis = Basis::Agreed;
        matches!(value, CellValue::Levels { basis: known, .. } if known == basis)
    });
    let legend = agreed.then(|| view! { <li class="muted">{texts.walk_agreed_legend()}</li> });
    view! { <ol class="walk-names">{rows}{legend}</ol> }.into_any()
}

/// Municipalities without a level, with the symbol and the reason.
fn outside(texts: Texts, spread: &Spread, capability: &CapabilitySpread) -> AnyView {
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
    (!groups.is_empty())
        .then(|| view! { <ul class="walk-outside">{groups}</ul> })
        .into_any()
}
