//! From answers to a priority: the statistics of the method as pure functions.
//!
//! Everything here takes plain numbers: levels 1–5 as `u8`, frequency vectors with
//! one count per level, or `f64`. Answers outside the scale ("vet ej", "inte
//! aktuellt", "vill inte svara") are never numbers: the caller leaves them out, so a
//! question that everyone answered "vet ej" is an empty slice, and a function that has
//! no meaningful result for it returns `None`, never 0.
//!
//! No function reads a clock or a source of randomness; the bootstrap is seeded by its
//! caller and gives the same result on every machine.

pub mod agreement;
pub mod bounds;
pub mod concordance;
pub mod location;
pub mod paired;
pub mod priority;
pub mod random;
pub mod ranking;
mod ranks;
pub mod suppression;
pub mod variance;

/// A count as a real number. Counts here are people, answers and municipalities, far
/// below the 2⁵³ up to which the conversion is exact.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^53"
)]
fn real(count: usize) -> f64 {
    count as f64
}
