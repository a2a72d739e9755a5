//! The dialogue with a mail server, step by step: what a fault means depends on how far it had come.

use std::{future::Future, time::Duration};

use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::DEFAULT_MECHANISMS,
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt},
        extension::{Extension, MailParameter},
    },
};
use tokio::time::timeout;

use crate::{
    Outcome,
    server::{Encryption, Server},
};

/// How long the server may take for each step; after the last letter it may have to think longer.
const STEP: Duration = Duration::from_secs(30);
const LAST_STEP: Duration = Duration::from_mins(2);
/// How much of what a server says is kept.
const SAID: usize = 300;

/// Why a step was not done.
enum Fault {
    /// The server said so.
    Server { for_good: bool, said: String },
    /// The connection, or our own side.
    Connection(String),
}

impl Fault {
    fn said(self) -> String {
        match self {
            Self::Server { said, .. } | Self::Connection(said) => said,
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let said = words(&error);
        if error.is_permanent() || error.is_transient() {
            Self::Server {
                for_good: error.is_permanent(),
                said,
            }
        } else {
            Self::Connection(said)
        }
    }
}

/// What went wrong: a server's own words, or each cause in turn.
fn words(error: &Error) -> String {
    let mut said = match error.status() {
        Some(code) => code.to_string(),
        None => String::new(),
    };
    let mut cause = std::error::Error::source(error);
    if cause.is_none() && said.is_empty() {
        said = error.to_string();
    }
    while let Some(next) = cause {
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(&next.to_string());
        cause = next.source();
    }
    kept(&said)
}

fn kept(said: &str) -> String {
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(SAID).collect()
}

async fn step<T>(
    patience: Duration,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Fault> {
    let Ok(done) = timeout(patience, work).await else {
        let waited = format!("no answer within {} seconds", patience.as_secs());
        return Err(Fault::Connection(waited));
    };
    done.map_err(Fault::from)
}

/// Hands a letter over.
pub(crate) async fn send(server: &Server, from: &Address, to: &Address, letter: &[u8]) -> Outcome {
    let mut connection = match connect(server).await {
        Ok(connection) => connection,
        // Whatever the server said, it said it before it heard whom the letter is to.
        Err(fault) => return Outcome::NoWay(fault.said()),
    };
    let outcome = hand_over(&mut connection, from, to, letter).await;
    // The letter's fate is known; whether the goodbye arrives changes nothing.
    timeout(Duration::from_secs(2), connection.abort())
        .await
        .ok();
    outcome
}

async fn connect(server: &Server) -> Result<AsyncSmtpConnection, Fault> {
    let (at_once, later) = match &server.encryption {
        Encryption::Always(tls) => (Some(tls.clone()), None),
        Encryption::Demanded(tls) | Encryption::Offered(tls) => (None, Some(tls.clone())),
    };
    let address = (server.host.as_str(), server.port);
    let mut connection = step(
        STEP,
        AsyncSmtpConnection::connect_tokio1(address, Some(STEP), &server.hello, at_once, None),
    )
    .await?;
    let demanded = matches!(server.encryption, Encryption::Demanded(_));
    if let Some(tls) = later.filter(|_| demanded || connection.can_starttls()) {
        step(STEP, connection.starttls(tls, &server.hello)).await?;
    }
    if let Some(credentials) = &server.credentials {
        step(STEP, connection.auth(DEFAULT_MECHANISMS, credentials)).await?;
    }
    Ok(connection)
}

async fn hand_over(
    connection: &mut AsyncSmtpConnection,
    from: &Address,
    to: &Address,
    letter: &[u8],
) -> Outcome {
    let foreign = !from.to_string().is_ascii() || !to.to_string().is_ascii();
    if foreign && !(connection.server_info()).supports_feature(Extension::SmtpUtfEight) {
        let said = "the mail server takes no addresses with such letters (SMTPUTF8)";
        return Outcome::Refused(said.to_owned());
    }
    let utf8 = foreign.then_some(MailParameter::SmtpUtfEight);
    let sender = Mail::new(Some(from.clone()), utf8.into_iter().collect());
    // A sender that is not welcome is so for every letter, and can be set right.
    if let Err(fault) = step(STEP, connection.command(sender)).await {
        return Outcome::NoWay(fault.said());
    }
    if let Err(fault) = step(STEP, connection.command(Rcpt::new(to.clone(), Vec::new()))).await {
        return refused(fault, Outcome::Later);
    }
    if let Err(fault) = step(STEP, connection.command(Data)).await {
        return refused(fault, Outcome::Later);
    }
    // From here on the server may have the whole letter although its answer does not arrive.
    match step(LAST_STEP, connection.message(letter)).await {
        Ok(response) => {
            let said: Vec<_> = response.message().collect();
            Outcome::Accepted(kept(&format!("{} {}", response.code(), said.join(" "))))
        }
        Err(fault) => refused(fault, Outcome::Unclear),
    }
}

/// What the server's own refusal means is clear; what a lost connection means depends on the step.
fn refused(fault: Fault, lost: impl FnOnce(String) -> Outcome) -> Outcome {
    match fault {
        Fault::Server {
            for_good: true,
            said,
        } => Outcome::Refused(said),
        Fault::Server { said, .. } => Outcome::Later(said),
        Fault::Connection(said) => lost(said),
    }
}
