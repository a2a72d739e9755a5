-- Live workshops: their codes and those who take part. What they do is in the log (event).

CREATE TABLE workshop (
    id UUID NOT NULL CONSTRAINT workshop_id PRIMARY KEY,
    mapping UUID NOT NULL REFERENCES mapping (id),
    -- The code that people join with; NULL when the workshop is not open.
    code TEXT CONSTRAINT workshop_code UNIQUE CHECK (length(code) = 6)
);
CREATE INDEX workshop_by_mapping ON workshop (mapping);

CREATE TABLE attendee (
    id UUID NOT NULL CONSTRAINT attendee_id PRIMARY KEY,
    workshop UUID NOT NULL REFERENCES workshop (id),
    name TEXT NOT NULL,
    occupation TEXT NOT NULL,
    token_hash BYTEA NOT NULL CONSTRAINT attendee_token UNIQUE CHECK (octet_length(token_hash) = 32),
    -- Who it is, when we know: signed in, or with a personal survey link.
    account UUID REFERENCES account (id),
    participant UUID REFERENCES participant (id),
    -- Whether the facilitator has let them in, and whether they speak for their municipalities.
    approved BOOLEAN NOT NULL,
    speaks BOOLEAN NOT NULL,
    joined_at BIGINT NOT NULL,
    removed_at BIGINT
);
CREATE INDEX attendee_by_workshop ON attendee (workshop, joined_at, id);
-- Whoever is known has one seat.
CREATE UNIQUE INDEX attendee_account ON attendee (workshop, account);
CREATE UNIQUE INDEX attendee_participant ON attendee (workshop, participant);

CREATE TABLE attendee_municipality (
    attendee UUID NOT NULL REFERENCES attendee (id),
    municipality SMALLINT NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    PRIMARY KEY (attendee, municipality)
);

ALTER TABLE event ADD COLUMN author_attendee UUID REFERENCES attendee (id);
