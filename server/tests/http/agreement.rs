//! Samlad bedömning, when several people decide at once.

use std::collections::BTreeMap;

use domain::{
    map::{Agreed, AgreedKey},
    rights::Role,
};

use crate::{
    client::{Client, Response},
    page::{assert_again, tags},
    world::{HOME, Who, World, municipality, random_id},
};

/// One browser's form, as it was shown and then filled in.
struct Form {
    client: Client,
    path: String,
    fields: BTreeMap<String, String>,
    ticked: Vec<String>,
}

impl Form {
    fn open(world: &World, who: Who) -> Self {
        let path = format!(
            "/k/{}/omgangar/{}/bedomning/{}",
            world.ours.mapping,
            world.ours.closed,
            municipality(HOME)
        );
        let mut form = Self {
            client: world.as_who(who),
            path,
            fields: BTreeMap::new(),
            ticked: Vec::new(),
        };
        let page = form.client.get(&form.path);
        assert_eq!(page.status, 200, "{}", page.text());
        form.read(&page);
        form
    }

    /// Takes over what stands in the fields of a page, as a browser does.
    fn read(&mut self, page: &Response) {
        self.fields.clear();
        self.ticked.clear();
        let mut select = String::new();
        for tag in tags(&page.text()) {
            let value = tag.attribute("value").unwrap_or_default().to_owned();
            let name = tag.attribute("name").unwrap_or_default().to_owned();
            match (tag.name.as_str(), name.as_str()) {
                ("select", _) => select = name,
                ("option", _) if tag.attribute("selected").is_some() => {
                    self.fields.insert(select.clone(), value);
                }
                ("input", "forankra") if tag.attribute("checked").is_some() => {
                    self.ticked.push(value);
                }
                ("input", "forankra") => {}
                ("input", name)
                    if ["op", "stod-", "skal-"]
                        .iter()
                        .any(|start| name.starts_with(start)) =>
                {
                    self.fields.insert(name.to_owned(), value);
                }
                _ => {}
            }
        }
    }

    /// Chooses levels and ticks the row.
    fn decide(&mut self, capability: &str, current: &str, target: &str) {
        (self.fields).insert(format!("nulage-{capability}"), current.to_owned());
        (self.fields).insert(format!("borlage-{capability}"), target.to_owned());
        if !self.ticked.iter().any(|ticked| ticked == capability) {
            self.ticked.push(capability.to_owned());
        }
    }

    fn save(&self, button: &[(&str, &str)]) -> Response {
        let mut fields: Vec<(&str, &str)> = (self.fields.iter())
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        fields.extend(self.ticked.iter().map(|id| ("forankra", id.as_str())));
        fields.extend(button);
        self.client.post(&self.path, &fields)
    }
}

/// What is agreed for [`HOME`] about each of the three capabilities, as "current target".
async fn agreed(world: &World) -> [String; 3] {
    let state = world.map(world.ours.mapping).await;
    world.ours.capabilities.map(|capability| {
        let key = AgreedKey {
            round: world.ours.closed,
            municipality: municipality(HOME),
            capability,
        };
        match state.agreed.get(&key).map(|agreed| agreed.value) {
            Some(Agreed::Levels { current, target }) => {
                format!("{} {}", current.get(), target.get())
            }
            Some(Agreed::NotApplicable) => "ej aktuellt".to_owned(),
            None => "-".to_owned(),
        }
    })
}

const ANNA: Who = Who::Member(Role::Coordinator);
const BO: Who = Who::Member(Role::Representative);

#[tokio::test]
async fn two_who_decide_different_rows_at_once_leave_each_others_alone() {
    let world = World::new().await;
    let [x, y, z] = world.ours.capabilities.map(|id| id.to_string());
    let mut first = Form::open(&world, ANNA);
    first.decide(&x, "1", "2");
    assert_eq!(first.save(&[]).status, 303);

    let (mut anna, mut bo) = (Form::open(&world, ANNA), Form::open(&world, BO));
    bo.decide(&x, "5", "5");
    assert_eq!(bo.save(&[]).status, 303);
    anna.decide(&y, "2", "3");
    assert_eq!(anna.save(&[]).status, 303);
    assert_eq!(agreed(&world).await, ["5 5", "2 3", "-"]);

    // The button for all agrees on what is not agreed, and leaves what someone else has decided since alone.
    let (mut anna, mut bo) = (Form::open(&world, ANNA), Form::open(&world, BO));
    bo.decide(&x, "3", "4");
    assert_eq!(bo.save(&[]).status, 303);
    (anna.fields).insert(format!("nulage-{z}"), "ej-aktuellt".to_owned());
    assert_eq!(anna.save(&[("alla", "ja")]).status, 303);
    assert_eq!(agreed(&world).await, ["3 4", "2 3", "ej aktuellt"]);

    // A row that is unticked is no longer agreed, also when the same form is sent twice.
    let mut anna = Form::open(&world, ANNA);
    anna.ticked.retain(|ticked| *ticked != y);
    for _ in 0..2 {
        assert_eq!(anna.save(&[]).status, 303);
        assert_eq!(agreed(&world).await, ["3 4", "-", "ej aktuellt"]);
    }
}

#[tokio::test]
async fn two_who_decide_the_same_row_at_once_are_told_and_nothing_is_overwritten_unseen() {
    let world = World::new().await;
    let [x, y, _] = world.ours.capabilities.map(|id| id.to_string());
    let (mut anna, mut bo) = (Form::open(&world, ANNA), Form::open(&world, BO));
    bo.decide(&x, "5", "4");
    assert_eq!(bo.save(&[]).status, 303);
    let before = world.everything().await;
    anna.decide(&x, "1", "2");
    anna.decide(&y, "2", "3");
    let told = anna.save(&[]);
    assert_again(&told);
    let text = told.text();
    assert!(text.contains("någon annan har ändrat"), "{text}");
    assert!(
        text.contains("Nu står: Nuläge 5, Börläge 4, Förankrad."),
        "{text}"
    );
    assert_eq!(world.everything().await, before);

    // What she had filled in is still there, and holds if she saves it again knowing that.
    anna.read(&told);
    assert_eq!(anna.fields[&format!("nulage-{x}")], "1");
    assert_eq!(anna.fields[&format!("borlage-{y}")], "3");
    assert_eq!(anna.save(&[]).status, 303);
    assert_eq!(agreed(&world).await, ["1 2", "2 3", "-"]);

    // Those who decide the same do not disagree.
    let (mut anna, mut bo) = (Form::open(&world, ANNA), Form::open(&world, BO));
    anna.decide(&x, "2", "2");
    bo.decide(&x, "2", "2");
    assert_eq!(anna.save(&[]).status, 303);
    assert_eq!(bo.save(&[]).status, 303);
    // Nor does a form that says nothing of what it showed overwrite anything.
    let mut blind = Form::open(&world, BO);
    blind.fields.retain(|name, _| !name.starts_with("stod-"));
    blind.decide(&x, "4", "4");
    blind
        .fields
        .insert("op".to_owned(), random_id().to_string());
    assert_again(&blind.save(&[]));
    assert_eq!(agreed(&world).await, ["2 2", "2 3", "-"]);
}

#[tokio::test]
async fn how_few_have_answered_is_not_told_exactly() {
    let world = World::new().await;
    let page = Form::open(&world, ANNA);
    let text = page.client.get(&page.path).text();
    // One of two has answered, and three is the least group.
    assert!(text.contains("Svar: 1–2"), "{text}");
    assert!(!text.contains("Svar: 1<"), "{text}");
}
