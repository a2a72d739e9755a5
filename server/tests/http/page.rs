//! What every page must be, whatever it is about.

use crate::client::Response;

/// How a request ended, for tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A page, a file, or a redirect after something was done.
    Ok,
    /// 401: sign in first.
    SignIn,
    /// 403: not for you.
    Forbidden,
    /// 404: there is nothing here.
    NotFound,
    /// Anything else.
    Other(u16),
}

impl Class {
    pub(crate) fn of(response: &Response) -> Self {
        match response.status {
            200 | 204 | 303 => Self::Ok,
            401 => Self::SignIn,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            other => Self::Other(other),
        }
    }
}

/// That it is a page of ours in Swedish which says what happened, with this status.
pub(crate) fn assert_error_page(response: &Response, status: u16) {
    let text = response.text();
    assert_eq!(response.status, status, "{text}");
    if response.header("content-type") == Some("application/problem+json") {
        return assert_problem(response, status);
    }
    assert!(response.is_html(), "{:?}", response.headers);
    assert!(text.contains("<html lang=\"sv\""), "{text}");
    let heading = response.heading().unwrap_or_default();
    assert!(heading.chars().count() > 5, "no heading: {text}");
    assert!(text.contains(&format!("Felkod {status}")), "{text}");
    let lead = text.split("class=\"lead\"").nth(1).unwrap_or_default();
    assert!(lead.len() > 30, "it does not say what happened: {text}");
}

/// That it tells a program what went wrong.
fn assert_problem(response: &Response, status: u16) {
    let problem: serde_json::Value = serde_json::from_slice(&response.body).expect("it is JSON");
    assert_eq!(problem["status"], status);
    for name in ["title", "detail"] {
        let words = problem[name].as_str().unwrap_or_default();
        assert!(words.len() > 5, "{name}: {problem}");
    }
    let asked = response.header("www-authenticate").unwrap_or_default();
    assert_eq!(asked.starts_with("Bearer"), status == 401, "{asked:?}");
}

/// That the form came back in Swedish, saying what is to be corrected.
pub(crate) fn assert_again(response: &Response) {
    let text = response.text();
    assert_eq!(response.status, 422, "{text}");
    assert!(text.contains("<html lang=\"sv\""), "{text}");
    assert!(response.heading().is_some(), "no heading: {text}");
    assert!(text.contains("role=\"alert\""), "no summary: {text}");
}

/// A start tag, read as a browser does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// What follows until the next tag.
    pub(crate) text: String,
}

impl Tag {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        (self.attributes.iter().find(|attribute| attribute.0 == name))
            .map(|attribute| attribute.1.as_str())
    }
}

/// Every start tag of a page, in order. Comments, end tags and what stands in scripts are passed over.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let length = tag_length(rest);
        let inner = &rest[..length];
        rest = &rest[(length + 1).min(rest.len())..];
        let name_end = inner.find(|c: char| c.is_whitespace() || c == '/');
        let (name, attributes) = inner.split_at(name_end.unwrap_or(inner.len()));
        let name = name.to_ascii_lowercase();
        let end = match name.as_str() {
            "script" | "style" => rest.find(&format!("</{name}")),
            _ => rest.find('<'),
        };
        let (text, after) = rest.split_at(end.unwrap_or(rest.len()));
        tags.push(Tag {
            attributes: read_attributes(attributes),
            text: text.to_owned(),
            name,
        });
        rest = after;
    }
    tags
}

/// How far it is to the `>` that ends the tag; one within quotes does not.
fn tag_length(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn read_attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return attributes;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/');
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        let (value, after) = match after.strip_prefix('=') {
            None => ("", after),
            Some(value) => match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    value[1..].split_once(quote).unwrap_or((&value[1..], ""))
                }
                _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            },
        };
        attributes.push((name.to_ascii_lowercase(), value.replace("&amp;", "&")));
        rest = after;
    }
}

#[test]
fn tags_are_read_as_a_browser_reads_them() {
    let found = tags(
        "<!DOCTYPE html><p class=\"a>b\" hidden>x &lt; y<!--<i style=\"x\">--><br/>\
         <script nonce='n'>if (a<b) c</script><a href=/x?a=1&amp;b=2>länk</a>",
    );
    let names: Vec<_> = found.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(names, ["p", "br", "script", "a"]);
    assert_eq!(found[0].attribute("class"), Some("a>b"));
    assert_eq!(found[0].attribute("hidden"), Some(""));
    assert_eq!(found[0].text, "x &lt; y");
    assert_eq!(found[2].attribute("nonce"), Some("n"));
    assert_eq!(found[2].text, "if (a<b) c");
    assert_eq!(found[3].attribute("href"), Some("/x?a=1&b=2"));
}
