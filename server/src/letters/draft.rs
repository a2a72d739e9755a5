//! A letter being written: every part is laid down once, and comes out as plain text and as HTML.

use std::fmt::Write as _;

use app::texts::Texts;
use mail::{Attachment, Message};

/// A letter being written, part by part.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    texts: Texts,
    subject: String,
    text: String,
    html: String,
    attachments: Vec<Attachment>,
}

const PARAGRAPH: &str = "margin:0 0 16px;font-size:16px;line-height:1.5";
const BUTTON: &str = "display:inline-block;padding:12px 20px;border-radius:6px;background:#1f4e5f;color:#ffffff;\
                      font-size:16px;font-weight:600;text-decoration:none";

impl Draft {
    /// A letter with this subject, which is its heading too.
    pub(crate) fn new(texts: Texts, subject: impl Into<String>) -> Self {
        Self {
            texts,
            subject: subject.into(),
            text: String::new(),
            html: String::new(),
            attachments: Vec::new(),
        }
    }

    /// A paragraph; empty lines part paragraphs, line breaks are kept. Nothing for an empty text.
    pub(crate) fn paragraph(mut self, words: &str) -> Self {
        for part in words
            .split("\n\n")
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let marked = escape(part).replace('\n', "<br>");
            write!(self.html, "<p style=\"{PARAGRAPH}\">{marked}</p>").ok();
            write!(self.text, "{part}\n\n").ok();
        }
        self
    }

    /// A heading within the letter.
    pub(crate) fn heading(mut self, words: &str) -> Self {
        let marked = escape(words);
        write!(
            self.html,
            "<h2 style=\"margin:24px 0 8px;font-size:18px;line-height:1.3\">{marked}</h2>"
        )
        .ok();
        write!(self.text, "{words}\n\n").ok();
        self
    }

    /// A list of short lines.
    pub(crate) fn list(mut self, lines: &[String]) -> Self {
        self.html.push_str(
            "<ul style=\"margin:0 0 16px;padding:0 0 0 20px;font-size:16px;line-height:1.5\">",
        );
        for line in lines {
            write!(self.html, "<li>{}</li>", escape(line)).ok();
            writeln!(self.text, "- {line}").ok();
        }
        self.html.push_str("</ul>");
        self.text.push('\n');
        self
    }

    /// A link: a button, and the address itself for those whose program shows no buttons.
    pub(crate) fn button(mut self, label: &str, address: &str) -> Self {
        let (marked, href) = (escape(label), escape(address));
        let plainly = escape(self.texts.letter_button_plainly());
        write!(
            self.html,
            "<p style=\"{PARAGRAPH}\"><a href=\"{href}\" style=\"{BUTTON}\">{marked}</a></p>\
             <p style=\"margin:0 0 16px;font-size:14px;line-height:1.5;color:#4a5560\">{plainly}<br>\
             <a href=\"{href}\" style=\"color:#1f4e5f;word-break:break-all\">{href}</a></p>"
        )
        .ok();
        write!(self.text, "{label}:\n{address}\n\n").ok();
        self
    }

    /// Something that looks different in the two forms, such as bars; the caller has escaped the HTML.
    pub(crate) fn both(mut self, text: &str, html: &str) -> Self {
        self.html.push_str(html);
        write!(self.text, "{}\n\n", text.trim_end()).ok();
        self
    }

    /// A file that goes with the letter.
    pub(crate) fn attach(mut self, attachment: Attachment) -> Self {
        self.attachments.push(attachment);
        self
    }

    /// The finished letter; `footer` says why it came, and to whom one turns.
    pub(crate) fn finish(self, footer: &str) -> Message {
        let language = self.texts.0.code();
        let (title, note) = (escape(&self.subject), escape(footer).replace('\n', "<br>"));
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\
             <body style=\"margin:0;padding:24px 16px;background:#ffffff;color:#16202a;\
             font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif\">\
             <div style=\"max-width:560px;margin:0 auto\">\
             <h1 style=\"margin:0 0 16px;font-size:22px;line-height:1.3\">{title}</h1>{}\
             <p style=\"margin:32px 0 0;padding:16px 0 0;border-top:1px solid #cfd6dc;font-size:14px;\
             line-height:1.5;color:#4a5560\">{note}</p></div></body></html>\n",
            self.html
        );
        Message {
            text: format!("{}-- \n{footer}\n", self.text),
            subject: self.subject,
            html,
            attachments: self.attachments,
        }
    }
}

/// Text as HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => marked.push_str("&amp;"),
            '<' => marked.push_str("&lt;"),
            '>' => marked.push_str("&gt;"),
            '"' => marked.push_str("&quot;"),
            other => marked.push(other),
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    use domain::mapping::Language;

    use super::*;

    #[test]
    fn both_forms_say_the_same_and_what_people_wrote_is_no_markup() {
        let message = Draft::new(Texts(Language::Swedish), "Hej <du>")
            .paragraph("Rad ett\nrad två\n\nNytt & <b>stycke</b>")
            .heading("Mer")
            .list(&["ett".to_owned(), "två > ett".to_owned()])
            .button("Svara", "https://example.test/e/abc?x=1&y=2")
            .finish("Du får brevet för att du är med.");
        assert!(message.html.contains("<title>Hej &lt;du&gt;</title>"));
        assert!(message.html.contains("Rad ett<br>rad två</p>"));
        assert!(
            message
                .html
                .contains("Nytt &amp; &lt;b&gt;stycke&lt;/b&gt;")
        );
        assert!(message.html.contains("<li>två &gt; ett</li>"));
        assert!(
            message
                .html
                .contains("href=\"https://example.test/e/abc?x=1&amp;y=2\"")
        );
        assert!(
            message
                .text
                .contains("Rad ett\nrad två\n\nNytt & <b>stycke</b>\n\n")
        );
        assert!(
            message
                .text
                .contains("Svara:\nhttps://example.test/e/abc?x=1&y=2\n")
        );
        assert!(
            message
                .text
                .ends_with("-- \nDu får brevet för att du är med.\n")
        );
    }

    #[test]
    fn an_empty_paragraph_is_left_out() {
        let message = Draft::new(Texts(Language::English), "Hello")
            .paragraph(" \n\n ")
            .finish("x");
        assert!(!message.html.contains("<p style=\"margin:0 0 16px"));
        assert_eq!(message.text, "-- \nx\n");
    }
}
