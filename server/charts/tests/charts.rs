//! What every chart must hold, whatever the results.

use std::collections::HashSet;

use charts::{
    Cell, Chart, Layout, Shown, dumbbell, heatmap, heatmap_file, municipal_dumbbell, own_dumbbell,
    priority_bars,
};
use domain::{
    level::Level,
    municipality::Municipality,
    results::{Basis, CapabilityResult, CellValue, Measure, RegionResult},
};
use proptest::prelude::*;
use roxmltree::{Document, Node};
use sound::{assert_is_sound, texts};

mod sample;
mod sound;

const LAYOUTS: [Layout; 2] = [Layout::Wide, Layout::Narrow];

fn every_chart(result: &RegionResult) -> Vec<Chart> {
    let capabilities: Vec<&CapabilityResult> = result.capabilities.iter().collect();
    let shown = Shown::all(result);
    let mut charts = Vec::new();
    for layout in LAYOUTS {
        charts.push(dumbbell(
            &capabilities,
            layout,
            &sample::texts("Från nuläge till börläge"),
        ));
        let texts = sample::texts("Prioriterat");
        charts.push(priority_bars(result, &result.ranking, layout, &texts));
    }
    for measure in Measure::ALL {
        let texts = sample::texts(&format!("Per kommun: {measure:?}"));
        charts.push(heatmap(result, &shown, *measure, &texts));
    }
    charts
}

#[test]
fn charts_of_fyrbodal_are_sound() {
    for chart in every_chart(&sample::fyrbodal()) {
        assert_is_sound(&chart);
    }
}

#[test]
fn charts_of_nothing_are_sound() {
    for chart in every_chart(&sample::region(Vec::new(), Vec::new())) {
        assert_is_sound(&chart);
        assert!(chart.description.starts_with("0 förmågor. Störst: – (–)."));
    }
}

#[test]
fn no_id_is_used_by_two_charts_of_one_page() {
    let mut ids = HashSet::new();
    for chart in every_chart(&sample::fyrbodal()) {
        let document = Document::parse(&chart.svg).expect("well-formed");
        for id in document
            .descendants()
            .filter_map(|node| node.attribute("id"))
        {
            assert!(ids.insert(id.to_owned()), "{id}");
        }
    }
}

#[test]
fn a_file_names_for_each_row_the_municipalities_whose_value_is_not_agreed() {
    let result = sample::fyrbodal();
    let shown = Shown::all(&result);
    let table = heatmap_file(&result, &shown, Measure::Gap, &sample::texts("Skillnad"));
    let mut count = 0;
    for (row, capability) in table.rows.iter().zip(&result.capabilities) {
        let Some(Cell::Text(names)) = row.cells.last() else {
            panic!("the last column holds names");
        };
        for (municipality, cell) in result.municipalities.iter().zip(&capability.cells) {
            let unconfirmed = matches!(
                cell.value,
                CellValue::Levels {
                    basis: Basis::Answers,
                    ..
                }
            );
            let is_named = names.split(", ").any(|name| name == municipality.name());
            assert_eq!(is_named, unconfirmed, "{}", municipality.name());
            count += usize::from(is_named);
        }
    }
    assert!(count > 0);
}

#[test]
fn a_municipalitys_own_picture_has_its_own_levels_or_says_why_there_are_none() {
    let result = sample::fyrbodal();
    let rows: Vec<&CapabilityResult> = result.capabilities.iter().collect();
    for column in 0..result.municipalities.len() {
        let texts = sample::texts("Från nuläge till börläge");
        let chart = municipal_dumbbell(&rows, column, Layout::Wide, &texts);
        for (row, capability) in chart.table.rows.iter().zip(&rows) {
            let value = capability.cells[column].value;
            let gap = row.cells.get(2).expect("the third is the gap");
            match value.gap() {
                Some(expected) => assert_eq!(gap.value(), Some(f64::from(expected))),
                None => assert_eq!(gap, &Cell::Symbol(value.symbol())),
            }
            let unconfirmed = matches!(
                value,
                CellValue::Levels {
                    basis: Basis::Answers,
                    ..
                }
            );
            let mark = if unconfirmed { &*texts.unconfirmed } else { "" };
            assert_eq!(row.cells.last(), Some(&Cell::Text(mark.to_owned())));
        }
    }
}

#[test]
fn a_file_says_in_the_picture_what_it_rests_on() {
    for chart in every_chart(&sample::fyrbodal()) {
        let svg = chart.standalone_svg();
        let document = Document::parse(&svg).expect("well-formed");
        let said: Vec<_> = texts(&document).iter().filter_map(Node::text).collect();
        assert!(said.join(" ").contains("Bygger på 11 av 14 kommuner"));
        assert!(said.contains(&chart.title.as_str()));
        assert!(
            chart
                .table
                .csv_excel()
                .contains("\r\nBygger på 11 av 14 kommuner")
        );
    }
}

#[test]
fn a_target_below_is_dashed_and_negative_and_a_capability_without_value_is_hatched_with_its_reason()
{
    let below = [sample::levels(4, 3, Basis::Agreed)];
    let few = [CellValue::Hidden, CellValue::Missing];
    let result = [
        sample::capability(0, "Riskhantering", None, &below),
        sample::capability(1, "Öppna data", None, &few),
        sample::capability(2, "Dataskydd", None, &[]),
    ];
    let chart = dumbbell(
        &result.iter().collect::<Vec<_>>(),
        Layout::Wide,
        &sample::texts("T"),
    );
    let rows: Vec<&str> = chart.svg.split(r#"<g class="row">"#).skip(1).collect();
    assert!(rows[0].contains("surplus-edge") && rows[0].contains(">−1,0</text>"));
    assert!(rows[1].contains("hatched") && rows[1].contains(">..</text>"));
    assert!(rows[2].contains("hatched") && rows[2].contains(">-</text>"));
    assert_eq!(chart.table.rows[1].cells[2], Cell::Symbol(".."));
    assert!(
        chart
            .table
            .csv_excel()
            .ends_with("Riskhantering;4,0;3,0;-1,0\r\nÖppna data;..;..;..\r\nDataskydd;-;-;-\r\n")
    );
}

#[test]
fn one_persons_levels_are_whole_numbers_in_picture_and_table() {
    let level = |number| Level::new(number).expect("1 to 5");
    let own = [
        ("Riskhantering".to_owned(), level(2), level(4)),
        ("Öppna data".to_owned(), level(3), level(2)),
    ];
    let chart = own_dumbbell(&own, Layout::Narrow, &sample::texts("T"));
    let rows: Vec<&str> = chart.svg.split(r#"<g class="row">"#).skip(1).collect();
    assert!(rows[0].contains(">2</text>") && rows[0].contains(">+2</text>"));
    assert!(rows[1].contains("surplus-edge") && rows[1].contains(">−1</text>"));
    assert!(
        chart
            .table
            .csv_excel()
            .ends_with("Riskhantering;2;4;2\r\nÖppna data;3;2;-1\r\n")
    );
}

#[test]
fn neighbours_that_cannot_be_told_apart_are_held_by_one_bracket() {
    let value = [sample::levels(1, 3, Basis::Agreed)];
    let names = ["A", "B", "C"];
    let capabilities = names.map(|name| sample::capability(0, name, Some(4), &value));
    let mut result = sample::region(Municipality::fyrbodal()[..1].into(), capabilities.into());
    for (ranked, group) in result.ranking.iter_mut().zip([0, 0, 1]) {
        ranked.group = group;
    }
    let chart = |result: &RegionResult| {
        priority_bars(result, &result.ranking, Layout::Wide, &sample::texts("T")).svg
    };
    assert_eq!(chart(&result).matches("Kan inte skiljas åt").count(), 1);
    for (ranked, group) in result.ranking.iter_mut().zip([0, 1, 2]) {
        ranked.group = group;
    }
    assert_eq!(chart(&result).matches("Kan inte skiljas åt").count(), 0);
}

#[test]
fn a_heat_map_shows_what_is_asked_for_and_passes_over_what_does_not_exist() {
    let result = sample::fyrbodal();
    let shown = Shown {
        capabilities: vec![17, 99],
        municipalities: vec![13, 0, 99],
    };
    let chart = heatmap(&result, &shown, Measure::Gap, &sample::texts("T"));
    assert_eq!(chart.table.columns, ["Förmåga", "Åmål", "Bengtsfors"]);
    assert_eq!(chart.table.rows.len(), 1);
    assert_eq!(chart.svg.matches(r#"class="gap-4 fill""#).count(), 2);
    assert_is_sound(&chart);
}

fn cell_value() -> impl Strategy<Value = CellValue> {
    prop_oneof![
        6 => (1_u8..=5, 1_u8..=5, any::<bool>()).prop_map(|(current, target, agreed)| {
            let basis = if agreed { Basis::Agreed } else { Basis::Answers };
            sample::levels(current, target, basis)
        }),
        1 => Just(CellValue::Missing),
        1 => Just(CellValue::Hidden),
        1 => Just(CellValue::NotApplicable),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zåäöA-ZÅÄÖ<>&\"'=+@-]{1,40}",
        "[A-ZÅÄÖ][a-zåäö]{1,12}( [a-zåäö]{1,12}){0,2}",
        "[WM語]{40}",
    ]
}

fn region() -> impl Strategy<Value = RegionResult> {
    (0_usize..6).prop_flat_map(|columns| {
        let capability = (
            name(),
            prop::option::of(1_u8..=5),
            prop::collection::vec(cell_value(), columns),
        );
        prop::collection::vec(capability, 0..12).prop_map(move |capabilities| {
            let capabilities = (capabilities.iter().enumerate())
                .map(|(number, (name, effect, values))| {
                    sample::capability(number, name, *effect, values)
                })
                .collect();
            let municipalities = Municipality::all().take(columns).collect();
            sample::region(municipalities, capabilities)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn charts_of_any_result_are_sound(result in region()) {
        for chart in every_chart(&result) {
            assert_is_sound(&chart);
        }
    }

    #[test]
    fn no_name_becomes_a_formula(result in region()) {
        for chart in every_chart(&result) {
            for line in chart.table.csv_excel().trim_start_matches('\u{feff}').split("\r\n") {
                let first = line.strip_prefix('"').unwrap_or(line).chars().next();
                prop_assert!(!matches!(first, Some('=' | '+' | '-' | '@')), "{}", line);
            }
        }
    }
}
