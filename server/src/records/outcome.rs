//! What came of a mapping, for the archive's readable page: levels round by round as the results show them, how the
//! municipalities take part in each step, enquiries, and what the workshops decided.

use std::collections::BTreeMap;

use app::{
    components::date,
    pages::participation::{
        enquiry::tally_text,
        words::{short_text, step_text},
    },
    texts::Texts,
};
use domain::{
    map::MapState,
    mapping::Mapping,
    participation::{Enquiry, Entry, Step, Tally},
    results::{Basis, CellValue, RegionResult, RoundData},
    survey::{Round, SubmittedAnswer},
    workshop::record::{Progress, Record, record},
};
use store::{Store, StoreError};

use super::readable::{END, columns, escaped, head, line};

/// A closed round with what its results are made from.
struct Measured {
    round: Round,
    turnout: (usize, usize),
    answers: Vec<SubmittedAnswer>,
    repeated: u32,
}

/// What came of a mapping.
pub(super) struct Outcome {
    measured: Vec<Measured>,
    participation: Vec<Entry>,
    enquiries: Vec<(Enquiry, Tally)>,
    /// By day.
    workshops: Vec<Record>,
}

impl Outcome {
    /// Reads it. `rounds` are the mapping's, with how many were asked and how many have submitted.
    pub(super) async fn read(
        store: &Store,
        mapping: &Mapping,
        state: &MapState,
        rounds: &[(Round, (usize, usize))],
    ) -> Result<Self, StoreError> {
        let mut measured = Vec::new();
        for (round, turnout) in rounds {
            if round.closed_at.is_some() {
                measured.push(Measured {
                    answers: store.submitted_answers(round.id).await?,
                    repeated: store.repeated_responses(round.id).await?,
                    round: round.clone(),
                    turnout: *turnout,
                });
            }
        }
        let mut enquiries = Vec::new();
        for enquiry in store.enquiries(mapping.id).await? {
            let contacts = store.contacts(enquiry.id).await?;
            let tally = Tally::count(&contacts, mapping.members.len());
            enquiries.push((enquiry, tally));
        }
        let mut workshops = Vec::new();
        for id in state.work.workshops.keys() {
            let people = store.attendees(*id).await?;
            workshops.extend(record(state, *id, &people, &mapping.members));
        }
        workshops.sort_by_key(|workshop| (workshop.date, workshop.starts, workshop.workshop));
        Ok(Self {
            measured,
            participation: store.participation(mapping.id).await?,
            enquiries,
            workshops,
        })
    }

    /// The levels of each closed round, under the heading of the rounds: never more than the results' page shows.
    pub(super) fn levels(
        &self,
        texts: Texts,
        mapping: &Mapping,
        state: &MapState,
        page: &mut String,
    ) {
        for measured in &self.measured {
            let Some(version) = state.version(measured.round.version) else {
                continue;
            };
            let (invited, submitted) = measured.turnout;
            let result = RegionResult::aggregate(&RoundData {
                round: measured.round.id,
                version,
                members: &mapping.members,
                n_min: measured.round.n_min,
                answers: &measured.answers,
                invited,
                submitted,
                repeated: measured.repeated,
                // The page says nothing of who has answered.
                people: &[],
                agreed: &state.agreed,
                effects: &state.effects,
            });
            round_levels(texts, &measured.round, &result, page);
        }
    }

    /// How the municipalities take part, step by step.
    pub(super) fn participation(&self, texts: Texts, mapping: &Mapping, page: &mut String) {
        let grades: BTreeMap<_, _> = (self.participation.iter())
            .map(|entry| ((entry.municipality, entry.step), entry.grade))
            .collect();
        let mut names = vec![texts.mapping_municipality()];
        names.extend(Step::ALL.iter().map(|step| step_text(texts, Some(*step))));
        head(page, texts.record_page_steps(), &names);
        for member in &mapping.members {
            let name = escaped(member.municipality.name());
            line(page, format_args!("<tr><th scope=\"row\">{name}</th>"));
            for step in Step::ALL {
                let grade = grades.get(&(member.municipality, Some(*step)));
                let words = grade.map_or("–", |grade| short_text(texts, *grade));
                line(page, format_args!("<td>{}</td>", escaped(words)));
            }
            page.push_str("</tr>\n");
        }
        page.push_str(END);
    }

    /// Enquiries with how many answered what.
    pub(super) fn enquiries(&self, texts: Texts, mapping: &Mapping, page: &mut String) {
        if self.enquiries.is_empty() {
            return;
        }
        head(
            page,
            texts.record_page_enquiries(),
            &[
                texts.record_page_question(),
                texts.record_page_deadline(),
                texts.record_page_closed(),
                texts.record_page_answered(),
            ],
        );
        for (enquiry, tally) in &self.enquiries {
            line(
                page,
                format_args!(
                    "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                    escaped(&enquiry.question),
                    enquiry.deadline,
                    enquiry.closed_at.map(date).unwrap_or_default(),
                    escaped(&tally_text(texts, *tally, mapping.members.len())),
                ),
            );
        }
        page.push_str(END);
    }

    /// Workshops by day, with what each decided.
    pub(super) fn workshops(&self, texts: Texts, page: &mut String) {
        if self.workshops.is_empty() {
            return;
        }
        let title = escaped(texts.record_page_workshops());
        line(page, format_args!("<h2>{title}</h2>\n"));
        for workshop in &self.workshops {
            let title = texts.record_page_workshop(&workshop.title, workshop.date);
            line(page, format_args!("<h3>{}</h3>\n", escaped(&title)));
            if workshop.progress == Progress::Planned {
                let planned = escaped(texts.record_page_planned());
                line(page, format_args!("<p>{planned}</p>\n"));
                continue;
            }
            let coverage = &workshop.coverage;
            let present = texts.record_page_present(coverage.present.len(), coverage.all());
            line(page, format_args!("<p>{}</p>\n", escaped(&present)));
            let mut decisions = workshop.decisions().peekable();
            if decisions.peek().is_none() {
                let none = escaped(texts.record_page_undecided());
                line(page, format_args!("<p>{none}</p>\n"));
                continue;
            }
            let decided = escaped(texts.record_page_decided());
            line(page, format_args!("<p>{decided}</p>\n<ul>\n"));
            for decision in decisions {
                line(page, format_args!("<li>{}</li>\n", escaped(decision)));
            }
            page.push_str("</ul>\n");
        }
    }
}

fn round_levels(texts: Texts, round: &Round, result: &RegionResult, page: &mut String) {
    let title = escaped(&texts.record_page_levels(&round.name));
    let note = escaped(texts.record_page_levels_note());
    line(page, format_args!("<h3>{title}</h3>\n<p>{note}</p>\n"));
    let mut names = vec![texts.result_capability()];
    names.extend(result.municipalities.iter().map(|m| m.name()));
    columns(page, &title, &names);
    for capability in &result.capabilities {
        let name = escaped(&capability.name);
        line(page, format_args!("<tr><th scope=\"row\">{name}</th>"));
        for cell in &capability.cells {
            match cell.value {
                CellValue::Levels {
                    current,
                    target,
                    basis,
                } => {
                    let (current, target) = (current.get(), target.get());
                    line(page, format_args!("<td>{current} → {target}"));
                    if basis == Basis::Answers {
                        let mark = escaped(texts.result_unconfirmed_mark());
                        line(page, format_args!("<br>{mark}"));
                    }
                    page.push_str("</td>");
                }
                other => line(page, format_args!("<td>{}</td>", other.symbol())),
            }
        }
        page.push_str("</tr>\n");
    }
    page.push_str(END);
}
