//! Excel files: the first sheet, cell by cell, with bounds on how large they become when unpacked.

use std::io::{self, Cursor, Read};

use calamine::{Data, DataRef, Reader, Xlsx};
use zip::ZipArchive;

use super::{FileFault, KEPT_ROWS, MAX_CELLS, Sheet, bounded};

/// The most that a file may hold unpacked. A map of 2000 rows of long texts is a tenth of it.
const UNPACKED_LIMIT: u64 = 24 * 1024 * 1024;
/// The most that its cells may hold together: a text that the file has once may stand in every cell.
const TEXT_LIMIT: usize = 8 * 1024 * 1024;
/// The most parts a file may have.
const MAX_PARTS: usize = 500;

/// Reads the first sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, FileFault> {
    check_size(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| FileFault::Broken)?;
    let name = (book.sheet_names().first().cloned()).ok_or(FileFault::Broken)?;
    // Cell by cell: a sheet with one cell in its far corner would be huge as a table.
    let mut reader = (book.worksheet_cells_reader(&name)).map_err(|_| FileFault::Broken)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut left = TEXT_LIMIT;
    while let Some(cell) = reader.next_cell().map_err(|_| FileFault::Broken)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        if row >= KEPT_ROWS || column >= MAX_CELLS {
            continue;
        }
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if rows[row].len() <= column {
            rows[row].resize(column + 1, String::new());
        }
        let text = text(cell.get_value());
        left = left.checked_sub(text.len()).ok_or(FileFault::TooLarge)?;
        rows[row][column] = text;
    }
    Ok(Sheet {
        rows,
        guessed: false,
    })
}

/// Unpacks every part to nowhere before any is kept: what a part says about its size proves nothing.
fn check_size(bytes: &[u8]) -> Result<(), FileFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::Broken)?;
    if archive.len() > MAX_PARTS {
        return Err(FileFault::TooLarge);
    }
    let mut left = UNPACKED_LIMIT;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| FileFault::Broken)?;
        let unpacked =
            io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| FileFault::Broken)?;
        left = left.checked_sub(unpacked).ok_or(FileFault::TooLarge)?;
    }
    Ok(())
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) => bounded(text),
        DataRef::SharedString(text) => bounded(text),
        other => bounded(&Data::from(other.clone()).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    /// A workbook with one sheet, whose cells are these elements.
    fn workbook(sheet_data: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let parts = [
            (
                "_rels/.rels",
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned(),
            ),
            (
                "xl/workbook.xml",
                r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>"#.to_owned(),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#.to_owned(),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!(
                    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet_data}</sheetData></worksheet>"#
                ),
            ),
        ];
        for (name, content) in parts {
            zip.start_file(name, SimpleFileOptions::default())
                .expect("memory");
            zip.write_all(content.as_bytes()).expect("memory");
        }
        zip.finish().expect("memory").into_inner()
    }

    #[test]
    fn the_first_sheet_is_read_with_its_gaps() {
        let bytes = workbook(
            r#"<row r="1"><c r="A1" t="inlineStr"><is><t>namn</t></is></c><c r="C1" t="inlineStr"><is><t>typ</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>Drift</t></is></c><c r="B3"><v>7</v></c></row>"#,
        );
        let sheet = read(&bytes).expect("a workbook");
        assert_eq!(
            sheet.rows,
            [
                vec!["namn".to_owned(), String::new(), "typ".to_owned()],
                vec![],
                vec!["Drift".to_owned(), "7".to_owned()],
            ]
        );
    }

    #[test]
    fn a_cell_in_the_far_corner_costs_nothing() {
        let bytes = workbook(
            r#"<row r="1"><c r="A1" t="inlineStr"><is><t>namn</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
        );
        assert_eq!(read(&bytes).expect("a workbook").rows, [["namn"]]);
    }

    #[test]
    fn a_text_in_every_cell_is_refused_before_it_fills_the_memory() {
        let text = "a".repeat(5000);
        let rows =
            format!(r#"<row><c t="inlineStr"><is><t>{text}</t></is></c></row>"#).repeat(2000);
        let bytes = workbook(&rows);
        assert!(bytes.len() < super::super::FILE_LIMIT);
        assert_eq!(read(&bytes), Err(FileFault::TooLarge));
    }

    #[test]
    fn a_file_that_swells_is_refused_before_it_is_opened() {
        let bytes = workbook(&" ".repeat(30 * 1024 * 1024));
        assert!(bytes.len() < super::super::FILE_LIMIT);
        assert_eq!(read(&bytes), Err(FileFault::TooLarge));
    }
}
