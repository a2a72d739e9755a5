//! Municipality by capability: a real table with a number in every cell, sorted by links.

use charts::{cell_class, heatmap_table};
use domain::results::{Basis, CellValue, Measure};
use leptos::prelude::*;

use super::{
    figures::heat_title,
    filter::{Filter, Order},
    material::Material,
    words::{chart_texts, mark, measure_text},
};
use crate::texts::Texts;

/// The table with its choice of measure and its key.
pub(super) fn table(texts: Texts, base: &str, material: &Material) -> AnyView {
    let (result, filter, shown) = (material.region(), &material.filter, &material.shown);
    let measure = filter.measure;
    let pills: Vec<_> = (Measure::ALL.iter())
        .map(|other| {
            let address = Filter { measure: *other, ..*filter }.query();
            let current = (*other == measure).then_some("true");
            view! { <li><a href=format!("{base}{address}#varmekarta") aria-current=current>{measure_text(texts, *other)}</a></li> }
        })
        .collect();
    let title = heat_title(texts, measure);
    let numbers = heatmap_table(
        result,
        shown,
        measure,
        &chart_texts(texts, title, "", material),
    );
    let sort = |order: Order, words: String| {
        let sorted = (order == filter.order).then_some(match order {
            Order::Name => "ascending",
            _ => "descending",
        });
        let next = if order == filter.order {
            Order::Priority
        } else {
            order
        };
        let address = Filter {
            order: next,
            ..*filter
        }
        .query();
        view! {
            <th scope="col" aria-sort=sorted>
                <a class="sort" href=format!("{base}{address}#varmekarta")>{words}</a>
            </th>
        }
    };
    let columns: Vec<_> = (shown.municipalities.iter())
        .map(|index| result.municipalities[*index])
        .map(|municipality| {
            sort(
                Order::Municipality(municipality),
                municipality.name().to_owned(),
            )
        })
        .collect();
    let rows: Vec<_> = (shown.capabilities.iter().zip(&numbers.rows))
        .map(|(index, row)| {
            let capability = &result.capabilities[*index];
            let cells: Vec<_> = (shown.municipalities.iter().zip(&row.cells))
                .map(|(column, number)| {
                    let value = capability.cells[*column].value;
                    let text = number.text(mark(texts));
                    let class = cell_class(value, measure);
                    if matches!(value, CellValue::Levels { basis: Basis::Answers, .. }) {
                        view! {
                            <td class=class>
                                <span class="unconfirmed">{text}</span>
                                <span class="visually-hidden">" "{texts.result_unconfirmed_mark()}</span>
                            </td>
                        }
                        .into_any()
                    } else {
                        view! { <td class=class>{text}</td> }.into_any()
                    }
                })
                .collect();
            view! { <tr><th scope="row">{row.header.clone()}</th>{cells}</tr> }
        })
        .collect();
    let first = sort(Order::Name, texts.result_capability().to_owned());
    view! {
        <nav class="pills" aria-label=texts.result_measure()><ul>{pills}</ul></nav>
        <p class="figure-note">{texts.result_heat_note()}</p>
        {keys(texts, measure)}
        <div class="table-wrap heat-wrap" tabindex="0" role="region" aria-label=title>
            <table class="heat">
                <caption class="visually-hidden">{title}". "{numbers.conditions.join(" ")}</caption>
                <thead><tr>{first}{columns}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn keys(texts: Texts, measure: Measure) -> AnyView {
    let key = |class: &'static str, sign: &'static str, words: &'static str| {
        view! { <li><span class=format!("key {class}")>{sign}</span>{words}</li> }
    };
    let numbers = match measure {
        Measure::Gap => vec![
            key("surplus-1", "−1", texts.result_surplus()),
            key("gap-0", "0", texts.result_no_gap()),
            key("gap-1", "1", ""),
            key("gap-2", "2", ""),
            key("gap-3", "3", ""),
            key("gap-4", "4", texts.result_greatest_gap()),
        ],
        Measure::Current | Measure::Target => vec![
            key("level-1", "1", texts.terms_level_1()),
            key("level-2", "2", texts.terms_level_2()),
            key("level-3", "3", texts.terms_level_3()),
            key("level-4", "4", texts.terms_level_4()),
            key("level-5", "5", texts.terms_level_5()),
        ],
    };
    view! {
        <ul class="keys">
            {numbers}
            {key("missing", "-", texts.result_no_answers())}
            {key("missing", "..", texts.result_hidden())}
            {key("missing", ".", texts.result_not_applicable())}
        </ul>
    }
    .into_any()
}
