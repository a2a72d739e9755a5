//! Comments and weaknesses from the survey, without names: what others may read, and the page where that is decided.

use domain::{
    ids::{CapabilityId, MappingId, RoundId},
    survey::{Remark, Screening},
};
use leptos::prelude::*;

use crate::{
    components::{Badge, Empty, Hidden},
    texts::Texts,
};

/// What was written about one capability.
#[derive(Clone, Debug)]
pub struct About {
    /// Which.
    pub id: CapabilityId,
    /// Its name in the round's version.
    pub name: String,
    /// What was written; never empty.
    pub remarks: Vec<Remark>,
}

/// Either page.
#[derive(Clone, Debug)]
pub struct Remarks {
    /// The round's name.
    pub round_name: String,
    /// The mapping.
    pub mapping: MappingId,
    /// The round.
    pub round: RoundId,
    /// Whether the round still takes answers.
    pub open: bool,
    /// Whether the visitor decides what others may read.
    pub may_screen: bool,
    /// Whether the visitor may put a weakness on the map.
    pub may_edit: bool,
    /// Capabilities that something was written about, in the order of the map.
    pub rows: Vec<About>,
}

impl Remarks {
    fn address(&self, path: &str) -> String {
        format!("/k/{}/omgangar/{}{path}", self.mapping, self.round)
    }

    /// How many texts are in this state.
    fn count(&self, screening: Screening) -> usize {
        (self.rows.iter())
            .flat_map(|about| &about.remarks)
            .filter(|remark| remark.screening == screening)
            .count()
    }
}

/// What others may read.
pub fn view(texts: Texts, data: &Remarks) -> AnyView {
    let results = format!("/k/{}/resultat?omgang={}", data.mapping, data.round);
    let content = if data.rows.is_empty() {
        let text = if data.open {
            texts.remark_open()
        } else {
            texts.remark_none_shown()
        };
        let action = Some((results.clone(), texts.remark_results().to_owned()));
        view! { <Empty text action=action /> }.into_any()
    } else {
        let section = |about: &About| {
            let rows: Vec<_> = (about.remarks.iter())
                .map(|remark| view! { <li>{words(texts, remark)}</li> })
                .collect();
            view! {
                <section class="card" aria-labelledby=format!("om-{}", about.id)>
                    <h2 id=format!("om-{}", about.id)>{about.name.clone()}</h2>
                    <ul>{rows}</ul>
                    {data.may_edit.then(|| add_weakness(texts, data.mapping, about))}
                </section>
            }
        };
        data.rows.iter().map(section).collect_view().into_any()
    };
    let screening = data.may_screen.then(|| {
        view! { <div class="actions"><a class="button" href=data.address("/fritext")>{texts.remark_screen()}</a></div> }
    });
    view! {
        <div class="page-head">
            <nav class="breadcrumbs" aria-label=texts.remark_path()>
                <a href=results>{data.round_name.clone()}</a>
            </nav>
            <h1>{texts.remark_title()}</h1>
            <p class="lead">{texts.remark_lead()}</p>
            {screening}
        </div>
        {content}
    }
    .into_any()
}

/// Where it is decided what others may read: what waits comes first.
pub fn screening(texts: Texts, data: &Remarks) -> AnyView {
    let back = data.address("");
    let content = if data.rows.is_empty() {
        let text = if data.open {
            texts.remark_open()
        } else {
            texts.remark_none()
        };
        let action = Some((back.clone(), texts.remark_back().to_owned()));
        view! { <Empty text action=action /> }.into_any()
    } else {
        let (waiting, shown, hidden) = (
            data.count(Screening::Waiting),
            data.count(Screening::Shown),
            data.count(Screening::Hidden),
        );
        let all = (waiting > 0).then(|| {
            view! {
                <details class="confirm">
                    <summary>{texts.remark_show_all()}</summary>
                    <form method="post" action=data.address("/fritext/alla")>
                        <p>{texts.remark_show_all_text(waiting)}</p>
                        <button class="button primary" type="submit">{texts.remark_show_all_confirm(waiting)}</button>
                    </form>
                </details>
            }
        });
        let read = (shown > 0).then(|| {
            view! { <p><a href=data.address("/kommentarer")>{texts.remark_read_shown()}</a></p> }
        });
        view! {
            <section class="card">
                <p>{texts.remark_counts(waiting, shown, hidden)}</p>
                {all}
                {read}
            </section>
            {group(texts, data, Screening::Waiting, texts.remark_waiting())}
            {group(texts, data, Screening::Shown, texts.remark_shown())}
            {group(texts, data, Screening::Hidden, texts.remark_hidden())}
        }
        .into_any()
    };
    view! {
        <div class="page-head">
            <nav class="breadcrumbs" aria-label=texts.remark_path()>
                <a href=back>{data.round_name.clone()}</a>
            </nav>
            <h1>{texts.remark_screening_title()}</h1>
            <p class="lead">{texts.remark_screening_lead()}</p>
        </div>
        {content}
    }
    .into_any()
}

/// The texts in one state, capability by capability.
fn group(
    texts: Texts,
    data: &Remarks,
    screening: Screening,
    heading: &'static str,
) -> Option<AnyView> {
    let sections: Vec<_> = (data.rows.iter())
        .filter_map(|about| {
            let rows: Vec<_> = (about.remarks.iter())
                .filter(|remark| remark.screening == screening)
                .map(|remark| row(texts, data, about, remark))
                .collect();
            if rows.is_empty() {
                return None;
            }
            let add = data
                .may_edit
                .then(|| add_weakness(texts, data.mapping, about));
            Some(view! {
                <div class="card">
                    <h3>{about.name.clone()}</h3>
                    <ul class="screening" role="list">{rows}</ul>
                    {add}
                </div>
            })
        })
        .collect();
    if sections.is_empty() {
        return None;
    }
    let id = match screening {
        Screening::Waiting => "vantar",
        Screening::Shown => "visas",
        Screening::Hidden => "doljs",
    };
    Some(view! { <section class="stack" aria-labelledby=id><h2 id=id>{heading}</h2>{sections}</section> }.into_any())
}

/// A text and the buttons that decide about it.
fn row(texts: Texts, data: &Remarks, about: &About, remark: &Remark) -> AnyView {
    let id = format!("text-{}", remark.id);
    let button = |to: Screening, label: &'static str, class: &'static str| {
        (remark.screening != to).then(|| {
            view! {
                <button class=class type="submit" name="granskning" value=to.code() aria-describedby=id.clone()>
                    {label}
                    <span class="visually-hidden">": "{about.name.clone()}</span>
                </button>
            }
        })
    };
    view! {
        <li>
            <div id=id.clone()>{words(texts, remark)}</div>
            <form method="post" action=data.address("/fritext")>
                <Hidden name="id" value=remark.id.to_string() />
                <div class="actions">
                    {button(Screening::Shown, texts.remark_do_show(), "button")}
                    {button(Screening::Hidden, texts.remark_do_hide(), "button quiet")}
                </div>
            </form>
        </li>
    }
    .into_any()
}

/// The words of a text: a weakness, a comment or both.
pub(super) fn words(texts: Texts, remark: &Remark) -> AnyView {
    let weakness = (!remark.weakness.is_empty()).then(|| {
        view! { <p class="said"><Badge tone="warn" text=texts.terms_weakness() />" "{remark.weakness.to_string()}</p> }
    });
    let comment = (!remark.comment.is_empty())
        .then(|| view! { <p class="said lines">{remark.comment.to_string()}</p> });
    view! { {weakness} {comment} }.into_any()
}

fn add_weakness(texts: Texts, mapping: MappingId, about: &About) -> AnyView {
    let add = format!("/k/{mapping}/oformagor/ny?formaga={}", about.id);
    view! {
        <p>
            <a href=add>
                {texts.remark_add()}
                <span class="visually-hidden">": "{about.name.clone()}</span>
            </a>
        </p>
    }
    .into_any()
}
