//! An invented report of any size, in Swedish.

use charts::{Cell, DecimalMark, Layout, Row, Shown, Table, dumbbell, heatmap, priority_bars};
use domain::{
    municipality::Municipality,
    results::{Basis, CellValue, Measure, RegionResult},
};
use report::{Block, Figure, Language, Report, Section};

#[path = "../../../../charts/tests/sample/mod.rs"]
#[allow(dead_code, reason = "the charts' own tests use all of it")]
mod results;

use results::{capability, levels, region, texts};

const SUBJECTS: [&str; 16] = [
    "Systemförvaltning och digitalt arv",
    "Kontinuitet",
    "Finansiering",
    "Förändringsledning",
    "Digitalt bevarande",
    "Medarbetares digitala kompetens",
    "Systematisk informationssäkerhet",
    "Identitet och åtkomst",
    "Dataskydd",
    "Riskhantering",
    "Pröva och sprida",
    "Incidenthantering",
    "Tillgängliga digitala tjänster",
    "Innovationsupphandling",
    "Öppna data",
    "Välfärdsteknik",
];

/// An invented result of Sweden's first `municipalities` (Fyrbodal's are fourteen) and so many capabilities.
fn result(municipalities: usize, capabilities: usize) -> RegionResult {
    let municipalities: Vec<Municipality> = if municipalities == 14 {
        Municipality::fyrbodal()
    } else {
        Municipality::all().take(municipalities).collect()
    };
    let rows = (0..capabilities)
        .map(|row| {
            let name = match row / SUBJECTS.len() {
                0 => SUBJECTS[row].to_owned(),
                again => format!("{} {}", SUBJECTS[row % SUBJECTS.len()], again + 1),
            };
            let values: Vec<CellValue> = (0..municipalities.len())
                .map(|column| {
                    let noise = (row * 31 + column * 17 + row * column) % 7;
                    let step = u8::try_from(noise).expect("small");
                    match noise {
                        _ if column == 2 || column == 10 => CellValue::Missing,
                        6 if row > 6 => CellValue::Hidden,
                        _ if row % 12 == 9 => levels(3 + step % 3, 2 + step % 2, Basis::Agreed),
                        _ => levels(
                            1 + (step + 1) % 3,
                            3 + (step + u8::try_from(row % 9).expect("small")) % 3,
                            Basis::Agreed,
                        ),
                    }
                })
                .collect();
            capability(row, &name, u8::try_from(5 - row % 4).ok(), &values)
        })
        .collect();
    region(municipalities, rows)
}

fn section(heading: &str, blocks: Vec<Block>) -> Section {
    Section {
        heading: heading.to_owned(),
        blocks,
    }
}

fn text(text: &str) -> Block {
    Block::Text(text.to_owned())
}

fn words(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn count(number: usize) -> Cell {
    Cell::number_or(u32::try_from(number).ok().map(f64::from), 0, "-")
}

/// The first five, with words.
fn top_five(result: &RegionResult) -> Table {
    let columns = [
        "Förmåga",
        "Plats",
        "Prioritet",
        "Effekt på mål",
        "Skillnad att stänga",
        "Kommuner med skillnad",
        "Kommuner med värde",
        "Hur säkert",
    ];
    let rows = (result.ranking.iter().take(5))
        .map(|ranked| {
            let capability = &result.capabilities[ranked.capability];
            Row {
                header: capability.name.to_string(),
                cells: vec![
                    Cell::number_or(Some(f64::from(ranked.place)), 0, "-"),
                    Cell::number_or(capability.priority, 0, "-"),
                    Cell::number_or(capability.effect.map(f64::from), 0, "-"),
                    Cell::number_or(capability.gap_to_close, 1, "-"),
                    count(capability.with_gap),
                    count(capability.with_value),
                    words("Plats 1–3 i nio av tio omtagningar"),
                ],
            }
        })
        .collect();
    Table {
        caption: "De fem förmågor som gör störst skillnad för målen".to_owned(),
        columns: columns.map(str::to_owned).into(),
        rows,
        conditions: vec!["Platserna 2 och 3 kan inte skiljas åt.".to_owned()],
        mark: DecimalMark::Comma,
    }
}

/// Findings, in words.
fn findings(result: &RegionResult) -> Table {
    let rows = (result.capabilities.iter().take(12))
        .map(|capability| Row {
            header: capability.name.to_string(),
            cells: vec![
                words("Förmågan saknar ägare"),
                words("Ingen har tagit på sig att utveckla förmågan. Utse en ägare innan nästa omgång börjar, så att någon kan föra frågan vidare till nämnden."),
                words("Processledaren"),
            ],
        })
        .collect();
    Table {
        caption: "Det här behöver ses över".to_owned(),
        columns: ["Förmåga", "Vad", "Vad ni kan göra", "Vem"]
            .map(str::to_owned)
            .into(),
        rows,
        conditions: Vec::new(),
        mark: DecimalMark::Comma,
    }
}

/// A report of an invented region of this size.
pub(crate) fn report(municipalities: usize, capabilities: usize) -> Report {
    let result = result(municipalities, capabilities);
    let all: Vec<_> = result.capabilities.iter().collect();
    let conditions = texts("").conditions;
    let shown = Shown::all(&result);
    let way = dumbbell(&all, Layout::Wide, &texts("Från nuläge till börläge"));
    let first = dumbbell(
        &all[..all.len().min(6)],
        Layout::Wide,
        &texts("Nuläge och börläge för de sex första"),
    );
    let priority = priority_bars(
        &result,
        &result.ranking,
        Layout::Wide,
        &texts("Prioriterat"),
    );
    let gaps = heatmap(
        &result,
        &shown,
        Measure::Gap,
        &texts("Skillnad per kommun och förmåga"),
    );
    let figure = |name, chart: &charts::Chart, with_table| {
        Block::Figure(Figure {
            name,
            chart: chart.clone(),
            with_table,
        })
    };
    Report {
        title: "Förmågor i Fyrbodal".to_owned(),
        subtitle: "Förmågekartläggning 2026 · Karta version 2 · Omgång 1, 1 september–31 oktober 2026".to_owned(),
        day: "2026-11-22".to_owned(),
        language: Language::Swedish,
        example: Some("Exempel: alla svar och siffror är påhittade".to_owned()),
        conditions_heading: "Detta bygger siffrorna på".to_owned(),
        conditions: [
            conditions.as_slice(),
            &["Ordningen håller för de tre första grupperna. Siffror som bygger på färre än fem svar visas inte.".to_owned()],
        ]
        .concat(),
        summary: vec![
            section(
                "Det här gör störst skillnad för målen",
                vec![
                    text("Störst effekt får kommunerna av att utveckla systemförvaltningen tillsammans. Skillnaden mellan nuläge och börläge är stor i nästan alla kommuner, och målen beror på den."),
                    Block::Table(top_five(&result)),
                ],
            ),
            section(
                "Så långt är det kvar",
                vec![figure("nulage-borlage", &first, false)],
            ),
            section(
                "Så säkert är det",
                vec![Block::List(vec![
                    "Tre kommuner saknas. Hade de svarat så olika som möjligt hade skillnaden för Kontinuitet legat mellan 1,4 och 2,6.".to_owned(),
                    "Svaren är överens om nio av tio förmågor.".to_owned(),
                    "Var sjätte har svarat Vet ej om Identitet och åtkomst.".to_owned(),
                ])],
            ),
        ],
        appendix_heading: "Bilaga: alla siffror".to_owned(),
        appendix: vec![
            section("Prioriterat", vec![text("En förmågas prioritet är effekten på målen gånger skillnaden att stänga, gånger fem."), figure("prioritet", &priority, true)]),
            section("Från nuläge till börläge", vec![figure("nulage-borlage", &way, true)]),
            section("Värmekarta", vec![figure("varmekarta", &gaps, true)]),
            section("Att se över", vec![Block::Table(findings(&result))]),
        ],
        slides: Vec::new(),
    }
}
