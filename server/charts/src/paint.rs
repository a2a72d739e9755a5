//! What marks are painted with: names rather than colours.
//!
//! plotters carries colours from the drawing to the backend. A [`Paint`] travels as a colour whose first byte is its
//! number, and the backend writes the class of that number. What the class looks like is decided by `style/charts.css`
//! on a page, and by [`Paint::light`] in a file that stands alone.

use std::{collections::HashMap, sync::LazyLock};

use plotters::style::Color;
use plotters_backend::BackendColor;

macro_rules! paints {
    ($($(#[$doc:meta])* $name:ident = $class:literal, $token:literal;)*) => {
        /// A named paint.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Paint {
            $($(#[$doc])* $name,)*
        }

        impl Paint {
            /// Every paint, in the order of their numbers.
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its class.
            pub(crate) const fn class(self) -> &'static str {
                match self { $(Self::$name => $class,)* }
            }

            /// The custom property that it is painted with on a page (`style/tokens.css`).
            const fn token(self) -> &'static str {
                match self { $(Self::$name => $token,)* }
            }
        }
    };
}

paints! {
    /// Text that is read.
    Ink = "c-ink", "--ink";
    /// Text that helps.
    InkSoft = "c-ink-soft", "--ink-soft";
    /// Hairlines.
    Line = "c-line", "--line";
    /// What the chart lies on.
    Card = "c-card", "--card";
    /// The ring of the current level.
    Current = "c-current", "--primary";
    /// The dot of the target level.
    Target = "c-target", "--primary";
    /// The way from current to target.
    Way = "c-way", "--way";
    /// The way where the target is below.
    Surplus = "surplus", "--surplus";
    /// The edge of a surplus, told from its fill.
    SurplusEdge = "surplus-edge", "--surplus-edge";
    /// A target one below.
    Surplus1 = "surplus-1", "--surplus-1";
    /// A target two below.
    Surplus2 = "surplus-2", "--surplus-2";
    /// A target three below.
    Surplus3 = "surplus-3", "--surplus-3";
    /// A target four below.
    Surplus4 = "surplus-4", "--surplus-4";
    /// Text on a target one below.
    OnSurplus1 = "on-surplus-1", "--surplus-1-ink";
    /// Text on a target two below.
    OnSurplus2 = "on-surplus-2", "--surplus-2-ink";
    /// Text on a target three below.
    OnSurplus3 = "on-surplus-3", "--surplus-3-ink";
    /// Text on a target four below.
    OnSurplus4 = "on-surplus-4", "--surplus-4-ink";
    /// The bar of a priority.
    Bar = "c-bar", "--bar";
    /// The bar of those who gave a level.
    Answers = "c-answers", "--answers";
    /// What a bar runs in.
    Track = "c-track", "--track";
    /// The bracket around those that cannot be told apart.
    Bracket = "c-bracket", "--edge";
    /// The strokes of what is missing.
    Missing = "missing", "--missing";
    /// No gap.
    Gap0 = "gap-0", "--gap-0";
    /// A gap of one.
    Gap1 = "gap-1", "--gap-1";
    /// A gap of two.
    Gap2 = "gap-2", "--gap-2";
    /// A gap of three.
    Gap3 = "gap-3", "--gap-3";
    /// A gap of four.
    Gap4 = "gap-4", "--gap-4";
    /// Text on no gap.
    OnGap0 = "on-gap-0", "--gap-0-ink";
    /// Text on a gap of one.
    OnGap1 = "on-gap-1", "--gap-1-ink";
    /// Text on a gap of two.
    OnGap2 = "on-gap-2", "--gap-2-ink";
    /// Text on a gap of three.
    OnGap3 = "on-gap-3", "--gap-3-ink";
    /// Text on a gap of four.
    OnGap4 = "on-gap-4", "--gap-4-ink";
    /// Level one.
    Level1 = "level-1", "--level-1";
    /// Level two.
    Level2 = "level-2", "--level-2";
    /// Level three.
    Level3 = "level-3", "--level-3";
    /// Level four.
    Level4 = "level-4", "--level-4";
    /// Level five.
    Level5 = "level-5", "--level-5";
    /// Text on level one.
    OnLevel1 = "on-level-1", "--level-1-ink";
    /// Text on level two.
    OnLevel2 = "on-level-2", "--level-2-ink";
    /// Text on level three.
    OnLevel3 = "on-level-3", "--level-3-ink";
    /// Text on level four.
    OnLevel4 = "on-level-4", "--level-4-ink";
    /// Text on level five.
    OnLevel5 = "on-level-5", "--level-5-ink";
}

/// The tokens of the pages, so that a file has the colours of a light page.
const TOKENS: &str = include_str!("../../../style/tokens.css");

static LIGHT: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| colours(TOKENS));

/// The colours that a style sheet gives its custom properties first.
fn colours(sheet: &str) -> HashMap<&str, &str> {
    let mut colours = HashMap::new();
    for line in sheet.lines() {
        let declared = line
            .trim()
            .strip_suffix(';')
            .and_then(|line| line.split_once(": "));
        if let Some((name, value)) = declared.filter(|(_, value)| value.starts_with('#')) {
            colours.entry(name).or_insert(value);
        }
    }
    colours
}

impl Paint {
    /// Its colour in light mode.
    pub(crate) fn light(self) -> &'static str {
        LIGHT.get(self.token()).copied().unwrap_or("currentColor")
    }

    /// The paint that travelled as this colour.
    pub(crate) fn of(color: BackendColor) -> Self {
        let (number, _, _) = color.rgb;
        *Self::ALL.get(usize::from(number)).unwrap_or(&Self::Ink)
    }

    /// A cell's ground and the text on it, for a gap (−4 to 4).
    pub(crate) const fn gap(gap: i8) -> (Self, Self) {
        match gap {
            ..=-4 => (Self::Surplus4, Self::OnSurplus4),
            -3 => (Self::Surplus3, Self::OnSurplus3),
            -2 => (Self::Surplus2, Self::OnSurplus2),
            -1 => (Self::Surplus1, Self::OnSurplus1),
            0 => (Self::Gap0, Self::OnGap0),
            1 => (Self::Gap1, Self::OnGap1),
            2 => (Self::Gap2, Self::OnGap2),
            3 => (Self::Gap3, Self::OnGap3),
            4.. => (Self::Gap4, Self::OnGap4),
        }
    }

    /// A cell's ground and the text on it, for a level (1–5).
    pub(crate) const fn level(level: i8) -> (Self, Self) {
        match level {
            ..=1 => (Self::Level1, Self::OnLevel1),
            2 => (Self::Level2, Self::OnLevel2),
            3 => (Self::Level3, Self::OnLevel3),
            4 => (Self::Level4, Self::OnLevel4),
            5.. => (Self::Level5, Self::OnLevel5),
        }
    }
}

impl Color for Paint {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor {
            alpha: 1.0,
            rgb: (*self as u8, 0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn style(file: &str) -> String {
        let path = format!("{}/../../style/{file}", env!("CARGO_MANIFEST_DIR"));
        fs::read_to_string(path).expect("the style sheets lie beside the server")
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let hex = match colour.len() {
                4 => colour[at..=at].repeat(2),
                _ => colour[2 * at - 1..=2 * at].to_owned(),
            };
            let byte = u8::from_str_radix(&hex, 16).expect("a colour");
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(2) + 0.0722 * channel(3)
    }

    /// Contrast ratio (WCAG 2.2), 1–21.
    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn cells() -> impl Iterator<Item = (Paint, Paint)> {
        (-4..=4).map(Paint::gap).chain((1..=5).map(Paint::level))
    }

    #[test]
    fn every_class_is_painted_with_a_token_that_is_light_and_dark() {
        let (sheet, dark) = (style("charts.css"), style("dark.css"));
        for paint in Paint::ALL {
            assert!(paint.light().starts_with('#'), "{}", paint.token());
            assert!(
                colours(&dark).contains_key(paint.token()),
                "{}",
                paint.token()
            );
            let rule = format!(
                ".chart .{} {{ --paint: var({}); }}",
                paint.class(),
                paint.token()
            );
            assert!(sheet.contains(&rule), "{rule}");
        }
    }

    #[test]
    fn numbers_in_cells_reach_four_and_a_half_to_one_in_light_and_dark() {
        let dark = style("dark.css");
        let texts = [Paint::Ink, Paint::InkSoft].map(|ink| (Paint::Card, ink));
        for colours in [colours(TOKENS), colours(&dark)] {
            for (ground, ink) in cells().chain(texts) {
                let of = |paint: Paint| colours[paint.token()];
                let ratio = contrast(of(ground), of(ink));
                assert!(
                    ratio >= 4.5,
                    "{} on {}: {ratio:.2}",
                    ink.token(),
                    ground.token()
                );
            }
        }
    }

    #[test]
    fn marks_reach_three_to_one_in_light_and_dark() {
        let marks = [
            Paint::Current,
            Paint::Target,
            Paint::Bar,
            Paint::Bracket,
            Paint::SurplusEdge,
        ];
        let dark = style("dark.css");
        for colours in [colours(TOKENS), colours(&dark)] {
            for mark in marks {
                let ratio = contrast(colours[Paint::Card.token()], colours[mark.token()]);
                assert!(ratio >= 3.0, "{}: {ratio:.2}", mark.token());
            }
        }
    }
}
