//! Starting and stopping.

use std::{
    error::Error,
    io::{self, Write as _},
    net::SocketAddr,
    time::Duration,
};

use domain::{ids::AccountId, text::Title};
use mail::Mailer;
use store::{BACK_OFF, Store, StoreError};
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
};

use crate::{
    config::{Data, Link, Serve},
    letters,
    link::{LinkKey, Token},
    live::{Hub, Limits},
    reports::Jobs,
    results::ResultsCache,
    routes::{self, is_email},
    site::Site,
    state::{App, Publisher, Service, new_id, now},
};

/// How long a sign-in link for a samordnare is valid: long enough for the first start before a weekend.
const LINK_DAYS: i64 = 7;

type Outcome = Result<(), Box<dyn Error>>;

/// Serves until stopped; requests under way are answered first.
pub(crate) async fn serve(options: Serve) -> Outcome {
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", options.listen))?;
    let address = listener.local_addr()?;
    let site = Site::read(&options.site_dir)?;
    let key = LinkKey::open(&options.data.key_file)?;
    let store = Store::open(&options.data.database_url).await?;
    let public_url = public_url(&options.data, &format!("http://{address}"));
    let mailer = mailer(&options, &public_url)?;
    if let Some(email) = (options.publisher_email.as_deref()).filter(|email| !is_email(email)) {
        return Err(format!("--publisher-email: {email:?} is no e-mail address").into());
    }
    if options.demo {
        crate::demo::fill(&store, &key).await?;
    }
    store.forget_expired(now()).await?;
    let first = store.count_accounts().await? == 0;
    say(&format!("Förmågekartan: {public_url}"));
    if first {
        let link = new_link(&store, &public_url).await?;
        say(&format!(
            "Logga in som samordnare (länken fungerar en gång, i {LINK_DAYS} dagar):\n  {link}"
        ));
    }
    let app = App::new(Service {
        store: store.clone(),
        site,
        publisher: Publisher {
            name: options.publisher_name,
            email: options.publisher_email,
        },
        key,
        public_url,
        results: ResultsCache::default(),
        reports: Jobs::default(),
        hub: Hub::default(),
        limits: Limits::default(),
        behind_proxy: options.behind_proxy,
        mailer,
        back_off: (options.mail_back_off).unwrap_or_else(|| BACK_OFF.to_vec()),
        mail_waiting: Notify::new(),
        stop: watch::Sender::new(false),
    });
    let worker = tokio::spawn(letters::worker::work(app.clone()));
    let stop = {
        let app = app.clone();
        async move {
            stopped().await;
            // Streams end at once; other requests are answered first.
            app.stop.send_replace(true);
        }
    };
    let service = routes::all(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stop)
        .await?;
    // A letter under way is finished; the time that stopping may take is the limit.
    worker.await.ok();
    store.close().await;
    Ok(())
}

/// The way out for letters: the mail server when there is one, else files.
fn mailer(options: &Serve, public_url: &str) -> Result<Mailer, Box<dyn Error>> {
    let from = options.mail_from.as_deref();
    let mailer = match (&options.smtp_url, from) {
        (Some(url), Some(from)) => Mailer::server(url, from, public_url)?,
        (Some(_), None) => return Err("--smtp-url needs --mail-from, the sender's address".into()),
        (None, from) => Mailer::outbox(options.outbox_dir.clone(), from, public_url)?,
    };
    Ok(mailer)
}

/// Tells whoever started the program. A closed terminal is no reason not to serve.
fn say(words: &str) {
    writeln!(io::stdout(), "{words}").ok();
}

/// Prints a new sign-in link.
pub(crate) async fn print_link(options: Link) -> Outcome {
    let store = Store::open(&options.data.database_url).await?;
    let public_url = public_url(&options.data, "http://127.0.0.1:3000");
    let link = new_link(&store, &public_url).await?;
    if let (Some(email), Some(account)) = (&options.email, store.first_starter().await?) {
        if !is_email(email) {
            return Err(format!("{email:?} is no e-mail address").into());
        }
        match store.set_email(account, email).await {
            Ok(()) => {}
            Err(StoreError::Conflict(_)) => {
                return Err(format!("another account has the address {email}").into());
            }
            Err(error) => return Err(error.into()),
        }
    }
    say(&link);
    Ok(())
}

fn public_url(data: &Data, otherwise: &str) -> String {
    let url = data.public_url.as_deref().unwrap_or(otherwise);
    url.trim_end_matches('/').to_owned()
}

/// The account of the first samordnare; made when there is none.
pub(crate) async fn starter(store: &Store) -> Result<AccountId, Box<dyn Error>> {
    if let Some(account) = store.first_starter().await? {
        return Ok(account);
    }
    let account = AccountId::new(new_id());
    let name: Title = "Samordnare".parse()?;
    (store.create_account(account, &name, "", true, now()).await)?;
    Ok(account)
}

/// A one-time link that signs in the first samordnare.
async fn new_link(store: &Store, public_url: &str) -> Result<String, Box<dyn Error>> {
    let at = now();
    let account = starter(store).await?;
    let token = Token::random();
    let expires = at + LINK_DAYS * 24 * 60 * 60 * 1000;
    store
        .create_login_link(token.hash(), account, None, expires, at)
        .await?;
    Ok(format!("{public_url}/logga-in/{}", token.as_str()))
}

/// Ctrl-C or SIGTERM; a second one ends the program at once, as does ten seconds of waiting.
async fn stopped() {
    let interrupt = async {
        tokio::signal::ctrl_c().await.ok();
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    () = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
    tokio::spawn(async {
        tokio::time::sleep(Duration::from_secs(10)).await;
        std::process::exit(0);
    });
}
