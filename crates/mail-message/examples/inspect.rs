//! Prints what the parser makes of each file, one JSON object a line: `cargo run --example inspect -- FILE...`

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let mut value = mail_message::inspect(&std::fs::read(&path)?);
        value["file"] = path.into();
        writeln!(out, "{value}")?;
    }
    Ok(())
}
