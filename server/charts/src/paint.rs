//! What marks are painted with: names rather than colours.
//!
//! plotters carries colours from the drawing to the backend. A [`Paint`] travels as a colour whose first byte is its
//! number, and the backend writes the class of that number. What the class looks like is decided by `style/charts.css`
//! on a page, and by [`Paint::light`] in a file that stands alone.

use plotters::style::Color;
use plotters_backend::BackendColor;

macro_rules! paints {
    ($($(#[$doc:meta])* $name:ident = $class:literal, $light:literal;)*) => {
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

            /// Its colour in light mode.
            pub(crate) const fn light(self) -> &'static str {
                match self { $(Self::$name => $light,)* }
            }
        }
    };
}

paints! {
    /// Text that is read.
    Ink = "c-ink", "#16262b";
    /// Text that helps.
    InkSoft = "c-ink-soft", "#50646b";
    /// Hairlines.
    Line = "c-line", "#d9e0df";
    /// What the chart lies on.
    Card = "c-card", "#ffffff";
    /// The ring of the current level.
    Current = "c-current", "#0b5d5e";
    /// The dot of the target level.
    Target = "c-target", "#0b5d5e";
    /// The way from current to target.
    Way = "c-way", "#b9d3ce";
    /// The way where the target is below.
    Surplus = "surplus", "#cfe3ee";
    /// The edge of a surplus, told from its fill.
    SurplusEdge = "surplus-edge", "#3f7391";
    /// Text on a surplus.
    OnSurplus = "on-surplus", "#16262b";
    /// The bar of a priority.
    Bar = "c-bar", "#a6481a";
    /// What a bar runs in.
    Track = "c-track", "#eeefec";
    /// The bracket around those that cannot be told apart.
    Bracket = "c-bracket", "#50646b";
    /// The strokes of what is missing.
    Missing = "missing", "#9aa8a8";
    /// No gap.
    Gap0 = "gap-0", "#f1f3f1";
    /// A gap of one.
    Gap1 = "gap-1", "#fbe2cb";
    /// A gap of two.
    Gap2 = "gap-2", "#f3b98a";
    /// A gap of three.
    Gap3 = "gap-3", "#dd8248";
    /// A gap of four.
    Gap4 = "gap-4", "#a6481a";
    /// Text on no gap.
    OnGap0 = "on-gap-0", "#16262b";
    /// Text on a gap of one.
    OnGap1 = "on-gap-1", "#16262b";
    /// Text on a gap of two.
    OnGap2 = "on-gap-2", "#16262b";
    /// Text on a gap of three.
    OnGap3 = "on-gap-3", "#16262b";
    /// Text on a gap of four.
    OnGap4 = "on-gap-4", "#ffffff";
    /// Level one.
    Level1 = "level-1", "#e3efed";
    /// Level two.
    Level2 = "level-2", "#b9d8d4";
    /// Level three.
    Level3 = "level-3", "#86bab5";
    /// Level four.
    Level4 = "level-4", "#2f7f7d";
    /// Level five.
    Level5 = "level-5", "#0b4c4d";
    /// Text on level one.
    OnLevel1 = "on-level-1", "#16262b";
    /// Text on level two.
    OnLevel2 = "on-level-2", "#16262b";
    /// Text on level three.
    OnLevel3 = "on-level-3", "#16262b";
    /// Text on level four.
    OnLevel4 = "on-level-4", "#ffffff";
    /// Text on level five.
    OnLevel5 = "on-level-5", "#ffffff";
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
            ..=-1 => (Self::Surplus, Self::OnSurplus),
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
