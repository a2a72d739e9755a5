//! What all letters about a round have in common: whom they go to, what they are about, who sends them.

use std::fmt::Write as _;

use app::{
    pages::{
        mailings::letter::{Bar, Composition, Part, levels},
        rounds::mode_text,
        survey::names,
    },
    texts::Texts,
};
use domain::{
    ids::{ParticipantId, RoundId},
    map::Version,
    mapping::Mapping,
    municipality::Municipality,
    rights::Role,
    survey::{Participant, Round, RoundStatus},
};
use mail::Message;
use store::StoreError;

use super::draft::{Draft, escape};
use crate::state::App;

/// A round as letters speak of it.
pub(crate) struct About {
    /// The texts of the mapping's language.
    pub(crate) texts: Texts,
    pub(crate) mapping: Mapping,
    pub(crate) round: Round,
    /// How many capabilities it asks about.
    pub(crate) capabilities: usize,
    /// Whom to ask, as a sentence.
    contact: String,
    public_url: String,
}

/// Whom a letter is written to.
#[derive(Clone, Debug)]
pub(crate) struct Addressee {
    pub(crate) name: String,
    pub(crate) municipalities: Vec<Municipality>,
    /// The personal address of the survey.
    pub(crate) link: String,
}

impl About {
    /// Reads what letters about a round need.
    ///
    /// # Errors
    /// As the database.
    pub(crate) async fn read(
        app: &App,
        mapping: Mapping,
        round: Round,
    ) -> Result<Self, StoreError> {
        let texts = Texts(mapping.language);
        let state = app.store.map_state(mapping.id).await?;
        let coordinators: Vec<_> = (app.store.accounts_of(mapping.id).await?.into_iter())
            .filter(|(account, role)| role.role == Role::Coordinator && !account.email.is_empty())
            .map(|(account, _)| format!("{} ({})", account.name, account.email))
            .collect();
        let contact = if coordinators.is_empty() {
            texts.letter_contact_unknown().to_owned()
        } else {
            texts.letter_contact(coordinators.join(texts.letter_contact_or()))
        };
        Ok(Self {
            texts,
            capabilities: (state.version(round.version))
                .map_or(0, |version| version.contents.active_in_order().len()),
            mapping,
            round,
            contact,
            public_url: app.public_url.clone(),
        })
    }

    /// Where the round's mode is told in its two sentences.
    pub(crate) fn mode(&self) -> [Part; 2] {
        let texts = self.texts;
        let (_, sentences) = mode_text(texts, self.round.mode);
        [
            Part::Heading(texts.letter_your_answers().to_owned()),
            Part::Paragraph(sentences.to_owned()),
        ]
    }

    /// How long it takes to answer, and how long one can.
    pub(crate) fn effort(&self) -> [Part; 2] {
        let minutes =
            app::pages::survey::welcome::minutes(self.capabilities, self.round.ask_effect);
        [
            Part::Paragraph(self.texts.survey_minutes(minutes)),
            Part::Paragraph(self.texts.letter_until().to_owned()),
        ]
    }

    /// Municipalities in a sentence.
    pub(crate) fn names(&self, municipalities: &[Municipality]) -> String {
        names(self.texts, municipalities)
    }

    /// A letter with this subject and these parts, and who sends it.
    pub(crate) fn letter(&self, subject: String, parts: Vec<Part>) -> Composition {
        Composition {
            subject,
            parts,
            footer: (self.texts).letter_footer_survey(
                self.mapping.name.as_str(),
                &self.public_url,
                &self.contact,
            ),
        }
    }

    /// A letter as plain text and HTML.
    pub(crate) fn message(&self, letter: &Composition) -> Message {
        draft(self.texts, letter).finish(&letter.footer)
    }
}

/// A letter being written, with everything that stands before its footer.
pub(super) fn draft(texts: Texts, letter: &Composition) -> Draft {
    let draft = Draft::new(texts, letter.subject.as_str());
    (letter.parts.iter()).fold(draft, |draft, part| match part {
        Part::Paragraph(words) | Part::OwnWords(words) => draft.paragraph(words),
        Part::Heading(words) => draft.heading(words),
        Part::List(lines) => draft.list(lines),
        Part::Button { label, address } => draft.button(label, address),
        Part::Bars(bars) => {
            let (text, html) = self::bars(texts, bars);
            draft.both(&text, &html)
        }
    })
}

/// Levels as lines of text, and as bars.
fn bars(texts: Texts, bars: &[Bar]) -> (String, String) {
    let (mut text, mut html) = (String::new(), String::new());
    for bar in bars {
        let said = levels(texts, bar);
        writeln!(text, "- {}: {said}", bar.label).ok();
        write!(
            html,
            "<p style=\"margin:0 0 4px;font-size:16px;line-height:1.4\"><strong>{}</strong>: {}</p>{}{}\
             <p style=\"margin:0 0 12px\"></p>",
            escape(&bar.label),
            escape(&said),
            line(bar.current, "#1f4e5f"),
            line(bar.target, "#b9cbd2"),
        )
        .ok();
    }
    (text, html)
}

/// A bar of a level in tenths on the scale up to 5, as a table, which every mail program draws.
fn line(level: u16, colour: &str) -> String {
    let percent = u32::from(level.min(50)) * 2;
    format!(
        "<table role=\"presentation\" aria-hidden=\"true\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" \
         style=\"margin:0 0 2px\"><tr><td style=\"width:{percent}%;height:8px;line-height:8px;font-size:0;background:{colour}\">\
         </td><td style=\"height:8px;line-height:8px;font-size:0\"></td></tr></table>"
    )
}

/// A letter about a round on its way to one person, or why there is no reason for it any more.
pub(super) enum Asked {
    Person(Box<(About, Participant, Addressee)>),
    Moot(&'static str),
}

/// Reads a round and one who is asked in it.
pub(super) async fn asked(
    app: &App,
    round: RoundId,
    participant: ParticipantId,
) -> Result<Asked, StoreError> {
    let gone = Asked::Moot(Texts(domain::mapping::Language::Swedish).letter_moot_removed());
    let Some(round) = app.store.round(round).await? else {
        return Ok(gone);
    };
    let Some(mapping) = app.store.mapping(round.mapping).await? else {
        return Ok(gone);
    };
    let about = About::read(app, mapping, round).await?;
    let Some(participant) = app.store.participant(participant).await? else {
        return Ok(Asked::Moot(about.texts.letter_moot_removed()));
    };
    let token = app.key.participant(participant.id);
    let to = Addressee {
        name: participant.name.to_string(),
        municipalities: participant.municipalities.clone(),
        link: format!("{}/e/{}", app.public_url, token.as_str()),
    };
    Ok(Asked::Person(Box::new((about, participant, to))))
}

/// As [`asked`], for letters that ask someone to answer: moot when they have, and when the round is closed.
pub(super) async fn unanswered(
    app: &App,
    round: RoundId,
    participant: ParticipantId,
) -> Result<Asked, StoreError> {
    let asked = asked(app, round, participant).await?;
    let Asked::Person(person) = &asked else {
        return Ok(asked);
    };
    let about = &person.0;
    if app.store.has_submitted(participant).await? {
        return Ok(Asked::Moot(about.texts.letter_moot_answered()));
    }
    if about.round.status == RoundStatus::Closed {
        return Ok(Asked::Moot(about.texts.letter_moot_closed()));
    }
    Ok(asked)
}

/// The levels of a version's capabilities need its contents.
///
/// # Errors
/// [`StoreError::NotFound`] when the log has no such version.
pub(super) async fn version(
    app: &App,
    about: &About,
) -> Result<std::sync::Arc<Version>, StoreError> {
    let state = app.store.map_state(about.mapping.id).await?;
    (state.version(about.round.version).cloned()).ok_or(StoreError::NotFound)
}

#[cfg(test)]
pub(super) mod tests {
    use domain::{ids::MappingId, mapping::Language, survey::SurveyMode, text::Text};
    use uuid::Uuid;

    use super::*;

    /// A round about 32 capabilities.
    pub(crate) fn about(language: Language, mode: SurveyMode) -> About {
        let mapping = MappingId::new(Uuid::from_u128(1));
        About {
            texts: Texts(language),
            mapping: Mapping {
                id: mapping,
                name: text("Exempelbygden"),
                period: text("2026–2027"),
                language,
                example: true,
                members: Vec::new(),
            },
            round: Round {
                id: RoundId::new(Uuid::from_u128(2)),
                mapping,
                number: 1,
                name: text("Hösten <1>"),
                version: 1,
                target_year: 2029,
                n_min: 6,
                mode,
                ask_effect: false,
                status: RoundStatus::Open,
                opened_at: 0,
                closed_at: None,
            },
            capabilities: 32,
            contact: Texts(language).letter_contact("Sam Exempel (sam@example.se)"),
            public_url: "https://karta.example.se".to_owned(),
        }
    }

    /// Someone who speaks for two municipalities.
    pub(crate) fn addressee() -> Addressee {
        let municipality = |name| Municipality::by_name(name).expect("it is in the register");
        Addressee {
            name: "Åsa Exempel".to_owned(),
            municipalities: vec![municipality("Bengtsfors"), municipality("Åmål")],
            link: "https://karta.example.se/e/abc".to_owned(),
        }
    }

    pub(crate) fn text<const MIN: usize, const MAX: usize>(typed: &str) -> Text<MIN, MAX> {
        Text::parse(typed).expect("the test's texts fit")
    }
}
