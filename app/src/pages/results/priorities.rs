//! The prioritised list: each with its parts, those that cannot be told apart as one group.

use domain::results::{Ranked, TOP};
use leptos::prelude::*;

use super::{ResultsPage, sure, words::mark};
use crate::texts::Texts;

/// How many are in sight before "visa alla".
const FIRST: usize = TOP;

/// The list of those that are shown, with their places in the whole list.
pub(super) fn list(texts: Texts, data: &ResultsPage) -> AnyView {
    let material = &data.material;
    let kept: Vec<&Ranked> = (material.region().ranking.iter())
        .filter(|ranked| material.shown.capabilities.contains(&ranked.capability))
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
                {groups(texts, data, rest)}
            </details>
        }
    });
    view! { {groups(texts, data, first)}{rest} }.into_any()
}

fn groups(texts: Texts, data: &ResultsPage, ranked: &[&Ranked]) -> AnyView {
    let items: Vec<_> = ranked
        .chunk_by(|a, b| a.group == b.group)
        .map(|group| {
            let rows: Vec<_> = (group.iter())
                .map(|ranked| item(texts, data, ranked))
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

fn item(texts: Texts, data: &ResultsPage, ranked: &Ranked) -> AnyView {
    let (material, result) = (&data.material, data.material.region());
    let municipality = material.column();
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
    let name = capability.name.to_string();
    let address = format!(
        "{}/formaga/{}{}",
        data.base,
        capability.id,
        data.round_query()
    );
    let certainty = sure::all_words(texts, &material.analysis, capability);
    let width = capability.priority.unwrap_or_default().clamp(0.0, 100.0);
    view! {
        <li>
            <span class="place">{ranked.place}"."</span>
            <h3 class="name"><a href=address>{name.clone()}</a></h3>
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
                <summary>
                    {sure::stability_mark(texts, ranked)}". "<span>{texts.result_how_sure()}</span>
                    <span class="visually-hidden">": "{name.clone()}</span>
                </summary>
                {sure::list(texts, data, &name, certainty)}
            </details>
        </li>
    }
    .into_any()
}
