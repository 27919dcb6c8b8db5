//! Words in dates: months in seven languages, days of the week, halves of a day, and names of time zones.

/// Months in English, German, Dutch, French, Spanish, Italian and Portuguese, lower case, and what is no beginning of
/// one but stands for it.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "januari", "janvier", "enero", "gennaio", "janeiro"],
    &["february", "februar", "feber", "februari", "février", "fevrier", "febrero", "febbraio", "fevereiro"],
    &["march", "märz", "mrz", "maerz", "maart", "mrt", "mars", "marzo", "março", "marco"],
    &["april", "avril", "abril", "aprile"],
    &["may", "mai", "mei", "mayo", "maggio", "maio"],
    &["june", "juni", "juin", "junio", "giugno", "junho"],
    &["july", "juli", "juillet", "julio", "luglio", "julho"],
    &["august", "augustus", "août", "aout", "agosto"],
    &["september", "septembre", "septiembre", "setiembre", "settembre", "setembro"],
    &["october", "oktober", "octobre", "octubre", "ottobre", "outubro"],
    &["november", "novembre", "noviembre", "novembro"],
    &["december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "dezembro"],
];

/// No name of a month or a day has more letters.
const LONGEST: usize = 12;

/// The month (1 to 12) that a word names, whole or by its first letters, at least three. `jui` may be two of them.
pub(super) fn month(word: &str) -> Option<i64> {
    // What samples are full of is no month: it should be seen to be none at once.
    if !(3..=LONGEST).contains(&word.len()) {
        return None;
    }
    if word.is_ascii() {
        return the_month(|name| begins(name, word));
    }
    let word = word.to_lowercase();
    if word.chars().count() < 3 { None } else { the_month(|name| name.starts_with(&word)) }
}

/// The only month of which a name is meant.
fn the_month(is_meant: impl Fn(&str) -> bool) -> Option<i64> {
    let mut found = (1..).zip(MONTHS).filter(|(_, names)| names.iter().any(|name| is_meant(name)));
    let (month, _) = found.next()?;
    found.next().is_none().then_some(month)
}

/// Whether a name begins with these letters, whatever their case.
#[inline]
fn begins(name: &str, word: &str) -> bool {
    let (name, word) = (name.as_bytes(), word.as_bytes());
    name.len() >= word.len() && name[0] == word[0].to_ascii_lowercase() && name[..word.len()].eq_ignore_ascii_case(word)
}

/// Days of the week, English, German and Dutch.
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
];

/// Whether a word is a day of the week, whole or by its first letters, at least two.
pub(super) fn is_day(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len()) && DAYS.iter().any(|day| begins(day, word))
}

/// Names of zones, as programs write them behind a time, and their minutes east of UTC. Source: RFC 2822, section 4.3,
/// for those of America; the European ones are their customary offsets.
const ZONES: &[(&str, i64)] = &[
    ("Z", 0),
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("CET", 60),
    ("MEZ", 60),
    ("CEST", 120),
    ("MESZ", 120),
    ("EET", 120),
    ("EEST", 180),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
];

/// Minutes east of UTC of a zone's name.
pub(super) fn zone(word: &[u8]) -> Option<i64> {
    let known = |(name, _): &&(&str, i64)| name.as_bytes().eq_ignore_ascii_case(word);
    ZONES.iter().find(known).map(|&(_, minutes)| minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_beginning_of_a_month_is_another_month_but_one() {
        for (number, names) in (1..).zip(MONTHS) {
            for name in names {
                for (end, _) in name.char_indices().skip(3).chain([(name.len(), ' ')]) {
                    let found = month(&name[..end]);
                    assert!(found == Some(number) || &name[..end] == "jui", "{} is {found:?}", &name[..end]);
                }
            }
        }
        assert_eq!((month("MÄR"), month("Sept"), month("mä"), month("marching")), (Some(3), Some(9), None, None));
        assert!(is_day("Fri") && is_day("do") && !is_day("m") && !is_day("march"));
        assert_eq!((zone(b"cest"), zone(b"EST"), zone(b"XYZ")), (Some(120), Some(-300), None));
    }
}
