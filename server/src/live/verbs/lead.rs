//! What those who lead a workshop do.

use std::collections::BTreeMap;

use domain::{
    ids::{AreaId, ImprovementId, ItemId, NoteId},
    level::Level,
    map::{Area, Command, Effect, Refusal},
    rights::Action,
    statistics::location::median_low,
    text::Description,
    workshop::{
        BallotStep, Improvement, Note, NoteKind, Pdca, PromoteTo, TimerStep, VoteOn, Voter,
        WorkCommand, record::MIN_VOTERS,
    },
};

use super::Sender;
use crate::{error::Failure, form::date, state::now};

/// What they can do, beside letting people in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    Open,
    End,
    Enter,
    Timer,
    Reveal,
    Focus,
    Turn,
    Lock,
    Ballot,
    HideCard,
    Promote,
    SaveNote,
    RemoveNote,
    Record,
    Review,
    Reword,
    Retire,
    Restore,
    AddArea,
    Ratify,
    VoteForRoom,
    UseEffects,
    SaveImprovement,
    RemoveImprovement,
    Skip,
}

impl Lead {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "oppna" => Self::Open,
            "avsluta" => Self::End,
            "till" => Self::Enter,
            "timer" => Self::Timer,
            "visa" => Self::Reveal,
            "fokus" => Self::Focus,
            "tur" => Self::Turn,
            "las" => Self::Lock,
            "omrostning" => Self::Ballot,
            "doljkort" => Self::HideCard,
            "befordra" => Self::Promote,
            "anteckna" => Self::SaveNote,
            "tabortanteckning" => Self::RemoveNote,
            "besluta" => Self::Record,
            "granska" => Self::Review,
            "andraformaga" => Self::Reword,
            "stryk" => Self::Retire,
            "aterstall" => Self::Restore,
            "nyttomrade" => Self::AddArea,
            "faststall" => Self::Ratify,
            "hand" => Self::VoteForRoom,
            "anvandeffekt" => Self::UseEffects,
            "insats" => Self::SaveImprovement,
            "tabortinsats" => Self::RemoveImprovement,
            "hoppaover" => Self::Skip,
            _ => return None,
        })
    }
}

impl Sender<'_> {
    /// The command that a facilitator's form asks for.
    pub(super) fn lead(&self, lead: Lead) -> Result<Command, Failure> {
        let at = now();
        Ok(self.work(match lead {
            Lead::Open => WorkCommand::Open { at },
            Lead::End => WorkCommand::End { at },
            Lead::Enter => WorkCommand::Enter {
                item: self.id("punkt")?,
                at,
            },
            Lead::Timer => WorkCommand::Timer(self.timer(at)?),
            Lead::Reveal => WorkCommand::Reveal(self.id("punkt")?),
            Lead::Focus => WorkCommand::Focus(self.id_or_none("formaga")?),
            Lead::Turn => WorkCommand::Turn(self.id_or_none("kommun")?),
            Lead::Lock => WorkCommand::Lock(self.on()?),
            Lead::Ballot => WorkCommand::Ballot(
                self.id("punkt")?,
                self.choice("vad", |code| match code {
                    "oppna" => Some(BallotStep::Open),
                    "stang" => Some(BallotStep::Close),
                    "andra" => Some(BallotStep::Again),
                    _ => None,
                })?,
            ),
            Lead::HideCard => WorkCommand::HideCard(self.id("kort")?, self.on()?),
            Lead::Promote => {
                WorkCommand::Promote(self.id("kort")?, self.choice("som", PromoteTo::from_code)?)
            }
            Lead::SaveNote => self.note()?,
            Lead::RemoveNote => WorkCommand::RemoveNote(self.id("anteckning")?),
            Lead::Record => WorkCommand::Record(self.id("anteckning")?),
            Lead::Review => WorkCommand::Review(self.id("formaga")?, self.on()?),
            Lead::VoteForRoom => WorkCommand::Vote {
                item: self.id("punkt")?,
                on: self.vote_on()?,
                voter: Voter::Room(self.op),
                value: Some(self.id("varde")?),
            },
            Lead::SaveImprovement => self.improvement()?,
            Lead::RemoveImprovement => WorkCommand::RemoveImprovement(self.id("insats")?),
            Lead::Skip => WorkCommand::SkipItem(self.id("punkt")?, self.on()?),
            Lead::Reword
            | Lead::Retire
            | Lead::Restore
            | Lead::AddArea
            | Lead::Ratify
            | Lead::UseEffects => return self.change_map(lead),
        }))
    }

    /// What is a change of the map rather than something in the workshop.
    fn change_map(&self, lead: Lead) -> Result<Command, Failure> {
        match lead {
            Lead::Ratify => return self.ratify(),
            Lead::UseEffects => return self.use_effects(),
            _ => self.must(Action::EditMap)?,
        }
        let texts = self.guest.visitor.texts;
        Ok(match lead {
            Lead::Retire => Command::RetireCapability(self.id("formaga")?),
            Lead::Restore => Command::RestoreCapability(self.id("formaga")?),
            Lead::Reword => {
                let id = self.id("formaga")?;
                let capabilities = &self.guest.state.contents.capabilities;
                let mut draft = (capabilities.get(&id))
                    .ok_or(Failure::Refused(Refusal::NotFound))?
                    .draft
                    .clone();
                draft.name = self.text("namn", texts.capability_name())?;
                draft.formulation = self.text("formulering", texts.capability_formulation())?;
                Command::SaveCapability(id, draft)
            }
            _ => {
                let areas = self.guest.state.contents.areas.values();
                let area = Area {
                    name: self.text("namn", texts.area_name())?,
                    description: Description::default(),
                    position: areas.map(|area| area.position + 1).max().unwrap_or(0),
                };
                Command::SaveArea(AreaId::new(self.op.uuid()), area)
            }
        })
    }

    fn timer(&self, at: i64) -> Result<TimerStep, Failure> {
        let minutes = || {
            (self.id("minuter").ok())
                .filter(|minutes| (1..=480).contains(minutes))
                .ok_or(Failure::BadForm)
        };
        Ok(match self.fields.get("vad") {
            "starta" => TimerStep::Start {
                minutes: minutes()?,
                at,
            },
            "pausa" => TimerStep::Pause { at },
            "fortsatt" => TimerStep::Resume { at },
            "forlang" => TimerStep::Extend {
                minutes: minutes()?,
            },
            "stoppa" => TimerStep::Stop,
            _ => return Err(Failure::BadForm),
        })
    }

    fn note(&self) -> Result<WorkCommand, Failure> {
        let id = (self.id_or_none("anteckning")?).unwrap_or(NoteId::new(self.op.uuid()));
        let note = Note {
            workshop: self.guest.id,
            item: self.id("punkt")?,
            kind: self.choice("slag", NoteKind::from_code)?,
            text: self.text("text", self.guest.visitor.texts.join_field_text())?,
        };
        Ok(WorkCommand::SaveNote(id, Box::new(note)))
    }

    /// An improvement area stays with the workshop where it was named.
    fn improvement(&self) -> Result<WorkCommand, Failure> {
        let texts = self.guest.visitor.texts;
        let known: Option<ImprovementId> = self.id_or_none("insats")?;
        let id = known.unwrap_or(ImprovementId::new(self.op.uuid()));
        let before = self.guest.state.work.improvements.get(&id);
        let improvement = Improvement {
            workshop: before.map_or(self.guest.id, |before| before.workshop),
            name: self.text("namn", texts.join_field_name())?,
            capabilities: (self.fields.all("formaga"))
                .filter(|id| !id.is_empty())
                .map(|id| id.parse().map_err(|_| Failure::BadForm))
                .collect::<Result<_, _>>()?,
            owner: self.text("agare", texts.join_field_owner())?,
            first_step: self.text("steg", texts.join_field_step())?,
            stage: match self.fields.get("pdca") {
                "" => before.map_or(Pdca::Plan, |before| before.stage),
                _ => self.choice("pdca", Pdca::from_code)?,
            },
        };
        Ok(WorkCommand::SaveImprovement(id, Box::new(improvement)))
    }

    fn ratify(&self) -> Result<Command, Failure> {
        self.must(Action::RatifyMap)?;
        let texts = self.guest.visitor.texts;
        let wrong = |words: &str| Failure::Unreadable(words.to_owned());
        let day = date(self.fields.get("datum")).ok_or_else(|| wrong(texts.ratify_date_wrong()))?;
        if date(&app::components::date(now())).is_some_and(|today| day > today) {
            return Err(wrong(texts.ratify_date_future()));
        }
        Ok(Command::Ratify {
            date: day,
            decided_by: self.text("av", texts.ratify_by())?,
        })
    }

    /// Takes over what the room has voted: the median of the latest vote that is closed, for each capability that is not
    /// voted on by so few that nothing is told.
    fn use_effects(&self) -> Result<Command, Failure> {
        self.must(Action::SetEffects)?;
        let item: ItemId = self.id("punkt")?;
        let work = &self.guest.state.work;
        let round = (self.guest.workshop()?.round).ok_or(Failure::Refused(Refusal::Unfit))?;
        let attempt = (work.stage(self.guest.id).ballots.get(&item))
            .map(|ballot| ballot.attempt - u8::from(ballot.open))
            .filter(|attempt| *attempt > 0)
            .ok_or(Failure::Refused(Refusal::NoBallot))?;
        let mut votes = BTreeMap::<_, Vec<u8>>::new();
        for (on, _, value) in work.votes_at(self.guest.id, item, attempt) {
            if let VoteOn::Capability(capability) = on {
                votes.entry(capability).or_default().push(value);
            }
        }
        let effects = (votes.into_iter())
            .filter(|(_, votes)| votes.len() >= MIN_VOTERS)
            .filter_map(|(capability, votes)| {
                let effect = median_low(&votes).and_then(Level::new).map(Effect)?;
                Some((capability, Some(effect)))
            })
            .collect();
        Ok(Command::SetEffects { round, effects })
    }
}
