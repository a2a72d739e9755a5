//! Where the municipalities of Sweden lie: their borders, labels on a map, and places in a grid of tiles.

mod borders;
mod grid;
mod labels;
mod values;

pub(crate) use borders::{Country, MapShape};
pub(crate) use grid::{Grid, grid};
pub(crate) use labels::{Aside, aside, spot};
pub(crate) use values::{MapLegend, legend, paints, table};
pub use values::{MapTexts, MunicipalValue};

/// A point, in SVG units or hundreds of metres.
pub(crate) type Point = (f64, f64);
