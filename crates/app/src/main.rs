//! The binary `thedesk`: command line, configuration, route table, and the one list of reactions.
//!
//! Everything that only the whole house knows is here: how its parts are put together (`house.rs`), which paths it
//! answers (`routes.rs`), and what happens when something has happened (`reactions.rs`).

mod admin;
mod chores;
mod cli;
mod demo;
mod follow;
mod house;
mod indexing;
mod metrics;
mod reactions;
mod routes;
mod serving;

use std::process::ExitCode;

/// The system's allocator keeps for each thread what was freed there, and a desk has dozens of threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
