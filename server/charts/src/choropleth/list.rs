//! All municipalities of a narrow map with their numbers.

use domain::results::Measure;

use crate::{
    canvas::{Align, Canvas, Setting, count},
    geography::{MunicipalValue, paints},
    lettering::text_width,
    table::Table,
};

/// A line.
const LINE: f64 = 23.0;
/// From a colour to its name.
const NAME: f64 = 18.0;
/// Between the columns.
const BETWEEN: f64 = 14.0;

/// Names and numbers, down one column and then the other; in one column where the names are long.
pub(super) struct List {
    setting: Setting,
    top: f64,
    width: f64,
    columns: usize,
    lines: usize,
}

impl List {
    /// The rows of a map's table, with their numbers as they are written.
    pub(super) fn new(table: &Table, said: &[String], top: f64, width: f64) -> Self {
        let setting = Setting::new(14.0);
        let wide = |text: &str, bold| text_width(text, setting.size, bold);
        let widest = (table.rows.iter().zip(said))
            .map(|(row, said)| NAME + wide(&row.header, false) + 6.0 + wide(said, true))
            .fold(0.0, f64::max);
        let columns = if 2.0 * widest + BETWEEN <= width {
            2
        } else {
            1
        };
        Self {
            setting,
            top,
            width: (width - BETWEEN * count(columns - 1)) / count(columns),
            columns,
            lines: table.rows.len().div_ceil(columns),
        }
    }

    /// Its height.
    pub(super) fn height(&self) -> f64 {
        LINE * count(self.lines)
    }

    /// Draws it.
    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_>,
        values: &[MunicipalValue],
        table: &Table,
        measure: Measure,
    ) {
        for (index, (place, row)) in values.iter().zip(&table.rows).enumerate() {
            let column = (index / self.lines).min(self.columns - 1);
            let left = (self.width + BETWEEN) * count(column);
            let y = self.top + LINE * (count(index % self.lines) + 0.5);
            canvas.group("row", None, || {
                let (ground, _) = paints(&place.value, measure);
                canvas.rect((left, y - 6.0), (12.0, 12.0), ground);
                canvas.text(&row.header, left + NAME, y, self.setting);
                let end = self.setting.bold().align(Align::End);
                let number = row.cells[1].text(table.mark);
                canvas.text(&number, left + self.width, y, end);
            });
        }
    }
}
