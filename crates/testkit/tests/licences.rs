//! Every crate that is linked into the binary or its tests has a licence that deny.toml allows.
#![allow(clippy::expect_used, reason = "a test ends where something is missing")]

use std::collections::BTreeSet;

use cargo_metadata::MetadataCommand;

/// The list of allowed licences in deny.toml: the quoted names between `allow = [` and `]`.
fn allowed() -> BTreeSet<String> {
    let text = include_str!("../../../deny.toml");
    let list = text.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']'));
    let (list, _) = list.expect("deny.toml has a list of licences");
    list.split('"').skip(1).step_by(2).map(ToString::to_string).collect()
}

/// Whether an SPDX expression leaves a choice that is allowed. `/` is how older crates write OR.
fn satisfied(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = expression.split_whitespace().peekable();
    let answer = any_of(&mut words, allowed);
    answer && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words, allowed: &BTreeSet<String>) -> bool {
    let mut answer = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        answer |= all_of(words, allowed);
    }
    answer
}

fn all_of(words: &mut Words, allowed: &BTreeSet<String>) -> bool {
    let mut answer = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        answer &= one(words, allowed);
    }
    answer
}

fn one(words: &mut Words, allowed: &BTreeSet<String>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let answer = any_of(words, allowed);
        return words.next_if_eq(&")").is_some() && answer;
    }
    let mut name = words.next().unwrap_or_default().to_string();
    if words.next_if_eq(&"WITH").is_some() {
        name = format!("{name} WITH {}", words.next().unwrap_or_default());
    }
    allowed.contains(&name)
}

#[test]
fn every_crate_we_link_may_be_linked() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
    // The lock file lists crates for other systems too; only what this one links has been downloaded.
    let metadata = MetadataCommand::new()
        .manifest_path(manifest)
        .other_options(["--filter-platform=x86_64-unknown-linux-gnu".to_string(), "--locked".to_string()])
        .exec()
        .expect("cargo metadata");
    let allowed = allowed();
    let refused: Vec<String> = metadata
        .packages
        .iter()
        .filter(|package| !package.license.as_deref().is_some_and(|licence| satisfied(licence, &allowed)))
        .map(|package| format!("{} {}: {:?}", package.name, package.version, package.license))
        .collect();
    assert!(metadata.packages.len() > 20);
    assert!(refused.is_empty(), "not allowed by deny.toml; use another crate:\n{}", refused.join("\n"));
}

#[test]
fn an_expression_is_read_as_spdx_means_it() {
    let allowed = ["MIT", "Apache-2.0 WITH LLVM-exception"].map(String::from).into();
    for good in ["MIT", "GPL-3.0 OR MIT", "MIT/GPL-2.0", "(GPL-2.0 OR MIT) AND MIT", "Apache-2.0 WITH LLVM-exception"] {
        assert!(satisfied(good, &allowed), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "(MIT", "MIT MIT"] {
        assert!(!satisfied(bad, &allowed), "{bad}");
    }
}
