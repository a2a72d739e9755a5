//! One chart on a page of its own: its permanent address, for the projector, the minutes and the letter.

use leptos::prelude::*;

use super::{
    ResultsPage,
    figures::{Figure, draw},
    parts::{self, Picture},
};
use crate::texts::Texts;
use charts::Layout;

/// The page; empty where there is nothing to draw, which the caller has asked [`draw`] about already.
pub fn page(texts: Texts, data: &ResultsPage, figure: Figure) -> AnyView {
    let own = format!("{}/diagram/{}", data.base, figure.name());
    let Some(picture) = parts::picture(texts, data, figure, &own) else {
        return ().into_any();
    };
    let material = &data.material;
    let Picture {
        title,
        description,
        view,
        table,
    } = picture;
    let note = parts::figure_note(texts, data, figure, &title, None);
    let numbers = table.map(|table| {
        view! {
            <section class="card" aria-labelledby="talen">
                <h2 id="talen">{texts.figure_numbers()}</h2>
                {parts::table(texts, &table)}
            </section>
        }
    });
    let back = format!("{}{}", data.base, material.filter.query());
    view! {
        <div class="wide results one-figure">
            <div class="page-head">
                <nav class="breadcrumbs" aria-label=texts.figure_path()>
                    <ol>
                        <li><a href=back>{texts.figure_results()}</a></li>
                        <li aria-current="page">{title.clone()}</li>
                    </ol>
                </nav>
                <p class="eyebrow">{texts.result_eyebrow(material.version.number, &material.round.name)}</p>
                <h1>{title.clone()}</h1>
            </div>
            {parts::condition_box(texts, data)}
            <section class="card figure-card">
                {parts::preliminary_mark(texts, material, figure)}
                <p>{description}</p>
                {note}
                {view}
            </section>
            {files(texts, data, figure)}
            {numbers}
            {others(texts, data, figure)}
        </div>
    }
    .into_any()
}

/// Every file of the figure, with what it is for.
fn files(texts: Texts, data: &ResultsPage, figure: Figure) -> AnyView {
    let links: Vec<_> = [
        ("svg", texts.figure_file_svg()),
        ("png", texts.figure_file_png()),
        ("xlsx", texts.figure_file_xlsx()),
        ("csv", texts.figure_file_csv()),
        ("rfc.csv", texts.figure_file_rfc()),
        ("json", texts.figure_file_json()),
    ]
    .into_iter()
    .map(|(ending, words)| {
        let address = parts::file_address(&data.base, &data.material.filter, figure, ending);
        view! { <li><a href=address download>{words}</a></li> }
    })
    .collect();
    view! {
        <section class="card no-print" aria-labelledby="filer">
            <h2 id="filer">{texts.figure_files()}</h2>
            <ul class="files">{links}</ul>
        </section>
    }
    .into_any()
}

/// The charts before and after this one, of those that have anything to show.
fn others(texts: Texts, data: &ResultsPage, figure: Figure) -> AnyView {
    let material = &data.material;
    let titled = |other: Figure| {
        let chart = draw(texts, other, material, Layout::Wide)?;
        Some((data.figure_address(other), chart.title))
    };
    let here = (Figure::ALL.iter().position(|other| *other == figure)).unwrap_or_default();
    let (before, after) = Figure::ALL.split_at(here);
    let previous = before.iter().rev().find_map(|other| titled(*other));
    let next = (after.iter().skip(1)).find_map(|other| titled(*other));
    let previous = previous.map(|(address, title)| {
        view! { <li><a rel="prev" href=address>{texts.figure_previous(title)}</a></li> }
    });
    let next = next.map(|(address, title)| {
        view! { <li><a rel="next" href=address>{texts.figure_next(title)}</a></li> }
    });
    let all = format!("{}{}", data.base, material.filter.query());
    view! {
        <nav class="other-figures no-print" aria-label=texts.figure_others()>
            <ul>
                {previous}
                <li><a href=all>{texts.figure_all()}</a></li>
                {next}
            </ul>
        </nav>
    }
    .into_any()
}
