//! Comments and weaknesses from the survey, without names.

use domain::{
    ids::{CapabilityId, MappingId, RoundId},
    survey::Remark,
};
use leptos::prelude::*;

use crate::{components::Empty, texts::Texts};

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

/// The page.
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
    /// Capabilities that something was written about, in the order of the map.
    pub rows: Vec<About>,
}

/// The page.
pub fn view(texts: Texts, data: &Remarks) -> AnyView {
    let back = format!("/k/{}/omgangar/{}", data.mapping, data.round);
    let content = if data.rows.is_empty() {
        let text = if data.open {
            texts.remark_open()
        } else {
            texts.remark_none()
        };
        let action = Some((back.clone(), texts.remark_back().to_owned()));
        view! { <Empty text action=action /> }.into_any()
    } else {
        (data.rows.iter())
            .map(|about| section(texts, data.mapping, about))
            .collect_view()
            .into_any()
    };
    view! {
        <div class="page-head">
            <nav class="breadcrumbs" aria-label=texts.remark_path()>
                <a href=back>{data.round_name.clone()}</a>
            </nav>
            <h1>{texts.remark_title()}</h1>
            <p class="lead">{texts.remark_lead()}</p>
        </div>
        {content}
    }
    .into_any()
}

fn section(texts: Texts, mapping: MappingId, about: &About) -> AnyView {
    let add = format!("/k/{mapping}/oformagor/ny?formaga={}", about.id);
    let rows: Vec<_> = (about.remarks.iter())
        .map(|remark| {
            let weakness = (!remark.weakness.is_empty()).then(|| {
                view! { <p><span class="badge warn">{texts.terms_weakness()}</span>" "{remark.weakness.to_string()}</p> }
            });
            let comment = (!remark.comment.is_empty())
                .then(|| view! { <p class="lines">{remark.comment.to_string()}</p> });
            view! { <li>{weakness}{comment}</li> }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby=format!("om-{}", about.id)>
            <h2 id=format!("om-{}", about.id)>{about.name.clone()}</h2>
            <ul>{rows}</ul>
            <p>
                <a href=add>
                    {texts.remark_add()}
                    <span class="visually-hidden">": "{about.name.clone()}</span>
                </a>
            </p>
        </section>
    }
    .into_any()
}
