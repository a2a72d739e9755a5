//! Effect on goals against what there is to close: what is high up to the right comes first.

mod bands;
mod field;
mod ring;

use domain::results::{Ranked, RegionResult};

use self::{bands::Bands, field::Field};
use crate::{
    canvas::{Align, Canvas, Setting, count},
    chart::{Chart, Draft, Layout},
    left_out::{LeftOut, MOST_ROWS},
    lettering::{LINE_HEIGHT, text_width, wrapped},
    number::DecimalMark,
    paint::Paint,
    table::{Cell, Row, Table},
    texts::{Heading, filled_in},
};

/// Between effects of this and the next the field is divided.
const DIVIDED_AFTER: f64 = 3.5;
/// Between the columns of the list.
const BETWEEN: f64 = 28.0;

/// The words of [`quadrant`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuadrantTexts {
    /// Title, description, conditions.
    pub heading: Heading,
    /// Förmåga.
    pub capability: String,
    /// Plats i prioriteringen: the number of each ring.
    pub place: String,
    /// Effekt på mål.
    pub effect: String,
    /// Skillnad att stänga.
    pub gap: String,
    /// Kommuner med skillnad.
    pub with_gap: String,
    /// What stands above the numbers of the list, separated as they are: "effekt · skillnad · kommuner".
    pub parts: String,
    /// How it is read, a template: "Siffran är platsen i prioriteringen. Ju större ring, desto fler kommuner. Hälften av
    /// förmågorna ligger över den delande linjen ({number})."
    pub size: String,
    /// High effect, much to close: "Gör först".
    pub first: String,
    /// Low effect, much to close.
    pub much_to_close: String,
    /// High effect, little to close: "Vårda".
    pub keep: String,
    /// Low effect, little to close.
    pub later: String,
    /// A template for what is in the table alone: `{count}`.
    pub left_out: String,
}

/// Each capability as a ring with its place in the priority list: to the right for its effect on goals (1–5), up for
/// what there is to close (0–4), larger for more municipalities with a gap. Rings never cover each other: where many are
/// alike they stand side by side, and one that had to move far up or down has a thread to where it belongs. The names
/// are listed below, and the first ones stand beside their rings where there is room. The narrow picture is turned: a
/// band for each effect, and what there is to close to the right.
///
/// The field is divided between effects of 3 and 4, and at the median of what there is to close.
///
/// `ranking` is [`RegionResult::ranking`] or a part of it. Places that point to no capability are passed over.
pub fn quadrant(
    result: &RegionResult,
    ranking: &[Ranked],
    layout: Layout,
    texts: &QuadrantTexts,
) -> Chart {
    let points: Vec<Point> = (ranking.iter())
        .filter_map(|ranked| {
            let capability = result.capabilities.get(ranked.capability)?;
            Some(Point {
                name: capability.name.to_string(),
                place: ranked.place,
                effect: capability.effect?,
                gap: capability.gap_to_close?,
                with_gap: capability.with_gap,
            })
        })
        .collect();
    let table = table(&points, texts);
    let sheet = Sheet::new(&points, result.municipalities.len(), &table, layout, texts);
    let draft = Draft {
        id: "quadrant",
        layout,
        title: &texts.heading.title,
        description: texts.heading.description.clone(),
        table,
    };
    draft.drawn(layout.width(), sheet.height, |canvas, table| {
        sheet.draw(canvas, table, texts);
    })
}

/// A capability in the field.
struct Point {
    name: String,
    place: u32,
    effect: u8,
    gap: f64,
    with_gap: usize,
}

fn table(points: &[Point], texts: &QuadrantTexts) -> Table {
    let rows = points.iter().map(|point| Row {
        header: point.name.clone(),
        cells: vec![
            Cell::number_or(Some(f64::from(point.place)), 0, "-"),
            Cell::number_or(Some(f64::from(point.effect)), 0, "-"),
            Cell::number_or(Some(point.gap), 1, "-"),
            Cell::number_or(Some(count(point.with_gap)), 0, "-"),
        ],
    });
    Table {
        caption: texts.heading.title.clone(),
        columns: [
            &texts.capability,
            &texts.place,
            &texts.effect,
            &texts.gap,
            &texts.with_gap,
        ]
        .map(Clone::clone)
        .into(),
        rows: rows.collect(),
        conditions: texts.heading.conditions.clone(),
        mark: texts.heading.mark,
    }
}

/// The end of the axis of what there is to close: 2, 3 or 4.
fn most(points: &[Point]) -> u8 {
    let highest = points.iter().map(|point| point.gap).fold(0.0, f64::max);
    (2..4).find(|most| highest <= f64::from(*most)).unwrap_or(4)
}

/// The median of what there is to close.
fn median(points: &[Point]) -> Option<f64> {
    let mut gaps: Vec<f64> = points.iter().map(|point| point.gap).collect();
    gaps.sort_by(f64::total_cmp);
    let last = gaps.len().checked_sub(1)?;
    Some(f64::midpoint(gaps[last / 2], gaps[last.div_ceil(2)]))
}

/// Where the rings lie.
enum Plot {
    Field(Field),
    Bands(Bands),
}

impl Plot {
    fn bottom(&self) -> f64 {
        match self {
            Self::Field(field) => field.bottom,
            Self::Bands(bands) => bands.bottom,
        }
    }

    fn middle(&self) -> Option<f64> {
        match self {
            Self::Field(field) => field.middle,
            Self::Bands(bands) => bands.middle,
        }
    }

    fn draw(&self, canvas: &Canvas<'_>, texts: &QuadrantTexts) {
        match self {
            Self::Field(field) => field.draw(canvas, texts),
            Self::Bands(bands) => bands.draw(canvas, texts),
        }
    }

    fn draw_point(&self, canvas: &Canvas<'_>, index: usize, mark: DecimalMark) {
        match self {
            Self::Field(field) => field.draw_point(canvas, index, mark),
            Self::Bands(bands) => bands.draw_point(canvas, index, mark),
        }
    }
}

/// One capability in the list.
struct Entry {
    lines: Vec<String>,
    numbers: String,
    left: f64,
    top: f64,
}

/// The field and the list below it.
struct Sheet {
    plot: Plot,
    name: Setting,
    small: Setting,
    size: Vec<String>,
    size_top: f64,
    list_top: f64,
    column: f64,
    number: f64,
    entries: Vec<Entry>,
    left_out: LeftOut,
    bottom: f64,
    height: f64,
}

impl Sheet {
    fn new(
        points: &[Point],
        municipalities: usize,
        table: &Table,
        layout: Layout,
        texts: &QuadrantTexts,
    ) -> Self {
        let (name, small) = match layout {
            Layout::Wide => (Setting::new(15.0), Setting::new(14.0)),
            Layout::Narrow => (Setting::new(16.0), Setting::new(15.0)),
        };
        let small = small.paint(Paint::InkSoft);
        let width = layout.width();
        let shown = &points[..points.len().min(MOST_ROWS)];
        let plot = match layout {
            Layout::Wide => Plot::Field(Field::new(shown, municipalities, small, texts)),
            Layout::Narrow => Plot::Bands(Bands::new(shown, municipalities, small, texts)),
        };
        let line = |setting: Setting| setting.size * LINE_HEIGHT;
        let number = plot
            .middle()
            .map_or_else(|| "–".to_owned(), |middle| table.mark.write(middle, 1));
        let says = filled_in(&texts.size, &[("number", &number)]);
        let size = wrapped(&says, width, small.size, false);
        let size_top = plot.bottom() + 10.0;
        let list_top = size_top + count(size.len()) * line(small) + 14.0;

        let columns: u8 = match layout {
            Layout::Wide if shown.len() > 1 => 2,
            Layout::Wide | Layout::Narrow => 1,
        };
        let column = (width + BETWEEN) / f64::from(columns) - BETWEEN;
        let number = text_width("00.", name.size, true).ceil() + 8.0;
        let numbers: Vec<String> = (table.rows.iter().take(MOST_ROWS))
            .map(|row| {
                let said: Vec<_> = (row.cells[1..].iter())
                    .map(|cell| cell.text(table.mark))
                    .collect();
                said.join(" · ")
            })
            .collect();
        let widest = (numbers.iter())
            .map(|numbers| text_width(numbers, small.size, false))
            .fold(0.0, f64::max);
        let names = column - number - widest - 14.0;
        let first = shown.len().div_ceil(usize::from(columns));
        let mut top = list_top + line(small) + 6.0;
        let mut bottom = top;
        let mut left = 0.0;
        let mut entries = Vec::new();
        for (index, (point, numbers)) in shown.iter().zip(numbers).enumerate() {
            if index == first {
                left += column + BETWEEN;
                top = list_top + line(small) + 6.0;
            }
            let lines = wrapped(&point.name, names, name.size, false);
            let height = count(lines.len()) * line(name) + 7.0;
            entries.push(Entry {
                lines,
                numbers,
                left,
                top,
            });
            top += height;
            bottom = bottom.max(top);
        }
        let left_out = LeftOut::new(table.rows.len(), MOST_ROWS, &texts.left_out, small, width);
        Self {
            plot,
            name,
            small,
            size,
            size_top,
            list_top,
            column,
            number,
            entries,
            height: bottom + left_out.height() + 4.0,
            left_out,
            bottom,
        }
    }

    fn draw(&self, canvas: &Canvas<'_>, table: &Table, texts: &QuadrantTexts) {
        self.plot.draw(canvas, texts);
        let line = self.small.size * LINE_HEIGHT;
        let middle = self.size_top + count(self.size.len()) * line / 2.0;
        canvas.group("legend", None, || {
            canvas.lines(&self.size, 0.0, middle, self.small);
        });
        let mut lefts: Vec<f64> = self.entries.iter().map(|entry| entry.left).collect();
        lefts.dedup();
        canvas.group("axis", None, || {
            for left in lefts {
                let setting = self.small.align(Align::End);
                let right = left + self.column;
                canvas.text(&texts.parts, right, self.list_top + line / 2.0, setting);
            }
        });
        for (index, (entry, row)) in self.entries.iter().zip(&table.rows).enumerate() {
            let said: Vec<String> = (row.cells.iter().zip(&table.columns[1..]))
                .map(|(cell, column)| format!("{column} {}", cell.text(table.mark)))
                .collect();
            let title = format!("{}: {}", row.header, said.join(", "));
            canvas.group("row", Some(&title), || {
                self.plot.draw_point(canvas, index, table.mark);
                self.draw_entry(canvas, entry, row, table);
            });
        }
        self.left_out.draw(canvas, 0.0, self.bottom);
    }

    fn draw_entry(&self, canvas: &Canvas<'_>, entry: &Entry, row: &Row, table: &Table) {
        let line = self.name.size * LINE_HEIGHT;
        let first = entry.top + line / 2.0;
        let middle = entry.top + count(entry.lines.len()) * line / 2.0;
        let number = row.cells[0].text(table.mark);
        let setting = self.name.bold().paint(Paint::Current).align(Align::End);
        canvas.text(&number, entry.left + self.number - 8.0, first, setting);
        canvas.lines(&entry.lines, entry.left + self.number, middle, self.name);
        let right = entry.left + self.column;
        canvas.text(&entry.numbers, right, first, self.small.align(Align::End));
    }
}
