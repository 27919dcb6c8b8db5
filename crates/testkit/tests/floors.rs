//! The floors of the house: a crate uses lower floors only, and crates on one floor never use each other.
//! ARCHITECTURE.md tells why; `cargo metadata` tells what is so.
#![allow(clippy::expect_used, reason = "a test ends where something is missing")]

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Every crate of the workspace and the floor it stands on.
const FLOORS: [(&str, u8); 12] = [
    ("app", 6),
    ("channels", 5),
    ("service", 4),
    ("programme", 4),
    ("web", 3),
    ("ledger", 2),
    ("base", 1),
    ("statistics", 0),
    ("mining", 0),
    ("mail-message", 0),
    ("mail-seal", 0),
    // For tests of everyone: its own dependencies end at the ledger, so it stands between the ledger and the web.
    ("testkit", 3),
];

/// Feeds the demo, tests and benches. Only the binary may depend on it; it reaches up to the ledger.
const SIMULATE: &str = "simulate";

/// They look at the house from outside: they may use all of it, and nobody in it uses them.
const OUTSIDE: [&str; 2] = ["benches", "stories"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// In the product, or in the build of the product.
    Product,
    /// In tests, examples and benches only.
    Tests,
}

/// Why `from` may not depend on `to`, or `None` when it may.
fn objection(from: &str, to: &str, what_for: Use) -> Option<String> {
    if OUTSIDE.contains(&from) {
        return None;
    }
    if OUTSIDE.contains(&to) {
        return Some(format!("{from} -> {to}: {to} looks at the house from outside, so nothing in it may need it"));
    }
    let floor = |name: &str| {
        if name == SIMULATE {
            return Some(3);
        }
        FLOORS.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, floor)| *floor)
    };
    let Some(from_floor) = floor(from) else {
        return Some(format!("{from} stands on no floor: give it one in crates/testkit/tests/floors.rs"));
    };
    let Some(to_floor) = floor(to) else {
        return Some(format!("{to} stands on no floor: give it one in crates/testkit/tests/floors.rs"));
    };
    let for_tests = to == "testkit" || to == SIMULATE;
    if for_tests && what_for == Use::Tests {
        return None;
    }
    if for_tests && !(from == "app" && to == SIMULATE) {
        return Some(format!("{from} -> {to}: {to} is for tests, so it belongs under [dev-dependencies]"));
    }
    if (from, to) == ("channels", "programme") {
        return Some(
            "channels -> programme: channels carry what the outbox holds, and know only the service floor".into(),
        );
    }
    if to_floor >= from_floor {
        return Some(format!(
            "{from} (floor {from_floor}) -> {to} (floor {to_floor}): a crate uses lower floors only; \
             meet through a touchpoint, an id of a lower floor, or a URL"
        ));
    }
    None
}

#[test]
fn every_crate_uses_lower_floors_only() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().expect("cargo metadata");
    let names: Vec<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    assert!(names.contains(&"app"), "the workspace should hold the binary's crate: {names:?}");
    let mut objections = Vec::new();
    let mut edges = 0;
    for package in &metadata.packages {
        for dependency in package.dependencies.iter().filter(|dependency| dependency.path.is_some()) {
            let what_for = match dependency.kind {
                DependencyKind::Development => Use::Tests,
                _ => Use::Product,
            };
            edges += 1;
            objections.extend(objection(package.name.as_str(), &dependency.name, what_for));
        }
        // A crate without any edge must have a floor too.
        objections.extend(objection(package.name.as_str(), "testkit", Use::Tests));
    }
    assert!(edges > 10, "only {edges} edges were read: is this the whole workspace?");
    assert!(objections.is_empty(), "the floors do not hold:\n{}", objections.join("\n"));
}

#[test]
fn a_made_up_wrong_edge_is_refused() {
    let wrong = [
        ("base", "ledger"),
        ("ledger", "web"),
        ("web", "service"),
        ("programme", "service"),
        ("service", "programme"),
        ("channels", "programme"),
        ("statistics", "mining"),
        ("statistics", "base"),
        ("service", "app"),
        ("service", "simulate"),
        ("app", "testkit"),
        ("testkit", "web"),
        ("simulate", "web"),
        ("simulate", "testkit"),
        ("testkit", "stories"),
        ("app", "benches"),
        ("newcomer", "base"),
        ("app", "newcomer"),
    ];
    for (from, to) in wrong {
        assert!(objection(from, to, Use::Product).is_some(), "{from} -> {to} should be refused");
    }
    assert!(objection("service", "programme", Use::Tests).is_some(), "the floors hold in tests too");
}

#[test]
fn the_edges_of_the_design_are_allowed() {
    let right = [
        ("app", "simulate"),
        ("app", "channels"),
        ("channels", "service"),
        ("service", "ledger"),
        ("programme", "mining"),
        ("ledger", "statistics"),
        ("testkit", "ledger"),
        ("simulate", "ledger"),
        ("benches", "stories"),
        ("benches", "testkit"),
    ];
    for (from, to) in right {
        assert_eq!(objection(from, to, Use::Product), None);
    }
    assert_eq!(objection("base", "testkit", Use::Tests), None);
    assert_eq!(objection("statistics", "simulate", Use::Tests), None);
}
