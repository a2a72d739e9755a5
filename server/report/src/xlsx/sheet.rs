//! The sheets of a workbook.

use charts::{Cell, Chart, Table, rounded, text_width};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatPattern, Workbook, Worksheet};

use super::{FONT, native, number_format};
use crate::{grounds::Grounds, progress::Fault};

/// The most characters of a sheet's name.
const LONGEST_NAME: usize = 31;
/// The most characters of a cell.
const LONGEST_TEXT: usize = 32_000;
/// The most characters of a text in a printed header.
const LONGEST_HEADER: usize = 110;
/// A4.
const PAPER: u8 = 9;

/// A line of the first sheet.
pub(super) enum Written<'r> {
    /// The title of all that follows.
    Title(&'r str),
    /// The heading of what follows.
    Heading(&'r str),
    /// A paragraph.
    Line(&'r str),
    /// An item of a list.
    Item(&'r str),
    /// That these are examples.
    Mark(&'r str),
    /// A table's caption, and the sheet that holds it.
    Sheet(&'r str, String),
}

/// How cells look.
struct Look {
    text: Format,
    title: Format,
    heading: Format,
    mark: Format,
    header: Format,
    cell: Format,
    symbol: Format,
    /// Where a heat map has no number.
    hatched: Format,
    note: Format,
}

impl Look {
    fn new() -> Self {
        let text = Format::new()
            .set_font_name(FONT)
            .set_font_size(11)
            .set_font_color("16262B")
            .set_align(FormatAlign::Top);
        Self {
            title: text.clone().set_bold().set_font_size(16),
            heading: text.clone().set_bold().set_font_size(13),
            mark: (text.clone().set_bold())
                .set_background_color("FFF8EC")
                .set_text_wrap(),
            header: (text.clone().set_bold().set_text_wrap())
                .set_background_color("E3EFED")
                .set_border_bottom(FormatBorder::Thin),
            cell: text.clone(),
            symbol: text.clone().set_align(FormatAlign::Right),
            hatched: (text.clone().set_align(FormatAlign::Right))
                .set_pattern(FormatPattern::LightUp)
                .set_background_color("FFFFFF")
                .set_foreground_color("B9C4C3"),
            note: text.clone().set_font_color("50646B"),
            text: text.set_text_wrap(),
        }
    }
}

/// A workbook in the making.
pub(super) struct Sheets<'r> {
    workbook: Workbook,
    look: Look,
    /// The name of what the sheets belong to, in the header of printed pages.
    title: Option<&'r str>,
    example: Option<&'r str>,
    /// Tables that have their sheet, so that none is written twice.
    tables: Vec<(&'r Table, String)>,
}

impl<'r> Sheets<'r> {
    /// An empty workbook, whose every sheet is marked with `example`.
    pub(super) fn new(title: Option<&'r str>, example: Option<&'r str>) -> Self {
        Self {
            workbook: Workbook::new(),
            look: Look::new(),
            title,
            example,
            tables: Vec::new(),
        }
    }

    /// The workbook as it is now.
    pub(super) fn into_workbook(self) -> Workbook {
        self.workbook
    }

    /// Makes an empty sheet, to be written later; gives its place.
    pub(super) fn reserve(&mut self, name: &str) -> Result<usize, Fault> {
        let place = self.workbook.worksheets().len();
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(sheet_name(name))?;
        Ok(place)
    }

    /// Writes the first sheet: texts in column A, the names of sheets beside them in column B.
    pub(super) fn front(&mut self, place: usize, lines: &[Written<'_>]) -> Result<(), Fault> {
        let (title, example) = (self.title, self.example);
        let sheet = self.workbook.worksheet_from_index(place)?;
        let look = &self.look;
        printed(sheet, title, example);
        sheet.set_portrait();
        sheet.set_column_width(0, 92)?.set_column_width(1, 34)?;
        let mut row = 0;
        for line in lines {
            let (text, format) = match line {
                Written::Title(text) => (clipped(text), &look.title),
                Written::Heading(text) => (clipped(text), &look.heading),
                Written::Line(text) => (clipped(text), &look.text),
                Written::Item(text) => (clipped(&format!("• {text}")), &look.text),
                Written::Mark(text) => (clipped(text), &look.mark),
                Written::Sheet(caption, name) => {
                    sheet.write_with_format(row, 1, name, &look.cell)?;
                    (clipped(caption), &look.text)
                }
            };
            if row > 0 && matches!(line, Written::Title(_) | Written::Heading(_)) {
                row += 1;
            }
            sheet.write_with_format(row, 0, text, format)?;
            row += 1;
        }
        Ok(())
    }

    /// Writes a table, and its chart where Excel has one for it, to a sheet of its own unless it has one already; gives
    /// the sheet's name.
    pub(super) fn table(
        &mut self,
        table: &'r Table,
        chart: Option<&Chart>,
    ) -> Result<String, Fault> {
        if let Some((_, name)) = self.tables.iter().find(|(known, _)| *known == table) {
            return Ok(name.clone());
        }
        let name = sheet_name(&format!("{} {}", self.tables.len() + 1, table.caption));
        let (title, example) = (self.title, self.example);
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(&name)?;
        printed(sheet, title, example);
        sheet.set_landscape();
        let grounds = chart.and_then(Grounds::of);
        let header = written(sheet, table, grounds.as_ref(), example, &self.look)?;
        if let Some(native) = chart.and_then(|chart| native::of(chart, &name, header)) {
            let beside = column(table.columns.len() + 1)?;
            sheet.insert_chart(header, beside, &native)?;
        }
        self.tables.push((table, name.clone()));
        Ok(name)
    }
}

/// Writes a table with all that belongs to it; gives the row of its header.
fn written(
    sheet: &mut Worksheet,
    table: &Table,
    grounds: Option<&Grounds>,
    example: Option<&str>,
    look: &Look,
) -> Result<u32, Fault> {
    sheet.write_with_format(0, 0, clipped(&table.caption), &look.title)?;
    if let Some(example) = example {
        sheet.write_with_format(1, 0, clipped(example), &look.mark)?;
    }
    let header = if example.is_some() { 2 } else { 1 };
    let mut widths = vec![0.0_f64; table.columns.len()];
    for (place, name) in table.columns.iter().enumerate() {
        sheet.write_with_format(header, column(place)?, clipped(name), &look.header)?;
        let longest = name.split_whitespace().map(characters).fold(0.0, f64::max);
        widths[place] = longest + 1.0;
    }
    let mut at = header;
    for row in &table.rows {
        at += 1;
        sheet.write_with_format(at, 0, clipped(&row.header), &look.cell)?;
        widen(&mut widths, 0, characters(&row.header));
        for (place, cell) in (1..).zip(&row.cells) {
            widen(&mut widths, place, characters(&cell.text(table.mark)));
            write_cell(sheet, at, column(place)?, cell, grounds, look)?;
        }
    }
    for (place, width) in widths.iter().enumerate() {
        let most = if place == 0 { 60.0 } else { 40.0 };
        sheet.set_column_width(column(place)?, (width + 2.0).clamp(8.0, most))?;
    }
    sheet.set_freeze_panes(header + 1, 1)?;
    sheet.set_repeat_rows(header, header)?;
    at += 2;
    for condition in &table.conditions {
        sheet.write_with_format(at, 0, clipped(condition), &look.note)?;
        at += 1;
    }
    Ok(header)
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    grounds: Option<&Grounds>,
    look: &Look,
) -> Result<(), Fault> {
    match cell {
        Cell::Text(text) => sheet.write_with_format(row, column, clipped(text), &look.cell)?,
        Cell::Number { value, decimals } if value.is_finite() => {
            let mut format = look.cell.clone().set_num_format(number_format(*decimals));
            if let Some((ground, ink)) = grounds.and_then(|grounds| grounds.at(*value)) {
                format =
                    (format.set_background_color(ground.as_str())).set_font_color(ink.as_str());
            }
            sheet.write_with_format(row, column, rounded(*value, *decimals), &format)?
        }
        Cell::Number { .. } => sheet.write_with_format(row, column, "–", &look.symbol)?,
        Cell::Symbol(symbol) => {
            let look = if grounds.is_some() {
                &look.hatched
            } else {
                &look.symbol
            };
            sheet.write_with_format(row, column, *symbol, look)?
        }
    };
    Ok(())
}

/// How a sheet is printed: on A4, as wide as a page, with what it belongs to above and the page below.
fn printed(sheet: &mut Worksheet, title: Option<&str>, example: Option<&str>) {
    sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C&P / &N");
    let plain = |text: Option<&str>| {
        let short: String = text
            .unwrap_or("")
            .chars()
            .take(LONGEST_HEADER / 2)
            .collect();
        short.replace('&', "&&").replace(['\n', '\r'], " ")
    };
    sheet.set_header(format!("&L{}&R{}", plain(title), plain(example)));
}

fn widen(widths: &mut [f64], place: usize, characters: f64) {
    if let Some(width) = widths.get_mut(place) {
        *width = width.max(characters);
    }
}

/// How wide a text is, in digits, which Excel measures columns in.
fn characters(text: &str) -> f64 {
    text_width(text, 1.0, false) / text_width("0", 1.0, false)
}

/// A column's number, if Excel has so many.
pub(super) fn column(place: usize) -> Result<u16, Fault> {
    u16::try_from(place).map_err(Fault::because)
}

/// A text that fits a cell.
fn clipped(text: &str) -> String {
    text.chars().take(LONGEST_TEXT / 2).collect()
}

/// A text as a sheet's name: without what Excel forbids there, and no longer than it allows.
fn sheet_name(text: &str) -> String {
    let allowed = text.chars().map(|character| match character {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' => ' ',
        control if control.is_control() => ' ',
        other => other,
    });
    let allowed: String = allowed.collect();
    let words = allowed.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut name = String::new();
    let mut length = 0;
    for character in words.trim_matches('\'').chars() {
        length += character.len_utf16();
        if length > LONGEST_NAME {
            break;
        }
        name.push(character);
    }
    let name = name.trim_end_matches([' ', '\'']).to_owned();
    if name.is_empty() {
        "-".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_sheet_is_named_after_its_table_as_far_as_excel_allows() {
        assert_eq!(
            sheet_name("3 Skillnad: per förmåga/kommun [2026]"),
            "3 Skillnad per förmåga kommun 2"
        );
        assert_eq!(sheet_name("'Kort'"), "Kort");
        assert_eq!(sheet_name(":"), "-");
    }

    proptest! {
        #[test]
        fn no_caption_makes_a_name_that_excel_refuses(caption in ".{0,60}") {
            let mut workbook = Workbook::new();
            prop_assert!(workbook.add_worksheet().set_name(sheet_name(&caption)).is_ok());
        }
    }
}
