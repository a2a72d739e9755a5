//! The personal link again, to one who has not answered.

use app::texts::Texts;
use domain::{
    ids::{ParticipantId, RoundId},
    letter::Mail,
    mapping::Language,
    survey::RoundStatus,
};
use store::StoreError;

use super::{Composed, Draft, invitation::asked};
use crate::state::App;

pub(super) async fn compose(
    app: &App,
    mail: &Mail,
    round: RoundId,
    participant: ParticipantId,
    _number: u8,
) -> Result<Composed, StoreError> {
    let Some(asked) = asked(app, round, participant).await? else {
        let texts = Texts(Language::Swedish);
        return Ok(Composed::Moot(texts.letter_moot_removed().to_owned()));
    };
    let texts = asked.texts();
    if asked.submitted {
        return Ok(Composed::Moot(texts.letter_moot_answered().to_owned()));
    }
    if asked.round.status != RoundStatus::Open {
        return Ok(Composed::Moot(texts.letter_moot_closed().to_owned()));
    }
    let message = Draft::new(
        texts,
        texts.letter_reminder_subject(asked.round.name.as_str()),
    )
    .paragraph(&texts.letter_hello(asked.participant.name.as_str()))
    .paragraph(mail.new.words.as_str())
    .paragraph(&texts.letter_invitation_lead(asked.mapping.name.as_str()))
    .button(texts.letter_answer(), &asked.address(app, ""))
    .finish(&texts.letter_footer(asked.mapping.name.as_str()));
    Ok(Composed::Message(message))
}
