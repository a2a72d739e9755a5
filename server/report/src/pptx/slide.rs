//! The shapes of a slide, in the order in which they are read.

use super::{
    fit::{BETWEEN, Page, lines, tall},
    xml::{DECLARATION, NAMESPACES, Run, escaped, tag},
};
use crate::content::Language;

/// English Metric Units in a point.
const EMU: f64 = 12_700.0;
/// The slide's title in points, where it has at most two lines, and where it has more.
const TITLE_SIZES: [f64; 3] = [28.0, 24.0, 20.0];

/// How wide the words in the box of the conditions are, in points.
pub(super) const BOXED: f64 = 848.0;

/// A picture on a slide: its place in the file, alt text and size.
pub(super) struct Shown<'r> {
    /// Its relationship, such as `rId2`.
    pub(super) relation: &'static str,
    /// What it shows.
    pub(super) title: &'r str,
    /// What there is to see, for those who do not see it.
    pub(super) description: &'r str,
    /// Left, top, width and height, in points.
    pub(super) place: [f64; 4],
}

/// A slide in the making.
pub(super) struct Shapes {
    language: Language,
    xml: String,
    last: usize,
}

impl Shapes {
    /// An empty slide.
    pub(super) fn new(language: Language) -> Self {
        Self {
            language,
            xml: String::new(),
            last: 1,
        }
    }

    /// The number of the next shape.
    pub(super) fn next(&mut self) -> usize {
        self.last += 1;
        self.last
    }

    /// A shape that is already written.
    pub(super) fn push(&mut self, shape: &str) {
        self.xml += shape;
    }

    /// Its title, in the title's place, no taller than there is room for.
    pub(super) fn title(&mut self, title: &str) {
        let fits = |size: &f64| lines(title, 880.0, *size, true) <= 2;
        let size = TITLE_SIZES.into_iter().find(fits).unwrap_or(16.0);
        let run = Run {
            text: title,
            size: Some(size),
            ..Run::default()
        };
        let words = run.paragraph(self.language, "");
        self.place("Title", r#"type="title""#, "<p:spPr/>", &words);
    }

    /// The title of the whole presentation, and what stands below.
    pub(super) fn opening(&mut self, title: &str, below: &[&str]) {
        let plain = |text| Run {
            text,
            ..Run::default()
        };
        let fits = lines(title, 816.0, 44.0, true) <= 3;
        let run = Run {
            size: (!fits).then_some(30.0),
            ..plain(title)
        };
        let words = run.paragraph(self.language, "");
        self.place("Title", r#"type="ctrTitle""#, "<p:spPr/>", &words);
        let words: String = (below.iter())
            .map(|text| plain(text).paragraph(self.language, ""))
            .collect();
        self.place(
            "Subtitle",
            r#"type="subTitle" idx="1""#,
            "<p:spPr/>",
            &words,
        );
    }

    /// Paragraphs, or the items of a list, in the text's place; in a box when they are conditions.
    pub(super) fn words(&mut self, page: &Page, list: bool, boxed: bool) {
        let indent = page.size * EMU;
        let properties = if list {
            format!(
                r#"<a:pPr marL="{indent:.0}" indent="-{indent:.0}"><a:buFont typeface="Arial"/><a:buChar char="•"/></a:pPr>"#
            )
        } else {
            String::new()
        };
        let words: String = (page.paragraphs.iter())
            .map(|text| {
                let run = Run {
                    text,
                    size: Some(page.size),
                    ..Run::default()
                };
                run.paragraph(self.language, &properties)
            })
            .collect();
        let look = if boxed {
            let all: f64 = (page.paragraphs.iter())
                .map(|text| tall(lines(text, BOXED, page.size, false), page.size) + BETWEEN)
                .sum();
            let height = (all + 32.0).min(372.0) * EMU;
            let (x, y, width) = (40.0 * EMU, 108.0 * EMU, 880.0 * EMU);
            &format!(
                r#"<p:spPr><a:xfrm><a:off x="{x:.0}" y="{y:.0}"/><a:ext cx="{width:.0}" cy="{height:.0}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="FFF8EC"/></a:solidFill><a:ln w="19050"><a:solidFill><a:srgbClr val="D98A2B"/></a:solidFill></a:ln></p:spPr>"#
            )
        } else {
            "<p:spPr/>"
        };
        let id = self.next();
        let body = if boxed {
            r#"<a:bodyPr lIns="203200" tIns="203200" rIns="203200" bIns="101600"><a:normAutofit/></a:bodyPr>"#
        } else {
            "<a:bodyPr><a:normAutofit/></a:bodyPr>"
        };
        self.push(&format!(
            r#"<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="Text"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph idx="1"/></p:nvPr></p:nvSpPr>{look}<p:txBody>{body}<a:lstStyle/>{words}</p:txBody></p:sp>"#
        ));
    }

    /// A picture with its alt text.
    pub(super) fn picture(&mut self, shown: &Shown<'_>) {
        let id = self.next();
        let [x, y, width, height] = shown.place.map(|points| points * EMU);
        let (title, description) = (escaped(shown.title), escaped(shown.description));
        self.push(&format!(
            r#"<p:pic><p:nvPicPr><p:cNvPr id="{id}" name="{title}" descr="{description}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="{x:.0}" y="{y:.0}"/><a:ext cx="{width:.0}" cy="{height:.0}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>"#,
            shown.relation
        ));
    }

    /// That these are examples, at the top, read after the title.
    pub(super) fn example(&mut self, example: Option<&str>) {
        let Some(example) = example else { return };
        let run = Run {
            text: example,
            size: Some(12.0),
            bold: true,
            colour: Some("7A3A0C"),
        };
        let words = run.paragraph(self.language, "");
        let (id, height, inset) = (self.next(), 24.0 * EMU, 40.0 * EMU);
        self.push(&format!(
            r#"<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="Mark"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="12192000" cy="{height:.0}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="FFF8EC"/></a:solidFill></p:spPr><p:txBody><a:bodyPr wrap="square" lIns="{inset:.0}" tIns="0" rIns="{inset:.0}" bIns="0" anchor="ctr"><a:normAutofit/></a:bodyPr><a:lstStyle/>{words}</p:txBody></p:sp>"#
        ));
    }

    /// What the figures rest on, and the number of the slide.
    pub(super) fn foot(&mut self, based_on: &str, number: usize) {
        if !based_on.is_empty() {
            let fits = lines(based_on, 790.0, 12.0, false) <= 2;
            let run = Run {
                text: based_on,
                size: Some(if fits { 12.0 } else { 10.0 }),
                ..Run::default()
            };
            let words = run.paragraph(self.language, "");
            let place = r#"type="ftr" sz="quarter" idx="11""#;
            self.place("Footer", place, "<p:spPr/>", &words);
        }
        let lang = tag(self.language);
        let words = format!(
            r#"<a:p><a:fld id="{{7E8B1C7A-2E0F-4B6C-9B53-0F3D9C0A1B2C}}" type="slidenum"><a:rPr lang="{lang}" dirty="0"/><a:t>{number}</a:t></a:fld><a:endParaRPr lang="{lang}" dirty="0"/></a:p>"#
        );
        let place = r#"type="sldNum" sz="quarter" idx="12""#;
        self.place("Slide number", place, "<p:spPr/>", &words);
    }

    fn place(&mut self, name: &str, placeholder: &str, look: &str, words: &str) {
        let id = self.next();
        self.push(&format!(
            r#"<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {placeholder}/></p:nvPr></p:nvSpPr>{look}<p:txBody><a:bodyPr/><a:lstStyle/>{words}</p:txBody></p:sp>"#
        ));
    }

    /// The whole slide.
    pub(super) fn finished(self) -> String {
        format!(
            r#"{DECLARATION}<p:sld {NAMESPACES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"#,
            self.xml
        )
    }
}
