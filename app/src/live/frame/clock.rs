//! Times: the plan's, the timer's and what breaks end at.

use domain::workshop::{Item, ItemKind, Timer};
use leptos::prelude::*;
use time::{Date, OffsetDateTime, UtcOffset};

use crate::{
    components::swedish_time,
    live::{Scene, part::Part},
};

/// Milliseconds in a minute.
const MINUTE: i64 = 60_000;

/// A time of day, `09.40`, from minutes since midnight.
pub(in crate::live) fn of_day(minutes: u32) -> String {
    format!("{:02}.{:02}", minutes / 60 % 24, minutes % 60)
}

/// The time of day in Sweden, `09.40`, at a moment in milliseconds since 1970 UTC.
fn at(moment: i64) -> String {
    let local = swedish_time(moment);
    format!("{:02}.{:02}", local.hour(), local.minute())
}

/// When a point is planned to begin, `09.40`.
pub(in crate::live) fn begins(scene: &Scene, item: &Item) -> String {
    of_day(scene.workshop.begins(item.id).unwrap_or_default())
}

/// When a point is planned to end, `09.40`.
pub(in crate::live) fn ends(scene: &Scene, item: &Item) -> String {
    let begins = scene.workshop.begins(item.id).unwrap_or_default();
    of_day(begins + u32::from(item.minutes))
}

/// When the clock in Sweden shows this many minutes past midnight that day, in milliseconds since 1970 UTC.
fn moment(date: Date, minutes: u32) -> i64 {
    let read = date.midnight() + time::Duration::minutes(i64::from(minutes));
    let tried = |hours| {
        let offset = UtcOffset::from_hms(hours, 0, 0).unwrap_or(UtcOffset::UTC);
        let at = read.assume_offset(offset).unix_timestamp() * 1000;
        let shown: OffsetDateTime = swedish_time(at);
        ((shown.date(), shown.time()) == (read.date(), read.time())).then_some(at)
    };
    // An hour that the clock skips is read as winter time.
    tried(2)
        .or_else(|| tried(1))
        .unwrap_or_else(|| read.assume_utc().unix_timestamp() * 1000 - 60 * MINUTE)
}

/// When a point should be over, in milliseconds since 1970 UTC: by the plan on the planned day, and on any other day
/// counted from when the workshop was opened.
pub(in crate::live) fn should_end(scene: &Scene, item: &Item) -> Option<i64> {
    let begins = scene.workshop.begins(item.id)?;
    let ends = begins + u32::from(item.minutes);
    let opened = scene.stage.opened_at?;
    Some(if swedish_time(opened).date() == scene.workshop.date {
        moment(scene.workshop.date, ends)
    } else {
        opened + i64::from(ends - u32::from(scene.workshop.starts)) * MINUTE
    })
}

/// Whether a point is a pause that something follows: the last point may be a farewell.
pub(in crate::live) fn is_pause(scene: &Scene, item: &Item) -> bool {
    item.kind == ItemKind::Break && scene.workshop.after(item.id).is_some()
}

/// The next whole minute: nobody begins at half past one.
fn up(moment: i64) -> i64 {
    moment + (-moment).rem_euclid(MINUTE)
}

/// When the current pause is over: what the timer says, else the planned minutes from its beginning, up to a whole
/// minute.
fn pause_ends(scene: &Scene, item: &Item) -> Option<i64> {
    match scene.stage.timer {
        Some(Timer::Running(ends)) => Some(ends),
        Some(Timer::Paused(_)) => None,
        None => Some(up(scene.stage.since + i64::from(item.minutes) * MINUTE)),
    }
}

/// "Paus till 10.15".
pub(in crate::live) fn pause_text(scene: &Scene, item: &Item) -> String {
    match pause_ends(scene, item) {
        Some(ends) => scene.texts.live_pause_until(at(up(ends))),
        None => scene.texts.live_pause().to_owned(),
    }
}

/// The time left in large figures, if there is any to count: a timer, or a pause.
pub(in crate::live) fn timer(scene: &Scene) -> Option<Part> {
    let texts = scene.texts;
    let item = scene.item()?;
    let timer = (scene.stage.timer).or_else(|| {
        pause_ends(scene, item)
            .filter(|_| is_pause(scene, item))
            .map(Timer::Running)
    })?;
    let (ends, left, words) = match timer {
        Timer::Running(ends) => (Some(ends), None, texts.live_timer_until(at(up(ends)))),
        Timer::Paused(left) => (None, Some(left), texts.live_timer_paused().to_owned()),
    };
    let class = if left.is_some() {
        "timer paused"
    } else {
        "timer"
    };
    Some(Part::leaf(
        "klocka",
        view! {
            <p id="klocka" class=class>
                <span class="visually-hidden">{texts.live_timer()}": "</span>
                <span class="time" role="timer" data-ends=ends data-left=left></span>
                <span class="until">{words}</span>
            </p>
        },
    ))
}

#[cfg(test)]
mod tests {
    use domain::workshop::{Activity, TimerStep, WorkCommand};

    use super::*;
    use crate::live::sample::{NOW, item, lead, scene};

    #[test]
    fn a_planned_time_is_the_same_moment_that_the_swedish_clock_shows() {
        let day = |month, day| Date::from_calendar_date(2026, month, day).expect("a day");
        let summer = moment(day(time::Month::September, 15), 9 * 60);
        assert_eq!((summer, at(summer)), (NOW, "09.00".to_owned()));
        let winter = moment(day(time::Month::November, 22), 9 * 60 + 5);
        assert_eq!(at(winter), "09.05");
        assert_eq!(winter % 3_600_000, 5 * MINUTE);
    }

    #[test]
    fn a_point_should_end_by_the_plan_on_the_day_and_from_the_opening_on_another() {
        let mut scene = scene(Activity::Writing);
        let point = scene.item().expect("a point").clone();
        let end = should_end(&scene, &point).expect("it is open");
        assert_eq!(at(end), ends(&scene, &point));
        let later = NOW + 86_400_000 + 30 * MINUTE;
        scene.stage.opened_at = Some(later);
        let planned = i64::from(scene.workshop.begins(point.id).expect("planned"))
            + i64::from(point.minutes)
            - 9 * 60;
        assert_eq!(should_end(&scene, &point), Some(later + planned * MINUTE));
    }

    #[test]
    fn a_pause_lasts_as_planned_from_its_beginning_or_as_long_as_the_timer() {
        let mut scene = scene(Activity::Writing);
        let pause = (scene.workshop.agenda.iter())
            .find(|item| item.kind == ItemKind::Break)
            .expect("a pause")
            .clone();
        let at = NOW + 7 * MINUTE + 1;
        lead(&mut scene, WorkCommand::Enter { item: pause.id, at });
        // 09.07 and a little, and fifteen minutes, is up to 09.23.
        assert_eq!(pause_text(&scene, &pause), "Paus till 09.23");
        let shown = timer(&scene).expect("pauses count down").to_page();
        assert!(
            shown.contains(&format!("data-ends=\"{}\"", NOW + 23 * MINUTE)),
            "{shown}"
        );
        lead(
            &mut scene,
            WorkCommand::Timer(TimerStep::Start {
                minutes: 20,
                at: NOW,
            }),
        );
        assert_eq!(pause_text(&scene, &pause), "Paus till 09.20");
        lead(&mut scene, WorkCommand::Timer(TimerStep::Pause { at: NOW }));
        assert_eq!(pause_text(&scene, &pause), "Paus");
    }

    #[test]
    fn the_farewell_is_no_pause() {
        let mut scene = scene(Activity::Writing);
        let last = item(scene.workshop.agenda.len());
        lead(
            &mut scene,
            WorkCommand::Enter {
                item: last,
                at: NOW,
            },
        );
        let last = scene.item().expect("a point");
        assert_eq!(last.kind, ItemKind::Break);
        assert!(!is_pause(&scene, last));
        assert!(timer(&scene).is_none());
    }
}
