//! What a map says, in the reader's language: our texts in the places that the drawing names.

use base::text::Words;
use mining::map::Words as MapWords;

/// The map's words. `tickets` when its cases are our tickets.
pub(super) fn words(words: &Words, tickets: bool) -> MapWords {
    let unit = if tickets { "ticket" } else { "case" };
    let text = |key: &str| words.t(key).into();
    // The drawing puts the values in: each place is filled with its own name for it.
    let with = |key: &str, names: &[&str]| {
        let places: Vec<(&str, String)> = names.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
        let values: Vec<_> = places.iter().map(|(name, place)| (*name, place.as_str().into())).collect();
        words.tn(key, &values).into()
    };
    MapWords {
        cases: [words.t(&format!("map-{unit}")).into(), words.t(&format!("map-{unit}s")).into()],
        people: [text("map-person"), text("map-people")],
        thousands: words.count(1_000).chars().nth(1).unwrap_or(','),
        point: words.number(0.5, 1).chars().nth(1).unwrap_or('.'),
        percent: with("map-percent", &["n"]),
        under_one: text("map-under-one"),
        over_ninety_nine: text("map-over-ninety-nine"),
        at_once: text("map-at-once"),
        spans: ["s", "min", "h", "d", "months", "years"].map(|unit| with(&format!("map-span-{unit}"), &["n"])),
        after: with("map-after", &["wait"]),
        again: with("map-again", &["n"]),
        once: text("map-once"),
        times: with("map-times", &["n"]),
        arc: with("map-arc", &["from", "to"]),
        median: with("map-median", &["wait"]),
        begin: with("map-begin", &["n", "step"]),
        finish: with("map-finish", &["n", "step"]),
        start: text("map-start"),
        end: text("map-end"),
        waits: text("map-waits"),
        colours: [1, 2, 3, 4, 5].map(|step| text(&format!("map-colour-{step}"))),
        wider: with("map-wider", &["unit"]),
        whole: text("map-whole"),
        hidden: with("map-hidden", &["hidden", "all", "share"]),
        rare: [text("map-rare-one"), with("map-rare", &["n"])],
        through: with("map-through", &["n", "unit", "steps"]),
        from_to: with("map-from-to", &["from", "to"]),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

    use base::text::{Catalogue, Lang};

    #[test]
    fn a_map_speaks_german() {
        let catalogue = Catalogue::new(&[web::TEXTS, crate::TEXTS].concat()).unwrap();
        let said = super::words(&catalogue.words(Lang::De), false);
        let numbers = (said.count(4_580), said.share(0.5), said.wait(5_400.0));
        assert_eq!(numbers, ("4.580".to_owned(), "50 %".to_owned(), "1,5 Std.".to_owned()));
        assert_eq!((&*said.arc, &*said.cases[1]), ("{from} nach {to}", "Fälle"));
    }
}
