//! What a workshop has led to, in numbers.

use domain::workshop::{CardKind, CardState, NoteKind};
use leptos::prelude::*;

use crate::live::{Scene, part::Part};

/// Numbers above nothing, with their words.
fn numbers(scene: &Scene) -> Vec<(usize, &'static str)> {
    let texts = scene.texts;
    let work = &scene.state.work;
    let written = (work.cards.values())
        .filter(|card| card.workshop == scene.id && card.kind != CardKind::Reflection)
        .filter(|card| card.state == CardState::Shown)
        .count();
    let capabilities = (scene.state.contents.capabilities.values())
        .filter(|capability| capability.is_active())
        .count();
    let decisions = (work.notes.values())
        .filter(|note| note.workshop == scene.id && note.kind == NoteKind::Decided)
        .count();
    let improvements = (work.improvements.values())
        .filter(|improvement| improvement.workshop == scene.id)
        .count();
    let attended = scene.present().count();
    let voters = work.persons_of(scene.id);
    [
        (attended, texts.live_after_people()),
        (written, texts.live_after_written()),
        (capabilities, texts.live_after_capabilities()),
        (voters, texts.live_after_voters()),
        (decisions, texts.live_after_decisions()),
        (improvements, texts.live_after_improvements()),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .collect()
}

/// What was achieved, as a few large numbers.
pub(in crate::live) fn outcome(scene: &Scene) -> Part {
    let rows: Vec<_> = (numbers(scene).into_iter())
        .map(|(number, words)| view! { <div><dt>{words}</dt><dd>{number}</dd></div> })
        .collect();
    Part::leaf(
        "utfall",
        view! { <dl id="utfall" class="outcome">{rows}</dl> },
    )
}

#[cfg(test)]
mod tests {
    use domain::workshop::Activity;

    use super::*;
    use crate::live::sample::scene;

    #[test]
    fn only_numbers_above_nothing_are_told() {
        let page = outcome(&scene(Activity::Grouping)).to_page();
        assert!(page.contains("<dt>Beslut</dt><dd>1</dd>"), "{page}");
        assert!(
            page.contains("<dt>Förmågor på kartan</dt><dd>8</dd>"),
            "{page}"
        );
        assert!(!page.contains("röstade"), "{page}");
    }
}
