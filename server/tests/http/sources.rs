//! The routes that the program has, read from its sources: one that the table lacks fails the tests.

use std::{fs, path::Path};

use crate::table::ALL;

/// Method and path of every route in the sources.
fn in_sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            in_sources(&path, found);
            continue;
        }
        let source = fs::read_to_string(&path).expect("sources are text");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for word in [".nest(", "route_service(", "nest_service("] {
            assert!(
                !code.contains(word),
                "{word} in {}: teach this test",
                path.display()
            );
        }
        for call in code.split(".route(").skip(1) {
            let arguments = &call[..closing(call)];
            let path = literal(code, arguments);
            let methods = [
                "get", "post", "put", "patch", "delete", "any", "head", "options",
            ];
            let calls = |method: &str| {
                arguments
                    .match_indices(&format!("{method}("))
                    .any(|(at, _)| {
                        !arguments[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                    })
            };
            let before = found.len();
            for method in methods.into_iter().filter(|method| calls(method)) {
                found.push((method.to_uppercase(), path.clone()));
            }
            assert!(
                found.len() > before,
                "no method for {path}: teach this test"
            );
        }
    }
}

/// Where the parenthesis that is open at the beginning is closed.
fn closing(text: &str) -> usize {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    panic!("a parenthesis is not closed: {text}");
}

/// The path among a route's arguments, with variables of the same file put in.
fn literal(code: &str, arguments: &str) -> String {
    let first = arguments.split(',').next().unwrap_or_default().trim();
    if first.chars().all(|c| c.is_alphanumeric() || c == '_') {
        // A path that is a name of the same file.
        let (_, value) = (code.split_once(&format!("let {first} = \"")))
            .expect("it is declared in the same file");
        return value.split('"').next().unwrap_or_default().to_owned();
    }
    let (before, rest) = arguments.split_once('"').expect("a path is a text");
    let text = rest.split('"').next().unwrap_or_default();
    match before.trim() {
        "" => return text.to_owned(),
        "&format!(" => {}
        other => panic!("{other} before {text}: teach this test"),
    }
    let mut path = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
    while let Some((name, _)) = (path.split_once('{')).and_then(|(_, rest)| rest.split_once('}')) {
        let declared = format!("let {name} = \"");
        let (_, value) = code
            .split_once(&declared)
            .expect("it is declared in the same file");
        let value = value.split('"').next().unwrap_or_default();
        let value = value.replace('{', "\u{1}").replace('}', "\u{2}");
        path = path.replace(&format!("{{{name}}}"), &value);
    }
    path.replace('\u{1}', "{").replace('\u{2}', "}")
}

#[test]
fn every_route_in_the_sources_is_in_the_table_once_and_the_other_way_round() {
    let mut sources = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    in_sources(&folder, &mut sources);
    sources.sort();
    let mut table: Vec<_> = (ALL.iter())
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    table.sort();
    let missing: Vec<_> = (sources.iter())
        .filter(|route| !table.contains(route))
        .collect();
    assert!(missing.is_empty(), "not in the table: {missing:#?}");
    let gone: Vec<_> = (table.iter())
        .filter(|route| !sources.contains(route))
        .collect();
    assert!(gone.is_empty(), "not in the sources: {gone:#?}");
    let count = table.len();
    table.dedup();
    assert_eq!(table.len(), count, "twice in the table");
}
