//! What people write in the example: comments, weaknesses and reasons.

use domain::{
    level::Answer,
    statistics::random::SplitMix64,
    text::{Comment, Reason, Text},
};

use super::seed::{happens, one_of, text};

const LOW: [&str; 12] = [
    "Det görs, men bara när någon har tid.",
    "Vi är helt beroende av en person. När hon är ledig händer ingenting.",
    "Det finns en rutin från 2019 som få känner till.",
    "Socialförvaltningen har kommit igång, resten inte.",
    "Vi vet att det behövs men har inte avsatt några timmar.",
    "Olika i varje förvaltning. Svårt att svara för hela kommunen.",
    "Vi har börjat om tre gånger efter byte av chef.",
    "Frågan har ingen ägare hos oss.",
    "Vi köper hjälp när det brinner.",
    "Politiken har frågat efter det, men det finns ingen plan.",
    "Det mesta sker i kalkylblad som bara en person förstår.",
    "Här skulle vi vilja göra tillsammans med grannkommunerna.",
];
const MIDDLE: [&str; 6] = [
    "Arbetssättet är beslutat i våras men inte känt av alla ännu.",
    "Fungerar bra centralt, sämre ute i verksamheten.",
    "Vi har en mall som andra gärna får låna.",
    "Rutinen finns och följs, men vi mäter ingenting.",
    "Bättre än för ett par år sedan.",
    "Ny roll tillsatt, effekten märks först nästa år.",
];
const HIGH: [&str; 4] = [
    "Här kan vi visa andra kommuner hur vi gör.",
    "Vi följer upp varje kvartal i ledningsgruppen.",
    "Har arbetat med det länge, räcker gott för våra mål.",
    "Vi delar gärna med oss av avtal och arbetssätt.",
];
const UNKNOWN: [&str; 4] = [
    "Jag ser inte detta i min roll. Fråga arkivarien.",
    "Vet inte vem som arbetar med det.",
    "Begreppet är nytt för mig.",
    "Kan inte bedöma det utan att fråga upphandlingsenheten.",
];
const WEAKNESSES: [&str; 8] = [
    "Beroende av en nyckelperson",
    "Ingen har det i sitt uppdrag",
    "Rutiner som inte är kända",
    "Svårt att rekrytera",
    "System som inte pratar med varandra",
    "Oklart vad lagen kräver",
    "Uppgifter som ingen litar på",
    "Projekt som aldrig går över i förvaltning",
];
const REASONS: [&str; 8] = [
    "Enigt efter genomgång av svaren.",
    "Rutinen finns men är inte känd i alla förvaltningar.",
    "Sänkt ett steg: bygger på en person.",
    "Höjd ett steg: nytt arbetssätt sedan årsskiftet.",
    "Två förvaltningar ligger före, men kommunen som helhet gör det inte.",
    "Nivån räcker för målet till 2028.",
    "Vi vill avvakta den gemensamma upphandlingen.",
    "Svaren gick isär; efter samtal är vi överens.",
];

/// A comment on about one answer in ten, of which some name a weakness too.
pub(super) fn comment(random: &mut SplitMix64, current: Answer) -> (Comment, Text<0, 120>) {
    if !happens(random, 10) {
        return (text(""), text(""));
    }
    let level = current.level().map(domain::level::Level::get);
    let comment = match level {
        Some(1 | 2) => one_of(random, &LOW),
        Some(3) => one_of(random, &MIDDLE),
        Some(_) => one_of(random, &HIGH),
        None => one_of(random, &UNKNOWN),
    };
    let weakness = match level {
        Some(1 | 2) if happens(random, 30) => one_of(random, &WEAKNESSES),
        _ => "",
    };
    (text(comment), text(weakness))
}

/// A reason for about one agreed level in four.
pub(super) fn reason(random: &mut SplitMix64) -> Reason {
    if happens(random, 25) {
        text(one_of(random, &REASONS))
    } else {
        text("")
    }
}
