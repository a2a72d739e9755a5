//! A mapping out as a file and in somewhere else, disposal, and what is kept about people.

mod archive;
mod disposal;
mod own;
