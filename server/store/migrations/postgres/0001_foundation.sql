-- The foundation: mappings and their log, people and their sessions, rounds and their answers.
-- Times are milliseconds since 1970 UTC; ids are made by the program. The same numbers stand in ../sqlite.

CREATE TABLE account (
    id UUID NOT NULL CONSTRAINT account_id PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    -- The e-mail in lower case; NULL when there is none, so that several may lack one.
    email_key TEXT CONSTRAINT account_email UNIQUE,
    may_start BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE mapping (
    id UUID NOT NULL CONSTRAINT mapping_id PRIMARY KEY,
    name TEXT NOT NULL,
    period TEXT NOT NULL,
    language TEXT NOT NULL,
    example BOOLEAN NOT NULL,
    created_by UUID REFERENCES account (id),
    created_at BIGINT NOT NULL,
    -- The number of the last event in the log; whoever moves it owns the next numbers.
    head BIGINT NOT NULL DEFAULT 0 CHECK (head >= 0)
);

CREATE TABLE mapping_member (
    mapping UUID NOT NULL REFERENCES mapping (id),
    municipality SMALLINT NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    participation TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (mapping, municipality)
);

CREATE TABLE membership (
    account UUID NOT NULL REFERENCES account (id),
    mapping UUID NOT NULL REFERENCES mapping (id),
    role TEXT NOT NULL,
    PRIMARY KEY (account, mapping)
);
CREATE INDEX membership_by_mapping ON membership (mapping);

CREATE TABLE membership_municipality (
    account UUID NOT NULL,
    mapping UUID NOT NULL,
    municipality SMALLINT NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    PRIMARY KEY (account, mapping, municipality),
    FOREIGN KEY (account, mapping) REFERENCES membership (account, mapping) ON DELETE CASCADE
);

CREATE TABLE login_link (
    token_hash BYTEA NOT NULL CONSTRAINT login_link_token PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    account UUID NOT NULL REFERENCES account (id),
    -- The only mapping whose role it gives; NULL for all that the account may do.
    mapping UUID REFERENCES mapping (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE session (
    id UUID NOT NULL CONSTRAINT session_id PRIMARY KEY,
    token_hash BYTEA NOT NULL CONSTRAINT session_token UNIQUE CHECK (octet_length(token_hash) = 32),
    account UUID NOT NULL REFERENCES account (id),
    -- As in the link that it began with.
    mapping UUID REFERENCES mapping (id),
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_account ON session (account);

CREATE TABLE round (
    id UUID NOT NULL CONSTRAINT round_id PRIMARY KEY,
    mapping UUID NOT NULL REFERENCES mapping (id),
    number BIGINT NOT NULL CHECK (number >= 1),
    name TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    target_year BIGINT NOT NULL,
    n_min BIGINT NOT NULL CHECK (n_min BETWEEN 3 AND 10),
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    CONSTRAINT round_number UNIQUE (mapping, number)
);

-- Who is asked, and whether they have answered.
CREATE TABLE participant (
    id UUID NOT NULL CONSTRAINT participant_id PRIMARY KEY,
    round UUID NOT NULL REFERENCES round (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    occupation TEXT NOT NULL,
    token_hash BYTEA NOT NULL CONSTRAINT participant_token UNIQUE CHECK (octet_length(token_hash) = 32),
    added_at BIGINT NOT NULL,
    started_at BIGINT,
    submitted_at BIGINT,
    removed_at BIGINT
);
CREATE INDEX participant_by_round ON participant (round);

CREATE TABLE participant_municipality (
    participant UUID NOT NULL REFERENCES participant (id),
    municipality SMALLINT NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    PRIMARY KEY (participant, municipality)
);

-- What was answered. No name, no token and no time: once its row in response_link is gone, nobody can tell whose it is.
CREATE TABLE response (
    id UUID NOT NULL CONSTRAINT response_id PRIMARY KEY,
    round UUID NOT NULL REFERENCES round (id),
    submitted BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX response_by_round ON response (round);

CREATE TABLE response_municipality (
    response UUID NOT NULL REFERENCES response (id),
    municipality SMALLINT NOT NULL CHECK (municipality BETWEEN 1 AND 9999),
    PRIMARY KEY (response, municipality)
);

-- The only tie between who and what.
CREATE TABLE response_link (
    participant UUID NOT NULL PRIMARY KEY REFERENCES participant (id),
    response UUID NOT NULL UNIQUE REFERENCES response (id)
);

CREATE TABLE answer (
    response UUID NOT NULL REFERENCES response (id),
    capability UUID NOT NULL,
    -- 0 stands for all of the person's municipalities.
    municipality SMALLINT NOT NULL CHECK (municipality BETWEEN 0 AND 9999),
    -- 1–5 a level; -1 vet ej, -2 inte aktuellt, -3 vill inte svara; NULL not answered yet.
    current_answer SMALLINT CHECK (current_answer IN (1, 2, 3, 4, 5, -1, -2, -3)),
    target_answer SMALLINT CHECK (target_answer IN (1, 2, 3, 4, 5, -1, -2, -3)),
    comment TEXT NOT NULL,
    weakness TEXT NOT NULL,
    PRIMARY KEY (response, capability, municipality)
);

-- The log of a map. Rows are added, never changed. No author means the program itself.
CREATE TABLE event (
    mapping UUID NOT NULL REFERENCES mapping (id),
    seq BIGINT NOT NULL CHECK (seq >= 1),
    op UUID NOT NULL,
    author_account UUID REFERENCES account (id),
    author_participant UUID REFERENCES participant (id),
    at BIGINT NOT NULL,
    deed TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (mapping, seq),
    CHECK (author_account IS NULL OR author_participant IS NULL)
);

-- Administrative acts, never single answers.
CREATE TABLE audit (
    id UUID NOT NULL CONSTRAINT audit_id PRIMARY KEY,
    at BIGINT NOT NULL,
    account UUID REFERENCES account (id),
    mapping UUID REFERENCES mapping (id),
    act TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_by_mapping ON audit (mapping, at);
