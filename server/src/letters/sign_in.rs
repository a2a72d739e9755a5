//! A link to sign in with.

use app::texts::Texts;
use domain::{ids::AccountId, letter::Mail, mapping::Language};
use store::StoreError;

use super::{Composed, Draft};
use crate::{
    link::Token,
    state::{App, now},
};

/// How long a mailed link is good for, in minutes.
pub(crate) const MINUTES: i64 = 15;

/// The link is made here, in the language that it was asked for in, when the letter is sent, and stands nowhere but in it.
pub(super) async fn compose(
    app: &App,
    mail: &Mail,
    account: AccountId,
) -> Result<Composed, StoreError> {
    let asked_in = Language::from_code(mail.new.words.as_str());
    let texts = Texts(asked_in.unwrap_or(Language::Swedish));
    let (token, at) = (Token::random(), now());
    let expires_at = at + MINUTES * 60 * 1000;
    let made = app
        .store
        .create_login_link(token.hash(), account, None, expires_at, at)
        .await;
    match made {
        Ok(()) => {}
        Err(StoreError::NotFound) => {
            return Ok(Composed::Moot(texts.account_letter_gone().to_owned()));
        }
        Err(error) => return Err(error),
    }
    let address = format!("{}/logga-in/{}", app.public_url, token.as_str());
    let message = Draft::new(texts, texts.account_letter_subject())
        .paragraph(texts.account_letter_lead())
        .button(texts.account_letter_button(), &address)
        .paragraph(texts.account_letter_not_you())
        .finish(texts.account_letter_footer());
    Ok(Composed::Message(message))
}
