//! The folder that the server serves: hashed names, compressed twins and the manifest.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use crate::Outcome;

/// How many hexadecimal digits of the content's SHA-256 go into a name: 64 bits.
const HASH_DIGITS: usize = 16;

/// Formats that are compressed in themselves and get no twins.
const COMPRESSED: [&str; 1] = ["woff2"];

/// A flat folder of files whose names change with their content.
pub(crate) struct Site {
    folder: PathBuf,
    names: BTreeMap<String, String>,
}

impl Site {
    /// An empty site; what the folder held before is removed.
    pub(crate) fn create(folder: &Path) -> Outcome<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            names: BTreeMap::new(),
        })
    }

    /// Writes a file and its `.br` and `.gz` twins, and returns its hashed name.
    ///
    /// # Errors
    /// If the name is taken, since the folder is flat; or if the disk refuses.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) -> Outcome<String> {
        let hashed = hashed_name(name, content);
        if self.names.contains_key(name) {
            return Err(format!("two files are called {name}: rename one of them").into());
        }
        let path = self.folder.join(&hashed);
        fs::write(&path, content)?;
        if !COMPRESSED.iter().any(|format| name.ends_with(format)) {
            fs::write(twin(&path, "br"), brotli(content)?)?;
            fs::write(twin(&path, "gz"), gzip(content)?)?;
        }
        self.names.insert(name.to_owned(), hashed.clone());
        Ok(hashed)
    }

    /// Where the site is written.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The hashed name of a file that has been added.
    pub(crate) fn hashed(&self, name: &str) -> Option<&str> {
        self.names.get(name).map(String::as_str)
    }

    /// Writes `manifest.txt`: a line `app.css app.0123456789abcdef.css` per file, in order of name.
    pub(crate) fn finish(self) -> Outcome<()> {
        fs::write(self.folder.join("manifest.txt"), self.manifest())?;
        Ok(())
    }

    fn manifest(&self) -> String {
        self.names
            .iter()
            .flat_map(|(name, hashed)| [name.as_str(), " ", hashed, "\n"])
            .collect()
    }
}

/// `app.css` becomes `app.0123456789abcdef.css`.
fn hashed_name(name: &str, content: &[u8]) -> String {
    let mut hash = hex(&Sha256::digest(content));
    hash.truncate(HASH_DIGITS);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

fn twin(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn brotli(content: &[u8]) -> Outcome<Vec<u8>> {
    let mut packed = Vec::new();
    // 4096 is the buffer's size, 11 the best quality, 22 the usual window (4 MB).
    brotli::CompressorWriter::new(&mut packed, 4096, 11, 22).write_all(content)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Read, path::PathBuf};

    use super::{Site, hashed_name};

    fn folder(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("bundle-{name}-{}", std::process::id()))
    }

    #[test]
    fn a_name_changes_with_the_content_and_only_then() {
        let name = hashed_name("app.css", b"a{}");
        assert_eq!(name, hashed_name("app.css", b"a{}"));
        assert_ne!(name, hashed_name("app.css", b"b{}"));
        let parts: Vec<_> = name.split('.').collect();
        assert!(
            matches!(parts[..], ["app", hash, "css"] if hash.len() == 16),
            "{name}"
        );
    }

    #[test]
    fn the_manifest_lists_every_file_under_its_plain_name() {
        let folder = folder("manifest");
        let mut site = Site::create(&folder).expect("a temporary folder");
        let sheet = site.add("app.css", b"a{}").expect("added");
        let script = site.add("app.js", b"1").expect("added");
        let font = site.add("inter.woff2", b"font").expect("added");
        assert_eq!(site.hashed("app.css"), Some(sheet.as_str()));
        assert_eq!(site.hashed("other.css"), None);
        site.finish().expect("finished");

        let manifest = fs::read_to_string(folder.join("manifest.txt"));
        assert_eq!(
            manifest.expect("written"),
            format!("app.css {sheet}\napp.js {script}\ninter.woff2 {font}\n")
        );
        assert!(!folder.join(format!("{font}.br")).exists());
        fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn the_twins_unpack_to_the_file() {
        let folder = folder("twins");
        let content = "a { color: red }\n".repeat(100);
        let mut site = Site::create(&folder).expect("a temporary folder");
        let name = site.add("app.css", content.as_bytes()).expect("added");
        let twin =
            |extension| fs::read(folder.join(format!("{name}.{extension}"))).expect("a twin");

        let (brotli, gzip) = (twin("br"), twin("gz"));
        let mut unpacked = String::new();
        brotli::Decompressor::new(brotli.as_slice(), 4096)
            .read_to_string(&mut unpacked)
            .expect("brotli");
        assert_eq!(unpacked, content);
        unpacked.clear();
        flate2::read::GzDecoder::new(gzip.as_slice())
            .read_to_string(&mut unpacked)
            .expect("gzip");
        assert_eq!(unpacked, content);
        fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        let folder = folder("twice");
        let mut site = Site::create(&folder).expect("a temporary folder");
        site.add("app.js", b"1").expect("added");
        let error = site.add("app.js", b"2").expect_err("taken").to_string();
        assert!(error.contains("app.js"), "{error}");
        fs::remove_dir_all(&folder).expect("removed");
    }
}
