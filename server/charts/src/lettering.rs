//! How wide a text in Inter is, and where it must be broken, without a font at hand.

/// Advances of Inter Regular for ASCII from space to tilde, in thousandths of the size (Inter 4, table `hmtx`).
const REGULAR: [u16; 95] = [
    281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605,
    636, 642, 608, 624, 571, 616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598,
    587, 743, 740, 264, 543, 652, 562, 889, 753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642,
    665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544,
    237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362, 327, 362, 659,
];

/// The same for Inter `SemiBold`.
const SEMIBOLD: [u16; 95] = [
    248, 309, 396, 643, 649, 844, 663, 213, 393, 393, 543, 673, 295, 466, 290, 379, 667, 481, 621,
    652, 666, 632, 648, 587, 646, 648, 290, 295, 673, 673, 673, 544, 999, 724, 657, 744, 724, 608,
    586, 755, 744, 275, 561, 677, 566, 906, 741, 775, 643, 776, 651, 649, 660, 734, 724, 1007, 690,
    705, 653, 393, 379, 393, 481, 468, 497, 575, 630, 577, 630, 593, 377, 625, 613, 261, 261, 569,
    261, 898, 610, 608, 625, 625, 397, 549, 380, 608, 576, 837, 562, 576, 562, 393, 358, 393, 673,
];

/// What a character that is not known is taken for: wide, so that a label rather has room than is cut.
const UNKNOWN: u16 = 1000;

/// How tall a line is, in sizes.
pub(crate) const LINE_HEIGHT: f64 = 1.25;

/// An estimate of how wide a text is, in the unit of `size`.
pub fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let advances: u32 = text.chars().map(|c| u32::from(advance(c, bold))).sum();
    f64::from(advances) * size / 1000.0
}

fn advance(character: char, bold: bool) -> u16 {
    let table = if bold { &SEMIBOLD } else { &REGULAR };
    let base = match character {
        'å' | 'ä' | 'à' | 'á' | 'â' | 'ã' => 'a',
        'Å' | 'Ä' | 'À' | 'Á' | 'Â' | 'Ã' => 'A',
        'ö' | 'ø' | 'ò' | 'ó' | 'ô' | 'õ' => 'o',
        'Ö' | 'Ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' => 'O',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'ü' | 'ù' | 'ú' | 'û' => 'u',
        'Ü' | 'Ù' | 'Ú' | 'Û' => 'U',
        '−' => '+',
        '·' | '\u{a0}' => '.',
        '–' => '_',
        '’' | '‘' => '\'',
        '”' | '“' => '"',
        other => other,
    };
    let index = u32::from(base)
        .checked_sub(0x20)
        .map(|index| index as usize);
    index
        .and_then(|index| table.get(index))
        .map_or(UNKNOWN, |advance| match base {
            '_' => 500,
            _ => *advance,
        })
}

/// A text in lines no wider than `width`: broken between words, and within a word only where it is wider than a line.
/// At least one line.
pub(crate) fn wrapped(text: &str, width: f64, size: f64, bold: bool) -> Vec<String> {
    let fits = |line: &str| text_width(line, size, bold) <= width;
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut rest = word;
        while !fits(rest) {
            let (head, tail) =
                rest.split_at(place_to_break(rest, |head| fits(&format!("{head}-"))));
            lines.push(format!("{head}-"));
            rest = tail;
        }
        rest.clone_into(&mut line);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Where to break a word that is too wide: as late as it fits, but rather after the s that joins two Swedish words, and
/// not so late that less than four characters are left. Always after at least one character.
fn place_to_break(word: &str, fits: impl Fn(&str) -> bool) -> usize {
    let places: Vec<usize> = word
        .char_indices()
        .map(|(place, _)| place)
        .skip(1)
        .collect();
    let fitting = places
        .iter()
        .take_while(|&&place| fits(&word[..place]))
        .count();
    let last = fitting.min(places.len().saturating_sub(3)).max(1);
    let near = &places[..last.min(places.len())];
    let joint = (near.iter().skip(last / 2).rev()).find(|&&place| {
        word[..place].ends_with('s') && !word[place..].starts_with(['k', 'p', 't', 's'])
    });
    joint.or(near.last()).copied().unwrap_or(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_broken_between_words_and_only_within_a_word_that_is_too_wide() {
        let lines = |text, width| wrapped(text, width, 16.0, false);
        assert_eq!(
            lines("Systemförvaltning och digitalt arv", 200.0),
            ["Systemförvaltning och", "digitalt arv"]
        );
        assert_eq!(lines("Kontinuitet", 200.0), ["Kontinuitet"]);
        assert_eq!(lines("", 200.0), [""]);
        assert_eq!(
            lines("Informationssäkerhetsincidenthantering", 200.0),
            ["Informationssäkerhets-", "incidenthantering"]
        );
        let broken = lines(&"Ö".repeat(40), 200.0);
        assert_eq!(broken.concat().replace('-', ""), "Ö".repeat(40));
        assert!(
            broken
                .iter()
                .all(|line| text_width(line, 16.0, false) <= 200.0)
        );
    }

    #[test]
    fn swedish_letters_are_as_wide_as_their_bases_and_unknown_ones_are_given_room() {
        assert!((text_width("åäö", 10.0, false) - text_width("aao", 10.0, false)).abs() < 1e-9);
        assert!(text_width("語", 10.0, true) >= 10.0);
        assert!(text_width("Drift", 10.0, true) > text_width("Drift", 10.0, false));
    }
}
