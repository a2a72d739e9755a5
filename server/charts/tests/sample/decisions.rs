//! A whole map of invented results, and the words of the charts that directors decide on.

use charts::{AreaMeans, FiveBarsTexts, Heading, QuadrantTexts, RadarTexts, RankingTexts};
use domain::{
    ids::AreaId,
    municipality::Municipality,
    results::{Bars, Basis, CellValue, Distribution, RegionResult},
    statistics::{
        agreement::{AgreementLabel, agreement},
        location::{frequencies, quantile},
        suppression::LeastGroup,
    },
    text::Text,
};
use uuid::Uuid;

use crate::sample::{capability, fyrbodal, levels, region, texts};

/// The five areas of the template.
const AREAS: [&str; 5] = [
    "Digital kompetens",
    "Trygghet",
    "Innovation",
    "Infrastruktur",
    "Ledning",
];

fn text(text: &str) -> String {
    text.to_owned()
}

fn heading(title: &str) -> Heading {
    Heading {
        title: text(title),
        description: text("Systemförvaltning och digitalt arv kommer först."),
        conditions: texts(title).conditions,
        ..Heading::default()
    }
}

/// Numbers that look like chance and are always the same.
fn noise(a: usize, b: usize) -> usize {
    let mixed = (a * 7919 + b * 104_729 + a * b * 31) ^ 0x5bd1;
    (mixed * 2_654_435_761) % 4_294_967_296 / 65_536
}

/// Fyrbodal with 32 capabilities in five areas: a floor effect, some surpluses, three municipalities missing.
pub(crate) fn whole() -> RegionResult {
    let names = fyrbodal().capabilities;
    let more = [
        "Behörighetsstyrning",
        "Beställarkompetens",
        "Datadriven analys",
        "Delning av information",
        "Digital delaktighet",
        "E-arkiv",
        "Gemensam arkitektur",
        "Upphandling och avtal",
        "Målgruppsinsikt",
        "Mötesteknik",
        "Nyttorealisering",
        "Portföljstyrning",
        "Robusta nät",
        "Strategisk planering",
    ];
    let municipalities = Municipality::fyrbodal();
    let names = (names.iter().map(|known| known.name.to_string())).chain(more.map(text));
    let capabilities = (names.enumerate())
        .map(|(row, name)| {
            let values: Vec<CellValue> = (0..municipalities.len())
                .map(|column| {
                    let chance = noise(row + 1, column + 1);
                    let small = |number: usize| u8::try_from(number).expect("small");
                    match chance % 17 {
                        _ if [2, 10, 11].contains(&column) => CellValue::Missing,
                        0 => CellValue::Hidden,
                        1 => CellValue::NotApplicable,
                        _ => {
                            let current = 1 + small(chance / 17 % 3) / (1 + small(row % 2));
                            let step = small(chance / 51 % 3 + (row % 5) / 2);
                            let surplus = row % 9 == 4;
                            let target = if surplus {
                                current.saturating_sub(step).max(1)
                            } else {
                                (current + step).min(5)
                            };
                            levels(current, target, Basis::Agreed)
                        }
                    }
                })
                .collect();
            let effect = (row % 11 != 10).then(|| [5, 4, 4, 3, 4, 3, 5, 2, 3, 4, 1][row % 11]);
            let mut capability = capability(row, &name, effect, &values);
            let area = row * 5 / 32;
            capability.area = Some(AreaId::new(Uuid::from_u128(area as u128)));
            capability.area_name = Text::parse(AREAS[area]).ok();
            capability
        })
        .collect();
    let mut result = region(municipalities, capabilities);
    let last = u32::try_from(result.ranking.len()).expect("few");
    for ranked in &mut result.ranking {
        let wide =
            u32::try_from(noise(ranked.capability, 3) % 6).expect("small") + ranked.place / 6;
        ranked.interval = (
            ranked.place.saturating_sub(wide).max(1),
            (ranked.place + wide).min(last),
        );
        ranked.among_first = 1.0 / (1.0 + (f64::from(ranked.place) - 5.5).exp());
    }
    result
}

/// The words of a ranking.
pub(crate) fn ranking_texts() -> RankingTexts {
    RankingTexts {
        heading: heading("Så säker är ordningen"),
        capability: text("Förmåga"),
        place: text("Plats"),
        interval: text("Trolig plats"),
        whisker: text("Trolig plats (90 % av omtagningarna)"),
        among_first: text("Bland de fem första, %"),
        tied: text("Kan inte skiljas åt"),
        left_out: text("{count} till finns i tabellen."),
    }
}

/// The words of a quadrant.
pub(crate) fn quadrant_texts() -> QuadrantTexts {
    QuadrantTexts {
        heading: heading("Effekt på mål mot skillnad att stänga"),
        capability: text("Förmåga"),
        place: text("Plats"),
        effect: text("Effekt på mål"),
        gap: text("Skillnad att stänga"),
        with_gap: text("Kommuner med skillnad"),
        parts: text("effekt · skillnad · kommuner"),
        size: text(
            "Siffran är platsen i prioriteringen. Ju större ring, desto fler kommuner med skillnad. Hälften av förmågorna ligger över den delande linjen ({number}).",
        ),
        first: text("Gör först"),
        much_to_close: text("Långt kvar, mindre effekt"),
        keep: text("Stor effekt, nära målet"),
        later: text("Kan vänta"),
        left_out: text("{count} till finns i tabellen."),
    }
}

/// The words of a radar.
pub(crate) fn radar_texts() -> RadarTexts {
    RadarTexts {
        heading: heading("Nuläge och börläge per område"),
        level_names: texts("").level_names,
        area: text("Område"),
        current: text("Nuläge"),
        target: text("Börläge"),
        gap: text("Skillnad"),
        capabilities: text("Förmågor"),
        without_area: text("Utan område"),
        values: text("{current} till {target} · {gap} / {count} förmågor"),
        missing: text("Inga värden"),
        surplus: text("Kan stödja andra"),
    }
}

/// The words of five bars.
pub(crate) fn five_bars_texts() -> FiveBarsTexts {
    FiveBarsTexts {
        heading: heading("Så svarade deltagarna om nuläget"),
        capability: text("Förmåga"),
        levels: [1, 2, 3, 4, 5].map(|level| format!("Nivå {level}")),
        people: text("Svar"),
        median: text("Median"),
        agreement: text("Samstämmighet A"),
        label: text("Samsyn"),
        labels: ["Delade meningar", "Olika syn", "Ganska lika", "Samsyn"].map(text),
        numbers: text("{people} svar · A {agreement}"),
        too_few: text("{class} svar: för få för att visas"),
        hidden: text("För få svar för att visas"),
        nobody: text("Inga svar"),
        bar: text("Så många valde nivån"),
        left_out: text("{count} till finns i tabellen."),
    }
}

/// How these levels spread, as a round tells it.
pub(crate) fn distribution(levels: &[u8], n_min: LeastGroup) -> Distribution {
    let people = u32::try_from(levels.len()).expect("few");
    let counts = frequencies(levels);
    let a = agreement(&counts);
    let quartile = |p| quantile(levels, p).and_then(domain::level::Level::new);
    let bars = a.filter(|_| n_min.permits(people)).map(|agreement| Bars {
        counts,
        quartiles: [0.25, 0.5, 0.75].map(|p| quartile(p).expect("there are levels")),
        agreement,
        label: AgreementLabel::of(agreement, people),
    });
    Distribution {
        people: n_min.class(people),
        bars,
    }
}

/// One distribution for each capability of [`whole`]; some too small.
pub(crate) fn distributions(result: &RegionResult) -> Vec<Distribution> {
    (0..result.capabilities.len())
        .map(|row| {
            let people = if row % 8 == 5 {
                row % 16 % 6
            } else {
                18 + noise(row, 9) % 26
            };
            let levels: Vec<u8> = (0..people)
                .map(|person| {
                    let chance = noise(row + 3, person + 5) % (3 + row % 4);
                    let level = if row % 7 == 3 && person % 2 == 0 {
                        5
                    } else {
                        1 + chance
                    };
                    u8::try_from(level.min(5)).expect("small")
                })
                .collect();
            distribution(&levels, LeastGroup::default())
        })
        .collect()
}

/// The areas of a result.
pub(crate) fn areas(result: &RegionResult) -> Vec<AreaMeans> {
    AreaMeans::of(result, &(0..result.capabilities.len()).collect::<Vec<_>>())
}
