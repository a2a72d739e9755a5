-- Publication: programs that read a mapping's results, and what municipalities have opened of them.
-- Days are texts like 2026-11-22, times are milliseconds since 1970 UTC. The same numbers stand in ../postgres.

-- Keys of programs: read-only, for one mapping, known by their SHA-256 alone.
CREATE TABLE token (
    id BLOB NOT NULL PRIMARY KEY,
    mapping BLOB NOT NULL REFERENCES mapping (id),
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at INTEGER NOT NULL,
    -- The last day that it opens anything.
    last_day TEXT NOT NULL,
    -- The day it was last used; empty until it has been.
    used_on TEXT NOT NULL DEFAULT '',
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX token_by_mapping ON token (mapping, created_at);

-- Municipalities that have opened their agreed levels, with what that rests on. Nothing is open without a row.
CREATE TABLE opened_municipality (
    mapping BLOB NOT NULL REFERENCES mapping (id),
    municipality INTEGER NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    ground TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (mapping, municipality)
) STRICT, WITHOUT ROWID;

-- Capabilities about which somebody has decided whether they are open; for the others the program's caution decides.
CREATE TABLE opened_capability (
    mapping BLOB NOT NULL REFERENCES mapping (id),
    capability BLOB NOT NULL,
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    PRIMARY KEY (mapping, capability)
) STRICT, WITHOUT ROWID;
