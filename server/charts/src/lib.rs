//! Charts: from a domain value to a picture, its title and description, and a table with the same numbers.
//!
//! plotters places the marks; a backend of our own writes them as SVG without fixed size, style attributes or
//! colours: only classes, which `style/charts.css` paints on a page (light, dark, forced colours, print) and
//! [`Chart::standalone_svg`] resolves for a file that stands alone.
//!
//! Every number is rounded and written by [`DecimalMark::write`] alone, so that picture, table and CSV never
//! disagree.
//!
//! On a page, put the pictures directly inside an element of class `chart-figure`: the wide and the narrow layout of
//! one chart side by side, of which the style sheet shows the one that fits, and hides the other from everyone.
//! Beside them belongs the [`Table`].

mod backend;
mod between_within;
mod canvas;
mod chart;
mod choropleth;
mod coverage;
mod days;
mod dumbbell;
mod five_bars;
mod geography;
mod heatmap;
mod left_out;
mod legend;
mod lettering;
mod number;
mod paint;
mod priority;
mod quadrant;
mod radar;
mod ranking;
mod rows;
mod slope;
mod table;
mod texts;
mod tile_grid;

pub use between_within::{BetweenTexts, Shares, between_within};
pub use chart::{Chart, Layout};
pub use choropleth::choropleth;
pub use coverage::{CoverageTexts, coverage};
pub use days::day_bars;
pub use dumbbell::{dumbbell, municipal_dumbbell, own_dumbbell};
pub use five_bars::{FiveBarsTexts, five_bars};
pub use geography::{MapTexts, MunicipalValue};
pub use heatmap::{Shown, cell_class, heatmap, heatmap_description, heatmap_file, heatmap_table};
pub use left_out::MOST_ROWS;
pub use lettering::text_width;
pub use number::{DecimalMark, rounded, swedish_number};
pub use priority::{interval, priority_bars};
pub use quadrant::{QuadrantTexts, quadrant};
pub use radar::{AreaMeans, RadarTexts, radar};
pub use ranking::{RankingTexts, ranking};
pub use slope::{SlopeTexts, Step, slope};
pub use table::{Cell, Row, Table};
pub use texts::{ChartTexts, Heading, filled_in};
pub use tile_grid::tile_grid;
