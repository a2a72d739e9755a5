//! What people see.
use leptos::prelude::*;
/// Proof that islands work.
#[island]
pub fn Probe() -> impl IntoView { let n = RwSignal::new(0); view! { <button on:click=move |_| n.update(|n| *n += 1)>{n}</button> } }
/// Called by the browser's script.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() { leptos::mount::hydrate_islands(); }
