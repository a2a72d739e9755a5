//! Workshops before and after: the series, each one's plan, and calendar files.

mod items;
mod plan;
mod series;

use app::{document::Tab, pages::workshops::Standing};
use axum::Router;
use domain::{
    ids::{MappingId, OpId, WorkshopId},
    rights::Action,
    workshop::Workshop,
};
use time::{Date, macros::format_description};
use uuid::Uuid;

use crate::{
    error::Failure,
    state::{App, new_id, now},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(series::routes())
        .merge(plan::routes())
        .merge(items::routes())
}

/// Lets someone in to plan workshops.
///
/// # Errors
/// As [`Visitor::enter`].
async fn enter_to_lead(app: &App, visitor: &Visitor, id: MappingId) -> Result<Room, Failure> {
    visitor
        .enter(app, id, Action::LeadWorkshop, Tab::Workshops)
        .await
}

/// A workshop of this mapping.
///
/// # Errors
/// [`Failure::NotFound`] when the log has none.
fn workshop(room: &Room, id: WorkshopId) -> Result<&Workshop, Failure> {
    (room.state.work.workshops.get(&id)).ok_or(Failure::NotFound)
}

/// How far a workshop of this mapping has come.
fn standing(room: &Room, id: WorkshopId) -> Standing {
    (room.state.work.stages.get(&id)).map_or(Standing::Planned, Standing::of)
}

fn new_op() -> String {
    new_id().to_string()
}

/// An id made from a command's, the same every time: what the same form makes twice is the same thing.
fn derived(op: OpId, nth: u128) -> Uuid {
    Uuid::from_u128(op.uuid().as_u128() ^ nth)
}

/// A day as browsers send it and people write it, 2026-12-03, in this century.
fn read_date(typed: &str) -> Option<Date> {
    (Date::parse(typed.trim(), format_description!("[year]-[month]-[day]")).ok())
        .filter(|date| (2000..2100).contains(&date.year()))
}

/// A time of day as browsers send it, 09:00, or as people write it, 9.00: minutes since midnight.
fn read_time(typed: &str) -> Option<u16> {
    let (hours, minutes) = typed.trim().split_once([':', '.'])?;
    let number = |digits: &str, below: u16| {
        let right = matches!(digits.len(), 1 | 2) && digits.bytes().all(|c| c.is_ascii_digit());
        (digits.parse::<u16>().ok()).filter(|number| right && *number < below)
    };
    Some(number(hours, 24)? * 60 + number(minutes, 60).filter(|_| minutes.len() == 2)?)
}

/// A time of day as a field of type `time` holds it.
fn time_value(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Today in Sweden.
///
/// # Errors
/// [`Failure::Internal`] when the clock is beyond all years.
fn today() -> Result<Date, Failure> {
    read_date(&app::components::date(now())).ok_or(Failure::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_browsers_and_people_write_them() {
        for (typed, minutes) in [
            ("09:00", 540),
            ("9.05", 545),
            (" 23:59 ", 1439),
            ("0:00", 0),
        ] {
            assert_eq!(read_time(typed), Some(minutes), "{typed}");
        }
        for typed in ["", "9", "24:00", "12:60", "9:5", "+9:00", "09:00:00", "nio"] {
            assert_eq!(read_time(typed), None, "{typed}");
        }
        assert_eq!(time_value(545), "09:05");
    }

    #[test]
    fn days_are_read_within_this_century() {
        assert!(read_date(" 2026-12-03 ").is_some());
        for typed in ["", "2026-02-30", "1999-12-31", "2100-01-01", "3/12"] {
            assert_eq!(read_date(typed), None, "{typed}");
        }
    }
}
