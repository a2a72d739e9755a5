-- Publication: programs that read a mapping's results, and what municipalities have opened of them.
-- Days are texts like 2026-11-22, times are milliseconds since 1970 UTC. The same numbers stand in ../sqlite.

-- Keys of programs: read-only, for one mapping, known by their SHA-256 alone.
CREATE TABLE token (
    id UUID NOT NULL CONSTRAINT token_id PRIMARY KEY,
    mapping UUID NOT NULL REFERENCES mapping (id),
    name TEXT NOT NULL,
    token_hash BYTEA NOT NULL CONSTRAINT token_hash UNIQUE CHECK (octet_length(token_hash) = 32),
    created_at BIGINT NOT NULL,
    -- The last day that it opens anything.
    last_day TEXT NOT NULL,
    -- The day it was last used; empty until it has been.
    used_on TEXT NOT NULL DEFAULT '',
    revoked_at BIGINT
);
CREATE INDEX token_by_mapping ON token (mapping, created_at);

-- Municipalities that have opened their agreed levels, with what that rests on. Nothing is open without a row.
CREATE TABLE opened_municipality (
    mapping UUID NOT NULL REFERENCES mapping (id),
    municipality SMALLINT NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    ground TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (mapping, municipality)
);

-- Capabilities about which somebody has decided whether they are open; for the others the program's caution decides.
CREATE TABLE opened_capability (
    mapping UUID NOT NULL REFERENCES mapping (id),
    capability UUID NOT NULL,
    is_open BOOLEAN NOT NULL,
    PRIMARY KEY (mapping, capability)
);
