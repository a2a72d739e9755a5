//! The charts of the results pages: one place, so that page and files show the same.

use charts::{
    Chart, Layout, Shown, Table, dumbbell, heatmap, heatmap_file, municipal_dumbbell, priority_bars,
};
use domain::results::{Measure, RegionResult};

use super::{
    filter::Filter,
    words::{chart_texts, template},
};
use crate::texts::Texts;

/// A chart that can be downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The priority list as bars.
    Priority,
    /// From current to target level.
    Dumbbell,
    /// Municipalities and capabilities.
    Heatmap,
}

impl Figure {
    /// The figure with this name in an address.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "prioritet" => Some(Self::Priority),
            "nulage-borlage" => Some(Self::Dumbbell),
            "varmekarta" => Some(Self::Heatmap),
            _ => None,
        }
    }

    /// Its name in an address and as a file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Priority => "prioritet",
            Self::Dumbbell => "nulage-borlage",
            Self::Heatmap => "varmekarta",
        }
    }
}

/// Draws a figure of what is shown.
pub fn draw(
    texts: Texts,
    figure: Figure,
    result: &RegionResult,
    shown: &Shown,
    filter: &Filter,
    layout: Layout,
) -> Chart {
    match figure {
        Figure::Priority => {
            let words = chart_texts(
                texts,
                texts.result_priorities(),
                &template(texts.result_priorities_description()),
                result,
            );
            let ranking: Vec<_> = (result.ranking.iter())
                .filter(|ranked| shown.capabilities.contains(&ranked.capability))
                .cloned()
                .collect();
            priority_bars(result, &ranking, layout, &words)
        }
        Figure::Dumbbell => {
            let column = filter.column(result, shown);
            let title = dumbbell_title(texts, result, column);
            let words = chart_texts(
                texts,
                &title,
                &template(texts.result_dumbbell_description()),
                result,
            );
            let rows: Vec<_> = (shown.capabilities.iter())
                .map(|index| &result.capabilities[*index])
                .collect();
            match column {
                Some(column) => municipal_dumbbell(&rows, column, layout, &words),
                None => dumbbell(&rows, layout, &words),
            }
        }
        Figure::Heatmap => {
            let title = heat_title(texts, filter.measure);
            let words = chart_texts(
                texts,
                title,
                &template(texts.result_heat_description()),
                result,
            );
            heatmap(result, shown, filter.measure, &words)
        }
    }
}

/// The numbers of a figure for a file.
pub fn table(
    texts: Texts,
    figure: Figure,
    result: &RegionResult,
    shown: &Shown,
    filter: &Filter,
) -> Table {
    if figure == Figure::Heatmap {
        let words = chart_texts(texts, heat_title(texts, filter.measure), "", result);
        heatmap_file(result, shown, filter.measure, &words)
    } else {
        draw(texts, figure, result, shown, filter, Layout::Wide).table
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

/// The title of the table of municipalities and capabilities.
pub(super) const fn heat_title(texts: Texts, measure: Measure) -> &'static str {
    match measure {
        Measure::Gap => texts.result_heat_gap(),
        Measure::Current => texts.result_heat_current(),
        Measure::Target => texts.result_heat_target(),
    }
}
