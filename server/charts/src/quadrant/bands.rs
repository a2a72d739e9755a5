//! The field of a narrow quadrant: a band for each effect, as tall as its rings need, and what there is to close to the
//! right.

use super::{
    DIVIDED_AFTER, Point, QuadrantTexts, median, most,
    ring::{LEAST, ROOM, Ring, offsets},
};
use crate::{
    canvas::{Align, Canvas, Scale, Setting, count},
    chart::Layout,
    lettering::{LINE_HEIGHT, wrapped},
    number::DecimalMark,
    paint::Paint,
};

/// How much larger the ring of all municipalities is than that of none.
const MORE: f64 = 4.0;
/// The tallest a band could ever be asked to be.
const TALLEST: f64 = 4000.0;
/// Where the numbers of the effects end.
const NUMBERS: f64 = 20.0;

/// A word in a corner: its lines, x, the middle of them, and where its x lies.
type Corner = (Vec<String>, f64, f64, Align);

/// The bands with everything in them.
pub(super) struct Bands {
    small: Setting,
    gaps: Scale,
    most: u8,
    /// The median of what there is to close.
    pub(super) middle: Option<f64>,
    /// Effect, middle and lower edge of each band, of effect 5 first.
    all: Vec<(u8, f64, f64)>,
    corners: Vec<Corner>,
    /// Above the first band and below the last.
    rows: (f64, f64),
    top: f64,
    divided: f64,
    edge: f64,
    rings: Vec<Ring>,
    /// Below its axis.
    pub(super) bottom: f64,
}

impl Bands {
    pub(super) fn new(
        points: &[Point],
        municipalities: usize,
        small: Setting,
        texts: &QuadrantTexts,
    ) -> Self {
        let line = small.size * LINE_HEIGHT;
        let width = Layout::Narrow.width();
        let most = most(points);
        let inset = LEAST + MORE + 3.0;
        let ends = (NUMBERS + inset, width - inset);
        let gaps = Scale::new((0.0, f64::from(most)), ends);
        let middle = median(points);
        let half = (width - NUMBERS) / 2.0 - 12.0;
        let words = |text: &str| wrapped(text, half, small.size, true);
        let top = line + 8.0;
        let upper = [words(&texts.keep), words(&texts.first)];
        let lower = [words(&texts.later), words(&texts.much_to_close)];
        let tall = |pair: &[Vec<String>; 2]| count(pair[0].len().max(pair[1].len())) * line + 10.0;
        let first_row = top + tall(&upper);
        let mut y = first_row;
        let mut bands = Vec::new();
        let mut rings: Vec<(usize, Ring)> = Vec::new();
        let mut divided = y;
        for effect in (1_u8..=5).rev() {
            let mut band: Vec<(usize, Ring)> = Vec::new();
            for (index, point) in points.iter().enumerate() {
                if point.effect != effect {
                    continue;
                }
                let (x, radius) = (gaps.at(point.gap), point.radius(municipalities, MORE));
                let free =
                    |down: &f64| (band.iter()).all(|(_, ring)| ring.leaves_room(x, *down, radius));
                let down = offsets(TALLEST).find(free).unwrap_or_default();
                let ring = Ring {
                    place: point.place,
                    x,
                    y: down,
                    radius,
                    home: (x, down),
                    first: f64::from(effect) > DIVIDED_AFTER
                        && middle.is_some_and(|middle| point.gap >= middle),
                    name: None,
                };
                band.push((index, ring));
            }
            let reach = (band.iter())
                .map(|(_, ring)| ring.y.abs() + ring.radius + ROOM)
                .fold(LEAST + ROOM, f64::max);
            let centre = y + reach;
            rings.extend(band.into_iter().map(|(index, mut ring)| {
                ring.y += centre;
                ring.home.1 = ring.y;
                (index, ring)
            }));
            y = centre + reach;
            bands.push((effect, centre, y));
            if f64::from(effect) > DIVIDED_AFTER {
                divided = y;
            }
        }
        rings.sort_by_key(|(index, _)| *index);
        let edge = y + tall(&lower);
        let mut corners = Vec::new();
        for (pair, above) in [(upper, true), (lower, false)] {
            let places = [(NUMBERS + 8.0, Align::Start), (width - 8.0, Align::End)];
            for (lines, (x, align)) in pair.into_iter().zip(places) {
                let half = count(lines.len()) * line / 2.0;
                let y = if above {
                    top + 5.0 + half
                } else {
                    edge - 5.0 - half
                };
                corners.push((lines, x, y, align));
            }
        }
        Self {
            small,
            gaps,
            most,
            middle,
            all: bands,
            corners,
            rows: (first_row, y),
            top,
            divided,
            edge,
            rings: rings.into_iter().map(|(_, ring)| ring).collect(),
            bottom: edge + 2.0 * line + 4.0,
        }
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>, texts: &QuadrantTexts) {
        let width = Layout::Narrow.width() - 1.0;
        let line = self.small.size * LINE_HEIGHT;
        let (above, below) = self.rows;
        canvas.group("axis", None, || {
            canvas.text(&texts.effect, 0.0, line / 2.0, self.small);
            let middle = self.middle.map(|middle| self.gaps.at(middle));
            if let Some(x) = middle {
                let size = (width - x, self.divided - above);
                canvas.rect((x, above), size, Paint::Gap0);
            }
            for gap in 0..=self.most {
                let x = self.gaps.at(f64::from(gap));
                canvas.line(&[(x, above), (x, below)], 1.0, Paint::Line);
                let setting = self.small.align(Align::Middle);
                canvas.text(&gap.to_string(), x, self.edge + line / 2.0 + 2.0, setting);
            }
            for (effect, middle, lower) in &self.all {
                canvas.line(&[(NUMBERS, *lower), (width, *lower)], 1.0, Paint::Line);
                let setting = self.small.bold().align(Align::Middle);
                canvas.text(&effect.to_string(), 6.0, *middle, setting);
            }
            let (left, edge) = (NUMBERS, self.edge);
            let corners = [(left, self.top), (left, edge), (width, edge)];
            canvas.line(&corners, 1.5, Paint::Bracket);
            let across = [(left, self.divided), (width, self.divided)];
            canvas.line(&across, 1.5, Paint::Bracket);
            if let Some(x) = middle {
                canvas.line(&[(x, above), (x, below)], 1.5, Paint::Bracket);
            }
            let setting = self.small.align(Align::End);
            canvas.text(&texts.gap, width, edge + 1.5 * line + 2.0, setting);
            for (lines, x, y, align) in &self.corners {
                canvas.lines(lines, *x, *y, self.small.bold().align(*align));
            }
        });
    }

    pub(super) fn draw_point(&self, canvas: &Canvas<'_>, index: usize, mark: DecimalMark) {
        if let Some(ring) = self.rings.get(index) {
            ring.draw(canvas, Setting::new(self.small.size).bold(), mark);
        }
    }
}
