//! A ring of a quadrant, with its number, its thread and its name.

use super::Point;
use crate::{
    canvas::{Align, Canvas, Setting, count},
    number::DecimalMark,
    paint::Paint,
};

/// The least radius, that of a ring for no municipality.
pub(super) const LEAST: f64 = 12.5;
/// Room between rings.
pub(super) const ROOM: f64 = 5.0;
/// How far a ring is moved at a time.
const STEP: f64 = 3.0;

/// A ring in its place.
pub(super) struct Ring {
    pub(super) place: u32,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) radius: f64,
    /// Where it belongs.
    pub(super) home: (f64, f64),
    /// Whether it is among those to do first.
    pub(super) first: bool,
    pub(super) name: Option<Name>,
}

/// A name beside a ring.
pub(super) struct Name {
    pub(super) lines: Vec<String>,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) align: Align,
}

impl Point {
    /// The radius of its ring: `more` larger for all municipalities than for none, by area.
    pub(super) fn radius(&self, municipalities: usize, more: f64) -> f64 {
        let share = count(self.with_gap) / count(municipalities.max(1));
        LEAST + more * share.clamp(0.0, 1.0).sqrt()
    }
}

impl Ring {
    /// Whether another ring has room at this place.
    pub(super) fn leaves_room(&self, x: f64, y: f64, radius: f64) -> bool {
        (self.x - x).hypot(self.y - y) >= self.radius + radius + ROOM
    }

    /// Draws a thread to where it belongs, if that lies outside it. All threads come before all rings, so that none
    /// runs over a number.
    pub(super) fn draw_thread(&self, canvas: &Canvas<'_>) {
        let (x, y) = self.home;
        if (y - self.y).abs() > self.radius {
            canvas.line(&[(self.x, self.y), (x, y)], 1.5, Paint::Bracket);
            canvas.dot(x, y, 2.5, Paint::Bracket);
        }
    }

    /// Draws it; its name in `setting`, and its number.
    pub(super) fn draw(&self, canvas: &Canvas<'_>, setting: Setting, mark: DecimalMark) {
        let paint = if self.first {
            Paint::Bar
        } else {
            Paint::Current
        };
        canvas.ring(self.x, self.y, self.radius, paint);
        let number = mark.write(f64::from(self.place), 0);
        canvas.text(&number, self.x, self.y, setting.align(Align::Middle));
        if let Some(name) = &self.name {
            canvas.lines(&name.lines, name.x, name.y, setting.align(name.align));
        }
    }
}

/// Nought, then ever farther to both sides.
pub(super) fn offsets(most: f64) -> impl Iterator<Item = f64> {
    (0_u32..)
        .map(|step| f64::from(step) * STEP)
        .take_while(move |offset| *offset <= most)
        .flat_map(|offset| [-offset, offset])
}
