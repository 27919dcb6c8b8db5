//! The same answers as pm4py, on logs made by dice and, where they are, on real ones; and what we write, it reads.
//!
//! `bin/test pm4py` makes a Python with pm4py and names it in `THEDESK_TEST_PYTHON`.
#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]
#![allow(clippy::print_stderr, reason = "a test that does nothing must say so")]

mod generated;

mod with_pm4py {
    use std::collections::BTreeMap;
    use std::fs::File;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use mining::fit::{Limits, Model, Net, fit, replay};
    use mining::objects::{self, ObjectLog, Value, write_json, write_xml};
    use mining::{Log, Stats, read_log, write};
    use serde_json::{Value as Json, json};
    use tempfile::TempDir;

    use super::generated;

    /// Asks pm4py.
    fn asked(arguments: &[&str]) -> Json {
        let python = std::env::var_os("THEDESK_TEST_PYTHON")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pm4py/bin/python"), PathBuf::from);
        assert!(
            python.exists(),
            "these tests need a Python with pm4py: run them as `bin/test pm4py`, which makes one, or name yours in \
             THEDESK_TEST_PYTHON ({} is not there)",
            python.display()
        );
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/with_pm4py/compare.py");
        let run = Command::new(python).arg(script).args(arguments).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        // Progress bars may stand before the answer.
        let said = String::from_utf8(run.stdout).unwrap();
        serde_json::from_str(&said[said.find('{').unwrap()..]).unwrap()
    }

    /// Two lists or values are equal; else the first that differs is told.
    fn same(one: &Json, other: &Json, what: &str) {
        let (Json::Array(ones), Json::Array(others)) = (one, other) else {
            return assert_eq!(one, other, "{what}");
        };
        let differ = ones.iter().zip(others).find(|(one, other)| one != other);
        assert!(differ.is_none(), "{what}: {differ:?}");
        assert_eq!(ones.len(), others.len(), "{what}");
    }

    fn text(path: &Path) -> &str {
        path.to_str().unwrap()
    }

    /// Our answer in the form of the script's `stats`.
    fn ours(log: &Log) -> Json {
        let stats = Stats::with_top(log, usize::MAX);
        let mut variants: Vec<_> = stats.variants.top.iter().map(|v| (v.activities.clone(), v.cases)).collect();
        let mut follows: Vec<_> =
            stats.directly_follows.iter().map(|f| (f.from.clone(), f.to.clone(), f.count)).collect();
        let mut starts: Vec<_> = stats.start.iter().map(|edge| (edge.name.clone(), edge.count)).collect();
        let mut ends: Vec<_> = stats.end.iter().map(|edge| (edge.name.clone(), edge.count)).collect();
        let mut times = log.time_column().to_vec();
        let mut resources: Vec<_> = (0..log.events()).filter_map(|event| log.resource(event)).collect();
        variants.sort();
        follows.sort();
        starts.sort();
        ends.sort();
        times.sort_unstable();
        resources.sort_unstable();
        json!({
            "cases": stats.cases, "events": stats.events, "variants": variants, "follows": follows, "starts": starts,
            "ends": ends, "times": times, "resources": resources,
        })
    }

    /// A log as XES, packed XES and CSV: pm4py says of each what we say.
    fn same_figures(log: &Log, folder: &Path) {
        let expected = ours(log);
        let (xes, packed, csv) = (folder.join("a.xes"), folder.join("b.xes.gz"), folder.join("c.csv"));
        write::xes(log, File::create(&xes).unwrap()).unwrap();
        let mut into = flate2::write::GzEncoder::new(File::create(&packed).unwrap(), flate2::Compression::fast());
        write::xes(log, &mut into).unwrap();
        into.finish().unwrap();
        write::csv(log, File::create(&csv).unwrap()).unwrap();
        for file in [xes, packed, csv] {
            let answer = asked(&["stats", text(&file)]);
            for (key, value) in expected.as_object().unwrap() {
                same(&answer[key], value, &format!("{key} of {}", file.display()));
            }
        }
    }

    #[test]
    fn figures_of_generated_logs() {
        let folder = TempDir::new().unwrap();
        for seed in [1, 2] {
            same_figures(&generated::log(300, seed), folder.path());
        }
    }

    /// A XES trace is a list: variants, starts and ends go by its order, directly-follows by time, in pm4py and here.
    #[test]
    fn figures_of_traces_that_are_not_in_the_order_of_time() {
        let folder = TempDir::new().unwrap();
        let sorted = generated::log(200, 3);
        let mut dice = generated::Dice(4);
        let mut builder = Log::builder();
        builder.keep_order();
        for case in sorted.iter() {
            let mut events: Vec<(u32, i64)> = case.activities.iter().copied().zip(case.times.iter().copied()).collect();
            for at in (1..events.len()).rev() {
                events.swap(at, dice.below(at as u64 + 1) as usize);
            }
            for (code, time) in events {
                builder.push(case.name, sorted.activity_names().get(code), Some(time), None, None);
            }
        }
        let file = folder.path().join("shuffled.xes");
        write::xes(&builder.finish(), File::create(&file).unwrap()).unwrap();
        let (log, report) = read_log(File::open(&file).unwrap(), mining::read::Options::default()).unwrap();
        assert!(report.to_string().contains("traces are not in the order of time"), "{report}");
        let (answer, expected) = (asked(&["stats", text(&file)]), ours(&log));
        for (key, value) in expected.as_object().unwrap() {
            same(&answer[key], value, key);
        }
        assert_ne!(ours(&sorted)["variants"], expected["variants"]);
    }

    #[test]
    fn figures_of_real_logs() {
        let folder = TempDir::new().unwrap();
        for file in ["log-helpdesk/helpdesk.xes.gz", "log-servicenow/incident_event_log_first1000.csv"] {
            if let Some(path) = real(file) {
                let (log, _) = read_log(File::open(path).unwrap(), mining::read::Options::default()).unwrap();
                same_figures(&log, folder.path());
            }
        }
    }

    /// The real log as pm4py reads it from its own file.
    #[test]
    fn helpdesk_is_read_the_same() {
        let Some(path) = real("log-helpdesk/helpdesk.xes.gz") else { return };
        let (log, _) = read_log(File::open(&path).unwrap(), mining::read::Options::default()).unwrap();
        assert!(asked(&["stats", text(&path)]) == ours(&log));
    }

    fn real(file: &str) -> Option<PathBuf> {
        let folder = std::env::var_os("THEDESK_SHARED_DATA")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
        let path = folder.join(file);
        if path.exists() {
            return Some(path);
        }
        eprintln!("skipped: {} is not there (set THEDESK_SHARED_DATA to the folder of real logs)", path.display());
        None
    }

    /// Trace by trace, beside a model.
    fn same_costs(log: &Log, model: &str, folder: &Path) {
        let net = Net::from(&Model::parse(model).unwrap());
        let (file, pnml) = (folder.join("log.xes"), folder.join("net.pnml"));
        write::xes(log, File::create(&file).unwrap()).unwrap();
        net.to_pnml(File::create(&pnml).unwrap()).unwrap();
        let found = fit(log, &net, &Limits::default()).unwrap();
        let answer = asked(&["align", text(&file), text(&pnml)]);
        let expected: BTreeMap<_, _> =
            found.cases(log).map(|case| (case.case.to_owned(), case.cost.unwrap())).collect();
        let theirs: BTreeMap<String, u32> = serde_json::from_value(answer["costs"].clone()).unwrap();
        assert!(theirs == expected, "{model}: {theirs:?}\n{expected:?}");
        let (mean, theirs) = (found.summary(log).mean_fitness.unwrap(), answer["fitness"].as_f64().unwrap());
        assert!((mean - theirs).abs() < 1e-9, "{model}: {mean} and {theirs}");
    }

    #[test]
    fn costs_of_alignments_trace_by_trace() {
        let folder = TempDir::new().unwrap();
        let log = generated::log(120, 3);
        for model in [
            "Asked, Looked into, Решено, Closed",
            "Asked, loop { Looked into, option { \"Zurück gefragt, mit Komma\" } }, \
             choice { Решено | Resolved & <closed> }, option { Zufrieden 🙂? }, Closed",
            "Asked, parallel { Looked into | option { 待つ } | loop { Решено } }, option { loop { Closed } }",
        ] {
            same_costs(&log, model, folder.path());
        }
    }

    #[test]
    fn costs_of_the_helpdesk_trace_by_trace() {
        let Some(path) = real("log-helpdesk/helpdesk.xes.gz") else { return };
        let (log, _) = read_log(File::open(path).unwrap(), mining::read::Options::default()).unwrap();
        let folder = TempDir::new().unwrap();
        same_costs(&log, "Assign seriousness, Take in charge ticket, Resolve ticket, Closed", folder.path());
    }

    #[test]
    fn token_replay_of_a_path() {
        let folder = TempDir::new().unwrap();
        let log = generated::log(120, 4);
        let net = Net::from(&Model::parse("Asked, Looked into, Решено, Closed").unwrap());
        let (file, pnml) = (folder.path().join("log.xes"), folder.path().join("net.pnml"));
        write::xes(&log, File::create(&file).unwrap()).unwrap();
        net.to_pnml(File::create(&pnml).unwrap()).unwrap();
        let theirs = asked(&["replay", text(&file), text(&pnml)])["fitness"].as_f64().unwrap();
        let ours = replay(&log, &net).unwrap().fitness().unwrap();
        assert!((ours - theirs).abs() < 1e-9, "{ours} and {theirs}");
    }

    fn as_text(value: Value<'_>) -> String {
        match value {
            Value::Time(millis) => millis.to_string(),
            // For pandas a column of whole numbers with gaps is one of decimal numbers.
            Value::Integer(number) => Value::Float(number as f64).text(),
            // pm4py writes truth as True in text, and as 1 in a database.
            Value::Boolean(true) | Value::Text("True" | "true") => "1.0".to_owned(),
            Value::Boolean(false) | Value::Text("False" | "false") => "0.0".to_owned(),
            // And numbers and times come as text where it does not declare them.
            Value::Text(text) if text.parse::<f64>().is_ok() => Value::Float(text.parse().unwrap()).text(),
            Value::Text(text) => {
                text.parse::<jiff::Timestamp>().map_or(text.to_owned(), |t| t.as_millisecond().to_string())
            }
            other => other.text(),
        }
    }

    /// Our answer in the form of the script's `objects`.
    fn said(log: &ObjectLog) -> Json {
        let mut events: Vec<_> = (0..log.events())
            .map(|event| {
                let mut values: Vec<_> = log.event_values(event).map(|(name, v)| (name, as_text(v))).collect();
                values.sort();
                (log.event_id(event), log.event_type(event).name.as_str(), log.event_time(event), values)
            })
            .collect();
        let mut things: Vec<_> = (0..log.objects())
            .map(|object| {
                let first = log.object_values(object).filter(|(_, since, _)| *since == 0);
                let mut values: Vec<_> = first.map(|(name, _, v)| (name, as_text(v))).collect();
                values.sort();
                (log.object_id(object), log.object_type(object).name.as_str(), values)
            })
            .collect();
        let changed = |object: usize| {
            let later = log.object_values(object).filter(|(_, since, _)| *since != 0);
            later.map(move |(name, since, v)| (log.object_id(object), name, since, as_text(v)))
        };
        let mut changes: Vec<_> = (0..log.objects()).flat_map(changed).collect();
        let relation = |event: usize| {
            log.event_objects(event).map(move |(object, word)| (log.event_id(event), log.object_id(object), word))
        };
        let mut relations: Vec<_> = (0..log.events()).flat_map(relation).collect();
        let pair = |object: usize| {
            log.object_objects(object).map(move |(other, word)| (log.object_id(object), log.object_id(other), word))
        };
        let mut between: Vec<_> = (0..log.objects()).flat_map(pair).collect();
        events.sort();
        things.sort();
        changes.sort();
        relations.sort_unstable();
        between.sort_unstable();
        json!({
            "events": events, "objects": things, "changes": changes, "relations": relations, "between": between,
        })
    }

    fn read(file: &Path) -> ObjectLog {
        #[cfg(feature = "sqlite")]
        if file.extension().is_some_and(|end| end == "sqlite") {
            return objects::sqlite::read(file, None).unwrap().0;
        }
        objects::read(File::open(file).unwrap(), objects::Options::default()).unwrap().0
    }

    #[test]
    fn object_centric_logs_there_and_back() {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        let log = generated::objects(60, 5);
        write_json(&log, File::create(at("ours.jsonocel")).unwrap()).unwrap();
        write_xml(&log, File::create(at("ours.xmlocel")).unwrap()).unwrap();
        let ends: &[&str] =
            if cfg!(feature = "sqlite") { &["jsonocel", "xmlocel", "sqlite"] } else { &["jsonocel", "xmlocel"] };
        #[cfg(feature = "sqlite")]
        objects::sqlite::write(&log, &at("ours.sqlite")).unwrap();
        let expected = said(&log);
        for end in ends {
            let theirs: Vec<PathBuf> = ends.iter().map(|other| at(&format!("theirs-{end}.{other}"))).collect();
            let ours = at(&format!("ours.{end}"));
            let mut arguments = vec!["objects", text(&ours)];
            arguments.extend(theirs.iter().map(|path| text(path)));
            let answer = asked(&arguments);
            for (key, value) in expected.as_object().unwrap() {
                same(&answer[key], value, &format!("{key} of {end}"));
            }
            for path in theirs {
                let again = said(&read(&path));
                for (key, value) in expected.as_object().unwrap() {
                    same(&again[key], value, &format!("{key} of {}", path.display()));
                }
            }
        }
    }
}
