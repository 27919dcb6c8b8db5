//! Tables as programs and people really write them: what columns are called, how times are written, what is odd about
//! rows; and that a look tells the truth about all of it.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use mining::read::{DateOrder, Look, Mapping, Options, ReadError, Report, look, open};
use mining::{Log, read_log, time};

fn read(text: &str) -> (Log, Report) {
    read_log(text.as_bytes(), Options::default()).unwrap()
}

fn looked(text: &str) -> Look {
    look(text.as_bytes(), Options::default()).unwrap()
}

/// Case, activity, time and resource of each event, by case and time.
fn events(log: &Log) -> Vec<String> {
    let mut all = Vec::new();
    for case in log.iter() {
        for event in log.range(case.index) {
            let activity = log.activity_names().get(log.activity_column()[event]);
            let who = log.resource(event).unwrap_or("nobody");
            all.push(format!("{} {activity} {} {who}", case.name, time::iso(log.time_column()[event])));
        }
    }
    all
}

const EXPECTED: [&str; 2] = ["7 ask 2014-08-15T09:05:00Z ana", "7 end 2014-08-15T18:59:00Z bo"];

#[test]
fn columns_are_known_by_the_names_that_programs_give_them() {
    for header in [
        "Case ID,Activity,Complete Timestamp,Resource",
        "_CASE_KEY,ACTIVITY_EN,EVENTTIME,USER_NAME",
        "case_id,activity_id,timestamp,resource_id",
        "case concept:name,event concept:name,event time:timestamp,event org:resource",
        "case:concept:name,concept:name,time:timestamp,org:resource",
        "number,incident_state,sys_updated_on,sys_updated_by",
        "Issue key,Status,Updated,Assignee",
        "OBJECTID,TCODE,UDATE,USERNAME",
        "VBELN,Activity,ERDAT,ERNAM",
        "Fall-ID,Aktivität,Zeitstempel,Bearbeiter",
    ] {
        let (log, report) = read(&format!("{header}\n7,ask,2014-08-15 09:05:00,ana\n7,end,2014-08-15 18:59:00,bo\n"));
        assert_eq!(events(&log), EXPECTED, "{header}");
        assert!(report.is_clean() && report.notes.is_empty(), "{header}: {report}");
    }
    // What bupaR calls an instance is no activity, and its lifecycle is one.
    let text = "case_id,activity_id,activity_instance_id,timestamp,lifecycle_id\n7,ask,1,2014-08-15 09:05:00,start\n";
    let (log, _) = read(text);
    assert_eq!((log.activity_names().get(0), log.lifecycle(0)), ("ask", Some("start")));
}

#[test]
fn times_are_understood_in_many_dialects() {
    for (first, second, dates) in [
        ("1408093500", "1408129140.0", "seconds since 1970"),
        ("1.4080935E+09", "1.40812914E+09", "seconds since 1970"),
        ("1408093500000", "1408129140000", "milliseconds since 1970"),
        ("1408093500000000", "1408129140000000", "microseconds since 1970"),
        ("1408093500000000000", "1408129140000000000", "nanoseconds since 1970"),
        ("41866.37847222", "41866.79097222", "days since 1900"),
        ("20140815090500", "20140815185900", "year-month-day"),
        ("20140815T090500", "20140815T185900", "year-month-day"),
        ("2014-08-15 09:05:00 UTC", "2014-08-15 20:59:00 CEST", "year-month-day"),
        ("15-AUG-14 09.05.00.000000000 AM", "15-AUG-14 06.59.00.000000000 PM", "month-by-name"),
        ("15/Aug/14 09:05 AM", "15/Aug/14 06:59 PM", "month-by-name"),
        ("Fri Aug 15 11:05:00 CEST 2014", "Fri Aug 15 18:59:00 UTC 2014", "month-by-name"),
        ("\"Fri, 15 Aug 2014 09:05:00 +0000\"", "\"Fri, 15 Aug 2014 20:59:00 +0200\"", "month-by-name"),
        ("15 augustus 2014 09:05", "15 augustus 2014 18:59", "month-by-name"),
        ("15-08-2014 09.05.00", "15-08-2014 18.59.00", "day/month/year"),
        ("\"15.08.2014, 09:05 Uhr\"", "\"15.08.2014, 18:59 Uhr\"", "day/month/year"),
    ] {
        let text = format!("case,activity,time,resource\n7,ask,{first},ana\n7,end,{second},bo\n");
        let (log, report) = read(&text);
        assert_eq!(events(&log), EXPECTED, "{first}");
        assert!(report.is_clean(), "{report}");
        let layout = looked(&text).layout.unwrap();
        assert_eq!((layout.dates.as_str(), layout.dates_sure), (dates, true), "{first}");
    }
}

#[test]
fn a_date_and_a_time_of_day_are_one_time() {
    for (header, first, second) in [
        ("case,activity,Date,Time,user", "2014-08-15,09:05:00", "2014-08-15,18:59:00"),
        ("case,activity,Date,Time,user", "20140815,90500", "20140815,185900"),
        ("case,activity,Date,Time of day,user", "8/15/2014,9:05 AM", "8/15/2014,6:59 PM"),
        ("case,activity,Datum,Uhrzeit,user", "15.08.2014,09:05", "15.08.2014,18:59"),
        ("case,activity,Datum,Erfasst um,user", "15.08.2014 00:00:00,09:05", "15.08.2014 00:00:00,18:59"),
        ("case,activity,Start time,End date,user", "09:05,2014-08-15", "18:59,2014-08-15"),
        ("case,activity,UDATE,UTIME,user", "20140815,090500", "20140815,185900"),
    ] {
        // The rows come in the wrong order, so that only the time of day can tell.
        let text = format!("{header}\n7,end,{second},bo\n7,ask,{first},ana\n");
        let (log, report) = read(&text);
        assert_eq!(events(&log), EXPECTED, "{text}");
        assert!(report.is_clean() && report.notes[0].starts_with("the time is the date in \""), "{report}");
        let times = looked(&text).layout.unwrap().columns.iter().filter(|column| column.role == Some("time")).count();
        assert_eq!(times, 2);
    }
    let text = "case,activity,time,resource,at\n7,end,2014-08-15,bo,18:59\n7,ask,2014-08-15,ana,09:05\n";
    let mapped = |time: &str| {
        let mapping = Mapping { time: Some(time.to_owned()), ..Mapping::default() };
        read_log(text.as_bytes(), Options { mapping, ..Options::default() })
    };
    assert_eq!(events(&mapped("time+at").unwrap().0), EXPECTED);
    assert_eq!(events(&mapped("3+5").unwrap().0), EXPECTED);
    assert!(mapped("time+nothing").unwrap_err().to_string().contains("from column \"time+nothing\""));
    // One column that was asked for is one column, but it is said that there is more.
    let beside = "case,activity,Date,Time\n7,end,2014-08-15,18:59\n";
    let mapping = Mapping { time: Some("Date".into()), ..Mapping::default() };
    let (log, report) = read_log(beside.as_bytes(), Options { mapping, ..Options::default() }).unwrap();
    assert_eq!(log.time_column()[0] % 86_400_000, 0);
    assert!(report.notes[0].contains("--time \"Date+Time\" takes both"), "{report}");
    // How long something took is no time of day, and neither is an amount.
    for header in ["case,activity,Date,Duration", "case,activity,Date,Amount"] {
        let (log, report) =
            read(&format!("{header}\n7,end,2014-08-15,{}\n", if header.ends_with('n') { "8:59" } else { "8.59" }));
        assert_eq!((log.time_column()[0] % 86_400_000, report.notes.len()), (0, 0), "{header}");
    }
    let good = "7,a,2014-08-15,18:59\n".repeat(20);
    let (_, report) =
        read(&format!("case,activity,Date,Time\n{good}7,b,2014-08-15,\n7,c,2014-08-15,25:00\n7,d,,18:59\n"));
    let said: Vec<&str> = report.problems.iter().map(|problem| problem.reason.as_str()).collect();
    assert_eq!(said, ["no time of day in \"Time\"", "\"25:00\" is no time of day", "no time in \"Date\""]);
}

#[test]
fn a_column_called_time_that_holds_none_is_passed_over() {
    let (log, _) = read("case,activity,time,when\n7,ask,short,2014-08-15 09:05\n7,end,long,2014-08-15 18:59\n");
    assert_eq!(log.time_column(), [1_408_093_500_000, 1_408_129_140_000]);
}

#[test]
fn what_is_not_understood_is_said_to_be_so() {
    let text = "case,activity,time\n7,ask,week 33\n7,end,week 34\n";
    let found = looked(text);
    let layout = found.layout.unwrap();
    assert_eq!(
        (layout.dates.as_str(), layout.dates_sure, found.events, found.refused),
        ("not understood", false, 0, 2)
    );
    assert_eq!(layout.dates_because, "the first is \"week 33\"");
    let error = read_log(text.as_bytes(), Options::default()).unwrap_err();
    assert!(matches!(error, ReadError::NothingRead { rows: 2, .. }));
    let said = error.to_string();
    assert!(said.contains("nothing could be read of 2 rows. row 2: the time \"week 33\" is not understood"), "{said}");
    assert!(said.contains("--case, --activity and --time"), "{said}");
    // A header alone is an empty log, and said to be.
    let (log, report) = read("case,activity,time\n");
    assert_eq!((log.events(), report.notes.len()), (0, 1));
}

/// Longer than the sample, so that the contradiction comes later than the guess.
fn months_first() -> String {
    let row = |row: u32| format!("{},ask,{:02}/{:02}/2016 10:00\n", row, 1 + row / 2000, 1 + row % 2000 / 80);
    "case,activity,time\n".to_owned()
        + &(0..24_000).filter(|row| row / 2000 > 6 || row % 2000 / 80 < 12).map(row).collect::<String>()
}

#[test]
fn a_guess_of_the_order_of_dates_that_is_contradicted_is_an_error() {
    let text = months_first();
    let error = read_log(text.as_bytes(), Options::default()).unwrap_err();
    let ReadError::DateOrder { row, ref time, other } = error else { panic!("{error}") };
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows[row as usize - 1].ends_with(time) && other == DateOrder::MonthFirst, "{row} {time}");
    assert!(rows[..row as usize - 1].iter().all(|row| !row.contains("/13/")));
    assert!(error.to_string().ends_with("Say --dates month-first"), "{error}");
    let with = |date_order| read_log(text.as_bytes(), Options { date_order, ..Options::default() }).unwrap();
    let (log, report) = with(Some(DateOrder::MonthFirst));
    let only_lonely = report.notes.len() == 1 && report.notes[0].contains("a list of cases");
    assert!(report.is_clean() && only_lonely && log.events() == rows.len() - 1, "{report}");
    // Who says so gets what he asked for, and is told.
    let (_, report) = with(Some(DateOrder::DayFirst));
    assert!(report.refused > 0 && report.other_order == report.refused);
    let told = |note: &String| note.contains("fit only with day and month the other way round");
    assert!(report.notes.iter().any(told), "{report}");
    let found = looked(&text);
    assert_eq!((found.other_order, found.refused), (report.other_order, report.refused));
    // One slip in a column that says its order is one row refused, and a guess that nothing contradicts is told.
    let slip = format!("case,activity,time\n{}1,ask,02/13/2016\n", "1,ask,13/02/2016\n".repeat(30));
    let (log, report) = read(&slip);
    assert_eq!((log.events(), report.refused), (30, 1));
    let (_, report) = read("case,activity,time\n1,ask,02/03/2016\n");
    assert!(report.notes[0].contains("day/month/year is a guess: say which it is with --dates"), "{report}");
}

#[test]
fn rows_are_sorted_by_all_of_their_time() {
    for (later, sooner) in [("1772445600000900", "1772445600000100"), ("1772445600000000200", "1772445600000000100")] {
        let (log, _) = read(&format!("case,activity,time\n1,do,{later}\n1,ask,{sooner}\n"));
        let names: Vec<_> = log.activity_column().iter().map(|&code| log.activity_names().get(code)).collect();
        assert_eq!(names, ["ask", "do"], "{later}");
    }
}

#[test]
fn rows_with_other_numbers_of_cells_are_counted() {
    let text = "case,activity,time,note\n1,a,2020-01-01,x\n1,b,2020-01-02,x,y\n1,c,2020-01-03\n1,d,2020-01-04,x,,\n\
        1,e,2020-01-05,x,,z\n1,\"f\",2020-01-06,x,\"\"\n1,\"g\",2020-01-07,x,too much\n";
    for attributes in [true, false] {
        let mut reader = open(text.as_bytes(), Options { attributes, ..Options::default() }).unwrap();
        while reader.next_event().unwrap().is_some() {}
        let report = reader.into_report();
        assert_eq!((report.events, report.refused), (7, 0));
        assert_eq!(
            report.notes,
            [
                "3 rows have more cells than the 4 columns of the header, the first is row 3: what is too much is left \
                 out. Check separator and quotation marks",
                "1 row has fewer cells than the 4 columns of the header, the first is row 4: what is missing is taken as \
                 empty",
            ]
        );
    }
    // A separator at the end of the header, or of the rows alone, is no column that anybody misses.
    for text in ["case,activity,time,\n1,a,2020-01-01\n", "case,activity,time\n1,a,2020-01-01,\n"] {
        assert!(read(text).1.notes.is_empty(), "{text}");
    }
}

#[test]
fn a_long_cell_is_read_and_a_stray_mark_costs_one_row() {
    let long = "a line of text\n".repeat(200_000);
    let text = format!("case,activity,time,note\n1,a,2020-01-01,\"{long}\"\n1,b,2020-01-02,x\n");
    let mut reader = open(text.as_bytes(), Options { attributes: true, ..Options::default() }).unwrap();
    assert_eq!(reader.next_event().unwrap().unwrap().attributes.get("note").map(str::len), Some(long.len()));
    assert_eq!(reader.next_event().unwrap().unwrap().activity, "b");
    assert_eq!((reader.next_event().unwrap().is_none(), reader.report().refused), (true, 0));
    let months = text.replace("2020-01-01", "1/31/2020").replace("2020-01-02", "2/1/2020");
    assert_eq!((looked(&months).layout.unwrap().dates.as_str(), read(&months).1.notes.len()), ("month/day/year", 0));
    let rows = "1,b,2020-01-02,x\n".repeat(100_000);
    let (log, report) = read(&format!("case,activity,time,note\n1,a,2020-01-01,\"stray\n{rows}"));
    assert_eq!((log.events(), report.refused), (100_000, 1));
}

/// Activities and notes of the two events of a case.
fn texts(text: &str) -> (Vec<String>, Report) {
    let mut reader = open(text.as_bytes(), Options { attributes: true, ..Options::default() }).unwrap();
    let mut said = Vec::new();
    while let Some(event) = reader.next_event().unwrap() {
        let note = event.attributes.get("note").unwrap_or("none");
        said.push(format!("{} {}|{note}", event.case, event.activity));
    }
    (said, reader.into_report())
}

#[test]
fn marks_around_texts_are_put_in_many_ways() {
    for (note, table) in [
        ("", "case,activity,time,note\n1,\"ask, \"\"why\"\"\",2026-03-02 10:00,\"it's\"\n1,go,2026-03-02 11:00,c:\\\n"),
        (
            "a backslash stands before",
            "case,activity,time,note\n1,\"ask, \\\"why\\\"\",2026-03-02 10:00,\"it's\"\n1,\"go\",2026-03-02 11:00,\"c:\\\\\"\n",
        ),
        (
            "between single quotation marks",
            "'case','activity','time','note'\n'1','ask, \"why\"','2026-03-02 10:00','it''s'\n'1','go','2026-03-02 11:00','c:\\'\n",
        ),
        (
            "a backslash stands before",
            "1,'ask, \"why\"','2026-03-02 10:00','it\\'s'\n1,'go','2026-03-02 11:00','c:\\\\'\n",
        ),
        (
            "spaces before cells",
            "case, activity, time, note\n1, \"ask, \"\"why\"\"\" , 2026-03-02 10:00, it's\n1,  \"go\", 2026-03-02 11:00, \"c:\\\"\r\n",
        ),
    ] {
        let table = if table.starts_with('1') { format!("case,activity,time,note\n{table}") } else { table.to_owned() };
        let (said, report) = texts(&table);
        assert_eq!(said, ["1 ask, \"why\"|it's", "1 go|c:\\"], "{table}");
        assert!(report.refused == 0, "{report}");
        let noted = report.notes.iter().any(|said| !note.is_empty() && said.contains(note));
        assert_eq!(noted, !note.is_empty(), "{report}\n{table}");
    }
}

#[test]
fn what_looks_like_another_mark_is_none() {
    for (rows, expected) in [
        // Apostrophes, one of which begins a cell, and a pair around a word.
        ("1,'tis done,TIME,x\n1,o'clock,TIME,'y'\n", ["1 'tis done|x", "1 o'clock|'y'"]),
        ("1,it,TIME,'a\n1,b,TIME,b'\n", ["1 it|'a", "1 b|b'"]),
        // Backslashes that end a cell between marks.
        ("1,\"c:\\\",TIME,\"d:\\\"\n1,\"a,b\\\",TIME,\"\"\n", ["1 c:\\|d:\\", "1 a,b\\|none"]),
        // A space and a mark within a text.
        ("1,\"say, \"\"no\"\", or\",TIME,x\n1,b,TIME, y\n", ["1 say, \"no\", or|x", "1 b| y"]),
    ] {
        let table = format!("case,activity,time,note\n{}", rows.replace("TIME", "2026-03-02 10:00"));
        let (said, report) = texts(&table);
        assert_eq!(said, expected, "{table}");
        assert!(report.is_clean() && report.notes.is_empty(), "{report}");
    }
    // Spaces stay, and that is told.
    let (said, report) = texts("case,activity,time\n1, 5\" disk,2026-03-02 10:00\n1, \"big\" disk,2026-03-02 10:00\n");
    assert_eq!(said, ["1  5\" disk|none", "1  \"big\" disk|none"]);
    assert!(report.notes[0].contains("\"activity\" have spaces around them"), "{report}");
}

fn noted(text: &str, part: &str) -> Report {
    let (_, report) = read(text);
    assert!(report.notes.iter().any(|note| note.contains(part)), "{part}: {report}\n{text}");
    report
}

#[test]
fn what_makes_a_table_doubtful_is_told() {
    let rows = |row: &dyn Fn(u32) -> String| (0..30).map(row).collect::<String>();
    // The time never changes in one column, which is when the table was written.
    let moved = rows(&|row| format!("{},ask,2026-03-02 10:{row:02},2026-04-01 00:00\n", row % 7));
    let report = noted(&format!("case,activity,created_at,updated_at\n{moved}"), "\"created_at\" is taken as the time");
    assert!(report.notes[0].contains("\"updated_at\" could be it"), "{report}");
    let still = rows(&|row| format!("{},ask,2026-04-01 00:00\n", row % 7));
    noted(&format!("case,activity,time\n{still}"), "all times of the sample are the same");
    let alone = rows(&|row| format!("{row},ask,2026-03-02 10:{row:02}\n"));
    noted(&format!("case,activity,time\n{alone}"), "this may be a list of cases");
    // The end is the time, whatever both are called, unless somebody says otherwise.
    for (start, end) in [("start", "end"), ("Startzeit", "Endzeit"), ("Start Timestamp", "Complete Timestamp")] {
        let text = format!("case,activity,{start},{end}\n1,ask,2026-03-02 10:00,2026-03-02 10:30\n");
        assert_eq!(events(&read(&text).0), ["1 ask 2026-03-02T10:30:00Z nobody"], "{text}");
        noted(&text, &format!("\"{end}\" is taken as the time; \"{start}\" could be it"));
        let mapping = Mapping { time: Some(start.to_owned()), ..Mapping::default() };
        let (log, report) = read_log(text.as_bytes(), Options { mapping, ..Options::default() }).unwrap();
        assert_eq!(events(&log), ["1 ask 2026-03-02T10:00:00Z nobody"]);
        assert!(report.notes.is_empty(), "{report}");
    }
    for (text, role) in [("case,activity,time\n", "activity"), ("case,activity,time\n", "time")] {
        let text = format!("{text}1,ask,2026-03-02 10:00\n");
        let mapping = Mapping { case: Some(role.to_owned()), time: Some("time".into()), ..Mapping::default() };
        let error = read_log(text.as_bytes(), Options { mapping, ..Options::default() }).unwrap_err().to_string();
        assert!(error.contains(&format!("column \"{role}\" is to be the case and the {role}")), "{error}");
    }
}

#[test]
fn a_year_of_two_digits_in_front_is_not_taken_for_a_day() {
    let table = |dates: [&str; 2]| format!("case,activity,time\n1,ask,{} 10:00\n1,do,{} 11:00\n", dates[0], dates[1]);
    for dates in [["21-01-02", "21-01-03"], ["21/01/31", "21/02/01"], ["21.01.02", "21.01.13"]] {
        let text = table(dates);
        let error = read_log(text.as_bytes(), Options::default()).unwrap_err().to_string();
        assert!(error.contains("not understood"), "{error}");
        let found = looked(&text).layout.unwrap().dates_because;
        assert!(found.contains("which may be the day or the year") && found.contains("--dates day-first"), "{found}");
        let options = Options { date_order: Some(DateOrder::DayFirst), ..Options::default() };
        assert_eq!(read_log(text.as_bytes(), options).unwrap().0.events(), 2);
    }
    noted(&table(["21/01/20", "21/02/20"]), "is a guess");
    for dates in [["21-01-2020", "21-02-2020"], ["21/01/20", "22/01/20"], ["11/01/20", "11/02/21"]] {
        assert_eq!(read(&table(dates)).0.events(), 2, "{dates:?}");
    }
}

#[test]
fn numbers_of_another_unit_are_no_times() {
    let (log, report) = read("case,activity,time\n1,a,1522829160\n1,b,1522829160000\n1,c,1522829161000\n");
    assert_eq!((log.events(), report.refused), (2, 1), "{report}");
    assert!(report.problems[0].reason.contains("1522829160\" is not a number of milliseconds"), "{report}");
    // Hundreds of nanoseconds since 1601 and since the year 1, as Windows counts them.
    for number in ["131670000000000000", "636584259600000000"] {
        let text = format!("case,activity,time\n1,a,{number}\n");
        assert!(read_log(text.as_bytes(), Options::default()).unwrap_err().to_string().contains("not understood"));
    }
}

#[test]
fn what_is_the_same_for_all_events_of_a_case_is_the_cases() {
    let text = "case:concept:name,concept:name,time:timestamp,case:channel,note\n\
        1,ask,2026-03-02T10:00:00Z,mail,x\n2,ask,2026-03-02T10:00:00Z,chat,\n1,do,2026-03-02T11:00:00Z,mail,\n";
    let mut reader = open(text.as_bytes(), Options { attributes: true, ..Options::default() }).unwrap();
    let (log, table) = reader.collect_with_attributes().unwrap();
    assert!(reader.report().notes.is_empty(), "{}", reader.report());
    let mut xes = Vec::new();
    mining::write::xes_with(&log, &table, &mut xes).unwrap();
    let xes = String::from_utf8(xes).unwrap();
    assert_eq!(xes.matches("<string key=\"channel\" value=\"mail\"/>").count(), 1, "{xes}");
    assert!(!xes.contains("case:"), "{xes}");
    // What a later event says otherwise stays with it, and is told.
    let text = text.replace("11:00:00Z,mail", "11:00:00Z,phone");
    let mut reader = open(text.as_bytes(), Options { attributes: true, ..Options::default() }).unwrap();
    let (log, table) = reader.collect_with_attributes().unwrap();
    assert!(reader.report().notes[0].contains("1 event with other attributes of their case"), "{}", reader.report());
    let mut csv = Vec::new();
    mining::write::csv_with(&log, &table, &mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains("1,do,2026-03-02T11:00:00Z,phone,"), "{csv}");
}

#[test]
fn a_spreadsheets_way_to_keep_digits_is_undone() {
    let text = "case,activity,time\n=\"0012\",=\"ask\",=\"2026-03-02 10:00\"\n=\"0012\",do,2026-03-02 11:00\n";
    let expected = ["0012 ask 2026-03-02T10:00:00Z nobody", "0012 do 2026-03-02T11:00:00Z nobody"];
    assert_eq!(events(&read(text).0), expected);
    // What MySQL writes for nothing.
    let (log, report) = read("case,activity,time,resource\n1,ask,2026-03-02 10:00,\\N\n1,\\N,2026-03-02 10:00,ana\n");
    assert_eq!((log.events(), log.resource(0), report.refused), (1, None, 1));
}

#[test]
fn the_separator_may_be_named_in_many_ways() {
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let big = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    let table = |between: &str| {
        ["case,activity,time,resource", "7,ask,2014-08-15 09:05,ana", "7,end,2014-08-15 18:59,bo", ""]
            .join("\n")
            .replace(',', between)
    };
    for bytes in [
        format!("sep=\t\n{}", table("\t")).into_bytes(),
        format!("SEP=;\r\n{}", table(";")).into_bytes(),
        format!("\"sep=;\"\n{}", table(";")).into_bytes(),
        format!("\u{feff}sep=^\n{}", table("^")).into_bytes(),
        utf16(&format!("\u{feff}sep=;\n{}", table(";"))),
        utf16(&table(";")),
        big(&table("\t")),
    ] {
        let (log, report) = read_log(&bytes[..], Options::default()).unwrap();
        assert_eq!(events(&log), EXPECTED, "{}", String::from_utf8_lossy(&bytes));
        assert!(report.is_clean(), "{report}");
    }
}

#[test]
fn what_stands_above_the_header_is_passed_over_and_told() {
    for above in ["Report: tickets\nof 2014\n\n", "# made by hand\n", "Report;;;\n;;;\n"] {
        let rows = "case;activity;time;resource\n7;ask;2014-08-15 09:05;ana\n7;end;2014-08-15 18:59;bo\n";
        let (log, report) = read(&format!("{above}{rows}"));
        assert_eq!(events(&log), EXPECTED, "{above}");
        assert!(report.is_clean() && report.notes[0].contains("above the header passed over"), "{report}");
    }
    let error =
        read_log(&b"7,ask,2014-08-15,ana\n7,end,2014-08-16,bo\n"[..], Options::default()).unwrap_err().to_string();
    assert!(
        error.contains("--case, --activity and --time") && error.contains("the first row must name them"),
        "{error}"
    );
}

#[test]
fn words_for_nothing_are_no_case_and_no_activity() {
    let text = "case,activity,time\nNULL,ask,2020-01-01\n1,nan,2020-01-01\n1,N/A,2020-01-01\n1,Nancy,2020-01-01\n-,-,2020-01-01\n";
    let (log, report) = read(text);
    assert_eq!((log.events(), report.refused), (2, 3));
    assert_eq!(report.problems[0].reason, "no case in \"case\" (it says NULL)");
}

#[test]
fn a_terminal_is_told_little_and_nothing_that_it_obeys() {
    let error = read_log(&b"id,\x1b]0;pwn\x07x,y\n1,2,3\n"[..], Options::default()).unwrap_err().to_string();
    assert!(!error.contains('\x1b') && error.contains("]0;pwn"), "{error:?}");
    let rows = "1,a,\x1b[2J\n".repeat(30);
    let (_, report) =
        read(&format!("case,activity,time\n1,a,2020-01-01\n1,b,2020-01-01\n{}{rows}", "1,c,2020-01-02\n".repeat(40)));
    let said = report.to_string();
    assert!(!said.contains('\x1b') && said.lines().count() == 12 && said.ends_with("and 20 more\n"), "{said}");
}
