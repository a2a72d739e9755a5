//! The report as the template reads it: every text writable, every table with its columns' widths, every drawing a file.

use charts::Table;
use report::{Block, Figure, Report, Section};
use serde::Serialize;

use crate::{
    columns::{self, INDENT, INSET, ON_ITS_SIDE, Part, UPRIGHT},
    letters::{drawable, writable},
    slices::{self, Piece},
};

/// The tallest that a picture may be on an upright page, and on one on its side, with its title above, in points.
const TALLEST: [f64; 2] = [620.0, 390.0];
/// Points a unit of a picture, at most: the text of a chart, 14 units, is then as large as that of the report.
const SCALE: f64 = 0.72;
/// A picture whose text would be smaller than about six points is given a page on its side.
const SMALLEST_SCALE: f64 = 0.42;
/// A picture whose text would be smaller than four points even there is left out; its numbers stand in its table.
const LEGIBLE_SCALE: f64 = 0.3;
/// The longest mark of an example in the head of every page, in characters.
const MARK: usize = 24;

/// The title of a report that has none.
const NAMELESS: &str = "Förmågekartan";

/// A report's data, and the drawings that they name.
pub(crate) struct Sheet {
    pub(crate) data: Data,
    pub(crate) drawings: Vec<(String, String)>,
}

/// What the template reads. Lengths are in points.
#[derive(Serialize)]
pub(crate) struct Data {
    title: String,
    subtitle: String,
    day: String,
    /// Year, month and day, when `day` is one.
    date: Option<[u16; 3]>,
    language: &'static str,
    /// The mark on every page, and the whole sentence on the first.
    example: Option<[String; 2]>,
    conditions_heading: String,
    conditions: Vec<String>,
    summary: Vec<Chapter>,
    appendix_heading: String,
    appendix: Vec<Chapter>,
    measures: Measures,
}

/// What the template and the columns must agree on.
#[derive(Serialize)]
struct Measures {
    upright: f64,
    inset: f64,
    indent: f64,
}

/// A section.
#[derive(Serialize)]
struct Chapter {
    heading: String,
    runs: Vec<Run>,
}

/// Blocks on pages of the same kind.
#[derive(Default, Serialize)]
struct Run {
    on_its_side: bool,
    blocks: Vec<Piecework>,
}

/// A block.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Piecework {
    Text {
        text: String,
    },
    List {
        items: Vec<String>,
    },
    Figure {
        title: Option<String>,
        alt: String,
        pieces: Vec<Picture>,
        notes: Vec<String>,
    },
    Table {
        caption: Option<String>,
        size: f64,
        /// How long the turned headers are, if they are turned.
        turned: Option<f64>,
        widths: Vec<f64>,
        numeric: Vec<bool>,
        hyphenated: Vec<bool>,
        columns: Vec<String>,
        rows: Vec<Vec<String>>,
        notes: Vec<String>,
    },
}

/// A drawing and how large it is shown.
#[derive(Serialize)]
struct Picture {
    file: String,
    width: f64,
    height: f64,
}

impl Sheet {
    /// A report, laid out as far as that can be done without setting it.
    pub(crate) fn of(report: &Report) -> Self {
        let mut maker = Maker {
            said: &report.conditions,
            drawings: Vec::new(),
        };
        let data = Data {
            title: titled(&report.title),
            subtitle: writable(&report.subtitle),
            day: writable(&report.day),
            date: date(&report.day),
            language: report.language.code(),
            example: report.example.as_deref().map(example),
            conditions_heading: writable(&report.conditions_heading),
            conditions: report
                .conditions
                .iter()
                .map(|text| writable(text))
                .collect(),
            summary: maker.chapters(&report.summary),
            appendix_heading: writable(&report.appendix_heading),
            appendix: maker.chapters(&report.appendix),
            measures: Measures {
                upright: UPRIGHT,
                inset: INSET,
                indent: INDENT,
            },
        };
        Self {
            data,
            drawings: maker.drawings,
        }
    }
}

/// The mark of an example, short and whole: what stands before the colon, if that is short.
fn example(text: &str) -> [String; 2] {
    let mark = text.split_once(':').map_or(text, |(mark, _)| mark);
    let mark = match mark.char_indices().nth(MARK) {
        Some((end, _)) => format!("{}…", &mark[..end]),
        None => mark.to_owned(),
    };
    [writable(&mark), writable(text)]
}

/// A title that is never empty, since a document without one cannot be told from others.
fn titled(title: &str) -> String {
    let title = writable(title);
    if title.trim().is_empty() {
        NAMELESS.to_owned()
    } else {
        title
    }
}

/// A day as numbers, if it is one.
fn date(day: &str) -> Option<[u16; 3]> {
    let mut numbers = day.split('-').map(|part| part.parse::<u16>().ok());
    let date = [numbers.next()??, numbers.next()??, numbers.next()??];
    let [year, month, day] = date;
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    };
    let is_one = (1..=12).contains(&month) && (1..=last).contains(&day);
    (is_one && numbers.next().is_none()).then_some(date)
}

/// Makes chapters, and collects their drawings.
struct Maker<'r> {
    /// What the report says it rests on; a table that says the same need not.
    said: &'r [String],
    drawings: Vec<(String, String)>,
}

impl Maker<'_> {
    fn chapters(&mut self, sections: &[Section]) -> Vec<Chapter> {
        (sections.iter())
            .map(|section| {
                let mut chapter = Chapter {
                    heading: writable(&section.heading),
                    runs: Vec::new(),
                };
                for block in &section.blocks {
                    self.block(block, section, &mut chapter);
                }
                chapter
            })
            .collect()
    }

    fn block(&mut self, block: &Block, section: &Section, chapter: &mut Chapter) {
        match block {
            Block::Text(text) => chapter.add(
                false,
                Piecework::Text {
                    text: writable(text),
                },
            ),
            Block::List(items) => {
                let items = items.iter().map(|item| writable(item)).collect();
                chapter.add(false, Piecework::List { items });
            }
            Block::Figure(figure) => self.figure(figure, section, chapter),
            Block::Table(table) => self.table(table, &section.heading, chapter),
        }
    }

    fn figure(&mut self, figure: &Figure, section: &Section, chapter: &mut Chapter) {
        let chart = &figure.chart;
        let pieces = slices::pieces(&drawable(&chart.bare_svg()), chart.size());
        let upright = scale(&pieces, UPRIGHT, TALLEST[0]);
        let on_its_side = scale(&pieces, ON_ITS_SIDE, TALLEST[1]);
        let turn = upright < SMALLEST_SCALE && on_its_side > upright;
        let scale = if turn { on_its_side } else { upright };
        if scale < LEGIBLE_SCALE {
            self.table(&chart.table, &section.heading, chapter);
            return;
        }
        let mut pictures = Vec::new();
        for piece in pieces {
            let file = format!("drawing-{}.svg", self.drawings.len());
            pictures.push(Picture {
                file: file.clone(),
                width: piece.width * scale,
                height: piece.height * scale,
            });
            self.drawings.push((file, piece.svg));
        }
        let notes = self.notes(&chart.table);
        let title = (chart.title != section.heading).then(|| writable(&chart.title));
        let drawn = Piecework::Figure {
            title,
            alt: writable(&format!("{} {}", ended(&chart.title), chart.description)),
            pieces: pictures,
            notes: if figure.with_table { Vec::new() } else { notes },
        };
        chapter.add(turn, drawn);
        if figure.with_table {
            self.table(&chart.table, &chart.title, chapter);
        }
    }

    /// A table, in as many parts as it needs. Its caption is left out when it was said just before.
    fn table(&self, table: &Table, said: &str, chapter: &mut Chapter) {
        let parts = columns::parts(table);
        let (count, last) = (parts.len(), parts.len().saturating_sub(1));
        for (at, part) in parts.into_iter().enumerate() {
            let caption = if count > 1 {
                let name = |column: usize| table.columns.get(column).map_or("", String::as_str);
                let (first, end) = (name(part.columns.start), name(part.columns.end - 1));
                Some(format!("{}: {first} – {end}", table.caption))
            } else {
                (table.caption != said).then(|| table.caption.clone())
            };
            let notes = if at == last {
                self.notes(table)
            } else {
                Vec::new()
            };
            let caption = caption.map(|caption| writable(&caption));
            chapter.add(part.on_its_side, set(table, part, caption, notes));
        }
    }

    /// What a table rests on that the report has not said already.
    fn notes(&self, table: &Table) -> Vec<String> {
        (table.conditions.iter())
            .filter(|condition| !self.said.contains(condition))
            .map(|condition| writable(condition))
            .collect()
    }
}

/// A text that ends as a sentence does.
fn ended(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Points a unit, so that pictures are neither wider nor taller than there is room for.
fn scale(pieces: &[Piece], width: f64, height: f64) -> f64 {
    (pieces.iter())
        .map(|piece| (width / piece.width).min(height / piece.height))
        .fold(SCALE, f64::min)
}

fn set(table: &Table, part: Part, caption: Option<String>, notes: Vec<String>) -> Piecework {
    let shown: Vec<usize> = std::iter::once(0).chain(part.columns).collect();
    let rows = (table.rows.iter())
        .map(|row| {
            (shown.iter())
                .map(|&column| match column.checked_sub(1) {
                    None => writable(&row.header),
                    Some(at) => (row.cells.get(at))
                        .map_or_else(String::new, |cell| writable(&cell.text(table.mark))),
                })
                .collect()
        })
        .collect();
    Piecework::Table {
        caption,
        size: part.size,
        turned: part.turned,
        hyphenated: (shown.iter().zip(&part.widths))
            .map(|(&column, &width)| columns::is_hyphenated(table, column, width, part.size))
            .collect(),
        widths: part.widths,
        numeric: (shown.iter())
            .map(|&column| columns::is_numeric(table, column))
            .collect(),
        columns: (shown.iter())
            .filter_map(|&column| table.columns.get(column))
            .map(|name| writable(name))
            .collect(),
        rows,
        notes,
    }
}

impl Chapter {
    /// Adds a block; words go where the block before them is.
    fn add(&mut self, on_its_side: bool, block: Piecework) {
        let fits = (self.runs.last()).is_some_and(|run| run.on_its_side == on_its_side);
        if !fits {
            self.runs.push(Run {
                on_its_side,
                blocks: Vec::new(),
            });
        }
        if let Some(run) = self.runs.last_mut() {
            run.blocks.push(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_date_only_when_it_is_one() {
        assert_eq!(date("2026-11-22"), Some([2026, 11, 22]));
        assert_eq!(date("2024-02-29"), Some([2024, 2, 29]));
        for no in [
            "2026-02-29",
            "2026-11-31",
            "",
            "i går",
            "2026-13-01",
            "2026-11",
            "2026-11-22-1",
            "2026-11-0",
        ] {
            assert_eq!(date(no), None, "{no}");
        }
    }

    #[test]
    fn the_mark_of_an_example_is_short_and_the_sentence_whole() {
        assert_eq!(
            example("Exempel: alla svar är påhittade"),
            ["Exempel", "Exempel: alla svar är påhittade"].map(str::to_owned)
        );
        let [mark, _] = example("Alla svar i den här kartläggningen är påhittade");
        assert_eq!(mark, "Alla svar i den här kart…");
    }
}
