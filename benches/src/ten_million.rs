//! The ledger at ten million touchpoints: its columns built, kept, opened again and followed, and a desk started on it.

use std::path::Path;
use std::time::{Duration, Instant};

use base::clock::{Clock, DAY, Moment};
use base::db::{Db, Size};
use ledger::measure::{Asked, Cuts, Evidence, Gate, MEASURES, Part, Release, Shown, Weeks};
use ledger::person::PersonId;
use ledger::projection::{Projection, View};
use ledger::segment::{Rule, SegmentId};
use ledger::touchpoint::{self, Channel, Draft, Kind, Kinds};
use testkit::port::Port;

use crate::Result;
use crate::desk::copy_of;
use crate::fill::Filled;
use crate::load::{span, thousands};
use crate::machine::memory_of;
use crate::row::Row;
use crate::start::{middle, start};

const ROWS: usize = 10_000_000;
/// Touchpoints in one transaction while filling.
const TOGETHER: usize = 10_000;
const TIMES: usize = 3;
/// Ten million rows are more than this, in memory and on disk.
const LEAST_MB: u64 = 200;
/// Gathering them takes half a minute.
const PATIENCE: Duration = Duration::from_mins(4);
/// What people live through again and again; the last carries a number.
const LIVED: [&str; 4] = ["ticket.written", "ticket.answered", "ticket.resolved", "ticket.opened"];

/// The rows about ten million touchpoints.
pub(crate) fn measure(filled: &Filled) -> Result<Vec<Row>> {
    let folder = copy_of(filled)?;
    let kinds = Kinds::gather(service::KINDS);
    let db =
        Db::open(&format!("sqlite:{}", folder.path().join("desk.db").display()), Clock::default(), Size::default())?;
    fill(&db, filled, &kinds)?;

    // In a folder of its own: the desk knows more kinds of touchpoint than this bench, and makes its own snapshot.
    let own = tempfile::tempdir_in(folder.path())?;
    let begun = Instant::now();
    let projection = Projection::open(&db, own.path(), &kinds)?;
    let rows = projection.catch_up()?;
    let built = begun.elapsed();
    let begun = Instant::now();
    projection.snapshot()?;
    let kept = begun.elapsed();
    let now = Clock::default().now();
    let weeks = Weeks::until(now, 52);
    let begun = Instant::now();
    let mut evidence = Evidence::since(&projection.view(), weeks, now);
    let gathered_in = begun.elapsed();
    let (mut followed, mut taken_in) = (Vec::new(), Vec::new());
    for round in 0..20 {
        let drafts = drafts(&kinds, filled, ROWS + round * 100, 100)?;
        db.write_now(move |tx| touchpoint::record_many(tx, &drafts))?;
        let begun = Instant::now();
        projection.catch_up()?;
        followed.push(begun.elapsed());
        let (view, begun) = (projection.view(), Instant::now());
        evidence.follow(&view, Clock::default().now());
        taken_in.push(begun.elapsed());
    }
    let measures = measures(&projection.view(), &evidence, now);
    let evidence_mb = evidence.bytes() / 1_000_000;
    drop(evidence);
    projection.snapshot()?;
    let bytes = projection.view().bytes() as f64 / projection.view().rows().max(1) as f64;
    drop(projection);
    let begun = Instant::now();
    let opened = Projection::open(&db, own.path(), &kinds)?;
    opened.catch_up()?;
    let open = begun.elapsed();
    drop((opened, db));

    let port = Port::reserve()?;
    gathered(folder.path(), &port)?;
    let (mut took, mut memory) = (Vec::new(), 0);
    for _ in 0..TIMES {
        let (until_ready, desk) = start(folder.path(), &port)?;
        took.push(until_ready);
        memory = memory_of(desk.id(), "VmHWM")? / 1000;
    }
    if memory < LEAST_MB {
        return Err(format!("the desk was ready with {memory} MB: without its columns that is no start").into());
    }
    let took = middle(took);
    Ok(vec![
        Row {
            work: "start with 10,000,000 touchpoints, until ready".to_owned(),
            measured: format!("{}; {memory} MB at most", span(took)),
            bar: "<= 2 s",
            yardstick: "FreeScout and osTicket 0.6 s, RT 2.7 s",
            met: Some(took <= Duration::from_secs(2)),
        },
        Row {
            work: "any measure of a segment, a quarter and the one before, 10,000,000 touchpoints".to_owned(),
            measured: format!(
                "{} the slowest ({}), {} the middle one of {}; its evidence gathered in {}, then a hundred more in after \
                 {}; {evidence_mb} MB",
                span(measures.slowest.1),
                measures.slowest.0,
                span(measures.middle),
                measures.count,
                span(gathered_in),
                span(middle(taken_in)),
            ),
            bar: "<= 100 ms",
            yardstick: "",
            met: Some(measures.slowest.1 <= Duration::from_millis(100)),
        },
        Row::figure(
            format!("columns of {} touchpoints", thousands(rows as f64)),
            format!(
                "built in {}, kept in {}, opened in {}; a hundred more are in after {}; {bytes:.0} MB a million",
                span(built),
                span(kept),
                span(open),
                span(middle(followed)),
            ),
        ),
    ])
}

/// How long measures took that had something to say.
struct Measured {
    slowest: (&'static str, Duration),
    middle: Duration,
    count: usize,
}

/// Every measure of a third of the people through the gate, the best of three times.
fn measures(view: &View, evidence: &Evidence, now: Moment) -> Measured {
    let (segment, quarter, gate) = (SegmentId(1), Weeks::until(now, 12), Gate::default());
    let mut values: Vec<&String> = view.attributes().filter_map(|set| set.get("site")).collect();
    values.sort();
    values.dedup();
    let some = values.iter().take(values.len().div_ceil(3));
    let rule = some.fold(Rule::everybody(), |rule, site| rule.with("site", site));
    let cuts = Cuts::of(view, [(segment, &rule)]);
    let mut took: Vec<(&str, Duration)> = Vec::new();
    for measure in &MEASURES {
        let times = (0..3).map(|_| {
            let begun = Instant::now();
            // Nothing is kept from one measure to the next.
            let released = Release::new(evidence, &gate, &cuts).of(measure);
            let part = Part::Within(segment);
            let (now, before) = (released.sample(quarter, part), released.sample(quarter.previous(), part));
            let shown = gate.show(measure, Asked { before: Some(&before), ..Asked::of(&now) });
            (begun.elapsed(), matches!(shown, Shown::Number(_)))
        });
        if let Some((best, true)) = times.min_by_key(|(took, _)| *took) {
            took.push((measure.key, best));
        }
    }
    took.sort_by_key(|(_, took)| *took);
    Measured {
        slowest: took.last().copied().unwrap_or_default(),
        middle: took.get(took.len() / 2).map(|(_, took)| *took).unwrap_or_default(),
        count: took.len(),
    }
}

/// Has the desk gather its columns once: it keeps them when it has all.
fn gathered(folder: &Path, port: &Port) -> Result<()> {
    let (_, desk) = start(folder, port)?;
    let kept = folder.join("projection.columns");
    let begun = Instant::now();
    while std::fs::metadata(&kept).map_or(0, |file| file.len()) < LEAST_MB * 1_000_000 {
        if begun.elapsed() > PATIENCE {
            return Err(format!("the desk {} had not gathered its columns after {PATIENCE:?}", desk.id()).into());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// Adds touchpoints of everybody over two years until there are ten million.
fn fill(db: &Db, filled: &Filled, kinds: &Kinds) -> Result<()> {
    let there = db.read_now(touchpoint::count)? as usize;
    for begin in (there..ROWS).step_by(TOGETHER) {
        let drafts = drafts(kinds, filled, begin, TOGETHER.min(ROWS - begin))?;
        db.write_now(move |tx| touchpoint::record_many(tx, &drafts))?;
    }
    Ok(())
}

fn drafts(kinds: &Kinds, filled: &Filled, begin: usize, count: usize) -> Result<Vec<(Draft, Option<i64>)>> {
    let lived: Vec<&'static Kind> = LIVED.iter().filter_map(|name| kinds.get(name)).collect();
    if lived.len() < LIVED.len() {
        return Err("a kind of touchpoint that this bench uses is no more".into());
    }
    let last = Clock::default().now().0;
    let people = i64::try_from(filled.people)?;
    let draft = |number: usize| {
        let at = Moment(last - 730 * DAY + number as i64 * (730 * DAY / ROWS as i64));
        // The first ids are agents; anybody will do.
        let person = PersonId(1 + (number as i64 * 7_919) % people);
        let kind = lived[number % lived.len()];
        let draft = Draft::of(kind, at.min(Moment(last)), Channel::Portal).person(person);
        let draft = draft.object("ticket", 1 + number as i64 / 20);
        (if kind.numbers.is_empty() { draft } else { draft.detail(serde_json::json!({ "need": 3_600 })) }, None)
    };
    Ok((begin..begin + count).map(draft).collect())
}
