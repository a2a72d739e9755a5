//! A screen that follows a workshop: the wire as it comes, and what it adds up to.

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Read},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::client::Client;

/// How long something may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// An event of the stream.
#[derive(Clone, Debug, Default)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) data: String,
}

impl Event {
    fn parse(text: &str) -> Self {
        let mut event = Self::default();
        for line in text.lines() {
            match line.split_once(": ") {
                Some(("id", value)) => value.clone_into(&mut event.id),
                Some(("event", value)) => value.clone_into(&mut event.name),
                Some(("data", value)) => value.clone_into(&mut event.data),
                _ => {}
            }
        }
        event
    }
}

/// A part: its HTML and, of a list, what is in it.
type Part = (String, Option<Vec<String>>);

/// See the module.
pub(super) struct Screen {
    stream: TcpStream,
    /// What has come and not been read as chunks.
    raw: Vec<u8>,
    /// Everything that has come, without the chunks' marks.
    pub(super) wire: String,
    read: usize,
    parts: BTreeMap<String, Part>,
    root: String,
    /// The person's own parts, as they came.
    pub(super) mine: String,
    /// The id of the last message.
    pub(super) id: String,
    /// How many whole trees have come.
    pub(super) wholes: usize,
    /// How many messages have come.
    pub(super) messages: usize,
    /// Whether the server has ended the stream, and why.
    pub(super) ended: Option<String>,
}

impl Screen {
    /// Begins to follow; `known` is the id of the last message that it has.
    pub(super) fn open(client: &Client, path: &str, known: Option<&str>) -> Self {
        let headers: Vec<_> = known.iter().map(|id| ("Last-Event-ID", *id)).collect();
        let (stream, raw) = client.open(path, &headers).expect("the server answers");
        (stream.set_read_timeout(Some(Duration::from_millis(50)))).expect("a socket can wait");
        let mut screen = Self {
            stream,
            raw,
            wire: String::new(),
            read: 0,
            parts: BTreeMap::new(),
            root: String::new(),
            mine: String::new(),
            id: String::new(),
            wholes: 0,
            messages: 0,
            ended: None,
        };
        let begun = Instant::now();
        let end = loop {
            screen.receive();
            if let Some(end) = screen.raw.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            assert!(begun.elapsed() < PATIENCE, "no head came");
        };
        let head = String::from_utf8_lossy(&screen.raw[..end]).into_owned();
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        assert!(!head.contains("content-encoding"), "{head}");
        screen.raw.drain(..end + 4);
        screen
    }

    /// The same screen after its connection has been lost, with what it had.
    pub(super) fn reopen(self, client: &Client, path: &str) -> Self {
        let known = self.id.clone();
        Self {
            parts: self.parts,
            root: self.root,
            mine: self.mine,
            id: self.id,
            ..Self::open(client, path, Some(&known))
        }
    }

    /// Takes in what has come; false when the connection is over.
    fn receive(&mut self) -> bool {
        let mut piece = [0; 16_000];
        match self.stream.read(&mut piece) {
            Ok(0) => false,
            Ok(count) => {
                self.raw.extend_from_slice(&piece[..count]);
                true
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                true
            }
            Err(_) => false,
        }
    }

    /// Reads whole chunks, and the whole events in them.
    fn digest(&mut self) {
        while let Some(line) = self.raw.windows(2).position(|two| two == b"\r\n") {
            let size = std::str::from_utf8(&self.raw[..line]).expect("a size is text");
            let size = usize::from_str_radix(size, 16).expect("a size is a number");
            if self.raw.len() < line + 4 + size {
                break;
            }
            let chunk = self.raw[line + 2..line + 2 + size].to_vec();
            self.raw.drain(..line + 4 + size);
            // A letter may be cut in two between chunks only when it is sent so; the server does not.
            self.wire
                .push_str(&String::from_utf8(chunk).expect("events are text"));
        }
        while let Some(end) = self.wire[self.read..].find("\n\n") {
            let event = Event::parse(&self.wire[self.read..self.read + end]);
            self.read += end + 2;
            self.take(event);
        }
    }

    fn take(&mut self, event: Event) {
        match event.name.as_str() {
            "delar" => {
                let message: Value = serde_json::from_str(&event.data).expect("messages are JSON");
                assert_eq!(message["id"], *event.id);
                assert!(message["now"].as_i64().is_some_and(|now| now > 0));
                self.apply(&message);
            }
            "slut" => {
                let said: Value = serde_json::from_str(&event.data).expect("it says why");
                self.ended = said["why"].as_str().map(ToOwned::to_owned);
            }
            other => assert_eq!(other, "puls"),
        }
    }

    /// Takes in a message, and checks that it leads to what the server has.
    pub(super) fn apply(&mut self, message: &Value) {
        self.messages += 1;
        let parts = message["parts"].as_array().expect("there are parts");
        if message["whole"] == true {
            self.wholes += 1;
            self.parts.clear();
            parts[0]["id"]
                .as_str()
                .expect("the root comes first")
                .clone_into(&mut self.root);
        }
        for part in parts {
            let id = part["id"].as_str().expect("a part has an id");
            let known = self.parts.entry(id.to_owned()).or_default();
            if let Some(html) = part["html"].as_str() {
                html.clone_into(&mut known.0);
            }
            if let Some(order) = part["order"].as_array() {
                let ids = order.iter().filter_map(Value::as_str);
                known.1 = Some(ids.map(ToOwned::to_owned).collect());
            }
        }
        let mut reached = BTreeMap::new();
        self.reach(&self.root, &mut reached);
        self.parts = reached;
        if !message["mine"].is_null() {
            self.mine = message["mine"].to_string();
        }
        message["id"]
            .as_str()
            .expect("a message has an id")
            .clone_into(&mut self.id);
        assert!(
            self.id.ends_with(&format!("-{}", self.hash())),
            "{}",
            self.id
        );
    }

    fn reach(&self, id: &str, reached: &mut BTreeMap<String, Part>) {
        let part = self
            .parts
            .get(id)
            .unwrap_or_else(|| panic!("{id} is missing"));
        reached.insert(id.to_owned(), part.clone());
        for child in part.1.iter().flatten() {
            self.reach(child, reached);
        }
    }

    /// What two screens of a class that show the same agree on.
    pub(super) fn hash(&self) -> String {
        let sum = self.parts.iter().fold(0_u32, |sum, (id, (html, order))| {
            let order = order.as_deref().unwrap_or_default().join(" ");
            let part = [id, "\n", html, "\n", &order]
                .iter()
                .flat_map(|text| text.encode_utf16())
                .fold(0x811c_9dc5, |hash: u32, unit| {
                    (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193)
                });
            sum.wrapping_add(part)
        });
        format!("{sum:08x}")
    }

    /// How far in the log the last message was.
    pub(super) fn seq(&self) -> u64 {
        (self.id.split('-').next().and_then(|seq| seq.parse().ok())).unwrap_or_default()
    }

    /// Follows until this holds.
    pub(super) fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        loop {
            self.digest();
            if holds(self) {
                return;
            }
            let more = self.receive();
            self.digest();
            if holds(self) {
                return;
            }
            assert!(more, "the stream ended before: {what}");
            assert!(begun.elapsed() < PATIENCE, "never: {what}; {}", self.wire);
        }
    }

    /// Follows until everything up to this number in the log has been told.
    pub(super) fn until_seq(&mut self, seq: u64) {
        self.until(&format!("number {seq}"), |screen| screen.seq() >= seq);
    }

    /// Follows until the connection is over.
    pub(super) fn until_over(&mut self) {
        let begun = Instant::now();
        while self.receive() {
            assert!(begun.elapsed() < PATIENCE, "the stream does not end");
        }
        self.digest();
    }
}
