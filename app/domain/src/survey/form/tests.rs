//! What the form promises.

use proptest::{collection::vec, option, prelude::*, sample::select};
use uuid::Uuid;

use super::*;

const CAPABILITIES: [CapabilityId; 3] = [
    CapabilityId::new(Uuid::from_u128(7)),
    CapabilityId::new(Uuid::from_u128(3)),
    CapabilityId::new(Uuid::from_u128(5)),
];

fn municipalities() -> Vec<Municipality> {
    ["1438", "1484"]
        .map(|code| code.parse().expect("a municipality"))
        .to_vec()
}

fn sheet(ratings: &Ratings) -> Sheet {
    Sheet {
        ratings: (ratings.iter())
            .filter(|(_, rating)| !rating.is_empty())
            .cloned()
            .collect(),
    }
}

fn pairs(fields: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
}

fn answer() -> impl Strategy<Value = Option<Answer>> {
    option::of(select(Answer::ALL.to_vec()))
}

fn rating() -> impl Strategy<Value = Rating> {
    (
        answer(),
        answer(),
        "[a-zåäö]{0,9}( [A-ZÅÄÖ&=+%.]{1,9}){0,2}",
        "[a-zåäö]{0,20}",
    )
        .prop_map(|(current, target, comment, weakness)| Rating {
            current,
            target,
            effect: None,
            comment: Text::parse(&comment).expect("it fits"),
            weakness: Text::parse(&weakness).expect("it fits"),
        })
}

/// Whatever a person can fill in: a rating for every capability and scope.
fn filled_in() -> impl Strategy<Value = Ratings> {
    vec(rating(), 9).prop_map(|ratings| {
        let keys = CAPABILITIES.iter().flat_map(|id| {
            scopes(&municipalities())
                .into_iter()
                .map(|scope| (*id, scope))
        });
        keys.zip(ratings).collect()
    })
}

fn posted(ratings: &Ratings) -> BTreeMap<String, String> {
    let mut posted = BTreeMap::new();
    for ((capability, scope), rating) in ratings {
        for &part in Part::ALL {
            let field = Field {
                capability: *capability,
                scope: *scope,
                part,
            };
            posted.insert(field.to_string(), said(rating, part));
        }
    }
    posted
}

proptest! {
    #[test]
    fn a_sheet_for_one_municipality_reads_back_as_itself(ratings in vec(rating(), 3)) {
        let ratings: Ratings = CAPABILITIES.iter().map(|id| (*id, Scope::All)).zip(ratings).collect();
        let own = &municipalities()[..1];
        let fields = fields(&CAPABILITIES, own, &sheet(&ratings));
        prop_assert_eq!(read(&CAPABILITIES, own, pairs(&fields)), Ok(ratings));
    }

    #[test]
    fn what_was_read_is_shown_and_read_again_as_the_same(filled_in in filled_in()) {
        let own = municipalities();
        let ratings = read(&CAPABILITIES, &own, pairs(&posted(&filled_in))).expect("all of it is valid");
        let shown = fields(&CAPABILITIES, &own, &sheet(&ratings));
        prop_assert_eq!(read(&CAPABILITIES, &own, pairs(&shown)), Ok(ratings));
    }

    #[test]
    fn an_empty_answer_for_one_municipality_is_the_one_for_all(filled_in in filled_in()) {
        let own = municipalities();
        let sheet = sheet(&read(&CAPABILITIES, &own, pairs(&posted(&filled_in))).expect("all of it is valid"));
        let typed: BTreeMap<_, _> = filled_in.into_iter().collect();
        for id in CAPABILITIES {
            for municipality in &own {
                let (one, all) = (&typed[&(id, Scope::Only(*municipality))], &typed[&(id, Scope::All)]);
                let holds = sheet.rating_for(id, *municipality).cloned().unwrap_or_default();
                prop_assert_eq!(holds.current, one.current.or(all.current));
                prop_assert_eq!(holds.target, one.target.or(all.target));
            }
        }
    }

    #[test]
    fn an_answer_outside_the_scale_is_refused_by_its_field(value in "[^1-5]|[0-9]{2,4}|-?[1-5]\\.[0-9]|[a-z -]{1,12}") {
        prop_assume!(Answer::parse(&value).is_err());
        let field = Field { capability: CAPABILITIES[1], scope: Scope::All, part: Part::Target }.to_string();
        let read = read(&CAPABILITIES, &municipalities(), [(field.as_str(), value.as_str())]);
        prop_assert_eq!(read, Err(vec![(field.clone(), Fault::NotAnAnswer(NotAnAnswer))]));
    }

    #[test]
    fn a_field_that_is_not_on_the_page_is_refused(name in "[0-9a-f]{0,32}\\.(alla|[0-9]{4}|x)\\.[a-z]{0,8}") {
        let known = posted(&filled_in_with_nothing());
        prop_assume!(!known.contains_key(&name));
        prop_assert!(read(&CAPABILITIES, &municipalities(), [(name.as_str(), "1")]).is_err());
    }
}

fn filled_in_with_nothing() -> Ratings {
    (CAPABILITIES.iter())
        .flat_map(|id| {
            scopes(&municipalities())
                .into_iter()
                .map(|scope| (*id, scope))
        })
        .map(|key| (key, Rating::default()))
        .collect()
}

fn faults(name: &str, value: &str, own: &[Municipality]) -> Vec<Fault> {
    let read = read(&CAPABILITIES, own, [(name, value), ("till", "granska")]);
    let faults = read.expect_err("it must be refused");
    assert!(faults.iter().all(|(field, _)| field == name));
    faults.into_iter().map(|(_, fault)| fault).collect()
}

#[test]
fn each_thing_that_is_foreign_or_too_long_has_its_own_fault() {
    let own = municipalities();
    let [id, ..] = CAPABILITIES.map(|id| id.uuid().simple().to_string());
    let name = |scope: &str, part: &str| format!("{id}.{scope}.{part}");
    let foreign = format!("{}.alla.nulage", Uuid::from_u128(99).simple());
    assert_eq!(faults(&foreign, "1", &own), [Fault::ForeignCapability]);
    assert_eq!(
        faults("x.alla.nulage", "1", &own),
        [Fault::ForeignCapability]
    );
    for scope in ["1480", "0000", "ALLA", ""] {
        let name = name(scope, "nulage");
        assert_eq!(
            faults(&name, "1", &own),
            [Fault::ForeignMunicipality],
            "{scope}"
        );
    }
    // Someone with one municipality has one block.
    assert_eq!(
        faults(&name("1438", "nulage"), "1", &own[..1]),
        [Fault::ForeignMunicipality]
    );
    assert_eq!(
        faults(&name("alla", "kostnad"), "1", &own),
        [Fault::UnknownPart]
    );
    let long = TextError::TooLong {
        length: 1001,
        max: 1000,
    };
    assert_eq!(
        faults(&name("alla", "kommentar"), &"å".repeat(1001), &own),
        [Fault::Text(long)]
    );
    let long = TextError::TooLong {
        length: 121,
        max: 120,
    };
    assert_eq!(
        faults(&name("1484", "oformaga"), &"å".repeat(121), &own),
        [Fault::Text(long)]
    );
    assert_eq!(
        faults(&name("alla", "kommentar"), "a\0", &own),
        [Fault::Text(TextError::Control)]
    );
}

#[test]
fn an_empty_page_takes_everything_on_it_away() {
    let read = read(&CAPABILITIES, &municipalities(), [("till", "2")]);
    assert_eq!(read, Ok(filled_in_with_nothing()));
}
