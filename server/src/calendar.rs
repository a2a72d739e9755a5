//! Workshops as calendar files (RFC 5545).

use app::{
    components::swedish_time,
    pages::workshops::{clock, kind_mark},
    texts::Texts,
};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{
    ids::WorkshopId,
    map::{Event, MapState},
    mapping::Mapping,
    workshop::Workshop,
};
use icalendar::{Calendar, Component, EventLike};
use time::{Duration, OffsetDateTime, PrimitiveDateTime, UtcOffset, macros::format_description};

use crate::{state::App, visitor::Room};

/// These workshops as a file that a calendar takes in.
pub(crate) fn download(room: &Room, workshops: Vec<(WorkshopId, &Workshop)>) -> Response {
    file(&room.app, room.texts, &room.mapping, &room.state, workshops)
}

/// What a calendar file is, for browsers and mail programs.
pub(crate) const CONTENT_TYPE: &str = "text/calendar; charset=utf-8";

/// These workshops as the text of a calendar file.
pub(crate) fn text(
    public_url: &str,
    texts: Texts,
    mapping: &Mapping,
    state: &MapState,
    workshops: Vec<(WorkshopId, &Workshop)>,
) -> String {
    let join = format!("{public_url}/w");
    let mut calendar = Calendar::new();
    calendar.name(&texts.series_file_series(mapping.name.as_str()));
    for (id, workshop) in workshops {
        let said = texts.series_file_join(&join);
        calendar.push(event(state, id, workshop, &said));
    }
    calendar.to_string()
}

/// As [`download`], for those who have no role in the mapping.
pub(crate) fn file(
    app: &App,
    texts: Texts,
    mapping: &Mapping,
    state: &MapState,
    workshops: Vec<(WorkshopId, &Workshop)>,
) -> Response {
    let text = text(&app.public_url, texts, mapping, state, workshops);
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"workshopar.ics\""),
    );
    response
}

/// A workshop in a calendar: the same id every time, and a sequence number that grows with each change of the plan, so
/// that a newer file replaces what an older one said.
fn event(state: &MapState, id: WorkshopId, workshop: &Workshop, join: &str) -> icalendar::Event {
    let times: Vec<i64> = (state.operations.iter())
        .filter(|operation| {
            (operation.events.iter())
                .any(|event| matches!(event, Event::Workshop(change) if change.id == id))
        })
        .map(|operation| operation.at)
        .collect();
    let latest = times.last().copied().unwrap_or_default();
    let begins = begins(workshop);
    let ends = begins + Duration::minutes(workshop.minutes().into());
    let stamp = OffsetDateTime::from_unix_timestamp(latest.div_euclid(1000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let points = (workshop.agenda.iter())
        .filter(|item| !item.skipped)
        .map(|item| {
            let at = clock(workshop.begins(item.id).unwrap_or_default());
            format!("{at} {} {}\n", kind_mark(item.kind), item.title)
        });
    let agenda: String = points.collect();
    let mut event = icalendar::Event::new();
    event
        .uid(&format!("{id}@formagekartan"))
        .add_property("DTSTAMP", utc(stamp))
        .add_property("DTSTART", utc(begins))
        .add_property("DTEND", utc(ends))
        .add_property("SEQUENCE", times.len().saturating_sub(1).to_string())
        .summary(&workshop.title)
        .description(&format!("{join}\n\n{agenda}"));
    if !workshop.place.is_empty() {
        event.location(&workshop.place);
    }
    event.done()
}

/// When a workshop begins. An hour that summer time leaves out is an hour later; one that comes twice is the first.
fn begins(workshop: &Workshop) -> OffsetDateTime {
    let local: PrimitiveDateTime =
        workshop.date.midnight() + Duration::minutes(workshop.starts.into());
    let at =
        |hours| local.assume_offset(UtcOffset::from_hms(hours, 0, 0).unwrap_or(UtcOffset::UTC));
    let summer = at(2);
    let same = swedish_time(summer.unix_timestamp() * 1000);
    if PrimitiveDateTime::new(same.date(), same.time()) == local {
        summer
    } else {
        at(1)
    }
}

/// A moment as calendar files write it: `20261203T080000Z`.
fn utc(moment: OffsetDateTime) -> String {
    (moment.to_offset(UtcOffset::UTC))
        .format(format_description!(
            "[year][month][day]T[hour][minute][second]Z"
        ))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        ids::{ItemId, OpId},
        map::{Author, Change, Deed, Operation},
        text::Text,
        workshop::{Series, template},
    };
    use icalendar::{CalendarDateTime, DatePerhapsTime};
    use std::sync::Arc;
    use time::{Date, macros::date};
    use uuid::Uuid;

    fn planned(date: Date, starts: u16) -> Workshop {
        let mut next = 0;
        let (title, agenda) = template(Series::Ws1, || {
            next += 1;
            ItemId::new(Uuid::from_u128(next))
        });
        Workshop {
            series: Series::Ws1,
            title,
            date,
            starts,
            place: Text::parse("Stora salen, plan 2; Exempelvägen 1").expect("it fits"),
            agenda,
            round: None,
            approval: false,
            dots: 5,
        }
    }

    /// A log in which a workshop's plan has been changed this many times.
    fn log(id: WorkshopId, workshop: &Workshop, times: u8) -> MapState {
        let mut state = MapState::default();
        for nth in 0..times {
            let change = Change {
                id,
                before: None,
                after: Some(workshop.clone()),
            };
            state.operations.push(Arc::new(Operation {
                op: OpId::new(Uuid::from_u128(nth.into())),
                author: Author::System,
                at: 1_795_000_000_000 + i64::from(nth),
                deed: Deed::WorkshopPlanned,
                events: vec![Event::Workshop(Box::new(change))],
                undone: false,
            }));
        }
        state
    }

    #[test]
    fn a_file_is_read_back_as_it_was_meant() {
        let id = WorkshopId::new(Uuid::from_u128(7));
        let workshop = planned(date!(2026 - 12 - 03), 540);
        let state = log(id, &workshop, 3);
        let join = "Gå med på https://example.se/w. Koden visas i rummet.";
        let mut calendar = Calendar::new();
        calendar.push(event(&state, id, &workshop, join));
        let written = calendar.to_string();
        assert!(
            written.lines().all(|line| line.len() <= 75),
            "lines are folded"
        );

        let read: Calendar = written.parse().expect("it is a calendar");
        let events: Vec<_> = read.events().collect();
        assert_eq!(events.len(), 1);
        let event = events[0];
        assert_eq!(
            event.get_uid(),
            Some(format!("{id}@formagekartan").as_str())
        );
        assert_eq!(event.property_value("SEQUENCE"), Some("2"));
        assert_eq!(event.get_summary(), Some("WS1 Mål och förmågor"));
        assert_eq!(event.get_location(), Some(workshop.place.as_str()));
        let said = event.get_description().expect("it has a description");
        assert!(said.starts_with(join), "{said}");
        assert!(said.contains("09.00 [I] Välkommen\n09.10 [I]"), "{said}");
        // 175 minutes from nine in the winter.
        let at = |moment: Option<DatePerhapsTime>| match moment {
            Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(moment))) => moment.to_string(),
            other => panic!("{other:?} is no moment"),
        };
        assert_eq!(at(event.get_start()), "2026-12-03 08:00:00 UTC");
        assert_eq!(at(event.get_end()), "2026-12-03 10:55:00 UTC");
    }

    #[test]
    fn nine_in_sweden_is_eight_in_winter_and_seven_in_summer() {
        let at = |date, starts| utc(begins(&planned(date, starts)));
        assert_eq!(at(date!(2026 - 12 - 03), 540), "20261203T080000Z");
        assert_eq!(at(date!(2026 - 06 - 03), 540), "20260603T070000Z");
        // The hour that is left out in spring, and the one that comes twice in autumn.
        assert_eq!(at(date!(2026 - 03 - 29), 150), "20260329T013000Z");
        assert_eq!(at(date!(2026 - 10 - 25), 150), "20261025T003000Z");
    }
}
