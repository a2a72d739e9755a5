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
        /// Effekt på mål, in rounds that ask for it.
        Effect = "effekt",
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
        Part::Effect => rating.effect = Answer::parse(value)?,
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
    rating.effect = rating.effect.or(common.effect);
    let levels = |rating: &Rating| (rating.current, rating.target, rating.effect);
    let same = levels(&rating) == levels(common);
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
                    && matches!(part, Part::Current | Part::Target | Part::Effect)
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
        Part::Effect => rating.effect.map_or("", Answer::field).to_owned(),
        Part::Comment => rating.comment.to_string(),
        Part::Weakness => rating.weakness.to_string(),
    }
}

#[cfg(test)]
mod tests;
