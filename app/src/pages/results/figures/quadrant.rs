//! Effect on the goals and gap to close, as a matrix.

use charts::{Chart, Heading, Layout, MOST_ROWS, QuadrantTexts, quadrant};

use super::ranking::shown;
use crate::{
    pages::results::{
        material::Material,
        words::{conditions, mark, template},
    },
    texts::Texts,
};

pub(super) fn draw(texts: Texts, material: &Material, layout: Layout) -> Option<Chart> {
    let region = material.region();
    let shown = shown(material);
    let first = &region.capabilities[shown.first()?.capability];
    let description = texts.quadrant_description(
        shown.len(),
        &first.name,
        first.effect?,
        mark(texts).write(first.gap_to_close?, 1),
    );
    let words = QuadrantTexts {
        heading: Heading {
            title: texts.quadrant_title().to_owned(),
            description,
            conditions: conditions(texts, material),
            mark: mark(texts),
        },
        capability: texts.result_capability().to_owned(),
        place: texts.quadrant_place().to_owned(),
        effect: texts.result_effect().to_owned(),
        gap: texts.result_gap_to_close().to_owned(),
        with_gap: texts.result_with_gap().to_owned(),
        parts: texts.quadrant_parts().to_owned(),
        size: template(texts.quadrant_size()),
        first: texts.quadrant_first().to_owned(),
        much_to_close: texts.quadrant_much_to_close().to_owned(),
        keep: texts.quadrant_keep().to_owned(),
        later: texts.quadrant_later().to_owned(),
        left_out: template(&texts.quadrant_left_out(MOST_ROWS)),
    };
    Some(quadrant(region, &shown, layout, &words))
}
