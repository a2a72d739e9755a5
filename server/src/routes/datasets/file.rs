//! Open data as files.

use domain::{map::Agreed, municipality::Municipality};
use serde::Serialize;
use uuid::Uuid;

use super::Dataset;
use crate::error::Failure;

/// Creative Commons Zero: free to use.
pub(super) const LICENCE: &str = "http://creativecommons.org/publicdomain/zero/1.0/";

/// The columns of the CSV file.
const COLUMNS: [&str; 11] = [
    "rad",
    "kommunkod",
    "kommun",
    "formaga_id",
    "formaga",
    "omrade",
    "nulage",
    "borlage",
    "skillnad",
    "symbol",
    "antal_kommuner",
];

/// A mean as pages write it.
fn mean(value: f64) -> f64 {
    charts::rounded(value, 1)
}

/// RFC 4180 in UTF-8: a row a municipality and capability, then a row a capability with the means over the municipalities
/// that have opened their levels.
///
/// # Errors
/// [`Failure::Internal`] when the text cannot be put together.
pub(super) fn csv(dataset: &Dataset) -> Result<String, Failure> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let fault = |_| Failure::Internal;
    writer.write_record(COLUMNS).map_err(fault)?;
    let data = &dataset.data;
    for capability in &data.capabilities {
        let (id, area) = (
            capability.id.to_string(),
            capability.area.as_deref().unwrap_or_default(),
        );
        for (municipality, agreed) in data.municipalities.iter().zip(&capability.levels) {
            let Level {
                current,
                target,
                gap,
                symbol,
                ..
            } = Level::new(*municipality, *agreed);
            let number = |value: Option<i8>| value.map_or_else(String::new, |v| v.to_string());
            writer
                .write_record([
                    "kommun",
                    &municipality.to_string(),
                    municipality.name(),
                    &id,
                    &capability.name,
                    area,
                    &number(current),
                    &number(target),
                    &number(gap),
                    symbol.unwrap_or_default(),
                    "",
                ])
                .map_err(fault)?;
        }
    }
    for capability in &data.capabilities {
        let number =
            |value: Option<f64>| value.map_or_else(String::new, |v| format!("{:.1}", mean(v)));
        writer
            .write_record([
                "medel",
                "",
                "",
                &capability.id.to_string(),
                &capability.name,
                capability.area.as_deref().unwrap_or_default(),
                &number(capability.mean_current),
                &number(capability.mean_target),
                &number(capability.mean_gap),
                if capability.with_levels == 0 { "-" } else { "" },
                &capability.with_levels.to_string(),
            ])
            .map_err(fault)?;
    }
    let bytes = writer.into_inner().map_err(|_| Failure::Internal)?;
    String::from_utf8(bytes).map_err(|_| Failure::Internal)
}

/// What is open of one closed round.
#[derive(Serialize)]
struct File<'a> {
    title: String,
    mapping: Uuid,
    period: &'a str,
    round: Uuid,
    round_name: &'a str,
    closed_on: String,
    target_year: u16,
    version: u32,
    ratified_on: String,
    ratified_by: &'a str,
    license: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    /// Which municipalities it is about, of how many.
    coverage: Coverage,
    capabilities: Vec<Capability<'a>>,
}

#[derive(Serialize)]
struct Coverage {
    municipalities: Vec<Opened>,
    of: usize,
}

#[derive(Serialize)]
struct Opened {
    code: String,
    name: &'static str,
    /// What it rests on, and since when.
    ground: String,
    since: String,
}

#[derive(Serialize)]
struct Capability<'a> {
    id: Uuid,
    name: &'a str,
    formulation: &'a str,
    area: Option<&'a str>,
    /// Means over the municipalities that have levels, and how many those are.
    municipalities_with_levels: usize,
    mean_current: Option<f64>,
    mean_target: Option<f64>,
    mean_gap: Option<f64>,
    levels: Vec<Level>,
}

/// What a municipality stands for.
#[derive(Serialize)]
struct Level {
    municipality: String,
    current: Option<i8>,
    target: Option<i8>,
    gap: Option<i8>,
    /// `.` not applicable, `-` nothing agreed.
    symbol: Option<&'static str>,
}

impl Level {
    fn new(municipality: Municipality, agreed: Option<Agreed>) -> Self {
        let (levels, symbol) = match agreed {
            Some(Agreed::Levels { current, target }) => (
                Some((current.get().cast_signed(), target.get().cast_signed())),
                None,
            ),
            Some(Agreed::NotApplicable) => (None, Some(".")),
            None => (None, Some("-")),
        };
        Self {
            municipality: municipality.to_string(),
            current: levels.map(|(current, _)| current),
            target: levels.map(|(_, target)| target),
            gap: levels.map(|(current, target)| target - current),
            symbol,
        }
    }
}

/// The same as JSON, with what it rests on.
///
/// # Errors
/// [`Failure::Internal`] when the text cannot be put together.
pub(super) fn json(dataset: &Dataset, publisher: Option<&str>) -> Result<String, Failure> {
    let (data, mapping, round) = (&dataset.data, &dataset.mapping, &dataset.round);
    let file = File {
        title: dataset.name(),
        mapping: mapping.id.uuid(),
        period: &mapping.period,
        round: round.id.uuid(),
        round_name: &round.name,
        closed_on: dataset.closed_on(),
        target_year: round.target_year,
        version: dataset.version.number,
        ratified_on: dataset.version.date.to_string(),
        ratified_by: &dataset.version.decided_by,
        license: LICENCE,
        publisher,
        coverage: Coverage {
            municipalities: (dataset.publication.municipalities.iter())
                .filter(|opened| data.municipalities.contains(&opened.municipality))
                .map(|opened| Opened {
                    code: opened.municipality.to_string(),
                    name: opened.municipality.name(),
                    ground: opened.ground.to_string(),
                    since: opened.since.to_string(),
                })
                .collect(),
            of: data.of,
        },
        capabilities: (data.capabilities.iter())
            .map(|capability| Capability {
                id: capability.id.uuid(),
                name: &capability.name,
                formulation: &capability.formulation,
                area: capability.area.as_deref(),
                municipalities_with_levels: capability.with_levels,
                mean_current: capability.mean_current.map(mean),
                mean_target: capability.mean_target.map(mean),
                mean_gap: capability.mean_gap.map(mean),
                levels: (data.municipalities.iter().zip(&capability.levels))
                    .map(|(municipality, agreed)| Level::new(*municipality, *agreed))
                    .collect(),
            })
            .collect(),
    };
    serde_json::to_string(&file).map_err(|error| {
        tracing::error!(%error, "open data could not be written");
        Failure::Internal
    })
}
