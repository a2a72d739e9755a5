//! Form bodies, read whole and within bounds.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use domain::{
    ids::OpId,
    text::{Text, TextError},
};
use time::{Date, macros::format_description};
use uuid::Uuid;

use crate::{error::Failure, state::App};
use app::{components::Errors, texts::Texts};

/// The largest form body: the survey page of 60 capabilities with long comments fits many times over.
pub(crate) const FORM_LIMIT: usize = 512 * 1024;

/// The fields of a posted form, in order; a field may come several times.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a field; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        (self.0.iter().find(|(field, _)| field == name)).map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        (self.0.iter())
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// All fields with their values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The command's id, made when the form was shown, so that a repeated post is the same command.
    ///
    /// # Errors
    /// [`Failure::BadForm`] when the form has none: it is not one of ours.
    pub(crate) fn op(&self) -> Result<OpId, Failure> {
        self.id("op").map(OpId::new)
    }

    /// An id in a hidden field.
    ///
    /// # Errors
    /// [`Failure::BadForm`] when it is missing or no id.
    pub(crate) fn id(&self, name: &str) -> Result<Uuid, Failure> {
        Uuid::parse_str(self.get(name)).map_err(|_| Failure::BadForm)
    }

    /// Reads a text field, and says in words what is wrong with it.
    pub(crate) fn text<const MIN: usize, const MAX: usize>(
        &self,
        name: &str,
        label: &str,
        texts: Texts,
        errors: &mut Errors,
    ) -> Text<MIN, MAX>
    where
        Text<MIN, MAX>: Default,
    {
        Text::parse(self.get(name)).unwrap_or_else(|error| {
            errors.add(name, text_error(texts, label, error));
            Text::default()
        })
    }
}

/// What is wrong with a text, in words.
pub(crate) fn text_error(texts: Texts, label: &str, error: TextError) -> String {
    match error {
        TextError::Empty => texts.form_empty(label.to_lowercase()),
        TextError::TooLong { length, max } => texts.form_too_long(label, length, max),
        TextError::Control => texts.form_control(label),
    }
}

impl FromRequest<App> for Fields {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &App) -> Result<Self, Failure> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|_| Failure::TooLarge)?;
        Self::parse(&body)
    }
}

impl Fields {
    /// Reads an `application/x-www-form-urlencoded` body.
    fn parse(body: &[u8]) -> Result<Self, Failure> {
        let mut fields = Vec::new();
        for pair in body
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
        {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            fields.push((name, value));
        }
        Ok(Self(fields))
    }
}

/// Strict: what is not UTF-8 is refused rather than saved with holes in it.
fn decode(text: &[u8]) -> Result<String, Failure> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| {
                    byte.and_then(|byte| char::from(byte).to_digit(16))
                        .and_then(|digit| u8::try_from(digit).ok())
                        .ok_or(Failure::BadForm)
                };
                digit(rest.next())? * 16 + digit(rest.next())?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| Failure::BadForm)
}

/// Reads a day as forms send it, such as 2026-11-22.
pub(crate) fn date(typed: &str) -> Option<Date> {
    Date::parse(typed.trim(), format_description!("[year]-[month]-[day]")).ok()
}

/// Decodes a value of an address's query; what is not UTF-8 becomes empty, which is the same as not given.
pub(crate) fn lenient(value: &str) -> String {
    decode(value.as_bytes()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_order_and_strictly() {
        let fields =
            Fields::parse(b"namn=%C3%85m%C3%A5l+och&lager=a&lager=b").expect("well formed");
        assert_eq!(fields.get("namn"), "Åmål och");
        assert_eq!(fields.all("lager").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(fields.get("saknas"), "");
        for broken in [&b"a=%FF"[..], b"a=%4", b"a=%zz", b"\xff=1"] {
            assert!(matches!(Fields::parse(broken), Err(Failure::BadForm)));
        }
    }
}
