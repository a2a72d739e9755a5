//! Letting people in, and the code that they come with.

use domain::ids::{AttendeeId, WorkshopId};
use store::StoreError;

use super::Sender;
use crate::{
    error::Failure,
    state::{App, now},
};

/// Letters and digits of codes: none is mistaken for another, in small letters or in capitals (S and 5, Z and 2).
const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz3479";
/// How long a code is.
pub(crate) const CODE_LENGTH: usize = 6;
/// How often another code is tried when one is taken.
const ATTEMPTS: usize = 20;

/// What facilitators do with those who have joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    LetIn,
    Speak,
    Remove,
}

impl Person {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "slappin" => Self::LetIn,
            "talar" => Self::Speak,
            "tabortperson" => Self::Remove,
            _ => return None,
        })
    }
}

impl Sender<'_> {
    /// Does something with one who has joined, and has the room show it.
    pub(super) async fn attend(&self, what: Person) -> Result<u64, Failure> {
        let person: AttendeeId = self.id("person")?;
        let (store, workshop) = (&self.guest.app.store, self.guest.id);
        let done = match what {
            Person::LetIn => store.approve_attendee(workshop, person).await,
            Person::Speak => store.let_speak(workshop, person, self.on()?).await,
            Person::Remove => store.remove_attendee(workshop, person, now()).await,
        };
        done.map_err(|error| match error {
            StoreError::NotFound => Failure::NotFound,
            other => other.into(),
        })?;
        self.guest.app.hub.people_changed(workshop);
        Ok(self.guest.state.seq)
    }
}

/// Gives an open workshop a code if it has none, and takes it from one that is not open.
///
/// # Errors
/// [`Failure::Internal`] when no code is free, which does not happen: there are hundreds of millions.
pub(in crate::live) async fn tend_code(
    app: &App,
    workshop: WorkshopId,
    open: bool,
) -> Result<Option<String>, Failure> {
    let known = app.store.code_of(workshop).await?;
    if known.is_some() == open {
        return Ok(known);
    }
    if !open {
        app.store.set_code(workshop, None).await?;
        return Ok(None);
    }
    for _ in 0..ATTEMPTS {
        let code = new_code();
        match app.store.set_code(workshop, Some(&code)).await {
            Ok(()) => return Ok(Some(code)),
            Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Internal)
}

/// A random code. Bytes that would make some letters likelier than others are thrown away.
fn new_code() -> String {
    let most = 256 / ALPHABET.len() * ALPHABET.len();
    let mut code = String::with_capacity(CODE_LENGTH);
    while code.len() < CODE_LENGTH {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
        let letters = (bytes.into_iter().map(usize::from))
            .filter(|byte| *byte < most)
            .map(|byte| char::from(ALPHABET[byte % ALPHABET.len()]));
        code.extend(letters.take(CODE_LENGTH - code.len()));
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_plain_letters_and_digits() {
        for _ in 0..100 {
            let code = new_code();
            assert_eq!(code.len(), CODE_LENGTH);
            assert!(
                code.bytes().all(|letter| ALPHABET.contains(&letter)),
                "{code}"
            );
        }
        assert_ne!(new_code(), new_code());
    }
}
