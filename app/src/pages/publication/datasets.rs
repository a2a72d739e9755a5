//! Open data, for everyone.

use leptos::prelude::*;

use crate::texts::Texts;

/// What is open of one closed round.
#[derive(Clone, Debug)]
pub struct DatasetRow {
    /// Its address without an ending.
    pub address: String,
    /// The mapping and the round.
    pub name: String,
    /// How many municipalities are part of it.
    pub municipalities: usize,
    /// How many municipalities the mapping has.
    pub of: usize,
    /// How many capabilities it has.
    pub capabilities: usize,
    /// The version of the map.
    pub version: u32,
    /// The day the round was closed.
    pub closed_on: String,
}

/// All open data of the service.
#[derive(Clone, Debug)]
pub struct DatasetsPage {
    /// What there is.
    pub rows: Vec<DatasetRow>,
    /// Who is responsible, when the operator has said so.
    pub publisher: Option<String>,
}

/// What there is, in plain words.
pub fn datasets(texts: Texts, data: &DatasetsPage) -> AnyView {
    let rows: Vec<_> = (data.rows.iter().enumerate())
        .map(|(number, row)| {
            let heading = format!("data-{number}");
            let words = texts.publication_datasets_row(
                row.municipalities,
                row.of,
                row.capabilities,
                row.version,
            );
            let closed = texts.publication_datasets_closed(row.closed_on.as_str());
            let file = |ending: &str, words: &'static str| {
                view! {
                    <a class="button" href=format!("{}.{ending}", row.address)>
                        {words}<span class="visually-hidden">": "{row.name.clone()}</span>
                    </a>
                }
            };
            view! {
                <section class="card" aria-labelledby=heading.clone()>
                    <h2 id=heading.clone()>{row.name.clone()}</h2>
                    <p>{words}</p>
                    <p class="muted">{closed}</p>
                    <div class="actions">
                        {file("csv", texts.publication_datasets_csv())}
                        {file("json", texts.publication_datasets_json())}
                    </div>
                </section>
            }
        })
        .collect();
    let none = (data.rows.is_empty())
        .then(|| view! { <p class="empty">{texts.publication_datasets_none()}</p> });
    let publisher = (data.publisher.as_deref())
        .map(|name| view! { <p>{texts.publication_datasets_contact(name)}</p> });
    view! {
        <div class="page-head">
            <h1>{texts.publication_datasets_title()}</h1>
            <p class="lead">{texts.publication_datasets_lead()}</p>
        </div>
        <p>{texts.publication_datasets_what()}</p>
        {none}
        {rows}
        <section class="card" aria-labelledby="dcat">
            <h2 id="dcat">{texts.publication_datasets_dcat_title()}</h2>
            <p>{texts.publication_datasets_dcat_text()}</p>
            <p><a href="/datasets/dcat">{texts.publication_datasets_dcat()}</a></p>
            {publisher}
        </section>
    }
    .into_any()
}
