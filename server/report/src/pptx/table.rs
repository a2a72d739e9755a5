//! Real tables on slides: a header row and row headers that say that they are, and numbers to the right.

use std::ops::Range;

use charts::{Cell, Row, Table, text_width};

use super::{
    fit::{groups, lines, tall},
    xml::{Run, escaped},
};
use crate::{content::Language, grounds::Grounds};

/// Sizes of words in tables, the largest that fits first, in points.
const SIZES: [f64; 4] = [16.0, 14.0, 12.0, 11.0];
/// Room beside the words of a cell, both sides together, in points.
const BESIDE: f64 = 12.0;
/// Room above and below the words of a cell together, in points.
const ABOVE: f64 = 7.0;
/// The widest column of row headers, in points.
const WIDEST_HEADER: f64 = 320.0;
/// The widest other column, in points.
const WIDEST: f64 = 300.0;
/// English Metric Units in a point.
const EMU: f64 = 12_700.0;

/// A table laid out for slides.
pub(super) struct Layout<'t> {
    table: &'t Table,
    grounds: Option<&'t Grounds>,
    size: f64,
    /// Whether the headers of columns are turned, since they are wider than what stands below them.
    turned: bool,
    widths: Vec<f64>,
    header: f64,
    heights: Vec<f64>,
}

/// The part of a table that stands on one slide.
pub(super) struct Part {
    /// Its columns beside that of the row headers; columns of the table, from 1.
    columns: Range<usize>,
    rows: Range<usize>,
}

impl<'t> Layout<'t> {
    /// A table in the largest size in which it is no wider than `width`, if there is one.
    pub(super) fn new(table: &'t Table, grounds: Option<&'t Grounds>, width: f64) -> Self {
        let narrowest = |size: f64, turned: bool| -> f64 {
            (0..table.columns.len())
                .map(|column| least(table, column, size, turned))
                .sum()
        };
        let turnable = table.columns.len() > 6
            && (table.rows.iter().flat_map(|row| &row.cells))
                .all(|cell| !matches!(cell, Cell::Text(_)));
        let upright = SIZES
            .into_iter()
            .find(|&size| narrowest(size, false) <= width);
        let (size, turned) = match upright {
            Some(size) => (size, false),
            None if turnable => {
                let found = SIZES
                    .into_iter()
                    .find(|&size| narrowest(size, true) <= width);
                (found.unwrap_or(SIZES[2]), true)
            }
            None => (SIZES[3], false),
        };
        let mut layout = Self {
            table,
            grounds,
            size,
            turned,
            widths: Vec::new(),
            header: 0.0,
            heights: Vec::new(),
        };
        layout.widths = layout.shared_out(width);
        layout.header = layout.header_height();
        layout.heights = table
            .rows
            .iter()
            .map(|row| layout.row_height(row))
            .collect();
        layout
    }

    /// The columns' widths: what they would like where there is room, and else what they need and a share of the rest.
    fn shared_out(&self, width: f64) -> Vec<f64> {
        let columns = 0..self.table.columns.len();
        let least: Vec<f64> = (columns.clone())
            .map(|column| least(self.table, column, self.size, self.turned))
            .collect();
        let liked: Vec<f64> = columns
            .zip(&least)
            .map(|(column, least)| liked(self.table, column, self.size, self.turned).max(*least))
            .collect();
        let (needed, wanted): (f64, f64) = (least.iter().sum(), liked.iter().sum());
        if wanted <= width {
            let more = (width / wanted).min(1.6);
            return liked.iter().map(|liked| liked * more).collect();
        }
        let share = ((width - needed) / (wanted - needed)).clamp(0.0, 1.0);
        (least.iter().zip(&liked))
            .map(|(least, liked)| least + share * (liked - least))
            .collect()
    }

    fn header_height(&self) -> f64 {
        let headers = self.table.columns.iter().zip(&self.widths).enumerate();
        let heights = headers.map(|(place, (header, width))| {
            if self.turned && place > 0 {
                text_width(header, self.size, true) + BESIDE
            } else {
                tall(lines(header, width - BESIDE, self.size, true), self.size) + ABOVE
            }
        });
        heights.fold(0.0, f64::max)
    }

    fn row_height(&self, row: &Row) -> f64 {
        let header = lines(&row.header, self.width(0) - BESIDE, self.size, true);
        let cells = (1..).zip(&row.cells).map(|(column, cell)| {
            let text = cell.text(self.table.mark);
            lines(&text, self.width(column) - BESIDE, self.size, false)
        });
        tall(cells.fold(header, usize::max), self.size) + ABOVE
    }

    fn width(&self, column: usize) -> f64 {
        self.widths.get(column).copied().unwrap_or(WIDEST)
    }

    /// Its parts, one a slide: as many columns as are no wider than `width`, as many rows as are no taller than `height`.
    pub(super) fn parts(&self, width: f64, height: f64) -> Vec<Part> {
        let beside = self.widths.get(1..).unwrap_or(&[]);
        // A hair more, since the shares of a whole need not add up to it.
        let columns = groups(beside, width - self.width(0) + 0.01);
        let rows = groups(&self.heights, height - self.header);
        (columns.iter())
            .flat_map(|columns| rows.iter().map(move |rows| (columns, rows)))
            .map(|(columns, rows)| Part {
                columns: columns.start + 1..columns.end + 1,
                rows: rows.clone(),
            })
            .collect()
    }

    /// A part as the `p:graphicFrame` with this id, at this place (in points).
    pub(super) fn frame(
        &self,
        part: &Part,
        id: usize,
        (x, y): (f64, f64),
        language: Language,
    ) -> String {
        let columns: Vec<usize> = std::iter::once(0).chain(part.columns.clone()).collect();
        let grid: Vec<String> = (columns.iter())
            .map(|&column| format!(r#"<a:gridCol w="{:.0}"/>"#, self.width(column) * EMU))
            .collect();
        let grid = grid.concat();
        let mut rows = Self::row(
            self.header,
            columns.iter().map(|&column| {
                let text = self.table.columns.get(column).map_or("", String::as_str);
                self.header_cell(text, column, language)
            }),
        );
        for place in part.rows.clone() {
            let (Some(row), Some(height)) = (self.table.rows.get(place), self.heights.get(place))
            else {
                continue;
            };
            rows += &Self::row(
                *height,
                columns.iter().map(|&column| match column.checked_sub(1) {
                    None => {
                        let run = self.run(&row.header, true);
                        cell(&run.paragraph(language, ""), "", NOTHING)
                    }
                    Some(beside) => self.body_cell(row.cells.get(beside), language),
                }),
            );
        }
        let width: f64 = columns.iter().map(|&column| self.width(column)).sum();
        let height: f64 = self.header + self.heights[part.rows.clone()].iter().sum::<f64>();
        let caption = escaped(&self.table.caption);
        format!(
            r#"<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{id}" name="{caption}" descr="{caption}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="{:.0}" y="{:.0}"/><a:ext cx="{:.0}" cy="{:.0}"/></p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1" firstCol="1"/><a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"#,
            x * EMU,
            y * EMU,
            width * EMU,
            height * EMU,
        )
    }

    fn row(height: f64, cells: impl Iterator<Item = String>) -> String {
        let cells: String = cells.collect();
        format!(r#"<a:tr h="{:.0}">{cells}</a:tr>"#, height * EMU)
    }

    fn run<'r>(&self, text: &'r str, bold: bool) -> Run<'r> {
        Run {
            text,
            size: Some(self.size),
            bold,
            colour: None,
        }
    }

    fn header_cell(&self, text: &str, column: usize, language: Language) -> String {
        let numbers = column > 0 && numeric(self.table, column);
        let turned = self.turned && column > 0;
        let properties = if numbers && !turned { RIGHT } else { "" };
        let turn = if turned { r#" vert="vert270""# } else { "" };
        let paragraph = self.run(text, true).paragraph(language, properties);
        cell(&paragraph, turn, &solid("E3EFED"))
    }

    fn body_cell(&self, content: Option<&Cell>, language: Language) -> String {
        let Some(content) = content else {
            return cell(&self.run("", false).paragraph(language, ""), "", NOTHING);
        };
        let text = content.text(self.table.mark);
        let painted =
            (self.grounds.zip(content.value())).and_then(|(grounds, value)| grounds.at(value));
        let alignment = match (content, self.grounds) {
            (Cell::Text(_), _) => "",
            (_, Some(_)) => r#"<a:pPr algn="ctr"/>"#,
            (_, None) => RIGHT,
        };
        let mut run = self.run(&text, false);
        run.colour = painted.as_ref().map(|(_, ink)| ink.as_str());
        let ground = match (&painted, content, self.grounds) {
            (Some((ground, _)), _, _) => &solid(ground),
            (None, Cell::Symbol(_), Some(_)) => HATCHED,
            (None, _, _) => NOTHING,
        };
        cell(&run.paragraph(language, alignment), "", ground)
    }
}

/// To the right, as numbers stand.
const RIGHT: &str = r#"<a:pPr algn="r"/>"#;

/// The ground of a cell like any other.
const NOTHING: &str = "<a:noFill/>";

/// The ground of a cell of a heat map without number.
const HATCHED: &str = r#"<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="D9E0DF"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>"#;

fn solid(colour: &str) -> String {
    format!(r#"<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>"#)
}

/// A cell with a hairline below.
fn cell(paragraph: &str, attributes: &str, ground: &str) -> String {
    let (beside, above) = (BESIDE / 2.0 * EMU, ABOVE / 2.0 * EMU);
    format!(
        r#"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraph}</a:txBody><a:tcPr marL="{beside:.0}" marR="{beside:.0}" marT="{above:.0}" marB="{above:.0}"{attributes} anchor="ctr"><a:lnB w="9525"><a:solidFill><a:srgbClr val="D9E0DF"/></a:solidFill></a:lnB>{ground}</a:tcPr></a:tc>"#
    )
}

/// Whether a column holds numbers.
fn numeric(table: &Table, column: usize) -> bool {
    let mut cells = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(column - 1));
    cells.any(|cell| cell.value().is_some())
}

/// What stands in a column below its header, and whether it is bold.
fn below(table: &Table, column: usize) -> Vec<(String, bool)> {
    let texts = table.rows.iter().map(|row| match column.checked_sub(1) {
        None => (row.header.clone(), true),
        Some(place) => {
            let cell = row.cells.get(place);
            (
                cell.map_or(String::new(), |cell| cell.text(table.mark)),
                false,
            )
        }
    });
    texts.collect()
}

/// The narrowest a column may be: its longest word.
fn least(table: &Table, column: usize, size: f64, turned: bool) -> f64 {
    widest(table, column, size, turned, |text, bold| {
        (text.split_whitespace())
            .map(|word| text_width(word, size, bold))
            .fold(0.0, f64::max)
    })
}

/// As wide as a column would like to be: its longest text, within reason.
fn liked(table: &Table, column: usize, size: f64, turned: bool) -> f64 {
    let most = if column == 0 { WIDEST_HEADER } else { WIDEST };
    widest(table, column, size, turned, |text, bold| {
        text_width(text, size, bold)
    })
    .min(most)
}

fn widest(
    table: &Table,
    column: usize,
    size: f64,
    turned: bool,
    width: impl Fn(&str, bool) -> f64,
) -> f64 {
    let header = match table.columns.get(column) {
        Some(_) if turned && column > 0 => size * super::fit::LINE,
        Some(header) => width(header, true),
        None => 0.0,
    };
    let cells = below(table, column)
        .into_iter()
        .map(|(text, bold)| width(&text, bold));
    let most = if column == 0 { WIDEST_HEADER } else { WIDEST };
    cells.fold(header, f64::max).min(most) + BESIDE
}
