//! The corpus that the fuzz targets left, replayed: what held for these documents and requests holds still.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "modules of the fuzz targets too; a test ends where something is missing"
)]

#[path = "../../../fuzz/product/src/dom.rs"]
mod dom;
#[path = "../../../fuzz/product/src/foreign.rs"]
mod foreign;
#[path = "../../../fuzz/product/src/form.rs"]
mod form;
#[path = "../../../fuzz/src/replay.rs"]
mod replay;
#[path = "../../../fuzz/product/src/value.rs"]
mod value;

use replay::replay;

#[test]
fn foreign_documents() {
    replay("foreign", foreign::foreign);
}

#[test]
fn forms() {
    replay("form", form::form);
}

#[test]
fn headers_of_requests() {
    replay("headers", form::headers);
}

#[test]
fn single_values() {
    replay("value", value::value);
}
