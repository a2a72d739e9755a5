//! CSV: read with whatever separator its header has, written as Swedish Excel opens it.

use csv::{ReaderBuilder, WriterBuilder};

use super::{KEPT_ROWS, MAX_CELLS, bounded};

/// The rows of a CSV text. What comes after the last row that may be read is left.
pub(crate) fn read(text: &str) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    (reader.records().map_while(Result::ok))
        .take(KEPT_ROWS)
        .map(|record| record.iter().take(MAX_CELLS).map(bounded).collect())
        .collect()
}

/// Semicolon, comma or tab: the one that the header has most of, outside quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b';', 0), (b',', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            other => {
                for (separator, count) in &mut counts {
                    *count += u32::from(*separator == other);
                }
            }
        }
    }
    // Of equals the first, for a file of one column has none.
    let [semicolon, comma, tab] = counts;
    let most = if comma.1 > semicolon.1 {
        comma
    } else {
        semicolon
    };
    if tab.1 > most.1 { tab.0 } else { most.0 }
}

/// Rows as CSV with semicolons and a mark of UTF-8, without which Excel takes å for something else.
pub(crate) fn write(rows: &[Vec<String>]) -> String {
    let mut writer = WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row)
            .expect("rows of equal length are written to memory");
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_in_the_header() {
        for text in [
            "namn;typ\nDrift, nät;stödjande",
            "namn,typ\n\"Drift, nät\",stödjande",
            "namn\ttyp\nDrift, nät\tstödjande",
            "\"namn\";typ\r\n\"Drift, nät\";stödjande\r\n",
        ] {
            assert_eq!(
                read(text),
                [["namn", "typ"], ["Drift, nät", "stödjande"]],
                "{text}"
            );
        }
        assert_eq!(read("namn\nDrift"), [["namn"], ["Drift"]]);
    }

    #[test]
    fn what_is_written_reads_back() {
        let rows = vec![
            vec!["namn".to_owned(), "hör till".to_owned()],
            vec!["a;b \"c\", d".to_owned(), "rad ett\nrad två".to_owned()],
            vec![String::new(), "'=1+1".to_owned()],
        ];
        let text = write(&rows);
        assert_eq!(read(text.trim_start_matches('\u{feff}')), rows);
    }
}
