//! A drawing backend for plotters that writes semantic SVG.
//!
//! plotters counts in whole pixels; here a pixel is a tenth of an SVG unit, so that marks stand where the numbers are.

use std::{convert::Infallible, fmt::Write};

use plotters::{
    element::{Drawable, PointCollection},
    style::Color,
};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle, FontTransform, text_anchor::HPos,
};

use crate::{lettering::text_width, paint::Paint};

/// plotters' pixels in an SVG unit.
pub(crate) const PIXELS: f64 = 10.0;

/// From the middle of a capital letter down to its baseline, in sizes (Inter: cap height 0.727).
const MIDDLE_TO_BASELINE: f64 = 0.364;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Writes elements to a string.
pub(crate) struct SvgBackend<'a> {
    body: &'a mut String,
    size: (u32, u32),
    hatch: String,
}

impl<'a> SvgBackend<'a> {
    /// A backend of this size in plotters' pixels. `hatch` is the id of the pattern for what is missing.
    pub(crate) fn new(body: &'a mut String, size: (u32, u32), hatch: String) -> Self {
        Self { body, size, hatch }
    }

    /// Writes to the string, which never fails.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "plotters asks every mark whether it could be drawn"
    )]
    fn write(&mut self, element: std::fmt::Arguments<'_>) -> Drawn {
        let written = self.body.write_fmt(element);
        debug_assert!(written.is_ok(), "a string takes everything");
        Ok(())
    }

    /// The attributes of a shape: the class of its paint and whether it is filled or drawn as a line.
    fn attributes<S: BackendStyle>(&self, style: &S, filled: bool) -> String {
        let paint = Paint::of(style.color());
        match (filled, paint) {
            (true, Paint::Missing) => format!(r#"class="hatched" fill="url(#{})""#, self.hatch),
            (true, _) => format!(r#"class="{} fill""#, paint.class()),
            (false, _) => format!(
                r#"class="{} stroke" fill="none" stroke-width="{}""#,
                paint.class(),
                units(style.stroke_width())
            ),
        }
    }
}

impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let attributes = self.attributes(style, fill);
        let (width, height) = (right.abs_diff(left), bottom.abs_diff(top));
        self.write(format_args!(
            r#"<rect x="{}" y="{}" width="{}" height="{}" rx="3" {attributes}/>"#,
            units(left.min(right)),
            units(top.min(bottom)),
            units(width),
            units(height),
        ))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let attributes = self.attributes(style, false);
        let points = points(path);
        self.write(format_args!(r#"<path d="M{points}" {attributes}/>"#))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let attributes = self.attributes(style, fill);
        self.write(format_args!(
            r#"<circle cx="{}" cy="{}" r="{}" {attributes}/>"#,
            units(x),
            units(y),
            units(radius),
        ))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let attributes = self.attributes(style, true);
        let points = points(corners);
        self.write(format_args!(r#"<path d="M{points}Z" {attributes}/>"#))
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn {
        let size = style.size() / PIXELS;
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => r#" text-anchor="middle""#,
            HPos::Right => r#" text-anchor="end""#,
        };
        let weight = match style.style() {
            FontStyle::Bold => r#" font-weight="600""#,
            FontStyle::Normal | FontStyle::Oblique | FontStyle::Italic => "",
        };
        let (x, y) = (units(x), units(y));
        let turn = match style.transform() {
            FontTransform::Rotate270 => format!(r#" transform="rotate(-90 {x} {y})""#),
            _ => String::new(),
        };
        let baseline = tidy(y + MIDDLE_TO_BASELINE * size);
        let class = Paint::of(style.color()).class();
        let text = escaped(text);
        self.write(format_args!(
            r#"<text x="{x}" y="{baseline}" font-size="{size}"{weight}{anchor}{turn} class="{class} fill">{text}</text>"#,
        ))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sizes of labels are small and positive"
    )]
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let bold = matches!(style.style(), FontStyle::Bold);
        let width = text_width(text, style.size(), bold);
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}

/// Starts a group; what is drawn until [`Close`] belongs to it.
pub(crate) struct Open<'t> {
    /// The class of the group.
    pub(crate) class: &'static str,
    /// What a pointer that rests on it is told.
    pub(crate) title: Option<&'t str>,
}

/// Ends the group that was started last.
pub(crate) struct Close;

impl<'a> PointCollection<'a, BackendCoord> for &'a Open<'_> {
    type Point = &'a BackendCoord;
    type IntoIter = std::iter::Empty<Self::Point>;
    fn point_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Close {
    type Point = &'a BackendCoord;
    type IntoIter = std::iter::Empty<Self::Point>;
    fn point_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

impl Drawable<SvgBackend<'_>> for Open<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _: I,
        backend: &mut SvgBackend<'_>,
        _: (u32, u32),
    ) -> Drawn {
        backend.write(format_args!(r#"<g class="{}">"#, self.class))?;
        match self.title {
            Some(title) => backend.write(format_args!("<title>{}</title>", escaped(title))),
            None => Ok(()),
        }
    }
}

impl Drawable<SvgBackend<'_>> for Close {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _: I,
        backend: &mut SvgBackend<'_>,
        _: (u32, u32),
    ) -> Drawn {
        backend.write(format_args!("</g>"))
    }
}

/// Lines that belong together as one path, in steps rather than places, since maps have many points: filled and closed,
/// or drawn as a line of `width`.
pub(crate) struct Outlines<'p> {
    /// The lines, in SVG units.
    pub(crate) lines: &'p [Vec<(f64, f64)>],
    /// How it is painted.
    pub(crate) paint: Paint,
    /// The width of a line; none for a filled shape.
    pub(crate) width: Option<u32>,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Outlines<'_> {
    type Point = &'a BackendCoord;
    type IntoIter = std::iter::Empty<Self::Point>;
    fn point_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

impl Drawable<SvgBackend<'_>> for Outlines<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _: I,
        backend: &mut SvgBackend<'_>,
        _: (u32, u32),
    ) -> Drawn {
        let attributes = match self.width {
            Some(width) => backend.attributes(&self.paint.stroke_width(width), false),
            None => backend.attributes(&self.paint.filled(), true),
        };
        let end = if self.width.is_none() { "z" } else { "" };
        let mut path = String::new();
        for line in self.lines {
            let mut before = (0.0, 0.0);
            for (index, &(x, y)) in line.iter().enumerate() {
                let at = (tidy(x), tidy(y));
                let step = (tidy(at.0 - before.0), tidy(at.1 - before.1));
                before = at;
                match index {
                    0 => path.push('M'),
                    _ if step == (0.0, 0.0) => continue,
                    1 => path.push('l'),
                    _ => {}
                }
                push_number(&mut path, step.0);
                push_number(&mut path, step.1);
            }
            path.push_str(end);
        }
        backend.write(format_args!(r#"<path d="{path}" {attributes}/>"#))
    }
}

/// plotters' pixels as SVG units.
pub(crate) fn units(pixels: impl Into<f64>) -> f64 {
    pixels.into() / PIXELS
}

/// A coordinate without more decimals than the eye needs.
pub(crate) fn tidy(coordinate: f64) -> f64 {
    (coordinate * PIXELS).round() / PIXELS
}

/// Adds a number to a path as briefly as can be: -.5, and no space where a sign or a letter parts it from the one before.
fn push_number(path: &mut String, number: f64) {
    let written = (number + 0.0).to_string();
    let brief = match written.strip_prefix("-0.") {
        Some(decimals) => format!("-.{decimals}"),
        None => match written.strip_prefix("0.") {
            Some(decimals) => format!(".{decimals}"),
            None => written,
        },
    };
    let parted = brief.starts_with('-') || path.ends_with(['M', 'l']);
    if !parted {
        path.push(' ');
    }
    path.push_str(&brief);
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    let points: Vec<_> = (path.into_iter())
        .map(|(x, y)| format!("{} {}", units(x), units(y)))
        .collect();
    points.join("L")
}

/// A text as XML: what has a meaning there is escaped, and what may not stand there at all is left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_what_xml_forbids_is_left_out() {
        assert_eq!(
            escaped("a<b> & \"c\"\n\u{0}\u{ffff}d"),
            "a&lt;b&gt; &amp; &quot;c&quot; d"
        );
    }
}
