//! The house rules that a program can check. Each failure names the files and what to do.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test ends where something is missing")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A file longer than this says "long because ..." in its first comment.
const LONGEST: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every file below `folder` that could be committed, with its path from the root of the project.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    const NOT_OURS: [&str; 4] = [".git", "target", "node_modules", ".out"];
    let root = root();
    let mut open = vec![root.join(folder)];
    let mut found = Vec::new();
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("read {}: {error}", next.display())) {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if NOT_OURS.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                let name = entry.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                // Another test's draft may vanish between listing and reading.
                found.extend(fs::read(entry.path()).ok().map(|bytes| (name, bytes)));
            }
        }
    }
    found.sort();
    found
}

/// Files whose name ends so, as text.
fn texts(folder: &str, ending: &str) -> Vec<(String, String)> {
    let wanted = files(folder).into_iter().filter(|(name, _)| name.ends_with(ending));
    wanted.map(|(name, bytes)| (name, String::from_utf8(bytes).expect("our texts are UTF-8"))).collect()
}

/// Rust sources of the crates, tests folders left out.
fn sources() -> Vec<(String, String)> {
    let found: Vec<_> = texts("crates", ".rs").into_iter().filter(|(name, _)| name.contains("/src/")).collect();
    assert!(found.len() > 10, "only {} sources found", found.len());
    found
}

fn none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// The comment that opens a file.
fn first_comment(text: &str) -> String {
    text.lines().take_while(|line| line.starts_with("//")).collect::<Vec<_>>().join(" ")
}

#[test]
fn no_source_is_too_long_without_a_reason() {
    let long = sources().into_iter().filter_map(|(name, text)| {
        let lines = text.lines().count();
        let excused = first_comment(&text).to_lowercase().contains("long because");
        (lines > LONGEST && !excused).then(|| format!("{name}: {lines} lines"))
    });
    none(
        long.collect(),
        "split these by what they are about, or say \"long because ...\" in the comment that opens the file",
    );
}

#[test]
fn nothing_is_left_to_do_later() {
    let words = ["todo!(", "unimplemented!(", "dbg!(", "FIXME", "XXX"];
    let found = sources().into_iter().flat_map(|(name, text)| {
        let lines: Vec<String> = text.lines().map(ToString::to_string).collect();
        let marked =
            lines.into_iter().enumerate().filter(move |(_, line)| words.iter().any(|word| line.contains(word)));
        marked.map(move |(number, line)| format!("{name}:{}: {}", number + 1, line.trim())).collect::<Vec<_>>()
    });
    none(found.collect(), "do it, or write an issue");
}

#[test]
fn every_module_with_a_folder_says_what_it_is() {
    let opens = |name: &str| ["/mod.rs", "/lib.rs", "/main.rs"].iter().any(|end| name.ends_with(end));
    let silent = sources().into_iter().filter(|(name, text)| opens(name) && !text.starts_with("//! "));
    none(silent.map(|(name, _)| name).collect(), "open these with `//!` and what the thing is, in the desk's words");
}

#[test]
fn nothing_names_the_place_it_was_written_in() {
    // In two pieces, so that this file does not name them.
    let homes = [("/root/", "."), ("/home/", "user"), ("/Users", "/")];
    let here = root().display().to_string();
    let words: Vec<String> = homes.iter().map(|(start, end)| format!("{start}{end}")).chain([here]).collect();
    let found = files(".").into_iter().flat_map(|(name, bytes)| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let named: Vec<String> =
            words.iter().filter(|word| text.contains(*word)).map(|word| format!("{name}: {word}")).collect();
        named
    });
    none(found.collect(), "these would be wrong on every other machine");
}

#[test]
fn every_text_that_is_asked_for_is_there() {
    let asks = ["page.t(\"", "page.t1(\"", "page.t2(\"", "words.t(\"", "words.t1(\"", "words.tn(\""];
    let known: BTreeSet<String> = texts("crates", ".en.ftl").iter().flat_map(|(_, text)| keys(text)).collect();
    let pages =
        texts("crates", ".html").into_iter().chain(sources().into_iter().filter(|(name, _)| !name.contains("test")));
    let mut missing = BTreeSet::new();
    for (name, text) in pages {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for ask in asks {
                let wanted = line.split(ask).skip(1).filter_map(|rest| rest.split('"').next());
                missing.extend(wanted.filter(|key| !known.contains(*key)).map(|key| format!("{name}: {key}")));
            }
        }
    }
    none(missing.into_iter().collect(), "add these to the texts of their capability, in every language");
}

/// The keys of a Fluent file, attributes as `key.attribute`.
fn keys(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut last = String::new();
    for line in text.lines() {
        let Some((name, _)) = line.split_once('=') else {
            continue;
        };
        let plain = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        let name = name.trim_end();
        if plain(name.trim_start_matches('-')) {
            last = name.to_string();
            keys.insert(last.clone());
        } else if let Some(attribute) = name.trim_start().strip_prefix('.').filter(|name| plain(name)) {
            keys.insert(format!("{last}.{attribute}"));
        }
    }
    keys
}

#[test]
fn every_text_is_there_in_english_and_german() {
    let all = texts("crates", ".ftl");
    let mut found = Vec::new();
    for (name, text) in &all {
        let other = match (name.strip_suffix("en.ftl"), name.strip_suffix("de.ftl")) {
            (Some(start), _) => format!("{start}de.ftl"),
            (_, Some(start)) => format!("{start}en.ftl"),
            _ => {
                found.push(format!("{name}: name it NAME.en.ftl or NAME.de.ftl"));
                continue;
            }
        };
        match all.iter().find(|(name, _)| *name == other) {
            None => found.push(format!("{other} is missing, {name} is there")),
            Some((_, other_text)) => {
                let missing = keys(text).difference(&keys(other_text)).cloned().collect::<Vec<_>>();
                found.extend(missing.iter().map(|key| format!("{other} lacks {key}")));
            }
        }
    }
    none(found, "say it in both languages");
}

#[test]
fn keys_are_read_as_fluent_means_them() {
    let text = "# a = comment\nhello = Hello\n    .title = A title\n-brand = The Desk\nmany = { $n ->\n    [one] a=b\n   *[other] c\n }\n";
    assert_eq!(keys(text).into_iter().collect::<Vec<_>>(), ["-brand", "hello", "hello.title", "many"]);
}
