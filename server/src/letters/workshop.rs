//! A workshop's time and place, to an invitee, with a calendar file.

use app::{
    pages::{
        mailings::letter::{Composition, Part},
        survey::names,
        workshops::{Standing, day, when},
    },
    texts::Texts,
};
use domain::{
    ids::{InviteeId, WorkshopId},
    letter::Mail,
    mapping::{Language, Mapping},
    municipality::Municipality,
    workshop::Workshop,
};
use mail::Attachment;
use store::StoreError;

use super::{Composed, about::draft};
use crate::{calendar, state::App};

/// What an invitation to a workshop is made of.
pub(crate) struct Invitation<'i> {
    /// The mapping, in whose language it is written.
    pub(crate) mapping: &'i Mapping,
    /// The workshop.
    pub(crate) workshop: &'i Workshop,
    /// Who is invited.
    pub(crate) name: &'i str,
    /// Whom they come for; may be empty in a sample.
    pub(crate) municipalities: &'i [Municipality],
    /// The sender's own words; may be empty.
    pub(crate) words: &'i str,
    /// The address of the person's own page.
    pub(crate) link: &'i str,
}

/// What an invitation says.
pub(crate) fn composition(invitation: &Invitation<'_>) -> Composition {
    let (mapping, workshop) = (invitation.mapping, invitation.workshop);
    let texts = Texts(mapping.language);
    let mut facts = vec![texts.invitee_letter_when(when(texts, workshop))];
    if !workshop.place.is_empty() {
        facts.push(texts.invitee_letter_where(workshop.place.as_str()));
    }
    if !invitation.municipalities.is_empty() {
        facts.push(texts.invitee_letter_for(names(texts, invitation.municipalities)));
    }
    let title = workshop.title.as_str();
    Composition {
        subject: texts.invitee_letter_subject(title, day(texts, workshop.date)),
        parts: vec![
            Part::Paragraph(texts.letter_hello(invitation.name)),
            Part::OwnWords(invitation.words.to_owned()),
            Part::Paragraph(texts.invitee_letter_lead(title, mapping.name.as_str())),
            Part::List(facts),
            Part::Paragraph(texts.invitee_letter_calendar().to_owned()),
            Part::Paragraph(texts.invitee_letter_page().to_owned()),
            Part::Button {
                label: texts.invitee_letter_button().to_owned(),
                address: invitation.link.to_owned(),
            },
        ],
        footer: texts.letter_footer(mapping.name.as_str()),
    }
}

pub(super) async fn compose(
    app: &App,
    mail: &Mail,
    id: WorkshopId,
    invitee: InviteeId,
) -> Result<Composed, StoreError> {
    let Some(invitee) = app.store.invitee(invitee).await? else {
        return Ok(Composed::Moot(
            texts_of(app, mail)
                .await?
                .invitee_letter_moot_removed()
                .to_owned(),
        ));
    };
    let Some(mapping) = app.store.mapping(invitee.mapping).await? else {
        return Ok(Composed::Moot(
            texts_of(app, mail)
                .await?
                .invitee_letter_moot_removed()
                .to_owned(),
        ));
    };
    let texts = Texts(mapping.language);
    let state = app.store.map_state(mapping.id).await?;
    let ended =
        (state.work.stages.get(&id)).is_some_and(|stage| Standing::of(stage) == Standing::Ended);
    let Some(workshop) = state.work.workshops.get(&id).filter(|_| !ended) else {
        return Ok(Composed::Moot(
            texts.invitee_letter_moot_workshop().to_owned(),
        ));
    };
    let token = app.key.invitee(invitee.id);
    let letter = composition(&Invitation {
        mapping: &mapping,
        workshop,
        name: &invitee.name,
        municipalities: &invitee.municipalities,
        words: &mail.new.words,
        link: &format!("{}/p/{}", app.public_url, token.as_str()),
    });
    let file = calendar::text(
        &app.public_url,
        texts,
        &mapping,
        &state,
        vec![(id, workshop)],
    );
    let attachment = Attachment {
        name: "workshop.ics".to_owned(),
        content_type: calendar::CONTENT_TYPE.to_owned(),
        bytes: file.into_bytes(),
    };
    let draft = draft(texts, &letter).attach(attachment);
    Ok(Composed::Message(draft.finish(&letter.footer)))
}

/// The texts of the mapping that a letter is about.
async fn texts_of(app: &App, mail: &Mail) -> Result<Texts, StoreError> {
    let mapping = match mail.new.mapping {
        Some(id) => app.store.mapping(id).await?,
        None => None,
    };
    Ok(Texts(
        mapping.map_or(Language::Swedish, |mapping| mapping.language),
    ))
}

#[cfg(test)]
mod tests {
    use domain::{
        ids::{ItemId, MappingId},
        text::Text,
        workshop::{Series, template},
    };
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    fn text<const MIN: usize, const MAX: usize>(typed: &str) -> Text<MIN, MAX> {
        Text::parse(typed).expect("the test's texts fit")
    }

    fn written(language: Language, words: &str, place: &str) -> Composition {
        let mapping = Mapping {
            id: MappingId::new(Uuid::from_u128(1)),
            name: text("Exempelbygden"),
            period: text("2026–2027"),
            language,
            example: false,
            members: Vec::new(),
        };
        let mut next = 0;
        let (title, agenda) = template(Series::Ws1, || {
            next += 1;
            ItemId::new(Uuid::from_u128(next))
        });
        let workshop = Workshop {
            series: Series::Ws1,
            title,
            date: date!(2026 - 12 - 03),
            starts: 540,
            place: text(place),
            agenda,
            round: None,
            approval: false,
            dots: 5,
        };
        let home = Municipality::by_name("Åmål").expect("it is in the register");
        composition(&Invitation {
            mapping: &mapping,
            workshop: &workshop,
            name: "Kim Exempel",
            municipalities: &[home],
            words,
            link: "https://karta.example.se/p/abc",
        })
    }

    #[test]
    fn an_invitation_says_when_where_for_whom_and_leads_to_the_persons_own_page() {
        let letter = written(Language::Swedish, "Ta med er plan.", "Stora salen <2>");
        assert_eq!(
            letter.subject,
            "Inbjudan: WS1 Mål och förmågor, torsdag 2026-12-03"
        );
        let message = draft(Texts(Language::Swedish), &letter).finish(&letter.footer);
        for said in [
            "Hej Kim Exempel!",
            "Ta med er plan.",
            "WS1 Mål och förmågor i kartläggningen Exempelbygden",
            "- När: torsdag 2026-12-03",
            "09.00",
            "- Var: Stora salen <2>",
            "- Du kommer för: Åmål",
            "Öppna din sida:\nhttps://karta.example.se/p/abc\n",
        ] {
            assert!(message.text.contains(said), "{said} in {}", message.text);
        }
        assert!(message.html.contains("Stora salen &lt;2&gt;"));
        assert!(!message.html.contains("<2>"));
    }

    #[test]
    fn without_a_place_or_own_words_nothing_is_left_empty() {
        let letter = written(Language::English, "", "");
        let message = draft(Texts(Language::English), &letter).finish(&letter.footer);
        assert!(message.text.contains("- When: "), "{}", message.text);
        assert!(!message.text.contains("Where:"), "{}", message.text);
        assert!(
            message
                .text
                .contains("Hello Kim Exempel,\n\nYou are invited to"),
            "{}",
            message.text
        );
    }
}
