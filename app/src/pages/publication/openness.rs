//! What of a mapping is open data, and who says so.

use domain::{
    ids::MappingId,
    municipality::Municipality,
    publication::{Caution, Opened, Openness},
};
use leptos::prelude::*;

use super::DatasetRow;
use crate::{
    components::{Badge, ErrorSummary, Errors, Hidden, TextField},
    texts::Texts,
};

/// A municipality of the mapping.
#[derive(Clone, Debug)]
pub struct MunicipalityRow {
    /// Which.
    pub municipality: Municipality,
    /// What it has opened.
    pub opened: Option<Opened>,
    /// Whether the visitor may open and close it.
    pub may: bool,
    /// What was typed and not taken.
    pub typed: Option<String>,
}

/// A capability of the latest ratified version, or of the map.
pub type CapabilityRow = Openness;

/// What of a mapping is open data.
#[derive(Clone, Debug)]
pub struct OpennessPage {
    /// The mapping.
    pub mapping: MappingId,
    /// Whether it is invented.
    pub example: bool,
    /// The municipalities.
    pub municipalities: Vec<MunicipalityRow>,
    /// The capabilities.
    pub capabilities: Vec<CapabilityRow>,
    /// Whether the visitor may say which capabilities are open.
    pub may_capabilities: bool,
    /// What is open now.
    pub datasets: Vec<DatasetRow>,
    /// The id of whatever is sent from the page.
    pub op: String,
    /// What is wrong.
    pub errors: Errors,
}

/// Municipalities and capabilities, open or not.
pub fn openness(texts: Texts, data: &OpennessPage) -> AnyView {
    let base = format!("/k/{}/oppna-data", data.mapping);
    let example = (data.example)
        .then(|| view! { <div class="condition"><p>{texts.publication_example()}</p></div> });
    let municipalities: Vec<_> = (data.municipalities.iter())
        .map(|row| municipality(texts, &base, data, row))
        .collect();
    view! {
        <div class="page-head">
            <h1>{texts.publication_title()}</h1>
            <p class="lead">{texts.publication_lead()}</p>
        </div>
        {example}
        <ErrorSummary texts errors=data.errors.clone() />
        {(!data.example).then(|| now(texts, data))}
        <section class="card" aria-labelledby="kommuner">
            <h2 id="kommuner">{texts.publication_municipalities()}</h2>
            <p>{texts.publication_municipalities_text()}</p>
            <ul class="openings">{municipalities}</ul>
        </section>
        <section class="card" aria-labelledby="formagor">
            <h2 id="formagor">{texts.publication_capabilities()}</h2>
            <p>{texts.publication_capabilities_text()}</p>
            {capabilities(texts, &base, data)}
        </section>
    }
    .into_any()
}

fn now(texts: Texts, data: &OpennessPage) -> AnyView {
    let content = if data.datasets.is_empty() {
        view! { <p>{texts.publication_now_none()}</p> }.into_any()
    } else {
        let rows: Vec<_> = (data.datasets.iter())
            .map(|row| {
                let words = texts.publication_now_row(
                    row.name.as_str(),
                    row.municipalities,
                    row.of,
                    row.capabilities,
                );
                view! {
                    <li>
                        {words}" "
                        <a href=format!("{}.csv", row.address)>{texts.publication_datasets_csv()}</a>" "
                        <a href=format!("{}.json", row.address)>{texts.publication_datasets_json()}</a>
                    </li>
                }
            })
            .collect();
        view! { <ul>{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="nu">
            <h2 id="nu">{texts.publication_now()}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn municipality(texts: Texts, base: &str, data: &OpennessPage, row: &MunicipalityRow) -> AnyView {
    let name = row.municipality.name();
    let code = row.municipality.to_string();
    let action = format!("{base}/kommun/{code}");
    let state = match &row.opened {
        Some(opened) => {
            let words = texts.publication_opened(opened.since.to_string(), opened.ground.as_str());
            view! { <Badge tone="done" text=texts.publication_open() />" "<span class="muted">{words}</span> }
                .into_any()
        }
        None => view! { <Badge text=texts.publication_closed() /> }.into_any(),
    };
    let form = (row.may && !data.example).then(|| match &row.opened {
        None => {
            let field = format!("grund-{code}");
            let error = data.errors.of(&field);
            let shown = error.is_some();
            view! {
                <details open=shown>
                    <summary>{texts.publication_do_open(name)}</summary>
                    <form method="post" action=action novalidate class="stack">
                        <Hidden name="op" value=data.op.clone() />
                        <Hidden name="oppna" value="ja" />
                        <TextField name=field label=texts.publication_ground() value=row.typed.clone().unwrap_or_default() error hint=texts.publication_ground_hint() max=160 required=true />
                        <div class="actions"><button class="button primary" type="submit">{texts.publication_do_open(name)}</button></div>
                    </form>
                </details>
            }
            .into_any()
        }
        Some(_) => view! {
            <details class="confirm">
                <summary>{texts.publication_do_close(name)}</summary>
                <p>{texts.publication_close_text()}</p>
                <form method="post" action=action>
                    <Hidden name="op" value=data.op.clone() />
                    <Hidden name="oppna" value="nej" />
                    <button class="button danger" type="submit">{texts.publication_do_close(name)}</button>
                </form>
            </details>
        }
        .into_any(),
    });
    view! {
        <li>
            <div class="row"><h3>{name}</h3><p>{state}</p></div>
            {form}
        </li>
    }
    .into_any()
}

fn why(texts: Texts, caution: Caution) -> &'static str {
    match caution {
        Caution::Catalogue => texts.publication_caution_catalogue(),
        Caution::Area => texts.publication_caution_area(),
        Caution::Word => texts.publication_caution_word(),
    }
}

fn capabilities(texts: Texts, base: &str, data: &OpennessPage) -> AnyView {
    if data.capabilities.is_empty() {
        return view! { <p>{texts.publication_no_map()}</p> }.into_any();
    }
    let note = |row: &CapabilityRow| {
        row.caution
            .map(|caution| view! { " "<span class="muted">"("{why(texts, caution)}")"</span> })
    };
    if !data.may_capabilities || data.example {
        let rows: Vec<_> = (data.capabilities.iter())
            .map(|row| {
                let state = if row.open {
                    texts.publication_capability_open()
                } else {
                    texts.publication_capability_closed()
                };
                view! { <li>{row.name.to_string()}": "{state}{note(row)}</li> }
            })
            .collect();
        return view! { <ul>{rows}</ul> }.into_any();
    }
    let rows: Vec<_> = (data.capabilities.iter())
        .map(|row| {
            let id = row.id.to_string();
            let field = format!("formaga-{id}");
            view! {
                <div class="choice">
                    <Hidden name="visad" value=id.clone() />
                    <input type="checkbox" id=field.clone() name="formaga" value=id checked=row.open />
                    <label for=field>{row.name.to_string()}{note(row)}</label>
                </div>
            }
        })
        .collect();
    view! {
        <form method="post" action=format!("{base}/formagor") class="stack">
            <Hidden name="op" value=data.op.clone() />
            <fieldset class="open-capabilities">
                <legend>{texts.publication_capabilities_legend()}</legend>
                <div>{rows}</div>
            </fieldset>
            <div class="actions"><button class="button primary" type="submit">{texts.publication_capabilities_submit()}</button></div>
        </form>
    }
    .into_any()
}
