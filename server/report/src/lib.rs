//! What a director takes along: one [`Report`] with everything in it, and writers that turn it into files.
//!
//! The content is made once, by the server; no writer computes, rounds or leaves out a number. So what stands in two
//! files is the same. The PDF is written by the crate `pdf`, since typst is much to build.

mod content;

pub use content::{Block, Figure, Language, Report, Section, Slide};
