//! The frame around every page: head, header, navigation, footer.

use std::sync::Arc;

use domain::ids::{MappingId, OpId};
use leptos::{nonce::use_nonce, prelude::*};

use crate::{components::Badge, components::Notice, texts::Texts};

/// What the browser fetches beside the page, by its names with content hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet's address.
    pub style: String,
    /// The icon's address.
    pub icon: String,
    /// The islands' script and wasm.
    pub islands: Option<(String, String)>,
    /// Small scripts that only make pages nicer, by plain name such as `survey.js`.
    pub scripts: Vec<(String, String)>,
}

/// The parts of a mapping that the header leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The mapping's own page.
    Overview,
    /// The map.
    Map,
    /// The series of workshops.
    Workshops,
    /// How municipalities take part, and what comes before the first workshop.
    Participation,
    /// Rounds and participants.
    Rounds,
    /// Results.
    Results,
    /// People and settings.
    People,
}

/// The mapping a page belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub id: MappingId,
    /// Its name.
    pub name: String,
    /// Its period.
    pub period: String,
    /// Whether it is invented.
    pub example: bool,
    /// The tab that is open.
    pub tab: Tab,
    /// The tabs this person may open.
    pub tabs: Vec<Tab>,
}

/// Something said once at the top of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub message: String,
    /// The operation that can be undone, if it can.
    pub undo: Option<OpId>,
}

/// Everything around a page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language.
    pub texts: Texts,
    /// The page's own title; with the mapping's name it is unique.
    pub title: String,
    /// The page's path and query, to come back to from the choice of language.
    pub path: String,
    /// The signed-in person's name.
    pub person: Option<String>,
    /// The mapping.
    pub place: Option<Place>,
    /// What has just happened.
    pub said: Option<Said>,
    /// Style sheet and scripts.
    pub assets: Arc<Assets>,
    /// Whether the page has islands.
    pub islands: bool,
    /// Small scripts that make this page nicer, by plain name.
    pub scripts: &'static [&'static str],
    /// Without header navigation: survey pages on a phone.
    pub bare: bool,
}

/// A whole page.
pub fn document(frame: &Frame, body: AnyView) -> AnyView {
    let texts = frame.texts;
    let title = match &frame.place {
        Some(place) => format!("{} – {} – {}", frame.title, place.name, texts.brand_name()),
        None => format!("{} – {}", frame.title, texts.brand_name()),
    };
    let said = frame.said.clone().map(|said| {
        let undo = said.undo.zip(frame.place.as_ref()).map(|(op, place)| {
            (
                format!("/k/{}/angra", place.id),
                op.to_string(),
                texts.form_undo().to_owned(),
            )
        });
        view! { <Notice message=said.message undo=undo /> }
    });
    view! {
        <!DOCTYPE html>
        <html lang=texts.lang()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <title inner_html=escaped(&title)></title>
                <link rel="stylesheet" href=frame.assets.style.clone() />
                <link rel="icon" href=frame.assets.icon.clone() type="image/svg+xml" />
                {scripts(frame)}
            </head>
            <body class=if frame.bare { "bare" } else { "full" }>
                <a class="skip" href="#innehall">{texts.frame_skip()}</a>
                {header(frame)}
                <main id="innehall" tabindex="-1">{place(frame)}{said}{body}</main>
                {footer(frame)}
            </body>
        </html>
    }
    .into_any()
}

/// Text as HTML, for elements that take no child like others: titles, where the marks that are left between children
/// would show, and text areas, whose children the framework does not escape.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn scripts(frame: &Frame) -> AnyView {
    let small: Vec<_> = frame
        .scripts
        .iter()
        .filter_map(|name| frame.assets.scripts.iter().find(|(plain, _)| plain == name))
        .map(|(_, address)| view! { <script type="module" src=address.clone()></script> })
        .collect();
    let islands = frame
        .islands
        .then(|| frame.assets.islands.clone())
        .flatten();
    let islands = islands.map(|(script, wasm)| {
        // No island of ours has children, so each is started on its own, in the order of the page.
        let start = format!(
            "import({script:?}).then(async m=>{{await m.default({{module_or_path:{wasm:?}}});m.hydrate();for(const el of document.querySelectorAll('leptos-island'))await m[el.dataset.component]?.(el)}})"
        );
        view! { <script type="module" nonce=use_nonce()>{start}</script> }
    });
    view! { {small} {islands} }.into_any()
}

fn header(frame: &Frame) -> AnyView {
    let texts = frame.texts;
    let brand = view! {
        <a class="brand" href="/">
            <img src=frame.assets.icon.clone() alt="" width="28" height="28" />
            <span>{texts.brand_name()}</span>
        </a>
    };
    if frame.bare {
        return view! { <header class="top"><div class="top-inner">{brand}</div></header> }
            .into_any();
    }
    let tabs = frame.place.clone().map(|place| {
        let links: Vec<_> = place
            .tabs
            .iter()
            .map(|tab| {
                let (path, words) = match tab {
                    Tab::Overview => ("", texts.frame_tab_overview()),
                    Tab::Map => ("/karta", texts.frame_tab_map()),
                    Tab::Workshops => ("/workshopar", texts.frame_tab_workshops()),
                    Tab::Participation => ("/deltagande", texts.frame_tab_participation()),
                    Tab::Rounds => ("/omgangar", texts.frame_tab_rounds()),
                    Tab::Results => ("/resultat", texts.frame_tab_results()),
                    Tab::People => ("/personer", texts.frame_tab_people()),
                };
                let current = (*tab == place.tab).then_some("page");
                view! { <li><a href=format!("/k/{}{path}", place.id) aria-current=current>{words}</a></li> }
            })
            .collect();
        view! { <nav class="tabs" aria-label=texts.frame_tabs_label()><ul>{links}</ul></nav> }
    });
    let person = match &frame.person {
        Some(name) => view! {
            <a href="/konto">{name.clone()}</a>
            <form method="post" action="/logga-ut" class="inline-form">
                <button class="link" type="submit">{texts.frame_sign_out()}</button>
            </form>
        }
        .into_any(),
        None => view! { <a href="/logga-in">{texts.frame_sign_in()}</a> }.into_any(),
    };
    view! {
        <header class="top">
            <div class="top-inner">{brand}{tabs}<div class="person">{person}</div></div>
        </header>
    }
    .into_any()
}

/// The mapping's name and period, first in the page, so that it stands within a landmark.
fn place(frame: &Frame) -> AnyView {
    let place = (frame.place.clone()).filter(|_| !frame.bare).map(|place| {
        let example = (place.example)
            .then(|| view! { <Badge tone="example" text=frame.texts.brand_example() /> });
        view! { <p class="place">{place.name}" · "{place.period}" "{example}</p> }
    });
    view! { {place} }.into_any()
}

fn footer(frame: &Frame) -> AnyView {
    let texts = frame.texts;
    view! {
        <footer class="bottom">
            <div class="bottom-inner">
                <p>{texts.frame_footer()}</p>
                <ul>
                    <li><a href="/tillganglighet">{texts.frame_accessibility()}</a></li>
                    <li><a href="/personuppgifter">{texts.frame_privacy()}</a></li>
                    <li><a href="/datasets">{texts.publication_footer()}</a></li>
                    <li>
                        <form method="post" action="/sprak" class="inline-form">
                            <input type="hidden" name="till" value=frame.path.clone() />
                            <button class="link" type="submit" name="sprak" value=texts.frame_other_language_code() lang=texts.frame_other_language_code()>
                                {texts.frame_other_language()}
                            </button>
                        </form>
                    </li>
                </ul>
            </div>
        </footer>
    }
    .into_any()
}
