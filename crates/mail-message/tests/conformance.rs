//! The conformance list for mail: what users of many desks reported, by number. Each `conformance/NNN-case.eml` is a
//! mail that we wrote, and `NNN-case.json` beside it what must come of it: the keys of `inspect` that matter, each
//! with its value. A value `{"has": [..], "lacks": [..]}` asks for pieces of a text (or items of a list) instead of the
//! whole. `"case"` says in words what the fixture is about.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use mail_message::inspect;
use serde_json::Value;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
        .collect();
    cases.sort();
    let trials = cases.into_iter().map(|case| Trial::test(name(&case), move || holds(&case))).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// `054-outlook-reply` is the test `line_54::outlook_reply`.
fn name(case: &Path) -> String {
    let stem = case.file_stem().unwrap().to_string_lossy().into_owned();
    let (number, what) = stem.split_once('-').unwrap();
    format!("line_{:02}::{}", number.parse::<u8>().unwrap(), what.replace('-', "_"))
}

fn holds(case: &Path) -> Result<(), Failed> {
    let beside = case.with_extension("json");
    let wanted = std::fs::read(&beside).map_err(|error| format!("{}: {error}", beside.display()))?;
    let mut wanted: Value = serde_json::from_slice(&wanted)?;
    let about = wanted.as_object_mut().and_then(|keys| keys.remove("case")).unwrap_or_default();
    let found = inspect(&std::fs::read(case)?);
    let mut wrong = Vec::new();
    compare(&wanted, &found, "", &mut wrong);
    if wrong.is_empty() { Ok(()) } else { Err(format!("{about}\n{}", wrong.join("\n")).into()) }
}

/// Notes where `found` is not what is wanted.
fn compare(wanted: &Value, found: &Value, at: &str, wrong: &mut Vec<String>) {
    let pieces = |key: &str| wanted.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    match (wanted, found) {
        (Value::Object(keys), _) if !keys.is_empty() && keys.keys().all(|key| key == "has" || key == "lacks") => {
            let there = |piece: &Value| match (found, piece) {
                (Value::String(text), Value::String(piece)) => text.contains(piece.as_str()),
                (Value::Array(items), piece) => items.contains(piece),
                _ => false,
            };
            wrong.extend(pieces("has").iter().filter(|p| !there(p)).map(|p| format!("{at} lacks {p}: {found}")));
            wrong.extend(pieces("lacks").iter().filter(|p| there(p)).map(|p| format!("{at} has {p}: {found}")));
        }
        (Value::Object(keys), Value::Object(_)) => {
            for (key, value) in keys {
                compare(value, &found[key], &format!("{at}/{key}"), wrong);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (place, (one, other)) in one.iter().zip(other).enumerate() {
                compare(one, other, &format!("{at}/{place}"), wrong);
            }
        }
        _ if wanted == found => {}
        _ => wrong.push(format!("{at} is {found}, not {wanted}")),
    }
}
