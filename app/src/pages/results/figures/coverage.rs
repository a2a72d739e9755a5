//! What each municipality's value rests on.

use charts::{Chart, CoverageTexts, Heading, Layout, coverage};
use domain::results::{Basis, CellValue};

use crate::{
    pages::results::{
        material::Material,
        words::{conditions, mark, template},
    },
    texts::Texts,
};

pub(super) fn draw(texts: Texts, material: &Material, layout: Layout) -> Option<Chart> {
    let (region, shown) = (material.region(), &material.shown);
    if shown.capabilities.is_empty() || shown.municipalities.is_empty() {
        return None;
    }
    let values = || {
        (shown.capabilities.iter())
            .filter_map(|row| region.capabilities.get(*row))
            .flat_map(|capability| {
                (shown.municipalities.iter()).filter_map(|column| capability.cells.get(*column))
            })
            .map(|cell| cell.value)
    };
    let resting_on = |wanted: Basis| {
        values()
            .filter(|value| matches!(value, CellValue::Levels { basis, .. } if *basis == wanted))
            .count()
    };
    let words = CoverageTexts {
        heading: Heading {
            title: texts.coverage_title().to_owned(),
            description: texts.coverage_description(
                values().count(),
                resting_on(Basis::Agreed),
                resting_on(Basis::Answers),
            ),
            conditions: conditions(texts, material),
            mark: mark(texts),
        },
        capability: texts.result_capability().to_owned(),
        agreed: texts.coverage_agreed().to_owned(),
        answers: texts.coverage_answers().to_owned(),
        too_few: texts.coverage_too_few().to_owned(),
        not_applicable: texts.coverage_not_applicable().to_owned(),
        nothing: texts.coverage_nothing().to_owned(),
        people: texts.coverage_people().to_owned(),
        with_value: texts.coverage_with_value().to_owned(),
        left_out: template(texts.coverage_left_out()),
    };
    Some(coverage(region, shown, layout, &words))
}
