//! Texts as the fonts can write them.

use unicode_normalization::UnicodeNormalization;

use crate::fonts;

/// Stands for a character that no font has.
const UNKNOWN: char = '□';

/// Where a line may be broken though nothing is seen.
const BREAK: char = '\u{200b}';

/// The longest run without any place to break that is left as it is, in characters.
const LONGEST: usize = 40;

/// A text that the fonts can write: composed, on one line, without what is not seen, and with □ for what they lack. What
/// has no place to break for long may be broken every so often.
pub(crate) fn writable(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut run = 0;
    for character in text.nfc().filter(|&character| !unseen(character)) {
        let character = match character {
            space if space.is_whitespace() && space != '\u{a0}' => ' ',
            known if fonts::cover(known) => known,
            _ => UNKNOWN,
        };
        run = if matches!(character, ' ' | '-') {
            0
        } else {
            run + 1
        };
        if run > LONGEST {
            written.push(BREAK);
            run = 1;
        }
        written.push(character);
    }
    written
}

/// A drawing whose texts the fonts can write; its marks are ASCII and stay.
pub(crate) fn drawable(svg: &str) -> String {
    (svg.nfc())
        .filter(|&character| character == '\n' || !unseen(character))
        .map(|character| match character {
            known if known.is_ascii() || fonts::cover(known) => known,
            _ => UNKNOWN,
        })
        .collect()
}

/// Control characters, and those that only change how others look or run.
fn unseen(character: char) -> bool {
    let space = character.is_whitespace();
    let control = character.is_control() && !space;
    control
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_sami_and_signs_are_written_as_they_are() {
        let text = "Åmål – “då” ’nu’ −1,5 ≥ 3 → čáŋžđ Łódź ½ € 25\u{a0}%";
        assert_eq!(writable(text), text);
    }

    #[test]
    fn what_no_font_has_is_a_box_and_what_is_not_seen_is_left_out() {
        assert_eq!(writable("a😀b漢\u{e000}"), "a□b□□");
        assert_eq!(writable("a\u{202e}b\u{7}\u{feff}c\u{fe0f}"), "abc");
        assert_eq!(writable("rad ett\r\nrad två\tx"), "rad ett  rad två x");
        assert_eq!(writable("A\u{30a}mal"), "Åmal");
    }

    #[test]
    fn what_has_no_place_to_break_is_given_one() {
        let written = writable(&"x".repeat(100));
        assert_eq!(written.matches(BREAK).count(), 2);
        assert_eq!(written.replace(BREAK, ""), "x".repeat(100));
        assert!(!writable(&"kort ord ".repeat(40)).contains(BREAK));
    }

    #[test]
    fn a_drawing_keeps_its_marks() {
        let svg = "<svg><text class=\"c\">Å漢</text>\n</svg>";
        assert_eq!(drawable(svg), "<svg><text class=\"c\">Å□</text>\n</svg>");
    }
}
