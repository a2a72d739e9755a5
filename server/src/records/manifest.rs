//! What an archive says about itself.

use domain::ids::MappingId;
use serde::{Deserialize, Serialize};

/// The name of the format.
pub(super) const FORMAT: &str = "formagekartan";
/// The version of the format that this program writes, and the newest that it reads.
pub(super) const VERSION: u32 = 1;
/// Where it stands in an archive.
pub(super) const PATH: &str = "manifest.json";

/// What an archive says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Always "formagekartan".
    pub(crate) format: String,
    /// The version of the format.
    pub(crate) version: u32,
    /// The version of the program that wrote it.
    pub(crate) program: String,
    /// Which mapping.
    pub(crate) mapping: Named,
    /// When it was written, as in RFC 3339.
    pub(crate) made_at: String,
    /// The sum of the content: SHA-256 over what `sha256sum data/*.json` prints.
    pub(crate) sha256: String,
    /// The tables.
    pub(crate) files: Vec<Listed>,
}

/// A mapping by its id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Named {
    /// Its id.
    pub(crate) id: MappingId,
    /// Its name.
    pub(crate) name: String,
}

/// A table in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Listed {
    /// The path of its JSON.
    pub(crate) name: String,
    /// How many rows it has.
    pub(crate) rows: u64,
    /// SHA-256 of its JSON.
    pub(crate) sha256: String,
}
