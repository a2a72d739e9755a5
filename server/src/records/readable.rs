//! The archive's readable page: what it holds, where it stands, the map itself and what came of it. No scripts, nothing
//! fetched, and no names of people beside what somebody has written in a text.

use std::{fmt::Write as _, sync::Arc};

use app::{
    components::{date, date_time, kind_text, participation_text},
    texts::Texts,
};
use domain::{map::MapState, mapping::Mapping, survey::Round};
use store::{Store, StoreError, records::TABLES};

use super::{manifest::Manifest, outcome::Outcome, stem};
use crate::state::now;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
color:#16262b;background:#fff}h1,h2,h3{line-height:1.2}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #d9e0df}\
td.n{text-align:right}code{overflow-wrap:anywhere}a{color:#0b5d5e}.wrap{overflow-x:auto}";

/// What the readable page is made of.
pub(crate) struct Readable {
    texts: Texts,
    mapping: Mapping,
    state: Arc<MapState>,
    rounds: Vec<(Round, (usize, usize))>,
    outcome: Outcome,
}

impl Readable {
    /// Reads it, in the mapping's own language.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mapping.
    pub(crate) async fn read(
        store: &Store,
        id: domain::ids::MappingId,
    ) -> Result<Self, StoreError> {
        let mapping = store.mapping(id).await?.ok_or(StoreError::NotFound)?;
        let mut rounds = Vec::new();
        for round in store.rounds(id).await? {
            let turnout = store.turnout(round.id).await?;
            rounds.push((round, turnout));
        }
        let state = store.map_state(id).await?;
        Ok(Self {
            texts: Texts(mapping.language),
            outcome: Outcome::read(store, &mapping, &state, &rounds).await?,
            state,
            mapping,
            rounds,
        })
    }

    /// The mapping's name.
    pub(crate) fn name(&self) -> &str {
        &self.mapping.name
    }

    /// The page.
    pub(super) fn page(&self, manifest: &Manifest) -> String {
        let (texts, name) = (self.texts, escaped(&self.mapping.name));
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{name}</h1>\n<p>{period} · {made}</p>\n\
             <p>{lead}</p>\n<p>{sum}: <code>{sha}</code></p>\n<p>{check}<br><code>LC_ALL=C sha256sum data/*.json | sha256sum</code></p>\n",
            lang = texts.lang(),
            period = escaped(&self.mapping.period),
            made = escaped(&texts.record_page_made(date_time(now()), manifest.program.as_str())),
            lead = escaped(texts.record_page_lead()),
            sum = escaped(texts.record_sum()),
            sha = manifest.sha256,
            check = escaped(texts.record_page_check()),
        );
        self.members(&mut page);
        self.goals(&mut page);
        self.map(&mut page);
        self.rounds(&mut page);
        (self.outcome).levels(texts, &self.mapping, &self.state, &mut page);
        (self.outcome).participation(texts, &self.mapping, &mut page);
        (self.outcome).enquiries(texts, &self.mapping, &mut page);
        self.outcome.workshops(texts, &mut page);
        self.files(manifest, &mut page);
        page.push_str("</main>\n</body>\n</html>\n");
        page
    }

    fn files(&self, manifest: &Manifest, page: &mut String) {
        let texts = self.texts;
        head(
            page,
            texts.record_page_files(),
            &[
                texts.record_page_file(),
                texts.record_page_rows(),
                texts.record_page_formats(),
            ],
        );
        for table in TABLES {
            let stem = stem(table);
            let rows = (manifest.files.iter())
                .find(|file| file.name.strip_suffix(".json") == Some(&stem))
                .map_or(0, |file| file.rows);
            line(
                page,
                format_args!(
                    "<tr><th scope=\"row\" id=\"{stem}\">{stem}</th><td class=\"n\">{rows}</td>\
                     <td><a href=\"{stem}.json\">JSON</a> · <a href=\"csv/{stem}.csv\">CSV</a> · \
                     <a href=\"schema/{stem}.json\">{schema}</a></td></tr>\n",
                    schema = escaped(texts.record_page_schema()),
                ),
            );
        }
        page.push_str(END);
    }

    fn members(&self, page: &mut String) {
        let texts = self.texts;
        head(
            page,
            texts.mapping_members(),
            &[texts.mapping_municipality(), texts.mapping_participation()],
        );
        for member in &self.mapping.members {
            line(
                page,
                format_args!(
                    "<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                    escaped(member.municipality.name()),
                    escaped(participation_text(texts, member.participation)),
                ),
            );
        }
        page.push_str(END);
    }

    fn goals(&self, page: &mut String) {
        let mut goals: Vec<_> = self.state.contents.goals.values().collect();
        goals.sort_by_key(|goal| goal.level);
        if goals.is_empty() {
            return;
        }
        line(
            page,
            format_args!(
                "<h2>{}</h2>\n<ul>\n",
                escaped(self.texts.record_page_goals())
            ),
        );
        for goal in goals {
            line(
                page,
                format_args!(
                    "<li>{} ({})</li>\n",
                    escaped(&goal.title),
                    goal.level.code()
                ),
            );
        }
        page.push_str("</ul>\n");
    }

    fn map(&self, page: &mut String) {
        let (texts, contents) = (self.texts, &self.state.contents);
        line(
            page,
            format_args!("<h2>{}</h2>\n", escaped(texts.record_page_map())),
        );
        for version in &self.state.versions {
            line(
                page,
                format_args!(
                    "<p>{}</p>\n",
                    escaped(&texts.mapping_version(
                        version.number,
                        version.date.to_string(),
                        version.decided_by.as_str(),
                    )),
                ),
            );
        }
        let mut areas: Vec<_> = (contents.areas_in_order().into_iter())
            .map(|(id, area)| (Some(id), area.name.to_string()))
            .collect();
        areas.push((None, texts.record_page_no_area().to_owned()));
        for (area, name) in areas {
            let capabilities = contents.capabilities_in(area);
            if capabilities.is_empty() {
                continue;
            }
            line(page, format_args!("<h3>{}</h3>\n<ul>\n", escaped(&name)));
            for (_, capability) in capabilities {
                let draft = &capability.draft;
                line(
                    page,
                    format_args!(
                        "<li><strong>{}</strong> ({}) {}</li>\n",
                        escaped(&draft.name),
                        escaped(kind_text(texts, draft.kind)),
                        escaped(&draft.formulation),
                    ),
                );
            }
            page.push_str("</ul>\n");
        }
        if !contents.weaknesses.is_empty() {
            line(
                page,
                format_args!(
                    "<h3>{}</h3>\n<ul>\n",
                    escaped(texts.record_page_weaknesses())
                ),
            );
            for weakness in contents.weaknesses.values() {
                line(page, format_args!("<li>{}</li>\n", escaped(&weakness.name)));
            }
            page.push_str("</ul>\n");
        }
    }

    fn rounds(&self, page: &mut String) {
        let texts = self.texts;
        head(
            page,
            texts.record_page_rounds(),
            &[
                texts.record_page_round(),
                texts.record_page_opened(),
                texts.record_page_closed(),
                texts.record_page_answered(),
            ],
        );
        for (round, (asked, submitted)) in &self.rounds {
            line(
                page,
                format_args!(
                    "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                    escaped(&round.name),
                    date(round.opened_at),
                    round.closed_at.map(date).unwrap_or_default(),
                    escaped(&texts.record_page_turnout(submitted, asked)),
                ),
            );
        }
        page.push_str(END);
    }
}

/// The end of a table.
pub(super) const END: &str = "</tbody></table></div>\n";

/// A heading and the head of its table.
pub(super) fn head(page: &mut String, title: &str, names: &[&str]) {
    let title = escaped(title);
    line(page, format_args!("<h2>{title}</h2>\n"));
    columns(page, &title, names);
}

/// The head of a table that may be wider than the page; `title` is what it is about, escaped.
pub(super) fn columns(page: &mut String, title: &str, names: &[&str]) {
    line(
        page,
        format_args!(
            "<div class=\"wrap\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table>\n<thead><tr>"
        ),
    );
    for column in names {
        line(
            page,
            format_args!("<th scope=\"col\">{}</th>", escaped(column)),
        );
    }
    page.push_str("</tr></thead>\n<tbody>\n");
}

/// Adds to the page; texts in it must be escaped.
pub(super) fn line(page: &mut String, line: std::fmt::Arguments<'_>) {
    page.write_fmt(line).expect("a string takes all");
}

/// Text as HTML, also between quotes.
pub(super) fn escaped(text: &str) -> String {
    (text.replace('&', "&amp;").replace('<', "&lt;"))
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
