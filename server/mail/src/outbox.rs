//! Letters as files, for where no mail server is set.

use std::{io, path::Path};

use tokio::{fs, io::AsyncWriteExt as _};
use uuid::Uuid;

/// What a letter is called, and what it is called while it is written.
fn names(id: Uuid) -> [String; 2] {
    [format!("{id}.eml"), format!(".{id}.part")]
}

/// Deletes a letter, also one that was half written; one that is not there is no error.
pub(crate) async fn forget(folder: &Path, id: Uuid) -> io::Result<()> {
    for name in names(id) {
        match fs::remove_file(folder.join(name)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Writes a letter under its id: whole or not at all, and on the disk when this returns. Gives the file's name.
pub(crate) async fn lay(folder: &Path, id: Uuid, bytes: &[u8]) -> io::Result<String> {
    let mut made = fs::DirBuilder::new();
    made.recursive(true);
    #[cfg(unix)]
    made.mode(0o700);
    made.create(folder).await?;
    let [name, unfinished] = names(id);
    let unfinished = folder.join(unfinished);
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // The letter may hold a link that signs somebody in.
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(&unfinished).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    drop(file);
    fs::rename(&unfinished, folder.join(&name)).await?;
    // Only then is the new name on the disk too; systems that cannot do it do not need it.
    #[cfg(unix)]
    fs::File::open(folder).await?.sync_all().await?;
    Ok(name)
}
