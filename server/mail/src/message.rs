//! What a letter says, and how it is spelled as MIME.

use lettre::{
    Address,
    message::{Attachment as Part, Mailbox, MultiPart, SinglePart, header},
};
use uuid::Uuid;

/// A composed letter: the same words as plain text and as HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its subject, one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as a whole HTML document.
    pub html: String,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
}

/// A file that goes with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, such as `workshop-1.ics`.
    pub name: String,
    /// Its type, such as `text/calendar; charset=utf-8; method=PUBLISH`.
    pub content_type: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A letter as it travels.
pub(crate) struct Sealed {
    pub(crate) to: Address,
    pub(crate) bytes: Vec<u8>,
}

/// Tells programs that answer by themselves that nobody wrote this letter by hand.
#[derive(Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Spells a letter. The same letter has the same Message-ID every time, so that a mail server that gets it twice can
/// tell.
///
/// # Errors
/// What is wrong with the address or with an attachment's type.
pub(crate) fn seal(
    from: &Mailbox,
    host: &str,
    id: Uuid,
    (name, address): (&str, &str),
    message: &Message,
) -> Result<Sealed, String> {
    let to: Address =
        (address.trim().parse()).map_err(|error| format!("{address:?} is no address: {error}"))?;
    let name = Some(one_line(name)).filter(|name| !name.is_empty());
    let alternatives = MultiPart::alternative()
        .singlepart(SinglePart::plain(message.text.clone()))
        .singlepart(SinglePart::html(message.html.clone()));
    let builder = lettre::Message::builder()
        .from(from.clone())
        .to(Mailbox::new(name, to.clone()))
        .subject(one_line(&message.subject))
        .message_id(Some(format!("<{id}@{host}>")))
        .header(AutoSubmitted)
        .date_now();
    let whole = if message.attachments.is_empty() {
        builder.multipart(alternatives)
    } else {
        let mut mixed = MultiPart::mixed().multipart(alternatives);
        for attachment in &message.attachments {
            let kind = header::ContentType::parse(&attachment.content_type)
                .map_err(|error| format!("{:?}: {error}", attachment.content_type))?;
            let part = Part::new(attachment.name.clone()).body(attachment.bytes.clone(), kind);
            mixed = mixed.singlepart(part);
        }
        builder.multipart(mixed)
    };
    let bytes = whole.map_err(|error| error.to_string())?.formatted();
    Ok(Sealed { to, bytes })
}

/// A header is one line, whatever somebody has put in a name.
fn one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_control() || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Message {
        Message {
            subject: "Åtgärd\r\nBcc: ond@example.test".to_owned(),
            text: "Hej på dig, å ä ö.\n.\nEfter en ensam punkt.\n".to_owned(),
            html: "<p>Hej på dig</p>".to_owned(),
            attachments: Vec::new(),
        }
    }

    fn spelled(message: &Message) -> String {
        let from: Mailbox = "Förmågekartan <karta@example.test>".parse().expect("right");
        let to = ("Siv\nBcc: ond@example.test", "siv@example.test");
        let sealed = seal(&from, "karta.example.test", Uuid::from_u128(7), to, message);
        let sealed = sealed.expect("it can be spelled");
        assert_eq!(sealed.to.to_string(), "siv@example.test");
        String::from_utf8(sealed.bytes).expect("it is ASCII")
    }

    #[test]
    fn a_letter_is_ascii_with_both_forms_and_the_same_message_id_every_time() {
        let text = spelled(&message());
        assert!(text.is_ascii());
        let id = "Message-ID: <00000000-0000-0000-0000-000000000007@karta.example.test>\r\n";
        assert!(text.contains(id), "{text}");
        assert!(text.contains("Auto-Submitted: auto-generated\r\n"));
        assert!(text.contains("Content-Type: multipart/alternative"));
        let (plain, html) = (text.find("text/plain"), text.find("text/html"));
        assert!(plain.expect("there is text") < html.expect("there is HTML"));
        assert!(!text.contains("multipart/mixed"));
    }

    #[test]
    fn what_people_wrote_never_becomes_a_header() {
        let text = spelled(&message());
        let (head, _) = text.split_once("\r\n\r\n").expect("a head and a body");
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    }

    #[test]
    fn an_attachment_goes_along_under_its_name_and_type() {
        let calendar = Attachment {
            name: "workshop-1.ics".to_owned(),
            content_type: "text/calendar; charset=utf-8; method=PUBLISH".to_owned(),
            bytes: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_vec(),
        };
        let text = spelled(&Message {
            attachments: vec![calendar],
            ..message()
        });
        assert!(text.contains("multipart/mixed") && text.contains("multipart/alternative"));
        assert!(text.contains("filename=\"workshop-1.ics\""), "{text}");
        assert!(text.contains("method=PUBLISH"), "{text}");
    }

    #[test]
    fn what_is_no_address_is_named() {
        let from: Mailbox = "karta@example.test".parse().expect("right");
        for address in ["", "siv", "siv@", "siv@example.test, eva@example.test"] {
            let sealed = seal(&from, "x.test", Uuid::nil(), ("Siv", address), &message());
            assert!(sealed.is_err(), "{address:?}");
        }
    }
}
