//! Logs made by dice: choices, loops, ties in time, names of many alphabets. The same seed gives the same log.
#![allow(dead_code, reason = "each test file takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use mining::LogBuilder;
use mining::objects::{ObjectLog, ObjectLogBuilder, Value, ValueType};

/// SplitMix64 (S. Vigna, public domain algorithm): small, and the same everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }

    pub(crate) fn of<T: Copy>(&mut self, some: &[T]) -> T {
        some[self.below(some.len() as u64) as usize]
    }
}

pub(crate) const STEPS: [&str; 9] = [
    "Asked",
    "Looked into",
    "Zurück gefragt, mit Komma",
    "Übergeben \"an andere\"",
    "待つ",
    "Решено",
    "Resolved & <closed>",
    "Zufrieden 🙂?",
    "Closed",
];

const PEOPLE: [&str; 5] = ["ana", "José Peña", "bo; jr", "Ægir", "d'Arc"];

/// So many cases: asked, looked into in loops, perhaps waiting, one of two ends. Some events share their instant.
pub(crate) fn log(cases: u64, seed: u64) -> mining::Log {
    let mut dice = Dice(seed);
    let mut builder = LogBuilder::default();
    let mut open: Vec<(u64, usize, i64)> = Vec::new();
    let mut begun = 0;
    while begun < cases || !open.is_empty() {
        if begun < cases && (open.len() < 5 || dice.below(4) == 0) {
            open.push((begun, 0, 1_700_000_000_000 + begun as i64 * 3_600_000));
            begun += 1;
        }
        let slot = dice.below(open.len() as u64) as usize;
        let (case, step, time) = open[slot];
        // One in five happens in the same instant as the one before.
        let time = time + if dice.below(5) == 0 { 0 } else { dice.below(90_000_000) as i64 };
        let who = (dice.below(8) > 0).then(|| dice.of(&PEOPLE));
        builder.push(&format!("Fall №{case}"), STEPS[step], Some(time), who, Some("complete"));
        let next = match step {
            0 => Some(1),
            1 => Some(dice.of(&[2, 3, 4, 5, 5, 6])),
            2..=4 => Some(dice.of(&[1, 1, 5, 6])),
            5 | 6 => dice.of(&[Some(7), Some(8), Some(8), Some(1), None]),
            7 => Some(8),
            _ => dice.of(&[None, None, None, Some(1)]),
        };
        match next {
            Some(next) => open[slot] = (case, next, time),
            None => drop(open.swap_remove(slot)),
        }
    }
    builder.finish()
}

/// Tickets, people and notices: an outage notice concerns many tickets at once. All five types of values, changes in
/// time, and names that each format has to escape. Whole seconds: pm4py writes no more of a time.
pub(crate) fn objects(tickets: u64, seed: u64) -> ObjectLog {
    let mut dice = Dice(seed);
    let mut builder = ObjectLogBuilder::default();
    let of = |all: &[(&str, ValueType)]| all.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect::<Vec<_>>();
    let ticket = [("priority", ValueType::String), ("cost", ValueType::Float), ("due", ValueType::Time)];
    builder.object_type("ticket", of(&ticket));
    builder.object_type("person", of(&[("vip", ValueType::Boolean), ("floor", ValueType::Integer)]));
    builder.object_type("notice & news", []);
    builder.event_type("Asked", of(&[("channel", ValueType::String), ("words", ValueType::Integer)]));
    builder.event_type("Решено", of(&[("effort", ValueType::Float), ("first contact", ValueType::Boolean)]));
    builder.event_type("Notice \"sent\"", of(&[("until", ValueType::Time)]));
    let start = 1_700_000_000_000_i64;
    for person in 0..=tickets / 3 {
        let number = builder.object(&format!("P<{person}>"), "person").unwrap();
        builder.object_value(number, "vip", 0, Value::Boolean(dice.below(2) == 0));
        builder.object_value(number, "floor", 0, Value::Integer(dice.below(40) as i64 - 3));
    }
    let mut asked = Vec::new();
    for number in 0..tickets {
        let (id, person) = (format!("T-{number} äöü"), format!("P<{}>", dice.below(tickets / 3 + 1)));
        let object = builder.object(&id, "ticket").unwrap();
        builder.object_value(
            object,
            "priority",
            0,
            Value::Text(dice.of(&["low", "high, very", "\"urgent\"", " blank "])),
        );
        builder.object_value(object, "cost", 0, Value::Float(dice.below(1000) as f64 / 7.0));
        builder.object_value(object, "due", 0, Value::Time(start + dice.below(1_000_000) as i64 * 1000));
        builder.relate_objects(object, &person, "belongs to");
        let time = start + number as i64 * 600_000;
        if dice.below(3) == 0 {
            builder.object_value(object, "priority", time + 60_000, Value::Text("lowered"));
        }
        let event = builder.event(&format!("e{number}"), "Asked", time).unwrap();
        builder.event_value(event, "channel", Value::Text(dice.of(&["mail", "walk-up\nhall", "téléphone"])));
        builder.event_value(event, "words", Value::Integer(dice.below(500) as i64));
        builder.relate(event, &id, "about");
        builder.relate(event, &person, "asked by");
        asked.push(id.clone());
        if number % 5 == 4 {
            let notice = format!("N{number}");
            builder.object(&notice, "notice & news").unwrap();
            let event = builder.event(&format!("n{number}"), "Notice \"sent\"", time + 120_000).unwrap();
            builder.event_value(event, "until", Value::Time(time + 7_200_000));
            builder.relate(event, &notice, "told");
            for id in asked.drain(..) {
                builder.relate(event, &id, "answers");
            }
        }
        let event = builder.event(&format!("s{number}"), "Решено", time + dice.below(9_000) as i64 * 1000).unwrap();
        builder.event_value(event, "effort", Value::Float(dice.below(100) as f64 / 8.0));
        builder.event_value(event, "first contact", Value::Boolean(dice.below(2) == 0));
        builder.relate(event, &id, "about");
    }
    let (log, report) = builder.finish();
    assert!(report.is_clean(), "{report}");
    log
}

/// All that an object-centric log says, as lines; equal logs say the same.
pub(crate) fn said(log: &ObjectLog) -> Vec<String> {
    let mut lines = Vec::new();
    let mut types: Vec<String> = Vec::new();
    for (of, all) in [("event", log.event_types()), ("object", log.object_types())] {
        types.extend(all.iter().map(|kind| {
            let mut attributes = kind.attributes.clone();
            attributes.sort_by(|a, b| a.0.cmp(&b.0));
            format!("{of} type {:?} {attributes:?}", kind.name)
        }));
    }
    types.sort();
    lines.extend(types);
    for event in 0..log.events() {
        let mut values: Vec<_> = log.event_values(event).map(|(name, value)| format!("{name}={value:?}")).collect();
        values.sort();
        let mut about: Vec<_> = log.event_objects(event).map(|(o, q)| (log.object_id(o), q)).collect();
        about.sort_unstable();
        let (id, kind, time) = (log.event_id(event), &log.event_type(event).name, log.event_time(event));
        lines.push(format!("event {id} {kind} {time} {values:?} {about:?}"));
    }
    for object in 0..log.objects() {
        let values = log.object_values(object).map(|(name, since, value)| format!("{since} {name}={value:?}"));
        let mut values: Vec<_> = values.collect();
        values.sort();
        let mut with: Vec<_> = log.object_objects(object).map(|(o, q)| (log.object_id(o), q)).collect();
        with.sort_unstable();
        lines.push(format!("object {} {} {values:?} {with:?}", log.object_id(object), log.object_type(object).name));
    }
    lines.sort();
    lines
}
