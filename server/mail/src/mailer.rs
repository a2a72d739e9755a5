//! The way out for letters.

use std::{io, path::PathBuf};

use lettre::message::Mailbox;
use url::Url;
use uuid::Uuid;

use crate::{
    Message, SettingError, dialogue,
    message::{Sealed, seal},
    outbox,
    server::Server,
};

/// The sender's name and address when letters land in the outbox and nobody has set one.
const NOBODY: &str = "Förmågekartan <formagekartan@localhost>";

/// What has become of a letter, with what the mail server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Taken in.
    Accepted(String),
    /// Not taken in, and may be sent again later.
    Later(String),
    /// As [`Outcome::Later`], for a reason that holds for every letter: there is no way to the mail server.
    NoWay(String),
    /// Refused for good.
    Refused(String),
    /// Whether it was taken in is not known: the connection was lost after the letter had begun to be handed over.
    Unclear(String),
}

/// Whom a letter goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipient<'a> {
    /// Name; may be empty.
    pub name: &'a str,
    /// Address.
    pub address: &'a str,
}

/// The way out for letters, as it was set when the program started.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Mailbox,
    host: String,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Server(Box<Server>),
    Outbox(PathBuf),
}

impl Mailer {
    /// Through a mail server: `smtp://[user:password@]host[:port]` or `smtps://…`. The sender looks like
    /// `Förmågekartan <karta@example.se>`; the public address gives letters their ids.
    ///
    /// # Errors
    /// [`SettingError`]; never with the password in it.
    pub fn server(url: &str, from: &str, public_url: &str) -> Result<Self, SettingError> {
        let host = host_of(public_url);
        Ok(Self {
            from: mailbox(from)?,
            way: Way::Server(Box::new(Server::read(url, &host)?)),
            host,
        })
    }

    /// Into files of a folder, which is made when it is needed.
    ///
    /// # Errors
    /// [`SettingError::From`] when the sender is no address.
    pub fn outbox(
        folder: PathBuf,
        from: Option<&str>,
        public_url: &str,
    ) -> Result<Self, SettingError> {
        Ok(Self {
            from: mailbox(from.unwrap_or(NOBODY))?,
            host: host_of(public_url),
            way: Way::Outbox(folder),
        })
    }

    /// Whether letters land in files rather than with people.
    pub fn is_outbox(&self) -> bool {
        matches!(self.way, Way::Outbox(_))
    }

    /// Deletes letters from the outbox, also those half written. Those that went through a mail server are with people.
    ///
    /// # Errors
    /// Why the first could not be deleted that could not; the others are.
    pub async fn forget(&self, ids: &[Uuid]) -> io::Result<()> {
        let Way::Outbox(folder) = &self.way else {
            return Ok(());
        };
        let mut done = Ok(());
        for id in ids {
            done = done.and(outbox::forget(folder, *id).await);
        }
        done
    }

    /// Sends a letter, or lays it in the outbox. The same id is the same letter: in the outbox it overwrites itself.
    pub async fn send(&self, id: Uuid, to: Recipient<'_>, message: &Message) -> Outcome {
        let sealed = seal(&self.from, &self.host, id, (to.name, to.address), message);
        let Sealed { to, bytes } = match sealed {
            Ok(sealed) => sealed,
            Err(error) => return Outcome::Refused(error),
        };
        match &self.way {
            Way::Server(server) => dialogue::send(server, &self.from.email, &to, &bytes).await,
            Way::Outbox(folder) => match outbox::lay(folder, id, &bytes).await {
                Ok(name) => Outcome::Accepted(name),
                Err(error) => Outcome::NoWay(error.to_string()),
            },
        }
    }
}

fn mailbox(from: &str) -> Result<Mailbox, SettingError> {
    from.parse().map_err(|_| SettingError::From)
}

/// The host that people see, for the ids of letters.
fn host_of(public_url: &str) -> String {
    (Url::parse(public_url).ok())
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| "localhost".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Message {
        Message {
            subject: "Hej".to_owned(),
            text: "Hej\n".to_owned(),
            html: "<p>Hej</p>".to_owned(),
            attachments: Vec::new(),
        }
    }

    #[tokio::test]
    async fn the_outbox_keeps_one_file_a_letter_whole_and_for_its_owner_only() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let outbox = folder.path().join("data/outbox");
        let mailer = Mailer::outbox(outbox.clone(), None, "http://127.0.0.1:3000");
        let mailer = mailer.expect("the usual sender is right");
        assert!(mailer.is_outbox());
        let to = Recipient {
            name: "Siv Exempel",
            address: "siv@example.test",
        };
        for _ in 0..2 {
            let outcome = mailer.send(Uuid::from_u128(7), to, &message()).await;
            let name = "00000000-0000-0000-0000-000000000007.eml".to_owned();
            assert_eq!(outcome, Outcome::Accepted(name));
        }
        let files: Vec<_> = (std::fs::read_dir(&outbox).expect("it was made"))
            .map(|file| file.expect("readable").path())
            .collect();
        assert_eq!(files.len(), 1, "{files:?}");
        let letter = std::fs::read_to_string(&files[0]).expect("readable");
        assert!(
            letter.contains("To: \"Siv Exempel\" <siv@example.test>"),
            "{letter}"
        );
        assert!(letter.contains("Message-ID: <00000000-0000-0000-0000-000000000007@127.0.0.1>"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&files[0])
                .expect("readable")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600, "it holds a secret link");
        }
    }

    #[tokio::test]
    async fn letters_are_deleted_from_the_outbox_one_by_one() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mailer = Mailer::outbox(folder.path().to_owned(), None, "http://localhost");
        let mailer = mailer.expect("the usual sender is right");
        let to = Recipient {
            name: "Siv Exempel",
            address: "siv@example.test",
        };
        let [gone, half, kept] = [7, 8, 9].map(Uuid::from_u128);
        for id in [gone, kept] {
            let outcome = mailer.send(id, to, &message()).await;
            assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
        }
        let part = folder.path().join(format!(".{half}.part"));
        std::fs::write(part, "To: Siv").expect("the folder is ours");
        let nobody = Uuid::from_u128(10);
        for _ in 0..2 {
            mailer.forget(&[nobody, gone, half]).await.expect("deleted");
        }
        let files: Vec<_> = (std::fs::read_dir(folder.path()).expect("it is there"))
            .map(|file| file.expect("readable").file_name())
            .collect();
        assert_eq!(files, [format!("{kept}.eml").as_str()]);
    }

    #[tokio::test]
    async fn a_letter_to_no_address_is_refused_and_never_tried_again() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mailer = Mailer::outbox(folder.path().to_owned(), None, "http://localhost");
        let to = Recipient {
            name: "",
            address: "ingen",
        };
        let mailer = mailer.expect("the usual sender is right");
        let outcome = mailer.send(Uuid::from_u128(7), to, &message()).await;
        assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    }

    #[tokio::test]
    async fn an_outbox_that_cannot_be_written_is_tried_again() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("outbox");
        std::fs::write(&file, "").expect("the folder is ours");
        let mailer = Mailer::outbox(file, None, "http://localhost").expect("right");
        let to = Recipient {
            name: "",
            address: "siv@example.test",
        };
        let outcome = mailer.send(Uuid::from_u128(7), to, &message()).await;
        assert!(matches!(outcome, Outcome::NoWay(_)), "{outcome:?}");
    }
}
