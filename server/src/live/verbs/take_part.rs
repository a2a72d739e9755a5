//! What everyone who takes part does: writes, votes, moves and agrees.

use std::collections::BTreeSet;

use domain::{
    ids::{CapabilityId, CardId},
    level::Level,
    map::{Agreed, AgreedLevel, CapabilityDraft, CapabilityKind, Command, Refusal},
    municipality::Municipality,
    rights::{Action, Actor, Subject, may},
    text::{Description, Formulation},
    workshop::{Activity, CardKind, Voter, WorkCommand},
};

use super::Sender;
use crate::error::Failure;

/// What they can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TakePart {
    Write,
    EditCard,
    WithdrawCard,
    Ready,
    Vote,
    Move,
    Merge,
    AddCapability,
    Agree,
}

impl TakePart {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "skriv" => Self::Write,
            "andrakort" => Self::EditCard,
            "tabortkort" => Self::WithdrawCard,
            "klar" => Self::Ready,
            "rosta" => Self::Vote,
            "flytta" => Self::Move,
            "slaihop" => Self::Merge,
            "nyformaga" => Self::AddCapability,
            "bedom" => Self::Agree,
            _ => return None,
        })
    }
}

impl Sender<'_> {
    /// The command that a form of someone who takes part asks for.
    pub(super) fn take_part(&self, take_part: TakePart) -> Result<Command, Failure> {
        let by = self.actor.author().ok_or(Failure::SignInNeeded)?;
        let texts = self.guest.visitor.texts;
        Ok(match take_part {
            TakePart::Write => self.work(WorkCommand::Write {
                card: CardId::new(self.op.uuid()),
                item: self.id("punkt")?,
                kind: self.kind_of_card()?,
                text: self.text("text", texts.join_field_text())?,
                by,
                municipality: self.speaks_as()?,
                about: self.id_or_none("formaga")?,
            }),
            TakePart::EditCard => self.work(WorkCommand::EditCard {
                card: self.id("kort")?,
                text: self.text("text", texts.join_field_text())?,
                by,
            }),
            TakePart::WithdrawCard => self.work(WorkCommand::WithdrawCard {
                card: self.id("kort")?,
                by,
            }),
            TakePart::Ready => self.work(WorkCommand::Ready {
                item: self.id("punkt")?,
                by,
                ready: self.on()?,
            }),
            TakePart::Vote => self.work(WorkCommand::Vote {
                item: self.id("punkt")?,
                on: self.vote_on()?,
                voter: Voter::Person(by),
                value: self.vote_value()?,
            }),
            TakePart::Move => {
                self.may_group()?;
                Command::MoveCapability {
                    id: self.id("formaga")?,
                    area: self.id_or_none("omrade")?,
                    before: self.id_or_none("fore")?,
                }
            }
            TakePart::Merge => {
                self.may_group()?;
                Command::MergeCapabilities {
                    from: BTreeSet::from([self.id("fran")?]),
                    into: self.id("till")?,
                }
            }
            TakePart::AddCapability => {
                self.may_group()?;
                let draft = CapabilityDraft {
                    name: self.text("namn", texts.capability_name())?,
                    formulation: Formulation::default(),
                    description: Description::default(),
                    kind: CapabilityKind::Supporting,
                    layers: BTreeSet::new(),
                    area: self.id_or_none("omrade")?,
                    goals: BTreeSet::new(),
                    anchors: domain::map::Anchors::default(),
                    owner: domain::text::Owner::default(),
                };
                Command::SaveCapability(CapabilityId::new(self.op.uuid()), draft)
            }
            TakePart::Agree => self.agree()?,
        })
    }

    /// What is written. Those who take part propose for the map where the room writes, however late it comes.
    fn kind_of_card(&self) -> Result<CardKind, Failure> {
        let kind = self.choice("slag", CardKind::from_code)?;
        let point = self.guest.workshop()?.item(self.id("punkt")?);
        let proposes = matches!(kind, CardKind::Capability | CardKind::Weakness);
        let writes = point.is_some_and(|item| item.activity == Activity::Writing);
        if proposes && !writes && !self.leads() {
            return Err(Failure::NotNow);
        }
        Ok(kind)
    }

    /// For which municipality a card is: one of one's own, or for those who lead anyone's.
    fn speaks_as(&self) -> Result<Option<Municipality>, Failure> {
        let named: Option<Municipality> = self.id_or_none("kommun")?;
        Ok(match &self.actor {
            Actor::Attendee { municipalities, .. } => match (named, municipalities.as_slice()) {
                (Some(named), own) if own.contains(&named) => Some(named),
                (None, [only]) => Some(*only),
                _ => None,
            },
            _ => named,
        })
    }

    /// Those who take part change the map only while it is grouped, and not on a locked board.
    fn may_group(&self) -> Result<(), Failure> {
        if self.leads() {
            return self.must(Action::EditMap);
        }
        let stage = self.guest.state.work.stage(self.guest.id);
        let activity = stage.activity(self.guest.workshop()?);
        if !stage.is_open() || activity != Some(Activity::Grouping) {
            return Err(Failure::NotNow);
        }
        if stage.locked {
            return Err(Failure::Locked);
        }
        Ok(())
    }

    /// A municipality's samlad bedömning; without levels it is withdrawn.
    fn agree(&self) -> Result<Command, Failure> {
        let texts = self.guest.visitor.texts;
        let mapping = &self.guest.mapping;
        let municipality: Municipality = self.id("kommun")?;
        let subject = Subject::Municipality {
            mapping: mapping.id,
            example: mapping.example,
            municipality,
        };
        if !may(&self.actor, Action::AgreeLevels, &subject) {
            return Err(Failure::Forbidden);
        }
        let stage = self.guest.state.work.stage(self.guest.id);
        let workshop = self.guest.workshop()?;
        let now = stage.is_open() && stage.activity(workshop) == Some(Activity::Agreeing);
        if !now && !self.leads() {
            return Err(Failure::NotNow);
        }
        let round = workshop.round.ok_or(Failure::Refused(Refusal::Unfit))?;
        let levels = (self.level("nulage")?, self.level("borlage")?);
        let value = match levels {
            _ if self.fields.get("inteaktuellt") == "1" => Some(Agreed::NotApplicable),
            (Some(current), Some(target)) => Some(Agreed::Levels { current, target }),
            (None, None) => None,
            _ => {
                return Err(Failure::Unreadable(texts.join_both_levels().to_owned()));
            }
        };
        let reason = self.text("skal", texts.agreement_reason())?;
        let level = value.map(|value| AgreedLevel { value, reason });
        Ok(Command::Agree {
            round,
            municipality,
            levels: vec![(self.id("formaga")?, level)],
        })
    }

    fn level(&self, name: &str) -> Result<Option<Level>, Failure> {
        match self.id_or_none::<u8>(name)? {
            None => Ok(None),
            Some(number) => Level::new(number).map(Some).ok_or(Failure::BadForm),
        }
    }
}
