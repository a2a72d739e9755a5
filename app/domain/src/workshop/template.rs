//! The five workshops as templates that a facilitator changes.

use std::sync::LazyLock;

use serde::Deserialize;

use super::agenda::{Activity, Item, ItemKind};
use crate::{
    ids::ItemId,
    map::choices,
    text::{Text, Title},
};

choices! {
    /// Which of the five workshops.
    Series {
        /// WS1 mål och förmågor.
        Ws1 = "ws1",
        /// WS2 gruppera.
        Ws2 = "ws2",
        /// WS3 fastställa.
        Ws3 = "ws3",
        /// WS4 nuläge.
        Ws4 = "ws4",
        /// WS5 förbättringsområden.
        Ws5 = "ws5",
    }
}

#[derive(Deserialize)]
struct Template {
    title: Title,
    items: Vec<Point>,
}

#[derive(Deserialize)]
struct Point {
    title: Title,
    kind: ItemKind,
    activity: Activity,
    instruction: Text<0, 400>,
    minutes: u16,
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/workshops.json"))
        .expect("the templates are part of the program and tested")
});

/// The name and agenda that a workshop begins with. `id` makes ids for its points.
pub fn template(series: Series, mut id: impl FnMut() -> ItemId) -> (Title, Vec<Item>) {
    let template = &TEMPLATES[series as usize];
    let agenda = (template.items.iter())
        .map(|point| Item {
            id: id(),
            title: point.title.clone(),
            kind: point.kind,
            activity: point.activity,
            instruction: point.instruction.clone(),
            responsible: Text::default(),
            minutes: point.minutes,
            skipped: false,
        })
        .collect();
    (template.title.clone(), agenda)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn every_template_is_a_half_day_that_begins_and_ends() {
        let mut number = 0;
        let mut id = || {
            number += 1;
            ItemId::new(Uuid::from_u128(number))
        };
        for series in Series::ALL {
            let (title, agenda) = template(*series, &mut id);
            let minutes: u16 = agenda.iter().map(|item| item.minutes).sum();
            assert!((150..=240).contains(&minutes), "{title}: {minutes} minutes");
            assert_eq!(agenda[0].kind, ItemKind::Information, "{title}");
            assert_eq!(
                agenda.last().map(|item| item.title.as_str()),
                Some("Avslut"),
                "{title}"
            );
        }
    }
}
