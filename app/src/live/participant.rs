//! The participant's view: one thing to do now, thumb-sized.

use domain::{
    map::Author,
    workshop::{Activity, Item, ReadyKey},
};
use leptos::prelude::*;

use super::{
    Class, Me, Scene, activities,
    frame::{Moment, clock, form::button, head, outcome},
    part::Part,
};

/// What everyone who takes part sees.
pub fn scene(scene: &Scene) -> Part {
    let texts = scene.texts;
    let moment = Moment::of(scene);
    let mut parts = vec![head::head(scene)];
    let mut now = Vec::new();
    now.extend(clock::timer(scene));
    now.extend(head::ready(scene));
    if !now.is_empty() {
        parts.push(Part::list(
            "lage",
            view! { <div id="lage" class="standing"></div> },
            now,
        ));
    }
    match moment {
        Moment::Point(item) => parts.push(Part::list(
            "moment",
            view! { <div id="moment" class="content"></div> },
            activities::participant(scene, item),
        )),
        Moment::Before => parts.push(Part::leaf(
            "vantan",
            view! { <p id="vantan" class="card">{texts.live_before_lead()}</p> },
        )),
        Moment::Pause(_) => {}
        Moment::After => {
            parts.push(outcome::outcome(scene));
            parts.push(Part::leaf(
                "vidare",
                view! {
                    <p id="vidare" class="actions">
                        <a class="button primary" href=scene.address("/sammanstallning")>{texts.live_after_compiled()}</a>
                    </p>
                },
            ));
        }
    }
    parts.push(head::news(scene));
    let class = format!("scene participant {}", moment.class());
    Part::list("scen", view! { <div id="scen" class=class></div> }, parts)
}

/// What those see who wait to be let in, instead of what everyone sees: only which workshop it is.
pub fn door(scene: &Scene) -> Part {
    let title = scene.workshop.title.to_string();
    Part::list(
        "scen",
        view! { <div id="scen" class="scene participant door"></div> },
        vec![Part::leaf(
            "punkt",
            view! {
                <div id="punkt" class="point-head">
                    <p class="eyebrow">{scene.mapping.name.to_string()}</p>
                    <h1>{title}</h1>
                </div>
            },
        )],
    )
}

/// What only this person sees.
pub fn mine(scene: &Scene, me: &Me) -> Part {
    let parts = if me.approved || me.leads {
        own(scene, me)
    } else {
        vec![waiting(scene), who(scene, me)]
    };
    Part::list("mitt", view! { <div id="mitt" class="mine"></div> }, parts)
}

fn own(scene: &Scene, me: &Me) -> Vec<Part> {
    let texts = scene.texts;
    let mut parts = Vec::new();
    if me.leads {
        parts.push(Part::leaf(
            "tittar",
            view! {
                <p id="tittar" class="looking">
                    {texts.live_only_looking()}
                    " "
                    <a href=scene.address("/led")>{texts.live_lead_back()}</a>
                </p>
            },
        ));
    }
    let Moment::Point(item) = Moment::of(scene) else {
        parts.extend((!me.leads).then(|| who(scene, me)));
        return parts;
    };
    let forms = activities::mine(scene, item, me);
    if !forms.is_empty() {
        // Nothing in a disabled group can be used, whatever an activity puts there.
        let group = if me.leads {
            view! { <fieldset id="egna" class="own" disabled aria-label=texts.live_own()></fieldset> }
                .into_any()
        } else {
            view! { <div id="egna" class="own"></div> }.into_any()
        };
        parts.push(Part::list("egna", group, forms));
    }
    if !me.leads {
        parts.extend(undo(scene, item, me.author));
        parts.push(who(scene, me));
        parts.extend(head::asks_for_ready(item).then(|| ready(scene, item, me.author)));
    }
    parts
}

fn waiting(scene: &Scene) -> Part {
    let texts = scene.texts;
    Part::leaf(
        "vid-dorren",
        view! {
            <div id="vid-dorren" class="card" role="status">
                <h2>{texts.live_wait_title()}</h2>
                <p>{texts.live_wait_lead()}</p>
            </div>
        },
    )
}

/// Who this person takes part as.
fn who(scene: &Scene, me: &Me) -> Part {
    let from: Vec<_> = me.municipalities.iter().map(|one| one.name()).collect();
    let words = scene.texts.live_you(&me.name, from.join(", "));
    Part::leaf("jag", view! { <p id="jag" class="who">{words}</p> })
}

/// Takes back what this person did last on the board.
fn undo(scene: &Scene, item: &Item, by: Author) -> Option<Part> {
    let last = (scene.state.latest_undoable(by)).filter(|last| last.is_on_map())?;
    if item.activity != Activity::Grouping || scene.stage.locked {
        return None;
    }
    let fields = [("operation", last.op.to_string())];
    let (class, words) = ("button", scene.texts.live_undo());
    let form = button(
        scene,
        Class::Participant,
        "angra",
        &fields,
        class,
        words,
        "",
    );
    Some(Part::leaf(
        "angra",
        view! { <div id="angra" class="tool">{form}</div> },
    ))
}

/// Says "klar", or takes it back.
fn ready(scene: &Scene, item: &Item, by: Author) -> Part {
    let texts = scene.texts;
    let key = ReadyKey {
        workshop: scene.id,
        item: item.id,
        by,
    };
    let done = scene.state.work.ready.contains_key(&key);
    let fields = [
        ("punkt", item.id.to_string()),
        ("pa", u8::from(!done).to_string()),
    ];
    let (class, words) = if done {
        ("button", texts.live_ready_undo())
    } else {
        ("button primary", texts.live_ready())
    };
    let said = done.then(|| view! { <p class="said">{texts.live_ready_done()}</p> });
    let form = button(scene, Class::Participant, "klar", &fields, class, words, "");
    let class = if done { "ready-bar done" } else { "ready-bar" };
    Part::leaf(
        "klar",
        view! { <div id="klar" class=class>{said}{form}</div> },
    )
}

#[cfg(test)]
mod tests {
    use domain::{map::Command, workshop::WorkCommand};

    use super::*;
    use crate::live::sample::{self, NOW, act, item, lead, me, planned};

    #[test]
    fn who_waits_at_the_door_is_told_so_and_nothing_else() {
        let on = sample::scene(Activity::Writing);
        let page = mine(&on, &me(&on, 6)).to_page();
        assert!(page.contains("Du är snart med"), "{page}");
        assert!(!page.contains("<form"), "{page}");
        let page = door(&on).to_page();
        assert!(page.contains("WS1 Mål och förmågor"), "{page}");
        assert!(!page.contains("Skriv förmågor"), "{page}");
    }

    #[test]
    fn klar_is_said_and_taken_back_with_the_same_button() {
        let on = sample::scene(Activity::Writing);
        let said = mine(&on, &me(&on, 1)).to_page();
        let unsaid = mine(&on, &me(&on, 3)).to_page();
        assert!(said.contains("Du är klar") && said.contains("name=\"pa\" value=\"0\""));
        assert!(unsaid.contains("Jag är klar") && unsaid.contains("name=\"pa\" value=\"1\""));
    }

    #[test]
    fn who_moved_something_on_the_board_can_take_it_back() {
        let mut on = sample::scene(Activity::Grouping);
        let undo = |on: &Scene, who| mine(on, &me(on, who)).to_page().contains("id=\"angra\"");
        assert!(!undo(&on, 1));
        let command = Command::MoveCapability {
            id: sample::capability(7),
            area: Some(sample::area(0)),
            before: None,
        };
        act(&mut on, Author::Attendee(sample::person(1)), command);
        assert!(undo(&on, 1) && !undo(&on, 3));
        lead(&mut on, WorkCommand::Lock(true));
        assert!(!undo(&on, 1));
    }

    #[test]
    fn nobody_else_changes_what_is_mine() {
        let mut on = sample::scene(Activity::Talk);
        let before = mine(&on, &me(&on, 3));
        let by = Author::Attendee(sample::person(4));
        let point = on.stage.current.expect("a point");
        let ready = WorkCommand::Ready {
            item: point,
            by,
            ready: true,
        };
        lead(&mut on, ready);
        assert_eq!(mine(&on, &me(&on, 3)), before);
    }

    #[test]
    fn who_leads_sees_forms_that_cannot_be_used_and_a_way_back() {
        for activity in Activity::ALL {
            let on = sample::scene(*activity);
            let leads = Me {
                leads: true,
                ..me(&on, 1)
            };
            let page = mine(&on, &leads).to_page();
            assert!(page.contains("/led\""), "{page}");
            let form = page.find("<form").unwrap_or(usize::MAX);
            let group = page.find("<fieldset id=\"egna\" disabled");
            assert!(
                form == usize::MAX || group.is_some_and(|at| at < form),
                "{page}"
            );
            assert!(!page.contains("id=\"klar\""), "{page}");
        }
    }

    #[test]
    fn at_the_end_the_way_leads_to_what_has_been_compiled() {
        let mut on = sample::scene(Activity::Writing);
        lead(&mut on, WorkCommand::End { at: NOW });
        let page = scene(&on).to_page();
        assert!(page.contains("/sammanstallning"), "{page}");
        assert!(!mine(&on, &me(&on, 1)).to_page().contains("id=\"klar\""));
    }

    #[test]
    fn in_a_pause_and_before_the_opening_there_is_nothing_to_do() {
        let mut on = sample::scene(Activity::Writing);
        lead(
            &mut on,
            WorkCommand::Enter {
                item: item(6),
                at: NOW,
            },
        );
        for on in [on, planned(Activity::Writing)] {
            let page = mine(&on, &me(&on, 1)).to_page();
            assert!(
                page.contains("Ask Exempel, Bengtsfors") && !page.contains("<form"),
                "{page}"
            );
        }
    }
}
