//! Each municipality sets its samlad bedömning, one capability at a time (WS4).

mod form;
mod matrix;

use std::collections::BTreeSet;

use domain::{
    ids::{CapabilityId, RoundId},
    map::{Agreed, AgreedKey, AgreedLevel},
    municipality::Municipality,
    results::{Basis, CellValue},
    workshop::Item,
};
use leptos::prelude::*;

use super::{
    focus::{Walk, look_at, row_class, steps},
    spread::nothing_yet,
};
use crate::live::{Me, Scene, part::Part};

/// The round that levels are agreed in, when it is closed.
struct Table<'a> {
    scene: &'a Scene,
    round: RoundId,
    municipalities: Vec<Municipality>,
}

/// What a municipality stands for on one capability, and why when it has said so itself.
struct Position<'a> {
    municipality: Municipality,
    value: CellValue,
    agreed: Option<&'a AgreedLevel>,
}

impl<'a> Table<'a> {
    /// None while the round takes answers, or when there is none.
    fn new(scene: &'a Scene) -> Option<Self> {
        let spread = scene.spread.as_ref()?;
        Some(Self {
            scene,
            round: scene.workshop.round?,
            municipalities: spread.municipalities.clone(),
        })
    }

    /// Capabilities of the round's version, largest disagreement first.
    fn capabilities(&self) -> impl Iterator<Item = (CapabilityId, String)> {
        (self.scene.spread.iter())
            .flat_map(|spread| &spread.capabilities)
            .map(|capability| (capability.id, capability.name.to_string()))
    }

    fn walk(&self) -> Walk {
        Walk::new(self.scene, self.capabilities().map(|(id, _)| id).collect())
    }

    fn agreed(
        &self,
        capability: CapabilityId,
        municipality: Municipality,
    ) -> Option<&'a AgreedLevel> {
        self.scene.state.agreed.get(&AgreedKey {
            round: self.round,
            municipality,
            capability,
        })
    }

    /// How many municipalities have agreed on a level, or that it does not apply.
    fn done(&self, capability: CapabilityId) -> usize {
        (self.municipalities.iter())
            .filter(|municipality| self.agreed(capability, **municipality).is_some())
            .count()
    }

    /// Every municipality's value: what has been agreed goes before what the answers say.
    fn values(&self, capability: CapabilityId) -> Vec<Position<'a>> {
        let answered =
            (self.scene.spread.as_ref()).and_then(|spread| spread.capability(capability));
        (self.municipalities.iter().enumerate())
            .map(|(column, municipality)| {
                let agreed = self.agreed(capability, *municipality);
                let value = match agreed.map(|agreed| agreed.value) {
                    Some(Agreed::Levels { current, target }) => CellValue::Levels {
                        current,
                        target,
                        basis: Basis::Agreed,
                    },
                    Some(Agreed::NotApplicable) => CellValue::NotApplicable,
                    None => (answered.and_then(|known| known.values.get(column)).copied())
                        .unwrap_or(CellValue::Missing),
                };
                Position {
                    municipality: *municipality,
                    value,
                    agreed,
                }
            })
            .collect()
    }
}

/// Municipalities that someone in the room comes from.
fn in_the_room(scene: &Scene) -> BTreeSet<Municipality> {
    (scene.present())
        .flat_map(|person| person.municipalities.iter().copied())
        .collect()
}

/// The capability in focus, with its words from the round's version.
fn head(scene: &Scene, id: CapabilityId, wall: bool) -> AnyView {
    let Some(capability) = (scene.spread.as_ref()).and_then(|spread| spread.capability(id)) else {
        return ().into_any();
    };
    let area =
        (capability.area.as_ref()).map(|area| view! { <p class="eyebrow">{area.to_string()}</p> });
    let formulation = (!capability.formulation.is_empty() && !wall)
        .then(|| view! { <p class="walk-formulation">{capability.formulation.to_string()}</p> });
    view! {
        {area}
        <h2 class="walk-name">{capability.name.to_string()}</h2>
        {formulation}
    }
    .into_any()
}

/// "9 av 14 kommuner klara".
fn progress(table: &Table<'_>, id: CapabilityId) -> AnyView {
    let (done, all) = (table.done(id), table.municipalities.len());
    let words = table.scene.texts.walk_municipalities_done(done, all);
    view! {
        <div class="progress walk-progress">
            <p class="number">{words}</p>
            <progress value=done max=all.max(1) aria-hidden="true"></progress>
        </div>
    }
    .into_any()
}

/// On the wall.
pub(super) fn projector(scene: &Scene, _item: &Item) -> Vec<Part> {
    let Some(table) = Table::new(scene) else {
        return vec![nothing_yet(scene, "bed-inget")];
    };
    let Some(id) = table.walk().focus() else {
        return vec![overview(&table)];
    };
    let head = Part::leaf(
        "bed-huvud",
        view! { <section id="bed-huvud" class="walk-large">{head(scene, id, true)}{progress(&table, id)}</section> },
    );
    vec![head, matrix::matrix(&table, id), matrix::region(&table, id)]
}

/// For those who lead.
pub(super) fn leader(scene: &Scene, _item: &Item) -> Vec<Part> {
    let Some(table) = Table::new(scene) else {
        return vec![nothing_yet(scene, "bed-inget")];
    };
    let walk = table.walk();
    let all_done = (walk.focus()).is_some_and(|id| table.done(id) == table.municipalities.len());
    let steps = Part::leaf(
        "bed-steg",
        view! { <div id="bed-steg">{steps(scene, &walk, walk.focus().is_none() || all_done)}</div> },
    );
    let mut main = Vec::new();
    if let Some(id) = walk.focus() {
        main.push(Part::leaf(
            "bed-huvud",
            view! { <section id="bed-huvud" class="card walk-focus">{head(scene, id, false)}{progress(&table, id)}</section> },
        ));
        main.push(steps);
        main.push(matrix::for_leaders(&table, id));
        main.push(matrix::region(&table, id));
    } else {
        main.push(Part::leaf(
            "bed-borja",
            view! {
                <section id="bed-borja" class="card">
                    <h2>{scene.texts.walk_agreeing_title()}</h2>
                    <p>{scene.texts.walk_agreeing_lead()}</p>
                </section>
            },
        ));
        main.push(steps);
    }
    vec![Part::list(
        "bed-tva",
        view! { <div id="bed-tva" class="walk-two"></div> },
        vec![
            Part::list(
                "bed-mitten",
                view! { <div id="bed-mitten" class="walk-main"></div> },
                main,
            ),
            rows(&table),
        ],
    )]
}

/// For everyone who takes part.
pub(super) fn participant(scene: &Scene, _item: &Item) -> Vec<Part> {
    let Some(table) = Table::new(scene) else {
        return vec![nothing_yet(scene, "bed-inget")];
    };
    let Some(id) = table.walk().focus() else {
        return vec![Part::leaf(
            "bed-vanta",
            view! { <p id="bed-vanta" class="empty">{scene.texts.walk_soon()}</p> },
        )];
    };
    let head = Part::leaf(
        "bed-huvud",
        view! { <section id="bed-huvud" class="card walk-focus">{head(scene, id, false)}{progress(&table, id)}</section> },
    );
    vec![head, matrix::matrix(&table, id), matrix::region(&table, id)]
}

/// For one person: the form of each municipality that they speak for.
pub(super) fn mine(scene: &Scene, _item: &Item, me: &Me) -> Vec<Part> {
    let Some(table) = Table::new(scene) else {
        return Vec::new();
    };
    let Some(id) = table.walk().focus() else {
        return Vec::new();
    };
    if me.speaks_for.is_empty() {
        let names: Vec<_> = me.municipalities.iter().map(|m| m.name()).collect();
        let words = scene.texts.walk_speaks_other(names.join(", "));
        return vec![Part::leaf(
            "bed-min",
            view! { <p id="bed-min" class="muted">{words}</p> },
        )];
    }
    (table.values(id).iter())
        .filter(|value| me.speaks_for.contains(&value.municipality))
        .map(|value| form::large(scene, id, value))
        .collect()
}

/// Every capability with how many municipalities are done.
fn rows(table: &Table<'_>) -> Part {
    let scene = table.scene;
    let texts = scene.texts;
    let all = table.municipalities.len();
    let list: Vec<_> = (table.capabilities())
        .map(|(id, name)| {
            let row = format!("bed-f-{id}");
            let done = table.done(id);
            let mark = if done == all {
                "walk-mark done"
            } else {
                "walk-mark"
            };
            let current = (scene.stage.focus == Some(id))
                .then(|| view! { <span class="visually-hidden">{texts.walk_in_focus()}</span> });
            Part::leaf(
                row.clone(),
                view! {
                    <li id=row class=row_class(scene, id)>
                        <span class=mark></span>
                        {look_at(scene, id, "walk-pick", name, "")}
                        {current}
                        <span class="muted number">{texts.walk_of(done, all)}</span>
                    </li>
                },
            )
        })
        .collect();
    Part::list(
        "bed-sidan",
        view! { <section id="bed-sidan" class="card walk-side"></section> },
        vec![
            Part::leaf(
                "bed-rubrik",
                view! { <h2 id="bed-rubrik">{texts.walk_spread_list()}</h2> },
            ),
            Part::list(
                "bed-lista",
                view! { <ol id="bed-lista" class="walk-list"></ol> },
                list,
            ),
        ],
    )
}

/// How far the municipalities have come with everything: what the wall shows before the walk begins.
fn overview(table: &Table<'_>) -> Part {
    let texts = table.scene.texts;
    let capabilities: Vec<_> = table.capabilities().collect();
    let rows: Vec<_> = (table.municipalities.iter())
        .map(|municipality| {
            let done = (capabilities.iter())
                .filter(|(id, _)| table.agreed(*id, *municipality).is_some())
                .count();
            view! {
                <li>
                    <strong>{municipality.name()}</strong>
                    <span class="number">{texts.walk_of(done, capabilities.len())}</span>
                    <progress value=done max=capabilities.len().max(1) aria-hidden="true"></progress>
                </li>
            }
        })
        .collect();
    Part::leaf(
        "bed-oversikt",
        view! { <ul id="bed-oversikt" class="walk-areas">{rows}</ul> },
    )
}
