//! Full-text search as agents use it, page and all; and whether everything is found.

use std::time::Duration;

use base::clock::Clock;
use base::index::{Index, Query, Reader};
use tokio::runtime::Runtime;

use crate::Result;
use crate::desk::Loaded;
use crate::fill::Filled;
use crate::load::Timing;
use crate::pages::ask;
use crate::prose::{Dice, Language, PLANTED};
use crate::row::Row;

/// As many different questions are asked.
const QUESTIONS: usize = 200;
const BAR: Duration = Duration::from_millis(20);

/// The rows about search.
pub(crate) fn measure(runtime: &Runtime, desk: &Loaded, filled: &Filled, within: Duration) -> Result<Vec<Row>> {
    let language = Language::new();
    let mut dice = Dice::new(5);
    let mut paths = |question: &mut dyn FnMut(&mut Dice, usize) -> String| -> Vec<String> {
        (0..QUESTIONS).map(|place| format!("/desk/search?q={}", question(&mut dice, place))).collect()
    };
    let one = paths(&mut |dice, _| language.sought(dice).to_owned());
    let two = paths(&mut |dice, _| format!("{}+{}", language.sought(dice), language.sought(dice)));
    let number = paths(&mut |_, place| format!("D-{}", filled.some[place * 7 % filled.some.len()].1));
    let serial = paths(&mut |dice, _| format!("SN-{}", 100_000 + dice.below(filled.tickets)));

    let mut agents = desk.agents(runtime)?;
    let mut rows = Vec::new();
    for (what, paths) in
        [("one word", one.clone()), ("two words", two), ("a ticket's number", number), ("a serial number", serial)]
    {
        let (timing, back) = ask(runtime, agents, paths, within)?;
        agents = back;
        rows.push(row(format!("search for {what}, {} tickets, 8 clients", filled.tickets), &timing));
    }
    agents.truncate(1);
    let (timing, _) = ask(runtime, agents, one, within)?;
    rows.push(row(format!("search for one word, {} tickets, 1 client", filled.tickets), &timing));
    rows.push(all_found(desk, filled)?);
    Ok(rows)
}

fn row(work: String, timing: &Timing) -> Row {
    Row {
        work,
        measured: timing.words(),
        bar: "p99 <= 20 ms",
        yardstick: "osTicket 0.55-1.0 s, django-helpdesk 4.4-5 s, RT 6 s, FreeScout 9.8 s for one",
        met: Some(timing.within(0.99) <= BAR),
    }
}

/// Looks for the word that stands in every thousandth ticket.
fn all_found(desk: &Loaded, filled: &Filled) -> Result<Row> {
    let index = Index::open(&desk.data().join("index"))?;
    let query = Query {
        words: PLANTED.to_owned(),
        kind: Some("ticket".to_owned()),
        tag: None,
        reader: Reader::Desk,
        now: Clock::default().now(),
        limit: 0,
        offset: 0,
    };
    let (found, planted) = (index.search(&query)?.total, filled.tickets.div_ceil(1_000));
    Ok(Row {
        work: "search for a word that stands in every thousandth ticket".to_owned(),
        measured: format!("{found} of {planted} found"),
        bar: "all matches found",
        yardstick: "",
        met: Some(found == planted),
    })
}
