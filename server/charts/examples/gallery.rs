//! Writes every chart of an invented region to a folder, as on a page and as files, so that people can look at them:
//! `cargo run -p charts --example gallery -- FOLDER`.

use std::{error::Error, fs, path::PathBuf};

use charts::{Chart, Layout, Shown, dumbbell, heatmap, priority_bars};
use domain::results::Measure;

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    fs::create_dir_all(&folder)?;
    let result = sample::fyrbodal();
    let shown = Shown::all(&result);
    let capabilities: Vec<_> = result.capabilities.iter().collect();
    let ways = sample::texts("Från nuläge till börläge");
    let gaps = sample::texts("Skillnad per kommun och förmåga");
    let currents = sample::texts("Nuläge per kommun och förmåga");
    let list = sample::texts("Prioriterat");
    let figures: [Vec<Chart>; 4] = [
        [Layout::Wide, Layout::Narrow]
            .map(|layout| priority_bars(&result, &result.ranking, layout, &list))
            .into(),
        [Layout::Wide, Layout::Narrow]
            .map(|layout| dumbbell(&capabilities, layout, &ways))
            .into(),
        vec![heatmap(&result, &shown, Measure::Gap, &gaps)],
        vec![heatmap(&result, &shown, Measure::Current, &currents)],
    ];
    let style = concat!(env!("CARGO_MANIFEST_DIR"), "/../../style");
    let mut page = format!(
        "<!doctype html><html lang=\"sv\"><meta charset=\"utf-8\"><title>Diagram</title>\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <link rel=\"stylesheet\" href=\"{style}/tokens.css\"><link rel=\"stylesheet\" media=\"(prefers-color-scheme:dark)\" href=\"{style}/dark.css\">\
         <link rel=\"stylesheet\" href=\"{style}/charts.css\">\
         <link rel=\"stylesheet\" href=\"gallery.css\">"
    );
    fs::write(
        folder.join("gallery.css"),
        "body{font-family:Inter,sans-serif;background:var(--paper);color:var(--ink);margin:16px}\
         figure{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:16px;margin:0 0 16px}",
    )?;
    for (number, charts) in figures.iter().enumerate() {
        page.push_str("<figure class=\"chart-figure\"><h2>");
        page.push_str(&charts[0].title);
        page.push_str("</h2>");
        for chart in charts {
            page.push_str(&chart.svg);
        }
        page.push_str("</figure>");
        fs::write(
            folder.join(format!("{number}-{}.svg", charts[0].id)),
            charts[0].standalone_svg(),
        )?;
        fs::write(
            folder.join(format!("{number}-{}.csv", charts[0].id)),
            charts[0].table.csv_excel(),
        )?;
    }
    fs::write(folder.join("gallery.html"), page)?;
    Ok(())
}
