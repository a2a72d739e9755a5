//! The prioritised list: each with its parts, those that cannot be told apart as one group.

use domain::{
    results::{CellValue, Ranked, RegionResult},
    statistics::bounds::worst_case_mean,
};
use leptos::prelude::*;

use super::words::mark;
use crate::texts::Texts;

/// How many are in sight before "visa alla".
const FIRST: usize = 10;

/// The list of those that `keeps` lets through, with their places in the whole list.
pub(super) fn list(
    texts: Texts,
    result: &RegionResult,
    municipality: Option<usize>,
    keeps: impl Fn(usize) -> bool,
) -> AnyView {
    let kept: Vec<&Ranked> = result
        .ranking
        .iter()
        .filter(|ranked| keeps(ranked.capability))
        .collect();
    if kept.is_empty() {
        return view! { <p class="empty">{texts.result_no_priorities()}</p> }.into_any();
    }
    // A group is never cut in two.
    let cut = (kept.iter().enumerate())
        .skip(FIRST)
        .find(|(index, ranked)| kept[index - 1].group != ranked.group)
        .map_or(kept.len(), |(index, _)| index);
    let (first, rest) = kept.split_at(cut);
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{texts.result_show_all(rest.len())}</summary>
                {groups(texts, result, municipality, rest)}
            </details>
        }
    });
    view! { {groups(texts, result, municipality, first)}{rest} }.into_any()
}

fn groups(
    texts: Texts,
    result: &RegionResult,
    municipality: Option<usize>,
    ranked: &[&Ranked],
) -> AnyView {
    let items: Vec<_> = ranked
        .chunk_by(|a, b| a.group == b.group)
        .map(|group| {
            let rows: Vec<_> = (group.iter())
                .map(|ranked| item(texts, result, municipality, ranked))
                .collect();
            if rows.len() == 1 {
                rows.into_iter().collect_view().into_any()
            } else {
                view! {
                    <li class="tied">
                        <p class="label">{texts.result_tied()}</p>
                        <ol>{rows}</ol>
                    </li>
                }
                .into_any()
            }
        })
        .collect();
    view! { <ol class="priority-list">{items}</ol> }.into_any()
}

fn item(
    texts: Texts,
    result: &RegionResult,
    municipality: Option<usize>,
    ranked: &Ranked,
) -> AnyView {
    let capability = &result.capabilities[ranked.capability];
    let number = |value: Option<f64>, decimals| {
        value.map_or_else(
            || "-".to_owned(),
            |value| mark(texts).write(value, decimals),
        )
    };
    let own = municipality.map(|column| {
        let value = &capability.cells[column].value;
        let words = match value.levels() {
            Some((current, target)) => format!("{} → {}", current.get(), target.get()),
            None => value.symbol().to_owned(),
        };
        view! { <div><dt>{result.municipalities[column].name()}</dt><dd>{words}</dd></div> }
    });
    let gaps: Vec<f64> = (capability.cells.iter())
        .filter_map(|cell| cell.value.gap())
        .map(|gap| f64::from(gap.max(0)))
        .collect();
    // Where it is not relevant there is nothing missing.
    let concerned = (capability.cells.iter())
        .filter(|cell| cell.value != CellValue::NotApplicable)
        .count();
    let bounds = worst_case_mean(&gaps, concerned, (0.0, 4.0))
        .filter(|_| gaps.len() < concerned)
        .map(|(least, most)| {
            texts.result_bounds(concerned, number(Some(least), 1), number(Some(most), 1))
        });
    let (from, to) = ranked.interval;
    let place = if from == to {
        texts.result_place_certain(from)
    } else {
        texts.result_place_between(from, to)
    };
    let width = capability.priority.unwrap_or_default().clamp(0.0, 100.0);
    view! {
        <li>
            <span class="place">{ranked.place}"."</span>
            <h3 class="name">{capability.name.to_string()}</h3>
            <p class="formulation">{capability.formulation.to_string()}</p>
            <dl class="parts">
                <div><dt>{texts.result_part_priority()}</dt><dd>{number(capability.priority, 0)}</dd></div>
                <div><dt>{texts.result_part_effect()}</dt><dd>{capability.effect.map_or("-".to_owned(), |effect| effect.to_string())}</dd></div>
                <div><dt>{texts.result_part_gap()}</dt><dd>{number(capability.gap_to_close, 1)}</dd></div>
                <div><dt>{texts.result_part_municipalities()}</dt><dd>{texts.result_of(capability.with_gap, capability.with_value)}</dd></div>
                {own}
            </dl>
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width=format!("{width:.1}") height="4"></rect>
            </svg>
            <details class="how-sure">
                <summary>{texts.result_how_sure()}<span class="visually-hidden">": "{capability.name.to_string()}</span></summary>
                <p>{place}" "{bounds}</p>
            </details>
        </li>
    }
    .into_any()
}
