//! A real mail server on loopback, which says what letters it got.

use std::{
    env,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use serde_json::Value;

/// How long the mail server may take to say something.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running mail server; ends when it goes out of scope.
pub(crate) struct MailServer {
    child: Child,
    said: Receiver<Value>,
    pub(crate) port: u16,
}

/// Something that the mail server said.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) what: String,
    pub(crate) to: String,
    pub(crate) letter: String,
}

impl MailServer {
    /// On a free port.
    pub(crate) fn start() -> Option<Self> {
        Self::start_with(&["0"])
    }

    /// With these arguments, see `tests/smtp/server.py`; none where it is not installed and need not be.
    pub(crate) fn start_with(arguments: &[&str]) -> Option<Self> {
        let built = Path::new(env!("CARGO_BIN_EXE_server"));
        let target = built.parent().and_then(Path::parent);
        let python = (target.expect("it lies in the target folder")).join("python/bin/python");
        if !python.exists() {
            let required = env::var("CI").is_ok_and(|ci| ci == "true")
                || env::var("REQUIRE_MAIL_SERVER").is_ok_and(|required| required == "1");
            assert!(
                !required,
                "{} is missing: `.ci/setup test` installs it",
                python.display()
            );
            eprintln!(
                "not asked of a mail server: {} is not installed",
                python.display()
            );
            return None;
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp/server.py");
        let mut child = Command::new(python)
            .arg(script)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python can be run");
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let (tell, said) = channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let event = serde_json::from_str(&line).expect("it says JSON");
                if tell.send(event).is_err() {
                    return;
                }
            }
        });
        let mut server = Self {
            child,
            said,
            port: 0,
        };
        let first = server.said.recv_timeout(PATIENCE);
        let port = first.expect("it says where it listens")["port"].as_u64();
        server.port = u16::try_from(port.expect("a number")).expect("a port");
        Some(server)
    }

    /// Its address for the program.
    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What happens next.
    pub(crate) fn next(&self) -> Event {
        let event = self.said.recv_timeout(PATIENCE);
        let event = event.expect("the mail server has said nothing for too long");
        let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        Event {
            what: text("event"),
            to: text("to"),
            letter: text("letter"),
        }
    }

    /// The next letter that it takes in, when it must be the next thing that happens.
    pub(crate) fn letter(&self) -> Event {
        let event = self.next();
        assert_eq!(event.what, "delivered", "{event:?}");
        event
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // Either may fail when it has ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A letter's parts in plain words: what comes of quoted-printable when it is read.
pub(crate) fn readable(letter: &str) -> String {
    let joined = letter.replace("\r\n", "\n").replace("=\n", "");
    let mut bytes = Vec::with_capacity(joined.len());
    let mut rest = joined.bytes().peekable();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| char::from(byte.unwrap_or(0)).to_digit(16);
        if byte == b'='
            && let (Some(high), Some(low)) = (digit(ahead.next()), digit(ahead.next()))
        {
            bytes.push(u8::try_from(high * 16 + low).expect("two digits"));
            rest = ahead;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The path of the link to sign in that a letter holds.
pub(crate) fn link_in(letter: &str) -> String {
    let text = readable(letter);
    let from = text.find("/logga-in/").expect("there is a link");
    text[from..]
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '-'))
        .collect()
}
