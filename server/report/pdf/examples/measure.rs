//! Sets invented reports, writes them to a folder, and says how long it took and how much memory was used at most:
//! `cargo run --release -p pdf --example measure -- FOLDER [MUNICIPALITIES CAPABILITIES]`.

use std::{error::Error, fs, path::PathBuf, time::Instant};

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    let municipalities = arguments.next().map_or(Ok(14), |text| text.parse())?;
    let capabilities = arguments.next().map_or(Ok(32), |text| text.parse())?;
    fs::create_dir_all(&folder)?;
    let report = sample::report(municipalities, capabilities);
    for round in 1..=3 {
        let start = Instant::now();
        let file = pdf::pdf(&report, &mut report::unwatched)?;
        println!(
            "{municipalities} × {capabilities}, round {round}: {:?}, {} kB, at most {} MB",
            start.elapsed(),
            file.len() / 1000,
            most_memory().unwrap_or(0) / 1000,
        );
        fs::write(
            folder.join(format!("{municipalities}x{capabilities}.pdf")),
            file,
        )?;
    }
    Ok(())
}

/// The most memory that was used so far, in kB, where the system says so.
fn most_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
