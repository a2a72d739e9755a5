//! Following links as a visitor would who looks at everything.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::{
    client::{Client, Response},
    page::tags,
};

/// The addresses within the service that a page links to.
fn links(html: &str) -> impl Iterator<Item = String> {
    tags(html)
        .into_iter()
        .filter(|tag| tag.name == "a")
        .filter_map(|tag| tag.attribute("href").map(ToOwned::to_owned))
        .filter(|to| to.starts_with('/'))
        .map(|to| to.split('#').next().unwrap_or_default().to_owned())
}

/// What an address is like: its path, and the names in its query. Of a chart's files, drawn anew each time, one of each
/// shape is enough.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let is_file = (path.rsplit('/').next()).is_some_and(|name| name.contains('.'));
    if is_file && path.contains("/resultat/") {
        return shape(path);
    }
    let names: BTreeSet<_> = (query.split('&'))
        .filter_map(|pair| pair.split('=').next())
        .collect();
    format!("{path}?{names:?}")
}

/// The address without the ids and numbers in it.
pub(crate) fn shape(address: &str) -> String {
    let parts = address.split('/').map(|part| {
        let varies = part.parse::<u32>().is_ok() || Uuid::parse_str(part).is_ok();
        if varies { "*" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Follows every link from these addresses, one of each kind, and gives the pages by address.
pub(crate) fn walk(client: &Client, from: &[String]) -> BTreeMap<String, Response> {
    let mut waiting = from.to_vec();
    let mut seen: BTreeSet<String> = waiting.iter().map(|address| kind(address)).collect();
    let mut pages = BTreeMap::new();
    while let Some(address) = waiting.pop() {
        let response = client.get(&address);
        if response.is_html() {
            for to in links(&response.text()) {
                if seen.insert(kind(&to)) {
                    waiting.push(to);
                }
            }
        }
        assert!(pages.len() < 1000, "there is no end of pages");
        pages.insert(address, response);
    }
    pages
}
