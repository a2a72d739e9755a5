//! All municipalities together: what a director with ten minutes reads. What matters most stands first; what supports
//! it is folded away beneath, and all of it is printed.

use charts::Layout;
use leptos::prelude::*;

use super::{
    ResultsPage,
    answer::answer,
    figures::{Figure, draw},
    method::Rule,
    parts::{self, Picture, View},
    priorities, selection, sure,
};
use crate::texts::Texts;

/// The figures below the list, in their order, with whether they are folded away.
const FIGURES: [(Figure, bool); 8] = [
    (Figure::Quadrant, false),
    (Figure::Dumbbell, false),
    (Figure::Heatmap, false),
    (Figure::Ranking, true),
    (Figure::Radar, true),
    (Figure::Distribution, true),
    (Figure::Coverage, true),
    (Figure::Between, true),
];

/// The page.
pub fn page(texts: Texts, data: &ResultsPage) -> AnyView {
    let material = &data.material;
    let drawn: Vec<_> = (FIGURES.into_iter())
        .filter_map(|(figure, folded)| {
            let picture = parts::picture(texts, data, figure, &data.base)?;
            Some((figure, folded, picture))
        })
        .collect();
    let contents: Vec<_> = (drawn.iter())
        .map(|(figure, _, picture)| (*figure, picture.title.clone()))
        .collect();
    let cards: Vec<_> = (drawn.into_iter())
        .map(|(figure, folded, picture)| card(texts, data, figure, folded, picture))
        .collect();
    let list = material.regional().then(|| {
        view! {
            <div class="split priorities-and-map">
                {priorities_card(texts, data)}
                {map_card(texts, data)}
            </div>
        }
    });
    view! {
        <div class="wide results">
            <div class="page-head">
                <p class="eyebrow">{texts.result_eyebrow(material.version.number, &material.round.name)}</p>
                <h1>{texts.result_title()}</h1>
            </div>
            {parts::condition_box(texts, data)}
            {parts::views(texts, data, View::Region)}
            {answer_card(texts, data)}
            {selection::form(texts, data)}
            {list}
            {contents_of(texts, contents)}
            {cards}
        </div>
    }
    .into_any()
}

/// What the figures say.
fn answer_card(texts: Texts, data: &ResultsPage) -> Option<AnyView> {
    let mut said = answer(texts, &data.material).into_iter();
    let first = said.next()?;
    let rest: Vec<_> = said.map(|sentence| view! { <p>{sentence}</p> }).collect();
    Some(
        view! {
            <section class="answer" aria-labelledby="svar">
                <h2 id="svar">{texts.result_answer()}</h2>
                <p class="lead">{first}</p>
                {rest}
                <p>{parts::method_link(texts, data, Rule::Stability, texts.result_answer())}</p>
            </section>
        }
        .into_any(),
    )
}

fn priorities_card(texts: Texts, data: &ResultsPage) -> AnyView {
    let material = &data.material;
    let title = texts.result_priorities();
    let numbers = draw(texts, Figure::Priority, material, Layout::Wide)
        .map(|chart| parts::folded_table(texts, &chart.title, &chart.table));
    view! {
        <section class="card" aria-labelledby="prioritet">
            <h2 id="prioritet">{title}</h2>
            {sure::preliminary_mark(texts, material.region())}
            {parts::figure_note(texts, data, Figure::Priority, title, None)}
            {priorities::list(texts, data)}
            {numbers}
            {parts::downloads(texts, data, Figure::Priority, title)}
        </section>
    }
    .into_any()
}

/// The map, and the same numbers as tiles for those who want to see the small ones.
fn map_card(texts: Texts, data: &ResultsPage) -> Option<AnyView> {
    let picture = parts::picture(texts, data, Figure::Map, &data.base)?;
    let title = picture.title.clone();
    let tiles = parts::picture(texts, data, Figure::Tiles, &data.base).map(|picture| {
        view! {
            <details class="more">
                <summary>{texts.result_tiles_instead()}</summary>
                {picture.view}
                {parts::downloads(texts, data, Figure::Tiles, &picture.title)}
            </details>
        }
    });
    Some(
        view! {
            <section class="card figure-card">
                <h2 id=Figure::Map.name()>{title}</h2>
                {parts::figure_body(texts, data, Figure::Map, picture, None)}
                {tiles}
            </section>
        }
        .into_any(),
    )
}

fn card(
    texts: Texts,
    data: &ResultsPage,
    figure: Figure,
    folded: bool,
    picture: Picture,
) -> AnyView {
    let title = picture.title.clone();
    let body = parts::figure_body(texts, data, figure, picture, None);
    if folded {
        // The place is inside, so that a link to it opens the card.
        view! {
            <details class="card figure-card folded">
                <summary><h2>{title}</h2></summary>
                <div class="figure-place" id=figure.name()>{body}</div>
            </details>
        }
        .into_any()
    } else {
        view! {
            <section class="card figure-card">
                <h2 id=figure.name()>{title}</h2>
                {body}
            </section>
        }
        .into_any()
    }
}

/// The way to what is farther down the page.
fn contents_of(texts: Texts, contents: Vec<(Figure, String)>) -> Option<AnyView> {
    if contents.len() < 2 {
        return None;
    }
    let links: Vec<_> = (contents.into_iter())
        .map(|(figure, title)| {
            view! { <li><a href=format!("#{}", figure.name())>{title}</a></li> }
        })
        .collect();
    Some(
        view! {
            <nav class="contents no-print" aria-labelledby="fler-diagram">
                <h2 id="fler-diagram">{texts.result_more()}</h2>
                <ul>{links}</ul>
            </nav>
        }
        .into_any(),
    )
}
