//! Where everything stands in a picture from nuläge to börläge.

use super::{gap, ranges::Ranges};
use crate::{
    canvas::{Align, Canvas, Scale, Setting, count},
    chart::Layout,
    legend::{Item, Key, Legend},
    lettering::{LINE_HEIGHT, text_width, wrapped},
    paint::Paint,
    table::{Cell, Row, Table},
    texts::ChartTexts,
};

/// The radius of a ring or a dot.
const RADIUS: f64 = 7.0;
/// From the centre of a mark to the number beside it.
const BESIDE: f64 = 13.0;
/// Room outside the first and the last level for those numbers.
const OUTSIDE: f64 = 44.0;
/// Fewer rows than this need no second axis below.
const MANY_ROWS: usize = 8;

/// One row's place.
struct Place {
    lines: Vec<String>,
    top: f64,
    height: f64,
}

/// Where everything stands.
pub(super) struct Geometry {
    layout: Layout,
    label: Setting,
    small: Setting,
    label_width: f64,
    scale: Scale,
    axis: Axis,
    legend: Legend,
    places: Vec<Place>,
    ranges: Vec<Ranges>,
    bottom: f64,
}

/// The names of the levels along the top.
struct Axis {
    top: f64,
    height: f64,
    /// Level, text, position.
    names: Vec<(String, f64, Align)>,
}

impl Geometry {
    pub(super) fn new(
        table: &Table,
        ranges: Vec<Ranges>,
        layout: Layout,
        texts: &ChartTexts,
    ) -> Self {
        let (label, small) = match layout {
            Layout::Wide => (Setting::new(15.0), Setting::new(14.0)),
            Layout::Narrow => (Setting::new(16.0), Setting::new(15.0)),
        };
        let width = layout.width();
        let headers = table.rows.iter().map(|row| row.header.as_str());
        let last_column = text_width(&texts.gap, small.size, false).clamp(44.0, 90.0);
        let (label_width, left, right) = match layout {
            Layout::Wide => {
                let widest = |words: &mut dyn Iterator<Item = &str>| {
                    words
                        .map(|text| text_width(text, label.size, false))
                        .fold(0.0, f64::max)
                };
                let word = widest(&mut headers.clone().flat_map(str::split_whitespace));
                let name = widest(&mut headers.clone());
                let label_width = name.clamp(90.0, word.clamp(215.0, 260.0)).ceil() + 1.0;
                (
                    label_width,
                    label_width + OUTSIDE,
                    width - last_column - OUTSIDE,
                )
            }
            Layout::Narrow => (
                width - last_column - 8.0,
                OUTSIDE - 6.0,
                width - OUTSIDE + 6.0,
            ),
        };
        let scale = Scale::new((1.0, 5.0), (left, right));
        let backwards = table.rows.iter().any(|row| {
            let gap = gap(row).and_then(Cell::value);
            gap.is_some_and(|gap| gap < 0.0)
        });
        let with_ranges = ranges.iter().any(|ranges| ranges.current.is_some());
        let mut items = vec![
            Item::new(Key::Ring, &texts.current),
            Item::new(Key::Dot, &texts.target),
        ];
        if backwards {
            items.push(Item::new(Key::Dashes, &texts.surplus));
        }
        if with_ranges {
            items.push(Item::new(Key::Range, &texts.range));
        }
        if ranges.iter().any(|ranges| ranges.medians.is_some()) {
            items.push(Item::new(Key::Crossed, &texts.median));
        }
        let legend_width = match layout {
            Layout::Wide => width,
            Layout::Narrow => label_width,
        };
        let legend = Legend::new(items, small, legend_width);
        let axis = Axis::new(legend.height() + 8.0, &scale, small, width, texts);

        let mut top = axis.top + axis.height;
        let places: Vec<Place> = headers
            .map(|header| {
                let lines = wrapped(header, label_width, label.size, false);
                let text = count(lines.len()) * label.size * LINE_HEIGHT;
                let height = match layout {
                    Layout::Wide if with_ranges => (text + 10.0).max(52.0),
                    Layout::Wide => (text + 10.0).max(36.0),
                    Layout::Narrow if with_ranges => text + 64.0,
                    Layout::Narrow => text + 46.0,
                };
                let place = Place { lines, top, height };
                top += height;
                place
            })
            .collect();
        Self {
            layout,
            label,
            small: small.paint(Paint::InkSoft),
            label_width,
            scale,
            axis,
            legend,
            places,
            ranges,
            bottom: top,
        }
    }

    /// How tall the picture is.
    pub(super) fn height(&self) -> f64 {
        let below = if self.places.len() >= MANY_ROWS {
            26.0
        } else {
            4.0
        };
        self.bottom + below
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>, table: &Table, texts: &ChartTexts) {
        self.legend.draw(canvas, 0.0, 0.0);
        canvas.group("axis", None, || self.draw_axis(canvas, texts));
        for (index, (place, row)) in self.places.iter().zip(&table.rows).enumerate() {
            let ranges = self.ranges.get(index);
            let said: Vec<String> = (row.cells.iter().zip(&table.columns[1..]))
                .map(|(cell, column)| format!("{column} {}", cell.text(table.mark)))
                .collect();
            let title = format!("{}: {}", row.header, said.join(", "));
            canvas.group("row", Some(&title), || {
                self.draw_row(canvas, place, row, ranges, table);
            });
        }
    }

    fn draw_axis(&self, canvas: &Canvas<'_>, texts: &ChartTexts) {
        let (top, bottom) = (self.axis.top + self.axis.height, self.bottom);
        let number = self.small.align(Align::Middle);
        for level in 1_u8..=5 {
            let x = self.scale.at(f64::from(level));
            match self.layout {
                Layout::Wide => canvas.line(&[(x, top), (x, bottom)], 1.0, Paint::Line),
                // Not through the names above the marks.
                Layout::Narrow => {
                    for place in &self.places {
                        let y = place.top + place.height - 20.0;
                        canvas.line(&[(x, y - 12.0), (x, y + 12.0)], 1.0, Paint::Line);
                    }
                }
            }
            canvas.text(&level.to_string(), x, self.axis.top + 10.0, number);
            if self.places.len() >= MANY_ROWS {
                canvas.text(&level.to_string(), x, bottom + 14.0, number);
            }
        }
        for (name, x, align) in &self.axis.names {
            canvas.text(name, *x, self.axis.top + 28.0, self.small.align(*align));
        }
        let above_gaps = match self.layout {
            Layout::Wide => self.axis.top + 10.0,
            Layout::Narrow => Legend::LINE / 2.0,
        };
        let at_end = self.small.align(Align::End);
        canvas.text(&texts.gap, self.layout.width(), above_gaps, at_end);
    }

    fn draw_row(
        &self,
        canvas: &Canvas<'_>,
        place: &Place,
        row: &Row,
        ranges: Option<&Ranges>,
        table: &Table,
    ) {
        let width = self.layout.width();
        let text = count(place.lines.len()) * self.label.size * LINE_HEIGHT;
        let (label_y, mark_y) = match self.layout {
            Layout::Wide => {
                let middle = place.top + place.height / 2.0;
                let setting = self.label.align(Align::End);
                canvas.lines(&place.lines, self.label_width, middle, setting);
                (middle, middle)
            }
            Layout::Narrow => {
                let middle = place.top + 10.0 + text / 2.0;
                canvas.lines(&place.lines, 0.0, middle, self.label);
                let below = if ranges.is_some() { 28.0 } else { 20.0 };
                (middle, place.top + place.height - below)
            }
        };
        let [current, target, gap, ..] = row.cells.as_slice() else {
            return;
        };
        let at_end = self.label.bold().align(Align::End);
        canvas.text(&gap.signed_text(table.mark), width, label_y, at_end);
        if let Some(ranges) = ranges {
            ranges.draw(canvas, &self.scale, mark_y);
        }
        if let (Some(from), Some(to)) = (current.value(), target.value()) {
            let numbers = (current.text(table.mark), target.text(table.mark));
            self.draw_marks(canvas, (from, to), mark_y, &numbers);
        } else {
            let (left, right) = (self.scale.at(1.0), self.scale.at(5.0));
            canvas.rect((left, mark_y - 7.0), (right - left, 14.0), Paint::Missing);
        }
    }

    fn draw_marks(
        &self,
        canvas: &Canvas<'_>,
        levels: (f64, f64),
        y: f64,
        numbers: &(String, String),
    ) {
        let (from, to) = (self.scale.at(levels.0), self.scale.at(levels.1));
        let backwards = to < from;
        if backwards {
            canvas.line(&[(from, y), (to, y)], 6.0, Paint::Surplus);
            canvas.line(&[(from, y), (to, y)], 2.0, Paint::SurplusEdge);
        } else {
            canvas.line(&[(from, y), (to, y)], 6.0, Paint::Way);
        }
        canvas.ring(from, y, RADIUS, Paint::Current);
        let hides = (to - from).abs() < RADIUS;
        let radius = if hides { RADIUS / 2.0 } else { RADIUS + 1.5 };
        canvas.dot(to, y, radius, Paint::Target);
        let (first, last) = if backwards {
            ((to, &numbers.1), (from, &numbers.0))
        } else {
            ((from, &numbers.0), (to, &numbers.1))
        };
        let (end, start) = (self.small.align(Align::End), self.small);
        for (number, x, left, setting) in [
            (first.1, first.0 - BESIDE, -1.0, end),
            (last.1, last.0 + BESIDE, 0.0, start),
        ] {
            let wide = text_width(number, setting.size, false);
            // No line of the axis runs through a number.
            canvas.rect(
                (x + left * wide - 1.0, y - 9.0),
                (wide + 2.0, 18.0),
                Paint::Card,
            );
            canvas.text(number, x, y, setting);
        }
    }
}

impl Axis {
    /// All five names where they have room, else those of the ends.
    fn new(top: f64, scale: &Scale, small: Setting, width: f64, texts: &ChartTexts) -> Self {
        let all: Vec<_> = (1_u8..)
            .zip(&texts.level_names)
            .filter(|(_, name)| !name.is_empty())
            .map(|(level, name)| {
                let half = text_width(name, small.size, false) / 2.0;
                (name.clone(), scale.at(f64::from(level)), half)
            })
            .collect();
        let apart = all
            .windows(2)
            .all(|pair| pair[0].1 + pair[0].2 + 8.0 < pair[1].1 - pair[1].2);
        let inside = all
            .iter()
            .all(|(_, x, half)| x - half >= 0.0 && x + half <= width);
        let names = if apart && inside {
            all.into_iter()
                .map(|(name, x, _)| (name, x, Align::Middle))
                .collect()
        } else {
            let ends = [(0, 0.0, Align::Start), (4, width, Align::End)];
            let fit: f64 = [0, 4]
                .map(|end| text_width(&texts.level_names[end], small.size, false))
                .iter()
                .sum();
            if fit + 8.0 > width {
                Vec::new()
            } else {
                ends.map(|(end, x, align)| (texts.level_names[end].clone(), x, align))
                    .into()
            }
        };
        Self {
            top,
            height: if names.is_empty() { 24.0 } else { 44.0 },
            names,
        }
    }
}
