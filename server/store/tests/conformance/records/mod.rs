//! Records: a mapping with everything in it, out and in, and taken out of the records.

mod disposal;
mod everything;
mod people;
mod round_trip;
