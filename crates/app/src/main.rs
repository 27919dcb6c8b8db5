//! The binary: command line, configuration, route table, and the one list of reactions.

fn main() {}
