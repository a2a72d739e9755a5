//! One capability in the survey: its questions, its free texts, and what differs between municipalities.

use domain::{
    level::{Answer, Level},
    municipality::Municipality,
    survey::{
        Scope,
        form::{Field, Part, scopes},
    },
    text::{Comment, WeaknessName},
};
use leptos::prelude::*;

use super::{Asked, answer_text, area::Page, effect_name, effect_text, level_name, names};
use crate::{
    components::{Choice, Select, TextArea, TextField},
    pages::effects,
    texts::Texts,
};

/// The answers outside the scale.
const OUTSIDE: [Answer; 3] = [Answer::DontKnow, Answer::NotApplicable, Answer::Declined];

/// One capability, at its place on the page from 1.
pub(super) fn capability(texts: Texts, page: &Page, asked: &Asked, place: usize) -> AnyView {
    let id = format!("f{place}");
    let heading = format!("{id}-namn");
    let all = &page.survey.participant.municipalities;
    let for_whom = match all.as_slice() {
        [_] => names(texts, all),
        several => texts.survey_all_of(names(texts, several)),
    };
    let description = (!asked.description.is_empty()).then(|| {
        view! {
            <details class="about">
                <summary>{texts.survey_about()}<span class="visually-hidden">": "{asked.name.clone()}</span></summary>
                <p class="lines">{asked.description.clone()}</p>
            </details>
        }
    });
    let differ = (all.len() > 1).then(|| differ(texts, page, asked, all));
    let year = page.survey.round.target_year;
    let question = |part, words, hint| {
        rating(
            texts,
            page,
            asked,
            &Scale::of_levels(asked, place),
            part,
            words,
            hint,
        )
    };
    let effect = (page.survey.round.ask_effect).then(|| {
        let (words, hint) = (texts.survey_effect_question(), texts.survey_effect_hint());
        rating(
            texts,
            page,
            asked,
            &Scale::of_effect(),
            Part::Effect,
            words,
            hint.to_owned(),
        )
    });
    view! {
        <section class="card asked" id=id aria-labelledby=heading.clone()>
            <div>
                <h2 id=heading.clone()>{asked.name.clone()}</h2>
                <p class="formulation">{asked.formulation.clone()}</p>
            </div>
            {description}
            {own_meanings(texts, asked, place)}
            {question(Part::Current, texts.survey_current_question(), texts.survey_current_hint(&for_whom))}
            {question(Part::Target, texts.survey_target_question(), texts.survey_target_hint(year, &for_whom))}
            {effect}
            {more(texts, page, asked)}
            {differ}
        </section>
    }
    .into_any()
}

fn field(asked: &Asked, scope: Scope, part: Part) -> String {
    let field = Field {
        capability: asked.id,
        scope,
        part,
    };
    field.to_string()
}

/// What the steps of a question are called and mean.
struct Scale {
    /// Before the number in the id of the text that says what a step means.
    described: Option<String>,
    name: fn(Texts, Level) -> &'static str,
    meaning: fn(Texts, &Asked, Level) -> String,
}

impl Scale {
    /// The five levels of a capability at its place on the page.
    fn of_levels(asked: &Asked, place: usize) -> Self {
        let described = if asked.anchors.is_empty() {
            "n".to_owned()
        } else {
            format!("f{place}-n")
        };
        Self {
            described: Some(described),
            name: level_name,
            meaning: |texts, asked, level| asked.meaning(texts, level),
        }
    }

    /// How much the goals would gain.
    fn of_effect() -> Self {
        Self {
            described: None,
            name: effect_name,
            meaning: |texts, _, effect| {
                format!("{}.", capitalised(effects::meaning(texts, effect)))
            },
        }
    }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// What the levels mean for a capability with words of its own, for those who hear it read with every radio.
fn own_meanings(texts: Texts, asked: &Asked, place: usize) -> Option<AnyView> {
    if asked.anchors.is_empty() {
        return None;
    }
    let meanings: Vec<_> = Level::ALL
        .into_iter()
        .map(|level| {
            let id = format!("f{place}-n{}", level.get());
            view! { <p id=id>{asked.meaning(texts, level)}</p> }
        })
        .collect();
    Some(view! { <div hidden>{meanings}</div> }.into_any())
}

/// One question: five levels with what the chosen one means, and the answers outside the scale.
fn rating(
    texts: Texts,
    page: &Page,
    asked: &Asked,
    scale: &Scale,
    part: Part,
    words: &'static str,
    hint: String,
) -> AnyView {
    let name = field(asked, Scope::All, part);
    let chosen = page.value(&name);
    let error = (page.errors.of(&name))
        .map(|error| view! { <p class="field-error" id=format!("{name}-fel")>{error}</p> });
    let radio = |answer: Answer, described: Option<String>| {
        let value = answer.field();
        // The first has the group's own name, so that the error summary finds it.
        let id = match value {
            "1" => name.clone(),
            value => format!("{name}-{value}"),
        };
        let label = match answer {
            Answer::Level(level) => view! {
                <span class="number">{level.get()}</span>
                " "
                <span class="word">{(scale.name)(texts, level)}</span>
            }
            .into_any(),
            other => answer_text(texts, other).into_any(),
        };
        let checked = chosen == value;
        view! {
            <input type="radio" id=id.clone() name=name.clone() value=value checked=checked aria-describedby=described />
            <label for=id>{label}</label>
        }
    };
    let levels: Vec<_> = Level::ALL
        .into_iter()
        .map(|level| {
            let described = (scale.described.as_ref()).map(|id| format!("{id}{}", level.get()));
            view! { <div class="level">{radio(Answer::Level(level), described)}</div> }
        })
        .collect();
    let texts_of_levels: Vec<_> = Level::ALL
        .into_iter()
        .map(|level| {
            let number = level.get();
            let heading = format!("{number} {}.", (scale.name)(texts, level));
            let meaning = (scale.meaning)(texts, asked, level);
            view! { <p class="level-text" data-level=number><strong>{heading}</strong>" "{meaning}</p> }
        })
        .collect();
    let outside: Vec<_> = OUTSIDE
        .into_iter()
        .map(|answer| view! { <div>{radio(answer, None)}</div> })
        .collect();
    let clear = format!("{name}-");
    let hint_id = format!("{name}-om");
    let described = match error {
        Some(_) => format!("{hint_id} {name}-fel"),
        None => hint_id.clone(),
    };
    view! {
        <fieldset class="rating" aria-describedby=described>
            <legend><span class="visually-hidden">{asked.name.clone()}": "</span>{words}</legend>
            <p class="hint" id=hint_id>{hint}</p>
            {error}
            <div class="levels">{levels}</div>
            <div class="level-texts">
                {texts_of_levels}
                <p class="level-text" data-level="none" aria-hidden="true">{texts.survey_choose_level()}</p>
                <p class="level-text" data-level="outside">{texts.survey_outside_scale()}</p>
            </div>
            <div class="outside">
                {outside}
                <div class="clear">
                    <input type="radio" id=clear.clone() name=name.clone() value="" />
                    <label for=clear>{texts.survey_clear()}</label>
                </div>
            </div>
        </fieldset>
    }
    .into_any()
}

/// Comment and weakness, folded until there is something in them.
fn more(texts: Texts, page: &Page, asked: &Asked) -> AnyView {
    let open = [Part::Comment, Part::Weakness].into_iter().any(|part| {
        let name = field(asked, Scope::All, part);
        !page.value(&name).is_empty() || page.errors.of(&name).is_some()
    });
    view! {
        <details class="more" open=open>
            <summary>{texts.survey_more()}<span class="visually-hidden">": "{asked.name.clone()}</span></summary>
            {words(texts, page, asked, Scope::All)}
        </details>
    }
    .into_any()
}

/// Comment and weakness; how to write them is said once a capability.
fn words(texts: Texts, page: &Page, asked: &Asked, scope: Scope) -> AnyView {
    let comment = field(asked, scope, Part::Comment);
    let weakness = field(asked, scope, Part::Weakness);
    let (comment_typed, weakness_typed) = (page.value(&comment), page.value(&weakness));
    let (comment_error, weakness_error) = (page.errors.of(&comment), page.errors.of(&weakness));
    if scope == Scope::All {
        view! {
            <TextArea name=comment label=texts.survey_comment() value=comment_typed error=comment_error hint=texts.survey_comment_hint() max=Comment::MAX rows=3 />
            <TextField name=weakness label=texts.survey_weakness() value=weakness_typed error=weakness_error hint=texts.survey_weakness_hint() max=WeaknessName::MAX />
        }
        .into_any()
    } else {
        view! {
            <TextArea name=comment label=texts.survey_comment() value=comment_typed error=comment_error max=Comment::MAX rows=2 />
            <TextField name=weakness label=texts.survey_weakness() value=weakness_typed error=weakness_error max=WeaknessName::MAX />
        }
        .into_any()
    }
}

/// The same in small for each municipality that is not like the others.
fn differ(texts: Texts, page: &Page, asked: &Asked, all: &[Municipality]) -> AnyView {
    let scopes = scopes(all).into_iter().skip(1);
    let open = scopes.clone().any(|scope| {
        (Part::ALL.iter()).any(|part| {
            let name = field(asked, scope, *part);
            !page.value(&name).is_empty() || page.errors.of(&name).is_some()
        })
    });
    let groups: Vec<_> = all
        .iter()
        .map(|municipality| one(texts, page, asked, *municipality))
        .collect();
    view! {
        <details class="differ" open=open>
            <summary>{texts.survey_differ()}<span class="visually-hidden">": "{asked.name.clone()}</span></summary>
            <p class="hint">{texts.survey_differ_hint()}</p>
            {groups}
        </details>
    }
    .into_any()
}

fn one(texts: Texts, page: &Page, asked: &Asked, municipality: Municipality) -> AnyView {
    let scope = Scope::Only(municipality);
    let select = |part: Part, label: &'static str| {
        let name = field(asked, scope, part);
        let mut choices: Vec<Choice> = vec![(String::new(), texts.survey_same().to_owned())];
        let in_words = match part {
            Part::Effect => effect_text,
            _ => answer_text,
        };
        choices.extend(
            (Answer::ALL.into_iter())
                .map(|answer| (answer.field().to_owned(), in_words(texts, answer))),
        );
        let (selected, error) = (page.value(&name).to_owned(), page.errors.of(&name));
        view! { <Select name label choices selected error /> }
    };
    view! {
        <fieldset class="differ-one">
            <legend><span class="visually-hidden">{asked.name.clone()}": "</span>{municipality.name()}</legend>
            <div class="pair">
                {select(Part::Current, texts.terms_current())}
                {select(Part::Target, texts.terms_target())}
                {page.survey.round.ask_effect.then(|| select(Part::Effect, texts.terms_effect()))}
            </div>
            {words(texts, page, asked, scope)}
        </fieldset>
    }
    .into_any()
}
