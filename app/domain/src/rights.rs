//! Who may do what: one function, asked by every handler.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{
        AccountId, AttendeeId, ContactId, EnquiryId, InviteeId, MappingId, ParticipantId, RoundId,
        TokenId, WorkshopId,
    },
    map::{Author, choices},
    municipality::Municipality,
};

choices! {
    /// What a signed-in person is in one mapping.
    Role {
        /// Samordnare: owns the mapping, publishes.
        Coordinator = "samordnare",
        /// Workshopledare: prepares and runs, may be an outside consultant.
        Facilitator = "workshopledare",
        /// Representant: speaks for a municipality.
        Representative = "representant",
        /// Direktör: reads results.
        Director = "direktör",
        /// Styrgrupp: reads all.
        SteeringGroup = "styrgrupp",
    }
}

/// A person's role in a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Where.
    pub mapping: MappingId,
    /// As what.
    pub role: Role,
    /// For which municipalities; empty means for none in particular.
    pub municipalities: Vec<Municipality>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody we know.
    Anonymous,
    /// Someone signed in.
    Account {
        /// Who.
        id: AccountId,
        /// May start mappings of their own.
        may_start: bool,
        /// Their roles.
        memberships: Vec<Membership>,
    },
    /// Someone with a personal link to one round.
    Participant {
        /// Who.
        id: ParticipantId,
        /// The mapping the round belongs to.
        mapping: MappingId,
        /// The round.
        round: RoundId,
        /// Whom they answer for; never empty.
        municipalities: Vec<Municipality>,
    },
    /// Someone asked to take part in the series, with a personal link to their page.
    Invitee {
        /// Who.
        id: InviteeId,
        /// Asked to which mapping.
        mapping: MappingId,
        /// Whom they come for; never empty.
        municipalities: Vec<Municipality>,
    },
    /// Someone who has been asked whether their municipality wants to take part, with a link to the enquiry.
    Contact {
        /// Who.
        id: ContactId,
        /// Asked what.
        enquiry: EnquiryId,
        /// For whom.
        municipality: Municipality,
    },
    /// Someone who joined one workshop.
    Attendee {
        /// Who.
        id: AttendeeId,
        /// The mapping the workshop belongs to.
        mapping: MappingId,
        /// The workshop.
        workshop: WorkshopId,
        /// Where they come from.
        municipalities: Vec<Municipality>,
        /// Whether a facilitator has let them in.
        approved: bool,
        /// Whether they speak for their municipalities.
        speaks: bool,
    },
    /// A program that a samordnare has given a key (läsnyckel) to one mapping.
    Program {
        /// Which key.
        id: TokenId,
        /// The mapping that it may read.
        mapping: MappingId,
    },
}

impl Actor {
    /// The author of what this actor does to a map; none for those who can do nothing to one.
    pub fn author(&self) -> Option<Author> {
        match self {
            Self::Anonymous
            | Self::Invitee { .. }
            | Self::Contact { .. }
            | Self::Program { .. } => None,
            Self::Account { id, .. } => Some(Author::Account(*id)),
            Self::Participant { id, .. } => Some(Author::Participant(*id)),
            Self::Attendee { id, .. } => Some(Author::Attendee(*id)),
        }
    }

    /// The actor's role in a mapping.
    pub fn membership(&self, mapping: MappingId) -> Option<&Membership> {
        match self {
            Self::Account { memberships, .. } => memberships.iter().find(|m| m.mapping == mapping),
            Self::Anonymous
            | Self::Participant { .. }
            | Self::Invitee { .. }
            | Self::Contact { .. }
            | Self::Attendee { .. }
            | Self::Program { .. } => None,
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Start a mapping.
    StartMapping,
    /// See and end one's own sessions.
    ManageOwnSessions,
    /// Read the map, its versions and its history.
    ReadMap,
    /// Change the map, import, undo.
    EditMap,
    /// Make a numbered, locked version.
    RatifyMap,
    /// Change the mapping's name, municipalities and their participation.
    ManageMapping,
    /// Give people roles.
    ManagePeople,
    /// Open and close rounds, add participants, see their links.
    ManageRounds,
    /// See who has answered and how well the round is covered.
    ReadProgress,
    /// Read levels, gaps and priorities.
    ReadResults,
    /// Read one municipality's levels where there are too few for a region.
    ReadMunicipality,
    /// Record a municipality's samlad bedömning.
    AgreeLevels,
    /// Set effects on goals.
    SetEffects,
    /// Answer the survey.
    AnswerSurvey,
    /// See the series, minutes and what has come of a workshop.
    ReadWorkshops,
    /// Plan and run workshops, write minutes.
    LeadWorkshop,
    /// Follow a workshop, write, vote, move things.
    TakePart,
    /// Read the text that prepares for the first workshop, and say that one has read it.
    ReadMaterial,
    /// Note how municipalities take part and what they have done before; ask them; invite people; write the material.
    ManageParticipation,
    /// Answer an interest enquiry for a municipality.
    AnswerEnquiry,
    /// Take out a whole mapping as files, and take things out of the records.
    ManageRecords,
    /// Give programs keys to read the mapping with, and take them back.
    ManageTokens,
    /// Say whether a municipality's agreed levels are open data; about a whole mapping, which capabilities are.
    PublishMunicipality,
}

impl Action {
    /// Every action, for tables.
    pub const ALL: [Self; 23] = [
        Self::StartMapping,
        Self::ManageOwnSessions,
        Self::ReadMap,
        Self::EditMap,
        Self::RatifyMap,
        Self::ManageMapping,
        Self::ManagePeople,
        Self::ManageRounds,
        Self::ReadProgress,
        Self::ReadResults,
        Self::ReadMunicipality,
        Self::AgreeLevels,
        Self::SetEffects,
        Self::AnswerSurvey,
        Self::ReadWorkshops,
        Self::LeadWorkshop,
        Self::TakePart,
        Self::ReadMaterial,
        Self::ManageParticipation,
        Self::AnswerEnquiry,
        Self::ManageRecords,
        Self::ManageTokens,
        Self::PublishMunicipality,
    ];
}

/// What it is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Nothing in particular: the service itself.
    Service,
    /// A mapping.
    Mapping {
        /// Which.
        id: MappingId,
        /// Whether it is an example that everyone may look at.
        example: bool,
    },
    /// One municipality's part of a mapping.
    Municipality {
        /// Which mapping.
        mapping: MappingId,
        /// Whether it is an example that everyone may look at.
        example: bool,
        /// Which municipality.
        municipality: Municipality,
    },
    /// A workshop of a mapping.
    Workshop {
        /// Which mapping.
        mapping: MappingId,
        /// Whether it is an example that everyone may look at.
        example: bool,
        /// Which workshop.
        workshop: WorkshopId,
    },
    /// An interest enquiry, answered for one municipality.
    Enquiry {
        /// Which.
        enquiry: EnquiryId,
        /// For whom.
        municipality: Municipality,
    },
    /// A round's survey, answered for one municipality.
    Survey {
        /// Which round.
        round: RoundId,
        /// For whom.
        municipality: Municipality,
    },
}

/// Whether `actor` may do `action` with `subject`. What is not allowed here is forbidden.
pub fn may(actor: &Actor, action: Action, subject: &Subject) -> bool {
    use Action as A;
    let (mapping, example, municipality) = match *subject {
        Subject::Service => {
            return match (actor, action) {
                (Actor::Account { may_start, .. }, A::StartMapping) => *may_start,
                (Actor::Account { .. }, A::ManageOwnSessions) => true,
                _ => false,
            };
        }
        Subject::Survey {
            round,
            municipality,
        } => {
            return match actor {
                Actor::Participant {
                    round: own,
                    municipalities,
                    ..
                } => {
                    action == A::AnswerSurvey
                        && *own == round
                        && municipalities.contains(&municipality)
                }
                Actor::Anonymous
                | Actor::Account { .. }
                | Actor::Invitee { .. }
                | Actor::Contact { .. }
                | Actor::Attendee { .. }
                | Actor::Program { .. } => false,
            };
        }
        Subject::Enquiry {
            enquiry,
            municipality,
        } => {
            return matches!(actor, Actor::Contact { enquiry: own, municipality: home, .. }
                if action == A::AnswerEnquiry && *own == enquiry && *home == municipality);
        }
        Subject::Mapping { id, example } => (id, example, None),
        Subject::Workshop {
            mapping, example, ..
        } => (mapping, example, None),
        Subject::Municipality {
            mapping,
            example,
            municipality,
        } => (mapping, example, Some(municipality)),
    };
    let read = matches!(
        action,
        A::ReadMap
            | A::ReadResults
            | A::ReadMunicipality
            | A::ReadProgress
            | A::ReadWorkshops
            | A::ReadMaterial
    );
    if example && read {
        return true;
    }
    if let Actor::Participant { mapping: own, .. } = actor {
        return *own == mapping && matches!(action, A::ReadMap | A::ReadMaterial);
    }
    if let Actor::Program { mapping: own, .. } = actor {
        return *own == mapping && matches!(action, A::ReadMap | A::ReadResults);
    }
    if let Actor::Invitee { mapping: own, .. } = actor {
        return *own == mapping && action == A::ReadMaterial;
    }
    if let Actor::Attendee {
        mapping: own,
        workshop: seat,
        municipalities,
        approved,
        speaks,
        ..
    } = actor
    {
        return *own == mapping
            && *approved
            && match action {
                A::TakePart => {
                    matches!(subject, Subject::Workshop { workshop, .. } if workshop == seat)
                }
                A::AgreeLevels => {
                    *speaks && municipality.is_some_and(|m| municipalities.contains(&m))
                }
                _ => false,
            };
    }
    actor.membership(mapping).is_some_and(|membership| {
        let own = municipality.is_some_and(|m| membership.municipalities.contains(&m));
        member_may(membership.role, action, own)
    })
}

/// What a role gives in its mapping; `own` when it is about a municipality that the person speaks for.
fn member_may(role: Role, action: Action, own: bool) -> bool {
    use Action as A;
    use Role as R;
    match action {
        A::ReadMap | A::ReadResults | A::ReadWorkshops | A::ReadMaterial => true,
        A::ReadProgress => role != R::Director,
        A::EditMap
        | A::ManageRounds
        | A::SetEffects
        | A::LeadWorkshop
        | A::TakePart
        | A::ManageParticipation => {
            matches!(role, R::Coordinator | R::Facilitator)
        }
        A::RatifyMap | A::ManageMapping | A::ManagePeople | A::ManageRecords | A::ManageTokens => {
            role == R::Coordinator
        }
        A::PublishMunicipality => match role {
            R::Coordinator => true,
            R::Representative | R::Director => own,
            R::Facilitator | R::SteeringGroup => false,
        },
        A::ReadMunicipality => {
            matches!(role, R::Coordinator | R::Facilitator | R::SteeringGroup) || own
        }
        A::AgreeLevels => match role {
            R::Coordinator | R::Facilitator => true,
            R::Representative => own,
            R::Director | R::SteeringGroup => false,
        },
        A::StartMapping | A::ManageOwnSessions | A::AnswerSurvey | A::AnswerEnquiry => false,
    }
}
