//! The islands: the crate `app` as WebAssembly, and the script that loads it.

use std::{fs, path::Path, process::Command};

use wasm_bindgen_cli_support::Bindgen;

use crate::{Outcome, read, site::Site};

/// What the compiler may use in the file, and thus the optimiser too.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What wasm-bindgen calls the file it generates.
const GENERATED_WASM: &str = "app_bg.wasm";

/// Adds `app.wasm` and `app.js`. The script is told by the page where its WebAssembly is, so that
/// neither's name depends on the other.
///
/// # Errors
/// If wasm-bindgen or wasm-opt fails, or if a crate brings scripts of its own.
pub(crate) fn add(wasm: &Path, wasm_opt: Option<&Path>, site: &mut Site) -> Outcome<()> {
    let folder = site.folder().join("generated");
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .out_name("app")
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .map_err(|error| format!("wasm-bindgen cannot read {}: {error:#}", wasm.display()))?;
    let generated = folder.join(GENERATED_WASM);
    if let Some(program) = wasm_opt {
        optimise(program, &generated)?;
    }
    if folder.join("snippets").exists() {
        return Err("a crate brings JavaScript snippets, which the flat site cannot hold".into());
    }
    site.add("app.wasm", &read(&generated)?)?;
    site.add("app.js", &read(&folder.join("app.js"))?)?;
    fs::remove_dir_all(&folder)?;
    Ok(())
}

fn optimise(program: &Path, wasm: &Path) -> Outcome<()> {
    let status = Command::new(program)
        .arg("-Oz")
        .args(WASM_FEATURES)
        .arg(wasm)
        .arg("-o")
        .arg(wasm)
        .status()
        .map_err(|error| format!("cannot start {}: {error}", program.display()))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} failed: {status}", program.display()).into())
    }
}
