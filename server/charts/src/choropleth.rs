//! A map of any municipalities of Sweden, each in the colour of its number, with the number in it or beside it.

mod laid;
mod list;

use domain::{municipality::Municipality, results::Measure};
use laid::{Label, Laid, line};
use list::List;

use crate::{
    canvas::{Align, Canvas, Setting, count},
    chart::{Chart, Draft, Layout},
    geography::{
        Aside, MapLegend, MapShape, MapTexts, MunicipalValue, Point, legend, paints, table,
    },
    lettering::{text_width, wrapped},
    paint::Paint,
    table::Table,
    texts::filled_in,
};

/// More municipalities than this have numbers where they fit, but no names.
const NAMED: usize = 60;

/// The municipalities on a map. The colour is that of the nearest whole step, as in the heat map; where there is no
/// number the land is hatched and has the symbol that tells why.
///
/// Names and numbers that do not fit stand beside the map and are led to their places. On a narrow picture numbers stand
/// on the map where they have room, and all are listed below with their names. Of more than sixty municipalities only those have a number that are large
/// enough, the others are counted below. No municipalities: a legend alone.
pub fn choropleth(
    values: &[MunicipalValue],
    measure: Measure,
    layout: Layout,
    texts: &MapTexts,
) -> Chart {
    let table = table(values, texts);
    let geometry = Geometry::new(values, &table, measure, layout, texts);
    let draft = Draft {
        id: "choropleth",
        layout,
        title: &texts.heading.title,
        description: texts.heading.description.clone(),
        table,
    };
    draft.drawn(layout.width(), geometry.height, |canvas, table| {
        geometry.draw(canvas, values, table, measure);
    })
}

struct Geometry {
    layout: Layout,
    setting: Setting,
    shape: MapShape,
    left: f64,
    labels: Vec<Option<Label>>,
    asides: Vec<Aside>,
    /// The list of all, where there is one.
    list: Option<List>,
    /// What is said of those without a number.
    note: (Vec<String>, f64),
    legend: MapLegend,
    legend_top: f64,
    height: f64,
}

impl Geometry {
    fn new(
        values: &[MunicipalValue],
        table: &Table,
        measure: Measure,
        layout: Layout,
        texts: &MapTexts,
    ) -> Self {
        let setting = Setting::new(match layout {
            Layout::Wide => 14.0,
            Layout::Narrow => 15.0,
        });
        let width = layout.width();
        let said: Vec<String> = (table.rows.iter())
            .map(|row| row.cells[1].text(table.mark))
            .collect();
        let municipalities: Vec<Municipality> =
            values.iter().map(|place| place.municipality).collect();
        let named = values.len() <= NAMED;
        let laid = Laid::out(&municipalities, table, &said, layout, setting);
        let Laid {
            shape,
            left,
            labels,
            asides,
            without,
        } = laid;
        let mut top = shape.height + 2.0;
        if !asides.is_empty() {
            let lowest = asides.iter().map(|aside| aside.y).fold(0.0, f64::max);
            top = top.max(lowest + line(setting) / 2.0);
        }
        top += 14.0;
        let note = if without == 0 || layout == Layout::Narrow && named {
            Vec::new()
        } else {
            let words = filled_in(&texts.left_out, &[("count", &without.to_string())]);
            wrapped(&words, width, setting.size, false)
        };
        let note_top = top;
        if !note.is_empty() {
            top += count(note.len()) * line(setting) + 10.0;
        }
        let listed = named && layout == Layout::Narrow && values.len() > 1;
        let list = listed.then(|| List::new(table, &said, top, width));
        if let Some(list) = &list {
            top += list.height() + 14.0;
        }
        let legend = legend(values, measure, texts, setting.size, width);
        Self {
            layout,
            left,
            shape,
            labels,
            asides,
            list,
            note: (note, note_top),
            legend_top: top,
            height: top + legend.height(),
            legend,
            setting,
        }
    }

    fn draw(
        &self,
        canvas: &Canvas<'_>,
        values: &[MunicipalValue],
        table: &Table,
        measure: Measure,
    ) {
        let moved = |line: &Vec<Point>| -> Vec<Point> {
            line.iter()
                .map(|&(x, y)| (x + self.left, y + 2.0))
                .collect()
        };
        for ((rings, place), row) in self.shape.rings.iter().zip(values).zip(&table.rows) {
            let title = format!("{}: {}", row.header, row.cells[1].text(table.mark));
            canvas.group("land", Some(&title), || {
                let rings: Vec<_> = rings.iter().map(&moved).collect();
                canvas.outlines(&rings, None, paints(&place.value, measure).0);
            });
        }
        let inner: Vec<_> = self.shape.inner.iter().map(&moved).collect();
        let outer: Vec<_> = self.shape.outer.iter().map(&moved).collect();
        canvas.group("axis", None, || {
            canvas.outlines(&inner, Some(1.0), Paint::Bracket);
            canvas.outlines(&outer, Some(1.2), Paint::Bracket);
        });
        // Lines below all labels.
        for aside in &self.asides {
            self.draw_lead(canvas, aside);
        }
        for (index, (place, row)) in values.iter().zip(&table.rows).enumerate() {
            let number = row.cells[1].text(table.mark);
            let class = if self.list.is_some() { "mark" } else { "row" };
            if let Some(label) = &self.labels[index] {
                canvas.group(class, None, || {
                    self.draw_label(canvas, label, &number, paints(&place.value, measure));
                });
            } else if let Some(aside) = self.asides.iter().find(|aside| aside.index == index) {
                canvas.group(class, None, || {
                    self.draw_aside(canvas, aside, &row.header, &number);
                });
            }
        }
        let (note, top) = &self.note;
        let middle = top + count(note.len()) * line(self.setting) / 2.0;
        canvas.lines(note, 0.0, middle, self.setting.paint(Paint::InkSoft));
        if let Some(list) = &self.list {
            list.draw(canvas, values, table, measure);
        }
        self.legend.draw(canvas, 0.0, self.legend_top);
    }

    fn draw_label(&self, canvas: &Canvas<'_>, label: &Label, number: &str, paints: (Paint, Paint)) {
        let (ground, ink) = paints;
        let setting = self.setting.paint(ink).align(Align::Middle);
        let lines = count(label.name.len()) + 1.0;
        let (x, middle) = (label.at.0 + self.left, label.at.1 + 2.0);
        if ground == Paint::Missing {
            let widest = (label.name.iter())
                .map(|name| text_width(name, setting.size, false))
                .fold(text_width(number, setting.size, true), f64::max);
            let (wide, tall) = (widest + 8.0, lines * line(setting) + 2.0);
            canvas.rect(
                (x - wide / 2.0, middle - tall / 2.0),
                (wide, tall),
                Paint::Card,
            );
        }
        let mut y = middle - (lines - 1.0) * line(setting) / 2.0;
        for name in &label.name {
            canvas.text(name, x, y, setting);
            y += line(setting);
        }
        canvas.text(number, x, y, setting.bold());
    }

    /// Where a label beside the map begins.
    fn edge(&self, aside: &Aside) -> Point {
        let x = if aside.left {
            self.left - 8.0
        } else {
            self.left + self.shape.width + 8.0
        };
        (x, aside.y + 2.0)
    }

    fn draw_lead(&self, canvas: &Canvas<'_>, aside: &Aside) {
        let from = (aside.from.0 + self.left, aside.from.1 + 2.0);
        let edge = self.edge(aside);
        // The halo keeps the line visible on dark land.
        canvas.line(&[from, edge], 3.0, Paint::Card);
        canvas.line(&[from, edge], 1.1, Paint::Ink);
        canvas.dot(from.0, from.1, 3.6, Paint::Card);
        canvas.dot(from.0, from.1, 2.4, Paint::Ink);
    }

    /// A number with its name, where there is room for it: both read from left to right.
    fn draw_aside(&self, canvas: &Canvas<'_>, aside: &Aside, name: &str, number: &str) {
        let (edge, y) = self.edge(aside);
        let size = self.setting.size;
        let named = self.layout == Layout::Wide;
        let bold = self.setting.bold();
        if aside.left {
            let x = edge - 5.0;
            canvas.text(number, x, y, bold.align(Align::End));
            if named {
                let end = x - text_width(number, size, true) - 6.0;
                canvas.text(name, end, y, self.setting.align(Align::End));
            }
        } else {
            let mut x = edge + 5.0;
            if named {
                canvas.text(name, x, y, self.setting);
                x += text_width(name, size, false) + 6.0;
            }
            canvas.text(number, x, y, bold);
        }
    }
}
