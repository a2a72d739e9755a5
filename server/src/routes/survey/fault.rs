//! What is wrong with a posted page of the survey, in words.

use app::{
    components::Errors,
    pages::survey::{Area, Asked},
    texts::Texts,
};
use domain::survey::form::{Fault, Field, Part};

use crate::form::text_error;

/// What is wrong with the fields, in words.
pub(crate) fn errors(texts: Texts, areas: &[Area], faults: Vec<(String, Fault)>) -> Errors {
    let mut errors = Errors::default();
    for (name, fault) in faults {
        let field: Option<(Field, &Asked)> = name.parse().ok().and_then(|field: Field| {
            let asked = (areas.iter())
                .flat_map(|area| &area.capabilities)
                .find(|asked| asked.id == field.capability)?;
            Some((field, asked))
        });
        let (Some((field, asked)), Fault::NotAnAnswer(_) | Fault::Text(_)) = (field, fault) else {
            errors.add("svar", texts.survey_foreign());
            continue;
        };
        let label = match field.part {
            Part::Current => texts.terms_current(),
            Part::Target => texts.terms_target(),
            Part::Effect => texts.terms_effect(),
            Part::Comment => texts.survey_comment(),
            Part::Weakness => texts.survey_weakness(),
        };
        let label = texts.survey_field_of(&asked.name, label);
        let message = match fault {
            Fault::Text(error) => text_error(texts, &label, error),
            _ => texts.survey_not_an_answer(label),
        };
        errors.add(field.to_string(), message);
    }
    errors
}
