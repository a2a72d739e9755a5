//! From bytes to text, as Swedish spreadsheets save it.

/// Windows-1252 at 0x80–0x9F; elsewhere it is Latin-1. The five bytes it does not use stand for themselves.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text, and whether its encoding was guessed. UTF-8 and UTF-16 with their marks are known for certain, and so is
/// UTF-8 without; anything else is taken for Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    let utf16 = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = (bytes.chunks_exact(2))
            .map(|pair| read([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return (utf16(rest, u16::from_le_bytes), false);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return (utf16(rest, u16::from_be_bytes), false);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (bytes.iter().map(|byte| windows(*byte)).collect(), true),
    }
}

fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_letters_are_read_in_every_encoding_that_excel_saves() {
        let text = "område;förmåga – ”Å”";
        let windows: Vec<u8> = (text.chars())
            .map(|c| match c {
                '–' => 0x96,
                '”' => 0x94,
                other => u8::try_from(u32::from(other)).expect("Latin-1"),
            })
            .collect();
        let mut little = vec![0xff, 0xfe];
        little.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let mut big = vec![0xfe, 0xff];
        big.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        assert_eq!(decode(text.as_bytes()), (text.to_owned(), false));
        assert_eq!(
            decode(format!("\u{feff}{text}").as_bytes()),
            (text.to_owned(), false)
        );
        assert_eq!(decode(&windows), (text.to_owned(), true));
        assert_eq!(decode(&little), (text.to_owned(), false));
        assert_eq!(decode(&big), (text.to_owned(), false));
    }
}
