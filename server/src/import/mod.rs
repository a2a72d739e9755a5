//! Files with maps: CSV and Excel in, CSV out. What they mean is `domain::import`; here are only bytes, and bounds on them.

mod csv;
mod encoding;
mod upload;
mod xlsx;

use domain::import::MAX_ROWS;

pub(crate) use self::csv::{read as read_csv, write as write_csv};
pub(crate) use self::upload::Upload;

/// The largest file that is taken.
pub(crate) const FILE_LIMIT: usize = 2 * 1024 * 1024;
/// The most cells in a row; no map has so many columns.
const MAX_CELLS: usize = 40;
/// The most characters in a cell; nothing on a map is so long.
const MAX_CHARACTERS: usize = 5000;

/// Rows of text as they stand in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// The rows, header first. At most one more than may be read, so that too many can be told.
    pub(crate) rows: Vec<Vec<String>>,
    /// Whether the text was taken for an old Windows encoding, for it is not UTF-8.
    pub(crate) guessed: bool,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFault {
    /// No file was chosen, or there is nothing in it.
    Empty,
    /// It is larger than [`FILE_LIMIT`], or much larger unpacked.
    TooLarge,
    /// An old Excel file or something else that is neither CSV nor XLSX.
    UnknownKind,
    /// It says that it is an Excel file, but cannot be read as one.
    Broken,
}

/// Reads a file by what it holds, not by what it is called.
///
/// # Errors
/// [`FileFault`].
pub(crate) fn read(bytes: &[u8]) -> Result<Sheet, FileFault> {
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    if bytes.len() > FILE_LIMIT {
        return Err(FileFault::TooLarge);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return xlsx::read(bytes);
    }
    // The old Excel format, PDF and pictures.
    let binary = [
        &b"\xd0\xcf\x11\xe0"[..],
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
    ];
    if binary.iter().any(|start| bytes.starts_with(start)) {
        return Err(FileFault::UnknownKind);
    }
    let (text, guessed) = encoding::decode(bytes);
    if text.contains('\0') {
        return Err(FileFault::UnknownKind);
    }
    let rows = read_csv(&text);
    Ok(Sheet { rows, guessed })
}

/// How many rows are kept: header, all that may be read, and one more.
const KEPT_ROWS: usize = MAX_ROWS + 2;

fn bounded(text: &str) -> String {
    text.chars().take(MAX_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_what_it_holds() {
        assert_eq!(read(b""), Err(FileFault::Empty));
        assert_eq!(read(b"\xd0\xcf\x11\xe0 old"), Err(FileFault::UnknownKind));
        assert_eq!(read(b"%PDF-1.7"), Err(FileFault::UnknownKind));
        assert_eq!(read(b"PK\x03\x04 cut off"), Err(FileFault::Broken));
        assert_eq!(read(&vec![b'a'; FILE_LIMIT + 1]), Err(FileFault::TooLarge));
        let sheet = read("namn;typ\nDrift;stödjande\n".as_bytes()).expect("plain CSV");
        assert_eq!(sheet.rows, [["namn", "typ"], ["Drift", "stödjande"]]);
        assert!(!sheet.guessed);
    }

    #[test]
    fn rows_and_cells_are_bounded() {
        let long = format!("namn\n{}\n", "å".repeat(MAX_CHARACTERS + 10));
        let sheet = read(long.as_bytes()).expect("plain CSV");
        assert_eq!(sheet.rows[1][0].chars().count(), MAX_CHARACTERS);
        let many = "a\n".repeat(MAX_ROWS * 2);
        let sheet = read(many.as_bytes()).expect("plain CSV");
        assert_eq!(sheet.rows.len(), KEPT_ROWS);
    }
}
