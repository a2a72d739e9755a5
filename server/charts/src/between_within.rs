//! Is it the municipality or the person that makes answers differ? A bar a capability, parted in two.

use crate::{
    canvas::{Align, Canvas, Scale, Setting, count},
    chart::{Chart, Draft, Layout},
    left_out::LeftOut,
    legend::{Item, Key, Legend},
    lettering::{LINE_HEIGHT, text_width, wrapped},
    paint::Paint,
    rows::{Place, Rows, column},
    table::{Cell, Row, Table},
    texts::Heading,
};

/// The most rows of the picture; the table has all.
const MOST: usize = 40;
/// How tall a bar is.
const BAR: f64 = 24.0;

/// How much of the difference between answers on one capability lies between municipalities.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// The capability's name.
    pub name: String,
    /// ε², 0–1: the share of the variation of ranks that lies between municipalities.
    pub between: Option<f64>,
    /// ICC(1), at most 1: how well one person's answer stands for the municipality; below zero when people differ more
    /// within municipalities than between them.
    pub icc: Option<f64>,
    /// The finding in a word or two, such as "Stor".
    pub verdict: String,
    /// Why there is no number: `..` hidden, `-` missing.
    pub symbol: &'static str,
}

/// The words of [`between_within`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BetweenTexts {
    /// Title, description, conditions.
    pub heading: Heading,
    /// Förmåga.
    pub capability: String,
    /// Mellan kommuner: the share ε².
    pub between: String,
    /// Inom kommuner: the rest.
    pub within: String,
    /// ICC(1).
    pub icc: String,
    /// Skillnad mellan kommuner: what the verdicts are about.
    pub verdict: String,
    /// För få svar, after `..`.
    pub hidden: String,
    /// Går inte att räkna, after `-`.
    pub missing: String,
    /// A template for rows that are in the table alone: `{count}`.
    pub left_out: String,
}

/// How the variation of answers on each capability is parted: between municipalities to the left, within them to the
/// right, in per cent, with ICC(1) and the finding beside. In the order given.
///
/// Where there is no number the row is hatched and has the symbol that tells why. At most forty rows, the others are
/// counted below.
pub fn between_within(shares: &[Shares], layout: Layout, texts: &BetweenTexts) -> Chart {
    let table = table(shares, texts);
    let geometry = Geometry::new(&table, layout, texts);
    let draft = Draft {
        id: "between_within",
        layout,
        title: &texts.heading.title,
        description: texts.heading.description.clone(),
        table,
    };
    draft.drawn(layout.width(), geometry.height, |canvas, table| {
        geometry.draw(canvas, table);
    })
}

fn table(shares: &[Shares], texts: &BetweenTexts) -> Table {
    let per_cent = |header: &str| format!("{header}, %");
    Table {
        caption: texts.heading.title.clone(),
        columns: vec![
            texts.capability.clone(),
            per_cent(&texts.between),
            per_cent(&texts.within),
            texts.icc.clone(),
            texts.verdict.clone(),
        ],
        rows: (shares.iter())
            .map(|row| {
                let between = row.between.map(|share| crate::rounded(100.0 * share, 0));
                let number = |value, decimals| Cell::number_or(value, decimals, row.symbol);
                Row {
                    header: row.name.clone(),
                    cells: vec![
                        number(between, 0),
                        // What is left of a whole, so that the two are a hundred together.
                        number(between.map(|share| 100.0 - share), 0),
                        number(row.icc, 2),
                        Cell::Text(row.verdict.clone()),
                    ],
                }
            })
            .collect(),
        conditions: texts.heading.conditions.clone(),
        mark: texts.heading.mark,
    }
}

struct Geometry {
    layout: Layout,
    rows: Rows,
    scale: Scale,
    legend: Legend,
    headers: [(Vec<String>, f64); 2],
    axis: f64,
    left_out: LeftOut,
    height: f64,
}

impl Geometry {
    fn new(table: &Table, layout: Layout, texts: &BetweenTexts) -> Self {
        let width = layout.width();
        let small = Setting::new(match layout {
            Layout::Wide => 14.0,
            Layout::Narrow => 15.0,
        });
        let texts_of = |index: usize| -> Vec<String> {
            let cells = table
                .rows
                .iter()
                .map(|row| row.cells[index].text(table.mark));
            cells.collect()
        };
        let (iccs, verdicts) = (texts_of(2), texts_of(3));
        let of = |header: &str, cells: &[String]| {
            column(header, cells.iter().map(String::as_str), small)
        };
        let icc_width = of(&texts.icc, &iccs);
        // On a narrow picture the finding has no column: it is read from the bar, and stands in the table.
        let verdict_width = match layout {
            Layout::Wide => of(&texts.verdict, &verdicts),
            Layout::Narrow => 0.0,
        };
        let header = |text: &str, wide: f64| {
            if wide > 0.0 {
                wrapped(text, wide, small.size, false)
            } else {
                Vec::new()
            }
        };
        let verdict_space = if verdict_width > 0.0 {
            verdict_width + 16.0
        } else {
            0.0
        };
        let headers = [
            (header(&texts.icc, icc_width), width - verdict_space),
            (header(&texts.verdict, verdict_width), width),
        ];
        let mut items = vec![
            Item::new(
                Key::Cell(Paint::Level4, Paint::OnLevel4, ""),
                &texts.between,
            ),
            Item::new(Key::Cell(Paint::Track, Paint::Ink, ""), &texts.within),
        ];
        for (symbol, meaning) in [("..", &texts.hidden), ("-", &texts.missing)] {
            if (table.rows.iter()).any(|row| row.cells[0] == Cell::Symbol(symbol)) {
                items.push(Item::new(Key::Absent(symbol), meaning));
            }
        }
        let legend = Legend::new(items, small, width);
        let axis = legend.height() + 6.0;
        let tallest = headers
            .iter()
            .map(|(lines, _)| lines.len())
            .max()
            .unwrap_or(1);
        let top = axis + count(tallest) * small.size * LINE_HEIGHT + 6.0;
        let aside = icc_width + verdict_space + 16.0;
        let rows = Rows::new(&table.rows, MOST, top, aside, BAR, layout);
        let to = match layout {
            Layout::Wide => width - aside - 6.0,
            Layout::Narrow => width,
        };
        let left_out = LeftOut::new(table.rows.len(), MOST, &texts.left_out, small, width);
        Self {
            layout,
            scale: Scale::new((0.0, 100.0), (rows.left(14.0), to)),
            legend,
            headers,
            axis,
            height: rows.bottom + 8.0 + left_out.height(),
            left_out,
            rows,
        }
    }

    fn draw(&self, canvas: &Canvas<'_>, table: &Table) {
        self.legend.draw(canvas, 0.0, 0.0);
        let soft = self.rows.small.paint(Paint::InkSoft).align(Align::End);
        canvas.group("axis", None, || {
            for (lines, right) in &self.headers {
                let middle = self.axis + count(lines.len()) * soft.size * LINE_HEIGHT / 2.0;
                canvas.lines(lines, *right, middle, soft);
            }
        });
        for (place, row) in self.rows.places.iter().zip(&table.rows) {
            let said: Vec<String> = (row.cells.iter().zip(&table.columns[1..]))
                .map(|(cell, column)| format!("{column} {}", cell.text(table.mark)))
                .collect();
            let title = format!("{}: {}", row.header, said.join(", "));
            canvas.group("row", Some(&title), || {
                self.draw_row(canvas, place, row, table);
            });
        }
        self.left_out.draw(canvas, 0.0, self.rows.bottom + 8.0);
    }

    fn draw_row(&self, canvas: &Canvas<'_>, place: &Place, row: &Row, table: &Table) {
        self.rows.draw_name(canvas, place);
        let [between, within, icc, verdict] = row.cells.as_slice() else {
            return;
        };
        let bold = self.rows.label.bold().align(Align::End);
        canvas.text(&icc.text(table.mark), self.headers[0].1, place.name_y, bold);
        if self.layout == Layout::Wide {
            let plain = self.rows.small.align(Align::End);
            canvas.text(
                &verdict.text(table.mark),
                self.headers[1].1,
                place.name_y,
                plain,
            );
        }
        let top = place.marks_y - BAR / 2.0;
        let (left, right) = (self.scale.at(0.0), self.scale.at(100.0));
        let Some(share) = between.value() else {
            canvas.rect((left, top), (right - left, BAR), Paint::Missing);
            return;
        };
        let parted = self.scale.at(share.clamp(0.0, 100.0));
        canvas.rect((left, top), (right - left, BAR), Paint::Track);
        if parted > left {
            canvas.rect((left, top), (parted - left, BAR), Paint::Level4);
        }
        // Where colours are the system's own, a line parts what the grounds do not.
        canvas.line(
            &[(parted, top - 3.0), (parted, top + BAR + 3.0)],
            2.0,
            Paint::Ink,
        );
        let size = self.rows.small.size;
        let per_cent = |cell: &Cell| format!("{}\u{a0}%", cell.text(table.mark));
        let (first, second) = (per_cent(between), per_cent(within));
        let wide = |text: &str| text_width(text, size, true);
        let setting = self.rows.small.bold();
        let mut after = parted + 8.0;
        if parted - left >= wide(&first) + 14.0 {
            canvas.text(
                &first,
                parted - 8.0,
                place.marks_y,
                setting.paint(Paint::OnLevel4).align(Align::End),
            );
        } else {
            canvas.text(&first, after, place.marks_y, setting);
            after += wide(&first) + 10.0;
        }
        if right - after >= wide(&second) + 8.0 {
            let soft = self.rows.small.paint(Paint::InkSoft).align(Align::End);
            canvas.text(&second, right - 8.0, place.marks_y, soft);
        }
    }
}
