//! One script out of many: the modules that a script imports, each within a function of its own so that
//! names never clash, before the script itself; comments and indentation left out.
//!
//! What is understood is little, and the rest is refused: `import { a, b } from "./x.js";` on lines of
//! their own, `export` before a `const`, a `function`, an `async function` or a `class`, and no string
//! over several lines.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

use crate::{Outcome, collect_files, has_extension, read};

/// The scripts that pages ask for: those in the folder itself, and `x/x.js` for one of many modules.
pub(crate) fn entries(style: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect_files(style, &mut files)?;
    files.retain(|file| {
        let folder = file.parent().filter(|folder| *folder != style);
        has_extension(file, &["js"])
            && folder.is_none_or(|folder| folder.file_name() == file.file_stem())
    });
    Ok(files)
}

/// Reads a script with all it imports.
///
/// # Errors
/// Names the module that is missing, is imported in a circle, or says something that is not understood.
pub(crate) fn inline(entry: &Path) -> Outcome<String> {
    let mut modules = Modules::default();
    modules.add(entry)?;
    let (last, before) = modules.done.split_last().ok_or("there is no script")?;
    let mut script = String::new();
    for (at, module) in before.iter().enumerate() {
        let names = module.exports.join(", ");
        write!(
            script,
            "const module{at} = (() => {{\n{}return {{ {names} }};\n}})();\n",
            module.text
        )?;
    }
    script.push_str(&last.text);
    Ok(script)
}

/// A module that has been read.
struct Module {
    file: PathBuf,
    /// Its lines, importing from the modules before it.
    text: String,
    /// The names that others may import.
    exports: Vec<String>,
}

#[derive(Default)]
struct Modules {
    /// Those that have been read, each after all that it imports.
    done: Vec<Module>,
    /// Those that are being read, each imported by the one before.
    trail: Vec<PathBuf>,
}

impl Modules {
    /// Reads a module, if it has not been, and returns its place.
    fn add(&mut self, file: &Path) -> Outcome<usize> {
        if let Some(at) = self.done.iter().position(|module| module.file == file) {
            return Ok(at);
        }
        if self.trail.iter().any(|outer| outer == file) {
            return Err(format!("{} imports itself", file.display()).into());
        }
        let source = String::from_utf8(read(file)?)?;
        self.trail.push(file.to_owned());
        let (text, exports) = self
            .translate(file, &source)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        self.trail.pop();
        self.done.push(Module {
            file: file.to_owned(),
            text,
            exports,
        });
        Ok(self.done.len() - 1)
    }

    fn translate(&mut self, file: &Path, source: &str) -> Outcome<(String, Vec<String>)> {
        let mut text = String::with_capacity(source.len());
        let mut exports = Vec::new();
        let mut in_comment = false;
        for line in source.lines().map(str::trim) {
            if in_comment || line.starts_with("/*") {
                in_comment = !line.ends_with("*/");
                continue;
            }
            if line.is_empty() || line.starts_with("//") {
                continue;
            }
            if line.matches('`').count() % 2 == 1 {
                return Err(format!("a string over several lines: {line}").into());
            }
            if let Some(import) = line.strip_prefix("import ") {
                let (names, address) = imported(import)
                    .ok_or_else(|| format!("an import that is not understood: {line}"))?;
                let at = self.add(&file.with_file_name(address))?;
                let exports = &self.done[at].exports;
                if let Some(name) = names.split(',').map(str::trim).find(|name| {
                    !name.is_empty() && !exports.iter().any(|exported| exported == name)
                }) {
                    return Err(format!("{address} does not export {name}").into());
                }
                writeln!(text, "const {{{names}}} = module{at};")?;
            } else if let Some(export) = line.strip_prefix("export ") {
                let name = exported(export)
                    .ok_or_else(|| format!("an export that is not understood: {line}"))?;
                exports.push(name.to_owned());
                writeln!(text, "{export}")?;
            } else {
                writeln!(text, "{line}")?;
            }
        }
        if in_comment {
            return Err("a comment has no end".into());
        }
        Ok((text, exports))
    }
}

/// The names and the file in what follows the word `import`.
fn imported(import: &str) -> Option<(&str, &str)> {
    let (names, address) = import.strip_prefix('{')?.split_once('}')?;
    let address = address.strip_prefix(" from \"./")?.strip_suffix("\";")?;
    let plain = !names.contains(" as ") && !address.contains('/');
    plain.then_some((names, address))
}

/// The name that what follows the word `export` declares.
fn exported(export: &str) -> Option<&str> {
    let declared = ["const ", "function ", "async function ", "class "]
        .iter()
        .find_map(|word| export.strip_prefix(word))?;
    let end = declared
        .find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '$')
        .unwrap_or(declared.len());
    (end > 0).then(|| &declared[..end])
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    use super::{entries, inline};

    /// Writes the scripts to a folder of the test's own and does something with it.
    fn with<T>(test: &str, scripts: &[(&str, &str)], work: impl FnOnce(&Path) -> T) -> T {
        let folder = std::env::temp_dir().join(format!("script-{test}-{}", std::process::id()));
        for (name, script) in scripts {
            let path: PathBuf = folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            fs::write(path, script).expect("written");
        }
        let done = work(&folder);
        fs::remove_dir_all(&folder).expect("removed");
        done
    }

    fn inlined(test: &str, scripts: &[(&str, &str)]) -> Result<String, String> {
        with(test, scripts, |folder| {
            inline(&folder.join("main.js")).map_err(|error| error.to_string())
        })
    }

    #[test]
    fn a_script_that_imports_nothing_loses_only_comments_and_indentation() {
        let script = inlined(
            "plain",
            &[(
                "main.js",
                "// One.\n/** Two\n * lines. */\nif (a) {\n  b(\"// c\");\n}\n",
            )],
        );
        assert_eq!(script.as_deref(), Ok("if (a) {\nb(\"// c\");\n}\n"));
    }

    #[test]
    fn modules_come_once_each_before_those_that_import_them() {
        let script = inlined(
            "order",
            &[
                (
                    "main.js",
                    "import { b } from \"./b.js\";\nimport { a, A } from \"./a.js\";\nb(a, A);\n",
                ),
                (
                    "b.js",
                    "import { a } from \"./a.js\";\nconst own = 1;\nexport const b = () => a(own);\n",
                ),
                (
                    "a.js",
                    "const own = 2;\nexport function a() {\n  return own;\n}\nexport class A {}\n",
                ),
            ],
        );
        assert_eq!(
            script.as_deref(),
            Ok(
                "const module0 = (() => {\nconst own = 2;\nfunction a() {\nreturn own;\n}\nclass A {}\n\
                 return { a, A };\n})();\n\
                 const module1 = (() => {\nconst { a } = module0;\nconst own = 1;\n\
                 const b = () => a(own);\nreturn { b };\n})();\n\
                 const { b } = module1;\nconst { a, A } = module0;\nb(a, A);\n"
            )
        );
    }

    #[test]
    fn only_what_pages_ask_for_is_a_file_of_its_own() {
        let scripts = [
            ("copy.js", ""),
            ("live/live.js", ""),
            ("live/parts.js", ""),
            ("main.css", ""),
        ];
        let found = with("entries", &scripts, |folder| {
            entries(folder).map_or(Vec::new(), |files| {
                files
                    .iter()
                    .filter_map(|file| Some(file.strip_prefix(folder).ok()?.to_owned()))
                    .collect()
            })
        });
        assert_eq!(
            found,
            [PathBuf::from("copy.js"), PathBuf::from("live/live.js")]
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        for (test, script, complaint) in [
            ("absent", "import { a } from \"./none.js\";", "none.js"),
            (
                "circle",
                "import { a } from \"./main.js\";",
                "imports itself",
            ),
            (
                "unknown",
                "import { c } from \"./a.js\";",
                "does not export c",
            ),
            ("all", "import * as a from \"./a.js\";", "not understood"),
            (
                "other",
                "import { a as b } from \"./a.js\";",
                "not understood",
            ),
            (
                "outside",
                "import { a } from \"../a.js\";",
                "not understood",
            ),
            ("default", "export default 1;", "not understood"),
            ("changing", "export let a = 1;", "not understood"),
            ("comment", "/* a", "comment has no end"),
            ("string", "a(`b", "string over several lines"),
        ] {
            let scripts = [("main.js", script), ("a.js", "export const a = 1;")];
            let error = inlined(test, &scripts).expect_err("must be refused");
            assert!(error.contains(complaint), "{error}");
        }
    }

    #[test]
    fn every_script_of_ours_becomes_one_file_without_imports() {
        let style = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../style");
        let files = entries(&style).expect("a folder");
        assert!(files.iter().any(|file| file.ends_with("live/live.js")));
        for file in files {
            let script = inline(&file).expect("understood");
            for line in script.lines() {
                assert!(
                    !line.starts_with("import ") && !line.starts_with("export "),
                    "{}: {line}",
                    file.display()
                );
            }
        }
    }
}
