//! XES files as they should not be and yet are: what can be read of them is, and what cannot is said.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

mod traces;

use std::io::Write;

use mining::log::AttributeTable;
use mining::read::{ActivityFrom, Mapping, Options, ReadError, open};
use mining::states::{Rules, states};
use mining::{Stats, read_log, write};
use traces::{event, name, noted, read, trace, ways, with_attributes, xes};

fn packed(text: &[u8]) -> Vec<u8> {
    let mut into = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    into.write_all(text).unwrap();
    into.finish().unwrap()
}

#[test]
fn a_trace_keeps_the_order_of_its_file() {
    let text = xes(&[
        trace(&[name("1"), event("b", 9), event("c", 11), event("a", 8)]),
        trace(&[name("2"), event("a", 8), event("b", 9)]),
    ]);
    let (log, report) = read(&text);
    assert_eq!(ways(&log), ["1: b c a", "2: a b"]);
    noted(&report, "1 trace is not in the order of time");
    let stats = Stats::of(&log);
    assert_eq!(
        (stats.first.as_deref(), stats.last.as_deref()),
        (Some("2026-03-02T08:00:00Z"), Some("2026-03-02T11:00:00Z"))
    );
    let wait = |from: &str, to: &str| {
        let found = stats.directly_follows.iter().find(|follow| follow.from == from && follow.to == to).unwrap();
        (found.count, found.median_seconds, found.mean_seconds)
    };
    // What follows what goes by time, as in pm4py: time does not run back.
    assert!(stats.directly_follows.iter().all(|follow| follow.from < follow.to));
    assert_eq!((wait("a", "b"), wait("b", "c")), ((2, Some(3600.0), Some(3600.0)), (1, Some(7200.0), Some(7200.0))));
    let part = Stats::of_part(&log, 20, |case| case == 1);
    assert_eq!((part.directly_follows.len(), part.directly_follows[0].count), (1, 1));
    assert_eq!(mining::stats::people(&log, |case| Some(case as u32)), [2, 1]);
    assert_eq!(mining::stats::follows(&log).iter().map(|follow| follow.count).collect::<Vec<_>>(), [2, 1]);
    // Where a time is missing there is nothing better than the list, and no wait that runs back.
    let untimed = trace(&[
        name("1"),
        event("b", 9),
        event("a", 8),
        "<event><string key=\"concept:name\" value=\"c\"/></event>".into(),
    ]);
    let untimed = Stats::of(&read(&xes(&[untimed])).0);
    let waits: Vec<_> = untimed.directly_follows.iter().map(|follow| (&*follow.from, follow.mean_seconds)).collect();
    assert_eq!(waits, [("a", None), ("b", None)]);
    // States go by time, in whatever order they are told.
    let rules = Rules::default();
    let seconds: Vec<_> = states(&log, &rules).map(|case| (case.seconds, case.untimed)).collect();
    assert_eq!(seconds, [(10_800.0, 0), (3600.0, 0)]);
    let profile = mining::profile::profile(&log).unwrap();
    let pair = profile.pairs.iter().find(|pair| pair.from == "a" && pair.to == "b").unwrap();
    assert_eq!((pair.count, pair.mean_seconds), (2, 3600.0));
    assert!(profile.pairs.iter().all(|pair| pair.mean_seconds >= 0.0));
    // CSV stays sorted by time, and who writes it is told.
    let mut csv = Vec::new();
    let written = write::csv_with(&log, &AttributeTable::default(), &mut csv).unwrap();
    assert!(written.notes[0].contains("order of time"), "{:?}", written.notes);
    assert_eq!(ways(&read_log(&csv[..], Options::default()).unwrap().0)[0], "1: a b c");
}

#[test]
fn what_follows_the_events_of_a_trace_belongs_to_it() {
    let cost = |value: u32| format!("<int key=\"cost\" value=\"{value}\"/>");
    let text = xes(&[
        trace(&[event("a", 8), event("b", 9), name("late"), cost(5)]),
        trace(&[name("x"), event("c", 8), cost(6)]),
        trace(&[name("late"), event("d", 10)]),
    ]);
    let (log, report) = read(&text);
    assert_eq!(ways(&log), ["late: a b d", "x: c"]);
    assert_eq!(report.events, 4);
    let (log, table, _) = with_attributes(text.as_bytes());
    assert_eq!(ways(&log), ["late: a b d", "x: c"]);
    let costs: Vec<String> =
        (0..2).flat_map(|case| table.of_case(case)).map(|one| format!("{} {}", one.key, one.value)).collect();
    assert_eq!(costs, ["case:cost 5", "case:cost 6"]);
    // What is whole of a trace that breaks off comes before the error.
    let cut = text.find("\"b\"").unwrap();
    let mut reader = open(&text.as_bytes()[..cut], Options { attributes: true, ..Options::default() }).unwrap();
    assert_eq!(reader.next_event().unwrap().unwrap().activity, "a");
    assert!(matches!(reader.next_event(), Err(ReadError::CutOff { events: 1, .. })));
    let options = Options { partial: true, ..Options::default() };
    assert_eq!(ways(&read_log(&text.as_bytes()[..cut], options).unwrap().0), ["trace 1: a"]);
}

/// A trace that is longer than what may wait is handed out in order, as far as it is known.
#[test]
fn an_endless_trace_without_a_name_is_read_in_order() {
    let wide = "w".repeat(2_000);
    let mut text = "<log><trace>".to_owned();
    for number in 0..10_000 {
        text.push_str(&format!(
            "<event><string key=\"concept:name\" value=\"{number}\"/><string key=\"note\" value=\"{wide}\"/></event>"
        ));
    }
    text.push_str(&name("late"));
    text.push_str("</trace></log>");
    let (log, table, report) = with_attributes(text.as_bytes());
    let names: Vec<_> = log.activity_column().iter().map(|&code| log.activity_names().get(code).to_owned()).collect();
    assert!(names.iter().map(|name| name.parse::<usize>().unwrap()).eq(0..10_000));
    assert!((0..10_000).all(|event| table.of_event(&log, event).all(|one| one.value.len() == 2_000)));
    assert_eq!(log.case(0).name, "trace 1");
    noted(&report, "its name after more events than can wait");
}

#[test]
fn a_trace_without_a_name_is_not_one_that_is_called_by_its_number() {
    let text = xes(&[
        trace(&[event("a", 8)]),
        trace(&[name("trace 1"), event("b", 8)]),
        trace(&[name("trace 4"), event("c", 8)]),
        trace(&[event("d", 8)]),
        trace(&[name("trace 1"), event("e", 8)]),
    ]);
    let (log, report) = read(&text);
    assert_eq!(ways(&log), ["trace 1: a", "trace 1 (2): b e", "trace 4: c", "trace 4 (2): d"]);
    noted(&report, "really called \"trace 1\"");
    noted(&report, "3 traces so told apart");
}

#[test]
fn half_of_a_classifier_is_no_activity() {
    let text = xes(&[
        "<classifier name=\"Both\" keys=\"concept:name lifecycle:transition\"/>".to_owned(),
        trace(&[
            name("1"),
            event("a", 8),
            "<event><string key=\"lifecycle:transition\" value=\"complete\"/></event>".to_owned(),
        ]),
    ]);
    let (log, report) = read(&text);
    assert_eq!((ways(&log), report.refused), (vec!["1: a".to_owned()], 1));
}

#[test]
fn control_characters_are_lost_with_a_word() {
    let csv = "case,activity,time,note\n1,a\u{1}b,2026-01-01 10:00,ok\n1,c,2026-01-01 10:00,x\u{2}\n";
    let (log, table, _) = with_attributes(csv.as_bytes());
    let written = write::xes_with(&log, &table, std::io::sink()).unwrap();
    assert!(written.notes[0].contains("2 texts with control characters"), "{:?}", written.notes);
}

#[test]
fn no_table_is_written_that_nothing_reads() {
    let many: Vec<String> = (0..16_382).map(|key| format!("<int key=\"k{key}\" value=\"1\"/>")).collect();
    let text = xes(&[trace(&[name("1"), event("a", 8).replace("</event>", &format!("{}</event>", many.concat()))])]);
    let (log, table, _) = with_attributes(text.as_bytes());
    let error = write::csv_with(&log, &table, std::io::sink()).unwrap_err().to_string();
    assert!(error.contains("16385 columns") && error.contains("write XES"), "{error}");
}

#[test]
fn the_encoding_that_is_declared_counts() {
    for (label, encoding, word) in [
        ("ISO-8859-2", encoding_rs::ISO_8859_2, "Příjetí ř"),
        ("windows-1250", encoding_rs::WINDOWS_1250, "Łódź"),
        ("windows-1251", encoding_rs::WINDOWS_1251, "Решено"),
        ("Shift_JIS", encoding_rs::SHIFT_JIS, "受付"),
        ("GB18030", encoding_rs::GB18030, "受理"),
        ("ISO-8859-1", encoding_rs::WINDOWS_1252, "geprüft"),
        ("UTF-8", encoding_rs::UTF_8, "geprüft"),
    ] {
        let text = format!("<?xml version='1.0' encoding='{label}' ?>\n<log>{}</log>", trace(&[event(word, 8)]));
        let (log, report) = read_log(&encoding.encode(&text).0[..], Options::default()).unwrap();
        assert_eq!(ways(&log), [format!("trace 1: {word}")], "{label}");
        assert!(report.notes.is_empty(), "{label}: {report}");
    }
    let text = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?><log>{}</log>", trace(&[event("geprüft", 8)]));
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
        assert_eq!(ways(&read_log(&bytes[..], Options::default()).unwrap().0), ["trace 1: geprüft"]);
    }
    noted(&read(&text.replace("UTF-16", "ISO-2022-KR")).1, "\"ISO-2022-KR\" is not known");
    // It is said to be UTF-16, and cannot be.
    assert_eq!(ways(&read(&text).0), ["trace 1: geprüft"]);
    noted(&read(&text.replace("UTF-16", "Klingon")).1, "\"Klingon\" is not known");
    let broken = encoding_rs::SHIFT_JIS.encode("受").0.into_owned();
    let text = format!("<?xml version='1.0' encoding='Shift_JIS'?><log>{}</log>", trace(&[event("#", 8)]));
    let bytes: Vec<u8> =
        text.bytes().flat_map(|byte| if byte == b'#' { broken[..1].to_vec() } else { vec![byte] }).collect();
    noted(
        &read_log(&bytes[..], Options { partial: true, ..Options::default() }).unwrap_or_default().1,
        "not Shift_JIS",
    );
}

#[test]
fn a_packed_file_may_end_with_zeros_and_with_nothing_else() {
    let text = xes(&[trace(&[name("1"), event("a", 8)])]);
    let whole = packed(text.as_bytes());
    let zeros = [&whole[..], &vec![0; 100_000]].concat();
    assert_eq!(ways(&read_log(&zeros[..], Options::default()).unwrap().0), ["1: a"]);
    let halves = [packed(&text.as_bytes()[..30]), packed(&text.as_bytes()[30..])].concat();
    assert_eq!(ways(&read_log(&halves[..], Options::default()).unwrap().0), ["1: a"]);
    for junk in [&b"JUNK"[..], b"\0\0JUNK"] {
        let junk = [&whole[..], junk].concat();
        let message = read_log(&junk[..], Options::default()).unwrap_err().to_string();
        assert!(message.contains("not gzip follows the packed log"), "{message}");
    }
    // The log is there, but what tells whether it is right is not.
    assert!(matches!(
        read_log(&whole[..whole.len() - 3], Options::default()),
        Err(ReadError::CutOff { events: 1, .. })
    ));
}

#[test]
fn other_packed_files_are_named() {
    for (bytes, said) in [
        (&b"PK\x03\x04\x14\0\0\0\x08\0,,\n"[..], "zip"),
        (b"BZh91AY&SY\xF7\xB5,\n,,,", "bzip2"),
        (b"\xFD7zXZ\0\0\x04,,\n", "xz"),
        (b"\x28\xB5\x2F\xFD\x24,,\n", "zstd"),
        (b"7z\xBC\xAF\x27\x1C\0\x04", "7z"),
        (&packed(&packed(b"<log/>")), "gzip twice"),
    ] {
        let message = read_log(bytes, Options::default()).unwrap_err().to_string();
        assert!(message.contains("the file is packed") && message.contains(said), "{message}");
    }
    // Three letters are no packed file.
    assert!(
        read_log(
            &b"BZh,activity,time\n1,a,2026-01-01 10:00\n"[..],
            Options { mapping: Mapping { case: Some("BZh".into()), ..Mapping::default() }, ..Options::default() }
        )
        .is_ok()
    );
}

#[test]
fn messages_hold_no_control_characters() {
    let csv = "ca\x1b[31mse,b\n1,2\n";
    let broken = format!("<log>{}", trace(&[name("\x1b]0;x\x07"), event("a", 8)]));
    for text in [csv, &broken, "<lo\x1bg/>"] {
        let message = read_log(text.as_bytes(), Options::default()).unwrap_err().to_string();
        assert!(!message.contains(char::is_control), "{message:?}");
    }
    let refused = xes(&[trace(&[name("\x1b[2J"), "<event/>".to_owned(), event("a", 8)])]);
    let (_, report) = read(&refused);
    assert!(!report.to_string().replace('\n', "").contains(char::is_control), "{report:?}");
}

/// Those without types begin as XES does; what they are is for who reads such logs.
#[test]
fn object_centric_logs_are_no_empty_xes() {
    let long = format!("<!--{}-->", " ".repeat(10_000));
    for text in [
        "<log><global scope=\"log\"><string key=\"version\" value=\"1.0\"/></global><events><event/></events></log>"
            .to_owned(),
        "<log>\n<objects><object id=\"o\" type=\"t\"/></objects><events/></log>".to_owned(),
        format!("<log>{long}<events><event/></events></log>"),
    ] {
        let error = read_log(text.as_bytes(), Options::default()).unwrap_err();
        assert!(matches!(error, ReadError::IsObjects), "{error}");
    }
}

#[test]
fn what_is_no_event_of_a_trace_is_counted() {
    let text =
        xes(&[trace(&[name("empty")]), trace(&[name("1"), event("a", 8)]), "<trace/>".to_owned(), event("astray", 9)]);
    let (log, report) = read(&text);
    assert_eq!(ways(&log), ["1: a"]);
    noted(&report, "2 traces without events left out");
    noted(&report, "1 event outside of any trace left out");
    noted(&read(&format!("{text}{text}")).1, "something follows the end of the log");
    assert!(read(&format!("{text}\n<!-- the end -->\n")).1.notes.iter().all(|note| !note.contains("follows")));
}

#[test]
fn entities_that_the_file_declares_are_resolved() {
    let text = xes(&[trace(&[name("1"), event("&firm; &amp; &none;", 8)])]);
    let declared = text.replace("<log>", "<!DOCTYPE log [<!ENTITY firm \"Sun &#38; Moon\">\n]><log>");
    assert_eq!(ways(&read(&declared).0), ["1: Sun & Moon & &none;"]);
    let other = text.replace("<log>", "<!DOCTYPE log [<!ENTITY firm SYSTEM \"firm.txt\">]><log>");
    let (log, report) = read(&other);
    assert_eq!(log.cases(), 1);
    noted(&report, "some entities that the file declares are left");
}

#[test]
fn booleans_with_capitals_stay_booleans() {
    let text =
        xes(&[trace(&[name("1"), event("a", 8).replace("</event>", "<boolean key=\"b\" value=\"True\"/></event>")])]);
    let (log, table, _) = with_attributes(text.as_bytes());
    let mut again = Vec::new();
    write::xes_with(&log, &table, &mut again).unwrap();
    let again = String::from_utf8(again).unwrap();
    assert!(again.contains("<boolean key=\"b\" value=\"true\"/>"), "{again}");
}

#[test]
fn what_csv_has_no_place_for_is_noted() {
    let list =
        "<list key=\"tags\"><values><string key=\"tag\" value=\"a\"/><string key=\"tag\" value=\"b\"/></values></list>";
    let one = "<list key=\"one\"><values><string key=\"tag\" value=\"a\"/></values></list></event>";
    let text = xes(&[
        "<string key=\"source\" value=\"desk\"/>".to_owned(),
        trace(&[name("1"), event("a", 8).replace("</event>", &format!("{list}{one}"))]),
        trace(&[name("2"), event("a", 8).replace("</event>", one)]),
    ]);
    let (log, table, _) = with_attributes(text.as_bytes());
    let written = write::csv_with(&log, &table, std::io::sink()).unwrap();
    assert_eq!(written.notes.len(), 2, "{:?}", written.notes);
    assert!(written.notes[0].ends_with("the last: tags/tag"), "{:?}", written.notes);
    assert!(written.notes[1].contains("of the log itself"), "{:?}", written.notes);
}

#[test]
fn what_a_log_says_of_itself_is_written_again() {
    let head = "<extension name=\"Cost\" prefix=\"cost\" uri=\"http://www.xes-standard.org/cost.xesext\"/>\n\
        <global scope=\"trace\">\n<string key=\"concept:name\" value=\"none\"/>\n</global>\n\
        <global scope=\"event\">\n<int key=\"n\" value=\"0\"/>\n</global>\n\
        <classifier name=\"Both\" keys=\"concept:name 'a key'\"/>\n<classifier name=\"T\" scope=\"trace\" keys=\"k\"/>\n\
        <string key=\"source\" value=\"desk &amp; co\">\n<int key=\"year\" value=\"2026\"/>\n</string>\n";
    let text = xes(&[head.to_owned(), event("astray", 7), trace(&[name("1"), event("a", 8)])]);
    let (log, table, _) = with_attributes(text.as_bytes());
    assert_eq!(table.header().attributes().map(|one| one.key).collect::<Vec<_>>(), ["source", "source/year"]);
    let mut again = Vec::new();
    write::xes_with(&log, &table, &mut again).unwrap();
    let again = String::from_utf8(again).unwrap();
    assert!(again.replace("&apos;", "'").contains(head), "{again}");
    // Under names that a classifier made, classifiers would mean something else.
    let options = Options { attributes: true, activity: ActivityFrom::Classifier("Who".into()), ..Options::default() };
    let text = text.replace("name=\"Both\" keys=\"concept:name 'a key'\"", "name=\"Who\" keys=\"concept:name\"");
    let mut reader = open(text.as_bytes(), options).unwrap();
    let (log, table) = reader.collect_with_attributes().unwrap();
    noted(reader.report(), "classifiers do not come along");
    let mut again = Vec::new();
    write::xes_with(&log, &table, &mut again).unwrap();
    let again = String::from_utf8(again).unwrap();
    assert!(
        again.contains("<classifier name=\"Activity\" keys=\"concept:name\"/>") && !again.contains("Who"),
        "{again}"
    );
}

#[test]
fn times_are_sorted_by_more_than_their_milliseconds() {
    let time = |fraction: &str| format!("2026-03-02T12:00:00.{fraction}Z");
    let rows: Vec<String> =
        [("b", "123900"), ("a", "123100"), ("c", "1239")].map(|(name, at)| format!("1,{name},{}\n", time(at))).into();
    let csv = format!("case,activity,time\n{}", rows.concat());
    assert_eq!(ways(&read(&csv).0), ["1: a b c"]);
    // A trace keeps its order, and is told not to be in that of time.
    let of = |(name, at): (&str, &str)| event(name, 12).replace("12:00:00Z", &format!("12:00:00.{at}Z"));
    let text = xes(&[trace(&[name("1"), of(("b", "123900")), of(("a", "123100"))])]);
    let (log, report) = read(&text);
    assert_eq!(ways(&log), ["1: b a"]);
    noted(&report, "1 trace is not in the order of time");
}
