//! What must hold for single values: numbers and times as people read them, addresses, languages, rules, texts with
//! places to fill in.

use base::clock::Moment;
use base::text::{Catalogue, Lang, Words};
use jiff::tz::TimeZone;
use ledger::person::{Attributes, normal_email, normal_phone};
use ledger::segment::Rule;
use std::sync::LazyLock;
use web::senders::Senders;

static WORDS: LazyLock<[Words; 2]> = LazyLock::new(|| {
    let catalogue = Catalogue::new(&[]).expect("the texts of this floor are whole");
    [catalogue.words(Lang::En), catalogue.words(Lang::De)]
});

/// A value of each kind.
pub fn value(data: &[u8]) {
    let number = |at: usize| {
        let mut eight = [0; 8];
        for (to, from) in eight.iter_mut().zip(data.iter().skip(at)) {
            *to = *from;
        }
        i64::from_le_bytes(eight)
    };
    numbers(number(0), number(8));
    let text = String::from_utf8_lossy(data);
    if let Some(address) = normal_email(&text) {
        assert_eq!(normal_email(&address).as_deref(), Some(address.as_str()));
        assert!(!address.contains(char::is_whitespace) && address.contains('@'));
    }
    if let Some(phone) = normal_phone(&text) {
        assert_eq!(normal_phone(&phone).as_deref(), Some(phone.as_str()));
    }
    Lang::from_code(&text);
    if let Ok(rule) = Rule::parse(&text) {
        let written = serde_json::to_string(&rule).expect("a rule is written");
        assert_eq!(Rule::parse(&written).expect("a rule is read"), rule);
        assert_eq!(rule.holds(&Attributes::new()), rule.is_everybody());
    }
    let places: Vec<&str> = text.splitn(4, '\n').collect();
    if let [set, agent, team, desk] = places[..] {
        filled(set, agent, team, desk);
    }
}

fn numbers(one: i64, other: i64) {
    let zone = TimeZone::fixed(jiff::tz::offset((other % 26) as i8));
    for words in WORDS.iter() {
        let all = [
            words.when(one, other, &zone),
            words.moment(one, &zone),
            words.duration(one),
            words.count(one),
            words.share(f64::from_bits(one as u64)),
            words.number(f64::from_bits(other as u64), (one & 15) as usize),
        ];
        assert!(all.iter().all(|said| !said.is_empty()), "{all:?}");
    }
    assert!(!Moment(one).to_string().is_empty());
    let _ = (Moment(one).since(Moment(other)), Moment(one).plus(other), base::id::made_at(one));
}

/// Every place that is known is filled in, once, and nothing else is changed.
fn filled(set: &str, agent: &str, team: &str, desk: &str) {
    let sender = web::senders::Sender {
        address: "a@b.example".to_owned(),
        name: desk.to_owned(),
        team: String::new(),
        signature: set.to_owned(),
    };
    let said = Senders::signature(Some(&sender), "The Desk", agent, Some(team));
    let desk = if desk.is_empty() { "The Desk" } else { desk };
    let set = if set.is_empty() { "{agent}\n{desk}" } else { set };
    let mut wanted = String::new();
    let mut rest = set;
    while !rest.is_empty() {
        let known = [("{agent}", agent), ("{team}", team), ("{desk}", desk)];
        if let Some((place, value)) = known.into_iter().find(|(place, _)| rest.starts_with(place)) {
            wanted.push_str(value);
            rest = &rest[place.len()..];
        } else {
            let letter = rest.chars().next().map_or(0, char::len_utf8);
            wanted.push_str(&rest[..letter]);
            rest = &rest[letter..];
        }
    }
    assert_eq!(said, wanted);
}
