//! Writes the files of an invented report to a folder, so that people can look at them:
//! `cargo run -p report --example files -- FOLDER`.

use std::{error::Error, fs, path::PathBuf};

use report::{Block, csv_rfc4180, png, pptx, report_json, table_json, table_xlsx, unwatched, xlsx};

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    fs::create_dir_all(&folder)?;
    let report = sample::report();
    fs::write(folder.join("report.xlsx"), xlsx(&report, &mut unwatched)?)?;
    fs::write(folder.join("report.pptx"), pptx(&report, &mut unwatched)?)?;
    fs::write(folder.join("report.json"), report_json(&report))?;
    let own = sample::own();
    fs::write(
        folder.join("table.xlsx"),
        table_xlsx(&own, report.language)?,
    )?;
    fs::write(folder.join("table.csv"), csv_rfc4180(&own))?;
    fs::write(folder.join("table.json"), table_json(&own))?;
    for section in report.summary.iter().chain(&report.appendix) {
        for block in &section.blocks {
            let Block::Figure(figure) = block else {
                continue;
            };
            fs::write(
                folder.join(format!("{}.png", figure.name)),
                png(&figure.chart)?,
            )?;
            let svg = figure.chart.standalone_svg();
            fs::write(folder.join(format!("{}.svg", figure.name)), svg)?;
        }
    }
    Ok(())
}
