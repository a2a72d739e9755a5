//! A map as rows of text, for files that people open in a spreadsheet and that read back.

use super::{Column, RowKind};
use crate::{
    map::{Contents, Goal},
    text::Text,
};

/// Characters that make a spreadsheet take a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before what looks like one.
pub fn guarded(text: &str) -> String {
    if looks_like_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// What [`guarded`] was given.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if looks_like_formula(text) => text,
        _ => cell,
    }
}

/// Apostrophes before a formula count as part of it, so that what had one before still has it after.
fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// A row with these cells, in the order of the columns.
fn row(cells: &[(Column, &str)]) -> Vec<String> {
    (Column::ALL.iter())
        .map(|column| {
            let cell = cells.iter().find(|(other, _)| other == column);
            cell.map_or_else(String::new, |(_, text)| guarded(text))
        })
        .collect()
}

fn header() -> Vec<String> {
    (Column::ALL.iter())
        .map(|column| column.code().to_owned())
        .collect()
}

/// The map as it stands, header first: areas, goals, active capabilities and weaknesses. Reading the rows into an empty
/// map gives the same map with other ids, as long as no two goals or two capabilities share a name.
pub fn table(contents: &Contents) -> Vec<Vec<String>> {
    let mut rows = vec![header()];
    for (_, area) in contents.areas_in_order() {
        rows.push(row(&[
            (Column::Kind, RowKind::Area.code()),
            (Column::Name, &area.name),
            (Column::Description, &area.description),
        ]));
    }
    let mut goals: Vec<&Goal> = contents.goals.values().collect();
    goals.sort_by_key(|goal| goal.level);
    for goal in goals {
        let above = goal.parent.and_then(|id| contents.goals.get(&id));
        rows.push(row(&[
            (Column::Kind, RowKind::Goal.code()),
            (Column::Name, &goal.title),
            (Column::Description, &goal.description),
            (Column::Type, goal.level.code()),
            (Column::Belongs, above.map_or("", |above| &above.title)),
            (
                Column::Municipality,
                goal.municipality
                    .map_or("", |municipality| municipality.name()),
            ),
        ]));
    }
    for (_, capability) in contents.active_in_order() {
        let draft = &capability.draft;
        let area = draft.area.and_then(|id| contents.areas.get(&id));
        let layers: Vec<_> = draft.layers.iter().map(|layer| layer.code()).collect();
        let goals: Vec<_> = (draft.goals.iter().filter_map(|id| contents.goals.get(id)))
            .map(|goal| goal.title.as_str())
            .collect();
        let layers = layers.join(", ");
        let goals = goals.join("\n");
        let mut cells = vec![
            (Column::Kind, RowKind::Capability.code()),
            (Column::Area, area.map_or("", |area| &area.name)),
            (Column::Name, &draft.name),
            (Column::Formulation, &draft.formulation),
            (Column::Description, &draft.description),
            (Column::Type, draft.kind.code()),
            (Column::Layers, layers.as_str()),
            (Column::Belongs, goals.as_str()),
        ];
        let words = draft.anchors.0.iter().map(Text::as_str);
        cells.extend(Column::LEVELS.into_iter().zip(words));
        rows.push(row(&cells));
    }
    for weakness in contents.weaknesses.values() {
        let held = (weakness
            .capability
            .and_then(|id| contents.capabilities.get(&id)))
        .filter(|capability| capability.is_active());
        rows.push(row(&[
            (Column::Kind, RowKind::Weakness.code()),
            (Column::Name, &weakness.name),
            (Column::Description, &weakness.description),
            (Column::Type, weakness.kind.code()),
            (Column::Belongs, held.map_or("", |held| &held.draft.name)),
        ]));
    }
    rows
}

/// An example of every kind of row, to fill in.
pub fn template() -> Vec<Vec<String>> {
    vec![
        header(),
        row(&[
            (Column::Kind, "mål"),
            (Column::Name, "Ett enklare vardagsliv för invånarna"),
            (Column::Type, "nationell"),
        ]),
        row(&[
            (Column::Kind, "förmåga"),
            (Column::Area, "Digital trygghet"),
            (Column::Name, "Incidenthantering"),
            (
                Column::Formulation,
                "Förmåga att upptäcka, hantera och lära av incidenter",
            ),
            (
                Column::Description,
                "Händelser upptäcks snabbt och leder till förbättringar.",
            ),
            (Column::Type, "stödjande"),
            (Column::Layers, "organisatorisk, teknisk"),
            (Column::Belongs, "Ett enklare vardagsliv för invånarna"),
            (Column::Level1, "Vi märker incidenter när någon klagar."),
            (
                Column::Level2,
                "IT tar hand om dem, men ingen skriver ner vad som hände.",
            ),
            (
                Column::Level3,
                "Alla vet vart de ska vända sig, och varje incident skrivs upp.",
            ),
            (
                Column::Level4,
                "Ledningen får en sammanställning varje kvartal och åtgärdar.",
            ),
            (
                Column::Level5,
                "Vi övar med andra kommuner och ändrar efter varje övning.",
            ),
        ]),
        row(&[
            (Column::Kind, "oförmåga"),
            (Column::Name, "Ingen kan ersätta den som är sjuk"),
            (Column::Type, "kompetens"),
            (Column::Belongs, "Incidenthantering"),
        ]),
    ]
}
