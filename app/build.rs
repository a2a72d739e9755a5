//! Turns `locales/{sv,en}/<section>.toml` into one method a text, so that a missing key or argument is a compile error.

use std::{
    collections::BTreeMap,
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

const LANGUAGES: [&str; 2] = ["sv", "en"];

fn main() {
    println!("cargo:rerun-if-changed=locales");
    let locales: Vec<BTreeMap<String, String>> = LANGUAGES.iter().map(|l| read(l)).collect();
    let [swedish, english] = locales.as_slice() else {
        unreachable!("one map a language")
    };
    for key in english.keys() {
        assert!(swedish.contains_key(key), "locales/sv has no {key}");
    }
    let mut code = String::from("impl Texts {\n");
    for (key, sv) in swedish {
        let en = english
            .get(key)
            .unwrap_or_else(|| panic!("locales/en has no {key}"));
        method(&mut code, key, sv, en);
    }
    code.push_str("}\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("texts.rs"), code).expect("OUT_DIR can be written");
}

/// All texts of a language as `section_key`.
fn read(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new("locales").join(language);
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(&folder).expect("the language has a folder") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let section = path
            .file_stem()
            .and_then(|s| s.to_str())
            .expect("a UTF-8 name")
            .to_owned();
        let source = fs::read_to_string(&path).expect("the file can be read");
        let table: toml::Table = source
            .parse()
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for (key, value) in table {
            let text = value
                .as_str()
                .unwrap_or_else(|| panic!("{}: {key} is not a text", path.display()));
            texts.insert(format!("{section}_{key}"), text.to_owned());
        }
    }
    texts
}

/// The names in braces, in order of appearance, each once.
fn arguments(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in text.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default().to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn method(code: &mut String, key: &str, sv: &str, en: &str) {
    let names = arguments(sv);
    let mut other = arguments(en);
    let mut sorted = names.clone();
    sorted.sort();
    other.sort();
    assert!(sorted == other, "{key}: sv and en have different arguments");
    let doc = sv.replace('\n', " ");
    writeln!(code, "    #[doc = {doc:?}]").expect("memory");
    if names.is_empty() {
        writeln!(
            code,
            "    pub const fn {key}(self) -> &'static str {{ match self.0 {{ Language::Swedish => {sv:?}, Language::English => {en:?} }} }}"
        )
    } else {
        let mut parameters = String::new();
        for name in &names {
            write!(parameters, ", {name}: impl std::fmt::Display").expect("memory");
        }
        writeln!(
            code,
            "    pub fn {key}(self{parameters}) -> String {{ match self.0 {{ Language::Swedish => format!({sv:?}), Language::English => format!({en:?}) }} }}"
        )
    }
    .expect("memory");
}
