//! One page of the survey as a form: from fields as posted to ratings, and from ratings to fields.

use std::{collections::BTreeMap, fmt, str::FromStr};

use super::{Rating, Scope, Sheet};
use crate::{
    ids::CapabilityId,
    level::{Answer, NotAnAnswer},
    map::choices,
    municipality::Municipality,
    text::{Text, TextError},
};

choices! {
    /// A part of a rating, with its name in the form.
    Part {
        /// Nuläge.
        Current = "nulage",
        /// Börläge.
        Target = "borlage",
        /// A comment.
        Comment = "kommentar",
        /// A weakness.
        Weakness = "oformaga",
    }
}

/// What stands for all of a person's municipalities in a field's name.
const ALL: &str = "alla";

/// The name of a field: `<capability>.<alla or a municipality's code>.<part>`.
///
/// The dot is what tells these from the page's other fields, such as where to go next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field {
    /// About which capability.
    pub capability: CapabilityId,
    /// For whom.
    pub scope: Scope,
    /// Which part of the rating.
    pub part: Part,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.", self.capability.uuid().simple())?;
        match self.scope {
            Scope::All => f.write_str(ALL)?,
            Scope::Only(municipality) => municipality.fmt(f)?,
        }
        write!(f, ".{}", self.part.code())
    }
}

impl FromStr for Field {
    type Err = Fault;

    fn from_str(name: &str) -> Result<Self, Fault> {
        let mut parts = name.splitn(3, '.');
        let mut next = || parts.next().unwrap_or_default();
        let capability = next().parse().map_err(|_| Fault::ForeignCapability)?;
        let scope = match next() {
            ALL => Scope::All,
            code => Scope::Only(code.parse().map_err(|_| Fault::ForeignMunicipality)?),
        };
        let part = Part::from_code(next()).ok_or(Fault::UnknownPart)?;
        Ok(Self {
            capability,
            scope,
            part,
        })
    }
}

/// What is wrong with a posted field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The capability is not asked about on this page.
    #[error("about a capability that is not on the page")]
    ForeignCapability,
    /// The person does not answer for the municipality, or not for it apart from the others.
    #[error("for a municipality that the person does not answer for")]
    ForeignMunicipality,
    /// A rating has no such part.
    #[error("not a part of a rating")]
    UnknownPart,
    /// Neither a level from 1 to 5 nor another answer.
    #[error(transparent)]
    NotAnAnswer(#[from] NotAnAnswer),
    /// The text does not fit.
    #[error(transparent)]
    Text(#[from] TextError),
}

/// Ratings by capability and scope, in the order of the page; an empty one says that there is none.
pub type Ratings = Vec<((CapabilityId, Scope), Rating)>;

/// Whom a person may answer for on a page: all of theirs, then each on its own when there are several.
pub fn scopes(municipalities: &[Municipality]) -> Vec<Scope> {
    let mut scopes = vec![Scope::All];
    if municipalities.len() > 1 {
        scopes.extend(municipalities.iter().copied().map(Scope::Only));
    }
    scopes
}

/// Reads a posted page: one rating for every capability and scope, empty where nothing was filled in.
///
/// An answer left empty for a single municipality is the one for all; a municipality that says nothing else than the
/// others has no rating of its own. Fields without a dot in their name are not the survey's and are passed over; of a
/// field that comes twice the last holds.
///
/// # Errors
/// Every field that is wrong, by its name, in the order they came.
pub fn read<'f>(
    capabilities: &[CapabilityId],
    municipalities: &[Municipality],
    fields: impl IntoIterator<Item = (&'f str, &'f str)>,
) -> Result<Ratings, Vec<(String, Fault)>> {
    let scopes = scopes(municipalities);
    let mut ratings: BTreeMap<(CapabilityId, Scope), Rating> = (capabilities.iter())
        .flat_map(|id| scopes.iter().map(|scope| (*id, *scope)))
        .map(|key| (key, Rating::default()))
        .collect();
    let faults: Vec<_> = (fields.into_iter())
        .filter(|(name, _)| name.contains('.'))
        .filter_map(|(name, value)| {
            let fault = fill_in(&mut ratings, capabilities, name, value).err()?;
            Some((name.to_owned(), fault))
        })
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut page = Ratings::with_capacity(ratings.len());
    for capability in capabilities {
        let common = (ratings.get(&(*capability, Scope::All)).cloned()).unwrap_or_default();
        for scope in &scopes {
            let key = (*capability, *scope);
            let mut rating = ratings.remove(&key).unwrap_or_default();
            if *scope != Scope::All {
                rating = own(rating, &common);
            }
            page.push((key, rating));
        }
    }
    Ok(page)
}

fn fill_in(
    ratings: &mut BTreeMap<(CapabilityId, Scope), Rating>,
    capabilities: &[CapabilityId],
    name: &str,
    value: &str,
) -> Result<(), Fault> {
    let field: Field = name.parse()?;
    if !capabilities.contains(&field.capability) {
        return Err(Fault::ForeignCapability);
    }
    let rating =
        (ratings.get_mut(&(field.capability, field.scope))).ok_or(Fault::ForeignMunicipality)?;
    match field.part {
        Part::Current => rating.current = Answer::parse(value)?,
        Part::Target => rating.target = Answer::parse(value)?,
        Part::Comment => rating.comment = Text::parse(value)?,
        Part::Weakness => rating.weakness = Text::parse(value)?,
    }
    Ok(())
}

/// A single municipality's rating, made whole from the one for all; empty when it says nothing of its own.
fn own(mut rating: Rating, common: &Rating) -> Rating {
    if rating.is_empty() {
        return rating;
    }
    rating.current = rating.current.or(common.current);
    rating.target = rating.target.or(common.target);
    let same = (rating.current, rating.target) == (common.current, common.target);
    if same && rating.comment.is_empty() && rating.weakness.is_empty() {
        return Rating::default();
    }
    rating
}

/// What the fields of a page hold for a sheet, by name: the reverse of [`read`]. Empty fields are left out.
pub fn fields(
    capabilities: &[CapabilityId],
    municipalities: &[Municipality],
    sheet: &Sheet,
) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for capability in capabilities {
        let common = sheet.ratings.get(&(*capability, Scope::All));
        for scope in scopes(municipalities) {
            let Some(rating) = sheet.ratings.get(&(*capability, scope)) else {
                continue;
            };
            for &part in Part::ALL {
                let said = |rating: &Rating| said(rating, part);
                let value = said(rating);
                let inherited = scope != Scope::All
                    && matches!(part, Part::Current | Part::Target)
                    && common.map(said).as_ref() == Some(&value);
                if !value.is_empty() && !inherited {
                    let field = Field {
                        capability: *capability,
                        scope,
                        part,
                    };
                    fields.insert(field.to_string(), value);
                }
            }
        }
    }
    fields
}

fn said(rating: &Rating, part: Part) -> String {
    match part {
        Part::Current => rating.current.map_or("", Answer::field).to_owned(),
        Part::Target => rating.target.map_or("", Answer::field).to_owned(),
        Part::Comment => rating.comment.to_string(),
        Part::Weakness => rating.weakness.to_string(),
    }
}

#[cfg(test)]
mod tests {
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
            ratings: (ratings.iter().cloned())
                .filter(|(_, rating)| !rating.is_empty())
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
            faults(&name("alla", "effekt"), "1", &own),
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
}
