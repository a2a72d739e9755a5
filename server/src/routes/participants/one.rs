//! One person from the form that adds them: to a round, or to those invited to the series.

use app::{components::Errors, texts::Texts};
use domain::{municipality::Municipality, survey::Occupation, text::Title};

use super::roster::{Entry, is_email};
use crate::form::{Fields, text_error};

/// Reads the form; `taken` says what is wrong with an address that somebody else has, in words.
///
/// # Errors
/// What is wrong, by field.
pub(in crate::routes) fn read(
    texts: Texts,
    fields: &Fields,
    members: &[Municipality],
    taken: impl FnOnce(&str) -> Option<String>,
) -> Result<Entry, Errors> {
    let mut errors = Errors::default();
    let name = (Title::parse(fields.get("namn")))
        .map_err(|error| errors.add("namn", text_error(texts, texts.participant_name(), error)))
        .ok();
    let email = fields.text("epost", texts.participant_email(), texts, &mut errors);
    if errors.of("epost").is_none() && !email.is_empty() {
        if !is_email(&email) {
            errors.add("epost", texts.participant_email_wrong(email.as_str()));
        } else if let Some(wrong) = taken(&email) {
            errors.add("epost", wrong);
        }
    }
    let occupation = Occupation::from_code(fields.get("roll"));
    if occupation.is_none() {
        errors.add(
            "roll",
            texts.form_choose(texts.participant_role().to_lowercase()),
        );
    }
    let chosen: Vec<_> = fields.all("kommun").collect();
    let municipalities: Vec<_> = (members.iter().copied())
        .filter(|member| chosen.contains(&member.to_string().as_str()))
        .collect();
    if municipalities.is_empty() {
        errors.add("kommun", texts.participant_municipalities_missing());
    }
    match (name, occupation, errors.is_empty()) {
        (Some(name), Some(occupation), true) => Ok(Entry {
            name,
            email,
            occupation,
            municipalities,
        }),
        _ => Err(errors),
    }
}
