//! The areas as axes: the regional means of nuläge and börläge, each as a line around.

mod areas;

use std::f64::consts::{FRAC_PI_2, TAU};

pub use self::areas::AreaMeans;
use crate::{
    canvas::{Align, Canvas, Scale, Setting, count},
    chart::{Chart, Draft, Layout},
    dumbbell::levels_dumbbell,
    legend::{Item, Key, Legend},
    lettering::{LINE_HEIGHT, text_width, wrapped},
    paint::Paint,
    table::{Cell, Row, Table},
    texts::{ChartTexts, Heading, filled_in},
};

/// Fewer axes than this make no picture.
const LEAST: usize = 3;
/// More axes than this have no room for their names.
const MOST: usize = 8;
/// The radius of a ring or a dot.
const RADIUS: f64 = 6.5;

/// The words of [`radar`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RadarTexts {
    /// Title, description, conditions.
    pub heading: Heading,
    /// Names of the levels 1–5.
    pub level_names: [String; 5],
    /// Område.
    pub area: String,
    /// Nuläge.
    pub current: String,
    /// Börläge.
    pub target: String,
    /// Skillnad.
    pub gap: String,
    /// Förmågor.
    pub capabilities: String,
    /// Förmågor utan område.
    pub without_area: String,
    /// What stands at an axis, a template of `{current}`, `{target}`, `{gap}` and `{count}`, lines parted by " / ":
    /// "{current} till {target} ({gap}) / {count} förmågor".
    pub values: String,
    /// Inga värden: instead of the first of those lines.
    pub missing: String,
    /// Kan stödja andra: the target is below, in the legend of few areas.
    pub surplus: String,
}

/// The means of nuläge (a ring) and börläge (a dot) of each area on its own axis, level 1 innermost, with the way between
/// them filled. Three to eight areas; fewer or more are drawn as rows from nuläge to börläge instead. An area without
/// value has an empty axis and says so, and the lines pass it by.
pub fn radar(areas: &[AreaMeans], layout: Layout, texts: &RadarTexts) -> Chart {
    let mut table = table(areas, texts);
    if !(LEAST..=MOST).contains(&areas.len()) {
        // How many capabilities there are has no place in a row.
        table.columns.pop();
        for row in &mut table.rows {
            row.cells.pop();
        }
        return levels_dumbbell("radar", table, layout, &row_texts(texts));
    }
    let web = Web::new(&table, layout, texts);
    let draft = Draft {
        id: "radar",
        layout,
        title: &texts.heading.title,
        description: texts.heading.description.clone(),
        table,
    };
    draft.drawn(layout.width(), web.height, |canvas, table| {
        web.draw(canvas, areas, table);
    })
}

fn table(areas: &[AreaMeans], texts: &RadarTexts) -> Table {
    let rows = areas.iter().map(|area| Row {
        header: (area.name.as_ref())
            .map_or(&texts.without_area, |name| name)
            .clone(),
        cells: vec![
            Cell::number_or(area.current, 1, "-"),
            Cell::number_or(area.target, 1, "-"),
            Cell::number_or(area.gap(), 1, "-"),
            Cell::number_or(Some(count(area.capabilities)), 0, "-"),
        ],
    });
    Table {
        caption: texts.heading.title.clone(),
        columns: [
            &texts.area,
            &texts.current,
            &texts.target,
            &texts.gap,
            &texts.capabilities,
        ]
        .map(Clone::clone)
        .into(),
        rows: rows.collect(),
        conditions: texts.heading.conditions.clone(),
        mark: texts.heading.mark,
    }
}

/// The words of the rows that are drawn instead.
fn row_texts(texts: &RadarTexts) -> ChartTexts {
    ChartTexts {
        title: texts.heading.title.clone(),
        description: texts.heading.description.clone(),
        level_names: texts.level_names.clone(),
        current: texts.current.clone(),
        target: texts.target.clone(),
        gap: texts.gap.clone(),
        surplus: texts.surplus.clone(),
        mark: texts.heading.mark,
        ..ChartTexts::default()
    }
}

/// An axis with its words.
struct Axis {
    angle: f64,
    name: Vec<String>,
    values: Vec<String>,
    x: f64,
    /// The middle of its words.
    y: f64,
    align: Align,
}

/// The lines of a name and of the numbers below it.
type Words = (Vec<String>, Vec<String>);

/// What stands at an axis.
fn words(
    row: &Row,
    table: &Table,
    texts: &RadarTexts,
    room: f64,
    (name, small): (Setting, Setting),
) -> Words {
    let said = |cell: usize| row.cells[cell].text(table.mark);
    let values = filled_in(
        &texts.values,
        &[
            ("current", &said(0)),
            ("target", &said(1)),
            ("gap", &row.cells[2].signed_text(table.mark)),
            ("count", &said(3)),
        ],
    );
    let mut values: Vec<&str> = values.split(" / ").collect();
    if row.cells[0].value().is_none() {
        values[0] = &texts.missing;
    }
    let values = (values.into_iter())
        .flat_map(|part| wrapped(part, room, small.size, false))
        .collect();
    (wrapped(&row.header, room, name.size, true), values)
}

struct Web {
    layout: Layout,
    name: Setting,
    small: Setting,
    legend: Legend,
    middle: (f64, f64),
    radius: f64,
    axes: Vec<Axis>,
    height: f64,
}

impl Web {
    fn new(table: &Table, layout: Layout, texts: &RadarTexts) -> Self {
        let name = Setting::new(16.0).bold();
        let small = Setting::new(15.0).paint(Paint::InkSoft);
        let width = layout.width();
        let items = vec![
            Item::new(Key::Ring, &texts.current),
            Item::new(Key::Dot, &texts.target),
        ];
        let legend = Legend::new(items, small, width);
        let (radius, room) = match layout {
            Layout::Wide => (165.0, 168.0),
            Layout::Narrow => (118.0, width - 34.0),
        };
        let line = |setting: Setting| setting.size * LINE_HEIGHT;
        let words: Vec<Words> = (table.rows.iter())
            .map(|row| words(row, table, texts, room, (name, small)))
            .collect();
        let tall = |(names, values): &Words| {
            count(names.len()) * line(name) + count(values.len()) * line(small)
        };
        let above = match layout {
            Layout::Wide => words.first().map_or(0.0, tall) + 16.0,
            Layout::Narrow => 26.0,
        };
        let middle = (width / 2.0, legend.height() + 8.0 + above + radius);
        let mut list = middle.1 + radius + 36.0;
        let step = TAU / count(words.len());
        let mut bottom = middle.1;
        let axes = (words.into_iter().enumerate())
            .map(|(index, words)| {
                let angle = step * count(index) - FRAC_PI_2;
                let tall = tall(&words);
                let (name, values) = words;
                match layout {
                    Layout::Wide => {
                        let (cos, sin) = (angle.cos(), angle.sin());
                        let align = if cos.abs() < 0.2 {
                            Align::Middle
                        } else if cos > 0.0 {
                            Align::Start
                        } else {
                            Align::End
                        };
                        let away = radius + 16.0;
                        let x = middle.0 + away * cos;
                        let y = middle.1 + away * sin;
                        let y = match align {
                            Align::Middle => y + sin.signum() * tall / 2.0,
                            Align::Start | Align::End => y + sin * tall / 3.0,
                        };
                        let tip = middle.1 + radius * sin + 14.0;
                        bottom = bottom.max(y + tall / 2.0).max(tip);
                        Axis {
                            angle,
                            name,
                            values,
                            x,
                            y,
                            align,
                        }
                    }
                    Layout::Narrow => {
                        let y = list + tall / 2.0;
                        list += tall + 12.0;
                        bottom = list;
                        Axis {
                            angle,
                            name,
                            values,
                            x: 30.0,
                            y,
                            align: Align::Start,
                        }
                    }
                }
            })
            .collect();
        Self {
            layout,
            name,
            small,
            legend,
            middle,
            radius,
            axes,
            height: bottom + 6.0,
        }
    }

    /// The position of a level on an axis; level 1 has room inside it.
    fn at(&self, angle: f64, level: f64) -> (f64, f64) {
        let scale = Scale::new((1.0, 5.0), (0.16 * self.radius, self.radius));
        let away = scale.at(level);
        (
            self.middle.0 + away * angle.cos(),
            self.middle.1 + away * angle.sin(),
        )
    }

    fn around(&self, level: f64) -> Vec<(f64, f64)> {
        (self.axes.iter())
            .map(|axis| self.at(axis.angle, level))
            .collect()
    }

    fn draw(&self, canvas: &Canvas<'_>, areas: &[AreaMeans], table: &Table) {
        self.legend.draw(canvas, 0.0, 0.0);
        let line = |of: fn(&AreaMeans) -> Option<f64>| -> Vec<Option<(f64, f64)>> {
            (self.axes.iter().zip(areas))
                .map(|(axis, area)| Some(self.at(axis.angle, of(area)?)))
                .collect()
        };
        let (currents, targets) = (line(|area| area.current), line(|area| area.target));
        canvas.group("axis", None, || {
            let whole =
                |line: &[Option<(f64, f64)>]| line.iter().copied().collect::<Option<Vec<_>>>();
            if let Some((inner, outer)) = whole(&currents).zip(whole(&targets)) {
                canvas.shape(&outer, Paint::Way);
                canvas.shape(&inner, Paint::Card);
            }
            for level in 1_u8..=5 {
                let mut ring = self.around(f64::from(level));
                ring.extend(ring.first().copied());
                canvas.line(&ring, 1.0, Paint::Line);
            }
            for axis in &self.axes {
                let ends = [self.at(axis.angle, 1.0), self.at(axis.angle, 5.0)];
                canvas.line(&ends, 1.0, Paint::Line);
            }
        });
        canvas.group("lines", None, || {
            for (points, paint) in [(&targets, Paint::Target), (&currents, Paint::Current)] {
                for pair in 0..points.len() {
                    let next = (pair + 1) % points.len();
                    if let Some((a, b)) = points[pair].zip(points[next]) {
                        canvas.line(&[a, b], 2.0, paint);
                    }
                }
            }
        });
        canvas.group("axis", None, || self.draw_levels(canvas));
        for (index, (axis, row)) in self.axes.iter().zip(&table.rows).enumerate() {
            let said: Vec<String> = (row.cells.iter().zip(&table.columns[1..]))
                .map(|(cell, column)| format!("{column} {}", cell.text(table.mark)))
                .collect();
            let title = format!("{}: {}", row.header, said.join(", "));
            canvas.group("row", Some(&title), || {
                if let Some((x, y)) = targets[index] {
                    canvas.dot(x, y, RADIUS + 1.0, Paint::Target);
                }
                if let Some((x, y)) = currents[index] {
                    let covers = targets[index].is_some_and(|(a, b)| (a - x).hypot(b - y) < RADIUS);
                    let radius = if covers { RADIUS / 2.0 } else { RADIUS };
                    canvas.ring(x, y, radius, Paint::Current);
                }
                self.draw_words(canvas, axis, index);
            });
        }
    }

    /// The numbers of the levels, between the first axis and the next so that no mark hides them.
    fn draw_levels(&self, canvas: &Canvas<'_>) {
        let half = TAU / count(self.axes.len()) / 2.0;
        for level in [1_u8, 3, 5] {
            let (a, b) = (
                self.at(-FRAC_PI_2, f64::from(level)),
                self.at(-FRAC_PI_2 + 2.0 * half, f64::from(level)),
            );
            let (x, y) = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
            let number = level.to_string();
            let wide = text_width(&number, 14.0, false) + 6.0;
            canvas.rect((x - wide / 2.0, y - 8.0), (wide, 16.0), Paint::Card);
            let setting = Setting::new(14.0)
                .paint(Paint::InkSoft)
                .align(Align::Middle);
            canvas.text(&number, x, y, setting);
        }
    }

    fn draw_words(&self, canvas: &Canvas<'_>, axis: &Axis, index: usize) {
        let line =
            |setting: Setting, lines: &[String]| count(lines.len()) * setting.size * LINE_HEIGHT;
        let (names, values) = (line(self.name, &axis.name), line(self.small, &axis.values));
        let top = axis.y - f64::midpoint(names, values);
        canvas.lines(
            &axis.name,
            axis.x,
            top + names / 2.0,
            self.name.align(axis.align),
        );
        let middle = top + names + values / 2.0;
        canvas.lines(&axis.values, axis.x, middle, self.small.align(axis.align));
        if self.layout == Layout::Narrow {
            let number = (index + 1).to_string();
            let setting = self.name.paint(Paint::Current);
            let first = top + self.name.size * LINE_HEIGHT / 2.0;
            canvas.text(&number, 16.0, first, setting.align(Align::End));
            let (x, y) = self.at(axis.angle, 5.7);
            canvas.text(&number, x, y, setting.align(Align::Middle));
        }
    }
}
