//! What a director takes along: one [`Report`] with everything in it, and writers that turn it into files.
//!
//! The content is made once, by the server; no writer computes, rounds or leaves out a number. So what stands in two
//! files is the same. The PDF is written by the crate `pdf`, since typst is much to build.
//!
//! Writers tell a [`Step`] how far they have come, and stop with [`Fault::Cancelled`] when it says so.

mod content;
mod font;
mod progress;

pub use content::{Block, Figure, Language, Report, Section, Slide};
pub use font::{INTER_REGULAR, INTER_SEMIBOLD};
pub use progress::{Fault, Flow, Parts, Progress, Step, unwatched};
