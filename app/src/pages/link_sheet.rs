//! The sheet of personal links with QR codes, to print and cut apart.

use std::fmt::Write as _;

use domain::{ids::MappingId, municipality::Municipality, survey::Round};
use fast_qr::{ECL, QRBuilder};
use leptos::prelude::*;

use super::participants::{names, round_address};
use crate::{components::Empty, texts::Texts};

/// One person's card.
#[derive(Clone, Debug)]
pub struct LinkCard {
    /// Name.
    pub name: String,
    /// For whom they answer.
    pub municipalities: Vec<Municipality>,
    /// The personal link.
    pub link: String,
}

/// A sheet of cards.
pub fn view(texts: Texts, mapping: MappingId, round: &Round, cards: &[LinkCard]) -> AnyView {
    let base = round_address(mapping, round);
    let sheet = if cards.is_empty() {
        view! { <Empty text=texts.participant_sheet_none() /> }.into_any()
    } else {
        let cards: Vec<_> = cards
            .iter()
            .map(|card| self::card(texts, round, card))
            .collect();
        view! { <ul class="sheet">{cards}</ul> }.into_any()
    };
    view! {
        <div class="page-head screen-only">
            <p class="eyebrow"><a href=format!("{base}/deltagare")>{texts.form_back()}</a></p>
            <h1>{texts.participant_sheet_title()}</h1>
            <p class="lead">{texts.participant_sheet_lead()}</p>
            <div class="actions">
                <button class="button primary" type="button" hidden data-print>{texts.participant_sheet_print()}</button>
            </div>
        </div>
        {sheet}
    }
    .into_any()
}

fn card(texts: Texts, round: &Round, card: &LinkCard) -> AnyView {
    let code = qr(&card.link).map(|(size, path)| {
        // Four modules of quiet around, as the standard asks.
        view! {
            <svg class="qr" viewBox=format!("-4 -4 {0} {0}", size + 8) role="img" aria-label=texts.participant_card_code(card.name.as_str()) shape-rendering="crispEdges">
                <path d=path fill="currentColor" />
            </svg>
        }
    });
    view! {
        <li class="link-card">
            {code}
            <h2 class="name">{card.name.clone()}</h2>
            <p>{round.name.to_string()}" · "{names(&card.municipalities)}</p>
            <p>{texts.participant_card_instruction()}</p>
            <p><a class="link" href=card.link.clone()>{card.link.clone()}</a></p>
            <p class="muted">{texts.participant_card_privacy()}</p>
        </li>
    }
    .into_any()
}

/// A QR code as the number of modules a side and one path of their dark runs; none for a text too long for any code.
pub(crate) fn qr(text: &str) -> Option<(usize, String)> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|&x| code[y][x].value()).count();
            if run > 0 {
                write!(path, "M{x} {y}h{run}v1h-{run}z").ok()?;
            }
            x += run.max(1);
        }
    }
    Some((code.size, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_finder_patterns_and_stays_within_its_square() {
        let (size, path) =
            qr("https://formagekartan.example.se/e/abcdefghjkmnpqrstuvwxyz234567892")
                .expect("a link fits a code");
        let last = size - 7;
        for finder in [
            "M0 0h7v1h-7z".to_owned(),
            format!("M{last} 0h7v1h-7z"),
            format!("M0 {last}h7v1h-7z"),
        ] {
            assert!(path.contains(&finder), "{finder} in {path}");
        }
        for run in path.split('M').skip(1) {
            let numbers: Vec<usize> = (run.split(|c: char| !c.is_ascii_digit()))
                .filter_map(|number| number.parse().ok())
                .collect();
            assert!(
                numbers[0] + numbers[2] <= size && numbers[1] < size,
                "{run}"
            );
        }
    }

    #[test]
    fn a_text_too_long_for_any_code_gives_none() {
        assert!(qr(&"a".repeat(8000)).is_none());
    }
}
