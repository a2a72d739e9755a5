//! What the municipalities of a region say, behind a way from nuläge to börläge.

use domain::results::CapabilityResult;

use super::DECIMALS;
use crate::{
    canvas::{Canvas, Scale},
    paint::Paint,
    priority::interval,
    table::{Cell, Table},
    texts::ChartTexts,
};

/// From the way to the range above or below it.
const RANGE: f64 = 16.0;

/// What the municipalities of a region say about one capability.
#[derive(Clone, Copy)]
pub(super) struct Ranges {
    /// The lowest and the highest current level.
    pub(super) current: Option<(u8, u8)>,
    target: Option<(u8, u8)>,
    /// Of current and target level.
    pub(super) medians: Option<(f64, f64)>,
}

impl Ranges {
    /// Without the medians.
    pub(super) fn of(capability: &CapabilityResult) -> Self {
        Self {
            current: capability.range_current,
            target: capability.range_target,
            medians: None,
        }
    }

    /// With the medians.
    pub(super) fn with_medians(capability: &CapabilityResult) -> Self {
        Self {
            medians: capability.median_current.zip(capability.median_target),
            ..Self::of(capability)
        }
    }

    /// From the lowest to the highest municipality, above the way for the current level and below it for the target.
    pub(super) fn draw(&self, canvas: &Canvas<'_>, scale: &Scale, y: f64) {
        let medians = self.medians.unzip();
        for (range, median, y, current) in [
            (self.current, medians.0, y - RANGE, true),
            (self.target, medians.1, y + RANGE, false),
        ] {
            let Some((low, high)) = range else {
                continue;
            };
            let (from, to) = (scale.at(low.into()), scale.at(high.into()));
            canvas.line(&[(from, y), (to, y)], 2.0, Paint::Bracket);
            for end in [from, to] {
                if current {
                    canvas.ring(end, y, 2.5, Paint::Bracket);
                } else {
                    canvas.dot(end, y, 4.0, Paint::Bracket);
                }
            }
            if let Some(median) = median {
                let x = scale.at(median);
                canvas.line(&[(x, y - 5.0), (x, y + 5.0)], 3.0, Paint::Ink);
            }
        }
    }
}

/// Columns for the lowest and the highest level.
pub(super) fn add_ranges(table: &mut Table, ranges: &[Ranges], texts: &ChartTexts) {
    for level in [&texts.current, &texts.target] {
        (table.columns).push(format!("{level}, {}", lower_first(&texts.range)));
    }
    let said = |range: Option<(u8, u8)>| match range {
        None => Cell::Symbol("-"),
        Some((low, high)) => Cell::Text(interval((low.into(), high.into()))),
    };
    for (row, ranges) in table.rows.iter_mut().zip(ranges) {
        row.cells
            .extend([said(ranges.current), said(ranges.target)]);
    }
}

/// Columns for the medians.
pub(super) fn add_medians(table: &mut Table, ranges: &[Ranges], texts: &ChartTexts) {
    for level in [&texts.current, &texts.target] {
        (table.columns).push(format!("{level}, {}", lower_first(&texts.median)));
    }
    for (row, ranges) in table.rows.iter_mut().zip(ranges) {
        let (current, target) = ranges.medians.unzip();
        (row.cells).extend([current, target].map(|median| Cell::number_or(median, DECIMALS, "-")));
    }
}

fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().into_iter().flat_map(char::to_lowercase);
    first.chain(rest).collect()
}
