-- The foundation: mappings and their log, people and their sessions, rounds and their answers.
-- Times are milliseconds since 1970 UTC; ids are made by the program. The same numbers stand in ../postgres.

CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    -- The e-mail in lower case; NULL when there is none, so that several may lack one.
    email_key TEXT UNIQUE,
    may_start INTEGER NOT NULL CHECK (may_start IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE mapping (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    period TEXT NOT NULL,
    language TEXT NOT NULL,
    example INTEGER NOT NULL CHECK (example IN (0, 1)),
    created_by BLOB REFERENCES account (id),
    created_at INTEGER NOT NULL,
    -- The number of the last event in the log; whoever moves it owns the next numbers.
    head INTEGER NOT NULL DEFAULT 0 CHECK (head >= 0)
) STRICT;

CREATE TABLE mapping_member (
    mapping BLOB NOT NULL REFERENCES mapping (id),
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    participation TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (mapping, municipality)
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
    account BLOB NOT NULL REFERENCES account (id),
    mapping BLOB NOT NULL REFERENCES mapping (id),
    role TEXT NOT NULL,
    PRIMARY KEY (account, mapping)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_by_mapping ON membership (mapping);

CREATE TABLE membership_municipality (
    account BLOB NOT NULL,
    mapping BLOB NOT NULL,
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    PRIMARY KEY (account, mapping, municipality),
    FOREIGN KEY (account, mapping) REFERENCES membership (account, mapping) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE login_link (
    token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    account BLOB NOT NULL REFERENCES account (id),
    -- The only mapping whose role it gives; NULL for all that the account may do.
    mapping BLOB REFERENCES mapping (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    account BLOB NOT NULL REFERENCES account (id),
    -- As in the link that it began with.
    mapping BLOB REFERENCES mapping (id),
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_account ON session (account);

CREATE TABLE round (
    id BLOB NOT NULL PRIMARY KEY,
    mapping BLOB NOT NULL REFERENCES mapping (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    name TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    target_year INTEGER NOT NULL,
    n_min INTEGER NOT NULL CHECK (n_min BETWEEN 3 AND 10),
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    UNIQUE (mapping, number)
) STRICT;

-- Who is asked, and whether they have answered.
CREATE TABLE participant (
    id BLOB NOT NULL PRIMARY KEY,
    round BLOB NOT NULL REFERENCES round (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    occupation TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    added_at INTEGER NOT NULL,
    started_at INTEGER,
    submitted_at INTEGER,
    removed_at INTEGER
) STRICT;
CREATE INDEX participant_by_round ON participant (round);

CREATE TABLE participant_municipality (
    participant BLOB NOT NULL REFERENCES participant (id),
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    PRIMARY KEY (participant, municipality)
) STRICT, WITHOUT ROWID;

-- What was answered. No name, no token and no time: once its row in response_link is gone, nobody can tell whose it is.
CREATE TABLE response (
    id BLOB NOT NULL PRIMARY KEY,
    round BLOB NOT NULL REFERENCES round (id),
    submitted INTEGER NOT NULL DEFAULT 0 CHECK (submitted IN (0, 1))
) STRICT;
CREATE INDEX response_by_round ON response (round);

CREATE TABLE response_municipality (
    response BLOB NOT NULL REFERENCES response (id),
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    PRIMARY KEY (response, municipality)
) STRICT, WITHOUT ROWID;

-- The only tie between who and what.
CREATE TABLE response_link (
    participant BLOB NOT NULL PRIMARY KEY REFERENCES participant (id),
    response BLOB NOT NULL UNIQUE REFERENCES response (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    response BLOB NOT NULL REFERENCES response (id),
    capability BLOB NOT NULL,
    -- 0 stands for all of the person's municipalities.
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 0 AND 9999),
    -- 1–5 a level; -1 vet ej, -2 inte aktuellt, -3 vill inte svara; NULL not answered yet.
    current_answer INTEGER CHECK (current_answer IN (1, 2, 3, 4, 5, -1, -2, -3)),
    target_answer INTEGER CHECK (target_answer IN (1, 2, 3, 4, 5, -1, -2, -3)),
    comment TEXT NOT NULL,
    weakness TEXT NOT NULL,
    PRIMARY KEY (response, capability, municipality)
) STRICT, WITHOUT ROWID;

-- The log of a map. Rows are added, never changed. No author means the program itself.
CREATE TABLE event (
    mapping BLOB NOT NULL REFERENCES mapping (id),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    op BLOB NOT NULL,
    author_account BLOB REFERENCES account (id),
    author_participant BLOB REFERENCES participant (id),
    at INTEGER NOT NULL,
    deed TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (mapping, seq),
    CHECK (author_account IS NULL OR author_participant IS NULL)
) STRICT;

-- Administrative acts, never single answers.
CREATE TABLE audit (
    id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    account BLOB REFERENCES account (id),
    mapping BLOB REFERENCES mapping (id),
    act TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_mapping ON audit (mapping, at);
