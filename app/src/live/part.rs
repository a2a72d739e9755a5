//! Live views as trees of small parts, so that only what has changed is sent.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::Serialize;

/// A piece of a live view: an element with an id that is unique in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    id: String,
    html: String,
    children: Option<Vec<Part>>,
}

impl Part {
    /// A part that is replaced as a whole. The view's outermost element carries the id.
    pub fn leaf(id: impl Into<String>, view: impl IntoView) -> Self {
        Self::new(id.into(), view, None)
    }

    /// An ordered list of parts. The view is one empty element that carries the id.
    pub fn list(id: impl Into<String>, view: impl IntoView, children: Vec<Self>) -> Self {
        Self::new(id.into(), view, Some(children))
    }

    fn new(id: String, view: impl IntoView, children: Option<Vec<Self>>) -> Self {
        // The marks that the framework leaves between children, to find them again in the browser, are not needed
        // here. In text they would stand escaped.
        let html = view.into_view().to_html().replace("<!>", "");
        debug_assert!(
            html.split('>').next().is_some_and(|tag| {
                tag.contains(&format!(" id=\"{id}\"")) || tag.contains(&format!(" id={id}"))
            }),
            "the outermost element of part {id} carries another id: {html}"
        );
        Self { id, html, children }
    }

    /// The part with everything in it, as it stands in a page.
    pub fn to_page(&self) -> String {
        let mut page = String::new();
        self.write(&mut page);
        page
    }

    fn write(&self, page: &mut String) {
        let Some(children) = &self.children else {
            page.push_str(&self.html);
            return;
        };
        let end = self.html.rfind("</").unwrap_or(self.html.len());
        page.push_str(&self.html[..end]);
        for child in children {
            child.write(page);
        }
        page.push_str(&self.html[end..]);
    }

    /// All parts by id, parents before children in [`Flat::order`].
    pub fn flatten(&self) -> Flat {
        let mut flat = Flat::default();
        self.flatten_into(&mut flat);
        flat
    }

    fn flatten_into(&self, flat: &mut Flat) {
        let order: Option<Vec<_>> = (self.children.as_ref())
            .map(|children| children.iter().map(|child| child.id.clone()).collect());
        let piece = Piece {
            html: self.html.clone(),
            order,
        };
        flat.hash = flat.hash.wrapping_add(piece.hash(&self.id));
        let taken = flat.pieces.insert(self.id.clone(), piece);
        debug_assert!(taken.is_none(), "two parts have the id {}", self.id);
        flat.order.push(self.id.clone());
        for child in self.children.iter().flatten() {
            child.flatten_into(flat);
        }
    }
}

/// A part without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    html: String,
    order: Option<Vec<String>>,
}

impl Piece {
    /// FNV-1a over the UTF-16 code units of id, HTML and order: the same sum is easy in a browser.
    fn hash(&self, id: &str) -> u32 {
        let order = self.order.as_deref().unwrap_or_default().join(" ");
        [id, "\n", &self.html, "\n", &order]
            .iter()
            .flat_map(|text| text.encode_utf16())
            .fold(0x811c_9dc5, |hash: u32, unit| {
                (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193)
            })
    }
}

/// A tree of parts laid out by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flat {
    pieces: BTreeMap<String, Piece>,
    /// Ids, parents before children.
    pub order: Vec<String>,
    hash: u32,
}

/// What is sent about one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// Which.
    pub id: String,
    /// Its own HTML, when it is new or has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// The ids of what is in it, when it is a list that is new or has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<String>>,
}

impl Flat {
    /// What two browsers that show the same agree on: eight hexadecimal digits.
    pub fn hash(&self) -> String {
        format!("{:08x}", self.hash)
    }

    /// Everything.
    pub fn whole(&self) -> Vec<Sent> {
        self.since(&Self::default())
    }

    /// What has changed since an earlier tree. What is in no order any more is gone.
    pub fn since(&self, earlier: &Self) -> Vec<Sent> {
        (self.order.iter())
            .filter_map(|id| {
                let now = &self.pieces[id];
                let then = earlier.pieces.get(id);
                let html = then.is_none_or(|then| then.html != now.html);
                let order = then.is_none_or(|then| then.order != now.order);
                let sent = Sent {
                    id: id.clone(),
                    html: html.then(|| now.html.clone()),
                    order: order.then(|| now.order.clone()).flatten(),
                };
                (sent.html.is_some() || sent.order.is_some()).then_some(sent)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(id: &str, text: &str) -> Part {
        let text = text.to_owned();
        Part::leaf(id, view! { <li id=id.to_owned()>{text}</li> })
    }

    fn list(cards: Vec<Part>) -> Part {
        Part::list("kort", view! { <ul id="kort"></ul> }, cards)
    }

    #[test]
    fn a_tree_stands_in_the_page_as_nested_elements() {
        let page = list(vec![card("a", "Ett & två"), card("b", "Tre")]).to_page();
        assert_eq!(
            page,
            r#"<ul id="kort"><li id="a">Ett &amp; två</li><li id="b">Tre</li></ul>"#
        );
    }

    #[test]
    fn only_what_has_changed_is_sent() {
        let before = list(vec![card("a", "1"), card("b", "2")]).flatten();
        let after = list(vec![card("c", "3"), card("a", "1"), card("b", "två")]).flatten();
        let sent = after.since(&before);
        let ids: Vec<_> = sent.iter().map(|sent| sent.id.as_str()).collect();
        assert_eq!(ids, ["kort", "c", "b"]);
        assert_eq!(sent[0].html, None);
        assert_eq!(
            sent[0].order,
            Some(vec!["c".to_owned(), "a".to_owned(), "b".to_owned()])
        );
        assert_eq!(sent[2].html.as_deref(), Some(r#"<li id="b">två</li>"#));
        assert!(after.since(&after).is_empty());
        assert_ne!(after.hash(), before.hash());
    }

    #[test]
    fn the_hash_is_fnv_over_utf_16_summed() {
        let flat = card("å", "ö").flatten();
        let mut expected = 0x811c_9dc5_u32;
        for unit in "å\n<li id=\"å\">ö</li>\n".encode_utf16() {
            expected = (expected ^ u32::from(unit)).wrapping_mul(0x0100_0193);
        }
        assert_eq!(flat.hash(), format!("{expected:08x}"));
    }
}
