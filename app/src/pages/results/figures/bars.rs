//! How the answers spread over the five levels.

use charts::{Chart, FiveBarsTexts, Heading, Layout, MOST_ROWS, five_bars};
use domain::{
    results::{CapabilitySpread, Distribution, Measure},
    statistics::agreement::AgreementLabel,
};

use crate::{
    pages::results::{
        filter::Order,
        material::Material,
        words::{conditions, mark, template},
    },
    texts::Texts,
};

/// Of the target level when that is the measure that is asked for, else of the current level.
pub(super) fn draw(texts: Texts, material: &Material, layout: Layout) -> Option<Chart> {
    let target = material.filter.measure == Measure::Target;
    let rows: Vec<(&str, &Distribution)> = (rows(material).into_iter())
        .map(|spread| {
            let distribution = if target {
                &spread.target
            } else {
                &spread.current
            };
            (spread.name.as_str(), distribution)
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let title = if target {
        texts.bars_title_target()
    } else {
        texts.bars_title_current()
    };
    let words = FiveBarsTexts {
        heading: Heading {
            title: title.to_owned(),
            description: description(texts, &rows),
            conditions: conditions(texts, material),
            mark: mark(texts),
        },
        capability: texts.result_capability().to_owned(),
        levels: [1, 2, 3, 4, 5].map(|level| texts.bars_level(level)),
        people: texts.bars_people().to_owned(),
        median: texts.bars_median().to_owned(),
        agreement: texts.bars_agreement().to_owned(),
        label: texts.bars_label().to_owned(),
        labels: [
            texts.bars_divided(),
            texts.bars_differing(),
            texts.bars_fairly_alike(),
            texts.bars_shared(),
        ]
        .map(str::to_owned),
        numbers: template(texts.bars_numbers()),
        too_few: template(texts.bars_too_few()),
        hidden: texts.bars_hidden().to_owned(),
        nobody: texts.bars_nobody().to_owned(),
        bar: texts.bars_bar().to_owned(),
        left_out: template(&texts.bars_left_out(MOST_ROWS)),
    };
    Some(five_bars(&rows, layout, &words))
}

/// What is shown, the largest disagreement first; in the order that is asked for when one is.
fn rows(material: &Material) -> Vec<&CapabilitySpread> {
    let (region, spread) = (material.region(), &material.analysis.spread);
    let shown = (material.shown.capabilities.iter())
        .filter_map(|index| region.capabilities.get(*index))
        .map(|capability| capability.id);
    if material.filter.order == Order::Priority {
        let shown: Vec<_> = shown.collect();
        (spread.capabilities.iter())
            .filter(|capability| shown.contains(&capability.id))
            .collect()
    } else {
        shown.filter_map(|id| spread.capability(id)).collect()
    }
}

/// How many capabilities there are opposite opinions on, a shared view of, and too few answers about.
fn description(texts: Texts, rows: &[(&str, &Distribution)]) -> String {
    let labelled = |wanted: AgreementLabel| {
        (rows.iter())
            .filter_map(|(_, distribution)| distribution.bars.as_ref())
            .filter(|bars| bars.label == Some(wanted))
            .count()
    };
    let hidden = (rows.iter())
        .filter(|(_, distribution)| distribution.bars.is_none())
        .count();
    texts.bars_description(
        rows.len(),
        labelled(AgreementLabel::Divided),
        labelled(AgreementLabel::Shared),
        hidden,
    )
}
