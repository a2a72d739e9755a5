//! Every address of the service: who is let in, and what a right form for it looks like. A route that is in the sources
//! but not here fails the tests.

use std::{fs, path::Path};

use domain::rights::Role;

use crate::{
    client::{Client, Response, form},
    page::Class,
    world::{AWAY, HOME, Series, Who, World, municipality, random_id},
};

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// All people, signed in or not; what a secret in the address opens is open to its holder.
    Everyone,
    /// Everyone with an account.
    SignedIn,
    /// Accounts that may start mappings.
    Starters,
    /// Everyone with a role in the mapping; of an example, everyone.
    Readers,
    /// Those who follow the answering; of an example, everyone.
    Followers,
    /// Samordnare and workshopledare.
    Runners,
    /// Samordnare.
    Owners,
    /// Those who speak for [`HOME`].
    Speakers,
}

impl Door {
    /// Whom the door of our mapping opens to, in the order of [`Who::ALL`]: nobody, samordnare, workshopledare,
    /// representant, direktör, styrgrupp, samordnare elsewhere, deltagare. `+` in, `s` sign in first, `f` forbidden.
    fn ours(self) -> &'static str {
        match self {
            Self::Everyone => "++++++++",
            Self::SignedIn => "s++++++s",
            Self::Starters => "s+ffff+s",
            Self::Readers => "s+++++fs",
            Self::Followers => "s+++f+fs",
            Self::Runners => "s++ffffs",
            Self::Owners => "s+fffffs",
            Self::Speakers => "s+++fffs",
        }
    }

    /// As [`Door::ours`], of the stranger's mapping.
    fn theirs(self) -> &'static str {
        match self {
            Self::Everyone | Self::SignedIn | Self::Starters => self.ours(),
            _ => "sfffff+s",
        }
    }

    /// As [`Door::ours`], of an example in which nobody has a role.
    fn example(self) -> &'static str {
        match self {
            Self::Everyone | Self::SignedIn | Self::Starters => self.ours(),
            Self::Readers | Self::Followers => "++++++++",
            _ => "sffffffs",
        }
    }

    /// How the door of a mapping answers someone.
    pub(crate) fn answer(self, whose: Whose, who: Who) -> Class {
        let column = match whose {
            Whose::Ours => self.ours(),
            Whose::Theirs => self.theirs(),
            Whose::Example => self.example(),
        };
        let place = Who::ALL.iter().position(|known| *known == who);
        let mark = place.and_then(|place| column.chars().nth(place));
        match mark.expect("everyone is in every column") {
            '+' => Class::Ok,
            's' => Class::SignIn,
            'f' => Class::Forbidden,
            other => panic!("{other} is no mark"),
        }
    }
}

/// Whose mapping it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Ours,
    Theirs,
    Example,
}

impl Whose {
    pub(crate) fn series(self, world: &World) -> &Series {
        match self {
            Self::Ours => &world.ours,
            Self::Theirs => &world.theirs,
            Self::Example => &world.example,
        }
    }
}

/// A route: method, path as in the sources, who is let in, and how someone who is let in is answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) door: Door,
    pub(crate) status: u16,
}

const fn get(path: &'static str, door: Door) -> Route {
    Route {
        method: "GET",
        path,
        door,
        status: 200,
    }
}

const fn post(path: &'static str, door: Door) -> Route {
    Route {
        method: "POST",
        path,
        door,
        status: 303,
    }
}

impl Route {
    const fn answering(self, status: u16) -> Self {
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
            "round" if self.path.contains("/bedomning") => series.closed.to_string(),
            "round" => series.open.to_string(),
            "participant" => series.asked_for_both.id.to_string(),
            "municipality" => municipality(HOME).to_string(),
            "account" => world.account(Who::Member(Role::SteeringGroup)).to_string(),
            "number" => "1".to_owned(),
            "file" => "varmekarta.svg".to_owned(),
            "name" => "app.css".to_owned(),
            "token" if self.path.starts_with("/e/") => series.asked.token.clone(),
            "token" => world.login_token.clone(),
            other => panic!("the tests do not know what {{{other}}} stands for"),
        }
    }

    /// Sends it as this visitor, with a right form.
    pub(crate) fn send(&self, client: &Client, address: &str, series: &Series) -> Response {
        if self.method == "GET" {
            return client.get(address);
        }
        let parts = match self.path.rsplit('/').next() {
            Some("lista") => [("id", id()), ("lista", roster())],
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
        let [first, _, _] = series.capabilities;
        let home = municipality(HOME).to_string();
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut set = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
        let end = self.path.strip_prefix("/k/{mapping}").unwrap_or(self.path);
        set("op", &id());
        set("id", &id());
        match end {
            "/logga-in/{token}" | "/logga-ut" | "/e/{token}/skicka" => {}
            "/sprak" => {
                set("sprak", "sv");
                set("till", "/");
            }
            "/sessioner" => set("session", &id()),
            "/ny" => {
                set("namn", "Skaraborg");
                set("period", "2027");
                set("sprak", "sv");
                set("kommun", &home);
            }
            "/installningar" => {
                set("namn", "Dalsland");
                set("period", "2027");
                set("sprak", "sv");
            }
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
            "/angra" => {
                fields.retain(|(name, _)| name != "op");
                fields.push(("op".to_owned(), series.undoable.to_string()));
            }
            "/omgangar/ny" => {
                set("namn", "Omgång 3");
                set("version", "1");
                set("ar", "2030");
                set("n_min", "6");
            }
            "/omgangar/{round}/deltagare" => {
                set("namn", "Ny Deltagare");
                set("epost", "ny@example.se");
                set("roll", "annan");
                set("kommun", &home);
            }
            "/omgangar/{round}/deltagare/lista/klart" => set("lista", &roster()),
            "/omgangar/{round}/bedomning/{municipality}" => {
                set("forankra", &first.to_string());
                set(&format!("nulage-{first}"), "2");
                set(&format!("borlage-{first}"), "4");
            }
            "/omgangar/{round}/effekt" => set(&format!("effekt-{first}"), "5"),
            "/personer" => {
                set("namn", "Ny Person");
                set("epost", "person@example.se");
                set("roll", "representant");
                set("kommun", &home);
            }
            "/e/{token}/{area}" => {
                set(&format!("{}.alla.nulage", first.uuid().simple()), "3");
                set(&format!("{}.alla.borlage", first.uuid().simple()), "5");
            }
            // Those of files are sent otherwise.
            "/import" | "/import/bekrafta" | "/omgangar/{round}/deltagare/lista" => {}
            end if ["ta-bort", "stryk", "aterstall", "stang", "lank", "katalog"]
                .iter()
                .any(|word| end.ends_with(word)) => {}
            other => panic!("the tests have no form for {other}"),
        }
        fields
    }
}

fn id() -> String {
    random_id().to_string()
}

fn roster() -> String {
    format!("namn;e-post;roll;kommuner\nLista Exempel;lista@example.se;it-chef;{AWAY}\n")
}

fn sheet() -> String {
    "slag;område;namn;typ\nförmåga;Data;Samtycken;styrande\n".to_owned()
}

/// Every route, those that change something in an order in which each of them can be done.
pub(crate) const ALL: &[Route] = &[
    get("/", Door::Everyone),
    get("/tillganglighet", Door::Everyone),
    get("/personuppgifter", Door::Everyone),
    get("/health/ready", Door::Everyone),
    get("/pkg/{name}", Door::Everyone),
    get("/logga-in", Door::Everyone),
    get("/logga-in/{token}", Door::Everyone),
    get("/sessioner", Door::SignedIn),
    get("/ny", Door::Starters),
    get("/k/{mapping}", Door::Readers),
    get("/k/{mapping}/installningar", Door::Owners),
    get("/k/{mapping}/karta", Door::Readers),
    get("/k/{mapping}/historik", Door::Readers),
    get("/k/{mapping}/versioner", Door::Readers),
    get("/k/{mapping}/versioner/{number}", Door::Readers),
    get("/k/{mapping}/faststall", Door::Owners),
    get("/k/{mapping}/mal/ny", Door::Runners),
    get("/k/{mapping}/mal/{goal}", Door::Runners),
    get("/k/{mapping}/omraden/ny", Door::Runners),
    get("/k/{mapping}/omraden/{area}", Door::Runners),
    get("/k/{mapping}/formagor/ny", Door::Runners),
    get("/k/{mapping}/formagor/{capability}", Door::Readers),
    get("/k/{mapping}/oformagor/ny", Door::Runners),
    get("/k/{mapping}/oformagor/{weakness}", Door::Runners),
    get("/k/{mapping}/import", Door::Runners),
    get("/k/{mapping}/import/mall.csv", Door::Runners),
    get("/k/{mapping}/karta.csv", Door::Readers),
    get("/k/{mapping}/personer", Door::Owners),
    get("/k/{mapping}/resultat", Door::Readers),
    get("/k/{mapping}/resultat/sa-har-vi-raknat", Door::Readers),
    get("/k/{mapping}/resultat/diagram/{file}", Door::Readers),
    get("/k/{mapping}/omgangar", Door::Followers),
    get("/k/{mapping}/omgangar/ny", Door::Runners),
    get("/k/{mapping}/omgangar/{round}", Door::Followers),
    get("/k/{mapping}/omgangar/{round}/deltagare", Door::Followers),
    get("/k/{mapping}/omgangar/{round}/utskick", Door::Runners),
    get("/k/{mapping}/omgangar/{round}/bedomning", Door::Readers),
    get(
        "/k/{mapping}/omgangar/{round}/bedomning/{municipality}",
        Door::Speakers,
    ),
    get("/k/{mapping}/omgangar/{round}/effekt", Door::Runners),
    get("/e/{token}", Door::Everyone),
    get("/e/{token}/{area}", Door::Everyone),
    get("/e/{token}/granska", Door::Everyone),
    get("/e/{token}/klart", Door::Everyone).answering(303),
    post("/sprak", Door::Everyone),
    post("/sessioner", Door::SignedIn),
    post("/ny", Door::Starters),
    post("/k/{mapping}/installningar", Door::Owners),
    post("/k/{mapping}/angra", Door::Runners),
    post("/k/{mapping}/mal/ny", Door::Runners),
    post("/k/{mapping}/faststall", Door::Owners),
    post("/k/{mapping}/mal/{goal}", Door::Runners),
    post("/k/{mapping}/mal/{goal}/ta-bort", Door::Runners),
    post("/k/{mapping}/omraden/ny", Door::Runners),
    post("/k/{mapping}/omraden/{area}", Door::Runners),
    post("/k/{mapping}/omraden/{area}/flytta", Door::Runners),
    post("/k/{mapping}/formagor/ny", Door::Runners),
    post("/k/{mapping}/formagor/{capability}", Door::Runners),
    post("/k/{mapping}/formagor/{capability}/flytta", Door::Runners),
    post("/k/{mapping}/formagor/{capability}/sla-ihop", Door::Runners),
    post("/k/{mapping}/formagor/{capability}/dela", Door::Runners),
    post("/k/{mapping}/formagor/{capability}/stryk", Door::Runners),
    post(
        "/k/{mapping}/formagor/{capability}/aterstall",
        Door::Runners,
    ),
    post("/k/{mapping}/oformagor/ny", Door::Runners),
    post("/k/{mapping}/oformagor/{weakness}", Door::Runners),
    post("/k/{mapping}/oformagor/{weakness}/ta-bort", Door::Runners),
    // Shows what the file was understood as.
    post("/k/{mapping}/import", Door::Runners).answering(200),
    post("/k/{mapping}/import/bekrafta", Door::Runners),
    post("/k/{mapping}/omraden/{area}/ta-bort", Door::Runners),
    // There is something on the map already.
    post("/k/{mapping}/karta/katalog", Door::Runners).answering(409),
    // Shows the new person's link, once.
    post("/k/{mapping}/personer", Door::Owners).answering(200),
    post("/k/{mapping}/personer/{account}/lank", Door::Owners).answering(200),
    post("/k/{mapping}/personer/{account}/ta-bort", Door::Owners),
    post("/k/{mapping}/omgangar/ny", Door::Runners),
    post("/k/{mapping}/omgangar/{round}/effekt", Door::Runners),
    post(
        "/k/{mapping}/omgangar/{round}/bedomning/{municipality}",
        Door::Speakers,
    ),
    post("/k/{mapping}/omgangar/{round}/deltagare", Door::Runners),
    // Shows what the list was understood as.
    post(
        "/k/{mapping}/omgangar/{round}/deltagare/lista",
        Door::Runners,
    )
    .answering(200),
    post(
        "/k/{mapping}/omgangar/{round}/deltagare/lista/klart",
        Door::Runners,
    ),
    post(
        "/k/{mapping}/omgangar/{round}/deltagare/{participant}/ta-bort",
        Door::Runners,
    ),
    post("/e/{token}/{area}", Door::Everyone),
    post("/e/{token}/skicka", Door::Everyone),
    post("/k/{mapping}/omgangar/{round}/stang", Door::Runners),
    post("/logga-in/{token}", Door::Everyone),
    post("/logga-ut", Door::Everyone),
];

/// Method and path of every route in the sources.
fn in_sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            in_sources(&path, found);
            continue;
        }
        let source = fs::read_to_string(&path).expect("sources are text");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for word in [".nest(", "route_service(", "nest_service("] {
            assert!(
                !code.contains(word),
                "{word} in {}: teach this test",
                path.display()
            );
        }
        for call in code.split(".route(").skip(1) {
            let arguments = &call[..closing(call)];
            let path = literal(code, arguments);
            let methods = [
                "get", "post", "put", "patch", "delete", "any", "head", "options",
            ];
            let calls = |method: &str| {
                arguments
                    .match_indices(&format!("{method}("))
                    .any(|(at, _)| {
                        !arguments[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                    })
            };
            let before = found.len();
            for method in methods.into_iter().filter(|method| calls(method)) {
                found.push((method.to_uppercase(), path.clone()));
            }
            assert!(
                found.len() > before,
                "no method for {path}: teach this test"
            );
        }
    }
}

/// Where the parenthesis that is open at the beginning is closed.
fn closing(text: &str) -> usize {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    panic!("a parenthesis is not closed: {text}");
}

/// The path among a route's arguments, with variables of the same file put in.
fn literal(code: &str, arguments: &str) -> String {
    let (before, rest) = arguments.split_once('"').expect("a path is a text");
    let text = rest.split('"').next().unwrap_or_default();
    match before.trim() {
        "" => return text.to_owned(),
        "&format!(" => {}
        other => panic!("{other} before {text}: teach this test"),
    }
    let mut path = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
    while let Some((name, _)) = (path.split_once('{')).and_then(|(_, rest)| rest.split_once('}')) {
        let declared = format!("let {name} = \"");
        let (_, value) = code
            .split_once(&declared)
            .expect("it is declared in the same file");
        let value = value.split('"').next().unwrap_or_default();
        let value = value.replace('{', "\u{1}").replace('}', "\u{2}");
        path = path.replace(&format!("{{{name}}}"), &value);
    }
    path.replace('\u{1}', "{").replace('\u{2}', "}")
}

#[test]
fn every_route_in_the_sources_is_in_the_table_once_and_the_other_way_round() {
    let mut sources = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    in_sources(&folder, &mut sources);
    sources.sort();
    let mut table: Vec<_> = (ALL.iter())
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    table.sort();
    let missing: Vec<_> = (sources.iter())
        .filter(|route| !table.contains(route))
        .collect();
    assert!(missing.is_empty(), "not in the table: {missing:#?}");
    let gone: Vec<_> = (table.iter())
        .filter(|route| !sources.contains(route))
        .collect();
    assert!(gone.is_empty(), "not in the sources: {gone:#?}");
    let count = table.len();
    table.dedup();
    assert_eq!(table.len(), count, "twice in the table");
}
