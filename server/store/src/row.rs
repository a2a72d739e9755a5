//! From columns to domain types and back.

use std::{collections::HashMap, sync::LazyLock};

use domain::{level::Answer, municipality::Municipality, survey::Scope, text::Text};
use time::{Date, macros::format_description};
use uuid::Uuid;

use crate::StoreError;

/// Municipalities by the number in the database.
static MUNICIPALITIES: LazyLock<HashMap<i16, Municipality>> = LazyLock::new(|| {
    Municipality::all()
        .map(|municipality| (municipality_code(municipality), municipality))
        .collect()
});

/// A municipality's number in the database: its code, 114–2584.
pub(crate) fn municipality_code(municipality: Municipality) -> i16 {
    (municipality.to_string().bytes()).fold(0, |code, digit| code * 10 + i16::from(digit - b'0'))
}

/// Reads a municipality's number.
pub(crate) fn municipality(code: i16) -> Result<Municipality, StoreError> {
    (MUNICIPALITIES.get(&code).copied()).ok_or_else(|| corrupt("municipality", code))
}

/// Reads several municipalities into Swedish order.
pub(crate) fn municipalities(
    codes: impl IntoIterator<Item = i16>,
) -> Result<Vec<Municipality>, StoreError> {
    let mut list = (codes.into_iter().map(municipality)).collect::<Result<Vec<_>, _>>()?;
    Municipality::sort(&mut list);
    Ok(list)
}

/// A scope's number in the database: 0 for all of the person's municipalities.
pub(crate) fn scope_code(scope: Scope) -> i16 {
    match scope {
        Scope::All => 0,
        Scope::Only(municipality) => municipality_code(municipality),
    }
}

/// Reads a scope's number.
pub(crate) fn scope(code: i16) -> Result<Scope, StoreError> {
    match code {
        0 => Ok(Scope::All),
        _ => municipality(code).map(Scope::Only),
    }
}

/// Reads an answer's number; NULL is no answer yet.
pub(crate) fn answer(code: Option<i16>) -> Result<Option<Answer>, StoreError> {
    code.map(|code| Answer::from_code(code).map_err(|_| corrupt("answer", code)))
        .transpose()
}

/// Reads a bounded text.
pub(crate) fn text<const MIN: usize, const MAX: usize>(
    stored: String,
) -> Result<Text<MIN, MAX>, StoreError> {
    Text::try_from(stored).map_err(|error| corrupt("text", error))
}

/// Reads the code of a fixed choice.
pub(crate) fn choice<T>(code: &str, read: fn(&str) -> Option<T>) -> Result<T, StoreError> {
    read(code).ok_or_else(|| corrupt("choice", code))
}

/// Reads a day, such as 2026-11-22.
pub(crate) fn day(stored: &str) -> Result<Date, StoreError> {
    Date::parse(stored, format_description!("[year]-[month]-[day]"))
        .map_err(|_| corrupt("day", stored))
}

/// Reads a number into a narrower type.
pub(crate) fn number<T: TryFrom<i64>>(stored: i64) -> Result<T, StoreError> {
    T::try_from(stored).map_err(|_| corrupt("number", stored))
}

/// Says what could not be read.
pub(crate) fn corrupt(what: &str, found: impl ToString) -> StoreError {
    StoreError::Corrupt(format!("{what} {:?}", found.to_string()))
}

/// A surrogate key that is shown to nobody: 122 random bits, so that it tells nothing about whose row it is.
pub(crate) fn surrogate() -> Result<Uuid, StoreError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(no_randomness)?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// A surrogate key in order of time.
pub(crate) fn surrogate_at(at: i64) -> Result<Uuid, StoreError> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).map_err(no_randomness)?;
    Ok(uuid::Builder::from_unix_timestamp_millis(at.max(0).cast_unsigned(), &bytes).into_uuid())
}

fn no_randomness(error: getrandom::Error) -> StoreError {
    StoreError::Database(sqlx::Error::Io(error.into()))
}
