//! How much fits on a slide. Widths are those of Inter, which is wider than the Arial of the slides, so that a text
//! rather gets too much room than too little.

use std::ops::Range;

use charts::text_width;

/// How tall a line is, in sizes.
pub(super) const LINE: f64 = 1.2;
/// Between paragraphs, in points.
pub(super) const BETWEEN: f64 = 8.0;
/// Sizes of paragraphs, the largest that fits first, in points.
const SIZES: [f64; 4] = [24.0, 20.0, 18.0, 16.0];

/// How many lines a text takes; at least one.
pub(super) fn lines(text: &str, width: f64, size: f64, bold: bool) -> usize {
    let mut lines = 1;
    let mut at = 0.0;
    let space = text_width(" ", size, bold);
    for word in text.split_whitespace() {
        let wide = text_width(word, size, bold);
        if at > 0.0 && at + space + wide > width {
            lines += 1;
            at = 0.0;
        }
        at += if at > 0.0 { space + wide } else { wide };
        while at > width {
            lines += 1;
            at -= width;
        }
    }
    lines
}

/// How tall so many lines are, in points.
#[expect(clippy::cast_precision_loss, reason = "a few lines")]
pub(super) fn tall(lines: usize, size: f64) -> f64 {
    lines as f64 * size * LINE
}

/// Paragraphs on one slide.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Page {
    /// The paragraphs.
    pub(super) paragraphs: Vec<String>,
    /// The size of their words, in points.
    pub(super) size: f64,
}

/// Paragraphs in the largest size in which they fit on one slide, and else on as many slides as they need. A paragraph
/// that is taller than a slide is divided between words.
pub(super) fn pages(paragraphs: &[String], width: f64, height: f64) -> Vec<Page> {
    let tall_in = |text: &str, size: f64| tall(lines(text, width, size, false), size) + BETWEEN;
    let fits = |size: &f64| {
        let all: f64 = paragraphs.iter().map(|text| tall_in(text, *size)).sum();
        all <= height
    };
    if let Some(size) = SIZES.into_iter().find(fits) {
        return vec![Page {
            paragraphs: paragraphs.to_vec(),
            size,
        }];
    }
    let size = SIZES[2];
    let mut pages = Vec::new();
    let mut page: Vec<String> = Vec::new();
    let mut used = 0.0;
    for text in paragraphs
        .iter()
        .flat_map(|text| divided(text, width, height, size))
    {
        let needed = tall_in(&text, size);
        if !page.is_empty() && used + needed > height {
            pages.push(std::mem::take(&mut page));
            used = 0.0;
        }
        used += needed;
        page.push(text);
    }
    pages.push(page);
    (pages.into_iter())
        .map(|paragraphs| Page { paragraphs, size })
        .collect()
}

/// A paragraph in parts that each fit on a slide.
fn divided(text: &str, width: f64, height: f64, size: f64) -> Vec<String> {
    let mut parts = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(part) = parts.last_mut() else { break };
        let longer = if part.is_empty() {
            word.to_owned()
        } else {
            format!("{part} {word}")
        };
        if part.is_empty() || tall(lines(&longer, width, size, false), size) + BETWEEN <= height {
            *part = longer;
        } else {
            parts.push(word.to_owned());
        }
    }
    parts
}

/// Which of these lengths stand together, in their order, so that none but a single one is longer than `most`. Nothing
/// is one empty group.
pub(super) fn groups(lengths: &[f64], most: f64) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let (mut start, mut used) = (0, 0.0);
    for (place, length) in lengths.iter().enumerate() {
        if place > start && used + length > most {
            groups.push(start..place);
            start = place;
            used = 0.0;
        }
        used += length;
    }
    groups.push(start..lengths.len());
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn few_words_are_large_and_many_go_on_on_the_next_slide() {
        let few = vec!["Tre förmågor.".to_owned()];
        let all = pages(&few, 880.0, 372.0);
        assert_eq!(all.len(), 1);
        assert!((all[0].size - 24.0).abs() < 1e-9);
        let many: Vec<String> = (0..40).map(|n| format!("Mening {n} om något.")).collect();
        let all = pages(&many, 880.0, 372.0);
        assert!(all.len() > 1);
        let back: Vec<String> = all.into_iter().flat_map(|page| page.paragraphs).collect();
        assert_eq!(back, many);
    }

    #[test]
    fn a_paragraph_taller_than_a_slide_is_divided_and_loses_no_word() {
        let long = vec!["ord ".repeat(3000).trim().to_owned()];
        let all = pages(&long, 880.0, 372.0);
        assert!(all.len() > 1);
        let back: Vec<String> = all.into_iter().flat_map(|page| page.paragraphs).collect();
        assert_eq!(back.join(" "), long[0]);
    }

    proptest! {
        #[test]
        fn groups_hold_everything_once_and_none_that_could_be_smaller_is_too_long(
            lengths in prop::collection::vec(1.0..50.0_f64, 0..40),
        ) {
            let groups = groups(&lengths, 100.0);
            let all: Vec<usize> = groups.iter().cloned().flatten().collect();
            prop_assert_eq!(all, (0..lengths.len()).collect::<Vec<_>>());
            for group in groups {
                let sum: f64 = lengths[group.clone()].iter().sum();
                prop_assert!(sum <= 100.0 || group.len() == 1);
            }
        }
    }
}
