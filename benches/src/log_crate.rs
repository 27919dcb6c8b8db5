//! The same work with the `process_mining` crate: a table into its log by case and time, then its directly-follows graph
//! and its variants. It has no times on arcs, so it does a little less than we do.

use std::collections::HashMap;
use std::path::Path;
use std::process::id;
use std::time::Instant;

use chrono::DateTime;
use process_mining::core::event_data::case_centric::utils::activity_projection::EventLogActivityProjection;
use process_mining::core::event_data::case_centric::{AttributeValue, Event, Trace, XESEditableAttribute};
use process_mining::discovery::case_centric::dfg::discover_dfg;
use process_mining::{EventLog, Importable};
use serde_json::json;

use crate::machine::memory_of;
use crate::{Result, print};

/// Reads and summarises a log, and prints the figures.
pub(crate) fn alone(file: &Path) -> Result<()> {
    let begun = Instant::now();
    let log = if file.extension().is_some_and(|end| end == "csv") {
        table(file)?
    } else {
        EventLog::import_from_path(file).map_err(|error| error.to_string())?
    };
    let graph = discover_dfg(&log);
    let variants = EventLogActivityProjection::from(&log).traces.len();
    let seconds = begun.elapsed().as_secs_f64();
    print(json!({
        "events": log.traces.iter().map(|trace| trace.events.len()).sum::<usize>(),
        "cases": log.traces.len(),
        "arcs": graph.directly_follows_relations.len(),
        "variants": variants,
        "seconds": seconds,
        "peak_mb": memory_of(id(), "VmHWM")? / 1000,
    }));
    Ok(())
}

/// Rows of case, activity, time and resource, as the csv crate reads them.
fn table(file: &Path) -> Result<EventLog> {
    let mut log = EventLog::default();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut times: Vec<Vec<i64>> = Vec::new();
    let mut rows = csv::Reader::from_path(file)?;
    let mut row = csv::StringRecord::new();
    while rows.read_record(&mut row)? {
        let number = if let Some(&number) = numbers.get(&row[0]) {
            number
        } else {
            let mut trace = Trace::new();
            trace.attributes.add_to_attributes("concept:name".into(), AttributeValue::String(row[0].to_owned()));
            log.traces.push(trace);
            times.push(Vec::new());
            numbers.insert(row[0].to_owned(), log.traces.len() - 1);
            log.traces.len() - 1
        };
        let time = DateTime::parse_from_rfc3339(&row[2])?;
        let mut event = Event::new(row[1].to_owned());
        event.attributes.add_to_attributes("time:timestamp".into(), AttributeValue::Date(time));
        event.attributes.add_to_attributes("org:resource".into(), AttributeValue::String(row[3].to_owned()));
        log.traces[number].events.push(event);
        times[number].push(time.timestamp_millis());
    }
    for (trace, times) in log.traces.iter_mut().zip(&times) {
        if !times.is_sorted() {
            let mut order: Vec<usize> = (0..times.len()).collect();
            order.sort_by_key(|&at| times[at]);
            trace.events = order.into_iter().map(|at| trace.events[at].clone()).collect();
        }
    }
    Ok(log)
}
