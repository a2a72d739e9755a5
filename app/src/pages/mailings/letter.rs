//! A letter as its sender sees it before it goes.

use leptos::prelude::*;

use crate::{components::Badge, texts::Texts};

/// One part of a letter after another, before it becomes plain text and HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// One or several paragraphs, parted by empty lines.
    Paragraph(String),
    /// The sender's own paragraphs.
    OwnWords(String),
    /// A heading.
    Heading(String),
    /// Short lines.
    List(Vec<String>),
    /// A link with its words.
    Button {
        /// The words.
        label: String,
        /// Where it leads.
        address: String,
    },
    /// Two levels for each of several things.
    Bars(Vec<Bar>),
}

/// Two levels in tenths, 10–50, such as 24 for 2,4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Of what.
    pub label: String,
    /// Nuläge.
    pub current: u16,
    /// Börläge.
    pub target: u16,
}

/// What a letter says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composition {
    /// Subject and heading.
    pub subject: String,
    /// Its parts in order.
    pub parts: Vec<Part>,
    /// Who sends it and whom to ask.
    pub footer: String,
}

/// A letter as it will look, with a link that leads nowhere and says so.
pub fn preview(texts: Texts, letter: &Composition) -> AnyView {
    let parts: Vec<_> = (letter.parts.iter())
        .map(|part| self::part(texts, part))
        .collect();
    view! {
        <div class="letter">
            <p class="subject">{letter.subject.clone()}</p>
            {parts}
            <p class="footer">{letter.footer.clone()}</p>
        </div>
    }
    .into_any()
}

fn part(texts: Texts, part: &Part) -> AnyView {
    match part {
        Part::Paragraph(words) | Part::OwnWords(words) => (words.split("\n\n").map(str::trim))
            .filter(|paragraph| !paragraph.is_empty())
            .map(|paragraph| view! { <p>{paragraph.to_owned()}</p> })
            .collect_view()
            .into_any(),
        Part::Heading(words) => view! { <p class="heading">{words.clone()}</p> }.into_any(),
        Part::List(lines) => {
            let lines: Vec<_> = (lines.iter())
                .map(|line| view! { <li>{line.clone()}</li> })
                .collect();
            view! { <ul>{lines}</ul> }.into_any()
        }
        Part::Button { label, address } => view! {
            <p class="row">
                <span class="button primary sample">{label.clone()}</span>
                <Badge tone="example" text=texts.mailing_sample_link() />
            </p>
            <p class="address">{address.clone()}</p>
        }
        .into_any(),
        Part::Bars(bars) => {
            let rows: Vec<_> = (bars.iter())
                .map(|bar| {
                    let levels = levels(texts, bar);
                    view! { <li><strong>{bar.label.clone()}</strong>": "{levels}</li> }
                })
                .collect();
            view! { <ul>{rows}</ul> }.into_any()
        }
    }
}

/// Both levels in words: `2,4 i dag, 3,8 behövs`.
pub fn levels(texts: Texts, bar: &Bar) -> String {
    texts.letter_levels(tenths(texts, bar.current), tenths(texts, bar.target))
}

/// A level in tenths with the language's decimal mark.
fn tenths(texts: Texts, level: u16) -> String {
    let mark = match texts.0 {
        domain::mapping::Language::Swedish => ',',
        domain::mapping::Language::English => '.',
    };
    format!("{}{mark}{}", level / 10, level % 10)
}
