//! From an earlier round to a later one: an arrow a capability, over the same municipalities.

use crate::{
    canvas::{Align, Canvas, Scale, Setting, count},
    chart::{Chart, Draft, Layout},
    left_out::LeftOut,
    legend::{Item, Key, Legend},
    lettering::{LINE_HEIGHT, text_width, wrapped},
    paint::Paint,
    rows::{Place, Rows, column},
    table::{Cell, Row, Table},
    texts::Heading,
};

/// The most rows of the picture; the table has all.
const MOST: usize = 40;
/// Decimals of means.
const DECIMALS: u8 = 1;
/// Room outside the first and the last level for numbers.
const OUTSIDE: f64 = 40.0;
/// How long the head of an arrow is.
const HEAD: f64 = 12.0;
/// From the end of an arrow to the number beside it.
const BESIDE: f64 = 11.0;

/// How one capability changed between two rounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The capability's name.
    pub name: String,
    /// Mean in the earlier and in the later round, 1–5, over the same municipalities; none when there is nothing to
    /// compare.
    pub means: Option<(f64, f64)>,
    /// How many municipalities have a value in both rounds.
    pub pairs: usize,
}

/// The words of [`slope`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlopeTexts {
    /// Title, description, conditions.
    pub heading: Heading,
    /// Names of the levels 1–5.
    pub level_names: [String; 5],
    /// Förmåga.
    pub capability: String,
    /// The earlier round.
    pub earlier: String,
    /// The later round.
    pub later: String,
    /// Förändring.
    pub change: String,
    /// Kommuner i båda.
    pub pairs: String,
    /// "högre", after the name of the later round: its mean is above.
    pub rose: String,
    /// "lägre", after the name of the later round: its mean is below.
    pub fell: String,
    /// Oförändrat.
    pub same: String,
    /// Why a row has no arrow: "Kan inte jämföras".
    pub incomparable: String,
    /// A template for rows that are in the table alone: `{count}`.
    pub left_out: String,
}

/// Means of the same municipalities in two rounds, in the order given, on the levels between which they lie. An arrow points from the earlier mean to the
/// later; where it points back it is dashed, and where nothing changed a dot stands. The number of pairs stands last.
///
/// A capability that cannot be compared has a hatched row. At most forty rows, the others are counted below.
pub fn slope(steps: &[Step], layout: Layout, texts: &SlopeTexts) -> Chart {
    let table = table(steps, texts);
    let geometry = Geometry::new(&table, layout, texts);
    let draft = Draft {
        id: "slope",
        layout,
        title: &texts.heading.title,
        description: texts.heading.description.clone(),
        table,
    };
    draft.drawn(layout.width(), geometry.height, |canvas, table| {
        geometry.draw(canvas, table, texts);
    })
}

fn table(steps: &[Step], texts: &SlopeTexts) -> Table {
    Table {
        caption: texts.heading.title.clone(),
        columns: [
            &texts.capability,
            &texts.earlier,
            &texts.later,
            &texts.change,
            &texts.pairs,
        ]
        .map(Clone::clone)
        .into(),
        rows: (steps.iter())
            .map(|step| {
                let mean = |mean: Option<f64>| Cell::number_or(mean, DECIMALS, "-");
                Row {
                    header: step.name.clone(),
                    cells: vec![
                        mean(step.means.map(|(earlier, _)| earlier)),
                        mean(step.means.map(|(_, later)| later)),
                        mean(step.means.map(|(earlier, later)| later - earlier)),
                        Cell::number_or(Some(count(step.pairs)), 0, "-"),
                    ],
                }
            })
            .collect(),
        conditions: texts.heading.conditions.clone(),
        mark: texts.heading.mark,
    }
}

struct Geometry {
    layout: Layout,
    rows: Rows,
    scale: Scale,
    /// The lowest and the highest level of the axis.
    levels: (u8, u8),
    legend: Legend,
    /// Headers of the columns to the right: lines, right end.
    headers: [(Vec<String>, f64); 2],
    /// Where the names of levels stand.
    axis: f64,
    left_out: LeftOut,
    height: f64,
}

impl Geometry {
    fn new(table: &Table, layout: Layout, texts: &SlopeTexts) -> Self {
        let width = layout.width();
        let small = Setting::new(match layout {
            Layout::Wide => 14.0,
            Layout::Narrow => 15.0,
        });
        let pairs: Vec<String> = column_texts(table, 3, false);
        let differences: Vec<String> = column_texts(table, 2, true);
        let of = |header: &str, cells: &[String]| {
            column(header, cells.iter().map(String::as_str), small)
        };
        let (change_width, pairs_width) =
            (of(&texts.change, &differences), of(&texts.pairs, &pairs));
        let header = |text: &str, wide: f64| wrapped(text, wide, small.size, false);
        let headers = match layout {
            Layout::Wide => [
                (
                    header(&texts.change, change_width),
                    width - pairs_width - 16.0,
                ),
                (header(&texts.pairs, pairs_width), width),
            ],
            Layout::Narrow => [
                (header(&texts.change, width), width),
                (header(&texts.pairs, width), width),
            ],
        };
        let lines = headers.iter().map(|(lines, _)| lines.len());
        let header_height = small.size
            * LINE_HEIGHT
            * count(match layout {
                Layout::Wide => lines.max().unwrap_or(1),
                Layout::Narrow => lines.sum(),
            });
        let changed = |wanted: fn(f64) -> bool| {
            table
                .rows
                .iter()
                .any(|row| row.cells[2].value().is_some_and(wanted))
        };
        let later = |words: &str| format!("{}, {words}", texts.later);
        let mut items = Vec::new();
        if changed(f64::is_finite) {
            items.push(Item::new(Key::Tick, &texts.earlier));
        }
        if changed(|change| change > 0.0) {
            items.push(Item::new(Key::Rise, &later(&texts.rose)));
        }
        if changed(|change| change < 0.0) {
            items.push(Item::new(Key::Fall, &later(&texts.fell)));
        }
        if changed(|change| change == 0.0) {
            items.push(Item::new(Key::Dot, &texts.same));
        }
        if table.rows.iter().any(|row| row.cells[2].value().is_none()) {
            items.push(Item::new(Key::Absent("-"), &texts.incomparable));
        }
        let legend = Legend::new(items, small, width);
        let axis = legend.height() + 8.0;
        let top = match layout {
            Layout::Wide => axis + header_height.max(44.0) + 4.0,
            Layout::Narrow => axis + header_height + 2.0,
        };
        let beside = match layout {
            Layout::Wide => change_width + pairs_width + 32.0,
            Layout::Narrow => change_width,
        };
        let aside = match layout {
            Layout::Wide => beside + 2.0 * OUTSIDE + 160.0,
            Layout::Narrow => beside,
        };
        let rows = Rows::new(&table.rows, MOST, top, aside, 16.0, layout);
        let (from, to) = match layout {
            Layout::Wide => (rows.left(OUTSIDE), width - beside - OUTSIDE),
            Layout::Narrow => {
                let numbers = (pairs.iter())
                    .map(|pairs| text_width(pairs, rows.label.size, false))
                    .fold(0.0, f64::max);
                (OUTSIDE - 6.0, width - OUTSIDE - numbers)
            }
        };
        let levels = levels(table);
        let left_out = LeftOut::new(table.rows.len(), MOST, &texts.left_out, small, width);
        let axis_below = match layout {
            Layout::Wide => 4.0,
            Layout::Narrow => 24.0,
        };
        Self {
            layout,
            scale: Scale::new((f64::from(levels.0), f64::from(levels.1)), (from, to)),
            levels,
            legend,
            headers,
            axis,
            height: rows.bottom + axis_below + left_out.height(),
            left_out,
            rows,
        }
    }

    fn draw(&self, canvas: &Canvas<'_>, table: &Table, texts: &SlopeTexts) {
        self.legend.draw(canvas, 0.0, 0.0);
        canvas.group("axis", None, || self.draw_axis(canvas, texts));
        for (place, row) in self.rows.places.iter().zip(&table.rows) {
            let said: Vec<String> = (row.cells.iter().zip(&table.columns[1..]))
                .map(|(cell, column)| format!("{column} {}", cell.text(table.mark)))
                .collect();
            let title = format!("{}: {}", row.header, said.join(", "));
            canvas.group("row", Some(&title), || {
                self.draw_row(canvas, place, row, table);
            });
        }
        let end = self.height - self.left_out.height();
        self.left_out.draw(canvas, 0.0, end);
    }

    fn draw_axis(&self, canvas: &Canvas<'_>, texts: &SlopeTexts) {
        let soft = self.rows.small.paint(Paint::InkSoft);
        let mut top = self.axis;
        for (lines, right) in &self.headers {
            let tall = count(lines.len()) * soft.size * LINE_HEIGHT;
            canvas.lines(lines, *right, top + tall / 2.0, soft.align(Align::End));
            if self.layout == Layout::Narrow {
                top += tall;
            }
        }
        let numbers_y = match self.layout {
            Layout::Wide => self.rows.top - 32.0,
            Layout::Narrow => self.rows.bottom + 12.0,
        };
        let mut free = self.rows.names;
        for level in self.levels.0..=self.levels.1 {
            let x = self.scale.at(f64::from(level));
            let middle = soft.align(Align::Middle);
            canvas.text(&level.to_string(), x, numbers_y, middle);
            if self.layout == Layout::Narrow {
                for place in &self.rows.places {
                    let y = place.marks_y;
                    canvas.line(&[(x, y - 11.0), (x, y + 11.0)], 1.0, Paint::Line);
                }
                continue;
            }
            let bottom = self.rows.bottom;
            canvas.line(&[(x, self.rows.top), (x, bottom)], 1.0, Paint::Line);
            // A name where it has room between the one before and the column of changes.
            let name = &texts.level_names[usize::from(level) - 1];
            let half = text_width(name, soft.size, false) / 2.0;
            let end = self.headers[0].1 - 90.0;
            if x - half > free && x + half < end {
                canvas.text(name, x, self.rows.top - 13.0, middle);
                free = x + half + 8.0;
            }
        }
    }

    fn draw_row(&self, canvas: &Canvas<'_>, place: &Place, row: &Row, table: &Table) {
        self.rows.draw_name(canvas, place);
        let [earlier, later, change, pairs] = row.cells.as_slice() else {
            return;
        };
        let [(_, change_right), (_, pairs_right)] = &self.headers;
        let bold = self.rows.label.bold().align(Align::End);
        canvas.text(
            &change.signed_text(table.mark),
            *change_right,
            place.name_y,
            bold,
        );
        let plain = self.rows.label.align(Align::End);
        let beside = match self.layout {
            Layout::Wide => place.name_y,
            Layout::Narrow => place.marks_y,
        };
        canvas.text(&pairs.text(table.mark), *pairs_right, beside, plain);
        let y = place.marks_y;
        if let (Some(from), Some(to)) = (earlier.value(), later.value()) {
            let numbers = [earlier.text(table.mark), later.text(table.mark)];
            self.draw_arrow(canvas, (from, to), y, &numbers);
        } else {
            let ends = (f64::from(self.levels.0), f64::from(self.levels.1));
            let (left, right) = (self.scale.at(ends.0), self.scale.at(ends.1));
            canvas.rect((left, y - 7.0), (right - left, 14.0), Paint::Missing);
        }
    }

    fn draw_arrow(&self, canvas: &Canvas<'_>, means: (f64, f64), y: f64, numbers: &[String; 2]) {
        let (from, to) = (self.scale.at(means.0), self.scale.at(means.1));
        let falls = to < from;
        let small = self.rows.small;
        let (first, last) = if falls { (1, 0) } else { (0, 1) };
        let (low, high) = (from.min(to), from.max(to));
        for (number, x, align, left) in [
            (&numbers[first], low - BESIDE, Align::End, -1.0),
            (&numbers[last], high + BESIDE, Align::Start, 0.0),
        ] {
            let wide = text_width(number, small.size, false);
            // No line of the axis runs through a number.
            let corner = (x + left * wide - 1.0, y - 9.0);
            canvas.rect(corner, (wide + 2.0, 18.0), Paint::Card);
            canvas.text(number, x, y, small.align(align));
        }
        if (high - low) < 0.5 {
            canvas.dot(to, y, 6.0, Paint::Target);
        } else {
            arrow(canvas, from, to, y);
        }
    }
}

/// An arrow from one place to another: whole when it rises, dashed when it falls. A tick marks where it begins.
pub(crate) fn arrow(canvas: &Canvas<'_>, from: f64, to: f64, y: f64) {
    let falls = to < from;
    let paint = if falls { Paint::Bar } else { Paint::Current };
    let forth = if falls { -1.0 } else { 1.0 };
    let head = HEAD.min((to - from).abs());
    let neck = to - forth * head;
    if (neck - from).abs() > 1.0 {
        canvas.line(&[(from, y), (neck, y)], 4.0, paint);
        if falls {
            let gaps = (neck - from).abs() / 8.0;
            let mut x = from - 4.0;
            while x > neck + 2.0 && gaps > 1.0 {
                canvas.line(&[(x, y - 3.0), (x, y + 3.0)], 2.0, Paint::Card);
                x -= 8.0;
            }
        }
    }
    canvas.line(&[(from, y - 7.0), (from, y + 7.0)], 3.0, paint);
    canvas.shape(&[(neck, y - 8.0), (to, y), (neck, y + 8.0)], paint);
}

/// The levels between which all means lie, at least three.
fn levels(table: &Table) -> (u8, u8) {
    let means = || {
        let cells = table.rows.iter().take(MOST).flat_map(|row| &row.cells[..2]);
        cells.filter_map(Cell::value)
    };
    let below = |level: &u8| means().all(|mean| mean >= f64::from(*level));
    let above = |level: &u8| means().all(|mean| mean <= f64::from(*level));
    let low = (1..=3_u8).rev().find(below).unwrap_or(1);
    let high = (3..=5_u8).find(above).unwrap_or(5);
    if means().next().is_none() {
        return (1, 5);
    }
    (low, high.max(low + 2))
}

fn column_texts(table: &Table, column: usize, signed: bool) -> Vec<String> {
    (table.rows.iter())
        .map(|row| {
            let cell = &row.cells[column];
            if signed {
                cell.signed_text(table.mark)
            } else {
                cell.text(table.mark)
            }
        })
        .collect()
}
