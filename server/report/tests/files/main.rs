//! The files of a report, read by programs that did not write them.

mod pictures;
mod presentations;
mod reader;
#[path = "../sample/mod.rs"]
mod sample;
mod tables;
mod workbooks;
