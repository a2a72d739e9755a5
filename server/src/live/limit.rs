//! Limits on how often something is tried: enough for sixty people behind one address, too little to guess a code.

use std::{
    collections::HashMap,
    hash::Hash,
    net::{IpAddr, SocketAddr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::http::HeaderMap;
use domain::ids::{AttendeeId, ParticipantId, WorkshopId};
use sha2::{Digest, Sha256};

/// How many wrong codes one address may try in [`WINDOW`].
const WRONG_CODES: u32 = 120;
/// How many may take a seat in one workshop in [`WINDOW`].
const SEATS: u32 = 600;
/// How many reflections may come after one workshop in [`WINDOW`].
const REFLECTIONS: u32 = 600;
/// How many of them from one address: sixty people in one office who have two thoughts each.
const REFLECTIONS_FROM: u32 = 120;
/// How many wrong codes may be tried on one confidential sheet in [`WINDOW`].
const WRONG_SEALS: u32 = 20;
/// How much one person may do in a workshop in [`WINDOW`]: more than anyone does by hand.
const ACTS: u32 = 1_500;
/// How many letters to sign in with one address may ask for in [`WINDOW`].
const LETTERS_FROM: u32 = 60;
/// How many of them one person gets.
const LETTERS_TO: u32 = 5;
/// How many passwords may be tried from one address in [`WINDOW`], for one account and in all; and for one account from
/// everywhere: more, so that a stranger cannot easily shut its owner out.
const PASSWORDS_FROM_FOR: u32 = 10;
const PASSWORDS_FROM: u32 = 40;
const PASSWORDS_FOR: u32 = 100;
/// How long what has been tried counts.
const WINDOW: Duration = Duration::from_mins(10);
/// How many addresses are remembered; beyond that the oldest are forgotten.
const REMEMBERED: usize = 10_000;

/// Who tries codes: one IPv4 address, or the network of an IPv6 address, which holds one household or office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Source(IpAddr);

impl Source {
    /// Where a request came from. Behind a proxy of ours, that is what the proxy says.
    pub(crate) fn of(peer: SocketAddr, headers: &HeaderMap, behind_proxy: bool) -> Self {
        let forwarded = (headers.get_all("x-forwarded-for").iter())
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .next_back()
            .filter(|_| behind_proxy)
            .and_then(|address| address.trim().parse().ok());
        match forwarded.unwrap_or(peer.ip()).to_canonical() {
            IpAddr::V6(address) => {
                let network = address.to_bits() >> 64 << 64;
                Self(IpAddr::V6(network.into()))
            }
            address @ IpAddr::V4(_) => Self(address),
        }
    }
}

/// All limits.
#[derive(Default)]
pub(crate) struct Limits {
    wrong_codes: Counter<Source>,
    seats: Counter<WorkshopId>,
    reflections: Counter<WorkshopId>,
    reflections_from: Counter<(WorkshopId, Source)>,
    acts: Counter<AttendeeId>,
    wrong_seals: Counter<ParticipantId>,
    letters_from: Counter<Source>,
    letters_to: Counter<Person>,
    passwords_from_for: Counter<(Source, Person)>,
    passwords_from: Counter<Source>,
    passwords_for: Counter<Person>,
}

/// Someone by their e-mail address, whether they have an account or not: a part of its hash, regardless of case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Person([u8; 16]);

impl Person {
    fn of(email: &str) -> Self {
        let hash = Sha256::digest(email.trim().to_lowercase().as_bytes());
        let mut part = [0; 16];
        part.copy_from_slice(&hash[..16]);
        Self(part)
    }
}

impl Limits {
    /// Whether this address may try a code: not one that has tried too many wrong ones.
    pub(crate) fn may_try(&self, source: Source) -> bool {
        self.wrong_codes.count(source, Instant::now()) < WRONG_CODES
    }

    /// Notes a wrong code.
    pub(crate) fn wrong_code(&self, source: Source) {
        self.wrong_codes.add(source, Instant::now());
    }

    /// Whether a code may be tried on this person's confidential sheet: not when too many wrong ones have been.
    pub(crate) fn may_unseal(&self, whose: ParticipantId) -> bool {
        self.wrong_seals.count(whose, Instant::now()) < WRONG_SEALS
    }

    /// Notes a wrong code for a person's confidential sheet.
    pub(crate) fn wrong_seal(&self, whose: ParticipantId) {
        self.wrong_seals.add(whose, Instant::now());
    }

    /// Counts one more who takes a seat; false when too many have done so.
    pub(crate) fn take_seat(&self, workshop: WorkshopId) -> bool {
        self.seats.add(workshop, Instant::now()) <= SEATS
    }

    /// Counts one more thing that somebody does; false when nobody does that much. What is refused so is sent again
    /// later, and not lost.
    pub(crate) fn may_act(&self, who: AttendeeId) -> bool {
        self.acts.add(who, Instant::now()) <= ACTS
    }

    /// Counts one more who asks for a letter to sign in with; false when too many have asked from this address.
    pub(crate) fn may_ask_for_letter(&self, source: Source) -> bool {
        self.letters_from.add(source, Instant::now()) <= LETTERS_FROM
    }

    /// Counts one more letter to sign in with; false when this person has got enough of them. Nobody is told.
    pub(crate) fn may_get_letter(&self, email: &str) -> bool {
        self.letters_to.add(Person::of(email), Instant::now()) <= LETTERS_TO
    }

    /// Counts one more password that is tried; false when too many have been, whether there is such an account or not.
    pub(crate) fn may_try_password(&self, email: &str, source: Source) -> bool {
        let (now, person) = (Instant::now(), Person::of(email));
        self.passwords_from.add(source, now) <= PASSWORDS_FROM
            && self.passwords_from_for.add((source, person), now) <= PASSWORDS_FROM_FOR
            && self.passwords_for.add(person, now) <= PASSWORDS_FOR
    }

    /// Counts one more reflection after a workshop; false when too many have come, from this address or in all.
    pub(crate) fn may_reflect(&self, workshop: WorkshopId, source: Source) -> bool {
        let now = Instant::now();
        self.reflections_from.add((workshop, source), now) <= REFLECTIONS_FROM
            && self.reflections.add(workshop, now) <= REFLECTIONS
    }
}

/// Counts in windows of time that begin with the first count.
struct Counter<K>(Mutex<HashMap<K, (Instant, u32)>>);

impl<K> Default for Counter<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash> Counter<K> {
    fn count(&self, key: K, now: Instant) -> u32 {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (counts.get(&key))
            .filter(|(since, _)| now.duration_since(*since) < WINDOW)
            .map_or(0, |(_, count)| *count)
    }

    fn add(&self, key: K, now: Instant) -> u32 {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= REMEMBERED && !counts.contains_key(&key) {
            counts.retain(|_, (since, _)| now.duration_since(*since) < WINDOW);
            let oldest = counts.iter().min_by_key(|(_, (since, _))| *since);
            if let Some(oldest) = oldest
                .map(|(key, _)| *key)
                .filter(|_| counts.len() >= REMEMBERED)
            {
                counts.remove(&oldest);
            }
        }
        let (since, count) = counts.entry(key).or_insert((now, 0));
        if now.duration_since(*since) >= WINDOW {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_tried_counts_for_a_while_and_by_address() {
        let counter = Counter::default();
        let begun = Instant::now();
        for _ in 0..3 {
            counter.add(1, begun);
        }
        assert_eq!(counter.count(1, begun), 3);
        assert_eq!(counter.count(2, begun), 0);
        assert_eq!(counter.count(1, begun + WINDOW), 0);
        assert_eq!(counter.add(1, begun + WINDOW), 1);
    }

    #[test]
    fn seats_and_acts_have_an_end() {
        let limits = Limits::default();
        let (workshop, who) = (
            uuid::Uuid::from_u128(1),
            AttendeeId::new(uuid::Uuid::from_u128(2)),
        );
        let workshop = WorkshopId::new(workshop);
        assert!((0..SEATS).all(|_| limits.take_seat(workshop)));
        assert!(!limits.take_seat(workshop));
        assert!((0..ACTS).all(|_| limits.may_act(who)));
        assert!(!limits.may_act(who));
        assert!(limits.may_act(AttendeeId::new(uuid::Uuid::from_u128(3))));
    }

    #[test]
    fn a_password_is_tried_so_often_and_no_stranger_shuts_its_owner_out() {
        let limits = Limits::default();
        let from = |number: u8| Source(IpAddr::from([192, 0, 2, number]));
        let tries = |email: &str, number| {
            (0..1000)
                .take_while(|_| limits.may_try_password(email, from(number)))
                .count()
        };
        assert_eq!(tries("Siv@example.test", 1), 10);
        assert!(
            !limits.may_try_password("siv@EXAMPLE.test ", from(1)),
            "written otherwise"
        );
        assert!(
            limits.may_try_password("siv@example.test", from(2)),
            "she is shut out"
        );
        assert_eq!(tries("eva@example.test", 1), 10);
        let more: usize = (0..10)
            .map(|one| tries(&format!("{one}@example.test"), 1))
            .sum();
        assert_eq!(more, 16, "forty in all, of which four were refused");
    }

    #[test]
    fn letters_to_one_person_and_from_one_address_have_an_end() {
        let limits = Limits::default();
        let from = Source(IpAddr::from([192, 0, 2, 1]));
        assert_eq!(
            (0..1000)
                .take_while(|_| limits.may_get_letter("siv@example.test"))
                .count(),
            5
        );
        assert!(!limits.may_get_letter("SIV@example.test"));
        assert!(limits.may_get_letter("eva@example.test"));
        assert_eq!(
            (0..1000)
                .take_while(|_| limits.may_ask_for_letter(from))
                .count(),
            60
        );
    }

    #[test]
    fn no_more_than_so_many_are_remembered() {
        let counter = Counter::default();
        let begun = Instant::now();
        for key in 0..=REMEMBERED {
            counter.add(key, begun + Duration::from_millis(key as u64));
        }
        assert_eq!(
            counter.0.lock().expect("nobody has panicked").len(),
            REMEMBERED
        );
        assert_eq!(counter.count(0, begun), 0);
    }

    #[test]
    fn a_forwarded_address_counts_only_behind_a_proxy_and_only_the_last() {
        let peer: SocketAddr = "192.0.2.1:1234".parse().expect("an address");
        let mut headers = HeaderMap::new();
        headers.append(
            "x-forwarded-for",
            "203.0.113.9, 198.51.100.7".parse().expect("a value"),
        );
        assert_eq!(Source::of(peer, &headers, false).0.to_string(), "192.0.2.1");
        assert_eq!(
            Source::of(peer, &headers, true).0.to_string(),
            "198.51.100.7"
        );
    }

    #[test]
    fn an_ipv6_network_is_one_source() {
        let of = |address: &str| {
            let peer: SocketAddr = address.parse().expect("an address");
            Source::of(peer, &HeaderMap::new(), false)
        };
        assert_eq!(of("[2001:db8::1]:80"), of("[2001:db8::2:3]:80"));
        assert_ne!(of("[2001:db8::1]:80"), of("[2001:db8:0:1::1]:80"));
        assert_eq!(of("[::ffff:192.0.2.1]:80"), of("192.0.2.1:80"));
    }
}
