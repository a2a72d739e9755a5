//! What a letter says.

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
