//! Activity Reading: what has been written and revealed is read together.

use domain::{
    ids::{CardId, ItemId},
    municipality::Municipality,
    text::fold,
    workshop::{Activity, Became, Card, CardKind, CardState, CardText, Item},
};
use leptos::prelude::*;

use super::voices::{Voices, municipalities, tags};
use crate::{
    live::{
        Class, Me, Scene,
        frame::form::{button, clearing},
        part::Part,
    },
    texts::Texts,
};

/// The most that the wall holds; of more, the latest are shown.
const MOST: usize = 60;

/// What one or more people have written in the same words, or that has become the same on the map.
struct Entry<'a> {
    id: CardId,
    kind: CardKind,
    cards: Vec<(CardId, &'a Card)>,
}

impl Entry<'_> {
    fn text(&self) -> String {
        (self.cards.first()).map_or_else(String::new, |(_, card)| card.text.to_string())
    }

    fn homes(&self) -> Vec<Municipality> {
        municipalities(self.cards.iter().map(|(_, card)| *card))
    }

    fn class(&self) -> &'static str {
        if self.kind == CardKind::Weakness {
            "read-card weakness"
        } else {
            "read-card"
        }
    }
}

/// The points whose cards are read: this one, and the nearest writing before it.
fn points(scene: &Scene, item: &Item) -> Vec<ItemId> {
    let mut points = vec![item.id];
    if item.activity != Activity::Writing {
        let agenda = &scene.workshop.agenda;
        let here = (agenda.iter().position(|one| one.id == item.id)).unwrap_or_default();
        points.extend(
            (agenda[..here].iter().rev())
                .find(|one| one.activity == Activity::Writing && !one.skipped)
                .map(|one| one.id),
        );
    }
    points
}

fn cards<'a>(scene: &'a Scene, item: &Item, state: CardState) -> Vec<(CardId, &'a Card)> {
    let points = points(scene, item);
    (scene.state.work.cards.iter())
        .filter(|(_, card)| card.workshop == scene.id && points.contains(&card.item))
        .filter(|(_, card)| {
            card.state == state
                && matches!(
                    card.kind,
                    CardKind::Capability | CardKind::Weakness | CardKind::Goal
                )
        })
        .map(|(id, card)| (*id, card))
        .collect()
}

/// What is read, in order of time.
fn entries<'a>(scene: &'a Scene, item: &Item) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (id, card) in cards(scene, item, CardState::Shown) {
        let same = entries.iter_mut().find(|entry| {
            entry.kind == card.kind
                && entry.cards.iter().any(|(_, other)| match card.became {
                    Some(became) => other.became == Some(became),
                    None => fold(&other.text) == fold(&card.text),
                })
        });
        match same {
            Some(entry) => entry.cards.push((id, card)),
            None => entries.push(Entry {
                id,
                kind: card.kind,
                cards: vec![(id, card)],
            }),
        }
    }
    entries
}

fn heading(texts: Texts, kind: CardKind) -> &'static str {
    match kind {
        CardKind::Weakness => texts.board_weaknesses(),
        CardKind::Goal => texts.board_goals(),
        _ => texts.board_capabilities(),
    }
}

/// "3 har skrivit detta", when more than one has.
fn count(texts: Texts, entry: &Entry) -> AnyView {
    let count = entry.cards.len();
    (count > 1)
        .then(|| view! { <span class="count">{texts.board_wrote_this(count)}</span>" " })
        .into_any()
}

/// One list a kind, each with its heading; `row` makes an entry.
fn by_kind(
    scene: &Scene,
    entries: &[Entry],
    class: &'static str,
    row: impl Fn(&Entry) -> Part,
) -> Vec<Part> {
    let mut parts = Vec::new();
    for kind in [CardKind::Capability, CardKind::Weakness, CardKind::Goal] {
        let those: Vec<_> = (entries.iter())
            .filter(|entry| entry.kind == kind)
            .collect();
        if those.is_empty() {
            continue;
        }
        let number = match kind {
            CardKind::Capability => 1,
            CardKind::Weakness => 2,
            _ => 3,
        };
        let id = format!("last-{number}-rubrik");
        let count = those.len();
        let title = heading(scene.texts, kind);
        parts.push(Part::leaf(
            id.clone(),
            view! { <h2 id=id class="read-title">{title}" "<span class="count">{count}</span></h2> },
        ));
        let id = format!("last-{number}");
        parts.push(Part::list(
            id.clone(),
            view! { <ul id=id class=class></ul> },
            those.into_iter().map(&row).collect(),
        ));
    }
    parts
}

fn nothing(scene: &Scene) -> Part {
    Part::leaf(
        "last-inget",
        view! { <p id="last-inget" class="empty">{scene.texts.board_nothing_read()}</p> },
    )
}

/// Sizes of cards on the wall, the largest first: class, columns and rows that fit.
const SIZES: [(&str, usize, usize); 4] = [
    ("read-cards few", 3, 4),
    ("read-cards some", 4, 5),
    ("read-cards many", 5, 7),
    ("read-cards most", 7, 10),
];

/// The largest that everything fits in; a heading takes about a row.
fn size(entries: &[Entry]) -> &'static str {
    let mut counts = std::collections::BTreeMap::<CardKind, usize>::new();
    for entry in entries {
        *counts.entry(entry.kind).or_default() += 1;
    }
    let rows = |columns: usize| {
        let cards: usize = (counts.values()).map(|count| count.div_ceil(columns)).sum();
        cards + counts.len().saturating_sub(1)
    };
    (SIZES.iter())
        .find(|(_, columns, most)| rows(*columns) <= *most)
        .map_or(SIZES[SIZES.len() - 1].0, |(class, _, _)| class)
}

/// On the wall: everything in columns, smaller the more there is.
pub(super) fn projector(scene: &Scene, item: &Item) -> Vec<Part> {
    let texts = scene.texts;
    let mut entries = entries(scene, item);
    if entries.is_empty() {
        return vec![nothing(scene)];
    }
    let left_out = entries.len().saturating_sub(MOST);
    if left_out > 0 {
        entries.reverse();
        entries.truncate(MOST);
    }
    let class = size(&entries);
    let mut parts = by_kind(scene, &entries, class, |entry| {
        let id = format!("last-{}", entry.id);
        let homes = tags(&entry.homes(), 2);
        Part::leaf(
            id.clone(),
            view! {
                <li id=id class=entry.class()>
                    <p class="words">{entry.text()}</p>
                    <p class="from">{count(texts, entry)}{homes}</p>
                </li>
            },
        )
    });
    if left_out > 0 {
        parts.push(Part::leaf(
            "last-fler",
            view! { <p id="last-fler" class="more">{texts.board_more(left_out)}</p> },
        ));
    }
    parts
}

/// For those who lead: hide what should not stand there, show it again, comment.
pub(super) fn leader(scene: &Scene, item: &Item) -> Vec<Part> {
    let voices = Voices::of(&scene.state);
    let entries = entries(scene, item);
    let mut parts = if entries.is_empty() {
        vec![nothing(scene)]
    } else {
        by_kind(scene, &entries, "read-cards", |entry| {
            row(scene, item, entry, &voices, Class::Leader)
        })
    };
    parts.extend(hidden(scene, cards(scene, item, CardState::Hidden)));
    parts
}

/// What has been hidden, for those who lead: it can be shown again.
pub(super) fn hidden(scene: &Scene, cards: Vec<(CardId, &Card)>) -> Vec<Part> {
    if cards.is_empty() {
        return Vec::new();
    }
    let title = scene.texts.board_hidden_title(cards.len());
    let rows = (cards.into_iter())
        .map(|(id, card)| {
            let fields = [("kort", id.to_string()), ("pa", "0".to_owned())];
            let words = scene.texts.board_show_again();
            let class = "button small quiet";
            let form = button(
                scene,
                Class::Leader,
                "doljkort",
                &fields,
                class,
                words,
                &card.text,
            );
            let id = format!("dolt-{id}");
            Part::leaf(
                id.clone(),
                view! {
                    <li id=id class="read-card hidden-card">
                        <p class="words">{card.text.to_string()}</p>
                        {form}
                    </li>
                },
            )
        })
        .collect();
    vec![
        Part::leaf("dolda-rubrik", view! { <h2 id="dolda-rubrik">{title}</h2> }),
        Part::list(
            "dolda",
            view! { <ul id="dolda" class="read-cards"></ul> },
            rows,
        ),
    ]
}

/// For everyone who takes part: the same list, with room for comments.
pub(super) fn participant(scene: &Scene, item: &Item) -> Vec<Part> {
    let voices = Voices::of(&scene.state);
    let entries = entries(scene, item);
    if entries.is_empty() {
        return vec![nothing(scene)];
    }
    by_kind(scene, &entries, "read-cards", |entry| {
        row(scene, item, entry, &voices, Class::Participant)
    })
}

/// For one person: nothing of their own.
pub(super) fn mine(_scene: &Scene, _item: &Item, _me: &Me) -> Vec<Part> {
    Vec::new()
}

fn row(scene: &Scene, item: &Item, entry: &Entry, voices: &Voices, class: Class) -> Part {
    let texts = scene.texts;
    let id = format!("last-{}", entry.id);
    let about = match entry.cards[0].1.became {
        Some(Became::Capability(capability)) => Some(capability),
        _ => None,
    };
    let said = about.map_or(&[][..], |about| voices.comments(about));
    let comments = comments(said);
    let comment = about.map(|about| {
        let fields = [
            ("punkt", item.id.to_string()),
            ("formaga", about.to_string()),
        ];
        comment_form(scene, class, &fields, &entry.id.to_string(), &entry.text())
    });
    let hide = (class == Class::Leader).then(|| hide(scene, entry));
    let homes = tags(&entry.homes(), 6);
    Part::leaf(
        id.clone(),
        view! {
            <li id=id class=entry.class()>
                <p class="words">{entry.text()}</p>
                <p class="from">{count(texts, entry)}{homes}</p>
                {comments}
                <div class="acts">{comment}{hide}</div>
            </li>
        },
    )
}

/// Comments and questions, with where they come from.
pub(super) fn comments(said: &[(CardId, &Card)]) -> AnyView {
    if said.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = (said.iter())
        .map(|(_, card)| {
            let home = tags(card.municipality.as_slice(), 1);
            view! { <li>{card.text.to_string()}" "{home}</li> }
        })
        .collect();
    view! { <ul class="comments">{rows}</ul> }.into_any()
}

/// A field for a comment, behind a summary.
pub(super) fn comment_form(
    scene: &Scene,
    class: Class,
    fields: &[(&'static str, String)],
    place: &str,
    about: &str,
) -> AnyView {
    let texts = scene.texts;
    let field = format!("kommentar-{place}");
    let mut fields = fields.to_vec();
    fields.push(("slag", CardKind::Comment.code().to_owned()));
    let inner = view! {
        <div class="field">
            <label for=field.clone() class="visually-hidden">{texts.board_comment_on(about)}</label>
            <textarea id=field name="text" rows="2" maxlength=CardText::MAX required data-enter enterkeyhint="send"></textarea>
        </div>
        <button class="button small" type="submit">{texts.board_comment_send()}</button>
    };
    let form = clearing(scene, class, "skriv", &fields, "comment-form", inner);
    view! {
        <details class="comment">
            <summary>
                {texts.board_comment()}
                <span class="visually-hidden">{format!(": {about}")}</span>
            </summary>
            {form}
        </details>
    }
    .into_any()
}

/// Buttons that take cards away: one for each wording.
fn hide(scene: &Scene, entry: &Entry) -> AnyView {
    let texts = scene.texts;
    let one = |(id, card): &(CardId, &Card)| {
        let fields = [("kort", id.to_string()), ("pa", "1".to_owned())];
        let words = texts.board_hide();
        let class = "button small quiet";
        button(
            scene,
            Class::Leader,
            "doljkort",
            &fields,
            class,
            words,
            &card.text,
        )
    };
    if let [only] = entry.cards.as_slice() {
        return one(only);
    }
    let rows: Vec<_> = (entry.cards.iter())
        .map(|card| {
            let home = tags(card.1.municipality.as_slice(), 1);
            view! { <li>{card.1.text.to_string()}" "{home}" "{one(card)}</li> }
        })
        .collect();
    view! {
        <details class="each">
            <summary>{texts.board_each_card()}</summary>
            <ul class="plain-rows">{rows}</ul>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::workshop::WorkCommand;

    use super::*;
    use crate::live::{
        leader, participant, projector,
        sample::{self, card, item, lead, write},
    };

    /// What was written at the point before is revealed, and read at the next.
    fn scene() -> Scene {
        let mut scene = sample::scene(Activity::Writing);
        write(
            &mut scene,
            50,
            4,
            CardKind::Capability,
            "upphandla TILLSAMMANS",
            None,
        );
        let point = scene.stage.current.expect("a point");
        lead(&mut scene, WorkCommand::Reveal(point));
        let place = (scene.workshop.agenda.iter())
            .position(|one| one.activity == Activity::Reading)
            .expect("in the plan");
        let enter = WorkCommand::Enter {
            item: item(place + 1),
            at: sample::NOW,
        };
        lead(&mut scene, enter);
        scene
    }

    #[test]
    fn what_two_have_written_stands_once_with_their_number_and_municipalities() {
        let scene = scene();
        for page in [
            projector::scene(&scene).to_page(),
            participant::scene(&scene).to_page(),
        ] {
            assert_eq!(
                page.matches("Upphandla tillsammans</p>").count(),
                1,
                "{page}"
            );
            assert!(page.contains("2 har skrivit detta"), "{page}");
            assert!(
                page.contains("Dals-Ed") && page.contains("Mellerud"),
                "{page}"
            );
            assert!(page.contains("read-card weakness"), "{page}");
        }
    }

    #[test]
    fn only_those_who_lead_see_what_is_hidden_and_can_show_it_again() {
        let mut scene = scene();
        lead(&mut scene, WorkCommand::HideCard(card(2), true));
        let words = "Inget forum för beslut";
        assert!(!projector::scene(&scene).to_page().contains(words));
        assert!(!participant::scene(&scene).to_page().contains(words));
        let page = leader::scene(&scene).to_page();
        assert!(
            page.contains(words) && page.contains("Dolda kort (1)"),
            "{page}"
        );
        lead(&mut scene, WorkCommand::HideCard(card(2), false));
        assert!(projector::scene(&scene).to_page().contains(words));
    }

    #[test]
    fn a_comment_stands_under_what_it_is_about_and_resends_only_that() {
        let mut scene = scene();
        let before = participant::scene(&scene).flatten();
        let about = match scene.state.work.cards[&card(0)].became {
            Some(Became::Capability(capability)) => capability,
            other => panic!("a capability, not {other:?}"),
        };
        write(
            &mut scene,
            60,
            2,
            CardKind::Comment,
            "Och <öppna> data",
            Some(about),
        );
        let sent = participant::scene(&scene).flatten().since(&before);
        let ids: Vec<_> = sent.iter().map(|part| part.id.clone()).collect();
        assert_eq!(ids, [format!("last-{}", card(0))]);
        let html = sent[0].html.clone().unwrap_or_default();
        assert!(html.contains("Och &lt;öppna&gt; data"), "{html}");
    }

    #[test]
    fn of_more_than_the_wall_holds_the_latest_are_shown() {
        let mut scene = scene();
        for n in 0..70 {
            let text = format!("Exempel på förmåga nummer {n}");
            write(&mut scene, 100 + n, 1, CardKind::Capability, &text, None);
        }
        let page = projector::scene(&scene).to_page();
        assert_eq!(page.matches("<li id=\"last-").count(), MOST);
        assert!(
            page.contains("nummer 69<") && !page.contains("nummer 1<"),
            "{page}"
        );
        assert!(page.contains("+ 13 till"), "{page}");
    }
}
