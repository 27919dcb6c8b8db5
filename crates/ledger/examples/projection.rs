//! How much room ten million touchpoints take, and how long a measure over them takes.
//!
//! `cargo run --release -p ledger --example projection [ROWS]`
#![allow(clippy::print_stdout, reason = "this is a command")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use base::clock::{DAY, HOUR, MINUTE, Moment};
use ledger::measure::{Asked, Cuts, Evidence, Gate, MEASURES, Part, Release, Shown, Weeks};
use ledger::person::{Attributes, PersonId};
use ledger::projection::{Entry, Person, View, of_entries};
use ledger::segment::{Among, Rule, SegmentId};
use ledger::touchpoint::{Kind, Kinds, Stage};

static ANSWERED: Kind =
    Kind::new("survey.answered", Stage::Improvement).with_numbers(&["satisfaction", "effort", "emotion", "lost"]);

const PEOPLE: usize = 200_000;
/// Touchpoints of one ticket and what surrounds it.
const STORY: usize = 10;
const YEAR: i64 = 365 * DAY;

fn mixed(number: usize) -> usize {
    (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23) as usize >> 12
}

fn main() {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(10_000_000usize);
    let people: Vec<Person> = (0..PEOPLE)
        .map(|number| Person {
            id: PersonId(number as i64 + 1),
            attributes: Attributes::from([
                ("site".to_owned(), format!("Site {}", mixed(number) % 40)),
                ("department".to_owned(), format!("Department {}", mixed(number + 7) % 30)),
            ]),
        })
        .collect();
    let began = Instant::now();
    let view = of_entries(&Kinds::gather(&[&[&ANSWERED]]), stories(&people, rows));
    let bytes = view.bytes();
    println!("{rows} rows of {PEOPLE} people made in {:.1} s", began.elapsed().as_secs_f64());
    println!("{:.1} bytes a row, lists included; {} MB", bytes as f64 / rows as f64, bytes / 1_000_000);

    let now = Moment(YEAR + DAY);
    let (all, quarter) = (Weeks::until(now, 52), Weeks::until(now, 12));
    println!("read the column of kinds:        {}", said(best(|| kinds(&view))));
    println!("read all columns that tickets need: {}", said(best(|| columns(&view))));
    println!("gather everything, whole year:   {}", said(best(|| Evidence::since(&view, all, now))));
    println!("gather everything, one quarter:  {}", said(best(|| Evidence::since(&view, quarter, now))));
    println!(
        "flow of the stages, whole year:  {}",
        said(best(|| Gate::default().flow(&view, all.period(), &Among::everybody())))
    );
    let rule = Rule::everybody().with("site", "Site 3").with("site", "Site 4").with("site", "Site 5");
    println!("a rule over {} sets of attributes: {}", view.attributes().count(), said(best(|| rule.among(&view))));
    let segment = SegmentId(1);
    let (evidence, cuts) = (Evidence::since(&view, all, now), Cuts::of(&view, [(segment, &rule)]));
    let gate = Gate::default();
    let release = Release::new(&evidence, &gate, &cuts);
    let part = Part::Within(segment);
    for measure in &MEASURES {
        let show = || {
            let released = release.of(measure);
            let (now, before) = (released.sample(quarter, part), released.sample(quarter.previous(), part));
            gate.show(measure, Asked { before: Some(&before), ..Asked::of(&now) })
        };
        let came_to = match show() {
            Shown::Number(finding) => format!("{:.3} (n = {}, {})", finding.value(), finding.n(), finding.method()),
            Shown::Refused(why) => format!("{why:?}"),
        };
        println!("{:<16} a quarter and the one before, three sites: {:>9}  {came_to}", measure.key, said(best(show)));
    }
}

fn best<T>(work: impl Fn() -> T) -> Duration {
    (0..3)
        .map(|_| {
            let began = Instant::now();
            black_box(work());
            began.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn said(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}

fn kinds(view: &View) -> u64 {
    view.chunks().flat_map(|chunk| chunk.kind.iter()).map(|kind| u64::from(*kind)).sum()
}

fn columns(view: &View) -> u64 {
    view.chunks()
        .map(|chunk| {
            let wide: u64 = chunk.at.iter().map(|at| at.cast_unsigned()).fold(0, u64::wrapping_add);
            let narrow = [&chunk.person, &chunk.attributes, &chunk.object];
            let narrow: u64 = narrow.iter().flat_map(|column| column.iter()).map(|value| u64::from(*value)).sum();
            wide.wrapping_add(narrow).wrapping_add(chunk.kind.iter().map(|kind| u64::from(*kind)).sum())
        })
        .fold(0, u64::wrapping_add)
}

/// Search, ticket, answers, yes, survey: ten touchpoints each, in the order of time.
fn stories(people: &[Person], rows: usize) -> impl Iterator<Item = Entry<'_>> {
    const KINDS: [(&str, Stage, i64); STORY] = [
        ("search.made", Stage::Evaluation, 0),
        ("article.read", Stage::Investigation, MINUTE),
        ("ticket.opened", Stage::Use, 5 * MINUTE),
        ("ticket.assigned", Stage::Use, HOUR),
        ("ticket.answered", Stage::Use, 2 * HOUR),
        ("ticket.written", Stage::Use, 3 * HOUR),
        ("ticket.resolved", Stage::Use, 5 * HOUR),
        ("ticket.confirmed", Stage::Use, 6 * HOUR),
        ("survey.invited", Stage::Improvement, 6 * HOUR),
        ("survey.answered", Stage::Improvement, 7 * HOUR),
    ];
    const GIVEN: [[(&str, f64); 4]; 3] = [
        [("satisfaction", 5.0), ("effort", 6.0), ("emotion", 5.0), ("lost", 1.0)],
        [("satisfaction", 4.0), ("effort", 5.0), ("emotion", 4.0), ("lost", 2.0)],
        [("satisfaction", 2.0), ("effort", 2.0), ("emotion", 1.0), ("lost", 4.0)],
    ];
    let stories = rows / STORY;
    (0..rows).map(move |row| {
        let (story, part) = (row / STORY, row % STORY);
        let (kind, stage, after) = KINDS[part];
        let begun = (story as i64) * YEAR / stories.max(1) as i64;
        let person = &people[mixed(story) % people.len()];
        let numbers: &[(&str, f64)] = if part == 9 { &GIVEN[mixed(story + 3) % 3] } else { &[] };
        let object = (part >= 2).then_some(("ticket", story as i64 + 1));
        let waited = after * (1 + (mixed(story + 11) % 9) as i64);
        Entry { stage, object, numbers, ..Entry::of(kind, Moment(begun + waited), person) }
    })
}
