//! Up to four municipalities side by side: their levels, and how far apart they are.

use charts::{Cell, Row, Table};
use domain::{
    level::Level,
    municipality::Municipality,
    results::{Basis, CapabilityResult, CellValue},
};
use leptos::prelude::*;

use super::{
    Material, Order, ResultsPage,
    method::Rule,
    parts::{View, condition_box, method_link, views},
    words,
};
use crate::{
    components::{CheckGroup, Empty, Hidden, Select},
    texts::Texts,
};

/// How many can be read beside each other.
pub const MOST: usize = 4;

/// The page.
#[derive(Clone, Debug)]
pub struct ComparePage {
    /// What surrounds it; the filter asks for no municipality alone.
    pub page: ResultsPage,
    /// Those who are chosen, of those that may be shown, in the order of the tables; more than [`MOST`] are only told
    /// that they are too many.
    pub chosen: Vec<Municipality>,
}

/// One capability in the comparison.
struct Compared<'m> {
    row: &'m CapabilityResult,
    values: Vec<CellValue>,
}

/// How far apart levels are, current and target: 0–4; none where fewer than two have a value.
fn apart(values: &[CellValue]) -> Option<(u8, u8)> {
    let levels: Vec<_> = values.iter().filter_map(CellValue::levels).collect();
    let span = |of: fn(&(Level, Level)) -> Level| {
        let of = || levels.iter().map(of);
        of().max()?.get().checked_sub(of().min()?.get())
    };
    (levels.len() > 1)
        .then(|| Some((span(|one| one.0)?, span(|one| one.1)?)))
        .flatten()
}

/// The capabilities in the order that is asked for: where they differ most first, or as on the map.
fn compared<'m>(material: &'m Material, chosen: &[Municipality]) -> Vec<Compared<'m>> {
    let region = material.region();
    let columns: Vec<usize> = (chosen.iter())
        .filter_map(|one| region.municipalities.iter().position(|known| known == one))
        .collect();
    let by_area = material.filter.order == Order::Map;
    let mut indices = material.shown.capabilities.clone();
    if by_area {
        indices.sort_unstable();
    }
    let mut rows: Vec<_> = (indices.into_iter())
        .map(|index| {
            let row = &region.capabilities[index];
            Compared {
                row,
                values: columns
                    .iter()
                    .map(|column| row.cells[*column].value)
                    .collect(),
            }
        })
        .collect();
    if !by_area {
        // Stable: where they differ as much, the order of what is shown is kept.
        rows.sort_by_key(|row| std::cmp::Reverse(apart(&row.values)));
    }
    rows
}

const fn is_unconfirmed(value: CellValue) -> bool {
    matches!(
        value,
        CellValue::Levels {
            basis: Basis::Answers,
            ..
        }
    )
}

/// The numbers side by side, for a file: last in each row the municipalities whose levels are not agreed.
pub fn compare_table(texts: Texts, material: &Material, chosen: &[Municipality]) -> Table {
    let regional = material.regional();
    let mut columns = vec![texts.compare_capability().to_owned()];
    for municipality in chosen {
        let name = municipality.name();
        columns.extend([
            texts.compare_current_of(name),
            texts.compare_target_of(name),
            texts.compare_gap_of(name),
        ]);
    }
    if regional {
        columns.extend([
            texts.compare_median_current().to_owned(),
            texts.compare_median_target().to_owned(),
            texts.result_with_value().to_owned(),
        ]);
    }
    columns.push(texts.result_unconfirmed_mark().to_owned());
    let rows = (compared(material, chosen).into_iter())
        .map(|one| {
            let mut cells = Vec::with_capacity(columns.len());
            for value in &one.values {
                let numbers = value.levels().map(|(current, target)| {
                    let (current, target) = (f64::from(current.get()), f64::from(target.get()));
                    [current, target, target - current]
                });
                cells.extend((0..3).map(|nth| {
                    Cell::number_or(numbers.map(|numbers| numbers[nth]), 0, value.symbol())
                }));
            }
            if regional {
                let median = |median| Cell::number_or(median, 1, "-");
                cells.extend([one.row.median_current, one.row.median_target].map(median));
                let with_value = u32::try_from(one.row.with_value).ok().map(f64::from);
                cells.push(Cell::number_or(with_value, 0, "-"));
            }
            // A number in a spreadsheet cannot be dotted.
            let unconfirmed: Vec<_> = (chosen.iter().zip(&one.values))
                .filter(|(_, value)| is_unconfirmed(**value))
                .map(|(municipality, _)| municipality.name())
                .collect();
            cells.push(Cell::Text(unconfirmed.join(", ")));
            Row {
                header: one.row.name.to_string(),
                cells,
            }
        })
        .collect();
    Table {
        caption: caption(texts, chosen),
        columns,
        rows,
        conditions: words::conditions(texts, material),
        mark: words::mark(texts),
    }
}

fn caption(texts: Texts, chosen: &[Municipality]) -> String {
    let names = (chosen.iter())
        .map(|municipality| municipality.name().to_owned())
        .collect();
    texts.compare_caption(words::list(texts, names))
}

/// The page.
pub fn compare(texts: Texts, data: &ComparePage) -> AnyView {
    let page = &data.page;
    let body = match data.chosen.len() {
        1 => view! { <Empty text=texts.compare_one() /> }.into_any(),
        2..=MOST => side_by_side(texts, data),
        _ => ().into_any(),
    };
    let too_many = (data.chosen.len() > MOST).then(|| {
        view! { <div class="notice" role="alert"><p>{texts.compare_too_many(data.chosen.len())}</p></div> }
    });
    view! {
        <div class="wide">
            <div class="page-head">
                <p class="eyebrow">{texts.result_eyebrow(page.material.version.number, &page.material.round.name)}</p>
                <h1>{texts.compare_title()}</h1>
                <p class="lead">{texts.compare_lead()}</p>
            </div>
            {condition_box(texts, page)}
            {views(texts, page, View::Compare)}
            {too_many}
            {form(texts, data)}
            {body}
        </div>
    }
    .into_any()
}

fn form(texts: Texts, data: &ComparePage) -> AnyView {
    let page = &data.page;
    let address = format!("{}/jamfor", page.base);
    let choices: Vec<_> = (page.municipalities.iter())
        .map(|municipality| (municipality.to_string(), municipality.name().to_owned()))
        .collect();
    let selected: Vec<_> = data.chosen.iter().map(ToString::to_string).collect();
    let orders = vec![
        (String::new(), texts.compare_order_difference().to_owned()),
        ("karta".to_owned(), texts.compare_order_area().to_owned()),
    ];
    let order = match page.material.filter.order {
        Order::Map => "karta",
        _ => "",
    };
    let round = (page.material.filter.round)
        .map(|round| view! { <Hidden name="omgang" value=round.to_string() /> });
    let clear = format!("{address}{}", page.round_query());
    view! {
        <form method="get" action=address class="card compare-choice no-print">
            {round}
            <CheckGroup name="kommun" legend=texts.compare_municipalities() choices selected />
            <Select name="ordning" label=texts.compare_order() choices=orders selected=order.to_owned() />
            <div class="actions">
                <button class="button primary" type="submit">{texts.compare_show()}</button>
                <a class="button quiet" href=clear>{texts.compare_clear()}</a>
            </div>
        </form>
    }
    .into_any()
}

fn side_by_side(texts: Texts, data: &ComparePage) -> AnyView {
    let page = &data.page;
    let rows = compared(&page.material, &data.chosen);
    let note = if page.material.regional() {
        texts.compare_note()
    } else {
        texts.compare_note_own()
    };
    let by_area = page.material.filter.order == Order::Map;
    let order = (!by_area).then(|| format!(" {}", texts.compare_difference_note()));
    view! {
        <section class="card" aria-labelledby="sida-vid-sida">
            <h2 id="sida-vid-sida">{texts.compare_result()}</h2>
            <p>{most(texts, data, &rows)}</p>
            <p class="figure-note">
                {note}{order}" "
                {method_link(texts, page, Rule::Municipal, texts.compare_result())}
            </p>
            {table(texts, data, &rows, by_area)}
            {symbols(texts, &rows)}
            {files(texts, data)}
        </section>
    }
    .into_any()
}

/// Where they differ most, in a sentence or two.
fn most(texts: Texts, data: &ComparePage, rows: &[Compared<'_>]) -> String {
    let widest = (rows.iter())
        .filter_map(|one| Some((one, apart(&one.values)?)))
        // The first of those that differ as much.
        .reduce(|most, next| if next.1 > most.1 { next } else { most });
    let Some((one, (steps, _))) = widest else {
        return texts.compare_nothing_common().to_owned();
    };
    if steps == 0 {
        return texts.compare_same().to_owned();
    }
    let currents = || {
        (data.chosen.iter().zip(&one.values))
            .filter_map(|(municipality, value)| Some((municipality, value.levels()?.0)))
    };
    let those = |level| {
        let names = (currents().filter(|(_, current)| Some(*current) == level))
            .map(|(municipality, _)| municipality.name().to_owned())
            .collect();
        words::list(texts, names)
    };
    let lowest = those(currents().map(|(_, current)| current).min());
    let highest = those(currents().map(|(_, current)| current).max());
    texts.compare_most(&one.row.name, steps, lowest, highest)
}

fn table(texts: Texts, data: &ComparePage, rows: &[Compared<'_>], by_area: bool) -> AnyView {
    let page = &data.page;
    let regional = page.material.regional();
    let heads: Vec<_> = (data.chosen.iter())
        .map(|municipality| {
            let address = format!("{}/kommun/{municipality}{}", page.base, page.round_query());
            view! { <th scope="col"><a href=address>{municipality.name()}</a></th> }
        })
        .collect();
    let width = 2 + data.chosen.len() + 2 * usize::from(regional);
    let bodies: Vec<_> = rows
        .chunk_by(|a, b| !by_area || a.row.area == b.row.area)
        .map(|group| {
            let head = by_area.then(|| {
                let name = (group[0].row.area_name.as_ref())
                    .map_or_else(|| texts.compare_no_area().to_owned(), ToString::to_string);
                view! { <tr class="group"><th scope="rowgroup" colspan=width.to_string()>{name}</th></tr> }
            });
            let rows: Vec<_> = group.iter().map(|one| line(texts, data, one)).collect();
            view! { <tbody>{head}{rows}</tbody> }
        })
        .collect();
    let median = regional.then(|| {
        view! {
            <th scope="col">{texts.compare_median()}</th>
            <th scope="col">{texts.result_with_value()}</th>
        }
    });
    let caption = caption(texts, &data.chosen);
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption.clone()>
            <table class="data compare">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead><tr>
                    <th scope="col">{texts.compare_capability()}</th>
                    {heads}
                    <th scope="col">{texts.compare_difference()}</th>
                    {median}
                </tr></thead>
                {bodies}
            </table>
        </div>
    }
    .into_any()
}

fn line(texts: Texts, data: &ComparePage, one: &Compared<'_>) -> AnyView {
    let page = &data.page;
    let address = format!("{}/formaga/{}{}", page.base, one.row.id, page.round_query());
    let cells: Vec<_> = (one.values.iter())
        .map(|value| view! { <td>{cell(texts, *value)}</td> })
        .collect();
    let apart = match apart(&one.values) {
        None => "-".to_owned(),
        Some((0, _)) => texts.compare_difference_none().to_owned(),
        Some((steps, _)) => texts.compare_difference_steps(steps),
    };
    let median = page.material.regional().then(|| {
        let mark = words::mark(texts);
        let words = match one.row.median_current.zip(one.row.median_target) {
            Some((current, target)) => {
                format!("{} → {}", mark.write(current, 1), mark.write(target, 1))
            }
            None => "-".to_owned(),
        };
        view! {
            <td class="median">{words}</td>
            <td class="number">{one.row.with_value}</td>
        }
    });
    view! {
        <tr>
            <th scope="row"><a href=address>{one.row.name.to_string()}</a></th>
            {cells}
            <td>{apart}</td>
            {median}
        </tr>
    }
    .into_any()
}

/// A municipality's levels with the gap: seen as "1 → 4 +3", heard in words.
fn cell(texts: Texts, value: CellValue) -> AnyView {
    let CellValue::Levels {
        current,
        target,
        basis,
    } = value
    else {
        let why = match value {
            CellValue::NotApplicable => texts.result_not_applicable(),
            CellValue::Hidden => texts.result_hidden(),
            CellValue::Missing | CellValue::Levels { .. } => texts.result_no_answers(),
        };
        return view! {
            <span class="muted"><span aria-hidden="true">{value.symbol()}</span><span class="visually-hidden">{why}</span></span>
        }
        .into_any();
    };
    let gap = value.gap().unwrap_or_default();
    let (class, sign) = match gap {
        ..0 => ("surplus", "−"),
        0 => ("gap", ""),
        1.. => ("gap", "+"),
    };
    let steps = gap.unsigned_abs();
    let unconfirmed = (basis == Basis::Answers).then_some("unconfirmed");
    let said = format!(
        "{} {}, {} {}, {} {sign}{steps}",
        texts.compare_short_current(),
        current.get(),
        texts.compare_short_target(),
        target.get(),
        texts.compare_short_gap(),
    );
    let said = if unconfirmed.is_some() {
        format!("{said}, {}", texts.compare_unconfirmed())
    } else {
        said
    };
    view! {
        <span class="visually-hidden">{said}</span>
        <span class="pair" aria-hidden="true">
            <span class=unconfirmed>{current.get()}" → "{target.get()}</span>
            <span class=format!("key {class}-{steps}")>{sign}{steps}</span>
        </span>
    }
    .into_any()
}

/// What the symbols mean that stand in the place of levels here.
fn symbols(texts: Texts, rows: &[Compared<'_>]) -> Option<AnyView> {
    let meanings = [
        (CellValue::Missing, texts.result_no_answers()),
        (CellValue::Hidden, texts.result_hidden()),
        (CellValue::NotApplicable, texts.result_not_applicable()),
    ];
    let keys: Vec<_> = (meanings.into_iter())
        .filter(|(symbol, _)| rows.iter().any(|one| one.values.contains(symbol)))
        .map(|(symbol, words)| {
            view! { <li><span class="key missing">{symbol.symbol()}</span>{words}</li> }
        })
        .collect();
    (!keys.is_empty()).then(|| view! { <ul class="keys">{keys}</ul> }.into_any())
}

fn files(texts: Texts, data: &ComparePage) -> AnyView {
    let mut query: Vec<String> = (data.page.material.filter.round)
        .map(|round| format!("omgang={round}"))
        .into_iter()
        .collect();
    query.extend(data.chosen.iter().map(|one| format!("kommun={one}")));
    if data.page.material.filter.order == Order::Map {
        query.push("ordning=karta".to_owned());
    }
    let links: Vec<_> = ["xlsx", "csv", "rfc.csv", "json"]
        .into_iter()
        .map(|ending| {
            let address = format!("{}/jamfor.{ending}?{}", data.page.base, query.join("&"));
            let words = texts.compare_download(ending.to_uppercase());
            view! { <li><a href=address download>{words}</a></li> }
        })
        .collect();
    view! { <ul class="row downloads no-print">{links}</ul> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(current: u8, target: u8) -> CellValue {
        let level = |number| Level::new(number).expect("1 to 5");
        CellValue::Levels {
            current: level(current),
            target: level(target),
            basis: Basis::Agreed,
        }
    }

    #[test]
    fn those_without_a_value_are_not_apart_from_anyone() {
        let hidden = CellValue::Hidden;
        assert_eq!(apart(&[]), None);
        assert_eq!(apart(&[hidden, CellValue::Missing]), None);
        assert_eq!(apart(&[levels(1, 5), hidden]), None);
        assert_eq!(apart(&[levels(2, 4), levels(2, 4)]), Some((0, 0)));
        let three = [levels(1, 5), hidden, levels(4, 3), levels(2, 5)];
        assert_eq!(apart(&three), Some((3, 2)));
    }

    #[test]
    fn what_differs_in_current_level_comes_before_what_differs_in_target() {
        let mut rows = [
            apart(&[levels(3, 3), CellValue::Hidden]),
            apart(&[levels(3, 1), levels(3, 5)]),
            apart(&[levels(2, 4), levels(3, 4)]),
            apart(&[levels(3, 4), levels(3, 4)]),
        ];
        rows.sort_by_key(|row| std::cmp::Reverse(*row));
        assert_eq!(rows, [Some((1, 0)), Some((0, 4)), Some((0, 0)), None]);
    }

    #[test]
    fn a_value_is_seen_as_numbers_and_heard_as_words() {
        let swedish = Texts(domain::mapping::Language::Swedish);
        let html = cell(swedish, levels(4, 2)).to_html();
        assert!(html.contains("nuläge 4, börläge 2, skillnad −2"), "{html}");
        assert!(html.contains("key surplus-2"), "{html}");
        let hidden = cell(swedish, CellValue::Hidden).to_html();
        assert!(hidden.contains("för få svar"), "{hidden}");
        assert!(!hidden.contains("key"), "{hidden}");
    }
}
