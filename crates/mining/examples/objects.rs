//! An object-centric log from the side of each of its types: `cargo run --example objects -- FILE`
#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;
use std::fs::File;

use mining::objects::{Options, read};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("give an OCEL 2.0 log as JSON or XML")?;
    let (log, report) = read(File::open(file)?, Options::default())?;
    print!("{report}");
    for view in log.stats().views {
        let bent = view.flattened;
        println!("{}: {} cases in {} ways", view.object_type, view.objects, view.variants);
        println!("  {} events concern none of them, {} several", bent.left_out, bent.converging_events);
        for follow in view.directly_follows.iter().take(5) {
            println!("  {:>8}  {} > {}", follow.count, follow.from, follow.to);
        }
    }
    Ok(())
}
