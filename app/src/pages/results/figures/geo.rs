//! The municipalities on a map, and as tiles of the same size.

use charts::{Cell, Chart, Heading, Layout, MapTexts, MunicipalValue, choropleth, tile_grid};
use domain::results::{Basis, CellValue, Measure};

use crate::{
    pages::results::{
        material::Material,
        words::{conditions, mark, template},
    },
    texts::Texts,
};

pub(super) fn map(texts: Texts, material: &Material, layout: Layout) -> Option<Chart> {
    let values = values(material);
    let measure = material.filter.measure;
    let title = match measure {
        Measure::Gap => texts.geo_map_gap(),
        Measure::Current => texts.geo_map_current(),
        Measure::Target => texts.geo_map_target(),
    };
    let words = words(texts, material, title, &values);
    (!values.is_empty()).then(|| choropleth(&values, measure, layout, &words))
}

pub(super) fn tiles(texts: Texts, material: &Material, layout: Layout) -> Option<Chart> {
    let values = values(material);
    let measure = material.filter.measure;
    let title = match measure {
        Measure::Gap => texts.geo_tiles_gap(),
        Measure::Current => texts.geo_tiles_current(),
        Measure::Target => texts.geo_tiles_target(),
    };
    let words = words(texts, material, title, &values);
    (!values.is_empty()).then(|| tile_grid(&values, measure, layout, &words))
}

/// Each shown municipality's mean over the shown capabilities that it has a value on.
fn values(material: &Material) -> Vec<MunicipalValue> {
    let (region, shown) = (material.region(), &material.shown);
    (shown.municipalities.iter())
        .filter_map(|&column| {
            let municipality = *region.municipalities.get(column)?;
            let cells: Vec<CellValue> = (shown.capabilities.iter())
                .filter_map(|row| Some(region.capabilities.get(*row)?.cells.get(column)?.value))
                .collect();
            let numbers: Vec<f64> = (cells.iter())
                .filter_map(|value| value.number(material.filter.measure))
                .map(f64::from)
                .collect();
            let count = u32::try_from(numbers.len()).ok().filter(|count| *count > 0);
            let mean = count.map(|count| numbers.iter().sum::<f64>() / f64::from(count));
            let agreed = (cells.iter())
                .filter(|value| matches!(value, CellValue::Levels { basis, .. } if *basis == Basis::Agreed))
                .count();
            let why = [CellValue::Hidden, CellValue::NotApplicable]
                .into_iter()
                .find(|why| cells.contains(why))
                .unwrap_or(CellValue::Missing);
            Some(MunicipalValue {
                municipality,
                value: Cell::number_or(mean, 1, why.symbol()),
                values: count.unwrap_or_default(),
                agreed: u32::try_from(agreed).unwrap_or_default(),
            })
        })
        .collect()
}

fn words(texts: Texts, material: &Material, title: &str, values: &[MunicipalValue]) -> MapTexts {
    let mark = mark(texts);
    let with: Vec<(&MunicipalValue, f64)> = (values.iter())
        .filter_map(|place| Some((place, place.value.value()?)))
        .collect();
    let highest = (with.iter()).max_by(|(_, a), (_, b)| a.total_cmp(b));
    let lowest = (with.iter()).min_by(|(_, a), (_, b)| a.total_cmp(b));
    let description = match (highest, lowest) {
        (Some((high, _)), Some((low, _))) => texts.geo_description(
            values.len(),
            with.len(),
            high.municipality.name(),
            high.value.text(mark),
            low.municipality.name(),
            low.value.text(mark),
        ),
        _ => texts.geo_description_none(values.len()),
    };
    let mut said = vec![texts.geo_mean(material.shown.capabilities.len())];
    said.extend(conditions(texts, material));
    MapTexts {
        heading: Heading {
            title: title.to_owned(),
            description,
            conditions: said,
            mark,
        },
        municipality: texts.geo_municipality().to_owned(),
        code: texts.geo_code().to_owned(),
        value: match material.filter.measure {
            Measure::Gap => texts.geo_value_gap(),
            Measure::Current => texts.geo_value_current(),
            Measure::Target => texts.geo_value_target(),
        }
        .to_owned(),
        values: texts.geo_values().to_owned(),
        agreed: texts.geo_agreed().to_owned(),
        ramp: texts.geo_ramp().to_owned(),
        surplus: texts.geo_surplus().to_owned(),
        hidden: texts.geo_hidden().to_owned(),
        not_applicable: texts.geo_not_applicable().to_owned(),
        missing: texts.geo_missing().to_owned(),
        left_out: template(texts.geo_left_out()),
        codes: texts.geo_codes().to_owned(),
        numbers_alone: texts.geo_numbers_alone().to_owned(),
    }
}
