//! A chart as one of Excel's own, drawn from the cells of its table.

use charts::{Chart as Drawn, Row, Table};
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType,
};

use super::{FONT, number_format};

/// Colours of series, told apart by lightness too: light and dark teal, then the steps between.
const SERIES: [&str; 5] = ["9CC5C3", "0B5D5E", "D98A2B", "50646B", "F3B98A"];
/// Colours of the levels 1–5, from light to dark.
const LEVELS: [&str; 5] = ["E3EFED", "B4D3D1", "7FB3B1", "458E8D", "0B5D5E"];
/// The most rows that each become a line or a point of their own.
const MOST_ALONE: usize = 60;

/// How a chart is drawn in Excel.
enum Kind {
    /// Bars from the left, a series for each of these columns; the scale's ends.
    Bars(Vec<usize>, Option<(f64, f64)>),
    /// Bars that together are a whole.
    Shares(Vec<usize>),
    /// A net with a spoke for each row.
    Net(Vec<usize>),
    /// A line for each row, from one column to the next.
    Lines(Vec<usize>),
    /// A point for each row: across, up.
    Points(usize, usize),
}

/// The chart as Excel draws it, from the table whose header stands in row `header` of the sheet `name`; none where a
/// chart of Excel's would say less than the table (a heat map, who has answered) or there is no number.
pub(super) fn of(drawn: &Drawn, name: &str, header: u32) -> Option<Chart> {
    let place = Place {
        table: &drawn.table,
        name,
        header,
    };
    let mut chart = match kind(drawn)? {
        Kind::Bars(columns, scale) => place.bars(&columns, scale, ChartType::Bar),
        Kind::Shares(columns) => place.bars(&columns, None, ChartType::BarPercentStacked),
        Kind::Net(columns) => place.net(&columns),
        Kind::Lines(columns) => place.lines(&columns),
        Kind::Points(across, up) => place.points(across, up),
    };
    (chart.title().set_name(drawn.title.as_str())).set_font(&bold(font(13)));
    chart.set_alt_text(drawn.description.as_str());
    Some(chart)
}

fn kind(drawn: &Drawn) -> Option<Kind> {
    let table = &drawn.table;
    let numbers: Vec<usize> = (1..table.columns.len())
        .filter(|&column| table.rows.iter().any(|row| number(row, column)))
        .collect();
    let first = |count: usize| -> Vec<usize> { numbers.iter().copied().take(count).collect() };
    let only = |wanted: usize| -> Vec<usize> {
        (numbers.iter().copied())
            .filter(|&column| column == wanted)
            .collect()
    };
    let complete = |columns: &[usize]| {
        (table.rows.iter()).all(|row| columns.iter().all(|&column| number(row, column)))
    };
    let few = table.rows.len() <= MOST_ALONE;
    let found = match drawn.id {
        "radar" if table.rows.len() >= 3 && complete(&first(2)) => Kind::Net(first(2)),
        "priority" => Kind::Bars(only(2), Some((0.0, 100.0))),
        "slope" if few && numbers.len() >= 2 => Kind::Lines(first(2)),
        "dumbbell" | "radar" | "slope" => Kind::Bars(first(2), Some((0.0, 5.0))),
        "five-bars" | "five_bars" => Kind::Shares(first(5)),
        "between_within" => Kind::Shares(first(2)),
        "quadrant" if few && numbers.contains(&2) && numbers.contains(&3) => Kind::Points(2, 3),
        "ranking" => Kind::Bars(only(3), Some((0.0, 100.0))),
        "days" => Kind::Bars(first(1), None),
        "choropleth" | "tile_grid" => Kind::Bars(only(2), None),
        _ => return None,
    };
    let any = match &found {
        Kind::Bars(columns, _) | Kind::Shares(columns) | Kind::Net(columns) => !columns.is_empty(),
        Kind::Lines(_) | Kind::Points(..) => true,
    };
    any.then_some(found)
}

/// Where a table stands.
struct Place<'t> {
    table: &'t Table,
    name: &'t str,
    header: u32,
}

impl Place<'_> {
    fn bars(&self, columns: &[usize], scale: Option<(f64, f64)>, kind: ChartType) -> Chart {
        let mut chart = Chart::new(kind);
        let shares = matches!(kind, ChartType::BarPercentStacked);
        let colours = if shares && columns.len() > 2 {
            &LEVELS
        } else {
            &SERIES
        };
        for (&column, &colour) in columns.iter().zip(one_or_more(colours, columns.len())) {
            let labels: Vec<ChartDataLabel> = (self.table.rows.iter())
                .map(|row| {
                    if number(row, column) {
                        ChartDataLabel::default()
                    } else {
                        ChartDataLabel::new().set_hidden().to_custom()
                    }
                })
                .collect();
            let mut label = ChartDataLabel::new();
            (label.show_value().set_font(&font(9)))
                .set_num_format(number_format(self.decimals(column)));
            if !shares {
                label.set_position(ChartDataLabelPosition::OutsideEnd);
            }
            let series = self.series(&mut chart, column, colour);
            if shares {
                series.set_gap(40).set_overlap(100);
            } else {
                (series
                    .set_data_label(&label)
                    .set_custom_data_labels(&labels))
                .set_gap(60)
                .set_overlap(0);
            }
        }
        // The first row on top, as in the table.
        (chart.x_axis().set_reverse()).set_font(&font(10));
        chart.y_axis().set_font(&font(10));
        if let Some((from, to)) = scale {
            chart.y_axis().set_min(from).set_max(to);
        }
        legend(&mut chart, columns.len());
        let rows = u32::try_from(self.table.rows.len()).unwrap_or(u32::MAX);
        let bars = if shares { 1 } else { columns.len().min(5) };
        let each = 14 + 12 * u32::try_from(bars).unwrap_or(1);
        let height = rows.saturating_mul(each).saturating_add(140);
        chart.set_width(760).set_height(height.clamp(260, 6000));
        chart
    }

    fn net(&self, columns: &[usize]) -> Chart {
        let mut chart = Chart::new(ChartType::RadarWithMarkers);
        for (&column, &colour) in columns.iter().zip(one_or_more(&SERIES, columns.len())) {
            let line = ChartLine::new().set_color(colour).set_width(2.25).clone();
            (self.series(&mut chart, column, colour))
                .set_format(ChartFormat::new().set_line(&line));
        }
        chart.y_axis().set_min(0).set_max(5).set_major_unit(1);
        chart.x_axis().set_font(&font(10));
        legend(&mut chart, columns.len());
        chart.set_width(720).set_height(560);
        chart
    }

    fn lines(&self, columns: &[usize]) -> Chart {
        let mut chart = Chart::new(ChartType::Line);
        let (Some(&from), Some(&to)) = (columns.first(), columns.last()) else {
            return chart;
        };
        for (index, row) in (0..).zip(&self.table.rows) {
            if !columns.iter().all(|&column| number(row, column)) {
                continue;
            }
            let at = self.header + 1 + index;
            let line = ChartLine::new().set_color("0B5D5E").set_width(1.5).clone();
            let mut label = ChartDataLabel::new();
            label.show_series_name().set_font(&font(9));
            label.set_position(ChartDataLabelPosition::Right);
            let hidden = ChartDataLabel::new().set_hidden().to_custom();
            (chart.add_series())
                .set_name((self.name, at, 0))
                .set_categories((
                    self.name,
                    self.header,
                    column(from),
                    self.header,
                    column(to),
                ))
                .set_values((self.name, at, column(from), at, column(to)))
                .set_format(ChartFormat::new().set_line(&line))
                .set_marker(ChartMarker::new().set_type(ChartMarkerType::Circle))
                .set_data_label(&label)
                .set_custom_data_labels(&[hidden]);
        }
        chart.legend().set_hidden();
        chart.y_axis().set_min(1).set_max(5).set_font(&font(10));
        chart.x_axis().set_font(&font(10));
        chart.set_width(760).set_height(620);
        chart
    }

    fn points(&self, across: usize, up: usize) -> Chart {
        let mut chart = Chart::new(ChartType::Scatter);
        for (index, row) in (0..).zip(&self.table.rows) {
            if !number(row, across) || !number(row, up) {
                continue;
            }
            let at = self.header + 1 + index;
            let fill = ChartSolidFill::new().set_color("0B5D5E").clone();
            let mut marker = ChartMarker::new();
            (marker.set_type(ChartMarkerType::Circle).set_size(9))
                .set_format(ChartFormat::new().set_solid_fill(&fill));
            let mut label = ChartDataLabel::new();
            label.show_series_name().set_font(&font(9));
            label.set_position(ChartDataLabelPosition::Right);
            (chart.add_series())
                .set_name((self.name, at, 0))
                .set_categories((self.name, at, column(across), at, column(across)))
                .set_values((self.name, at, column(up), at, column(up)))
                .set_marker(&marker)
                .set_data_label(&label);
        }
        chart.legend().set_hidden();
        (chart
            .x_axis()
            .set_name((self.name, self.header, column(across))))
        .set_font(&font(10));
        (chart
            .y_axis()
            .set_name((self.name, self.header, column(up))))
        .set_font(&font(10));
        chart.set_width(760).set_height(560);
        chart
    }

    /// A series of a column, named by its header.
    fn series<'c>(
        &self,
        chart: &'c mut Chart,
        place: usize,
        colour: &str,
    ) -> &'c mut rust_xlsxwriter::ChartSeries {
        let last = self.header + u32::try_from(self.table.rows.len()).unwrap_or(0);
        let (first, place) = (self.header + 1, column(place));
        let fill = ChartSolidFill::new().set_color(colour).clone();
        (chart.add_series())
            .set_name((self.name, self.header, place))
            .set_categories((self.name, first, 0, last, 0))
            .set_values((self.name, first, place, last, place))
            .set_format(ChartFormat::new().set_solid_fill(&fill))
    }

    /// The most decimals of a column.
    fn decimals(&self, place: usize) -> u8 {
        let cells = self
            .table
            .rows
            .iter()
            .filter_map(|row| row.cells.get(place - 1));
        let decimals = cells.filter_map(|cell| match cell {
            charts::Cell::Number { decimals, .. } => Some(*decimals),
            charts::Cell::Text(_) | charts::Cell::Symbol(_) => None,
        });
        decimals.max().unwrap_or(0)
    }
}

/// Whether a row has a number in this column of the table (the row headers' is 0).
fn number(row: &Row, column: usize) -> bool {
    let cell = column.checked_sub(1).and_then(|place| row.cells.get(place));
    cell.is_some_and(|cell| cell.value().is_some_and(f64::is_finite))
}

/// The dark colour alone for one series, else from the light one on.
fn one_or_more(colours: &'static [&'static str; 5], count: usize) -> &'static [&'static str] {
    if count == 1 { &SERIES[1..2] } else { colours }
}

fn legend(chart: &mut Chart, series: usize) {
    if series > 1 {
        (chart.legend().set_position(ChartLegendPosition::Top)).set_font(&font(10));
    } else {
        chart.legend().set_hidden();
    }
}

fn font(size: u8) -> ChartFont {
    let mut font = ChartFont::new();
    (font.set_name(FONT).set_size(size))
        .set_color("16262B")
        .unset_bold();
    font
}

fn bold(mut font: ChartFont) -> ChartFont {
    font.set_bold().clone()
}

/// A column's number; a sheet with more of them than Excel has is refused before its chart is drawn.
fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
