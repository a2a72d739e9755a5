//! What the example's municipalities have done before, and an interest enquiry put to them.

use std::error::Error;

use domain::{
    ids::{ContactId, EnquiryId},
    municipality::Municipality,
    participation::{Contact, Enquiry, Readiness, Reply, Strategy},
};
use store::{GivenReply, Store};
use time::macros::{date, datetime};

use super::{
    MAPPING, MINUTE, millis,
    seed::{Purpose, id, text},
};
use crate::link::LinkKey;

/// What each municipality says it has done before: its strategy, and the year of an earlier self-assessment.
const READY: [(&str, Strategy, Option<u16>); 14] = [
    ("Bengtsfors", Strategy::Begun, Some(2023)),
    ("Dals-Ed", Strategy::Missing, None),
    ("Färgelanda", Strategy::Begun, None),
    ("Lysekil", Strategy::Done, Some(2024)),
    ("Mellerud", Strategy::Missing, None),
    ("Munkedal", Strategy::Done, Some(2024)),
    ("Orust", Strategy::Unknown, None),
    ("Sotenäs", Strategy::Done, Some(2024)),
    ("Strömstad", Strategy::Begun, Some(2022)),
    ("Tanum", Strategy::Done, Some(2025)),
    ("Trollhättan", Strategy::Done, Some(2025)),
    ("Uddevalla", Strategy::Done, Some(2025)),
    ("Vänersborg", Strategy::Begun, Some(2023)),
    ("Åmål", Strategy::Begun, None),
];

/// Who has answered the enquiry, and how; the others are silent.
const REPLIES: [(&str, Reply); 8] = [
    ("Lysekil", Reply::Yes),
    ("Munkedal", Reply::Yes),
    ("Sotenäs", Reply::Yes),
    ("Uddevalla", Reply::Yes),
    ("Tanum", Reply::Yes),
    ("Trollhättan", Reply::No),
    ("Vänersborg", Reply::No),
    ("Strömstad", Reply::No),
];

/// Who is asked, and who has answered.
const ASKED: &str = "Kommundirektör (Exempel)";

/// Notes it all; done again, it changes nothing.
pub(super) async fn note(store: &Store, key: &LinkKey) -> Result<(), Box<dyn Error>> {
    for (name, strategy, year) in READY {
        let readiness = Readiness {
            municipality: municipality(name)?,
            strategy,
            strategy_link: text(""),
            tool: text(if year.is_some() {
                "Självskattning, Exempel"
            } else {
                ""
            }),
            year,
            tool_link: text(""),
            note: text(""),
        };
        store.set_readiness(MAPPING, &readiness).await?;
    }
    enquire(store, key).await
}

/// Asks about what may come after the mapping, and takes in what is answered.
async fn enquire(store: &Store, key: &LinkKey) -> Result<(), Box<dyn Error>> {
    let created_at = millis(datetime!(2026-11-05 09:00 UTC));
    let enquiry = Enquiry {
        id: EnquiryId::new(id(Purpose::Enquiry, &[])),
        mapping: MAPPING,
        question: text("Vill ni pröva en gemensam beställarfunktion? (Exempel)"),
        explanation: text(
            "Vi undersöker om några kommuner vill pröva en gemensam beställarfunktion för digitala tjänster. Ett ja är ett intresse, inget avtal.",
        ),
        deadline: date!(2026 - 12 - 04),
        created_at,
        closed_at: None,
    };
    let contacts: Vec<_> = (1..)
        .zip(Municipality::fyrbodal())
        .map(|(nth, municipality)| {
            let contact = Contact {
                id: ContactId::new(id(Purpose::Enquiry, &[nth])),
                enquiry: enquiry.id,
                municipality,
                name: text(ASKED),
                email: text(""),
                reply: None,
                note: text(""),
                replied_by: text(""),
                replied_at: None,
            };
            let token = key.contact(contact.id).hash();
            (contact, token)
        })
        .collect();
    (store.save_enquiry(&enquiry, &contacts, None, created_at)).await?;
    for (name, reply) in REPLIES {
        let home = municipality(name)?;
        let (contact, _) = (contacts.iter())
            .find(|(contact, _)| contact.municipality == home)
            .ok_or("the example asks everyone")?;
        let given = GivenReply {
            reply: Some(reply),
            note: text(""),
            replied_by: text(ASKED),
        };
        let at = created_at + 24 * 60 * MINUTE;
        store.enter_reply(contact.id, given, None, at).await?;
    }
    Ok(())
}

fn municipality(name: &str) -> Result<Municipality, Box<dyn Error>> {
    Municipality::by_name(name).ok_or_else(|| format!("no municipality is called {name}").into())
}
