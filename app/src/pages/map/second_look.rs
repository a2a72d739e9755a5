//! Advice on the map as a whole, for those who can follow it.

use std::collections::BTreeSet;

use domain::{
    advice::{Advice, MANY_CAPABILITIES, advice, anchor_advice},
    ids::{CapabilityId, GoalId},
    map::{Capability, Contents},
};
use leptos::prelude::*;

use super::board::Board;
use crate::texts::Texts;

/// Advice on the map as a whole, and on names that need a second look.
pub(super) fn advice_card(texts: Texts, board: &Board) -> AnyView {
    let contents = board.contents();
    let active = contents.active_in_order();
    let mut rows: Vec<AnyView> = Vec::new();
    let mut say = |words: String| rows.push(view! { <li>{words}</li> }.into_any());
    if !board.may_edit {
        return ().into_any();
    }
    if active.len() > MANY_CAPABILITIES {
        say(texts.map_advice_many(active.len(), MANY_CAPABILITIES));
    }
    let ungrouped = contents.capabilities_in(None).len();
    if ungrouped > 0 {
        say(texts.map_advice_ungrouped(ungrouped));
    }
    let unworded = (active.iter())
        .filter(|(_, capability)| capability.draft.formulation.is_empty())
        .count();
    if unworded > 0 {
        say(texts.map_advice_unworded(unworded));
    }
    let goalless = broken_threads(contents, &active);
    if goalless > 0 && !active.is_empty() {
        say(texts.map_advice_goalless(goalless));
    }
    rows.extend(names_to_mend(texts, board, &active));
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card advice-card" aria-labelledby="rad">
            <h2 id="rad">{texts.map_advice_title()}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

/// Goals that no capability supports, directly or through a goal under them.
fn broken_threads(contents: &Contents, active: &[(CapabilityId, &Capability)]) -> usize {
    let mut held: BTreeSet<GoalId> = BTreeSet::new();
    for goal in active.iter().flat_map(|(_, c)| &c.draft.goals) {
        let mut next = Some(*goal);
        while let Some(id) = next.filter(|id| held.insert(*id)) {
            next = contents.goals.get(&id).and_then(|goal| goal.parent);
        }
    }
    contents.goals.len() - held.len()
}

/// At most five capabilities whose names need a second look, and how many more there are.
fn names_to_mend(
    texts: Texts,
    board: &Board,
    active: &[(CapabilityId, &Capability)],
) -> Vec<AnyView> {
    const SHOWN: usize = 5;
    let to_mend: Vec<_> = (active.iter())
        .filter(|(id, capability)| {
            let others = (active.iter().filter(|(other, _)| other != id))
                .map(|(_, other)| other.draft.name.as_str());
            let draft = &capability.draft;
            anchor_advice(&draft.anchors).is_some()
                || (advice(&draft.name, &draft.formulation, others, 1).iter())
                    .any(|advice| !matches!(advice, Advice::Opening))
        })
        .collect();
    let mut rows: Vec<_> = to_mend
        .iter()
        .take(SHOWN)
        .map(|(id, capability)| {
            let href = board.link(&format!("/formagor/{id}"));
            let words = texts.map_advice_names(&capability.draft.name);
            view! { <li><a href=href>{words}</a></li> }.into_any()
        })
        .collect();
    if to_mend.len() > SHOWN {
        let words = texts.map_advice_names_more(to_mend.len() - SHOWN);
        rows.push(view! { <li>{words}</li> }.into_any());
    }
    rows
}
