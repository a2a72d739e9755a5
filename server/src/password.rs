//! Passwords: hashed with argon2id, and checked as slowly for those who have none.

use std::sync::LazyLock;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::error::Failure;

/// The fewest characters of a password.
pub(crate) const MIN: usize = 12;
/// The most characters; more would only make hashing slow.
pub(crate) const MAX: usize = 200;

/// Each hash takes 19 MiB and some time of a processor: never more than these at once.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A hash that no password has been given for, with which those are checked who have none.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let mut unknown = [0; 32];
    getrandom::fill(&mut unknown).expect("the operating system gives random numbers");
    spell(&unknown).expect("the usual parameters are right")
});

fn spell(password: &[u8]) -> Option<String> {
    let hash = Argon2::default().hash_password(password).ok()?;
    Some(hash.to_string())
}

/// What the database keeps of a password.
///
/// # Errors
/// [`Failure::Internal`] when it cannot be hashed.
pub(crate) async fn hash(password: String) -> Result<String, Failure> {
    let hashed = apart(move || spell(password.as_bytes())).await?;
    hashed.ok_or(Failure::Internal)
}

/// Whether a password is the right one. Takes as long without a hash, and says no.
///
/// # Errors
/// [`Failure::Internal`] when it cannot be checked.
pub(crate) async fn is_right(password: String, hash: Option<String>) -> Result<bool, Failure> {
    apart(move || {
        let stored = hash.as_deref().unwrap_or(&NOBODY);
        let right = Argon2::default().verify_password(password.as_bytes(), stored);
        right.is_ok() && hash.is_some()
    })
    .await
}

/// Does slow work where it holds nobody else up.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| Failure::Internal)?;
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| {
        tracing::error!(%error, "a password could not be hashed");
        Failure::Internal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right_and_its_hash_is_new_every_time() {
        let password = "tolv tecken å mer".to_owned();
        let one = hash(password.clone()).await.expect("it can be hashed");
        let two = hash(password.clone()).await.expect("it can be hashed");
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, two);
        for (typed, stored, right) in [
            (password.clone(), Some(one.clone()), true),
            (password.clone(), Some(two), true),
            ("tolv tecken å mest".to_owned(), Some(one), false),
            (password.clone(), None, false),
            (password, Some("inget argon2".to_owned()), false),
        ] {
            assert_eq!(
                is_right(typed, stored).await.expect("it can be checked"),
                right
            );
        }
    }
}
