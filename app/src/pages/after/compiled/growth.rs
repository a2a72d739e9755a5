//! What stands on the map after a workshop, what is new marked.

use domain::{
    ids::AreaId,
    map::{Capability, Contents},
    workshop::{Series, record::Record},
};
use leptos::prelude::*;

use crate::{components::Badge, texts::Texts};

/// Goals, national first.
pub(super) fn goals(texts: Texts, record: &Record) -> AnyView {
    let contents = &record.map.contents;
    if contents.goals.is_empty() || record.map.new_goals.is_empty() && !is_about_map(record) {
        return ().into_any();
    }
    let mut goals: Vec<_> = contents.goals.iter().collect();
    goals.sort_by(|(_, a), (_, b)| {
        (a.level.cmp(&b.level)).then_with(|| domain::text::swedish_order(&a.title, &b.title))
    });
    let rows: Vec<_> = (goals.into_iter())
        .map(|(id, goal)| {
            let new = record.map.new_goals.contains(id).then(|| new_badge(texts));
            view! { <li>{goal.title.to_string()}" "{new}</li> }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby="mal">
            <h2 id="mal">{texts.compiled_goals()}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

/// Whether the workshop is one of those that the map is made in.
fn is_about_map(record: &Record) -> bool {
    matches!(record.series, Series::Ws1 | Series::Ws2 | Series::Ws3)
}

/// Whether the whole map is shown at once: where it was ratified, or something on it is new or was moved.
pub(super) fn is_open(record: &Record) -> bool {
    let map = &record.map;
    record.series == Series::Ws3 || !map.new_capabilities.is_empty() || map.merged + map.placed > 0
}

fn new_badge(texts: Texts) -> AnyView {
    view! { <Badge tone="done" text=texts.compiled_new() /> }.into_any()
}

/// The map as the workshop left it. Where nothing on it is new, it is folded away.
pub(super) fn map(texts: Texts, record: &Record) -> AnyView {
    let contents = &record.map.contents;
    let all = contents.active_in_order().len();
    if all == 0 {
        return ().into_any();
    }
    let mut areas: Vec<_> = (contents.areas_in_order().into_iter())
        .map(|(id, area)| column(texts, record, Some(id), &area.name))
        .collect();
    if !contents.capabilities_in(None).is_empty() {
        areas.push(column(texts, record, None, texts.compiled_ungrouped()));
    }
    let areas = view! { <div class="areas">{areas}</div> };
    let new = record.map.new_capabilities.len();
    let merged = (record.map.merged + record.map.struck > 0).then(|| {
        let words = texts.compiled_merged(record.map.merged, record.map.struck);
        view! { <p>{words}</p> }
    });
    let areas = if is_open(record) {
        areas.into_any()
    } else {
        view! { <details class="more"><summary>{texts.compiled_whole_map()}</summary>{areas}</details> }
            .into_any()
    };
    view! {
        <section class="stack" aria-labelledby="formagor">
            <div>
                <h2 id="formagor">{texts.compiled_capabilities()}</h2>
                <p class="muted">{texts.compiled_capabilities_lead(all, new)}</p>
                {merged}
            </div>
            {areas}
        </section>
    }
    .into_any()
}

fn column(texts: Texts, record: &Record, area: Option<AreaId>, name: &str) -> AnyView {
    let contents = &record.map.contents;
    let inside = contents.capabilities_in(area);
    let count = inside.len();
    let cards: Vec<_> = (inside.into_iter())
        .map(|(id, capability)| {
            let new = record.map.new_capabilities.contains(&id);
            card(texts, capability, new)
        })
        .collect();
    view! {
        <div class="area">
            <h3><span>{name.to_owned()}</span>" "<span class="count">{count}</span></h3>
            <ul class="cards" role="list">{cards}</ul>
        </div>
    }
    .into_any()
}

fn card(texts: Texts, capability: &Capability, new: bool) -> AnyView {
    let formulation = (!capability.draft.formulation.is_empty())
        .then(|| view! { <p class="muted">{capability.draft.formulation.to_string()}</p> });
    let badge = new.then(|| new_badge(texts));
    view! {
        <li class="capability-card">
            <p class="name">{capability.draft.name.to_string()}" "{badge}</p>
            {formulation}
        </li>
    }
    .into_any()
}

/// Weaknesses: all of them while the map is being made, else the new ones.
pub(super) fn weaknesses(texts: Texts, record: &Record) -> AnyView {
    let contents: &Contents = &record.map.contents;
    let new = &record.map.new_weaknesses;
    let about_map = is_about_map(record);
    let rows: Vec<_> = (contents.weaknesses.iter())
        .filter(|(id, _)| about_map || new.contains(id))
        .map(|(id, weakness)| {
            let badge = new.contains(id).then(|| new_badge(texts));
            view! {
                <li class="weakness-card"><p class="name">{weakness.name.to_string()}" "{badge}</p></li>
            }
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section aria-labelledby="oformagor">
            <h2 id="oformagor">{texts.compiled_weaknesses()}</h2>
            <ul class="cards weaknesses" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}
