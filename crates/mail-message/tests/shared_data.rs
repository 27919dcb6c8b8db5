//! Agreement with real mails that nobody on the team wrote. They stay outside the repository: the folder is named by
//! `THEDESK_SHARED_DATA`, or is `../shared/data` beside the repository; without it the tests say that they were skipped.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mail_message::{inspect, reply};
use serde_json::Value;

fn folder(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let root = std::env::var_os("THEDESK_SHARED_DATA").map_or(beside, PathBuf::from);
    let folder = root.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    report(&format!("skipped: {} is not there", folder.display()));
    None
}

/// Written to standard error, which the test harness shows with `--nocapture`.
fn report(line: &str) {
    eprintln!("{line}");
}

/// Every file with one of these endings, by name, with its content.
fn files(folder: &Path, ending: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn timed(name: &str, bytes: &[u8]) -> Value {
    let start = Instant::now();
    let value = inspect(bytes);
    assert!(start.elapsed() < Duration::from_secs(1), "{name} took {:?}", start.elapsed());
    value
}

#[test]
fn bounces_agree_with_the_reference() {
    let Some(folder) = folder("mail-bounces") else { return };
    let expected: Value = serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let (mut all, mut machine, mut machine_agree, mut words, mut words_agree) = (0, 0, 0, 0, 0);
    let (mut recipients, mut replies, mut reasons) = (0, 0, 0);
    let mut misses = Vec::new();
    for (name, bytes) in files(&folder, "eml") {
        let found = timed(&name, &bytes);
        all += 1;
        assert_eq!(found["must_not_be_answered"], true, "{name} would be answered");
        let wanted = &expected[&name][0];
        if wanted["reason"] == "vacation" {
            assert_eq!(found["classification"], "auto_reply", "{name}");
            continue;
        }
        let kind = if wanted["feedback"].is_string() && wanted["reason"] == "feedback" { "feedback" } else { "bounce" };
        assert_eq!(found["classification"], kind, "{name}: {}", found["evidence"]);
        if kind == "feedback" {
            assert_eq!(found["bounce"]["feedback"], wanted["feedback"], "{name}");
            continue;
        }
        let bounce = &found["bounce"];
        let agree = bounce["hard"] == wanted["hard"] && bounce["status"] == wanted["dsn"];
        if String::from_utf8_lossy(&bytes).to_ascii_lowercase().contains("message/delivery-status") {
            machine += 1;
            machine_agree += usize::from(agree);
        } else {
            words += 1;
            words_agree += usize::from(agree);
        }
        recipients += usize::from(bounce["recipient"].is_string());
        replies += usize::from(bounce["reply"].as_str().unwrap_or("") == wanted["reply"]);
        let reason = bounce["reason"].as_str().unwrap_or("").replace('_', "");
        reasons += usize::from(wanted["reason"].as_str().is_some_and(|w| w == same_reason(&reason)));
        if !agree {
            misses.push(format!(
                "  {name}: {} {} {} instead of {} {} {}",
                bounce["status"], bounce["hard"], bounce["reason"], wanted["dsn"], wanted["hard"], wanted["reason"]
            ));
        }
    }
    report(&format!(
        "bounces: {all} files; status and hard/soft agree in {machine_agree} of {machine} with a machine-readable part \
        and {words_agree} of {words} others; recipient found in {recipients}, reply code agrees in {replies}, reason in {reasons}"
    ));
    report(&misses.join("\n"));
    assert!(machine_agree * 100 >= machine * 90, "fewer than 90% agree");
    assert!(words_agree * 100 >= words * 80, "fewer than 80% agree");
}

/// The reference's word for our reason.
fn same_reason(ours: &str) -> &str {
    match ours {
        "suspended" => "suspend",
        "spam" => "spamdetected",
        "policy" => "policyviolation",
        "security" => "securityerror",
        "authentication" => "authfailure",
        "ratelimited" => "toomanyconn",
        "network" => "networkerror",
        "unknown" => "onhold",
        other => other,
    }
}

#[test]
fn plain_mails_are_read() {
    let Some(folder) = folder("mail-plain") else { return };
    let mut count = 0;
    for (name, bytes) in files(&folder, "eml") {
        let found = timed(&name, &bytes);
        count += 1;
        let text = found["text"].as_str().unwrap();
        assert!(!text.contains('\u{fffd}'), "{name}: {text}");
        if std::env::var_os("SHOW").is_some() {
            report(&format!(
                "{name}: {} | {} | {:?} | {} | {}",
                found["subject"],
                found["from"],
                text.chars().take(60).collect::<String>(),
                found["attachments"],
                found["warnings"]
            ));
        }
    }
    report(&format!("plain mails: {count} read, every text decoded"));
}

/// What each reply should show: how it begins and how it ends. The rule of both projects: everything but the quote and
/// the signature at the end, a quote with an answer below it included.
const VISIBLE: &[(&str, &str, &str)] = &[
    ("correct_sig.txt", "this is an email", "signature."),
    ("email_1_1.txt", "Hi folks", "Java HTTP API."),
    ("email_1_2.txt", "Hi,", "delete them all individually.\""),
    ("email_1_3.txt", "Oh thanks.", "would be great."),
    ("email_1_4.txt", "Awesome!", "problem with it."),
    ("email_1_5.txt", "One: Here", "for a while."),
    ("email_1_6.txt", "I get proper", "torch of pixels"),
    ("email_1_7.txt", ":+1:", ":+1:"),
    ("email_1_8.txt", "On Tue, Apr 29", "and under this."),
    ("email_2_1.txt", "Outlook with a reply", "Outlook with a reply"),
    ("email_2_2.txt", "Outlook with a reply", "directly above line"),
    ("email_BlackBerry.txt", "Here is another email", "Here is another email"),
    ("email_bullets.txt", "test 2", "- and another"),
    ("email_gmail.txt", "This is a test", "a github message."),
    ("email_headers_no_delimiter.txt", "And another reply!", "And another reply!"),
    ("email_iPhone.txt", "Here is another email", "Here is another email"),
    ("email_long_quote.txt", "Hi folks", ""),
    ("email_multi_word_sent_from_my_mobile_device.txt", "Here is another email", "Here is another email"),
    ("email_one_is_not_on.txt", "Thank, this", "when I run..."),
    ("email_partial_quote_header.txt", "On your remote host", "the tunnel is not working."),
    ("email_sent_from_my_not_signature.txt", "Here is another email", "then my mobile phone."),
    ("email_sig_delimiter_in_middle_of_line.txt", "Hi there!", "kthxbai"),
    ("greedy_on.txt", "On your remote host", "the tunnel is not working."),
    ("pathological.txt", "I think you're onto", "get back to a computer."),
];

#[test]
fn replies_show_what_is_new() {
    for data in ["replies-github", "replies-zapier"] {
        let Some(folder) = folder(data) else { return };
        let (mut all, mut agree) = (0, 0);
        for (name, bytes) in files(&folder, "txt") {
            let start = Instant::now();
            let found = reply::split(&String::from_utf8_lossy(&bytes));
            assert!(start.elapsed() < Duration::from_millis(500), "{name} took {:?}", start.elapsed());
            assert_eq!(timed(&name, &bytes)["reply"], found.visible.as_str(), "{name}");
            all += 1;
            let (begin, end) = match (name.as_str(), data) {
                ("email_2_3.txt", "replies-github") => ("Outlook with a reply", "directly above line"),
                ("email_2_3.txt", _) => ("Outlook with a reply", "unusual format"),
                _ => {
                    let known = VISIBLE.iter().find(|(file, _, _)| *file == name);
                    known.map_or_else(|| panic!("{data}/{name} has no expectation"), |(_, begin, end)| (*begin, *end))
                }
            };
            if found.visible.starts_with(begin) && found.visible.ends_with(end) {
                agree += 1;
            } else {
                report(&format!("  {data}/{name}: shows {:?}", found.visible.chars().take(300).collect::<String>()));
            }
        }
        report(&format!("{data}: {agree} of {all} show what they should"));
        assert_eq!(agree, all);
    }
}
