//! What receivers have been sent: kept once however many got it, and put together afterwards as a browser does.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

/// An event's number among all distinct ones.
pub(super) type Number = u32;

/// All distinct events.
#[derive(Default)]
pub(super) struct Messages {
    all: Vec<Message>,
    known: HashMap<Box<str>, Vec<Number>>,
}

struct Message {
    id: Box<str>,
    /// From `"whole":` up to what is personal.
    body: Box<[u8]>,
}

/// What an event says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// Parts, up to this place in the log.
    Parts(u64, Number),
    /// That the stream ends.
    End,
    /// Nothing new.
    Pulse,
}

#[derive(Deserialize)]
struct Body {
    whole: bool,
    parts: Vec<Sent>,
}

#[derive(Deserialize)]
struct Sent {
    id: String,
    html: Option<String>,
    order: Option<Vec<String>>,
}

impl Messages {
    /// Reads an event; nothing when it is none of those that are agreed.
    pub(super) fn read(&mut self, event: &[u8]) -> Option<Event> {
        let mut lines = event.split(|byte| *byte == b'\n');
        let field = |name: &[u8]| {
            (lines.clone()).find_map(|line| Some(line.strip_prefix(name)?.trim_ascii()))
        };
        match field(b"event:")? {
            b"delar" => {}
            b"slut" => return Some(Event::End),
            b"puls" => return Some(Event::Pulse),
            _ => return None,
        }
        let data = lines.find_map(|line| Some(line.strip_prefix(b"data:")?.trim_ascii()))?;
        let rest = data.strip_prefix(b"{\"id\":\"")?;
        let end = rest.iter().position(|byte| *byte == b'"')?;
        let id = std::str::from_utf8(&rest[..end]).ok()?;
        let seq = id.split_once('-')?.0.parse().ok()?;
        let body = &rest[find(rest, b"\"whole\":")?..];
        let body = match body.strip_suffix(b",\"mine\":null}") {
            Some(body) => body,
            None => &body[..find(body, b",\"mine\":")?],
        };
        Some(Event::Parts(seq, self.number(id, body)))
    }

    fn number(&mut self, id: &str, body: &[u8]) -> Number {
        let known = self.known.entry(id.into()).or_default();
        let same = known
            .iter()
            .find(|number| *self.all[**number as usize].body == *body);
        if let Some(number) = same {
            return *number;
        }
        let number = Number::try_from(self.all.len()).expect("there are fewer events");
        known.push(number);
        self.all.push(Message {
            id: id.into(),
            body: body.into(),
        });
        number
    }

    /// How many distinct events there are, and how long they are together, in bytes.
    pub(super) fn size(&self) -> (usize, usize) {
        let bytes = self.all.iter().map(|message| message.body.len()).sum();
        (self.all.len(), bytes)
    }

    /// Puts events together in this order as a browser does, and compares the sum with what the server says after each.
    ///
    /// # Errors
    /// What a browser would ask for again: a part that was never sent, a sum that differs.
    pub(super) fn replay(&self, numbers: &[Number]) -> Result<String, String> {
        let mut tree = Tree::default();
        let mut hash = String::new();
        for number in numbers {
            let message = &self.all[*number as usize];
            let json = [b"{", &*message.body, b"}"].concat();
            let body: Body = serde_json::from_slice(&json)
                .map_err(|error| format!("{} is no message: {error}", message.id))?;
            tree.take(body)
                .map_err(|error| format!("{}: {error}", message.id))?;
            hash = tree.hash();
            let said = message.id.split_once('-').map(|(_, hash)| hash);
            if said != Some(&*hash) {
                return Err(format!("{} gives {hash}", message.id));
            }
        }
        Ok(hash)
    }
}

/// Where `wanted` begins.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    (bytes.windows(wanted.len())).position(|window| window == wanted)
}

/// What a browser knows: parts by id.
#[derive(Default)]
struct Tree {
    root: String,
    parts: BTreeMap<String, Part>,
}

#[derive(Clone)]
struct Part {
    html: String,
    order: Option<Vec<String>>,
    sum: u32,
}

impl Tree {
    fn take(&mut self, body: Body) -> Result<(), String> {
        if body.whole {
            let root = body.parts.first().ok_or("the whole is empty")?;
            self.root.clone_from(&root.id);
            self.parts.clear();
        }
        let changed = !body.parts.is_empty();
        for sent in body.parts {
            let known = self.parts.remove(&sent.id);
            let (html, order) = match (sent.html, known) {
                (Some(html), known) => (html, sent.order.or(known.and_then(|part| part.order))),
                (None, Some(known)) => (known.html, sent.order.or(known.order)),
                (None, None) => return Err(format!("part {} was never sent", sent.id)),
            };
            let sum = sum(&sent.id, &html, order.as_deref().unwrap_or_default());
            self.parts.insert(sent.id, Part { html, order, sum });
        }
        if changed {
            let mut left = std::mem::take(&mut self.parts);
            let root = self.root.clone();
            self.keep(&root, &mut left)?;
        }
        Ok(())
    }

    /// Keeps a part and everything in it; what nothing leads to is gone.
    fn keep(&mut self, id: &str, from: &mut BTreeMap<String, Part>) -> Result<(), String> {
        let (id, part) = from
            .remove_entry(id)
            .ok_or_else(|| format!("part {id} is missing, or stands twice"))?;
        let order = part.order.clone();
        self.parts.insert(id, part);
        (order.iter().flatten()).try_for_each(|child| self.keep(child, from))
    }

    fn hash(&self) -> String {
        let sum = (self.parts.values()).fold(0_u32, |sum, part| sum.wrapping_add(part.sum));
        format!("{sum:08x}")
    }
}

/// FNV-1a over UTF-16 code units, as the live page's script computes it.
fn sum(id: &str, html: &str, order: &[String]) -> u32 {
    let order = order.join(" ");
    [id, "\n", html, "\n", &order]
        .iter()
        .flat_map(|text| text.encode_utf16())
        .fold(0x811c_9dc5, |hash, unit| {
            (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, now: u32, whole: bool, parts: &str, mine: &str) -> Vec<u8> {
        format!(
            "id: {id}\nevent: delar\ndata: {{\"id\":\"{id}\",\"now\":{now},\"whole\":{whole},\"parts\":{parts},\"mine\":{mine}}}\n\n"
        )
        .into_bytes()
    }

    fn hash(parts: &[(&str, &str, &str)]) -> String {
        let sum = (parts.iter()).fold(0_u32, |total, (id, html, order)| {
            let order: Vec<_> = order.split_whitespace().map(str::to_owned).collect();
            total.wrapping_add(sum(id, html, &order))
        });
        format!("{sum:08x}")
    }

    #[test]
    fn an_event_that_many_got_is_kept_once_whoever_they_are_and_whenever_it_was_sent() {
        let mut messages = Messages::default();
        let first = messages.read(&event("7-00000000", 1, false, "[]", "null"));
        assert_eq!(first, Some(Event::Parts(7, 0)));
        let personal = event("7-00000000", 2, false, "[]", "{\"parts\":[]}");
        assert_eq!(messages.read(&personal), Some(Event::Parts(7, 0)));
        let other = event("7-00000000", 2, true, "[]", "null");
        assert_eq!(messages.read(&other), Some(Event::Parts(7, 1)));
        assert_eq!(messages.size().0, 2);
        assert_eq!(
            messages.read(b"event: puls\ndata: {}\n\n"),
            Some(Event::Pulse)
        );
        assert_eq!(
            messages.read(b"event: slut\ndata: {}\n\n"),
            Some(Event::End)
        );
        assert_eq!(messages.read(b"data: {}\n\n"), None);
    }

    #[test]
    fn events_put_together_give_the_sum_that_the_server_says() {
        let whole = r#"[{"id":"a","html":"<ul>","order":["b","c"]},{"id":"b","html":"1"},{"id":"c","html":"2"}]"#;
        let before = hash(&[("a", "<ul>", "b c"), ("b", "1", ""), ("c", "2", "")]);
        let change = r#"[{"id":"a","order":["d","b"]},{"id":"d","html":"4"}]"#;
        let after = hash(&[("a", "<ul>", "d b"), ("b", "1", ""), ("d", "4", "")]);
        let mut messages = Messages::default();
        for (id, whole, parts) in [(&before, true, whole), (&after, false, change)] {
            let read = messages.read(&event(&format!("1-{id}"), 0, whole, parts, "null"));
            assert!(read.is_some());
        }
        assert_eq!(messages.replay(&[0, 1]), Ok(after.clone()));
        assert_eq!(messages.replay(&[0]), Ok(before));
        let missed = messages.replay(&[1]).expect_err("it builds on the first");
        assert!(missed.contains("part a was never sent"), "{missed}");
        messages.read(&event(
            &format!("2-{after}"),
            0,
            false,
            r#"[{"id":"b","html":"9"}]"#,
            "null",
        ));
        let wrong = messages.replay(&[0, 1, 2]).expect_err("the sum is another");
        assert!(wrong.contains("gives"), "{wrong}");
    }
}
