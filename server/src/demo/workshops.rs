//! The example's workshops: five in the autumn, of which the last is still to come.

use std::{collections::BTreeSet, error::Error};

use domain::{
    ids::{AttendeeId, CapabilityId, CardId, ImprovementId, ItemId, NoteId, RoundId, WorkshopId},
    map::{Author, Command},
    municipality::Municipality,
    workshop::{
        Attendee, CardKind, Improvement, Item, Minutes, Note, Pdca, Series, VoteOn, Voter,
        WorkCommand, Workshop, template,
    },
};
use time::{Date, Duration, macros::date};
use uuid::Uuid;

use super::{
    Log, MAPPING, MINUTE, map, millis, people,
    script::{self, Deed, Known},
    seed::{Purpose, id, text},
};
use crate::link::Token;

/// The day of each workshop, when it begins in Swedish time, and how many hours that is ahead of UTC.
const DAYS: [(Date, u8, u8); 5] = [
    (date!(2026 - 09 - 01), 13, 2),
    (date!(2026 - 09 - 08), 13, 2),
    (date!(2026 - 09 - 15), 13, 2),
    (date!(2026 - 11 - 03), 10, 1),
    (date!(2026 - 12 - 01), 13, 1),
];

/// What is done on the map in a workshop: at which point, when, and what.
pub(super) type OnMap = (usize, i64, Command);

fn workshop(series: Series) -> WorkshopId {
    WorkshopId::new(id(Purpose::Workshop, &[series as usize]))
}

fn item(series: Series, place: usize) -> ItemId {
    ItemId::new(id(Purpose::Item, &[series as usize, place]))
}

fn person(series: Series, seat: usize) -> AttendeeId {
    AttendeeId::new(id(Purpose::Attendee, &[series as usize, seat]))
}

fn capability(code: &str) -> CapabilityId {
    let known = map::capabilities();
    let found = known.into_iter().find(|(other, _)| other == code);
    found.expect("the script speaks of the catalogue").1
}

/// The id of something that the example's map knows.
fn known(what: Known) -> Uuid {
    match what {
        Known::Goal => map::added_goal().uuid(),
        Known::Weakness => map::added_weakness().uuid(),
        Known::Merged => id(Purpose::Capability, &[1000]),
    }
}

/// When something happens: minutes after the workshop began.
fn at(series: Series, minutes: i64) -> i64 {
    let (date, hour, ahead) = DAYS[series as usize];
    millis(date.midnight().assume_utc()) + (i64::from(hour - ahead) * 60 + minutes) * MINUTE
}

/// The plan of a workshop, from its template.
fn plan(series: Series, round: RoundId) -> Workshop {
    let mut places = 0..;
    let (title, agenda) = template(series, || {
        item(series, places.next().expect("there is no last number"))
    });
    let agenda = (agenda.into_iter())
        .map(|item| Item {
            responsible: text(script::RESPONSIBLE),
            ..item
        })
        .collect();
    let (date, hour, _) = DAYS[series as usize];
    Workshop {
        series,
        title,
        date,
        starts: u16::from(hour) * 60,
        place: text(script::PLACE),
        agenda,
        round: matches!(series, Series::Ws4 | Series::Ws5).then_some(round),
        approval: false,
        dots: 5,
    }
}

/// One from each municipality that takes part.
fn attendee(series: Series, seat: usize, municipality: Municipality) -> Option<Attendee> {
    let asked =
        (people::asked(2).into_iter()).find(|person| person.municipalities == [municipality])?;
    Some(Attendee {
        id: person(series, seat),
        name: text(&format!("Deltagare {:02} (Exempel)", asked.number)),
        occupation: asked.occupation,
        municipalities: vec![municipality],
        account: None,
        participant: None,
        approved: true,
        speaks: true,
        joined_at: at(series, 0),
        removed: false,
    })
}

/// Plans all five, and holds the first two. The rest of what the second version of the map needs is done in them.
pub(super) async fn begin(
    log: &mut Log<'_>,
    round: RoundId,
    planned: i64,
    [goal, weakness]: [Command; 2],
) -> Result<(), Box<dyn Error>> {
    for series in Series::ALL {
        (log.store)
            .create_workshop(MAPPING, workshop(*series))
            .await?;
        let plan = WorkCommand::Plan(Box::new(plan(*series, round)));
        log.execute(Command::Work(workshop(*series), plan), planned)
            .await?;
    }
    let on_map = vec![
        (2, at(Series::Ws1, 50), goal),
        (7, at(Series::Ws1, 145), weakness),
    ];
    hold(log, Series::Ws1, on_map).await?;
    let merge = Command::MergeCapabilities {
        from: BTreeSet::from([CapabilityId::new(known(Known::Merged))]),
        into: capability("L7"),
    };
    hold(log, Series::Ws2, vec![(6, at(Series::Ws2, 160), merge)]).await
}

/// Holds a workshop: every point in its time, what is said there, and what is done on the map.
pub(super) async fn hold(
    log: &mut Log<'_>,
    series: Series,
    on_map: Vec<OnMap>,
) -> Result<(), Box<dyn Error>> {
    let of = workshop(series);
    for (seat, municipality) in people::full_members().into_iter().enumerate() {
        if let Some(attendee) = attendee(series, seat, municipality) {
            // The token is nobody's: these people exist here alone.
            let token = Token::random().hash();
            log.store.add_attendee(of, &attendee, token).await?;
        }
    }
    let mut on_map = on_map.into_iter().peekable();
    let (mut minutes, mut written) = (0, 0);
    let (_, agenda) = template(series, || ItemId::new(Uuid::nil()));
    for (place, point) in agenda.iter().enumerate() {
        let now = at(series, minutes);
        let step = match place {
            0 => WorkCommand::Open { at: now },
            _ => WorkCommand::Enter {
                item: item(series, place),
                at: now,
            },
        };
        log.execute(Command::Work(of, step), now).await?;
        for deed in script::deeds(series, place) {
            written += 1;
            let when = now + MINUTE + written * 1000;
            for (author, command) in commands(series, place, written, *deed) {
                log.execute_as(author, Command::Work(of, command), when)
                    .await?;
            }
        }
        while let Some((_, when, command)) = on_map.next_if(|(at, ..)| *at == place) {
            log.execute(command, when).await?;
        }
        minutes += i64::from(point.minutes);
    }
    let ended = at(series, minutes);
    let end = WorkCommand::End { at: ended };
    log.execute(Command::Work(of, end), ended).await?;
    let minutes = Minutes {
        written_by: text(script::WRITTEN_BY),
        approved_by: text(script::APPROVED_BY),
        approved_on: Some(DAYS[series as usize].0 + Duration::days(6)),
        ..Minutes::default()
    };
    let minutes = WorkCommand::SaveMinutes(Box::new(minutes));
    log.execute(Command::Work(of, minutes), ended + 60 * MINUTE)
        .await
}

/// What a line of the script is as commands, and whose. The line's number makes the ids of what is new.
fn commands(series: Series, place: usize, line: i64, deed: Deed) -> Vec<(Author, WorkCommand)> {
    let item = item(series, place);
    let nth = usize::try_from(line).unwrap_or_default();
    let new = |purpose| id(purpose, &[series as usize, nth]);
    let by = |seat| Author::Attendee(person(series, seat));
    let write = |seat, kind, words, card, about| {
        let command = WorkCommand::Write {
            card: CardId::new(card),
            item,
            kind,
            text: text(words),
            by: by(seat),
            municipality: matches!(
                kind,
                CardKind::Challenge | CardKind::Opportunity | CardKind::Help
            )
            .then(|| people::full_members()[seat]),
            about,
        };
        vec![(by(seat), command)]
    };
    let led = |command| vec![(Author::System, command)];
    match deed {
        Deed::Write(seat, kind, words) => write(seat, kind, words, new(Purpose::Card), None),
        Deed::About(seat, kind, words, code) => write(
            seat,
            kind,
            words,
            new(Purpose::Card),
            Some(capability(code)),
        ),
        Deed::Propose(seat, kind, words, what) => write(seat, kind, words, known(what), None),
        Deed::Reveal => led(WorkCommand::Reveal(item)),
        Deed::Promote(what, to) => led(WorkCommand::Promote(CardId::new(known(what)), to)),
        Deed::Turn(seat) => led(WorkCommand::Turn(Some(people::full_members()[seat]))),
        Deed::Note(kind, words) => {
            let note = Note {
                workshop: workshop(series),
                item,
                kind,
                text: text(words),
            };
            let id = NoteId::new(new(Purpose::Note));
            led(WorkCommand::SaveNote(id, Box::new(note)))
        }
        Deed::Approve(letter) => (map::capabilities().into_iter())
            .filter(|(code, _)| code.starts_with(letter))
            .map(|(_, id)| (Author::System, WorkCommand::Review(id, true)))
            .collect(),
        Deed::Ballot(step) => led(WorkCommand::Ballot(item, step)),
        Deed::Vote(seat, code, value) => {
            let vote = WorkCommand::Vote {
                item,
                on: VoteOn::Capability(capability(code)),
                voter: Voter::Person(by(seat)),
                value: Some(value),
            };
            vec![(by(seat), vote)]
        }
    }
}

/// Proposes improvement areas for the workshop that is to come.
pub(super) async fn look_ahead(log: &mut Log<'_>) -> Result<(), Box<dyn Error>> {
    let of = workshop(Series::Ws5);
    for (nth, (name, codes, owner, first_step)) in script::IMPROVEMENTS.into_iter().enumerate() {
        let improvement = Improvement {
            workshop: of,
            name: text(name),
            capabilities: codes.iter().map(|code| capability(code)).collect(),
            owner: text(owner),
            first_step: text(first_step),
            stage: Pdca::Plan,
        };
        let id = ImprovementId::new(id(Purpose::Improvement, &[nth]));
        let save = WorkCommand::SaveImprovement(id, Box::new(improvement));
        let when = at(Series::Ws4, 24 * 60);
        log.execute(Command::Work(of, save), when).await?;
    }
    Ok(())
}
