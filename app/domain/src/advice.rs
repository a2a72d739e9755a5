//! Advice on how a capability is named: what, not how, who or with which system. It never stops anyone.

use crate::{level::Level, map::Anchors, text::fold};

/// More capabilities than this tire those who answer: two questions about each.
pub const MANY_CAPABILITIES: usize = 45;

/// How every formulation begins.
pub const OPENING: &str = "Förmåga att";

/// Products that Swedish municipalities often have, and that a capability should outlive.
const PRODUCTS: [&str; 48] = [
    "Agresso",
    "Artvise",
    "Boardmaker",
    "Canvas",
    "Castor",
    "Ciceron",
    "Combine",
    "Cosmic",
    "eBlomlådan",
    "Edlevo",
    "Evolution",
    "Excel",
    "Gmail",
    "Google Workspace",
    "Heroma",
    "Hypergene",
    "Infomentor",
    "IST",
    "Lifecare",
    "Microsoft 365",
    "Netpublicator",
    "Office",
    "Office 365",
    "OneDrive",
    "OneNote",
    "Outlook",
    "Personec",
    "Platina",
    "Power BI",
    "PowerPoint",
    "Procapita",
    "Public 360",
    "Qlik",
    "Raindance",
    "SAP",
    "ServiceNow",
    "SharePoint",
    "Skola24",
    "Skype",
    "Stratsys",
    "Teams",
    "Treserva",
    "Unit4",
    "Visma",
    "Vklass",
    "W3D3",
    "Windows",
    "Zoom",
];

/// Endings of words for a part of the organisation.
const UNIT_ENDINGS: [&str; 5] = [
    "enheten",
    "avdelningen",
    "förvaltningen",
    "nämnden",
    "kontoret",
];

/// Something to think about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// A product is named: the capability should still make sense when it has been replaced.
    Product(&'static str),
    /// A part of the organisation is named: the capability should still make sense after a reorganisation.
    Unit(String),
    /// Another capability has this name, apart from case, diacritics and punctuation.
    Duplicate(String),
    /// The formulation does not begin with [`OPENING`].
    Opening,
    /// So many capabilities are on the map, more than [`MANY_CAPABILITIES`].
    Many(usize),
    /// Some levels have words of their own and these have not.
    Levels(Vec<Level>),
}

/// Advice on a capability's own words for the levels: all five or none.
pub fn anchor_advice(anchors: &Anchors) -> Option<Advice> {
    let missing = anchors.missing();
    (!missing.is_empty()).then_some(Advice::Levels(missing))
}

/// Advice on a capability as it is being written. `others` are the names of all other capabilities on the map, and
/// `count` is how many there are with this one.
pub fn advice<'a>(
    name: &str,
    formulation: &str,
    others: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<Advice> {
    let mut found = Vec::new();
    let texts = [name, formulation];
    found.extend(
        (PRODUCTS.iter())
            .filter(|product| texts.iter().any(|text| names_product(text, product)))
            .map(|product| Advice::Product(product)),
    );
    // "Office 365" says all that "Office" does.
    let longer = found.clone();
    found.retain(|advice| {
        !longer.iter().any(|other| match (advice, other) {
            (Advice::Product(short), Advice::Product(long)) => {
                short.len() < long.len() && long.starts_with(short)
            }
            _ => false,
        })
    });
    if let Some(unit) = texts.iter().find_map(|text| unit(text)) {
        found.push(Advice::Unit(unit));
    }
    let folded = fold(name);
    if !folded.is_empty()
        && let Some(same) = others.into_iter().find(|other| fold(other) == folded)
    {
        found.push(Advice::Duplicate(same.to_owned()));
    }
    if !formulation.trim().is_empty() && !opens(formulation) {
        found.push(Advice::Opening);
    }
    if count > MANY_CAPABILITIES {
        found.push(Advice::Many(count));
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether the product's words stand in the text, one after the other.
fn names_product(text: &str, product: &str) -> bool {
    let text: Vec<_> = words(text).map(fold).collect();
    let product: Vec<_> = words(product).map(fold).collect();
    text.windows(product.len()).any(|run| run == product)
}

/// The first word for a part of the organisation.
fn unit(text: &str) -> Option<String> {
    words(text)
        .find(|word| {
            let word = word.to_lowercase();
            let word = word.strip_suffix('s').unwrap_or(&word);
            UNIT_ENDINGS.iter().any(|ending| word.ends_with(ending))
        })
        .map(str::to_owned)
}

/// Whether the formulation begins as it should and goes on.
fn opens(formulation: &str) -> bool {
    let mut words = words(formulation);
    let mut opening = OPENING.split(' ');
    opening.all(|word| words.next().is_some_and(|own| fold(own) == fold(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, formulation: &str) -> Vec<Advice> {
        advice(name, formulation, ["Ärendehantering", "E-arkiv"], 10)
    }

    #[test]
    fn own_words_for_some_levels_only_are_worth_a_look() {
        let words =
            |written: [&str; 5]| Anchors(written.map(|words| words.parse().expect("short enough")));
        let level = |number| Level::new(number).expect("from 1 to 5");
        assert_eq!(anchor_advice(&Anchors::default()), None);
        assert_eq!(anchor_advice(&words(["a", "b", "c", "d", "e"])), None);
        assert_eq!(
            anchor_advice(&words(["a", "", "c", "", "e"])),
            Some(Advice::Levels(vec![level(2), level(4)]))
        );
    }

    #[test]
    fn a_product_is_found_as_a_word_in_name_or_formulation() {
        assert_eq!(of("Mötas i Teams", ""), [Advice::Product("Teams")]);
        assert_eq!(of("Teams-möten", ""), [Advice::Product("Teams")]);
        assert_eq!(
            of("Diarium", "Förmåga att föra diarium i public 360"),
            [Advice::Product("Public 360")]
        );
        assert_eq!(of("Office 365", ""), [Advice::Product("Office 365")]);
        assert_eq!(of("Arbeta i team", "Förmåga att excellera"), []);
    }

    #[test]
    fn a_part_of_the_organisation_is_found_by_its_ending() {
        assert_eq!(
            of("IT-enhetens drift", ""),
            [Advice::Unit("enhetens".into())]
        );
        assert_eq!(
            of("Socialförvaltningen", ""),
            [Advice::Unit("Socialförvaltningen".into())]
        );
        assert_eq!(of("Enhetlighet", "Förmåga att ta emot ämnden"), []);
    }

    #[test]
    fn a_duplicate_is_found_regardless_of_case_diacritics_and_punctuation() {
        assert_eq!(
            of("arende-hantering", ""),
            [Advice::Duplicate("Ärendehantering".into())]
        );
        assert_eq!(of("earkiv", ""), [Advice::Duplicate("E-arkiv".into())]);
        assert_eq!(of("", ""), []);
    }

    #[test]
    fn a_formulation_should_begin_with_förmåga_att_but_may_be_left_for_later() {
        assert_eq!(of("Drift", "Vi driftar servrar"), [Advice::Opening]);
        assert_eq!(of("Drift", "förmåga  att hålla i gång"), []);
        assert_eq!(of("Drift", ""), []);
    }

    #[test]
    fn more_than_forty_five_capabilities_are_many() {
        assert_eq!(advice("Drift", "", [], 45), []);
        assert_eq!(advice("Drift", "", [], 46), [Advice::Many(46)]);
    }
}
