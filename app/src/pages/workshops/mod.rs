//! The series of workshops and what is planned in each.

pub mod begin;
pub mod item;
pub mod plan;
pub mod series;

use domain::{
    ids::{MappingId, WorkshopId},
    workshop::{Activity, ItemKind, Series, Stage, Workshop},
};
use leptos::prelude::*;
use time::{Date, Weekday};

use crate::{components::Badge, texts::Texts};

/// How far a workshop has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has not been opened.
    Planned,
    /// It is under way.
    Open,
    /// It has been ended.
    Ended,
}

impl Standing {
    /// How far a workshop has come, by what happens in it.
    pub fn of(stage: &Stage) -> Self {
        match (stage.opened_at, stage.ended_at) {
            (None, _) => Self::Planned,
            (Some(_), None) => Self::Open,
            (Some(_), Some(_)) => Self::Ended,
        }
    }
}

/// The mark beside a workshop's name.
fn standing_badge(texts: Texts, standing: Standing) -> AnyView {
    let (tone, text) = match standing {
        Standing::Planned => ("plain", texts.series_planned()),
        Standing::Open => ("warn", texts.series_open()),
        Standing::Ended => ("done", texts.series_ended()),
    };
    view! { <Badge tone=tone text=text /> }.into_any()
}

/// A time of day, `09.05`, from minutes since midnight; past midnight it begins anew.
pub fn clock(minutes: u32) -> String {
    format!("{:02}.{:02}", minutes / 60 % 24, minutes % 60)
}

/// A day with its name: `torsdag 2026-12-03`.
pub fn day(texts: Texts, date: Date) -> String {
    let name = match date.weekday() {
        Weekday::Monday => texts.series_monday(),
        Weekday::Tuesday => texts.series_tuesday(),
        Weekday::Wednesday => texts.series_wednesday(),
        Weekday::Thursday => texts.series_thursday(),
        Weekday::Friday => texts.series_friday(),
        Weekday::Saturday => texts.series_saturday(),
        Weekday::Sunday => texts.series_sunday(),
    };
    format!("{name} {date}")
}

/// When a workshop is: `torsdag 2026-12-03 kl. 09.00–12.15`.
pub fn when(texts: Texts, workshop: &Workshop) -> String {
    let begins = u32::from(workshop.starts);
    let ends = begins + workshop.minutes();
    texts.series_when(day(texts, workshop.date), clock(begins), clock(ends))
}

/// The type of a point as minutes of meetings write it: `[I]`.
pub fn kind_mark(kind: ItemKind) -> String {
    format!("[{}]", kind.code())
}

/// The words for the type of a point.
pub fn kind_text(texts: Texts, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Information => texts.series_kind_information(),
        ItemKind::Discussion => texts.series_kind_discussion(),
        ItemKind::Working => texts.series_kind_working(),
        ItemKind::Break => texts.series_kind_break(),
    }
}

/// The words for what the room does at a point.
pub fn activity_text(texts: Texts, activity: Activity) -> &'static str {
    match activity {
        Activity::Talk => texts.series_activity_talk(),
        Activity::Goals => texts.series_activity_goals(),
        Activity::Writing => texts.series_activity_writing(),
        Activity::Reading => texts.series_activity_reading(),
        Activity::Grouping => texts.series_activity_grouping(),
        Activity::MunicipalRound => texts.series_activity_municipal_round(),
        Activity::Ratifying => texts.series_activity_ratifying(),
        Activity::Spread => texts.series_activity_spread(),
        Activity::Agreeing => texts.series_activity_agreeing(),
        Activity::EffectVote => texts.series_activity_effect_vote(),
        Activity::Improving => texts.series_activity_improving(),
        Activity::DotVote => texts.series_activity_dot_vote(),
        Activity::Deciding => texts.series_activity_deciding(),
    }
}

/// A step's place in the series, name and what it gives (METHOD §2).
fn step(texts: Texts, series: Series) -> (&'static str, &'static str, &'static str) {
    match series {
        Series::Ws1 => ("1", texts.series_ws1(), texts.series_ws1_gives()),
        Series::Ws2 => ("2", texts.series_ws2(), texts.series_ws2_gives()),
        Series::Ws3 => ("3", texts.series_ws3(), texts.series_ws3_gives()),
        Series::Ws4 => ("4", texts.series_ws4(), texts.series_ws4_gives()),
        Series::Ws5 => ("5", texts.series_ws5(), texts.series_ws5_gives()),
    }
}

/// An address in a workshop: `path` begins with a slash.
pub(super) fn address(mapping: MappingId, workshop: WorkshopId, path: &str) -> String {
    format!("/k/{mapping}/workshop/{workshop}{path}")
}

/// The way back to the series, and to a workshop's plan from what is under it.
fn crumbs(
    texts: Texts,
    mapping: MappingId,
    plan: Option<(WorkshopId, String)>,
    here: &str,
) -> AnyView {
    let plan = plan.map(|(workshop, title)| {
        view! { <li><a href=address(mapping, workshop, "/planera")>{title}</a></li> }
    });
    view! {
        <nav class="breadcrumbs" aria-label=texts.map_crumbs()>
            <ol>
                <li><a href=format!("/k/{mapping}/workshopar")>{texts.series_title()}</a></li>
                {plan}
                <li aria-current="page">{here.to_owned()}</li>
            </ol>
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_has_two_digits_each_and_begins_anew_at_midnight() {
        assert_eq!(clock(545), "09.05");
        assert_eq!(clock(24 * 60 + 10), "00.10");
    }
}
