//! How far the figures carry, and what is weak in the material, each with the place to mend it.

use charts::Cell;
use domain::{
    municipality::Municipality,
    results::{Finding, FindingKind, Subject},
    rights::Action,
};
use leptos::prelude::*;

use super::{
    Material, ResultsPage,
    parts::{self, View},
    words,
};
use crate::{pages::map::goal_name, texts::Texts};

/// How many rows of a kind are in sight before the rest is folded away.
const FIRST: usize = 5;

/// The page. `may` says what the reader may do, for a municipality where it is about one, so that links lead to where
/// things are mended.
pub fn page(
    texts: Texts,
    data: &ResultsPage,
    may: impl Fn(Action, Option<Municipality>) -> bool,
) -> AnyView {
    let material = &data.material;
    let findings = &material.findings;
    let groups: Vec<_> = (findings.chunk_by(|a, b| a.id.kind == b.id.kind))
        .map(|group| kind_card(texts, data, group, &may))
        .collect();
    let none = findings
        .is_empty()
        .then(|| view! { <p class="empty">{texts.quality_none()}</p> });
    view! {
        <div class="wide">
            <div class="page-head">
                <p class="eyebrow">{texts.result_eyebrow(material.version.number, &material.round.name)}</p>
                <h1>{texts.quality_title()}</h1>
                <p class="lead">{texts.quality_lead()}</p>
            </div>
            {parts::condition_box(texts, data)}
            {parts::views(texts, data, View::Quality)}
            {parts::figure_card(texts, data, super::Figure::Coverage, None)}
            {super::answered::card(texts, data)}
            <h2>{texts.quality_findings()}</h2>
            {none}
            {groups}
        </div>
    }
    .into_any()
}

fn kind_card(
    texts: Texts,
    data: &ResultsPage,
    group: &[Finding],
    may: &impl Fn(Action, Option<Municipality>) -> bool,
) -> Option<AnyView> {
    let kind = group.first()?.id.kind;
    let (heading, why) = kind_text(texts, kind);
    let rows = |findings: &[Finding]| -> Vec<_> {
        (findings.iter())
            .map(|finding| {
                let measure = measure_text(texts, finding).map(|words| format!(" · {words}"));
                let (words, link) = mend(texts, data, finding, may);
                let about = subject_text(texts, &data.material, finding);
                view! {
                    <li id=finding.id.to_string()>
                        <span>{about.clone()}{measure}</span>
                        " "
                        {link.map(|link| view! { <a href=link>{words}<span class="visually-hidden">": "{about}</span></a> })}
                    </li>
                }
            })
            .collect()
    };
    let (first, rest) = group.split_at(group.len().min(FIRST));
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>
                    {texts.result_show_all(rest.len())}
                    <span class="visually-hidden">": "{heading}</span>
                </summary>
                <ul class="findings">{rows(rest)}</ul>
            </details>
        }
    });
    let count = match group.len() {
        1 => texts.quality_count_one().to_owned(),
        rows => texts.quality_count(rows),
    };
    Some(
        view! {
            <section class="card" aria-labelledby=kind.code()>
                <h3 id=kind.code()>{heading}" "<span class="muted">"("{count}")"</span></h3>
                <p class="figure-note">{why}</p>
                <ul class="findings">{rows(first)}</ul>
                {rest}
            </section>
        }
        .into_any(),
    )
}

/// What sort of finding it is, and why it matters.
pub const fn kind_text(texts: Texts, kind: FindingKind) -> (&'static str, &'static str) {
    use FindingKind as K;
    match kind {
        K::MissingMunicipality => (
            texts.quality_kind_missing_municipality(),
            texts.quality_why_missing_municipality(),
        ),
        K::NoOwner => (texts.quality_kind_no_owner(), texts.quality_why_no_owner()),
        K::TargetBelow => (
            texts.quality_kind_target_below(),
            texts.quality_why_target_below(),
        ),
        K::LowN => (texts.quality_kind_low_n(), texts.quality_why_low_n()),
        K::HighSpread => (
            texts.quality_kind_high_spread(),
            texts.quality_why_high_spread(),
        ),
        K::MuchDontKnow => (
            texts.quality_kind_much_dont_know(),
            texts.quality_why_much_dont_know(),
        ),
        K::Unconfirmed => (
            texts.quality_kind_unconfirmed(),
            texts.quality_why_unconfirmed(),
        ),
        K::NoEffect => (
            texts.quality_kind_no_effect(),
            texts.quality_why_no_effect(),
        ),
        K::NoInitiative => (
            texts.quality_kind_no_initiative(),
            texts.quality_why_no_initiative(),
        ),
        K::NoGoal => (texts.quality_kind_no_goal(), texts.quality_why_no_goal()),
        K::GoalWithoutCapability => (
            texts.quality_kind_goal_without_capability(),
            texts.quality_why_goal_without_capability(),
        ),
        K::GoalWithoutParent => (
            texts.quality_kind_goal_without_parent(),
            texts.quality_why_goal_without_parent(),
        ),
    }
}

/// What a finding is about, by name.
pub fn subject_text(texts: Texts, material: &Material, finding: &Finding) -> String {
    let capability = |id| {
        let known = (material.contents.capabilities.get(&id))
            .or_else(|| material.version.contents.capabilities.get(&id));
        known.map_or_else(String::new, |known| known.draft.name.to_string())
    };
    match finding.id.subject {
        Subject::Capability(id) => capability(id),
        Subject::Goal(id) => (material.contents.goals.get(&id))
            .map_or_else(|| texts.map_goals().to_owned(), goal_name),
        Subject::Municipality(municipality) => municipality.name().to_owned(),
        Subject::Level(municipality, id) => {
            format!("{}: {}", municipality.name(), capability(id))
        }
    }
}

/// How much, in words; none where there is nothing to measure.
pub fn measure_text(texts: Texts, finding: &Finding) -> Option<String> {
    use FindingKind as K;
    let mark = words::mark(texts);
    let number = |decimals| Cell::number_or(finding.measure, decimals, "-").text(mark);
    finding.measure?;
    match finding.id.kind {
        K::Unconfirmed if finding.measure == Some(1.0) => {
            Some(texts.quality_measure_levels_one().to_owned())
        }
        K::Unconfirmed => Some(texts.quality_measure_levels(number(0))),
        K::MuchDontKnow => Some(texts.quality_measure_share(number(0))),
        K::HighSpread => Some(texts.quality_measure_agreement(number(2))),
        K::TargetBelow => Some(texts.quality_measure_gap(number(0))),
        K::NoInitiative => Some(texts.quality_measure_gap(number(1))),
        K::MissingMunicipality
        | K::NoOwner
        | K::LowN
        | K::NoEffect
        | K::NoGoal
        | K::GoalWithoutCapability
        | K::GoalWithoutParent => None,
    }
}

/// Where it can be mended by this reader, else where there is more to read about it.
fn mend(
    texts: Texts,
    data: &ResultsPage,
    finding: &Finding,
    may: &impl Fn(Action, Option<Municipality>) -> bool,
) -> (&'static str, Option<String>) {
    use FindingKind as K;
    let mapping = data.base.strip_suffix("/resultat").unwrap_or(&data.base);
    let round = data.material.round.id;
    let (action, place) = match (finding.id.kind, finding.id.subject) {
        (K::NoOwner | K::NoGoal | K::MuchDontKnow, Subject::Capability(id)) => {
            (Action::EditMap, format!("/formagor/{id}"))
        }
        (K::NoEffect, _) => (Action::SetEffects, format!("/omgangar/{round}/effekt")),
        (K::HighSpread, _) => (Action::AgreeLevels, format!("/omgangar/{round}/bedomning")),
        (_, Subject::Level(municipality, _))
        | (K::Unconfirmed, Subject::Municipality(municipality)) => (
            Action::AgreeLevels,
            format!("/omgangar/{round}/bedomning/{municipality}"),
        ),
        (_, Subject::Municipality(municipality)) => (
            Action::ManageParticipation,
            format!("/deltagande/{municipality}"),
        ),
        (K::NoInitiative, _) => (Action::LeadWorkshop, "/workshopar".to_owned()),
        (_, Subject::Goal(id)) => (Action::EditMap, format!("/mal/{id}")),
        (_, Subject::Capability(_)) => (Action::ManageRounds, format!("/omgangar/{round}")),
    };
    if may(action, finding.municipality()) {
        return (texts.quality_mend(), Some(format!("{mapping}{place}")));
    }
    let query = data.round_query();
    let read = match finding.id.subject {
        Subject::Capability(id) => Some(format!("{}/formaga/{id}{query}", data.base)),
        Subject::Municipality(municipality) | Subject::Level(municipality, _) => {
            (data.municipalities.contains(&municipality))
                .then(|| format!("{}/kommun/{municipality}{query}", data.base))
        }
        Subject::Goal(_) => Some(format!("{mapping}/karta")),
    };
    (texts.quality_look(), read)
}
