//! A server of our own to measure.

use std::{
    env,
    error::Error,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

/// A running server; it is stopped when dropped.
pub(crate) struct Server {
    child: Child,
    /// Kept open: the server has more to say than where it listens.
    output: BufReader<ChildStdout>,
    /// `host:port`.
    pub(crate) host: String,
    /// From the start of the program until it said where it listens.
    pub(crate) started_in: Duration,
}

impl Server {
    /// Starts the server with the example in an embedded database in `folder`.
    ///
    /// # Errors
    /// When there is no program to start, or it does not say where it listens.
    pub(crate) fn start(folder: &Path) -> Result<Self, Box<dyn Error>> {
        Self::spawn(folder, &["serve", "--demo"])
    }

    /// Starts the server on the database in `folder`.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub(crate) fn start_on(folder: &Path) -> Result<Self, Box<dyn Error>> {
        Self::spawn(folder, &["serve"])
    }

    /// Starts the server on an empty embedded database in `folder`, and gives the path of the one-time link that it
    /// prints.
    ///
    /// # Errors
    /// As [`Server::start`], and when it prints no link.
    pub(crate) fn start_empty(folder: &Path) -> Result<(Self, String), Box<dyn Error>> {
        let mut server = Self::spawn(folder, &["serve"])?;
        let mut said = String::new();
        loop {
            said.clear();
            if server.output.read_line(&mut said)? == 0 {
                return Err("the server printed no link to sign in with".into());
            }
            if let Some(at) = said.find("/logga-in/") {
                return Ok((server, said[at..].trim().to_owned()));
            }
        }
    }

    fn spawn(folder: &Path, arguments: &[&str]) -> Result<Self, Box<dyn Error>> {
        let program = program()?;
        let start = Instant::now();
        let mut child = Command::new(&program)
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .arg("--database-url")
            .arg(database_in(folder))
            .arg("--key-file")
            .arg(folder.join("link.key"))
            .env("FORMAGEKARTAN_OUTBOX_DIR", folder.join("outbox"))
            .env_remove("FORMAGEKARTAN_PUBLIC_URL")
            .env_remove("FORMAGEKARTAN_SMTP_URL")
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let output = child.stdout.take().ok_or("the server has no output")?;
        let mut server = Self {
            child,
            output: BufReader::new(output),
            host: String::new(),
            started_in: Duration::ZERO,
        };
        let mut first = String::new();
        server.output.read_line(&mut first)?;
        server.started_in = start.elapsed();
        let (_, host) = (first.trim().split_once("http://"))
            .ok_or("the server did not start; its message is above")?;
        host.clone_into(&mut server.host);
        Ok(server)
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }
}

/// The address of the database in a folder.
pub(crate) fn database_in(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("bench.db").display())
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing is under way any more, and it may be stopped at any time without loss.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// `SERVER_BIN`, or the server beside this program.
fn program() -> Result<PathBuf, Box<dyn Error>> {
    let program = match env::var_os("SERVER_BIN") {
        Some(path) => path.into(),
        None => env::current_exe()?.with_file_name("server"),
    };
    if program.exists() {
        Ok(program)
    } else {
        let path = program.display();
        Err(
            format!("{path} is not there: build it with `make run`, or name it in SERVER_BIN")
                .into(),
        )
    }
}
