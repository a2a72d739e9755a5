//! The charts of places, rounds and answers: map, tiles, coverage, change, and between municipalities or within them.

use std::collections::BTreeMap;

use charts::{
    BetweenTexts, Cell, Chart, CoverageTexts, Heading, Layout, MapTexts, MunicipalValue, Shares,
    Shown, SlopeTexts, Step, between_within, choropleth, coverage, slope, tile_grid,
};
use domain::{municipality::Municipality, results::Measure};
use proptest::prelude::*;
use roxmltree::Document;
use sound::{assert_is_sound, texts};

#[expect(dead_code, reason = "other tests use more of it")]
mod sample;
mod sound;

const LAYOUTS: [Layout; 2] = [Layout::Wide, Layout::Narrow];

fn heading(title: &str) -> Heading {
    Heading {
        title: title.to_owned(),
        description: "Vad som syns.".to_owned(),
        conditions: vec!["Bygger på 11 av 14 kommuner.".to_owned()],
        ..Heading::default()
    }
}

fn map_texts() -> MapTexts {
    let text = str::to_owned;
    MapTexts {
        heading: heading("Skillnad i snitt"),
        municipality: text("Kommun"),
        code: text("Kommunkod"),
        value: text("Skillnad i snitt"),
        values: text("Antal värden"),
        agreed: text("Varav förankrade"),
        ramp: text("Färg efter närmaste hela steg:"),
        surplus: text("Kan stödja andra"),
        hidden: text("För få svar"),
        not_applicable: text("Inte aktuellt"),
        missing: text("Inga svar"),
        left_out: text("{count} kommuner är för små för ett tal på kartan."),
        codes: text("Rutorna har kommunkoder."),
        numbers_alone: text("Namnen står i tabellen."),
    }
}

/// Every kind of value: gaps, surpluses, hidden and missing.
fn values(municipalities: &[Municipality]) -> Vec<MunicipalValue> {
    (municipalities.iter().zip(0_u32..))
        .map(|(&municipality, index)| {
            let number = f64::from(index * 37 % 29) / 7.3;
            let value = match index % 11 {
                4 => Cell::number_or(None, 1, "-"),
                9 => Cell::number_or(None, 1, ".."),
                7 => Cell::number_or(Some(-0.6), 1, ""),
                _ => Cell::number_or(Some(number), 1, ""),
            };
            MunicipalValue {
                municipality,
                values: u32::from(value.value().is_some()) * 10,
                agreed: u32::from(value.value().is_some()) * 8,
                value,
            }
        })
        .collect()
}

fn counties() -> BTreeMap<&'static str, Vec<Municipality>> {
    let mut counties: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for municipality in Municipality::all() {
        (counties.entry(municipality.county()).or_default()).push(municipality);
    }
    counties
}

#[test]
fn every_county_has_a_sound_map_and_sound_tiles() {
    let mut sets: Vec<_> = counties().into_values().collect();
    sets.extend([Municipality::fyrbodal(), Vec::new()]);
    for municipalities in sets {
        let values = values(&municipalities);
        for layout in LAYOUTS {
            let map = choropleth(&values, Measure::Gap, layout, &map_texts());
            assert_is_sound(&map);
            // The list of a narrow map, or the labels of a wide one, say every number.
            let says = Document::parse(&map.svg).expect("well-formed");
            let rows = (says.descendants()).filter(|node| node.attribute("class") == Some("row"));
            assert_eq!(rows.count(), values.len(), "{layout:?}");
            let tiles = tile_grid(&values, Measure::Gap, layout, &map_texts());
            assert_is_sound(&tiles);
            assert_eq!(tiles.table, map.table);
        }
    }
}

#[test]
fn maps_are_as_light_as_pages_need() {
    let (few, all) = (
        values(&Municipality::fyrbodal()),
        values(&Municipality::all().collect::<Vec<_>>()),
    );
    let draw = |values: &[MunicipalValue]| {
        let chart = choropleth(values, Measure::Gap, Layout::Wide, &map_texts());
        chart.svg.len()
    };
    assert!(draw(&few) < 15_500, "{} bytes", draw(&few));
    assert!(draw(&all) < 120_000, "{} bytes", draw(&all));
}

#[test]
fn a_map_of_all_says_how_many_have_no_number_and_its_tiles_have_all() {
    let values = values(&Municipality::all().collect::<Vec<_>>());
    for layout in LAYOUTS {
        let map = choropleth(&values, Measure::Gap, layout, &map_texts());
        let document = Document::parse(&map.svg).expect("well-formed");
        let labels = (document.descendants())
            .filter(|node| node.attribute("class") == Some("row"))
            .count();
        let said: Vec<_> = (texts(&document).iter())
            .filter_map(roxmltree::Node::text)
            .collect();
        let note = format!("{} kommuner är för små", 290 - labels);
        assert!(said.join(" ").contains(&note), "{note}");
        let land = (document.descendants())
            .filter(|node| node.attribute("class") == Some("land"))
            .count();
        assert_eq!((land, map.table.rows.len()), (290, 290));
        assert_is_sound(&tile_grid(&values, Measure::Gap, layout, &map_texts()));
    }
}

#[test]
fn land_without_a_number_is_hatched_and_has_its_symbol() {
    let values = values(&Municipality::fyrbodal());
    let hidden = values.iter().filter(|place| place.value.value().is_none());
    let map = choropleth(&values, Measure::Gap, Layout::Wide, &map_texts());
    let document = Document::parse(&map.svg).expect("well-formed");
    let hatched = (document.descendants())
        .filter(|node| node.has_tag_name("path") && node.attribute("class") == Some("hatched"))
        .count();
    assert_eq!(hatched, hidden.count());
}

fn coverage_texts() -> CoverageTexts {
    let text = str::to_owned;
    CoverageTexts {
        heading: heading("Vad värdena bygger på"),
        capability: text("Förmåga"),
        agreed: text("Samlad bedömning"),
        answers: text("Bara svar"),
        too_few: text("För få svar"),
        not_applicable: text("Inte aktuellt"),
        nothing: text("Inga svar"),
        people: text("Talet i rutan är hur många som har svarat."),
        with_value: text("Har värde"),
        left_out: text("{count} förmågor till står i tabellen."),
    }
}

#[test]
fn coverage_is_sound_and_counts_every_municipality() {
    for result in [
        sample::fyrbodal(),
        sample::region(Vec::new(), Vec::new()),
        sample::region(
            Municipality::all().collect(),
            vec![sample::capability(
                1,
                "Kontinuitet",
                None,
                &vec![sample::levels(1, 3, domain::results::Basis::Agreed); 290],
            )],
        ),
    ] {
        for layout in LAYOUTS {
            let chart = coverage(&result, &Shown::all(&result), layout, &coverage_texts());
            assert_is_sound(&chart);
            for row in &chart.table.rows {
                let counted: f64 = row.cells[..5].iter().filter_map(Cell::value).sum();
                assert!(
                    (counted - f64::from(u32::try_from(result.municipalities.len()).expect("few")))
                        .abs()
                        < 0.1
                );
            }
        }
    }
}

fn slope_texts() -> SlopeTexts {
    let text = str::to_owned;
    SlopeTexts {
        heading: heading("Från första till andra"),
        level_names: [
            "Tillfällig",
            "Påbörjad",
            "Etablerad",
            "Styrd",
            "Utvecklande",
        ]
        .map(text),
        capability: text("Förmåga"),
        earlier: text("Hösten 2025"),
        later: text("Hösten 2026"),
        change: text("Förändring"),
        pairs: text("Kommuner i båda"),
        rose: text("högre"),
        fell: text("lägre"),
        same: text("oförändrat"),
        incomparable: text("kan inte jämföras"),
        left_out: text("{count} förmågor till står i tabellen."),
    }
}

fn between_texts() -> BetweenTexts {
    let text = str::to_owned;
    BetweenTexts {
        heading: heading("Är det kommunen som skiljer?"),
        capability: text("Förmåga"),
        between: text("Mellan kommunerna"),
        within: text("Inom kommunerna"),
        icc: text("ICC(1)"),
        verdict: text("Skillnad mellan kommunerna"),
        hidden: text("För få svar"),
        missing: text("Alla har svarat lika"),
        left_out: text("{count} förmågor till står i tabellen."),
    }
}

fn share(name: &str, between: Option<f64>, icc: Option<f64>) -> Shares {
    Shares {
        name: name.to_owned(),
        between,
        icc,
        verdict: "Viss".to_owned(),
        symbol: "..",
    }
}

fn changed(name: String, means: Option<(f64, f64)>) -> Step {
    Step {
        name,
        pairs: if means.is_some() { 9 } else { 0 },
        means,
    }
}

#[test]
fn a_change_is_later_less_earlier_and_what_cannot_be_compared_has_no_number() {
    let steps = [
        changed("Upp".to_owned(), Some((1.5, 2.0))),
        changed("Ner".to_owned(), Some((3.0, 2.9))),
        changed("Stilla".to_owned(), Some((2.0, 2.0))),
        changed("Ny".to_owned(), None),
    ];
    for layout in LAYOUTS {
        let chart = slope(&steps, layout, &slope_texts());
        assert_is_sound(&chart);
        let said: Vec<String> = (chart.table.rows.iter())
            .map(|row| row.cells[2].signed_text(chart.table.mark))
            .collect();
        assert_eq!(said, ["+0,5", "−0,1", "0,0", "-"]);
    }
}

#[test]
fn many_rows_are_bounded_and_those_left_out_are_counted() {
    for layout in LAYOUTS {
        let steps: Vec<Step> = (0..60)
            .map(|index| changed(format!("Förmåga {index}"), Some((2.0, 2.5))))
            .collect();
        let shares: Vec<Shares> = (0..60)
            .map(|index| share(&format!("Förmåga {index}"), Some(0.5), Some(0.2)))
            .collect();
        for chart in [
            slope(&steps, layout, &slope_texts()),
            between_within(&shares, layout, &between_texts()),
            slope(&[], layout, &slope_texts()),
            between_within(&[], layout, &between_texts()),
        ] {
            assert_is_sound(&chart);
            let left = chart.svg.contains("20 förmågor till");
            assert_eq!(left, chart.table.rows.len() == 60);
        }
    }
}

fn every(charts: &[Chart]) {
    for chart in charts {
        assert_is_sound(chart);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn between_and_within_are_a_hundred_together_and_labels_have_room(
        shares in prop::collection::vec(prop::option::of((0.0..=1.0_f64, -0.9..=1.0_f64)), 0..12),
    ) {
        let shares: Vec<Shares> = (shares.into_iter().enumerate())
            .map(|(index, found)| {
                share(&format!("Förmåga {index}"), found.map(|f| f.0), found.map(|f| f.1))
            })
            .collect();
        for layout in LAYOUTS {
            let chart = between_within(&shares, layout, &between_texts());
            for row in &chart.table.rows {
                if let (Some(between), Some(within)) = (row.cells[0].value(), row.cells[1].value()) {
                    prop_assert!((between + within - 100.0).abs() < 1e-9);
                }
            }
            every(&[chart]);
        }
    }

    #[test]
    fn arrows_leave_room_for_their_numbers(
        means in prop::collection::vec(prop::option::of((1.0..=5.0_f64, 1.0..=5.0_f64)), 0..12),
    ) {
        let steps: Vec<Step> = (means.into_iter().enumerate())
            .map(|(index, means)| changed(format!("Förmåga nummer {index} med långt namn"), means))
            .collect();
        every(&LAYOUTS.map(|layout| slope(&steps, layout, &slope_texts())));
    }

    #[test]
    fn any_municipalities_have_a_map_whose_labels_have_room(
        chosen in prop::sample::subsequence(Municipality::all().collect::<Vec<_>>(), 0..30),
    ) {
        let values = values(&chosen);
        every(&LAYOUTS.map(|layout| choropleth(&values, Measure::Gap, layout, &map_texts())));
        every(&LAYOUTS.map(|layout| tile_grid(&values, Measure::Gap, layout, &map_texts())));
    }
}
