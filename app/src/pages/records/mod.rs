//! Taking out and reading in a mapping, disposal, and what is kept about a person.

pub mod archive;
pub mod asked;
pub mod disposal;
pub mod own;
pub mod preview;
pub mod protocol;

use domain::records::{Counted, DisposalKind};

use crate::texts::Texts;

/// What a kind of disposal is called.
pub fn kind_text(texts: Texts, kind: DisposalKind) -> &'static str {
    match kind {
        DisposalKind::Participants => texts.record_kind_participants(),
        DisposalKind::Ties => texts.record_kind_ties(),
        DisposalKind::Sealed => texts.record_kind_sealed(),
        DisposalKind::Texts => texts.record_kind_texts(),
        DisposalKind::Attendees => texts.record_kind_attendees(),
        DisposalKind::Invitees => texts.record_kind_invitees(),
        DisposalKind::Contacts => texts.record_kind_contacts(),
        DisposalKind::Letters => texts.record_kind_letters(),
        DisposalKind::Mapping => texts.record_kind_mapping(),
    }
}

/// What is counted.
pub fn counted_text(texts: Texts, counted: Counted) -> &'static str {
    match counted {
        Counted::Mapping => texts.record_counted_mapping(),
        Counted::Participants => texts.record_counted_participants(),
        Counted::Ties => texts.record_counted_ties(),
        Counted::Sealed => texts.record_counted_sealed(),
        Counted::Texts => texts.record_counted_texts(),
        Counted::Attendees => texts.record_counted_attendees(),
        Counted::Invitees => texts.record_counted_invitees(),
        Counted::Contacts => texts.record_counted_contacts(),
        Counted::Letters => texts.record_counted_letters(),
        Counted::Rounds => texts.record_counted_rounds(),
        Counted::Responses => texts.record_counted_responses(),
        Counted::Workshops => texts.record_counted_workshops(),
        Counted::Events => texts.record_counted_events(),
    }
}
