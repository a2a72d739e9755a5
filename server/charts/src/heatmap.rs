//! Municipality by capability, a number in every cell.

use domain::results::{Basis, CapabilityResult, CellValue, Measure, RegionResult};

use crate::{
    canvas::{Align, Canvas, Setting, count},
    chart::{Chart, Draft, Layout},
    legend::{Item, Key, Legend, corner},
    lettering::{LINE_HEIGHT, text_width, wrapped},
    paint::Paint,
    table::{Cell, Row, Table},
    texts::{ChartTexts, filled_in},
};

/// A cell with its gap to the next.
const CELL: f64 = 40.0;
/// The space between cells.
const SPACE: f64 = 2.0;
/// The widest column of names.
const WIDEST_NAMES: f64 = 260.0;

/// Which capabilities and municipalities are shown, by their places in the result. Places that do not exist are
/// passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Rows, in the order they are shown.
    pub capabilities: Vec<usize>,
    /// Columns, in the order they are shown.
    pub municipalities: Vec<usize>,
}

impl Shown {
    /// Everything, in the order of the map and of the municipalities.
    pub fn all(result: &RegionResult) -> Self {
        Self {
            capabilities: (0..result.capabilities.len()).collect(),
            municipalities: (0..result.municipalities.len()).collect(),
        }
    }

    fn rows<'r>(&self, result: &'r RegionResult) -> impl Iterator<Item = &'r CapabilityResult> {
        (self.capabilities.iter()).filter_map(|&row| result.capabilities.get(row))
    }
}

/// The class of a cell on a page or in the picture: `gap-0` to `gap-4` and `surplus-1` to `surplus-4` (the
/// target is below) for differences, `level-1` to `level-5` for levels, `missing` where there is no number.
pub fn cell_class(value: CellValue, measure: Measure) -> &'static str {
    paints(value, measure).map_or(Paint::Missing.class(), |(ground, _)| ground.class())
}

/// The table of [`heatmap`], for pages that show the table itself.
pub fn heatmap_table(
    result: &RegionResult,
    shown: &Shown,
    measure: Measure,
    texts: &ChartTexts,
) -> Table {
    let columns = (shown.municipalities.iter())
        .filter_map(|&column| result.municipalities.get(column))
        .map(|municipality| municipality.name().to_owned());
    Table {
        caption: texts.title.clone(),
        columns: std::iter::once(texts.capability.clone())
            .chain(columns)
            .collect(),
        rows: (shown.rows(result))
            .map(|capability| Row {
                header: capability.name.to_string(),
                cells: values(capability, shown)
                    .map(|value| {
                        Cell::number_or(value.number(measure).map(f64::from), 0, value.symbol())
                    })
                    .collect(),
            })
            .collect(),
        conditions: texts.conditions.clone(),
        mark: texts.mark,
    }
}

/// The table of [`heatmap`] for a file: with a last column that names the municipalities whose value is not agreed,
/// since a number in a spreadsheet cannot be dotted.
pub fn heatmap_file(
    result: &RegionResult,
    shown: &Shown,
    measure: Measure,
    texts: &ChartTexts,
) -> Table {
    let mut table = heatmap_table(result, shown, measure, texts);
    table.columns.push(texts.unconfirmed.clone());
    for (row, capability) in table.rows.iter_mut().zip(shown.rows(result)) {
        let names: Vec<_> = (shown.municipalities.iter())
            .filter(|column| {
                let value = capability.cells.get(**column).map(|cell| cell.value);
                matches!(
                    value,
                    Some(CellValue::Levels {
                        basis: Basis::Answers,
                        ..
                    })
                )
            })
            .filter_map(|column| result.municipalities.get(*column))
            .map(|municipality| municipality.name())
            .collect();
        row.cells.push(Cell::Text(names.join(", ")));
    }
    table
}

/// Each municipality's gap, current or target level per capability, for download; as wide as it has columns. On a page
/// the table itself is better: it can be sorted and read.
///
/// A turned corner marks what is not agreed. Where there is no number the cell is hatched and holds the symbol.
pub fn heatmap(
    result: &RegionResult,
    shown: &Shown,
    measure: Measure,
    texts: &ChartTexts,
) -> Chart {
    let table = heatmap_table(result, shown, measure, texts);
    let values: Vec<Vec<CellValue>> = (shown.rows(result))
        .map(|capability| values(capability, shown).collect())
        .collect();
    let geometry = Geometry::new(&table, &values, measure, texts);
    let draft = Draft {
        id: "heatmap",
        layout: Layout::Wide,
        title: &texts.title,
        description: heatmap_description(&table, texts),
        table,
    };
    draft.drawn(geometry.width, geometry.height, |canvas, table| {
        geometry.draw(canvas, table, &values, measure);
    })
}

fn values<'r>(
    capability: &'r CapabilityResult,
    shown: &'r Shown,
) -> impl Iterator<Item = CellValue> + 'r {
    (shown.municipalities.iter())
        .filter_map(|&column| capability.cells.get(column))
        .map(|cell| cell.value)
}

fn paints(value: CellValue, measure: Measure) -> Option<(Paint, Paint)> {
    let number = value.number(measure)?;
    Some(match measure {
        Measure::Gap => Paint::gap(number),
        Measure::Current | Measure::Target => Paint::level(number),
    })
}

/// What there is to see in [`heatmap`], for pages that show its table instead.
pub fn heatmap_description(table: &Table, texts: &ChartTexts) -> String {
    let mean = |row: &Row| {
        let numbers: Vec<f64> = row.cells.iter().filter_map(Cell::value).collect();
        (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / count(numbers.len()))
    };
    let highest = (table.rows.iter())
        .filter_map(|row| Some((row, mean(row)?)))
        .max_by(|(_, a), (_, b)| a.total_cmp(b));
    let without = table.rows.iter().filter(|row| mean(row).is_none()).count();
    let number = highest.map(|(_, mean)| texts.mark.write(mean, 1));
    filled_in(
        &texts.description,
        &[
            ("count", &table.rows.len().to_string()),
            ("first", highest.map_or("–", |(row, _)| &row.header)),
            ("number", number.as_deref().unwrap_or("–")),
            ("without", &without.to_string()),
        ],
    )
}

struct Geometry {
    label: Setting,
    number: Setting,
    left: f64,
    top: f64,
    lines: Vec<Vec<String>>,
    tops: Vec<f64>,
    bottom: f64,
    legend: Legend,
    width: f64,
    height: f64,
}

impl Geometry {
    fn new(table: &Table, values: &[Vec<CellValue>], measure: Measure, texts: &ChartTexts) -> Self {
        let label = Setting::new(15.0);
        let number = Setting::new(15.0).bold().align(Align::Middle);
        let wide = |text: &str| text_width(text, label.size, false);
        let names = (table.rows.iter())
            .map(|row| wide(&row.header))
            .fold(90.0, f64::max);
        let left = names.min(WIDEST_NAMES).ceil() + 12.0;
        let top = (table.columns[1..].iter())
            .map(|name| wide(name))
            .fold(0.0, f64::max)
            + 12.0;
        let mut bottom = top;
        let lines: Vec<_> = (table.rows.iter())
            .map(|row| wrapped(&row.header, left - 11.0, label.size, false))
            .collect();
        let tops = (lines.iter())
            .map(|lines| {
                let at = bottom;
                bottom += (count(lines.len()) * label.size * LINE_HEIGHT + 4.0).max(CELL);
                at
            })
            .collect();
        let width = (left + CELL * count(table.columns.len() - 1)).max(480.0);
        let legend = Legend::new(legend(values, measure, texts), Setting::new(14.0), width);
        Self {
            label,
            number,
            left,
            top,
            lines,
            tops,
            bottom,
            width,
            height: bottom + 16.0 + legend.height(),
            legend,
        }
    }

    fn draw(
        &self,
        canvas: &Canvas<'_>,
        table: &Table,
        values: &[Vec<CellValue>],
        measure: Measure,
    ) {
        let columns = &table.columns[1..];
        canvas.group("axis", None, || {
            for (index, name) in columns.iter().enumerate() {
                let x = self.left + CELL * count(index) + CELL / 2.0;
                canvas.text_upwards(name, x, self.top - 8.0, self.label);
            }
        });
        let rows = table.rows.iter().zip(values).zip(&self.lines);
        for (((row, values), lines), &top) in rows.zip(&self.tops) {
            canvas.group("row", None, || {
                let middle = top
                    + (count(lines.len()) * self.label.size * LINE_HEIGHT + 4.0).max(CELL) / 2.0;
                let setting = self.label.align(Align::End);
                canvas.lines(lines, self.left - 10.0, middle, setting);
                let cells = row.cells.iter().zip(values).zip(columns);
                for (index, ((cell, value), column)) in cells.enumerate() {
                    let x = self.left + CELL * count(index) + SPACE / 2.0;
                    let corner = (x, middle - CELL / 2.0 + SPACE / 2.0);
                    let text = cell.text(table.mark);
                    let title = format!("{}, {column}: {text}", row.header);
                    canvas.group("cell", Some(&title), || {
                        self.draw_cell(canvas, corner, *value, measure, &text);
                    });
                }
            });
        }
        self.legend.draw(canvas, 0.0, self.bottom + 16.0);
    }

    fn draw_cell(
        &self,
        canvas: &Canvas<'_>,
        (x, y): (f64, f64),
        value: CellValue,
        measure: Measure,
        text: &str,
    ) {
        const SIDE: f64 = CELL - SPACE;
        let (ground, ink) = paints(value, measure).unwrap_or((Paint::Missing, Paint::InkSoft));
        canvas.rect((x, y), (SIDE, SIDE), ground);
        let unconfirmed = matches!(
            value,
            CellValue::Levels {
                basis: Basis::Answers,
                ..
            }
        );
        if unconfirmed {
            corner(canvas, x + SIDE, y, ink);
        }
        let middle = (x + SIDE / 2.0, y + SIDE / 2.0);
        if ground == Paint::Missing {
            canvas.dot(middle.0, middle.1, 11.0, Paint::Card);
        }
        canvas.text(text, middle.0, middle.1, self.number.paint(ink));
    }
}

/// What the colours and signs mean, for those that occur.
fn legend(values: &[Vec<CellValue>], measure: Measure, texts: &ChartTexts) -> Vec<Item> {
    let any = |wanted: &dyn Fn(&CellValue) -> bool| values.iter().flatten().any(wanted);
    let mut items = Vec::new();
    if measure == Measure::Gap && any(&|value| value.gap().is_some_and(|gap| gap < 0)) {
        let key = Key::Cell(Paint::Surplus1, Paint::OnSurplus1, "−1");
        items.push(Item::new(key, &texts.surplus));
    }
    let unconfirmed = |value: &CellValue| {
        matches!(
            value,
            CellValue::Levels {
                basis: Basis::Answers,
                ..
            }
        )
    };
    if any(&unconfirmed) {
        items.push(Item::new(Key::Corner, &texts.unconfirmed));
    }
    for (wanted, meaning) in [
        (CellValue::Hidden, &texts.hidden),
        (CellValue::NotApplicable, &texts.not_applicable),
        (CellValue::Missing, &texts.missing),
    ] {
        if any(&|value| *value == wanted) {
            items.push(Item::new(Key::Absent(wanted.symbol()), meaning));
        }
    }
    items
}
