//! The charts that directors decide on: ranking, quadrant, radar, five bars, and ranges.

use charts::{
    AreaMeans, Cell, Chart, Layout, dumbbell, five_bars, municipal_dumbbell, quadrant, radar,
    ranking,
};
use domain::{
    municipality::Municipality,
    results::{Basis, CapabilityResult, Distribution, Ranked, RegionResult},
    statistics::suppression::LeastGroup,
};
use proptest::prelude::*;
use roxmltree::Document;
use sound::assert_is_sound;

#[path = "sample/decisions.rs"]
mod decisions;
mod sample;
mod sound;

const LAYOUTS: [Layout; 2] = [Layout::Wide, Layout::Narrow];

fn named(names: &[String], distributions: &[Distribution], layout: Layout) -> Chart {
    let rows: Vec<_> = (names.iter().map(String::as_str))
        .zip(distributions)
        .collect();
    five_bars(&rows, layout, &decisions::five_bars_texts())
}

fn every_chart(result: &RegionResult, distributions: &[Distribution]) -> Vec<Chart> {
    let names: Vec<String> = (result.capabilities.iter())
        .map(|capability| capability.name.to_string())
        .collect();
    let rows: Vec<&CapabilityResult> = result.capabilities.iter().collect();
    let mut texts = sample::texts("Från nuläge till börläge");
    "Lägsta och högsta kommun".clone_into(&mut texts.range);
    "Medianen i regionen".clone_into(&mut texts.median);
    let mut charts = Vec::new();
    for layout in LAYOUTS {
        charts.push(ranking(
            result,
            &result.ranking,
            layout,
            &decisions::ranking_texts(),
        ));
        charts.push(quadrant(
            result,
            &result.ranking,
            layout,
            &decisions::quadrant_texts(),
        ));
        charts.push(radar(
            &decisions::areas(result),
            layout,
            &decisions::radar_texts(),
        ));
        charts.push(named(&names, distributions, layout));
        charts.push(dumbbell(&rows, layout, &texts));
        charts.push(municipal_dumbbell(&rows, 0, layout, &texts));
    }
    charts
}

/// The places of rings or dots: x, y and radius.
fn circles(chart: &Chart, class: &str) -> Vec<[f64; 3]> {
    let document = Document::parse(&chart.svg).expect("well-formed");
    let number = |node: roxmltree::Node<'_, '_>, name| -> f64 {
        let value: &str = node.attribute(name).expect("a circle");
        value.parse().expect("a number")
    };
    (document.descendants())
        .filter(|node| node.has_tag_name("circle") && node.attribute("class") == Some(class))
        .map(|node| ["cx", "cy", "r"].map(|name| number(node, name)))
        .collect()
}

#[test]
fn charts_of_a_whole_map_are_sound() {
    let result = decisions::whole();
    for chart in every_chart(&result, &decisions::distributions(&result)) {
        assert_is_sound(&chart);
    }
}

#[test]
fn charts_of_nothing_are_sound() {
    let result = sample::region(Vec::new(), Vec::new());
    for chart in every_chart(&result, &[]) {
        assert_is_sound(&chart);
    }
}

#[test]
fn a_whisker_reaches_from_the_best_to_the_worst_likely_place() {
    let mut result = decisions::whole();
    result.ranking.truncate(8);
    result.ranking[2].interval = (1, 8);
    result.ranking[2].among_first = 0.874;
    let chart = ranking(
        &result,
        &result.ranking,
        Layout::Wide,
        &decisions::ranking_texts(),
    );
    assert_eq!(
        chart.table.rows[2].cells[1..],
        [
            Cell::Text("1–8".to_owned()),
            Cell::Number {
                value: 87.4,
                decimals: 0
            }
        ]
    );
    let row = chart
        .svg
        .split(r#"<g class="row">"#)
        .nth(3)
        .expect("the third");
    assert!(row.contains(">1–8</text>") && row.contains(">87</text>"));
    let whisker = row.split("<path d=\"M").nth(1).expect("a whisker");
    let ends: Vec<f64> = (whisker
        .split('"')
        .next()
        .expect("its points")
        .split(['L', ' ']))
    .map(|number| number.parse().expect("a number"))
    .collect();
    let ticks = circles(&chart, "c-target fill");
    let near = |a: f64, b: f64| (a - b).abs() < 0.2;
    // After the dot of the legend come those of places 1, 2 …
    assert!(near(ends[0], ticks[1][0]), "{ends:?} {ticks:?}");
    assert!(near(ends[2], ticks[8][0]), "{ends:?} {ticks:?}");
}

#[test]
fn groups_are_held_by_a_bracket_each_and_a_legend_says_what_it_means() {
    let mut result = decisions::whole();
    for (ranked, group) in result.ranking.iter_mut().zip([0, 0, 1, 2, 2, 2]) {
        ranked.group = group;
    }
    result.ranking.truncate(6);
    let of =
        |ranked: &[Ranked]| ranking(&result, ranked, Layout::Wide, &decisions::ranking_texts());
    let chart = of(&result.ranking);
    assert_eq!(chart.svg.matches(r#"<g class="tied">"#).count(), 2);
    assert!(chart.svg.contains("Kan inte skiljas åt"));
    let alone = of(&result.ranking[2..4]);
    assert!(!alone.svg.contains("Kan inte skiljas åt"));
}

#[test]
fn rings_of_a_quadrant_never_cover_each_other_even_when_all_are_the_same() {
    let value = [sample::levels(1, 3, Basis::Agreed)];
    let capabilities = (0..60)
        .map(|row| sample::capability(row, &format!("Förmåga {row}"), Some(4), &value))
        .collect();
    let same = sample::region(Municipality::fyrbodal()[..1].into(), capabilities);
    for result in [same, decisions::whole()] {
        for layout in LAYOUTS {
            let texts = decisions::quadrant_texts();
            let chart = quadrant(&result, &result.ranking, layout, &texts);
            assert_is_sound(&chart);
            let mut rings = circles(&chart, "c-current stroke");
            rings.extend(circles(&chart, "c-bar stroke"));
            assert_eq!(rings.len(), result.ranking.len().min(40));
            for (index, [x, y, r]) in rings.iter().enumerate() {
                for [a, b, s] in &rings[index + 1..] {
                    assert!((x - a).hypot(y - b) >= r + s, "rings cover each other");
                }
            }
        }
    }
}

#[test]
fn a_larger_effect_lies_to_the_right_and_more_to_close_lies_higher() {
    let value = |target| [sample::levels(1, target, Basis::Agreed)];
    let capabilities = vec![
        sample::capability(0, "Hög", Some(5), &value(4)),
        sample::capability(1, "Låg", Some(2), &value(2)),
    ];
    let result = sample::region(Municipality::fyrbodal()[..1].into(), capabilities);
    let texts = decisions::quadrant_texts();
    let chart = quadrant(&result, &result.ranking, Layout::Wide, &texts);
    let (first, later) = (
        circles(&chart, "c-bar stroke"),
        circles(&chart, "c-current stroke"),
    );
    assert_eq!((first.len(), later.len()), (1, 1));
    assert!(first[0][0] > later[0][0] && first[0][1] < later[0][1]);
    assert!(chart.svg.contains(">Hög</text>") && chart.svg.contains("(2,0)"));
}

#[test]
fn areas_are_means_of_their_capabilities_and_few_of_them_are_rows() {
    let value = |current, target| [sample::levels(current, target, Basis::Agreed)];
    let mut result = sample::region(
        Municipality::fyrbodal()[..1].into(),
        vec![
            sample::capability(0, "A", None, &value(1, 3)),
            sample::capability(1, "B", None, &value(2, 5)),
            sample::capability(2, "C", None, &[]),
        ],
    );
    result.capabilities[2].area = decisions::whole().capabilities[0].area;
    let areas = decisions::areas(&result);
    assert_eq!(areas.len(), 2);
    assert_eq!((areas[0].current, areas[0].capabilities), (None, 0));
    assert_eq!(
        areas[1],
        AreaMeans {
            name: None,
            capabilities: 2,
            current: Some(1.5),
            target: Some(4.0)
        }
    );
    for layout in LAYOUTS {
        let chart = radar(&areas, layout, &decisions::radar_texts());
        assert_eq!(chart.table.rows[1].header, "Utan område");
        assert_eq!(chart.table.rows[0].cells[0], Cell::Symbol("-"));
        assert!(chart.svg.contains(">+2,5</text>"));
    }
}

#[test]
fn a_municipalitys_areas_are_means_of_its_own_levels() {
    let own = |pairs: [(u8, u8); 2]| pairs.map(|(a, b)| sample::levels(a, b, Basis::Agreed));
    let result = sample::region(
        Municipality::fyrbodal()[..2].into(),
        vec![
            sample::capability(0, "A", None, &own([(1, 3), (5, 5)])),
            sample::capability(1, "B", None, &own([(2, 5), (5, 5)])),
        ],
    );
    let areas = AreaMeans::of_municipality(&result, &[1, 0, 7], 0);
    assert_eq!(areas.len(), 1);
    assert_eq!((areas[0].current, areas[0].gap()), (Some(1.5), Some(2.5)));
    assert_eq!(
        AreaMeans::of_municipality(&result, &[0], 9)[0].current,
        None
    );
}

#[test]
fn an_area_without_value_has_an_empty_axis() {
    let mut areas = decisions::areas(&decisions::whole());
    assert_eq!(areas.len(), 5);
    for layout in LAYOUTS {
        let whole = radar(&areas, layout, &decisions::radar_texts());
        assert_eq!(circles(&whole, "c-target fill").len(), 6);
        assert_eq!(whole.svg.matches("c-way").count(), 1);
    }
    (areas[2].current, areas[2].target) = (None, None);
    let chart = radar(&areas, Layout::Wide, &decisions::radar_texts());
    assert_is_sound(&chart);
    assert_eq!(circles(&chart, "c-target fill").len(), 5);
    assert_eq!(chart.svg.matches("c-way").count(), 0);
    assert_eq!(chart.svg.matches("Inga värden").count(), 1);
}

#[test]
fn too_few_people_have_no_bars_and_no_numbers_but_their_class() {
    let few = decisions::distribution(&[1, 2, 4], LeastGroup::default());
    let enough = decisions::distribution(&[1, 2, 2, 2, 3, 5, 2], LeastGroup::default());
    let nobody = decisions::distribution(&[], LeastGroup::default());
    let names = ["Få", "Många", "Ingen"].map(str::to_owned);
    for layout in LAYOUTS {
        let chart = named(
            &names,
            &[few.clone(), enough.clone(), nobody.clone()],
            layout,
        );
        assert_is_sound(&chart);
        let csv = chart.table.csv_excel();
        assert!(csv.contains("Få;..;..;..;..;..;1–5;..;..;..\r\n"), "{csv}");
        assert!(
            csv.contains("Många;1;4;1;0;1;7;2;0,40;Ganska lika\r\n"),
            "{csv}"
        );
        assert!(csv.contains("Ingen;-;-;-;-;-;-;-;-;-\r\n"), "{csv}");
        let rows: Vec<&str> = chart.svg.split(r#"<g class="row">"#).skip(1).collect();
        assert_eq!(rows[0].matches("<rect").count(), 1);
        assert!(rows[0].contains("hatched") && rows[0].contains("1–5"));
        assert_eq!(rows[1].matches("<rect").count(), 5);
        assert_eq!(rows[1].matches("c-current fill").count(), 1);
    }
}

#[test]
fn pictures_of_many_rows_stay_readable_and_say_how_many_are_in_the_table() {
    let value = [sample::levels(1, 3, Basis::Agreed)];
    let capabilities = (0..60)
        .map(|row| sample::capability(row, &format!("Förmåga {row}"), Some(4), &value))
        .collect();
    let result = sample::region(Municipality::fyrbodal()[..1].into(), capabilities);
    let one = decisions::distribution(&[2; 9], LeastGroup::default());
    for chart in every_chart(&result, &vec![one; 60]) {
        assert_is_sound(&chart);
        if ["ranking", "quadrant", "five-bars"].contains(&chart.id) {
            assert_eq!(chart.table.rows.len(), 60);
            assert!(
                chart.svg.contains("20 till finns i tabellen."),
                "{}",
                chart.id
            );
        }
    }
}

#[test]
fn a_municipality_sees_the_regions_median_and_range_behind_its_own_levels_only_when_asked() {
    let values = [(1, 3), (2, 4), (4, 5)].map(|(a, b)| sample::levels(a, b, Basis::Agreed));
    let capability = sample::capability(0, "Drift", Some(4), &values);
    let mut texts = sample::texts("Åmål");
    let alone = municipal_dumbbell(&[&capability], 1, Layout::Wide, &texts);
    assert_eq!(alone.table.columns.len(), 5);
    assert!(!alone.svg.contains("c-bracket"));
    "Lägsta och högsta kommun".clone_into(&mut texts.range);
    "Medianen i regionen".clone_into(&mut texts.median);
    for layout in LAYOUTS {
        let chart = municipal_dumbbell(&[&capability], 1, layout, &texts);
        assert!(
            chart.table.csv_excel().ends_with(
                "Nuläge, medianen i regionen;Börläge, medianen i regionen;\
                 Nuläge, lägsta och högsta kommun;Börläge, lägsta och högsta kommun;Ej förankrad\r\n\
                 Drift;2;4;2;2,0;4,0;1–4;3–5;\r\n"
            ),
            "{}",
            chart.table.csv_excel()
        );
        let row = chart.svg.split(r#"<g class="row">"#).nth(1).expect("a row");
        assert_eq!(
            row.matches("c-bracket stroke").count(),
            4,
            "two ranges, two rings"
        );
        assert!(chart.svg.contains(">Medianen i regionen</text>"));
    }
}

fn levels() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(1_u8..=5, 0..40),
        (1_u8..=5, 0_usize..400).prop_map(|(level, people)| vec![level; people]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn charts_of_any_spread_are_sound(
        all in prop::collection::vec(("[A-ZÅÄÖ<&a-zåäö ]{1,40}", levels()), 0..8),
    ) {
        let (names, levels): (Vec<String>, Vec<Vec<u8>>) = all.into_iter().unzip();
        let distributions: Vec<_> = (levels.iter())
            .map(|levels| decisions::distribution(levels, LeastGroup::default()))
            .collect();
        for layout in LAYOUTS {
            assert_is_sound(&named(&names, &distributions, layout));
        }
    }

    #[test]
    fn charts_of_any_levels_are_sound(
        rows in prop::collection::vec(
            ("[A-ZÅÄÖa-zåäö ]{0,39}[W語]", 1_u8..=5, prop::collection::vec((1_u8..=5, 1_u8..=5), 1..6)),
            0..14,
        ),
        groups in prop::collection::vec(any::<bool>(), 14),
        areas in 1_usize..10,
    ) {
        let capabilities: Vec<CapabilityResult> = (rows.iter().enumerate())
            .map(|(row, (name, effect, values))| {
                let values: Vec<_> = (values.iter())
                    .map(|(a, b)| sample::levels(*a, *b, Basis::Agreed))
                    .collect();
                let mut capability = sample::capability(row, name, Some(*effect), &values);
                let area = row % areas;
                capability.area = Some(domain::ids::AreaId::new(uuid::Uuid::from_u128(area as u128)));
                capability.area_name = domain::text::Text::parse(name).ok();
                capability
            })
            .collect();
        let mut result = sample::region(Municipality::fyrbodal(), capabilities);
        let mut group = 0;
        for (ranked, next) in result.ranking.iter_mut().zip(groups) {
            group += usize::from(next);
            ranked.group = group;
        }
        for chart in every_chart(&result, &[]) {
            assert_is_sound(&chart);
        }
    }
}
