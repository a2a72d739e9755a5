//! What people see: pages rendered on the server, islands where something is live, and all texts.
//!
//! Pages are pure functions from what a handler has loaded to a view. In the browser this crate knows only `domain`.

pub mod islands;
pub mod texts;

#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod live;
#[cfg(feature = "ssr")]
pub mod pages;

/// Called by the browser's script before the islands come alive.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
