//! The statistics of the method: the numbers they must reproduce, their edges and the laws
//! they keep whatever people answer.

mod edges;
mod laws;
mod ranking;
mod suppression;
mod vectors;

/// How far rounding may take equal numbers apart.
const NEAR: f64 = 1e-9;

/// Whether two results are the same but for rounding.
fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < NEAR,
        (a, b) => a == b,
    }
}
