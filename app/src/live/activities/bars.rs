//! Five bars, one a level: how answers or votes spread.

use domain::{mapping::Language, statistics::agreement::AgreementLabel};
use leptos::prelude::*;

use crate::texts::Texts;

/// A number with two decimals and a proper minus, written as the language does.
pub(super) fn decimal(texts: Texts, number: f64) -> String {
    let written = format!("{:.2}", number.abs());
    let sign = if number < 0.0 && written != "0.00" {
        "−"
    } else {
        ""
    };
    let written = match texts.0 {
        Language::Swedish => written.replace('.', ","),
        Language::English => written,
    };
    format!("{sign}{written}")
}

/// What an agreement is called.
pub(super) const fn label_text(texts: Texts, label: AgreementLabel) -> &'static str {
    match label {
        AgreementLabel::Divided => texts.walk_divided(),
        AgreementLabel::Differing => texts.walk_differing(),
        AgreementLabel::FairlyAlike => texts.walk_fairly_alike(),
        AgreementLabel::Shared => texts.walk_shared(),
    }
}

/// The agreement in words first, the number after: "delade meningar (A −0,40)".
pub(crate) fn agreement_text(texts: Texts, a: f64, label: Option<AgreementLabel>) -> String {
    let number = decimal(texts, a);
    match label {
        Some(label) => texts.walk_agreement(label_text(texts, label), number),
        None => texts.walk_agreement_bare(number),
    }
}

/// The name of level 1–5.
pub(super) const fn level_word(texts: Texts, level: usize) -> &'static str {
    match level {
        1 => texts.terms_level_1(),
        2 => texts.terms_level_2(),
        3 => texts.terms_level_3(),
        4 => texts.terms_level_4(),
        _ => texts.terms_level_5(),
    }
}

/// What an effect on goals of 1–5 means.
pub(super) const fn effect_word(texts: Texts, effect: usize) -> &'static str {
    match effect {
        1 => texts.effect_meaning_1(),
        2 => texts.effect_meaning_2(),
        3 => texts.effect_meaning_3(),
        4 => texts.effect_meaning_4(),
        _ => texts.effect_meaning_5(),
    }
}

/// A column as high as its share of the highest, in hundredths.
fn column(count: u32, most: u32) -> AnyView {
    let height = (count * 100).div_ceil(most.max(1));
    view! {
        <svg class="column" viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
            <rect x="0" y=100 - height width="10" height=height />
        </svg>
    }
    .into_any()
}

/// Five columns with their counts above and their levels below; the median is marked in words. `words` names each
/// level, and may be left out where there is no room for it.
pub(crate) fn five_bars(
    texts: Texts,
    counts: [u32; 5],
    median: u8,
    words: Option<fn(Texts, usize) -> &'static str>,
) -> AnyView {
    let most = counts.into_iter().max().unwrap_or_default();
    let bars: Vec<_> = (counts.into_iter().zip(1..))
        .map(|(count, level)| {
            let is_median = level == usize::from(median);
            let mark = is_median.then(|| view! { <b class="mark">{texts.walk_median()}</b> });
            let word = words.map(|words| view! { <span class="word">{words(texts, level)}</span> });
            view! {
                <li class=if is_median { "median" } else { "" }>
                    <span class="count"><span class="visually-hidden">{texts.walk_level(level)}": "</span>{count}</span>
                    {column(count, most)}
                    <span class="level-number"><span aria-hidden="true">{level}</span>" "{mark}</span>
                    {word}
                </li>
            }
        })
        .collect();
    view! { <ol class="five-bars">{bars}</ol> }.into_any()
}

/// A row's five bars so small that they are a picture beside the words that say the same.
pub(super) fn small_bars(counts: [u32; 5]) -> AnyView {
    let most = counts.into_iter().max().unwrap_or_default().max(1);
    let bars: Vec<_> = (counts.into_iter().zip(0u32..))
        .map(|(count, place)| {
            let height = (count * 28).div_ceil(most).max(1);
            view! { <rect x=place * 10 y=30 - height width="8" height=height /> }
        })
        .collect();
    view! {
        <svg class="small-bars" viewBox="0 0 48 30" aria-hidden="true">{bars}</svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SV: Texts = Texts(Language::Swedish);

    #[test]
    fn numbers_have_a_comma_and_a_minus_but_no_negative_nothing() {
        assert_eq!(decimal(SV, -0.404), "−0,40");
        assert_eq!(decimal(SV, -0.001), "0,00");
        assert_eq!(decimal(Texts(Language::English), 0.7), "0.70");
    }

    #[test]
    fn the_highest_bar_fills_the_height_and_the_median_is_said() {
        let html = five_bars(SV, [0, 2, 8, 0, 1], 3, Some(level_word)).to_html();
        assert!(html.contains(r#"y="0" width="10" height="100""#), "{html}");
        assert!(html.contains(r#"y="75" width="10" height="25""#), "{html}");
        assert_eq!(html.matches("class=\"mark\"").count(), 1, "{html}");
        assert!(html.contains("Utvecklande"), "{html}");
    }

    #[test]
    fn agreement_is_said_in_words_and_without_a_label_as_a_number_only() {
        let shared = agreement_text(SV, 0.81, Some(AgreementLabel::Shared));
        assert_eq!(shared, "samsyn (A 0,81)");
        assert_eq!(agreement_text(SV, 1.0, None), "A 1,00");
    }
}
