//! Times in all dialects.

use super::*;
use crate::time::iso;

fn read(text: &str, style: DateStyle) -> Option<String> {
    parse(text, style, None).map(iso)
}

#[test]
fn year_first_in_all_its_dialects() {
    for (text, expected) in [
        ("2012/10/09 14:50:17.000", "2012-10-09T14:50:17Z"),
        ("2012-10-09T14:50:17", "2012-10-09T14:50:17Z"),
        ("2012-10-09T14:50:17Z", "2012-10-09T14:50:17Z"),
        ("2012-10-09T14:50:17.5+02:00", "2012-10-09T12:50:17.500Z"),
        ("2012-10-09 14:50:17,123456 -0330", "2012-10-09T18:20:17.123Z"),
        ("2012-10-09T14:50:17.123456-03:30", "2012-10-09T18:20:17.123Z"),
        ("2012-10-09T14:50:17.000+02:00", "2012-10-09T12:50:17Z"),
        ("2012-10-09T14:50:17+18:59", "2012-10-08T19:51:17Z"),
        ("2012-10-09T14:50:17+19:00", "x"),
        ("2012-10-09T14:50:17+02:60", "x"),
        ("2012-10-09T14:50:17.+02:00", "x"),
        ("2012-10-09T14:50:17.123456789Z", "2012-10-09T14:50:17.123Z"),
        ("2012-10-09 14:50", "2012-10-09T14:50:00Z"),
        (" 2012-10-09 ", "2012-10-09T00:00:00Z"),
        ("2012-1-9 4:05", "2012-01-09T04:05:00Z"),
        ("20121009T1450", "2012-10-09T14:50:00Z"),
        ("20121009T145017", "2012-10-09T14:50:17Z"),
        ("20121009 145017.25Z", "2012-10-09T14:50:17.250Z"),
        ("20121009145017", "2012-10-09T14:50:17Z"),
        ("20121009145017,5", "2012-10-09T14:50:17.500Z"),
        ("20121009145017123", "2012-10-09T14:50:17.123Z"),
        ("201210091450", "2012-10-09T14:50:00Z"),
        ("20121309145017", "x"),
        ("2012-10-09 14.50.17", "2012-10-09T14:50:17Z"),
        ("2012-10-09 14:50:17 CET", "2012-10-09T13:50:17Z"),
        ("2012-10-09 14:50:17 CEST", "2012-10-09T12:50:17Z"),
        ("2012-10-09 14:50:17 GMT+2", "2012-10-09T12:50:17Z"),
        ("2012-10-09T14:50:17+02:00[Europe/Berlin]", "2012-10-09T12:50:17Z"),
        ("2012-10-09T14:50:17[Europe/Berlin]", "2012-10-09T12:50:17Z"),
        ("2012-10-09T14:50:17Z[UTC]", "2012-10-09T14:50:17Z"),
        ("2012-10-09T14:50:17[UTC]", "2012-10-09T14:50:17Z"),
        ("2012-10-09T14:50:17[Middle/Earth]", "x"),
        ("2012-10-09T14:50:17 [x]", "x"),
        ("2012-10-09\u{a0}14:50:17", "2012-10-09T14:50:17Z"),
        ("2012-10-09-14.50.17.123456", "2012-10-09T14:50:17.123Z"),
        ("2012-10-09 14:50:17 +0200 CEST", "2012-10-09T12:50:17Z"),
        ("Tue Oct 09 2012 14:50:17 GMT+0200 (CEST)", "2012-10-09T12:50:17Z"),
        ("2012-Oct-09 14:50:17", "2012-10-09T14:50:17Z"),
        ("09OCT2012:14:50:17", "2012-10-09T14:50:17Z"),
        ("09/Oct/2012:14:50:17 +0200", "2012-10-09T12:50:17Z"),
        ("09/10/2012 14:50:17", "x"),
        ("12-10-09 14:50:17", "x"),
        ("2012-10-09 14:50:17 CEST+2", "x"),
        ("20121009 14:50", "2012-10-09T14:50:00Z"),
        ("2012-10-09 14:50:17 UTC", "2012-10-09T14:50:17Z"),
        ("2016-02-30 10:00:00", "x"),
        ("2012-10-09 25:00:00", "x"),
        ("2012-10-09 24:00:00", "2012-10-10T00:00:00Z"),
        ("2012-10-09 14:50:17 tomorrow", "x"),
        ("", "x"),
        ("?", "x"),
    ] {
        assert_eq!(read(text, DateStyle::YearFirst).as_deref().unwrap_or("x"), expected, "{text}");
    }
}

#[test]
fn year_last_in_both_orders_and_with_names() {
    let day = DateStyle::YearLast(DateOrder::DayFirst);
    let month = DateStyle::YearLast(DateOrder::MonthFirst);
    assert_eq!(read("29/2/2016 01:16", day).as_deref(), Some("2016-02-29T01:16:00Z"));
    assert_eq!(read("29.02.2016, 01:16:05", day).as_deref(), Some("2016-02-29T01:16:05Z"));
    assert_eq!(read("29/2/2016 01:16", month), None);
    assert_eq!(read("2/29/16 1:16:00 PM", month).as_deref(), Some("2016-02-29T13:16:00Z"));
    assert_eq!(read("12/1/2016 12:05 am", month).as_deref(), Some("2016-12-01T00:05:00Z"));
    assert_eq!(read("05-Mar-16 10:12", month).as_deref(), Some("2016-03-05T10:12:00Z"));
    assert_eq!(read("March 5, 2016 10:12", day).as_deref(), Some("2016-03-05T10:12:00Z"));
    assert_eq!(read("5 March 2016", day).as_deref(), Some("2016-03-05T00:00:00Z"));
    assert_eq!(read("05.03.2016, 10:12:00 Uhr", day).as_deref(), Some("2016-03-05T10:12:00Z"));
    assert_eq!(read("5-3-2016 10.12.30", day).as_deref(), Some("2016-03-05T10:12:30Z"));
    assert_eq!(read("5/3/2016 10:12 p. m.", day).as_deref(), Some("2016-03-05T22:12:00Z"));
}

#[test]
fn months_by_name_in_many_makes() {
    for (text, expected) in [
        ("05-MAR-16 06.59.00.000000000 PM", "2016-03-05T18:59:00Z"),
        ("5/Mar/16 06:59 PM", "2016-03-05T18:59:00Z"),
        ("Sat Mar 05 18:59:00 UTC 2016", "2016-03-05T18:59:00Z"),
        ("Fri Aug 15 18:59:00 CEST 2014", "2014-08-15T16:59:00Z"),
        ("Fri Aug 15 18:59:00 2014", "2014-08-15T18:59:00Z"),
        ("Fri, 15 Aug 2014 18:59:00 +0200", "2014-08-15T16:59:00Z"),
        ("Friday, August 15, 2014 6:59:00 PM", "2014-08-15T18:59:00Z"),
        ("Fr. 15. August 2014 18:59 Uhr", "2014-08-15T18:59:00Z"),
        ("2 maart 2014 14:45", "2014-03-02T14:45:00Z"),
        ("02. Mär 2014 14:45:00", "2014-03-02T14:45:00Z"),
        ("2. März 2014", "2014-03-02T00:00:00Z"),
        ("3 févr. 2014 14h45", "2014-02-03T14:45:00Z"),
        ("15 août 2014 14:45", "2014-08-15T14:45:00Z"),
        ("15 de agosto de 2014 14:45", "2014-08-15T14:45:00Z"),
        ("15 gen 2014", "2014-01-15T00:00:00Z"),
        ("15 dezembro 2014", "2014-12-15T00:00:00Z"),
        ("15 jui 2014", "x"),
        ("Room 15 Aug 2014", "x"),
        ("Fri Aug 15 18:59:00 SOON 2014", "x"),
    ] {
        assert_eq!(read(text, DateStyle::MonthByName).as_deref().unwrap_or("x"), expected, "{text}");
    }
}

#[test]
fn times_of_day_alone_and_beside_a_date() {
    for (text, expected) in [
        ("18:59", Some(68_340_000)),
        ("6:59:00.5 PM", Some(68_340_500)),
        ("18.59 Uhr", Some(68_340_000)),
        ("185900", Some(68_340_000)),
        ("91500", Some(33_300_000)),
        ("24:00", Some(86_400_000)),
        ("25:00", None),
        ("18:60", None),
        ("7", None),
        ("18:59 on", None),
        ("", None),
    ] {
        assert_eq!(time_of_day(text), expected, "{text}");
    }
    let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
    let both = |date, clock| joined(date, clock, DateStyle::YearFirst, Some(&lisbon)).map(iso);
    assert_eq!(both("2026-07-01", "12:30").as_deref(), Some("2026-07-01T11:30:00Z"));
    assert_eq!(both("2026-07-01 00:00:00", "12:30").as_deref(), Some("2026-07-01T11:30:00Z"));
    assert_eq!(both("2026-07-01 08:00:00", "12:30"), None);
}

#[test]
fn an_offset_is_seen() {
    for (text, is) in [
        ("2012-10-09T14:50:17Z", true),
        ("2012-10-09T14:50:17.123+02:00 ", true),
        ("2012-10-09T14:50:17-0330", true),
        ("2012-10-09T14:50:17+02", true),
        ("2012-10-09 14:50:17 CET", true),
        ("2012-10-09T14:50:17.123", false),
        ("2012-10-09", false),
        ("20121009T145017", false),
        ("", false),
    ] {
        assert_eq!(has_offset(text), is, "{text}");
    }
}

#[test]
fn epochs_and_zones() {
    assert_eq!(read("951782400", DateStyle::EpochSeconds).as_deref(), Some("2000-02-29T00:00:00Z"));
    assert_eq!(read("951782400,25", DateStyle::EpochSeconds).as_deref(), Some("2000-02-29T00:00:00.250Z"));
    assert_eq!(read("951782400250", DateStyle::EpochMillis).as_deref(), Some("2000-02-29T00:00:00.250Z"));
    assert_eq!(read("951782400250999", DateStyle::EpochMicros).as_deref(), Some("2000-02-29T00:00:00.250Z"));
    assert_eq!(read("951782400250999999", DateStyle::EpochNanos).as_deref(), Some("2000-02-29T00:00:00.250Z"));
    assert_eq!(read("9.517824E+08", DateStyle::EpochSeconds).as_deref(), Some("2000-02-29T00:00:00Z"));
    assert_eq!(read("36585.5", DateStyle::SerialDays).as_deref(), Some("2000-02-29T12:00:00Z"));
    assert_eq!(read("41866,79097222", DateStyle::SerialDays).as_deref(), Some("2014-08-15T18:59:00Z"));
    assert_eq!(read("0", DateStyle::SerialDays), None);
    let rome = TimeZone::get("Europe/Rome").unwrap();
    let summer = parse("2026-07-01 12:00:00", DateStyle::YearFirst, Some(&rome)).map(iso);
    assert_eq!(summer.as_deref(), Some("2026-07-01T10:00:00Z"));
    let offset_wins = parse("2026-07-01 12:00:00Z", DateStyle::YearFirst, Some(&rome)).map(iso);
    assert_eq!(offset_wins.as_deref(), Some("2026-07-01T12:00:00Z"));
}
