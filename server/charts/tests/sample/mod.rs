//! Invented results and Swedish texts for tests and the gallery.

use charts::{ChartTexts, DecimalMark};
use domain::{
    ids::CapabilityId,
    level::Level,
    map::CapabilityKind,
    mapping::Participation,
    municipality::Municipality,
    results::{
        Basis, CapabilityResult, Cell, CellValue, Conditions, Missing, Ranked, RegionResult,
        Standing,
    },
    statistics::suppression::GroupSize,
    text::{Formulation, Text},
};
use uuid::Uuid;

/// The texts of one chart.
pub(crate) fn texts(title: &str) -> ChartTexts {
    let text = str::to_owned;
    ChartTexts {
        title: text(title),
        description: text("{count} förmågor. Störst: {first} ({number}). {without} saknar värde."),
        conditions: vec![
            text("Bygger på 11 av 14 kommuner och 41 av 52 inbjudna."),
            text("Saknas: Färgelanda, Trollhättan och Uddevalla, som har deltagit på annat sätt."),
        ],
        level_names: [
            "Tillfällig",
            "Påbörjad",
            "Etablerad",
            "Styrd",
            "Utvecklande",
        ]
        .map(text),
        capability: text("Förmåga"),
        current: text("Nuläge"),
        target: text("Börläge"),
        gap: text("Skillnad"),
        place: text("Plats"),
        priority: text("Prioritet"),
        effect: text("Effekt på mål"),
        gap_to_close: text("Skillnad att stänga"),
        interval: text("Plats i 90 % av omtagningarna"),
        with_gap: text("Kommuner med skillnad"),
        with_value: text("Kommuner med värde"),
        parts: text(
            "Effekt på mål {effect} · skillnad att stänga {gap} · {with_gap} av {with_value} kommuner",
        ),
        tied: text("Kan inte skiljas åt"),
        surplus: text("Kan stödja andra"),
        range: String::new(),
        median: String::new(),
        unconfirmed: text("Ej förankrad"),
        hidden: text("För få svar"),
        not_applicable: text("Inte aktuellt"),
        missing: text("Inga svar"),
        mark: DecimalMark::Comma,
    }
}

/// Levels with what they rest on.
pub(crate) fn levels(current: u8, target: u8, basis: Basis) -> CellValue {
    CellValue::Levels {
        current: Level::new(current).expect("1 to 5"),
        target: Level::new(target).expect("1 to 5"),
        basis,
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    let count = u32::try_from(values.len()).expect("few");
    (count > 0).then(|| values.iter().sum::<f64>() / f64::from(count))
}

type Levels = (u8, u8);

fn sorted(both: &[Levels], of: fn(Levels) -> u8) -> Vec<u8> {
    let mut levels: Vec<u8> = both.iter().copied().map(of).collect();
    levels.sort_unstable();
    levels
}

fn median(both: &[Levels], of: fn(Levels) -> u8) -> Option<f64> {
    let levels = sorted(both, of);
    let last = levels.len().checked_sub(1)?;
    let middle = [last / 2, last.div_ceil(2)].map(|at| f64::from(levels[at]));
    Some(f64::midpoint(middle[0], middle[1]))
}

fn range(both: &[Levels], of: fn(Levels) -> u8) -> Option<Levels> {
    let levels = sorted(both, of);
    Some((*levels.first()?, *levels.last()?))
}

/// A capability with these values, added up.
pub(crate) fn capability(
    number: usize,
    name: &str,
    effect: Option<u8>,
    values: &[CellValue],
) -> CapabilityResult {
    let both: Vec<(u8, u8)> = (values.iter().filter_map(CellValue::levels))
        .map(|(current, target)| (current.get(), target.get()))
        .collect();
    let of = |value: fn((f64, f64)) -> f64| {
        let both = (both.iter()).map(|(c, t)| value((f64::from(*c), f64::from(*t))));
        mean(&both.collect::<Vec<_>>())
    };
    let gap_to_close = of(|(current, target)| (target - current).max(0.0));
    CapabilityResult {
        id: CapabilityId::new(Uuid::from_u128(number as u128)),
        name: Text::parse(name).expect("a name"),
        formulation: Formulation::default(),
        kind: CapabilityKind::ALL[0],
        layers: std::collections::BTreeSet::new(),
        area: None,
        area_name: None,
        cells: (values.iter())
            .map(|&value| Cell {
                value,
                answers: GroupSize::Exactly(7),
            })
            .collect(),
        effect,
        with_value: both.len(),
        with_gap: both.iter().filter(|(c, t)| t > c).count(),
        with_surplus: both.iter().filter(|(c, t)| t < c).count(),
        median_current: median(&both, |(current, _)| current),
        median_target: median(&both, |(_, target)| target),
        range_current: range(&both, |(current, _)| current),
        range_target: range(&both, |(_, target)| target),
        bounds: gap_to_close.map(|gap| (gap * 0.8, gap * 0.8 + 0.8)),
        mean_current: of(|(current, _)| current),
        mean_target: of(|(_, target)| target),
        mean_gap: of(|(current, target)| target - current),
        gap_to_close,
        priority: effect
            .zip(gap_to_close)
            .map(|(effect, gap)| 5.0 * f64::from(effect) * gap),
        dont_know_share: None,
    }
}

/// A result of these capabilities, ranked by priority; those within two of the one before are one group.
pub(crate) fn region(
    municipalities: Vec<Municipality>,
    capabilities: Vec<CapabilityResult>,
) -> RegionResult {
    let mut order: Vec<(usize, f64)> = (capabilities.iter().enumerate())
        .filter_map(|(index, capability)| Some((index, capability.priority?)))
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut group = 0;
    let mut above = f64::NAN;
    let ranking = (1..)
        .zip(&order)
        .map(|(place, &(capability, priority))| {
            if above - priority > 2.0 {
                group += 1;
            }
            above = priority;
            Ranked {
                capability,
                place,
                group,
                interval: (place, place + 1),
                among_first: 0.5,
            }
        })
        .collect();
    let missing = municipalities.iter().map(|&municipality| Missing {
        municipality,
        participation: Participation::Otherwise,
        note: Text::default(),
    });
    RegionResult {
        conditions: Conditions {
            present: municipalities.clone(),
            missing: missing.take(0).collect(),
            invited: 52,
            submitted: 41,
            agreed_cells: 0,
            unconfirmed_cells: 0,
            cells: 0,
            without_effect: 0,
            much_dont_know: Vec::new(),
            standing: Standing::Regional,
        },
        municipalities,
        capabilities,
        ranking,
    }
}

/// Fyrbodal with a floor effect, a surplus, a longest name, and everything that can be missing.
pub(crate) fn fyrbodal() -> RegionResult {
    let names = [
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
        "Informationssäkerhetsincidenthantering",
        "Ledning av digitalisering i hela koncernen",
        "Öppna data",
        "Välfärdsteknik",
    ];
    let municipalities = Municipality::fyrbodal();
    let absent = ["Färgelanda", "Trollhättan", "Uddevalla"];
    let capabilities = (names.iter().enumerate())
        .map(|(row, name)| {
            let name: String = name.chars().take(40).collect();
            let values: Vec<CellValue> = (municipalities.iter().enumerate())
                .map(|(column, municipality)| {
                    let noise = (row * 31 + column * 17 + row * column) % 7;
                    let step = u8::try_from(noise).expect("small");
                    let basis = if noise == 3 {
                        Basis::Answers
                    } else {
                        Basis::Agreed
                    };
                    match row {
                        _ if absent.contains(&municipality.name()) => CellValue::Missing,
                        16 if column % 2 == 0 => CellValue::Hidden,
                        16 => CellValue::NotApplicable,
                        9 => levels(3 + step % 3, 2 + step % 2, basis),
                        13 => levels(3, 3, basis),
                        17 => levels(1, 5, basis),
                        _ if noise == 6 && row > 6 => CellValue::Hidden,
                        _ => levels(
                            1 + (step + 1) % 3,
                            3 + (step + u8::try_from(row).expect("small")) % 3,
                            basis,
                        ),
                    }
                })
                .collect();
            let effect = (row != 14).then(|| u8::try_from(5 - row % 4).expect("small"));
            capability(row, &name, effect, &values)
        })
        .collect();
    region(municipalities, capabilities)
}
