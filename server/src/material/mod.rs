//! The text that people read before the first workshop: the standard text, and Markdown as HTML that can do no harm.

use domain::mapping::Language;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html::push_html};

/// How deep lists and quotations may lie in each other; what lies deeper is shown at this depth.
const DEEPEST: usize = 8;
/// Words that most people read in a minute.
const WORDS_A_MINUTE: usize = 180;

/// The standard text on capability-based planning, in Markdown.
pub(crate) const fn standard(language: Language) -> &'static str {
    match language {
        Language::Swedish => include_str!("sv.md"),
        Language::English => include_str!("en.md"),
    }
}

/// How many minutes a text takes to read, at least one.
pub(crate) fn minutes(markdown: &str) -> usize {
    (markdown.split_whitespace().count())
        .div_ceil(WORDS_A_MINUTE)
        .max(1)
}

/// Markdown as HTML: whatever is written as HTML is shown as it was written, pictures become their words, links lead to
/// web and mail addresses only, and headings begin below the page's own.
pub(crate) fn html(markdown: &str) -> String {
    let mut safe = String::new();
    push_html(&mut safe, harmless(Parser::new(markdown)).into_iter());
    safe
}

/// The same events without what could do harm. What is left is escaped by whoever writes it.
fn harmless<'m>(events: impl Iterator<Item = Event<'m>>) -> Vec<Event<'m>> {
    // Of each element that is open, how its end is written; none when the element is left out.
    let mut open: Vec<Option<TagEnd>> = Vec::new();
    let mut depth = 0;
    let mut kept = Vec::new();
    for event in events {
        match event {
            Event::Start(tag) => {
                let nests = matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::Item);
                depth += usize::from(nests);
                let tag = (!nests || depth <= 2 * DEEPEST)
                    .then(|| element(tag))
                    .flatten();
                open.push(tag.as_ref().map(Tag::to_end));
                kept.extend(tag.map(Event::Start));
            }
            Event::End(end) => {
                let nests = matches!(end, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item);
                depth -= usize::from(nests);
                kept.extend(open.pop().flatten().map(Event::End));
            }
            Event::Html(written) | Event::InlineHtml(written) => kept.push(Event::Text(written)),
            Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => {
                kept.push(event);
            }
            // Extensions that are not asked for.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }
    kept
}

/// The element that an element of the text is shown as; none for its content alone.
fn element(tag: Tag<'_>) -> Option<Tag<'_>> {
    match tag {
        Tag::HtmlBlock => Some(Tag::Paragraph),
        Tag::Heading { level, .. } => Some(Tag::Heading {
            level: below(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        // An address between angle brackets is written with `mailto:` before it.
        Tag::Link {
            link_type,
            dest_url,
            ..
        } if link_type == LinkType::Email || leads_out(&dest_url) => Some(Tag::Link {
            link_type,
            dest_url,
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        }),
        Tag::Paragraph
        | Tag::BlockQuote(_)
        | Tag::CodeBlock(_)
        | Tag::List(_)
        | Tag::Item
        | Tag::Emphasis
        | Tag::Strong => Some(tag),
        _ => None,
    }
}

/// One heading further down, for the page has one of its own.
const fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Whether an address leads to a page on the web, or to a mailbox.
pub(crate) fn leads_out(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        (address.get(..scheme.len())).is_some_and(|begins| begins.eq_ignore_ascii_case(scheme))
            && address.len() > scheme.len()
            && !address.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

#[cfg(test)]
mod tests;
