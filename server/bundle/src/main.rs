//! Builds what the browser fetches: the islands' WebAssembly with its script, one style sheet, fonts,
//! icons and small scripts, each under a name that changes with its content and with compressed twins.
//!
//! The folder it writes is flat. Its `manifest.txt` tells the server which name stands for which file.

mod islands;
mod script;
mod site;
mod style;

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::UNIX_EPOCH,
};

use sha2::{Digest, Sha256};
use site::Site;

/// What any step of the bundle returns; the error's text is shown as it is.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "\
Builds what the browser fetches.

usage: bundle --wasm FILE --out FOLDER [--style FOLDER] [--wasm-opt PROGRAM]

  --wasm FILE         the crate `app` as compiled for wasm32-unknown-unknown
  --out FOLDER        where the site is written; what is there is replaced
  --style FOLDER      style sheets, fonts/, icons/ and scripts [default: style]
  --wasm-opt PROGRAM  Binaryen's wasm-opt, which halves the WebAssembly; left out if absent";

/// The note in the finished folder that says what it was made from.
const INPUTS: &str = "inputs.txt";

/// Where to read and where to write.
struct Plan {
    wasm: PathBuf,
    out: PathBuf,
    style: PathBuf,
    wasm_opt: Option<PathBuf>,
}

impl Plan {
    /// Reads the command line (without the program's own name).
    ///
    /// # Errors
    /// Says which flag is unknown, lacks its value or is missing.
    fn parse(arguments: impl IntoIterator<Item = OsString>) -> Outcome<Self> {
        let mut flags = BTreeMap::new();
        let mut arguments = arguments.into_iter();
        while let Some(flag) = arguments.next() {
            let flag = flag.to_string_lossy().into_owned();
            if !["--wasm", "--out", "--style", "--wasm-opt"].contains(&flag.as_str()) {
                return Err(format!("unknown argument {flag}\n\n{USAGE}").into());
            }
            let value = arguments
                .next()
                .ok_or_else(|| format!("{flag} needs a value\n\n{USAGE}"))?;
            flags.insert(flag, PathBuf::from(value));
        }
        let mut required = |flag: &str| {
            flags
                .remove(flag)
                .ok_or_else(|| format!("{flag} is missing\n\n{USAGE}"))
        };
        Ok(Self {
            wasm: required("--wasm")?,
            out: required("--out")?,
            style: flags.remove("--style").unwrap_or_else(|| "style".into()),
            wasm_opt: flags.remove("--wasm-opt"),
        })
    }

    /// The fingerprint of everything the site is made from, this program included.
    fn fingerprint(&self) -> Outcome<String> {
        let mut digest = Sha256::new();
        let mut files = vec![self.wasm.clone()];
        collect_files(&self.style, &mut files)?;
        for file in files {
            digest.update(file.to_string_lossy().as_bytes());
            digest.update(read(&file)?);
        }
        for program in [Some(env::current_exe()?), self.wasm_opt.clone()]
            .into_iter()
            .flatten()
        {
            let about = fs::metadata(&program)
                .map_err(|error| format!("cannot find {}: {error}", program.display()))?;
            let changed = about.modified()?.duration_since(UNIX_EPOCH)?;
            digest.update(changed.as_nanos().to_le_bytes());
            digest.update(about.len().to_le_bytes());
        }
        Ok(site::hex(&digest.finalize()))
    }

    /// Writes the whole site beside the old one and puts it in its place.
    fn build(&self, fingerprint: &str) -> Outcome<()> {
        let fresh = self.out.with_extension("new");
        let mut site = Site::create(&fresh)?;
        for folder in ["fonts", "icons"] {
            let mut files = Vec::new();
            collect_files(&self.style.join(folder), &mut files)?;
            for file in files
                .iter()
                .filter(|file| has_extension(file, &["woff2", "svg"]))
            {
                site.add(&file_name(file)?, &read(file)?)?;
            }
        }
        for entry in script::entries(&self.style)? {
            site.add(&file_name(&entry)?, script::inline(&entry)?.as_bytes())?;
        }
        let sheet = style::inline(&self.style.join("main.css"), &site)?;
        site.add("app.css", sheet.as_bytes())?;
        islands::add(&self.wasm, self.wasm_opt.as_deref(), &mut site)?;
        site.finish()?;
        fs::write(fresh.join(INPUTS), fingerprint)?;
        if self.out.exists() {
            fs::remove_dir_all(&self.out)?;
        }
        fs::rename(&fresh, &self.out)?;
        Ok(())
    }
}

/// Reads a file, naming it if that fails.
pub(crate) fn read(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()).into())
}

/// The last part of a path, which becomes the file's name in the site.
fn file_name(file: &Path) -> Outcome<String> {
    let name = file.file_name().and_then(|name| name.to_str());
    Ok(name.ok_or("a file's name is not readable text")?.to_owned())
}

/// Whether a file's name ends in one of the extensions.
fn has_extension(file: &Path, extensions: &[&str]) -> bool {
    file.extension()
        .is_some_and(|found| extensions.iter().any(|extension| found == *extension))
}

/// All files in a folder and below, in the order of their names; a folder that is not there has none.
fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect_files(&entry, files)?;
        } else {
            files.push(entry);
        }
    }
    Ok(())
}

fn run() -> Outcome<()> {
    let plan = Plan::parse(env::args_os().skip(1))?;
    let fingerprint = plan.fingerprint()?;
    let unchanged = fs::read_to_string(plan.out.join(INPUTS)).is_ok_and(|old| old == fingerprint);
    if !unchanged {
        plan.build(&fingerprint)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;

    fn parse(arguments: &[&str]) -> Result<Plan, String> {
        Plan::parse(arguments.iter().map(Into::into)).map_err(|error| error.to_string())
    }

    #[test]
    fn the_style_folder_has_a_default_and_wasm_opt_is_optional() {
        let plan = parse(&["--out", "site", "--wasm", "app.wasm"]).expect("complete");
        assert_eq!(plan.style.to_str(), Some("style"));
        assert_eq!(plan.out.to_str(), Some("site"));
        assert_eq!(plan.wasm.to_str(), Some("app.wasm"));
        assert!(plan.wasm_opt.is_none());
    }

    #[test]
    fn a_wrong_command_line_is_refused_with_the_usage() {
        for (arguments, complaint) in [
            (&["--wasm", "app.wasm"][..], "--out is missing"),
            (&["--out"][..], "--out needs a value"),
            (&["--fast", "yes"][..], "unknown argument --fast"),
        ] {
            let error = parse(arguments).err().expect("must be refused");
            assert!(
                error.contains(complaint) && error.contains("usage:"),
                "{error}"
            );
        }
    }
}
