//! A map of any municipalities of Sweden, each in the colour of its number, with the number in it or beside it.

mod list;

use domain::{municipality::Municipality, results::Measure};
use list::List;

use crate::{
    canvas::{Align, Canvas, Setting, count},
    chart::{Chart, Draft, Layout},
    geography::{
        Aside, Country, MapLegend, MapShape, MapTexts, MunicipalValue, Point, aside, legend,
        paints, spot, table,
    },
    lettering::{LINE_HEIGHT, text_width, wrapped},
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

/// What stands on a municipality.
#[derive(Clone, Debug)]
struct Label {
    at: Point,
    name: Vec<String>,
    number: bool,
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
        let lines = count(label.name.len()) + if label.number { 1.0 } else { 0.0 };
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
        if label.number {
            canvas.text(number, x, y, setting.bold());
        }
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

/// From the map to the labels beside it.
const LEAD: f64 = 16.0;
/// How much of a label with a name must have room within the borders.
const OVERHANG: f64 = 0.86;
/// More labels than this beside a narrow map would be a thicket; the list has them.
const BESIDE_NARROW: usize = 8;

fn line(setting: Setting) -> f64 {
    setting.size * LINE_HEIGHT
}

fn aside_width(name: &str, number: &str, size: f64) -> f64 {
    text_width(name, size, false) + 6.0 + text_width(number, size, true)
}

/// The tallest that a map of so many may be.
fn tallest(many: usize, layout: Layout) -> f64 {
    let most = match (many > NAMED, layout) {
        (true, Layout::Wide) => 1080.0,
        (true, Layout::Narrow) => 700.0,
        (false, Layout::Wide) => 640.0,
        (false, Layout::Narrow) => 460.0,
    };
    (240.0 + 40.0 * count(many)).min(most)
}

/// Where everything stands on a map and beside it.
struct Laid {
    shape: MapShape,
    left: f64,
    labels: Vec<Option<Label>>,
    asides: Vec<Aside>,
    /// How many have no number.
    without: usize,
}

impl Laid {
    /// As large as there is room for when what does not fit on the map stands beside it.
    fn out(
        municipalities: &[Municipality],
        table: &Table,
        said: &[String],
        layout: Layout,
        setting: Setting,
    ) -> Self {
        let named = municipalities.len() <= NAMED;
        let width = layout.width() - 4.0;
        let tall = tallest(municipalities.len(), layout);
        let mut margins = (0.0_f64, 0.0_f64);
        let mut laid = None;
        // Labels beside the map make it smaller, and then fewer fit on it: few times, for the margins only grow.
        for _ in 0..4 {
            let room = width - margins.0 - margins.1;
            let shape = Country::sweden().drawn(municipalities, (room, tall));
            let labels: Vec<Option<Label>> = (shape.rings.iter().zip(&table.rows).zip(said))
                .map(|((rings, row), said)| {
                    let name = named.then_some(row.header.as_str());
                    label(rings, name, said, layout, setting)
                })
                .collect();
            let (asides, without) = outside(&shape, &labels, said, (layout, named), setting);
            let needed = |left: bool| {
                (asides.iter().filter(|aside| aside.left == left))
                    .map(|aside| {
                        let number = &said[aside.index];
                        LEAD + match layout {
                            Layout::Wide => {
                                aside_width(&table.rows[aside.index].header, number, setting.size)
                            }
                            Layout::Narrow => text_width(number, setting.size, true),
                        }
                    })
                    .fold(0.0, f64::max)
            };
            let (left, right) = (needed(true), needed(false));
            let spare = (width - shape.width - left - right).max(0.0);
            let fits = left + shape.width + right <= width + 0.1;
            laid = Some(Self {
                left: 2.0 + left + spare / 2.0,
                shape,
                labels,
                asides,
                without,
            });
            if fits {
                break;
            }
            margins = (margins.0.max(left), margins.1.max(right));
        }
        laid.unwrap_or(Self {
            shape: Country::sweden().drawn(&[], (width, tall)),
            left: 0.0,
            labels: Vec::new(),
            asides: Vec::new(),
            without: 0,
        })
    }
}

/// Name and number inside a shape, on as many lines as it takes; else the number alone; else nothing.
fn label(
    rings: &[Vec<Point>],
    name: Option<&str>,
    number: &str,
    layout: Layout,
    setting: Setting,
) -> Option<Label> {
    let size = setting.size;
    let number_width = text_width(number, size, true);
    let room = |lines: &[String]| {
        let widest = (lines.iter())
            .map(|line| text_width(line, size, false))
            .fold(number_width, f64::max);
        let tall = (count(lines.len()) + 1.0) * line(setting) - 4.0;
        // A name may reach a little over a border, a number may not.
        if lines.is_empty() {
            (widest, tall)
        } else {
            (widest * OVERHANG, tall * OVERHANG)
        }
    };
    let mut ways: Vec<Vec<String>> = Vec::new();
    if let Some(name) = name {
        ways.push(vec![name.to_owned()]);
        let parts: Vec<String> = broken(name);
        if parts.len() > 1 {
            ways.push(parts);
        }
    }
    // On a wide picture there is room for the name beside the map, on a narrow one in the list.
    if name.is_none() || layout == Layout::Narrow {
        ways.push(Vec::new());
    }
    ways.into_iter().find_map(|name| {
        let found = spot(rings, room(&name)).filter(|spot| spot.fits)?;
        Some(Label {
            at: found.at,
            name,
            number: true,
        })
    })
}

/// A name of several words, a line each.
fn broken(name: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for word in name.split(' ') {
        match word.split_once('-') {
            Some((first, second)) => lines.extend([format!("{first}-"), second.to_owned()]),
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Labels beside the map for those that have none on it, and how many have none at all.
fn outside(
    shape: &MapShape,
    labels: &[Option<Label>],
    said: &[String],
    (layout, named): (Layout, bool),
    setting: Setting,
) -> (Vec<Aside>, usize) {
    let without: Vec<(usize, Point)> = (labels.iter().zip(&shape.rings).enumerate())
        .filter(|(_, (label, _))| label.is_none())
        .filter_map(|(index, (_, rings))| Some((index, spot(rings, (10.0, 10.0))?.at)))
        .collect();
    if !named || layout == Layout::Narrow && without.len() > BESIDE_NARROW {
        return (Vec::new(), without.len());
    }
    let inside: Vec<(Point, Point)> = (labels.iter().zip(said))
        .filter_map(|(label, said)| {
            let label = label.as_ref()?;
            let widest = (label.name.iter())
                .map(|line| text_width(line, setting.size, false))
                .fold(text_width(said, setting.size, true), f64::max);
            let lines = count(label.name.len()) + 1.0;
            Some((label.at, (widest, lines * line(setting))))
        })
        .collect();
    let tall = shape
        .height
        .max(count(without.len()).mul_add(0.5, 1.0) * (line(setting) + 3.0));
    let size = (shape.width, tall);
    (aside(&without, &inside, size, line(setting) + 3.0), 0)
}
