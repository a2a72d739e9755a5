//! The priority list as bars, with what cannot be told apart held together.

use domain::results::{Ranked, RegionResult};

use crate::{
    canvas::{Align, Canvas, Scale, Setting, count},
    chart::{Chart, Draft, Layout},
    lettering::{LINE_HEIGHT, text_width, wrapped},
    paint::Paint,
    table::{Cell, Row, Table},
    texts::{ChartTexts, filled_in},
};

/// Room for brackets.
const BRACKET: f64 = 14.0;
/// Room for the number at the end of a bar.
const NUMBER: f64 = 44.0;
/// What stands between the parts of a priority.
const BETWEEN_PARTS: &str = " · ";
/// How tall a bar is.
const BAR: f64 = 12.0;

/// Priorities 0–100 in the order of the list, each with its parts: effect on goals, what there is to close, and the
/// municipalities. Neighbours of one group are held by a bracket: they cannot be told apart.
///
/// `ranking` is [`RegionResult::ranking`] or a part of it. Places that point to no capability are passed over.
pub fn priority_bars(
    result: &RegionResult,
    ranking: &[Ranked],
    layout: Layout,
    texts: &ChartTexts,
) -> Chart {
    let ranking: Vec<&Ranked> = (ranking.iter())
        .filter(|ranked| ranked.capability < result.capabilities.len())
        .collect();
    let table = table(result, &ranking, texts);
    let geometry = Geometry::new(&ranking, &table, layout, texts);
    let draft = Draft {
        id: "priority",
        layout,
        title: &texts.title,
        description: description(result, &table, texts),
        table,
    };
    draft.drawn(layout.width(), geometry.height, |canvas, table| {
        geometry.draw(canvas, table, texts);
    })
}

fn table(result: &RegionResult, ranking: &[&Ranked], texts: &ChartTexts) -> Table {
    let rows = ranking.iter().map(|ranked| {
        let capability = &result.capabilities[ranked.capability];
        let whole = |number: usize| Cell::number_or(Some(count(number)), 0, "-");
        Row {
            header: capability.name.to_string(),
            cells: vec![
                Cell::number_or(Some(f64::from(ranked.place)), 0, "-"),
                Cell::number_or(capability.priority, 0, "-"),
                Cell::number_or(capability.effect.map(f64::from), 0, "-"),
                Cell::number_or(capability.gap_to_close, 1, "-"),
                whole(capability.with_gap),
                whole(capability.with_value),
                Cell::Text(interval(ranked.interval)),
            ],
        }
    });
    Table {
        caption: texts.title.clone(),
        columns: [
            &texts.capability,
            &texts.place,
            &texts.priority,
            &texts.effect,
            &texts.gap_to_close,
            &texts.with_gap,
            &texts.with_value,
            &texts.interval,
        ]
        .map(Clone::clone)
        .into(),
        rows: rows.collect(),
        conditions: texts.conditions.clone(),
        mark: texts.mark,
    }
}

fn description(result: &RegionResult, table: &Table, texts: &ChartTexts) -> String {
    let first = table.rows.first();
    let number = first.map(|row| row.cells[1].text(table.mark));
    let without = (result.capabilities.iter())
        .filter(|capability| capability.priority.is_none())
        .count();
    filled_in(
        &texts.description,
        &[
            ("count", &table.rows.len().to_string()),
            ("first", first.map_or("–", |row| &row.header)),
            ("number", number.as_deref().unwrap_or("–")),
            ("without", &without.to_string()),
        ],
    )
}

/// One row's place.
struct Place {
    name: Vec<String>,
    parts: Vec<String>,
    top: f64,
}

/// A bracket around neighbours, from and to.
struct Bracket {
    top: f64,
    bottom: f64,
}

struct Geometry {
    name: Setting,
    small: Setting,
    left: f64,
    scale: Scale,
    places: Vec<Place>,
    brackets: Vec<Bracket>,
    width: f64,
    height: f64,
}

impl Geometry {
    fn new(ranking: &[&Ranked], table: &Table, layout: Layout, texts: &ChartTexts) -> Self {
        let (name, small) = match layout {
            Layout::Wide => (Setting::new(16.0).bold(), Setting::new(14.0)),
            Layout::Narrow => (Setting::new(16.0).bold(), Setting::new(15.0)),
        };
        let width = layout.width();
        let places_wide = (ranking.iter())
            .map(|ranked| text_width(&format!("{}.", ranked.place), name.size, true))
            .fold(20.0, f64::max);
        let left = (BRACKET + places_wide + 8.0).ceil();
        let line = |setting: Setting| setting.size * LINE_HEIGHT;
        let mut top = line(small);
        let mut places = Vec::new();
        let mut brackets: Vec<Bracket> = Vec::new();
        for (index, (row, ranked)) in table.rows.iter().zip(ranking).enumerate() {
            let same = |other: Option<&&Ranked>| other.is_some_and(|o| o.group == ranked.group);
            let after = index
                .checked_sub(1)
                .is_some_and(|before| same(ranking.get(before)));
            let before = same(ranking.get(index + 1));
            let after_group = index >= 2 && ranking[index - 1].group == ranking[index - 2].group;
            if index > 0 && !after && (before || after_group) {
                top += 12.0;
            }
            if before && !after {
                brackets.push(Bracket { top, bottom: top });
                top += line(small) + 4.0;
            }
            let said = |cell: usize| row.cells[cell].text(table.mark);
            let parts = filled_in(
                &texts.parts,
                &[
                    ("effect", &said(2)),
                    ("gap", &said(3)),
                    ("with_gap", &said(4)),
                    ("with_value", &said(5)),
                    ("interval", &said(6)),
                ],
            );
            let name_lines = wrapped(&row.header, width - left, name.size, true);
            let part_lines = wrapped_parts(&parts, width - left, small);
            let height = 12.0
                + count(name_lines.len()) * line(name)
                + count(part_lines.len()) * line(small)
                + 8.0
                + BAR;
            places.push(Place {
                name: name_lines,
                parts: part_lines,
                top,
            });
            top += height;
            if let Some(bracket) = brackets.last_mut().filter(|_| after) {
                bracket.bottom = top;
            }
        }
        Self {
            name,
            small: small.paint(Paint::InkSoft),
            left,
            scale: Scale::new((0.0, 100.0), (left, width - NUMBER)),
            places,
            brackets,
            width,
            height: top + 8.0,
        }
    }

    fn draw(&self, canvas: &Canvas<'_>, table: &Table, texts: &ChartTexts) {
        let setting = self.small.align(Align::End);
        let middle = self.small.size * LINE_HEIGHT / 2.0;
        canvas.text(&texts.priority, self.width, middle, setting);
        for Bracket { top, bottom } in &self.brackets {
            canvas.group("tied", None, || {
                let (left, right) = (2.0, BRACKET - 4.0);
                let (top, bottom) = (top + 2.0, *bottom);
                let corners = [(right, top), (left, top), (left, bottom), (right, bottom)];
                canvas.line(&corners, 2.0, Paint::Bracket);
                let middle = top + self.small.size * LINE_HEIGHT / 2.0;
                canvas.text(&texts.tied, BRACKET + 4.0, middle, self.small);
            });
        }
        for (place, row) in self.places.iter().zip(&table.rows) {
            canvas.group("row", None, || self.draw_row(canvas, place, row, table));
        }
    }

    fn draw_row(&self, canvas: &Canvas<'_>, place: &Place, row: &Row, table: &Table) {
        let line =
            |setting: Setting, lines: &[String]| count(lines.len()) * setting.size * LINE_HEIGHT;
        let (names, parts) = (line(self.name, &place.name), line(self.small, &place.parts));
        let mut y = place.top + 12.0;
        let first = y + self.name.size * LINE_HEIGHT / 2.0;
        let rank = format!("{}.", row.cells[0].text(table.mark));
        let setting = self.name.paint(Paint::Current).align(Align::End);
        canvas.text(&rank, self.left - 6.0, first, setting);
        canvas.lines(&place.name, self.left, y + names / 2.0, self.name);
        y += names;
        canvas.lines(&place.parts, self.left, y + parts / 2.0, self.small);
        y += parts + 8.0;

        let priority = &row.cells[1];
        let (start, end) = (self.scale.at(0.0), self.scale.at(100.0));
        canvas.rect((start, y), (end - start, BAR), Paint::Track);
        if let Some(value) = priority.value() {
            let to = self.scale.at(value.clamp(0.0, 100.0));
            canvas.rect((start, y), (to - start, BAR), Paint::Bar);
        }
        let setting = self.name.align(Align::End);
        canvas.text(
            &priority.text(table.mark),
            self.width,
            y + BAR / 2.0,
            setting,
        );
    }
}

/// From one place to another as it is written: `1–3`, or the one place.
pub fn interval((from, to): (u32, u32)) -> String {
    if from == to {
        from.to_string()
    } else {
        format!("{from}–{to}")
    }
}

/// Parts in lines, broken between parts rather than within them.
pub(crate) fn wrapped_parts(parts: &str, width: f64, setting: Setting) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts.split(BETWEEN_PARTS) {
        let longer = lines.last().map(|line| [line, part].join(BETWEEN_PARTS));
        match longer.filter(|longer| text_width(longer, setting.size, false) <= width) {
            Some(longer) => {
                lines.pop();
                lines.push(longer);
            }
            None => lines.extend(wrapped(part, width, setting.size, false)),
        }
    }
    lines
}
