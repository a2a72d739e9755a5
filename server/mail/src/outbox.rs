//! Letters as files, for where no mail server is set.

use std::{io, path::Path};

use tokio::{fs, io::AsyncWriteExt as _};
use uuid::Uuid;

/// Writes a letter under its id: whole or not at all, and on the disk when this returns. Gives the file's name.
pub(crate) async fn lay(folder: &Path, id: Uuid, bytes: &[u8]) -> io::Result<String> {
    let mut made = fs::DirBuilder::new();
    made.recursive(true);
    #[cfg(unix)]
    made.mode(0o700);
    made.create(folder).await?;
    let name = format!("{id}.eml");
    let unfinished = folder.join(format!(".{id}.part"));
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
