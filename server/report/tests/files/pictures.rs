//! PNG: read by Pillow.

use report::{Block, png};

use crate::{
    reader::{list, number, said, text},
    sample,
};

#[test]
fn a_chart_is_a_sharp_opaque_picture_that_says_what_it_shows() {
    let report = sample::report();
    let blocks = (report.summary.iter().chain(&report.appendix)).flat_map(|s| &s.blocks);
    let mut seen = 0;
    let figures = blocks.filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    });
    // Every other one: each takes a while.
    for figure in figures.step_by(2) {
        let chart = &figure.chart;
        let file = png(chart).expect("it can be drawn");
        let Some(read) = said("picture.py", "chart.png", &file) else {
            return;
        };
        assert_eq!(read["format"], "PNG");
        assert_eq!(read["dpi"], serde_json::json!([192, 192]));
        assert_eq!(read["opaque"], true);
        assert_eq!(read["corner"], "ffffff");
        assert_eq!(text(&read["texts"]["Title"]), chart.title);
        assert_eq!(text(&read["texts"]["Description"]), chart.description);
        let svg = chart.standalone_svg();
        let svg = roxmltree::Document::parse(&svg).expect("an SVG");
        for (side, name) in [(0, "width"), (1, "height")] {
            let units: f64 = (svg.root_element().attribute(name))
                .and_then(|units| units.parse().ok())
                .expect("a size");
            let pixels = number(&list(&read["size"])[side]);
            assert!((pixels - 2.0 * units).abs() <= 2.0, "{pixels} of {units}");
        }
        seen += 1;
    }
    assert_eq!(seen, 4);
}

#[test]
fn the_colours_of_the_pages_are_in_the_picture() {
    let report = sample::report();
    let Block::Figure(list_of) = &report.summary[0].blocks[2] else {
        panic!("the sample begins with a chart");
    };
    let file = png(&list_of.chart).expect("it can be drawn");
    let Some(read) = said("picture.py", "chart.png", &file) else {
        return;
    };
    let sheet = list_of.chart.standalone_svg();
    for class in ["c-bar", "c-track", "c-ink"] {
        let rule = format!(".{class}.fill{{fill:#");
        let (_, after) = sheet.split_once(&rule).expect("every paint has its rule");
        let colour = after.split_once('}').expect("it ends").0;
        let share = read["colours"].get(colour).map_or(0.0, number);
        assert!(share > 0.002, "{class} #{colour}: {share}");
    }
}

#[test]
fn words_are_set_in_the_typeface_that_lies_beside_and_bold_ones_are_wider() {
    let report = sample::report();
    let Block::Figure(list_of) = &report.summary[0].blocks[2] else {
        panic!("the sample begins with a chart");
    };
    let svg = list_of.chart.standalone_svg();
    assert!(svg.contains("font-weight=\"600\""));
    let mut fonts = resvg::usvg::fontdb::Database::new();
    for font in [report::INTER_REGULAR, report::INTER_SEMIBOLD] {
        fonts.load_font_data(font.to_vec());
    }
    let faces: Vec<(String, u16)> = fonts
        .faces()
        .map(|face| (face.families[0].0.clone(), face.weight.0))
        .collect();
    assert_eq!(
        faces,
        [("Inter".to_owned(), 400), ("Inter".to_owned(), 600)]
    );
    let options = resvg::usvg::Options {
        fontdb: std::sync::Arc::new(fonts),
        ..resvg::usvg::Options::default()
    };
    let width = |weight: &str| {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="40"><style>text{{font-family:Inter,sans-serif}}</style><text x="0" y="30" font-size="20"{weight}>Förmåga åäö 2,3</text></svg>"#
        );
        let tree = resvg::usvg::Tree::from_str(&svg, &options).expect("an SVG");
        f64::from(tree.root().bounding_box().width())
    };
    let (regular, bold) = (width(""), width(r#" font-weight="600""#));
    for (measured, is_bold) in [(regular, false), (bold, true)] {
        let estimated = charts::text_width("Förmåga åäö 2,3", 20.0, is_bold);
        assert!(
            (measured - estimated).abs() < 4.0,
            "{measured} for {estimated}"
        );
    }
    assert!(bold > regular + 2.0);
}
