//! What is sent to browsers: a tree of parts, or what has changed in it, written once and shared by all who get it.

use app::live::part::{Flat, Part, Sent};
use serde::Serialize;

use super::output::Piece;
use crate::state::now;

/// How an event for everyone ends; someone's own part goes in its place.
const NO_MINE: &str = ",\"mine\":null}\n\n";

/// An event that has been written out; clones share the text.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// How far the log had come.
    pub(super) seq: u64,
    /// With `,"mine":null}` and the empty line that ends an event.
    event: Piece,
    /// Without.
    open: Piece,
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
        let json = head.len();
        let event = Piece::new(head + &body);
        let end = event.plain().len() - NO_MINE.len();
        Self {
            seq,
            json,
            open: Piece::new(event.plain().slice(..end)),
            event,
        }
    }

    /// The event, for everyone.
    pub(super) fn event(&self) -> &Piece {
        &self.event
    }

    /// The event without its end, and the end with somebody's own part.
    pub(super) fn event_with(&self, mine: &str) -> [Piece; 2] {
        [
            self.open.clone(),
            Piece::new(format!(",\"mine\":{mine}}}\n\n")),
        ]
    }

    /// The same as JSON, for those who ask instead of listening.
    pub(super) fn json(&self, mine: Option<&str>) -> Vec<u8> {
        let mut json = self.open.plain()[self.json..].to_vec();
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

/// Somebody's own part, whole, unless it is the one with the hash that is `known`; and its hash.
pub(super) fn mine(part: &Part, known: &str) -> (Option<String>, String) {
    let flat = part.flatten();
    let hash = flat.hash();
    let json = (hash != known).then(|| {
        let parts = flat.whole();
        serde_json::to_string(&Mine { parts }).unwrap_or_else(|_| "null".to_owned())
    });
    (json, hash)
}

/// The hash in what a browser says that it has: `<seq>-<hash>`.
pub(super) fn hash_of(known: &str) -> &str {
    known.rsplit_once('-').map_or("", |(_, hash)| hash)
}

/// The whole of a tree.
pub(super) fn whole(seq: u64, flat: &Flat) -> Message {
    Message::new(seq, &flat.hash(), true, &flat.whole())
}
