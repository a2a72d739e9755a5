//! Forms with a file, read whole and within bounds.

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use domain::ids::OpId;

use crate::{error::Failure, state::App};

/// The fields of a `multipart/form-data` body. The address's own body limit bounds it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Upload(Vec<(String, Vec<u8>)>);

impl Upload {
    /// The bytes of a field; none when it was not sent.
    pub(crate) fn bytes(&self, name: &str) -> &[u8] {
        (self.0.iter().find(|(field, _)| field == name)).map_or(&[], |(_, bytes)| bytes)
    }

    /// The text of a field.
    ///
    /// # Errors
    /// [`Failure::BadForm`] when it is not UTF-8.
    pub(crate) fn text(&self, name: &str) -> Result<&str, Failure> {
        str::from_utf8(self.bytes(name)).map_err(|_| Failure::BadForm)
    }

    /// The command's id, made when the form was shown.
    ///
    /// # Errors
    /// [`Failure::BadForm`] when the form has none.
    pub(crate) fn op(&self) -> Result<OpId, Failure> {
        self.text("op")?.parse().map_err(|_| Failure::BadForm)
    }
}

impl FromRequest<App> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &App) -> Result<Self, Failure> {
        let mut multipart = Multipart::from_request(request, state)
            .await
            .map_err(|_| Failure::BadForm)?;
        let failure = |error: MultipartError| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
            _ => Failure::BadForm,
        };
        let mut fields = Vec::new();
        while let Some(field) = multipart.next_field().await.map_err(failure)? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(failure)?;
            fields.push((name, bytes.to_vec()));
        }
        Ok(Self(fields))
    }
}
