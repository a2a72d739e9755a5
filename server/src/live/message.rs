//! What is sent to browsers: a tree of parts, or what has changed in it, written once and shared by all who get it.

use app::live::part::{Flat, Part, Sent};
use axum::body::Bytes;
use serde::Serialize;

use crate::state::now;

/// How an event for everyone ends; someone's own part goes in its place.
const NO_MINE: &str = ",\"mine\":null}\n\n";

/// An event that has been written out; clones share the text.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// How far the log had come.
    pub(super) seq: u64,
    /// With `,"mine":null}` and the empty line that ends an event.
    event: Bytes,
    /// Where the JSON begins.
    json: usize,
}

impl Message {
    /// Writes the changes that lead to the tree with this hash, or the whole tree.
    pub(super) fn new(seq: u64, hash: &str, whole: bool, parts: &[Sent]) -> Self {
        let head = format!("id: {seq}-{hash}\nevent: delar\ndata: ");
        let parts = serde_json::to_string(parts).unwrap_or_else(|_| "[]".to_owned());
        let now = now();
        let body = format!(
            "{{\"id\":\"{seq}-{hash}\",\"now\":{now},\"whole\":{whole},\"parts\":{parts}{NO_MINE}"
        );
        Self {
            seq,
            json: head.len(),
            event: Bytes::from(head + &body),
        }
    }

    /// The event, for everyone.
    pub(super) fn event(&self) -> Bytes {
        self.event.clone()
    }

    /// The event without its end, and the end with somebody's own part.
    pub(super) fn event_with(&self, mine: &str) -> [Bytes; 2] {
        [
            self.event.slice(..self.event.len() - NO_MINE.len()),
            Bytes::from(format!(",\"mine\":{mine}}}\n\n")),
        ]
    }

    /// The same as JSON, for those who ask instead of listening.
    pub(super) fn json(&self, mine: Option<&str>) -> Vec<u8> {
        let end = self.event.len() - NO_MINE.len();
        let mut json = self.event[self.json..end].to_vec();
        json.extend_from_slice(b",\"mine\":");
        json.extend_from_slice(mine.unwrap_or("null").as_bytes());
        json.push(b'}');
        json
    }
}

/// Somebody's own part as it stands in a message.
#[derive(Serialize)]
struct Mine {
    parts: Vec<Sent>,
}

/// Somebody's own part, whole, and its hash.
pub(super) fn mine(part: &Part) -> (String, String) {
    let flat = part.flatten();
    let json = serde_json::to_string(&Mine {
        parts: flat.whole(),
    });
    (json.unwrap_or_else(|_| "null".to_owned()), flat.hash())
}

/// The hash in what a browser says that it has: `<seq>-<hash>`.
pub(super) fn hash_of(known: &str) -> &str {
    known.rsplit_once('-').map_or("", |(_, hash)| hash)
}

/// The whole of a tree.
pub(super) fn whole(seq: u64, flat: &Flat) -> Message {
    Message::new(seq, &flat.hash(), true, &flat.whole())
}
