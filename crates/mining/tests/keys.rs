//! Keys of a XES log: those of the standard under other prefixes, those that somebody names, and what else they hold.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

mod traces;

use mining::log::AttributeTable;
use mining::read::{ActivityFrom, Mapping, Options, ReadError, open};
use mining::{Log, read_log, write};
use traces::{event, name, noted, read, trace, ways, with_attributes, xes};

#[test]
fn the_key_that_names_activities_can_be_said() {
    let step =
        |step: &str| format!("<event><string key=\"Step\" value=\"{step}\"/><int key=\"n\" value=\"1\"/></event>");
    let text = xes(&[trace(&[name("1"), step("a"), step("b")])]);
    let message = read_log(text.as_bytes(), Options::default()).unwrap_err().to_string();
    assert!(
        message.contains("none of its 2 events could be read. trace 1 (\"1\"), event 1: it has no concept:name"),
        "{message}"
    );
    assert!(message.contains("1 \"Step\", 2 \"n\". Say with --activity"), "{message}");
    let bare = xes(&[trace(&[name("1"), "<event/>".to_owned()])]);
    let message = read_log(bare.as_bytes(), Options::default()).unwrap_err().to_string();
    assert!(message.ends_with("Its events have no attributes: export the log again"), "{message}");
    let of = |key: &str| Mapping { activity: Some(key.to_owned()), ..Mapping::default() };
    let (log, _) = read_log(text.as_bytes(), Options { mapping: of("Step"), ..Options::default() }).unwrap();
    assert_eq!(ways(&log), ["1: a b"]);
    let error = read_log(text.as_bytes(), Options { mapping: of("Stop"), ..Options::default() }).unwrap_err();
    assert!(error.to_string().contains("it has no Stop, which names its activity"), "{error}");
    // A classifier that is asked for counts before it.
    let options =
        Options { mapping: of("Step"), activity: ActivityFrom::Classifier("none".into()), ..Options::default() };
    assert!(matches!(read_log(text.as_bytes(), options), Err(ReadError::ClassifierUnknown { .. })));
}

#[test]
fn any_key_can_be_what_a_log_calls_otherwise() {
    let note = |desk: &str, at: u32, team: &str| {
        format!(
            "<event><string key=\"concept:name\" value=\"{desk}\"/><string key=\"org:resource\" value=\"ana\"/>\
             <date key=\"time:timestamp\" value=\"2026-03-02T12:00:00Z\"/>\
             <date key=\"Began\" value=\"2026-03-02T{at:02}:00:00Z\"/><string key=\"Team\" value=\"{team}\"/></event>"
        )
    };
    let number = |number: &str| format!("<int key=\"Number\" value=\"{number}\"/>");
    let text = xes(&[
        trace(&[name("a"), number("7"), note("ask", 8, "north"), note("do", 9, "south")]),
        trace(&[name("b"), note("ask", 10, "north"), number("8")]),
    ]);
    let mapping = |case: &str, time: &str, resource: &str| Mapping {
        case: Some(case.to_owned()),
        time: Some(time.to_owned()),
        resource: Some(resource.to_owned()),
        ..Mapping::default()
    };
    let options = |mapping| Options { mapping, attributes: true, ..Options::default() };
    // As a case's attributes are written in CSV, too.
    for case in ["Number", "case:Number"] {
        let mut reader = open(text.as_bytes(), options(mapping(case, "Began", "Team"))).unwrap();
        let (log, table) = reader.collect_with_attributes().unwrap();
        assert_eq!(ways(&log), ["7: ask do", "8: ask"]);
        let hours: Vec<_> = log.time_column().iter().map(|time| time / 3_600_000 % 24).collect();
        assert_eq!(hours, [8, 9, 10]);
        let teams: Vec<_> = (0..3).map(|event| log.resource(event).unwrap()).collect();
        assert_eq!(teams, ["north", "south", "north"]);
        // What the standard's keys held stays with the log.
        let keys: Vec<_> = table.keys().collect();
        for key in ["case:concept:name", "org:resource", "time:timestamp"] {
            assert!(keys.contains(&key), "{key}: {keys:?}");
        }
        assert!(reader.report().notes.is_empty(), "{:?}", reader.report());
    }
    for (wrong, role, first) in [
        (
            mapping("Nummer", "Began", "Team"),
            "the case is to be taken",
            "no trace of the log has. The first has: 1 \"concept:name\", 2 \"Number\"",
        ),
        (
            mapping("Number", "Begun", "Team"),
            "the time is to be taken",
            "no event of the log has. The first has: 1 \"concept:name\", 2 \"Team\"",
        ),
        (mapping("Number", "Began", "team"), "the resource is to be taken", "no event"),
    ] {
        let error = read_log(text.as_bytes(), options(wrong)).unwrap_err().to_string();
        assert!(error.contains(role) && error.contains(first), "{error}");
    }
    // One key can be two things.
    let twice = Mapping { resource: Some("concept:name".into()), ..Mapping::default() };
    let (log, _) = read_log(text.as_bytes(), options(twice)).unwrap();
    assert_eq!((ways(&log)[0].as_str(), log.resource(0)), ("a: ask do", Some("ask")));
}

#[test]
fn a_log_may_give_the_standard_other_prefixes() {
    let head = "<extension name=\"Concept\" prefix=\"c\" uri=\"http://www.xes-standard.org/concept.xesext\"/>\
        <extension name=\"Zeit\" prefix=\"t\" uri=\"http://www.xes-standard.org/time.xesext\"/>\
        <extension name=\"Organizational\" prefix=\"\" uri=\"\"/>\
        <global scope=\"event\"><string key=\"c:name\" value=\"none\"/></global>\
        <classifier name=\"Both\" keys=\"c:name org:resource\"/>";
    let at = "<date key=\"t:timestamp\" value=\"2026-03-02T08:00:00Z\"/><string key=\"org:resource\" value=\"ana\"/></event>";
    let text = xes(&[
        head.to_owned(),
        trace(&[
            "<string key=\"c:name\" value=\"a\"/>".to_owned(),
            format!("<event><string key=\"c:name\" value=\"ask\"/>{at}"),
            // Some declare one and write the other.
            format!("<event><string key=\"concept:name\" value=\"do\"/>{at}"),
        ]),
    ]);
    let (log, report) = read(&text);
    assert_eq!(ways(&log), ["a: ask do"]);
    assert_eq!((log.time_column()[0] / 3_600_000 % 24, log.resource(0)), (8, Some("ana")));
    assert!(report.is_clean(), "{report}");
    let options = Options { activity: ActivityFrom::FirstClassifier, ..Options::default() };
    assert_eq!(ways(&read_log(text.as_bytes(), options).unwrap().0), ["a: ask+ana do+ana"]);
}

#[test]
fn an_activity_of_another_name_keeps_its_own() {
    let step =
        "<event><string key=\"concept:name\" value=\"ask\"/><string key=\"Step\" value=\"1\"/></event>".to_owned();
    let text = xes(&[trace(&[name("1"), step, event("do", 9)])]);
    let mapping = Mapping { activity: Some("Step".to_owned()), ..Mapping::default() };
    let mut reader = open(text.as_bytes(), Options { mapping, attributes: true, ..Options::default() }).unwrap();
    let (log, table) = reader.collect_with_attributes().unwrap();
    assert_eq!(ways(&log), ["1: 1"]);
    let kept: Vec<_> = table.of_event(&log, 0).map(|one| (one.key, one.value)).collect();
    assert!(kept.contains(&("concept:name", "ask")), "{kept:?}");
    let mut out = Vec::new();
    let written = write::xes_with(&log, &table, &mut out).unwrap();
    assert!(written.notes[0].contains("concept:name (2)"), "{:?}", written.notes);
    assert!(String::from_utf8(out).unwrap().contains("key=\"concept:name (2)\" value=\"ask\""));
}

#[test]
fn times_that_say_too_little_are_told_or_refused() {
    let local = event("ask", 8).replace("00Z", "00");
    let (log, report) = read(&xes(&[trace(&[name("1"), local.clone(), event("do", 9), local])]));
    assert_eq!(log.events(), 3);
    noted(&report, "2 times are without an offset, taken as UTC");
    // Which is the day and which the month is not said.
    let turned = event("ask", 8).replace("2026-03-02T08:00:00Z", "03/04/2026 08:00:00");
    let (_, report) = read(&xes(&[trace(&[name("1"), turned])]));
    assert_eq!(report.incomplete, 1);
    assert!(report.problems[0].reason.contains("\"03/04/2026 08:00:00\" is not an ISO 8601 time"), "{report}");
}

#[test]
fn what_a_second_trace_of_a_name_says_is_kept() {
    let of =
        |channel: &str| trace(&[name("1"), format!("<string key=\"channel\" value=\"{channel}\"/>"), event("ask", 8)]);
    let (log, table, report) = with_attributes(xes(&[of("mail"), of("chat"), of("mail")]).as_bytes());
    noted(&report, "1 event with other attributes of their case");
    let kept: Vec<_> =
        (0..3).map(|event| table.of_event(&log, event).map(|one| one.value.to_owned()).collect::<String>()).collect();
    assert_eq!(kept, ["", "chat", ""]);
}

#[test]
fn attributes_that_are_called_as_the_fields_are_get_another_name() {
    let csv = "case:concept:name,concept:name,time:timestamp,org:resource,team,step,ticket,concept:name (2)\n\
        1,Phone,2026-01-01T00:00:00Z,ann,north,Phone in,T1,x\n2,Mail,2026-01-02T00:00:00Z,bob,south,Mail out,T1,y\n";
    let mapping = Mapping {
        case: Some("ticket".into()),
        activity: Some("step".into()),
        resource: Some("team".into()),
        ..Mapping::default()
    };
    let mut reader = open(csv.as_bytes(), Options { attributes: true, mapping, ..Options::default() }).unwrap();
    let (log, table) = reader.collect_with_attributes().unwrap();
    let of = |log: &Log, table: &AttributeTable| -> Vec<String> {
        let own = |event: usize| {
            let mut own: Vec<_> = table.of_event(log, event).map(|one| format!("{}={}", one.key, one.value)).collect();
            own.sort();
            format!("{} {:?} {}", ways(log)[0], log.resource(event), own.join(","))
        };
        (0..log.events()).map(own).collect()
    };
    let (mut xes, mut rows) = (Vec::new(), Vec::new());
    let expected = [
        "T1: Phone in Mail out Some(\"north\") concept:name (2)=x,concept:name (3)=Phone,org:resource (2)=ann",
        "T1: Phone in Mail out Some(\"south\") case:concept:name (2)=2,concept:name (2)=y,concept:name (3)=Mail,org:resource (2)=bob",
    ];
    for written in [write::xes_with(&log, &table, &mut xes).unwrap(), write::csv_with(&log, &table, &mut rows).unwrap()]
    {
        assert_eq!(written.notes.len(), 3, "{:?}", written.notes);
        assert!(written.notes[1].contains("concept:name is written as \"concept:name (3)\""), "{:?}", written.notes);
    }
    for bytes in [xes, rows] {
        let (log, table, report) = with_attributes(&bytes);
        assert!(report.is_clean(), "{report}");
        assert_eq!(of(&log, &table), expected, "{}", String::from_utf8_lossy(&bytes));
        // What a later event says otherwise of its case is the event's.
        let of_case: Vec<_> = table.of_case(0).map(|one| (one.key, one.value)).collect();
        assert_eq!(of_case, [("case:concept:name (2)", "1")]);
    }
}
