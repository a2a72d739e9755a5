//! A number that stands in two places is the same number: page, files, report and API of one mapping.

use std::{collections::BTreeMap, io::Cursor, process::Command};

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::{client::Client, program::Place};

/// The mapping that every example has.
const EXAMPLE: &str = "0f0e3a9a-4c1d-4e58-9b7e-f0122d0bda11";
/// Chart, how many numbers a row of it begins with, and what each row says in the API, in that order.
const CHARTS: [(&str, &[&str]); 2] = [
    (
        "nulage-borlage",
        &["mean_current", "mean_target", "mean_gap"],
    ),
    ("prioritet", &["", "priority", "", "gap_to_close"]),
];

/// The numbers of a chart by capability, as they are written in Swedish.
type Numbers = BTreeMap<String, Vec<String>>;

#[tokio::test]
async fn page_files_report_and_api_have_the_same_numbers() {
    let place = Place::sqlite();
    let program = place.start_with(&["--demo"]);
    let client = program.client();
    let results = format!("/k/{EXAMPLE}/resultat");
    let report = made(&client, &results, "json");
    let report: Value = serde_json::from_slice(&report).expect("the report is JSON");
    let workbook = made(&client, &results, "xlsx");
    let pdf = text_of_pdf(&made(&client, &results, "pdf"));
    let api = figures_of_api(&client);
    for (chart, in_api) in CHARTS {
        let file = |ending: &str| {
            let response = client.get(&format!("{results}/diagram/{chart}.{ending}"));
            assert_eq!(response.status, 200, "{chart}.{ending}");
            response.body
        };
        let text = |ending: &str| String::from_utf8(file(ending)).expect("UTF-8");
        let page = client.get(&format!("{results}/diagram/{chart}")).text();
        let shown = of_page(&page);
        assert!(shown.len() >= 20, "{chart} shows the map: {shown:?}");
        assert_eq!(of_csv(&text("csv"), ';'), shown, "{chart}: CSV for Excel");
        assert_eq!(of_csv(&text("rfc.csv"), ','), shown, "{chart}: CSV");
        let json: Value = serde_json::from_str(&text("json")).expect("JSON");
        assert_eq!(of_table(&json), shown, "{chart}: JSON");
        assert_eq!(of_workbook(file("xlsx"), &shown), shown, "{chart}: XLSX");
        assert_eq!(
            of_table(&in_report(&report, chart)),
            shown,
            "{chart}: report"
        );
        assert_eq!(
            of_workbook(workbook.clone(), &shown),
            shown,
            "{chart}: the report's workbook"
        );
        for (capability, numbers) in &shown {
            let row = numbers.join(" ");
            assert!(
                pdf.contains(&row),
                "{chart}: {row} of {capability} is not in the PDF"
            );
            for (number, name) in numbers.iter().zip(in_api) {
                if !name.is_empty() {
                    assert_eq!(&api[capability][name], number, "{capability}: {name}");
                }
            }
        }
    }
    // The heat map is a table on the page itself, and its numbers are those of its file and of the API.
    let cells = of_csv(
        &client
            .get(&format!("{results}/diagram/varmekarta.csv"))
            .text(),
        ';',
    );
    let page = of_page(&client.get(&results).text());
    for (capability, numbers) in &cells {
        assert_eq!(page.get(capability), Some(numbers), "{capability}");
    }
}

/// A report that is asked for, followed and fetched.
fn made(client: &Client, results: &str, format: &str) -> Vec<u8> {
    let asked = client.post(&format!("{results}/rapport"), &[("format", format)]);
    assert_eq!(asked.status, 303, "{format}: {}", asked.text());
    let address = asked.header("location").expect("it says where").to_owned();
    loop {
        // While it is made the page says so, and that it is to be loaded again.
        let page = client.get(&address);
        assert_eq!(page.status, 200, "{format}");
        if page.header("refresh").is_none() {
            break;
        }
        std::thread::yield_now();
    }
    let file = client.get(&format!("{address}/fil"));
    assert_eq!(file.status, 200, "{format}");
    file.body
}

/// A cell as it is compared: a number with its decimals as Swedish writes it, or a symbol; none for other words.
fn number(cell: &str) -> Option<String> {
    let plain = cell.trim().replace('−', "-").replace('\u{a0}', "");
    let plain = plain.strip_prefix('+').unwrap_or(&plain).replace('.', ",");
    if matches!(plain.as_str(), "," | ",," | "-") {
        return Some(cell.trim().to_owned());
    }
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == ',');
    is_number.then(|| plain.replace('-', "−"))
}

/// The numbers that a row begins with.
fn numbers<'a>(cells: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    cells.into_iter().map_while(number).collect()
}

/// Every row of a page's tables that has a header and numbers; of several with the same header the longest.
fn of_page(html: &str) -> Numbers {
    let mut found = Numbers::new();
    for row in html.split("<tr").skip(1) {
        let row = row.split("</tr>").next().unwrap_or_default();
        let cells = |tag: &str| -> Vec<String> {
            (row.split(&format!("<{tag}")).skip(1))
                .filter_map(|cell| cell.split_once('>'))
                .filter_map(|(_, cell)| cell.split_once(&format!("</{tag}>")))
                .map(|(cell, _)| words(cell))
                .collect()
        };
        let heads = cells("th");
        let values = cells("td");
        if let [head] = heads.as_slice() {
            let numbers = numbers(values.iter().map(String::as_str));
            let known = found.entry(head.clone()).or_default();
            if numbers.len() > known.len() {
                *known = numbers;
            }
        }
    }
    found.retain(|_, numbers| !numbers.is_empty());
    found
}

/// What a piece of HTML says, without what is for screen readers alone.
fn words(html: &str) -> String {
    let mut html = html.to_owned();
    while let Some(at) = html.find("<span class=\"visually-hidden\"") {
        let end = html[at..]
            .find("</span>")
            .map_or(html.len(), |end| at + end + 7);
        html.replace_range(at..end, "");
    }
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.trim().replace("&amp;", "&")
}

fn of_csv(csv: &str, delimiter: char) -> Numbers {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).expect("ASCII"))
        .has_headers(false)
        .flexible(true)
        .from_reader(csv.as_bytes());
    (reader.records())
        .map(|record| record.expect("a line of CSV"))
        .filter_map(|record| {
            let numbers = numbers(record.iter().skip(1));
            (!numbers.is_empty()).then(|| (record[0].to_owned(), numbers))
        })
        .collect()
}

/// The numbers of a table as JSON. One decimal is what fractions have in these tables.
fn of_table(table: &Value) -> Numbers {
    let rows = table["rows"].as_array().expect("rows");
    (rows.iter())
        .map(|row| {
            let cells = row["cells"].as_array().expect("cells");
            let cells: Vec<String> = cells.iter().map(written).collect();
            let header = row["header"].as_str().expect("a header").to_owned();
            (header, numbers(cells.iter().map(String::as_str)))
        })
        .collect()
}

fn written(cell: &Value) -> String {
    match cell {
        Value::Number(number) if number.is_f64() => {
            format!("{:.1}", number.as_f64().expect("a number"))
        }
        Value::Object(object) => object["symbol"].as_str().expect("a symbol").to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The rows of a workbook that have these headers, from the first sheet that has them all with as many numbers.
fn of_workbook(file: Vec<u8>, like: &Numbers) -> Numbers {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).expect("calamine reads it");
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).expect("a sheet");
        let rows: Numbers = (range.rows())
            .filter_map(|row| {
                let head = row.first()?.to_string();
                let wanted = like.get(&head)?;
                let cells: Vec<String> = (row[1..].iter().zip(wanted))
                    .map(|(cell, wanted)| match cell {
                        // A workbook keeps a number without its decimals.
                        Data::Float(value) if wanted.contains(',') => format!("{value:.1}"),
                        Data::Float(value) => format!("{value}"),
                        other => other.to_string(),
                    })
                    .collect();
                Some((head, numbers(cells.iter().map(String::as_str))))
            })
            .collect();
        if rows == *like {
            return rows;
        }
    }
    Numbers::new()
}

/// The table of a figure in the report.
fn in_report(report: &Value, figure: &str) -> Value {
    let sections = report["appendix"].as_array().expect("an appendix");
    (sections.iter())
        .flat_map(|section| section["blocks"].as_array().expect("blocks"))
        .find(|block| block["name"] == figure)
        .map_or(Value::Null, |block| block["table"].clone())
}

/// The text of a PDF, one space between words.
fn text_of_pdf(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rapport.pdf");
    std::fs::write(&path, pdf).expect("the file is written");
    let read = Command::new("pdftotext")
        .args(["-layout"])
        .arg(&path)
        .arg("-")
        .output()
        .expect("pdftotext is there");
    assert!(read.status.success(), "pdftotext reads it");
    let text = String::from_utf8(read.stdout).expect("UTF-8");
    let words: Vec<_> = (text.split_whitespace())
        .map(|word| word.strip_prefix('+').unwrap_or(word))
        .collect();
    words.join(" ")
}

/// Figures of the region by capability and name, written as on pages.
fn figures_of_api(client: &Client) -> BTreeMap<String, BTreeMap<&'static str, String>> {
    let get = |path: &str| -> Value {
        let response = client.get(&format!("/api/v1/mappings/{EXAMPLE}{path}"));
        assert_eq!(response.status, 200, "{path}");
        serde_json::from_slice(&response.body).expect("JSON")
    };
    let rounds = get("/rounds");
    let latest = (rounds["rounds"].as_array().expect("rounds").iter())
        .max_by_key(|round| round["number"].as_u64())
        .and_then(|round| round["id"].as_str())
        .expect("the example has rounds")
        .to_owned();
    let results = get(&format!("/rounds/{latest}/results"));
    (results["capabilities"]
        .as_array()
        .expect("capabilities")
        .iter())
    .map(|capability| {
        let of = |name: &'static str, decimals: usize| {
            let value = capability["region"][name].as_f64();
            let text = value.map_or(String::new(), |value| format!("{value:.decimals$}"));
            (name, number(&text).unwrap_or_default())
        };
        let figures = [
            of("mean_current", 1),
            of("mean_target", 1),
            of("mean_gap", 1),
            of("gap_to_close", 1),
            of("priority", 0),
        ];
        let name = capability["name"].as_str().expect("a name").to_owned();
        (name, figures.into_iter().collect())
    })
    .collect()
}
