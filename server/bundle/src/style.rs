//! One style sheet out of many: imports inlined in their order, comments left out, and the names of
//! fonts and icons replaced by their hashed names.

use std::path::{Path, PathBuf};

use crate::{Outcome, read, site::Site};

/// Reads a style sheet with all it imports. `@import "x.css" layer(base) print;` becomes
/// `@layer base { … }` inside `@media print { … }`.
///
/// # Errors
/// Names the file that is missing, imports itself, refers to a font or icon that is not in the site, or
/// would make the browser ask a third party.
pub(crate) fn inline(sheet: &Path, site: &Site) -> Outcome<String> {
    let mut css = String::new();
    Inliner {
        site,
        trail: Vec::new(),
    }
    .add(sheet, &mut css)?;
    let mut tidy = String::with_capacity(css.len());
    for line in css.lines().map(str::trim).filter(|line| !line.is_empty()) {
        tidy.push_str(line);
        tidy.push('\n');
    }
    Ok(tidy)
}

struct Inliner<'a> {
    site: &'a Site,
    /// The sheets that are being read, each imported by the one before.
    trail: Vec<PathBuf>,
}

impl Inliner<'_> {
    fn add(&mut self, sheet: &Path, css: &mut String) -> Outcome<()> {
        if self.trail.iter().any(|outer| outer == sheet) {
            return Err(format!("{} imports itself", sheet.display()).into());
        }
        let text = String::from_utf8(read(sheet)?)?;
        self.trail.push(sheet.to_owned());
        self.translate(&text, css)
            .map_err(|error| format!("{}: {error}", sheet.display()))?;
        self.trail.pop();
        Ok(())
    }

    fn translate(&mut self, text: &str, css: &mut String) -> Outcome<()> {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if let Some(comment) = rest.strip_prefix("/*") {
                let (_, after) = comment.split_once("*/").ok_or("a comment has no end")?;
                rest = after;
            } else if first == '"' || first == '\'' {
                let (string, after) = quoted(rest)?;
                css.push_str(&rest[..string.len() + 2]);
                rest = after;
            } else if let Some(import) = rest.strip_prefix("@import") {
                rest = self.import(import, css)?;
            } else if let Some(argument) = rest.strip_prefix("url(") {
                let (address, after) = url(argument)?;
                let address = self.localise(address)?;
                css.extend(["url(\"", address.as_str(), "\")"]);
                rest = after;
            } else {
                css.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        Ok(())
    }

    /// Inlines what follows the word `@import` and returns what follows its semicolon.
    fn import<'t>(&mut self, text: &'t str, css: &mut String) -> Outcome<&'t str> {
        let text = text.trim_start();
        let (address, text) = match text.strip_prefix("url(") {
            Some(argument) => url(argument)?,
            None => quoted(text)?,
        };
        let (conditions, after) = text.split_once(';').ok_or("an @import has no semicolon")?;
        let (layer, media) = split_layer(conditions.trim())?;
        let sheet = self
            .trail
            .last()
            .and_then(|outer| outer.parent())
            .unwrap_or_else(|| Path::new("."))
            .join(address);
        let blocks = [
            (!media.is_empty()).then(|| format!("@media {media} {{\n")),
            layer.map(|name| format!("@layer {name} {{\n")),
        ];
        let blocks: Vec<_> = blocks.into_iter().flatten().collect();
        css.extend(blocks.iter().map(String::as_str));
        self.add(&sheet, css)?;
        css.push('\n');
        css.extend(blocks.iter().map(|_| "}\n"));
        Ok(after)
    }

    /// The address that a font or icon has in the site; addresses that fetch nothing stay as they are.
    fn localise(&self, address: &str) -> Outcome<String> {
        if address.starts_with("data:") || address.starts_with('#') {
            // A double quote would end the address, which is written between double quotes.
            return Ok(address.replace('"', "%22"));
        }
        if address.contains("://") || address.starts_with("//") {
            return Err(format!("{address} would be asked of a third party").into());
        }
        let end = address.find(['#', '?']).unwrap_or(address.len());
        let (path, fragment) = address.split_at(end);
        let name = path.rsplit('/').next().unwrap_or(path);
        let hashed = self
            .site
            .hashed(name)
            .ok_or_else(|| format!("{address} is not among the fonts and icons"))?;
        Ok(format!("{hashed}{fragment}"))
    }
}

/// What stands between the quotes at the start of the text, and what follows them.
fn quoted(text: &str) -> Outcome<(&str, &str)> {
    let quote = text
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''))
        .ok_or("a quote is expected")?;
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return Ok((&text[1..at], &text[at + 1..])),
            _ => {}
        }
    }
    Err("a quote has no end".into())
}

/// The address in `url(…)`, given what follows the parenthesis, and what follows the whole.
fn url(text: &str) -> Outcome<(&str, &str)> {
    let text = text.trim_start();
    if text.starts_with(['"', '\'']) {
        let (address, after) = quoted(text)?;
        let after = after.trim_start().strip_prefix(')');
        Ok((address, after.ok_or("url( has no end")?))
    } else {
        let (address, after) = text.split_once(')').ok_or("url( has no end")?;
        Ok((address.trim_end(), after))
    }
}

/// Splits the conditions of an `@import` into the name of its layer (empty if it has none) and its media.
fn split_layer(conditions: &str) -> Outcome<(Option<&str>, &str)> {
    if conditions.contains("supports(") {
        return Err("supports() in an @import is not understood".into());
    }
    if let Some(argument) = conditions.strip_prefix("layer(") {
        let (name, media) = argument.split_once(')').ok_or("layer( has no end")?;
        return Ok((Some(name.trim()), media.trim()));
    }
    match conditions.strip_prefix("layer") {
        Some(media) if media.is_empty() || media.starts_with(' ') => Ok((Some(""), media.trim())),
        _ => Ok((None, conditions)),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::PathBuf};

    use super::inline;
    use crate::site::Site;

    /// Writes the sheets to a folder of the test's own and inlines `main.css` among them.
    fn inlined(test: &str, sheets: &[(&str, &str)]) -> Result<String, String> {
        let folder = std::env::temp_dir().join(format!("style-{test}-{}", std::process::id()));
        let mut site = Site::create(&folder.join("site")).expect("a temporary folder");
        site.add("inter.woff2", b"font").expect("added");
        for (name, css) in sheets {
            let path: PathBuf = folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            fs::write(path, css).expect("written");
        }
        let css = inline(&folder.join("main.css"), &site).map_err(|error| error.to_string());
        fs::remove_dir_all(&folder).expect("removed");
        css
    }

    #[test]
    fn imports_are_inlined_in_their_order_and_layers() {
        let css = inlined(
            "order",
            &[
                (
                    "main.css",
                    "@layer a, b;\n@import \"a.css\" layer(a);\n@import url('b.css') layer(b) print;\n\
                     @import \"c.css\";\nlast {}",
                ),
                ("a.css", "a {}\n"),
                ("b.css", "b {}"),
                ("c.css", "c {}"),
            ],
        );
        assert_eq!(
            css.as_deref(),
            Ok(
                "@layer a, b;\n@layer a {\na {}\n}\n@media print {\n@layer b {\nb {}\n}\n}\nc {}\nlast {}\n"
            )
        );
    }

    #[test]
    fn an_import_is_found_beside_the_sheet_that_asks_for_it() {
        let css = inlined(
            "nested",
            &[
                ("main.css", "@import \"parts/all.css\";"),
                ("parts/all.css", "@import \"one.css\";"),
                ("parts/one.css", "one {}"),
            ],
        );
        assert_eq!(css.as_deref(), Ok("one {}\n"));
    }

    #[test]
    fn comments_go_and_strings_stay() {
        let css = inlined(
            "comments",
            &[(
                "main.css",
                "/* @import \"gone.css\"; */\na::after { content: \"/* \\\" @import */ å\" } /* b */",
            )],
        );
        assert_eq!(
            css.as_deref(),
            Ok("a::after { content: \"/* \\\" @import */ å\" }\n")
        );
    }

    #[test]
    fn fonts_get_their_hashed_name_and_embedded_images_stay() {
        let css = inlined(
            "fonts",
            &[(
                "main.css",
                "a { src: url( fonts/inter.woff2#x ) format(\"woff2\"); b: url(data:image/svg+xml,1) }",
            )],
        )
        .expect("inlined");
        assert!(css.contains("src: url(\"inter."), "{css}");
        assert!(css.contains(".woff2#x\") format(\"woff2\")"), "{css}");
        assert!(css.contains("url(\"data:image/svg+xml,1\")"), "{css}");
    }

    #[test]
    fn what_cannot_be_served_is_refused_by_name() {
        for (test, css, complaint) in [
            ("absent", "@import \"none.css\";", "none.css"),
            ("circle", "@import \"main.css\";", "imports itself"),
            ("font", "a { src: url(fonts/other.woff2) }", "other.woff2"),
            (
                "third",
                "a { b: url(https://example.org/x.svg) }",
                "third party",
            ),
            ("comment", "a {} /* b", "comment has no end"),
            ("string", "a { content: \"b }", "quote has no end"),
        ] {
            let error = inlined(test, &[("main.css", css)]).expect_err("must be refused");
            assert!(error.contains(complaint), "{error}");
        }
    }
}
