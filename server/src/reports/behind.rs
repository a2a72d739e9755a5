//! What stands behind the figures: who could work together, and what is weak in the material.

use app::{
    pages::results::{Material, answered, collaboration as together, quality},
    texts::Texts,
};
use charts::{Cell, Row, Table};
use domain::results::{CollaborationKind, Scenario, scenarios};
use report::{Block, Section};

use super::content::mark;

/// The scenarios of collaboration, a table a kind; none where there are too few municipalities for a region.
pub(super) fn collaboration(texts: Texts, material: &Material) -> Option<Section> {
    let scenarios = scenarios(material.region());
    let mut blocks = Vec::new();
    for group in scenarios.chunk_by(|a, b| a.kind == b.kind) {
        let (heading, why) = together::kind_text(texts, group[0].kind);
        blocks.push(Block::Text(format!("{heading}. {why}")));
        blocks.push(Block::Table(table(texts, material, heading, group)));
    }
    (material.regional() && !blocks.is_empty()).then(|| Section {
        heading: texts.report_collaboration().to_owned(),
        blocks,
    })
}

fn table(texts: Texts, material: &Material, caption: &str, scenarios: &[Scenario]) -> Table {
    let region = material.region();
    let lends = (scenarios.iter()).any(|scenario| scenario.kind == CollaborationKind::Lend);
    let rows = (scenarios.iter())
        .flat_map(|scenario| &scenario.collaborations)
        .map(|one| {
            let sharing = together::names(texts, region, &one.sharing);
            let mut cells = vec![Cell::Text(together::share(texts, one)), Cell::Text(sharing)];
            cells.extend(lends.then(|| Cell::Text(together::names(texts, region, &one.lending))));
            Row {
                header: region.capabilities[one.capability].name.to_string(),
                cells,
            }
        });
    let mut columns = vec![
        texts.result_capability(),
        texts.result_with_gap(),
        texts.collaboration_sharing(),
    ];
    columns.extend(lends.then(|| texts.collaboration_lending()));
    Table {
        caption: caption.to_owned(),
        columns: columns.into_iter().map(str::to_owned).collect(),
        rows: rows.collect(),
        conditions: app::pages::results::conditions(texts, material),
        mark: mark(texts),
    }
}

/// Who has answered: in words, then as tables.
pub(super) fn answered(texts: Texts, material: &Material) -> Section {
    let mut said = answered::sentences(texts, material);
    said.push(texts.answered_note().to_owned());
    let tables = answered::tables(texts, material);
    Section {
        heading: texts.answered_title().to_owned(),
        blocks: std::iter::once(Block::List(said))
            .chain(tables.into_iter().map(Block::Table))
            .collect(),
    }
}

/// What is weak in the material, a row a finding with its id.
pub(super) fn quality(texts: Texts, material: &Material) -> Option<Section> {
    let rows: Vec<_> = (material.findings.iter())
        .map(|finding| Row {
            header: quality::kind_text(texts, finding.id.kind).0.to_owned(),
            cells: vec![
                Cell::Text(quality::subject_text(texts, material, finding)),
                Cell::Text(quality::measure_text(texts, finding).unwrap_or_default()),
                Cell::Text(finding.id.to_string()),
            ],
        })
        .collect();
    (!rows.is_empty()).then(|| Section {
        heading: texts.report_quality().to_owned(),
        blocks: vec![Block::Table(Table {
            caption: texts.quality_findings().to_owned(),
            columns: [
                texts.quality_findings(),
                texts.quality_about(),
                texts.quality_measure(),
                texts.quality_id(),
            ]
            .map(str::to_owned)
            .to_vec(),
            rows,
            conditions: app::pages::results::conditions(texts, material),
            mark: mark(texts),
        })],
    })
}
