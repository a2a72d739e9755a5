//! What was decided, voted and said in a workshop.

use domain::{
    text::fold,
    workshop::{
        CardKind,
        record::{Fact, Record, Remark},
    },
};
use leptos::prelude::*;

use super::growth::is_open;
use crate::{
    pages::after::{
        sections,
        words::{Piece, fact_pieces, remark_list},
    },
    texts::Texts,
};

/// Decisions, then what has only been proposed.
pub(super) fn decisions(texts: Texts, record: &Record) -> AnyView {
    let mut decided: Vec<String> = record.decisions().map(ToString::to_string).collect();
    decided.extend(record.facts().filter_map(|fact| match fact {
        Fact::Ratified {
            number,
            date,
            decided_by,
        } => Some(texts.minutes_ratified(number, date, decided_by)),
        _ => None,
    }));
    let decided = if decided.is_empty() {
        view! { <p class="muted">{texts.compiled_decisions_none()}</p> }.into_any()
    } else {
        let rows: Vec<_> = (decided.into_iter())
            .map(|words| view! { <li class="decision">{words}</li> })
            .collect();
        view! { <ul class="decisions" role="list">{rows}</ul> }.into_any()
    };
    let proposed: Vec<_> = (record.points.iter().flat_map(|point| &point.proposals))
        .map(|words| view! { <li>{words.to_string()}</li> })
        .collect();
    let proposed = (!proposed.is_empty())
        .then(|| view! { <h3>{texts.compiled_proposals()}</h3><ul>{proposed}</ul> });
    view! {
        <section class="card" aria-labelledby="beslut">
            <h2 id="beslut">{texts.compiled_decisions()}</h2>
            {decided}
            {proposed}
        </section>
    }
    .into_any()
}

/// Votes, agreed levels and improvement areas.
pub(super) fn results(texts: Texts, record: &Record) -> AnyView {
    let pieces: Vec<Piece> = (record.facts())
        .filter(|fact| {
            matches!(
                fact,
                Fact::Improvements(_)
                    | Fact::Dots(_)
                    | Fact::Effects { .. }
                    | Fact::Agreed(_)
                    | Fact::Reviewed { .. }
            )
        })
        .flat_map(|fact| fact_pieces(texts, fact))
        .collect();
    if pieces.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card" aria-labelledby="resultat">
            <h2 id="resultat">{texts.compiled_results()}</h2>
            {sections::pieces(&pieces)}
        </section>
    }
    .into_any()
}

/// Kommunrunda.
pub(super) fn municipal_round(texts: Texts, record: &Record) -> AnyView {
    let pieces: Vec<Piece> = (record.facts())
        .filter(|fact| matches!(fact, Fact::MunicipalRound(_)))
        .flat_map(|fact| fact_pieces(texts, fact))
        .collect();
    if pieces.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card" aria-labelledby="kommunrunda">
            <h2 id="kommunrunda">{texts.compiled_round()}</h2>
            {sections::pieces(&pieces)}
        </section>
    }
    .into_any()
}

/// What was said of one kind. A proposed goal that has become one stands among the goals.
pub(super) fn remarks(
    texts: Texts,
    record: &Record,
    kind: CardKind,
    heading: &'static str,
    id: &'static str,
) -> AnyView {
    let said: Vec<Remark> = (record.facts())
        .filter_map(|fact| match fact {
            Fact::Remarks(of, remarks) if *of == kind => Some(remarks.clone()),
            _ => None,
        })
        .flatten()
        .filter(|remark| kind != CardKind::Goal || !is_goal(record, &remark.text))
        .collect();
    if said.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            {sections::pieces(&[remark_list(texts, &said)])}
        </section>
    }
    .into_any()
}

fn is_goal(record: &Record, words: &str) -> bool {
    (record.map.contents.goals.values()).any(|goal| fold(&goal.title) == fold(words))
}

/// How many words there are to read.
pub(super) fn words_in(record: &Record) -> usize {
    let count = |text: &str| text.split_whitespace().count();
    let contents = &record.map.contents;
    let map: usize = (contents.active_in_order().into_iter())
        .filter(|_| is_open(record))
        .map(|(_, c)| count(&c.draft.name) + count(&c.draft.formulation))
        .sum();
    let names: usize = (contents.goals.values().map(|goal| count(&goal.title)))
        .chain(contents.weaknesses.values().map(|one| count(&one.name)))
        .chain(record.decisions().map(|text| count(text)))
        .sum();
    let said: usize = (record.facts())
        .map(|fact| match fact {
            Fact::Remarks(_, remarks) => remarks.iter().map(|one| count(&one.text)).sum(),
            Fact::MunicipalRound(blocks) => (blocks.iter())
                .flat_map(|b| [&b.challenges, &b.opportunities, &b.help])
                .flatten()
                .map(|text| count(text))
                .sum(),
            Fact::Improvements(rows) => (rows.iter())
                .map(|row| count(&row.name) + count(&row.first_step))
                .sum(),
            _ => 0,
        })
        .sum();
    map + names + said
}
