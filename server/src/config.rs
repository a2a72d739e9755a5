//! What can be set from outside: flags and environment.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};
use domain::ids::MappingId;

/// Förmågekartan: municipalities map together what they need to be able to do.
#[derive(Debug, Parser)]
#[command(version, flatten_help = true)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the web pages until stopped (Ctrl-C or SIGTERM).
    ///
    /// On the first start the database is made, and a one-time link that signs in the
    /// first samordnare is printed on standard output.
    Serve(Serve),
    /// Print a new one-time sign-in link for a samordnare, when the first one is lost or used.
    Link(Link),
    /// Copy the database to a file, also while the server runs. `SQLite` only; `PostgreSQL` has `pg_dump`.
    Backup(Backup),
    /// Take a whole mapping out to a ZIP file, and print the checksum of its content.
    Export(Export),
    /// Read a mapping in from such a file, all of it or nothing, and print the checksum of its content.
    Import(Import),
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub(crate) struct Data {
    /// The database: `sqlite:PATH` (made if it is not there) or `postgres://USER:PASSWORD@HOST/NAME`.
    #[arg(
        long,
        env = "FORMAGEKARTAN_DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite:data/formagekartan.db"
    )]
    pub(crate) database_url: String,
    /// The file with the key that personal links are made with; made on the first start, readable by its owner only.
    /// Servers that share a database share this file. Keep it with the backups: without it, links cannot be printed again.
    #[arg(long, env = "FORMAGEKARTAN_KEY_FILE", default_value = "data/link.key")]
    pub(crate) key_file: PathBuf,
    /// The address that people use, such as `https://formagekartan.example.se`. With https, cookies are bound to it.
    /// Without this option it is `http://` and the address listened on.
    #[arg(long, env = "FORMAGEKARTAN_PUBLIC_URL")]
    pub(crate) public_url: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) data: Data,
    /// The address and port to listen on.
    #[arg(long, env = "FORMAGEKARTAN_LISTEN", default_value = "127.0.0.1:3000")]
    pub(crate) listen: SocketAddr,
    /// The folder with what browsers fetch, as the bundler leaves it.
    #[arg(long, env = "FORMAGEKARTAN_SITE_DIR", default_value = "target/site")]
    pub(crate) site_dir: PathBuf,
    /// A proxy of ours stands before the server: the last address in X-Forwarded-For is where a request comes from.
    /// Without one, that header is not believed.
    #[arg(long, env = "FORMAGEKARTAN_BEHIND_PROXY")]
    pub(crate) behind_proxy: bool,
    /// The mail server: `smtp://HOST:PORT` or `smtps://USER:PASSWORD@HOST` (special characters percent-encoded).
    /// `smtp` is encrypted when the server offers it, and must be when there is a password.
    /// Without this option letters land as files in the outbox.
    #[arg(long, env = "FORMAGEKARTAN_SMTP_URL", hide_env_values = true)]
    pub(crate) smtp_url: Option<String>,
    /// Who letters come from, such as `Förmågekartan <karta@example.se>`; needed with --smtp-url.
    #[arg(long, env = "FORMAGEKARTAN_MAIL_FROM")]
    pub(crate) mail_from: Option<String>,
    /// The folder for letters when there is no mail server: one .eml file a letter, readable by its owner only.
    #[arg(long, env = "FORMAGEKARTAN_OUTBOX_DIR", default_value = "data/outbox")]
    pub(crate) outbox_dir: PathBuf,
    /// Who is responsible for open data, in the catalogue that data portals read, such as `Exempelförbundet`.
    /// Without this option the service stands there.
    #[arg(long, env = "FORMAGEKARTAN_PUBLISHER_NAME")]
    pub(crate) publisher_name: Option<String>,
    /// The e-mail address for questions about open data.
    #[arg(long, env = "FORMAGEKARTAN_PUBLISHER_EMAIL")]
    pub(crate) publisher_email: Option<String>,
    /// How many milliseconds a letter waits after each try, for tests.
    #[arg(long, hide = true, value_delimiter = ',')]
    pub(crate) mail_back_off: Option<Vec<i64>>,
    /// Fill in an invented example mapping of Fyrbodal, marked "Exempel", unless it is there.
    #[arg(long)]
    pub(crate) demo: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Link {
    #[command(flatten)]
    pub(crate) data: Data,
    /// Give that samordnare this e-mail address, so that they can sign in with a link by mail from then on.
    #[arg(long)]
    pub(crate) email: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    pub(crate) data: Data,
    /// The file to make; there must be none with that name.
    #[arg(long)]
    pub(crate) to: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) data: Data,
    /// The mapping's id, as in its address: /k/ID.
    pub(crate) mapping: MappingId,
    /// The file to make; there must be none with that name.
    #[arg(long)]
    pub(crate) to: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) data: Data,
    /// The file to read.
    pub(crate) file: PathBuf,
}
