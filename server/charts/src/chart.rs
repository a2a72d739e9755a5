//! A finished chart: on a page, and as a file that stands alone.

use std::fmt::Write;

use crate::{
    backend::{escaped, tidy},
    canvas::{Canvas, Setting, count},
    lettering::{LINE_HEIGHT, wrapped},
    paint::Paint,
    table::Table,
};

/// Inter where it is installed, and what is closest to it elsewhere.
const FONTS: &str = r#"Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif"#;

/// For which width a chart is drawn. Text is readable (14 px or more) when it is shown at its nominal width or wider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// 720 units: labels beside the marks.
    Wide,
    /// 320 units, for a phone: labels above the marks.
    Narrow,
}

impl Layout {
    /// The class by which `style/charts.css` shows the one that fits.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Wide => "chart-wide",
            Self::Narrow => "chart-narrow",
        }
    }

    /// The nominal width.
    pub const fn width(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 320.0,
        }
    }
}

/// A chart with everything that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Which kind of chart, the name of its module: `days`, `dumbbell`, `heatmap`, `priority` …
    pub id: &'static str,
    /// The picture for a page: no size, no colours, only classes.
    pub svg: String,
    /// What it shows.
    pub title: String,
    /// What there is to see, in words.
    pub description: String,
    /// The same numbers as a table.
    pub table: Table,
    drawing: Drawing,
}

/// What was drawn, before it is wrapped as a page's or a file's SVG.
#[derive(Clone, Debug, PartialEq)]
struct Drawing {
    key: String,
    class: &'static str,
    width: f64,
    height: f64,
    body: String,
}

/// A chart in the making.
pub(crate) struct Draft<'t> {
    pub(crate) id: &'static str,
    pub(crate) layout: Layout,
    /// What it shows.
    pub(crate) title: &'t str,
    pub(crate) description: String,
    pub(crate) table: Table,
}

impl Draft<'_> {
    /// Draws on a canvas of this size and finishes the chart.
    pub(crate) fn drawn(
        self,
        width: f64,
        height: f64,
        draw: impl FnOnce(&Canvas<'_>, &Table),
    ) -> Chart {
        let key = self.key();
        let mut body = String::new();
        draw(
            &Canvas::new(&mut body, width, height, hatch_id(&key)),
            &self.table,
        );
        let drawing = Drawing {
            key,
            class: self.layout.class(),
            width,
            height,
            body,
        };
        let mut chart = Chart {
            id: self.id,
            svg: String::new(),
            title: self.title.to_owned(),
            description: self.description,
            table: self.table,
            drawing,
        };
        chart.svg = chart.inline_svg();
        chart
    }

    /// The start of every id in the picture, different for different charts so that several can stand on one page
    /// (FNV-1a of all that they say).
    fn key(&self) -> String {
        let said = [self.title, &self.description, &self.table.csv_excel()];
        let hash = (said.into_iter().flat_map(|text| text.bytes()))
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        format!("{}-{hash:016x}", self.layout.class())
    }
}

impl Chart {
    fn inline_svg(&self) -> String {
        let Drawing {
            key,
            class,
            width,
            height,
            body,
        } = &self.drawing;
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{id} {class}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{key}-title {key}-desc">{named}{hatch}{body}</svg>"#,
            id = self.id,
            named = self.named(),
            hatch = hatch(key),
            width = tidy(*width),
            height = tidy(*height),
        )
    }

    /// The picture as a file: with its title above and the conditions below, in light colours.
    pub fn standalone_svg(&self) -> String {
        const MARGIN: f64 = 24.0;
        let Drawing {
            key,
            width: inner,
            height,
            body,
            ..
        } = &self.drawing;
        let heading = Setting::new(20.0).bold();
        let note = Setting::new(14.0).paint(Paint::InkSoft);
        let title = wrapped(&self.title, *inner, heading.size, true);
        let notes: Vec<String> = (self.table.conditions.iter())
            .flat_map(|condition| wrapped(condition, *inner, note.size, false))
            .collect();
        let above = count(title.len()) * heading.size * LINE_HEIGHT + 16.0;
        let below = count(notes.len()) * note.size * LINE_HEIGHT + 16.0;
        let (width, total) = (
            tidy(inner + 2.0 * MARGIN),
            tidy(height + above + below + 2.0 * MARGIN),
        );
        let mut frame = String::new();
        let canvas = Canvas::new(&mut frame, width, total, hatch_id(key));
        canvas.rect((0.0, 0.0), (width, total), Paint::Card);
        let middle = MARGIN + (above - 16.0) / 2.0;
        canvas.lines(&title, MARGIN, middle, heading);
        let middle = MARGIN + above + height + 16.0 + (below - 16.0) / 2.0;
        canvas.lines(&notes, MARGIN, middle, note);
        drop(canvas);
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{total}" viewBox="0 0 {width} {total}" role="img" aria-labelledby="{key}-title {key}-desc">{named}<style>{style}</style>{hatch}{frame}<g transform="translate({MARGIN} {down})">{body}</g></svg>"#,
            named = self.named(),
            style = light_style(),
            hatch = hatch(key),
            down = tidy(MARGIN + above),
        )
    }

    /// The picture alone as a file, in light colours: without title, conditions and frame, for a document that says them
    /// itself.
    pub fn bare_svg(&self) -> String {
        let Drawing {
            key,
            width,
            height,
            body,
            ..
        } = &self.drawing;
        let (width, height) = (tidy(*width), tidy(*height));
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{key}-title {key}-desc">{named}<style>{style}</style>{hatch}{body}</svg>"#,
            named = self.named(),
            style = light_style(),
            hatch = hatch(key),
        )
    }

    /// Width and height of the picture without title, conditions and frame, in its units.
    pub fn size(&self) -> (f64, f64) {
        (tidy(self.drawing.width), tidy(self.drawing.height))
    }

    fn named(&self) -> String {
        let key = &self.drawing.key;
        let (title, description) = (escaped(&self.title), escaped(&self.description));
        format!(
            r#"<title id="{key}-title">{title}</title><desc id="{key}-desc">{description}</desc>"#
        )
    }
}

fn hatch_id(key: &str) -> String {
    format!("{key}-hatch")
}

/// The pattern for what is missing.
fn hatch(key: &str) -> String {
    let (class, id) = (Paint::Missing.class(), hatch_id(key));
    format!(
        r#"<defs><pattern id="{id}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" class="{class} stroke" fill="none" stroke-width="2.4"/></pattern></defs>"#
    )
}

/// A style sheet for a file: plain rules that every program understands.
fn light_style() -> String {
    let mut style = format!("text{{font-family:{FONTS}}}");
    for paint in Paint::ALL {
        let (class, colour) = (paint.class(), paint.light());
        let written = write!(
            style,
            ".{class}.fill{{fill:{colour}}}.{class}.stroke{{stroke:{colour}}}"
        );
        debug_assert!(written.is_ok(), "a string takes everything");
    }
    style.push_str(".stroke{stroke-linecap:round;stroke-linejoin:round}.surplus-edge.stroke{stroke-dasharray:4 5}");
    style
}
