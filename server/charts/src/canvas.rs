//! A drawing area of plotters with the few marks our charts are made of, in SVG units.

use plotters::{
    coord::{CoordTranslate, Shift, types::RangedCoordf64},
    drawing::{DrawingArea, IntoDrawingArea},
    element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text},
    prelude::Cartesian2d,
    style::{Color, FontDesc, FontFamily, FontStyle, FontTransform, TextStyle},
};
use plotters_backend::text_anchor::{HPos, Pos, VPos};

use crate::{
    backend::{Close, Open, Outlines, PIXELS, SvgBackend, units},
    lettering::LINE_HEIGHT,
    paint::Paint,
};

/// Where a text's position lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// At its start.
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// Its size.
    pub(crate) size: f64,
    /// Whether it is semibold.
    pub(crate) bold: bool,
    /// Its paint.
    pub(crate) paint: Paint,
    /// Where its position lies.
    pub(crate) align: Align,
}

impl Setting {
    /// Regular, in ink, from its start.
    pub(crate) const fn new(size: f64) -> Self {
        Self {
            size,
            bold: false,
            paint: Paint::Ink,
            align: Align::Start,
        }
    }

    /// Semibold.
    pub(crate) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// In another paint.
    pub(crate) const fn paint(self, paint: Paint) -> Self {
        Self { paint, ..self }
    }

    /// With its position elsewhere.
    pub(crate) const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    fn style(&self, turn: FontTransform) -> TextStyle<'_> {
        let weight = if self.bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        };
        let h_pos = match self.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let font = FontDesc::new(FontFamily::SansSerif, self.size * PIXELS, weight);
        TextStyle::from(font)
            .color(&self.paint)
            .pos(Pos::new(h_pos, VPos::Center))
            .transform(turn)
    }
}

/// What is drawn on.
pub(crate) struct Canvas<'a> {
    area: DrawingArea<SvgBackend<'a>, Shift>,
}

impl<'a> Canvas<'a> {
    /// A canvas that writes to `body`. `hatch` is the id of the pattern for what is missing.
    pub(crate) fn new(body: &'a mut String, width: f64, height: f64, hatch: String) -> Self {
        let size = (pixels(width).unsigned_abs(), pixels(height).unsigned_abs());
        Self {
            area: SvgBackend::new(body, size, hatch).into_drawing_area(),
        }
    }

    fn put<'e, C: CoordTranslate, E>(area: &DrawingArea<SvgBackend<'a>, C>, element: &'e E)
    where
        &'e E: PointCollection<'e, C::From>,
        E: Drawable<SvgBackend<'a>>,
    {
        area.draw(element)
            .expect("the backend cannot fail, and is borrowed by one element at a time");
    }

    /// What is drawn inside belongs to a group, with a title that a resting pointer is shown.
    pub(crate) fn group(&self, class: &'static str, title: Option<&str>, inside: impl FnOnce()) {
        Self::put(&self.area, &Open { class, title });
        inside();
        Self::put(&self.area, &Close);
    }

    /// One line of text whose capitals are centred on `y`.
    pub(crate) fn text(&self, text: &str, x: f64, y: f64, setting: Setting) {
        let style = setting.style(FontTransform::None);
        Self::put(&self.area, &Text::new(text, (pixels(x), pixels(y)), style));
    }

    /// One line of text that runs upwards from `y`, centred on `x`.
    pub(crate) fn text_upwards(&self, text: &str, x: f64, y: f64, setting: Setting) {
        let style = setting.style(FontTransform::Rotate270);
        Self::put(&self.area, &Text::new(text, (pixels(x), pixels(y)), style));
    }

    /// Lines of text, together centred on `y`.
    pub(crate) fn lines(&self, lines: &[String], x: f64, y: f64, setting: Setting) {
        let step = setting.size * LINE_HEIGHT;
        let mut y = y - step * (count(lines.len()) - 1.0) / 2.0;
        for line in lines {
            self.text(line, x, y, setting);
            y += step;
        }
    }

    /// A filled rectangle.
    pub(crate) fn rect(&self, (x, y): (f64, f64), (width, height): (f64, f64), paint: Paint) {
        let corners = [
            (pixels(x), pixels(y)),
            (pixels(x + width), pixels(y + height)),
        ];
        Self::put(&self.area, &Rectangle::new(corners, paint.filled()));
    }

    /// A line through points.
    pub(crate) fn line(&self, points: &[(f64, f64)], width: f64, paint: Paint) {
        let points: Vec<_> = points
            .iter()
            .map(|&(x, y)| (pixels(x), pixels(y)))
            .collect();
        let style = paint.stroke_width(pixels(width).unsigned_abs());
        Self::put(&self.area, &PathElement::new(points, style));
    }

    /// A filled shape.
    pub(crate) fn shape(&self, points: &[(f64, f64)], paint: Paint) {
        let points: Vec<_> = points
            .iter()
            .map(|&(x, y)| (pixels(x), pixels(y)))
            .collect();
        Self::put(&self.area, &Polygon::new(points, paint.filled()));
    }

    /// Lines that belong together: filled shapes, or lines of this width.
    pub(crate) fn outlines(&self, lines: &[Vec<(f64, f64)>], width: Option<f64>, paint: Paint) {
        let width = width.map(|width| pixels(width).unsigned_abs());
        let outlines = Outlines {
            lines,
            paint,
            width,
        };
        Self::put(&self.area, &outlines);
    }

    /// A ring that hides what lies under it.
    pub(crate) fn ring(&self, x: f64, y: f64, radius: f64, paint: Paint) {
        self.dot(x, y, radius, Paint::Card);
        let style = paint.stroke_width(pixels(3.0).unsigned_abs());
        let circle = Circle::new((pixels(x), pixels(y)), pixels(radius), style);
        Self::put(&self.area, &circle);
    }

    /// A filled circle.
    pub(crate) fn dot(&self, x: f64, y: f64, radius: f64, paint: Paint) {
        let circle = Circle::new((pixels(x), pixels(y)), pixels(radius), paint.filled());
        Self::put(&self.area, &circle);
    }
}

/// A scale of plotters from values to positions along x.
pub(crate) struct Scale(Cartesian2d<RangedCoordf64, RangedCoordf64>);

impl Scale {
    /// Values `from.0..from.1` lie at positions `to.0..to.1`.
    pub(crate) fn new(from: (f64, f64), to: (f64, f64)) -> Self {
        let across = pixels(to.0)..pixels(to.1);
        Self(Cartesian2d::new(from.0..from.1, 0.0..1.0, (across, 0..1)))
    }

    /// The position of a value.
    pub(crate) fn at(&self, value: f64) -> f64 {
        units(self.0.translate(&(value, 0.0)).0)
    }
}

/// How many, as a measure.
pub(crate) fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "pictures are far smaller than i32"
)]
fn pixels(units: f64) -> i32 {
    (units * PIXELS).round() as i32
}
