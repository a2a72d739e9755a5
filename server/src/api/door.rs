//! Who asks, and whether they may come in.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::{
    ids::{MappingId, RoundId},
    map::{MapState, Version},
    mapping::Mapping,
    municipality::Municipality,
    results::{RegionResult, Standing},
    rights::{Action, Actor, Subject, may},
    survey::{Round, RoundStatus},
};

use crate::{error::Failure, link::Token, routes::today, state::App, visitor::Visitor};

/// Whoever asks: a program with a key, someone who is signed in, or nobody we know.
#[derive(Clone)]
pub(super) struct Caller(pub(super) Actor);

impl Caller {
    /// What is said to them when they may not.
    fn refusal(&self) -> Failure {
        if self.0 == Actor::Anonymous {
            Failure::SignInNeeded
        } else {
            Failure::Forbidden
        }
    }

    /// Whether they may read a mapping.
    pub(super) fn may(&self, action: Action, mapping: &Mapping) -> bool {
        let subject = Subject::Mapping {
            id: mapping.id,
            example: mapping.example,
        };
        may(&self.0, action, &subject)
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Failure;

    /// A key that is sent must be a right one: it is never passed over for a session.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
            return Ok(Self(visitor.actor));
        }
        let key = bearer(&parts.headers).ok_or(Failure::SignInNeeded)?;
        let hash = Token::received(key).hash();
        let (id, mapping) =
            (app.store.program_by_token(hash, today()).await?).ok_or(Failure::SignInNeeded)?;
        Ok(Self(Actor::Program { id, mapping }))
    }
}

/// The key in the header; none when it holds something else.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let sent = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = sent.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// A mapping that the caller has been let into.
pub(super) struct Room {
    /// Who.
    caller: Caller,
    /// The mapping.
    pub(super) mapping: Mapping,
    /// Its map.
    pub(super) state: Arc<MapState>,
}

impl Room {
    /// Lets the caller into a mapping.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::SignInNeeded`] or [`Failure::Forbidden`].
    pub(super) async fn enter(
        app: &App,
        caller: Caller,
        id: MappingId,
        action: Action,
    ) -> Result<Self, Failure> {
        let mapping = app.store.mapping(id).await?.ok_or(Failure::NotFound)?;
        if !caller.may(action, &mapping) {
            return Err(caller.refusal());
        }
        Ok(Self {
            caller,
            state: app.store.map_state(id).await?,
            mapping,
        })
    }

    /// The closed rounds, first things first.
    pub(super) async fn closed(&self, app: &App) -> Result<Vec<Round>, Failure> {
        let mut rounds = app.store.rounds(self.mapping.id).await?;
        rounds.retain(|round| round.status == RoundStatus::Closed);
        rounds.sort_by_key(|round| round.number);
        Ok(rounds)
    }

    /// A closed round.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the mapping has none with this id.
    pub(super) async fn round(&self, app: &App, id: RoundId) -> Result<Round, Failure> {
        let mut rounds = self.closed(app).await?.into_iter();
        rounds.find(|round| round.id == id).ok_or(Failure::NotFound)
    }

    /// A ratified version.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none with this number.
    pub(super) fn version(&self, number: u32) -> Result<&Arc<Version>, Failure> {
        self.state.version(number).ok_or(Failure::NotFound)
    }

    /// Whether the caller may see a municipality's levels: with too few municipalities for a region, each sees its own,
    /// as on the pages.
    pub(super) fn may_see(&self, result: &RegionResult, municipality: Municipality) -> bool {
        let subject = Subject::Municipality {
            mapping: self.mapping.id,
            example: self.mapping.example,
            municipality,
        };
        is_regional(result) || may(&self.caller.0, Action::ReadMunicipality, &subject)
    }
}

/// Whether there are municipalities enough for anything to be said of the region.
pub(super) fn is_regional(result: &RegionResult) -> bool {
    result.conditions.standing != Standing::OwnOnly
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_key_is_read_from_the_header_of_its_scheme_and_no_other() {
        for (sent, key) in [
            ("Bearer abc", Some("abc")),
            ("bearer  abc ", Some("abc")),
            ("Basic abc", None),
            ("Bearer", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, HeaderValue::from_static(sent));
            assert_eq!(bearer(&headers), key, "{sent:?}");
        }
    }
}
