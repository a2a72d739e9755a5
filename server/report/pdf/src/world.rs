//! What typst sees of the world while it sets a report: the template, the report's data and drawings, and the fonts.

use std::{collections::HashMap, sync::LazyLock};

use typst::{
    Feature, Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::{
    fonts::{BOOK, FONTS},
    sheet::Sheet,
};

/// The form of a report.
const TEMPLATE: &str = include_str!("report.typ");

/// The name under which the template reads the report's data.
const DATA: &str = "data.json";

/// typst's functions, with those that say for what a header of a table stands.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// Everything that is needed to set one report. There is no clock, no disk and no network.
pub(crate) struct Desk {
    main: Source,
    files: HashMap<FileId, Bytes>,
}

impl Desk {
    /// The template with these data.
    ///
    /// # Errors
    /// When the data cannot be written as JSON, or the template's name is none: never.
    pub(crate) fn new(sheet: Sheet) -> Result<Self, String> {
        let data = serde_json::to_vec(&sheet.data).map_err(|error| error.to_string())?;
        let mut files = HashMap::from([(file(DATA)?, Bytes::new(data))]);
        for (name, drawing) in sheet.drawings {
            files.insert(file(&name)?, Bytes::from_string(drawing));
        }
        let main = Source::new(file("report.typ")?, TEMPLATE.to_owned());
        Ok(Self { main, files })
    }
}

fn file(name: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(name).map_err(|error| error.to_string())?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
