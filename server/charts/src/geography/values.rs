//! What a map shows of each municipality, and how it is said.

use domain::{
    municipality::Municipality,
    results::{CellValue, Measure},
};

use crate::{
    canvas::{Align, Canvas, Setting, count},
    legend::{Item, Key, Legend},
    lettering::{text_width, wrapped},
    number::rounded,
    paint::Paint,
    table::{Cell, Row, Table},
    texts::Heading,
};

/// One municipality's number on a map, or the symbol that tells why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct MunicipalValue {
    /// Which.
    pub municipality: Municipality,
    /// A number in the unit of the map's measure, or a symbol.
    pub value: Cell,
    /// How many values it is the mean of.
    pub values: u32,
    /// How many of those are agreed in the municipality; the others rest on answers alone.
    pub agreed: u32,
}

/// The words of a map and of a grid of tiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapTexts {
    /// Title, description, conditions.
    pub heading: Heading,
    /// Kommun.
    pub municipality: String,
    /// Kommunkod.
    pub code: String,
    /// What the numbers are, such as "Skillnad i snitt".
    pub value: String,
    /// How many values a number is the mean of: "Antal värden".
    pub values: String,
    /// How many of those are agreed: "Varav förankrade".
    pub agreed: String,
    /// What the colours are, before their cells: "Färg efter närmaste hela steg".
    pub ramp: String,
    /// Kan stödja andra: below zero.
    pub surplus: String,
    /// För få svar, after `..`.
    pub hidden: String,
    /// Inte aktuellt, after `.`.
    pub not_applicable: String,
    /// Inga svar, after `-`.
    pub missing: String,
    /// A template for maps of so many that some have no number: `{count}` of them, whose numbers are in the table.
    pub left_out: String,
    /// For tiles that have the municipality's code instead of its name.
    pub codes: String,
    /// For tiles that have room for the number alone.
    pub numbers_alone: String,
}

/// The table of a map.
pub(crate) fn table(values: &[MunicipalValue], texts: &MapTexts) -> Table {
    Table {
        caption: texts.heading.title.clone(),
        columns: [
            &texts.municipality,
            &texts.code,
            &texts.value,
            &texts.values,
            &texts.agreed,
        ]
        .map(Clone::clone)
        .into(),
        rows: (values.iter())
            .map(|place| Row {
                header: place.municipality.name().to_owned(),
                // The counts are texts: the picture has the mean alone.
                cells: vec![
                    Cell::Text(place.municipality.to_string()),
                    place.value.clone(),
                    Cell::Text(place.values.to_string()),
                    Cell::Text(place.agreed.to_string()),
                ],
            })
            .collect(),
        conditions: texts.heading.conditions.clone(),
        mark: texts.heading.mark,
    }
}

/// The ground of a municipality and the text on it, by the nearest whole step: the same as in the heat map.
pub(crate) fn paints(value: &Cell, measure: Measure) -> (Paint, Paint) {
    let step = value.value().map(|value| {
        let near = rounded(value, 0);
        (-4..=5_i8)
            .min_by(|a, b| {
                let away = |step: &i8| (f64::from(*step) - near).abs();
                away(a).total_cmp(&away(b))
            })
            .unwrap_or_default()
    });
    match (step, measure) {
        (None, _) => (Paint::Missing, Paint::Ink),
        (Some(step), Measure::Gap) => Paint::gap(step),
        (Some(step), Measure::Current | Measure::Target) => Paint::level(step),
    }
}

/// What colours and signs mean: a ramp, and those that occur.
pub(crate) struct MapLegend {
    words: Vec<String>,
    beside: bool,
    steps: Vec<(Paint, Paint, String)>,
    signs: Legend,
    size: f64,
}

/// The legend of a map with these values.
pub(crate) fn legend(
    values: &[MunicipalValue],
    measure: Measure,
    texts: &MapTexts,
    size: f64,
    width: f64,
) -> MapLegend {
    let some = |symbol: &str| {
        (values.iter()).any(|place| matches!(&place.value, Cell::Symbol(own) if *own == symbol))
    };
    let mut items = Vec::new();
    let below = |place: &MunicipalValue| {
        place
            .value
            .value()
            .is_some_and(|value| rounded(value, 0) < 0.0)
    };
    if measure == Measure::Gap && values.iter().any(below) {
        let key = Key::Cell(Paint::Surplus1, Paint::OnSurplus1, "−1");
        items.push(Item::new(key, &texts.surplus));
    }
    for (value, meaning) in [
        (CellValue::Hidden, &texts.hidden),
        (CellValue::NotApplicable, &texts.not_applicable),
        (CellValue::Missing, &texts.missing),
    ] {
        if some(value.symbol()) {
            items.push(Item::new(Key::Absent(value.symbol()), meaning));
        }
    }
    let range = if measure == Measure::Gap {
        0..=4
    } else {
        1..=5
    };
    let steps: Vec<_> = range
        .map(|step: u8| {
            let cell = Cell::number_or(Some(f64::from(step)), 0, "");
            let (ground, ink) = paints(&cell, measure);
            (ground, ink, step.to_string())
        })
        .collect();
    let beside = text_width(&texts.ramp, size, false) + 10.0 + STEP * count(steps.len()) <= width;
    MapLegend {
        words: wrapped(&texts.ramp, width, size, false),
        beside,
        steps,
        signs: Legend::new(items, Setting::new(size), width),
        size,
    }
}

/// How wide a step of the ramp is.
const STEP: f64 = 32.0;

impl MapLegend {
    fn above(&self) -> f64 {
        if self.beside {
            0.0
        } else {
            count(self.words.len()) * self.size * 1.25 + 6.0
        }
    }

    /// Its height.
    pub(crate) fn height(&self) -> f64 {
        self.above() + Legend::LINE + 4.0 + self.signs.height()
    }

    /// Draws it from this corner.
    pub(crate) fn draw(&self, canvas: &Canvas<'_>, left: f64, top: f64) {
        let words = Setting::new(self.size).paint(Paint::InkSoft);
        let middle = top + self.above() + Legend::LINE / 2.0;
        canvas.group("legend", None, || {
            let mut x = left;
            if self.beside {
                for line in &self.words {
                    canvas.text(line, x, middle, words);
                    x += text_width(line, self.size, false) + 10.0;
                }
            } else {
                let height = count(self.words.len()) * self.size * 1.25;
                canvas.lines(&self.words, x, top + height / 2.0, words);
            }
            for (ground, ink, step) in &self.steps {
                canvas.rect((x, middle - 11.0), (STEP - 2.0, 22.0), *ground);
                let setting = Setting::new(self.size).bold().paint(*ink);
                canvas.text(
                    step,
                    x + STEP / 2.0 - 1.0,
                    middle,
                    setting.align(Align::Middle),
                );
                x += STEP;
            }
        });
        let below = top + self.above() + Legend::LINE + 4.0;
        self.signs.draw(canvas, left, below);
    }
}
