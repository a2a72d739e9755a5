//! The survey on paper: what to print, entering what comes back, and noting who has handed in.

pub mod entry;
pub mod print;

use domain::{
    ids::ParticipantId,
    municipality::Municipality,
    survey::{Round, RoundStatus, SurveyMode},
};
use leptos::prelude::*;

use super::{
    participants::{names, round_address},
    survey::Area,
};
use crate::{
    components::{ErrorSummary, Errors, Select},
    texts::Texts,
};

/// Someone who has not submitted.
#[derive(Clone, Debug)]
pub struct Remaining {
    /// Who.
    pub id: ParticipantId,
    /// Name.
    pub name: String,
    /// For whom they answer.
    pub municipalities: Vec<Municipality>,
}

impl Remaining {
    /// As a choice in a form: the name, and for whom.
    fn choice(&self) -> (String, String) {
        let words = format!("{} ({})", self.name, names(&self.municipalities));
        (self.id.to_string(), words)
    }
}

/// A round on paper.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The round.
    pub round: Round,
    /// The mapping's name.
    pub mapping: String,
    /// What is asked about.
    pub areas: Vec<Area>,
    /// The mapping's municipalities.
    pub members: Vec<Municipality>,
    /// Those who have not submitted, by name.
    pub remaining: Vec<Remaining>,
    /// What is wrong with the form where it is noted who has handed in.
    pub errors: Errors,
}

impl Paper {
    fn address(&self, path: &str) -> String {
        format!(
            "{}/papper{path}",
            round_address(self.round.mapping, &self.round)
        )
    }

    /// Choices of someone who has not submitted, with the words for nobody yet first.
    fn choices(&self, none: &str) -> Vec<(String, String)> {
        std::iter::once((String::new(), none.to_owned()))
            .chain(self.remaining.iter().map(Remaining::choice))
            .collect()
    }
}

/// The way in: print, enter, and in a confidential round note who has handed in.
pub fn hub(texts: Texts, data: &Paper) -> AnyView {
    let base = round_address(data.round.mapping, &data.round);
    let open = data.round.status == RoundStatus::Open;
    let confidential = data.round.mode == SurveyMode::Confidential;
    let enter = if open {
        view! { <div class="actions"><a class="button" href=data.address("/skriv-in")>{texts.paper_enter()}</a></div> }.into_any()
    } else {
        view! { <p class="hint">{texts.paper_closed()}</p> }.into_any()
    };
    let enter_text = if confidential {
        texts.paper_enter_confidential()
    } else {
        texts.paper_enter_named()
    };
    view! {
        <div class="page-head">
            <p class="eyebrow"><a href=base>{data.round.name.to_string()}</a></p>
            <h1>{texts.paper_title()}</h1>
            <p class="lead">{texts.paper_lead()}</p>
        </div>
        <ErrorSummary texts errors=data.errors.clone() />
        <section class="card" aria-labelledby="skriv-ut">
            <h2 id="skriv-ut">{texts.paper_print()}</h2>
            <p>{texts.paper_print_text()}</p>
            <div class="actions"><a class="button primary" href=data.address("/blankett")>{texts.paper_print_go()}</a></div>
        </section>
        <section class="card" aria-labelledby="skriv-in">
            <h2 id="skriv-in">{texts.paper_enter()}</h2>
            <p>{enter_text}</p>
            {enter}
        </section>
        {(confidential && open).then(|| tick(texts, data))}
    }
    .into_any()
}

/// Who has handed in a sheet: apart from what stands on it.
fn tick(texts: Texts, data: &Paper) -> AnyView {
    let content = if data.remaining.is_empty() {
        view! { <p class="hint">{texts.paper_tick_nobody()}</p> }.into_any()
    } else {
        let choices = data.choices(texts.paper_choose());
        let error = data.errors.of("deltagare");
        view! {
            <form method="post" action=data.address("/inlamnat") novalidate>
                <Select name="deltagare" label=texts.paper_tick_who() choices error />
                <div class="actions"><button class="button" type="submit">{texts.paper_tick_do()}</button></div>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="inlamnat">
            <h2 id="inlamnat">{texts.paper_tick()}</h2>
            <p>{texts.paper_tick_text()}</p>
            {content}
        </section>
    }
    .into_any()
}
