//! The parts of a presentation in their ZIP file (ECMA-376, parts 1 and 2).

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::xml::{DECLARATION, NAMESPACES, escaped, tag};
use crate::{content::Report, progress::Fault};

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const KINDS: &str = "application/vnd.openxmlformats-officedocument.presentationml";
const LAYOUTS: [&str; 3] = [
    include_str!("parts/layout-title.xml"),
    include_str!("parts/layout-text.xml"),
    include_str!("parts/layout-open.xml"),
];

/// What a slide is laid out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// The first slide.
    Opening = 1,
    /// A title and words.
    Words = 2,
    /// A title, and a table or a picture.
    Open = 3,
}

/// A presentation in the making. Parts are written as they come, so that no more than one is in memory twice.
pub(super) struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    slides: usize,
    pictures: usize,
}

impl Package {
    /// The parts that are the same in all presentations.
    pub(super) fn new() -> Result<Self, Fault> {
        let mut package = Self {
            zip: ZipWriter::new(Cursor::new(Vec::new())),
            slides: 0,
            pictures: 0,
        };
        package.part("ppt/theme/theme1.xml", include_str!("parts/theme.xml"))?;
        let master = "ppt/slideMasters/slideMaster1.xml";
        package.part(master, include_str!("parts/master.xml"))?;
        let mut of_master = Vec::new();
        for (number, layout) in (1..).zip(LAYOUTS) {
            package.part(&format!("ppt/slideLayouts/slideLayout{number}.xml"), layout)?;
            let master = relation(1, "slideMaster", "../slideMasters/slideMaster1.xml");
            package.relations(
                &format!("ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"),
                &[master],
            )?;
            let target = format!("../slideLayouts/slideLayout{number}.xml");
            of_master.push(relation(number, "slideLayout", &target));
        }
        of_master.push(relation(4, "theme", "../theme/theme1.xml"));
        package.relations("ppt/slideMasters/_rels/slideMaster1.xml.rels", &of_master)?;
        Ok(package)
    }

    /// The number of the next slide, from 1.
    pub(super) fn next_slide(&self) -> usize {
        self.slides + 1
    }

    /// Adds a picture; gives its name, for [`Package::slide`].
    pub(super) fn picture(&mut self, png: &[u8]) -> Result<String, Fault> {
        self.pictures += 1;
        let name = format!("image{}.png", self.pictures);
        // A PNG is packed already.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let path = format!("ppt/media/{name}");
        self.zip.start_file(path, options).map_err(Fault::because)?;
        self.zip.write_all(png).map_err(Fault::because)?;
        Ok(name)
    }

    /// Adds a slide. Its picture, if it has one, is `rId2`.
    pub(super) fn slide(
        &mut self,
        xml: &str,
        layout: Layout,
        picture: Option<&str>,
    ) -> Result<(), Fault> {
        self.slides += 1;
        let number = self.slides;
        self.part(&format!("ppt/slides/slide{number}.xml"), xml)?;
        let target = format!("../slideLayouts/slideLayout{}.xml", layout as u8);
        let mut relations = vec![relation(1, "slideLayout", &target)];
        relations.extend(picture.map(|name| relation(2, "image", &format!("../media/{name}"))));
        let path = format!("ppt/slides/_rels/slide{number}.xml.rels");
        self.relations(&path, &relations)
    }

    /// The whole file.
    pub(super) fn finished(mut self, report: &Report) -> Result<Vec<u8>, Fault> {
        let slides = 1..=self.slides;
        let mut relations = vec![
            relation(1, "slideMaster", "slideMasters/slideMaster1.xml"),
            relation(2, "theme", "theme/theme1.xml"),
            relation(3, "presProps", "presProps.xml"),
        ];
        let mut ids = Vec::new();
        let mut kinds = Vec::new();
        for slide in slides {
            let target = format!("slides/slide{slide}.xml");
            relations.push(relation(slide + 3, "slide", &target));
            let id = 255 + slide;
            ids.push(format!(r#"<p:sldId id="{id}" r:id="rId{}"/>"#, slide + 3));
            kinds.push(format!(
                r#"<Override PartName="/ppt/slides/slide{slide}.xml" ContentType="{KINDS}.slide+xml"/>"#
            ));
        }
        for layout in 1..=LAYOUTS.len() {
            kinds.push(format!(
                r#"<Override PartName="/ppt/slideLayouts/slideLayout{layout}.xml" ContentType="{KINDS}.slideLayout+xml"/>"#
            ));
        }
        let (ids, kinds) = (ids.concat(), kinds.concat());
        let lang = tag(report.language);
        self.part("ppt/presentation.xml", &format!(
            r#"{DECLARATION}<p:presentation {NAMESPACES} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/><p:defaultTextStyle><a:defPPr><a:defRPr lang="{lang}"/></a:defPPr></p:defaultTextStyle></p:presentation>"#
        ))?;
        self.part(
            "ppt/presProps.xml",
            &format!("{DECLARATION}<p:presentationPr {NAMESPACES}/>"),
        )?;
        self.relations("ppt/_rels/presentation.xml.rels", &relations)?;
        self.part("docProps/core.xml", &format!(
            r#"{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>Förmågekartan</dc:creator><dc:language>{lang}</dc:language>{}</cp:coreProperties>"#,
            escaped(&report.title),
            escaped(&report.subtitle),
            made(&report.day),
        ))?;
        self.part("docProps/app.xml", &format!(
            r#"{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Förmågekartan</Application><Slides>{}</Slides></Properties>"#,
            self.slides
        ))?;
        let core =
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
        self.relations(
            "_rels/.rels",
            &[
                relation(1, "officeDocument", "ppt/presentation.xml"),
                format!(r#"<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/>"#),
                relation(3, "extended-properties", "docProps/app.xml"),
            ],
        )?;
        self.part("[Content_Types].xml", &format!(
            r#"{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/ppt/presentation.xml" ContentType="{KINDS}.presentation.main+xml"/><Override PartName="/ppt/presProps.xml" ContentType="{KINDS}.presProps+xml"/><Override PartName="/ppt/slideMasters/slideMaster1.xml" ContentType="{KINDS}.slideMaster+xml"/><Override PartName="/ppt/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>{kinds}</Types>"#
        ))?;
        let file = self.zip.finish().map_err(Fault::because)?;
        Ok(file.into_inner())
    }

    fn relations(&mut self, path: &str, relations: &[String]) -> Result<(), Fault> {
        let relations = relations.concat();
        self.part(path, &format!(
            r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
        ))
    }

    fn part(&mut self, path: &str, xml: &str) -> Result<(), Fault> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.zip.start_file(path, options).map_err(Fault::because)?;
        self.zip.write_all(xml.as_bytes()).map_err(Fault::because)
    }
}

fn relation(id: usize, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="rId{id}" Type="{TYPES}/{kind}" Target="{target}"/>"#)
}

/// When it was made, for a day that is one.
fn made(day: &str) -> String {
    let digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = day.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => format!(
            r#"<dcterms:created xsi:type="dcterms:W3CDTF">{year}-{month}-{day}T00:00:00Z</dcterms:created>"#
        ),
        _ => String::new(),
    }
}
