//! The board on the wall: as large as it fits, never more than fits.

use domain::{
    ids::{AreaId, CapabilityId},
    map::Capability,
};
use leptos::prelude::*;

use super::super::voices::Voices;
use crate::live::{Scene, part::Part};

/// Sizes of letters, the largest first: name, how many columns fit and how many cards in each.
const SIZES: [(&str, usize, usize); 4] = [
    ("size-1", 5, 6),
    ("size-2", 6, 8),
    ("size-3", 7, 10),
    ("size-4", 8, 13),
];

/// How the board is laid out.
#[derive(Debug, PartialEq, Eq)]
struct Layout {
    size: &'static str,
    columns: usize,
    /// For each place, how many columns it takes and how many of its cards are shown.
    places: Vec<(usize, usize)>,
}

/// The largest letters that all cards fit with; if none, the smallest, and as many cards as fit.
fn layout(counts: &[usize]) -> Layout {
    let columns_of = |count: usize, rows: usize| count.div_ceil(rows).max(1);
    let fitting = (SIZES.iter()).find(|(_, columns, rows)| {
        counts
            .iter()
            .map(|count| columns_of(*count, *rows))
            .sum::<usize>()
            <= *columns
    });
    if let Some((size, _, rows)) = fitting {
        let places: Vec<_> = (counts.iter())
            .map(|count| (columns_of(*count, *rows), *count))
            .collect();
        return Layout {
            size,
            columns: places.iter().map(|(wide, _)| wide).sum::<usize>().max(1),
            places,
        };
    }
    let (size, most, rows) = SIZES[SIZES.len() - 1];
    let mut wide: Vec<_> = counts.iter().map(|_| 1).collect();
    // What is left over goes to whoever shows the least of what they have.
    while wide.iter().sum::<usize>() < most {
        let neediest = (0..counts.len())
            .max_by_key(|place| counts[*place].saturating_sub(wide[*place] * rows));
        match neediest {
            Some(place) => wide[place] += 1,
            None => break,
        }
    }
    let places: Vec<_> = (counts.iter().zip(&wide))
        .map(|(count, wide)| {
            let fits = wide * rows;
            // The line that says how many more takes a card's place.
            (*wide, if *count > fits { fits - 1 } else { *count })
        })
        .collect();
    Layout {
        size,
        columns: wide.iter().sum::<usize>().max(1),
        places,
    }
}

/// A class for each number of columns that can be.
fn numbered(name: &str, number: usize) -> String {
    format!("{name}-{}", number.min(16))
}

/// Areas side by side, those without area last.
pub(super) fn wall(scene: &Scene) -> Part {
    let contents = &scene.state.contents;
    let voices = Voices::of(&scene.state);
    let mut places: Vec<(Option<AreaId>, String, Vec<_>)> = (contents.areas_in_order().into_iter())
        .map(|(id, area)| {
            (
                Some(id),
                area.name.to_string(),
                contents.capabilities_in(Some(id)),
            )
        })
        .collect();
    let loose = contents.capabilities_in(None);
    if !loose.is_empty() || places.is_empty() {
        places.push((None, scene.texts.board_ungrouped().to_owned(), loose));
    }
    let counts: Vec<_> = places.iter().map(|(_, _, cards)| cards.len()).collect();
    let layout = layout(&counts);
    let zones = (places.into_iter().zip(&layout.places))
        .map(|((area, name, cards), (wide, shown))| {
            zone(scene, &voices, (area, name), cards, *wide, *shown)
        })
        .collect();
    let class = format!(
        "area-wall {} {}",
        layout.size,
        numbered("columns", layout.columns)
    );
    Part::list(
        "arbetstavla",
        view! { <div id="arbetstavla" class=class></div> },
        zones,
    )
}

fn zone(
    scene: &Scene,
    voices: &Voices,
    (area, name): (Option<AreaId>, String),
    cards: Vec<(CapabilityId, &Capability)>,
    wide: usize,
    shown: usize,
) -> Part {
    let place = area.map_or_else(|| "utan".to_owned(), |area| area.to_string());
    let (id, title, list) = (
        format!("omrade-{place}"),
        format!("omrade-{place}-namn"),
        format!("omrade-{place}-kort"),
    );
    let count = cards.len();
    let left_out = count - shown.min(count);
    let kind = if area.is_some() { "zone" } else { "zone loose" };
    let class = format!("{kind} {}", numbered("span", wide));
    let mut rows: Vec<_> = (cards.into_iter().take(shown))
        .map(|(id, capability)| row(scene, voices, id, capability))
        .collect();
    if left_out > 0 {
        let more = format!("omrade-{place}-fler");
        rows.push(Part::leaf(
            more.clone(),
            view! { <li id=more class="more">{scene.texts.board_more(left_out)}</li> },
        ));
    }
    Part::list(
        id.clone(),
        view! { <section id=id class=class aria-labelledby=title.clone()></section> },
        vec![
            Part::leaf(
                title.clone(),
                view! { <h2 id=title class="zone-name">{name}" "<span class="count">{count}</span></h2> },
            ),
            Part::list(
                list.clone(),
                view! { <ul id=list class="zone-cards"></ul> },
                rows,
            ),
        ],
    )
}

fn row(scene: &Scene, voices: &Voices, id: CapabilityId, capability: &Capability) -> Part {
    let texts = scene.texts;
    let said = voices.said(id).len();
    let said = (said > 1).then(|| view! { <span class="said">{texts.board_said(said)}</span> });
    let held = (scene.state.contents.weaknesses.values())
        .filter(|weakness| weakness.capability == Some(id))
        .count();
    let class = if held > 0 {
        "wall-card held"
    } else {
        "wall-card"
    };
    let held =
        (held > 0).then(|| view! { <span class="held">{texts.board_held_back(held)}</span> });
    let place = format!("formaga-{id}");
    Part::leaf(
        place.clone(),
        view! {
            <li id=place class=class>
                <span class="name">{capability.draft.name.to_string()}</span>
                {said}
                {held}
            </li>
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_cards_are_large_and_more_are_smaller() {
        assert_eq!(layout(&[4, 3, 4, 3, 5]).size, "size-1");
        assert_eq!(layout(&[6, 4, 6, 6, 5, 3]).size, "size-2");
        assert_eq!(layout(&[16, 8, 8, 7, 5, 3]).size, "size-3");
        let empty = layout(&[0]);
        assert_eq!((empty.size, empty.columns), ("size-1", 1));
    }

    #[test]
    fn a_large_place_takes_more_columns() {
        let layout = layout(&[9, 2, 1]);
        assert_eq!(layout.places, [(2, 9), (1, 2), (1, 1)]);
        assert_eq!(layout.columns, 4);
    }

    #[test]
    fn what_does_not_fit_is_counted_rather_than_shown() {
        let layout = layout(&[200, 10, 10]);
        assert_eq!(layout.size, "size-4");
        assert_eq!(layout.places, [(6, 77), (1, 10), (1, 10)]);
        assert_eq!(layout.columns, 8);
        let many_areas = super::layout(&[1; 12]);
        assert_eq!(many_areas.columns, 12);
    }
}
