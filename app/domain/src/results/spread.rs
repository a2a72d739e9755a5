//! How a round's answers spread, for the room to talk about.

/// How a round's answers spread; never below `n_min`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread;
