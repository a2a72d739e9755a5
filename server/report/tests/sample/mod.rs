//! An invented report with everything that a report can hold, for tests and for looking at.

use std::collections::BTreeSet;

use charts::{
    AreaMeans, BetweenTexts, Cell, Chart, FiveBarsTexts, Layout, MapTexts, MunicipalValue,
    QuadrantTexts, RadarTexts, RankingTexts, Row, Shares, Shown, SlopeTexts, Step, Table,
    between_within, choropleth, dumbbell, five_bars, heatmap, priority_bars, quadrant, radar,
    ranking, slope,
};
use domain::{
    level::Level,
    municipality::Municipality,
    results::{Bars, CapabilityResult, Distribution, Measure, RegionResult},
    statistics::suppression::GroupSize,
};
use report::{Block, Figure, Language, Report, Section, Slide};

#[path = "../../../charts/tests/sample/mod.rs"]
mod results;

/// What a text must survive: markup, a formula, an emoji, and what XML forbids.
pub(crate) const HOSTILE: &str = "=1+1 <b>&\"' 🦊 \u{1}slut";

fn heading(title: &str) -> charts::Heading {
    let texts = results::texts(title);
    charts::Heading {
        title: texts.title,
        description: format!("{title}, i ord."),
        conditions: texts.conditions,
        mark: texts.mark,
    }
}

fn figure(name: &'static str, chart: Chart, with_table: bool) -> Block {
    Block::Figure(Figure {
        name,
        chart,
        with_table,
    })
}

/// The first `count` capabilities, from nuläge to börläge.
pub(crate) fn ways(result: &RegionResult, count: usize) -> Chart {
    let rows: Vec<&CapabilityResult> = result.capabilities.iter().take(count).collect();
    let texts = results::texts("Från nuläge till börläge");
    dumbbell(&rows, Layout::Wide, &texts)
}

fn areas() -> Chart {
    let area = |name: &str, current, target| AreaMeans {
        name: Some(name.to_owned()),
        capabilities: 4,
        current: Some(current),
        target: Some(target),
    };
    let areas = [
        area("Styrning", 2.25, 3.75),
        area("Säkerhet", 1.5, 4.0),
        area("Tjänster", 3.0, 4.5),
        area("Kompetens", 2.0, 3.1),
    ];
    let texts = RadarTexts {
        heading: heading("Områden"),
        area: "Område".to_owned(),
        current: "Nuläge".to_owned(),
        target: "Börläge".to_owned(),
        gap: "Skillnad".to_owned(),
        capabilities: "Förmågor".to_owned(),
        values: "{current} till {target} ({gap}) / {count} förmågor".to_owned(),
        ..RadarTexts::default()
    };
    radar(&areas, Layout::Wide, &texts)
}

fn places(result: &RegionResult) -> Chart {
    let texts = RankingTexts {
        heading: heading("Plats i prioriteringen"),
        capability: "Förmåga".to_owned(),
        place: "Plats".to_owned(),
        interval: "Trolig plats".to_owned(),
        whisker: "Trolig plats (90 % av omtagningarna)".to_owned(),
        among_first: "Bland de fem första, %".to_owned(),
        tied: "Kan inte skiljas åt".to_owned(),
        left_out: "{count} förmågor till finns i tabellen.".to_owned(),
    };
    ranking(result, &result.ranking, Layout::Wide, &texts)
}

fn matrix(result: &RegionResult) -> Chart {
    let texts = QuadrantTexts {
        heading: heading("Effekt och skillnad"),
        capability: "Förmåga".to_owned(),
        place: "Plats".to_owned(),
        effect: "Effekt på mål".to_owned(),
        gap: "Skillnad att stänga".to_owned(),
        with_gap: "Kommuner med skillnad".to_owned(),
        ..QuadrantTexts::default()
    };
    quadrant(result, &result.ranking, Layout::Wide, &texts)
}

/// Charts that the report has not, in the order slope, bars, between and within, map; not everything has a number.
#[allow(dead_code, reason = "the example asks nothing")]
pub(crate) fn further() -> [Chart; 4] {
    let step = |name: &str, means| Step {
        name: name.to_owned(),
        means,
        pairs: 9,
    };
    let steps = [
        step("Drift", Some((2.0, 2.75))),
        step("Öppna data", None),
        step("Kontinuitet", Some((3.0, 2.5))),
    ];
    let texts = SlopeTexts {
        heading: heading("Utveckling"),
        earlier: "Våren 2026".to_owned(),
        later: "Hösten 2026".to_owned(),
        ..SlopeTexts::default()
    };
    let slope = slope(&steps, Layout::Wide, &texts);

    let level = |level| Level::new(level).expect("1 to 5");
    let spread = Distribution {
        people: GroupSize::Exactly(12),
        bars: Some(Bars {
            counts: [1, 2, 5, 3, 1],
            quartiles: [level(2), level(3), level(4)],
            agreement: 0.4,
            label: None,
        }),
    };
    let few = Distribution {
        people: GroupSize::UpTo(5),
        bars: None,
    };
    let texts = FiveBarsTexts {
        heading: heading("Fördelning"),
        levels: ["Nivå 1", "Nivå 2", "Nivå 3", "Nivå 4", "Nivå 5"].map(str::to_owned),
        ..FiveBarsTexts::default()
    };
    let bars = five_bars(
        &[("Drift", &spread), ("Öppna data", &few)],
        Layout::Wide,
        &texts,
    );

    let shares = [Shares {
        name: "Drift".to_owned(),
        between: Some(0.305),
        icc: Some(0.2),
        verdict: "Viss".to_owned(),
        symbol: "-",
    }];
    let texts = BetweenTexts {
        heading: heading("Mellan och inom"),
        ..BetweenTexts::default()
    };
    let between = between_within(&shares, Layout::Wide, &texts);

    let values: Vec<MunicipalValue> = (Municipality::fyrbodal().into_iter())
        .zip(
            [1.0, 2.5, 0.5]
                .into_iter()
                .map(Some)
                .chain(std::iter::repeat(None)),
        )
        .map(|(municipality, value)| MunicipalValue {
            municipality,
            value: Cell::number_or(value, 1, ".."),
            values: u32::from(value.is_some()) * 10,
            agreed: u32::from(value.is_some()) * 8,
        })
        .collect();
    let texts = MapTexts {
        heading: heading("Karta"),
        value: "Skillnad i snitt".to_owned(),
        values: "Antal värden".to_owned(),
        agreed: "Varav förankrade".to_owned(),
        ..MapTexts::default()
    };
    let map = choropleth(&values, Measure::Gap, Layout::Wide, &texts);
    [slope, bars, between, map]
}

/// A table with every kind of cell, among them what is hostile.
pub(crate) fn own() -> Table {
    let row = |header: &str, cells: Vec<Cell>| Row {
        header: header.to_owned(),
        cells,
    };
    let texts = results::texts("Vår kommun");
    Table {
        caption: "Vår kommun: nivåer och andel/år [%]".to_owned(),
        columns: [
            "Förmåga",
            "Nuläge",
            "Skillnad",
            "Andel, %",
            "Samstämmighet",
            "Anmärkning",
        ]
        .map(str::to_owned)
        .into(),
        rows: vec![
            row(
                "Kontinuitet",
                vec![
                    Cell::number_or(Some(41.0 / 20.0), 1, "-"),
                    Cell::number_or(Some(-1.25), 1, "-"),
                    Cell::number_or(Some(56.5), 0, "-"),
                    Cell::number_or(Some(0.725), 2, "-"),
                    Cell::Text(HOSTILE.to_owned()),
                ],
            ),
            row(
                "Öppna data",
                vec![
                    Cell::Symbol(".."),
                    Cell::Symbol("."),
                    Cell::Symbol("-"),
                    Cell::number_or(Some(1.0), 2, "-"),
                    Cell::Text("Ej förankrad".to_owned()),
                ],
            ),
        ],
        conditions: texts.conditions,
        mark: texts.mark,
    }
}

fn slide(title: &str, block: Block) -> Slide {
    Slide {
        title: title.to_owned(),
        block,
        based_on: "Bygger på 11 av 14 kommuner och 41 av 52 inbjudna.".to_owned(),
    }
}

/// The whole numbers of the heat map, each once.
#[allow(dead_code, reason = "the example asks nothing")]
pub(crate) fn gaps(report: &Report) -> BTreeSet<i64> {
    let Block::Figure(map) = &report.appendix[0].blocks[1] else {
        panic!("the second chart of the appendix is the heat map");
    };
    let cells = map.chart.table.rows.iter().flat_map(|row| &row.cells);
    let whole = |value: f64| format!("{value:.0}").parse().expect("a whole number");
    cells.filter_map(Cell::value).map(whole).collect()
}

/// The report.
pub(crate) fn report() -> Report {
    let result = results::fyrbodal();
    let gaps = || {
        let texts = results::texts("Skillnad per kommun och förmåga");
        heatmap(&result, &Shown::all(&result), Measure::Gap, &texts)
    };
    let list = || {
        let texts = results::texts("Prioriterat");
        priority_bars(&result, &result.ranking[..5], Layout::Wide, &texts)
    };
    let sentences = |count: usize| -> Vec<String> {
        let sentence =
            "Skillnaden att stänga är störst där både effekten på målen är stor och många kommuner";
        (1..=count)
            .map(|n| format!("{n}. {sentence} har den."))
            .collect()
    };
    Report {
        title: "Förmågor i Fyrbodal".to_owned(),
        subtitle: "Hösten 2026 · karta 3 & <utkast>".to_owned(),
        day: "2026-11-22".to_owned(),
        language: Language::Swedish,
        example: Some("Exempel: påhittade svar".to_owned()),
        conditions_heading: "Detta bygger siffrorna på".to_owned(),
        conditions: vec![
            "Bygger på 11 av 14 kommuner och 41 av 52 inbjudna.".to_owned(),
            "Saknas: Färgelanda, Trollhättan och Uddevalla.".to_owned(),
        ],
        summary: vec![Section {
            heading: "Det viktigaste".to_owned(),
            blocks: vec![
                Block::Text("Fem förmågor kommer först.".to_owned()),
                Block::List(sentences(2)),
                figure("prioritet", list(), true),
            ],
        }],
        appendix_heading: "Allt bakom siffrorna".to_owned(),
        appendix: vec![
            Section {
                heading: "Alla förmågor".to_owned(),
                blocks: vec![
                    figure("nulage-borlage", ways(&result, usize::MAX), true),
                    figure("varmekarta", gaps(), true),
                    figure("rangordning", places(&result), false),
                    figure("matris", matrix(&result), false),
                ],
            },
            Section {
                heading: "Områden och vår kommun".to_owned(),
                blocks: vec![
                    figure("omraden", areas(), false),
                    Block::Table(own()),
                    // The same again: not a second sheet.
                    figure("prioritet", list(), false),
                ],
            },
        ],
        slides: vec![
            slide(
                "Fem förmågor kommer först",
                figure("prioritet", list(), false),
            ),
            slide("Varför just de", Block::List(sentences(30))),
            slide(
                "Så långt är det från nuläge till börläge i de fem",
                figure("nulage-borlage", ways(&result, 5), true),
            ),
            slide(
                "Hela kartan, kommun för kommun",
                figure("varmekarta", gaps(), false),
            ),
            slide(
                "Alla förmågor",
                figure("nulage-borlage", ways(&result, usize::MAX), false),
            ),
            slide("Vår kommun", Block::Table(own())),
            slide("Områden", figure("omraden", areas(), false)),
            slide(
                "Till sist",
                Block::Text("Så har vi räknat.\nFråga oss gärna.".to_owned()),
            ),
        ],
    }
}
