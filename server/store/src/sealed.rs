//! Sheets of confidential rounds: sealed with a code that only the person has.
//!
//! Where a sheet lies and the key that opens it are made from the code, the round and the person, by one-way sums. Who
//! has the database alone can neither tell whose a sheet is nor read it; who has the code needs the person's link too.

use std::{collections::BTreeMap, fmt};

use chacha20poly1305::{
    ChaCha20Poly1305, Key, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use domain::{
    ids::{CapabilityId, ParticipantId, RoundId},
    survey::{Rating, Scope, Sheet},
    text::{Comment, Text},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::{Tx, row, run},
    row::corrupt,
};

/// Letters and digits that are not mistaken for each other when read from paper; 32, so 5 bits each.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
/// How many of them a code has.
const LETTERS: usize = 16;
/// How many stand together when a code is shown.
const GROUP: usize = 4;
/// How many bytes of a body come before what is sealed.
const NONCE: usize = 12;
/// A sealed sheet's length is a multiple of this, so that it tells little about what was written.
const BLOCK: usize = 4096;

/// The code (återställningskod) that a confidential sheet is found and opened with: 80 random bits. It is stored nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; LETTERS]);

impl RecoveryCode {
    /// A new one.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the operating system gives no random numbers.
    pub fn random() -> Result<Self, StoreError> {
        let mut bytes = [0; LETTERS];
        fill(&mut bytes)?;
        Ok(Self(bytes.map(|byte| ALPHABET[usize::from(byte & 31)])))
    }

    /// Reads a code as people type it: with or without spaces and hyphens, in capitals or not. None when it is none.
    pub fn parse(typed: &str) -> Option<Self> {
        let letters = typed
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .map(|letter| {
                let letter = match letter.to_ascii_lowercase() {
                    'o' => '0',
                    letter => letter,
                };
                u8::try_from(letter)
                    .ok()
                    .filter(|letter| ALPHABET.contains(letter))
            })
            .take(LETTERS + 1)
            .collect::<Option<Vec<_>>>()?;
        letters.try_into().ok().map(Self)
    }

    /// A one-way sum of the code for one purpose, one round and one person.
    fn sum(&self, purpose: &[u8], round: RoundId, participant: ParticipantId) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(purpose);
        hash.update(round.uuid());
        hash.update(participant.uuid());
        hash.update(self.0);
        hash.finalize().into()
    }
}

impl fmt::Display for RecoveryCode {
    /// In groups of four: `abcd-efgh-jkmn-pqrs`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, letter) in self.0.iter().enumerate() {
            if place > 0 && place % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

/// Where a person's sheet lies in a round, and what opens it.
pub(crate) struct Lock {
    round: RoundId,
    locator: [u8; 32],
    cipher: ChaCha20Poly1305,
}

impl Lock {
    /// The lock of one person's sheet in one round.
    pub(crate) fn new(round: RoundId, participant: ParticipantId, code: &RecoveryCode) -> Self {
        let key = Key::from(code.sum(b"seal", round, participant));
        Self {
            round,
            locator: code.sum(b"locator", round, participant),
            cipher: ChaCha20Poly1305::new(&key),
        }
    }

    fn seal(&self, sheet: &Sealed) -> Result<Vec<u8>, StoreError> {
        let mut plain = serde_json::to_vec(sheet)
            .map_err(|_| StoreError::Corrupt("a sheet that cannot be written".to_owned()))?;
        // Spaces at the end mean nothing.
        plain.resize(plain.len().next_multiple_of(BLOCK), b' ');
        let mut nonce = [0; NONCE];
        fill(&mut nonce)?;
        let payload = Payload {
            msg: &plain,
            aad: &self.locator,
        };
        let sealed = (self.cipher.encrypt(&Nonce::from(nonce), payload))
            .map_err(|_| StoreError::Corrupt("a sheet that cannot be sealed".to_owned()))?;
        let mut body = nonce.to_vec();
        body.extend(sealed);
        Ok(body)
    }

    fn open(&self, body: &[u8]) -> Result<Sealed, StoreError> {
        let unreadable = || corrupt("sealed sheet", "that its code does not open");
        let (nonce, sealed) = body.split_first_chunk::<NONCE>().ok_or_else(unreadable)?;
        let payload = Payload {
            msg: sealed,
            aad: &self.locator,
        };
        let plain =
            (self.cipher.decrypt(&Nonce::from(*nonce), payload)).map_err(|_| unreadable())?;
        serde_json::from_slice(&plain).map_err(|_| unreadable())
    }

    /// The sheet as it stands within a transaction.
    pub(crate) async fn find(&self, tx: &mut Tx) -> Result<Option<Sealed>, StoreError> {
        let found = row!((Vec<u8>,), tx, FIND, &self.locator[..], self.round.uuid())?;
        found.map(|(body,)| self.open(&body)).transpose()
    }

    /// Stores the sheet in place of the one there is.
    pub(crate) async fn put(&self, tx: &mut Tx, sheet: &Sealed) -> Result<(), StoreError> {
        run!(
            tx,
            "INSERT INTO sealed_sheet (locator, round, body) VALUES ($1, $2, $3)
             ON CONFLICT (locator) DO UPDATE SET body = excluded.body",
            &self.locator[..],
            self.round.uuid(),
            self.seal(sheet)?,
        )?;
        Ok(())
    }
}

const FIND: &str = "SELECT body FROM sealed_sheet WHERE locator = $1 AND round = $2";

/// What lies in a sealed sheet: what the person said, and which rows of those that are counted were made from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sealed {
    ratings: Vec<(CapabilityId, Scope, Rating)>,
    /// Whether it has been submitted.
    pub(crate) submitted: bool,
    /// The responses that are counted, one a municipality.
    pub(crate) responses: Vec<Uuid>,
    /// The free texts that are counted.
    pub(crate) remarks: Vec<(CapabilityId, Comment, Text<0, 120>, Uuid)>,
}

impl Sealed {
    /// What the person said.
    pub(crate) fn sheet(&self) -> Sheet {
        let ratings = (self.ratings.iter().cloned())
            .map(|(capability, scope, rating)| ((capability, scope), rating))
            .collect();
        Sheet { ratings }
    }

    /// Puts these ratings beside those there are; an empty one takes the one there is away. Whether anything changed.
    pub(crate) fn take_in(&mut self, ratings: &[((CapabilityId, Scope), Rating)]) -> bool {
        let before = self.sheet().ratings;
        let mut now: BTreeMap<_, _> = before.clone();
        for (place, rating) in ratings {
            if rating.is_empty() {
                now.remove(place);
            } else {
                now.insert(*place, rating.clone());
            }
        }
        let changed = now != before;
        self.ratings = (now.into_iter())
            .map(|((capability, scope), rating)| (capability, scope, rating))
            .collect();
        changed
    }
}

impl Store {
    /// What a person has answered in a confidential round under this code, and whether they have submitted it; none when
    /// nothing lies under it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when something lies there that the code does not open.
    pub async fn sealed_sheet(
        &self,
        round: RoundId,
        participant: ParticipantId,
        code: &RecoveryCode,
    ) -> Result<Option<(Sheet, bool)>, StoreError> {
        let lock = Lock::new(round, participant, code);
        let found = row!((Vec<u8>,), self.db, FIND, &lock.locator[..], round.uuid())?;
        found
            .map(|(body,)| {
                lock.open(&body)
                    .map(|sealed| (sealed.sheet(), sealed.submitted))
            })
            .transpose()
    }
}

fn fill(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes).map_err(|error| StoreError::Database(sqlx::Error::Io(error.into())))
}

#[cfg(test)]
mod tests {
    use domain::level::{Answer, Level};

    use super::*;

    fn ids(number: u128) -> (RoundId, ParticipantId) {
        (
            RoundId::new(Uuid::from_u128(number)),
            ParticipantId::new(Uuid::from_u128(number + 1000)),
        )
    }

    fn sheet() -> Sealed {
        let mut sealed = Sealed::default();
        let rating = Rating {
            current: Level::new(2).map(Answer::Level),
            comment: "Ett ord".parse().expect("it fits"),
            ..Rating::default()
        };
        let place = (CapabilityId::new(Uuid::from_u128(5)), Scope::All);
        assert!(sealed.take_in(&[(place, rating.clone())]));
        assert!(!sealed.take_in(&[(place, rating)]));
        sealed
    }

    #[test]
    fn a_code_is_read_as_people_type_it_and_nothing_else_is() {
        let code = RecoveryCode::random().expect("random numbers");
        let shown = code.to_string();
        assert_eq!(shown.len(), LETTERS + 3);
        for typed in [
            shown.clone(),
            shown.to_uppercase(),
            shown.replace('-', " "),
            format!("  {} ", shown.replace('-', "")),
            shown.replace('0', "O"),
        ] {
            assert_eq!(RecoveryCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        for wrong in [
            "",
            "abcd",
            &shown[1..],
            &format!("{shown}a"),
            "åäö",
            "1111-1111-1111-1111",
        ] {
            assert_eq!(RecoveryCode::parse(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
    }

    #[test]
    fn a_sheet_opens_with_its_own_code_round_and_person_alone() {
        let (round, person) = ids(1);
        let code = RecoveryCode::random().expect("random numbers");
        let lock = Lock::new(round, person, &code);
        let body = lock.seal(&sheet()).expect("sealed");
        assert_eq!(lock.open(&body).expect("its own"), sheet());
        let other = RecoveryCode::random().expect("random numbers");
        let (elsewhere, somebody) = ids(2);
        for wrong in [
            Lock::new(round, person, &other),
            Lock::new(elsewhere, person, &code),
            Lock::new(round, somebody, &code),
        ] {
            assert_ne!(wrong.locator, lock.locator);
            assert!(wrong.open(&body).is_err());
        }
        let mut bent = body.clone();
        bent[20] ^= 1;
        assert!(lock.open(&bent).is_err());
        assert!(lock.open(&body[..8]).is_err());
    }

    #[test]
    fn the_length_and_the_bytes_of_a_sealed_sheet_tell_nothing() {
        let (round, person) = ids(1);
        let code = RecoveryCode::random().expect("random numbers");
        let lock = Lock::new(round, person, &code);
        let bodies = [sheet(), Sealed::default(), sheet()].map(|sheet| {
            let body = lock.seal(&sheet).expect("sealed");
            assert!(!body.windows(3).any(|part| part == b"ord"));
            body
        });
        assert_eq!(bodies[0].len(), bodies[1].len());
        assert_ne!(bodies[0], bodies[2]);
    }
}
