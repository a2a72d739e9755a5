//! What every chart must hold: well-formed, named, readable, with labels that have room and the numbers of its table.

use std::collections::HashSet;

use charts::{Cell, Chart, text_width};
use roxmltree::{Document, Node};

fn attribute(node: Node<'_, '_>, name: &str) -> f64 {
    let value = node.attribute(name).expect("the attribute is there");
    value.parse().expect("a number")
}

/// Left, top, right and bottom of a text, by the estimate that the layout uses.
fn text_box(node: Node<'_, '_>) -> [f64; 4] {
    let size = attribute(node, "font-size");
    let bold = node.attribute("font-weight").is_some();
    let width = text_width(node.text().unwrap_or(""), size, bold);
    let (x, baseline) = (attribute(node, "x"), attribute(node, "y"));
    let left = match node.attribute("text-anchor") {
        Some("middle") => x - width / 2.0,
        Some("end") => x - width,
        _ => x,
    };
    // Up to the rings of Å, down to the tail of g.
    let (top, bottom) = (baseline - 0.9 * size, baseline + 0.22 * size);
    let Some(turn) = node.attribute("transform") else {
        return [left, top, left + width, bottom];
    };
    let numbers = turn.trim_start_matches("rotate(").trim_end_matches(')');
    let numbers: Vec<f64> = (numbers.split(' '))
        .map(|number| number.parse().expect("a number"))
        .collect();
    let (cx, cy) = (numbers[1], numbers[2]);
    let turned = |x: f64, y: f64| (cx + (y - cy), cy - (x - cx));
    let (a, b) = (turned(left, top), turned(left + width, bottom));
    [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)]
}

pub(crate) fn texts<'d>(document: &'d Document<'_>) -> Vec<Node<'d, 'd>> {
    (document.descendants())
        .filter(|node| node.has_tag_name("text"))
        .collect()
}

fn assert_labels_have_room(chart: &Chart) {
    let document = Document::parse(&chart.svg).expect("well-formed");
    let view: Vec<f64> = (document.root_element().attribute("viewBox"))
        .expect("a view box")
        .split(' ')
        .map(|number| number.parse().expect("a number"))
        .collect();
    let boxes: Vec<_> = (texts(&document).into_iter())
        .filter(|node| node.text().is_some_and(|text| !text.is_empty()))
        .map(|node| (text_box(node), node.text().unwrap_or("").to_owned()))
        .collect();
    for (index, (a, label)) in boxes.iter().enumerate() {
        assert!(
            a[0] >= -0.1 && a[1] >= -0.1 && a[2] <= view[2] + 0.1 && a[3] <= view[3] + 0.1,
            "{}: {label:?} at {a:?} is cut by {view:?}",
            chart.id
        );
        for (b, other) in &boxes[index + 1..] {
            let apart = a[2] <= b[0] + 0.1
                || b[2] <= a[0] + 0.1
                || a[3] <= b[1] + 0.1
                || b[3] <= a[1] + 0.1;
            assert!(
                apart,
                "{}: {label:?} {a:?} and {other:?} {b:?} collide",
                chart.id
            );
        }
    }
}

pub(crate) fn assert_is_sound(chart: &Chart) {
    for (svg, on_a_page) in [(chart.svg.clone(), true), (chart.standalone_svg(), false)] {
        let document = Document::parse(&svg).expect("well-formed");
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        for (name, text) in [("title", &chart.title), ("desc", &chart.description)] {
            let node = (root.children().find(|node| node.has_tag_name(name))).expect(name);
            assert_eq!(node.text(), Some(text.as_str()));
            let labels = root.attribute("aria-labelledby").expect("is named");
            assert!(labels.split(' ').any(|id| node.attribute("id") == Some(id)));
        }
        assert_eq!(root.attribute("width").is_none(), on_a_page);
        assert_eq!(svg.contains("<style>"), !on_a_page);
        for attribute in document.descendants().flat_map(|node| node.attributes()) {
            assert_ne!(attribute.name(), "style");
            let value = attribute.value();
            assert!(!value.contains("NaN") && !value.contains("inf"), "{value}");
        }
        for text in texts(&document) {
            assert!(attribute(text, "font-size") >= 14.0, "small text");
        }
        let ids: Vec<_> = (document.descendants())
            .filter_map(|node| node.attribute("id"))
            .collect();
        assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len());
        for link in svg.split("url(#").skip(1) {
            let id = link.split(')').next().expect("an id");
            assert!(ids.contains(&id), "{id}");
        }
        assert_says_its_numbers(chart, &document);
    }
    assert_labels_have_room(chart);
}

/// Every number of a row stands in the picture's row; a picture that leaves rows out says so.
fn assert_says_its_numbers(chart: &Chart, document: &Document<'_>) {
    let rows: Vec<_> = (document.descendants())
        .filter(|node| node.attribute("class") == Some("row"))
        .collect();
    let says_that_some_are_left_out =
        (document.descendants()).any(|node| node.attribute("class") == Some("left-out"));
    assert_eq!(
        rows.len() < chart.table.rows.len(),
        says_that_some_are_left_out
    );
    assert!(rows.len() <= chart.table.rows.len());
    for (row, drawn) in chart.table.rows.iter().zip(rows) {
        // A range and the median of bars are marks without numbers; a resting pointer is told them.
        // So are the counts of coverage that have no room, and the last per cent of a bar.
        let ranged = chart.id == "dumbbell" && row.cells.len() > 3
            || ["five-bars", "coverage", "between_within"].contains(&chart.id);
        let said: Vec<String> = (drawn.descendants())
            .filter(|node| node.has_tag_name("text") || ranged && node.has_tag_name("title"))
            .flat_map(|node| node.text().unwrap_or("").split_whitespace())
            .map(|word| {
                word.trim_matches(['+', '.'])
                    .trim_end_matches(',')
                    .to_owned()
            })
            .collect();
        for cell in &row.cells {
            if let Cell::Number { .. } = cell {
                let number = cell.text(chart.table.mark);
                assert!(
                    said.contains(&number),
                    "{}: {number} of {row:?} in {said:?}",
                    chart.id
                );
            }
        }
        assert_eq!(row.cells.len() + 1, chart.table.columns.len());
    }
}
