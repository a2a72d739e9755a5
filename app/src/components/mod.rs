//! Parts that pages are made of. All HTML, no scripts.

pub mod copyable;
pub mod form;
pub mod notice;
pub mod readiness;

pub use copyable::copyable;
pub use form::{
    CheckGroup, ErrorSummary, Errors, Hidden, RadioGroup, Select, SubmitRow, TextArea, TextField,
};
pub use notice::{Badge, Empty, Notice, outbox_notice};
pub use readiness::readiness_line;

use domain::{map::CapabilityKind, mapping::Participation, rights::Role, survey::Occupation};

use crate::texts::Texts;

/// A choice in a form: the value that is sent and the words that are shown.
pub type Choice = (String, String);

/// A date in Swedish order, `2026-11-22`, from milliseconds since 1970 UTC, as it was in Sweden.
pub fn date(at: i64) -> String {
    let local = swedish_time(at);
    format!(
        "{:04}-{:02}-{:02}",
        local.year(),
        u8::from(local.month()),
        local.day()
    )
}

/// A date and time of day, `2026-11-22 13.05`, as it was in Sweden.
pub fn date_time(at: i64) -> String {
    let local = swedish_time(at);
    format!("{} {:02}.{:02}", date(at), local.hour(), local.minute())
}

/// A moment, in milliseconds since 1970 UTC, as clocks in Sweden showed it.
///
/// Central European time: one hour ahead of UTC, two from the last Sunday of March to that of October (at 01:00 UTC).
pub fn swedish_time(at: i64) -> time::OffsetDateTime {
    use time::{Date, Month, OffsetDateTime, UtcOffset, Weekday};
    let utc = OffsetDateTime::from_unix_timestamp(at.div_euclid(1000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let last_sunday = |month: Month| {
        let last = Date::from_calendar_date(utc.year(), month, 31).unwrap_or(utc.date());
        let back = if last.weekday() == Weekday::Sunday {
            0
        } else {
            i64::from(last.weekday().number_from_monday())
        };
        (last - time::Duration::days(back)).midnight().assume_utc() + time::Duration::hours(1)
    };
    let summer = utc >= last_sunday(Month::March) && utc < last_sunday(Month::October);
    let hours = if summer { 2 } else { 1 };
    utc.to_offset(UtcOffset::from_hms(hours, 0, 0).unwrap_or(UtcOffset::UTC))
}

/// The moment, in milliseconds since 1970 UTC, when clocks in Sweden show this. An hour that summer time leaves out is an
/// hour later; one that comes twice is the first.
pub fn swedish_moment(local: time::PrimitiveDateTime) -> i64 {
    let at = |hours: i64| (local.assume_utc().unix_timestamp() - hours * 60 * 60) * 1000;
    let summer = at(2);
    let shown = swedish_time(summer);
    if (shown.date(), shown.time()) == (local.date(), local.time()) {
        summer
    } else {
        at(1)
    }
}

/// The words for a capability's type.
pub fn kind_text(texts: Texts, kind: CapabilityKind) -> &'static str {
    match kind {
        CapabilityKind::Governing => texts.terms_kind_governing(),
        CapabilityKind::Operational => texts.terms_kind_operational(),
        CapabilityKind::Supporting => texts.terms_kind_supporting(),
    }
}

/// The words for a role.
pub fn role_text(texts: Texts, role: Role) -> &'static str {
    match role {
        Role::Coordinator => texts.terms_role_coordinator(),
        Role::Facilitator => texts.terms_role_facilitator(),
        Role::Representative => texts.terms_role_representative(),
        Role::Director => texts.terms_role_director(),
        Role::SteeringGroup => texts.terms_role_steering_group(),
    }
}

/// The words for a participant's role at home.
pub fn occupation_text(texts: Texts, occupation: Occupation) -> &'static str {
    match occupation {
        Occupation::ItManager => texts.terms_occupation_it_manager(),
        Occupation::HeadOfAdministration => texts.terms_occupation_head_of_administration(),
        Occupation::InformationSecurity => texts.terms_occupation_information_security(),
        Occupation::FinanceManager => texts.terms_occupation_finance_manager(),
        Occupation::ChiefExecutive => texts.terms_occupation_chief_executive(),
        Occupation::Other => texts.terms_occupation_other(),
    }
}

/// The words for a grade of participation.
pub fn participation_text(texts: Texts, participation: Participation) -> &'static str {
    match participation {
        Participation::Invited => texts.terms_participation_invited(),
        Participation::Interested => texts.terms_participation_interested(),
        Participation::Considering => texts.terms_participation_considering(),
        Participation::Declined => texts.terms_participation_declined(),
        Participation::Full => texts.terms_participation_full(),
        Participation::Partly => texts.terms_participation_partly(),
        Participation::Otherwise => texts.terms_participation_otherwise(),
        Participation::Silent => texts.terms_participation_silent(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_summer_time_begins_and_ends_at_one_utc_on_the_last_sundays() {
        assert_eq!(date_time(1_774_745_999_000), "2026-03-29 01.59");
        assert_eq!(date_time(1_774_746_000_000), "2026-03-29 03.00");
        assert_eq!(date_time(1_792_889_999_000), "2026-10-25 02.59");
        assert_eq!(date_time(1_792_890_000_000), "2026-10-25 02.00");
        assert_eq!(date(1_798_758_000_000), "2027-01-01");
    }

    #[test]
    fn a_time_on_a_swedish_clock_is_the_moment_that_shows_it_all_year() {
        for day in 0..800_i64 {
            let date = time::macros::date!(2026 - 01 - 01) + time::Duration::days(day);
            let at = swedish_moment(date.with_hms(8, 0, 0).expect("eight o'clock"));
            let shown = swedish_time(at);
            assert_eq!((shown.date(), shown.hour(), shown.minute()), (date, 8, 0));
        }
    }
}
