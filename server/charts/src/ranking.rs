//! Places in the priority list with how sure they are: a dot for the place, a whisker for where it may be.

use domain::results::{Ranked, RegionResult};

use crate::{
    canvas::{Align, Canvas, Scale, Setting, count},
    chart::{Chart, Draft, Layout},
    left_out::{LeftOut, MOST_ROWS},
    legend::{Item, Key, Legend},
    lettering::{LINE_HEIGHT, text_width, wrapped},
    paint::Paint,
    priority::interval,
    table::{Cell, Row, Table},
    texts::Heading,
};

/// Room for brackets.
const BRACKET: f64 = 14.0;
/// The radius of a dot.
const RADIUS: f64 = 6.5;
/// From the middle of a whisker to its end's tip.
const CAP: f64 = 6.0;
/// Between groups.
const APART: f64 = 12.0;

/// The words of [`ranking`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankingTexts {
    /// Title, description, conditions.
    pub heading: Heading,
    /// Förmåga.
    pub capability: String,
    /// Plats.
    pub place: String,
    /// Trolig plats: the header of the 5–95 % interval.
    pub interval: String,
    /// What the whisker is, in the legend: "Trolig plats (90 % av omtagningarna)".
    pub whisker: String,
    /// Bland de fem första, %.
    pub among_first: String,
    /// Kan inte skiljas åt: what the bracket is, in the legend.
    pub tied: String,
    /// A template for what is in the table alone: `{count}`.
    pub left_out: String,
}

/// Each capability's place with its 5–95 % interval under resampling as a whisker, and its chance of being among the
/// first. Neighbours of one group are held by a bracket: they cannot be told apart.
///
/// `ranking` is [`RegionResult::ranking`] or a part of it. Places that point to no capability are passed over.
pub fn ranking(
    result: &RegionResult,
    ranking: &[Ranked],
    layout: Layout,
    texts: &RankingTexts,
) -> Chart {
    let ranking: Vec<&Ranked> = (ranking.iter())
        .filter(|ranked| ranked.capability < result.capabilities.len())
        .collect();
    let table = table(result, &ranking, texts);
    let geometry = Geometry::new(&ranking, &table, layout, texts);
    let draft = Draft {
        id: "ranking",
        layout,
        title: &texts.heading.title,
        description: texts.heading.description.clone(),
        table,
    };
    draft.drawn(layout.width(), geometry.height, |canvas, table| {
        geometry.draw(canvas, &ranking, table);
    })
}

fn table(result: &RegionResult, ranking: &[&Ranked], texts: &RankingTexts) -> Table {
    let rows = ranking.iter().map(|ranked| Row {
        header: result.capabilities[ranked.capability].name.to_string(),
        cells: vec![
            Cell::number_or(Some(f64::from(ranked.place)), 0, "-"),
            Cell::Text(interval(ranked.interval)),
            Cell::number_or(Some(100.0 * ranked.among_first), 0, "-"),
        ],
    });
    Table {
        caption: texts.heading.title.clone(),
        columns: [
            &texts.capability,
            &texts.place,
            &texts.interval,
            &texts.among_first,
        ]
        .map(Clone::clone)
        .into(),
        rows: rows.collect(),
        conditions: texts.heading.conditions.clone(),
        mark: texts.heading.mark,
    }
}

/// One row's place: its name, and where its whisker lies.
struct Place {
    lines: Vec<String>,
    name: f64,
    mark: f64,
}

/// A column of numbers to the right.
struct Column {
    header: Vec<String>,
    right: f64,
}

struct Geometry {
    layout: Layout,
    name: Setting,
    small: Setting,
    left: f64,
    plot: (f64, f64),
    scale: Scale,
    ticks: Vec<u32>,
    columns: [Column; 2],
    header: (f64, f64),
    places: Vec<Place>,
    brackets: Vec<(f64, f64)>,
    legend: Legend,
    left_out: LeftOut,
    bottom: f64,
    height: f64,
}

impl Geometry {
    fn new(ranking: &[&Ranked], table: &Table, layout: Layout, texts: &RankingTexts) -> Self {
        let (name, small) = match layout {
            Layout::Wide => (Setting::new(15.0), Setting::new(14.0)),
            Layout::Narrow => (Setting::new(16.0).bold(), Setting::new(15.0)),
        };
        let small = small.paint(Paint::InkSoft);
        let width = layout.width();
        let wide = |text: &str, setting: Setting, bold| text_width(text, setting.size, bold);
        let numbers = (table.rows.iter().take(MOST_ROWS))
            .map(|row| wide(&format!("{}.", row.cells[0].text(table.mark)), name, true))
            .fold(20.0, f64::max);
        let left = (BRACKET + numbers + 8.0).ceil();

        let (columns, plot_right) = columns(table, small, layout, texts);
        let names = match layout {
            Layout::Wide => {
                let widest = (table.rows.iter().take(MOST_ROWS))
                    .map(|row| wide(&row.header, name, false))
                    .fold(0.0, f64::max);
                widest.clamp(80.0, 240.0).ceil() + 1.0
            }
            Layout::Narrow => width - left,
        };
        let plot = match layout {
            Layout::Wide => (left + names + 24.0, plot_right),
            Layout::Narrow => (left + CAP, plot_right),
        };
        let last = (ranking.iter())
            .map(|ranked| ranked.place.max(ranked.interval.1))
            .fold(2, u32::max);
        let scale = Scale::new((1.0, f64::from(last)), plot);
        let ticks = ticks(last, &scale, small);

        let mut items = vec![
            Item::new(Key::Place, &texts.place),
            Item::new(Key::Whisker, &texts.whisker),
        ];
        let tied = |pair: &[&Ranked]| pair[0].group == pair[1].group;
        let shown = &ranking[..ranking.len().min(MOST_ROWS)];
        if shown.windows(2).any(tied) {
            items.push(Item::new(Key::Bracket, &texts.tied));
        }
        let legend = Legend::new(items, small, width);
        let line = small.size * LINE_HEIGHT;
        let header_lines = columns.iter().map(|column| column.header.len()).max();
        let header_top = legend.height() + 8.0;
        let header = (
            header_top,
            header_top + count(header_lines.unwrap_or(1)) * line + 6.0,
        );
        let mut top = header.1 + 6.0;
        let mut places = Vec::new();
        let mut brackets: Vec<(f64, f64)> = Vec::new();
        for (index, row) in table.rows.iter().enumerate().take(MOST_ROWS) {
            let joins = index > 0 && tied(&shown[index - 1..=index]);
            let goes_on = index + 1 < shown.len() && tied(&shown[index..=index + 1]);
            let ends = index > 1 && !joins && tied(&shown[index - 2..index]);
            if (goes_on && !joins && index > 0) || ends {
                top += APART;
            }
            let lines = wrapped(&row.header, names, name.size, name.bold);
            let text = count(lines.len()) * name.size * LINE_HEIGHT;
            let (height, middle, mark) = match layout {
                Layout::Wide => {
                    let height = (text + 8.0).max(32.0);
                    (height, top + height / 2.0, top + height / 2.0)
                }
                Layout::Narrow => (text + 44.0, top + 8.0 + text / 2.0, top + 8.0 + text + 16.0),
            };
            if goes_on && !joins {
                brackets.push((top + 2.0, top + 2.0));
            }
            top += height;
            if let Some(bracket) = brackets.last_mut().filter(|_| joins) {
                bracket.1 = top - 2.0;
            }
            places.push(Place {
                lines,
                name: middle,
                mark,
            });
        }
        let left_out = LeftOut::new(table.rows.len(), MOST_ROWS, &texts.left_out, small, width);
        Self {
            layout,
            name,
            small,
            left,
            plot,
            scale,
            ticks,
            columns,
            header,
            places,
            brackets,
            legend,
            height: top + 4.0 + left_out.height(),
            left_out,
            bottom: top,
        }
    }

    fn draw(&self, canvas: &Canvas<'_>, ranking: &[&Ranked], table: &Table) {
        self.legend.draw(canvas, 0.0, 0.0);
        canvas.group("axis", None, || {
            let line = self.small.size * LINE_HEIGHT;
            for column in &self.columns {
                let middle = self.header.1 - 6.0 - count(column.header.len()) * line / 2.0;
                let setting = self.small.align(Align::End);
                canvas.lines(&column.header, column.right, middle, setting);
            }
            for &tick in &self.ticks {
                let x = self.scale.at(f64::from(tick));
                let y = self.header.1 - 6.0 - line / 2.0;
                canvas.text(&tick.to_string(), x, y, self.small.align(Align::Middle));
                match self.layout {
                    Layout::Wide => {
                        let ends = [(x, self.header.1), (x, self.bottom)];
                        canvas.line(&ends, 1.0, Paint::Line);
                    }
                    // Not through the names above the marks.
                    Layout::Narrow => {
                        for place in &self.places {
                            let ends = [(x, place.mark - 12.0), (x, place.mark + 12.0)];
                            canvas.line(&ends, 1.0, Paint::Line);
                        }
                    }
                }
            }
        });
        for &(top, bottom) in &self.brackets {
            canvas.group("tied", None, || {
                let (left, right) = (2.0, BRACKET - 4.0);
                let corners = [(right, top), (left, top), (left, bottom), (right, bottom)];
                canvas.line(&corners, 2.0, Paint::Bracket);
            });
        }
        for ((place, row), ranked) in self.places.iter().zip(&table.rows).zip(ranking) {
            let said: Vec<String> = (row.cells.iter().zip(&table.columns[1..]))
                .map(|(cell, column)| format!("{column} {}", cell.text(table.mark)))
                .collect();
            let title = format!("{}: {}", row.header, said.join(", "));
            canvas.group("row", Some(&title), || {
                self.draw_row(canvas, place, row, ranked, table);
            });
        }
        self.left_out.draw(canvas, 0.0, self.bottom);
    }

    fn draw_row(
        &self,
        canvas: &Canvas<'_>,
        place: &Place,
        row: &Row,
        ranked: &Ranked,
        table: &Table,
    ) {
        let first = match place.lines.len() {
            0 | 1 => place.name,
            lines => place.name - (count(lines) - 1.0) * self.name.size * LINE_HEIGHT / 2.0,
        };
        let number = format!("{}.", row.cells[0].text(table.mark));
        let setting = self.name.bold().paint(Paint::Current).align(Align::End);
        canvas.text(&number, self.left - 8.0, first, setting);
        canvas.lines(&place.lines, self.left, place.name, self.name);

        let y = place.mark;
        let at = |place: u32| self.scale.at(f64::from(place));
        let (from, to) = (at(ranked.interval.0), at(ranked.interval.1));
        canvas.line(&[(from, y), (to, y)], 3.0, Paint::Current);
        for end in [from, to] {
            canvas.line(&[(end, y - CAP), (end, y + CAP)], 3.0, Paint::Current);
        }
        canvas.dot(at(ranked.place), y, RADIUS, Paint::Target);
        for (cell, column) in row.cells[1..].iter().zip(&self.columns) {
            let setting = Setting::new(self.small.size).align(Align::End);
            let said = cell.text(table.mark);
            // No line of the axis runs through a number.
            let wide = text_width(&said, setting.size, false) + 4.0;
            if column.right - wide < self.plot.1 {
                canvas.rect((column.right - wide, y - 10.0), (wide, 20.0), Paint::Card);
            }
            canvas.text(&said, column.right, y, setting);
        }
    }
}

/// The columns of numbers, and where the plot ends to the left of them.
fn columns(
    table: &Table,
    small: Setting,
    layout: Layout,
    texts: &RankingTexts,
) -> ([Column; 2], f64) {
    let (mut right, least, between) = match layout {
        Layout::Wide => (layout.width(), 64.0, 14.0),
        Layout::Narrow => (layout.width(), 44.0, 12.0),
    };
    let mut column = |index: usize, header: &str| {
        let cells = table
            .rows
            .iter()
            .map(|row| row.cells[index].text(table.mark));
        let words = header.split_whitespace().map(str::to_owned);
        let wide = (cells.chain(words))
            .map(|text| text_width(&text, small.size, false))
            .fold(least, f64::max);
        // A word as long as this is broken.
        let wide = wide.min(100.0).ceil() + 1.0;
        let column = Column {
            header: wrapped(header, wide, small.size, false),
            right,
        };
        right -= wide + between;
        column
    };
    let among = column(2, &texts.among_first);
    let interval = column(1, &texts.interval);
    ([interval, among], right - 8.0)
}

/// Places that are named along the axis: the first, the last, and as many even ones as have room.
fn ticks(last: u32, scale: &Scale, small: Setting) -> Vec<u32> {
    let room = text_width("000", small.size, false);
    let apart = |a: u32, b: u32| scale.at(f64::from(b)) - scale.at(f64::from(a)) >= room;
    let step = [1_u32, 2, 5, 10, 20, 50, 100]
        .into_iter()
        .find(|step| apart(1, 1 + step))
        .unwrap_or(1000);
    let mut ticks: Vec<u32> = std::iter::once(1)
        .chain((2..last).filter(|place| place % step == u32::from(step == 2)))
        .collect();
    while ticks.len() > 1 && !apart(ticks[ticks.len() - 1], last) {
        ticks.pop();
    }
    if ticks.len() > 1 && !apart(ticks[0], ticks[1]) {
        ticks.remove(1);
    }
    ticks.push(last);
    ticks
}
