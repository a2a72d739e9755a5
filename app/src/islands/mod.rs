//! What is live in the browser. Each island is small and keeps its logic in `domain`.

pub mod advice;
