//! One area of the survey: every capability with its two questions.

use std::collections::BTreeMap;

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

use super::{Area, Asked, Survey, answer_text, level_meaning, level_name, names};
use crate::{
    components::{Choice, ErrorSummary, Errors, Select, TextArea, TextField},
    texts::Texts,
};

/// The answers outside the scale.
const OUTSIDE: [Answer; 3] = [Answer::DontKnow, Answer::NotApplicable, Answer::Declined];

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The whole survey.
    pub survey: Survey,
    /// Which area, from 0.
    pub area: usize,
    /// Tells what is stored of the page from what was or will be.
    pub version: String,
    /// What stands in the fields, by their names.
    pub typed: BTreeMap<String, String>,
    /// What is wrong with it.
    pub errors: Errors,
}

impl Page {
    fn value(&self, field: &str) -> &str {
        self.typed.get(field).map_or("", String::as_str)
    }
}

/// The page.
pub fn view(texts: Texts, page: &Page) -> AnyView {
    let survey = &page.survey;
    let Some(area) = survey.areas.get(page.area) else {
        return ().into_any();
    };
    let (number, count) = (page.area + 1, survey.areas.len());
    let (answered, all) = (survey.answered(), survey.count());
    let before = match page.area {
        0 => "start".to_owned(),
        number => number.to_string(),
    };
    let (after, forward) = if number < count {
        ((number + 1).to_string(), texts.survey_next())
    } else {
        ("granska".to_owned(), texts.survey_to_review())
    };
    let capabilities: Vec<_> = (area.capabilities.iter().zip(1..))
        .map(|(asked, place)| capability(texts, page, asked, place))
        .collect();
    view! {
        <div class="survey-head">
            <p>{texts.survey_area_of(number, count)}</p>
            <p id="framsteg">{texts.survey_answered_of(answered, all)}</p>
            <progress max=all value=answered aria-labelledby="framsteg"></progress>
        </div>
        <h1>{area.name.clone()}</h1>
        <ErrorSummary texts errors=page.errors.clone() />
        <div role="status">
            <div class="unsaved" id="framtag" hidden>
                <p>{texts.survey_set_aside()}</p>
                <button class="button" type="button">{texts.survey_bring_back()}</button>
            </div>
        </div>
        <form
            id="svar"
            class="survey-form"
            method="post"
            action=survey.address(format_args!("/{number}"))
            data-version=page.version.clone()
            data-unsaved=(!page.errors.is_empty()).then_some("")
            novalidate
        >
            // What Enter in a text field does.
            <button class="visually-hidden" type="submit" name="till" value=after.clone() tabindex="-1" aria-hidden="true"></button>
            {areas(texts, survey, page.area)}
            {meanings(texts)}
            {capabilities}
            <div class="survey-actions">
                <p
                    class="saving"
                    role="status"
                    data-saved=texts.survey_saved()
                    data-retry=texts.survey_retry()
                    data-offline=texts.survey_offline()
                    data-wrong=texts.survey_wrong()
                >
                    {texts.survey_saves()}
                </p>
                <button class="button" type="submit" name="till" value=before>{texts.survey_back()}</button>
                <button class="button primary" type="submit" name="till" value=after>{forward}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The way to every other area; going there saves this one.
fn areas(texts: Texts, survey: &Survey, current: usize) -> AnyView {
    let pill = |(index, area): (usize, &Area)| {
        let (answered, count) = (survey.answered_in(area), area.capabilities.len());
        let words = texts.survey_done_area(&area.name, answered, count);
        let here = (index == current).then_some("page");
        view! {
            <li>
                <button type="submit" name="till" value=index + 1 aria-current=here>
                    <span aria-hidden="true">{area.name.clone()}" "<span class="number">{answered}"/"{count}</span></span>
                    <span class="visually-hidden">{words}</span>
                </button>
            </li>
        }
    };
    let pills: Vec<_> = survey.areas.iter().enumerate().map(pill).collect();
    view! {
        <details class="choose-area">
            <summary>{texts.survey_choose_area()}</summary>
            <nav class="pills" aria-label=texts.survey_areas_label()><ul>{pills}</ul></nav>
        </details>
    }
    .into_any()
}

/// What the levels mean, once a page, for those who hear it read with every radio.
fn meanings(texts: Texts) -> AnyView {
    let meanings: Vec<_> = Level::ALL
        .into_iter()
        .map(|level| view! { <p id=format!("n{}", level.get())>{level_meaning(texts, level)}</p> })
        .collect();
    view! { <div hidden>{meanings}</div> }.into_any()
}

fn capability(texts: Texts, page: &Page, asked: &Asked, place: usize) -> AnyView {
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
    let question = |part, words, hint| rating(texts, page, asked, part, words, hint);
    view! {
        <section class="card asked" id=id aria-labelledby=heading.clone()>
            <div>
                <h2 id=heading.clone()>{asked.name.clone()}</h2>
                <p class="formulation">{asked.formulation.clone()}</p>
            </div>
            {description}
            {question(Part::Current, texts.survey_current_question(), texts.survey_current_hint(&for_whom))}
            {question(Part::Target, texts.survey_target_question(), texts.survey_target_hint(year, &for_whom))}
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

/// One question: five levels with what the chosen one means, and the answers outside the scale.
fn rating(
    texts: Texts,
    page: &Page,
    asked: &Asked,
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
                <span class="word">{level_name(texts, level)}</span>
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
            let described = Some(format!("n{}", level.get()));
            view! { <div class="level">{radio(Answer::Level(level), described)}</div> }
        })
        .collect();
    let texts_of_levels: Vec<_> = Level::ALL
        .into_iter()
        .map(|level| {
            let number = level.get();
            let heading = format!("{number} {}.", level_name(texts, level));
            view! { <p class="level-text" data-level=number><strong>{heading}</strong>" "{level_meaning(texts, level)}</p> }
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
        choices.extend(
            (Answer::ALL.into_iter())
                .map(|answer| (answer.field().to_owned(), answer_text(texts, answer))),
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
            </div>
            {words(texts, page, asked, scope)}
        </fieldset>
    }
    .into_any()
}
