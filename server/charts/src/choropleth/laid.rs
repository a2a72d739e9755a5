//! Where names and numbers stand on a map and beside it.

use domain::municipality::Municipality;

use super::NAMED;
use crate::{
    canvas::{Setting, count},
    chart::Layout,
    geography::{Aside, Country, MapShape, Point, aside, spot},
    lettering::{LINE_HEIGHT, text_width},
    table::Table,
};

/// What stands on a municipality.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// The middle.
    pub(super) at: Point,
    /// The name's lines; none for a number alone.
    pub(super) name: Vec<String>,
}

impl Label {
    /// Its middle and its size.
    fn extent(&self, number: &str, setting: Setting) -> (Point, Point) {
        let widest = (self.name.iter())
            .map(|line| text_width(line, setting.size, false))
            .fold(text_width(number, setting.size, true), f64::max);
        let lines = count(self.name.len()) + 1.0;
        (self.at, (widest, lines * line(setting)))
    }
}

/// Takes away labels that would meet one before them: they stand beside the map instead.
fn keep_apart(labels: &mut [Option<Label>], said: &[String], setting: Setting) {
    let mut kept: Vec<(Point, Point)> = Vec::new();
    for (label, said) in labels.iter_mut().zip(said) {
        let Some((at, size)) = label.as_ref().map(|label| label.extent(said, setting)) else {
            continue;
        };
        let meets = |(other, other_size): &(Point, Point)| {
            (at.0 - other.0).abs() < f64::midpoint(size.0, other_size.0) + 2.0
                && (at.1 - other.1).abs() < f64::midpoint(size.1, other_size.1) + 2.0
        };
        if kept.iter().any(meets) {
            *label = None;
        } else {
            kept.push((at, size));
        }
    }
}

/// From the map to the labels beside it.
const LEAD: f64 = 16.0;
/// How much of a label with a name must have room within the borders.
const OVERHANG: f64 = 0.86;
/// More labels than this beside a narrow map would be a thicket; the list has them.
const BESIDE_NARROW: usize = 8;

/// How tall a line is.
pub(super) fn line(setting: Setting) -> f64 {
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
pub(super) struct Laid {
    /// The land.
    pub(super) shape: MapShape,
    /// Where the land begins.
    pub(super) left: f64,
    /// What stands on each municipality.
    pub(super) labels: Vec<Option<Label>>,
    /// What stands beside.
    pub(super) asides: Vec<Aside>,
    /// How many have no number.
    pub(super) without: usize,
}

impl Laid {
    /// As large as there is room for when what does not fit on the map stands beside it.
    pub(super) fn out(
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
        for _ in 0..6 {
            let room = width - margins.0 - margins.1;
            let shape = Country::sweden().drawn(municipalities, (room, tall));
            let mut labels: Vec<Option<Label>> = (shape.rings.iter().zip(&table.rows).zip(said))
                .map(|((rings, row), said)| {
                    let name = named.then_some(row.header.as_str());
                    label(rings, name, said, layout, setting)
                })
                .collect();
            keep_apart(&mut labels, said, setting);
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
        Some(Label { at: found.at, name })
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
        .filter_map(|(label, said)| Some(label.as_ref()?.extent(said, setting)))
        .collect();
    let tall = shape
        .height
        .max(count(without.len()).mul_add(0.5, 1.0) * (line(setting) + 3.0));
    let size = (shape.width, tall);
    (aside(&without, &inside, size, line(setting) + 3.0), 0)
}
