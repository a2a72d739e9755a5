//! The same survey in oTree (otree.org), for comparison: one page with 32 × 2 questions, submitted by 300 at once. Its
//! own server for production, its own embedded database, as its documentation says to start them.

use std::{
    env, fs, io,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::storm::{post_all, request};
use crate::{Outcome, report::Report, samples::Samples};

/// How many submit at once.
const PEOPLE: usize = 300;
/// How long it may take to start.
const PATIENCE: Duration = Duration::from_mins(1);
/// What the measurement tells oTree to recognise itself by.
const KEY: &str = "bench";

const SETTINGS: &str = r#"SESSION_CONFIGS = [dict(name="survey", app_sequence=["survey"], num_demo_participants=300)]
SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point=1.0, participation_fee=0.0, doc="")
PARTICIPANT_FIELDS = []
SESSION_FIELDS = []
ROOMS = []
LANGUAGE_CODE = "en"
REAL_WORLD_CURRENCY_CODE = "SEK"
USE_POINTS = True
ADMIN_USERNAME = "admin"
ADMIN_PASSWORD = ""
SECRET_KEY = "bench"
"#;

const APP: &str = r#"from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = "survey"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    pass


NAMES = [f"{part}{number}" for number in range(32) for part in ("current", "target")]
for name in NAMES:
    setattr(Player, name, models.IntegerField(choices=[1, 2, 3, 4, 5], widget=widgets.RadioSelect))


class Questions(Page):
    form_model = "player"
    form_fields = NAMES


class Done(Page):
    pass


page_sequence = [Questions, Done]
"#;

const QUESTIONS: &str = "{{ block title }}Survey{{ endblock }}{{ block content }}{{ formfields }}{{ next_button }}{{ endblock }}";
const DONE: &str = "{{ block title }}Thanks{{ endblock }}{{ block content }}Thanks{{ endblock }}";

/// Measures oTree if it is there, and says so if it is not.
///
/// # Errors
/// When it is there and does not start.
pub(super) async fn measure(report: &mut Report) -> Outcome {
    let Some(program) = program() else {
        report.note("oTree is not installed: nothing to compare with. README.md says how.");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    write_project(folder.path())?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let host = format!("127.0.0.1:{port}");
    let _running = start(&program, folder.path(), &host)?;
    let addresses = begin(&host).await?;
    let body: Vec<_> = (0..32)
        .map(|number| {
            format!(
                "current{number}={}&target{number}={}",
                number % 5 + 1,
                number % 3 + 3
            )
        })
        .collect();
    let body = body.join("&");
    let requests = (addresses.iter())
        .map(|path| request(&host, path, &body))
        .collect();
    let posted = post_all(&host, requests).await?;
    let stored = (posted.heads.iter())
        .filter(|head| head.contains("302") && head.contains("/Done/"))
        .count();
    let rate = posted.rate();
    report.row("oTree, the same for comparison", Samples::all(posted.times));
    report.note(format!(
        "oTree: submissions a second                    {rate:.1}, {stored} of {PEOPLE} taken"
    ));
    Ok(())
}

/// The program in `OTREE_BIN`, or on the path.
fn program() -> Option<PathBuf> {
    let named = env::var_os("OTREE_BIN").map(PathBuf::from);
    let on_path = env::var_os("PATH").and_then(|path| {
        env::split_paths(&path)
            .map(|folder| folder.join("otree"))
            .find(|program| program.is_file())
    });
    named.or(on_path).filter(|program| program.is_file())
}

fn write_project(folder: &Path) -> io::Result<()> {
    for name in ["survey", "_static", "_templates"] {
        fs::create_dir(folder.join(name))?;
    }
    for (name, text) in [
        ("settings.py", SETTINGS),
        ("survey/__init__.py", APP),
        ("survey/Questions.html", QUESTIONS),
        ("survey/Done.html", DONE),
    ] {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// A process, and those it starts in its group, stopped when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It starts a process of its own, which ends when asked to as one at a keyboard would.
        #[cfg(unix)]
        {
            let group = format!("-{}", self.0.id());
            Command::new("kill")
                .args(["-INT", "--", &group])
                .stderr(Stdio::null())
                .status()
                .ok();
            let asked = Instant::now();
            while asked.elapsed() < Duration::from_secs(5) {
                if matches!(self.0.try_wait(), Ok(Some(_))) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            Command::new("kill")
                .args(["-KILL", "--", &group])
                .stderr(Stdio::null())
                .status()
                .ok();
        }
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn start(program: &Path, folder: &Path, host: &str) -> io::Result<Running> {
    let mut command = Command::new(program);
    // It calls itself by name.
    let mut path = program
        .parent()
        .map(Path::to_owned)
        .unwrap_or_default()
        .into_os_string();
    if let Some(rest) = env::var_os("PATH") {
        path.push(":");
        path.push(rest);
    }
    command
        .args(["prodserver", host])
        .current_dir(folder)
        .env("PATH", path)
        .env("OTREE_REST_KEY", KEY)
        .env("OTREE_PRODUCTION", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    Ok(Running(command.spawn()?))
}

/// Makes a session and takes everyone to the questions; gives their addresses.
async fn begin(host: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let body = format!(r#"{{"session_config_name":"survey","num_participants":{PEOPLE}}}"#);
    let session = format!(
        "POST /api/sessions HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\notree-rest-key: {KEY}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let asked = Instant::now();
    let made = loop {
        match exchange(host, &session).await {
            Ok(answer) => break answer,
            Err(_) if asked.elapsed() < PATIENCE => {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            Err(error) => return Err(error.into()),
        }
    };
    let join = (made.split_once("/join/"))
        .map(|(_, rest)| {
            rest.chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect()
        })
        .filter(|code: &String| !code.is_empty())
        .ok_or("oTree made no session")?;
    let mut addresses = Vec::with_capacity(PEOPLE);
    for _ in 0..PEOPLE {
        let mut path = format!("/join/{join}");
        while !path.contains("/Questions/") {
            let get = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let answer = exchange(host, &get).await?;
            let next = (answer.lines()).find_map(|line| line.strip_prefix("location: "));
            next.ok_or("oTree led nowhere")?
                .trim()
                .clone_into(&mut path);
        }
        // As people do, they have opened the page before they press its button.
        let get = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        exchange(host, &get).await?;
        addresses.push(path);
    }
    Ok(addresses)
}

/// Asks over a connection of its own, and reads until it ends.
async fn exchange(host: &str, request: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(host).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
