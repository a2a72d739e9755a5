-- People: how a round is answered, mail, participation, preparation, and what is taken out of the records.
-- Days are texts like 2026-11-22, times are milliseconds since 1970 UTC. The same numbers stand in ../postgres.

-- Namngiven or konfidentiell, and whether the effect on the goals is asked too; chosen before the round is opened.
ALTER TABLE round ADD COLUMN mode TEXT NOT NULL DEFAULT 'namngiven' CHECK (mode IN ('namngiven', 'konfidentiell'));
ALTER TABLE round ADD COLUMN ask_effect INTEGER NOT NULL DEFAULT 0 CHECK (ask_effect IN (0, 1));
-- How many responses in sheets on paper stand beside the first of each sheet, in a confidential round.
ALTER TABLE round ADD COLUMN paper_repeats INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN effect_answer INTEGER CHECK (effect_answer IN (1, 2, 3, 4, 5, -1, -2, -3));

-- In a confidential round a sheet lies here, sealed with a key made from the person's code, which is stored nowhere.
-- Where it lies is made from the code too, so that nothing ties it to a person or to what is counted.
CREATE TABLE sealed_sheet (
    locator BLOB NOT NULL PRIMARY KEY CHECK (length(locator) = 32),
    round BLOB NOT NULL REFERENCES round (id),
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_sheet_by_round ON sealed_sheet (round);

-- Free texts of submitted answers, each by itself; shown when a facilitator has read them.
CREATE TABLE remark (
    id BLOB NOT NULL PRIMARY KEY,
    round BLOB NOT NULL REFERENCES round (id),
    capability BLOB NOT NULL,
    comment TEXT NOT NULL,
    weakness TEXT NOT NULL,
    screening TEXT NOT NULL CHECK (screening IN ('väntar', 'visas', 'döljs')),
    -- Whose answers it belongs to; NULL in a confidential round.
    response BLOB REFERENCES response (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX remark_by_round ON remark (round, capability);
CREATE INDEX remark_by_response ON remark (response);
-- Texts of earlier versions of the program were shown unread; they wait to be read like others.
INSERT INTO remark (id, round, capability, comment, weakness, screening, response)
    SELECT randomblob(16), r.round, a.capability, a.comment, a.weakness, 'väntar', r.id
    FROM answer a JOIN response r ON r.id = a.response
    WHERE r.submitted AND (a.comment <> '' OR a.weakness <> '');

-- A password for when no mail arrives, as argon2 spells it; and when a person asked to be removed.
ALTER TABLE account ADD COLUMN password_hash TEXT;
ALTER TABLE account ADD COLUMN removed_at INTEGER;

-- Letters to send. What they say is made when they are sent, so that no secret link lies here.
CREATE TABLE mail (
    id BLOB NOT NULL PRIMARY KEY,
    -- NULL for letters about nothing but the service, such as sign-in.
    mapping BLOB REFERENCES mapping (id),
    kind TEXT NOT NULL,
    -- The round, workshop, enquiry or account that the letter is about.
    about BLOB NOT NULL,
    -- The participant, invitee, contact or account that it goes to.
    recipient BLOB NOT NULL,
    -- Which of several of the same kind, such as the second reminder; 0 when there is one only.
    number INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    -- The sender's own words; may be empty.
    words TEXT NOT NULL,
    -- The same letter is never queued twice.
    dedupe TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('köat', 'skickas', 'skickat', 'studsat', 'misslyckat', 'oklart', 'stoppat')),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- When it may be sent at the earliest, or tried again.
    due_at INTEGER NOT NULL,
    -- When the status was last changed.
    changed_at INTEGER NOT NULL,
    -- What the mail server said, or why it could not be reached.
    answer TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_due ON mail (status, due_at);
CREATE INDEX mail_about ON mail (about, kind);

-- Planned reminders of a round.
CREATE TABLE reminder (
    round BLOB NOT NULL REFERENCES round (id),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 9),
    due_at INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('planerad', 'stoppad', 'skickad')),
    words TEXT NOT NULL,
    PRIMARY KEY (round, number)
) STRICT, WITHOUT ROWID;

-- How the municipality as a whole takes part has a day and a source too.
ALTER TABLE mapping_member ADD COLUMN since TEXT NOT NULL DEFAULT '';
ALTER TABLE mapping_member ADD COLUMN source TEXT NOT NULL DEFAULT '';

-- How a municipality takes part in one step of the series.
CREATE TABLE participation (
    mapping BLOB NOT NULL REFERENCES mapping (id),
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    step TEXT NOT NULL,
    grade TEXT NOT NULL,
    since TEXT NOT NULL,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (mapping, municipality, step)
) STRICT, WITHOUT ROWID;

-- An interest enquiry, and whom it is put to: one a municipality.
CREATE TABLE enquiry (
    id BLOB NOT NULL PRIMARY KEY,
    mapping BLOB NOT NULL REFERENCES mapping (id),
    question TEXT NOT NULL,
    explanation TEXT NOT NULL,
    deadline TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;
CREATE INDEX enquiry_by_mapping ON enquiry (mapping, created_at);

CREATE TABLE enquiry_contact (
    id BLOB NOT NULL PRIMARY KEY,
    enquiry BLOB NOT NULL REFERENCES enquiry (id),
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    -- Who is asked; both empty when the answer is entered by hand.
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    reply TEXT,
    note TEXT NOT NULL DEFAULT '',
    replied_by TEXT NOT NULL DEFAULT '',
    replied_at INTEGER,
    UNIQUE (enquiry, municipality)
) STRICT;

-- People asked to the series: they get invitations and a page of their own.
CREATE TABLE invitee (
    id BLOB NOT NULL PRIMARY KEY,
    mapping BLOB NOT NULL REFERENCES mapping (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    occupation TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    added_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE INDEX invitee_by_mapping ON invitee (mapping);

CREATE TABLE invitee_municipality (
    invitee BLOB NOT NULL REFERENCES invitee (id),
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    PRIMARY KEY (invitee, municipality)
) STRICT, WITHOUT ROWID;

-- The text to read before the first workshop, in Markdown; without a row the standard text is shown.
CREATE TABLE reading (
    mapping BLOB NOT NULL PRIMARY KEY REFERENCES mapping (id),
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who has said that they have read it: an invitee, a participant or an account.
CREATE TABLE has_read (
    mapping BLOB NOT NULL REFERENCES mapping (id),
    reader BLOB NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (mapping, reader)
) STRICT, WITHOUT ROWID;

-- What a municipality has done before: its digital strategy and an earlier self-assessment.
CREATE TABLE readiness (
    mapping BLOB NOT NULL REFERENCES mapping (id),
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    strategy TEXT NOT NULL,
    strategy_link TEXT NOT NULL,
    tool TEXT NOT NULL,
    year INTEGER,
    tool_link TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (mapping, municipality)
) STRICT, WITHOUT ROWID;

-- How long what is kept, by which decision; and protocols of what has been taken out.
CREATE TABLE retention (
    mapping BLOB NOT NULL REFERENCES mapping (id),
    kind TEXT NOT NULL,
    months INTEGER NOT NULL CHECK (months BETWEEN 0 AND 600),
    decision TEXT NOT NULL,
    PRIMARY KEY (mapping, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE disposal (
    id BLOB NOT NULL PRIMARY KEY,
    -- Without a reference: the protocol outlives the mapping.
    mapping BLOB NOT NULL,
    mapping_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    decision TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    performed_at INTEGER NOT NULL,
    performed_by TEXT NOT NULL,
    -- What was taken out, in numbers: JSON.
    protocol TEXT NOT NULL
) STRICT;
CREATE INDEX disposal_by_mapping ON disposal (mapping, performed_at);
