//! The charts of the results pages: one place, so that page and files show the same.

mod bars;
mod between;
mod coverage;
mod geo;
mod quadrant;
mod radar;
mod ranking;
mod slope;

use charts::{
    Chart, ChartTexts, Layout, Table, dumbbell, heatmap, heatmap_description, heatmap_file,
    heatmap_table, municipal_dumbbell, priority_bars,
};
use domain::results::{Measure, RegionResult};

use super::{
    material::Material,
    words::{chart_texts, template},
};
use crate::texts::Texts;

/// A chart that has an address of its own and can be downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The priority list as bars.
    Priority,
    /// The priority list with the 5–95 % intervals of its places.
    Ranking,
    /// Effect on the goals and gap to close, as a matrix.
    Quadrant,
    /// From current to target level.
    Dumbbell,
    /// Municipalities and capabilities.
    Heatmap,
    /// Current and target level by area.
    Radar,
    /// How the answers spread over the five levels.
    Distribution,
    /// Whether it is the municipality or the region that differs.
    Between,
    /// The municipalities on a map.
    Map,
    /// The municipalities as tiles of the same size.
    Tiles,
    /// What each municipality's value rests on.
    Coverage,
    /// From the round before to this one, like with like.
    Slope,
}

impl Figure {
    /// Every figure.
    pub const ALL: [Self; 12] = [
        Self::Priority,
        Self::Ranking,
        Self::Quadrant,
        Self::Dumbbell,
        Self::Heatmap,
        Self::Radar,
        Self::Distribution,
        Self::Between,
        Self::Map,
        Self::Tiles,
        Self::Coverage,
        Self::Slope,
    ];

    /// The figure with this name in an address.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.name() == name)
    }

    /// Its name in an address and as a file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Priority => "prioritet",
            Self::Ranking => "rangordning",
            Self::Quadrant => "matris",
            Self::Dumbbell => "nulage-borlage",
            Self::Heatmap => "varmekarta",
            Self::Radar => "omraden",
            Self::Distribution => "fordelning",
            Self::Between => "mellan-inom",
            Self::Map => "karta",
            Self::Tiles => "rutkarta",
            Self::Coverage => "tackning",
            Self::Slope => "utveckling",
        }
    }
}

/// Draws a figure of what is shown; none where there is nothing to draw, or too few municipalities for a region.
pub fn draw(texts: Texts, figure: Figure, material: &Material, layout: Layout) -> Option<Chart> {
    let region = material.region();
    let own = material.column().is_some() && matches!(figure, Figure::Dumbbell | Figure::Radar);
    if !material.regional() && figure != Figure::Heatmap && !own {
        return None;
    }
    match figure {
        Figure::Priority => {
            let words = chart_texts(
                texts,
                texts.result_priorities(),
                &template(texts.result_priorities_description()),
                material,
            );
            let ranking: Vec<_> = (region.ranking.iter())
                .filter(|ranked| material.shown.capabilities.contains(&ranked.capability))
                .cloned()
                .collect();
            Some(priority_bars(region, &ranking, layout, &words))
        }
        Figure::Dumbbell => {
            let column = material.column();
            let title = dumbbell_title(texts, region, column);
            let mut words = chart_texts(
                texts,
                &title,
                &template(texts.result_dumbbell_description()),
                material,
            );
            if material.regional() {
                texts.ranges_lowest_highest().clone_into(&mut words.range);
                texts.ranges_median().clone_into(&mut words.median);
            }
            let rows: Vec<_> = (material.shown.capabilities.iter())
                .map(|index| &region.capabilities[*index])
                .collect();
            Some(match column {
                Some(column) => municipal_dumbbell(&rows, column, layout, &words),
                None => dumbbell(&rows, layout, &words),
            })
        }
        Figure::Heatmap => {
            let measure = material.filter.measure;
            let words = heat_texts(texts, material);
            Some(heatmap(region, &material.shown, measure, &words))
        }
        Figure::Ranking => ranking::draw(texts, material, layout),
        Figure::Quadrant => quadrant::draw(texts, material, layout),
        Figure::Radar => radar::draw(texts, material, layout),
        Figure::Distribution => bars::draw(texts, material, layout),
        Figure::Between => between::draw(texts, material, layout),
        Figure::Map => geo::map(texts, material, layout),
        Figure::Tiles => geo::tiles(texts, material, layout),
        Figure::Coverage => coverage::draw(texts, material, layout),
        Figure::Slope => slope::draw(texts, material, layout),
    }
}

/// The numbers of a figure for a file.
pub fn table(texts: Texts, figure: Figure, material: &Material) -> Option<Table> {
    if figure == Figure::Heatmap {
        let (region, measure) = (material.region(), material.filter.measure);
        let words = chart_texts(texts, heat_title(texts, measure), "", material);
        Some(heatmap_file(region, &material.shown, measure, &words))
    } else {
        draw(texts, figure, material, Layout::Wide).map(|chart| chart.table)
    }
}

/// The title of the way from current to target: the region's, or one municipality's.
pub(super) fn dumbbell_title(texts: Texts, result: &RegionResult, column: Option<usize>) -> String {
    match column {
        Some(column) => {
            let name = result.municipalities[column].name();
            format!("{}: {name}", texts.result_dumbbell())
        }
        None => texts.result_dumbbell().to_owned(),
    }
}

fn heat_texts(texts: Texts, material: &Material) -> ChartTexts {
    chart_texts(
        texts,
        heat_title(texts, material.filter.measure),
        &template(texts.result_heat_description()),
        material,
    )
}

/// Title and description of the heat map, for pages that show its table and draw no picture.
pub(super) fn heat_heading(texts: Texts, material: &Material) -> (String, String) {
    let (words, measure) = (heat_texts(texts, material), material.filter.measure);
    let table = heatmap_table(material.region(), &material.shown, measure, &words);
    let description = heatmap_description(&table, &words);
    (words.title, description)
}

/// The title of the table of municipalities and capabilities.
pub(super) const fn heat_title(texts: Texts, measure: Measure) -> &'static str {
    match measure {
        Measure::Gap => texts.result_heat_gap(),
        Measure::Current => texts.result_heat_current(),
        Measure::Target => texts.result_heat_target(),
    }
}
