//! An interest enquiry for those who ask: what has been answered, sending, entering by hand, closing.

use domain::{
    ids::MailId,
    letter::MailStatus,
    participation::{Contact, Enquiry, Reply, Tally},
};
use leptos::prelude::*;

use super::words::{mark, tone};
use crate::{
    components::{
        Badge, ErrorSummary, Errors, Hidden, RadioGroup, SubmitRow, TextField, copyable, date,
        outbox_notice,
    },
    pages::mailings::{letter_tone, status_text},
    texts::Texts,
};

/// What became of the latest letter to someone.
#[derive(Clone, Debug)]
pub struct LetterRow {
    /// Which.
    pub id: MailId,
    /// What has become of it.
    pub status: MailStatus,
    /// When that was, in milliseconds since 1970 UTC.
    pub changed_at: i64,
    /// What the mail server said; may be empty.
    pub answer: String,
}

/// Someone who is asked.
#[derive(Clone, Debug)]
pub struct ContactRow {
    /// Who, and what they answered.
    pub contact: Contact,
    /// Their link.
    pub link: String,
    /// The latest letter to them.
    pub letter: Option<LetterRow>,
}

/// What has been typed for an answer that is entered by hand.
#[derive(Clone, Debug)]
pub struct ByHand {
    /// Whose form it is.
    pub contact: domain::ids::ContactId,
    /// The code of the answer; empty for none.
    pub reply: String,
    /// Who answered, and how.
    pub source: String,
    /// What they said with it.
    pub note: String,
    /// What is wrong.
    pub errors: Errors,
}

/// The page.
#[derive(Clone, Debug)]
pub struct EnquiryPage {
    /// The enquiry.
    pub enquiry: Enquiry,
    /// Whether those who are asked may still answer by themselves.
    pub open: bool,
    /// Whom it is put to, in Swedish order.
    pub rows: Vec<ContactRow>,
    /// The next letters' id, so that a repeated post sends nothing more.
    pub op: String,
    /// How many have an address, have not answered and have had no letter.
    pub to_send: usize,
    /// How many have had a letter and not answered.
    pub to_remind: usize,
    /// Whether letters are laid in a folder rather than sent.
    pub outbox: bool,
    /// The form that has to be corrected.
    pub again: Option<ByHand>,
}

/// An answer in words.
pub fn reply_text(texts: Texts, reply: Reply) -> &'static str {
    match reply {
        Reply::Yes => texts.enquiry_yes(),
        Reply::No => texts.enquiry_no(),
        Reply::Later => texts.enquiry_later_short(),
    }
}

/// "5 ja · 3 nej · 6 ej svarat av 14".
pub fn tally_text(texts: Texts, tally: Tally, asked: usize) -> String {
    if tally.later == 0 {
        texts.enquiry_tally(tally.yes, tally.no, tally.silent, asked)
    } else {
        texts.enquiry_tally_later(tally.yes, tally.no, tally.later, tally.silent, asked)
    }
}

/// How long an enquiry is open.
pub fn standing(texts: Texts, enquiry: &Enquiry, open: bool) -> String {
    match enquiry.closed_at {
        Some(at) => texts.enquiry_closed(date(at)),
        None if open => texts.enquiry_open_until(enquiry.deadline),
        None => texts.enquiry_over(enquiry.deadline),
    }
}

/// The page.
pub fn page(texts: Texts, data: &EnquiryPage) -> AnyView {
    let enquiry = &data.enquiry;
    let base = format!("/k/{}/intresse/{}", enquiry.mapping, enquiry.id);
    let closed = enquiry.closed_at.is_some();
    let edit = (!closed).then(
        || view! { <a class="button" href=format!("{base}/andra")>{texts.enquiry_edit()}</a> },
    );
    let contacts = data.rows.iter().map(|row| &row.contact);
    let tally = Tally::count(contacts, data.rows.len());
    let errors = (data.again.as_ref()).map_or_else(Errors::default, |form| form.errors.clone());
    view! {
        <div class="page-head">
            {super::back(texts, enquiry.mapping)}
            <p class="eyebrow">{texts.enquiry_eyebrow()}" · "{standing(texts, enquiry, data.open)}</p>
            <h1>{enquiry.question.to_string()}</h1>
            <p class="lead lines">{enquiry.explanation.to_string()}</p>
            <div class="actions">{edit}</div>
        </div>
        <ErrorSummary texts errors=errors />
        <section class="card tally" aria-labelledby="svar-an">
            <h2 id="svar-an">{texts.enquiry_tally_title()}</h2>
            <p class="sum">{tally_text(texts, tally, data.rows.len())}</p>
            {marks(data)}
            <p>{texts.enquiry_take_text()}</p>
            <div class="actions"><a class="button" href=format!("{base}/for-in")>{texts.enquiry_take_link()}</a></div>
        </section>
        {(!closed).then(|| send(texts, &base, data))}
        {contacts_card(texts, &base, data, closed)}
        {(!closed).then(|| close(texts, &base, data))}
    }
    .into_any()
}

/// One mark a municipality, those who said yes first. The sentence above says it to those who do not see.
fn marks(data: &EnquiryPage) -> AnyView {
    use domain::mapping::Participation;
    let mut grades: Vec<_> = (data.rows.iter())
        .map(|row| match row.contact.reply {
            Some(Reply::Yes) => (0, Participation::Interested),
            Some(Reply::No) => (1, Participation::Declined),
            Some(Reply::Later) => (2, Participation::Considering),
            None => (3, Participation::Silent),
        })
        .collect();
    grades.sort_unstable();
    let marks: Vec<_> = (grades.into_iter())
        .map(|(place, grade)| {
            let yes = if place == 0 { " yes" } else { "" };
            view! { <span class=format!("tally-mark {}{yes}", tone(grade))>{mark(grade)}</span> }
        })
        .collect();
    view! { <p class="tally-marks" aria-hidden="true">{marks}</p> }.into_any()
}

fn send(texts: Texts, base: &str, data: &EnquiryPage) -> AnyView {
    let form = |words: String, text: String, again: bool| {
        let class = if again { "button" } else { "button primary" };
        view! {
            <form method="post" action=format!("{base}/skicka")>
                <p>{text}</p>
                <Hidden name="op" value=data.op.clone() />
                {again.then(|| view! { <Hidden name="igen" value="ja" /> })}
                <div class="actions"><button class=class type="submit">{words}</button></div>
            </form>
        }
    };
    let content = if data.open {
        let first = match data.to_send {
            0 => view! { <p>{texts.enquiry_send_none()}</p> }.into_any(),
            1 => form(
                texts.enquiry_send(1),
                texts.enquiry_send_text_one().to_owned(),
                false,
            )
            .into_any(),
            count => form(
                texts.enquiry_send(count),
                texts.enquiry_send_text(count),
                false,
            )
            .into_any(),
        };
        let again = match data.to_remind {
            0 => ().into_any(),
            1 => form(
                texts.enquiry_again(1),
                texts.enquiry_again_text_one().to_owned(),
                true,
            )
            .into_any(),
            count => form(
                texts.enquiry_again(count),
                texts.enquiry_again_text(count),
                true,
            )
            .into_any(),
        };
        let outbox =
            (data.outbox && data.to_send + data.to_remind > 0).then(|| outbox_notice(texts));
        view! { {outbox}{first}{again} }.into_any()
    } else {
        view! { <p>{texts.enquiry_not_open()}</p> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="skicka">
            <h2 id="skicka">{texts.enquiry_send_title()}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn contacts_card(texts: Texts, base: &str, data: &EnquiryPage, closed: bool) -> AnyView {
    let rows: Vec<_> = (data.rows.iter())
        .map(|row| contact(texts, base, data, row, closed))
        .collect();
    view! {
        <section class="card" aria-labelledby="kommuner">
            <h2 id="kommuner">{texts.enquiry_answers()}</h2>
            <ul class="contacts">{rows}</ul>
        </section>
    }
    .into_any()
}

fn contact(
    texts: Texts,
    base: &str,
    data: &EnquiryPage,
    row: &ContactRow,
    closed: bool,
) -> AnyView {
    let contact = &row.contact;
    let whose = contact.municipality.name();
    let who = if contact.name.is_empty() && contact.email.is_empty() {
        view! { <p class="muted">{texts.enquiry_nobody()}</p> }.into_any()
    } else {
        view! { <p>{contact.name.to_string()}" "<span class="muted email">{contact.email.to_string()}</span></p> }
            .into_any()
    };
    let reply = match contact.reply {
        None => view! { <Badge text=texts.enquiry_silent() /> }.into_any(),
        Some(reply) => {
            let when = contact.replied_at.map(date).unwrap_or_default();
            let by = texts.enquiry_replied(contact.replied_by.as_str(), when);
            let note = (!contact.note.is_empty())
                .then(|| view! { <p class="said">"”"{contact.note.to_string()}"”"</p> });
            view! {
                <Badge tone="done" text=reply_text(texts, reply) />
                " "
                <span class="muted">{by}</span>
                {note}
            }
            .into_any()
        }
    };
    let link = (data.open).then(|| {
        view! {
            <details class="more">
                <summary>{texts.enquiry_link()}<span class="visually-hidden">": "{whose}</span></summary>
                {copyable(texts, contact.id, &row.link, texts.enquiry_link_of(whose), whose)}
            </details>
        }
    });
    let by_hand = (!closed).then(|| by_hand(texts, base, data, row));
    view! {
        <li>
            <div class="who"><h3>{whose}</h3>{who}{letter(texts, base, data, row)}</div>
            <div class="answer">{reply}{by_hand}{link}</div>
        </li>
    }
    .into_any()
}

fn letter(texts: Texts, base: &str, data: &EnquiryPage, row: &ContactRow) -> AnyView {
    let Some(letter) = &row.letter else {
        return ().into_any();
    };
    let (tone, words) = (
        letter_tone(letter.status),
        status_text(texts, letter.status, data.outbox),
    );
    let again = matches!(
        letter.status,
        MailStatus::Bounced | MailStatus::Failed | MailStatus::Unclear
    );
    let again = again.then(|| {
        view! {
            <form method="post" action=format!("{base}/brev/{}/igen", letter.id) class="inline-form">
                <Hidden name="op" value=letter.id.to_string() />
                <button class="link" type="submit">
                    {texts.enquiry_letter_again()}
                    <span class="visually-hidden">": "{row.contact.municipality.name()}</span>
                </button>
            </form>
        }
    });
    // What the server said of a letter that it took in is of no use to anyone.
    let answer = (letter.status != MailStatus::Sent && !letter.answer.is_empty())
        .then(|| view! { <span class="muted">" "{letter.answer.clone()}</span> });
    view! {
        <p class="mail-state">
            {texts.enquiry_letter()}": "
            <Badge tone=tone text=words />
            " "
            <span class="muted">{date(letter.changed_at)}</span>
            {answer}
        </p>
        {again}
    }
    .into_any()
}

fn by_hand(texts: Texts, base: &str, data: &EnquiryPage, row: &ContactRow) -> AnyView {
    let contact = &row.contact;
    let whose = contact.municipality.name();
    let typed = (data.again.as_ref()).filter(|form| form.contact == contact.id);
    let open = typed.is_some();
    let form = typed.cloned().unwrap_or_else(|| ByHand {
        contact: contact.id,
        reply: contact
            .reply
            .map_or_else(String::new, |reply| reply.code().to_owned()),
        source: contact.replied_by.to_string(),
        note: contact.note.to_string(),
        errors: Errors::default(),
    });
    let field = |part: &str| format!("{part}-{}", contact.municipality);
    let (reply, source, note) = (field("svar"), field("kalla"), field("not"));
    let choices = (Reply::ALL.iter())
        .map(|reply| {
            (
                reply.code().to_owned(),
                reply_text(texts, *reply).to_owned(),
            )
        })
        .chain([(String::new(), texts.enquiry_silent().to_owned())])
        .collect();
    let errors = form.errors;
    view! {
        <details class="more by-hand" open=open>
            <summary>{texts.enquiry_by_hand()}<span class="visually-hidden">": "{whose}</span></summary>
            <form method="post" action=format!("{base}/svar/{}", contact.id) novalidate>
                <Hidden name="op" value=data.op.clone() />
                <p class="hint">{texts.enquiry_by_hand_hint()}</p>
                <RadioGroup name=reply.clone() legend=texts.enquiry_by_hand_of(whose) choices=choices selected=form.reply error=errors.of(&reply) />
                <TextField name=source.clone() label=texts.enquiry_by_hand_source() value=form.source error=errors.of(&source) hint=texts.enquiry_by_hand_source_hint() max=80 />
                <TextField name=note.clone() label=texts.enquiry_note() value=form.note error=errors.of(&note) max=200 />
                <SubmitRow label=texts.form_save() />
            </form>
        </details>
    }
    .into_any()
}

fn close(texts: Texts, base: &str, data: &EnquiryPage) -> AnyView {
    view! {
        <section class="card" aria-labelledby="stang">
            <h2 id="stang">{texts.enquiry_close_title()}</h2>
            <p>{texts.enquiry_close_text()}</p>
            <details class="confirm">
                <summary>{texts.enquiry_close_summary()}</summary>
                <form method="post" action=format!("{base}/stang")>
                    <Hidden name="op" value=data.op.clone() />
                    <button class="button danger" type="submit">{texts.enquiry_close_confirm()}</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}
