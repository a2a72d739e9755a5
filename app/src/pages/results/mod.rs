//! What directors read: the conditions first, then what makes the most difference.

mod figures;
mod filter;
mod heat;
mod material;
mod method;
mod priorities;
mod words;

pub use figures::{Figure, draw, table};
pub use filter::{Filter, Order};
pub use material::{Earlier, Material};
pub use method::method;
pub use words::{based_on, conditions};

use charts::{Chart, Layout};
use domain::{
    ids::{AreaId, RoundId},
    map::CapabilityKind,
    municipality::Municipality,
    results::{RegionResult, Standing},
};
use leptos::prelude::*;

use crate::{
    components::{Empty, Select, kind_text},
    texts::Texts,
};

/// A page with results of one closed round: the region's own page, and every other view of the same material.
#[derive(Clone, Debug)]
pub struct ResultsPage {
    /// The address of the region's page, without query; those of the other views begin with it.
    pub base: String,
    /// Closed rounds, latest first.
    pub rounds: Vec<(RoundId, String)>,
    /// Areas of the version.
    pub areas: Vec<(AreaId, String)>,
    /// Municipalities that may be shown.
    pub municipalities: Vec<Municipality>,
    /// What it is made from.
    pub material: Material,
}

/// A page without any closed round.
pub fn nothing_yet(texts: Texts, back: String, open: bool) -> AnyView {
    let text = if open {
        texts.result_round_is_open()
    } else {
        texts.result_nothing_yet()
    };
    view! {
        <div class="page-head"><h1>{texts.result_title()}</h1></div>
        <Empty text action=Some((back, texts.result_to_overview().to_owned())) />
    }
    .into_any()
}

/// The page.
pub fn page(texts: Texts, data: &ResultsPage) -> AnyView {
    let material = &data.material;
    let (result, filter) = (material.region(), &material.filter);
    let regional = material.regional();
    let column = material.column();
    let preliminary = (result.conditions.standing == Standing::Preliminary)
        .then(|| view! { <p class="badge warn">{texts.result_preliminary_mark()}</p> });
    let figures = regional.then(|| {
        let keeps = |index| material.shown.capabilities.contains(&index);
        view! {
            <section class="card">
                <h2 id="prioriterat">{texts.result_priorities()}</h2>
                {preliminary}
                <p class="figure-note">{texts.result_priorities_note()}</p>
                {priorities::list(texts, result, column, keeps)}
                {draw(texts, Figure::Priority, material, Layout::Wide).map(|chart| as_table(texts, &chart))}
                {downloads(texts, data, Figure::Priority)}
            </section>
            {dumbbell_card(texts, data)}
        }
    });
    view! {
        <div class="wide">
            <div class="page-head">
                <p class="eyebrow">{texts.result_eyebrow(material.version.number, &material.round.name)}</p>
                <h1>{texts.result_title()}</h1>
            </div>
            {condition_box(texts, result, &data.base, filter)}
            {filters(texts, data)}
            {figures}
            <section class="card">
                <h2 id="varmekarta">{figures::heat_title(texts, filter.measure)}</h2>
                <p class="figure-note">{words::based_on(texts, &result.conditions)}</p>
                {heat::table(texts, &data.base, filter, result, &material.shown)}
                {downloads(texts, data, Figure::Heatmap)}
            </section>
        </div>
    }
    .into_any()
}

/// What it all rests on: first on every page with figures.
fn condition_box(texts: Texts, result: &RegionResult, base: &str, filter: &Filter) -> AnyView {
    let mut said = words::conditions(texts, result).into_iter();
    let first = said.next().unwrap_or_default();
    let rest: Vec<_> = said.map(|sentence| view! { <p>{sentence}</p> }).collect();
    let dots: Vec<_> = (result.municipalities.iter())
        .map(|m| {
            if result.conditions.present.contains(m) {
                "on"
            } else {
                "off"
            }
        })
        .map(|class| view! { <li class=class></li> })
        .collect();
    let remarks = (filter.round.zip(base.strip_suffix("/resultat"))).map(|(round, mapping)| {
        let href = format!("{mapping}/omgangar/{round}/kommentarer");
        view! { <p><a href=href>{texts.result_remarks()}</a></p> }
    });
    view! {
        <section class="condition" aria-labelledby="villkor">
            <div><h2 id="villkor">{first}</h2>{rest}{remarks}</div>
            <ul class="dots" aria-hidden="true">{dots}</ul>
            <a href=format!("{base}/sa-har-vi-raknat{}", filter.query())>{texts.result_method()}</a>
        </section>
    }
    .into_any()
}

fn filters(texts: Texts, data: &ResultsPage) -> AnyView {
    let any = |words: &str| vec![(String::new(), words.to_owned())];
    let mut areas = any(texts.result_all_areas());
    areas.extend(
        data.areas
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone())),
    );
    let mut kinds = any(texts.result_all_kinds());
    kinds.extend(
        (CapabilityKind::ALL.iter())
            .map(|kind| (kind.code().to_owned(), kind_text(texts, *kind).to_owned())),
    );
    let mut municipalities = any(texts.result_all_municipalities());
    municipalities
        .extend((data.municipalities.iter()).map(|m| (m.to_string(), m.name().to_owned())));
    let filter = &data.material.filter;
    let round = filter.round.map(|id| id.to_string()).unwrap_or_default();
    let rounds: Vec<_> = (data.rounds.iter())
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let text = |value: Option<String>| value.unwrap_or_default();
    view! {
        <form method="get" action=data.base.clone() class="filters" aria-label=texts.result_filters()>
            <Select name="omgang" label=texts.result_round() choices=rounds selected=round />
            <Select name="omrade" label=texts.result_area() choices=areas selected=text(filter.area.map(|id| id.to_string())) />
            <Select name="typ" label=texts.result_kind() choices=kinds selected=text(filter.kind.map(|kind| kind.code().to_owned())) />
            <Select name="kommun" label=texts.result_municipality() choices=municipalities selected=text(filter.municipality.map(|m| m.to_string())) />
            <div class="actions">
                <button class="button primary" type="submit">{texts.result_show()}</button>
                <a class="button quiet" href=data.base.clone()>{texts.result_clear()}</a>
            </div>
        </form>
    }
    .into_any()
}

fn dumbbell_card(texts: Texts, data: &ResultsPage) -> Option<AnyView> {
    let material = &data.material;
    let draw = |layout| draw(texts, Figure::Dumbbell, material, layout);
    let (wide, narrow) = (draw(Layout::Wide)?, draw(Layout::Narrow)?);
    let pictures = format!("{}{}", wide.svg, narrow.svg);
    let note = if material.column().is_some() {
        texts.result_dumbbell_own_note().to_owned()
    } else {
        let based_on = words::based_on(texts, &material.region().conditions);
        format!("{based_on} {}", texts.result_dumbbell_note())
    };
    Some(
        view! {
            <section class="card">
                <h2 id="nulage-borlage">{wide.title.clone()}</h2>
                <p class="figure-note">{note}</p>
                <div class="chart-figure" inner_html=pictures></div>
                {as_table(texts, &wide)}
                {downloads(texts, data, Figure::Dumbbell)}
            </section>
        }
        .into_any(),
    )
}

/// A chart's numbers, folded away beneath it.
fn as_table(texts: Texts, chart: &Chart) -> AnyView {
    let mark = words::mark(texts);
    let heads: Vec<_> = (chart.table.columns.iter())
        .map(|column| view! { <th scope="col">{column.clone()}</th> })
        .collect();
    let rows: Vec<_> = (chart.table.rows.iter())
        .map(|row| {
            let cells: Vec<_> = (row.cells.iter())
                .map(|cell| view! { <td class="number">{cell.text(mark)}</td> })
                .collect();
            view! { <tr><th scope="row">{row.header.clone()}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <details class="more">
            <summary>
                {texts.result_as_table()}
                <span class="visually-hidden">": "{chart.title.clone()}</span>
            </summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label=chart.title.clone()>
                <table class="data">
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn downloads(texts: Texts, data: &ResultsPage, figure: Figure) -> AnyView {
    let filter = &data.material.filter;
    let link = |ending: &'static str| {
        let name = figure.name();
        let address = format!("{}/diagram/{name}.{ending}{}", data.base, filter.query());
        let title = match figure {
            Figure::Priority => texts.result_priorities(),
            Figure::Dumbbell => texts.result_dumbbell(),
            _ => figures::heat_title(texts, filter.measure),
        };
        view! {
            <a class="button quiet" href=address download>
                {texts.result_download(ending.to_uppercase())}
                <span class="visually-hidden">": "{title}</span>
            </a>
        }
    };
    view! { <p class="actions downloads">{link("svg")}{link("csv")}</p> }.into_any()
}
