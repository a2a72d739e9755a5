//! The field of a quadrant: its axes, its rings that never cover each other, and names where there is room.

use super::{
    DIVIDED_AFTER, Point, QuadrantTexts, median, most,
    ring::{LEAST, Name, ROOM, Ring, offsets},
};
use crate::{
    canvas::{Align, Canvas, Scale, Setting, count},
    chart::Layout,
    lettering::{LINE_HEIGHT, text_width, wrapped},
    number::DecimalMark,
    paint::Paint,
};

/// How much larger the ring of all municipalities is than that of none.
const MORE: f64 = 6.0;
/// How far a ring may be moved up or down before the field rather grows.
const FAR: f64 = 12.0;
/// How tall the field may grow for it.
const TALLEST: f64 = 540.0;
/// How many of the first are named beside their rings.
const NAMED: usize = 5;
/// How wide such a name may be.
const NAME: f64 = 150.0;

/// Left, top, right, bottom.
type Box = [f64; 4];

/// The field with everything in it.
pub(super) struct Field {
    small: Setting,
    frame: Box,
    across: Scale,
    /// The highest gap on the axis.
    most: u8,
    upper: f64,
    lower: f64,
    /// The median of what there is to close.
    pub(super) middle: Option<f64>,
    corners: [(Vec<String>, f64, f64, Align); 4],
    rings: Vec<Ring>,
    /// Below its axis.
    pub(super) bottom: f64,
}

impl Field {
    pub(super) fn new(
        points: &[Point],
        municipalities: usize,
        small: Setting,
        texts: &QuadrantTexts,
    ) -> Self {
        let line = small.size * LINE_HEIGHT;
        let (left, right) = (26.0, Layout::Wide.width() - 1.0);
        let most = most(points);
        let across = Scale::new((0.5, 5.5), (left, right));
        let divided = across.at(DIVIDED_AFTER);

        let words =
            |text: &str, from: f64, to: f64| wrapped(text, to - from - 20.0, small.size, true);
        let corner_lines = [
            words(&texts.much_to_close, left, divided),
            words(&texts.first, divided, right),
            words(&texts.later, left, divided),
            words(&texts.keep, divided, right),
        ];
        let band = |a: usize, b: usize| {
            count(corner_lines[a].len().max(corner_lines[b].len())) * line + 12.0
        };
        let (above, below) = (band(0, 1), band(2, 3));
        let top = line + 8.0;
        let mut tall = 360.0;
        let (upper, lower, rings) = loop {
            let upper = top + above + LEAST + 9.0;
            let lower = upper + tall;
            let bounds = [left, top + above, right, lower + LEAST + 9.0];
            let gaps = Scale::new((0.0, f64::from(most)), (lower, upper));
            let rings = placed(points, municipalities, &across, &gaps, bounds);
            let near = (rings.iter().flatten())
                .all(|ring| (ring.y - ring.home.1).abs() <= FAR || tall >= TALLEST);
            match rings.filter(|_| near) {
                Some(rings) => break (upper, lower, rings),
                None => tall *= 1.15,
            }
        };
        let frame = [left, top, right, lower + LEAST + 9.0 + below];
        let middle = median(points);
        let [a, b, c, d] = corner_lines;
        let up = |lines: &[String]| top + 6.0 + count(lines.len()) * line / 2.0;
        let down = |lines: &[String]| frame[3] - 6.0 - count(lines.len()) * line / 2.0;
        let corners = [
            (up(&a), a, left + 10.0, Align::Start),
            (up(&b), b, right - 10.0, Align::End),
            (down(&c), c, left + 10.0, Align::Start),
            (down(&d), d, right - 10.0, Align::End),
        ]
        .map(|(y, lines, x, align)| (lines, x, y, align));
        let mut field = Self {
            small,
            frame,
            across,
            most,
            upper,
            lower,
            middle,
            corners,
            rings,
            bottom: frame[3] + 2.0 * line + 6.0,
        };
        let half = |ring: &Ring| field.gaps().at(middle.unwrap_or_default()) >= ring.home.1;
        let first: Vec<bool> = (field.rings.iter().zip(points))
            .map(|(ring, point)| f64::from(point.effect) > DIVIDED_AFTER && half(ring))
            .collect();
        for (ring, first) in field.rings.iter_mut().zip(first) {
            ring.first = first;
        }
        field.name(points);
        field
    }

    fn gaps(&self) -> Scale {
        Scale::new((0.0, f64::from(self.most)), (self.lower, self.upper))
    }

    /// Names the first few beside their rings, where there is room.
    fn name(&mut self, points: &[Point]) {
        let setting = self.named();
        let line = setting.size * LINE_HEIGHT;
        let mut taken: Vec<Box> = (self.rings.iter())
            .flat_map(|ring| [around(ring), threads(ring)])
            .collect();
        let [left, top, right, bottom] = self.frame;
        let divided = self.across.at(DIVIDED_AFTER);
        taken.push([divided - 3.0, top, divided + 3.0, bottom]);
        if let Some(middle) = self.middle {
            let y = self.gaps().at(middle);
            taken.push([left, y - 2.0, right, y + 2.0]);
        }
        let inside = [
            left + 4.0,
            self.upper - 20.0,
            right - 4.0,
            self.lower + 20.0,
        ];
        for (ring, point) in self.rings.iter_mut().zip(points).take(NAMED) {
            let lines = wrapped(&point.name, NAME, setting.size, true);
            let wide = (lines.iter())
                .map(|line| text_width(line, setting.size, true))
                .fold(0.0, f64::max);
            let tall = count(lines.len()) * line;
            let beside = ring.radius + 5.0;
            let candidates = [
                (ring.x + beside, ring.y, Align::Start),
                (ring.x - beside, ring.y, Align::End),
                (ring.x, ring.y - beside - tall / 2.0, Align::Middle),
                (ring.x, ring.y + beside + tall / 2.0, Align::Middle),
            ];
            for (x, y, align) in candidates {
                let left = match align {
                    Align::Start => x,
                    Align::Middle => x - wide / 2.0,
                    Align::End => x - wide,
                };
                let own = [left, y - tall / 2.0, left + wide, y + tall / 2.0];
                let free = own[0] >= inside[0]
                    && own[1] >= inside[1]
                    && own[2] <= inside[2]
                    && own[3] <= inside[3]
                    && taken.iter().all(|other| apart(&own, other));
                if free {
                    taken.push(own);
                    ring.name = Some(Name { lines, x, y, align });
                    break;
                }
            }
        }
    }

    fn named(&self) -> Setting {
        Setting::new(self.small.size).bold()
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>, texts: &QuadrantTexts) {
        let [left, top, right, bottom] = self.frame;
        let line = self.small.size * LINE_HEIGHT;
        let (gaps, divided) = (self.gaps(), self.across.at(DIVIDED_AFTER));
        canvas.group("axis", None, || {
            canvas.text(&texts.gap, 0.0, line / 2.0, self.small);
            if let Some(middle) = self.middle {
                let y = gaps.at(middle);
                canvas.rect((divided, top), (right - divided, y - top), Paint::Gap0);
            }
            for gap in 0..=self.most {
                let y = gaps.at(f64::from(gap));
                canvas.line(&[(left, y), (right, y)], 1.0, Paint::Line);
                let setting = self.small.align(Align::End);
                canvas.text(&gap.to_string(), left - 8.0, y, setting);
            }
            let corners = [(left, top), (left, bottom), (right, bottom)];
            canvas.line(&corners, 1.5, Paint::Bracket);
            canvas.line(&[(divided, top), (divided, bottom)], 1.5, Paint::Bracket);
            if let Some(middle) = self.middle {
                let y = gaps.at(middle);
                canvas.line(&[(left, y), (right, y)], 1.5, Paint::Bracket);
            }
            for effect in 1_u8..=5 {
                let x = self.across.at(f64::from(effect));
                let setting = self.small.align(Align::Middle);
                canvas.text(&effect.to_string(), x, bottom + line / 2.0 + 2.0, setting);
            }
            let setting = self.small.align(Align::End);
            canvas.text(&texts.effect, right, bottom + 1.5 * line + 2.0, setting);
            for (lines, x, y, align) in &self.corners {
                canvas.lines(lines, *x, *y, self.small.bold().align(*align));
            }
            for ring in &self.rings {
                ring.draw_thread(canvas);
            }
        });
    }

    /// One capability's ring and its name.
    pub(super) fn draw_point(&self, canvas: &Canvas<'_>, index: usize, mark: DecimalMark) {
        if let Some(ring) = self.rings.get(index) {
            ring.draw(canvas, self.named(), mark);
        }
    }
}

/// Rings where they belong, or as near as there is room: sideways within their effect, else up or down. None when they
/// have no room at all.
fn placed(
    points: &[Point],
    municipalities: usize,
    across: &Scale,
    gaps: &Scale,
    bounds: Box,
) -> Option<Vec<Ring>> {
    let half = (across.at(2.0) - across.at(1.0)) / 2.0 - ROOM;
    let mut rings: Vec<Ring> = Vec::new();
    for point in points {
        let home = (across.at(f64::from(point.effect)), gaps.at(point.gap));
        let radius = point.radius(municipalities, MORE);
        let free = |x: f64, y: f64| {
            let inside = y - radius >= bounds[1] && y + radius <= bounds[3];
            inside && rings.iter().all(|ring| ring.leaves_room(x, y, radius))
        };
        let sideways = (half - radius).max(0.0);
        let (x, y) = offsets(bounds[3] - bounds[1]).find_map(|down| {
            offsets(sideways)
                .map(|aside| (home.0 + aside, home.1 + down))
                .find(|&(x, y)| free(x, y))
        })?;
        rings.push(Ring {
            place: point.place,
            x,
            y,
            radius,
            home,
            first: false,
            name: None,
        });
    }
    Some(rings)
}

fn around(ring: &Ring) -> Box {
    let radius = ring.radius + 3.0;
    [
        ring.x - radius,
        ring.y - radius,
        ring.x + radius,
        ring.y + radius,
    ]
}

/// The room that a ring's thread takes.
fn threads(ring: &Ring) -> Box {
    let (x, y) = ring.home;
    [
        ring.x.min(x) - 2.0,
        ring.y.min(y) - 2.0,
        ring.x.max(x) + 2.0,
        ring.y.max(y) + 2.0,
    ]
}

fn apart(a: &Box, b: &Box) -> bool {
    a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1]
}
