//! Sums: of a file as it is written or read, and of the content of an archive.

use std::{
    fmt::Write as _,
    io::{self, Read, Write},
};

use sha2::{Digest, Sha256};

use super::manifest::Listed;

/// Passes bytes on, in or out, and adds them up.
pub(super) struct Summed<T> {
    inner: T,
    sum: Sha256,
}

impl<T> Summed<T> {
    pub(super) fn new(inner: T) -> Self {
        Self {
            inner,
            sum: Sha256::new(),
        }
    }

    /// The sum of what has passed, in hexadecimal.
    pub(super) fn finish(self) -> String {
        hex(&self.sum.finalize())
    }
}

impl<T: Write> Write for Summed<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Summed<T> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.sum.update(&bytes[..read]);
        Ok(read)
    }
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all");
        text
    })
}

/// The sum of an archive's content: over the lines that `sha256sum data/*.json` prints, in order of the names' bytes.
pub(super) fn of_content(files: &[Listed]) -> String {
    let mut files: Vec<_> = (files.iter())
        .filter(|file| file.name.starts_with("data/"))
        .collect();
    files.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    let mut sum = Sha256::new();
    for file in files {
        sum.update(format!("{}  {}\n", file.sha256, file.name));
    }
    hex(&sum.finalize())
}
