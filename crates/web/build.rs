//! Builds the front into the binary: fetches what npm pins (only when the lock changed), lets `front/build.mjs` bundle
//! it, and writes the tables that `src/asset` includes. An unchanged front costs nothing.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=front");
    println!("cargo:rerun-if-changed=package.json");
    println!("cargo:rerun-if-changed=package-lock.json");
    if let Err(sentence) = build() {
        // A build script speaks to whoever runs cargo through its error output and its exit code.
        eprintln!("{sentence}");
        std::process::exit(1);
    }
}

fn build() -> Result<(), String> {
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|_| "OUT_DIR is not set: run this through cargo".to_owned())?);
    fetch(&out)?;
    let mut node = Command::new("node");
    let listing = run(node.arg("front/build.mjs").arg(&out))?;
    let (mut assets, mut icons) = (String::from("&[\n"), String::from("&[\n"));
    for line in listing.lines() {
        let (name, hashed) = line.split_once('\t').ok_or_else(|| format!("front/build.mjs printed {line:?}"))?;
        let done = if name == "icon" {
            writeln!(icons, "{hashed:?},")
        } else {
            let bytes = |ending| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/assets/{hashed}{ending}\"))");
            let (plain, brotli, gzip) = (bytes(""), bytes(".br"), bytes(".gz"));
            writeln!(
                assets,
                "Asset {{ name: {name:?}, url: \"/assets/{hashed}\", plain: {plain}, brotli: {brotli}, gzip: {gzip} }},"
            )
        };
        done.map_err(|error| error.to_string())?;
    }
    write(&out.join("assets.rs"), &(assets + "]"))?;
    write(&out.join("icons.rs"), &(icons + "]"))
}

/// Installs what package-lock.json pins into OUT_DIR, unless that has been done for exactly this lock.
fn fetch(out: &Path) -> Result<(), String> {
    let lock = fs::read_to_string("package-lock.json").map_err(|error| format!("package-lock.json: {error}"))?;
    let stamp = out.join("installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    for file in ["package.json", "package-lock.json"] {
        fs::copy(file, out.join(file)).map_err(|error| format!("{file}: {error}"))?;
    }
    let mut npm = Command::new("npm");
    run(npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]).current_dir(out))?;
    write(&stamp, &lock)
}

fn run(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| {
        format!("{name} could not be started ({error}): install Node.js 18 or newer with npm (on Debian: apt install nodejs npm) and build again.")
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("{name} failed while the front was built; what it said stands here:\n{said}"))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
