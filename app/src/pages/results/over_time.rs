//! From round to round: paired cohorts only, the same capability with the same words.

use charts::{Cell, Row, Table};
use domain::results::{CapabilityChange, Change, Incomparable};
use leptos::prelude::*;

use super::{
    Earlier, Figure, Material, ResultsPage,
    parts::{self, View},
    words,
};
use crate::texts::Texts;

/// The page.
pub fn page(texts: Texts, data: &ResultsPage) -> AnyView {
    let material = &data.material;
    let body = match &material.earlier {
        Some(earlier) if material.regional() => compared(texts, data, earlier),
        Some(_) => view! { <p class="empty">{texts.result_own_only()}</p> }.into_any(),
        None => view! { <p class="empty">{texts.time_first()}</p> }.into_any(),
    };
    view! {
        <div class="wide">
            <div class="page-head">
                <p class="eyebrow">{texts.result_eyebrow(material.version.number, &material.round.name)}</p>
                <h1>{texts.time_title()}</h1>
                <p class="lead">{texts.time_lead()}</p>
            </div>
            {parts::condition_box(texts, data)}
            {parts::views(texts, data, View::OverTime)}
            {body}
        </div>
    }
    .into_any()
}

fn compared(texts: Texts, data: &ResultsPage, earlier: &Earlier) -> AnyView {
    let material = &data.material;
    let (was, is) = (&earlier.round.name, &material.round.name);
    let change = &earlier.change;
    if change.capabilities.is_empty() {
        return view! {
            <p class="empty">{texts.time_none(was, is)}</p>
            {incomparable(texts, material, change)}
        }
        .into_any();
    }
    let names: Vec<_> = change.cohort.iter().map(|m| m.name()).collect();
    let cohort = texts.time_cohort(was, is, names.len(), material.region().municipalities.len());
    let numbers = table(texts, material, earlier);
    view! {
        <section class="card">
            <h2 id="forandring">{texts.time_table()}</h2>
            <p class="figure-note">{cohort}" "{texts.time_cohort_names(names.join(", "))}</p>
            <p>{answer(texts, material, change)}</p>
            {parts::table(texts, &numbers)}
        </section>
        {parts::figure_card(texts, data, Figure::Slope, None)}
        {incomparable(texts, material, change)}
    }
    .into_any()
}

/// The changes of the capabilities that are shown.
fn shown<'c>(material: &Material, change: &'c Change) -> Vec<&'c CapabilityChange> {
    (change.capabilities.iter())
        .filter(|one| material.shown.capabilities.contains(&one.capability))
        .collect()
}

/// What there is to see, in a sentence.
fn answer(texts: Texts, material: &Material, change: &Change) -> String {
    let rise = |one: &&CapabilityChange| one.current.change();
    let shown = shown(material, change);
    let of = shown.len();
    let risen: Vec<_> = shown.into_iter().filter(|one| rise(one) > 0.0).collect();
    let most = (risen.iter().copied()).max_by(|a, b| rise(a).total_cmp(&rise(b)));
    match most {
        Some(most) => {
            let name = &material.region().capabilities[most.capability].name;
            let number = words::mark(texts).write_signed(rise(&most), 1);
            texts.time_risen(risen.len(), of, name, number)
        }
        None => texts.time_not_risen(of),
    }
}

/// The change of each capability over the same municipalities, in the order of the map.
fn table(texts: Texts, material: &Material, earlier: &Earlier) -> Table {
    let mark = words::mark(texts);
    let count = |number: usize| Cell::number_or(u32::try_from(number).ok().map(f64::from), 0, "-");
    let mean = |number: f64| Cell::number_or(Some(number), 1, "-");
    // A change is told from a level by its sign, so it is a text.
    let signed = |number: f64| Cell::Text(mark.write_signed(number, 1));
    let rows = (shown(material, &earlier.change).into_iter()).map(|change| Row {
        header: (material.region().capabilities[change.capability].name).to_string(),
        cells: vec![
            count(change.pairs),
            mean(change.current.earlier),
            mean(change.current.later),
            signed(change.current.change()),
            count(change.current.rose),
            count(change.current.fell),
            signed(change.target.change()),
            signed(change.gap.change()),
        ],
    });
    let level = |round: &str| texts.time_was(round);
    Table {
        caption: texts.time_table().to_owned(),
        columns: vec![
            texts.result_capability().to_owned(),
            texts.time_pairs().to_owned(),
            level(&earlier.round.name),
            level(&material.round.name),
            texts.time_change().to_owned(),
            texts.time_rose().to_owned(),
            texts.time_fell().to_owned(),
            texts.time_target_change().to_owned(),
            texts.time_gap_change().to_owned(),
        ],
        rows: rows.collect(),
        conditions: words::conditions(texts, material),
        mark,
    }
}

fn incomparable(texts: Texts, material: &Material, change: &Change) -> Option<AnyView> {
    let reasons = [
        (Incomparable::Reworded, texts.time_reworded()),
        (Incomparable::New, texts.time_new()),
        (Incomparable::NobodyInBoth, texts.time_nobody()),
    ];
    let groups: Vec<_> = (reasons.into_iter())
        .filter_map(|(reason, words)| {
            let names: Vec<_> = (change.incomparable.iter())
                .filter(|(_, why)| *why == reason)
                .filter_map(|(id, _)| material.version.contents.capabilities.get(id))
                .map(|capability| capability.draft.name.to_string())
                .collect();
            (!names.is_empty()).then(|| view! { <dt>{words}</dt><dd>{names.join(", ")}</dd> })
        })
        .collect();
    (!groups.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{texts.time_incomparable()}</h2>
                <dl class="definition">{groups}</dl>
            </section>
        }
        .into_any()
    })
}
