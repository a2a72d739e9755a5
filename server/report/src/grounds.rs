//! The colours of a heat map's cells, for files where the table itself is the map.

use charts::Chart;

/// A colour as six hexadecimal digits.
pub(crate) type Hex = String;

/// What the cells of a heat map are painted with.
pub(crate) struct Grounds {
    sheet: String,
    levels: bool,
}

impl Grounds {
    /// Those of a heat map; none for another chart.
    pub(crate) fn of(chart: &Chart) -> Option<Self> {
        let sheet = chart.standalone_svg();
        (chart.id == "heatmap").then(|| Self {
            levels: sheet.contains(r#"class="level-"#),
            sheet,
        })
    }

    /// The ground of a cell with this number, and the ink on it, as in the picture.
    pub(crate) fn at(&self, value: f64) -> Option<(Hex, Hex)> {
        let whole = value.abs().round();
        let class = match value {
            _ if self.levels => format!("level-{}", whole.clamp(1.0, 5.0)),
            value if value <= -0.5 => format!("surplus-{}", whole.min(4.0)),
            _ => format!("gap-{}", whole.min(4.0)),
        };
        Some((self.colour(&class)?, self.colour(&format!("on-{class}"))?))
    }

    /// The colour that the picture's own style sheet gives a class.
    fn colour(&self, class: &str) -> Option<Hex> {
        let rule = format!(".{class}.fill{{fill:#");
        let (_, after) = self.sheet.split_once(&rule)?;
        let digits = after.split_once('}')?.0;
        match digits.len() {
            3 => Some(digits.chars().flat_map(|digit| [digit, digit]).collect()),
            6 => Some(digits.to_owned()),
            _ => None,
        }
    }
}
