//! The section about one municipality.

use app::{
    pages::results::{self as pages, Figure, Material},
    texts::Texts,
};
use charts::{Cell, Row, Table};
use domain::{
    municipality::Municipality,
    results::{Basis, MunicipalResult, OwnLevel},
};
use report::{Block, Section};

use super::content::{block, mark};

/// How many of its largest gaps are named.
const FIRST: usize = 10;

/// What there is to say of one municipality; none when it may not be shown.
pub(super) fn section(
    texts: Texts,
    material: &Material,
    municipality: Municipality,
) -> Option<Section> {
    let region = material.region();
    let own = MunicipalResult::of(region, municipality)?;
    if !material.shown.municipalities.contains(&own.column) {
        return None;
    }
    let mut material = material.clone();
    material.filter.municipality = Some(municipality);
    let name = municipality.name();
    let mut blocks = vec![Block::Text(if own.with_value == 0 {
        texts.report_own_empty(name)
    } else {
        texts.report_own_lead(name, own.with_value, region.capabilities.len(), own.agreed)
    })];
    if own.with_value > 0 {
        let some = |levels: &[OwnLevel], caption: &str| {
            let levels = &levels[..levels.len().min(FIRST)];
            Block::Table(table(
                texts,
                &material,
                levels,
                format!("{name}: {caption}"),
            ))
        };
        blocks.push(some(&own.gaps, texts.report_own_gaps()));
        blocks.push(if own.strengths.is_empty() {
            Block::Text(texts.report_own_no_strengths().to_owned())
        } else {
            some(&own.strengths, texts.report_own_strengths())
        });
        let figures = [Figure::Dumbbell, Figure::Radar];
        blocks.extend(
            (figures.into_iter()).filter_map(|figure| block(texts, figure, &material, false)),
        );
    }
    Some(Section {
        heading: texts.report_own_title(name),
        blocks,
    })
}

fn table(texts: Texts, material: &Material, levels: &[OwnLevel], caption: String) -> Table {
    let region = material.region();
    let whole = |number: f64| Cell::number_or(Some(number), 0, "-");
    let count = |number: usize| {
        let number = u32::try_from(number).ok().map(f64::from);
        // What others have is told only where there is a region to speak of.
        Cell::number_or(number.filter(|_| material.regional()), 0, "..")
    };
    let rows = levels.iter().map(|own| {
        let row = &region.capabilities[own.capability];
        Row {
            header: row.name.to_string(),
            cells: vec![
                whole(own.current.into()),
                whole(own.target.into()),
                whole(own.gap().into()),
                Cell::number_or(row.effect.map(f64::from), 0, "-"),
                count(own.others_with_gap),
                count(own.others_with_surplus),
                Cell::Text(
                    match own.basis {
                        Basis::Agreed => texts.report_agreed(),
                        Basis::Answers => texts.report_answers(),
                    }
                    .to_owned(),
                ),
            ],
        }
    });
    Table {
        caption,
        columns: [
            texts.result_capability(),
            texts.terms_current(),
            texts.terms_target(),
            texts.terms_gap(),
            texts.result_effect(),
            texts.report_others_gap(),
            texts.report_others_help(),
            texts.report_basis(),
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: rows.collect(),
        conditions: pages::conditions(texts, material),
        mark: mark(texts),
    }
}
