//! Weaknesses on the map beside the figures of the capabilities that they hold back.

use domain::{ids::CapabilityId, map::Contents};
use leptos::prelude::*;

use crate::{pages::map::weakness_kind_text, texts::Texts};

/// How many are in sight before "visa fler".
const FIRST: usize = 4;

/// Those that hold back these capabilities, in the capabilities' order, each with what it holds back where `named`.
/// None when there are none.
pub(super) fn weaknesses(
    texts: Texts,
    contents: &Contents,
    of: impl Iterator<Item = CapabilityId>,
    named: bool,
) -> Option<AnyView> {
    let mut cards: Vec<_> = of
        .flat_map(|capability| {
            (contents.weaknesses.values())
                .filter(move |weakness| weakness.capability == Some(capability))
                .map(move |weakness| (capability, weakness))
        })
        .map(|(capability, weakness)| {
            let held = (contents.capabilities.get(&capability))
                .filter(|_| named)
                .map(|held| format!("{}: {}", texts.municipality_holds_back(), held.draft.name))
                .map(|words| view! { <p class="about">{words}</p> });
            let more = (!weakness.description.is_empty())
                .then(|| view! { <p>{weakness.description.to_string()}</p> });
            view! {
                <li class="weakness-card">
                    <p><span class="tag">{weakness_kind_text(texts, weakness.kind)}</span></p>
                    <p class="name">{weakness.name.to_string()}</p>
                    {more}
                    {held}
                </li>
            }
        })
        .collect();
    if cards.is_empty() {
        return None;
    }
    let rest = cards.split_off(FIRST.min(cards.len()));
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{texts.municipality_more_weaknesses(rest.len())}</summary>
                <ul class="weakness-grid">{rest}</ul>
            </details>
        }
    });
    Some(view! { <ul class="weakness-grid">{cards}</ul>{rest} }.into_any())
}
