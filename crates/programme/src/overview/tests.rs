//! The pages with samples and without, in both languages.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use askama::Template;
use base::clock::{DAY, HOUR, Moment};
use ledger::measure::{Denominator, Following, Gate, MEASURES};
use ledger::person::{Attributes, PersonId};
use ledger::projection::{Entry, Person, View, of_entries};
use ledger::segment::{Rule, Segment, SegmentId};
use ledger::touchpoint::{Kinds, Stage};
use web::page::Page;

use super::look::{Look, Span};
use super::measures::Measures;
use super::show::Index;

const NOW: Moment = testkit::database::START;

fn kinds() -> Kinds {
    Kinds::gather(crate::KINDS)
}

/// Forty people, each with a request and an answer before and in the last quarter; it got a good deal better.
fn lived() -> View {
    let site = |id: i64| Attributes::from([("site".to_owned(), if id <= 3 { "Graz" } else { "Lisbon" }.to_owned())]);
    let people: Vec<Person> = (1..=40).map(|id| Person { id: PersonId(id), attributes: site(id) }).collect();
    let mut entries = Vec::new();
    for (quarter, good) in [(1, 6), (0, 38)] {
        // Numbers are of whole weeks: two of twelve, and what is younger than that is not yet told.
        let from = NOW.plus(-(quarter * 84 + 84) * DAY);
        for person in &people {
            let at = from.plus(person.id.0 * DAY);
            let number = person.id.0 * 10 + quarter;
            let about = Entry { service: Some("Laptops <new>"), ..Entry::of("", at, person) };
            let of =
                |kind, after| Entry { kind, at: at.plus(after), object: Some(("ticket", number)), ..about.clone() };
            entries.push(Entry { stage: Stage::Evaluation, ..Entry::of("search.empty", at.plus(-HOUR), person) });
            entries.push(of("ticket.opened", 0));
            entries.push(of("ticket.answered", person.id.0 * HOUR));
            entries.push(of("ticket.resolved", 30 * HOUR));
            entries.push(of("ticket.confirmed", 40 * HOUR));
            let numbers: &[(&str, f64)] = if person.id.0 <= good {
                &[("satisfaction", 5.0), ("effort", 6.0), ("emotion", 5.0), ("lost", 1.0)]
            } else {
                &[("satisfaction", 2.0), ("effort", 2.0), ("emotion", 1.0), ("lost", 4.0)]
            };
            entries.push(Entry { numbers, stage: Stage::Improvement, ..of("survey.answered", 50 * HOUR) });
        }
    }
    entries.sort_by_key(|entry| entry.at);
    of_entries(&kinds(), entries)
}

fn index(page: Page, view: &View, rule: &Rule) -> String {
    let id = SegmentId(7);
    let segments = vec![Segment { id, name: "New & far".to_owned(), rule: rule.clone(), style: String::new() }];
    let chosen = (!rule.is_everybody()).then_some(id);
    let look = Look::of(view, &Following::default(), Gate::default(), NOW, Span::Quarter, &segments, chosen);
    Index { page, look: look.into(), segments, segment: "7".to_owned(), span: Span::Quarter }.render().unwrap()
}

#[test]
fn the_overview_says_how_far_each_number_can_be_trusted() {
    let view = lived();
    for page in crate::house::pages() {
        let html = index(page.clone(), &view, &Rule::everybody());
        assert_eq!(html.matches("class=\"reach").count() - html.matches("class=\"reach-words").count(), 5, "{html}");
        assert!(html.contains("95%") || html.contains("95\u{a0}%"), "38 of 40 is 95%: {html}");
        assert!(html.contains("Wilson score") && html.contains("n = 40"), "{html}");
        assert!(html.contains("chip-better"), "from 6 to 38 of 40 is better: {html}");
        assert!(html.contains("Laptops &#60;new&#62;"), "what hurts is named: {html}");
        assert!(!html.contains(" style=") && !html.contains("NaN"), "{html}");
        if let Ok(folder) = std::env::var("OVERVIEW_PICTURES") {
            std::fs::write(format!("{folder}/{}.html", page.words.lang().code()), &html).unwrap();
        }
    }
}

#[test]
fn without_data_it_says_what_it_waits_for() {
    let empty = of_entries(&kinds(), []);
    for page in crate::house::pages() {
        let html = index(page.clone(), &empty, &Rule::everybody());
        assert!(html.contains(&page.t("overview-empty")) && html.contains("/programme/measures"), "{html}");
        assert!(!html.contains("class=\"finding"), "{html}");
    }
}

#[test]
fn a_segment_of_three_people_or_all_but_three_is_not_told_of() {
    let view = lived();
    for site in ["Graz", "Lisbon"] {
        for page in crate::house::pages() {
            let html = index(page.clone(), &view, &Rule::everybody().with("site", site));
            assert!(html.contains(&page.t1("overview-closed", "k", 5)), "{site}: {html}");
            assert!(!html.contains("class=\"finding") && !html.contains("class=\"river"), "{site}: {html}");
        }
    }
}

/// Whoever comes back the day after sees what they saw: a period that slides by a day would tell what happened on it.
#[test]
fn every_day_of_a_week_shows_the_same() {
    let view = lived();
    let on = |days: i64| {
        Look::of(&view, &Following::default(), Gate::default(), NOW.plus(days * DAY), Span::Quarter, &[], None)
    };
    let (monday, sunday, next) = (on(0), on(6), on(7));
    assert_eq!((monday.period, &monday.shown), (sunday.period, &sunday.shown));
    assert!(monday.period != next.period && monday.shown != next.shown);
}

#[test]
fn a_quiet_time_refuses_in_words() {
    let (view, later) = (lived(), NOW.plus(400 * DAY));
    for page in crate::house::pages() {
        let look = Look::of(&view, &Following::default(), Gate::default(), later, Span::Month, &[], None);
        let (why, count) = (page.t("refusal-nothing"), look.shown.len());
        let (segments, segment) = (Vec::new(), String::new());
        let html = Index { page, look: look.into(), segments, segment, span: Span::Month }.render().unwrap();
        assert_eq!(html.matches(&why).count(), count, "{html}");
        if let Ok(folder) = std::env::var("OVERVIEW_PICTURES") {
            std::fs::write(format!("{folder}/quiet.html"), &html).unwrap();
        }
    }
}

#[test]
fn every_measure_denominator_and_stage_has_words() {
    for page in crate::house::pages() {
        for measure in &MEASURES {
            for key in [measure.name_key(), measure.question_key(), measure.formula_key()] {
                assert!(page.words.has(&key), "{key}");
            }
        }
        assert!(Denominator::ALL.iter().all(|denominator| page.words.has(denominator.key())));
        assert!(Stage::ALL.iter().all(|stage| page.words.has(&format!("overview-{stage}"))));
        let html = Measures { page, k: 5, all: &MEASURES }.render().unwrap();
        assert_eq!(html.matches("<section").count(), MEASURES.len());
    }
}
