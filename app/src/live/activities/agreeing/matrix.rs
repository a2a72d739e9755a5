//! Where each municipality stands, filling in while they agree.

use domain::{ids::CapabilityId, level::Level, results::CellValue};
use leptos::prelude::*;

use super::{Position, Table, form, in_the_room};
use crate::{
    live::{activities::spread::regional, part::Part},
    texts::Texts,
};

/// A level on its colour, with the number in it.
fn level(texts: Texts, title: &'static str, level: Level) -> AnyView {
    let number = level.get();
    view! {
        <span class=format!("walk-level level-{number}")>
            <span class="visually-hidden">{title}" "</span>
            {number}
            <span class="visually-hidden">" "{crate::live::activities::bars::level_word(texts, number.into())}</span>
        </span>
    }
    .into_any()
}

/// "2 → 4", or the symbol of what is not there with its reason.
fn levels(texts: Texts, value: &Position<'_>) -> AnyView {
    let reason = match value.value {
        CellValue::Levels {
            current, target, ..
        } => {
            return view! {
                <span class="walk-levels">
                    {level(texts, texts.terms_current(), current)}
                    <span aria-hidden="true">"→"</span>
                    " "
                    {level(texts, texts.terms_target(), target)}
                </span>
            }
            .into_any();
        }
        CellValue::NotApplicable => texts.result_not_applicable(),
        CellValue::Hidden => texts.result_hidden(),
        CellValue::Missing => texts.result_no_answers(),
    };
    let symbol = value.value.symbol();
    view! { <span class="walk-levels muted"><b aria-hidden="true">{symbol}</b>" "{reason}</span> }
        .into_any()
}

/// Every municipality with its levels, one part each: for the wall and for phones.
pub(super) fn matrix(table: &Table<'_>, id: CapabilityId) -> Part {
    let texts = table.scene.texts;
    let cells: Vec<_> = (table.values(id).iter())
        .map(|value| {
            let cell = format!("bed-k-{}", value.municipality);
            let class = if value.agreed.is_some() { "done" } else { "" };
            Part::leaf(
                cell.clone(),
                view! {
                    <li id=cell class=class>
                        <strong>{value.municipality.name()}</strong>
                        {levels(texts, value)}
                        {form::standing(texts, value)}
                    </li>
                },
            )
        })
        .collect();
    Part::list(
        "bed-matris",
        view! { <ul id="bed-matris" class="walk-matrix"></ul> },
        cells,
    )
}

/// The same with reasons, and a form for each: those in the room first said so.
pub(super) fn for_leaders(table: &Table<'_>, id: CapabilityId) -> Part {
    let scene = table.scene;
    let texts = scene.texts;
    let here = in_the_room(scene);
    let rows: Vec<_> = (table.values(id).iter())
        .map(|value| {
            let row = format!("bed-k-{}", value.municipality);
            let away = (!here.contains(&value.municipality))
                .then(|| view! { <span class="muted">{texts.walk_not_here()}</span> });
            let reason = (value.agreed)
                .filter(|agreed| !agreed.reason.is_empty())
                .map(|agreed| view! { <p class="muted">{agreed.reason.to_string()}</p> });
            Part::leaf(
                row.clone(),
                view! {
                    <li id=row class=if value.agreed.is_some() { "done" } else { "" }>
                        <div class="row spread">
                            <strong>{value.municipality.name()}</strong>
                            {away}
                            {levels(texts, value)}
                            {form::standing(texts, value)}
                        </div>
                        {reason}
                        {form::small(scene, id, value)}
                    </li>
                },
            )
        })
        .collect();
    Part::list(
        "bed-matris",
        view! { <ul id="bed-matris" class="card walk-table"></ul> },
        rows,
    )
}

/// The region's medians, each municipality counted once, when there are enough of them; else why not.
pub(super) fn region(table: &Table<'_>, id: CapabilityId) -> Part {
    let texts = table.scene.texts;
    let values: Vec<_> = table.values(id).iter().map(|value| value.value).collect();
    let all = table.municipalities.len();
    let current = regional(&values, |(current, _)| current);
    let target = regional(&values, |(_, target)| target);
    let unconfirmed = (table.values(id).iter())
        .filter(|value| value.agreed.is_none() && value.value.levels().is_some())
        .count();
    let words = match current.zip(target) {
        Some(((current, of), (target, _))) => {
            texts.walk_region_levels(current.get(), target.get(), of, all)
        }
        None => texts.walk_no_regional().to_owned(),
    };
    let unconfirmed = (unconfirmed > 0 && current.is_some())
        .then(|| view! { " "<span class="muted">{texts.walk_unconfirmed(unconfirmed)}</span> });
    Part::leaf(
        "bed-region",
        view! { <p id="bed-region" class="walk-note">{words}{unconfirmed}</p> },
    )
}
