//! Reports, charts and tables as Excel workbooks, written by `rust_xlsxwriter`.
//!
//! The first sheet says what the numbers rest on. Then comes a sheet for each table: its caption, a header that stays in
//! sight, numbers as numbers (rounded as everywhere, in a format with as many decimals), symbols as text, and the chart
//! as one of Excel's own where Excel has one for it.

mod native;
mod sheet;

use charts::{Chart, Table};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::{
    content::{Block, Language, Report, Section},
    progress::{Fault, Parts, Step, unwatched},
};
use sheet::{Sheets, Written};

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        Self::because(error)
    }
}

/// The report as a workbook. Its first sheet holds the conditions and every text in reading order, and says which sheet
/// holds which table; slides are a choice out of the rest and not repeated.
///
/// # Errors
/// [`Fault::Cancelled`] when `step`, told after every sheet, says so; [`Fault::Failed`] when a sheet cannot be written,
/// such as one with more rows than Excel has.
pub fn xlsx(report: &Report, step: &mut Step<'_>) -> Result<Vec<u8>, Fault> {
    let sections = || report.summary.iter().chain(&report.appendix);
    let tables = (sections().flat_map(|section| &section.blocks))
        .filter(|block| matches!(block, Block::Figure(_) | Block::Table(_)))
        .count();
    let mut parts = Parts::new(tables + 2, step);
    let mut sheets = Sheets::new(Some(&report.title), report.example.as_deref());
    let first = sheets.reserve(&report.conditions_heading)?;
    let mut front = vec![
        Written::Title(&report.title),
        Written::Line(&report.subtitle),
        Written::Line(&report.day),
    ];
    front.extend(report.example.as_deref().map(Written::Mark));
    front.push(Written::Heading(&report.conditions_heading));
    front.extend(report.conditions.iter().map(|text| Written::Line(text)));
    for section in &report.summary {
        section_on_front(section, &mut sheets, &mut front, &mut parts)?;
    }
    if !report.appendix.is_empty() {
        front.push(Written::Title(&report.appendix_heading));
    }
    for section in &report.appendix {
        section_on_front(section, &mut sheets, &mut front, &mut parts)?;
    }
    sheets.front(first, &front)?;
    parts.finished()?;
    let file = finished(
        sheets,
        &report.title,
        &report.subtitle,
        report.language,
        Some(&report.day),
    )?;
    parts.finished()?;
    Ok(file)
}

/// A table as a workbook: what it rests on first, then the table.
///
/// # Errors
/// [`Fault::Failed`] when it cannot be written, such as with more rows than Excel has.
pub fn table_xlsx(table: &Table, language: Language) -> Result<Vec<u8>, Fault> {
    single(table, None, language)
}

/// A chart as a workbook: what it rests on first, then its table with the chart as one of Excel's own.
///
/// # Errors
/// As [`table_xlsx`].
pub fn chart_xlsx(chart: &Chart, language: Language) -> Result<Vec<u8>, Fault> {
    single(&chart.table, Some(chart), language)
}

fn single(table: &Table, chart: Option<&Chart>, language: Language) -> Result<Vec<u8>, Fault> {
    let mut step = unwatched;
    let mut parts = Parts::new(1, &mut step);
    let mut sheets = Sheets::new(None, None);
    let heading = match language {
        Language::Swedish => "Underlag",
        Language::English => "Conditions",
    };
    let first = sheets.reserve(heading)?;
    let name = sheets.table(table, chart)?;
    let mut front = vec![Written::Title(&table.caption)];
    front.extend(chart.map(|chart| Written::Line(&chart.description)));
    front.push(Written::Heading(heading));
    front.extend(table.conditions.iter().map(|text| Written::Line(text)));
    front.push(Written::Sheet(&table.caption, name));
    sheets.front(first, &front)?;
    parts.finished()?;
    finished(sheets, &table.caption, "", language, None)
}

fn section_on_front<'r>(
    section: &'r Section,
    sheets: &mut Sheets<'r>,
    front: &mut Vec<Written<'r>>,
    parts: &mut Parts<'_, '_>,
) -> Result<(), Fault> {
    front.push(Written::Heading(&section.heading));
    for block in &section.blocks {
        match block {
            Block::Text(text) => front.push(Written::Line(text)),
            Block::List(items) => front.extend(items.iter().map(|item| Written::Item(item))),
            Block::Figure(figure) => {
                let name = sheets.table(&figure.chart.table, Some(&figure.chart))?;
                front.push(Written::Sheet(&figure.chart.title, name));
                front.push(Written::Line(&figure.chart.description));
                parts.finished()?;
            }
            Block::Table(table) => {
                let name = sheets.table(table, None)?;
                front.push(Written::Sheet(&table.caption, name));
                parts.finished()?;
            }
        }
    }
    Ok(())
}

/// The workbook with its properties, as bytes.
fn finished(
    sheets: Sheets<'_>,
    title: &str,
    subject: &str,
    language: Language,
    day: Option<&str>,
) -> Result<Vec<u8>, Fault> {
    let mut workbook: Workbook = sheets.into_workbook();
    let mut properties = DocProperties::new()
        .set_title(title)
        .set_subject(subject)
        .set_author("Förmågekartan")
        .set_custom_property("Language", language.code());
    if let Some(day) = day.and_then(|day| ExcelDateTime::parse_from_str(day).ok()) {
        properties = properties.set_creation_datetime(&day);
    }
    workbook.set_properties(&properties);
    Ok(workbook.save_to_buffer()?)
}

/// As many decimals as the number is shown with.
fn number_format(decimals: u8) -> String {
    match decimals {
        0 => "0".to_owned(),
        some => format!("0.{}", "0".repeat(usize::from(some))),
    }
}

/// What a font looks like on all sheets.
const FONT: &str = "Arial";
