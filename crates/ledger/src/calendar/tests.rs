//! Working time against time counted second by second, across clock changes, years and holidays.

use base::clock::{DAY, HOUR, MINUTE, Moment, SECOND};
use jiff::Timestamp;
use proptest::prelude::*;

use super::{Calendar, Hours};

const OFFICE: &str = r#"
zone = "Europe/Lisbon"
holidays = ["2026-04-03", "12-25", "2026-12-28..2026-12-31"]
[hours]
monday-thursday = ["08:00-12:00", "13:00-17:30"]
friday = ["08:00-14:00"]
[days]
"2026-12-24" = ["08:00-12:00"]
"#;

fn at(text: &str) -> Moment {
    Moment(text.parse::<Timestamp>().unwrap().as_millisecond())
}

fn office() -> Calendar {
    Calendar::read(OFFICE).unwrap()
}

#[test]
fn a_night_a_weekend_and_a_holiday_are_not_worked() {
    let office = office();
    for (from, to, hours) in [
        // Monday 2 March 2026, winter time: 8.5 hours a day.
        ("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", 8.5),
        ("2026-03-02T09:00:00Z", "2026-03-02T12:30:00Z", 3.0),
        // Monday to Monday: four days of 8.5 hours and a Friday of 6.
        ("2026-03-02T08:00:00Z", "2026-03-09T08:00:00Z", 40.0),
        // Friday evening to Monday morning.
        ("2026-03-06T14:00:00Z", "2026-03-09T08:00:00Z", 0.0),
        // Good Friday.
        ("2026-04-03T00:00:00Z", "2026-04-04T00:00:00Z", 0.0),
        // The week of Christmas: Monday to Wednesday, half of Thursday, nothing on Friday.
        ("2026-12-21T00:00:00Z", "2026-12-28T00:00:00Z", 3.0 * 8.5 + 4.0),
        ("2026-12-28T00:00:00Z", "2027-01-01T00:00:00Z", 0.0),
    ] {
        let milliseconds = (hours * HOUR as f64) as i64;
        assert_eq!(office.between(at(from), at(to)), milliseconds, "{from} to {to}");
        assert_eq!(office.between(at(to), at(from)), -milliseconds, "{to} to {from}");
    }
}

/// In Lisbon clocks went from 01:00 to 02:00 on 29 March 2026 and go back from 02:00 to 01:00 on 25 October.
#[test]
fn a_clock_change_takes_an_hour_and_gives_one() {
    let night = Calendar::read("zone = 'Europe/Lisbon'\nhours.sunday = ['00:30-02:30']").unwrap();
    assert_eq!(night.between(at("2026-03-29T00:00:00Z"), at("2026-03-30T00:00:00Z")), HOUR);
    assert_eq!(night.between(at("2026-10-24T12:00:00Z"), at("2026-10-26T00:00:00Z")), 3 * HOUR);
    // Hours that do not exist, or exist twice.
    let within = Calendar::read("zone = 'Europe/Lisbon'\nhours.sunday = ['01:15-01:45']").unwrap();
    assert_eq!(within.between(at("2026-03-29T00:00:00Z"), at("2026-03-30T00:00:00Z")), 0);
    assert_eq!(within.between(at("2026-10-25T00:00:00Z"), at("2026-10-26T00:00:00Z")), HOUR);
    let until = Calendar::read("zone = 'Europe/Lisbon'\nhours.sunday = ['00:00-01:00']").unwrap();
    assert_eq!(until.between(at("2026-03-29T00:00:00Z"), at("2026-03-30T00:00:00Z")), HOUR);
    // Days of 23 and 25 hours.
    let always = Calendar::read("zone = 'Europe/Lisbon'\nhours = 'always'").unwrap();
    assert_eq!(always.between(at("2026-03-29T00:00:00Z"), at("2026-03-29T23:00:00Z")), 23 * HOUR);
    assert_eq!(always.between(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")), 365 * DAY);
}

#[test]
fn a_promise_falls_due_in_working_time() {
    let office = office();
    // Four hours from Friday noon: two on Friday, two on Monday.
    let due = office.after(at("2026-03-06T12:00:00Z"), 4 * HOUR).unwrap();
    assert_eq!(due, at("2026-03-09T10:00:00Z"));
    // At the end of a span it is due there, not when the next one begins.
    assert_eq!(office.after(at("2026-03-02T08:00:00Z"), 4 * HOUR), Some(at("2026-03-02T12:00:00Z")));
    assert_eq!(office.after(at("2026-03-02T08:00:00Z"), 0), Some(at("2026-03-02T08:00:00Z")));
    let once = Calendar::read("zone = 'UTC'\ndays.2020-01-01 = '08:00-09:00'").unwrap();
    assert_eq!(once.after(at("2026-03-02T08:00:00Z"), SECOND), None);
    assert_eq!(Calendar::always().after(Moment(5), DAY), Some(Moment(5 + DAY)));
}

#[test]
fn states_pause_the_clock() {
    let office = office();
    let day = |hour: i64| at("2026-03-02T00:00:00Z").plus(hour * HOUR);
    // Runs from 9, waits for the person from 10 to 14, runs until 15.
    let changes = [(day(9), true), (day(10), false), (day(14), true), (day(15), false)];
    assert_eq!(office.spent(changes, day(24)), 2 * HOUR);
    assert_eq!(office.spent(changes, day(9).plus(30 * MINUTE)), 30 * MINUTE);
    // Said twice it counts once; the lunch hour counts for nobody.
    assert_eq!(office.spent([(day(11), true), (day(11), true)], day(14)), 2 * HOUR);
}

#[test]
fn far_from_today_days_are_counted_one_by_one() {
    let office = office();
    // Monday 4 January 2100 (summer or winter: Lisbon is at UTC), beyond the table.
    assert_eq!(office.between(at("2100-01-04T00:00:00Z"), at("2100-01-11T00:00:00Z")), 40 * HOUR);
    assert_eq!(Calendar::always().between(at("1960-01-01T00:00:00Z"), at("1980-01-01T00:00:00Z")), 7_305 * DAY);
}

#[test]
fn what_is_wrong_is_named() {
    for (text, named) in [
        ("zone = 'Europe/Lissabon'", "Europe/Lissabon"),
        ("zone = 'UTC'\nhours.moonday = []", "moonday"),
        ("zone = 'UTC'\nhours.monday = ['8-17']", "8-17"),
        ("zone = 'UTC'\nhours.monday = ['17:00-08:00']", "17:00-08:00"),
        ("zone = 'UTC'\nhours = 'sometimes'", "sometimes"),
        ("zone = 'UTC'\nholidays = ['24.12.2026']", "24.12.2026"),
        ("zone = 'UTC'\nholidays = ['02-30']", "02-30"),
        ("zone = 'UTC'\nholidays = ['2026-12-31..2026-12-01']", "2026-12-31..2026-12-01"),
        ("hour.monday = []", "hour"),
        ("hours.monday = ['08:00-17:00']", "zone = "),
        ("zone = 'UTC'", "never opens"),
        ("zone = 'UTC'\nholidays = ['2026-05-01']", "never opens"),
        ("", "zone = "),
        ("zone = 'UTC'\nhours.monday = 8", "monday-friday"),
        (
            "zone = 'UTC'\nhours.mon-tue = ['08:00-12:00']\nhours.tue-wed = ['08:00-13:00']",
            "\"mon-tue\" and \"tue-wed\"",
        ),
        ("zone = 'UTC'\nhours = 'always'\nholidays = ['05-01']\ndays.05-01 = '08:00-09:00'", "05-01"),
    ] {
        let error = Calendar::read(text).unwrap_err().to_string();
        assert!(error.contains(named), "{text}: {error}");
    }
    assert!(Calendar::read("zone = 'UTC'\nhours.monday = '08:00-12:00'\nholidays = ['02-29']").is_ok());
    assert!(Calendar::read("hours = 'always'").is_ok());
    assert_eq!(Hours::of(vec![(10, 20), (15, 30)]), Hours::of(vec![(10, 30)]));
}

/// Whichever comes first by the alphabet, the line that names fewer days counts.
#[test]
fn a_short_friday_is_short() {
    let week = |text: &str| {
        let calendar = Calendar::read(&format!("zone = 'UTC'\n{text}")).unwrap();
        calendar.between(at("2026-03-02T00:00:00Z"), at("2026-03-09T00:00:00Z")) / HOUR
    };
    let all = "hours.monday-friday = ['08:00-17:00']\n";
    assert_eq!(week(&format!("{all}hours.friday = '08:00-10:00'")), 38);
    assert_eq!(week(&format!("{all}hours.wednesday = ['08:00-10:00']")), 38);
    assert_eq!(week(&format!("{all}hours.friday = []\nhours.monday-tuesday = '09:00-10:00'")), 20);
    for day in ["2026-03-02", "2026-03-03", "2026-03-04", "03-03"] {
        let days = format!("{all}[days]\n'2026-03-02..2026-03-04' = '08:00-12:00'\n'{day}' = '08:00-09:00'");
        assert_eq!(week(&days), 4 + 4 + 1 + 9 + 9, "{day}");
    }
    assert_eq!(week(&format!("holidays = ['2026-03-02', '2026-03-01..2026-03-04', '03-02']\n{all}")), 18);
}

/// In St John's, until 2011, clocks went from 00:01 back to 23:01 of the day before: its hours come after the first
/// minute of the next day. In Casey clocks went back three hours at 02:00.
#[test]
fn clocks_that_go_back_over_midnight_lose_nothing() {
    for zone in ["America/St_Johns", "America/Goose_Bay", "America/Moncton", "Antarctica/Casey", "Africa/Cairo"] {
        let always = Calendar::read(&format!("zone = '{zone}'\nhours = 'always'")).unwrap();
        let mut day = at("1970-01-03T00:00:00Z");
        while day < at("2036-01-01T00:00:00Z") {
            assert_eq!(always.between(day, day.plus(DAY)), DAY, "{zone} {day:?}");
            day = day.plus(DAY);
        }
    }
    let newfoundland = Calendar::read("zone = 'America/St_Johns'\nhours = 'always'").unwrap();
    let (from, to) = (at("2010-11-07T02:25:00Z"), at("2010-11-07T02:35:00Z"));
    assert_eq!((newfoundland.between(from, to), newfoundland.walk(from, to)), (10 * MINUTE, 10 * MINUTE));
}

/// Old systems write "open" as a year that nobody lives to see.
#[test]
fn four_centuries_repeat() {
    let office = office();
    let (from, to) = (at("2026-03-02T09:00:00Z"), at("2777-08-09T11:22:33Z"));
    assert_eq!(office.between(from, to), office.walk(from, to));
    assert!(office.between(from, at("9998-12-31T00:00:00Z")) > 7_900 * 52 * 35 * HOUR);
    let then = "zone = 'Europe/Lisbon'\nhours = 'always'\nholidays = ['2150-05-01']";
    let then = Calendar::read(then).unwrap();
    assert_eq!(then.between(at("2150-04-30T12:00:00Z"), at("2150-05-03T12:00:00Z")), 2 * DAY);
}

/// Minute by minute, from the local time that each minute shows.
fn counted(calendar: &Calendar, spans: &[Vec<(u32, u32)>; 7], from: Moment, to: Moment) -> i64 {
    let mut worked = 0;
    let mut minute = from;
    while minute < to {
        let local = calendar.zone().to_datetime(Timestamp::from_millisecond(minute.0).unwrap());
        let second = local.hour() as u32 * 3_600 + local.minute() as u32 * 60;
        let day = &spans[local.weekday().to_monday_zero_offset() as usize];
        if day.iter().any(|&(start, end)| start <= second && second < end) {
            worked += MINUTE;
        }
        minute = minute.plus(MINUTE);
    }
    worked
}

const ZONES: [&str; 9] = [
    "Europe/Lisbon",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "America/St_Johns",
    "Antarctica/Casey",
    "UTC",
];

fn span() -> impl Strategy<Value = (u32, u32)> {
    (0u32..1_440, 0u32..1_440).prop_filter_map("a span has a length", |(one, two)| {
        (one != two).then(|| (one.min(two) * 60, one.max(two) * 60))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn it_equals_minutes_counted_one_by_one(
        zone in prop::sample::select(&ZONES[..]),
        week in prop::array::uniform7(prop::collection::vec(span(), 0..3)),
        start in 0i64..(30 * 365 * 1_440), minutes in 0i64..(12 * 1_440),
    ) {
        let hours = week.clone().map(|spans| Hours::of(spans).unwrap());
        let calendar = Calendar::new(jiff::tz::TimeZone::get(zone).unwrap(), hours);
        let from = Moment(at("2000-01-01T00:00:00Z").0 + start * MINUTE);
        let to = from.plus(minutes * MINUTE);
        prop_assert_eq!(calendar.between(from, to), counted(&calendar, &week, from, to));
        prop_assert_eq!(calendar.between(from, to), calendar.walk(from, to));
    }

    #[test]
    fn parts_sum_to_the_whole_and_a_due_time_is_the_first(
        one in 0i64..(40 * 365 * DAY), two in 0i64..(3 * 365 * DAY), part in 0.0..1.0f64, work in 1i64..(500 * HOUR),
    ) {
        let office = office();
        let (from, to) = (Moment(one), Moment(one + two));
        let middle = Moment(one + (two as f64 * part) as i64);
        prop_assert_eq!(office.between(from, middle) + office.between(middle, to), office.between(from, to));
        let due = office.after(from, work).unwrap();
        prop_assert_eq!(office.between(from, due), work);
        prop_assert_eq!(office.between(from, due.plus(-1)), work - 1);
    }
}
