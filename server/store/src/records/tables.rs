//! The tables of a mapping's records, in an order in which rows come after those they point at.

use domain::{
    map::Deed,
    mapping::{Language, Participation},
    participation::{Reply, Step, Strategy},
    records::DisposalKind,
    rights::Role,
    survey::{Occupation, Screening, SurveyMode},
};

use super::table::{Bearer, Column, Kind, Part, Table};

macro_rules! codes {
    ($choice:ty) => {
        Kind::Choice(|| <$choice>::ALL.iter().map(|choice| choice.code()).collect())
    };
}

const fn is(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column {
        name,
        kind,
        null: false,
        about,
    }
}

const fn may(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column {
        name,
        kind,
        null: true,
        about,
    }
}

const ID: Column = is("id", Kind::Id, "identifier");
const MUNICIPALITY: Column = is(
    "municipality",
    Kind::Municipality,
    "code of the municipality, as a number",
);
const NAME: Column = is("name", Kind::Text(1, 80), "name");
const EMAIL: Column = is("email", Kind::Text(0, 200), "e-mail address; may be empty");
const OCCUPATION: Column = is("occupation", codes!(Occupation), "role at home");
const SINCE: Column = is(
    "since",
    Kind::Day,
    "since which day; empty when it is not known",
);
const REMOVED: Column = may("removed_at", Kind::Time, "when the person was taken out");

/// A table of which every row belongs to the mapping by a column of its own.
const fn of_mapping(
    name: &'static str,
    from: &'static str,
    key: &'static [&'static str],
    columns: &'static [Column],
    about: &'static str,
) -> Table {
    Table {
        name,
        part: Part::Data,
        about,
        columns,
        key,
        later: false,
        stored: name,
        from,
        mapping: true,
        bearer: None,
    }
}

/// A table whose rows belong to the mapping through another.
const fn through(
    name: &'static str,
    from: &'static str,
    key: &'static [&'static str],
    columns: &'static [Column],
    about: &'static str,
) -> Table {
    Table {
        mapping: false,
        ..of_mapping(name, from, key, columns, about)
    }
}

const fn with_links(table: Table, bearer: Bearer) -> Table {
    Table {
        bearer: Some(bearer),
        ..table
    }
}

/// A table that archives of earlier versions of the program lack.
const fn later(table: Table) -> Table {
    Table {
        later: true,
        ..table
    }
}

const fn access(table: Table) -> Table {
    Table {
        part: Part::Access,
        ..table
    }
}

/// Every table, in an order in which rows come after those they point at.
pub const TABLES: &[Table] = &[
    access(through(
        "person",
        "account t WHERE t.id IN (SELECT m.account FROM membership m WHERE m.mapping = $1
             UNION SELECT a.account FROM audit a WHERE a.mapping = $1 AND a.account IS NOT NULL)",
        &["id"],
        &[ID, NAME, EMAIL],
        "those who have a role in the mapping or have done something administrative",
    )),
    through(
        "account",
        "account t WHERE t.id IN (
             SELECT e.author_account FROM event e WHERE e.mapping = $1 AND e.author_account IS NOT NULL
             UNION SELECT a.account FROM attendee a JOIN workshop w ON w.id = a.workshop
                 WHERE w.mapping = $1 AND a.account IS NOT NULL
             UNION SELECT m.created_by FROM mapping m WHERE m.id = $1 AND m.created_by IS NOT NULL)",
        &["id"],
        &[ID, NAME],
        "signed-in people who have done something in the mapping",
    ),
    through(
        "mapping",
        "mapping t WHERE t.id = $1",
        &["id"],
        &[
            ID,
            NAME,
            is("period", Kind::Text(1, 40), "the period, such as 2026–2027"),
            is("language", codes!(Language), "the language of its pages"),
            is("example", Kind::Flag, "whether it is invented and shown to everyone"),
            may("created_by", Kind::Of("account"), "who started it"),
            is("created_at", Kind::Time, "when it was started"),
        ],
        "the mapping itself",
    ),
    of_mapping(
        "mapping_member",
        "mapping_member t WHERE t.mapping = $1",
        &["municipality"],
        &[
            MUNICIPALITY,
            is("participation", codes!(Participation), "how it takes part as a whole"),
            is("note", Kind::Text(0, 200), "in what way"),
            SINCE,
            is("source", Kind::Text(0, 160), "who said so"),
        ],
        "a municipality in the mapping",
    ),
    of_mapping(
        "participation",
        "participation t WHERE t.mapping = $1",
        &["municipality", "step"],
        &[
            MUNICIPALITY,
            is("step", codes!(Step), "step of the series"),
            is("grade", codes!(Participation), "how it takes part"),
            SINCE,
            is("source", Kind::Text(0, 160), "who said so"),
            is("note", Kind::Text(0, 200), "in what way"),
        ],
        "how a municipality takes part in one step of the series",
    ),
    of_mapping(
        "readiness",
        "readiness t WHERE t.mapping = $1",
        &["municipality"],
        &[
            MUNICIPALITY,
            is("strategy", codes!(Strategy), "its digital strategy"),
            is("strategy_link", Kind::Text(0, 400), "where the strategy is"),
            is("tool", Kind::Text(0, 80), "the tool of an earlier self-assessment"),
            may("year", Kind::Number(0, 9999), "the year of the self-assessment"),
            is("tool_link", Kind::Text(0, 400), "where its result is"),
            is("note", Kind::Text(0, 200), "anything else"),
        ],
        "what a municipality has done before the mapping",
    ),
    of_mapping(
        "reading",
        "reading t WHERE t.mapping = $1",
        &["changed_at"],
        &[
            is("body", Kind::Text(1, 20_000), "the text, in Markdown"),
            is("changed_at", Kind::Time, "when it was changed"),
        ],
        "the text to read before the first workshop; no row means the standard text",
    ),
    of_mapping(
        "has_read",
        "has_read t WHERE t.mapping = $1",
        &["reader"],
        &[
            is("reader", Kind::Loose, "an invitee, a participant or an account"),
            is("day", Kind::Day, "which day"),
        ],
        "someone who has said that they have read the text",
    ),
    of_mapping(
        "round",
        "round t WHERE t.mapping = $1",
        &["id"],
        &[
            ID,
            is("number", Kind::Number(1, 100_000), "1, 2, 3 … within the mapping"),
            NAME,
            is("version", Kind::Number(1, 100_000), "the version of the map it asks about"),
            is("target_year", Kind::Number(1900, 9999), "the year the target level is meant for"),
            is("n_min", Kind::Number(3, 10), "fewest answers for a distribution to be shown"),
            is("mode", codes!(SurveyMode), "whether answers are kept with who gave them"),
            is("ask_effect", Kind::Flag, "whether the effect on the goals is asked too"),
            is("paper_repeats", Kind::Number(0, 1_000_000), "responses of sheets on paper beside the first of each sheet"),
            is("opened_at", Kind::Time, "when it was opened"),
            may("closed_at", Kind::Time, "when it was closed"),
        ],
        "a survey over a version of the map",
    ),
    with_links(
        through(
            "participant",
            "participant t JOIN round r ON r.id = t.round WHERE r.mapping = $1",
            &["id"],
            &[
                ID,
                is("round", Kind::Of("round"), "asked in which round"),
                NAME,
                EMAIL,
                OCCUPATION,
                is("added_at", Kind::Time, "when the person was asked"),
                may("started_at", Kind::Time, "when something was first saved"),
                may("submitted_at", Kind::Time, "when the answers were sent in; the day only in a confidential round"),
                REMOVED,
            ],
            "someone asked in a round, and whether they have answered",
        ),
        Bearer::Participant,
    ),
    through(
        "participant_municipality",
        "participant_municipality t JOIN participant p ON p.id = t.participant
         JOIN round r ON r.id = p.round WHERE r.mapping = $1",
        &["participant", "municipality"],
        &[is("participant", Kind::Of("participant"), "who"), MUNICIPALITY],
        "a municipality that a participant answers for",
    ),
    through(
        "response",
        "response t JOIN round r ON r.id = t.round WHERE r.mapping = $1",
        &["id"],
        &[
            ID,
            is("round", Kind::Of("round"), "in which round"),
            is("submitted", Kind::Flag, "whether it has been sent in"),
        ],
        "one set of answers, without who gave it",
    ),
    through(
        "response_municipality",
        "response_municipality t JOIN response p ON p.id = t.response
         JOIN round r ON r.id = p.round WHERE r.mapping = $1",
        &["response", "municipality"],
        &[is("response", Kind::Of("response"), "which answers"), MUNICIPALITY],
        "a municipality that a set of answers holds for",
    ),
    through(
        "response_link",
        "response_link t JOIN response p ON p.id = t.response
         JOIN round r ON r.id = p.round WHERE r.mapping = $1 AND r.mode = 'namngiven'",
        &["participant"],
        &[
            is("participant", Kind::Of("participant"), "who"),
            is("response", Kind::Of("response"), "what"),
        ],
        "the tie between a person and their answers; only in named rounds, until it is taken out",
    ),
    through(
        "answer",
        "answer t JOIN response p ON p.id = t.response
         JOIN round r ON r.id = p.round WHERE r.mapping = $1",
        &["response", "capability", "municipality"],
        &[
            is("response", Kind::Of("response"), "belongs to which answers"),
            is("capability", Kind::Loose, "about which capability of the map"),
            is("municipality", Kind::Scope, "for which municipality; 0 for all of the person's"),
            may("current_answer", Kind::Answer, "current level"),
            may("target_answer", Kind::Answer, "target level"),
            may("effect_answer", Kind::Answer, "effect on the goals"),
            is("comment", Kind::Text(0, 1000), "a comment"),
            is("weakness", Kind::Text(0, 120), "a weakness that holds it back"),
        ],
        "what was answered about one capability",
    ),
    through(
        "sealed_sheet",
        "sealed_sheet t JOIN round r ON r.id = t.round WHERE r.mapping = $1",
        &["locator"],
        &[
            is("locator", Kind::Bytes(32), "made from the person's code, which is stored nowhere"),
            is("round", Kind::Of("round"), "in which round"),
            is("body", Kind::Bytes(4 * 1024 * 1024), "the person's own sheet, sealed with their code"),
        ],
        "a sheet of a confidential round that only the person's code opens",
    ),
    through(
        "remark",
        "remark t JOIN round r ON r.id = t.round WHERE r.mapping = $1",
        &["id"],
        &[
            ID,
            is("round", Kind::Of("round"), "in which round"),
            is("capability", Kind::Loose, "about which capability"),
            is("comment", Kind::Text(0, 1000), "the comment; may be empty"),
            is("weakness", Kind::Text(0, 120), "the weakness; may be empty"),
            is("screening", codes!(Screening), "whether others may read it"),
            may("response", Kind::Of("response"), "belongs to which answers; none in a confidential round"),
        ],
        "a free text of a submitted answer",
    ),
    of_mapping(
        "enquiry",
        "enquiry t WHERE t.mapping = $1",
        &["id"],
        &[
            ID,
            is("question", Kind::Text(1, 160), "the question"),
            is("explanation", Kind::Text(0, 1000), "what it is about"),
            is("deadline", Kind::Day, "the last day to answer"),
            is("created_at", Kind::Time, "when it was made"),
            may("closed_at", Kind::Time, "when it was closed"),
        ],
        "an interest enquiry",
    ),
    with_links(
        through(
            "enquiry_contact",
            "enquiry_contact t JOIN enquiry e ON e.id = t.enquiry WHERE e.mapping = $1",
            &["id"],
            &[
                ID,
                is("enquiry", Kind::Of("enquiry"), "which enquiry"),
                MUNICIPALITY,
                is("name", Kind::Text(0, 80), "who is asked; may be empty"),
                EMAIL,
                may("reply", codes!(Reply), "the answer"),
                is("note", Kind::Text(0, 200), "what was written with it"),
                is("replied_by", Kind::Text(0, 80), "who answered"),
                may("replied_at", Kind::Time, "when"),
            ],
            "whom an enquiry is put to, and the answer",
        ),
        Bearer::Contact,
    ),
    with_links(
        of_mapping(
            "invitee",
            "invitee t WHERE t.mapping = $1",
            &["id"],
            &[
                ID,
                NAME,
                EMAIL,
                OCCUPATION,
                is("added_at", Kind::Time, "when the person was asked"),
                REMOVED,
            ],
            "someone asked to take part in the series",
        ),
        Bearer::Invitee,
    ),
    through(
        "invitee_municipality",
        "invitee_municipality t JOIN invitee i ON i.id = t.invitee WHERE i.mapping = $1",
        &["invitee", "municipality"],
        &[is("invitee", Kind::Of("invitee"), "who"), MUNICIPALITY],
        "a municipality that an invitee comes for",
    ),
    of_mapping(
        "workshop",
        "workshop t WHERE t.mapping = $1",
        &["id"],
        &[ID],
        "a workshop; what it is and what happened in it are in the log",
    ),
    with_links(
        through(
            "attendee",
            "attendee t JOIN workshop w ON w.id = t.workshop WHERE w.mapping = $1",
            &["id"],
            &[
                ID,
                is("workshop", Kind::Of("workshop"), "in which workshop"),
                NAME,
                OCCUPATION,
                may("account", Kind::Of("account"), "who, when signed in"),
                may("participant", Kind::Of("participant"), "who, when they came with a survey link"),
                is("approved", Kind::Flag, "whether the facilitator let them in"),
                is("speaks", Kind::Flag, "whether they speak for their municipalities"),
                is("joined_at", Kind::Time, "when they joined"),
                REMOVED,
            ],
            "someone who joined a workshop",
        ),
        Bearer::Attendee,
    ),
    through(
        "attendee_municipality",
        "attendee_municipality t JOIN attendee a ON a.id = t.attendee
         JOIN workshop w ON w.id = a.workshop WHERE w.mapping = $1",
        &["attendee", "municipality"],
        &[is("attendee", Kind::Of("attendee"), "who"), MUNICIPALITY],
        "a municipality that an attendee comes from",
    ),
    of_mapping(
        "event",
        "event t WHERE t.mapping = $1",
        &["seq"],
        &[
            is("seq", Kind::Number(1, i64::MAX), "1, 2, 3 …"),
            is("op", Kind::Loose, "the command it came of"),
            may("author_account", Kind::Of("account"), "who, when signed in"),
            may("author_participant", Kind::Of("participant"), "who, with a survey link"),
            may("author_attendee", Kind::Of("attendee"), "who, in a workshop"),
            is("at", Kind::Time, "when"),
            is("deed", codes!(Deed), "what sort of command it was"),
            is("body", Kind::Event, "what happened: one thing as it was and as it became"),
        ],
        "the log: everything that has happened on the map and in the workshops, in order",
    ),
    of_mapping(
        "retention",
        "retention t WHERE t.mapping = $1",
        &["kind"],
        &[
            is("kind", codes!(DisposalKind), "what"),
            is("months", Kind::Number(0, 600), "how many months it is kept"),
            is("decision", Kind::Text(1, 160), "by which decision"),
        ],
        "how long something is kept",
    ),
    later(of_mapping(
        "opened_municipality",
        "opened_municipality t WHERE t.mapping = $1",
        &["municipality"],
        &[
            MUNICIPALITY,
            is("ground", Kind::Text(1, 160), "what it rests on"),
            is("since", Kind::Day, "since which day"),
        ],
        "a municipality whose agreed levels are open data",
    )),
    later(of_mapping(
        "opened_capability",
        "opened_capability t WHERE t.mapping = $1",
        &["capability"],
        &[
            is("capability", Kind::Loose, "which capability of the map"),
            is("is_open", Kind::Flag, "whether it is open"),
        ],
        "a capability about which somebody has decided whether it is open data",
    )),
    of_mapping(
        "disposal",
        "disposal t WHERE t.mapping = $1",
        &["id"],
        &[
            ID,
            is("mapping_name", Kind::Text(1, 80), "what the mapping was called"),
            is("kind", codes!(DisposalKind), "what was taken out"),
            is("decision", Kind::Text(1, 160), "by which decision"),
            is("decided_on", Kind::Day, "the day of the decision"),
            is("performed_at", Kind::Time, "when it was done"),
            is("performed_by", Kind::Text(0, 80), "who did it"),
            is("protocol", Kind::Counts, "what was taken out, in numbers"),
        ],
        "a protocol of what has been taken out",
    ),
    access(of_mapping(
        "membership",
        "membership t WHERE t.mapping = $1",
        &["account"],
        &[
            is("account", Kind::Of("person"), "who"),
            is("role", codes!(Role), "as what"),
        ],
        "a role in the mapping",
    )),
    access(of_mapping(
        "membership_municipality",
        "membership_municipality t WHERE t.mapping = $1",
        &["account", "municipality"],
        &[is("account", Kind::Of("person"), "who"), MUNICIPALITY],
        "a municipality that someone with a role speaks for",
    )),
    Table {
        stored: "audit",
        ..access(of_mapping(
            "act",
            "audit t WHERE t.mapping = $1",
            &["id"],
            &[
                ID,
                is("at", Kind::Time, "when"),
                may("account", Kind::Of("person"), "who; none for the program itself"),
                is("act", Kind::Text(1, 80), "what was done"),
                is("detail", Kind::Text(0, 2000), "to what"),
            ],
            "administrative acts",
        ))
    },
];
