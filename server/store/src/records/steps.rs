//! What each kind of disposal counts and takes out, statement by statement.

use domain::records::{Counted, DisposalKind};

/// The name that stands where a person's name was.
pub(crate) const REMOVED_NAME: &str = "Borttagen person";

/// A statement that takes something out, and what it is worth in a protocol.
pub(super) struct Step {
    /// What is counted; none when it goes with something else.
    pub(super) what: Option<Counted>,
    /// Counts what there is, and from when; empty without `what`.
    pub(super) count: &'static str,
    /// Takes it out.
    pub(super) perform: &'static str,
}

const fn step(what: Counted, count: &'static str, perform: &'static str) -> Step {
    Step {
        what: Some(what),
        count,
        perform,
    }
}

const fn with_it(perform: &'static str) -> Step {
    Step {
        what: None,
        count: "",
        perform,
    }
}

/// The steps of a kind: `$1` is the mapping and `$2` the last moment that is old enough.
pub(super) fn steps(kind: DisposalKind) -> &'static [Step] {
    match kind {
        DisposalKind::Participants => PARTICIPANTS,
        DisposalKind::Ties => TIES,
        DisposalKind::Sealed => SEALED,
        DisposalKind::Texts => TEXTS,
        DisposalKind::Attendees => ATTENDEES,
        DisposalKind::Invitees => INVITEES,
        DisposalKind::Contacts => CONTACTS,
        DisposalKind::Letters => LETTERS,
        DisposalKind::Mapping => &[],
    }
}

const PARTICIPANTS: &[Step] = &[
    step(
        Counted::Participants,
        "SELECT count(*), min(r.closed_at), max(r.closed_at)
         FROM participant p JOIN round r ON r.id = p.round
         WHERE r.mapping = $1 AND r.closed_at <= $2 AND (p.name <> 'Borttagen person' OR p.email <> '')",
        "UPDATE participant SET name = 'Borttagen person', email = ''
         WHERE round IN (SELECT id FROM round WHERE mapping = $1 AND closed_at <= $2)",
    ),
    // A letter has the name and the address too.
    step(
        Counted::Letters,
        "SELECT count(*), min(r.closed_at), max(r.closed_at)
         FROM mail m JOIN round r ON r.id = m.about WHERE r.mapping = $1 AND r.closed_at <= $2",
        "DELETE FROM mail WHERE about IN (SELECT id FROM round WHERE mapping = $1 AND closed_at <= $2)",
    ),
    // A person who is gone has read nothing.
    with_it(
        "DELETE FROM has_read WHERE mapping = $1 AND reader IN (
             SELECT p.id FROM participant p JOIN round r ON r.id = p.round
             WHERE r.mapping = $1 AND r.closed_at <= $2)",
    ),
];

const TIES: &[Step] = &[step(
    Counted::Ties,
    "SELECT count(*), min(r.closed_at), max(r.closed_at)
     FROM response_link l JOIN response p ON p.id = l.response JOIN round r ON r.id = p.round
     WHERE r.mapping = $1 AND r.closed_at <= $2",
    "DELETE FROM response_link WHERE response IN (
         SELECT p.id FROM response p JOIN round r ON r.id = p.round
         WHERE r.mapping = $1 AND r.closed_at <= $2)",
)];

const SEALED: &[Step] = &[step(
    Counted::Sealed,
    "SELECT count(*), min(r.closed_at), max(r.closed_at)
     FROM sealed_sheet s JOIN round r ON r.id = s.round WHERE r.mapping = $1 AND r.closed_at <= $2",
    "DELETE FROM sealed_sheet WHERE round IN (
         SELECT id FROM round WHERE mapping = $1 AND closed_at <= $2)",
)];

const TEXTS: &[Step] = &[
    step(
        Counted::Texts,
        "SELECT count(*), min(r.closed_at), max(r.closed_at)
         FROM answer a JOIN response p ON p.id = a.response JOIN round r ON r.id = p.round
         WHERE r.mapping = $1 AND r.closed_at <= $2 AND (a.comment <> '' OR a.weakness <> '')",
        "UPDATE answer SET comment = '', weakness = '' WHERE response IN (
             SELECT p.id FROM response p JOIN round r ON r.id = p.round
             WHERE r.mapping = $1 AND r.closed_at <= $2)",
    ),
    // Those that belong to answers have been counted with them.
    step(
        Counted::Texts,
        "SELECT count(*), min(r.closed_at), max(r.closed_at) FROM remark k JOIN round r ON r.id = k.round
         WHERE r.mapping = $1 AND r.closed_at <= $2 AND k.response IS NULL",
        "DELETE FROM remark WHERE round IN (SELECT id FROM round WHERE mapping = $1 AND closed_at <= $2)",
    ),
];

const ATTENDEES: &[Step] = &[step(
    Counted::Attendees,
    "SELECT count(*), min(a.joined_at), max(a.joined_at)
     FROM attendee a JOIN workshop w ON w.id = a.workshop
     WHERE w.mapping = $1 AND a.joined_at <= $2
         AND (a.name <> 'Borttagen person' OR a.account IS NOT NULL OR a.participant IS NOT NULL)",
    "UPDATE attendee SET name = 'Borttagen person', account = NULL, participant = NULL
     WHERE workshop IN (SELECT id FROM workshop WHERE mapping = $1) AND joined_at <= $2",
)];

const INVITEES: &[Step] = &[
    step(
        Counted::Invitees,
        "SELECT count(*), min(added_at), max(added_at) FROM invitee WHERE mapping = $1 AND added_at <= $2",
        "DELETE FROM has_read WHERE mapping = $1
             AND reader IN (SELECT id FROM invitee WHERE mapping = $1 AND added_at <= $2)",
    ),
    step(
        Counted::Letters,
        "SELECT count(*), min(m.changed_at), max(m.changed_at)
         FROM mail m JOIN invitee i ON i.id = m.recipient WHERE i.mapping = $1 AND i.added_at <= $2",
        "DELETE FROM mail WHERE recipient IN (SELECT id FROM invitee WHERE mapping = $1 AND added_at <= $2)",
    ),
    with_it(
        "DELETE FROM invitee_municipality WHERE invitee IN (
             SELECT id FROM invitee WHERE mapping = $1 AND added_at <= $2)",
    ),
    with_it("DELETE FROM invitee WHERE mapping = $1 AND added_at <= $2"),
];

/// What a municipality replied stays, and when; who it was goes.
const CONTACTS: &[Step] = &[
    step(
        Counted::Contacts,
        "SELECT count(*), min(e.closed_at), max(e.closed_at)
         FROM enquiry_contact c JOIN enquiry e ON e.id = c.enquiry
         WHERE e.mapping = $1 AND e.closed_at <= $2
             AND (c.name <> '' OR c.email <> '' OR c.note <> '' OR c.replied_by <> '')",
        "UPDATE enquiry_contact SET name = '', email = '', note = '', replied_by = ''
         WHERE enquiry IN (SELECT id FROM enquiry WHERE mapping = $1 AND closed_at <= $2)",
    ),
    step(
        Counted::Letters,
        "SELECT count(*), min(e.closed_at), max(e.closed_at)
         FROM mail m JOIN enquiry e ON e.id = m.about WHERE e.mapping = $1 AND e.closed_at <= $2",
        "DELETE FROM mail WHERE about IN (SELECT id FROM enquiry WHERE mapping = $1 AND closed_at <= $2)",
    ),
];

/// Letters of what is still under way stay: they tell who has been written to already.
const LETTERS: &[Step] = &[step(
    Counted::Letters,
    "SELECT count(*), min(changed_at), max(changed_at) FROM mail
     WHERE mapping = $1 AND changed_at <= $2 AND status NOT IN ('köat', 'skickas')
     AND about NOT IN (SELECT id FROM round WHERE mapping = $1 AND closed_at IS NULL)
     AND about NOT IN (SELECT id FROM enquiry WHERE mapping = $1 AND closed_at IS NULL)",
    "DELETE FROM mail
     WHERE mapping = $1 AND changed_at <= $2 AND status NOT IN ('köat', 'skickas')
     AND about NOT IN (SELECT id FROM round WHERE mapping = $1 AND closed_at IS NULL)
     AND about NOT IN (SELECT id FROM enquiry WHERE mapping = $1 AND closed_at IS NULL)",
)];

/// What a whole mapping is counted as; `$1` is the mapping.
pub(super) const WHOLE: &[(Counted, &str)] = &[
    (
        Counted::Mapping,
        "SELECT count(*), min(created_at), max(created_at) FROM mapping WHERE id = $1",
    ),
    (
        Counted::Rounds,
        "SELECT count(*), min(opened_at), max(closed_at) FROM round WHERE mapping = $1",
    ),
    (
        Counted::Participants,
        "SELECT count(*), min(p.added_at), max(p.added_at)
         FROM participant p JOIN round r ON r.id = p.round WHERE r.mapping = $1",
    ),
    (
        Counted::Responses,
        "SELECT count(*), min(r.opened_at), max(r.closed_at)
         FROM response p JOIN round r ON r.id = p.round WHERE r.mapping = $1",
    ),
    (
        Counted::Attendees,
        "SELECT count(*), min(a.joined_at), max(a.joined_at)
         FROM attendee a JOIN workshop w ON w.id = a.workshop WHERE w.mapping = $1",
    ),
    (
        Counted::Invitees,
        "SELECT count(*), min(added_at), max(added_at) FROM invitee WHERE mapping = $1",
    ),
    (
        Counted::Letters,
        "SELECT count(*), min(changed_at), max(changed_at) FROM mail WHERE mapping = $1",
    ),
    (
        Counted::Events,
        "SELECT count(*), min(at), max(at) FROM event WHERE mapping = $1",
    ),
];

/// Takes a whole mapping out, in an order in which nothing is pointed at when it goes; `$1` is the mapping.
pub(super) const WHOLE_OUT: &[&str] = &[
    "DELETE FROM mail WHERE mapping = $1",
    "DELETE FROM reminder WHERE round IN (SELECT id FROM round WHERE mapping = $1)",
    "DELETE FROM has_read WHERE mapping = $1",
    "DELETE FROM reading WHERE mapping = $1",
    "DELETE FROM readiness WHERE mapping = $1",
    "DELETE FROM participation WHERE mapping = $1",
    "DELETE FROM retention WHERE mapping = $1",
    "DELETE FROM token WHERE mapping = $1",
    "DELETE FROM opened_municipality WHERE mapping = $1",
    "DELETE FROM opened_capability WHERE mapping = $1",
    "DELETE FROM enquiry_contact WHERE enquiry IN (SELECT id FROM enquiry WHERE mapping = $1)",
    "DELETE FROM enquiry WHERE mapping = $1",
    "DELETE FROM invitee_municipality WHERE invitee IN (SELECT id FROM invitee WHERE mapping = $1)",
    "DELETE FROM invitee WHERE mapping = $1",
    "DELETE FROM event WHERE mapping = $1",
    "DELETE FROM attendee_municipality WHERE attendee IN (
         SELECT a.id FROM attendee a JOIN workshop w ON w.id = a.workshop WHERE w.mapping = $1)",
    "DELETE FROM attendee WHERE workshop IN (SELECT id FROM workshop WHERE mapping = $1)",
    "DELETE FROM workshop WHERE mapping = $1",
    "DELETE FROM remark WHERE round IN (SELECT id FROM round WHERE mapping = $1)",
    "DELETE FROM answer WHERE response IN (
         SELECT p.id FROM response p JOIN round r ON r.id = p.round WHERE r.mapping = $1)",
    "DELETE FROM response_link WHERE response IN (
         SELECT p.id FROM response p JOIN round r ON r.id = p.round WHERE r.mapping = $1)",
    "DELETE FROM response_municipality WHERE response IN (
         SELECT p.id FROM response p JOIN round r ON r.id = p.round WHERE r.mapping = $1)",
    "DELETE FROM response WHERE round IN (SELECT id FROM round WHERE mapping = $1)",
    "DELETE FROM sealed_sheet WHERE round IN (SELECT id FROM round WHERE mapping = $1)",
    "DELETE FROM participant_municipality WHERE participant IN (
         SELECT p.id FROM participant p JOIN round r ON r.id = p.round WHERE r.mapping = $1)",
    "DELETE FROM participant WHERE round IN (SELECT id FROM round WHERE mapping = $1)",
    "DELETE FROM round WHERE mapping = $1",
    "DELETE FROM membership_municipality WHERE mapping = $1",
    "DELETE FROM membership WHERE mapping = $1",
    "DELETE FROM session WHERE mapping = $1",
    "DELETE FROM login_link WHERE mapping = $1",
    "DELETE FROM mapping_member WHERE mapping = $1",
    "DELETE FROM audit WHERE mapping = $1",
    "DELETE FROM mapping WHERE id = $1",
];
