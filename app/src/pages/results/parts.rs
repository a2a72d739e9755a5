//! What the views of results share: the way between them, what they rest on, and how a chart and its table stand on a
//! page.

use charts::{Chart, Layout, Table};
use domain::results::Measure;
use leptos::prelude::*;

use super::{
    Material, ResultsPage,
    figures::{Figure, draw, heat_heading},
    filter::Filter,
    heat,
    method::Rule,
    sure, words,
};
use crate::texts::Texts;

/// A view of one round's results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// All municipalities together.
    Region,
    /// One municipality.
    Municipality,
    /// One capability.
    Capability,
    /// Up to four municipalities beside each other.
    Compare,
    /// Round by round.
    OverTime,
    /// Scenarios of collaboration.
    Collaboration,
    /// How sure it is, and what is weak in the material.
    Quality,
    /// Reports to take along.
    Report,
}

impl View {
    const ALL: [Self; 8] = [
        Self::Region,
        Self::Municipality,
        Self::Capability,
        Self::Compare,
        Self::OverTime,
        Self::Collaboration,
        Self::Quality,
        Self::Report,
    ];

    const fn text(self, texts: Texts) -> &'static str {
        match self {
            Self::Region => texts.result_view_region(),
            Self::Municipality => texts.result_view_municipality(),
            Self::Capability => texts.result_view_capability(),
            Self::Compare => texts.result_view_compare(),
            Self::OverTime => texts.result_view_over_time(),
            Self::Collaboration => texts.result_view_collaboration(),
            Self::Quality => texts.result_view_quality(),
            Self::Report => texts.result_view_report(),
        }
    }

    /// Where it is found below the region's page; none where there is nothing of it to read.
    fn path(self, data: &ResultsPage) -> Option<String> {
        let material = &data.material;
        let region = material.region();
        let path = match self {
            Self::Region => String::new(),
            Self::Municipality => {
                let has_value = |municipality: &&domain::municipality::Municipality| {
                    region.conditions.present.contains(municipality)
                };
                let first = (data.municipalities.iter().find(has_value))
                    .or(data.municipalities.first())
                    .copied();
                let own = (material.filter.municipality)
                    .filter(|municipality| data.municipalities.contains(municipality));
                format!("/kommun/{}", own.or(first)?)
            }
            Self::Capability => {
                // What stands first is the region's to tell.
                let first = region.ranking.first().filter(|_| material.regional());
                let row = first.map_or(0, |ranked| ranked.capability);
                format!("/formaga/{}", region.capabilities.get(row)?.id)
            }
            Self::Compare if data.municipalities.len() < 2 => return None,
            Self::Compare => "/jamfor".to_owned(),
            Self::OverTime => "/over-tid".to_owned(),
            Self::Collaboration if !material.regional() => return None,
            Self::Collaboration => "/samverkan".to_owned(),
            Self::Quality => "/underlag".to_owned(),
            Self::Report => "/rapport".to_owned(),
        };
        Some(path)
    }
}

impl ResultsPage {
    /// The query that keeps the round and nothing else: empty, or beginning with `?`.
    pub fn round_query(&self) -> String {
        let round = self.material.filter.round;
        round.map_or_else(String::new, |round| format!("?omgang={round}"))
    }

    /// The address of the page that tells how it was calculated, at one of its rules.
    pub fn method_address(&self, rule: Rule) -> String {
        let query = self.material.filter.query();
        format!("{}/sa-har-vi-raknat{query}#{}", self.base, rule.anchor())
    }

    /// The address of one chart's own page.
    pub fn figure_address(&self, figure: Figure) -> String {
        let query = self.material.filter.query();
        format!("{}/diagram/{}{query}", self.base, figure.name())
    }
}

/// The way between the views of a round's results.
pub(super) fn views(texts: Texts, data: &ResultsPage, current: View) -> AnyView {
    let query = data.round_query();
    let links: Vec<_> = (View::ALL.into_iter())
        .filter_map(|view| {
            let address = format!("{}{}{query}", data.base, view.path(data)?);
            let here = (view == current).then_some("page");
            Some(view! { <li><a href=address aria-current=here>{view.text(texts)}</a></li> })
        })
        .collect();
    view! { <nav class="pills views" aria-label=texts.result_views()><ul>{links}</ul></nav> }
        .into_any()
}

/// What it all rests on: first on every page with figures.
pub(super) fn condition_box(texts: Texts, data: &ResultsPage) -> AnyView {
    let (result, filter) = (data.material.region(), &data.material.filter);
    let mut said = words::conditions(texts, &data.material).into_iter();
    let first = said.next().unwrap_or_default();
    let rest: Vec<_> = said.map(|sentence| view! { <p>{sentence}</p> }).collect();
    let dots: Vec<_> = (result.municipalities.iter())
        .map(|municipality| {
            if result.conditions.present.contains(municipality) {
                "on"
            } else {
                "off"
            }
        })
        .map(|class| view! { <li class=class></li> })
        .collect();
    let remarks =
        (filter.round.zip(data.base.strip_suffix("/resultat"))).map(|(round, mapping)| {
            let href = format!("{mapping}/omgangar/{round}/kommentarer");
            view! { <a href=href>{texts.result_remarks()}</a> }
        });
    view! {
        <section class="condition" aria-labelledby="villkor">
            <div>
                <h2 id="villkor">{first}</h2>
                {rest}
                <p class="row ways">
                    <a href=format!("{}/sa-har-vi-raknat{}", data.base, filter.query())>{texts.result_method()}</a>
                    {remarks}
                </p>
            </div>
            <ul class="dots" aria-hidden="true">{dots}</ul>
        </section>
    }
    .into_any()
}

/// "Så har vi räknat", at the rule that `about` follows.
pub(super) fn method_link(texts: Texts, data: &ResultsPage, rule: Rule, about: &str) -> AnyView {
    view! {
        <a class="method-link" href=data.method_address(rule)>
            {texts.result_method()}
            <span class="visually-hidden">": "{about.to_owned()}</span>
        </a>
    }
    .into_any()
}

/// A chart as it stands on a page.
pub(super) struct Picture {
    /// What it shows.
    pub(super) title: String,
    /// What there is to see, in words.
    pub(super) description: String,
    /// The picture; the heat map is a table itself.
    pub(super) view: AnyView,
    /// Its numbers, where the picture is not a table already.
    pub(super) table: Option<Table>,
}

/// Draws a figure for a page at `address`, whose heat map leads back to itself.
pub(super) fn picture(
    texts: Texts,
    data: &ResultsPage,
    figure: Figure,
    address: &str,
) -> Option<Picture> {
    let material = &data.material;
    if figure == Figure::Heatmap {
        let (title, description) = heat_heading(texts, material);
        return Some(Picture {
            view: heat::table(texts, address, material),
            title,
            description,
            table: None,
        });
    }
    let wide = draw(texts, figure, material, Layout::Wide)?;
    let narrow = draw(texts, figure, material, Layout::Narrow);
    let pictures = format!(
        "{}{}",
        wide.svg,
        narrow.map_or(String::new(), |chart| chart.svg)
    );
    let Chart {
        title,
        description,
        table,
        ..
    } = wide;
    Some(Picture {
        title,
        description,
        view: view! { <div class="chart-figure" inner_html=pictures></div> }.into_any(),
        table: Some(table),
    })
}

/// How a figure is read, after what it rests on. `note` says it in the page's own words.
pub(super) fn figure_note(
    texts: Texts,
    data: &ResultsPage,
    figure: Figure,
    title: &str,
    note: Option<String>,
) -> AnyView {
    let material = &data.material;
    let own = is_own(material, figure);
    let based_on = (!own).then(|| words::based_on(texts, &material.region().conditions) + " ");
    let said = note.unwrap_or_else(|| figures_note(texts, figure, material).to_owned());
    view! {
        <p class="figure-note">
            {based_on}{said}" "{method_link(texts, data, Rule::of(figure), title)}
        </p>
    }
    .into_any()
}

/// Whether the figure shows one municipality alone.
fn is_own(material: &Material, figure: Figure) -> bool {
    material.column().is_some() && matches!(figure, Figure::Dumbbell | Figure::Radar)
}

/// A mark that the order is preliminary, on every figure of the region's but that of what it rests on.
pub(super) fn preliminary_mark(
    texts: Texts,
    material: &Material,
    figure: Figure,
) -> Option<AnyView> {
    sure::preliminary_mark(texts, material.region())
        .filter(|_| figure != Figure::Coverage && !is_own(material, figure))
}

fn figures_note(texts: Texts, figure: Figure, material: &Material) -> &'static str {
    let own = is_own(material, figure);
    match figure {
        Figure::Priority => texts.figure_priority_note(),
        Figure::Ranking => texts.figure_ranking_note(),
        Figure::Quadrant => texts.figure_quadrant_note(),
        Figure::Dumbbell if own && !material.regional() => texts.municipality_dumbbell_own(),
        Figure::Dumbbell if own => texts.figure_dumbbell_own_note(),
        Figure::Dumbbell => texts.figure_dumbbell_note(),
        Figure::Heatmap => texts.figure_heatmap_note(),
        Figure::Radar if own => texts.figure_radar_own_note(),
        Figure::Radar => texts.figure_radar_note(),
        Figure::Distribution => texts.figure_distribution_note(),
        Figure::Between => texts.figure_between_note(),
        Figure::Map => match material.filter.measure {
            Measure::Gap => texts.figure_map_note(),
            Measure::Current => texts.figure_map_current_note(),
            Measure::Target => texts.figure_map_target_note(),
        },
        Figure::Tiles => texts.figure_tiles_note(),
        Figure::Coverage => texts.figure_coverage_note(),
        Figure::Slope => texts.figure_slope_note(),
    }
}

/// A card with one figure: what it rests on and how it is read, the picture for wide and narrow places, its numbers
/// folded away, its own page and its files. None where there is nothing to draw.
pub(super) fn figure_card(
    texts: Texts,
    data: &ResultsPage,
    figure: Figure,
    note: Option<String>,
) -> Option<AnyView> {
    let own = format!("{}/diagram/{}", data.base, figure.name());
    let picture = picture(texts, data, figure, &own)?;
    let title = picture.title.clone();
    let body = figure_body(texts, data, figure, picture, note);
    Some(
        view! {
            <section class="card figure-card">
                <h2 id=figure.name()>{title}</h2>
                {body}
            </section>
        }
        .into_any(),
    )
}

/// Everything of a card below its heading.
pub(super) fn figure_body(
    texts: Texts,
    data: &ResultsPage,
    figure: Figure,
    picture: Picture,
    note: Option<String>,
) -> AnyView {
    let Picture {
        title, view, table, ..
    } = picture;
    let folded = table.map(|table| folded_table(texts, &title, &table));
    view! {
        {preliminary_mark(texts, &data.material, figure)}
        {figure_note(texts, data, figure, &title, note)}
        {view}
        {folded}
        {downloads(texts, data, figure, &title)}
    }
    .into_any()
}

/// A chart's numbers.
pub(super) fn table(texts: Texts, table: &Table) -> AnyView {
    let mark = words::mark(texts);
    let heads: Vec<_> = (table.columns.iter())
        .map(|column| view! { <th scope="col">{column.clone()}</th> })
        .collect();
    let rows: Vec<_> = (table.rows.iter())
        .map(|row| {
            let cells: Vec<_> = (row.cells.iter())
                .map(|cell| {
                    let class = match cell {
                        charts::Cell::Text(_) => None,
                        charts::Cell::Number { .. } | charts::Cell::Symbol(_) => Some("number"),
                    };
                    view! { <td class=class>{cell.text(mark)}</td> }
                })
                .collect();
            view! { <tr><th scope="row">{row.header.clone()}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=texts.figure_table_of(&table.caption)>
            <table class="data">
                <caption class="visually-hidden">{table.caption.clone()}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A chart's numbers, folded away beneath it.
pub(super) fn folded_table(texts: Texts, title: &str, numbers: &Table) -> AnyView {
    view! {
        <details class="more">
            <summary>
                {texts.result_as_table()}
                <span class="visually-hidden">": "{title.to_owned()}</span>
            </summary>
            {table(texts, numbers)}
        </details>
    }
    .into_any()
}

/// A figure's own page and the files that are asked for most; its own page has all of them.
pub(super) fn downloads(texts: Texts, data: &ResultsPage, figure: Figure, title: &str) -> AnyView {
    let links: Vec<_> = ["svg", "png", "xlsx", "csv"]
        .into_iter()
        .map(|ending| {
            let address = file_address(&data.base, &data.material.filter, figure, ending);
            view! {
                <li>
                    <a href=address download>
                        {texts.result_download(ending.to_uppercase())}
                        <span class="visually-hidden">": "{title.to_owned()}</span>
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <ul class="row downloads no-print">
            <li>
                <a href=data.figure_address(figure)>
                    {texts.figure_open()}
                    <span class="visually-hidden">": "{title.to_owned()}</span>
                </a>
            </li>
            {links}
        </ul>
    }
    .into_any()
}

/// Where a file of a figure is.
pub(super) fn file_address(base: &str, filter: &Filter, figure: Figure, ending: &str) -> String {
    format!(
        "{base}/diagram/{}.{ending}{}",
        figure.name(),
        filter.query()
    )
}
