//! Writes maps, grids of tiles and what belongs to rounds and coverage, of invented values, to a folder, so that people
//! can look at them: `cargo run -p charts --example atlas -- FOLDER`.

use std::{error::Error, fs, path::PathBuf};

use charts::{
    BetweenTexts, Cell, Chart, CoverageTexts, Heading, Layout, MapTexts, MunicipalValue, Shares,
    Shown, SlopeTexts, Step, between_within, choropleth, coverage, slope, tile_grid,
};
use domain::{municipality::Municipality, results::Measure};

#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../tests/sample/mod.rs"]
mod sample;

fn heading(title: &str) -> Heading {
    Heading {
        title: title.to_owned(),
        conditions: vec!["Bygger på 11 av 14 kommuner. Exempel.".to_owned()],
        ..Heading::default()
    }
}

fn rows(layout: Layout) -> [Chart; 3] {
    let text = str::to_owned;
    let result = sample::fyrbodal();
    let steps: Vec<Step> = (result.capabilities.iter().enumerate())
        .map(|(index, capability)| {
            let noise = f64::from(u32::try_from(index * 5 % 9).expect("small")) - 3.0;
            Step {
                name: capability.name.to_string(),
                means: (index != 4)
                    .then_some(capability.mean_current)
                    .flatten()
                    .map(|mean| (mean, (mean + noise / 8.0).clamp(1.0, 5.0))),
                pairs: if index == 4 { 0 } else { 9 + index % 3 },
            }
        })
        .collect();
    let shares: Vec<Shares> = (result.capabilities.iter().enumerate())
        .map(|(index, capability)| {
            let share = f64::from(u32::try_from(index * 7 % 19).expect("small")) / 19.0;
            let some = (index % 8 != 5).then_some(share);
            Shares {
                name: capability.name.to_string(),
                between: some,
                icc: some.map(|share| share * 1.2 - 0.2),
                verdict: text(if share > 0.5 { "Stor" } else { "Liten" }),
                symbol: "..",
            }
        })
        .collect();
    let slope_texts = SlopeTexts {
        heading: heading("Från första till andra omgången"),
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
        incomparable: text("Kan inte jämföras"),
        left_out: text("{count} förmågor till står i tabellen."),
    };
    let coverage_texts = CoverageTexts {
        heading: heading("Vad värdena bygger på"),
        capability: text("Förmåga"),
        agreed: text("Samlad bedömning"),
        answers: text("Bara svar"),
        too_few: text("För få svar"),
        not_applicable: text("Inte aktuellt"),
        nothing: text("Inga svar"),
        people: text("Siffran i rutan är hur många som har svarat. 1–5 betyder en liten grupp."),
        with_value: text("Med värde"),
        left_out: text("{count} förmågor till står i tabellen."),
    };
    let between_texts = BetweenTexts {
        heading: heading("Skiljer det sig mellan kommuner eller inom dem?"),
        capability: text("Förmåga"),
        between: text("Mellan kommuner"),
        within: text("Inom kommuner"),
        icc: text("ICC(1)"),
        verdict: text("Skillnad mellan kommuner"),
        hidden: text("För få svar"),
        missing: text("Går inte att räkna"),
        left_out: text("{count} förmågor till står i tabellen."),
    };
    [
        slope(&steps, layout, &slope_texts),
        coverage(&result, &Shown::all(&result), layout, &coverage_texts),
        between_within(&shares, layout, &between_texts),
    ]
}

fn texts() -> MapTexts {
    let text = str::to_owned;
    MapTexts {
        heading: Heading {
            title: text("Skillnad i snitt per kommun"),
            conditions: vec![text("Bygger på 11 av 14 kommuner. Exempel.")],
            ..Heading::default()
        },
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
        left_out: text(
            "{count} kommuner är för små för en siffra på kartan. Deras värden står i tabellen.",
        ),
        codes: text("Rutorna har kommunkoder. Namnen står i tabellen."),
        numbers_alone: text("Rutorna ligger ungefär som kommunerna. Namnen står i tabellen."),
    }
}

/// Invented values: most have a gap, some none, some are hidden or missing.
fn values(municipalities: impl IntoIterator<Item = Municipality>) -> Vec<MunicipalValue> {
    (municipalities.into_iter().enumerate())
        .map(|(index, municipality)| {
            let noise = f64::from(u32::try_from(index * 37 % 29).expect("small"));
            let value = match index % 11 {
                4 => Cell::number_or(None, 1, "-"),
                9 => Cell::number_or(None, 1, ".."),
                7 => Cell::number_or(Some(-0.6), 1, ""),
                _ => Cell::number_or(Some(noise / 7.3), 1, ""),
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

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    fs::create_dir_all(&folder)?;
    let county = |name: &'static str| {
        Municipality::all().filter(move |each| each.county().starts_with(name))
    };
    let places = [
        ("fyrbodal", Municipality::fyrbodal()),
        ("skane", county("Skåne").collect()),
        ("stockholm", county("Stockholm").collect()),
        ("gotland", county("Gotland").collect()),
        ("vastra-gotaland", county("Västra Götaland").collect()),
        ("norrbotten", county("Norrbotten").collect()),
        ("sverige", Municipality::all().collect()),
        ("inga", Vec::new()),
    ];
    for (name, municipalities) in places {
        let values = values(municipalities);
        for (layout, width) in [(Layout::Wide, "bred"), (Layout::Narrow, "smal")] {
            for chart in [
                choropleth(&values, Measure::Gap, layout, &texts()),
                tile_grid(&values, Measure::Gap, layout, &texts()),
            ] {
                let file = format!("{}-{name}-{width}.svg", chart.id);
                println!("{file}: {} bytes", chart.svg.len());
                fs::write(folder.join(file), chart.standalone_svg())?;
            }
        }
    }
    for (layout, width) in [(Layout::Wide, "bred"), (Layout::Narrow, "smal")] {
        for chart in rows(layout) {
            let file = format!("{}-{width}.svg", chart.id);
            println!("{file}: {} bytes", chart.svg.len());
            fs::write(folder.join(file), chart.standalone_svg())?;
        }
    }
    Ok(())
}
