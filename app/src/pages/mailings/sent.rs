//! Letters so far: their states in numbers, then each with what the mail server said.

use domain::{ids::MailId, letter::MailStatus};
use leptos::prelude::*;

use crate::{
    components::{Badge, Hidden},
    texts::Texts,
};

/// One letter of a round.
#[derive(Clone, Debug)]
pub struct SentLetter {
    /// Which.
    pub id: MailId,
    /// The recipient's name.
    pub name: String,
    /// The recipient's address.
    pub address: String,
    /// What it is, in words.
    pub kind: String,
    /// What has become of it.
    pub status: MailStatus,
    /// When that was, as people read it.
    pub changed: String,
    /// How many times it has been tried.
    pub attempts: u32,
    /// What the mail server said; may be empty.
    pub answer: String,
    /// Whether it can be sent again.
    pub again: bool,
}

/// What has become of a letter, in words. Where there is no mail server nothing has been sent: what is done lies in the
/// outbox.
pub fn status_text(texts: Texts, status: MailStatus, outbox: bool) -> &'static str {
    match status {
        MailStatus::Sent if outbox => texts.mailing_status_outbox(),
        MailStatus::Queued => texts.mailing_status_queued(),
        MailStatus::Sending => texts.mailing_status_sending(),
        MailStatus::Sent => texts.mailing_status_sent(),
        MailStatus::Bounced => texts.mailing_status_bounced(),
        MailStatus::Failed => texts.mailing_status_failed(),
        MailStatus::Unclear => texts.mailing_status_unclear(),
        MailStatus::Stopped => texts.mailing_status_stopped(),
    }
}

/// The badge's tone that goes with a state.
pub(in crate::pages) const fn tone(status: MailStatus) -> &'static str {
    match status {
        MailStatus::Sent => "done",
        MailStatus::Bounced | MailStatus::Failed | MailStatus::Unclear => "warn",
        MailStatus::Queued | MailStatus::Sending | MailStatus::Stopped => "plain",
    }
}

pub(super) fn section(texts: Texts, base: &str, letters: &[SentLetter], outbox: bool) -> AnyView {
    let content = if letters.is_empty() {
        view! { <p>{texts.mailing_no_letters()}</p> }.into_any()
    } else {
        let counts: Vec<_> = (MailStatus::ALL.iter())
            .map(|status| {
                let count = (letters.iter()).filter(|letter| letter.status == *status).count();
                (*status, count)
            })
            .filter(|(_, count)| *count > 0)
            .map(|(status, count)| {
                view! { <li><Badge tone=tone(status) text=status_text(texts, status, outbox) />" "<span class="number">{count}</span></li> }
            })
            .collect();
        let rows: Vec<_> = (letters.iter())
            .map(|letter| row(texts, base, letter, outbox))
            .collect();
        view! {
            <ul class="status-counts" aria-label=texts.mailing_counts()>{counts}</ul>
            <div class="table-wrap" tabindex="0" role="region" aria-labelledby="brev">
                <table class="data participants letters">
                    <thead>
                        <tr>
                            <th scope="col">{texts.mailing_to()}</th>
                            <th scope="col">{texts.mailing_kind()}</th>
                            <th scope="col">{texts.mailing_status()}</th>
                            <th scope="col">{texts.mailing_answer()}</th>
                            <th scope="col">{texts.participant_action()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card">
            <h2 id="brev">{texts.mailing_letters()}</h2>
            <p class="hint">{texts.mailing_letters_hint()}</p>
            {content}
        </section>
    }
    .into_any()
}

fn row(texts: Texts, base: &str, letter: &SentLetter, outbox: bool) -> AnyView {
    let tries = (letter.attempts > 1).then(
        || view! { <br /><span class="muted">{texts.mailing_attempts(letter.attempts)}</span> },
    );
    let action = if letter.status == MailStatus::Queued {
        Some((texts.mailing_stop(), "stoppa"))
    } else {
        letter.again.then(|| (texts.mailing_again(), "igen"))
    };
    let action = action.map(|(words, verb)| {
        view! {
            <form method="post" action=format!("{base}/utskick/brev/{}/{verb}", letter.id) class="inline-form">
                <Hidden name="op" value=letter.id.to_string() />
                <button class="link" type="submit">
                    {words}
                    <span class="visually-hidden">": "{letter.kind.clone()}", "{letter.name.clone()}</span>
                </button>
            </form>
        }
    });
    let unclear = (letter.status == MailStatus::Unclear)
        .then(|| view! { <br /><span class="muted">{texts.mailing_unclear_text()}</span> });
    view! {
        <tr>
            <th scope="row">{letter.name.clone()}<br /><span class="muted email">{letter.address.clone()}</span></th>
            <td>{letter.kind.clone()}</td>
            <td>
                <Badge tone=tone(letter.status) text=status_text(texts, letter.status, outbox) />
                <br /><span class="muted">{letter.changed.clone()}</span>
                {tries}
            </td>
            <td class="said">{letter.answer.clone()}{unclear}</td>
            <td>{action}</td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::mapping::Language;

    use super::*;

    #[test]
    fn nothing_is_called_sent_where_there_is_no_mail_server() {
        for (language, sent, laid) in [
            (Language::Swedish, "Skickat", "Lagt i utkorgen"),
            (Language::English, "Sent", "In the outbox"),
        ] {
            let texts = Texts(language);
            assert_eq!(status_text(texts, MailStatus::Sent, false), sent);
            assert_eq!(status_text(texts, MailStatus::Sent, true), laid);
            for status in MailStatus::ALL.iter().copied() {
                let same = status_text(texts, status, true) == status_text(texts, status, false);
                assert_eq!(same, status != MailStatus::Sent, "{status:?}");
            }
        }
    }
}
