//! The conformance list for seals, by number: `conformance/NNN-case.eml` is a mail that `make.py` made with gpg or
//! openssl, and `NNN-case.json` beside it what must come of it: `seal` with the keys that matter, and `mail` with pieces
//! that the opened mail `has` and `lacks`. `"case"` says in words what the fixture is about.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod common;

use std::path::Path;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use mail_seal::Keyring;
use serde_json::Value;

fn main() {
    let ring = Arc::new(common::keyring());
    let trials = common::mails().into_iter().map(|case| {
        let ring = Arc::clone(&ring);
        Trial::test(name(&case), move || holds(&case, &ring))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

/// `069-mime-signed` is the test `line_69::mime_signed`.
fn name(case: &Path) -> String {
    let stem = case.file_stem().unwrap().to_string_lossy().into_owned();
    let (number, what) = stem.split_once('-').unwrap();
    format!("line_{:02}::{}", number.parse::<u8>().unwrap(), what.replace('-', "_"))
}

fn holds(case: &Path, ring: &Keyring) -> Result<(), Failed> {
    let wanted: Value = serde_json::from_slice(&std::fs::read(case.with_extension("json"))?)?;
    let bytes = std::fs::read(case)?;
    let opened = mail_seal::open(&bytes, ring, common::NOW);
    let seal = serde_json::to_value(&opened.seal)?;
    let mut wrong = Vec::new();
    match &wanted["seal"] {
        Value::Object(keys) => {
            let differs = keys.iter().filter(|(key, value)| seal[key.as_str()] != **value);
            wrong.extend(differs.map(|(key, value)| format!("{key} is {}, not {value}", seal[key.as_str()])));
        }
        other if *other != seal => wrong.push(format!("the seal is {seal}, not {other}")),
        _ => {}
    }
    let mail = String::from_utf8_lossy(opened.bytes.as_deref().unwrap_or(&bytes)).into_owned();
    let pieces = |key: &str| wanted["mail"][key].as_array().cloned().unwrap_or_default();
    let there = |piece: &Value| mail.contains(piece.as_str().unwrap());
    wrong.extend(pieces("has").iter().filter(|piece| !there(piece)).map(|piece| format!("the mail lacks {piece}")));
    wrong.extend(pieces("lacks").iter().filter(|piece| there(piece)).map(|piece| format!("the mail has {piece}")));
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{}\n{}\n{seal}\n{mail}", wanted["case"], wrong.join("\n")).into())
}
