#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use super::*;
use jiff::tz::TimeZone;

const TEXTS: Texts = Texts {
    en: "hello = Hello\nfrom = From { $name }\npeople = { $n ->\n    [one] one person\n   *[other] { $n } people\n}\nboth = { $n ->\n    [one] { $name } and one more\n   *[other] { $name } and { $n } more\n}",
    de: "hello = Guten Tag\nfrom = Von { $name }\npeople = { $n ->\n    [one] eine Person\n   *[other] { $n } Personen\n}\nboth = { $n ->\n    [one] { $name } und eine weitere\n   *[other] { $name } und { $n } weitere\n}",
};

fn words(lang: Lang) -> Words {
    Catalogue::new(&[TEXTS]).unwrap().words(lang)
}

/// 2026-05-03 is a Sunday; 12:00 UTC is 14:00 in Berlin.
fn at(date_time: &str) -> i64 {
    date_time.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

#[test]
fn texts_come_in_the_language_of_the_person() {
    assert_eq!(words(Lang::En).t("hello"), "Hello");
    assert_eq!(words(Lang::De).t("hello"), "Guten Tag");
    assert_eq!(words(Lang::En).t1("from", "name", "Ana"), "From Ana", "no isolation marks");
}

#[test]
fn a_number_chooses_the_plural_and_is_written_as_the_language_does() {
    assert_eq!(words(Lang::En).t1("people", "n", 1), "one person");
    assert_eq!(words(Lang::En).t1("people", "n", 12_345), "12,345 people");
    assert_eq!(words(Lang::De).t1("people", "n", 12_345_usize), "12.345 Personen");
    let two = [("name", "Ana".into()), ("n", 2_i64.into())];
    assert_eq!(words(Lang::De).tn("both", &two), "Ana und 2 weitere");
}

#[test]
fn joining_refuses_what_is_missing_or_double_and_names_all_of_it() {
    let half = Texts { en: "a = A\nb = B\nc = C", de: "a = A\nd = D" };
    let error = Catalogue::new(&[half]).err().unwrap();
    assert_eq!(error, TextError::Missing(vec!["d (en)".into(), "b (de)".into(), "c (de)".into()]));
    assert!(error.to_string().contains("b (de), c (de)"));
    let double = Catalogue::new(&[TEXTS, Texts { en: "hello = Hi", de: "x = X" }]).err().unwrap();
    assert_eq!(double, TextError::Duplicate(vec!["hello".into()]));
    let broken = Catalogue::new(&[Texts { en: "a = { $", de: "a = A" }]).err().unwrap();
    assert!(matches!(broken, TextError::Syntax(_)), "{broken}");
}

#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "there is no text \"nowhere\""))]
fn a_missing_key_is_loud_in_debug_and_legible_in_release() {
    assert_eq!(words(Lang::En).t("nowhere"), "nowhere");
}

#[test]
fn the_language_follows_the_browser() {
    assert_eq!(Lang::from_accept_language("de-AT,de;q=0.9,en;q=0.8"), Lang::De);
    assert_eq!(Lang::from_accept_language("fr-CH, fr;q=0.9, en;q=0.3, de;q=0.7, *;q=0.5"), Lang::De);
    assert_eq!(Lang::from_accept_language("en-US,en;q=0.5"), Lang::En);
    for hostile in ["", "fr", ";;;,,,q=", "de;q=x", "*"] {
        assert_eq!(Lang::from_accept_language(hostile), Lang::En, "{hostile:?}");
    }
    assert_eq!(Lang::from_code("DE_ch"), Some(Lang::De));
    assert_eq!(Lang::from_code("pt"), None);
}

#[test]
fn instants_are_said_beside_now() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let now = at("2026-05-03T12:00:00Z");
    let say = |lang, moment| words(lang).when(at(moment), now, &berlin);
    assert_eq!(say(Lang::En, "2026-05-03T12:10:00Z"), "today 14:10");
    assert_eq!(say(Lang::De, "2026-05-02T22:30:00Z"), "heute 00:30", "a day begins at local midnight");
    assert_eq!(say(Lang::En, "2026-05-02T07:05:00Z"), "yesterday 09:05");
    assert_eq!(say(Lang::De, "2026-05-04T07:05:00Z"), "morgen 09:05");
    assert_eq!(say(Lang::En, "2026-04-28T07:05:00Z"), "Tuesday");
    assert_eq!(say(Lang::De, "2026-05-09T07:05:00Z"), "Samstag");
    assert_eq!(say(Lang::En, "2026-02-03T07:05:00Z"), "3\u{a0}Feb");
    assert_eq!(say(Lang::De, "2025-05-03T07:05:00Z"), "3.\u{a0}Mai 2025");
    assert_eq!(words(Lang::En).moment(now, &berlin), "Sunday, 3\u{a0}May 2026, 14:00");
    assert_eq!(words(Lang::En).time(now, &berlin), "14:00");
    // Instants that no calendar holds must not bring a page down.
    words(Lang::En).when(i64::MAX, now, &berlin);
    words(Lang::En).when(i64::MIN, now, &berlin);
}

#[test]
fn durations_are_said_in_their_two_largest_units() {
    let say = |lang, ms: i64| words(lang).duration(ms).replace('\u{a0}', " ");
    let minute = 60_000;
    assert_eq!(say(Lang::En, 42_000), "42 s");
    assert_eq!(say(Lang::En, 12 * minute), "12 min");
    assert_eq!(say(Lang::En, 130 * minute), "2 h 10 min");
    assert_eq!(say(Lang::En, 120 * minute), "2 h");
    assert_eq!(say(Lang::En, 28 * 60 * minute), "1 day 4 h");
    assert_eq!(say(Lang::De, 74 * 60 * minute), "3 Tage");
    assert_eq!(say(Lang::En, i64::MIN), say(Lang::En, i64::MAX));
    // Rounded, and never to sixty minutes.
    assert_eq!(say(Lang::En, 59 * minute + 40_000), "1 h");
    assert_eq!(say(Lang::En, 59 * minute + 20_000), "59 min");
    assert_eq!(say(Lang::En, 23 * 60 * minute + 59 * minute + 40_000), "1 day");
    assert_eq!(say(Lang::En, 6 * 24 * 60 * minute + 18 * 60 * minute), "7 days");
    let span = |ms: i64| words(Lang::En).span(ms).replace('\u{a0}', " ");
    assert_eq!((span(162 * 60 * minute), span(167 * 60 * minute)), ("6 days 18 h".into(), "6 days 23 h".into()));
    assert_eq!(span(20 * 24 * 60 * minute), "20 days");
}

#[test]
fn numbers_and_shares() {
    let (en, de) = (words(Lang::En), words(Lang::De));
    assert_eq!((en.share(0.87), de.share(0.87)), ("87%".into(), "87\u{a0}%".into()));
    assert_eq!(
        (en.share(0.998), en.share(1.0), en.share(0.001), en.share(0.0)),
        (">99%".into(), "100%".into(), "<1%".into(), "0%".into())
    );
    assert_eq!((en.number(1234.56, 1), de.number(1234.56, 1)), ("1,234.6".into(), "1.234,6".into()));
    assert_eq!((en.number(-0.04, 1), en.count(-1_000)), ("0.0".into(), "\u{2212}1,000".into()));
}

#[test]
fn many_threads_speak_at_once() {
    let catalogue = Catalogue::new(&[TEXTS]).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let words = catalogue.words(Lang::De);
                for n in 0..500_i64 {
                    assert!(words.t1("people", "n", n).contains("Person"));
                }
            });
        }
    });
}
