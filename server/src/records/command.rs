//! The same on the command line: a copy of the database, and a mapping out to a file or in from one.

use std::{
    error::Error,
    fs,
    io::{self, Write as _},
};

use store::Store;

use super::{Readable, load_file, pack};
use crate::{
    config::{Backup, Export, Import},
    link::LinkKey,
    serve::starter,
};

type Outcome = Result<(), Box<dyn Error>>;

fn say(words: &str) {
    writeln!(io::stdout(), "{words}").ok();
}

/// A new file that only its owner may read: what goes into it holds names and answers.
fn private(path: &std::path::Path) -> Result<fs::File, String> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    (options.open(path)).map_err(|error| format!("{} cannot be made: {error}", path.display()))
}

/// Copies the database to a file, also while the server runs.
pub(crate) async fn backup(options: Backup) -> Outcome {
    let store = Store::open(&options.data.database_url).await?;
    let done = store.backup(&options.to).await;
    store.close().await;
    done?;
    say(&format!(
        "{} holds the whole database. Keep it with {}.",
        options.to.display(),
        options.data.key_file.display()
    ));
    Ok(())
}

/// Takes a mapping out to a file.
pub(crate) async fn export(options: Export) -> Outcome {
    let store = Store::open(&options.data.database_url).await?;
    let Some(mapping) = store.mapping(options.mapping).await? else {
        let known: Vec<_> = (store.mappings().await?.iter())
            .map(|mapping| format!("  {}  {}", mapping.id, mapping.name))
            .collect();
        let known = known.join("\n");
        return Err(format!(
            "there is no mapping {}; there are:\n{known}",
            options.mapping
        )
        .into());
    };
    let file = private(&options.to)?;
    let readable = Readable::read(&store, mapping.id).await?;
    let packed = pack(&store, mapping.id, readable, file).await;
    store.close().await;
    match packed {
        Ok((file, manifest)) => {
            file.sync_all()?;
            say(&format!("{}  {}", manifest.sha256, options.to.display()));
            Ok(())
        }
        Err(error) => {
            fs::remove_file(&options.to).ok();
            Err(error.into())
        }
    }
}

/// Reads a mapping in from a file; the first samordnare here becomes its samordnare too.
pub(crate) async fn import(options: Import) -> Outcome {
    let store = Store::open(&options.data.database_url).await?;
    let key = LinkKey::open(&options.data.key_file)?;
    let account = starter(&store).await?;
    let loaded = load_file(&store, &key, &options.file, Some(account)).await;
    store.close().await;
    let (mapping, sum) = loaded?;
    say(&format!("{sum}  {mapping}"));
    Ok(())
}
