//! The words of a chart, in the language of its mapping; the application fills them in.

use crate::number::DecimalMark;

/// Everything a chart says but the names and numbers of its data. In templates, words in braces are filled in with
/// [`filled_in`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartTexts {
    /// The title, such as "Från nuläge till börläge".
    pub title: String,
    /// A template of one or two sentences for those who do not see the picture: `{count}` capabilities, the `{first}`
    /// of them (largest difference or highest priority) with its `{number}`, and how many are `{without}` value.
    pub description: String,
    /// What the numbers rest on, a sentence each: "Bygger på 11 av 14 kommuner.", "Saknas: …".
    pub conditions: Vec<String>,
    /// Names of the levels 1–5.
    pub level_names: [String; 5],
    /// Förmåga.
    pub capability: String,
    /// Nuläge.
    pub current: String,
    /// Börläge.
    pub target: String,
    /// Skillnad.
    pub gap: String,
    /// Plats.
    pub place: String,
    /// Prioritet.
    pub priority: String,
    /// Effekt på mål.
    pub effect: String,
    /// Skillnad att stänga: the mean of what there is to close.
    pub gap_to_close: String,
    /// Kommuner med skillnad.
    pub with_gap: String,
    /// Kommuner med värde.
    pub with_value: String,
    /// The 5–95 % interval of the place under resampling of respondents.
    pub interval: String,
    /// A template for the parts of a priority: `{effect}`, `{gap}`, `{with_gap}`, `{with_value}` and `{interval}`.
    /// Parts are separated by " · ", where lines may be broken.
    pub parts: String,
    /// Kan inte skiljas åt.
    pub tied: String,
    /// Kan stödja andra: the target is below the current level.
    pub surplus: String,
    /// Lägsta och högsta kommun. Without it, ranges are left out, as they must be where no regional figure may be shown.
    pub range: String,
    /// Medianen i regionen, across a range beside one municipality's own levels.
    pub median: String,
    /// Ej förankrad: the value rests on answers alone.
    pub unconfirmed: String,
    /// För få svar, in the legend after `..`.
    pub hidden: String,
    /// Inte aktuellt, in the legend after `.`.
    pub not_applicable: String,
    /// Inga svar, in the legend after `-`.
    pub missing: String,
    /// How numbers are written.
    pub mark: DecimalMark,
}

/// What every chart says about itself, in finished words. Charts with more to say have a type of their own beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The title.
    pub title: String,
    /// What there is to see, in one or two sentences, for those who do not see the picture.
    pub description: String,
    /// What the numbers rest on, a sentence each, the most important first.
    pub conditions: Vec<String>,
    /// How numbers are written.
    pub mark: DecimalMark,
}

/// A template with its `{words}` replaced. Braces in the values are left alone; unknown words stay as they are.
pub fn filled_in(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let found = after.split_once('}').and_then(|(word, after)| {
            let (_, value) = values.iter().find(|(name, _)| *name == word)?;
            Some((value, after))
        });
        if let Some((value, after)) = found {
            text.push_str(value);
            rest = after;
        } else {
            text.push('{');
            rest = after;
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_in_once_and_keeps_what_it_does_not_know() {
        let values = [("a", "{b}"), ("b", "x")];
        assert_eq!(
            filled_in("{a} och {b}, {c}, {", &values),
            "{b} och x, {c}, {"
        );
    }
}
