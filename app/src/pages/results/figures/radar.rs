//! Current and target level by area.

use charts::{AreaMeans, Chart, Heading, Layout, RadarTexts, radar};

use crate::{
    pages::results::{
        material::Material,
        words::{conditions, mark, template},
    },
    texts::Texts,
};

pub(super) fn draw(texts: Texts, material: &Material, layout: Layout) -> Option<Chart> {
    let region = material.region();
    let capabilities = &material.shown.capabilities;
    let column = material.column();
    let areas = match column {
        Some(column) => AreaMeans::of_municipality(region, capabilities, column),
        None => AreaMeans::of(region, capabilities),
    };
    let description = description(texts, &areas)?;
    let title = match column.and_then(|column| region.municipalities.get(column)) {
        Some(municipality) => texts.radar_title_own(municipality.name()),
        None => texts.radar_title().to_owned(),
    };
    let words = RadarTexts {
        heading: Heading {
            title,
            description,
            conditions: conditions(texts, material),
            mark: mark(texts),
        },
        level_names: [
            texts.terms_level_1(),
            texts.terms_level_2(),
            texts.terms_level_3(),
            texts.terms_level_4(),
            texts.terms_level_5(),
        ]
        .map(str::to_owned),
        area: texts.radar_area().to_owned(),
        current: texts.terms_current().to_owned(),
        target: texts.terms_target().to_owned(),
        gap: texts.terms_gap().to_owned(),
        capabilities: texts.radar_capabilities().to_owned(),
        without_area: texts.radar_without_area().to_owned(),
        values: template(texts.radar_values()),
        missing: texts.radar_missing().to_owned(),
        surplus: texts.result_surplus().to_owned(),
    };
    Some(radar(&areas, layout, &words))
}

/// The area with the greatest gap, in words.
fn description(texts: Texts, areas: &[AreaMeans]) -> Option<String> {
    let (area, gap) = (areas.iter())
        .filter_map(|area| Some((area, area.gap()?)))
        .max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let name = (area.name.as_deref()).unwrap_or(texts.radar_without_area());
    let gap = mark(texts).write_signed(gap, 1);
    Some(texts.radar_description(areas.len(), name, gap))
}
