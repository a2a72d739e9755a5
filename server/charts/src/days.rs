//! How many answers came in, day by day: bars on one scale that begins at nought, with no day left out.

use crate::{
    canvas::{Align, Canvas, Scale, Setting, count},
    chart::{Chart, Draft, Layout},
    lettering::{LINE_HEIGHT, text_width},
    paint::Paint,
    table::{Cell, Row, Table},
    texts::{ChartTexts, filled_in},
};

/// How tall a bar is.
const BAR: f64 = 14.0;

/// One bar for each day (or week), in the order given, with its number at the end.
///
/// `columns` are the words for a day and for the answers of one. In the description `{count}` is the sum, `{first}` the
/// day with the most, `{number}` how many that day had, and `{without}` the days without any.
pub fn day_bars(
    days: &[(String, usize)],
    columns: [String; 2],
    layout: Layout,
    texts: &ChartTexts,
) -> Chart {
    let rows = days.iter().map(|(day, answers)| Row {
        header: day.clone(),
        cells: vec![Cell::number_or(Some(count(*answers)), 0, "-")],
    });
    let table = Table {
        caption: texts.title.clone(),
        columns: columns.into(),
        rows: rows.collect(),
        conditions: texts.conditions.clone(),
        mark: texts.mark,
    };
    let setting = Setting::new(match layout {
        Layout::Wide => 14.0,
        Layout::Narrow => 16.0,
    });
    let line = (setting.size * LINE_HEIGHT).max(BAR) + 4.0;
    let height = 8.0 + line * count(days.len());
    let draft = Draft {
        id: "days",
        layout,
        title: &texts.title,
        description: description(days, texts),
        table,
    };
    draft.drawn(layout.width(), height, |canvas, table| {
        draw(canvas, table, layout.width(), (setting, line));
    })
}

fn description(days: &[(String, usize)], texts: &ChartTexts) -> String {
    // Of several days with the most it is the first.
    let most = days.iter().rev().max_by_key(|(_, answers)| *answers);
    let all: usize = days.iter().map(|(_, answers)| answers).sum();
    let without = days.iter().filter(|(_, answers)| *answers == 0).count();
    filled_in(
        &texts.description,
        &[
            ("count", &all.to_string()),
            ("first", most.map_or("–", |(day, _)| day)),
            (
                "number",
                &most.map_or(0, |(_, answers)| *answers).to_string(),
            ),
            ("without", &without.to_string()),
        ],
    )
}

fn draw(canvas: &Canvas<'_>, table: &Table, width: f64, (setting, line): (Setting, f64)) {
    let wide = |words: &str, bold| text_width(words, setting.size, bold);
    let numbers = table.rows.iter().map(|row| row.cells[0].text(table.mark));
    let label = (table.rows.iter())
        .map(|row| wide(&row.header, false))
        .fold(0.0, f64::max);
    let number = numbers
        .map(|number| wide(&number, true))
        .fold(0.0, f64::max);
    let most = (table.rows.iter())
        .filter_map(|row| row.cells[0].value())
        .fold(1.0, f64::max);
    let (left, right) = (label.ceil() + 12.0, width - number.ceil() - 10.0);
    let scale = Scale::new((0.0, most), (left, right));
    for (row, place) in table.rows.iter().zip(0_u32..) {
        let middle = 4.0 + line * (f64::from(place) + 0.5);
        canvas.group("row", None, || {
            canvas.text(&row.header, label, middle, setting.align(Align::End));
            let answers = row.cells[0].value().unwrap_or_default();
            let (from, to) = (scale.at(0.0), scale.at(answers));
            canvas.rect(
                (from, middle - BAR / 2.0),
                (right - from, BAR),
                Paint::Track,
            );
            if answers > 0.0 {
                canvas.rect((from, middle - BAR / 2.0), (to - from, BAR), Paint::Current);
            }
            let text = row.cells[0].text(table.mark);
            canvas.text(&text, width, middle, setting.bold().align(Align::End));
        });
    }
}
