//! PPTX: read by python-pptx, and by `LibreOffice` where it is installed.

use report::{Fault, Flow, pptx, unwatched};
use serde_json::{Value, json};

use crate::{
    reader::{converted, list, number, said, text},
    sample,
};

fn deck() -> Option<Value> {
    let file = pptx(&sample::report(), &mut unwatched).expect("it can be written");
    said("presentation.py", "report.pptx", &file)
}

/// The slides whose title begins so.
fn slides<'d>(deck: &'d Value, title: &str) -> Vec<&'d Value> {
    let found: Vec<_> = (list(&deck["slides"]).iter())
        .filter(|slide| text(&slide["title"]).starts_with(title))
        .collect();
    assert!(!found.is_empty(), "{title}");
    found
}

/// The shape of a slide that has a table or a picture.
fn content<'s>(slide: &'s Value, kind: &str) -> &'s Value {
    let found = (list(&slide["shapes"]).iter()).find(|shape| !shape[kind].is_null());
    found.expect("it is there")
}

#[test]
fn a_presentation_begins_with_its_title_and_what_it_rests_on() {
    let Some(deck) = deck() else { return };
    assert_eq!(deck["title"], "Förmågor i Fyrbodal");
    assert_eq!(deck["subject"], "Hösten 2026 · karta 3 & <utkast>");
    assert_eq!(deck["language"], "sv-SE");
    assert!(text(&deck["created"]).starts_with("2026-11-22"));
    assert_eq!(
        (number(&deck["width"]), number(&deck["height"])),
        (960.0, 540.0)
    );
    let first = &deck["slides"][0];
    assert_eq!(first["layout"], "Title");
    assert_eq!(first["title"], "Förmågor i Fyrbodal");
    assert_eq!(first["shapes"][0]["placeholder"], "CENTER_TITLE");
    assert_eq!(
        first["shapes"][1]["text"],
        json!(["Hösten 2026 · karta 3 & <utkast>", "2026-11-22"])
    );
    let second = &deck["slides"][1];
    assert_eq!(second["title"], "Detta bygger siffrorna på");
    assert_eq!(
        second["shapes"][2]["text"],
        json!(sample::report().conditions)
    );
}

#[test]
fn every_slide_is_read_title_first_in_its_language_with_its_mark_foot_and_number() {
    let Some(deck) = deck() else { return };
    for (number_of, slide) in list(&deck["slides"]).iter().enumerate() {
        let shapes = list(&slide["shapes"]);
        let kinds: Vec<&str> = (shapes.iter())
            .map(|shape| shape["placeholder"].as_str().unwrap_or("-"))
            .collect();
        assert!(["TITLE", "CENTER_TITLE"].contains(&kinds[0]), "{kinds:?}");
        assert!(!text(&slide["title"]).is_empty());
        let mark = shapes.iter().position(|shape| shape["name"] == "Mark");
        assert_eq!(
            shapes[mark.expect("a mark")]["text"][0],
            "Exempel: påhittade svar"
        );
        if number_of > 0 {
            assert_eq!(mark, Some(1), "right after the title");
            let last = shapes.last().expect("shapes");
            assert_eq!(last["placeholder"], "SLIDE_NUMBER");
            assert_eq!(last["text"][0], (number_of + 1).to_string());
        }
        if number_of > 1 {
            let foot = &shapes[shapes.len() - 2];
            assert_eq!(foot["placeholder"], "FOOTER");
            assert_eq!(
                foot["text"][0],
                "Bygger på 11 av 14 kommuner och 41 av 52 inbjudna."
            );
        }
        let ids: std::collections::BTreeSet<_> = shapes.iter().map(|s| s["id"].as_u64()).collect();
        assert_eq!(ids.len(), shapes.len(), "no id twice");
        assert_eq!(slide["languages"], json!(["sv-SE"]));
        assert_eq!(slide["notes"], false);
        assert!(slide["smallest"].is_null() || number(&slide["smallest"]) >= 11.0);
        for shape in shapes {
            let inside = number(&shape["left"]) >= -0.1
                && number(&shape["top"]) >= -0.1
                && number(&shape["right"]) <= 960.1
                && number(&shape["bottom"]) <= 540.1;
            assert!(inside, "{shape}");
        }
        let mut boxes = shapes.iter().filter(|shape| shape["name"] != "Mark");
        let mut above = boxes.next().expect("a title");
        for shape in boxes.filter(|shape| shape["placeholder"] != "SLIDE_NUMBER") {
            assert!(
                number(&shape["top"]) >= number(&above["bottom"]) - 0.5,
                "{shape} covers {above}"
            );
            above = shape;
        }
    }
}

#[test]
fn a_picture_has_its_alt_text_and_its_proportions() {
    let Some(deck) = deck() else { return };
    for (title, words) in [
        ("Fem förmågor kommer först", "5 förmågor. Störst:"),
        ("Så långt är det", "5 förmågor. Störst:"),
        ("Alla förmågor", "18 förmågor. Störst:"),
        ("Områden", "Områden, i ord."),
    ] {
        let picture = content(slides(&deck, title)[0], "picture");
        assert!(text(&picture["alternative"]).contains(words), "{picture}");
        assert_eq!(picture["picture"]["format"], "PNG");
        let size = list(&picture["picture"]["size"]);
        let shown = (number(&picture["right"]) - number(&picture["left"]))
            / (number(&picture["bottom"]) - number(&picture["top"]));
        let drawn = number(&size[0]) / number(&size[1]);
        assert!((shown / drawn - 1.0).abs() < 0.01, "{shown} for {drawn}");
    }
}

#[test]
fn a_table_is_real_with_headers_that_say_that_they_are() {
    let Some(deck) = deck() else { return };
    let found = slides(&deck, "Vår kommun");
    assert_eq!(found.len(), 1);
    let shape = content(found[0], "table");
    let table = &shape["table"];
    assert_eq!(shape["alternative"], "Vår kommun: nivåer och andel/år [%]");
    assert_eq!(
        (&table["first_row"], &table["first_column"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(
        table["rows"][0],
        json!([
            "Förmåga",
            "Nuläge",
            "Skillnad",
            "Andel, %",
            "Samstämmighet",
            "Anmärkning"
        ])
    );
    assert_eq!(
        table["rows"][1],
        json!([
            "Kontinuitet",
            "2,1",
            "−1,3",
            "57",
            "0,73",
            "=1+1 <b>&\"' 🦊 slut"
        ])
    );
    assert_eq!(
        table["rows"][2],
        json!(["Öppna data", "..", ".", "-", "1,00", "Ej förankrad"])
    );
    assert!(number(&table["widths"]) <= 880.5);
}

#[test]
fn a_heat_map_is_a_table_in_its_colours_with_every_municipality_and_capability() {
    let Some(deck) = deck() else { return };
    let found = slides(&deck, "Hela kartan");
    let mut rows = Vec::new();
    let mut grounds = std::collections::BTreeSet::new();
    for (slide, number_of) in found.iter().zip(1..) {
        assert_eq!(
            slide["title"],
            format!(
                "Hela kartan, kommun för kommun ({number_of}/{})",
                found.len()
            )
        );
        let table = &content(slide, "table")["table"];
        let all = list(&table["rows"]);
        assert_eq!(list(&all[0]).len(), 15, "fourteen municipalities");
        assert_eq!(all[0][14], "Åmål");
        rows.extend(all[1..].iter().map(|row| text(&row[0]).to_owned()));
        for row in &list(&table["fills"])[1..] {
            grounds.extend(list(row).iter().map(|fill| text(fill).to_owned()));
        }
    }
    assert_eq!(rows.len(), 18);
    assert_eq!(
        rows.iter().collect::<std::collections::BTreeSet<_>>().len(),
        18
    );
    let gaps = sample::gaps(&sample::report());
    assert!(gaps.len() > 6, "{gaps:?}");
    assert_eq!(grounds.len(), gaps.len(), "{grounds:?}");
}

#[test]
fn a_picture_too_tall_to_be_read_is_followed_by_its_table() {
    let Some(deck) = deck() else { return };
    let found = slides(&deck, "Alla förmågor");
    assert!(!content(found[0], "picture").is_null());
    assert_eq!(
        found[0]["title"],
        format!("Alla förmågor (1/{})", found.len())
    );
    let rows: usize = (found[1..].iter())
        .map(|slide| list(&content(slide, "table")["table"]["rows"]).len() - 1)
        .sum();
    assert_eq!(rows, 18);
    assert_eq!(
        slides(&deck, "Fem förmågor kommer").len(),
        1,
        "that one can be read"
    );
    assert_eq!(
        slides(&deck, "Så långt är det").len(),
        2,
        "that one asks for its table"
    );
}

#[test]
fn a_long_list_goes_on_on_further_slides_and_loses_nothing() {
    let Some(deck) = deck() else { return };
    let found = slides(&deck, "Varför just de");
    assert!(found.len() > 1);
    let words: Vec<&str> = (found.iter())
        .flat_map(|slide| {
            let body = (list(&slide["shapes"]).iter())
                .find(|shape| shape["placeholder"] == "OBJECT" || shape["placeholder"] == "BODY");
            list(&body.expect("a list")["text"]).iter().map(text)
        })
        .collect();
    assert_eq!(words.len(), 30);
    assert!(words[29].starts_with("30. "));
}

#[test]
fn a_presentation_is_written_step_by_step_and_can_be_stopped_after_each() {
    let report = sample::report();
    let of = report.slides.len() + 2;
    let mut steps = Vec::new();
    pptx(&report, &mut |progress| {
        assert_eq!(progress.of, of);
        steps.push(progress.done);
        Flow::Continue
    })
    .expect("it can be written");
    assert_eq!(steps, (1..=of).collect::<Vec<_>>());
    for stop in [1, 3, of] {
        let stopped = pptx(&report, &mut |progress| {
            if progress.done == stop {
                Flow::Cancel
            } else {
                Flow::Continue
            }
        });
        assert_eq!(stopped, Err(Fault::Cancelled));
    }
}

#[test]
fn the_same_report_is_the_same_file() {
    let report = sample::report();
    let written = || pptx(&report, &mut unwatched).expect("it can be written");
    assert!(written() == written());
}

#[test]
fn libreoffice_reads_a_presentation() {
    let file = pptx(&sample::report(), &mut unwatched).expect("it can be written");
    let Some(pdf) = converted("report.pptx", &file, "pdf") else {
        return;
    };
    assert!(pdf.starts_with(b"%PDF"));
    assert!(pdf.len() > 20_000, "with something on its pages");
}
