//! The choice of what to show, folded away with what is chosen in sight.

use domain::map::CapabilityKind;
use leptos::prelude::*;

use super::ResultsPage;
use crate::{
    components::{Select, kind_text},
    texts::Texts,
};

/// The form; its address is all there is to the choice.
pub(super) fn form(texts: Texts, data: &ResultsPage) -> AnyView {
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
    let narrowed = filter.area.is_some() || filter.kind.is_some() || filter.municipality.is_some();
    view! {
        <details class="selection no-print" open=narrowed>
            <summary>{texts.result_selection(chosen(texts, data))}</summary>
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
        </details>
    }
    .into_any()
}

/// "Våren 2026 · Alla områden · Alla typer · Alla kommuner".
fn chosen(texts: Texts, data: &ResultsPage) -> String {
    let filter = &data.material.filter;
    let area = (data.areas.iter()).find(|(id, _)| Some(*id) == filter.area);
    let municipality =
        (filter.municipality).filter(|municipality| data.municipalities.contains(municipality));
    [
        data.material.round.name.to_string(),
        area.map_or_else(
            || texts.result_all_areas().to_owned(),
            |(_, name)| name.clone(),
        ),
        filter
            .kind
            .map_or(texts.result_all_kinds(), |kind| kind_text(texts, kind))
            .to_owned(),
        municipality
            .map_or(texts.result_all_municipalities(), |municipality| {
                municipality.name()
            })
            .to_owned(),
    ]
    .join(" · ")
}
