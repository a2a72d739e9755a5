//! Everything SQL.
