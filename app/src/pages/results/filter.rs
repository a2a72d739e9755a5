//! What the address says should be shown: round, area, type, municipality, measure and order.

use std::cmp::Reverse;

use charts::Shown;
use domain::{
    ids::{AreaId, RoundId},
    map::CapabilityKind,
    municipality::Municipality,
    results::{Measure, RegionResult, Standing},
    text::swedish_order,
};

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// First things first; those without priority last.
    #[default]
    Priority,
    /// As on the map.
    Map,
    /// By name.
    Name,
    /// By what one municipality has, greatest first, those without last.
    Municipality(Municipality),
}

impl Order {
    fn parse(code: &str) -> Self {
        match code {
            "karta" => Self::Map,
            "namn" => Self::Name,
            code => code.parse().map_or(Self::Priority, Self::Municipality),
        }
    }

    fn code(self) -> Option<String> {
        match self {
            Self::Priority => None,
            Self::Map => Some("karta".to_owned()),
            Self::Name => Some("namn".to_owned()),
            Self::Municipality(municipality) => Some(municipality.to_string()),
        }
    }
}

/// A choice of what to show. Whatever the address says wrongly is as if it had not been said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The round; the latest closed one when none is said.
    pub round: Option<RoundId>,
    /// Capabilities of this area.
    pub area: Option<AreaId>,
    /// Capabilities of this type.
    pub kind: Option<CapabilityKind>,
    /// This municipality alone.
    pub municipality: Option<Municipality>,
    /// What the table shows.
    pub measure: Measure,
    /// The order of the table's rows.
    pub order: Order,
}

impl Filter {
    /// Reads the address's query, given as a look-up by name.
    pub fn parse<'a>(query: impl Fn(&str) -> &'a str) -> Self {
        Self {
            round: query("omgang").parse().ok(),
            area: query("omrade").parse().ok(),
            kind: CapabilityKind::from_code(query("typ")),
            municipality: query("kommun").parse().ok(),
            measure: Measure::from_code(query("matt")).unwrap_or(Measure::Gap),
            order: Order::parse(query("ordning")),
        }
    }

    /// The query that reads back as this choice: empty, or beginning with `?`.
    pub fn query(&self) -> String {
        let measure = match self.measure {
            Measure::Gap => None,
            Measure::Current => Some("nul%C3%A4ge"),
            Measure::Target => Some("b%C3%B6rl%C3%A4ge"),
        };
        let kind = self.kind.map(|kind| match kind {
            CapabilityKind::Supporting => "st%C3%B6djande",
            other => other.code(),
        });
        let pairs = [
            ("omgang", self.round.map(|id| id.to_string())),
            ("omrade", self.area.map(|id| id.to_string())),
            ("typ", kind.map(str::to_owned)),
            ("kommun", self.municipality.map(|code| code.to_string())),
            ("matt", measure.map(str::to_owned)),
            ("ordning", self.order.code()),
        ];
        let said: Vec<_> = (pairs.into_iter())
            .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
            .collect();
        if said.is_empty() {
            String::new()
        } else {
            format!("?{}", said.join("&"))
        }
    }

    /// The column of the municipality that is asked for alone, if it may be shown.
    pub fn column(&self, result: &RegionResult, shown: &Shown) -> Option<usize> {
        let own = self.municipality?;
        let column = result.municipalities.iter().position(|m| *m == own)?;
        shown.municipalities.contains(&column).then_some(column)
    }

    fn keeps(&self, result: &RegionResult, index: usize) -> bool {
        let capability = &result.capabilities[index];
        self.area.is_none_or(|area| capability.area == Some(area))
            && self.kind.is_none_or(|kind| capability.kind == kind)
    }

    /// Rows and columns in their order. `allowed` are the municipalities that may be shown at all.
    pub fn shown(&self, result: &RegionResult, allowed: impl Fn(Municipality) -> bool) -> Shown {
        let municipalities: Vec<_> = (result.municipalities.iter().enumerate())
            .filter(|(_, m)| allowed(**m) && self.municipality.is_none_or(|own| own == **m))
            .map(|(index, _)| index)
            .collect();
        let mut capabilities: Vec<_> = (0..result.capabilities.len())
            .filter(|index| self.keeps(result, *index))
            .collect();
        match self.order {
            Order::Map => {}
            // The order of the region would tell one municipality about the others.
            Order::Priority if result.conditions.standing == Standing::OwnOnly => {}
            Order::Priority => {
                let mut places = vec![usize::MAX; result.capabilities.len()];
                for (place, ranked) in result.ranking.iter().enumerate() {
                    places[ranked.capability] = place;
                }
                capabilities.sort_by_key(|index| places[*index]);
            }
            Order::Name => capabilities.sort_by(|a, b| {
                swedish_order(&result.capabilities[*a].name, &result.capabilities[*b].name)
            }),
            Order::Municipality(municipality) => {
                let column = (result.municipalities.iter())
                    .position(|m| *m == municipality)
                    .filter(|column| municipalities.contains(column));
                if let Some(column) = column {
                    let value = |index: usize| {
                        let cell = &result.capabilities[index].cells[column];
                        cell.value.number(self.measure)
                    };
                    capabilities.sort_by_key(|index| Reverse(value(*index)));
                }
            }
        }
        Shown {
            capabilities,
            municipalities,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Filter {
        let decoded = query.replace("%C3%A4", "ä").replace("%C3%B6", "ö");
        let pairs: Vec<(String, String)> = (decoded.trim_start_matches('?').split('&'))
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Filter::parse(|name| {
            pairs
                .iter()
                .find(|(key, _)| key == name)
                .map_or("", |(_, value)| value)
        })
    }

    #[test]
    fn an_address_reads_back_as_the_choice_it_was_made_from() {
        let orders = ["", "karta", "namn", "1492"];
        for measure in Measure::ALL {
            for kind in [None]
                .into_iter()
                .chain(CapabilityKind::ALL.iter().copied().map(Some))
            {
                for order in orders {
                    let filter = Filter {
                        round: "00000000-0000-0000-0000-000000000007".parse().ok(),
                        area: None,
                        kind,
                        municipality: "1421".parse().ok(),
                        measure: *measure,
                        order: Order::parse(order),
                    };
                    assert_eq!(read(&filter.query()), filter);
                }
            }
        }
        assert_eq!(read("").query(), "");
        assert_eq!(read("matt=x&typ=y&kommun=0000&ordning=z").query(), "");
    }
}
