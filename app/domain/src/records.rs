//! What is kept and for how long: rules of retention, and protocols of what has been taken out (gallring).

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::{
    ids::{DisposalId, MappingId},
    map::choices,
    text::Text,
};

/// A decision as it is registered, with its number (diarienummer).
pub type Decision = Text<1, 160>;

/// The longest time that a rule may keep something, in months.
pub const MAX_MONTHS: u16 = 600;

choices! {
    /// What can be taken out of the records, one decision a kind.
    DisposalKind {
        /// Names and addresses of those who were asked in closed rounds.
        Participants = "deltagaruppgifter",
        /// The tie between a person and their answers in closed rounds.
        Ties = "koppling",
        /// Sealed sheets of closed confidential rounds.
        Sealed = "förseglade",
        /// Free texts of closed rounds.
        Texts = "fritexter",
        /// Who sat in workshops.
        Attendees = "närvaro",
        /// Those asked to the series.
        Invitees = "inbjudna",
        /// Names, addresses and notes of those who were asked in closed enquiries.
        Contacts = "kontakter",
        /// Letters that have been sent or given up.
        Letters = "brev",
        /// The mapping with everything in it.
        Mapping = "kartläggning",
    }
}

impl DisposalKind {
    /// Its name in an address, in plain letters.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Participants => "deltagaruppgifter",
            Self::Ties => "koppling",
            Self::Sealed => "forseglade",
            Self::Texts => "fritexter",
            Self::Attendees => "narvaro",
            Self::Invitees => "inbjudna",
            Self::Contacts => "kontakter",
            Self::Letters => "brev",
            Self::Mapping => "kartlaggning",
        }
    }

    /// The kind with this name in an address.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }
}

choices! {
    /// What is counted when something is taken out.
    Counted {
        /// The mapping itself.
        Mapping = "kartläggning",
        /// People who were asked.
        Participants = "deltagare",
        /// Ties between people and answers.
        Ties = "kopplingar",
        /// Sealed sheets.
        Sealed = "förseglade svarsblad",
        /// Answers with a free text.
        Texts = "fritexter",
        /// Seats in workshops.
        Attendees = "platser i workshopar",
        /// People asked to the series.
        Invitees = "inbjudna",
        /// People asked in enquiries.
        Contacts = "kontakter",
        /// Letters.
        Letters = "brev",
        /// Rounds.
        Rounds = "omgångar",
        /// Responses.
        Responses = "svar",
        /// Workshops.
        Workshops = "workshopar",
        /// Events of the log.
        Events = "händelser i historiken",
    }
}

/// How long something is kept, and who has decided so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// What.
    pub kind: DisposalKind,
    /// Months after the round was closed, or after what it is about happened; at most [`MAX_MONTHS`].
    pub months: u16,
    /// The decision.
    pub decision: Decision,
}

/// How much of something there is, and from when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// What.
    pub what: Counted,
    /// How many.
    pub number: u64,
    /// The oldest, in milliseconds since 1970 UTC.
    pub oldest: Option<i64>,
    /// The newest.
    pub newest: Option<i64>,
}

/// A protocol of what has been taken out of the records. It outlives its mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposal {
    /// Which.
    pub id: DisposalId,
    /// Of which mapping, which may be gone.
    pub mapping: MappingId,
    /// What the mapping was called.
    pub mapping_name: String,
    /// What was taken out.
    pub kind: DisposalKind,
    /// By which decision.
    pub decision: Decision,
    /// The day of the decision.
    pub decided_on: Date,
    /// When it was done, in milliseconds since 1970 UTC.
    pub performed_at: i64,
    /// Who did it, by name.
    pub performed_by: String,
    /// What was taken out, in numbers.
    pub taken: Vec<Count>,
}

/// The last moment that is old enough `months` months after it, seen from `now`; both in milliseconds since 1970 UTC.
/// The same day of an earlier month, or its last day when it has no such day.
pub fn cutoff(now: i64, months: u16) -> i64 {
    let Ok(at) = OffsetDateTime::from_unix_timestamp_nanos(i128::from(now) * 1_000_000) else {
        return now;
    };
    let month = at.year() * 12 + i32::from(u8::from(at.month())) - 1 - i32::from(months);
    let (year, number) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let Some(month) = u8::try_from(number)
        .ok()
        .and_then(|number| time::Month::try_from(number).ok())
    else {
        return now;
    };
    let day = at.day().min(month.length(year));
    match Date::from_calendar_date(year, month, day) {
        Ok(date) => {
            let then = at.replace_date(date).unix_timestamp_nanos() / 1_000_000;
            i64::try_from(then).unwrap_or(now)
        }
        Err(_) => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn millis(at: OffsetDateTime) -> i64 {
        at.unix_timestamp() * 1000
    }

    #[test]
    fn months_are_counted_by_the_calendar() {
        for (now, months, then) in [
            (
                datetime!(2026-11-22 13:05 UTC),
                0,
                datetime!(2026-11-22 13:05 UTC),
            ),
            (
                datetime!(2026-11-22 13:05 UTC),
                12,
                datetime!(2025-11-22 13:05 UTC),
            ),
            (
                datetime!(2026-03-31 00:00 UTC),
                1,
                datetime!(2026-02-28 00:00 UTC),
            ),
            (
                datetime!(2028-03-31 00:00 UTC),
                1,
                datetime!(2028-02-29 00:00 UTC),
            ),
            (
                datetime!(2026-01-15 00:00 UTC),
                1,
                datetime!(2025-12-15 00:00 UTC),
            ),
            (
                datetime!(2026-01-15 00:00 UTC),
                600,
                datetime!(1976-01-15 00:00 UTC),
            ),
        ] {
            assert_eq!(cutoff(millis(now), months), millis(then), "{now} {months}");
        }
    }

    #[test]
    fn every_kind_is_found_by_its_address() {
        for kind in DisposalKind::ALL {
            assert_eq!(DisposalKind::from_slug(kind.slug()), Some(*kind));
            assert!(kind.slug().is_ascii());
        }
        assert_eq!(DisposalKind::from_slug("allt"), None);
    }
}
