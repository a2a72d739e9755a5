//! One municipality, one capability, and municipalities side by side: what is shown to whom, and what never is.

use domain::{
    ids::{AreaId, CapabilityId, MappingId, OpId, RoundId, WeaknessId},
    level::{Answer, Level},
    map::{Agreed, AgreedLevel, Area, Author, Command, Effect, Weakness, WeaknessKind},
    mapping::{Language, Mapping, Member, Participation},
    rights::{Membership, Role},
    survey::{Rating, Round, RoundStatus, Scope, Screening, SurveyMode},
};
use time::macros::date;

use crate::{
    page::assert_error_page,
    series::{ask, capability},
    world::{AWAY, HOME, Who, World, municipality, now, random_id, text},
};

const THIRD: &str = "Mellerud";
/// Nobody answers for these.
const SILENT: [&str; 2] = ["Dals-Ed", "Färgelanda"];

/// A mapping of its own with three capabilities and closed rounds, in which the world's people have their roles.
struct Region {
    mapping: MappingId,
    capabilities: [CapabilityId; 3],
}

impl Region {
    async fn new(world: &World, members: &[&str]) -> Self {
        let region = Self {
            mapping: MappingId::new(random_id()),
            capabilities: [0; 3].map(|_| CapabilityId::new(random_id())),
        };
        let mapping = Mapping {
            id: region.mapping,
            name: text("Norra Exempel"),
            period: text("2026–2027"),
            language: Language::Swedish,
            example: false,
            members: (members.iter())
                .map(|name| Member {
                    municipality: municipality(name),
                    participation: Participation::Considering,
                    note: text(""),
                })
                .collect(),
        };
        (world.store.create_mapping(&mapping, None, now()).await).expect("its id is new");
        for (role, own) in [
            (Role::Coordinator, None),
            (Role::Representative, Some(HOME)),
            (Role::Director, None),
        ] {
            let membership = Membership {
                mapping: region.mapping,
                role,
                municipalities: own.into_iter().map(municipality).collect(),
            };
            let account = world.account(Who::Member(role));
            (world.store.set_membership(account, &membership).await).expect("both are there");
        }
        let area = AreaId::new(random_id());
        let data = Area {
            name: text("Data"),
            description: text(""),
            position: 0,
        };
        region.run(world, Command::SaveArea(area, data)).await;
        let names = ["Informationsklassning", "Datadelning", "Arkivering"];
        for (id, name) in region.capabilities.into_iter().zip(names) {
            region
                .run(
                    world,
                    Command::SaveCapability(id, capability(name, Some(area))),
                )
                .await;
        }
        let weakness = Weakness {
            name: text("Ingen vet vem som äger informationen"),
            description: text(""),
            kind: WeaknessKind::WayOfWorking,
            capability: Some(region.capabilities[0]),
        };
        let id = WeaknessId::new(random_id());
        region.run(world, Command::SaveWeakness(id, weakness)).await;
        let ratify = Command::Ratify {
            date: date!(2026 - 03 - 17),
            decided_by: text("Styrgruppen"),
        };
        region.run(world, ratify).await;
        region
    }

    async fn run(&self, world: &World, command: Command) {
        let op = OpId::new(random_id());
        (world.store)
            .execute(self.mapping, Author::System, op, command, now())
            .await
            .expect("allowed");
    }

    async fn round(&self, world: &World, number: u32, name: &str) -> RoundId {
        let round = Round {
            id: RoundId::new(random_id()),
            mapping: self.mapping,
            number,
            name: text(name),
            version: 1,
            target_year: 2030,
            n_min: 3,
            mode: SurveyMode::Named,
            ask_effect: false,
            status: RoundStatus::Open,
            opened_at: now(),
            closed_at: None,
        };
        (world.store.open_round(&round).await).expect("its number is new");
        round.id
    }

    /// One person answers for a municipality, with these levels and words about the first capability.
    async fn answer(
        &self,
        world: &World,
        round: RoundId,
        whom: &str,
        levels: (u8, u8),
        words: &str,
    ) {
        let asked = ask(&world.store, round, "Ensam Exempel", &[whom]).await;
        let level = |number| Level::new(number).map(Answer::Level);
        let rating = Rating {
            current: level(levels.0),
            target: level(levels.1),
            comment: text(words),
            ..Rating::default()
        };
        let ratings = [((self.capabilities[0], Scope::All), rating)];
        (world.store.save_draft(asked.id, &ratings, now()).await).expect("they are asked");
        (world.store.submit(asked.id, now()).await).expect("they are asked");
    }

    async fn agree(&self, world: &World, round: RoundId, whom: &str, levels: [(u8, u8); 3]) {
        let level = |number| Level::new(number).expect("1 to 5");
        let levels = (self.capabilities.into_iter().zip(levels))
            .map(|(id, (current, target))| {
                let value = Agreed::Levels {
                    current: level(current),
                    target: level(target),
                };
                let reason = text("");
                (id, Some(AgreedLevel { value, reason }))
            })
            .collect();
        let municipality = municipality(whom);
        let command = Command::Agree {
            round,
            municipality,
            levels,
        };
        self.run(world, command).await;
    }

    async fn effects(&self, world: &World, round: RoundId, effects: [u8; 3]) {
        let effects = (self.capabilities.into_iter().zip(effects))
            .map(|(id, effect)| (id, Level::new(effect).map(Effect)))
            .collect();
        self.run(world, Command::SetEffects { round, effects })
            .await;
    }

    fn address(&self, path: &str) -> String {
        format!("/k/{}/resultat{path}", self.mapping)
    }

    fn of(&self, whom: &str) -> String {
        self.address(&format!("/kommun/{}", municipality(whom)))
    }

    fn about(&self, nth: usize) -> String {
        self.address(&format!("/formaga/{}", self.capabilities[nth]))
    }
}

/// `?kommun=…` for each.
fn chosen(names: &[&str]) -> String {
    let pairs: Vec<_> = (names.iter())
        .map(|name| format!("kommun={}", municipality(name)))
        .collect();
    format!("?{}", pairs.join("&"))
}

#[tokio::test]
async fn with_too_few_municipalities_each_reads_its_own_alone() {
    let world = World::new().await;
    let members = [HOME, AWAY, THIRD, SILENT[0], SILENT[1]];
    let region = Region::new(&world, &members).await;
    let round = region.round(&world, 1, "Omgång 1").await;
    (world.store.close_round(round, now()).await).expect("it is open");
    (region.agree(&world, round, HOME, [(2, 4), (3, 3), (4, 3)])).await;
    (region.agree(&world, round, AWAY, [(1, 5), (5, 1), (1, 5)])).await;

    let speaker = world.as_who(Who::Member(Role::Representative));
    let own = speaker.get(&region.of(HOME));
    assert_eq!(own.status, 200);
    let own = own.text();
    assert!(own.contains("från 2 till 4"), "{own}");
    for regional in ["andra kommuner har", "Kan stödja", "Regionens median", AWAY] {
        let said = own
            .split("<nav class=\"neighbours")
            .next()
            .unwrap_or_default();
        let said = said.split("</section>").skip(1).collect::<String>();
        assert!(!said.contains(regional), "{regional} in {said}");
    }
    assert_error_page(&speaker.get(&region.of(AWAY)), 403);
    let file = speaker.get(&format!("{}/kommuner.csv", region.about(0)));
    assert_eq!(file.status, 200);
    let file = file.text();
    assert!(file.contains(&format!("{HOME};2;4;2;")), "{file}");
    let table = file.rsplit("\r\n\r\n").next().unwrap_or_default();
    assert!(!table.contains(AWAY), "{file}");
    let page = speaker.get(&region.about(0)).text();
    assert!(!page.contains("plats av"), "{page}");
    assert!(!page.contains("id=\"spridning\""), "{page}");

    // Whoever asks for another's levels beside their own gets their own.
    let both = chosen(&[HOME, AWAY]);
    let page = speaker
        .get(&region.address(&format!("/jamfor{both}")))
        .text();
    assert!(page.contains("Du har valt en kommun."), "{page}");
    for ending in ["csv", "rfc.csv", "xlsx", "json"] {
        let file = speaker.get(&region.address(&format!("/jamfor.{ending}{both}")));
        assert_error_page(&file, 404);
    }

    // A director who speaks for nobody reads nobody's.
    let director = world.as_who(Who::Member(Role::Director));
    assert_error_page(&director.get(&region.of(HOME)), 403);
    let file = director
        .get(&format!("{}/kommuner.csv", region.about(0)))
        .text();
    let table = file.rsplit("\r\n\r\n").next().unwrap_or_default();
    assert!(!table.contains(HOME), "{file}");
    assert_eq!(director.get(&region.about(0)).status, 200);
    for regional in ["/samverkan", "/over-tid", "/underlag"] {
        let page = director.get(&region.address(regional));
        assert_eq!(page.status, 200, "{regional}");
        let page = page.text();
        for told in ["Har en bit kvar", "Börläge under nuläge", "Nuläget har"] {
            assert!(!page.contains(told), "{regional} says {told}");
        }
    }

    // Those who run the mapping read all, one by one, and no regional figure of two.
    let coordinator = world.coordinator();
    assert_eq!(coordinator.get(&region.of(AWAY)).status, 200);
    let file = (coordinator.get(&region.address(&format!("/jamfor.csv{both}")))).text();
    assert!(
        file.contains("Informationsklassning;1;5;4;2;4;2;\r\n"),
        "{file}"
    );
    assert!(!file.contains("median"), "{file}");
    for ending in ["rfc.csv", "xlsx", "json"] {
        let file = coordinator.get(&region.address(&format!("/jamfor.{ending}{both}")));
        assert_eq!(file.status, 200, "{ending}");
    }
    assert_error_page(&world.program.client().get(&region.of(HOME)), 401);
}

#[tokio::test]
async fn a_hidden_value_is_on_no_page_and_in_no_file() {
    let world = World::new().await;
    let region = Region::new(&world, &[HOME, AWAY, THIRD]).await;
    let before = region.round(&world, 1, "Våren").await;
    (world.store.close_round(before, now()).await).expect("it is open");
    (region.agree(&world, before, HOME, [(1, 4), (2, 2), (4, 3)])).await;
    (region.agree(&world, before, AWAY, [(2, 4), (2, 5), (3, 3)])).await;
    let round = region.round(&world, 2, "Hösten").await;
    (region.answer(&world, round, THIRD, (1, 5), "")).await;
    (world.store.close_round(round, now()).await).expect("it is open");
    (region.agree(&world, round, HOME, [(2, 4), (3, 3), (4, 3)])).await;
    (region.agree(&world, round, AWAY, [(2, 5), (2, 5), (3, 3)])).await;
    region.effects(&world, round, [5, 3, 1]).await;
    let director = world.as_who(Who::Member(Role::Director));

    let third = director.get(&region.of(THIRD));
    assert_eq!(third.status, 200);
    let third = third.text();
    assert!(
        third.contains("har inga värden i den här omgången"),
        "{third}"
    );
    assert!(third.contains("färre än 3 om varje förmåga"), "{third}");
    assert!(third.contains("Bjud in fler"), "{third}");
    assert!(!third.contains("1 → 5"), "{third}");
    let file = director
        .get(&format!("{}/kommuner.csv", region.about(0)))
        .text();
    assert!(
        file.contains(&format!("{THIRD};..;..;..;för få svar")),
        "{file}"
    );
    assert!(file.contains(&format!("{AWAY};2;5;3;förankrad")), "{file}");
    let all = chosen(&[HOME, AWAY, THIRD]);
    let file = director
        .get(&region.address(&format!("/jamfor.csv{all}")))
        .text();
    assert!(
        file.contains("Informationsklassning;2;5;3;..;..;..;2;4;2;2,0;4,5;2;\r\n"),
        "{file}"
    );
    let page = director
        .get(&region.address(&format!("/jamfor{all}")))
        .text();
    assert!(page.contains("för få svar"), "{page}");
    assert!(!page.contains("nuläge 1, börläge 5"), "{page}");

    // Its neighbours: gaps, strengths to lend, and weaknesses of what is far from its target.
    let home = director.get(&region.of(HOME)).text();
    assert!(
        home.contains("1 av 1 andra kommuner har också en skillnad här."),
        "{home}"
    );
    assert!(
        home.contains("Ingen annan kommun ligger över sitt börläge här."),
        "{home}"
    );
    assert!(
        home.contains("I en förmåga ligger nuläget över börläget."),
        "{home}"
    );
    assert!(
        home.contains("Ingen vet vem som äger informationen"),
        "{home}"
    );
    assert!(
        home.contains("Alla kommunens värden är förankrade."),
        "{home}"
    );

    // Over time the same two are compared, and the third is not among them.
    let page = director.get(&region.about(0)).text();
    let said = "Våren → Hösten: nuläget gick från 1,5 till 2,0 i de 2 kommuner som har värden i båda. \
                1 har höjt sig, 0 har sänkt sig.";
    assert!(page.contains(said), "{page}");
    assert!(page.contains("plats av 3"), "{page}");
    let before = director
        .get(&format!("{}?omgang={before}", region.about(0)))
        .text();
    assert!(
        before.contains("Det här är den första avslutade omgången."),
        "{before}"
    );
}

#[tokio::test]
async fn a_comment_is_shown_about_its_capability_when_somebody_has_let_it_through() {
    const WORDS: &str = "Vi saknar en förvaltare Qvxz";
    let world = World::new().await;
    let region = Region::new(&world, &[HOME, AWAY, THIRD]).await;
    let round = region.round(&world, 1, "Omgång 1").await;
    (region.answer(&world, round, HOME, (2, 4), WORDS)).await;
    (world.store.close_round(round, now()).await).expect("it is open");
    let director = world.as_who(Who::Member(Role::Director));
    let page = director.get(&region.about(0)).text();
    assert!(
        page.contains("Inga kommentarer om förmågan visas."),
        "{page}"
    );
    assert!(!page.contains(WORDS), "{page}");
    let remarks = world.store.remarks(round).await.expect("readable");
    (world.store)
        .screen_remark(round, remarks[0].id, Screening::Shown)
        .await
        .expect("it is there");
    assert!(director.get(&region.about(0)).text().contains(WORDS));
    // It is about one capability, and about no municipality.
    assert!(!director.get(&region.about(1)).text().contains(WORDS));
    let own = world
        .as_who(Who::Member(Role::Representative))
        .get(&region.of(HOME));
    assert_eq!(own.status, 200);
    assert!(!own.text().contains(WORDS));
}

#[tokio::test]
async fn what_is_not_of_the_mapping_is_not_found_and_more_than_four_are_too_many() {
    let world = World::new().await;
    let region = Region::new(&world, &[HOME, AWAY, THIRD, SILENT[0], SILENT[1]]).await;
    let coordinator = world.coordinator();
    // Nothing is closed yet, and every page says so.
    for path in [region.of(HOME), region.about(0), region.address("/jamfor")] {
        let page = coordinator.get(&path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("Här kommer resultatet"), "{path}");
    }
    assert_error_page(&coordinator.get(&region.address("/jamfor.csv")), 404);
    let round = region.round(&world, 1, "Omgång 1").await;
    (world.store.close_round(round, now()).await).expect("it is open");
    for path in [
        region.of("Stockholm"),
        region.address("/kommun/0000"),
        region.address("/kommun/x"),
        region.address(&format!("/formaga/{}", random_id())),
        format!("{}/kommuner.pdf", region.about(0)),
        // Nobody has a value: there is nothing to draw.
        format!("{}/kommuner.svg", region.about(0)),
    ] {
        assert_error_page(&coordinator.get(&path), 404);
    }
    let all = chosen(&[HOME, AWAY, THIRD, SILENT[0], SILENT[1]]);
    let page = coordinator.get(&region.address(&format!("/jamfor{all}")));
    assert_eq!(page.status, 200);
    let page = page.text();
    assert!(page.contains("Du har valt 5 kommuner."), "{page}");
    assert!(!page.contains("id=\"sida-vid-sida\""), "{page}");
    let unknown = format!("/jamfor{}&kommun=x&kommun=0180", chosen(&[HOME, AWAY]));
    let page = coordinator.get(&region.address(&unknown)).text();
    assert!(
        page.contains("ingen förmåga där minst två av dem har ett värde"),
        "{page}"
    );
}
