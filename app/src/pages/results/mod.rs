//! What directors read: the conditions first, then what makes the most difference.

mod answer;
pub mod answered;
mod capability;
pub mod collaboration;
mod compare;
mod figure;
mod figures;
mod filter;
mod heat;
mod material;
mod method;
mod municipality;
mod neighbours;
pub mod over_time;
mod parts;
mod priorities;
pub mod quality;
mod region;
pub mod report;
mod selection;
pub mod sure;
mod weaknesses;
mod words;

pub use answer::answer;
pub use capability::{CapabilityPage, Compared, capability, capability_chart, capability_table};
pub use compare::{ComparePage, MOST as MOST_COMPARED, compare, compare_table};
pub use figure::page as figure_page;
pub use figures::{Figure, draw, table};
pub use filter::{Filter, Order};
pub use material::{Earlier, Material};
pub use method::{Rule, method};
pub use municipality::{MunicipalityPage, municipality};
pub use parts::View;
pub use region::page;
pub use words::{based_on, conditions};

use domain::{
    ids::{AreaId, RoundId},
    municipality::Municipality,
};
use leptos::prelude::*;

use crate::{components::Empty, texts::Texts};

/// A page with results of one closed round: the region's own page, and every other view of the same material.
#[derive(Clone, Debug)]
pub struct ResultsPage {
    /// The address of the region's page, without query; those of the other views begin with it.
    pub base: String,
    /// Closed rounds, latest first.
    pub rounds: Vec<(RoundId, String)>,
    /// Areas of the version.
    pub areas: Vec<(AreaId, String)>,
    /// Municipalities that may be shown.
    pub municipalities: Vec<Municipality>,
    /// What it is made from.
    pub material: Material,
}

/// A page without any closed round.
pub fn nothing_yet(texts: Texts, back: String, open: bool) -> AnyView {
    let text = if open {
        texts.result_round_is_open()
    } else {
        texts.result_nothing_yet()
    };
    view! {
        <div class="page-head"><h1>{texts.result_title()}</h1></div>
        <Empty text action=Some((back, texts.result_to_overview().to_owned())) />
    }
    .into_any()
}
