-- Live workshops: their codes and those who take part. What they do is in the log (event).

CREATE TABLE workshop (
    id BLOB NOT NULL PRIMARY KEY,
    mapping BLOB NOT NULL REFERENCES mapping (id),
    -- The code that people join with; NULL when the workshop is not open.
    code TEXT UNIQUE CHECK (length(code) = 6)
) STRICT;
CREATE INDEX workshop_by_mapping ON workshop (mapping);

CREATE TABLE attendee (
    id BLOB NOT NULL PRIMARY KEY,
    workshop BLOB NOT NULL REFERENCES workshop (id),
    name TEXT NOT NULL,
    occupation TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    -- Who it is, when we know: signed in, or with a personal survey link.
    account BLOB REFERENCES account (id),
    participant BLOB REFERENCES participant (id),
    -- Whether the facilitator has let them in, and whether they speak for their municipalities.
    approved INTEGER NOT NULL CHECK (approved IN (0, 1)),
    speaks INTEGER NOT NULL CHECK (speaks IN (0, 1)),
    joined_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE INDEX attendee_by_workshop ON attendee (workshop, joined_at, id);
-- Whoever is known has one seat.
CREATE UNIQUE INDEX attendee_account ON attendee (workshop, account);
CREATE UNIQUE INDEX attendee_participant ON attendee (workshop, participant);

CREATE TABLE attendee_municipality (
    attendee BLOB NOT NULL REFERENCES attendee (id),
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    PRIMARY KEY (attendee, municipality)
) STRICT, WITHOUT ROWID;

ALTER TABLE event ADD COLUMN author_attendee BLOB REFERENCES attendee (id);
