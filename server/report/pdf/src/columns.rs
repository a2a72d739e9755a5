//! How wide the columns of a table are, and on which paper: upright, with headers turned, on its side, or in parts.

use std::ops::Range;

use charts::{Cell, Table, text_width};

/// The width of the text on an upright page, in points: A4 with margins of 22 mm.
pub(crate) const UPRIGHT: f64 = 470.5;
/// The same on a page on its side.
pub(crate) const ON_ITS_SIDE: f64 = 717.0;

/// Between a cell's edge and its text, in points.
pub(crate) const INSET: f64 = 4.0;
/// What words are given before them in addition, so that they are not read with the numbers beside them.
pub(crate) const INDENT: f64 = 7.0;
/// Sizes of text, in points: usually, and with turned headers.
const SIZE: f64 = 9.0;
const DENSE: f64 = 8.5;
/// From one line to the next, in sizes.
const LINE: f64 = 1.3;
/// How long a turned header's line may be, in points.
const TURNED: f64 = 118.0;
/// Room for a word: usually, and where there is little.
const WORD: f64 = 112.0;
const TIGHT_WORD: f64 = 84.0;
/// The most that a column of words is given at first, and that the column of the row's headers is given at all.
const WORDS: f64 = 180.0;
const HEADER: f64 = 250.0;
/// What is short, and should stand on one line before long texts are given room.
const SHORT: f64 = 120.0;
/// A text that would be longer than this on one line is prose, beside which names are broken.
const PROSE: f64 = 320.0;
/// The most that a narrow column with a turned header is given.
const NARROW: f64 = 30.0;
/// So many columns of numbers are worth turned headers.
const MANY: usize = 9;
/// The narrowest column of a table's row headers.
const LEAST_HEADER: f64 = 60.0;
/// Estimates of widths are right to within so much, in sizes.
const SLACK: f64 = 0.4;

/// A table, or as many of its columns as fit beside each other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// Its columns after that of the row's headers: from the first to before the last.
    pub(crate) columns: Range<usize>,
    /// Whether it needs a page on its side.
    pub(crate) on_its_side: bool,
    /// How long the headers of its columns of numbers are, if they are turned, in points.
    pub(crate) turned: Option<f64>,
    /// The size of its text, in points.
    pub(crate) size: f64,
    /// The widths of its columns in points, that of the row's headers first.
    pub(crate) widths: Vec<f64>,
}

/// Whether all of a column's cells are numbers or symbols. The column of the row's headers is 0.
pub(crate) fn is_numeric(table: &Table, column: usize) -> bool {
    let Some(at) = column.checked_sub(1) else {
        return false;
    };
    (table.rows.iter()).all(|row| !matches!(row.cells.get(at), Some(Cell::Text(_))))
}

/// Whether the column has a word that is wider than it, and must be hyphenated.
pub(crate) fn is_hyphenated(table: &Table, column: usize, width: f64, size: f64) -> bool {
    let indent = if column > 0 && !is_numeric(table, column) {
        INDENT
    } else {
        0.0
    };
    let room = width - 2.0 * INSET - indent;
    let widest = |text: &str, bold| word(text, size, bold) > room;
    let header = table
        .columns
        .get(column)
        .is_some_and(|header| widest(header, true));
    header
        || (table.rows.iter()).any(|row| match column.checked_sub(1) {
            None => widest(&row.header, true),
            Some(at) => matches!(row.cells.get(at), Some(Cell::Text(text)) if widest(text, false)),
        })
}

/// A table's parts, one if it fits on a page as it is.
pub(crate) fn parts(table: &Table) -> Vec<Part> {
    let all = 1..table.columns.len().max(1);
    let numeric = all.clone().filter(|&c| is_numeric(table, c)).count();
    let turn = numeric >= MANY;
    let usual = Form {
        on_its_side: false,
        turned: false,
        size: SIZE,
        word: WORD,
    };
    let turned = Form {
        turned: true,
        size: DENSE,
        ..usual
    };
    let tight = Form {
        size: DENSE,
        word: TIGHT_WORD,
        ..usual
    };
    let on_its_side = |form| Form {
        on_its_side: true,
        ..form
    };
    let ways = [
        usual,
        turned,
        tight,
        on_its_side(usual),
        on_its_side(turned),
    ];
    let whole = (ways.into_iter())
        .filter(|form| turn || !form.turned)
        .find_map(|form| form.part(table, all.clone()));
    if let Some(whole) = whole {
        return vec![whole];
    }
    let form = on_its_side(Form {
        turned: turn,
        ..tight
    });
    form.split(table, all)
}

/// A way to set a table.
#[derive(Clone, Copy)]
struct Form {
    on_its_side: bool,
    turned: bool,
    size: f64,
    /// The room for a word; a longer one is hyphenated.
    word: f64,
}

/// How wide a column must and would like to be.
#[derive(Clone, Copy)]
struct Need {
    least: f64,
    wish: f64,
}

/// In which order columns are given room beyond the least.
#[derive(Clone, Copy)]
enum Round {
    TwoLines,
    Names,
    Short,
    Long,
    Air,
}

impl Round {
    const ALL: [Self; 5] = [
        Self::TwoLines,
        Self::Names,
        Self::Short,
        Self::Long,
        Self::Air,
    ];

    /// How wide a column may become; names at most `name`.
    fn wished(self, column: usize, need: &Need, name: f64) -> f64 {
        match (self, column) {
            (Self::TwoLines, 1..) => (need.wish / 2.0 + INDENT).min(SHORT),
            (Self::Names, 0) => need.wish.min(name),
            (Self::Short, _) if need.wish <= SHORT => need.wish,
            (Self::Long, _) => need.wish,
            (Self::Air, 1..) => need.least.max(NARROW),
            _ => 0.0,
        }
    }
}

impl Form {
    fn width(self) -> f64 {
        if self.on_its_side {
            ON_ITS_SIDE
        } else {
            UPRIGHT
        }
    }

    /// The least room for a text, and what it takes on one line. It may be broken between words into so many lines, and
    /// within words that are very long.
    fn room(self, text: &str, bold: bool, lines: f64) -> (f64, f64) {
        let line = text_width(text, self.size, bold);
        let least = word(text, self.size, bold)
            .min(self.word)
            .max((line / lines).min(WORDS));
        (least, line)
    }

    /// The longest of all headers that are turned, so that a table's parts look the same.
    fn turned_length(self, table: &Table) -> Option<f64> {
        let lengths = (1..table.columns.len())
            .filter(|&column| is_numeric(table, column))
            .map(|column| text_width(&table.columns[column], self.size, true))
            .map(|width| width.min(TURNED) + SLACK * self.size);
        self.turned.then(|| lengths.fold(0.0, f64::max))
    }

    fn need(self, table: &Table, column: usize) -> Need {
        let words = !is_numeric(table, column);
        let header = table.columns.get(column).map_or("", String::as_str);
        let mut need = if self.turned && !words {
            let lines = (text_width(header, self.size, true) / TURNED)
                .ceil()
                .max(1.0);
            let across = lines * self.size * LINE;
            (across, across)
        } else {
            let (least, line) = self.room(header, true, 3.0);
            (least, least.max(line / 2.0 + self.size))
        };
        for row in &table.rows {
            let (least, wish) = match column.checked_sub(1) {
                None => self.room(&row.header, true, 2.0),
                Some(at) => match row.cells.get(at) {
                    Some(Cell::Text(text)) => self.room(text, false, 4.0),
                    Some(cell) => {
                        let width = text_width(&cell.text(table.mark), self.size, false);
                        (width, width)
                    }
                    None => (0.0, 0.0),
                },
            };
            need = (need.0.max(least), need.1.max(wish));
        }
        let slack = if words { SLACK * self.size } else { 0.0 };
        let indent = if words && column > 0 { INDENT } else { 0.0 };
        let around = 2.0 * INSET + indent + slack;
        let floor = if column == 0 { LEAST_HEADER } else { 0.0 };
        Need {
            least: (need.0 + around).max(floor),
            wish: (need.1 + around).max(floor),
        }
    }

    /// These columns beside each other, if they fit.
    fn part(self, table: &Table, columns: Range<usize>) -> Option<Part> {
        let needs: Vec<Need> = std::iter::once(0)
            .chain(columns.clone())
            .map(|column| self.need(table, column))
            .collect();
        let least: f64 = needs.iter().map(|need| need.least).sum();
        (least <= self.width()).then(|| Part {
            columns,
            on_its_side: self.on_its_side,
            turned: self.turned_length(table),
            size: self.size,
            widths: self.shared(&needs),
        })
    }

    /// The page's width shared among columns that fit on it: two lines for each text come first, then names on one line,
    /// then short words, then long texts, then air.
    fn shared(self, needs: &[Need]) -> Vec<f64> {
        let mut widths: Vec<f64> = needs.iter().map(|need| need.least).collect();
        let prose = needs.iter().skip(1).any(|need| need.wish > PROSE);
        let name = if prose { 0.0 } else { HEADER };
        for round in Round::ALL {
            let wants: Vec<f64> = (needs.iter().enumerate().zip(&widths))
                .map(|((column, need), width)| (round.wished(column, need, name) - width).max(0.0))
                .collect();
            let left = (self.width() - widths.iter().sum::<f64>()).max(0.0);
            let wanted: f64 = wants.iter().sum();
            let share = if wanted > left { left / wanted } else { 1.0 };
            for (width, want) in widths.iter_mut().zip(&wants) {
                *width += want * share;
            }
        }
        // A table of turned headers is a grid, and stays together; any other is as wide as the text.
        let all: f64 = widths.iter().sum();
        if !self.turned && all < self.width() {
            let stretched = self.width() / all;
            for width in &mut widths {
                *width *= stretched;
            }
        }
        widths
    }

    /// All columns in as few parts as there is room for, of about the same size.
    fn split(self, table: &Table, all: Range<usize>) -> Vec<Part> {
        let header = self.need(table, 0).wish.min(WORDS);
        let needs: Vec<f64> = (all.clone())
            .map(|column| self.need(table, column).least.min(self.width() - header))
            .collect();
        let room = self.width() - header;
        let widest = |from: usize| {
            let mut used = 0.0;
            let fitting = (needs[from..].iter()).take_while(|&&need| {
                used += need;
                used <= room
            });
            fitting.count().max(1)
        };
        let mut count = 0;
        let mut from = 0;
        while from < needs.len() {
            from += widest(from);
            count += 1;
        }
        let even = needs.len().div_ceil(count.max(1));
        let mut parts = Vec::new();
        let mut from = 0;
        while from < needs.len() {
            let next = from + widest(from).min(even);
            let columns = all.start + from..all.start + next;
            let part = self.part(table, columns.clone());
            parts.push(part.unwrap_or_else(|| {
                Part {
                    columns: columns.clone(),
                    on_its_side: self.on_its_side,
                    turned: self.turned_length(table),
                    size: self.size,
                    widths: std::iter::once(header)
                        .chain(needs[from..next].iter().copied())
                        .collect(),
                }
            }));
            from = next;
        }
        parts
    }
}

/// How wide the widest word is.
fn word(text: &str, size: f64, bold: bool) -> f64 {
    (text.split(' '))
        .map(|word| text_width(word, size, bold))
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests;
