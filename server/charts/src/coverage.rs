//! What is behind every value: municipality by capability, agreed or from answers, or why there is none.

mod behind;

use behind::Behind;
use domain::results::{Cell as Value, RegionResult};

use crate::{
    canvas::{Align, Canvas, Scale, Setting, count},
    chart::{Chart, Draft, Layout},
    heatmap::Shown,
    left_out::LeftOut,
    legend::{Item, Key, Legend, corner},
    lettering::{LINE_HEIGHT, text_width, wrapped},
    paint::Paint,
    rows::{Rows, widest_word},
    table::{Cell, Row, Table},
    texts::Heading,
};

/// The most rows of the picture; the table has all.
const MOST: usize = 60;
/// The most municipalities with a column of their own; of more the picture and the table count.
const COLUMNS: usize = 14;
/// A cell with its gap to the next.
const CELL: f64 = 30.0;
/// The space between cells.
const SPACE: f64 = 2.0;
/// How tall a bar is.
const BAR: f64 = 24.0;

/// The words of [`coverage`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageTexts {
    /// Title, description, conditions.
    pub heading: Heading,
    /// Förmåga.
    pub capability: String,
    /// Samlad bedömning.
    pub agreed: String,
    /// Bara svar: not agreed.
    pub answers: String,
    /// För få svar.
    pub too_few: String,
    /// Inte aktuellt.
    pub not_applicable: String,
    /// Inga svar.
    pub nothing: String,
    /// What the numbers in cells are: "Siffran är antalet som har svarat".
    pub people: String,
    /// Med värde: how many have one, agreed or from answers.
    pub with_value: String,
    /// A template for rows that are in the table alone: `{count}`.
    pub left_out: String,
}

/// What the values rest on. On a wide picture of at most fourteen municipalities a cell each, with how many answered (as
/// a class where they are few); else a bar a capability with how many municipalities have an agreed level, answers
/// alone, too few, and so on. The table counts them too.
pub fn coverage(
    result: &RegionResult,
    shown: &Shown,
    layout: Layout,
    texts: &CoverageTexts,
) -> Chart {
    let matrix = Matrix::new(result, shown);
    let table = matrix.table(texts);
    let geometry = Geometry::new(&matrix, &table, layout, texts);
    let draft = Draft {
        id: "coverage",
        layout,
        title: &texts.heading.title,
        description: texts.heading.description.clone(),
        table,
    };
    draft.drawn(layout.width(), geometry.height, |canvas, table| {
        geometry.draw(canvas, &matrix, table, texts);
    })
}

/// What is shown.
struct Matrix<'r> {
    municipalities: Vec<&'static str>,
    rows: Vec<(String, Vec<&'r Value>)>,
}

impl<'r> Matrix<'r> {
    fn new(result: &'r RegionResult, shown: &Shown) -> Self {
        Self {
            municipalities: (shown.municipalities.iter())
                .filter_map(|&column| Some(result.municipalities.get(column)?.name()))
                .collect(),
            rows: (shown.capabilities.iter())
                .filter_map(|&row| {
                    let capability = result.capabilities.get(row)?;
                    let cells = (shown.municipalities.iter())
                        .filter_map(|&column| capability.cells.get(column));
                    Some((capability.name.to_string(), cells.collect()))
                })
                .collect(),
        }
    }

    fn has_columns(&self) -> bool {
        self.municipalities.len() <= COLUMNS
    }

    /// How many of a row have each thing behind them.
    fn counts(cells: &[&Value]) -> [usize; 5] {
        Behind::ALL.map(|behind| {
            let like = cells.iter().filter(|cell| Behind::of(cell.value) == behind);
            like.count()
        })
    }

    /// How many of a row have a value, of all: 11/14.
    fn with_value(&self, cells: &[&Value]) -> String {
        let [agreed, answers, ..] = Self::counts(cells);
        format!("{}/{}", agreed + answers, self.municipalities.len())
    }

    /// What the grounds and signs mean, for those that occur.
    fn legend(&self, texts: &CoverageTexts) -> Vec<Item> {
        let occurs = |behind: &Behind| {
            let mut every = self.rows.iter().flat_map(|(_, cells)| cells);
            every.any(|cell| Behind::of(cell.value) == *behind)
        };
        (Behind::ALL.into_iter().filter(occurs))
            .map(|behind| {
                let (ground, ink) = behind.paints();
                let key = match behind {
                    Behind::Answers => Key::Unconfirmed(ground, ink),
                    Behind::TooFew => Key::Absent(".."),
                    Behind::Agreed | Behind::NotApplicable | Behind::Nothing => {
                        Key::Cell(ground, ink, behind.symbol())
                    }
                };
                Item::new(key, behind.word(texts))
            })
            .collect()
    }

    /// Counts first, then the municipalities, where they have columns.
    fn table(&self, texts: &CoverageTexts) -> Table {
        let columns = self.has_columns();
        let names = (self.municipalities.iter().filter(|_| columns)).map(|name| (*name).to_owned());
        Table {
            caption: texts.heading.title.clone(),
            columns: std::iter::once(texts.capability.clone())
                .chain(Behind::ALL.map(|behind| behind.word(texts).to_owned()))
                .chain(names)
                .collect(),
            rows: (self.rows.iter())
                .map(|(name, cells)| {
                    let counts =
                        Self::counts(cells).map(|many| Cell::number_or(Some(count(many)), 0, "-"));
                    let said = cells.iter().filter(|_| columns).map(|cell| {
                        let behind = Behind::of(cell.value);
                        match behind.symbol() {
                            "" => Cell::Text(format!("{}: {}", behind.word(texts), cell.answers)),
                            symbol => Cell::Symbol(symbol),
                        }
                    });
                    Row {
                        header: name.clone(),
                        cells: counts.into_iter().chain(said).collect(),
                    }
                })
                .collect(),
            conditions: texts.heading.conditions.clone(),
            mark: texts.heading.mark,
        }
    }
}

struct Geometry {
    cells: bool,
    rows: Rows,
    left: f64,
    right: f64,
    /// Where the last column ends.
    width: f64,
    legend: Legend,
    /// The header of the last column.
    with_value: Vec<String>,
    /// What the numbers in cells are, and where that is said.
    people: (Vec<String>, f64),
    left_out: LeftOut,
    height: f64,
}

impl Geometry {
    fn new(matrix: &Matrix<'_>, table: &Table, layout: Layout, texts: &CoverageTexts) -> Self {
        let width = layout.width();
        let cells = matrix.has_columns() && layout == Layout::Wide;
        let small = Setting::new(match layout {
            Layout::Wide => 14.0,
            Layout::Narrow => 15.0,
        });
        let legend = Legend::new(matrix.legend(texts), small, width);
        let wide = |text: &str| text_width(text, small.size, false);
        let names = (matrix.municipalities.iter())
            .map(|name| wide(name))
            .fold(0.0, f64::max);
        let last = (matrix.rows.iter())
            .map(|(_, cells)| wide(&matrix.with_value(cells)) + 4.0)
            .fold(widest_word(&texts.with_value, small), f64::max);
        let with_value = wrapped(&texts.with_value, last, small.size, false);
        let header = count(with_value.len()) * small.size * LINE_HEIGHT;
        let names = if cells { names + 14.0 } else { 0.0 };
        let above = names.max(header + 8.0);
        let top = legend.height() + 8.0 + above;
        let tall = if cells { CELL - 12.0 } else { BAR };
        let aside = if cells {
            CELL * count(matrix.municipalities.len()) + last + 26.0
        } else {
            last + 12.0
        };
        let rows = Rows::new(&table.rows, MOST, top, aside, tall, layout);
        let left = rows.left(12.0);
        let right = match (cells, layout) {
            (true, _) => left + CELL * count(matrix.municipalities.len()),
            (false, Layout::Wide) => width - last - 12.0,
            (false, Layout::Narrow) => width,
        };
        let people = if cells {
            wrapped(&texts.people, width, small.size, false)
        } else {
            Vec::new()
        };
        let below = rows.bottom + 10.0;
        let said = count(people.len()) * small.size * LINE_HEIGHT;
        let left_out = LeftOut::new(table.rows.len(), MOST, &texts.left_out, small, width);
        Self {
            cells,
            left,
            right,
            width: if cells { right + 12.0 + last } else { width },
            legend,
            with_value,
            people: (people, below + said / 2.0),
            height: below + said + left_out.height(),
            left_out,
            rows,
        }
    }

    fn draw(&self, canvas: &Canvas<'_>, matrix: &Matrix<'_>, table: &Table, texts: &CoverageTexts) {
        let width = self.width;
        let soft = self.rows.small.paint(Paint::InkSoft);
        self.legend.draw(canvas, 0.0, 0.0);
        canvas.group("axis", None, || {
            let lines = count(self.with_value.len());
            let above = self.rows.top - 6.0 - lines * soft.size * LINE_HEIGHT / 2.0;
            canvas.lines(&self.with_value, width, above, soft.align(Align::End));
            for (index, name) in matrix.municipalities.iter().enumerate() {
                if self.cells {
                    let x = self.left + CELL * (count(index) + 0.5);
                    canvas.text_upwards(name, x, self.rows.top - 8.0, self.rows.small);
                }
            }
        });
        let rows = table.rows.iter().zip(&matrix.rows);
        for (place, (row, (_, cells))) in self.rows.places.iter().zip(rows) {
            let counted: Vec<String> = (Behind::ALL.into_iter().zip(Matrix::counts(cells)))
                .map(|(behind, many)| format!("{} {many}", behind.word(texts)))
                .collect();
            let title = format!("{}: {}", row.header, counted.join(", "));
            canvas.group("row", Some(&title), || {
                self.rows.draw_name(canvas, place);
                let bold = self.rows.label.bold().align(Align::End);
                canvas.text(&matrix.with_value(cells), width, place.name_y, bold);
                if self.cells {
                    for (index, cell) in cells.iter().enumerate() {
                        let corner = (
                            self.left + CELL * count(index) + SPACE / 2.0,
                            place.marks_y - (CELL - SPACE) / 2.0,
                        );
                        let name = matrix.municipalities[index];
                        let behind = Behind::of(cell.value);
                        let title = format!("{}, {name}: {}", row.header, behind.word(texts));
                        canvas.group("cell", Some(&title), || {
                            self.draw_cell(canvas, corner, cell, behind);
                        });
                    }
                } else {
                    self.draw_bar(canvas, place.marks_y, Matrix::counts(cells), texts);
                }
            });
        }
        let (people, middle) = &self.people;
        canvas.lines(people, 0.0, *middle, soft);
        self.left_out
            .draw(canvas, 0.0, self.height - self.left_out.height());
    }

    fn draw_cell(&self, canvas: &Canvas<'_>, (x, y): (f64, f64), cell: &Value, behind: Behind) {
        const SIDE: f64 = CELL - SPACE;
        let (ground, ink) = behind.paints();
        canvas.rect((x, y), (SIDE, SIDE), ground);
        let middle = (x + SIDE / 2.0, y + SIDE / 2.0);
        let setting = self.rows.small.paint(ink).align(Align::Middle);
        match behind {
            Behind::Agreed => canvas.text(&cell.answers.to_string(), middle.0, middle.1, setting),
            Behind::Answers => {
                canvas.text(&cell.answers.to_string(), middle.0, middle.1 + 2.0, setting);
                corner(canvas, x + SIDE, y, ink);
            }
            Behind::TooFew => {
                canvas.dot(middle.0, middle.1, 10.0, Paint::Card);
                canvas.text(behind.symbol(), middle.0, middle.1, setting.bold());
            }
            Behind::NotApplicable | Behind::Nothing => {
                canvas.text(behind.symbol(), middle.0, middle.1, setting.bold());
            }
        }
    }

    /// A bar of all municipalities, parted by what is behind their values, with the counts that have room.
    fn draw_bar(&self, canvas: &Canvas<'_>, y: f64, counts: [usize; 5], texts: &CoverageTexts) {
        let all: usize = counts.iter().sum();
        let scale = Scale::new((0.0, count(all.max(1))), (self.left, self.right));
        let top = y - BAR / 2.0;
        let mut before = 0;
        for (behind, many) in Behind::ALL.into_iter().zip(counts) {
            if many == 0 {
                continue;
            }
            let (from, to) = (scale.at(count(before)), scale.at(count(before + many)));
            before += many;
            let (ground, ink) = behind.paints();
            let title = format!("{}: {many}", behind.word(texts));
            canvas.group("cell", Some(&title), || {
                let wide = (to - from - SPACE).max(1.0);
                canvas.rect((from, top), (wide, BAR), ground);
                let said = many.to_string();
                let needed = text_width(&said, self.rows.small.size, true) + 8.0;
                if wide < needed {
                    return;
                }
                let middle = from + wide / 2.0;
                if behind == Behind::TooFew {
                    canvas.rect(
                        (middle - needed / 2.0, top + 3.0),
                        (needed, BAR - 6.0),
                        Paint::Card,
                    );
                }
                if behind == Behind::Answers && wide > needed + 20.0 {
                    corner(canvas, from + wide, top, ink);
                }
                let setting = self.rows.small.bold().paint(ink).align(Align::Middle);
                canvas.text(&said, middle, y, setting);
            });
        }
    }
}
