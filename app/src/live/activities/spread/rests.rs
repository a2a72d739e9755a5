//! What the figures rest on, and the region's own value.

use domain::{
    level::Level,
    results::{CellValue, Standing},
    statistics::location::median_low,
};
use leptos::prelude::*;

use crate::{
    live::{Scene, part::Part},
    pages::results,
};

/// What it all rests on: on every view with figures.
pub(in crate::live::activities) fn conditions(scene: &Scene, id: &'static str) -> Part {
    let texts = scene.texts;
    let Some(region) = &scene.results else {
        return Part::leaf(id, view! { <p id=id class="walk-condition" hidden></p> });
    };
    let conditions = &region.conditions;
    let standing = match conditions.standing {
        Standing::Regional => None,
        Standing::Preliminary => Some(texts.walk_preliminary()),
        Standing::OwnOnly => Some(texts.result_own_only()),
    };
    let standing = standing.map(|words| view! { <b>{words}</b> " " });
    let missing: Vec<_> = conditions
        .missing
        .iter()
        .map(|m| m.municipality.name())
        .collect();
    let missing = (!missing.is_empty()).then(|| texts.walk_missing(missing.join(", ")));
    let said = [
        Some(results::based_on(texts, conditions)),
        Some(texts.result_answered(conditions.submitted, conditions.invited)),
        missing,
    ];
    let said: Vec<_> = said.into_iter().flatten().collect();
    Part::leaf(
        id,
        view! { <p id=id class="walk-condition">{standing}{said.join(" ")}</p> },
    )
}

/// Said where figures would stand while there is no closed round.
pub(in crate::live::activities) fn nothing_yet(scene: &Scene, id: &'static str) -> Part {
    let texts = scene.texts;
    let words = if scene.workshop.round.is_some() {
        texts.walk_round_open()
    } else {
        texts.walk_no_round()
    };
    Part::leaf(id, view! { <p id=id class="empty">{words}</p> })
}

/// The region's level: the lower median of the municipalities', each counted once; none below half of them.
pub(in crate::live::activities) fn regional(
    values: &[CellValue],
    question: impl Fn((Level, Level)) -> Level,
) -> Option<(Level, usize)> {
    let levels: Vec<_> = (values.iter())
        .filter_map(CellValue::levels)
        .map(question)
        .collect();
    if Standing::new(levels.len(), values.len()) == Standing::OwnOnly {
        return None;
    }
    Some((median_low(&levels)?, levels.len()))
}

#[cfg(test)]
mod tests {
    use domain::results::Basis;

    use super::*;

    fn values(levels: &[u8], missing: usize) -> Vec<CellValue> {
        let level = |number| Level::new(number).expect("1–5");
        let mut values: Vec<_> = (levels.iter())
            .map(|current| CellValue::Levels {
                current: level(*current),
                target: level(5),
                basis: Basis::Agreed,
            })
            .collect();
        values.extend(vec![CellValue::Hidden; missing]);
        values
    }

    #[test]
    fn the_region_has_a_median_from_seven_of_fourteen() {
        let current = |(current, _)| current;
        let seven = regional(&values(&[1, 1, 2, 2, 3, 4, 5], 7), current);
        assert_eq!(seven.map(|(level, of)| (level.get(), of)), Some((2, 7)));
        assert_eq!(regional(&values(&[1, 1, 2, 2, 3, 4], 8), current), None);
    }
}
