//! Thanks for an answer, with the way to one's own picture; in named rounds with the picture itself.

use app::pages::mailings::letter::{Bar, Composition, Part};
use domain::{
    ids::{CapabilityId, ParticipantId, RoundId},
    letter::Mail,
    level::{Answer, Level},
    map::{Capability, Contents},
    municipality::Municipality,
    survey::{RoundStatus, Sheet, SurveyMode},
};
use store::StoreError;

use super::{
    Composed,
    about::{About, Addressee, Asked, asked, version},
};
use crate::state::App;

/// How many of the largest gaps are told.
const LARGEST: usize = 5;

/// What one person said for one or several municipalities alike.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Picture {
    municipalities: Vec<Municipality>,
    /// Capabilities with a gap, the largest first: name, nuläge and börläge.
    gaps: Vec<(String, Level, Level)>,
    /// Means by area, over the capabilities with a level on both questions.
    areas: Vec<Bar>,
}

/// What thanks say. Without a sheet, as in a confidential round, nothing of what was answered stands in them.
pub(crate) fn write(
    about: &About,
    to: &Addressee,
    own: Option<(&Contents, &Sheet)>,
) -> Composition {
    let (texts, round) = (about.texts, &about.round);
    let mapping = about.mapping.name.as_str();
    let mut parts = vec![
        Part::Paragraph(texts.letter_hello(&to.name)),
        Part::Paragraph(texts.letter_thanks_lead(round.name.as_str(), mapping)),
    ];
    if round.mode == SurveyMode::Confidential {
        parts.push(Part::Paragraph(texts.letter_thanks_code().to_owned()));
    }
    parts.push(Part::Button {
        label: texts.letter_thanks_button().to_owned(),
        address: format!("{}/klart", to.link),
    });
    if round.status == RoundStatus::Open {
        parts.push(Part::Paragraph(texts.letter_thanks_change().to_owned()));
    }
    if let Some((contents, sheet)) = own.filter(|_| round.mode == SurveyMode::Named) {
        let pictures = pictures(about, contents, sheet, &to.municipalities);
        let several = pictures.len() > 1;
        for picture in pictures {
            parts.extend(tell(about, picture, several));
        }
    }
    parts.extend(about.mode());
    about.letter(texts.letter_thanks_subject(round.name.as_str()), parts)
}

/// A picture in words; with the municipalities when there are several pictures.
fn tell(about: &About, picture: Picture, several: bool) -> Vec<Part> {
    let texts = about.texts;
    let whom = about.names(&picture.municipalities);
    let mut parts = Vec::new();
    if !picture.gaps.is_empty() {
        parts.push(Part::Heading(if several {
            texts.letter_thanks_largest_of(&whom)
        } else {
            texts.letter_thanks_largest().to_owned()
        }));
        let lines = (picture.gaps.iter().take(LARGEST))
            .map(|(name, current, target)| {
                texts.letter_thanks_gap(name, current.get(), target.get())
            })
            .collect();
        parts.push(Part::List(lines));
    }
    if !picture.areas.is_empty() {
        parts.push(Part::Heading(if several {
            texts.letter_thanks_areas_of(&whom)
        } else {
            texts.letter_thanks_areas().to_owned()
        }));
        parts.push(Part::Bars(picture.areas));
    }
    parts
}

/// What is the same for several municipalities is told once for them together.
fn pictures(
    about: &About,
    contents: &Contents,
    sheet: &Sheet,
    municipalities: &[Municipality],
) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = Vec::new();
    for municipality in municipalities {
        let own = picture(about, contents, sheet, *municipality);
        let alike = |known: &&mut Picture| known.gaps == own.gaps && known.areas == own.areas;
        match pictures.iter_mut().find(alike) {
            Some(known) => known.municipalities.push(*municipality),
            None => pictures.push(own),
        }
    }
    pictures
}

fn picture(
    about: &About,
    contents: &Contents,
    sheet: &Sheet,
    municipality: Municipality,
) -> Picture {
    let levels = |(id, capability): &(CapabilityId, &Capability)| {
        let rating = sheet.rating_for(*id, municipality)?;
        let current = rating.current.and_then(Answer::level)?;
        let target = rating.target.and_then(Answer::level)?;
        Some((capability.draft.name.to_string(), current, target))
    };
    let mut areas: Vec<_> = (contents.areas_in_order().into_iter())
        .map(|(id, area)| (area.name.to_string(), Some(id)))
        .collect();
    areas.push((about.texts.letter_thanks_other().to_owned(), None));
    let (mut gaps, mut bars) = (Vec::new(), Vec::new());
    for (label, area) in areas {
        let own: Vec<_> = (contents.capabilities_in(area).iter())
            .filter_map(levels)
            .collect();
        if !own.is_empty() {
            bars.push(Bar {
                label,
                current: mean(own.iter().map(|own| own.1)),
                target: mean(own.iter().map(|own| own.2)),
            });
        }
        gaps.extend(
            own.into_iter()
                .filter(|(_, current, target)| target > current),
        );
    }
    gaps.sort_by_key(|(_, current, target)| std::cmp::Reverse(target.get() - current.get()));
    Picture {
        municipalities: vec![municipality],
        gaps,
        areas: bars,
    }
}

/// The mean of some levels in tenths, rounded.
fn mean(levels: impl Iterator<Item = Level>) -> u16 {
    let (mut sum, mut count) = (0, 0);
    for level in levels {
        sum += u16::from(level.get()) * 10;
        count += 1;
    }
    (sum + count / 2).checked_div(count).unwrap_or_default()
}

pub(super) async fn compose(
    app: &App,
    _mail: &Mail,
    round: RoundId,
    participant: ParticipantId,
) -> Result<Composed, StoreError> {
    let (about, participant, to) = match asked(app, round, participant).await? {
        Asked::Moot(why) => return Ok(Composed::Moot(why.to_owned())),
        Asked::Person(person) => *person,
    };
    if !app.store.has_submitted(participant.id).await? {
        return Ok(Composed::Moot(
            about.texts.letter_moot_not_answered().to_owned(),
        ));
    }
    let letter = match about.round.mode {
        SurveyMode::Confidential => write(&about, &to, None),
        SurveyMode::Named => {
            let (sheet, _) = app.store.sheet(participant.id).await?;
            let version = version(app, &about).await?;
            write(&about, &to, Some((&version.contents, &sheet)))
        }
    };
    Ok(Composed::Message(about.message(&letter)))
}

#[cfg(test)]
mod tests {
    use domain::{
        ids::AreaId,
        map::{Anchors, Area, CapabilityDraft, CapabilityKind, Status},
        mapping::Language,
        survey::{Rating, Scope},
    };
    use uuid::Uuid;

    use super::*;
    use crate::letters::about::tests::{about, addressee, text};

    fn level(number: u8) -> Answer {
        Answer::Level(Level::new(number).expect("the test's levels are 1–5"))
    }

    fn capability(number: u128) -> CapabilityId {
        CapabilityId::new(Uuid::from_u128(number))
    }

    /// One area with two capabilities, and one capability in none.
    fn contents() -> Contents {
        let area = AreaId::new(Uuid::from_u128(9));
        let mut contents = Contents::default();
        let data = Area {
            name: text("Data & delning"),
            description: text(""),
            position: 0,
        };
        contents.areas.insert(area, data);
        for (number, name, area) in [
            (1, "Informationsklassning", Some(area)),
            (2, "Datadelning", Some(area)),
            (3, "Arkivering", None),
        ] {
            let draft = CapabilityDraft {
                name: text(name),
                formulation: text(""),
                description: text(""),
                kind: CapabilityKind::Supporting,
                layers: [].into(),
                area,
                goals: [].into(),
                anchors: Anchors::default(),
                owner: domain::text::Owner::default(),
            };
            let active = Capability {
                draft,
                position: 0,
                status: Status::Active,
            };
            contents.capabilities.insert(capability(number), active);
        }
        contents
    }

    fn sheet(ratings: &[(u128, Scope, u8, u8)]) -> Sheet {
        Sheet {
            ratings: (ratings.iter())
                .map(|&(number, scope, current, target)| {
                    let rating = Rating {
                        current: Some(level(current)),
                        target: Some(level(target)),
                        comment: text("Mellan oss sagt"),
                        ..Rating::default()
                    };
                    ((capability(number), scope), rating)
                })
                .collect(),
        }
    }

    #[test]
    fn in_a_named_round_thanks_hold_ones_own_largest_gaps_and_levels_by_area() {
        let about = about(Language::Swedish, SurveyMode::Named);
        let sheet = sheet(&[
            (1, Scope::All, 2, 3),
            (2, Scope::All, 1, 5),
            (3, Scope::All, 4, 2),
        ]);
        let message = about.message(&write(&about, &addressee(), Some((&contents(), &sheet))));
        let text = &message.text;
        let first = text
            .find("Datadelning: från 1 till 5")
            .expect("the largest gap");
        let second = text
            .find("Informationsklassning: från 2 till 3")
            .expect("the other");
        assert!(first < second);
        assert!(!text.contains("Arkivering: från"), "a surplus is no gap");
        assert!(
            text.contains("- Data & delning: 1,5 i dag, 4,0 behövs"),
            "{text}"
        );
        assert!(text.contains("- Övriga: 4,0 i dag, 2,0 behövs"), "{text}");
        assert!(text.contains("https://karta.example.se/e/abc/klart"));
        assert!(text.contains("Så länge omgången är öppen kan du ändra dem"));
        assert!(!text.contains("Mellan oss sagt"));
        assert!(message.html.contains("Data &amp; delning"));
        assert!(message.html.contains("width:30%") && message.html.contains("width:80%"));
    }

    #[test]
    fn municipalities_that_differ_are_told_apart() {
        let about = about(Language::English, SurveyMode::Named);
        let to = addressee();
        let other = Scope::Only(to.municipalities[1]);
        let sheet = sheet(&[(1, Scope::All, 2, 4), (1, other, 1, 4)]);
        let text = (about.message(&write(&about, &to, Some((&contents(), &sheet))))).text;
        for said in [
            "Your largest gaps: Bengtsfors",
            "Informationsklassning: from 2 to 4",
            "Your largest gaps: Åmål",
            "Informationsklassning: from 1 to 4",
            "2.0 today, 4.0 needed",
        ] {
            assert!(text.contains(said), "{said} in {text}");
        }
    }

    #[test]
    fn in_a_confidential_round_thanks_hold_nothing_of_what_was_answered() {
        let about = about(Language::Swedish, SurveyMode::Confidential);
        let sheet = sheet(&[(1, Scope::All, 2, 3), (2, Scope::All, 1, 5)]);
        let with = about.message(&write(&about, &addressee(), Some((&contents(), &sheet))));
        let without = about.message(&write(&about, &addressee(), None));
        assert_eq!(with, without);
        assert!(!with.text.contains("Datadelning") && !with.html.contains("Data &amp; delning"));
        assert!(
            with.text
                .contains("I brevet står inget av det du har svarat.")
        );
    }

    #[test]
    fn means_are_rounded_to_tenths() {
        let levels = |numbers: &[u8]| {
            let levels: Vec<_> = numbers
                .iter()
                .map(|n| Level::new(*n).expect("1–5"))
                .collect();
            mean(levels.into_iter())
        };
        assert_eq!(levels(&[1, 2, 2]), 17);
        assert_eq!(levels(&[3, 4]), 35);
        assert_eq!(levels(&[]), 0);
    }
}
