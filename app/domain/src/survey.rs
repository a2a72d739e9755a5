//! A round's survey: who is asked, what was answered.

pub mod form;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{CapabilityId, MappingId, ParticipantId, RemarkId, RoundId},
    level::Answer,
    map::choices,
    municipality::Municipality,
    text::{Comment, Text, Title},
};

choices! {
    /// A participant's role at home.
    Occupation {
        /// IT-chef.
        ItManager = "it-chef",
        /// Förvaltningschef.
        HeadOfAdministration = "förvaltningschef",
        /// Informationssäkerhetsansvarig.
        InformationSecurity = "informationssäkerhetsansvarig",
        /// Ekonomichef.
        FinanceManager = "ekonomichef",
        /// Kommundirektör.
        ChiefExecutive = "kommundirektör",
        /// Annan.
        Other = "annan",
    }
}

choices! {
    /// Whether a round takes answers.
    RoundStatus {
        /// Öppen.
        Open = "öppen",
        /// Stängd.
        Closed = "stängd",
    }
}

choices! {
    /// How who answers and what is answered are kept; chosen before a round is opened, and never changed.
    SurveyMode {
        /// Namngiven: answers are kept with who gave them.
        Named = "namngiven",
        /// Konfidentiell: nothing stored ties an answer to its person.
        Confidential = "konfidentiell",
    }
}

choices! {
    /// Whether a free text is shown to others.
    Screening {
        /// Väntar: nobody has read it yet, so it is shown to facilitators alone.
        Waiting = "väntar",
        /// Visas.
        Shown = "visas",
        /// Döljs.
        Hidden = "döljs",
    }
}

/// One survey over a ratified version of the map (omgång).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Which.
    pub id: RoundId,
    /// Of which mapping.
    pub mapping: MappingId,
    /// 1, 2, 3 … within the mapping.
    pub number: u32,
    /// Its name.
    pub name: Title,
    /// The version of the map it asks about.
    pub version: u32,
    /// The year the target level is meant for.
    pub target_year: u16,
    /// Fewest answers for a distribution to be shown, 3–10; never lowered after opening.
    pub n_min: u8,
    /// How who answers and what is answered are kept.
    pub mode: SurveyMode,
    /// Whether the effect on the goals is asked too, as a third question.
    pub ask_effect: bool,
    /// Whether it takes answers.
    pub status: RoundStatus,
    /// When it was opened, in milliseconds since 1970 UTC.
    pub opened_at: i64,
    /// When it was closed.
    pub closed_at: Option<i64>,
}

/// A person asked to answer in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Which.
    pub id: ParticipantId,
    /// In which round.
    pub round: RoundId,
    /// Name.
    pub name: Title,
    /// E-mail; may be empty when the link is handed over on paper.
    pub email: Text<0, 200>,
    /// Role at home.
    pub occupation: Occupation,
    /// Whom they answer for, in Swedish order; never empty.
    pub municipalities: Vec<Municipality>,
}

/// How far a participant has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Progress {
    /// Has not opened the link or saved anything.
    NotStarted,
    /// Has saved a draft.
    Draft,
    /// Has submitted.
    Submitted {
        /// When, in milliseconds since 1970 UTC.
        at: i64,
    },
}

/// What one person says about one capability, for one municipality or all of theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Nuläge.
    pub current: Option<Answer>,
    /// Börläge.
    pub target: Option<Answer>,
    /// Effekt på mål, where the round asks for it.
    pub effect: Option<Answer>,
    /// A comment.
    pub comment: Comment,
    /// A weakness that holds it back.
    pub weakness: Text<0, 120>,
}

impl Rating {
    /// Whether nothing has been said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether both questions have an answer.
    pub fn is_complete(&self) -> bool {
        self.current.is_some() && self.target.is_some()
    }
}

/// Where a rating holds: for all of the person's municipalities, or for one that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// For all that have none of their own.
    All,
    /// For this one.
    Only(Municipality),
}

/// One person's answers, draft or submitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Ratings by capability and scope.
    pub ratings: BTreeMap<(CapabilityId, Scope), Rating>,
}

impl Sheet {
    /// What holds for one municipality: its own rating where it has one, else the one for all.
    pub fn rating_for(
        &self,
        capability: CapabilityId,
        municipality: Municipality,
    ) -> Option<&Rating> {
        (self.ratings.get(&(capability, Scope::Only(municipality))))
            .or_else(|| self.ratings.get(&(capability, Scope::All)))
    }

    /// How many of these capabilities have both answers for every one of the municipalities.
    pub fn completed(
        &self,
        capabilities: &[CapabilityId],
        municipalities: &[Municipality],
    ) -> usize {
        capabilities
            .iter()
            .filter(|capability| {
                municipalities.iter().all(|municipality| {
                    self.rating_for(**capability, *municipality)
                        .is_some_and(Rating::is_complete)
                })
            })
            .count()
    }
}

/// What someone wrote about a capability, apart from who they are and whom they answered for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Which; random, so that it says nothing about when it was written.
    pub id: RemarkId,
    /// About what.
    pub capability: CapabilityId,
    /// The comment; may be empty.
    pub comment: Comment,
    /// The weakness; may be empty.
    pub weakness: Text<0, 120>,
    /// Whether others may read it.
    pub screening: Screening,
}

/// One submitted answer as the results are made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubmittedAnswer {
    /// Stands for the person within the round, and says nothing else about them.
    pub respondent: u32,
    /// For whom.
    pub municipality: Municipality,
    /// About what.
    pub capability: CapabilityId,
    /// Nuläge.
    pub current: Option<Answer>,
    /// Börläge.
    pub target: Option<Answer>,
}

/// One submitted answer about the effect on the goals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubmittedEffect {
    /// Stands for the response within the round, and says nothing about whose it is.
    pub respondent: u32,
    /// For whom.
    pub municipality: Municipality,
    /// About what.
    pub capability: CapabilityId,
    /// The answer.
    pub effect: Answer,
}
