//! Where the mail server is, and how one gets in.

use std::{borrow::Cow, fmt};

use lettre::transport::smtp::{
    authentication::Credentials, client::TlsParameters, extension::ClientId,
};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// What is wrong with a setting. Never says the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// The address is none.
    #[error(
        "--smtp-url looks like smtp://mail.example.se:587 or smtps://USER:PASSWORD@mail.example.se"
    )]
    Url,
    /// The sender is none.
    #[error("--mail-from looks like \"Förmågekartan <karta@example.se>\"")]
    From,
    /// The system's certificates cannot be used.
    #[error("the system's certificates for encrypted connections cannot be read")]
    Certificates,
}

/// How a connection is encrypted.
#[derive(Clone)]
pub(crate) enum Encryption {
    /// From its first byte on.
    Always(TlsParameters),
    /// After the greeting; it must be.
    Demanded(TlsParameters),
    /// After the greeting, when the server offers it.
    Offered(TlsParameters),
}

/// Where the mail server is, and how one gets in.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) encryption: Encryption,
    pub(crate) credentials: Option<Credentials>,
    /// What we call ourselves.
    pub(crate) hello: ClientId,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({}:{})", self.host, self.port)
    }
}

impl Server {
    /// Reads an address such as `smtp://user:password@mail.example.se:587`; `own` is the host that people see.
    ///
    /// A password is sent over an encrypted connection only, except to this machine itself.
    pub(crate) fn read(url: &str, own: &str) -> Result<Self, SettingError> {
        let url = Url::parse(url).map_err(|_| SettingError::Url)?;
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or(SettingError::Url)?.to_owned();
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(SettingError::Url);
        }
        let decoded = |text: &str| {
            let text = percent_decode_str(text).decode_utf8();
            text.map(Cow::into_owned).map_err(|_| SettingError::Url)
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (user, Some(password)) if !user.is_empty() => {
                Some(Credentials::new(decoded(user)?, decoded(password)?))
            }
            _ => return Err(SettingError::Url),
        };
        let tls = TlsParameters::new(host.trim_matches(['[', ']']).to_owned())
            .map_err(|_| SettingError::Certificates)?;
        let (encryption, usual) = match url.scheme() {
            "smtps" => (Encryption::Always(tls), 465),
            "smtp" if credentials.is_some() && !is_here(&host) => (Encryption::Demanded(tls), 587),
            "smtp" if credentials.is_some() => (Encryption::Offered(tls), 587),
            "smtp" => (Encryption::Offered(tls), 25),
            _ => return Err(SettingError::Url),
        };
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: url.port().unwrap_or(usual),
            encryption,
            credentials,
            hello: match Host::parse(own) {
                Ok(Host::Domain(domain)) => ClientId::Domain(domain),
                Ok(Host::Ipv4(address)) => ClientId::Ipv4(address),
                Ok(Host::Ipv6(address)) => ClientId::Ipv6(address),
                Err(_) => ClientId::Domain("localhost".to_owned()),
            },
        })
    }
}

/// Whether it is this machine itself.
fn is_here(host: &str) -> bool {
    host == "localhost"
        || (host.trim_matches(['[', ']']).parse::<std::net::IpAddr>())
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Server, SettingError> {
        Server::read(url, "karta.example.test")
    }

    #[test]
    fn an_address_gives_host_port_and_password() {
        let server =
            read("smtps://karta%40example.test:hem%3Aligt@mail.example.test").expect("right");
        assert_eq!(
            (server.host.as_str(), server.port),
            ("mail.example.test", 465)
        );
        assert!(matches!(server.encryption, Encryption::Always(_)));
        let right = Credentials::new("karta@example.test".to_owned(), "hem:ligt".to_owned());
        assert!(server.credentials == Some(right));
        assert!(!format!("{server:?}").contains("ligt"));

        let server = read("smtp://mail.example.test").expect("right");
        assert_eq!(server.port, 25);
        assert!(matches!(server.encryption, Encryption::Offered(_)));
    }

    #[test]
    fn a_password_leaves_this_machine_only_encrypted() {
        let server = read("smtp://karta:hemligt@mail.example.test").expect("right");
        assert_eq!(server.port, 587);
        assert!(matches!(server.encryption, Encryption::Demanded(_)));
        for here in ["localhost", "127.0.0.1", "[::1]"] {
            let server = read(&format!("smtp://karta:hemligt@{here}:1025")).expect("right");
            assert!(
                matches!(server.encryption, Encryption::Offered(_)),
                "{here}"
            );
        }
    }

    #[test]
    fn what_is_no_address_of_a_mail_server_is_refused_without_its_password() {
        for url in [
            "mail.example.test",
            "http://mail.example.test",
            "smtp://",
            "smtp://karta@mail.example.test",
            "smtp://:hemligt@mail.example.test",
            "smtp://mail.example.test/inkorg",
            "smtp://mail.example.test?tls=none",
            "smtp://karta:hemligt@mail.example.test:port",
        ] {
            let error = read(url).expect_err("it is no address");
            assert!(!error.to_string().contains("hemligt"), "{url}");
        }
    }
}
