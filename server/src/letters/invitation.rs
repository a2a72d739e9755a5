//! A personal link to a round's survey.

use app::pages::mailings::letter::{Composition, Part};
use domain::{
    ids::{ParticipantId, RoundId},
    letter::Mail,
};
use store::StoreError;

use super::{
    Composed,
    about::{About, Addressee, Asked, unanswered},
};
use crate::state::App;

/// What an invitation says.
pub(crate) fn write(about: &About, to: &Addressee, words: &str) -> Composition {
    let (texts, round) = (about.texts, &about.round);
    let mapping = &about.mapping;
    let lead = texts.letter_invitation_lead(
        round.name.as_str(),
        mapping.name.as_str(),
        mapping.period.as_str(),
        about.names(&to.municipalities),
        about.capabilities,
        round.target_year,
    );
    let mut parts = vec![
        Part::Paragraph(texts.letter_hello(&to.name)),
        Part::OwnWords(words.to_owned()),
        Part::Paragraph(lead),
    ];
    parts.extend(about.effort());
    parts.push(Part::Button {
        label: texts.letter_answer().to_owned(),
        address: to.link.clone(),
    });
    parts.extend(about.mode());
    about.letter(texts.letter_invitation_subject(round.name.as_str()), parts)
}

pub(super) async fn compose(
    app: &App,
    mail: &Mail,
    round: RoundId,
    participant: ParticipantId,
) -> Result<Composed, StoreError> {
    Ok(match unanswered(app, round, participant).await? {
        Asked::Moot(why) => Composed::Moot(why.to_owned()),
        Asked::Person(person) => {
            let (about, _, to) = *person;
            Composed::Message(about.message(&write(&about, &to, &mail.new.words)))
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::{mapping::Language, survey::SurveyMode};

    use super::*;
    use crate::letters::about::tests::{about, addressee};

    #[test]
    fn an_invitation_says_what_is_asked_how_long_it_takes_who_sees_it_and_who_sends_it() {
        let about = about(Language::Swedish, SurveyMode::Named);
        let words = "Svara senast den 4 december.\n\nTack på förhand!";
        let message = about.message(&write(&about, &addressee(), words));
        assert_eq!(message.subject, "Inbjudan till enkäten Hösten <1>");
        for said in [
            "Hej Åsa Exempel!",
            "Svara senast den 4 december.\n\nTack på förhand!",
            "Du svarar för Bengtsfors och Åmål om 32 förmågor",
            "till 2029",
            "Det tar ungefär 20 minuter.",
            "Enkäten är öppen tills de som leder kartläggningen stänger den.",
            "Svara på enkäten:\nhttps://karta.example.se/e/abc\n",
            "Ditt namn sparas ihop med dina svar",
            "kan vara allmän handling",
            "kontakta Sam Exempel (sam@example.se)",
            "https://karta.example.se.",
        ] {
            assert!(message.text.contains(said), "{said} in {}", message.text);
        }
        assert!(
            message
                .html
                .contains("href=\"https://karta.example.se/e/abc\"")
        );
        assert!(message.html.contains("Hösten &lt;1&gt;"));
        assert!(!message.html.contains("<1>"));
        assert!(message.attachments.is_empty());
    }

    #[test]
    fn the_mode_is_told_in_two_sentences_in_both_languages_and_nothing_is_called_anonymous() {
        for language in [Language::Swedish, Language::English] {
            for mode in [SurveyMode::Named, SurveyMode::Confidential] {
                let about = about(language, mode);
                let text = about.message(&write(&about, &addressee(), "")).text;
                let [_, Part::Paragraph(sentences)] = about.mode() else {
                    panic!("the mode is a heading and a paragraph");
                };
                assert_eq!(sentences.matches(". ").count(), 1, "{sentences}");
                assert!(text.contains(&sentences));
                assert!(!text.to_lowercase().contains("anonym"), "{text}");
            }
        }
    }

    #[test]
    fn without_own_words_there_is_no_empty_paragraph() {
        let about = about(Language::English, SurveyMode::Confidential);
        let message = about.message(&write(&about, &addressee(), ""));
        assert!(
            message
                .text
                .contains("Hello Åsa Exempel,\n\nYou are asked to answer")
        );
    }
}
