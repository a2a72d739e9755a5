//! Every address of the service: who is let in, and what a right form for it looks like.

use domain::rights::Role;

use crate::{
    client::{Client, Response, form},
    doors::Door,
    series::Series,
    world::{AWAY, HOME, Who, World, municipality, random_id},
};

/// A route: method, path as in the sources, who is let in, and how someone who is let in is answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) door: Door,
    pub(crate) status: u16,
}

pub(crate) const fn get(path: &'static str, door: Door) -> Route {
    Route {
        method: "GET",
        path,
        door,
        status: 200,
    }
}

pub(crate) const fn post(path: &'static str, door: Door) -> Route {
    Route {
        method: "POST",
        path,
        door,
        status: 303,
    }
}

impl Route {
    pub(crate) const fn answering(self, status: u16) -> Self {
        Self { status, ..self }
    }

    pub(crate) fn is_in_mapping(&self) -> bool {
        self.path.contains("{mapping}")
    }

    /// The names between braces in its path.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        (self.path.split('{').skip(1)).filter_map(|rest| rest.split('}').next())
    }

    /// Its address with everything in it from one mapping.
    pub(crate) fn address(&self, world: &World, series: &Series) -> String {
        self.address_with(|name| self.value(world, series, name))
    }

    /// Its address with these values for the names between braces.
    pub(crate) fn address_with(&self, value: impl Fn(&str) -> String) -> String {
        (self.names()).fold(self.path.to_owned(), |address, name| {
            address.replace(&format!("{{{name}}}"), &value(name))
        })
    }

    /// What stands in the address for a name.
    pub(crate) fn value(&self, world: &World, series: &Series, name: &str) -> String {
        let [first, second, third] = series.capabilities;
        let ends = |end: &str| self.path.ends_with(end);
        match name {
            "mapping" => series.mapping.to_string(),
            "goal" => series.goal.to_string(),
            "area" if self.path.starts_with("/e/") => "1".to_owned(),
            "area" => series.area.to_string(),
            "capability" if ends("/aterstall") => series.retired.to_string(),
            "capability" if ends("/sla-ihop") => third.to_string(),
            "capability" if ends("/dela") => second.to_string(),
            "capability" => first.to_string(),
            "weakness" => series.weakness.to_string(),
            "workshop" => series.workshop.to_string(),
            "item" => series.item.to_string(),
            "round" if self.path.contains("/bedomning") => series.closed.to_string(),
            "round" if self.path.starts_with("/api/") => series.closed.to_string(),
            "key" => series.key.to_string(),
            "round" if self.path.contains("/fritext") => series.closed.to_string(),
            "round" => series.open.to_string(),
            "participant" => series.asked_for_both.id.to_string(),
            "invitee" => series.invited.id.to_string(),
            "municipality" => municipality(HOME).to_string(),
            "account" => world.account(Who::Member(Role::SteeringGroup)).to_string(),
            "kind" => "deltagaruppgifter".to_owned(),
            "disposal" => series.protocol.to_string(),
            "number" => "1".to_owned(),
            "mail" | "job" => random_id().to_string(),
            "file" if self.path.contains("/formaga/") => "kommuner.csv".to_owned(),
            "file" => "varmekarta.svg".to_owned(),
            "name" => "app.css".to_owned(),
            "card" => series.reflection.to_string(),
            "token" if self.path.starts_with("/s/") => {
                let shared = world.shared(series.workshop);
                shared.rsplit('/').next().unwrap_or_default().to_owned()
            }
            "code" => "abcdef".to_owned(),
            "enquiry" => series.enquiry.to_string(),
            "contact" => series.contacts[0].0.to_string(),
            "step" => "ws1".to_owned(),
            "token" if self.path.starts_with("/i/") => series.contacts[0].1.clone(),
            "token" if self.path.starts_with("/p/") => series.invited.token.clone(),
            "token" if self.path.starts_with("/e/") => series.asked.token.clone(),
            "token" => world.login_token.clone(),
            other => panic!("the tests do not know what {{{other}}} stands for"),
        }
    }

    /// Sends it as this visitor, with a right form.
    pub(crate) fn send(&self, client: &Client, address: &str, series: &Series) -> Response {
        if self.path.ends_with("/strom") {
            return client.begin(address);
        }
        if self.method == "GET" {
            return client.get(address);
        }
        let parts = match self.path.rsplit('/').next() {
            Some("lista") => [("id", id()), ("lista", roster("Lista"))],
            Some("importera") => [("op", id()), ("fil", "ingen zip".to_owned())],
            Some("import") => [("op", id()), ("fil", sheet())],
            Some("bekrafta") => [("op", id()), ("rader", sheet())],
            _ => Default::default(),
        };
        if !parts[0].0.is_empty() {
            return client.post_parts(address, &parts.each_ref().map(|(n, v)| (*n, v.as_str())));
        }
        let fields = self.fields(series);
        let fields: Vec<_> = (fields.iter())
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        client.post_raw(address, form(&fields).as_bytes())
    }

    /// The fields of a right form.
    pub(crate) fn fields(&self, series: &Series) -> Vec<(String, String)> {
        let home = municipality(HOME).to_string();
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut set = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
        let end = self.path.strip_prefix("/k/{mapping}").unwrap_or(self.path);
        set("op", &id());
        set("id", &id());
        if self.path.contains("/workshop") || self.path.starts_with("/s/") || self.path == "/w" {
            in_workshop(end, series, &mut set);
            return fields;
        }
        match end {
            // These need none, or are sent otherwise, for they may carry a file.
            "/logga-in/{token}"
            | "/logga-ut"
            | "/e/{token}/skicka"
            | "/e/{token}/kod"
            | "/import"
            | "/importera"
            | "/import/bekrafta"
            | "/resultat/rapport/{job}/avbryt"
            | "/omgangar/{round}/deltagare/inbjudna"
            | "/omgangar/{round}/deltagare/lista"
            | "/omgangar/{round}/papper/inlamnat"
            | "/omgangar/{round}/fritext/alla"
            | "/omgangar/{round}/effekt/forslag" => {}
            "/angra" => {
                fields.retain(|(name, _)| name != "op");
                fields.push(("op".to_owned(), series.undoable.to_string()));
            }
            end if of_service(end, &home, &mut set)
                || on_map(end, series, &mut set)
                || in_round(end, series, &mut set)
                || about_people(end, &home, &mut set) => {}
            end if [
                "ta-bort",
                "stryk",
                "aterstall",
                "stang",
                "lank",
                "katalog",
                "stoppa",
                "skicka",
                "igen",
                "dra-in",
            ]
            .iter()
            .any(|word| end.ends_with(word)) => {}
            other => panic!("the tests have no form for {other}"),
        }
        fields
    }
}

/// Sets what a right form about the service, an account or a mapping's settings has; whether it is one.
fn of_service(end: &str, home: &str, set: &mut dyn FnMut(&str, &str)) -> bool {
    match end {
        "/sprak" => {
            set("sprak", "sv");
            set("till", "/");
        }
        "/sessioner" => set("session", &id()),
        "/logga-in" => set("epost", "ingen@example.se"),
        "/logga-in/losenord" => {
            set("epost", "ingen@example.se");
            set("losenord", "inte detta heller");
        }
        "/resultat/rapport" => set("format", "json"),
        "/gallring" => {
            set("kind", "brev");
            set("manader", "24");
            set("beslut", "KS 2026/12");
        }
        "/gallring/{kind}" => {
            set("fore", &i64::MAX.to_string());
            set("beslut", "KS 2026/12");
            set("datum", "2026-11-02");
            set("saker", "ja");
        }
        "/konto/losenord" => {
            set("nuvarande", "fyra ord i följd");
            set("nytt", "fyra ord i följd");
            set("igen", "fyra ord i följd");
        }
        "/konto/losenord/ta-bort" => set("nuvarande", "fyra ord i följd"),
        "/ny" => {
            set("namn", "Skaraborg");
            set("period", "2027");
            set("sprak", "sv");
            set("kommun", home);
        }
        "/api" => {
            set("namn", "Statistikportalen");
            set("sista-dag", &in_a_week());
        }
        "/oppna-data/kommun/{municipality}" => {
            set("oppna", "ja");
            set(&format!("grund-{home}"), "KS 2026/12");
        }
        "/oppna-data/formagor" => {}
        "/installningar" => {
            set("namn", "Dalsland");
            set("period", "2027");
            set("sprak", "sv");
        }
        "/personer" => {
            set("namn", "Ny Person");
            set("epost", "person@example.se");
            set("roll", "representant");
            set("kommun", home);
        }
        _ => return false,
    }
    true
}

/// Sets what a right form on the map has; whether it is one.
fn on_map(end: &str, series: &Series, set: &mut dyn FnMut(&str, &str)) -> bool {
    let [first, ..] = series.capabilities;
    match end {
        "/mal/ny" | "/mal/{goal}" => {
            set("mal", "Trygga uppkopplade arbetssätt");
            set("niva", "regional");
        }
        "/omraden/ny" | "/omraden/{area}" => set("namn", "Struktur"),
        "/omraden/{area}/flytta" => set("till", "0"),
        "/formagor/ny" | "/formagor/{capability}" => {
            set("namn", "Samverkan");
            set("typ", "styrande");
            set("omrade", &series.area.to_string());
        }
        "/formagor/{capability}/flytta" => set("plats", &format!("{}/", series.area)),
        "/formagor/{capability}/sla-ihop" => set("kvar", &first.to_string()),
        "/formagor/{capability}/dela" => set("delar", "Ena halvan\nAndra halvan"),
        "/oformagor/ny" | "/oformagor/{weakness}" => {
            set("namn", "Ingen har tid");
            set("typ", "resurs");
        }
        "/faststall" => {
            set("datum", "2026-10-01");
            set("beslutat-av", "Styrgruppen");
        }
        _ => return false,
    }
    true
}

/// Sets what a right form of a round has; whether it is one.
fn in_round(end: &str, series: &Series, set: &mut dyn FnMut(&str, &str)) -> bool {
    let [first, ..] = series.capabilities;
    let home = municipality(HOME).to_string();
    match end {
        "/omgangar/ny" => {
            set("namn", "Omgång 3");
            set("version", "1");
            set("ar", "2030");
            set("n_min", "6");
            set("svarssatt", "namngiven");
        }
        "/omgangar/{round}/deltagare" => {
            set("namn", "Ny Deltagare");
            set("epost", "ny@example.se");
            set("roll", "annan");
            set("kommun", &home);
        }
        "/omgangar/{round}/deltagare/lista/klart" => set("lista", &roster("Lista")),
        "/omgangar/{round}/utskick/inbjudan" => set("ord", "Svara gärna före jul"),
        "/omgangar/{round}/utskick/paminnelser/{number}" => {
            set("dag-1", &in_a_week());
            set("ord-1", "");
        }
        "/omgangar/{round}/bedomning/{municipality}" => {
            set("forankra", &first.to_string());
            set(&format!("nulage-{first}"), "2");
            set(&format!("borlage-{first}"), "4");
        }
        "/omgangar/{round}/effekt" => set(&format!("effekt-{first}"), "5"),
        "/omgangar/{round}/fritext" => set("granskning", "visas"),
        "/omgangar/{round}/papper/skriv-in" => {
            set("deltagare", &series.asked_for_both.id.to_string());
            set(&format!("{}.alla.nulage", first.uuid().simple()), "3");
        }
        "/e/{token}/{area}" | "/e/{token}/allt" => {
            set(&format!("{}.alla.nulage", first.uuid().simple()), "3");
            set(&format!("{}.alla.borlage", first.uuid().simple()), "5");
        }
        _ => return false,
    }
    true
}

/// Sets what a right form about those who take part has; whether it is one.
fn about_people(end: &str, home: &str, set: &mut dyn FnMut(&str, &str)) -> bool {
    match end {
        // Others, for those who are invited are added to rounds.
        "/inbjudna/granska" | "/inbjudna/granskad" => set("lista", &roster("Kallad")),
        "/inbjudna" => {
            set("namn", "Inbjuden Exempel");
            set("epost", "inbjuden@example.se");
            set("roll", "it-chef");
            set("kommun", home);
        }
        "/forberedelse/andra" => {
            set("gor", "spara");
            set("sedd", "");
            set("text", "# Vår text");
        }
        "/forberedelse/last" | "/p/{token}/las" | "/e/{token}/las" => set("last", "ja"),
        "/deltagande/{municipality}/{step}" => {
            set("sett", "null");
            set("deltar", "deltar delvis");
            set("sedan", "2026-11-02");
        }
        "/intresse" => {
            set("fraga", "Vill ni fortsätta?");
            set("sista-dag", &in_a_week());
            set(&format!("fraga-{home}"), "ja");
            set(&format!("epost-{home}"), "eva@example.se");
        }
        "/intresse/{enquiry}/svar/{contact}" => {
            set(&format!("svar-{home}"), "ja");
            set(&format!("kalla-{home}"), "Eva Exempel i telefon");
        }
        "/intresse/{enquiry}/for-in" => set("kommun", home),
        "/i/{token}" => {
            set("svar", "nej");
            set("namn", "Eva Exempel");
        }
        "/beredskap/{municipality}" => set("strategi", "finns"),
        _ => return false,
    }
    true
}

/// Sets what a right form of a workshop has.
fn in_workshop(end: &str, series: &Series, set: &mut dyn FnMut(&str, &str)) {
    let home = municipality(HOME).to_string();
    match end {
        "/workshopar" => {
            set("vad", "serie");
            set("datum", "2027-01-14");
            set("tid", "09:00");
            set("plats", "Stora salen");
            set("mellan", "7");
            set("valfri", "ws4");
        }
        "/workshop/{workshop}/planera" => {
            set("namn", "Mål och förmågor");
            set("datum", "2027-01-14");
            set("tid", "13:00");
            set("prickar", "3");
        }
        "/workshop/{workshop}/punkter/ny" | "/workshop/{workshop}/punkter/{item}" => {
            set("rubrik", "Frågor");
            set("typ", "D");
            set("moment", "samtal");
            set("minuter", "10");
        }
        "/s/{workshop}/{token}" => {
            set("text", "Vi har tänkt på arkivet");
            set("kommun", &home);
        }
        "/workshop/{workshop}/reflektioner/{card}" => {
            set("som", "mål");
            set("till", "sammanstallning");
        }
        "/workshop/{workshop}/minnesanteckningar/andra" => set("ovrigt", "Inget mer"),
        "/workshop/{workshop}/gor" => set("gor", "oppna"),
        "/workshop/{workshop}/inbjudan" => {
            set("gor", "skicka");
            set("till", &series.invited.id.to_string());
        }
        "/w" => {
            set("kod", "abcdef");
            set("namn", "Ny Deltagare");
            set("kommun", &home);
            set("roll", "annan");
        }
        "/e/{token}/workshop" => set("workshop", &series.workshop.to_string()),
        "/workshop/{workshop}/punkter/{item}/flytta" => set("fore", ""),
        "/workshop/{workshop}/punkter/{item}/hoppa-over" => set("pa", "1"),
        end if end.ends_with("/ta-bort") => {}
        other => panic!("the tests have no form for {other}"),
    }
}

fn id() -> String {
    random_id().to_string()
}

/// The day a week from now, as forms send it.
fn in_a_week() -> String {
    (time::OffsetDateTime::now_utc().date() + time::Duration::days(7)).to_string()
}

fn roster(name: &str) -> String {
    format!("namn;e-post;roll;kommuner\n{name} Exempel;{name}@example.se;it-chef;{AWAY}\n")
}

fn sheet() -> String {
    "slag;område;namn;typ\nförmåga;Data;Samtycken;styrande\n".to_owned()
}
