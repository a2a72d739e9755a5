//! Whether it is the municipality or the region that differs.

use charts::{BetweenTexts, Chart, Heading, Layout, Shares, between_within};
use domain::results::CapabilitySpread;

use crate::{
    pages::results::{
        filter::Order,
        material::Material,
        words::{conditions, mark, template},
    },
    texts::Texts,
};

/// ICC(1) from which one person's answer says much of the municipality, and from which it says something
/// (`LeBreton` & Senter, 2008: large .25, medium .10).
const LARGE: f64 = 0.25;
const MEDIUM: f64 = 0.10;

/// Most between municipalities first, unless another order is asked for; none when nothing can be told apart.
pub(super) fn draw(texts: Texts, material: &Material, layout: Layout) -> Option<Chart> {
    let (region, spread) = (material.region(), &material.analysis.spread);
    let mut rows: Vec<&CapabilitySpread> = (material.shown.capabilities.iter())
        .filter_map(|index| spread.capability(region.capabilities.get(*index)?.id))
        .collect();
    if material.filter.order == Order::Priority {
        let share =
            |row: &CapabilitySpread| row.between.map_or(-1.0, |found| found.epsilon_squared);
        rows.sort_by(|a, b| share(b).total_cmp(&share(a)));
    }
    let found: Vec<f64> = (rows.iter())
        .filter_map(|row| Some(row.between?.icc))
        .collect();
    if found.is_empty() {
        return None;
    }
    let shares: Vec<Shares> = rows.iter().map(|row| shares(texts, row)).collect();
    let large = found.iter().filter(|icc| **icc >= LARGE).count();
    let small = found.iter().filter(|icc| **icc < MEDIUM).count();
    let mut said = vec![texts.between_people(spread.n_min.get())];
    said.extend(conditions(texts, material));
    let words = BetweenTexts {
        heading: Heading {
            title: texts.between_title().to_owned(),
            description: texts.between_description(found.len(), large, small),
            conditions: said,
            mark: mark(texts),
        },
        capability: texts.result_capability().to_owned(),
        between: texts.between_between().to_owned(),
        within: texts.between_within().to_owned(),
        icc: texts.between_icc().to_owned(),
        verdict: texts.between_verdict().to_owned(),
        hidden: texts.between_hidden().to_owned(),
        missing: texts.between_missing().to_owned(),
        left_out: template(texts.between_left_out()),
    };
    Some(between_within(&shares, layout, &words))
}

fn shares(texts: Texts, row: &CapabilitySpread) -> Shares {
    let verdict = match row.between.map(|found| found.icc) {
        Some(icc) if icc >= LARGE => texts.between_large(),
        Some(icc) if icc >= MEDIUM => texts.between_medium(),
        Some(_) => texts.between_small(),
        None => "",
    };
    let shown = (row.municipal.iter())
        .filter(|municipal| municipal.current.bars.is_some())
        .count();
    Shares {
        name: row.name.to_string(),
        between: row.between.map(|found| found.epsilon_squared),
        icc: row.between.map(|found| found.icc),
        verdict: verdict.to_owned(),
        // With two or more that may be told, there is no difference at all to part.
        symbol: if shown < 2 { ".." } else { "-" },
    }
}
