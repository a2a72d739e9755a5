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

/// A letter that could not be sent for so long, in minutes, is of no use to whoever asked for it.
const STALE: i64 = 60;

/// The link is made here, in the language that it was asked for in, when the letter is sent, and stands nowhere but in it.
pub(super) async fn compose(
    app: &App,
    mail: &Mail,
    account: AccountId,
) -> Result<Composed, StoreError> {
    let asked_in = Language::from_code(mail.new.words.as_str());
    let texts = Texts(asked_in.unwrap_or(Language::Swedish));
    let (token, at) = (Token::random(), now());
    let minute: Option<i64> =
        (mail.new.dedupe.rsplit(':').next()).and_then(|minute| minute.parse().ok());
    if minute.is_some_and(|minute| at / 60_000 - minute > STALE) {
        return Ok(Composed::Moot(texts.account_letter_late().to_owned()));
    }
    // Not to an address that is the account's no longer, nor for somebody who has been removed.
    let known = app.store.account(account).await?;
    if known.is_none_or(|known| known.email != mail.new.address) {
        return Ok(Composed::Moot(texts.account_letter_gone().to_owned()));
    }
    let expires_at = at + MINUTES * 60 * 1000;
    (app.store)
        .create_login_link(token.hash(), account, None, expires_at, at)
        .await?;
    let address = format!("{}/logga-in/{}", app.public_url, token.as_str());
    let message = Draft::new(texts, texts.account_letter_subject())
        .paragraph(texts.account_letter_lead())
        .button(texts.account_letter_button(), &address)
        .paragraph(texts.account_letter_not_you())
        .finish(texts.account_letter_footer());
    Ok(Composed::Message(message))
}
