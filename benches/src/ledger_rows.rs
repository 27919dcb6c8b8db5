//! The ledger: appending, following, and the columns in memory that measures read.

use std::hint::black_box;
use std::time::{Duration, Instant};

use base::clock::{Clock, DAY, Moment};
use base::db::{Db, Size};
use ledger::person::{Attributes, PersonId};
use ledger::projection::{Entry, Person, Projection, View, of_entries};
use ledger::touchpoint::{self, Channel, Cursor, Draft, Kind, Kinds, Stage};
use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::desk::copy_of;
use crate::fill::Filled;
use crate::load::{closed, span, thousands};
use crate::row::Row;
use crate::{Result, note};

/// A kind of this bench's own, with a number.
static ANSWERED: Kind = Kind::new("bench.answered", Stage::Use).with_numbers(&["waited"]);
static OTHER: Kind = Kind::new("bench.other", Stage::Use);
/// Rows of the view that a measure reads.
const ROWS: usize = 10_000_000;
/// Touchpoints that a follower takes at once, as those of the desk do.
const BATCH: i64 = 5_000;

/// The rows about the ledger.
pub(crate) fn measure(runtime: &Runtime, filled: &Filled, within: Duration) -> Result<Vec<Row>> {
    let copy = copy_of(filled)?;
    let db = open(&copy)?;
    let mut rows = append(runtime, &db, within)?;
    rows.push(follow(&db)?);
    rows.extend(projection(&db, &copy)?);
    note("a measure over ten million touchpoints");
    rows.push(scan());
    Ok(rows)
}

fn open(folder: &TempDir) -> Result<Db> {
    let url = format!("sqlite:{}", folder.path().join("desk.db").display());
    Ok(Db::open(&url, Clock::default(), Size::default())?)
}

fn draft(number: usize) -> Draft {
    let now = Clock::default().now();
    Draft::of(&ANSWERED, now, Channel::Email)
        .object("bench", number as i64 / 5)
        .detail(json!({ "waited": number % 977 }))
}

fn append(runtime: &Runtime, db: &Db, within: Duration) -> Result<Vec<Row>> {
    let begun = Instant::now();
    let mut written = 0;
    while begun.elapsed() < within && written < 1_000_000 {
        let drafts: Vec<(Draft, Option<i64>)> =
            (written..written + 1_000).map(|number| (draft(number), None)).collect();
        db.write_now(move |tx| touchpoint::record_many(tx, &drafts))?;
        written += 1_000;
    }
    let many = written as f64 / begun.elapsed().as_secs_f64();
    let one = db.clone();
    let work = move |client: usize, time: usize| {
        let db = one.clone();
        async move {
            let draft = draft(time);
            db.write(move |tx| touchpoint::record(tx, draft.clone()).map(drop)).await?;
            Ok(client)
        }
    };
    let timing = closed(runtime, (0..8).collect(), within, work)?.0;
    Ok(vec![
        Row::figure("touchpoints appended, 1,000 at a time, durable", format!("{} rows/s", thousands(many))),
        Row::figure("touchpoints appended, one at a time, durable, 8 writers", timing.words()),
    ])
}

fn follow(db: &Db) -> Result<Row> {
    let begun = Instant::now();
    let (mut cursor, mut rows) = (Cursor::default(), 0);
    loop {
        let fresh = db.read_now(move |tx| touchpoint::after(tx, cursor, BATCH))?;
        let Some(last) = fresh.last() else { break };
        cursor = Cursor::behind(last);
        rows += fresh.len();
    }
    let rate = rows as f64 / begun.elapsed().as_secs_f64();
    let words = format!("{} rows/s over {} rows", thousands(rate), thousands(rows as f64));
    Ok(Row::figure(format!("ledger followed from its beginning, {BATCH} at a time"), words))
}

fn kinds() -> Kinds {
    let declared: Vec<_> = service::KINDS.iter().copied().flatten().copied().chain([&ANSWERED, &OTHER]).collect();
    Kinds::gather(&[&declared])
}

fn projection(db: &Db, folder: &TempDir) -> Result<Vec<Row>> {
    let kept = folder.path().join("bench-projection");
    let begun = Instant::now();
    let projection = Projection::open(db, &kept, &kinds())?;
    let rows = projection.catch_up()?;
    let built = begun.elapsed();
    projection.snapshot()?;
    let begun = Instant::now();
    let again = Projection::open(db, &kept, &kinds())?;
    again.catch_up()?;
    let opened = begun.elapsed();
    let view = again.view();
    let (count, bytes) = (thousands(rows as f64), view.bytes() as f64 / view.rows().max(1) as f64);
    Ok(vec![
        Row::figure(
            "projection built from the ledger",
            format!("{} rows/s, {bytes:.0} bytes a row", thousands(rows as f64 / built.as_secs_f64())),
        ),
        Row::figure(format!("projection of {count} rows opened from its snapshot"), span(opened)),
    ])
}

/// A mean and a count by channel, for one segment and ninety days of two years.
fn scan() -> Row {
    let view = ten_million();
    let waited = view.number("waited").unwrap_or_default();
    let wanted: Vec<bool> =
        view.attributes().map(|set| set.get("site").is_some_and(|site| site == "site 3" || site == "site 4")).collect();
    let kind = view.kinds().code("bench.answered").unwrap_or_default() as u16;
    let (from, to) = (300 * DAY, 390 * DAY);
    let (measured, whole) = (
        best(|| answer(&view, waited, &wanted, kind, from, to)),
        best(|| answer(&view, waited, &wanted, kind, i64::MIN, i64::MAX)),
    );
    let read = best(|| columns(&view, waited));
    let ratio = whole.as_secs_f64() / read.as_secs_f64();
    Row {
        work: "mean by channel of one segment, 10,000,000 touchpoints, 1 core".to_owned(),
        measured: format!(
            "{} over all the time, {} over ninety days of two years; {ratio:.1} x reading the columns ({})",
            span(whole),
            span(measured),
            span(read)
        ),
        bar: "<= 100 ms; <= 3 x reading the columns",
        yardstick: "",
        met: Some(whole <= Duration::from_millis(100) && ratio <= 3.0),
    }
}

/// The quickest of five.
fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let times = (0..5).map(|_| {
        let begun = Instant::now();
        black_box(work());
        begun.elapsed()
    });
    times.min().unwrap_or_default()
}

fn answer(view: &View, waited: usize, wanted: &[bool], kind: u16, from: i64, to: i64) -> [(f64, u64); 11] {
    let mut sums = [(0.0, 0); 11];
    for chunk in view.chunks_within(from, to) {
        let Some(column) = chunk.numbers.get(waited) else { continue };
        for (&row, value) in column.rows.iter().zip(&column.values) {
            let row = usize::from(row);
            let at = chunk.at[row];
            if chunk.kind[row] == kind && at >= from && at < to && wanted[chunk.attributes[row] as usize] {
                let sum = &mut sums[usize::from(chunk.channel[row]) % 11];
                sum.0 += value;
                sum.1 += 1;
            }
        }
    }
    sums
}

/// Reads every byte of the columns that [`answer`] needs, and does nothing else with them.
fn columns(view: &View, waited: usize) -> i64 {
    let mut sum = 0_i64;
    for chunk in view.chunks() {
        sum = sum.wrapping_add(chunk.at.iter().fold(0, |sum, at| sum ^ at));
        sum = sum.wrapping_add(chunk.attributes.iter().fold(0_u32, |sum, code| sum ^ code).into());
        sum = sum.wrapping_add(chunk.kind.iter().fold(0_u16, |sum, code| sum ^ code).into());
        sum = sum.wrapping_add(chunk.channel.iter().fold(0_u8, |sum, code| sum ^ code).into());
        if let Some(column) = chunk.numbers.get(waited) {
            sum = sum.wrapping_add(column.rows.iter().fold(0_u16, |sum, row| sum ^ row).into());
            sum = sum.wrapping_add(column.values.iter().fold(0, |sum, value| sum ^ value.to_bits()).cast_signed());
        }
    }
    sum
}

/// Two years of ten thousand people; half of the touchpoints carry the number.
fn ten_million() -> View {
    let people: Vec<Person> = (0..10_000_i64)
        .map(|id| {
            let attributes: Attributes = [("site".to_owned(), format!("site {}", id % 30))].into();
            Person { id: PersonId(id + 1), attributes }
        })
        .collect();
    let channels = [Channel::Portal, Channel::Email, Channel::Chat, Channel::Phone, Channel::Knowledge];
    let numbers: Vec<[(&str, f64); 1]> = (0..977_u16).map(|waited| [("waited", f64::from(waited))]).collect();
    let step = 730 * DAY / ROWS as i64;
    let entries = (0..ROWS).map(|row| {
        let person = &people[row * 7_919 % people.len()];
        let at = Moment(row as i64 * step);
        let kind = if row % 2 == 0 { ANSWERED.name } else { OTHER.name };
        let numbers: &[(&str, f64)] = if row % 2 == 0 { &numbers[row % numbers.len()] } else { &[] };
        Entry { channel: channels[row % channels.len()], numbers, ..Entry::of(kind, at, person) }
    });
    of_entries(&kinds(), entries)
}
