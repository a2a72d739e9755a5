//! The method itself.
