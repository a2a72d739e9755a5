//! The real program as an operator starts it, on a database and with a bundle of the test's own.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use store::Store;
use tempfile::TempDir;

use crate::{client::Client, smtp::link_in, world::random_id};

/// How long the program may take to say where it listens, and to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// What every stub of a bundle holds: plain name, content.
const BUNDLE: [(&str, &str); 3] = [
    ("app.css", ""),
    ("formagekartan.svg", ""),
    ("municipalities.js", "export {};\n"),
];

/// Where one test's server keeps everything.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) url: String,
}

impl Place {
    /// An empty database in a file.
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let url = format!("sqlite:{}", folder.path().join("data/test.db").display());
        let place = Self { folder, url };
        place.write_bundle();
        place
    }

    /// A schema of its own, when `TEST_POSTGRES_URL` names a cluster to make it in.
    pub(crate) async fn postgres() -> Option<Self> {
        let Ok(cluster) = env::var("TEST_POSTGRES_URL") else {
            let required = env::var("CI").is_ok_and(|ci| ci == "true")
                || env::var("REQUIRE_POSTGRES").is_ok_and(|required| required == "1");
            assert!(
                !required,
                "TEST_POSTGRES_URL is missing: `make test` starts a cluster and sets it"
            );
            eprintln!("not asked of PostgreSQL: TEST_POSTGRES_URL is not set");
            return None;
        };
        let schema = format!("test_{}", random_id().simple());
        let mut connection = (PgConnection::connect(&cluster).await).expect("the cluster answers");
        connection
            .execute(AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
            .await
            .expect("the cluster is ours to write to");
        let mark = if cluster.contains('?') { '&' } else { '?' };
        Some(Self {
            url: format!("{cluster}{mark}options=-csearch_path%3D{schema}"),
            ..Self::sqlite()
        })
    }

    /// An empty database of each kind.
    pub(crate) async fn of_each_kind() -> Vec<Self> {
        let mut places = vec![Self::sqlite()];
        places.extend(Self::postgres().await);
        places
    }

    fn write_bundle(&self) {
        let site = self.site();
        fs::create_dir_all(&site).expect("the folder is ours");
        let mut manifest = String::new();
        for (name, content) in BUNDLE {
            fs::write(site.join(name), content).expect("the folder is ours");
            manifest.extend([name, " ", name, "\n"]);
        }
        fs::write(site.join("manifest.txt"), manifest).expect("the folder is ours");
    }

    /// The bundle's folder.
    pub(crate) fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// The path of the link to sign in that the only letter in the outbox holds, once it is there.
    pub(crate) async fn link_in_outbox(&self) -> String {
        for _ in 0..1500 {
            let letters: Vec<_> = (fs::read_dir(self.outbox()).into_iter().flatten())
                .map(|file| file.expect("readable").path())
                .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
                .collect();
            if let [letter] = &letters[..] {
                return link_in(&fs::read_to_string(letter).expect("readable"));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("no letter, or several, in {}", self.outbox().display());
    }

    /// A second program on the same database: the test itself.
    pub(crate) async fn store(&self) -> Store {
        Store::open(&self.url)
            .await
            .expect("the database can be opened")
    }

    /// The folder where letters land.
    pub(crate) fn outbox(&self) -> PathBuf {
        self.folder.path().join("outbox")
    }

    /// The program with a subcommand, this database and this key, and nothing from the environment.
    pub(crate) fn command(&self, subcommand: &str) -> Command {
        let mut command = bare();
        command
            .arg(subcommand)
            .args(["--database-url", &self.url, "--key-file"])
            .arg(self.folder.path().join("link.key"));
        command
    }

    fn serve(&self, listen: &str, options: &[&str]) -> Command {
        let mut command = self.command("serve");
        command
            .args(["--listen", listen, "--site-dir"])
            .arg(self.site())
            .arg("--outbox-dir")
            .arg(self.outbox())
            .args(options);
        command
    }

    /// Starts the server where nobody else listens.
    pub(crate) fn start(&self) -> Program {
        self.start_with(&[])
    }

    /// As [`Place::start`], with more options.
    pub(crate) fn start_with(&self, options: &[&str]) -> Program {
        let started = Program::spawn(self.serve("127.0.0.1:0", options));
        let mut program =
            started.unwrap_or_else(|said| panic!("the server did not start: {said:?}"));
        let address = program.url.strip_prefix("http://");
        let address = address.and_then(|address| address.parse().ok());
        program.address = address.expect("without --public-url it says where it listens");
        program
    }

    /// Starts the server behind another public address, which is then all that it says.
    pub(crate) fn start_behind(&self, public_url: &str) -> Program {
        for _ in 0..20 {
            let free = TcpListener::bind("127.0.0.1:0").expect("there are ports left");
            let address = free.local_addr().expect("it is bound");
            drop(free);
            // In between, another test may have taken the port.
            let command = self.serve(&address.to_string(), &["--public-url", public_url]);
            if let Ok(mut program) = Program::spawn(command) {
                program.address = address;
                return program;
            }
        }
        panic!("no port stayed free");
    }

    /// Runs a server that is to refuse, to its end.
    pub(crate) fn refused(&self) -> Output {
        self.refused_with(&[])
    }

    /// As [`Place::refused`], with more options.
    pub(crate) fn refused_with(&self, options: &[&str]) -> Output {
        let output = self
            .serve("127.0.0.1:0", options)
            .stdin(Stdio::null())
            .output();
        output.expect("the program can be run")
    }
}

/// The program, with nothing from the environment.
pub(crate) fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("FORMAGEKARTAN_") {
            command.env_remove(name);
        }
    }
    command
}

/// A running server; killed when it goes out of scope.
pub(crate) struct Program {
    child: Child,
    said: Receiver<String>,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// What it calls itself.
    pub(crate) url: String,
}

impl Program {
    /// Waits until it says that it listens; what it said instead if it ended.
    fn spawn(mut command: Command) -> Result<Self, Vec<String>> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let (tell, said) = channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        let mut program = Self {
            child,
            said,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            url: String::new(),
        };
        let mut other = Vec::new();
        while let Some(line) = program.next_line() {
            match line.strip_prefix("Förmågekartan: ") {
                Some(url) => {
                    url.clone_into(&mut program.url);
                    return Ok(program);
                }
                None => other.push(line),
            }
        }
        Err(other)
    }

    /// The next line on standard output; none when the program has ended.
    fn next_line(&self) -> Option<String> {
        match self.said.recv_timeout(PATIENCE) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("the server has said nothing for too long"),
        }
    }

    /// A visitor whom nobody knows.
    pub(crate) fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// The path of the one-time link that the first start prints after the address.
    pub(crate) fn first_link(&self) -> String {
        let announced = self.next_line().expect("the first start prints a link");
        assert!(announced.starts_with("Logga in"), "{announced:?}");
        let link = self.next_line().expect("the link follows");
        let path = link.trim().strip_prefix(&self.url);
        path.unwrap_or_else(|| panic!("{link:?} is not on {}", self.url))
            .to_owned()
    }

    /// As a crash or a power cut: no signal that could be handled.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it is ours");
        self.child.wait().expect("it is ours");
    }

    /// Asks it to stop as a service manager does; what else it said, and how it ended.
    pub(crate) fn terminate(mut self) -> (Vec<String>, ExitStatus) {
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("kill can be run");
        assert!(asked.success());
        let begun = Instant::now();
        let mut said = Vec::new();
        while let Some(line) = self.next_line() {
            said.push(line);
        }
        let ended = self.child.wait().expect("it is ours");
        assert!(begun.elapsed() < PATIENCE);
        (said, ended)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Either may fail when it has ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
