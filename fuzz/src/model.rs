//! What must hold for any model that somebody wrote: as text, as JSON, as a path, as a net in PNML.

use mining::Log;
use mining::fit::{Limits, Model, ModelError, Net, NotComputed, fit, replay};

/// A model, and behind the byte 255 the names of what happened, one case after the other, between 255 and 254.
pub fn model(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == 255).unwrap_or(data.len());
    let source = String::from_utf8_lossy(&data[..end]).into_owned();
    let cases: Vec<Vec<String>> = data[(end + 1).min(data.len())..]
        .split(|byte| *byte == 255)
        .take(6)
        .map(|case| {
            case.split(|byte| *byte == 254).take(8).map(|name| String::from_utf8_lossy(name).into_owned()).collect()
        })
        .collect();
    for read in [Model::parse(&source), Model::parse_path(&source)] {
        if let Some(model) = said(read, &source) {
            assert!(model.steps().all(|step| !step.is_empty()));
            let net = Net::from(&model);
            let way = fitted(&net, &cases, &mut model.steps());
            let again = Net::from_pnml(&pnml(&net)).expect("what we write we read");
            if held(model.steps()) {
                assert_eq!(way, fitted(&again, &cases, &mut model.steps()), "as PNML, another model");
            }
        }
    }
    if let Some(net) = said(Net::from_pnml(&source), &source) {
        let way = fitted(&net, &cases, &mut net.labels());
        let again = Net::from_pnml(&pnml(&net)).expect("what we write we read");
        if held(net.labels()) {
            assert_eq!(way, fitted(&again, &cases, &mut net.labels()), "written again, another net");
        }
    }
}

/// Names that PNML can hold: what stands around one of several lines passes for indentation there.
fn held<'a>(mut names: impl Iterator<Item = &'a str>) -> bool {
    names.all(|name| !name.contains(['\n', '\r']) && !name.trim().is_empty())
}

fn pnml(net: &Net) -> String {
    let mut pnml = Vec::new();
    net.to_pnml(&mut pnml).expect("memory takes it");
    String::from_utf8(pnml).expect("text is text")
}

/// What was read; an error says what to do, and its place is in the text.
fn said<T>(read: Result<T, ModelError>, source: &str) -> Option<T> {
    match read {
        Ok(model) => Some(model),
        Err(error) => {
            assert!(!error.reason.is_empty());
            if let Some((line, column)) = error.place {
                assert!(line >= 1 && column >= 1 && line <= source.lines().count().max(1) + 1, "{error} of {source:?}");
            }
            None
        }
    }
}

/// Cost of each case; the steps of the model themselves are one more.
fn fitted(net: &Net, cases: &[Vec<String>], steps: &mut dyn Iterator<Item = &str>) -> Option<Vec<Option<u32>>> {
    let mut log = Log::builder();
    let mut lengths = Vec::new();
    let own: Vec<String> = steps.take(12).map(str::to_owned).collect();
    for (number, case) in cases.iter().chain([&own]).enumerate() {
        for (time, step) in case.iter().enumerate() {
            log.push(&number.to_string(), step, Some(time as i64), None, None);
        }
        if !case.is_empty() {
            lengths.push(case.len() as u32);
        }
    }
    let log = log.finish();
    let limits = Limits { states: 300, time: None, threads: 1 };
    let fit = fit(&log, net, &limits).ok()?;
    assert_eq!(fit.of_case.len(), lengths.len());
    let cost = |(case, &variant): (usize, &u32)| match &fit.variants[variant as usize].outcome {
        Ok(alignment) => {
            assert!(alignment.cost <= lengths[case] + fit.shortest, "worse than nothing in common");
            Some(alignment.cost)
        }
        Err(NotComputed::NoWayThrough) => panic!("a shortest way and none"),
        Err(_) => None,
    };
    let costs = fit.of_case.iter().enumerate().map(cost).collect();
    if let Some(replayed) = replay(&log, net) {
        assert!(replayed.fitness().is_none_or(|fitness| (0.0..=1.0).contains(&fitness)));
    }
    Some(costs)
}
