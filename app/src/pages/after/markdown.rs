//! Minutes as Markdown.

use std::fmt::Write as _;

use super::words::{Piece, Written};

/// The whole text. What people have written means only what it says: everything that Markdown would read as its own is
/// escaped.
pub fn to_markdown(written: &Written) -> String {
    let mut text = format!("# {}\n\n", line(&written.title));
    text.push_str(&labelled(&written.facts));
    for (heading, pieces) in &written.sections {
        _ = write!(text, "\n## {}\n", heading_line(heading));
        for piece in pieces {
            text.push('\n');
            text.push_str(&self::piece(piece));
        }
    }
    text.push('\n');
    text.push_str(&labelled(&written.closing));
    text
}

/// Words in bold and what stands for each, a line each: two spaces at the end of a line begin a new one.
fn labelled(rows: &[(String, String)]) -> String {
    rows.iter().fold(String::new(), |mut text, (label, value)| {
        _ = writeln!(text, "**{}:** {}  ", line(label), line(value));
        text
    })
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Paragraph(words) => format!("{}\n", lines(words)),
        Piece::Marked(mark, words) => format!("**{}** {}\n", line(mark), lines(words)),
        Piece::Heading(words) => format!("### {}\n", heading_line(words)),
        Piece::Subheading(words) => format!("#### {}\n", heading_line(words)),
        Piece::List(items) => items.iter().fold(String::new(), |mut text, item| {
            _ = writeln!(text, "- {}", line(item));
            text
        }),
        Piece::Table {
            caption,
            head,
            rows,
        } => {
            let row = |cells: &[String]| {
                let cells: Vec<_> = cells.iter().map(|cell| line(cell)).collect();
                format!("| {} |\n", cells.join(" | "))
            };
            let mut text = format!("### {}\n\n{}", heading_line(caption), row(head));
            _ = writeln!(text, "|{}", " --- |".repeat(head.len()));
            for cells in rows {
                text.push_str(&row(cells));
            }
            text
        }
    }
}

/// A number and its full stop first in a heading are no list.
fn heading_line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// One line.
fn line(text: &str) -> String {
    at_start(&heading_line(text))
}

/// Several lines that stay lines.
fn lines(text: &str) -> String {
    let lines: Vec<_> = (text.lines())
        .filter(|one| !one.trim().is_empty())
        .map(line)
        .collect();
    lines.join("\\\n")
}

/// Escapes what has a meaning wherever it stands.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\`*_{}[]<>#|~&!$".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Escapes what has a meaning first in a line: marks of lists, lines under headings, and numbers of lists.
fn at_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (start, rest) = text.split_at(digits);
    match rest.chars().next() {
        Some('.' | ')') if digits > 0 => format!("{start}\\{rest}"),
        Some('-' | '+' | '=') if digits == 0 => format!("\\{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_never_read_as_markdown() {
        for (typed, expected) in [
            ("# ingen rubrik", r"\# ingen rubrik"),
            ("- ingen lista", r"\- ingen lista"),
            ("+ ingen lista", r"\+ ingen lista"),
            ("3. ingen lista", r"3\. ingen lista"),
            ("3) ingen lista", r"3\) ingen lista"),
            ("=== inget streck", r"\=== inget streck"),
            ("*_`~ fet _*", r"\*\_\`\~ fet \_\*"),
            ("[länk](http://x)", r"\[länk\](http://x)"),
            ("<script>&amp;", r"\<script\>\&amp;"),
            ("a | b", r"a \| b"),
            (r"bak\streck", r"bak\\streck"),
            ("2026-12-03 kl. 9.00", "2026-12-03 kl. 9.00"),
            ("två\nrader", "två rader"),
        ] {
            assert_eq!(line(typed), expected);
        }
    }

    #[test]
    fn minutes_become_headings_lists_tables_and_decisions() {
        let text = |words: &str| words.to_owned();
        let written = Written {
            title: text("Minnesanteckningar: WS1"),
            facts: vec![(text("Datum"), text("2026-12-03"))],
            closing: vec![(text("Antecknat av"), text("Åsa Exempel"))],
            sections: vec![
                (
                    text("Deltagare"),
                    vec![Piece::List(vec![text("Åsa Exempel, Åmål")])],
                ),
                (
                    text("1. Mål | och medel"),
                    vec![
                        Piece::Paragraph(text("Först.\nSedan.")),
                        Piece::Marked(text("Beslut:"), text("Vi gör det.")),
                        Piece::Table {
                            caption: text("Prickar"),
                            head: vec![text("Område"), text("Prickar")],
                            rows: vec![vec![text("E-arkiv | nät"), text("4")]],
                        },
                    ],
                ),
            ],
        };
        let expected = "\
# Minnesanteckningar: WS1

**Datum:** 2026-12-03  

## Deltagare

- Åsa Exempel, Åmål

## 1. Mål \\| och medel

Först.\\
Sedan.

**Beslut:** Vi gör det.

### Prickar

| Område | Prickar |
| --- | --- |
| E-arkiv \\| nät | 4 |

**Antecknat av:** Åsa Exempel  
";
        assert_eq!(to_markdown(&written), expected);
    }
}
