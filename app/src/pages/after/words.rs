//! What came of a workshop in words: the same for the page, for print and for Markdown.

use domain::workshop::{
    CardKind, Pdca,
    record::{Block, Dots, Fact, ImprovementRow, Point, Present, Record, Remark},
};

use super::names;
use crate::{pages::workshops::clock, texts::Texts};

/// A piece of a text, in an order that can be read aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A paragraph; its lines stay lines.
    Paragraph(String),
    /// A paragraph that begins with a word in bold: "Beslut:".
    Marked(String, String),
    /// A small heading.
    Heading(String),
    /// A smaller one.
    Subheading(String),
    /// A list.
    List(Vec<String>),
    /// A table with a row of headings; the first column names the row.
    Table {
        /// What it is about.
        caption: String,
        /// The headings.
        head: Vec<String>,
        /// The cells.
        rows: Vec<Vec<String>>,
    },
}

/// Minutes in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The whole title.
    pub title: String,
    /// Datum, Tid, Plats.
    pub facts: Vec<(String, String)>,
    /// Everything else: a heading and what stands under it.
    pub sections: Vec<(String, Vec<Piece>)>,
    /// Antecknat av, Justerat av.
    pub closing: Vec<(String, String)>,
}

/// The minutes as the documents have them (METHOD §2).
pub fn written(texts: Texts, record: &Record) -> Written {
    let minutes = &record.minutes;
    let or = |text: &str, otherwise: &str| {
        let text = if text.is_empty() { otherwise } else { text };
        vec![Piece::Paragraph(text.to_owned())]
    };
    let mut sections = vec![
        (texts.minutes_present().to_owned(), present(texts, record)),
        (
            texts.minutes_absent().to_owned(),
            match lines(&minutes.absent).as_slice() {
                [] => or("", texts.minutes_absent_none()),
                people => vec![Piece::List(people.to_vec())],
            },
        ),
    ];
    for (number, point) in (1_usize..).zip(&record.points) {
        let title = texts.minutes_point(number, &point.title);
        sections.push((title, point_pieces(texts, point)));
    }
    let approved = match minutes.approved_on {
        Some(date) if !minutes.approved_by.is_empty() => {
            texts.minutes_approved_on(&minutes.approved_by, date)
        }
        _ => minutes.approved_by.to_string(),
    };
    sections.push((
        texts.minutes_other().to_owned(),
        or(&minutes.other, texts.minutes_other_none()),
    ));
    sections.push((
        texts.minutes_attachments().to_owned(),
        match lines(&minutes.attachments).as_slice() {
            [] => or("", texts.minutes_attachments_none()),
            all => vec![Piece::List(all.to_vec())],
        },
    ));
    let or_not_yet = |text: &str| {
        if text.is_empty() {
            texts.minutes_not_yet().to_owned()
        } else {
            text.to_owned()
        }
    };
    let closing = vec![
        (
            texts.minutes_written_by().to_owned(),
            or_not_yet(&minutes.written_by),
        ),
        (
            texts.minutes_approved_by().to_owned(),
            or_not_yet(&approved),
        ),
    ];
    let mut facts = vec![
        (texts.minutes_date().to_owned(), record.date.to_string()),
        (
            texts.minutes_time().to_owned(),
            texts.series_span(clock(u32::from(record.starts)), clock(record.ends)),
        ),
    ];
    if !record.place.is_empty() {
        facts.push((texts.minutes_place().to_owned(), record.place.to_string()));
    }
    Written {
        title: texts.minutes_of(&record.title),
        facts,
        sections,
        closing,
    }
}

/// Lines with something in them.
fn lines(text: &str) -> Vec<String> {
    (text.lines().map(str::trim))
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Somebody who was there: "Namn, Kommun".
fn person(person: &Present) -> String {
    if person.municipalities.is_empty() {
        return person.name.to_string();
    }
    format!("{}, {}", person.name, names(&person.municipalities))
}

/// Those who were there as the log says, one a line.
pub fn present_lines(record: &Record) -> String {
    let people: Vec<_> = record.present.iter().map(person).collect();
    people.join("\n")
}

fn present(texts: Texts, record: &Record) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let coverage = &record.coverage;
    let people = match &record.minutes.present {
        Some(corrected) => lines(corrected),
        None => record.present.iter().map(person).collect(),
    };
    if people.is_empty() {
        pieces.push(Piece::Paragraph(texts.minutes_present_none().to_owned()));
    } else {
        pieces.push(Piece::List(people));
    }
    if !record.present.is_empty() {
        let (present, all) = (coverage.present.len(), coverage.all());
        let mut said = texts.minutes_present_count(record.present.len(), present, all);
        if !coverage.missing.is_empty() {
            said.push(' ');
            said.push_str(&texts.minutes_missing(names(&coverage.missing)));
        }
        pieces.push(Piece::Paragraph(said));
    }
    pieces
}

fn point_pieces(texts: Texts, point: &Point) -> Vec<Piece> {
    let mut pieces: Vec<_> = paragraphs(point.text()).collect();
    for fact in &point.facts {
        pieces.extend(fact_pieces(texts, fact));
    }
    let marked = |mark: &str, text: &str| Piece::Marked(mark.to_owned(), text.to_owned());
    for decision in &point.decisions {
        pieces.push(marked(texts.minutes_decision(), decision));
    }
    for proposal in &point.proposals {
        pieces.push(marked(texts.minutes_proposal(), proposal));
    }
    if pieces.is_empty() {
        pieces.push(Piece::Paragraph(texts.minutes_nothing().to_owned()));
    }
    pieces
}

/// A text's paragraphs: an empty line stands between them.
fn paragraphs(text: &str) -> impl Iterator<Item = Piece> {
    (text.split("\n\n").map(str::trim))
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| Piece::Paragraph(paragraph.to_owned()))
}

/// Something that came of a point, in words.
pub fn fact_pieces(texts: Texts, fact: &Fact) -> Vec<Piece> {
    let paragraph = |text: String| vec![Piece::Paragraph(text)];
    match fact {
        Fact::NotTaken => paragraph(texts.minutes_not_taken().to_owned()),
        Fact::Written {
            capabilities,
            weaknesses,
        } => paragraph(match (capabilities, weaknesses) {
            (count, 0) => texts.minutes_written_capabilities(count),
            (0, count) => texts.minutes_written_weaknesses(count),
            (capabilities, weaknesses) => texts.minutes_written(capabilities, weaknesses),
        }),
        Fact::Remarks(kind, remarks) => vec![
            Piece::Heading(remarks_heading(texts, *kind).to_owned()),
            remark_list(texts, remarks),
        ],
        Fact::MunicipalRound(blocks) => {
            (blocks.iter().flat_map(|block| block_pieces(texts, block))).collect()
        }
        Fact::Grouped {
            areas,
            capabilities,
            ungrouped,
            merged,
            struck,
        } => {
            let mut said = texts.minutes_grouped(areas, capabilities);
            let more = [
                (*ungrouped, texts.minutes_ungrouped(ungrouped)),
                (*merged, texts.minutes_merged(merged)),
                (*struck, texts.minutes_struck(struck)),
            ];
            for (_, words) in more.into_iter().filter(|(count, _)| *count > 0) {
                said.push(' ');
                said.push_str(&words);
            }
            paragraph(said)
        }
        Fact::Reviewed { approved, all } => paragraph(texts.minutes_reviewed(approved, all)),
        Fact::Ratified {
            number,
            date,
            decided_by,
        } => vec![Piece::Marked(
            texts.minutes_decision().to_owned(),
            texts.minutes_ratified(number, date, decided_by),
        )],
        Fact::Agreed(counts) => vec![table(
            texts.minutes_agreed(),
            &[texts.minutes_municipality(), texts.minutes_agreed_count()],
            (counts.iter())
                .map(|(municipality, count)| {
                    vec![municipality.name().to_owned(), count.to_string()]
                })
                .collect(),
        )],
        Fact::Effects {
            attempt,
            voters,
            rows,
        } => {
            let said = if *attempt > 1 {
                texts.minutes_effects_again(voters)
            } else {
                texts.minutes_effects_voters(voters)
            };
            let rows: Vec<_> = (rows.iter())
                .map(|row| {
                    vec![
                        row.name.clone(),
                        row.median.get().to_string(),
                        row.votes.to_string(),
                    ]
                })
                .collect();
            let head = [
                texts.minutes_capability(),
                texts.minutes_effect(),
                texts.minutes_votes(),
            ];
            vote(texts, texts.minutes_effects(), said, &head, rows)
        }
        Fact::Improvements(rows) => vec![improvements(texts, rows)],
        Fact::Dots(Dots { voters, rows }) => {
            let rows = (rows.iter())
                .map(|(name, dots)| vec![name.clone(), dots.to_string()])
                .collect();
            let head = [texts.minutes_improvement(), texts.minutes_dots()];
            let said = texts.minutes_dots_voters(voters);
            vote(texts, texts.minutes_dots_title(), said, &head, rows)
        }
    }
}

/// The heading over what was said.
pub fn remarks_heading(texts: Texts, kind: CardKind) -> &'static str {
    match kind {
        CardKind::Goal => texts.minutes_goals(),
        CardKind::Question => texts.minutes_questions(),
        _ => texts.minutes_comments(),
    }
}

/// What was said, each with what it is about.
pub fn remark_list(texts: Texts, remarks: &[Remark]) -> Piece {
    let said = |remark: &Remark| match &remark.about {
        Some(about) => texts.minutes_about(about, &remark.text),
        None => remark.text.clone(),
    };
    Piece::List(remarks.iter().map(said).collect())
}

fn block_pieces(texts: Texts, block: &Block) -> Vec<Piece> {
    let name = (block.municipality).map_or(texts.minutes_no_municipality(), |m| m.name());
    let mut pieces = vec![Piece::Heading(name.to_owned())];
    for (heading, said) in [
        (texts.minutes_challenges(), &block.challenges),
        (texts.minutes_opportunities(), &block.opportunities),
        (texts.minutes_help(), &block.help),
    ] {
        if !said.is_empty() {
            pieces.push(Piece::Subheading(heading.to_owned()));
            pieces.push(Piece::List(said.clone()));
        }
    }
    pieces
}

fn table(caption: &str, head: &[&str], rows: Vec<Vec<String>>) -> Piece {
    Piece::Table {
        caption: caption.to_owned(),
        head: head.iter().map(|&words| words.to_owned()).collect(),
        rows,
    }
}

/// A vote's table, or that too few voted.
fn vote(
    texts: Texts,
    title: &str,
    said: String,
    head: &[&str],
    rows: Vec<Vec<String>>,
) -> Vec<Piece> {
    if rows.is_empty() {
        return vec![
            Piece::Heading(title.to_owned()),
            Piece::Paragraph(texts.minutes_few().to_owned()),
        ];
    }
    vec![table(title, head, rows), Piece::Paragraph(said)]
}

fn improvements(texts: Texts, rows: &[ImprovementRow]) -> Piece {
    let dotted = rows.iter().any(|row| row.dots.is_some());
    let mut head = vec![
        texts.minutes_improvement(),
        texts.minutes_closes(),
        texts.minutes_owner(),
        texts.minutes_first_step(),
        texts.minutes_stage(),
    ];
    if dotted {
        head.push(texts.minutes_dots());
    }
    let or_none = |text: &str| {
        if text.is_empty() {
            texts.minutes_none_yet().to_owned()
        } else {
            text.to_owned()
        }
    };
    let rows = (rows.iter())
        .map(|row| {
            let mut cells = vec![
                row.name.clone(),
                or_none(&row.capabilities.join(", ")),
                or_none(&row.owner),
                or_none(&row.first_step),
                pdca_text(texts, row.stage).to_owned(),
            ];
            if dotted {
                cells.push(row.dots.unwrap_or(0).to_string());
            }
            cells
        })
        .collect();
    table(texts.minutes_improvements(), &head, rows)
}

/// The words for where an improvement area is in the wheel.
pub fn pdca_text(texts: Texts, stage: Pdca) -> &'static str {
    match stage {
        Pdca::Plan => texts.minutes_pdca_plan(),
        Pdca::Do => texts.minutes_pdca_do(),
        Pdca::Check => texts.minutes_pdca_check(),
        Pdca::Act => texts.minutes_pdca_act(),
    }
}
