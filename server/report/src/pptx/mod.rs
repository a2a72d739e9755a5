//! A report as a presentation: real text, real tables, and pictures with alt texts. Written by hand, since it is little.
//!
//! Slides are 960 × 540 points. What does not fit on one goes on on the next, which has the same title with the number of
//! the slide and of how many behind it; a table's header is repeated.

mod fit;
mod package;
mod slide;
mod table;
mod xml;

use charts::{Chart, Table};

use crate::{
    content::{Block, Report, Slide},
    grounds::Grounds,
    png::Picture,
    progress::{Fault, Parts, Step},
};
use package::{Layout, Package};
use slide::{Shapes, Shown};

/// Where a slide's content stands: left, top, width and height, in points.
const CONTENT: [f64; 4] = [40.0, 108.0, 880.0, 372.0];
/// The smallest that a picture may be shown, in points for each of its units, to be read from a projector: its words are
/// 14 units or more.
const READABLE: f64 = 0.6;
/// The largest that it is shown.
const LARGEST: f64 = 1.3;

/// The report's slides as a presentation: the title, what everything rests on, and then [`Report::slides`]. A heat map is
/// shown as a table in its colours, since a picture of it could not be read; where a picture must be made so small
/// that its words cannot be read, its table follows.
///
/// # Errors
/// [`Fault::Cancelled`] when `step`, told after every slide of the report, says so; [`Fault::Failed`] when a picture
/// cannot be drawn.
pub fn pptx(report: &Report, step: &mut Step<'_>) -> Result<Vec<u8>, Fault> {
    let mut parts = Parts::new(report.slides.len() + 2, step);
    let mut slides = Slides {
        package: Package::new()?,
        report,
    };
    slides.opening()?;
    slides.words(
        &report.conditions_heading,
        &report.conditions,
        Words::Conditions,
        "",
    )?;
    parts.finished()?;
    for slide in &report.slides {
        slides.slide(slide)?;
        parts.finished()?;
    }
    let file = slides.package.finished(report)?;
    parts.finished()?;
    Ok(file)
}

/// What words on a slide are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    Paragraphs,
    List,
    Conditions,
}

/// A table laid out for slides, and its parts.
struct Laid<'t> {
    layout: table::Layout<'t>,
    parts: Vec<table::Part>,
}

impl<'t> Laid<'t> {
    fn new(table: &'t Table, grounds: Option<&'t Grounds>) -> Self {
        let [_, _, width, height] = CONTENT;
        let layout = table::Layout::new(table, grounds, width);
        let parts = layout.parts(width, height);
        Self { layout, parts }
    }
}

struct Slides<'r> {
    package: Package,
    report: &'r Report,
}

impl Slides<'_> {
    fn opening(&mut self) -> Result<(), Fault> {
        let report = self.report;
        let mut shapes = Shapes::new(report.language);
        shapes.opening(&report.title, &[&report.subtitle, &report.day]);
        shapes.example(report.example.as_deref());
        self.package
            .slide(&shapes.finished(), Layout::Opening, None)
    }

    fn slide(&mut self, slide: &Slide) -> Result<(), Fault> {
        let Slide {
            title, based_on, ..
        } = slide;
        match &slide.block {
            Block::Text(text) => {
                let paragraphs: Vec<String> = text.lines().map(str::to_owned).collect();
                self.words(title, &paragraphs, Words::Paragraphs, based_on)
            }
            Block::List(items) => self.words(title, items, Words::List, based_on),
            Block::Table(table) => self.table(title, &Laid::new(table, None), 0, based_on),
            Block::Figure(figure) => {
                let chart = &figure.chart;
                let grounds = Grounds::of(chart);
                let laid = Laid::new(&chart.table, grounds.as_ref());
                if grounds.is_some() {
                    return self.table(title, &laid, 0, based_on);
                }
                let (wide, tall) = chart.size();
                let [_, _, width, height] = CONTENT;
                let scale = (width / wide).min(height / tall).min(LARGEST);
                let followed = scale < READABLE || figure.with_table;
                let of = if followed { 1 + laid.parts.len() } else { 1 };
                self.picture((title, of), chart, scale, based_on)?;
                if followed {
                    self.table(title, &laid, 1, based_on)?;
                }
                Ok(())
            }
        }
    }

    /// Slides with words, as many as they need.
    fn words(
        &mut self,
        title: &str,
        paragraphs: &[String],
        kind: Words,
        based_on: &str,
    ) -> Result<(), Fault> {
        let [_, _, mut width, mut height] = CONTENT;
        if kind == Words::Conditions {
            width = slide::BOXED;
            height -= 32.0;
        }
        if kind == Words::List {
            width -= 24.0;
        }
        let pages = fit::pages(paragraphs, width, height);
        for (number, page) in (1..).zip(&pages) {
            let mut shapes = self.begun(title, number, pages.len());
            shapes.words(page, kind == Words::List, kind == Words::Conditions);
            self.end(shapes, based_on, Layout::Words, None)?;
        }
        Ok(())
    }

    /// Slides with a table, as many as it needs, after `before` slides that show the same in another way.
    fn table(
        &mut self,
        title: &str,
        laid: &Laid<'_>,
        before: usize,
        based_on: &str,
    ) -> Result<(), Fault> {
        let [left, top, ..] = CONTENT;
        let of = before + laid.parts.len();
        for (number, part) in (before + 1..).zip(&laid.parts) {
            let mut shapes = self.begun(title, number, of);
            let id = shapes.next();
            let frame = laid
                .layout
                .frame(part, id, (left, top), self.report.language);
            shapes.push(&frame);
            self.end(shapes, based_on, Layout::Open, None)?;
        }
        Ok(())
    }

    /// A slide with a picture, the first of so many, `scale` points for each of its units.
    fn picture(
        &mut self,
        (title, of): (&str, usize),
        chart: &Chart,
        scale: f64,
        based_on: &str,
    ) -> Result<(), Fault> {
        let picture = Picture::of(&chart.bare_svg())?;
        let name = self.package.picture(&picture.encoded(&[])?)?;
        let [left, top, width, height] = CONTENT;
        let (wide, tall) = chart.size();
        let (wide, tall) = (wide * scale, tall * scale);
        let mut shapes = self.begun(title, 1, of);
        shapes.picture(&Shown {
            relation: "rId2",
            title: &chart.title,
            description: &chart.description,
            place: [
                left + (width - wide) / 2.0,
                top + (height - tall) / 2.0,
                wide,
                tall,
            ],
        });
        self.end(shapes, based_on, Layout::Open, Some(&name))
    }

    fn begun(&self, title: &str, number: usize, of: usize) -> Shapes {
        let mut shapes = Shapes::new(self.report.language);
        if of > 1 {
            shapes.title(&format!("{title} ({number}/{of})"));
        } else {
            shapes.title(title);
        }
        shapes.example(self.report.example.as_deref());
        shapes
    }

    fn end(
        &mut self,
        mut shapes: Shapes,
        based_on: &str,
        layout: Layout,
        picture: Option<&str>,
    ) -> Result<(), Fault> {
        shapes.foot(based_on, self.package.next_slide());
        self.package.slide(&shapes.finished(), layout, picture)
    }
}
