//! The survey as a participant sees it: welcome, one page an area, review, confirmation.

pub mod area;
pub mod before;
pub mod code;
pub mod done;
mod question;
pub mod review;
pub mod welcome;
pub mod whole;

use domain::{
    ids::CapabilityId,
    level::{Answer, Level},
    map::{Anchors, Contents},
    municipality::Municipality,
    participation::Readiness,
    survey::{Participant, Progress, Rating, Round, Scope, Sheet, form},
};
use leptos::prelude::*;

use crate::{
    components::{Hidden, readiness_line},
    texts::Texts,
};

/// A capability as the survey asks about it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which.
    pub id: CapabilityId,
    /// Its name in the round's version.
    pub name: String,
    /// "Förmåga att …".
    pub formulation: String,
    /// More about it; may be empty.
    pub description: String,
    /// Its own words for the levels.
    pub anchors: Anchors,
}

impl Asked {
    /// What a level means for this capability: its own words where it has any, else the scale's.
    pub fn meaning(&self, texts: Texts, level: Level) -> String {
        match self.anchors.get(level) {
            Some(words) => words.to_string(),
            None => level_meaning(texts, level).to_owned(),
        }
    }
}

/// An area: one page of the survey.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// Its capabilities in their order; never empty.
    pub capabilities: Vec<Asked>,
}

impl Area {
    /// The capabilities' ids in their order.
    pub fn ids(&self) -> Vec<CapabilityId> {
        self.capabilities.iter().map(|asked| asked.id).collect()
    }
}

/// The pages of the survey of a version of the map: areas in their order, those without capabilities left out.
pub fn areas(texts: Texts, contents: &Contents) -> Vec<Area> {
    let mut areas: Vec<_> = (contents.areas_in_order().into_iter())
        .map(|(id, area)| (area.name.to_string(), Some(id)))
        .collect();
    areas.push((texts.survey_ungrouped().to_owned(), None));
    areas
        .into_iter()
        .map(|(name, id)| Area {
            name,
            capabilities: (contents.capabilities_in(id).into_iter())
                .map(|(id, capability)| Asked {
                    id,
                    name: capability.draft.name.to_string(),
                    formulation: capability.draft.formulation.to_string(),
                    description: capability.draft.description.to_string(),
                    anchors: capability.draft.anchors.clone(),
                })
                .collect(),
        })
        .filter(|area| !area.capabilities.is_empty())
        .collect()
}

/// Everything about one person's survey.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The secret of the personal link.
    pub token: String,
    /// The mapping's name.
    pub mapping: String,
    /// Its period.
    pub period: String,
    /// The round.
    pub round: Round,
    /// The person.
    pub participant: Participant,
    /// The pages.
    pub areas: Vec<Area>,
    /// What has been answered.
    pub sheet: Sheet,
    /// How far they have come.
    pub progress: Progress,
    /// Whether a workshop of the mapping is under way, which the link opens too.
    pub workshop: bool,
    /// The code that the sheet is sealed with, as it is shown to the person; none in a named round, and none before
    /// there is anything to seal.
    pub code: Option<String>,
    /// Whether the person has saved something that this browser has no code for. In a confidential round only.
    pub elsewhere: bool,
    /// What the person's municipalities have done before.
    pub readiness: Vec<Readiness>,
}

impl Survey {
    /// Whether the person has submitted.
    pub fn is_submitted(&self) -> bool {
        matches!(self.progress, Progress::Submitted { .. })
    }

    /// Whether what was submitted cannot be opened without the code.
    pub fn is_locked(&self) -> bool {
        self.is_submitted() && self.elsewhere
    }

    /// An address in the survey: `path` begins with a slash or is empty.
    pub fn address(&self, path: impl std::fmt::Display) -> String {
        format!("/e/{}{path}", self.token)
    }

    /// The address of a capability's place on its page, both counted from 0.
    pub fn address_of(&self, area: usize, place: usize) -> String {
        self.address(format_args!("/{}#f{}", area + 1, place + 1))
    }

    /// How many capabilities there are.
    pub fn count(&self) -> usize {
        self.areas.iter().map(|area| area.capabilities.len()).sum()
    }

    /// How many of an area's capabilities have both answers.
    pub fn answered_in(&self, area: &Area) -> usize {
        (self.sheet).completed(&area.ids(), &self.participant.municipalities)
    }

    /// How many capabilities have both answers.
    pub fn answered(&self) -> usize {
        self.areas.iter().map(|area| self.answered_in(area)).sum()
    }

    /// The first area that has something left to answer, from 0.
    pub fn first_unfinished(&self) -> Option<usize> {
        (self.areas.iter()).position(|area| self.answered_in(area) < area.capabilities.len())
    }

    /// The ratings of a capability that say something, with those they hold for.
    fn ratings(&self, capability: CapabilityId) -> Vec<(Scope, &Rating)> {
        (form::scopes(&self.participant.municipalities).into_iter())
            .filter_map(|scope| {
                let rating = self.sheet.ratings.get(&(capability, scope))?;
                (!rating.is_empty()).then_some((scope, rating))
            })
            .collect()
    }
}

/// "Lysekil, Munkedal och Sotenäs".
pub fn names(texts: Texts, municipalities: &[Municipality]) -> String {
    match municipalities {
        [] => String::new(),
        [one] => one.name().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first
                .iter()
                .map(|municipality| municipality.name())
                .collect();
            format!(
                "{} {} {}",
                first.join(", "),
                texts.survey_and(),
                last.name()
            )
        }
    }
}

/// A level's name.
pub(super) fn level_name(texts: Texts, level: Level) -> &'static str {
    match level.get() {
        1 => texts.terms_level_1(),
        2 => texts.terms_level_2(),
        3 => texts.terms_level_3(),
        4 => texts.terms_level_4(),
        _ => texts.terms_level_5(),
    }
}

/// What a level means.
pub(super) fn level_meaning(texts: Texts, level: Level) -> &'static str {
    match level.get() {
        1 => texts.terms_level_1_text(),
        2 => texts.terms_level_2_text(),
        3 => texts.terms_level_3_text(),
        4 => texts.terms_level_4_text(),
        _ => texts.terms_level_5_text(),
    }
}

/// A question that tells whether a level is reached.
fn level_check(texts: Texts, level: Level) -> &'static str {
    match level.get() {
        1 => texts.terms_level_1_check(),
        2 => texts.terms_level_2_check(),
        3 => texts.terms_level_3_check(),
        4 => texts.terms_level_4_check(),
        _ => texts.terms_level_5_check(),
    }
}

/// An answer in words: "2 Påbörjad", "Vet ej".
pub fn answer_text(texts: Texts, answer: Answer) -> String {
    match answer {
        Answer::Level(level) => format!("{} {}", level.get(), level_name(texts, level)),
        Answer::DontKnow => texts.terms_dont_know().to_owned(),
        Answer::NotApplicable => texts.terms_not_applicable().to_owned(),
        Answer::Declined => texts.terms_declined().to_owned(),
    }
}

/// What an effect on the goals is called.
fn effect_name(texts: Texts, effect: Level) -> &'static str {
    match effect.get() {
        1 => texts.survey_effect_1(),
        2 => texts.survey_effect_2(),
        3 => texts.survey_effect_3(),
        4 => texts.survey_effect_4(),
        _ => texts.survey_effect_5(),
    }
}

/// An answer about the effect in words: "4 Mycket", "Vet ej".
pub(super) fn effect_text(texts: Texts, answer: Answer) -> String {
    match answer {
        Answer::Level(effect) => format!("{} {}", effect.get(), effect_name(texts, effect)),
        other => answer_text(texts, other),
    }
}

/// Which pages have answers that only this browser has. The script that knows shows it.
fn unsaved(texts: Texts, survey: &Survey) -> AnyView {
    let pages: Vec<_> = (survey.areas.iter().zip(1..))
        .map(|(area, number)| {
            let address = survey.address(format_args!("/{number}"));
            view! { <li><a href=address>{area.name.clone()}</a></li> }
        })
        .collect();
    view! {
        <div role="status">
            <div class="unsaved" id="osparat" hidden>
                <p>{texts.survey_unsaved()}</p>
                <ul>{pages}</ul>
            </div>
        </div>
    }
    .into_any()
}

/// How far the person has come, as a bar with words.
fn progress(texts: Texts, survey: &Survey) -> AnyView {
    let (answered, count) = (survey.answered(), survey.count());
    let words = texts.survey_answered_of(answered, count);
    view! {
        <div class="progress">
            <p id="framsteg">{words}</p>
            <progress max=count value=answered aria-labelledby="framsteg"></progress>
        </div>
    }
    .into_any()
}

/// The way to a workshop that is under way.
fn workshop_now(texts: Texts, survey: &Survey) -> AnyView {
    (survey.workshop)
        .then(|| {
            view! {
                <div class="notice">
                    <p>{texts.survey_workshop_now()}" "<a href=survey.address("/workshop")>{texts.survey_workshop_go()}</a></p>
                </div>
            }
        })
        .into_any()
}

/// What the person's municipalities have done before, where the level is asked about.
fn readiness(texts: Texts, survey: &Survey) -> AnyView {
    let lines: Vec<_> = (survey.readiness.iter())
        .map(|one| readiness_line(texts, Some(one)))
        .collect();
    view! { {lines} }.into_any()
}

/// The person's code, folded, on pages where they answer.
fn own_code(texts: Texts, survey: &Survey) -> Option<AnyView> {
    let code = survey.code.clone()?;
    Some(
        view! {
            <details class="own-code">
                <summary>{texts.survey_code_summary()}</summary>
                <p class="recovery-code"><code>{code}</code></p>
                <p>{texts.survey_code_text()}</p>
            </details>
        }
        .into_any(),
    )
}

/// The code goes with the form, for browsers that keep no cookies.
fn code_field(survey: &Survey) -> Option<AnyView> {
    let code = survey.code.clone()?;
    Some(view! { <Hidden name="kod" value=code /> }.into_any())
}

/// Where to go on with what was saved elsewhere.
fn elsewhere(texts: Texts, survey: &Survey) -> Option<AnyView> {
    survey.elsewhere.then(|| {
        view! {
            <div class="notice">
                <p>{texts.survey_code_elsewhere()}" "<a href=survey.address("/kod")>{texts.survey_code_elsewhere_go()}</a></p>
            </div>
        }
        .into_any()
    })
}
