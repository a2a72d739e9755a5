//! What is written down in workshops: notes and decisions, improvement areas, minutes.

use super::Draft;
use crate::{
    ids::{ImprovementId, NoteId, WorkshopId},
    map::{Change, Deed, Event, Refusal},
    workshop::{Improvement, Minutes, Note, NoteKind},
};

impl Draft {
    fn note(&self, workshop: WorkshopId, id: NoteId) -> Result<Note, Refusal> {
        (self
            .done()
            .notes
            .get(&id)
            .filter(|note| note.workshop == workshop))
        .cloned()
        .ok_or(Refusal::NotFound)
    }

    fn put_note(&mut self, id: NoteId, after: Option<Note>) {
        let before = self.done().notes.get(&id).cloned();
        self.push(Event::Note(Box::new(Change { id, before, after })));
    }

    pub(super) fn save_note(
        &mut self,
        workshop: WorkshopId,
        id: NoteId,
        note: Note,
    ) -> Result<Deed, Refusal> {
        let known = self.done().notes.get(&id);
        if note.workshop != workshop || known.is_some_and(|known| known.workshop != workshop) {
            return Err(Refusal::NotFound);
        }
        self.item(workshop, note.item)?;
        self.put_note(id, Some(note));
        Ok(Deed::NoteSaved)
    }

    pub(super) fn remove_note(
        &mut self,
        workshop: WorkshopId,
        id: NoteId,
    ) -> Result<Deed, Refusal> {
        self.note(workshop, id)?;
        self.put_note(id, None);
        Ok(Deed::NoteSaved)
    }

    pub(super) fn record(&mut self, workshop: WorkshopId, id: NoteId) -> Result<Deed, Refusal> {
        let mut note = self.note(workshop, id)?;
        note.kind = NoteKind::Decided;
        self.put_note(id, Some(note));
        Ok(Deed::DecisionRecorded)
    }

    fn put_improvement(&mut self, id: ImprovementId, after: Option<Improvement>) {
        let before = self.done().improvements.get(&id).cloned();
        self.push(Event::Improvement(Box::new(Change { id, before, after })));
    }

    pub(super) fn save_improvement(
        &mut self,
        id: ImprovementId,
        improvement: Improvement,
    ) -> Result<Deed, Refusal> {
        self.workshop(improvement.workshop)?;
        for capability in &improvement.capabilities {
            self.known(*capability)?;
        }
        self.put_improvement(id, Some(improvement));
        Ok(Deed::ImprovementSaved)
    }

    pub(super) fn remove_improvement(&mut self, id: ImprovementId) -> Result<Deed, Refusal> {
        if !self.done().improvements.contains_key(&id) {
            return Err(Refusal::NotFound);
        }
        self.put_improvement(id, None);
        Ok(Deed::ImprovementSaved)
    }

    pub(super) fn save_minutes(
        &mut self,
        id: WorkshopId,
        minutes: Minutes,
    ) -> Result<Deed, Refusal> {
        self.workshop(id)?;
        let before = self.done().minutes.get(&id).cloned();
        let after = Some(minutes);
        self.push(Event::Minutes(Box::new(Change { id, before, after })));
        Ok(Deed::MinutesSaved)
    }
}
