//! Samlad bedömning: the value that each municipality stands for.

use std::collections::HashSet;

use app::{
    components::Errors,
    document::{Frame, Tab},
    pages::agreement::{
        self as pages, AgreementForm, AgreementRow, NOT_APPLICABLE, Standing, Tally,
    },
};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    ids::{CapabilityId, MappingId, OpId, RoundId},
    level::Level,
    map::{Agreed, AgreedKey, AgreedLevel, Command},
    municipality::Municipality,
    results::{Cell, CellValue, RegionResult},
    rights::{Action, Actor},
    survey::{Round, RoundStatus},
    text::Reason,
};

use super::rounds;
use crate::{
    error::Failure,
    form::{Fields, text_error},
    page::see_other,
    results::of_round,
    state::{App, new_id},
    visitor::{Room, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/k/{mapping}/omgangar/{round}/bedomning", get(overview))
        .route(
            "/k/{mapping}/omgangar/{round}/bedomning/{municipality}",
            get(show).post(save),
        )
}

/// What a value rests on, for a form and a count.
fn standing(room: &Room, key: AgreedKey, cell: &Cell) -> Standing {
    if room.state.agreed.contains_key(&key) {
        return Standing::Confirmed;
    }
    match cell.value {
        CellValue::Levels { .. } | CellValue::NotApplicable => Standing::Pending,
        CellValue::Hidden => Standing::Hidden,
        CellValue::Missing => Standing::Missing,
    }
}

async fn overview(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, round)): Path<(MappingId, RoundId)>,
) -> Result<Response, Failure> {
    let room = visitor
        .enter(&app, id, Action::ReadResults, Tab::Rounds)
        .await?;
    let round = rounds::of_mapping(&room, round).await?;
    if round.status == RoundStatus::Open {
        return Ok(not_closed(&room, round, false).await);
    }
    let results = of_round(&room, &round).await?;
    let tallies: Vec<_> = (results.municipalities.iter().enumerate())
        .map(|(column, municipality)| tally(&room, &round, &results, column, *municipality))
        .collect();
    let title = room.texts.agreement_title();
    Ok(room
        .page(title, move |frame| {
            pages::overview(frame.texts, &round, &tallies)
        })
        .await)
}

fn tally(
    room: &Room,
    round: &Round,
    results: &RegionResult,
    column: usize,
    municipality: Municipality,
) -> Tally {
    let mut tally = Tally {
        municipality,
        confirmed: 0,
        pending: 0,
        hidden: 0,
        missing: 0,
        may_agree: room.may_for(Action::AgreeLevels, municipality),
    };
    for capability in &results.capabilities {
        let key = AgreedKey {
            round: round.id,
            municipality,
            capability: capability.id,
        };
        match standing(room, key, &capability.cells[column]) {
            Standing::Confirmed => tally.confirmed += 1,
            Standing::Pending => tally.pending += 1,
            Standing::Hidden => tally.hidden += 1,
            Standing::Missing => tally.missing += 1,
        }
    }
    tally
}

async fn not_closed(room: &Room, round: Round, again: bool) -> Response {
    let title = room.texts.agreement_title();
    let body = move |frame: &Frame| pages::not_closed(frame.texts, &round);
    if again {
        room.again(title, body).await
    } else {
        room.page(title, body).await
    }
}

/// One municipality's part of a round, that the visitor speaks for.
struct Part {
    room: Room,
    round: Round,
    municipality: Municipality,
}

impl Part {
    /// # Errors
    /// [`Failure::NotFound`] for a municipality outside the mapping; [`Failure::Forbidden`] for one that the visitor
    /// does not speak for.
    async fn enter(
        app: &App,
        visitor: &Visitor,
        (mapping, round, municipality): (MappingId, RoundId, String),
    ) -> Result<Self, Failure> {
        let room = visitor
            .enter(app, mapping, Action::ReadResults, Tab::Rounds)
            .await?;
        let round = rounds::of_mapping(&room, round).await?;
        let municipality = (municipality.parse().ok())
            .filter(|wanted| {
                let mut members = room.mapping.members.iter();
                members.any(|member| member.municipality == *wanted)
            })
            .ok_or(Failure::NotFound)?;
        if !room.may_for(Action::AgreeLevels, municipality) {
            return Err(match room.visitor.actor {
                Actor::Anonymous => Failure::SignInNeeded,
                _ => Failure::Forbidden,
            });
        }
        Ok(Self {
            room,
            round,
            municipality,
        })
    }

    fn key(&self, capability: CapabilityId) -> AgreedKey {
        AgreedKey {
            round: self.round.id,
            municipality: self.municipality,
            capability,
        }
    }

    /// Every capability of the round's version as it stands: agreed, or what the answers say.
    async fn rows(&self) -> Result<Vec<AgreementRow>, Failure> {
        let results = of_round(&self.room, &self.round).await?;
        let column = (results.municipalities.iter())
            .position(|municipality| *municipality == self.municipality)
            .ok_or(Failure::NotFound)?;
        let rows = results.capabilities.iter().map(|capability| {
            let key = self.key(capability.id);
            let cell = &capability.cells[column];
            let agreed = self.room.state.agreed.get(&key);
            let (current, target) = match (agreed.map(|agreed| agreed.value), cell.value) {
                (Some(Agreed::Levels { current, target }), _)
                | (
                    None,
                    CellValue::Levels {
                        current, target, ..
                    },
                ) => (current.get().to_string(), target.get().to_string()),
                (Some(Agreed::NotApplicable), _) | (None, CellValue::NotApplicable) => {
                    (NOT_APPLICABLE.to_owned(), String::new())
                }
                (None, CellValue::Hidden | CellValue::Missing) => (String::new(), String::new()),
            };
            let row = AgreementRow {
                capability: capability.id,
                name: capability.name.to_string(),
                formulation: capability.formulation.to_string(),
                area: capability.area_name.as_ref().map(ToString::to_string),
                standing: standing(&self.room, key, cell),
                answers: cell.answers,
                current,
                target,
                reason: agreed.map_or_else(String::new, |agreed| agreed.reason.to_string()),
                ticked: agreed.is_some(),
                stood: String::new(),
            };
            AgreementRow {
                stood: row.contents(),
                ..row
            }
        });
        Ok(rows.collect())
    }

    async fn page(self, op: OpId, rows: Vec<AgreementRow>, errors: Errors) -> Response {
        let again = !errors.is_empty();
        let title = (self.room.texts).agreement_form_title(self.municipality.name());
        let form = AgreementForm {
            round: self.round,
            municipality: self.municipality,
            op: op.to_string(),
            rows,
            errors,
        };
        let body = move |frame: &Frame| pages::form(frame.texts, &form);
        if again {
            self.room.again(title, body).await
        } else {
            self.room.page(title, body).await
        }
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId, String)>,
) -> Result<Response, Failure> {
    let part = Part::enter(&app, &visitor, path).await?;
    if part.round.status == RoundStatus::Open {
        return Ok(not_closed(&part.room, part.round, false).await);
    }
    let rows = part.rows().await?;
    Ok(part
        .page(OpId::new(new_id()), rows, Errors::default())
        .await)
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(MappingId, RoundId, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let part = Part::enter(&app, &visitor, path).await?;
    let op = fields.op()?;
    if part.round.status == RoundStatus::Open {
        return Ok(not_closed(&part.room, part.round, true).await);
    }
    let stand = part.rows().await?;
    let sent = Sent::read(&fields, &stand)?;
    let (mut rows, mut errors, mut levels) = (Vec::new(), Errors::default(), Vec::new());
    for before in stand {
        let Some((row, shown)) = sent.row(&fields, &before) else {
            rows.push(before);
            continue;
        };
        match decide(&part.room, &row, &before, &shown) {
            Err(problem) => errors.add(format!("nulage-{}", row.capability), problem),
            Ok(Decision::Leave) => {}
            Ok(Decision::Agree(level)) => {
                if part.room.state.agreed.get(&part.key(row.capability)) != Some(&level) {
                    levels.push((row.capability, Some(level)));
                }
            }
            Ok(Decision::Withdraw) => levels.push((row.capability, None)),
        }
        rows.push(row);
    }
    if !errors.is_empty() {
        return Ok(part.page(op, rows, errors).await);
    }
    let base = format!("/omgangar/{}/bedomning", part.round.id);
    if levels.is_empty() {
        return Ok(see_other(
            part.room.address(format_args!("{base}?klart=sparat")),
        ));
    }
    let command = Command::Agree {
        round: part.round.id,
        municipality: part.municipality,
        levels,
    };
    part.room.execute(op, command).await?;
    Ok(see_other(part.room.address(format_args!("{base}?op={op}"))))
}

/// Which rows were sent how.
struct Sent {
    ticked: HashSet<CapabilityId>,
    /// Whether all rows with levels are to be agreed.
    all: bool,
}

impl Sent {
    /// # Errors
    /// [`Failure::BadForm`] when a row is of no capability of the round's version.
    fn read(fields: &Fields, rows: &[AgreementRow]) -> Result<Self, Failure> {
        let known: HashSet<_> = rows.iter().map(|row| row.capability).collect();
        Ok(Self {
            ticked: (fields.all("forankra"))
                .map(|id| id.parse().ok().filter(|id| known.contains(id)))
                .collect::<Option<_>>()
                .ok_or(Failure::BadForm)?,
            all: fields.get("alla") == "ja",
        })
    }

    /// The row as it was sent, with what its form had shown; `None` for one that nobody has touched, which leaves what
    /// someone else has decided since alone.
    fn row(&self, fields: &Fields, before: &AgreementRow) -> Option<(AgreementRow, String)> {
        let id = before.capability;
        let field = |name: &str| fields.get(&format!("{name}-{id}")).to_owned();
        let typed = field("skal");
        let mut row = AgreementRow {
            ticked: self.ticked.contains(&id),
            reason: Reason::parse(&typed).map_or(typed, |reason| reason.to_string()),
            current: field("nulage"),
            target: field("borlage"),
            ..before.clone()
        };
        let shown = match field("stod") {
            // A form that does not say what it showed has shown nothing.
            nothing if nothing.is_empty() => "|||false".to_owned(),
            shown => shown,
        };
        let touched = row.contents() != shown;
        let whole =
            row.current == NOT_APPLICABLE || !row.current.is_empty() && !row.target.is_empty();
        let joined = self.all && whole && (touched || !before.ticked);
        row.ticked |= joined;
        (touched || joined).then_some((row, shown))
    }
}

enum Decision {
    Leave,
    Agree(AgreedLevel),
    Withdraw,
}

/// What a row that was touched asks for, or what is wrong with it.
fn decide(
    room: &Room,
    row: &AgreementRow,
    before: &AgreementRow,
    shown: &str,
) -> Result<Decision, String> {
    let texts = room.texts;
    let withdrawn = !row.ticked && !before.ticked && shown.ends_with("|true");
    if row.contents() == before.stood || withdrawn {
        return Ok(Decision::Leave);
    }
    if shown != before.stood {
        return Err(texts.agreement_changed(&row.name, pages::in_words(texts, before)));
    }
    let level = |field: &str| match field {
        "" => Ok(None),
        number => (number.parse().ok().and_then(Level::new))
            .map(Some)
            .ok_or_else(|| texts.agreement_level_wrong(&row.name)),
    };
    let target = level(&row.target)?;
    let value = if row.current == NOT_APPLICABLE {
        Some(Agreed::NotApplicable)
    } else {
        (level(&row.current)?.zip(target))
            .map(|(current, target)| Agreed::Levels { current, target })
    };
    let reason = Reason::parse(&row.reason)
        .map_err(|error| text_error(texts, texts.agreement_reason(), error))?;
    match (row.ticked, value) {
        (true, Some(value)) => Ok(Decision::Agree(AgreedLevel { value, reason })),
        (true, None) => Err(texts.agreement_level_missing(&row.name)),
        (false, _) if before.ticked => Ok(Decision::Withdraw),
        (false, _) => Err(texts.agreement_left_out(&row.name)),
    }
}
