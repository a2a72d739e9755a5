//! XLSX: read by openpyxl, and by `LibreOffice` where it is installed.

use std::collections::{BTreeMap, BTreeSet};

use report::{Fault, Flow, Language, chart_xlsx, table_xlsx, unwatched, xlsx};
use serde_json::{Value, json};

use crate::{
    reader::{converted, list, number, said, text},
    sample,
};

fn workbook(file: &[u8]) -> Option<Value> {
    said("workbook.py", "report.xlsx", file)
}

fn sheet<'s>(book: &'s Value, part: &str) -> &'s Value {
    let found = (list(&book["sheets"]).iter()).find(|sheet| text(&sheet["name"]).contains(part));
    found.expect("there is such a sheet")
}

/// The cell whose row begins with this text.
fn cell<'s>(sheet: &'s Value, header: &str, column: usize) -> &'s Value {
    let row = (list(&sheet["cells"]).iter()).find(|row| row[0]["value"] == header);
    &row.expect("there is such a row")[column]
}

#[test]
fn a_workbook_says_first_what_it_rests_on_and_then_has_a_sheet_for_each_table() {
    let report = sample::report();
    let file = xlsx(&report, &mut unwatched).expect("it can be written");
    let Some(book) = workbook(&file) else { return };
    assert_eq!(book["title"], "Förmågor i Fyrbodal");
    assert_eq!(book["language"], "sv");
    assert_eq!(book["creator"], "Förmågekartan");
    assert!(text(&book["created"]).starts_with("2026-11-22"));
    let names: Vec<&str> = (list(&book["sheets"]).iter())
        .map(|sheet| text(&sheet["name"]))
        .collect();
    assert_eq!(
        names,
        [
            "Detta bygger siffrorna på",
            "1 Prioriterat",
            "2 Från nuläge till börläge",
            "3 Skillnad per kommun och förmå",
            "4 Plats i prioriteringen",
            "5 Effekt och skillnad",
            "6 Områden",
            "7 Vår kommun nivåer och andel å",
        ]
    );
    let lines: Vec<&Value> = (list(&book["sheets"][0]["cells"]).iter())
        .filter(|row| !row[0]["value"].is_null())
        .map(|row| &row[0]["value"])
        .collect();
    assert_eq!(lines[0], "Förmågor i Fyrbodal");
    assert_eq!(lines[3], "Exempel: påhittade svar");
    assert_eq!(lines[4], "Detta bygger siffrorna på");
    assert_eq!(lines[5], report.conditions[0].as_str());
    assert_eq!(lines[7], "Det viktigaste");
    assert!(lines.contains(&&json!("Allt bakom siffrorna")));
    let listed: Vec<&str> = (list(&book["sheets"][0]["cells"]).iter())
        .filter_map(|row| row[1]["value"].as_str())
        .collect();
    assert_eq!(listed[0], names[1]);
    assert_eq!(listed.len(), 8, "the table that comes twice is named twice");
    for sheet in &list(&book["sheets"])[1..] {
        assert_eq!(
            sheet["frozen"], "B4",
            "below the header, beside the row headers"
        );
        assert_eq!(sheet["repeated"], "$3:$3");
        assert_eq!(sheet["cells"][1][0]["value"], "Exempel: påhittade svar");
        assert_eq!(sheet["mark"], "Exempel: påhittade svar");
        assert_eq!(sheet["header"], "Förmågor i Fyrbodal");
        assert_eq!(sheet["links"], 0);
        let last = list(&sheet["cells"])
            .iter()
            .filter_map(|row| row[0]["value"].as_str())
            .next_back();
        assert!(last.expect("conditions").starts_with("Saknas: Färgelanda"));
    }
}

#[test]
fn numbers_are_numbers_symbols_are_text_and_no_text_is_a_formula() {
    let file = table_xlsx(&sample::own(), Language::Swedish).expect("it can be written");
    let Some(book) = workbook(&file) else { return };
    assert_eq!(book["sheets"][0]["name"], "Underlag");
    let own = sheet(&book, "Vår kommun");
    assert_eq!(own["frozen"], "B3");
    let value = |header, column| {
        let cell = cell(own, header, column);
        (
            cell["value"].clone(),
            text(&cell["type"]).to_owned(),
            text(&cell["format"]).to_owned(),
        )
    };
    let number = |value: Value, format: &str| (value, "n".to_owned(), format.to_owned());
    assert_eq!(value("Kontinuitet", 1), number(json!(2.1), "0.0"));
    assert_eq!(value("Kontinuitet", 2), number(json!(-1.3), "0.0"));
    assert_eq!(value("Kontinuitet", 3), number(json!(57), "0"));
    assert_eq!(value("Kontinuitet", 4), number(json!(0.73), "0.00"));
    let (words, kind, _) = value("Kontinuitet", 5);
    assert_eq!(kind, "s", "never a formula");
    assert!(text(&words).starts_with("=1+1 <b>&\"' 🦊"));
    for (column, symbol) in [(1, ".."), (2, "."), (3, "-")] {
        let (value, kind, _) = value("Öppna data", column);
        assert_eq!((value, kind.as_str()), (json!(symbol), "s"));
    }
    assert_eq!(cell(own, "Förmåga", 1)["bold"], true, "the header");
}

#[test]
fn charts_are_excels_own_drawn_from_the_cells_of_their_table() {
    let file = xlsx(&sample::report(), &mut unwatched).expect("it can be written");
    let Some(book) = workbook(&file) else { return };
    let only = |part: &str| {
        let charts = list(&sheet(&book, part)["charts"]);
        assert_eq!(charts.len(), 1, "{part}");
        charts[0].clone()
    };

    let ways = only("Från nuläge");
    assert_eq!(
        (&ways["type"], &ways["bars"]),
        (&json!("BarChart"), &json!("bar"))
    );
    assert_eq!(ways["title"], "Från nuläge till börläge");
    assert_eq!(
        ways["series"],
        json!([
            {
                "name": "'2 Från nuläge till börläge'!$B$3",
                "categories": "'2 Från nuläge till börläge'!$A$4:$A$21",
                "values": "'2 Från nuläge till börläge'!$B$4:$B$21",
            },
            {
                "name": "'2 Från nuläge till börläge'!$C$3",
                "categories": "'2 Från nuläge till börläge'!$A$4:$A$21",
                "values": "'2 Från nuläge till börläge'!$C$4:$C$21",
            },
        ])
    );
    let of = sheet(&book, "Från nuläge");
    assert_eq!(of["cells"][2][1]["value"], "Nuläge");
    assert_eq!(of["cells"][2][2]["value"], "Börläge");
    assert_eq!(
        of["cells"][3][0]["value"],
        "Systemförvaltning och digitalt arv"
    );
    assert_eq!(of["cells"][20][0]["value"], "Välfärdsteknik");

    let list_of = only("1 Prioriterat");
    assert_eq!(list_of["series"][0]["values"], "'1 Prioriterat'!$C$4:$C$8");
    assert_eq!(
        sheet(&book, "1 Prioriterat")["cells"][2][2]["value"],
        "Prioritet"
    );

    let net = only("Områden");
    assert_eq!(net["type"], "RadarChart");
    assert_eq!(net["series"][1]["values"], "'6 Områden'!$C$4:$C$7");

    let chances = only("Plats i prioriteringen");
    assert_eq!(
        text(&chances["series"][0]["name"]),
        "'4 Plats i prioriteringen'!$D$3"
    );
    assert_eq!(
        sheet(&book, "Plats i")["cells"][2][3]["value"],
        "Bland de fem första, %"
    );

    let points = only("Effekt och skillnad");
    assert_eq!(points["type"], "ScatterChart");
    assert_eq!(
        points["series"][0],
        json!({
            "name": "'5 Effekt och skillnad'!$A$4",
            "categories": "'5 Effekt och skillnad'!$C$4",
            "values": "'5 Effekt och skillnad'!$D$4",
        })
    );
    let rows = list(&sheet(&book, "Effekt och")["cells"]).iter();
    let rows = rows
        .filter(|row| row[3]["type"] == "n" && !row[3]["value"].is_null())
        .count();
    assert_eq!(list(&points["series"]).len(), rows);

    assert!(list(&sheet(&book, "Skillnad per kommun")["charts"]).is_empty());
    assert!(list(&sheet(&book, "Vår kommun")["charts"]).is_empty());
    let alternatives: Vec<&str> = list(&book["alternatives"]).iter().map(text).collect();
    assert_eq!(alternatives.len(), 5);
    assert!(
        alternatives
            .iter()
            .any(|text| text.contains("18 förmågor. Störst:"))
    );
}

#[test]
fn rows_without_number_are_left_out_of_charts_that_would_draw_them_as_nothing() {
    let of = |chart: &charts::Chart| {
        let file = chart_xlsx(chart, Language::Swedish).expect("it can be written");
        let book = workbook(&file)?;
        Some(book["sheets"][1]["charts"][0].clone())
    };
    let [slope, bars, between, map] = sample::further();
    let Some(slope) = of(&slope) else { return };
    assert_eq!(slope["type"], "LineChart");
    assert_eq!(
        slope["series"],
        json!([
            {
                "name": "'1 Utveckling'!$A$3",
                "categories": "'1 Utveckling'!$B$2:$C$2",
                "values": "'1 Utveckling'!$B$3:$C$3",
            },
            {
                "name": "'1 Utveckling'!$A$5",
                "categories": "'1 Utveckling'!$B$2:$C$2",
                "values": "'1 Utveckling'!$B$5:$C$5",
            },
        ])
    );
    let Some(bars) = of(&bars) else { return };
    assert_eq!(bars["grouping"], "percentStacked");
    assert_eq!(list(&bars["series"]).len(), 5, "a series for each level");
    assert_eq!(bars["series"][4]["values"], "'1 Fördelning'!$F$3:$F$4");
    let Some(between) = of(&between) else { return };
    assert_eq!(list(&between["series"]).len(), 2, "between and within");
    let Some(map) = of(&map) else { return };
    assert_eq!(map["series"][0]["values"], "'1 Karta'!$C$3:$C$16");
}

#[test]
fn a_heat_map_is_a_table_in_its_colours() {
    let report = sample::report();
    let file = xlsx(&report, &mut unwatched).expect("it can be written");
    let Some(book) = workbook(&file) else { return };
    let map = sheet(&book, "Skillnad per kommun");
    let colours: BTreeMap<i64, (&str, &str)> = (list(&map["cells"]).iter())
        .flat_map(|row| &list(row)[1..])
        .filter(|cell| cell["type"] == "n")
        .filter_map(|cell| {
            Some((
                cell["value"].as_i64()?,
                (text(&cell["fill"]), text(&cell["ink"])),
            ))
        })
        .collect();
    let gaps = sample::gaps(&report);
    assert_eq!(colours.keys().copied().collect::<BTreeSet<_>>(), gaps);
    let grounds: BTreeSet<_> = colours.values().map(|(fill, _)| fill).collect();
    assert_eq!(grounds.len(), gaps.len(), "{colours:?}");
    let symbols = (list(&map["cells"]).iter())
        .flat_map(list)
        .filter(|cell| cell["value"] == "..");
    assert!(symbols.count() > 0, "what is hidden has its symbol");
}

#[test]
fn a_chart_alone_is_a_workbook_with_its_conditions_first() {
    let result = sample::report();
    let report::Block::Figure(figure) = &result.summary[0].blocks[2] else {
        panic!("the sample begins with a chart");
    };
    let file = chart_xlsx(&figure.chart, Language::English).expect("it can be written");
    let Some(book) = workbook(&file) else { return };
    assert_eq!(book["sheets"][0]["name"], "Conditions");
    let front: Vec<&str> = (list(&book["sheets"][0]["cells"]).iter())
        .filter_map(|row| row[0]["value"].as_str())
        .collect();
    assert_eq!(front[0], "Prioriterat");
    assert_eq!(front[1], figure.chart.description);
    assert!(front.contains(&"Bygger på 11 av 14 kommuner och 41 av 52 inbjudna."));
    assert_eq!(list(&book["sheets"][1]["charts"]).len(), 1);
    assert!(
        number(&cell(&book["sheets"][1], &figure.chart.table.rows[0].header, 2)["value"]) > 0.0
    );
}

#[test]
fn a_workbook_is_written_step_by_step_and_can_be_stopped_after_each() {
    let report = sample::report();
    let mut steps = Vec::new();
    xlsx(&report, &mut |progress| {
        steps.push(progress.done);
        assert_eq!(progress.of, 10);
        Flow::Continue
    })
    .expect("it can be written");
    assert_eq!(steps, (1..=10).collect::<Vec<_>>());
    for stop in 1..=10 {
        let mut told = 0;
        let stopped = xlsx(&report, &mut |progress| {
            told += 1;
            if progress.done == stop {
                Flow::Cancel
            } else {
                Flow::Continue
            }
        });
        assert_eq!(stopped, Err(Fault::Cancelled));
        assert_eq!(told, stop, "nothing is done after that");
    }
}

#[test]
fn libreoffice_reads_a_workbook() {
    let file = table_xlsx(&sample::own(), Language::Swedish).expect("it can be written");
    let Some(pdf) = converted("table.xlsx", &file, "pdf") else {
        return;
    };
    assert!(pdf.starts_with(b"%PDF"));
    assert!(pdf.len() > 5_000, "with something on its pages");
}
