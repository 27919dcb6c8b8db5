//! Ids: 63-bit numbers, ordered by time, made by each node without asking anyone.
//!
//! 41 bits of milliseconds since 2020, 10 bits of node, 12 bits of counter. In JSON they are strings, because
//! JavaScript cannot hold them as numbers. People never see them: they see short numbers and unguessable tokens.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::clock::{Clock, Moment};

/// 2020-01-01 00:00 UTC.
const EPOCH: i64 = 1_577_836_800_000;
const NODE_BITS: u32 = 10;
const COUNTER_BITS: u32 = 12;
/// How many nodes may make ids at once.
pub const NODES: i64 = 1 << NODE_BITS;

/// Makes ids for one node: each one greater than all it made before, also when the clock goes back.
#[derive(Debug)]
pub struct IdMaker {
    clock: Clock,
    node: AtomicI64,
    /// Milliseconds and counter of the last id, without the node.
    last: AtomicI64,
}

impl IdMaker {
    /// A maker for node number `node` (0 to 1023).
    pub fn new(clock: Clock, node: i64) -> Self {
        Self { clock, node: AtomicI64::new(node % NODES), last: AtomicI64::new(0) }
    }

    /// From now on make ids as node number `node`.
    pub fn set_node(&self, node: i64) {
        self.node.store(node % NODES, Ordering::Release);
    }

    /// The next id.
    pub fn make(&self) -> i64 {
        let now = (self.clock.now().0 - EPOCH).max(0) << COUNTER_BITS;
        let last =
            self.last.fetch_update(Ordering::AcqRel, Ordering::Acquire, |last| Some(now.max(last + 1))).unwrap_or(now);
        let stamp = now.max(last + 1);
        let (time, counter) = (stamp >> COUNTER_BITS, stamp & ((1 << COUNTER_BITS) - 1));
        (time << (NODE_BITS + COUNTER_BITS)) | (self.node.load(Ordering::Acquire) << COUNTER_BITS) | counter
    }
}

/// When an id was made, to the millisecond.
pub fn made_at(id: i64) -> Moment {
    Moment((id >> (NODE_BITS + COUNTER_BITS)) + EPOCH)
}

/// In the order of their bytes, as an index compares them; without those that are read for one another.
const LETTERS: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
/// As many letters of a token tell when it was made.
const TIMED: usize = 6;

/// A token nobody can guess: 32 lower-case letters and digits, safe in URLs and mail addresses. The first six tell the
/// second in which it was made, so that an index over tokens grows at its end instead of everywhere; the other 26 are
/// 130 random bits.
///
/// # Panics
/// When the operating system gives no random bytes: nothing could be kept safe then.
pub fn token() -> String {
    let second = (Clock::default().now().0 - EPOCH) / 1_000;
    let timed = (0..TIMED).rev().map(|place| LETTERS[(second >> (5 * place)) as usize & 31]);
    let random = random_letters();
    timed.chain(random[TIMED..].iter().copied()).map(char::from).collect()
}

/// 160 random bits in the letters of a [`token`]: for what is spread over folders instead of kept in an index.
///
/// # Panics
/// When the operating system gives no random bytes.
pub fn random() -> String {
    random_letters().map(char::from).iter().collect()
}

fn random_letters() -> [u8; 32] {
    let mut places = [0u8; 32];
    getrandom::fill(&mut places).expect("the operating system gives random bytes");
    places.map(|place| LETTERS[usize::from(place & 31)])
}

/// What an id is kept and sent as: SHA-256 of a token in hex. A stolen database then opens no session.
pub fn digest(token: &str) -> String {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(token.as_bytes());
    hash.iter().fold(String::with_capacity(64), |mut text, byte| {
        use std::fmt::Write;
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Defines id types: `define!(/** A ticket. */ pub TicketId);`
///
/// Each is a number in the database, a string in JSON, and can only be compared with its own kind.
#[macro_export]
macro_rules! define_id {
    ($($(#[$doc:meta])* $visible:vis $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visible struct $name(pub i64);

        impl From<i64> for $name {
            fn from(id: i64) -> Self { Self(id) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "{}", self.0) }
        }
        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.collect_str(&self.0) }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map($name).map_err($crate::serde::de::Error::custom)
            }
        }
        impl $crate::db::ToParam for $name {
            fn to_param(&self) -> $crate::db::Param<'_> { $crate::db::Param::Int(self.0) }
        }
        impl $crate::db::FromColumn for $name {
            fn from_column(column: $crate::db::Column<'_>) -> Option<Self> { i64::from_column(column).map(Self) }
        }
    )+};
}
pub use define_id as define;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_goes_back() {
        let clock = Clock::fixed(Moment(EPOCH + 5_000));
        let maker = IdMaker::new(clock.clone(), 7);
        let first = maker.make();
        clock.advance(-4_000);
        let ids: Vec<i64> = (0..10_000).map(|_| maker.make()).collect();
        assert!(first < ids[0]);
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn two_nodes_never_make_the_same_id() {
        let clock = Clock::fixed(Moment(EPOCH + 5_000));
        let (one, two) = (IdMaker::new(clock.clone(), 1), IdMaker::new(clock, 2));
        let ones: std::collections::HashSet<i64> = (0..5_000).map(|_| one.make()).collect();
        assert!((0..5_000).all(|_| !ones.contains(&two.make())));
    }

    #[test]
    fn tokens_are_long_and_differ() {
        let (one, two) = (token(), token());
        assert_eq!(one.len(), 32);
        assert_ne!(one[6..], two[6..]);
        assert!(one[..6] <= two[..6], "{one} {two}");
    }
}
