//! The catalogue that data portals harvest: DCAT-AP-SE 3 as RDF/XML.

use std::fmt::Write as _;

use app::components::date;

use super::{Dataset, file::LICENCE};
use crate::state::Publisher;

const LANGUAGE: &str = "http://publications.europa.eu/resource/authority/language/SWE";
/// Government and public sector.
const THEME: &str = "http://publications.europa.eu/resource/authority/data-theme/GOVE";
const THEMES: &str = "http://publications.europa.eu/resource/authority/data-theme";
const PUBLIC: &str = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";
const SWEDEN: &str = "http://sws.geonames.org/2661886/";
const DATE: &str = "http://www.w3.org/2001/XMLSchema#date";
/// What stands where the operator has not said who is responsible.
const NAMELESS: &str = "Förmågekartan";

/// The whole catalogue.
pub(super) fn rdf(url: &str, publisher: &Publisher, datasets: &[Dataset]) -> String {
    let mut page = Page {
        url,
        text: String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
             xmlns:rdfs=\"http://www.w3.org/2000/01/rdf-schema#\" \
             xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:vcard=\"http://www.w3.org/2006/vcard/ns#\" \
             xmlns:dcat=\"http://www.w3.org/ns/dcat#\" \
             xmlns:foaf=\"http://xmlns.com/foaf/0.1/\">\n",
        ),
    };
    let name = publisher.name.as_deref().unwrap_or(NAMELESS);
    page.open("dcat:Catalog", "/datasets");
    page.words("dcterms:title", "Förmågekartan: öppna data");
    page.words(
        "dcterms:description",
        "Samlade bedömningar av kommuners digitala förmågor, i dag och på sikt, som kommunerna själva har öppnat.",
    );
    page.own("dcterms:publisher", "/datasets#utgivare");
    page.link("dcterms:license", LICENCE);
    page.link("dcterms:language", LANGUAGE);
    page.link("dcat:themeTaxonomy", THEMES);
    page.own("foaf:homepage", "/datasets");
    for dataset in datasets {
        page.own("dcat:dataset", &dataset.address());
    }
    page.close("dcat:Catalog");
    page.open("foaf:Agent", "/datasets#utgivare");
    page.plain("foaf:name", name);
    page.close("foaf:Agent");
    page.open("vcard:Organization", "/datasets#kontakt");
    page.plain("vcard:fn", name);
    match &publisher.email {
        Some(email) => page.link("vcard:hasEmail", &format!("mailto:{email}")),
        None => page.own("vcard:hasURL", "/datasets"),
    }
    page.close("vcard:Organization");
    for dataset in datasets {
        page.dataset(dataset);
    }
    page.text.push_str("</rdf:RDF>\n");
    page.text
}

struct Page<'a> {
    url: &'a str,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string never fails.
        writeln!(self.text, "{line}").ok();
    }

    fn open(&mut self, class: &str, address: &str) {
        let about = escaped(&format!("{}{address}", self.url));
        self.line(format_args!("<{class} rdf:about=\"{about}\">"));
    }

    fn close(&mut self, class: &str) {
        self.line(format_args!("</{class}>"));
    }

    /// Words in Swedish.
    fn words(&mut self, property: &str, words: &str) {
        let words = escaped(words);
        self.line(format_args!(
            "<{property} xml:lang=\"sv\">{words}</{property}>"
        ));
    }

    fn plain(&mut self, property: &str, words: &str) {
        let words = escaped(words);
        self.line(format_args!("<{property}>{words}</{property}>"));
    }

    fn day(&mut self, property: &str, day: &str) {
        self.line(format_args!(
            "<{property} rdf:datatype=\"{DATE}\">{day}</{property}>"
        ));
    }

    fn link(&mut self, property: &str, to: &str) {
        let to = escaped(to);
        self.line(format_args!("<{property} rdf:resource=\"{to}\"/>"));
    }

    /// A link within the service.
    fn own(&mut self, property: &str, address: &str) {
        let to = format!("{}{address}", self.url);
        self.link(property, &to);
    }

    fn dataset(&mut self, dataset: &Dataset) {
        let address = dataset.address();
        let data = &dataset.data;
        let places: Vec<_> = data.municipalities.iter().map(|m| m.name()).collect();
        self.open("dcat:Dataset", &address);
        self.words(
            "dcterms:title",
            &format!("Digitala förmågor: {}", dataset.name()),
        );
        self.words(
            "dcterms:description",
            &format!(
                "Nivåer 1–5 i dag (nuläge) och på sikt (börläge) för {} förmågor, enligt kommunernas samlade bedömning, \
                 och medel över dem. {} av {} kommuner har öppnat sina uppgifter: {}. Version {} av kartan, fastställd {} \
                 av {}. Omgången stängdes {}.",
                data.capabilities.len(),
                data.municipalities.len(),
                data.of,
                places.join(", "),
                dataset.version.number,
                dataset.version.date,
                dataset.version.decided_by,
                dataset.closed_on(),
            ),
        );
        self.own("dcterms:publisher", "/datasets#utgivare");
        self.own("dcat:contactPoint", "/datasets#kontakt");
        self.own("dcat:landingPage", "/datasets");
        self.link("dcat:theme", THEME);
        self.link("dcterms:language", LANGUAGE);
        self.link("dcterms:accessRights", PUBLIC);
        self.link("dcterms:spatial", SWEDEN);
        for keyword in ["digitalisering", "förmågor", "kommuner"] {
            self.words("dcat:keyword", keyword);
        }
        let first = (dataset.publication.municipalities.iter())
            .filter(|opened| data.municipalities.contains(&opened.municipality))
            .map(|opened| opened.since)
            .min();
        if let Some(day) = first {
            self.day("dcterms:issued", &day.to_string());
        }
        self.line(format_args!("<dcterms:temporal><dcterms:PeriodOfTime>"));
        self.day("dcat:startDate", &date(dataset.round.opened_at));
        self.day("dcat:endDate", &dataset.closed_on());
        self.line(format_args!("</dcterms:PeriodOfTime></dcterms:temporal>"));
        for ending in ["csv", "json"] {
            self.own("dcat:distribution", &format!("{address}#{ending}"));
        }
        self.close("dcat:Dataset");
        for (ending, kind, name) in [
            ("csv", "text/csv", "CSV-fil"),
            ("json", "application/json", "JSON-fil"),
        ] {
            self.open("dcat:Distribution", &format!("{address}#{ending}"));
            self.words("dcterms:title", name);
            self.own("dcat:accessURL", &format!("{address}.{ending}"));
            self.own("dcat:downloadURL", &format!("{address}.{ending}"));
            self.plain("dcterms:format", kind);
            self.link("dcterms:license", LICENCE);
            self.link("dcterms:language", LANGUAGE);
            self.close("dcat:Distribution");
        }
    }
}

/// Text as XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
