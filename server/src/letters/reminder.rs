//! The personal link again, to one who has not answered; and the days on which it goes.

use app::{
    components::{swedish_moment, swedish_time},
    pages::mailings::letter::{Composition, Part},
};
use domain::{
    ids::{ParticipantId, RoundId},
    letter::{Mail, OwnWords, Reminder, ReminderStatus},
    survey::SurveyMode,
};
use store::StoreError;
use time::{Date, Duration, Weekday};

use super::{
    Composed,
    about::{About, Addressee, Asked, unanswered},
};
use crate::state::App;

/// How many days after the invitation the reminders go.
const DAYS: [(u8, i64); 2] = [(1, 3), (2, 6)];
/// The hour in Sweden at which they go.
const HOUR: u8 = 8;

/// The reminders that are planned when the invitation goes at this time.
pub(crate) fn plan(invited_at: i64) -> Vec<Reminder> {
    let invited = swedish_time(invited_at).date();
    (DAYS.iter())
        .map(|&(number, days)| Reminder {
            number,
            due_at: due(invited + Duration::days(days)),
            status: ReminderStatus::Planned,
            words: OwnWords::default(),
        })
        .collect()
}

/// When a reminder of this day goes: in the morning, and on Monday when the day is in a weekend.
pub(crate) fn due(day: Date) -> i64 {
    let day = match day.weekday() {
        Weekday::Saturday => day + Duration::days(2),
        Weekday::Sunday => day + Duration::days(1),
        _ => day,
    };
    swedish_moment(day.midnight() + Duration::hours(HOUR.into()))
}

/// The first day that a reminder can be planned for: today until it is eight o'clock, else tomorrow.
pub(crate) fn first_day(now: i64) -> Date {
    let shown = swedish_time(now);
    if shown.hour() < HOUR {
        shown.date()
    } else {
        shown.date() + Duration::days(1)
    }
}

/// What a reminder says.
pub(crate) fn write(about: &About, to: &Addressee, number: u8, words: &str) -> Composition {
    let (texts, round) = (about.texts, &about.round);
    let mapping = &about.mapping;
    let lead = texts.letter_reminder_lead(
        round.name.as_str(),
        mapping.name.as_str(),
        mapping.period.as_str(),
        about.names(&to.municipalities),
    );
    let begun = match round.mode {
        SurveyMode::Named => texts.letter_reminder_begun(),
        SurveyMode::Confidential => texts.letter_reminder_begun_code(),
    };
    let mut parts = vec![
        Part::Paragraph(texts.letter_hello(&to.name)),
        Part::OwnWords(words.to_owned()),
        Part::Paragraph(lead),
        Part::Paragraph(begun.to_owned()),
    ];
    parts.extend(about.effort());
    parts.push(Part::Button {
        label: texts.letter_answer().to_owned(),
        address: to.link.clone(),
    });
    parts.push(Part::Paragraph(texts.letter_reminder_free().to_owned()));
    parts.extend(about.mode());
    let subject = if number > 1 {
        texts.letter_reminder_subject_again(number, round.name.as_str())
    } else {
        texts.letter_reminder_subject(round.name.as_str())
    };
    about.letter(subject, parts)
}

pub(super) async fn compose(
    app: &App,
    mail: &Mail,
    round: RoundId,
    participant: ParticipantId,
    number: u8,
) -> Result<Composed, StoreError> {
    Ok(match unanswered(app, round, participant).await? {
        Asked::Moot(why) => Composed::Moot(why.to_owned()),
        Asked::Person(person) => {
            let (about, _, to) = *person;
            Composed::Message(about.message(&write(&about, &to, number, &mail.new.words)))
        }
    })
}

#[cfg(test)]
mod tests {
    use app::components::date_time;
    use domain::mapping::Language;
    use time::macros::{date, datetime};

    use super::*;
    use crate::letters::about::tests::{about, addressee};

    fn planned(invited: time::PrimitiveDateTime) -> Vec<String> {
        (plan(swedish_moment(invited)).iter())
            .map(|reminder| date_time(reminder.due_at))
            .collect()
    }

    #[test]
    fn reminders_go_on_the_third_and_sixth_day_at_eight_and_wait_for_monday_over_weekends() {
        // 2026-11-23 is a Monday.
        for (invited, first, second) in [
            (datetime!(2026-11-23 13:00), "2026-11-26", "2026-11-30"),
            (datetime!(2026-11-24 13:00), "2026-11-27", "2026-11-30"),
            (datetime!(2026-11-25 13:00), "2026-11-30", "2026-12-01"),
            (datetime!(2026-11-26 13:00), "2026-11-30", "2026-12-02"),
            (datetime!(2026-11-27 13:00), "2026-11-30", "2026-12-03"),
            (datetime!(2026-11-28 13:00), "2026-12-01", "2026-12-04"),
            (datetime!(2026-11-29 13:00), "2026-12-02", "2026-12-07"),
        ] {
            let expected = [format!("{first} 08.00"), format!("{second} 08.00")];
            assert_eq!(planned(invited), expected, "{invited}");
        }
    }

    #[test]
    fn the_day_counts_from_the_swedish_date_of_the_invitation() {
        // Late in the evening of Monday in UTC it is Tuesday in Sweden.
        let late = datetime!(2026-11-23 23:30).assume_utc().unix_timestamp() * 1000;
        assert_eq!(date_time(plan(late)[0].due_at), "2026-11-27 08.00");
    }

    #[test]
    fn it_is_eight_in_sweden_on_either_side_of_summer_time() {
        assert_eq!(
            planned(datetime!(2026-03-26 10:00)),
            ["2026-03-30 08.00", "2026-04-01 08.00"]
        );
        assert_eq!(
            planned(datetime!(2026-10-22 10:00)),
            ["2026-10-26 08.00", "2026-10-28 08.00"]
        );
        let hours = |day| (due(day) / 3_600_000).rem_euclid(24);
        assert_eq!(hours(date!(2026 - 03 - 27)), 7);
        assert_eq!(hours(date!(2026 - 03 - 30)), 6);
        assert_eq!(hours(date!(2026 - 10 - 26)), 7);
    }

    #[test]
    fn a_planned_day_is_never_a_weekend_and_at_most_two_days_later() {
        for days in 0..1000 {
            let day = date!(2026 - 01 - 01) + Duration::days(days);
            let shown = swedish_time(due(day));
            assert!(shown.weekday().number_from_monday() <= 5, "{day}");
            let moved = (shown.date() - day).whole_days();
            assert!((0..=2).contains(&moved), "{day}: {moved}");
            assert_eq!((shown.hour(), shown.minute()), (8, 0));
        }
    }

    #[test]
    fn a_reminder_can_be_planned_for_today_until_eight() {
        let at = |moment| first_day(swedish_moment(moment));
        assert_eq!(at(datetime!(2026-11-23 07:59)), date!(2026 - 11 - 23));
        assert_eq!(at(datetime!(2026-11-23 08:00)), date!(2026 - 11 - 24));
        assert_eq!(at(datetime!(2026-12-31 23:59)), date!(2027 - 01 - 01));
    }

    #[test]
    fn a_reminder_tells_its_number_from_the_second_on_and_that_it_is_voluntary() {
        let about = about(Language::Swedish, SurveyMode::Confidential);
        let first = about.message(&write(&about, &addressee(), 1, "Tre dagar kvar."));
        let second = about.message(&write(&about, &addressee(), 2, ""));
        assert_eq!(first.subject, "Påminnelse: enkäten Hösten <1>");
        assert_eq!(second.subject, "Påminnelse 2: enkäten Hösten <1>");
        for said in [
            "Tre dagar kvar.",
            "Det är frivilligt att svara.",
            "skriv in din kod",
            "https://karta.example.se/e/abc",
            "går de inte att koppla ihop",
        ] {
            assert!(first.text.contains(said), "{said} in {}", first.text);
        }
    }
}
