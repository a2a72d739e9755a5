//! The live parts: small, with serializable props, their logic in `domain`.
