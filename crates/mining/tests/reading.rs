//! Reading, as a person meets it: files of many makes, and files that are not whole.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use std::io::Write;

use mining::read::{ActivityFrom, DateOrder, DateStyle, Kind, Mapping, Options, ReadError, look, open};
use mining::{Log, Stats, read_log};

fn read(text: &str) -> (Log, mining::read::Report) {
    read_log(text.as_bytes(), Options::default()).unwrap()
}

fn error(text: &[u8]) -> ReadError {
    read_log(text, Options::default()).unwrap_err()
}

const XES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<x:log xmlns:x="http://example.org/xes">
  <global scope="event"><string key="concept:name" value="nothing"/></global>
  <classifier name="both" keys="step 'sub step'"/>
  <trace>
    <string key="concept:name" value="T&amp;1"><string key="site" value="Lisbon"/></string>
    <event>
      <string key="concept:name" value="asked &quot;why&quot;"/>
      <date key="time:timestamp" value="2026-03-02T10:00:00.000+02:00"/>
      <string key="org:resource" value="ana"/>
      <string key="lifecycle:transition" value="complete"/>
      <list key="labels"><values><string key="label" value="vpn"/></values></list>
      <string key="product" value="laptop"><int key="concept:name" value="7"/></string>
    </event>
    <event><string key="step" value="look"/><string key="sub step" value="deep"/><date key="time:timestamp" value="2026-03-02T08:30:00Z"/></event>
  </trace>
  <trace>
    <event><string key="concept:name" value="asked"/><date key="time:timestamp" value="yesterday"/></event>
    <event><date key="time:timestamp" value="2026-03-02T08:30:00Z"/></event>
  </trace>
</x:log>
"#;

#[test]
fn xes_with_nesting_offsets_namespaces_and_gaps() {
    let (log, report) = read(XES);
    assert_eq!((log.cases(), log.events()), (2, 3));
    let first = log.case(0);
    assert_eq!(first.name, "T&1");
    let names: Vec<_> = first.activities.iter().map(|&code| log.activity_names().get(code)).collect();
    assert_eq!(names, ["asked \"why\"", "look+deep"]);
    assert_eq!(first.times[1] - first.times[0], 30 * 60 * 1000);
    assert_eq!((log.resource(0), log.lifecycle(0), log.resource(1)), (Some("ana"), Some("complete"), None));
    assert_eq!(log.case(1).name, "trace 2");
    assert_eq!((report.events, report.refused, report.incomplete), (3, 1, 1));
    assert!(report.to_string().contains("trace 2 (\"trace 2\"), event 1: the time \"yesterday\""), "{report}");
}

#[test]
fn xes_attributes_come_along_when_asked_for() {
    let mut reader = open(XES.as_bytes(), Options { attributes: true, ..Options::default() }).unwrap();
    let event = reader.next_event().unwrap().unwrap();
    let seen: Vec<_> = event.attributes.iter().map(|a| format!("{}={}", a.key, a.value)).collect();
    assert_eq!(
        seen,
        ["case:concept:name/site=Lisbon", "labels=", "labels/label=vpn", "product=laptop", "product/concept:name=7"]
    );
    assert_eq!(event.attributes.get("product"), Some("laptop"));
}

#[test]
fn gzip_is_known_by_its_first_bytes_and_progress_is_told() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(XES.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let mut told = 0;
    let options = Options { progress: Some(Box::new(|bytes| told = bytes)), ..Options::default() };
    let (log, _) = read_log(&packed[..], options).unwrap();
    assert_eq!(log.events(), 3);
    assert_eq!(told, packed.len() as u64);

    let broken = &packed[..packed.len() * 2 / 3];
    let message = error(broken).to_string();
    assert!(message.contains("cut off"), "{message}");
}

#[test]
fn a_cut_xes_file_says_how_far_it_got() {
    let cut = XES.find("<event><string key=\"step\"").unwrap() + 40;
    let message = error(&XES.as_bytes()[..cut]).to_string();
    assert!(message.contains("inside trace 1 (\"T&1\"), event 2, at byte"), "{message}");
    assert!(message.contains("1 event before that is whole. Export or copy the file again"), "{message}");

    let options = Options { partial: true, ..Options::default() };
    let (log, report) = read_log(&XES.as_bytes()[..cut], options).unwrap();
    assert_eq!(log.events(), 1);
    assert!(!report.is_clean() && report.cut_off.is_some());
}

#[test]
fn what_is_no_log_is_said_to_be_none() {
    assert!(matches!(error(b"<html><body/></html>"), ReadError::NotXes { root } if root == "html"));
    assert!(matches!(error(b""), ReadError::Empty { .. }));
    assert!(matches!(error(b" \n\n"), ReadError::Empty { .. }));
    assert!(matches!(error(b"<?xml version='1.0'?>"), ReadError::Empty { .. }));
    assert!(matches!(error(b"<log><trace></log>"), ReadError::Xml { .. }));
    let message = error(b"name;size\na;1\n").to_string();
    assert!(message.contains("no column was recognised as the case") && message.contains("1 \"name\""), "{message}");
}

#[test]
fn csv_in_many_makes_is_the_same_log() {
    let plain =
        "Case ID,Activity,Resource,Complete Timestamp\n1,ask,ana,2026-02-03 09:00:00\n1,solve,bo,2026-02-03 10:30:00\n";
    let expected = Stats::of(&read(plain).0);
    for text in [
        "\u{feff}case:concept:name;concept:name;org:resource;time:timestamp\r\n\r\n1;ask;ana;2026-02-03T10:00:00+01:00\r\n\r\n1;solve;bo;2026-02-03T10:30:00Z\r\n",
        "number\tincident_state\tsys_updated_by\tsys_updated_at\n1\task\tana\t03/02/2026 09:00\n1\tsolve\tbo\t03/02/2026 10:30\n",
        "sep=|\nTicket|Status|Agent|Date\n\"1\"|\"ask\"|ana|\"2026/02/03 09:00:00,000\"\n1|solve|bo|2026/02/03 10:30:00.000",
        "Activity,x,x,Case ID,timestamp\nask,\"a,b\",\"two\nlines\",1,1770109200\nsolve,,,1,1770114600\n",
        "case,activity,when it happened\r1,ask,3 Feb 2026 9:00 AM\r1,solve,3 Feb 2026 10:30 AM\r",
        "case,task,time\n1,solve,2026-02-03 10:30\n1,ask,2026-02-03 09:00\n",
    ] {
        let (log, report) = read(text);
        assert!(report.is_clean(), "{text}\n{report}");
        assert_eq!(Stats::of(&log), expected, "{text}");
    }
}

#[test]
fn order_of_day_and_month_is_settled_by_a_sample() {
    let style = |rows: &str| {
        let text = format!("case,activity,time\n{rows}");
        let reader = open(text.as_bytes(), Options::default()).unwrap();
        let plan = reader.plan().unwrap();
        (plan.date_style, plan.date_reason.clone())
    };
    let (day, month) = (DateStyle::YearLast(DateOrder::DayFirst), DateStyle::YearLast(DateOrder::MonthFirst));
    assert_eq!(style("1,a,1/2/2026 10:00\n1,b,13/2/2026 10:00\n").0, day);
    assert_eq!(style("1,a,1/2/2026 10:00\n1,b,2/13/2026 10:00\n").0, month);
    // Nothing above 12: cases run forward only with the month first.
    assert_eq!(style("1,a,1/12/2026 10:00\n1,b,2/3/2026 10:00\n").0, month);
    let (order, reason) = style("1,a,1/2/2026 10:00\n2,b,1/2/2026 10:00\n");
    assert_eq!(order, day);
    assert!(reason.contains("guess"), "{reason}");
}

#[test]
fn the_dry_run_says_what_it_understood() {
    let text = "Case ID;Activity;Complete Timestamp;Variant;Variant\n1;ask;31.1.2026 9:00;v;w\n";
    let reader = open(text.as_bytes(), Options::default()).unwrap();
    let plan = reader.plan().unwrap().to_string();
    for part in [
        "5 columns, separated by `;`",
        "case      \"Case ID\"  1",
        "time      \"Complete Timestamp\"  31.1.2026 9:00",
        "\"Variant (2)\"  w",
        "times are day/month/year: the sample has 31 in first place",
        "column 5 repeats the name \"Variant\"",
    ] {
        assert!(plan.contains(part), "{part}\n---\n{plan}");
    }
}

#[test]
fn a_mapping_chooses_columns_by_name_or_number() {
    let text = "a,b,c,d\nx,1,2026-01-01 10:00,ana\n";
    let mapping = Mapping {
        case: Some("B".into()),
        activity: Some("1".into()),
        time: Some("c".into()),
        resource: Some("d".into()),
        ..Mapping::default()
    };
    let (log, _) = read_log(text.as_bytes(), Options { mapping: mapping.clone(), ..Options::default() }).unwrap();
    assert_eq!((log.case(0).name, log.activity_names().get(0), log.resource(0)), ("1", "x", Some("ana")));
    let mapping = Mapping { time: Some("when".into()), ..mapping };
    let failed = read_log(text.as_bytes(), Options { mapping, ..Options::default() }).unwrap_err();
    assert!(failed.to_string().contains("the time is to be taken from column \"when\""), "{failed}");
}

#[test]
fn rows_that_cannot_be_read_are_named() {
    let text = "case,activity,time,resource\n1,ask,2026-01-01 10:00,ana\n,ask,2026-01-01 10:00,ana\n1,,2026-01-01 10:00,ana\n\n\
        1,ask,soon,ana\n1,ask,?,?\n1\n\"1,ask,2026-01-01 10:00,ana\n1,solve,2026-01-01 11:00,?\n";
    let (log, report) = read(text);
    assert_eq!((log.events(), report.refused), (2, 6));
    assert_eq!(log.resource(1), None);
    let said: Vec<_> = report.problems.iter().map(|p| format!("{}: {}", p.place, p.reason)).collect();
    assert_eq!(
        said,
        [
            "row 3: no case in \"case\"",
            "row 4: no activity in \"activity\"",
            "row 6: the time \"soon\" is not a year-month-day time",
            "row 7: no time in \"time\"",
            "row 8: it has 1 of 4 columns",
            "row 9: a quotation mark is opened and never closed",
        ]
    );
}

#[test]
fn a_cut_csv_file_is_said_to_be_cut() {
    for text in [
        "case,activity,time,resource\n1,ask,2026-01-01 10:00,ana\n1,sol",
        "case,activity,time\n1,ask,2026-01-01 10:00\n1,solve,2026-0",
        "case,activity,time,text\n1,ask,2026-01-01 10:00,x\n1,solve,2026-01-02 10:00,\"half a",
    ] {
        let message = error(text.as_bytes()).to_string();
        assert!(message.contains("it ends in the middle of row 3. 1 event before that is whole"), "{message}");
        let options = Options { partial: true, ..Options::default() };
        let (log, report) = read_log(text.as_bytes(), options).unwrap();
        assert_eq!((log.events(), report.cut_off.as_deref()), (1, Some("in the middle of row 3")));
    }
}

#[test]
fn a_reader_can_go_to_another_thread() {
    let reader = open(XES.as_bytes(), Options { progress: Some(Box::new(|_| {})), ..Options::default() }).unwrap();
    let log = std::thread::scope(|scope| {
        scope
            .spawn(move || {
                let mut reader = reader;
                reader.collect_log()
            })
            .join()
    });
    assert_eq!(log.unwrap().unwrap().events(), 3);
}

#[test]
fn a_log_written_is_read_back_the_same() {
    let (log, _) = read(XES);
    let mut csv = Vec::new();
    assert_eq!(mining::write::csv(&log, &mut csv).unwrap(), 1);
    let (again, report) = read_log(&csv[..], Options::default()).unwrap();
    assert!(report.is_clean());
    assert_eq!(again.case(0).name, "T&1");
    assert_eq!(again.case(0).times, log.case(0).times);
}

#[test]
fn rows_longer_than_a_block_are_whole() {
    let long = "x".repeat(700_000);
    let text = format!("case,activity,time,text\n1,ask,2026-01-01 10:00,{long}\n1,say,2026-01-01 11:00,\"{long}\"\n");
    let mut reader = open(text.as_bytes(), Options { attributes: true, ..Options::default() }).unwrap();
    for _ in 0..2 {
        let event = reader.next_event().unwrap().unwrap();
        assert_eq!(event.attributes.get("text").map(str::len), Some(long.len()));
    }
}

const DIALECT: &str = r#"<log xmlns="http://www.xes-standard.org/">
  <global scope="trace"><string key="concept:name" value="UNKNOWN"/><string key="site" value="nowhere"/></global>
  <global scope="event">
    <string key="concept:name" value="UNKNOWN"/><string key="lifecycle:transition" value="complete"/>
    <date key="time:timestamp" value="1970-01-01T00:00:00Z"/><int key="effort" value="0"><string key="unit" value="h"/></int>
  </global>
  <classifier name="cases" scope="trace" keys="site"/>
  <classifier name="Activity" scope="event" keys="concept:name lifecycle:transition"/>
  <classifier name="Who" keys="org:resource"/>
  <trace>
    <string key="concept:name" value="1"/>
    <event><string key="concept:name" value="a"/><string key="lifecycle:transition" value="start"/>
      <string key="org:resource" value="ana"/><date key="time:timestamp" value="2026-03-02T10:00:00+02:00"/></event>
    <event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-03-02T05:00:00-04:00"/></event>
  </trace>
  <trace>
    <event><string key="concept:name" value="b"/><date key="time:timestamp" value="2026-03-02T10:00:00Z"/></event>
    <string key="concept:name" value="late"/>
    <event><date key="time:timestamp" value="2026-03-02T11:00:00Z"/></event>
  </trace>
  <trace><string key="concept:name" value="1"/>
    <event><string key="concept:name" value="c"/><date key="time:timestamp" value="2026-03-03T10:00:00Z"/></event></trace>
</log>"#;

fn events(options: Options<'_>) -> (Vec<String>, mining::read::Report) {
    let mut reader = open(DIALECT.as_bytes(), options).unwrap();
    let mut seen = Vec::new();
    while let Some(event) = reader.next_event().unwrap() {
        let others: Vec<_> = event.attributes.iter().map(|a| format!("{}={}", a.key, a.value)).collect();
        seen.push(format!(
            "{} {} {} {}",
            event.case,
            event.activity,
            event.time.unwrap_or(-1) / 3_600_000,
            others.join(",")
        ));
    }
    (seen, reader.into_report())
}

#[test]
fn a_classifier_names_activities_when_asked() {
    let of = |activity| events(Options { activity, ..Options::default() });
    let (seen, report) = of(ActivityFrom::FirstClassifier);
    // An event that lacks a key of the classifier has no activity, not half of one.
    assert_eq!(seen, ["1 a+start 492344 "]);
    assert_eq!(report.refused, 4);
    assert!(report.problems[0].reason.contains("it has no lifecycle:transition"), "{report}");
    let (seen, _) = of(ActivityFrom::Classifier("Who".into()));
    assert_eq!(seen, ["1 ana 492344 "]);
    let options = Options { activity: ActivityFrom::Classifier("nothing".into()), ..Options::default() };
    let message = read_log(DIALECT.as_bytes(), options).unwrap_err().to_string();
    assert!(message.contains("no classifier \"nothing\". It has: 1 \""), "{message}");
    let bare = DIALECT.replace("<classifier", "<string");
    let options = Options { activity: ActivityFrom::FirstClassifier, ..Options::default() };
    let (_, report) = read_log(bare.as_bytes(), options).unwrap();
    assert!(report.notes.iter().any(|note| note.contains("has no such classifier")), "{report}");
}

#[test]
fn globals_fill_gaps_only_when_asked() {
    let (seen, report) = events(Options { attributes: true, ..Options::default() });
    assert_eq!(seen[1], "1 a 492345 ");
    assert_eq!((report.events, report.refused), (4, 1));

    let (seen, report) = events(Options { attributes: true, defaults: true, ..Options::default() });
    assert_eq!(seen[0], "1 a 492344 case:site=nowhere,effort=0");
    assert_eq!(seen[3], "late UNKNOWN 492347 case:site=nowhere,effort=0");
    assert_eq!((report.events, report.refused), (5, 0));
    assert!(report.notes.iter().any(|note| note == "5 events took a value from the log's globals"), "{report}");
    assert!(report.notes.iter().any(|note| note == "3 traces took a value from the log's globals"), "{report}");
}

#[test]
fn traces_of_one_name_are_one_case_and_told() {
    let (log, report) = read(DIALECT);
    assert_eq!((log.cases(), log.case(0).activities.len()), (2, 3));
    assert!(report.notes.iter().any(|note| note.contains("several traces have the same name")), "{report}");
}

/// What a log holds beyond its columns, and back: nested, typed, of cases and of events.
#[test]
fn attributes_are_written_and_read_the_same() {
    let whole = |text: &[u8]| {
        let mut reader = open(text, Options { attributes: true, ..Options::default() }).unwrap();
        let (log, table) = reader.collect_with_attributes().unwrap();
        let mut lines = Vec::new();
        for case in log.iter() {
            lines.push(format!("{} {:?}", case.name, table.of_case(case.index).collect::<Vec<_>>()));
            for event in log.range(case.index) {
                let own: Vec<_> = table.of_event(&log, event).collect();
                let (name, time) = (log.activity_column()[event], log.time_column()[event]);
                let (who, how) = (log.resource(event), log.lifecycle(event));
                lines.push(format!("  {} {time} {who:?} {how:?} {own:?}", log.activity_names().get(name)));
            }
        }
        (log, table, lines)
    };
    let typed = XES.replace("<list key", "<int key=\"n\" value=\"7\"/><float key=\"x y\" value=\"1.5\"/><list key");
    let (log, table, expected) = whole(typed.as_bytes());
    assert!(expected.join("").contains("labels/label"), "{expected:?}");
    let mut xes = Vec::new();
    mining::write::xes_with(&log, &table, &mut xes).unwrap();
    assert_eq!(whole(&xes).2, expected, "{}", String::from_utf8_lossy(&xes));
    assert!(String::from_utf8_lossy(&xes).contains("<list key=\"labels\"><values>"));

    // In CSV each key is a column; what the order of rows was matters not.
    let csv = "case,activity,time,cost,Variant,Variant\n2,b,2026-01-02,\"1,5\",v,007\n1,a,2026-01-03,2,v,w\n1,z,2026-01-01,,u,\n";
    let mut reader = open(csv.as_bytes(), Options { attributes: true, ..Options::default() }).unwrap();
    let kinds: Vec<_> = reader.plan().unwrap().columns.iter().skip(3).map(|column| column.kind).collect();
    assert_eq!(kinds, [Kind::Float, Kind::Text, Kind::Text]);
    let (log, table) = reader.collect_with_attributes().unwrap();
    let (mut out, mut xes) = (Vec::new(), Vec::new());
    mining::write::csv_with(&log, &table, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(
        out.ends_with(
            "2,b,2026-01-02T00:00:00Z,\"1,5\",v,007\n1,z,2026-01-01T00:00:00Z,,u,\n1,a,2026-01-03T00:00:00Z,2,v,w\n"
        ),
        "{out}"
    );
    mining::write::xes_with(&log, &table, &mut xes).unwrap();
    let xes = String::from_utf8(xes).unwrap();
    assert!(
        xes.contains("<float key=\"cost\" value=\"1.5\"/>")
            && xes.contains("<string key=\"Variant (2)\" value=\"007\"/>")
    );
}

#[test]
fn one_of_several_columns_of_a_name_is_chosen_by_its_number() {
    let text = "id,step,step,when\n1,a,b,2026-01-01 10:00\n";
    for (asked, activity) in [("step#2", "b"), ("step#1", "a"), ("step (2)", "b"), ("3", "b"), ("step", "a")] {
        let mapping = Mapping { activity: Some(asked.into()), time: Some("when".into()), ..Mapping::default() };
        let (log, _) = read_log(text.as_bytes(), Options { mapping, ..Options::default() }).unwrap();
        assert_eq!(log.activity_names().get(0), activity, "{asked}");
    }
    let mapping = Mapping { activity: Some("step#3".into()), ..Mapping::default() };
    assert!(read_log(text.as_bytes(), Options { mapping, ..Options::default() }).is_err());
}

#[test]
fn a_guess_is_said_to_be_one() {
    let sure = |rows: &str| {
        open(format!("case,activity,time\n{rows}").as_bytes(), Options::default()).unwrap().plan().unwrap().date_sure
    };
    assert!(sure("1,a,13/2/2026\n") && sure("1,a,2026-02-03\n") && sure("1,a,1/12/2026 10:00\n1,b,2/3/2026 10:00\n"));
    assert!(!sure("1,a,1/2/2026\n") && !sure("1,a,13/2/2026\n1,b,2/13/2026\n"));
}

#[test]
fn a_look_tells_all_and_keeps_nothing() {
    let text = "\u{feff}Ticket;State;Changed;Agent;Cost;State\r\n\r\n1;ask;1/2/2026 9:00;ana;1,5;x\r\n;ask;1/2/2026 9:00\r\n\
        1;\"so\r\nlve\";1/2/2026 10:00;;2\r\n1;end;soon;ana;2;y;more;still more\r\n2;ask;2/2/2026 9:00;bo;3,25;z\r\n";
    let found = look(text.as_bytes(), Options::default()).unwrap();
    let layout = found.layout.clone().unwrap();
    assert_eq!(
        (found.format, layout.separator, layout.dates.as_str(), layout.dates_sure),
        ("csv", ';', "day/month/year", false)
    );
    let columns: Vec<_> = layout.columns.iter().map(|c| (c.name.as_str(), c.role, c.kind)).collect();
    assert_eq!(
        columns,
        [
            ("Ticket", Some("case"), "int"),
            ("State", Some("activity"), "string"),
            ("Changed", Some("time"), "string"),
            ("Agent", Some("resource"), "string"),
            ("Cost", None, "float"),
            ("State (2)", None, "string"),
        ]
    );
    let problems: Vec<_> = found.problems.iter().map(|p| format!("{}: {}", p.place, p.reason)).collect();
    assert_eq!(problems, ["row 4: no case in \"Ticket\"", "row 6: the time \"soon\" is not a day/month/year time"]);
    assert_eq!((found.events, found.refused, found.examples.len()), (3, 2, 3));
    let second = &found.examples[1];
    assert_eq!(
        (second.activity.as_str(), second.time.as_deref(), &second.resource),
        ("so\r\nlve", Some("2026-02-01T10:00:00Z"), &None)
    );
    assert!(serde_json::to_string(&found).unwrap().contains("\"dates_sure\":false"));

    let found = look(XES.as_bytes(), Options::default()).unwrap();
    assert_eq!((found.format, found.events, found.incomplete, found.layout), ("xes", 3, 1, None));
}
