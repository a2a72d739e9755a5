//! Independent readers of PDF: Poppler's programs, and pikepdf in the Python of the tests.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// A PDF in a folder of its own.
pub(crate) struct File {
    path: PathBuf,
    _folder: TempDir,
}

impl File {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the file");
        let path = folder.path().join("rapport.pdf");
        std::fs::write(&path, bytes).expect("the file is written");
        Self {
            path,
            _folder: folder,
        }
    }

    fn said_by(&self, program: &str, before: &[&str], after: &[&str]) -> String {
        let out = Command::new(program)
            .args(before)
            .arg(&self.path)
            .args(after)
            .output()
            .unwrap_or_else(|error| panic!("{program}: {error}; `.ci/setup test` installs it"));
        let errors = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{program}: {errors}");
        String::from_utf8(out.stdout).expect("UTF-8")
    }

    /// A line of what pdfinfo says.
    pub(crate) fn info(&self, name: &str) -> String {
        let said = self.said_by("pdfinfo", &[], &[]);
        let line = said.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.strip_prefix(':'))
            .map_or_else(String::new, |value| value.trim().to_owned())
    }

    pub(crate) fn pages(&self) -> usize {
        self.info("Pages").parse().expect("a number")
    }

    /// Width and height of a page, in points.
    pub(crate) fn size(&self, page: usize) -> (f64, f64) {
        let page = page.to_string();
        let said = self.said_by("pdfinfo", &["-f", &page, "-l", &page], &[]);
        let line = said.lines().find(|line| line.contains(" size:"));
        let numbers: Vec<f64> = line
            .expect("a size")
            .split_whitespace()
            .skip(3)
            .filter_map(|word| word.parse().ok())
            .collect();
        (numbers[0], numbers[1])
    }

    /// The text of these pages, as pdftotext reads it, in the order of the file or as it stands on the page.
    pub(crate) fn text(
        &self,
        pages: std::ops::RangeInclusive<usize>,
        as_it_stands: bool,
    ) -> String {
        let (from, to) = (pages.start().to_string(), pages.end().to_string());
        let way = if as_it_stands { "-layout" } else { "-raw" };
        self.said_by("pdftotext", &["-f", &from, "-l", &to, way], &["-"])
    }

    /// What `server/tests/readers/document.py` says; none where Python's readers are not installed and need not be.
    pub(crate) fn structure(&self) -> Option<Value> {
        let test = env::current_exe().expect("the test lies somewhere");
        let python = (test.ancestors())
            .map(|folder| folder.join("python/bin/python"))
            .find(|python| python.exists());
        let Some(python) = python else {
            let required = env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!required, "`.ci/setup test` installs the readers of files");
            eprintln!("not asked of pikepdf: it is not installed");
            return None;
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/readers/document.py");
        let script = script.to_str().expect("a path in UTF-8");
        let said = self.said_by(python.to_str().expect("UTF-8"), &[script], &[]);
        Some(serde_json::from_str(&said).expect("JSON"))
    }
}
