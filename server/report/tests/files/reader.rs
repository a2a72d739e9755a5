//! Programs of others that read a file and say what it holds.

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

/// What a script of `server/tests/readers` says about a file. None where Python is not installed and need not be.
pub(crate) fn said(script: &str, name: &str, file: &[u8]) -> Option<Value> {
    // The temporary folder of integration tests lies in the target folder.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let python = (target.expect("it lies in the target folder")).join("python/bin/python");
    if !python.exists() {
        let required = env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(
            !required,
            "{} is missing: `.ci/setup test` installs it",
            python.display()
        );
        eprintln!("not read by others: {} is not installed", python.display());
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join(name);
    fs::write(&path, file).expect("there is room");
    let readers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/readers");
    let output = Command::new(python)
        .arg(readers.join(script))
        .arg(&path)
        .output()
        .expect("it can be run");
    assert!(output.status.success(), "{output:?}");
    Some(serde_json::from_slice(&output.stdout).expect("it says JSON"))
}

/// The file as `LibreOffice` writes it in another format. None where it is not installed.
pub(crate) fn converted(name: &str, file: &[u8], to: &str) -> Option<Vec<u8>> {
    let known = Command::new("soffice")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if known.is_err() {
        eprintln!("not read by LibreOffice: it is not installed");
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join(name);
    fs::write(&path, file).expect("there is room");
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .arg(folder.path())
        .arg(&path)
        .output()
        .expect("it can be run");
    assert!(output.status.success(), "{output:?}");
    let written = fs::read(path.with_extension(to));
    Some(written.expect("LibreOffice writes what it has read"))
}

/// A list that must be there.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// A text that must be there.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// A number that must be there.
pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}
