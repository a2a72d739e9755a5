//! Scenarios of collaboration: who shares a gap, who could lend a strength, grouped and explained.

use domain::results::{Collaboration, CollaborationKind, RegionResult, Scenario, scenarios};
use leptos::prelude::*;

use super::{
    ResultsPage,
    parts::{self, View},
    words,
};
use crate::texts::Texts;

/// The page.
pub fn page(texts: Texts, data: &ResultsPage) -> AnyView {
    let material = &data.material;
    let body = if material.regional() {
        let scenarios = scenarios(material.region());
        let kinds: Vec<_> = (scenarios.chunk_by(|a, b| a.kind == b.kind))
            .map(|scenarios| kind_section(texts, data, scenarios))
            .collect();
        let none = scenarios
            .is_empty()
            .then(|| view! { <p class="empty">{texts.collaboration_none()}</p> });
        view! { {none}{kinds} }.into_any()
    } else {
        // Who has a gap is each municipality's own to know.
        view! { <p class="empty">{texts.result_own_only()}</p> }.into_any()
    };
    view! {
        <div class="wide">
            <div class="page-head">
                <p class="eyebrow">{texts.result_eyebrow(material.version.number, &material.round.name)}</p>
                <h1>{texts.collaboration_title()}</h1>
                <p class="lead">{texts.collaboration_lead()}</p>
            </div>
            {parts::condition_box(texts, data)}
            {parts::views(texts, data, View::Collaboration)}
            {body}
        </div>
    }
    .into_any()
}

/// What a kind of collaboration is called, and why it is one.
pub const fn kind_text(texts: Texts, kind: CollaborationKind) -> (&'static str, &'static str) {
    match kind {
        CollaborationKind::Lend => (texts.collaboration_lend(), texts.collaboration_lend_text()),
        CollaborationKind::Together => (
            texts.collaboration_together(),
            texts.collaboration_together_text(),
        ),
        CollaborationKind::Some => (texts.collaboration_some(), texts.collaboration_some_text()),
        CollaborationKind::Own => (texts.collaboration_own(), texts.collaboration_own_text()),
    }
}

fn kind_section(texts: Texts, data: &ResultsPage, scenarios: &[Scenario]) -> Option<AnyView> {
    let kind = scenarios.first()?.kind;
    let (heading, why) = kind_text(texts, kind);
    let based_on = words::based_on(texts, &data.material.region().conditions);
    let areas: Vec<_> = (scenarios.iter())
        .map(|scenario| area(texts, data, scenario))
        .collect();
    Some(
        view! {
            <section class="card" aria-labelledby=kind.code()>
                <h2 id=kind.code()>{heading}</h2>
                <p class="figure-note">{why}" "{based_on}" "{texts.collaboration_numbers()}</p>
                {areas}
            </section>
        }
        .into_any(),
    )
}

fn area(texts: Texts, data: &ResultsPage, scenario: &Scenario) -> AnyView {
    let region = data.material.region();
    let name =
        (scenario.area.clone()).unwrap_or_else(|| texts.collaboration_ungrouped().to_owned());
    let circle: Vec<_> = (scenario.circle.iter())
        .map(|column| region.municipalities[*column].name())
        .collect();
    // Of one capability the circle is those who share it.
    let circle = (scenario.collaborations.len() > 1 && circle.len() > 1).then(|| {
        view! {
            <p>
                <strong>{texts.collaboration_circle()}": "</strong>
                {circle.join(", ")}
                " "
                <span class="muted">{texts.collaboration_circle_hint()}</span>
            </p>
        }
    });
    let lends = scenario.kind == CollaborationKind::Lend;
    let rows: Vec<_> = (scenario.collaborations.iter())
        .map(|one| {
            let row = &region.capabilities[one.capability];
            let href = format!("{}/formaga/{}{}", data.base, row.id, data.round_query());
            let lending = lends.then(|| view! { <td>{names(texts, region, &one.lending)}</td> });
            view! {
                <tr>
                    <th scope="row"><a href=href>{row.name.to_string()}</a></th>
                    <td>
                        {share(texts, one)}": "{names(texts, region, &one.sharing)}
                    </td>
                    {lending}
                </tr>
            }
        })
        .collect();
    view! {
        <section>
            <h3>{name.clone()}</h3>
            {circle}
            <div class="table-wrap" tabindex="0" role="region" aria-label=format!("{}: {name}", kind_text(texts, scenario.kind).0)>
                <table class="data collaboration">
                    <caption class="visually-hidden">{kind_text(texts, scenario.kind).0}": "{name.clone()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{texts.result_capability()}</th>
                            <th scope="col">{texts.collaboration_sharing()}</th>
                            {lends.then(|| view! { <th scope="col">{texts.collaboration_lending()}</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// How many of those with a value have some way to go.
pub fn share(texts: Texts, one: &Collaboration) -> String {
    texts.collaboration_of(one.sharing.len(), one.with_value)
}

/// Municipalities with their gap or surplus.
pub fn names(texts: Texts, region: &RegionResult, list: &[(usize, u8)]) -> String {
    let names: Vec<_> = (list.iter())
        .map(|(column, gap)| texts.collaboration_gap(region.municipalities[*column].name(), gap))
        .collect();
    names.join(", ")
}
