//! What is said, written and decided in the example's workshops, point by point. All of it is invented.

use domain::workshop::{BallotStep, CardKind, NoteKind, PromoteTo, Series};

/// Where the workshops are.
pub(super) const PLACE: &str = "Exempelhuset, stora salen (Exempel)";
/// Who is responsible for the points.
pub(super) const RESPONSIBLE: &str = "Workshopledaren";
/// Who writes the minutes, and who approves them.
pub(super) const WRITTEN_BY: &str = "Workshopledaren (Exempel)";
pub(super) const APPROVED_BY: &str = "Samordnaren (Exempel)";

/// Something the map of the example knows by an id of its own, whatever it began as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// The goal that the second version adds.
    Goal,
    /// The weakness that the second version adds.
    Weakness,
    /// The capability that is merged into another before it is ratified.
    Merged,
}

/// One thing that happens at a point. People are named by their seats.
#[derive(Clone, Copy)]
pub(super) enum Deed {
    /// Somebody writes a card.
    Write(usize, CardKind, &'static str),
    /// Somebody writes about the capability with this code.
    About(usize, CardKind, &'static str, &'static str),
    /// Somebody proposes what will be known on the map.
    Propose(usize, CardKind, &'static str, Known),
    /// What has been written silently is shown.
    Reveal,
    /// A card is put on the map.
    Promote(Known, PromoteTo),
    /// It is this seat's municipality's turn.
    Turn(usize),
    /// A note is taken or a decision recorded.
    Note(NoteKind, &'static str),
    /// The capabilities of the area with this letter are approved.
    Approve(char),
    /// The vote is opened or closed.
    Ballot(BallotStep),
    /// Somebody votes on a capability's effect on goals.
    Vote(usize, &'static str, u8),
}

use CardKind::{Capability, Challenge, Comment, Goal, Help, Opportunity, Question, Weakness};
use Deed::{About, Approve, Ballot, Promote, Propose, Reveal, Turn, Vote, Write};
use NoteKind::{Decided, Note as Remark};

/// What happens at a point of a workshop, by the point's place in the template.
pub(super) fn deeds(series: Series, point: usize) -> &'static [Deed] {
    match series {
        Series::Ws1 => goals_and_capabilities(point),
        Series::Ws2 => grouping(point),
        Series::Ws3 => ratifying(point),
        Series::Ws4 => current_levels(point),
        Series::Ws5 => &[],
    }
}

fn goals_and_capabilities(point: usize) -> &'static [Deed] {
    match point {
        2 => &[
            Propose(
                2,
                Goal,
                "Minst tre nyckelroller inom it delas med en annan kommun",
                Known::Goal,
            ),
            Promote(Known::Goal, PromoteTo::Goal),
            Deed::Note(
                Remark,
                "Målen från i våras gäller. Ett lokalt mål om delade nyckelroller läggs till.",
            ),
        ],
        3 => &[
            Write(0, Capability, "Beställarkompetens"),
            Write(1, Capability, "Kontinuitet"),
            Write(2, Capability, "Samverkan mellan kommuner"),
            Write(3, Capability, "Data och AI"),
            Write(4, Capability, "Beställarkompetens"),
            Write(5, Capability, "Identitet och åtkomst"),
            Write(6, Capability, "Nyttorealisering"),
            Write(7, Capability, "Kontinuitet"),
            Write(8, Capability, "Prioritering"),
            Write(9, Capability, "Informationsklassning"),
            Write(10, Capability, "Data och AI"),
            Reveal,
        ],
        4 => &[
            About(
                6,
                Comment,
                "Vi mäter aldrig efteråt om det blev bättre.",
                "L3",
            ),
            About(
                1,
                Question,
                "Gäller det bara it, eller även papper och telefon?",
                "T5",
            ),
        ],
        6 => &[
            Write(5, Weakness, "Reservrutiner övas inte"),
            Write(0, Weakness, "Nya projekt startar utan att gamla avslutas"),
            Propose(
                3,
                Weakness,
                "AI-verktyg används utan att någon har tagit ställning till dem",
                Known::Weakness,
            ),
            Write(8, Weakness, "Viktiga system hänger på en enda person"),
            Reveal,
        ],
        9 => &[Deed::Note(
            Decided,
            "Alla läser kartan hemma och tar med tankar till nästa träff.",
        )],
        _ => &[],
    }
}

fn grouping(point: usize) -> &'static [Deed] {
    match point {
        1 => &[Deed::Note(
            Remark,
            "Flera har talat med sina förvaltningar. Socialtjänsten känner igen oförmågorna bäst.",
        )],
        2 => &[
            About(
                4,
                Comment,
                "Hänger ihop med avtalen, inte bara med kunskapen.",
                "K4",
            ),
            Deed::Note(Remark, "Områdena från i våras behålls."),
        ],
        4 => &[
            Turn(0),
            Write(
                0,
                Challenge,
                "Två av tre it-tekniker går i pension inom fem år",
            ),
            Write(0, Help, "Dela en informationssäkerhetssamordnare"),
            Turn(3),
            Write(3, Opportunity, "Nytt avtal för e-tjänster från årsskiftet"),
            Turn(7),
            Write(
                7,
                Challenge,
                "Besökare sommartid vill ha service på kvällar",
            ),
            Write(7, Help, "Gemensam support utanför kontorstid"),
        ],
        5 => &[
            Propose(
                9,
                Capability,
                "Dela specialister mellan kommuner",
                Known::Merged,
            ),
            Write(2, Capability, "Omvärldsbevakning och återbruk"),
            Reveal,
        ],
        6 => &[Deed::Note(
            Remark,
            "Att dela specialister är samma sak som kompetensförsörjning inom it och slås ihop med den.",
        )],
        _ => &[],
    }
}

fn ratifying(point: usize) -> &'static [Deed] {
    match point {
        2 => &[
            Approve('K'),
            Approve('T'),
            Approve('I'),
            Approve('F'),
            Approve('L'),
            About(
                10,
                Question,
                "Ska ansvarig användning stå i namnet eller i formuleringen?",
                "I6",
            ),
        ],
        4 => &[Deed::Note(
            Remark,
            "Data och AI formuleras om: nyttan för invånarna skrivs in.",
        )],
        6 => &[
            Deed::Note(Decided, "Förmågekartan fastställs som version 2."),
            Deed::Note(
                Decided,
                "Enkäten öppnas den 28 september och stängs den 23 oktober.",
            ),
        ],
        _ => &[],
    }
}

fn current_levels(point: usize) -> &'static [Deed] {
    match point {
        1 => &[Deed::Note(
            Remark,
            "43 har skickat in sina svar. Tre kommuner deltar på annat sätt.",
        )],
        2 => &[
            About(
                5,
                Comment,
                "Vi svarade för en förvaltning, inte för kommunen.",
                "T5",
            ),
            Deed::Note(
                Remark,
                "Störst oenighet om kontinuitet: de som har övat ser lägre nivåer än de som inte har det.",
            ),
        ],
        5 => &[
            Ballot(BallotStep::Open),
            Vote(0, "L7", 5),
            Vote(1, "L7", 4),
            Vote(2, "L7", 5),
            Vote(3, "L7", 4),
            Vote(4, "L7", 5),
            Vote(0, "T5", 4),
            Vote(1, "T5", 5),
            Vote(2, "T5", 4),
            Vote(3, "T5", 2),
            Vote(4, "T5", 4),
            Ballot(BallotStep::Close),
        ],
        6 => &[
            Deed::Note(
                Decided,
                "De högst prioriterade förmågorna tas med till workshop 5.",
            ),
            Deed::Note(
                Decided,
                "Kommuner som inte är klara lämnar sin samlade bedömning senast den 20 november.",
            ),
        ],
        _ => &[],
    }
}

/// Improvement areas proposed for the last workshop: name, codes of capabilities, owner, first step.
pub(super) const IMPROVEMENTS: [(&str, &[&str], &str, &str); 3] = [
    (
        "Gemensam pool för nyckelroller (Exempel)",
        &["L7"],
        "It-chefernas nätverk (Exempel)",
        "Lista vilka tre roller som är svårast att rekrytera till",
    ),
    (
        "Öva reservrutiner tillsammans (Exempel)",
        &["T5", "T4"],
        "Säkerhetssamordnarna (Exempel)",
        "Boka en gemensam övningsdag i mars",
    ),
    (
        "Klassa information före inköp (Exempel)",
        &["T2", "K4"],
        "",
        "",
    ),
];
