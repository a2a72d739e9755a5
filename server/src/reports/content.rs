//! What a report says, in which order: what the board needs first, everything behind it after that.

use app::{
    pages::results::{self as pages, Figure, Material},
    texts::Texts,
};
use charts::{Cell, DecimalMark, Layout, Row, Table};
use domain::{mapping::Language, municipality::Municipality, results::Ranked};
use report::{Block, Report, Section, Slide};
use time::Date;

use super::{behind, own};

/// How many of the capabilities the board sees.
const TOP: usize = 5;
/// How many capabilities the board's picture has room for.
const ON_BOARD: usize = 12;
/// How many rows of the heat map a slide has room for.
const ON_SLIDE: usize = 12;

/// The report of one round, with a section about `municipality` when one is chosen and may be shown.
pub(crate) fn report(
    texts: Texts,
    material: &Material,
    municipality: Option<Municipality>,
    participation: Vec<String>,
    today: Date,
) -> Report {
    let mut conditions = pages::conditions(texts, material);
    // The report itself says on every page that it is an example.
    conditions.retain(|said| said != texts.result_example());
    let based_on = conditions.first().cloned().unwrap_or_default();
    let own = municipality.and_then(|own| own::section(texts, material, own));
    let top = top(texts, material, &conditions);
    let mut summary = vec![Section {
        heading: texts.report_summary().to_owned(),
        blocks: if material.regional() {
            let answer = Block::Text(pages::answer(texts, material).join(" "));
            std::iter::once(answer)
                .chain(top.clone().map(Block::Table))
                .collect()
        } else {
            vec![Block::Text(texts.result_own_only().to_owned())]
        },
    }];
    let (first, left_out) = first_of(texts, material, ON_BOARD);
    summary.extend(
        block(texts, Figure::Dumbbell, &first, false).map(|picture| Section {
            heading: texts.report_picture().to_owned(),
            blocks: left_out
                .map(|said| Block::Text(format!("{said}.")))
                .into_iter()
                .chain([picture])
                .collect(),
        }),
    );
    let mut appendix: Vec<Section> = own.clone().into_iter().collect();
    appendix.extend(Figure::ALL.into_iter().filter_map(|figure| {
        let Block::Figure(drawn) = block(texts, figure, material, true)? else {
            return None;
        };
        Some(Section {
            heading: drawn.chart.title.clone(),
            blocks: vec![Block::Figure(drawn)],
        })
    }));
    appendix.extend(behind::collaboration(texts, material));
    appendix.push(behind::answered(texts, material));
    appendix.extend(behind::quality(texts, material));
    appendix.push(Section {
        heading: texts.report_participation().to_owned(),
        blocks: vec![Block::List(participation)],
    });
    appendix.push(Section {
        heading: texts.report_method().to_owned(),
        blocks: vec![Block::Text(texts.report_method_text().to_owned())],
    });
    let slide = |title: String, block| Slide {
        title,
        block,
        based_on: based_on.clone(),
    };
    let mut slides: Vec<Slide> = (top.into_iter())
        .map(|top| slide(texts.report_slide_top().to_owned(), Block::Table(top)))
        .collect();
    let (first, left_out) = first_of(texts, material, ON_SLIDE);
    slides.extend(
        block(texts, Figure::Heatmap, &first, false).map(|block| match block {
            Block::Figure(drawn) => {
                let title = match left_out {
                    Some(left_out) => format!("{}. {left_out}", drawn.chart.title),
                    None => drawn.chart.title.clone(),
                };
                slide(title, Block::Figure(drawn))
            }
            other => slide(String::new(), other),
        }),
    );
    slides.extend(
        own.into_iter()
            .flat_map(|section| {
                let tables = (section.blocks.into_iter())
                    .filter(|block| matches!(block, Block::Table(_)))
                    .collect::<Vec<_>>();
                let heading = section.heading;
                (tables.into_iter()).map(move |table| (heading.clone(), table))
            })
            .map(|(title, table)| slide(title, table)),
    );
    Report {
        title: texts.report_title_of(&material.mapping.name),
        subtitle: texts.report_subtitle(
            &material.round.name,
            material.version.number,
            &material.mapping.period,
        ),
        day: today.to_string(),
        language: language(texts),
        example: (material.mapping.example).then(|| texts.report_example().to_owned()),
        conditions_heading: texts.report_conditions().to_owned(),
        conditions,
        summary,
        appendix_heading: texts.report_appendix().to_owned(),
        appendix,
        slides,
    }
}

/// What is shown of so many capabilities, the first ones, and what to say when there are more.
fn first_of(texts: Texts, material: &Material, most: usize) -> (Material, Option<String>) {
    let of = material.shown.capabilities.len();
    let mut first = material.clone();
    first.shown.capabilities.truncate(most);
    let left_out = (of > most).then(|| {
        if material.regional() {
            texts.report_first_by_priority(most, of)
        } else {
            texts.report_first_on_map(most, of)
        }
    });
    (first, left_out)
}

/// A figure as a block, where there is one to draw.
pub(super) fn block(
    texts: Texts,
    figure: Figure,
    material: &Material,
    with_table: bool,
) -> Option<Block> {
    let mut chart = pages::draw(texts, figure, material, Layout::Wide)?;
    // The table of a file says in words what the picture says with marks.
    chart.table = pages::table(texts, figure, material)?;
    Some(Block::Figure(report::Figure {
        name: figure.name(),
        chart,
        with_table,
    }))
}

/// The language of a file.
pub(crate) const fn language(texts: Texts) -> report::Language {
    match texts.0 {
        Language::Swedish => report::Language::Swedish,
        Language::English => report::Language::English,
    }
}

pub(super) const fn mark(texts: Texts) -> DecimalMark {
    match texts.0 {
        Language::Swedish => DecimalMark::Comma,
        Language::English => DecimalMark::Point,
    }
}

/// The places of the priority list, when there are enough municipalities for one.
fn places(material: &Material) -> impl Iterator<Item = &Ranked> {
    (material.region().ranking.iter()).filter(|_| material.regional())
}

/// The first five, each with its parts and how sure its place is; none where nothing has a place.
fn top(texts: Texts, material: &Material, conditions: &[String]) -> Option<Table> {
    let region = material.region();
    let count = |number: usize| u32::try_from(number).ok().map(f64::from);
    let rows = places(material).take(TOP).map(|ranked| {
        let row = &region.capabilities[ranked.capability];
        let (from, to) = ranked.interval;
        let sure = if from == to {
            texts.report_certain(from)
        } else {
            texts.report_between(from, to)
        };
        Row {
            header: row.name.to_string(),
            cells: vec![
                Cell::number_or(Some(f64::from(ranked.place)), 0, "-"),
                Cell::number_or(row.priority, 0, "-"),
                Cell::number_or(row.effect.map(f64::from), 0, "-"),
                Cell::number_or(row.gap_to_close, 1, "-"),
                Cell::number_or(count(row.with_gap), 0, "-"),
                Cell::number_or(count(row.with_value), 0, "-"),
                Cell::Text(sure),
            ],
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| Table {
        caption: texts.report_top().to_owned(),
        columns: [
            texts.result_capability(),
            texts.result_place(),
            texts.result_priority(),
            texts.result_effect(),
            texts.result_gap_to_close(),
            texts.result_with_gap(),
            texts.result_with_value(),
            texts.report_sure(),
        ]
        .map(str::to_owned)
        .to_vec(),
        rows,
        conditions: conditions.to_vec(),
        mark: mark(texts),
    })
}
