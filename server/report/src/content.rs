//! The content of a report: finished words, charts and tables.

use charts::{Chart, Table};

/// The language of a report's words, for hyphenation and for screen readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `sv`.
    Swedish,
    /// `en`.
    English,
}

impl Language {
    /// As BCP 47 writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }
}

/// A report. Every text is plain text, finished, in the report's language.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its title, such as "Förmågor i Fyrbodal".
    pub title: String,
    /// Round, version of the map and period, in one line.
    pub subtitle: String,
    /// The day it was made, as 2026-11-22.
    pub day: String,
    /// The language of its words.
    pub language: Language,
    /// "Exempel: …" when the mapping is invented; shown on every page, slide and sheet.
    pub example: Option<String>,
    /// The heading of the conditions, such as "Detta bygger siffrorna på".
    pub conditions_heading: String,
    /// What the figures rest on, a sentence each, the most important first. Never empty.
    pub conditions: Vec<String>,
    /// The first two pages, for the board: what matters most, and how sure it is.
    pub summary: Vec<Section>,
    /// The heading of all that follows the summary.
    pub appendix_heading: String,
    /// Everything behind it.
    pub appendix: Vec<Section>,
    /// The slides, in order, after those of the title and of the conditions, which every presentation begins with.
    pub slides: Vec<Slide>,
}

/// A part of a report with a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
}

/// What stands in a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A list of sentences.
    List(Vec<String>),
    /// A chart with its table.
    Figure(Figure),
    /// A table alone.
    Table(Table),
}

/// A chart as it stands in a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its name in files and addresses, such as `varmekarta`.
    pub name: &'static str,
    /// The chart, with title, description (the alt text) and table.
    pub chart: Chart,
    /// Whether the numbers stand as a table beneath the picture too.
    pub with_table: bool,
}

/// A slide: a title that says what there is to see, and one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Slide {
    /// Its title.
    pub title: String,
    /// What it shows: real text, a real table, or a picture with alt text.
    pub block: Block,
    /// What the figures on it rest on, in one line at its foot.
    pub based_on: String,
}
