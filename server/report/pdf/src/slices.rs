//! A tall picture in pieces that pages can be broken between, so that its text need not be made small.

use roxmltree::{Document, Node};

/// A picture that is not taller than this, in its units, stays in one piece.
const WHOLE: f64 = 640.0;
/// The least height of a piece.
const LEAST: f64 = 280.0;
/// A mark that is taller than this, such as a line of a grid, may be cut.
const LONG: f64 = 240.0;
/// How much of a letter's size is above its baseline, and below.
const ASCENT: f64 = 0.8;
const DESCENT: f64 = 0.25;

/// A piece of a picture, a drawing of its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) svg: String,
    /// In the units of the picture.
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// The pieces of a chart's bare SVG of this size, from above. Cut only where nothing is drawn but long lines; one piece
/// where that cannot be found.
pub(crate) fn pieces(svg: &str, (width, height): (f64, f64)) -> Vec<Piece> {
    let whole = || {
        let svg = svg.to_owned();
        vec![Piece { svg, width, height }]
    };
    if height <= WHOLE {
        return whole();
    }
    let Ok(document) = Document::parse(svg) else {
        return whole();
    };
    let root = document.root_element();
    let marks: Vec<Mark<'_>> = (root.children())
        .filter(Node::is_element)
        .map(|node| Mark {
            source: &svg[node.range()],
            // What belongs to the whole picture (its title, its style) is in every piece.
            extent: if is_drawn(node) { extent(node) } else { None },
        })
        .collect();
    let cuts = cuts(&marks, height);
    if cuts.is_empty() {
        return whole();
    }
    let from = std::iter::once(0.0).chain(cuts.iter().copied());
    let to = cuts.iter().copied().chain([height]);
    from.zip(to)
        .map(|(top, bottom)| piece(&marks, width, top, bottom))
        .collect()
}

/// A mark, or what belongs to all of them.
struct Mark<'s> {
    source: &'s str,
    extent: Option<(f64, f64)>,
}

fn piece(marks: &[Mark<'_>], width: f64, top: f64, bottom: f64) -> Piece {
    let height = bottom - top;
    let body: String = (marks.iter())
        .filter(|mark| (mark.extent).is_none_or(|(from, to)| from < bottom && to > top))
        .map(|mark| mark.source)
        .collect();
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 {top} {width} {height}">{body}</svg>"#
    );
    Piece { svg, width, height }
}

/// Where the picture may be cut, far enough from each other and from its ends.
fn cuts(marks: &[Mark<'_>], height: f64) -> Vec<f64> {
    let mut taken: Vec<(f64, f64)> = (marks.iter())
        .filter_map(|mark| mark.extent)
        .filter(|(from, to)| to - from <= LONG)
        .collect();
    taken.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut cuts = Vec::new();
    let mut last = 0.0;
    let mut below = 0.0_f64;
    for (from, to) in taken {
        let middle = f64::midpoint(below, from);
        if from > below && middle - last >= LEAST && height - middle >= LEAST / 2.0 {
            let cut = (middle * 10.0).round() / 10.0;
            if cut > below && cut < from {
                cuts.push(cut);
                last = cut;
            }
        }
        below = below.max(to);
    }
    cuts
}

fn is_drawn(node: Node<'_, '_>) -> bool {
    !matches!(node.tag_name().name(), "title" | "desc" | "style" | "defs")
}

/// From where to where a mark reaches, from above; `None` where that is not known.
fn extent(node: Node<'_, '_>) -> Option<(f64, f64)> {
    let number = |name| node.attribute(name)?.parse::<f64>().ok();
    match node.tag_name().name() {
        "rect" => {
            let y = number("y")?;
            Some((y, y + number("height")?))
        }
        "circle" => {
            let (y, r) = (number("cy")?, number("r")?);
            Some((y - r, y + r))
        }
        "path" => path(node.attribute("d")?),
        "text" => text(node, number("y")?, number("font-size")?),
        "g" if node.attribute("transform").is_none() => (node.children())
            .filter(|child| child.is_element() && is_drawn(*child))
            .map(extent)
            .try_fold(None, |all: Option<(f64, f64)>, child| {
                let (from, to) = child?;
                Some(Some(
                    all.map_or((from, to), |all| (all.0.min(from), all.1.max(to))),
                ))
            })
            .flatten(),
        _ => None,
    }
}

/// Every second number of straight lines between absolute points is a height.
fn path(data: &str) -> Option<(f64, f64)> {
    if data.contains(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'M' | 'L' | 'Z')) {
        return None;
    }
    let numbers: Option<Vec<f64>> = data
        .split(|c: char| c.is_ascii_alphabetic() || c == ' ' || c == ',')
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect();
    let heights = numbers?.into_iter().skip(1).step_by(2);
    heights.fold(None, |all: Option<(f64, f64)>, y| {
        Some(all.map_or((y, y), |all| (all.0.min(y), all.1.max(y))))
    })
}

fn text(node: Node<'_, '_>, y: f64, size: f64) -> Option<(f64, f64)> {
    let (above, below) = (size * ASCENT, size * DESCENT);
    let Some(turn) = node.attribute("transform") else {
        return Some((y - above, y + below));
    };
    turn.starts_with("rotate(-90 ").then(|| {
        let said: String = node.descendants().filter_map(|n| n.text()).collect();
        let width = charts::text_width(&said, size, true);
        match node.attribute("text-anchor") {
            None => (y - width, y + size),
            Some("middle") => (y - width / 2.0 - size, y + width / 2.0 + size),
            Some(_) => (y - size, y + width),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(rows: u32) -> (String, (f64, f64)) {
        let height = f64::from(rows) * 40.0;
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{height}" viewBox="0 0 720 {height}"><style>.a{{}}</style><path d="M300 0L300 {height}" class="c"/>"#
        );
        let rows = (0..rows).map(|row| {
            let y = row * 40 + 20;
            format!(
                r#"<g class="row"><title>x</title><text x="0" y="{y}" font-size="14">Rad {row}.</text><circle cx="300" cy="{y}" r="7"/></g>"#
            )
        });
        svg.extend(rows);
        (svg + "</svg>", (720.0, height))
    }

    #[test]
    fn a_picture_that_fits_is_left_as_it_is() {
        let (svg, size) = picture(16);
        let pieces = pieces(&svg, size);
        assert_eq!(pieces.len(), 1);
        assert_eq!(pieces[0].svg, svg);
    }

    #[test]
    fn a_tall_picture_is_cut_between_rows_and_no_row_is_lost_or_said_twice() {
        let (svg, size) = picture(60);
        let pieces = pieces(&svg, size);
        assert!(pieces.len() > 4, "{}", pieces.len());
        let height: f64 = pieces.iter().map(|piece| piece.height).sum();
        assert!((height - size.1).abs() < 1e-6);
        for row in 0..60 {
            let name = format!("Rad {row}.");
            let said = pieces.iter().filter(|piece| piece.svg.contains(&name));
            assert_eq!(said.count(), 1, "{name}");
        }
        for piece in pieces {
            assert!(piece.svg.contains("<style>") && piece.svg.contains("M300 0"));
            assert!(Document::parse(&piece.svg).is_ok());
            assert!(piece.height >= LEAST / 2.0);
        }
    }

    #[test]
    fn what_is_not_understood_is_never_cut() {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg"><g transform="scale(2)"/></svg>"#;
        assert_eq!(pieces(svg, (720.0, 2000.0)).len(), 1);
        assert_eq!(pieces("<svg", (720.0, 2000.0)).len(), 1);
        assert_eq!(path("M1 2C3 4 5 6 7 8"), None);
        assert_eq!(path("M1 2L3 -4Z"), Some((-4.0, 2.0)));
    }
}
