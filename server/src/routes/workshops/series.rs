//! The series of workshops: the list, planning all five or one more, and the series as a calendar file.

use app::{
    components::Errors,
    document::{Frame, Tab},
    pages::workshops::{
        begin::BeginForm,
        series::{self as pages, Row, SeriesPage},
    },
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    ids::{ItemId, MappingId, OpId, RoundId, WorkshopId},
    map::Command,
    rights::Action,
    text::Text,
    workshop::{Series, WorkCommand, Workshop, template},
};
use store::StoreError;
use time::{Date, Duration, Weekday};

use super::{derived, enter_to_lead, new_op, read_date, read_time, standing, time_value, today};
use crate::{
    calendar,
    error::Failure,
    form::Fields,
    page::see_other,
    state::App,
    visitor::{Room, Visitor},
};

/// When a half-day begins unless something else is said: 09.00.
const USUAL_START: u16 = 9 * 60;
/// Days between workshops unless something else is said.
const USUAL_GAP: u16 = 7;
/// Most days between workshops.
const MOST_GAP: u16 = 60;
/// Dots for each person until a facilitator says something else.
const USUAL_DOTS: u8 = 5;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/workshopar", get(list).post(begin))
        .route("/k/{mapping}/workshopar/kalender.ics", get(file))
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ReadWorkshops, Tab::Workshops)
        .await?;
    let last = room.state.work.in_order().pop();
    let day = last.map_or(
        working_day(today()? + Duration::days(14)),
        |(_, workshop)| workshop.date + Duration::days(USUAL_GAP.into()),
    );
    let start = last.map_or(USUAL_START, |(_, workshop)| workshop.starts);
    let coming = (Series::ALL.iter()).find(|series| {
        (room.state.work.workshops.values()).all(|workshop| workshop.series != **series)
    });
    let form = BeginForm {
        op: new_op(),
        date: day.to_string(),
        start: time_value(start),
        place: last.map_or_else(String::new, |(_, workshop)| workshop.place.to_string()),
        gap: USUAL_GAP.to_string(),
        optional: [Series::Ws4, Series::Ws5]
            .map(|series| series.code().to_owned())
            .to_vec(),
        series: coming.unwrap_or(&Series::Ws1).code().to_owned(),
        errors: Errors::default(),
    };
    show(&room, form, false).await
}

/// This day, or the Monday after a weekend.
fn working_day(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => day + Duration::days(2),
        Weekday::Sunday => day + Duration::days(1),
        _ => day,
    }
}

async fn show(room: &Room, form: BeginForm, again: bool) -> Result<Response, Failure> {
    let work = &room.state.work;
    let rows = (work.in_order().into_iter())
        .map(|(id, workshop)| Row {
            id,
            workshop: workshop.clone(),
            standing: standing(room, id),
            minuted: (work.minutes.get(&id)).is_some_and(|minutes| !minutes.written_by.is_empty()),
        })
        .collect();
    let data = SeriesPage {
        mapping: room.mapping.id,
        rows,
        today: today()?,
        may_lead: room.may(Action::LeadWorkshop),
        form,
    };
    let title = room.texts.series_title();
    let body = move |frame: &Frame| pages::view(frame.texts, &data);
    Ok(if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    })
}

/// What is to be planned: each with its day.
struct Wanted {
    steps: Vec<(Series, Date)>,
    starts: u16,
    place: Text<0, 120>,
}

async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let room = enter_to_lead(&app, &visitor, id).await?;
    let op = fields.op()?;
    let whole = match fields.get("vad") {
        "serie" => true,
        "en" => false,
        _ => return Err(Failure::BadForm),
    };
    let (form, wanted) = read(&room, &fields, whole);
    let Some(wanted) = wanted else {
        return show(&room, form, true).await;
    };
    let round = (app.store.rounds(id).await?.last()).map(|round| round.id);
    for (nth, (series, date)) in (0..).zip(wanted.steps) {
        plan(
            &room,
            (op, nth),
            series,
            date,
            (&wanted.starts, &wanted.place),
            round,
        )
        .await?;
    }
    Ok(see_other(if whole {
        room.address("/workshopar?klart=serie")
    } else {
        room.address(format_args!("/workshopar?op={op}"))
    }))
}

/// Plans the nth workshop of a command from its template. Its ids come from the command's, so that the same form
/// sent twice plans once.
async fn plan(
    room: &Room,
    (op, nth): (OpId, u128),
    series: Series,
    date: Date,
    (starts, place): (&u16, &Text<0, 120>),
    round: Option<RoundId>,
) -> Result<(), Failure> {
    let id = WorkshopId::new(derived(op, (nth + 1) << 8));
    let mut next = (nth + 1) << 16;
    let (title, agenda) = template(series, || {
        next += 1;
        ItemId::new(derived(op, next))
    });
    match room.app.store.create_workshop(room.mapping.id, id).await {
        Ok(()) => {}
        // The command's id has been used in another mapping: no form of ours.
        Err(StoreError::Conflict(_)) => return Err(Failure::BadForm),
        Err(error) => return Err(error.into()),
    }
    let workshop = Workshop {
        series,
        title,
        date,
        starts: *starts,
        place: place.clone(),
        agenda,
        round: round.filter(|_| matches!(series, Series::Ws4 | Series::Ws5)),
        approval: false,
        dots: USUAL_DOTS,
    };
    let command = Command::Work(id, WorkCommand::Plan(Box::new(workshop)));
    room.execute(OpId::new(derived(op, nth)), command).await?;
    Ok(())
}

/// What was typed, and what it means if it is right.
fn read(room: &Room, fields: &Fields, whole: bool) -> (BeginForm, Option<Wanted>) {
    let texts = room.texts;
    let mut errors = Errors::default();
    let series = Series::from_code(fields.get("slag"));
    if !whole && series.is_none() {
        errors.add("slag", texts.series_which_wrong());
    }
    let date = read_date(fields.get("datum"));
    if date.is_none() {
        errors.add("datum", texts.series_date_wrong());
    }
    let starts = read_time(fields.get("tid"));
    if starts.is_none() {
        errors.add("tid", texts.series_time_wrong());
    }
    let place = fields.text("plats", texts.series_place(), texts, &mut errors);
    let gap = (fields.get("mellan").trim().parse::<u16>().ok())
        .filter(|gap| (1..=MOST_GAP).contains(gap));
    if whole && gap.is_none() {
        errors.add("mellan", texts.series_gap_wrong());
    }
    let optional: Vec<String> = fields.all("valfri").map(str::to_owned).collect();
    let right = errors.is_empty();
    let steps = |date: Date| -> Vec<(Series, Date)> {
        let Some(series) = series.filter(|_| !whole) else {
            let gap = Duration::days(gap.unwrap_or(USUAL_GAP).into());
            let wanted = (Series::ALL.iter()).filter(|series| {
                !matches!(series, Series::Ws4 | Series::Ws5)
                    || optional.iter().any(|code| code == series.code())
            });
            return (0..)
                .zip(wanted)
                .map(|(nth, series)| (*series, date + gap * nth))
                .collect();
        };
        vec![(series, date)]
    };
    let wanted = (date.zip(starts))
        .filter(|_| right)
        .map(|(date, starts)| Wanted {
            steps: steps(date),
            starts,
            place,
        });
    let form = BeginForm {
        op: fields.get("op").to_owned(),
        date: fields.get("datum").to_owned(),
        start: fields.get("tid").to_owned(),
        place: fields.get("plats").to_owned(),
        gap: fields.get("mellan").to_owned(),
        optional,
        series: fields.get("slag").to_owned(),
        errors,
    };
    (form, wanted)
}

async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<MappingId>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ReadWorkshops, Tab::Workshops)
        .await?;
    Ok(calendar::download(&room, room.state.work.in_order()))
}
