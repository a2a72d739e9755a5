//! Every text of the interface, typed: `Texts(Language::Swedish).start_title()`.
//!
//! The methods are made by `build.rs` from `locales/{sv,en}/<section>.toml`; a text with `{name}` takes an argument.

use domain::mapping::Language;

/// The texts of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts(pub Language);

#[expect(
    clippy::match_same_arms,
    clippy::doc_markdown,
    reason = "some words are the same in both languages, and the texts are their own documentation"
)]
mod generated {
    use super::Texts;
    use domain::mapping::Language;

    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

impl Texts {
    /// The language's code for `lang` attributes.
    pub const fn lang(self) -> &'static str {
        self.0.code()
    }
}
