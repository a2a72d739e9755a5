//! The method itself: terms, rules, statistics, rights and the log of Förmågekartan.
//!
//! No input or output, no clock, no randomness, no framework: the same code runs in the browser and on the server.
//! Time, random numbers and ids come in as arguments.

pub mod advice;
pub mod catalogue;
pub mod ids;
pub mod import;
pub mod letter;
pub mod level;
pub mod likeness;
pub mod map;
pub mod mapping;
pub mod municipality;
pub mod participation;
pub mod publication;
pub mod records;
pub mod results;
pub mod rights;
pub mod statistics;
pub mod survey;
pub mod text;
pub mod workshop;
