//! A workshop's time and place, to an invitee.

use app::texts::Texts;
use domain::{
    ids::{InviteeId, WorkshopId},
    letter::Mail,
    mapping::Language,
};
use store::StoreError;

use super::{Composed, Draft};
use crate::state::App;

pub(super) async fn compose(
    app: &App,
    mail: &Mail,
    _workshop: WorkshopId,
    _invitee: InviteeId,
) -> Result<Composed, StoreError> {
    let mapping = match mail.new.mapping {
        Some(id) => app.store.mapping(id).await?,
        None => None,
    };
    let Some(mapping) = mapping else {
        let texts = Texts(Language::Swedish);
        return Ok(Composed::Moot(texts.letter_moot_removed().to_owned()));
    };
    let texts = Texts(mapping.language);
    let message = Draft::new(texts, texts.letter_workshop_subject(mapping.name.as_str()))
        .paragraph(&texts.letter_hello(&mail.new.name))
        .paragraph(mail.new.words.as_str())
        .button(texts.letter_open(), &app.public_url)
        .finish(&texts.letter_footer(mapping.name.as_str()));
    Ok(Composed::Message(message))
}
