//! How the example's municipalities take part step by step.

use domain::{
    mapping::Participation,
    municipality::Municipality,
    participation::{Entry, Step},
};
use store::{Store, StoreError};
use time::{Date, macros::date};

use super::{MAPPING, people::members, seed::text};

/// The steps that are over or under way, and since when it is known how each municipality takes part in them.
const STEPS: [(Step, Date, &str); 7] = [
    (Step::Preparation, date!(2026 - 02 - 16), "Anmälan, Exempel"),
    (Step::Ws1, date!(2026 - 08 - 18), "Deltagarlista, Exempel"),
    (Step::Ws2, date!(2026 - 08 - 25), "Deltagarlista, Exempel"),
    (Step::Ws3, date!(2026 - 09 - 15), "Deltagarlista, Exempel"),
    (
        Step::Survey,
        date!(2026 - 09 - 28),
        "Kontaktpersonerna, Exempel",
    ),
    (Step::Ws4, date!(2026 - 11 - 03), "Deltagarlista, Exempel"),
    (
        Step::Ws5,
        date!(2026 - 11 - 09),
        "Intresseförfrågan, Exempel",
    ),
];

/// What is otherwise than in the series as a whole.
const APART: [(&str, Step, Participation, &str); 9] = [
    (
        "Färgelanda",
        Step::Ws2,
        Participation::Partly,
        "första halvan",
    ),
    (
        "Lysekil",
        Step::Survey,
        Participation::Partly,
        "två förvaltningar av fem",
    ),
    (
        "Mellerud",
        Step::Ws1,
        Participation::Partly,
        "en person i stället för två",
    ),
    ("Strömstad", Step::Ws5, Participation::Considering, ""),
    ("Tanum", Step::Ws5, Participation::Considering, ""),
    (
        "Munkedal",
        Step::Ws5,
        Participation::Declined,
        "planeringen är redan låst",
    ),
    ("Sotenäs", Step::Ws5, Participation::Silent, ""),
    ("Vänersborg", Step::Ws5, Participation::Invited, ""),
    (
        "Åmål",
        Step::Ws3,
        Participation::Otherwise,
        "följde som åhörare",
    ),
];

/// Notes how each municipality takes part in each step; done again it changes nothing.
///
/// # Errors
/// When the database fails.
pub(super) async fn note(store: &Store, at: i64) -> Result<(), StoreError> {
    store
        .put_participation(MAPPING, entries(), None, at)
        .await?;
    Ok(())
}

/// How each municipality takes part in each step.
fn entries() -> Vec<Entry> {
    (members().into_iter())
        .flat_map(|member| {
            (STEPS.iter()).map(move |(step, since, source)| {
                let (grade, note) = stands(member.municipality, member.participation, *step);
                Entry {
                    municipality: member.municipality,
                    step: Some(*step),
                    grade,
                    since: Some(*since),
                    source: text(source),
                    note: text(note),
                }
            })
        })
        .collect()
}

fn stands(
    municipality: Municipality,
    whole: Participation,
    step: Step,
) -> (Participation, &'static str) {
    let apart = (APART.iter()).find(|(name, at, ..)| (*name, *at) == (municipality.name(), step));
    match (apart, whole, step) {
        (Some((_, _, grade, note)), ..) => (*grade, note),
        (None, Participation::Full, Step::Ws5) => (Participation::Interested, ""),
        // Those who take part otherwise read along, and come to nothing.
        (None, Participation::Full, _) | (None, _, Step::Preparation) => (Participation::Full, ""),
        (None, ..) => (Participation::Declined, ""),
    }
}
