//! How answers spread: five bars a capability, one for each level, with the median and how far people agree.

use domain::{
    results::{Bars, Distribution},
    statistics::{agreement::AgreementLabel, suppression::GroupSize},
};

use crate::{
    canvas::{Align, Canvas, Setting, count},
    chart::{Chart, Draft, Layout},
    left_out::{LeftOut, MOST_ROWS},
    legend::{Item, Key, Legend},
    lettering::{LINE_HEIGHT, wrapped},
    paint::Paint,
    priority::wrapped_parts,
    table::{Cell, Row, Table},
    texts::{Heading, filled_in},
};

/// How tall the bar of most people is.
const TALL: f64 = 34.0;
/// Room below the bars for the mark of the median.
const BELOW: f64 = 12.0;
/// The space between bars.
const SPACE: f64 = 6.0;

/// The words of [`five_bars`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FiveBarsTexts {
    /// Title, description, conditions.
    pub heading: Heading,
    /// Förmåga.
    pub capability: String,
    /// Names of the levels 1–5, for the columns of the table: "Nivå 1" …
    pub levels: [String; 5],
    /// Svar: how many people.
    pub people: String,
    /// Median.
    pub median: String,
    /// Samstämmighet (A).
    pub agreement: String,
    /// How agreement is called, the header of the words.
    pub label: String,
    /// Delade meningar, olika syn, ganska lika, samsyn.
    pub labels: [String; 4],
    /// A template for the numbers below the words: `{people}` and `{agreement}`, such as "{people} svar · A {agreement}".
    /// Lines are broken at " · ".
    pub numbers: String,
    /// A template for too few: `{class}`, such as "{class} svar: för få för att visas".
    pub too_few: String,
    /// För få svar för att visas: a group whose class would give another one away.
    pub hidden: String,
    /// Inga svar.
    pub nobody: String,
    /// Så många har valt nivån: what a bar is, in the legend.
    pub bar: String,
    /// A template for what is in the table alone: `{count}`.
    pub left_out: String,
}

impl FiveBarsTexts {
    /// What an agreement is called.
    pub fn label_of(&self, label: AgreementLabel) -> &str {
        let [divided, differing, alike, shared] = &self.labels;
        match label {
            AgreementLabel::Divided => divided,
            AgreementLabel::Differing => differing,
            AgreementLabel::FairlyAlike => alike,
            AgreementLabel::Shared => shared,
        }
    }
}

/// People's levels on one question, a row a capability in the order given: bars on one scale within a row, each with its
/// number; the median is darker and has a mark below it. A row of fewer than `n_min` people has no bars and says only
/// the class of its group.
pub fn five_bars(rows: &[(&str, &Distribution)], layout: Layout, texts: &FiveBarsTexts) -> Chart {
    let table = table(rows, texts);
    let geometry = Geometry::new(&table, layout, texts);
    let draft = Draft {
        id: "five-bars",
        layout,
        title: &texts.heading.title,
        description: texts.heading.description.clone(),
        table,
    };
    draft.drawn(layout.width(), geometry.height, |canvas, table| {
        geometry.draw(canvas, rows, table, texts);
    })
}

fn table(rows: &[(&str, &Distribution)], texts: &FiveBarsTexts) -> Table {
    let rows = rows.iter().map(|(name, distribution)| {
        let bars = distribution.bars.as_ref();
        let symbol = match distribution.people {
            GroupSize::Nobody => "-",
            GroupSize::UpTo(_) | GroupSize::Hidden | GroupSize::Exactly(_) => "..",
        };
        let people = match distribution.people {
            GroupSize::Exactly(people) => Cell::number_or(Some(f64::from(people)), 0, symbol),
            GroupSize::UpTo(_) => Cell::Text(distribution.people.to_string()),
            GroupSize::Nobody | GroupSize::Hidden => Cell::Symbol(symbol),
        };
        let counts = (0..5).map(|level| bars.map(|bars| f64::from(bars.counts[level])));
        let median = bars.map(|bars| f64::from(bars.median().get()));
        let label = bars.and_then(|bars| bars.label);
        let mut cells: Vec<Cell> = counts
            .map(|count| Cell::number_or(count, 0, symbol))
            .collect();
        cells.extend([
            people,
            Cell::number_or(median, 0, symbol),
            Cell::number_or(bars.map(|bars| bars.agreement), 2, symbol),
            label.map_or(Cell::Symbol(symbol), |label| {
                Cell::Text(texts.label_of(label).to_owned())
            }),
        ]);
        Row {
            header: (*name).to_owned(),
            cells,
        }
    });
    let after = [&texts.people, &texts.median, &texts.agreement, &texts.label];
    Table {
        caption: texts.heading.title.clone(),
        columns: (std::iter::once(&texts.capability))
            .chain(&texts.levels)
            .chain(after)
            .cloned()
            .collect(),
        rows: rows.collect(),
        conditions: texts.heading.conditions.clone(),
        mark: texts.heading.mark,
    }
}

/// One row's place.
struct Place {
    lines: Vec<String>,
    /// The middle of its name.
    name: f64,
    /// Where its bars stand.
    base: f64,
    /// The middle of the words to the right.
    words: f64,
    /// The line above it.
    top: f64,
}

struct Geometry {
    layout: Layout,
    name: Setting,
    small: Setting,
    bars: (f64, f64),
    words: f64,
    axis: f64,
    places: Vec<Place>,
    legend: Legend,
    left_out: LeftOut,
    bottom: f64,
    height: f64,
}

impl Geometry {
    fn new(table: &Table, layout: Layout, texts: &FiveBarsTexts) -> Self {
        let (name, small) = match layout {
            Layout::Wide => (Setting::new(15.0), Setting::new(14.0)),
            Layout::Narrow => (Setting::new(16.0).bold(), Setting::new(15.0)),
        };
        let small = small.paint(Paint::InkSoft);
        let width = layout.width();
        let (names, bars, words) = match layout {
            Layout::Wide => (226.0, (244.0, 534.0), 554.0),
            Layout::Narrow => (width, (0.0, 190.0), 204.0),
        };
        let items = vec![
            Item::new(Key::Bar, &texts.bar),
            Item::new(Key::Median, &texts.median),
        ];
        let legend = Legend::new(items, small, width);
        let axis = legend.height() + 6.0;
        let line = |setting: Setting| setting.size * LINE_HEIGHT;
        let mut top = axis + line(small) + 6.0;
        let stack = line(small) + TALL + BELOW;
        let places = (table.rows.iter().take(MOST_ROWS))
            .map(|row| {
                let lines = wrapped(&row.header, names, name.size, name.bold);
                let text = count(lines.len()) * line(name);
                let (height, name, base) = match layout {
                    Layout::Wide => {
                        let height = (stack + 12.0).max(text + 12.0);
                        (height, top + height / 2.0, top + height - BELOW - 6.0)
                    }
                    Layout::Narrow => {
                        let height = text + stack + 22.0;
                        (height, top + 8.0 + text / 2.0, top + height - BELOW - 8.0)
                    }
                };
                let place = Place {
                    lines,
                    name,
                    base,
                    words: base - TALL / 2.0 + 2.0,
                    top,
                };
                top += height;
                place
            })
            .collect();
        let left_out = LeftOut::new(table.rows.len(), MOST_ROWS, &texts.left_out, small, width);
        Self {
            layout,
            name,
            small,
            bars,
            words,
            axis,
            places,
            legend,
            height: top + 4.0 + left_out.height(),
            left_out,
            bottom: top,
        }
    }

    /// The left edge of a level's bar, and how wide it is.
    fn bar(&self, level: usize) -> (f64, f64) {
        let (left, right) = self.bars;
        let step = (right - left + SPACE) / 5.0;
        (left + step * count(level), step - SPACE)
    }

    fn draw(
        &self,
        canvas: &Canvas<'_>,
        rows: &[(&str, &Distribution)],
        table: &Table,
        texts: &FiveBarsTexts,
    ) {
        self.legend.draw(canvas, 0.0, 0.0);
        canvas.group("axis", None, || {
            let y = self.axis + self.small.size * LINE_HEIGHT / 2.0;
            for level in 0..5 {
                let (left, wide) = self.bar(level);
                let setting = self.small.bold().align(Align::Middle);
                canvas.text(&(level + 1).to_string(), left + wide / 2.0, y, setting);
            }
        });
        for ((place, row), (_, distribution)) in self.places.iter().zip(&table.rows).zip(rows) {
            let said: Vec<String> = (row.cells.iter().zip(&table.columns[1..]))
                .map(|(cell, column)| format!("{column} {}", cell.text(table.mark)))
                .collect();
            let title = format!("{}: {}", row.header, said.join(", "));
            canvas.group("row", Some(&title), || {
                let ends = [(0.0, place.top), (self.layout.width(), place.top)];
                canvas.line(&ends, 1.0, Paint::Line);
                canvas.lines(&place.lines, 0.0, place.name, self.name);
                match &distribution.bars {
                    Some(bars) => self.draw_bars(canvas, place, bars, row, table, texts),
                    None => self.draw_absent(canvas, place, distribution.people, texts),
                }
            });
        }
        self.left_out.draw(canvas, 0.0, self.bottom);
    }

    fn draw_bars(
        &self,
        canvas: &Canvas<'_>,
        place: &Place,
        bars: &Bars,
        row: &Row,
        table: &Table,
        texts: &FiveBarsTexts,
    ) {
        let most = bars.counts.iter().copied().fold(1, u32::max);
        let median = usize::from(bars.median().get()) - 1;
        let line = self.small.size * LINE_HEIGHT;
        for (level, people) in bars.counts.iter().enumerate() {
            let (left, wide) = self.bar(level);
            let middle = left + wide / 2.0;
            let tall = TALL * f64::from(*people) / f64::from(most);
            let tall = if *people > 0 { tall.max(2.0) } else { 1.0 };
            let (paint, setting) = if level == median {
                (Paint::Current, self.small.paint(Paint::Ink).bold())
            } else {
                (Paint::Answers, self.small)
            };
            let paint = if *people > 0 { paint } else { Paint::Line };
            canvas.rect((left, place.base - tall), (wide, tall), paint);
            let number = row.cells[level].text(table.mark);
            let above = place.base - tall - line / 2.0;
            canvas.text(&number, middle, above, setting.align(Align::Middle));
            if level == median {
                median_mark(canvas, middle, place.base + 3.0);
            }
        }
        let numbers = filled_in(
            &texts.numbers,
            &[
                ("people", &row.cells[5].text(table.mark)),
                ("agreement", &row.cells[7].text(table.mark)),
            ],
        );
        let room = self.layout.width() - self.words;
        let label =
            (bars.label).map(|label| wrapped(texts.label_of(label), room, self.small.size, true));
        let label = label.unwrap_or_default();
        let said = wrapped_parts(&numbers, room, self.small);
        let tall = count(label.len() + said.len()) * line;
        let mut top = place.words - tall / 2.0;
        for (lines, setting) in [
            (&label, self.small.paint(Paint::Ink).bold()),
            (&said, self.small),
        ] {
            let tall = count(lines.len()) * line;
            if tall > 0.0 {
                canvas.lines(lines, self.words, top + tall / 2.0, setting);
            }
            top += tall;
        }
    }

    fn draw_absent(
        &self,
        canvas: &Canvas<'_>,
        place: &Place,
        people: GroupSize,
        texts: &FiveBarsTexts,
    ) {
        let (left, right) = self.bars;
        let (top, tall) = (place.base - TALL + 8.0, TALL - 8.0);
        canvas.rect((left, top), (right - left, tall), Paint::Missing);
        let said = match people {
            GroupSize::Nobody => texts.nobody.clone(),
            GroupSize::Hidden => texts.hidden.clone(),
            class => filled_in(&texts.too_few, &[("class", &class.to_string())]),
        };
        let room = self.layout.width() - self.words;
        let lines = wrapped(&said, room, self.small.size, false);
        canvas.lines(&lines, self.words, top + tall / 2.0, self.small);
    }
}

/// The mark of the median: a triangle that points up at its bar.
pub(crate) fn median_mark(canvas: &Canvas<'_>, x: f64, y: f64) {
    let corners = [(x - 6.0, y + 8.0), (x, y), (x + 6.0, y + 8.0)];
    canvas.shape(&corners, Paint::Ink);
}
