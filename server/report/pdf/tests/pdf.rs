//! The report as PDF, read by others: Poppler and pikepdf.

use charts::{Cell, DecimalMark, Row, Table};
use pdf::pdf;
use report::{Block, Fault, Flow, Language, Report, Section, unwatched};

mod reader;
mod sample;

use reader::File;

fn set(report: &Report) -> File {
    File::new(&pdf(report, &mut unwatched).expect("every report can be set"))
}

/// A report with nothing in it.
fn empty() -> Report {
    Report {
        title: String::new(),
        subtitle: String::new(),
        day: String::new(),
        language: Language::English,
        example: None,
        conditions_heading: String::new(),
        conditions: Vec::new(),
        summary: Vec::new(),
        appendix_heading: String::new(),
        appendix: Vec::new(),
        slides: Vec::new(),
    }
}

fn section(heading: &str, blocks: Vec<Block>) -> Section {
    Section {
        heading: heading.to_owned(),
        blocks,
    }
}

/// A table of one row, with these columns after the first.
fn table(columns: &[String], cell: &Cell) -> Table {
    Table {
        caption: "Prov".to_owned(),
        columns: std::iter::once("Förmåga".to_owned())
            .chain(columns.iter().cloned())
            .collect(),
        rows: vec![Row {
            header: "Kontinuitet".to_owned(),
            cells: vec![cell.clone(); columns.len()],
        }],
        conditions: Vec::new(),
        mark: DecimalMark::Comma,
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The blocks of a report, in order.
fn blocks(report: &Report) -> impl Iterator<Item = &Block> {
    (report.summary.iter().chain(&report.appendix)).flat_map(|section| &section.blocks)
}

/// The tables that a report shows as tables.
fn tables(report: &Report) -> Vec<&Table> {
    blocks(report)
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Figure(figure) if figure.with_table => Some(&figure.chart.table),
            _ => None,
        })
        .collect()
}

#[test]
fn a_report_says_what_it_is_and_its_summary_is_two_pages() {
    let report = sample::report(14, 32);
    let file = set(&report);
    assert_eq!(file.info("Title"), report.title);
    assert_eq!(file.info("Subject"), report.subtitle);
    assert_eq!(file.info("Tagged"), "yes");
    assert_eq!(file.info("JavaScript"), "no");
    assert!(
        file.info("CreationDate").contains("Nov 22"),
        "the report's own day"
    );
    assert_eq!(file.size(1), (595.276, 841.89));
    let pages = file.pages();
    let first = file.text(1..=1, false);
    for condition in &report.conditions {
        let said = words(&first).join(" ");
        assert!(said.contains(condition.as_str()), "{condition} on page one");
    }
    assert!(file.text(3..=3, false).contains(&report.appendix_heading));
    let summary = file.text(1..=2, false);
    for section in &report.summary {
        assert!(summary.contains(&section.heading), "{}", section.heading);
    }
    for page in 1..=pages {
        let text = file.text(page..=page, false);
        assert!(
            text.contains("Exempel"),
            "page {page} is marked as an example"
        );
        assert!(
            text.contains(&format!("{page} ({pages})")),
            "page {page} says so"
        );
    }
}

#[test]
fn every_number_of_every_table_stands_in_its_row() {
    let report = sample::report(14, 32);
    let file = set(&report);
    let text = file.text(1..=file.pages(), true);
    let lines: Vec<Vec<&str>> = text.lines().map(words).collect();
    for table in tables(&report) {
        for row in &table.rows {
            let numbers: Vec<String> = (row.cells.iter())
                .take_while(|cell| !matches!(cell, Cell::Text(_)))
                .map(|cell| cell.text(table.mark))
                .collect();
            let begins = words(&row.header)[0];
            let found = lines.iter().any(|line| {
                line.first() == Some(&begins)
                    && line
                        .windows(numbers.len().max(1))
                        .any(|part| part == numbers)
            });
            assert!(
                numbers.is_empty() || found,
                "{}, {}: {numbers:?}",
                table.caption,
                row.header
            );
        }
    }
}

#[test]
fn what_is_said_first_is_read_first() {
    let report = sample::report(14, 32);
    let file = set(&report);
    let text = words(&file.text(1..=file.pages(), false)).join(" ");
    let mut at = 0;
    let headings = std::iter::once(&report.conditions_heading)
        .chain(report.summary.iter().map(|section| &section.heading))
        .chain([&report.appendix_heading]);
    for heading in headings {
        let found = text[at..].find(heading.as_str());
        at += found.unwrap_or_else(|| panic!("{heading} comes after the one before it"));
    }
}

#[test]
fn whoever_does_not_see_it_is_told_everything() {
    let report = sample::report(14, 32);
    let Some(said) = set(&report).structure() else {
        return;
    };
    assert_eq!(said["faults"], serde_json::json!([]));
    assert_eq!(
        (&said["part"], &said["language"]),
        (&"1".into(), &"sv".into())
    );
    assert_eq!(said["title"], report.title.as_str());
    let elements: Vec<&str> = (said["elements"].as_array().expect("a list").iter())
        .filter_map(|element| element.as_str())
        .collect();
    let count = |kind: &str| elements.iter().filter(|element| **element == kind).count();
    assert_eq!(
        count("H1"),
        report.summary.len() + 2,
        "with the conditions and the appendix"
    );
    assert_eq!(count("H2"), report.appendix.len());
    assert_eq!(count("L"), 1);
    let described: Vec<&str> = blocks(&report)
        .filter_map(|block| match block {
            Block::Figure(figure) => Some(figure.chart.description.as_str()),
            _ => None,
        })
        .collect();
    let figures = said["figures"].as_array().expect("a list");
    assert_eq!(figures.len(), described.len());
    for (figure, described) in figures.iter().zip(described) {
        let alt = figure.as_str().expect("words");
        assert!(alt.ends_with(described), "{alt}");
    }
    let shown = tables(&report);
    let told = said["tables"].as_array().expect("a list");
    assert_eq!(told.len(), shown.len());
    for (told, shown) in told.iter().zip(shown) {
        assert_eq!(
            told["rows"],
            shown.rows.len() + 1,
            "a repeated header is said once"
        );
        assert_eq!(told["Column"], shown.columns.len(), "{}", shown.caption);
        assert_eq!(told["Row"], shown.rows.len(), "{}", shown.caption);
        assert_eq!(told["cells"], shown.rows.len() * (shown.columns.len() - 1));
    }
    let bookmarks = said["bookmarks"].as_array().expect("a list");
    let chapters = bookmarks.last().expect("the appendix")[1]
        .as_array()
        .expect("a list");
    let chapters: Vec<&str> = chapters
        .iter()
        .filter_map(|chapter| chapter.as_str())
        .collect();
    assert!(
        chapters
            .iter()
            .eq(report.appendix.iter().map(|section| &section.heading))
    );
}

#[test]
fn what_people_have_written_is_never_markup_and_never_stops_a_report() {
    let hostile = r#"#panic("x") $x$ *b* _i_ [c] \ // /* "q" <l> @r = - `r` ~ ${} &amp; {"#;
    let mut report = sample::report(3, 2);
    report.title = hostile.to_owned();
    report.subtitle = format!("{hostile} 漢字 😀 \u{202e}\u{0}\u{e000}");
    report.conditions = vec![hostile.to_owned()];
    report.conditions_heading = hostile.to_owned();
    report.example = Some(hostile.to_owned());
    report.day = hostile.to_owned();
    let mut mean = table(&[hostile.to_owned()], &Cell::Text(hostile.to_owned()));
    mean.rows[0].header = "x".repeat(300);
    mean.caption = hostile.to_owned();
    mean.conditions = vec![format!("{hostile} {hostile}")];
    report.summary[0].heading = hostile.to_owned();
    report.summary[0].blocks = vec![
        Block::Text(hostile.to_owned()),
        Block::List(vec![hostile.to_owned(), String::new()]),
        Block::Table(mean),
    ];
    let file = set(&report);
    assert_eq!(file.info("Title"), hostile);
    let text = words(&file.text(1..=file.pages(), false)).join(" ");
    assert!(text.matches(hostile).count() >= 6, "{text}");
    assert!(text.contains("□□ □ □"), "what no font has is a box: {text}");
    if let Some(said) = file.structure() {
        assert_eq!(said["faults"], serde_json::json!([]));
    }
}

#[test]
fn the_letters_of_swedens_other_languages_are_written() {
    let mut report = empty();
    let names = "Árjepluovve Giehtjávri Čohkkiras Ŋ ŧ đ ž Övertorneå Łódź ≥ → ½";
    report.summary = vec![section("Namn", vec![Block::Text(names.to_owned())])];
    assert!(set(&report).text(1..=1, false).contains(names));
}

#[test]
fn a_report_of_nothing_is_a_report() {
    let mut report = empty();
    report.summary = vec![section("", Vec::new())];
    let nothing = Table {
        rows: Vec::new(),
        ..table(&[], &Cell::Symbol("-"))
    };
    report.appendix = vec![section(
        "",
        vec![Block::Table(nothing), Block::List(Vec::new())],
    )];
    report.title = "Only a title".to_owned();
    let file = set(&report);
    assert!(file.text(1..=1, false).contains("Only a title"));
    assert!(file.text(1..=1, false).contains("1 / 2"));
    assert_eq!(set(&empty()).pages(), 1);
}

#[test]
fn a_table_of_all_of_sweden_is_split_and_no_municipality_is_lost() {
    let names: Vec<String> = (1..=290).map(|number| format!("Kommun{number}")).collect();
    let mut report = empty();
    let all = table(&names, &Cell::number_or(Some(1.5), 1, "-"));
    report.appendix = vec![section("Alla", vec![Block::Table(all)])];
    let file = set(&report);
    let text = file.text(1..=file.pages(), false);
    let said = words(&text);
    for name in &names {
        assert!(said.contains(&name.as_str()), "{name}");
    }
    assert_eq!(said.iter().filter(|word| **word == "1,5").count(), 290);
    let (width, height) = file.size(file.pages());
    assert!(width > height, "on its side");
    if let Some(structure) = file.structure() {
        assert_eq!(structure["faults"], serde_json::json!([]));
        assert!(structure["tables"].as_array().expect("a list").len() > 5);
    }
}

#[test]
fn the_same_report_is_the_same_file() {
    let report = sample::report(4, 3);
    let file = || pdf(&report, &mut unwatched).expect("it can be set");
    assert!(file() == file());
}

#[test]
fn whoever_waits_is_told_of_three_parts_and_can_stop_after_each() {
    let report = sample::report(3, 2);
    for last in 1..=3 {
        let mut said = Vec::new();
        let stopped = pdf(&report, &mut |progress| {
            said.push((progress.done, progress.of));
            [Flow::Continue, Flow::Cancel][usize::from(progress.done == last)]
        });
        assert_eq!(stopped, Err(Fault::Cancelled));
        assert_eq!(said, (1..=last).map(|done| (done, 3)).collect::<Vec<_>>());
    }
}
