//! The way from one municipality or capability to the one before, the one after, and any other.

use leptos::prelude::*;

/// A page of the same kind: its address and what it is about.
pub(super) struct Neighbour {
    /// Its address.
    pub(super) address: String,
    /// What it is about.
    pub(super) name: String,
}

/// What is said of the ways.
pub(super) struct NeighbourWords {
    /// All of them.
    pub(super) others: &'static str,
    /// To the one before.
    pub(super) previous: &'static str,
    /// To the one after.
    pub(super) next: &'static str,
}

/// Links to the ones beside the one at `here`, and to all of them, folded away. Nothing when there is no other.
pub(super) fn neighbours(
    words: &NeighbourWords,
    all: &[Neighbour],
    here: Option<usize>,
) -> Option<AnyView> {
    if all.len() < 2 {
        return None;
    }
    let beside = |index: Option<usize>, word: &'static str, rel: &'static str| {
        let neighbour = index.and_then(|index| all.get(index))?;
        Some(view! {
            <a class=format!("neighbour {rel}") rel=rel href=neighbour.address.clone()>
                <span class="muted">{word}</span>
                <span class="name">{neighbour.name.clone()}</span>
            </a>
        })
    };
    let previous = beside(
        here.and_then(|here| here.checked_sub(1)),
        words.previous,
        "prev",
    );
    let next = beside(here.map(|here| here + 1), words.next, "next");
    let list: Vec<_> = (all.iter().enumerate())
        .map(|(index, one)| {
            let current = (Some(index) == here).then_some("page");
            view! { <li><a href=one.address.clone() aria-current=current>{one.name.clone()}</a></li> }
        })
        .collect();
    Some(
        view! {
            <nav class="neighbours no-print" aria-label=words.others>
                <div class="beside">{previous}{next}</div>
                <details class="more">
                    <summary>{words.others}</summary>
                    <ul class="check-grid">{list}</ul>
                </details>
            </nav>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: NeighbourWords = NeighbourWords {
        others: "Andra",
        previous: "Föregående",
        next: "Nästa",
    };

    fn all(names: &[&str]) -> Vec<Neighbour> {
        (names.iter())
            .map(|name| Neighbour {
                address: format!("/{name}"),
                name: (*name).to_owned(),
            })
            .collect()
    }

    fn html(names: &[&str], here: Option<usize>) -> String {
        neighbours(&WORDS, &all(names), here).map_or_else(String::new, RenderHtml::to_html)
    }

    #[test]
    fn the_first_has_none_before_it_and_the_last_none_after() {
        let first = html(&["a", "b", "c"], Some(0));
        assert!(!first.contains("Föregående"), "{first}");
        assert!(first.contains("Nästa"), "{first}");
        let last = html(&["a", "b", "c"], Some(2));
        assert!(last.contains("Föregående"), "{last}");
        assert!(!last.contains("Nästa"), "{last}");
        assert_eq!(last.matches("aria-current=\"page\"").count(), 1);
        assert_eq!(html(&["a"], Some(0)), "");
    }
}
