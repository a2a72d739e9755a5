//! From current to target: one row a capability, a ring for what is, a dot for what should be, and the way between.

mod geometry;
mod ranges;

use domain::{
    level::Level,
    results::{Basis, CapabilityResult, CellValue},
};

use self::{
    geometry::Geometry,
    ranges::{Ranges, add_medians, add_ranges},
};
use crate::{
    chart::{Chart, Draft, Layout},
    table::{Cell, Row, Table},
    texts::{ChartTexts, filled_in},
};

/// Decimals of regional means.
const DECIMALS: u8 = 1;

/// Regional means per capability, from nuläge to börläge on the scale 1–5, in the order given.
///
/// A capability without value has a hatched row with the symbol that tells why: `.` not applicable anywhere, `..`
/// answers but too few, `-` none. Where the target lies below the current level the way is dashed and the difference
/// negative. No capabilities: an axis alone.
///
/// With [`ChartTexts::range`] the lowest and the highest municipality stand as whiskers, for the current level above the
/// way and for the target level below it.
pub fn dumbbell(capabilities: &[&CapabilityResult], layout: Layout, texts: &ChartTexts) -> Chart {
    let rows = capabilities.iter().map(|capability| {
        let symbol = why_missing(capability);
        let means = [
            capability.mean_current,
            capability.mean_target,
            capability.mean_gap,
        ];
        (
            capability.name.to_string(),
            means.map(|mean| Cell::number_or(mean, DECIMALS, symbol)),
        )
    });
    let mut table = table(rows, texts);
    let mut ranges = Vec::new();
    if !texts.range.is_empty() {
        ranges = capabilities.iter().map(|row| Ranges::of(row)).collect();
        add_ranges(&mut table, &ranges, texts);
    }
    drawn("dumbbell", table, ranges, layout, texts)
}

/// Other levels than of capabilities, as rows from nuläge to börläge. The table begins with those two and their
/// difference.
pub(crate) fn levels_dumbbell(
    id: &'static str,
    table: Table,
    layout: Layout,
    texts: &ChartTexts,
) -> Chart {
    drawn(id, table, Vec::new(), layout, texts)
}

/// One municipality's own levels, from nuläge to börläge, as whole numbers; `column` is its place among the cells.
/// Where it has none, the row is hatched with the symbol that tells why.
///
/// With [`ChartTexts::range`] the lowest and the highest of all municipalities stand as whiskers, and with
/// [`ChartTexts::median`] their median as a tick across. The last column of the table marks levels that are not agreed.
pub fn municipal_dumbbell(
    capabilities: &[&CapabilityResult],
    column: usize,
    layout: Layout,
    texts: &ChartTexts,
) -> Chart {
    let rows = capabilities.iter().map(|capability| {
        let value = (capability.cells.get(column)).map_or(CellValue::Missing, |cell| cell.value);
        let numbers = match value.levels() {
            Some((current, target)) => {
                let (current, target) = (f64::from(current.get()), f64::from(target.get()));
                [Some(current), Some(target), Some(target - current)]
            }
            None => [None; 3],
        };
        (
            capability.name.to_string(),
            numbers.map(|number| Cell::number_or(number, 0, value.symbol())),
        )
    });
    let mut table = table(rows, texts);
    let mut ranges = Vec::new();
    if !texts.range.is_empty() {
        ranges = (capabilities.iter())
            .map(|row| Ranges::with_medians(row))
            .collect();
        add_medians(&mut table, &ranges, texts);
        add_ranges(&mut table, &ranges, texts);
    }
    table.columns.push(texts.unconfirmed.clone());
    for (row, capability) in table.rows.iter_mut().zip(capabilities) {
        let value = capability.cells.get(column).map(|cell| cell.value);
        let unconfirmed = matches!(
            value,
            Some(CellValue::Levels {
                basis: Basis::Answers,
                ..
            })
        );
        let mark = if unconfirmed { &*texts.unconfirmed } else { "" };
        row.cells.push(Cell::Text(mark.to_owned()));
    }
    drawn("dumbbell", table, ranges, layout, texts)
}

/// One person's own levels, from nuläge to börläge, as whole numbers: name, current and target by row.
pub fn own_dumbbell(
    levels: &[(String, Level, Level)],
    layout: Layout,
    texts: &ChartTexts,
) -> Chart {
    let rows = levels.iter().map(|(name, current, target)| {
        let (current, target) = (f64::from(current.get()), f64::from(target.get()));
        let cells = [current, target, target - current];
        (
            name.clone(),
            cells.map(|value| Cell::number_or(Some(value), 0, "")),
        )
    });
    drawn("dumbbell", table(rows, texts), Vec::new(), layout, texts)
}

fn drawn(
    id: &'static str,
    table: Table,
    ranges: Vec<Ranges>,
    layout: Layout,
    texts: &ChartTexts,
) -> Chart {
    let geometry = Geometry::new(&table, ranges, layout, texts);
    let draft = Draft {
        id,
        layout,
        title: &texts.title,
        description: description(&table, texts),
        table,
    };
    draft.drawn(layout.width(), geometry.height(), |canvas, table| {
        geometry.draw(canvas, table, texts);
    })
}

fn table(rows: impl Iterator<Item = (String, [Cell; 3])>, texts: &ChartTexts) -> Table {
    Table {
        caption: texts.title.clone(),
        columns: [&texts.capability, &texts.current, &texts.target, &texts.gap]
            .map(Clone::clone)
            .into(),
        rows: rows
            .map(|(header, cells)| Row {
                header,
                cells: cells.into(),
            })
            .collect(),
        conditions: texts.conditions.clone(),
        mark: texts.mark,
    }
}

/// The symbol of a capability that has no value in any municipality.
fn why_missing(capability: &CapabilityResult) -> &'static str {
    let some = |wanted| capability.cells.iter().any(|cell| cell.value == wanted);
    let why = if some(CellValue::Hidden) {
        CellValue::Hidden
    } else if some(CellValue::NotApplicable) {
        CellValue::NotApplicable
    } else {
        CellValue::Missing
    };
    why.symbol()
}

/// The difference of a row.
fn gap(row: &Row) -> Option<&Cell> {
    row.cells.get(2)
}

fn description(table: &Table, texts: &ChartTexts) -> String {
    let value = |row: &Row| gap(row).and_then(Cell::value);
    let widest = (table.rows.iter())
        .filter_map(|row| Some((row, value(row)?)))
        .max_by(|(_, a), (_, b)| a.total_cmp(b));
    let without = table.rows.iter().filter(|row| value(row).is_none()).count();
    let number = widest.and_then(|(row, _)| Some(gap(row)?.signed_text(texts.mark)));
    filled_in(
        &texts.description,
        &[
            ("count", &table.rows.len().to_string()),
            ("first", widest.map_or("–", |(row, _)| &row.header)),
            ("number", number.as_deref().unwrap_or("–")),
            ("without", &without.to_string()),
        ],
    )
}
