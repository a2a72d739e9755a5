//! A workshop to try things in.

use domain::{
    ids::{AreaId, AttendeeId, CapabilityId, CardId, ItemId, OpId, WorkshopId},
    map::{
        Author, CapabilityDraft, CapabilityKind, Command, Deed, MapState, Recorded, Refusal, decide,
    },
    text::{Text, Title},
    workshop::{Activity, Card, CardKind, Item, ItemKind, Series, WorkCommand, Workshop},
};
use time::macros::date;
use uuid::Uuid;

/// An id made of a number.
pub(crate) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Somebody in the workshop.
pub(crate) fn person(number: u128) -> Author {
    Author::Attendee(AttendeeId::new(uuid(number)))
}

/// A text that fits.
pub(crate) fn text<const MIN: usize, const MAX: usize>(words: &str) -> Text<MIN, MAX> {
    Text::parse(words).expect("short enough")
}

/// A workshop with two points, and everything that has happened in it.
pub(crate) struct Room {
    pub(crate) state: MapState,
    pub(crate) log: Vec<Recorded>,
    pub(crate) workshop: WorkshopId,
    pub(crate) item: ItemId,
    pub(crate) other: ItemId,
    next: u128,
}

impl Room {
    /// A workshop that has been planned; its first point is this.
    pub(crate) fn planned(activity: Activity) -> Self {
        let mut room = Self {
            state: MapState::default(),
            log: Vec::new(),
            workshop: WorkshopId::new(uuid(1)),
            item: ItemId::new(uuid(1)),
            other: ItemId::new(uuid(2)),
            next: 800,
        };
        let point = |id, activity| Item {
            id,
            title: text("Punkt"),
            kind: ItemKind::Working,
            activity,
            instruction: text(""),
            responsible: text(""),
            minutes: 10,
            skipped: false,
        };
        let plan = Workshop {
            series: Series::Ws1,
            title: text("WS1"),
            date: date!(2026 - 11 - 24),
            starts: 540,
            place: text(""),
            agenda: vec![
                point(room.item, activity),
                point(room.other, Activity::Talk),
            ],
            round: None,
            approval: false,
            dots: 3,
        };
        room.does(WorkCommand::Plan(Box::new(plan)));
        room.next = 1_000;
        room
    }

    /// A workshop under way at its first point.
    pub(crate) fn open(activity: Activity) -> Self {
        let mut room = Self::planned(activity);
        room.next = 900;
        room.does(WorkCommand::Open { at: 1 });
        room.next = 1_000;
        room
    }

    /// The facilitator has something done.
    pub(crate) fn tries(&mut self, command: WorkCommand) -> Result<Deed, Refusal> {
        self.carry_out(person(100), Command::Work(self.workshop, command))
    }

    /// Has something done that is not refused.
    pub(crate) fn does(&mut self, command: WorkCommand) {
        if let Err(refusal) = self.tries(command.clone()) {
            panic!("{command:?} was refused: {refusal}");
        }
    }

    /// Has something done on the map.
    pub(crate) fn carries_out(&mut self, command: Command) {
        if let Err(refusal) = self.carry_out(person(100), command.clone()) {
            panic!("{command:?} was refused: {refusal}");
        }
    }

    /// Decides a command, takes in what it leads to and writes it down.
    pub(crate) fn carry_out(&mut self, author: Author, command: Command) -> Result<Deed, Refusal> {
        let op = OpId::new(uuid(self.next));
        self.next += 1;
        let (deed, events) = decide(&self.state, op, command)?;
        for event in events {
            assert!(
                event.fits(&self.state),
                "an event fits the state it comes to"
            );
            let recorded = Recorded {
                seq: self.state.seq + 1,
                op,
                author,
                at: 0,
                deed,
                event,
            };
            self.state.apply(&recorded);
            self.log.push(recorded);
        }
        Ok(deed)
    }

    pub(crate) fn tries_to_write(&mut self, who: u128, kind: CardKind) -> Result<Deed, Refusal> {
        self.try_to_write(who, kind, "Ord").1
    }

    fn try_to_write(
        &mut self,
        who: u128,
        kind: CardKind,
        words: &str,
    ) -> (CardId, Result<Deed, Refusal>) {
        let card = CardId::new(uuid(self.next));
        let command = WorkCommand::Write {
            card,
            item: self.item,
            kind,
            text: text(words),
            by: person(who),
            municipality: None,
            about: None,
        };
        (
            card,
            self.carry_out(person(who), Command::Work(self.workshop, command)),
        )
    }

    /// Writes a card.
    pub(crate) fn write(&mut self, who: u128, kind: CardKind, words: &str) -> CardId {
        let (card, written) = self.try_to_write(who, kind, words);
        assert_eq!(written, Ok(Deed::CardWritten));
        card
    }

    pub(crate) fn card(&self, id: CardId) -> &Card {
        &self.state.work.cards[&id]
    }

    /// Puts a capability on the map.
    pub(crate) fn capability(&mut self, name: &str) -> CapabilityId {
        let id = CapabilityId::new(uuid(self.next));
        self.carries_out(Command::SaveCapability(
            id,
            CapabilityDraft {
                name: text(name),
                formulation: text(""),
                description: text(""),
                kind: CapabilityKind::Supporting,
                layers: std::collections::BTreeSet::new(),
                area: None::<AreaId>,
                goals: std::collections::BTreeSet::new(),
                anchors: domain::map::Anchors::default(),
                owner: domain::text::Owner::default(),
            },
        ));
        id
    }

    /// A title.
    pub(crate) fn title(words: &str) -> Title {
        text(words)
    }
}
