//! Rows that are named: beside their marks on a wide picture, above them on a narrow one.

use crate::{
    canvas::{Align, Canvas, Setting, count},
    chart::Layout,
    lettering::{LINE_HEIGHT, text_width, wrapped},
    table::Row,
};

/// Where a row stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    lines: Vec<String>,
    /// The middle of its name.
    pub(crate) name_y: f64,
    /// The middle of its marks.
    pub(crate) marks_y: f64,
}

/// The rows of a picture.
pub(crate) struct Rows {
    layout: Layout,
    /// How names are set.
    pub(crate) label: Setting,
    /// How what helps is set.
    pub(crate) small: Setting,
    /// Where names end on a wide picture, and may end on a narrow one.
    pub(crate) names: f64,
    /// A place a row.
    pub(crate) places: Vec<Place>,
    /// Where the first row begins.
    pub(crate) top: f64,
    /// Where the last row ends.
    pub(crate) bottom: f64,
}

impl Rows {
    /// Rows from `top` down, the first `most` of them. To the right of the names `aside` is kept free, at least. Marks are `tall`.
    pub(crate) fn new(
        rows: &[Row],
        most: usize,
        top: f64,
        aside: f64,
        tall: f64,
        layout: Layout,
    ) -> Self {
        let (label, small) = match layout {
            Layout::Wide => (Setting::new(15.0), Setting::new(14.0)),
            Layout::Narrow => (Setting::new(16.0), Setting::new(15.0)),
        };
        let headers = rows.iter().take(most).map(|row| row.header.as_str());
        let widest = |words: &mut dyn Iterator<Item = &str>| {
            words
                .map(|text| text_width(text, label.size, false))
                .fold(0.0, f64::max)
        };
        let names = match layout {
            Layout::Wide => {
                let word = widest(&mut headers.clone().flat_map(str::split_whitespace));
                let name = widest(&mut headers.clone());
                name.clamp(90.0, word.clamp(200.0, 260.0))
                    .ceil()
                    .min(layout.width() - aside)
                    + 1.0
            }
            Layout::Narrow => layout.width() - aside - 8.0,
        };
        let mut at = top;
        let places = headers
            .map(|header| {
                let lines = wrapped(header, names, label.size, false);
                let text = count(lines.len()) * label.size * LINE_HEIGHT;
                let (name_y, marks_y, height) = match layout {
                    Layout::Wide => {
                        let height = (text + 8.0).max(tall + 12.0);
                        (at + height / 2.0, at + height / 2.0, height)
                    }
                    Layout::Narrow => {
                        let height = text + tall + 22.0;
                        (at + 8.0 + text / 2.0, at + 12.0 + text + tall / 2.0, height)
                    }
                };
                at += height;
                Place {
                    lines,
                    name_y,
                    marks_y,
                }
            })
            .collect();
        Self {
            layout,
            label,
            small,
            names,
            places,
            top,
            bottom: at,
        }
    }

    /// Writes a row's name.
    pub(crate) fn draw_name(&self, canvas: &Canvas<'_>, place: &Place) {
        match self.layout {
            Layout::Wide => {
                let setting = self.label.align(Align::End);
                canvas.lines(&place.lines, self.names, place.name_y, setting);
            }
            Layout::Narrow => canvas.lines(&place.lines, 0.0, place.name_y, self.label),
        }
    }

    /// Where marks begin, with so much between names and marks on a wide picture.
    pub(crate) fn left(&self, between: f64) -> f64 {
        match self.layout {
            Layout::Wide => self.names + between,
            Layout::Narrow => 0.0,
        }
    }
}

/// How wide a column of numbers is, with its header in as many lines as it takes.
pub(crate) fn column<'a>(
    header: &str,
    cells: impl Iterator<Item = &'a str>,
    setting: Setting,
) -> f64 {
    cells
        .map(|cell| text_width(cell, setting.size + 1.0, true))
        .fold(widest_word(header, setting), f64::max)
        .ceil()
        .min(120.0)
}

/// How wide the widest word is: a text that is broken between words is no narrower.
pub(crate) fn widest_word(text: &str, setting: Setting) -> f64 {
    (text.split_whitespace())
        .map(|word| text_width(word, setting.size, false))
        .fold(0.0, f64::max)
        .ceil()
}
