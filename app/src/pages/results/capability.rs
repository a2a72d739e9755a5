//! One capability: how much it matters, where every municipality stands, how differently people answered, what holds it
//! back, what is being done, and how it has changed.

use std::cmp::Reverse;

use charts::{Cell, Chart, Layout, Row, Table, own_dumbbell};
use domain::{
    ids::CapabilityId,
    level::Level,
    map::Contents,
    municipality::Municipality,
    results::{Basis, CapabilityChange, CapabilityResult, CellValue, Incomparable},
    survey::Remark,
    workshop::Improvement,
};
use leptos::prelude::*;

use super::{
    Figure, Material, ResultsPage, draw,
    method::Rule,
    neighbours::{Neighbour, NeighbourWords, neighbours},
    parts::{View, condition_box, folded_table, method_link, views},
    sure,
    weaknesses::weaknesses,
    words,
};
use crate::{
    components::kind_text,
    pages::{after::words::pdca_text, map::goal_name},
    texts::Texts,
};

/// The page of one capability.
#[derive(Clone, Debug)]
pub struct CapabilityPage {
    /// What surrounds it.
    pub page: ResultsPage,
    /// Which: index into the region's capabilities.
    pub index: usize,
    /// What others may read of what was written about it; without names and municipalities.
    pub remarks: Vec<Remark>,
    /// Improvement areas that close its gap.
    pub improvements: Vec<Improvement>,
    /// Earlier closed rounds, latest first, with what has changed since.
    pub earlier: Vec<(String, Compared)>,
}

/// One earlier round beside this one.
#[derive(Clone, Debug)]
pub enum Compared {
    /// It can be compared.
    Changed(CapabilityChange),
    /// It cannot.
    Not(Incomparable),
}

impl CapabilityPage {
    fn row(&self) -> &CapabilityResult {
        &self.page.material.region().capabilities[self.index]
    }

    fn contents(&self) -> &Contents {
        &self.page.material.contents
    }
}

/// The page.
pub fn capability(texts: Texts, data: &CapabilityPage) -> AnyView {
    let page = &data.page;
    let material = &page.material;
    let row = data.row();
    let regional = material.regional();
    view! {
        <div class="wide">
            <div class="page-head">
                <p class="eyebrow">{texts.ability_eyebrow(material.version.number, &material.round.name)}</p>
                <h1>{row.name.to_string()}</h1>
                <p class="lead">{row.formulation.to_string()}</p>
            </div>
            {condition_box(texts, page)}
            {views(texts, page, View::Capability)}
            <div class="grid two">
                {about(texts, data)}
                {regional.then(|| importance(texts, data))}
            </div>
            {municipalities(texts, data)}
            {spread(texts, data)}
            {written(texts, data)}
            {improvements(texts, data)}
            {regional.then(|| history(texts, data))}
            {beside(texts, data)}
        </div>
    }
    .into_any()
}

fn about(texts: Texts, data: &CapabilityPage) -> AnyView {
    let row = data.row();
    let draft = (data.contents().capabilities.get(&row.id)).map(|known| &known.draft);
    let or = |value: String, none: &str| {
        if value.is_empty() {
            none.to_owned()
        } else {
            value
        }
    };
    let area = (row.area_name.as_ref()).map(ToString::to_string);
    let owner = draft.map(|draft| draft.owner.to_string());
    let goals: Vec<_> = (draft.into_iter().flat_map(|draft| &draft.goals))
        .filter_map(|id| data.contents().goals.get(id))
        .map(|goal| view! { <li>{goal_name(goal)}</li> })
        .collect();
    let goals = if goals.is_empty() {
        texts.ability_no_goals().into_any()
    } else {
        view! { <ul class="plain">{goals}</ul> }.into_any()
    };
    let mapping = data.page.material.mapping.id;
    view! {
        <section class="card" aria-labelledby="om-formagan">
            <h2 id="om-formagan">{texts.ability_about()}</h2>
            <dl class="definition">
                <dt>{texts.ability_area()}</dt>
                <dd>{or(area.unwrap_or_default(), texts.ability_no_area())}</dd>
                <dt>{texts.ability_kind()}</dt>
                <dd>{kind_text(texts, row.kind)}</dd>
                <dt>{texts.ability_owner()}</dt>
                <dd>{or(owner.unwrap_or_default(), texts.ability_no_owner())}</dd>
                <dt>{texts.ability_goals()}</dt>
                <dd>{goals}</dd>
            </dl>
            <p><a href=format!("/k/{mapping}/formagor/{}", row.id)>{texts.ability_on_the_map()}</a></p>
        </section>
    }
    .into_any()
}

/// The priority with its parts, and how sure it is.
fn importance(texts: Texts, data: &CapabilityPage) -> AnyView {
    let row = data.row();
    let region = data.page.material.region();
    let ranked = region
        .ranking
        .iter()
        .find(|one| one.capability == data.index);
    let number = |value: Option<f64>, decimals| {
        value.map_or_else(
            || "-".to_owned(),
            |value| words::mark(texts).write(value, decimals),
        )
    };
    let place = ranked.map(|ranked| {
        view! { <div><dt>{texts.ability_part_place(region.ranking.len())}</dt><dd>{ranked.place}</dd></div> }
    });
    let effect = row
        .effect
        .map_or_else(|| "-".to_owned(), |effect| effect.to_string());
    let width = row.priority.unwrap_or_default().clamp(0.0, 100.0);
    let bar = row.priority.is_some().then(|| {
        view! {
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width=format!("{width:.1}") height="4"></rect>
            </svg>
        }
    });
    let none = row
        .priority
        .is_none()
        .then(|| view! { <p>{texts.ability_no_priority()}</p> });
    view! {
        <section class="card" aria-labelledby="betydelse">
            <h2 id="betydelse">{texts.ability_standing()}</h2>
            {sure::preliminary_mark(texts, region)}
            <dl class="parts large">
                <div><dt>{texts.ability_part_priority()}</dt><dd>{number(row.priority, 0)}</dd></div>
                {place}
                <div><dt>{texts.ability_part_effect()}</dt><dd>{effect}</dd></div>
                <div><dt>{texts.ability_part_gap()}</dt><dd>{number(row.gap_to_close, 1)}</dd></div>
                <div><dt>{texts.ability_part_municipalities()}</dt><dd>{texts.ability_of(row.with_gap, row.with_value)}</dd></div>
            </dl>
            {bar}
            {none}
            <h3>{texts.ability_certainty()}</h3>
            {sure::list(texts, &data.page, &row.name, sure::all_words(texts, &data.page.material.analysis, row))}
        </section>
    }
    .into_any()
}

/// Municipalities that may be shown, with their values: largest gap first, those without a value last.
fn ordered(material: &Material, index: usize) -> Vec<(Municipality, CellValue)> {
    let region = material.region();
    let row = &region.capabilities[index];
    let mut values: Vec<_> = (material.shown.municipalities.iter())
        .map(|column| (region.municipalities[*column], row.cells[*column].value))
        .collect();
    values.sort_by_key(|(_, value)| by_gap(*value));
    values
}

/// Largest gap first, and of those as large the lowest current level; those without a value last.
fn by_gap(value: CellValue) -> impl Ord {
    let current = value.levels().map(|(current, _)| current);
    Reverse((value.gap(), Reverse(current)))
}

/// The municipalities' levels from current to target, largest gap first; none when no value may be shown.
pub fn capability_chart(
    texts: Texts,
    material: &Material,
    index: usize,
    layout: Layout,
) -> Option<Chart> {
    let region = material.region();
    let levels: Vec<(String, Level, Level)> = (ordered(material, index).into_iter())
        .filter_map(|(municipality, value)| {
            let (current, target) = value.levels()?;
            Some((municipality.name().to_owned(), current, target))
        })
        .collect();
    if levels.is_empty() {
        return None;
    }
    let mut texts_of = words::chart_texts(
        texts,
        &chart_title(texts, &region.capabilities[index]),
        &words::template(texts.ability_municipalities_description()),
        material,
    );
    texts
        .ability_municipality()
        .clone_into(&mut texts_of.capability);
    Some(own_dumbbell(&levels, layout, &texts_of))
}

fn chart_title(texts: Texts, row: &CapabilityResult) -> String {
    format!("{}: {}", texts.ability_municipalities(), row.name)
}

/// Every municipality that may be shown, with its levels and what they rest on, or the symbol that tells why not.
pub fn capability_table(texts: Texts, material: &Material, index: usize) -> Table {
    let region = material.region();
    let rows = (ordered(material, index).into_iter())
        .map(|(municipality, value)| {
            let (levels, basis) = match value {
                CellValue::Levels {
                    current,
                    target,
                    basis,
                } => {
                    let basis = match basis {
                        Basis::Agreed => texts.ability_agreed(),
                        Basis::Answers => texts.ability_unconfirmed(),
                    };
                    (
                        Some((f64::from(current.get()), f64::from(target.get()))),
                        basis,
                    )
                }
                CellValue::NotApplicable => (None, texts.result_not_applicable()),
                CellValue::Hidden => (None, texts.result_hidden()),
                CellValue::Missing => (None, texts.result_no_answers()),
            };
            let number = |number: fn((f64, f64)) -> f64| {
                Cell::number_or(levels.map(number), 0, value.symbol())
            };
            Row {
                header: municipality.name().to_owned(),
                cells: vec![
                    number(|(current, _)| current),
                    number(|(_, target)| target),
                    number(|(current, target)| target - current),
                    Cell::Text(basis.to_owned()),
                ],
            }
        })
        .collect();
    Table {
        caption: chart_title(texts, &region.capabilities[index]),
        columns: [
            texts.ability_municipality(),
            texts.terms_current(),
            texts.terms_target(),
            texts.terms_gap(),
            texts.ability_basis(),
        ]
        .map(str::to_owned)
        .into(),
        rows,
        conditions: words::conditions(texts, material),
        mark: words::mark(texts),
    }
}

fn municipalities(texts: Texts, data: &CapabilityPage) -> AnyView {
    let material = &data.page.material;
    let table = capability_table(texts, material, data.index);
    let title = texts.ability_municipalities();
    let chart = |layout| capability_chart(texts, material, data.index, layout);
    let pictures = (chart(Layout::Wide).zip(chart(Layout::Narrow)))
        .map(|(wide, narrow)| format!("{}{}", wide.svg, narrow.svg));
    let endings: &[&'static str] = match pictures {
        Some(_) => &["svg", "png", "xlsx", "csv", "rfc.csv", "json"],
        // There is nothing to draw; the table says why.
        None => &["xlsx", "csv", "rfc.csv", "json"],
    };
    let picture = match pictures {
        Some(pictures) => view! { <div class="chart-figure" inner_html=pictures></div> }.into_any(),
        None => view! { <p class="muted">{texts.ability_no_values()}</p> }.into_any(),
    };
    let without: Vec<String> = (ordered(material, data.index).into_iter())
        .filter(|(_, value)| value.levels().is_none())
        .map(|(municipality, value)| {
            let why = match value {
                CellValue::NotApplicable => texts.result_not_applicable(),
                CellValue::Hidden => texts.result_hidden(),
                CellValue::Missing | CellValue::Levels { .. } => texts.result_no_answers(),
            };
            format!("{} ({why})", municipality.name())
        })
        .collect();
    let without = (!without.is_empty()).then(|| {
        view! { <p class="figure-note">{texts.ability_without_value(words::list(texts, without))}</p> }
    });
    let based_on = if material.regional() {
        words::based_on(texts, &material.region().conditions)
    } else {
        texts.ability_only_own().to_owned()
    };
    let file = |ending: &'static str| {
        let row = data.row();
        let address = format!(
            "{}/formaga/{}/kommuner.{ending}{}",
            data.page.base,
            row.id,
            data.page.round_query()
        );
        view! {
            <li>
                <a href=address download>
                    {texts.ability_download(ending.to_uppercase())}
                    <span class="visually-hidden">": "{title}</span>
                </a>
            </li>
        }
    };
    let files = material.shown.municipalities.first().map(|_| {
        let links: Vec<_> = endings.iter().copied().map(file).collect();
        view! { <ul class="row downloads no-print">{links}</ul> }
    });
    view! {
        <section class="card figure-card" aria-labelledby="kommunerna">
            <h2 id="kommunerna">{title}</h2>
            <p class="figure-note">
                {based_on}" "{texts.ability_municipalities_note()}" "
                {method_link(texts, &data.page, Rule::Municipal, title)}
            </p>
            {picture}
            {without}
            {folded_table(texts, title, &table)}
            {files}
        </section>
    }
    .into_any()
}

/// How differently people answered: this capability's row of the figure of all.
fn spread(texts: Texts, data: &CapabilityPage) -> Option<AnyView> {
    let mut material = data.page.material.clone();
    material.shown.capabilities = vec![data.index];
    let wide = draw(texts, Figure::Distribution, &material, Layout::Wide)?;
    let narrow = draw(texts, Figure::Distribution, &material, Layout::Narrow);
    let pictures = format!(
        "{}{}",
        wide.svg,
        narrow.map_or_else(String::new, |chart| chart.svg)
    );
    let title = texts.ability_spread();
    Some(
        view! {
            <section class="card figure-card" aria-labelledby="spridning">
                <h2 id="spridning">{title}</h2>
                <p class="figure-note">
                    {texts.ability_spread_note()}" "
                    {method_link(texts, &data.page, Rule::Spread, title)}
                </p>
                <div class="chart-figure" inner_html=pictures></div>
                {folded_table(texts, title, &wide.table)}
                <p class="no-print"><a href=data.page.figure_address(Figure::Distribution)>{texts.ability_spread_all()}</a></p>
            </section>
        }
        .into_any(),
    )
}

/// Weaknesses on the map, and comments that may be read.
fn written(texts: Texts, data: &CapabilityPage) -> AnyView {
    let row = data.row();
    let held_back = weaknesses(texts, data.contents(), std::iter::once(row.id), false)
        .unwrap_or_else(|| {
            view! { <p class="muted">{texts.ability_no_weaknesses()}</p> }.into_any()
        });
    let comments: Vec<_> = (data.remarks.iter())
        .map(|remark| {
            let comment = (!remark.comment.is_empty())
                .then(|| view! { <p class="as-written">{remark.comment.to_string()}</p> });
            let weakness = (!remark.weakness.is_empty()).then(|| {
                view! { <p class="as-written"><strong>{texts.ability_said_weakness()}</strong>" "{remark.weakness.to_string()}</p> }
            });
            view! { <li>{comment}{weakness}</li> }
        })
        .collect();
    let comments = if comments.is_empty() {
        view! { <p class="muted">{texts.ability_no_comments()}</p> }.into_any()
    } else {
        view! {
            <p class="figure-note">{texts.ability_comments_note()}</p>
            <ul class="said-list">{comments}</ul>
        }
        .into_any()
    };
    view! {
        <div class="grid two">
            <section class="card" aria-labelledby="oformagor">
                <h2 id="oformagor">{texts.ability_weaknesses()}</h2>
                {held_back}
            </section>
            <section class="card" aria-labelledby="kommentarer">
                <h2 id="kommentarer">{texts.ability_comments()}</h2>
                {comments}
            </section>
        </div>
    }
    .into_any()
}

fn improvements(texts: Texts, data: &CapabilityPage) -> AnyView {
    let rows: Vec<_> = (data.improvements.iter())
        .map(|one| {
            let owner = (!one.owner.is_empty())
                .then(|| view! { <p>{texts.ability_improvement_owner(one.owner.as_str())}</p> });
            let first = (!one.first_step.is_empty()).then(
                || view! { <p>{texts.ability_improvement_first(one.first_step.as_str())}</p> },
            );
            view! {
                <li>
                    <p class="row"><strong>{one.name.to_string()}</strong><span class="tag">{pdca_text(texts, one.stage)}</span></p>
                    {owner}
                    {first}
                </li>
            }
        })
        .collect();
    let body = if rows.is_empty() {
        view! { <p class="muted">{texts.ability_no_improvements()}</p> }.into_any()
    } else {
        view! { <ul class="said-list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="forbattring">
            <h2 id="forbattring">{texts.ability_improvements()}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// Round by round: like with like, or why not.
fn history(texts: Texts, data: &CapabilityPage) -> AnyView {
    let mark = words::mark(texts);
    let material = &data.page.material;
    let rows: Vec<_> = (data.earlier.iter())
        .map(|(round, compared)| match compared {
            Compared::Changed(change) => texts.ability_history_pairs(
                format!("{round} → {}", material.round.name),
                mark.write(change.current.earlier, 1),
                mark.write(change.current.later, 1),
                change.pairs,
                change.current.rose,
                change.current.fell,
            ),
            Compared::Not(Incomparable::New) => texts.ability_history_new(round),
            Compared::Not(Incomparable::Reworded) => texts.ability_history_reworded(round),
            Compared::Not(Incomparable::NobodyInBoth) => texts.ability_history_nobody(round),
        })
        .map(|said| view! { <li>{said}</li> })
        .collect();
    let body = if rows.is_empty() {
        view! { <p class="muted">{texts.ability_history_first()}</p> }.into_any()
    } else {
        let title = texts.ability_history();
        view! {
            <p class="figure-note">
                {texts.ability_history_note()}" "
                {method_link(texts, &data.page, Rule::Change, title)}
            </p>
            <ul class="said-list">{rows}</ul>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="over-tid">
            <h2 id="over-tid">{texts.ability_history()}</h2>
            {body}
            <p><a href=format!("/k/{}/historik", material.mapping.id)>{texts.ability_history_map()}</a></p>
        </section>
    }
    .into_any()
}

/// The capabilities in the order in which one reads them: by priority, those without last; without a region as on the
/// map.
fn in_order(material: &Material) -> Vec<(usize, CapabilityId)> {
    let region = material.region();
    let mut order: Vec<usize> = Vec::with_capacity(region.capabilities.len());
    if material.regional() {
        order.extend(region.ranking.iter().map(|ranked| ranked.capability));
    }
    let mut placed = vec![false; region.capabilities.len()];
    for index in &order {
        placed[*index] = true;
    }
    order.extend((0..placed.len()).filter(|index| !placed[*index]));
    (order.into_iter())
        .map(|index| (index, region.capabilities[index].id))
        .collect()
}

fn beside(texts: Texts, data: &CapabilityPage) -> Option<AnyView> {
    let material = &data.page.material;
    let order = in_order(material);
    let all: Vec<_> = (order.iter())
        .map(|(index, id)| Neighbour {
            address: format!("{}/formaga/{id}{}", data.page.base, data.page.round_query()),
            name: material.region().capabilities[*index].name.to_string(),
        })
        .collect();
    let words = NeighbourWords {
        others: texts.ability_neighbours(),
        previous: texts.ability_previous(),
        next: texts.ability_next(),
    };
    let here = order.iter().position(|(index, _)| *index == data.index);
    neighbours(&words, &all, here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_municipality_with_the_largest_gap_comes_first_and_those_without_a_value_last() {
        let levels = |current, target| {
            let level = |number| Level::new(number).expect("1 to 5");
            CellValue::Levels {
                current: level(current),
                target: level(target),
                basis: Basis::Agreed,
            }
        };
        let mut values = vec![
            CellValue::Hidden,
            levels(4, 2),
            levels(2, 4),
            CellValue::Missing,
            levels(1, 3),
            levels(3, 3),
        ];
        values.sort_by_key(|value| by_gap(*value));
        let expected = [
            levels(1, 3),
            levels(2, 4),
            levels(3, 3),
            levels(4, 2),
            CellValue::Hidden,
            CellValue::Missing,
        ];
        assert_eq!(values, expected);
    }
}
