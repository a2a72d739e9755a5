//! Thanks for an answer, with the way to one's own picture.

use app::texts::Texts;
use domain::{
    ids::{ParticipantId, RoundId},
    letter::Mail,
    mapping::Language,
};
use store::StoreError;

use super::{Composed, Draft, invitation::asked};
use crate::state::App;

pub(super) async fn compose(
    app: &App,
    _mail: &Mail,
    round: RoundId,
    participant: ParticipantId,
) -> Result<Composed, StoreError> {
    let Some(asked) = asked(app, round, participant).await? else {
        let texts = Texts(Language::Swedish);
        return Ok(Composed::Moot(texts.letter_moot_removed().to_owned()));
    };
    let texts = asked.texts();
    let message = Draft::new(
        texts,
        texts.letter_thanks_subject(asked.round.name.as_str()),
    )
    .paragraph(&texts.letter_hello(asked.participant.name.as_str()))
    .paragraph(texts.letter_thanks_lead())
    .button(texts.letter_thanks_button(), &asked.address(app, "/klart"))
    .finish(&texts.letter_footer(asked.mapping.name.as_str()));
    Ok(Composed::Message(message))
}
