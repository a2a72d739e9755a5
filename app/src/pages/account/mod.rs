//! Signing in and one's own account.

mod own;
mod sign_in;

pub use own::{OwnAccount, PasswordPart, own};
pub use sign_in::{ask, sent, with_password};

use domain::ids::SessionId;
use leptos::prelude::*;

use crate::{
    components::{Badge, SubmitRow, date_time},
    texts::Texts,
};

/// The button that uses a sign-in link up.
pub fn offer(texts: Texts) -> AnyView {
    view! {
        <div class="narrow">
            <div class="page-head">
                <h1>{texts.account_offer_title()}</h1>
                <p class="lead">{texts.account_offer_lead()}</p>
            </div>
            <form method="post"><SubmitRow label=texts.frame_sign_in() /></form>
        </div>
    }
    .into_any()
}

/// A signed-in browser in the list.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Which.
    pub id: SessionId,
    /// Browser and system.
    pub label: String,
    /// When it began.
    pub created_at: i64,
    /// When it was last seen.
    pub last_seen_at: i64,
    /// Whether it is this one.
    pub current: bool,
}

/// One's own sessions, each with a button that ends it.
pub fn sessions(texts: Texts, rows: &[SessionRow]) -> AnyView {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let here = row.current.then(|| view! { <Badge tone="done" text=texts.account_this_one() /> });
            view! {
                <tr>
                    <th scope="row">{row.label.clone()}" "{here}</th>
                    <td>{date_time(row.created_at)}</td>
                    <td>{date_time(row.last_seen_at)}</td>
                    <td>
                        <form method="post" class="inline-form">
                            <input type="hidden" name="session" value=row.id.to_string() />
                            <button class="button quiet" type="submit">
                                {texts.account_end()}
                                <span class="visually-hidden">": "{row.label.clone()}", "{date_time(row.created_at)}</span>
                            </button>
                        </form>
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="page-head">
            <h1>{texts.account_sessions_title()}</h1>
            <p class="lead">{texts.account_sessions_lead()}</p>
        </div>
        <div class="table-wrap" tabindex="0" role="region" aria-label=texts.account_sessions_title()>
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">{texts.account_browser()}</th>
                        <th scope="col">{texts.account_began()}</th>
                        <th scope="col">{texts.account_seen()}</th>
                        <th scope="col">{texts.account_action()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
