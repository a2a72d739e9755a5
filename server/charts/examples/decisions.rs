//! Writes the charts that directors decide on, of a whole map of invented results, to a folder: as files that stand
//! alone, wide and narrow, and together on a page that follows the screen (dark, forced colours, print):
//! `cargo run -p charts --example decisions -- FOLDER`.

use std::{error::Error, fs, path::PathBuf};

use charts::{Chart, Layout, dumbbell, five_bars, municipal_dumbbell, quadrant, radar, ranking};

#[path = "../tests/sample/decisions.rs"]
mod decisions;
#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    fs::create_dir_all(&folder)?;
    let result = decisions::whole();
    let distributions = decisions::distributions(&result);
    let names: Vec<String> = (result.capabilities.iter())
        .map(|capability| capability.name.to_string())
        .collect();
    let bars: Vec<_> = (names.iter().map(String::as_str))
        .zip(&distributions)
        .collect();
    let rows: Vec<_> = result.capabilities.iter().take(14).collect();
    let areas = decisions::areas(&result);
    let mut levels = sample::texts("Från nuläge till börläge");
    "Lägsta och högsta kommun".clone_into(&mut levels.range);
    "Kommunernas median".clone_into(&mut levels.median);
    let style = concat!(env!("CARGO_MANIFEST_DIR"), "/../../style");
    let mut page = format!(
        "<!doctype html><html lang=\"sv\"><meta charset=\"utf-8\"><title>Diagram</title>\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <link rel=\"stylesheet\" href=\"{style}/tokens.css\">\
         <link rel=\"stylesheet\" media=\"(prefers-color-scheme:dark)\" href=\"{style}/dark.css\">\
         <link rel=\"stylesheet\" href=\"{style}/charts.css\">\
         <link rel=\"stylesheet\" href=\"decisions.css\">"
    );
    fs::write(
        folder.join("decisions.css"),
        "body{font-family:Inter,sans-serif;background:var(--paper);color:var(--ink);margin:16px}\
         figure{background:var(--card);max-width:60rem;padding:16px;margin:0 0 16px}",
    )?;
    let mut write = |name: &str, layout: Layout, chart: &Chart| {
        page.push_str("<figure class=\"chart-figure\">");
        page.push_str(&chart.svg);
        page.push_str("</figure>");
        let file = format!("{name}-{}.svg", layout.class());
        fs::write(folder.join(file), chart.standalone_svg())
    };
    for layout in [Layout::Wide, Layout::Narrow] {
        let of = |ranked| ranking(&result, ranked, layout, &decisions::ranking_texts());
        write("ranking", layout, &of(&result.ranking))?;
        write("ranking-few", layout, &of(&result.ranking[..7]))?;
        let of = |ranked| quadrant(&result, ranked, layout, &decisions::quadrant_texts());
        write("quadrant", layout, &of(&result.ranking))?;
        write("quadrant-few", layout, &of(&result.ranking[..9]))?;
        let of = |areas| radar(areas, layout, &decisions::radar_texts());
        write("radar", layout, &of(&areas))?;
        write("radar-few", layout, &of(&areas[..2]))?;
        write("radar-three", layout, &of(&areas[..3]))?;
        let mut many = areas.clone();
        many.extend_from_slice(&areas[..3]);
        many[5].name = Some("Samverkan med regionen och grannkommunerna".to_owned());
        write("radar-many", layout, &of(&many))?;
        let chart = five_bars(&bars, layout, &decisions::five_bars_texts());
        write("five-bars", layout, &chart)?;
        write("dumbbell", layout, &dumbbell(&rows, layout, &levels))?;
        let own = municipal_dumbbell(&rows, 4, layout, &levels);
        write("own-dumbbell", layout, &own)?;
    }
    fs::write(folder.join("decisions.html"), page)?;
    Ok(())
}
