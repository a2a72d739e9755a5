//! What a director takes along: one [`Report`] with everything in it, and writers that turn it into files.
//!
//! The content is made once, by the server; no writer computes, rounds or leaves out a number. So what stands in two
//! files is the same. The PDF is written by the crate `pdf`, since typst is much to build.
//!
//! Writers tell a [`Step`] how far they have come, and stop with [`Fault::Cancelled`] when it says so.

mod content;
mod csv;
mod font;
mod grounds;
mod json;
mod png;
mod pptx;
mod progress;
mod xlsx;

pub use content::{Block, Figure, Language, Report, Section, Slide};
pub use csv::csv_rfc4180;
pub use font::{INTER_REGULAR, INTER_SEMIBOLD};
pub use json::{report_json, table_json};
pub use png::png;
pub use pptx::pptx;
pub use progress::{Fault, Flow, Parts, Progress, Step, unwatched};
pub use xlsx::{chart_xlsx, table_xlsx, xlsx};
