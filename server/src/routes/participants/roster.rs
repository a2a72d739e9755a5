//! A list of participants, pasted or from a file: read whole, with what is wrong by row and column.

use std::collections::{HashMap, HashSet};

use app::{
    components::{Errors, occupation_text},
    texts::Texts,
};
use domain::{
    mapping::Language,
    municipality::Municipality,
    survey::Occupation,
    text::{Text, Title, fold},
};

use crate::form::text_error;

/// The longest list that is read at once.
const MOST_ROWS: usize = 1000;

/// Someone on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::routes) struct Entry {
    /// Name.
    pub(in crate::routes) name: Title,
    /// E-mail; may be empty.
    pub(in crate::routes) email: Text<0, 200>,
    /// Role at home.
    pub(in crate::routes) occupation: Occupation,
    /// For whom; never empty.
    pub(in crate::routes) municipalities: Vec<Municipality>,
}

/// Whether an address looks like one: something, one `@`, and a name with a dot.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((person, host)) = text.split_once('@') else {
        return false;
    };
    let plain = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || "@<>()[],;:\"\\".contains(c))
    };
    plain(person)
        && plain(host)
        && host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
}

/// A file's text: UTF-8, or what Excel calls plain CSV, where every byte is a Latin letter.
pub(super) fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Email,
    Role,
    Municipalities,
}

impl Column {
    const ALL: [Self; 4] = [Self::Name, Self::Email, Self::Role, Self::Municipalities];

    /// The column with this heading.
    fn headed(heading: &str) -> Option<Self> {
        match fold(heading).as_str() {
            "namn" | "name" => Some(Self::Name),
            "epost" | "epostadress" | "mejl" | "mail" | "email" => Some(Self::Email),
            "roll" | "role" => Some(Self::Role),
            "kommun" | "kommuner" | "municipality" | "municipalities" => Some(Self::Municipalities),
            _ => None,
        }
    }

    fn label(self, texts: Texts) -> &'static str {
        match self {
            Self::Name => texts.participant_name(),
            Self::Email => texts.participant_email(),
            Self::Role => texts.participant_role(),
            Self::Municipalities => texts.participant_municipalities(),
        }
    }
}

/// Reads a list with tabs, semicolons or commas between its columns, with or without a heading row. `taken` are the
/// addresses in the round already, in lower case.
///
/// # Errors
/// Everything that is wrong, each under the field `lista`, with row and column in words.
pub(in crate::routes) fn read(
    texts: Texts,
    list: &str,
    members: &[Municipality],
    taken: &HashSet<String>,
) -> Result<Vec<Entry>, Errors> {
    let mut reading = Reading {
        texts,
        members,
        taken,
        seen: HashMap::new(),
        errors: Errors::default(),
    };
    let entries = reading.list(list.trim_start_matches('\u{feff}'));
    if reading.errors.is_empty() {
        Ok(entries)
    } else {
        Err(reading.errors)
    }
}

/// The character between columns: the first of tab and semicolon on the first line that has any, else a comma.
fn delimiter(list: &str) -> u8 {
    let first = list.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or_default();
    *(b"\t;".iter())
        .find(|mark| first.as_bytes().contains(mark))
        .unwrap_or(&b',')
}

/// The row that a record begins on. What the reader gives is where it began to look, before any empty rows.
fn row(list: &str, at: &csv::Position) -> u64 {
    let begin = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let ahead = list.as_bytes().get(begin..).unwrap_or_default();
    let empty = ahead.iter().take_while(|byte| b"\r\n".contains(byte));
    empty
        .filter(|byte| **byte == b'\n')
        .fold(at.line(), |row, _| row + 1)
}

struct Reading<'a> {
    texts: Texts,
    members: &'a [Municipality],
    taken: &'a HashSet<String>,
    /// Addresses on the list, with their rows.
    seen: HashMap<String, u64>,
    errors: Errors,
}

impl Reading<'_> {
    fn list(&mut self, list: &str) -> Vec<Entry> {
        let delimiter = delimiter(list);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(list.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let row = record.position().map_or(0, |at| row(list, at));
                    let cells: Vec<String> = record.iter().map(ToOwned::to_owned).collect();
                    if cells.iter().any(|cell| !cell.is_empty()) {
                        rows.push((row, cells));
                    }
                }
                Err(error) => {
                    let row = error.position().map_or(0, |at| row(list, at));
                    self.say(self.texts.participant_file_unreadable(row));
                }
            }
        }
        let columns = self.columns(&mut rows);
        if rows.is_empty() {
            self.say(self.texts.participant_file_empty());
        }
        if rows.len() > MOST_ROWS {
            self.say((self.texts).participant_file_too_long(rows.len(), MOST_ROWS));
        }
        if !self.errors.is_empty() {
            return Vec::new();
        }
        (rows.into_iter())
            .filter_map(|(row, mut cells)| {
                // Municipalities with commas between them, in a list with commas between its columns.
                if delimiter == b',' && columns.last() == Some(&Some(Column::Municipalities)) {
                    let rest = cells.split_off(cells.len().min(columns.len() - 1));
                    cells.push(rest.join(","));
                }
                self.entry(row, &columns, &cells)
            })
            .collect()
    }

    fn say(&mut self, message: impl Into<String>) {
        self.errors.add("lista", message);
    }

    fn wrong(&mut self, row: u64, column: Column, problem: impl std::fmt::Display) {
        let column = column.label(self.texts).to_lowercase();
        let message = self.texts.participant_row_error(row, column, problem);
        self.say(message);
    }

    /// What stands where: told by a heading row, which is taken away, else in the order that the page asks for.
    fn columns(&mut self, rows: &mut Vec<(u64, Vec<String>)>) -> Vec<Option<Column>> {
        let headed: Vec<_> = (rows.first().map(|(_, cells)| cells.as_slice()))
            .unwrap_or_default()
            .iter()
            .map(|cell| Column::headed(cell))
            .collect();
        if headed.iter().flatten().count() < 2 {
            return Column::ALL.map(Some).to_vec();
        }
        rows.remove(0);
        for needed in [Column::Name, Column::Role, Column::Municipalities] {
            if !headed.contains(&Some(needed)) {
                let column = needed.label(self.texts).to_lowercase();
                self.say(self.texts.participant_columns_missing(column));
            }
        }
        headed
    }

    fn entry(&mut self, row: u64, columns: &[Option<Column>], cells: &[String]) -> Option<Entry> {
        let cell = |column| {
            let place = columns.iter().position(|c| *c == Some(column));
            (place.and_then(|place| cells.get(place))).map_or("", String::as_str)
        };
        let name = (Title::parse(cell(Column::Name)))
            .map_err(|error| {
                let problem = text_error(self.texts, self.texts.participant_name(), error);
                self.wrong(row, Column::Name, problem);
            })
            .ok();
        let email = self.email(row, cell(Column::Email));
        let occupation = self.occupation(row, cell(Column::Role));
        let municipalities = self.municipalities(row, cell(Column::Municipalities));
        Some(Entry {
            name: name?,
            email: email?,
            occupation: occupation?,
            municipalities: municipalities?,
        })
    }

    fn email(&mut self, row: u64, cell: &str) -> Option<Text<0, 200>> {
        let email = match Text::parse(cell) {
            Ok(email) => email,
            Err(error) => {
                let problem = text_error(self.texts, self.texts.participant_email(), error);
                self.wrong(row, Column::Email, problem);
                return None;
            }
        };
        if email.is_empty() {
            return Some(email);
        }
        let key = email.to_lowercase();
        if !is_email(&email) {
            self.wrong(row, Column::Email, self.texts.participant_email_wrong(cell));
        } else if self.taken.contains(&key) {
            self.wrong(row, Column::Email, self.texts.participant_email_taken(cell));
        } else if let Some(first) = self.seen.get(&key) {
            let problem = self.texts.participant_email_twice(cell, first);
            self.wrong(row, Column::Email, problem);
        } else {
            self.seen.insert(key, row);
            return Some(email);
        }
        None
    }

    /// A role by its words in either language, or by its code.
    fn occupation(&mut self, row: u64, cell: &str) -> Option<Occupation> {
        let wanted = fold(cell);
        let known = Occupation::ALL.iter().find(|role| {
            [
                role.code(),
                occupation_text(Texts(Language::Swedish), **role),
                occupation_text(Texts(Language::English), **role),
            ]
            .iter()
            .any(|words| fold(words) == wanted)
        });
        if known.is_none() {
            let roles: Vec<_> = (Occupation::ALL.iter())
                .map(|role| occupation_text(self.texts, *role))
                .collect();
            let problem = self.texts.participant_role_wrong(cell, roles.join(", "));
            self.wrong(row, Column::Role, problem);
        }
        known.copied()
    }

    /// Municipalities of the mapping by their names, with or without the word "kommun", or by their codes.
    fn municipalities(&mut self, row: u64, cell: &str) -> Option<Vec<Municipality>> {
        let mut found: Vec<Municipality> = Vec::new();
        let mut right = true;
        let parts = (cell.split([',', ';', '/', '|'])).map(str::trim);
        for part in parts.filter(|part| !part.is_empty()) {
            let wanted = fold(part);
            let short = wanted.strip_suffix("kommun").unwrap_or(&wanted);
            let known = self.members.iter().find(|member| {
                let name = fold(member.name());
                name == wanted
                    || name == short.trim_end_matches('s')
                    || name == short
                    || member.to_string() == part
            });
            match known {
                Some(member) if !found.contains(member) => found.push(*member),
                Some(_) => {}
                None => {
                    right = false;
                    let problem = self.texts.participant_municipality_wrong(part);
                    self.wrong(row, Column::Municipalities, problem);
                }
            }
        }
        if right && found.is_empty() {
            let problem = self.texts.participant_municipality_empty();
            self.wrong(row, Column::Municipalities, problem);
        }
        Municipality::sort(&mut found);
        (right && !found.is_empty()).then_some(found)
    }
}

#[cfg(test)]
mod tests;
