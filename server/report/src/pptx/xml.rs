//! Texts as XML.

use crate::content::Language;

/// The namespaces of slides.
pub(super) const NAMESPACES: &str = r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main""#;

/// What every part begins with.
pub(super) const DECLARATION: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A text as XML: what has a meaning there is escaped, line breaks become spaces, and what may not stand there at all is
/// left out.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

/// The language as presentations name it, with a country.
pub(super) const fn tag(language: Language) -> &'static str {
    match language {
        Language::Swedish => "sv-SE",
        Language::English => "en-GB",
    }
}

/// Words of one look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run<'t> {
    /// The words.
    pub(super) text: &'t str,
    /// In points; that of the place where nothing is said.
    pub(super) size: Option<f64>,
    /// Whether they are bold.
    pub(super) bold: bool,
    /// As six hexadecimal digits.
    pub(super) colour: Option<&'t str>,
}

impl Run<'_> {
    /// A paragraph of these words. `properties` is its `a:pPr`, or nothing.
    pub(super) fn paragraph(&self, language: Language, properties: &str) -> String {
        let tag = tag(language);
        let size = self.size.map_or(String::new(), |size| {
            format!(r#" sz="{:.0}""#, size * 100.0)
        });
        let bold = if self.bold { r#" b="1""# } else { "" };
        let colour = self.colour.map_or(String::new(), |colour| {
            format!(r#"<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>"#)
        });
        let text = escaped(self.text);
        format!(
            r#"<a:p>{properties}<a:r><a:rPr lang="{tag}"{size}{bold} dirty="0">{colour}</a:rPr><a:t>{text}</a:t></a:r></a:p>"#
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_carry_their_language() {
        let run = Run {
            text: "a<b> & \"c\"\n\u{1}d",
            size: Some(13.5),
            bold: true,
            ..Run::default()
        };
        assert_eq!(
            run.paragraph(Language::Swedish, ""),
            r#"<a:p><a:r><a:rPr lang="sv-SE" sz="1350" b="1" dirty="0"></a:rPr><a:t>a&lt;b&gt; &amp; &quot;c&quot; d</a:t></a:r></a:p>"#
        );
    }
}
