//! Who said what: the cards behind what stands on the map, and what has been said about it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{CapabilityId, CardId},
    map::{Contents, MapState, Status},
    municipality::Municipality,
    workshop::{Became, Card, CardKind, CardState},
};
use leptos::prelude::*;

/// Cards by the capability that they have led to or are about, through merges too. Only what everyone may see.
#[derive(Debug, Default)]
pub(super) struct Voices<'a> {
    said: BTreeMap<CapabilityId, Vec<&'a Card>>,
    comments: BTreeMap<CapabilityId, Vec<(CardId, &'a Card)>>,
}

impl<'a> Voices<'a> {
    /// Of everything that has been written in the mapping's workshops.
    pub(super) fn of(state: &'a MapState) -> Self {
        let mut voices = Self::default();
        for (id, card) in state.work.cards.iter() {
            if card.state != CardState::Shown {
                continue;
            }
            if let Some(Became::Capability(capability)) = card.became {
                for heir in heirs(&state.contents, capability) {
                    voices.said.entry(heir).or_default().push(card);
                }
            }
            let remark = matches!(card.kind, CardKind::Comment | CardKind::Question);
            if let Some(about) = card.about.filter(|_| remark) {
                for heir in heirs(&state.contents, about) {
                    voices.comments.entry(heir).or_default().push((*id, card));
                }
            }
        }
        voices
    }

    /// The cards that a capability came from, in order of time.
    pub(super) fn said(&self, capability: CapabilityId) -> &[&'a Card] {
        self.said.get(&capability).map_or(&[], Vec::as_slice)
    }

    /// Comments and questions about a capability, in order of time.
    pub(super) fn comments(&self, capability: CapabilityId) -> &[(CardId, &'a Card)] {
        self.comments.get(&capability).map_or(&[], Vec::as_slice)
    }
}

/// What a capability has become: itself, or what took its place.
fn heirs(contents: &Contents, capability: CapabilityId) -> BTreeSet<CapabilityId> {
    let mut heirs = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut left = vec![capability];
    while let Some(id) = left.pop() {
        if !seen.insert(id) {
            continue;
        }
        match contents.capabilities.get(&id).map(|known| &known.status) {
            Some(Status::Retired { into }) => left.extend(into),
            Some(Status::Active) => {
                heirs.insert(id);
            }
            None => {}
        }
    }
    heirs
}

/// The municipalities of cards, each once, in Swedish order.
pub(super) fn municipalities<'a>(cards: impl IntoIterator<Item = &'a Card>) -> Vec<Municipality> {
    let mut list: Vec<_> = (cards.into_iter())
        .filter_map(|card| card.municipality)
        .collect();
    Municipality::sort(&mut list);
    list.dedup();
    list
}

/// Municipalities as small marks, at most `most` of them and the number of those left out.
pub(super) fn tags(list: &[Municipality], most: usize) -> AnyView {
    if list.is_empty() {
        return ().into_any();
    }
    let shown: Vec<_> = (list.iter().take(most))
        .map(|one| view! { <span class="tag">{one.name()}</span>" " })
        .collect();
    let more = list.len().saturating_sub(most);
    let more = (more > 0).then(|| view! { <span class="tag">{format!("+ {more}")}</span> });
    view! { <span class="tags">{shown}{more}</span> }.into_any()
}
