//! What marks are painted with: names rather than colours.
//!
//! plotters carries colours from the drawing to the backend. A [`Paint`] travels as a colour whose first byte is its
//! number, and the backend writes the class of that number. What the class looks like is decided by `style/charts.css`
//! on a page, and by [`Paint::light`] in a file that stands alone.

use plotters::style::Color;
use plotters_backend::BackendColor;

macro_rules! paints {
    ($($(#[$doc:meta])* $name:ident = $class:literal, $token:literal, $light:literal;)*) => {
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
            #[cfg(test)]
            const fn token(self) -> &'static str {
                match self { $(Self::$name => $token,)* }
            }

            /// Its colour in light mode.
            pub(crate) const fn light(self) -> &'static str {
                match self { $(Self::$name => $light,)* }
            }
        }
    };
}

paints! {
    /// Text that is read.
    Ink = "c-ink", "--ink", "#16262b";
    /// Text that helps.
    InkSoft = "c-ink-soft", "--ink-soft", "#4c6067";
    /// Hairlines.
    Line = "c-line", "--line", "#d9e0df";
    /// What the chart lies on.
    Card = "c-card", "--card", "#ffffff";
    /// The ring of the current level.
    Current = "c-current", "--primary", "#0b5d5e";
    /// The dot of the target level.
    Target = "c-target", "--primary", "#0b5d5e";
    /// The way from current to target.
    Way = "c-way", "--way", "#b9d3ce";
    /// The way where the target is below.
    Surplus = "surplus", "--surplus", "#cfe3ee";
    /// The edge of a surplus, told from its fill.
    SurplusEdge = "surplus-edge", "--surplus-edge", "#3f7391";
    /// A target one below.
    Surplus1 = "surplus-1", "--surplus-1", "#e2eef5";
    /// A target two below.
    Surplus2 = "surplus-2", "--surplus-2", "#cfe3ee";
    /// A target three below.
    Surplus3 = "surplus-3", "--surplus-3", "#a5c9dd";
    /// A target four below.
    Surplus4 = "surplus-4", "--surplus-4", "#3b708e";
    /// Text on a target one below.
    OnSurplus1 = "on-surplus-1", "--surplus-1-ink", "#16262b";
    /// Text on a target two below.
    OnSurplus2 = "on-surplus-2", "--surplus-2-ink", "#16262b";
    /// Text on a target three below.
    OnSurplus3 = "on-surplus-3", "--surplus-3-ink", "#16262b";
    /// Text on a target four below.
    OnSurplus4 = "on-surplus-4", "--surplus-4-ink", "#ffffff";
    /// The bar of a priority.
    Bar = "c-bar", "--bar", "#a6481a";
    /// What a bar runs in.
    Track = "c-track", "--track", "#e8ebe8";
    /// The bracket around those that cannot be told apart.
    Bracket = "c-bracket", "--edge", "#738589";
    /// The strokes of what is missing.
    Missing = "missing", "--missing", "#9aa8a8";
    /// No gap.
    Gap0 = "gap-0", "--gap-0", "#f1f3f1";
    /// A gap of one.
    Gap1 = "gap-1", "--gap-1", "#fbe2cb";
    /// A gap of two.
    Gap2 = "gap-2", "--gap-2", "#f3b98a";
    /// A gap of three.
    Gap3 = "gap-3", "--gap-3", "#dd8248";
    /// A gap of four.
    Gap4 = "gap-4", "--gap-4", "#a6481a";
    /// Text on no gap.
    OnGap0 = "on-gap-0", "--gap-0-ink", "#16262b";
    /// Text on a gap of one.
    OnGap1 = "on-gap-1", "--gap-1-ink", "#16262b";
    /// Text on a gap of two.
    OnGap2 = "on-gap-2", "--gap-2-ink", "#16262b";
    /// Text on a gap of three.
    OnGap3 = "on-gap-3", "--gap-3-ink", "#16262b";
    /// Text on a gap of four.
    OnGap4 = "on-gap-4", "--gap-4-ink", "#ffffff";
    /// Level one.
    Level1 = "level-1", "--level-1", "#e3efed";
    /// Level two.
    Level2 = "level-2", "--level-2", "#b9d8d4";
    /// Level three.
    Level3 = "level-3", "--level-3", "#86bab5";
    /// Level four.
    Level4 = "level-4", "--level-4", "#2a7776";
    /// Level five.
    Level5 = "level-5", "--level-5", "#0b4c4d";
    /// Text on level one.
    OnLevel1 = "on-level-1", "--level-1-ink", "#16262b";
    /// Text on level two.
    OnLevel2 = "on-level-2", "--level-2-ink", "#16262b";
    /// Text on level three.
    OnLevel3 = "on-level-3", "--level-3-ink", "#16262b";
    /// Text on level four.
    OnLevel4 = "on-level-4", "--level-4-ink", "#ffffff";
    /// Text on level five.
    OnLevel5 = "on-level-5", "--level-5-ink", "#ffffff";
}

impl Paint {
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
    use std::{collections::HashMap, fs};

    use super::*;

    fn style(file: &str) -> String {
        let path = format!("{}/../../style/{file}", env!("CARGO_MANIFEST_DIR"));
        fs::read_to_string(path).expect("the style sheets lie beside the server")
    }

    /// The colours that a sheet gives its custom properties first, as `#rrggbb`.
    fn colours(sheet: &str) -> HashMap<String, String> {
        let mut colours = HashMap::new();
        for line in sheet.lines() {
            let Some((name, value)) = line.trim().split_once(": #") else {
                continue;
            };
            let value = value.trim_end_matches(';');
            let value = match value.len() {
                3 => value.chars().flat_map(|c| [c, c]).collect(),
                _ => value.to_owned(),
            };
            colours
                .entry(name.to_owned())
                .or_insert(format!("#{value}"));
        }
        colours
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let byte = u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour");
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
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
    fn a_file_has_the_colours_of_a_light_page_and_every_class_is_painted() {
        let light = colours(&style("tokens.css"));
        let sheet = style("charts.css");
        for paint in Paint::ALL {
            assert_eq!(light[paint.token()], paint.light(), "{}", paint.token());
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
        let light = colours(&style("tokens.css"));
        let dark = colours(&style("dark.css"));
        let texts = [Paint::Ink, Paint::InkSoft].map(|ink| (Paint::Card, ink));
        for colours in [&light, &dark] {
            for (ground, ink) in cells().chain(texts) {
                let of = |paint: Paint| colours[paint.token()].as_str();
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
        for colours in [colours(&style("tokens.css")), colours(&style("dark.css"))] {
            for mark in marks {
                let ratio = contrast(&colours[Paint::Card.token()], &colours[mark.token()]);
                assert!(ratio >= 3.0, "{}: {ratio:.2}", mark.token());
            }
        }
    }
}
