//! The fonts of a report: Inter, and behind it one with more characters.

use std::sync::LazyLock;

use report::{INTER_REGULAR, INTER_SEMIBOLD};
use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

/// For what Inter lacks here: other languages' letters (Sami, Finnish, Polish …), Greek, Cyrillic, and signs.
const FALLBACK: &[u8] = include_bytes!("../fonts/DejaVuSans.ttf");

/// The fonts, the preferred ones first.
pub(crate) static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    [INTER_REGULAR, INTER_SEMIBOLD, FALLBACK]
        .into_iter()
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .collect()
});

/// What typst knows about them.
pub(crate) static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Whether a font has the character.
pub(crate) fn cover(character: char) -> bool {
    (FONTS.iter()).any(|font| font.info().coverage.contains(u32::from(character)))
}
