//! The pages that agents look at all day: how long they take, and how much comes over the wire.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use stories::client::Client;
use tokio::runtime::Runtime;

use crate::Result;
use crate::desk::Loaded;
use crate::fill::Filled;
use crate::load::{Timing, closed, kilobytes, span};
use crate::row::Row;

/// The views of the inbox.
const VIEWS: [&str; 5] = ["mine", "nobodys", "longest", "feels-bad", "sorted"];
const BAR: Duration = Duration::from_millis(10);

/// The rows about pages.
pub(crate) fn measure(runtime: &Runtime, desk: &Loaded, filled: &Filled, within: Duration) -> Result<Vec<Row>> {
    let agents = desk.agents(runtime)?;
    let mut plain = agents[0].twin();
    let mut rows = vec![cold(runtime, &mut plain)?];

    let all = VIEWS.iter().map(|view| format!("/desk?view={view}")).collect();
    let (timing, agents) = ask(runtime, agents, all, within)?;
    rows.insert(
        0,
        Row {
            work: "inbox page, all views in turn, 8 clients".to_owned(),
            measured: timing.words(),
            bar: "p99 <= 10 ms",
            yardstick: "FreeScout 0.95 s, django-helpdesk 5.5 s, RT 5.9 s, osTicket 11 s",
            met: Some(timing.within(0.99) <= BAR),
        },
    );
    let (mut agents, mut each) = (agents, Vec::new());
    for view in VIEWS {
        let (timing, back) = ask(runtime, agents, vec![format!("/desk?view={view}")], within / 5)?;
        agents = back;
        each.push(format!("{view} {}", span(timing.within(0.99))));
    }
    rows.insert(1, Row::figure("- each view alone, p99", each.join(", ")));

    let tickets = filled.some.iter().map(|(id, _)| format!("/desk/tickets/{id}")).collect();
    let (timing, _) = ask(runtime, agents, tickets, within)?;
    rows.push(Row {
        work: "ticket page, all over the desk's two years, 8 clients".to_owned(),
        measured: timing.words(),
        bar: "p99 <= 10 ms",
        yardstick: "django-helpdesk 0.62 s, FreeScout 0.86 s, osTicket 1.7 s, RT 4.4 s",
        met: Some(timing.within(0.99) <= BAR),
    });
    Ok(rows)
}

/// Asks for these pages in turn, each client beginning elsewhere.
pub(crate) fn ask(
    runtime: &Runtime,
    clients: Vec<Client>,
    paths: Vec<String>,
    within: Duration,
) -> Result<(Timing, Vec<Client>)> {
    let paths: Arc<[String]> = paths.into();
    let placed = clients.into_iter().enumerate().map(|(place, client)| (place * 131, client)).collect();
    let work = move |(place, mut client): (usize, Client), time: usize| {
        let paths = Arc::clone(&paths);
        async move {
            let path = &paths[(place + time) % paths.len()];
            let answer = client.get(path).await?;
            if !matches!(answer.status, 200 | 303) {
                return Err(format!("{path} was answered with {}", answer.status).into());
            }
            Ok((place, client))
        }
    };
    let (timing, clients) = closed(runtime, placed, within, work)?;
    Ok((timing, clients.into_iter().map(|(_, client)| client).collect()))
}

/// What a browser loads for the inbox that was never here, and what it loads the second time.
fn cold(runtime: &Runtime, plain: &mut Client) -> Result<Row> {
    let load = async {
        let mut wired = plain.twin().accepting("br");
        let page = plain.get("/desk").await?.text();
        let (mut total, mut count) = (wired.get("/desk").await?.bytes, 1);
        for path in loaded_by(&page) {
            let answer = wired.get(&path).await?;
            if answer.status != 200 {
                return Err(format!("{path} was answered with {}", answer.status).into());
            }
            total += answer.bytes;
            count += 1;
        }
        Result::Ok((total, count, wired.get("/desk").await?.bytes))
    };
    let (total, count, again) = runtime.block_on(load)?;
    Ok(Row {
        work: "inbox page over the wire, heads included".to_owned(),
        measured: format!("{} in {count} answers cold, {} after", kilobytes(total), kilobytes(again)),
        bar: "<= 60 kB cold, <= 8 kB after",
        yardstick: "cold: FreeScout 298 kB, RT 2.4 MB",
        met: Some(total <= 60_000 && again <= 8_000),
    })
}

/// What a page names that a browser loads with it: our own styles, scripts, icons and pictures. They load nothing more.
fn loaded_by(page: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for (place, _) in page.match_indices("=\"/") {
        let value = page[place + 2..].split('"').next().unwrap_or_default();
        let file = value.split('#').next().unwrap_or_default();
        if file.starts_with("/assets/") || file.starts_with("/brand.css") {
            paths.insert(file.replace("&amp;", "&"));
        }
    }
    paths
}

#[test]
fn what_a_page_loads_is_found_once() {
    let page = r#"<link href="/assets/style-1.css"><link href="/brand.css?h=178"><a href="/desk"></a>
        <svg><use href="/assets/icons-2.svg#inbox"/></svg><svg><use href="/assets/icons-2.svg#plus"/></svg>"#;
    let found: Vec<String> = loaded_by(page).into_iter().collect();
    assert_eq!(found, ["/assets/icons-2.svg", "/assets/style-1.css", "/brand.css?h=178"]);
}
