//! A personal link to a round's survey.

use app::texts::Texts;
use domain::{
    ids::{ParticipantId, RoundId},
    letter::Mail,
    mapping::Mapping,
    survey::{Participant, Progress, Round, RoundStatus},
};
use store::StoreError;

use super::{Composed, Draft};
use crate::state::App;

/// A round with one of those asked in it, as a letter needs them.
pub(super) struct Asked {
    pub(super) mapping: Mapping,
    pub(super) round: Round,
    pub(super) participant: Participant,
    pub(super) submitted: bool,
}

impl Asked {
    /// The texts in the mapping's language.
    pub(super) fn texts(&self) -> Texts {
        Texts(self.mapping.language)
    }

    /// The person's own address in the survey; `path` begins with a slash or is empty.
    pub(super) fn address(&self, app: &App, path: &str) -> String {
        let token = app.key.participant(self.participant.id);
        format!("{}/e/{}{path}", app.public_url, token.as_str())
    }
}

/// Reads them; none when the round or the person is gone.
pub(super) async fn asked(
    app: &App,
    round: RoundId,
    participant: ParticipantId,
) -> Result<Option<Asked>, StoreError> {
    let Some(round) = app.store.round(round).await? else {
        return Ok(None);
    };
    let Some(mapping) = app.store.mapping(round.mapping).await? else {
        return Ok(None);
    };
    let people = app.store.participants(round.id).await?;
    let Some(participant) = people.into_iter().find(|person| person.id == participant) else {
        return Ok(None);
    };
    let submitted = (app.store.progress(round.id).await?.into_iter()).any(|(id, progress, _)| {
        id == participant.id && matches!(progress, Progress::Submitted { .. })
    });
    Ok(Some(Asked {
        mapping,
        round,
        participant,
        submitted,
    }))
}

pub(super) async fn compose(
    app: &App,
    mail: &Mail,
    round: RoundId,
    participant: ParticipantId,
) -> Result<Composed, StoreError> {
    let Some(asked) = asked(app, round, participant).await? else {
        let texts = Texts(domain::mapping::Language::Swedish);
        return Ok(Composed::Moot(texts.letter_moot_removed().to_owned()));
    };
    let texts = asked.texts();
    if asked.round.status != RoundStatus::Open {
        return Ok(Composed::Moot(texts.letter_moot_closed().to_owned()));
    }
    let message = Draft::new(
        texts,
        texts.letter_invitation_subject(asked.round.name.as_str()),
    )
    .paragraph(&texts.letter_hello(asked.participant.name.as_str()))
    .paragraph(mail.new.words.as_str())
    .paragraph(&texts.letter_invitation_lead(asked.mapping.name.as_str()))
    .button(texts.letter_answer(), &asked.address(app, ""))
    .finish(&texts.letter_footer(asked.mapping.name.as_str()));
    Ok(Composed::Message(message))
}
