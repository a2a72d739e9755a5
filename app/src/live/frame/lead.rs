//! The head of the leader's view: the point, how late it is, the timer and the way on.

use domain::workshop::{Item, Timer};
use leptos::prelude::*;

use super::{
    Moment, clock,
    form::{button, command},
    head,
};
use crate::live::{Class, Scene, part::Part};

/// Minutes that a timer is often started with.
const OFTEN: [u16; 3] = [5, 10, 15];

/// Minutes that more time is.
const MORE: u16 = 5;

/// Point, time and the way on.
pub(in crate::live) fn head(scene: &Scene) -> Part {
    let mut parts = vec![title(scene)];
    match Moment::of(scene) {
        Moment::Before => parts.push(open(scene, scene.texts.live_open())),
        Moment::After => parts.push(open(scene, scene.texts.live_open_again())),
        Moment::Point(item) | Moment::Pause(item) => {
            let mut now = vec![late(scene, item)];
            now.extend(head::ready(scene));
            parts.push(Part::list(
                "lage",
                view! { <div id="lage" class="standing"></div> },
                now,
            ));
            let mut time = Vec::new();
            time.extend(clock::timer(scene));
            time.push(timer(scene, item));
            parts.push(Part::list(
                "tid",
                view! { <div id="tid" class="time-keeper"></div> },
                time,
            ));
            parts.push(way(scene, item));
        }
    }
    Part::list(
        "huvud",
        view! { <div id="huvud" class="lead-head"></div> },
        parts,
    )
}

/// The point's own title, in pauses too.
fn title(scene: &Scene) -> Part {
    let (Moment::Point(item) | Moment::Pause(item)) = Moment::of(scene) else {
        return head::head(scene);
    };
    let times = format!(
        "{}–{}",
        clock::begins(scene, item),
        clock::ends(scene, item)
    );
    let responsible = (!item.responsible.is_empty())
        .then(|| view! { <span>{item.responsible.to_string()}</span> });
    let instruction = (!item.instruction.is_empty())
        .then(|| view! { <p class="lead">{item.instruction.to_string()}</p> });
    Part::leaf(
        "punkt",
        view! {
            <div id="punkt" class="point-head">
                <p class="eyebrow">
                    <span>{scene.workshop.title.to_string()}</span>
                    <span>{times}" "{head::mark(scene.texts, item.kind)}</span>
                    {responsible}
                </p>
                <h1>{item.title.to_string()}</h1>
                {instruction}
            </div>
        },
    )
}

/// How late it is, written by the page's script when there is something to write.
fn late(scene: &Scene, item: &Item) -> Part {
    let at = clock::should_end(scene, item);
    Part::leaf(
        "sent",
        view! { <p id="sent" class="lateness" data-late=at data-late-text=scene.texts.live_late("{n}") data-late-hours=scene.texts.live_late_hours("{h}", "{n}")></p> },
    )
}

fn open(scene: &Scene, words: &'static str) -> Part {
    let form = button(
        scene,
        Class::Leader,
        "oppna",
        &[],
        "button primary",
        words,
        "",
    );
    Part::leaf("oppna", view! { <div id="oppna" class="way">{form}</div> })
}

/// Starts the timer, or changes it.
fn timer(scene: &Scene, item: &Item) -> Part {
    let texts = scene.texts;
    let more = [("minuter", MORE.to_string())];
    let form = match scene.stage.timer {
        None => {
            let planned =
                (item.minutes > 0 && !OFTEN.contains(&item.minutes)).then_some(item.minutes);
            let choices: Vec<_> = (planned.into_iter().chain(OFTEN))
                .map(|minutes| {
                    let words = texts.live_minutes(minutes);
                    view! {
                        <button class="button small" type="submit" name="minuter" value=minutes>{words}</button>
                    }
                })
                .collect();
            let start = [("vad", "starta".to_owned())];
            let inner = view! {
                <fieldset>
                    <legend>{texts.live_timer_start()}</legend>
                    <div class="row">{choices}</div>
                </fieldset>
            };
            command(scene, Class::Leader, "timer", &start, "timer-form", inner)
        }
        Some(timer) => {
            let first = match timer {
                Timer::Running(_) => ("pausa", texts.live_timer_pause()),
                Timer::Paused(_) => ("fortsatt", texts.live_timer_resume()),
            };
            let choices: Vec<_> = [
                first,
                ("forlang", texts.live_timer_more()),
                ("stoppa", texts.live_timer_stop()),
            ]
            .into_iter()
            .map(|(what, words)| {
                view! { <button class="button small" type="submit" name="vad" value=what>{words}</button> }
            })
            .collect();
            let inner = view! {
                <fieldset>
                    <legend class="visually-hidden">{texts.live_timer()}</legend>
                    <div class="row">{choices}</div>
                </fieldset>
            };
            command(scene, Class::Leader, "timer", &more, "timer-form", inner)
        }
    };
    Part::leaf("timer", view! { <div id="timer">{form}</div> })
}

/// The point before and, as the view's one primary action, the next; after the last the end.
fn way(scene: &Scene, item: &Item) -> Part {
    let texts = scene.texts;
    let to = |item: &Item| [("punkt", item.id.to_string())];
    let back = (scene.workshop.before(item.id)).map(|before| {
        let words = texts.live_previous();
        button(
            scene,
            Class::Leader,
            "till",
            &to(before),
            "button",
            words,
            &before.title,
        )
    });
    let on = match scene.workshop.after(item.id) {
        Some(next) => {
            let words = texts.live_next(&next.title);
            button(
                scene,
                Class::Leader,
                "till",
                &to(next),
                "button primary",
                words,
                "",
            )
        }
        None => button(
            scene,
            Class::Leader,
            "avsluta",
            &[],
            "button primary",
            texts.live_end(),
            "",
        ),
    };
    Part::leaf(
        "vidare",
        view! { <div id="vidare" class="way">{back}{on}</div> },
    )
}

#[cfg(test)]
mod tests {
    use domain::workshop::{Activity, TimerStep, WorkCommand};

    use super::*;
    use crate::live::sample::{NOW, item, lead, planned, scene};

    #[test]
    fn the_next_point_is_the_one_primary_action() {
        let mut scene = scene(Activity::Writing);
        let page = head(&scene).to_page();
        assert_eq!(page.matches("button primary").count(), 1, "{page}");
        assert!(page.contains("Nästa: Läs tillsammans"), "{page}");
        lead(&mut scene, WorkCommand::SkipItem(item(5), true));
        assert!(head(&scene).to_page().contains("Nästa: Fika"));
        let last = item(scene.workshop.agenda.len());
        lead(
            &mut scene,
            WorkCommand::Enter {
                item: last,
                at: NOW,
            },
        );
        let page = head(&scene).to_page();
        assert!(
            page.contains("value=\"avsluta\"") && page.contains("button primary"),
            "{page}"
        );
    }

    #[test]
    fn the_timer_is_started_with_the_planned_minutes_and_then_paused_lengthened_or_stopped() {
        let mut scene = scene(Activity::Writing);
        let page = head(&scene).to_page();
        assert!(page.contains("name=\"minuter\" value=\"25\""), "{page}");
        lead(
            &mut scene,
            WorkCommand::Timer(TimerStep::Start {
                minutes: 5,
                at: NOW,
            }),
        );
        let page = head(&scene).to_page();
        for what in ["pausa", "forlang", "stoppa"] {
            assert!(
                page.contains(&format!("name=\"vad\" value=\"{what}\"")),
                "{page}"
            );
        }
        assert!(page.contains("data-ends"), "{page}");
        lead(&mut scene, WorkCommand::Timer(TimerStep::Pause { at: NOW }));
        let page = head(&scene).to_page();
        assert!(
            page.contains("value=\"fortsatt\"") && page.contains("data-left"),
            "{page}"
        );
    }

    #[test]
    fn lateness_is_counted_from_the_planned_end() {
        let page = head(&scene(Activity::Writing)).to_page();
        // 10.20: 09.55 and twenty-five minutes.
        assert!(
            page.contains(&format!("data-late=\"{}\"", NOW + 80 * 60_000)),
            "{page}"
        );
        assert!(page.contains("data-late-text=\"{n} min sena\""), "{page}");
    }

    #[test]
    fn before_and_after_there_is_only_the_opening() {
        let mut scene = planned(Activity::Writing);
        assert!(head(&scene).to_page().contains("Öppna workshopen"));
        lead(&mut scene, WorkCommand::Open { at: NOW });
        lead(&mut scene, WorkCommand::End { at: NOW });
        let page = head(&scene).to_page();
        assert!(
            page.contains("Öppna igen") && !page.contains("value=\"timer\""),
            "{page}"
        );
    }
}
