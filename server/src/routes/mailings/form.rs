//! The forms of the page: what has been typed, and the letters as they would be.

use app::{
    components::{Errors, date},
    pages::mailings::{
        InvitationForm, Reach, ReminderForm,
        letter::{Composition, Part},
    },
    texts::Texts,
};
use domain::letter::{OwnWords, Reminder, ReminderStatus};
use time::{Date, Duration};

use super::MOST_REMINDERS;
use crate::{
    error::Failure,
    form::{self, Fields},
    letters::{
        about::{About, Addressee},
        invitation, reminder as reminders, thanks as thanking,
    },
    state::{new_id, now},
};

/// A reminder is planned at most this many days ahead.
const MOST_DAYS: i64 = 366;

/// Which form was filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Invitation,
    Reminder(u8),
}

/// What has been typed in one of the page's forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    which: Option<Which>,
    op: String,
    day: String,
    words: String,
    /// What is wrong.
    pub(super) errors: Errors,
}

/// Whether the button asked only to see the letter.
fn only_shows(fields: &Fields) -> bool {
    fields.get("gor") == "visa"
}

/// Lines as they are stored: browsers end them with two characters.
fn lines(typed: &str) -> String {
    typed.replace("\r\n", "\n")
}

impl Typed {
    /// What was typed for the invitation; the words when it is to be sent.
    ///
    /// # Errors
    /// [`Failure::BadForm`] when it is no form of ours.
    pub(super) fn invitation(
        fields: &Fields,
        texts: Texts,
    ) -> Result<(Self, Option<OwnWords>), Failure> {
        fields.op()?;
        let mut errors = Errors::default();
        let words = fields.text("ord", texts.mailing_words(), texts, &mut errors);
        let ready = errors.is_empty() && !only_shows(fields);
        let typed = Self {
            which: Some(Which::Invitation),
            op: fields.get("op").to_owned(),
            day: String::new(),
            words: lines(fields.get("ord")),
            errors,
        };
        Ok((typed, ready.then_some(words)))
    }

    /// What was typed for a reminder; its day and words when it is to be planned.
    ///
    /// # Errors
    /// [`Failure::BadForm`] when it is no form of ours.
    pub(super) fn reminder(
        fields: &Fields,
        number: u8,
        texts: Texts,
    ) -> Result<(Self, Option<(Date, OwnWords)>), Failure> {
        fields.op()?;
        let mut errors = Errors::default();
        let (day_name, words_name) = (format!("dag-{number}"), format!("ord-{number}"));
        let first = reminders::first_day(now());
        let last = first + Duration::days(MOST_DAYS);
        let day = form::date(fields.get(&day_name));
        match day {
            Some(day) if day > last => errors.add(&day_name, texts.mailing_day_far(last)),
            Some(day) if day >= first => {}
            _ => errors.add(&day_name, texts.mailing_day_wrong(first)),
        }
        let words = fields.text(&words_name, texts.mailing_words(), texts, &mut errors);
        let ready = errors.is_empty() && !only_shows(fields);
        let typed = Self {
            which: Some(Which::Reminder(number)),
            op: fields.get("op").to_owned(),
            day: fields.get(&day_name).to_owned(),
            words: lines(fields.get(&words_name)),
            errors,
        };
        Ok((typed, day.filter(|_| ready).map(|day| (day, words))))
    }

    fn of(&self, which: Which) -> Option<&Self> {
        (self.which == Some(which)).then_some(self)
    }
}

/// The invitation as it stands, or as it was typed.
pub(super) fn invitation(about: &About, to: &Addressee, typed: &Typed) -> InvitationForm {
    let typed = typed.of(Which::Invitation);
    let words = typed.map(|typed| typed.words.clone()).unwrap_or_default();
    InvitationForm {
        op: typed.map_or_else(|| new_id().to_string(), |typed| typed.op.clone()),
        preview: invitation::write(about, to, &words),
        words,
        open: typed.is_some(),
        errors: typed.map(|typed| typed.errors.clone()).unwrap_or_default(),
    }
}

/// A reminder as it is planned, or as it was typed.
pub(super) fn reminder(
    about: &About,
    to: &Addressee,
    known: &Reminder,
    typed: &Typed,
) -> ReminderForm {
    filled(about, to, known, Some(known.status), typed)
}

/// A further reminder, while there is someone to remind and room for one more.
pub(super) fn another(
    about: &About,
    to: &Addressee,
    known: &[Reminder],
    reach: Reach,
    typed: &Typed,
) -> Option<ReminderForm> {
    let number = known.last().map_or(1, |last| last.number + 1);
    if number > MOST_REMINDERS || reach.to_remind == 0 {
        return None;
    }
    let latest = known.iter().map(|reminder| reminder.due_at).max();
    let new = Reminder {
        number,
        // Three days after the last one.
        due_at: latest.unwrap_or_else(now) + 3 * 24 * 60 * 60 * 1000,
        status: ReminderStatus::Planned,
        words: OwnWords::default(),
    };
    Some(filled(about, to, &new, None, typed))
}

fn filled(
    about: &About,
    to: &Addressee,
    known: &Reminder,
    status: Option<ReminderStatus>,
    typed: &Typed,
) -> ReminderForm {
    let typed = typed.of(Which::Reminder(known.number));
    let words = typed.map_or_else(|| known.words.to_string(), |typed| typed.words.clone());
    let planned = form::date(&date(known.due_at));
    let first = reminders::first_day(now());
    let day = date(reminders::due(planned.map_or(first, |day| day.max(first))));
    ReminderForm {
        number: known.number,
        op: typed.map_or_else(|| new_id().to_string(), |typed| typed.op.clone()),
        status,
        due_at: known.due_at,
        day: typed.map_or(day, |typed| typed.day.clone()),
        preview: reminders::write(about, to, known.number, &words),
        words,
        open: typed.is_some(),
        errors: typed.map(|typed| typed.errors.clone()).unwrap_or_default(),
    }
}

/// The thanks, with a line where the person's own picture comes.
pub(super) fn thanks(about: &About, to: &Addressee) -> Composition {
    let mut letter = thanking::write(about, to, None);
    if about.round.mode == domain::survey::SurveyMode::Named {
        let sample = Part::Paragraph(about.texts.mailing_thanks_sample().to_owned());
        let heading = (letter.parts.iter()).position(|part| matches!(part, Part::Heading(_)));
        let place = heading.unwrap_or(letter.parts.len());
        letter.parts.insert(place, sample);
    }
    letter
}
