//! Secret links: sign-in links (random) and personal survey links (made from a key, so that they can be printed again).
//! The database knows only their SHA-256.

use std::{fs, io::Write as _, path::Path};

use domain::ids::{
    AttendeeId, ContactId, InviteeId, MappingId, OpId, ParticipantId, TokenId, WorkshopId,
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// A secret that opens something, as it stands in a link.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

/// Letters and digits that are not mistaken for each other when read from paper; 32, so 5 bits each.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

impl Token {
    /// A new random token of 256 bits.
    pub(crate) fn random() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
        Self(spell(&bytes))
    }

    /// A token that came in a link or a cookie.
    pub(crate) fn received(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What the database knows of it.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The token itself, for the link.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The key that personal links are made with.
#[derive(Clone)]
pub(crate) struct LinkKey([u8; 32]);

impl LinkKey {
    /// Reads the key, or makes one on the first start.
    ///
    /// # Errors
    /// When the file can be neither read nor made, or holds something else.
    pub(crate) fn open(path: &Path) -> std::io::Result<Self> {
        match fs::read(path) {
            Ok(bytes) => bytes.try_into().map(Self).map_err(|_| {
                std::io::Error::other(format!("{} is not a key of 32 bytes", path.display()))
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::make(path),
            Err(error) => Err(error),
        }
    }

    fn make(path: &Path) -> std::io::Result<Self> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(std::io::Error::other)?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(&key)?;
        file.sync_all()?;
        Ok(Self(key))
    }

    /// The token of a seat in a workshop, the same in every browser of whoever has it.
    pub(crate) fn seat(&self, id: AttendeeId) -> Token {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length of key will do");
        mac.update(b"seat");
        mac.update(id.uuid().as_bytes());
        Token(spell(&mac.finalize().into_bytes()))
    }

    /// The seat that a form with this id asks for: the same for the same form sent again, and not to be guessed by
    /// those who know the ids of other seats.
    pub(crate) fn new_seat(&self, workshop: WorkshopId, form: OpId) -> AttendeeId {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length of key will do");
        mac.update(b"new seat");
        mac.update(workshop.uuid().as_bytes());
        mac.update(form.uuid().as_bytes());
        let hash = mac.finalize().into_bytes();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        AttendeeId::new(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// The token of a workshop's compiled page, the same every time: 160 bits of HMAC-SHA256 over the workshop's id.
    pub(crate) fn compiled(&self, id: WorkshopId) -> Token {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length of key will do");
        mac.update(b"compiled");
        mac.update(id.uuid().as_bytes());
        Token(spell(&mac.finalize().into_bytes()[..20]))
    }

    /// The token of someone who is asked an interest enquiry: 160 bits of HMAC-SHA256 over their id, the same every time.
    pub(crate) fn contact(&self, id: ContactId) -> Token {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length of key will do");
        mac.update(b"contact");
        mac.update(id.uuid().as_bytes());
        Token(spell(&mac.finalize().into_bytes()[..20]))
    }

    /// The token of an invitee's own page: 160 bits of HMAC-SHA256 over their id, the same every time.
    pub(crate) fn invitee(&self, id: InviteeId) -> Token {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length of key will do");
        mac.update(b"invitee");
        mac.update(id.uuid().as_bytes());
        Token(spell(&mac.finalize().into_bytes()[..20]))
    }

    /// The key of a program that a form with this id asks for, and the secret itself: the same for the same form sent
    /// again, which is stored nowhere, so that the secret cannot be made again by those who know the database.
    pub(crate) fn program(&self, mapping: MappingId, form: OpId) -> (TokenId, Token) {
        let made = |what: &[u8]| {
            let mut mac =
                Hmac::<Sha256>::new_from_slice(&self.0).expect("any length of key will do");
            mac.update(what);
            mac.update(mapping.uuid().as_bytes());
            mac.update(form.uuid().as_bytes());
            mac.finalize().into_bytes()
        };
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&made(b"program")[..16]);
        let id = TokenId::new(uuid::Builder::from_custom_bytes(bytes).into_uuid());
        (id, Token(spell(&made(b"program key"))))
    }

    /// A participant's token: 160 bits of HMAC-SHA256 over their id, the same every time.
    pub(crate) fn participant(&self, id: ParticipantId) -> Token {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length of key will do");
        mac.update(b"participant");
        mac.update(id.uuid().as_bytes());
        Token(spell(&mac.finalize().into_bytes()[..20]))
    }
}

fn spell(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in bytes {
        buffer = buffer << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[(buffer >> bits) as usize & 31]));
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(ALPHABET[(buffer << (5 - bits)) as usize & 31]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_participants_link_is_the_same_every_time_and_nobody_elses() {
        let key = LinkKey([7; 32]);
        let (one, other) = (uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
        let token = |id| key.participant(ParticipantId::new(id));
        assert!(token(one) == token(one) && token(one) != token(other));
        assert!(token(one) != LinkKey([8; 32]).participant(ParticipantId::new(one)));
        assert_eq!(token(one).as_str().len(), 32);
    }

    #[test]
    fn random_tokens_have_256_bits_in_plain_letters() {
        let token = Token::random();
        assert_eq!(token.as_str().len(), 52);
        assert!(token.as_str().bytes().all(|c| ALPHABET.contains(&c)));
        assert!(Token::random() != token);
    }
}
