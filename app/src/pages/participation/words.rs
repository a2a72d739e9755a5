//! Grades, steps and facts in words and marks: the same wherever participation is shown.

use domain::{
    mapping::Participation,
    municipality::Municipality,
    participation::{Fact, Step, Summary},
};
use leptos::prelude::*;

use crate::texts::Texts;

/// A step's name; the series as a whole without one.
pub fn step_text(texts: Texts, step: Option<Step>) -> &'static str {
    match step {
        None => texts.participation_whole(),
        Some(Step::Preparation) => texts.participation_step_preparation(),
        Some(Step::Survey) => texts.participation_step_survey(),
        Some(Step::Ws1) => "WS1",
        Some(Step::Ws2) => "WS2",
        Some(Step::Ws3) => "WS3",
        Some(Step::Ws4) => "WS4",
        Some(Step::Ws5) => "WS5",
    }
}

/// A step as it stands in addresses.
pub const fn step_path(step: Option<Step>) -> &'static str {
    match step {
        None => "serien",
        Some(Step::Preparation) => "forberedelse",
        Some(Step::Ws1) => "ws1",
        Some(Step::Ws2) => "ws2",
        Some(Step::Ws3) => "ws3",
        Some(Step::Survey) => "enkat",
        Some(Step::Ws4) => "ws4",
        Some(Step::Ws5) => "ws5",
    }
}

/// The series as a whole and then its steps in order: the columns of the matrix.
pub fn columns() -> impl Iterator<Item = Option<Step>> {
    std::iter::once(None).chain(Step::ALL.iter().copied().map(Some))
}

/// A grade in a word or two, for cells.
pub fn short_text(texts: Texts, grade: Participation) -> &'static str {
    match grade {
        Participation::Full => texts.participation_full(),
        Participation::Partly => texts.participation_partly(),
        Participation::Otherwise => texts.participation_otherwise(),
        Participation::Invited => texts.participation_invited(),
        Participation::Interested => texts.participation_interested(),
        Participation::Considering => texts.participation_considering(),
        Participation::Declined => texts.participation_declined(),
        Participation::Silent => texts.participation_silent(),
    }
}

/// The class of what has a grade: its tone, which never stands alone.
pub const fn tone(grade: Participation) -> &'static str {
    match grade {
        Participation::Full => "full",
        Participation::Partly => "partly",
        Participation::Otherwise => "otherwise",
        Participation::Declined => "declined",
        Participation::Invited
        | Participation::Interested
        | Participation::Considering
        | Participation::Silent => "undecided",
    }
}

/// A grade's mark: each has a shape of its own, so that it is told without colour too.
pub fn mark(grade: Participation) -> AnyView {
    let path = match grade {
        // A disc, and one whose right half is empty.
        Participation::Full => "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z",
        Participation::Partly => {
            "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm0 1.75v9.5a4.75 4.75 0 0 0 0-9.5z"
        }
        // A diamond.
        Participation::Otherwise => "M8 .75 15.25 8 8 15.25.75 8z",
        // A ring.
        Participation::Invited => {
            "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm0 1.75a4.75 4.75 0 1 0 0 9.5 4.75 4.75 0 0 0 0-9.5z"
        }
        // A triangle that points up.
        Participation::Interested => "M8 2 15 14H1z",
        // An hourglass.
        Participation::Considering => "M2.5 1.5h11L8.9 8l4.6 6.5h-11L7.1 8z",
        // A cross, and a dash.
        Participation::Declined => {
            "M3.4 1.9 8 6.5l4.6-4.6 1.5 1.5L9.5 8l4.6 4.6-1.5 1.5L8 9.5l-4.6 4.6-1.5-1.5L6.5 8 1.9 3.4z"
        }
        Participation::Silent => "M1.75 6.75h12.5v2.5H1.75z",
    };
    view! {
        <svg class="mark" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d=path fill="currentColor" fill-rule="evenodd" />
        </svg>
    }
    .into_any()
}

/// What the tool knows, in a few words.
pub fn fact_text(texts: Texts, fact: &Fact) -> String {
    match fact {
        Fact::Came(names) if names.is_empty() => texts.participation_fact_nobody_came().to_owned(),
        Fact::Came(names) => texts.participation_fact_came(names.len()),
        Fact::Answered { submitted, asked } => {
            texts.participation_fact_answered(*submitted, *asked)
        }
        Fact::Invited(1) => texts.participation_fact_invited_one().to_owned(),
        Fact::Invited(count) => texts.participation_fact_invited(*count),
    }
}

/// Names in a sentence, in the order they have.
pub fn names(list: &[Municipality]) -> String {
    let names: Vec<_> = list
        .iter()
        .map(|municipality| municipality.name())
        .collect();
    names.join(", ")
}

/// Participation in the method's words: "11 av 14 deltar fullt eller delvis, 3 på annat sätt".
pub fn summary_text(texts: Texts, summary: &Summary) -> String {
    let (part, all) = (summary.taking_part.len(), summary.of());
    if summary.otherwise.is_empty() {
        texts.participation_summary_plain(part, all)
    } else {
        texts.participation_summary(part, all, summary.otherwise.len())
    }
}

/// Who takes part in which way; ways that nobody has are left out.
fn who(texts: Texts, summary: &Summary) -> impl Iterator<Item = (&'static str, &[Municipality])> {
    let lists = [
        (texts.participation_names_part(), &summary.taking_part),
        (texts.participation_names_otherwise(), &summary.otherwise),
        (texts.participation_names_undecided(), &summary.undecided),
        (texts.participation_names_declined(), &summary.declined),
    ];
    (lists.into_iter())
        .map(|(label, list)| (label, list.as_slice()))
        .filter(|(_, list)| !list.is_empty())
}

/// The same sentence, and then who, a sentence each: for reports.
pub fn summary_sentences(texts: Texts, summary: &Summary) -> Vec<String> {
    let mut sentences = vec![format!("{}.", summary_text(texts, summary))];
    sentences.extend(
        who(texts, summary)
            .map(|(label, list)| format!("{label} ({}): {}", list.len(), names(list))),
    );
    sentences
}

/// The same sentence, and then who: for the overview.
pub fn summary_view(texts: Texts, summary: &Summary) -> AnyView {
    let rows: Vec<_> = who(texts, summary)
        .map(|(label, list)| view! { <div><dt>{label}" ("{list.len()}")"</dt><dd>{names(list)}</dd></div> })
        .collect();
    view! {
        <p class="participation-sum">{format!("{}.", summary_text(texts, summary))}</p>
        <dl class="definition participation-names">{rows}</dl>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::{mapping::Language, participation::summary};

    use super::*;

    #[test]
    fn the_summary_stands_in_the_methods_words() {
        let all = Municipality::fyrbodal();
        let grade = |nth: usize| match nth {
            0..=10 => Participation::Partly,
            _ => Participation::Otherwise,
        };
        let found = summary((all.iter().enumerate()).map(|(nth, one)| (*one, grade(nth))));
        let texts = Texts(Language::Swedish);
        assert_eq!(
            summary_text(texts, &found),
            "11 av 14 deltar fullt eller delvis, 3 på annat sätt"
        );
        let plain = summary(all.iter().map(|one| (*one, Participation::Full)));
        assert_eq!(
            summary_text(texts, &plain),
            "14 av 14 deltar fullt eller delvis"
        );
    }

    #[test]
    fn every_step_has_an_address_of_its_own() {
        let mut paths: Vec<_> = columns().map(step_path).collect();
        assert!(paths.iter().all(|path| path.is_ascii()));
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), Step::ALL.len() + 1);
    }
}
