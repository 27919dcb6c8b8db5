//! `thedesk log` on the command line: figures, models, states and formats, and what it says when something is wrong.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const TICKETS: &str = "ticket,status,changed,by,cost\n\
    1,Asked,2026-03-02 09:00,ana,\"1,5\"\n1,Waiting,2026-03-02 10:00,bo,2\n1,Solved,2026-03-02 12:00,ana,3\n\
    1,Asked,2026-03-02 13:00,ana,\n1,Solved,2026-03-02 14:00,ana,1\n\
    2,Asked,2026-03-02 09:30,bo,7\n2,Solved,2026-03-02 09:45,bo,\n";

fn thedesk(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_thedesk"))
        .current_dir(folder.path())
        .args(["log"])
        .args(arguments)
        .output()
        .unwrap()
}

fn json(folder: &TempDir, arguments: &[&str]) -> Value {
    let run = thedesk(folder, arguments);
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

fn complaint(folder: &TempDir, arguments: &[&str]) -> String {
    let run = thedesk(folder, arguments);
    assert_eq!(run.status.code(), Some(1), "{arguments:?}: {}", String::from_utf8_lossy(&run.stdout));
    String::from_utf8(run.stderr).unwrap()
}

#[test]
fn an_option_that_means_nothing_is_refused() {
    let folder = folder();
    for (arguments, part) in [
        (["stats", "tickets.csv", "--activity=status", "--classifier=x"], "--classifier is for XES"),
        (["stats", "tickets.csv", "--activity=status", "--object-type=x"], "--object-type is for object-centric logs"),
        (["states", "tickets.csv", "--activity=status", "--object-type=x"], "--object-type is for object-centric logs"),
    ] {
        assert!(complaint(&folder, &arguments).contains(part), "{arguments:?}");
    }
    let written = thedesk(&folder, &["convert", "tickets.csv", "tickets.xes", "--activity", "status"]);
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    assert!(complaint(&folder, &["stats", "tickets.xes", "--dates=day-first"]).contains("--dates is for CSV"));
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("tickets.csv"), TICKETS).unwrap();
    folder
}

#[test]
fn cases_beside_a_path_and_beside_models() {
    let folder = folder();
    let fit = json(&folder, &["fit", "tickets.csv", "--path", "Asked, Solved", "--per-case", "--json"]);
    assert_eq!((&fit["cases"], &fit["computed"], &fit["exact"]["cases"]), (&2.into(), &2.into(), &1.into()));
    assert_eq!(fit["mean_fitness"].as_f64(), Some(f64::midpoint(1.0, 1.0 - 3.0 / 7.0)));
    let named: Vec<_> =
        fit["deviations"].as_array().unwrap().iter().map(|d| format!("{} {}", d["kind"], d["step"])).collect();
    assert_eq!(named, ["\"extra\" \"Waiting\"", "\"repeated\" \"Asked\"", "\"repeated\" \"Solved\""]);
    assert_eq!((&fit["per_case"][0]["case"], &fit["per_case"][0]["cost"]), (&"1".into(), &3.into()));

    let model = "loop {\n  Asked\n  option { Waiting }\n  Solved\n}\n";
    std::fs::write(folder.path().join("model.txt"), model).unwrap();
    std::fs::write(folder.path().join("model.json"), r#"{"loop": ["Asked", {"option": "Waiting"}, "Solved"]}"#)
        .unwrap();
    for file in ["model.txt", "model.json"] {
        let fit = json(&folder, &["fit", "tickets.csv", "--model", file, "--json"]);
        assert_eq!((&fit["exact"]["share"], &fit["shortest_path"]), (&1.0.into(), &2.into()), "{file}");
        assert!(fit.get("per_case").is_none());
    }
    let words = thedesk(&folder, &["fit", "tickets.csv", "--path", "Asked,Solved"]);
    let words = String::from_utf8(words.stdout).unwrap();
    assert!(words.contains("1 of 2 cases follow it exactly (50.0%)") && words.contains("extra Waiting"), "{words}");

    std::fs::write(folder.path().join("wrong.txt"), "Asked\nperhaps { Waiting }\n").unwrap();
    let wrong = complaint(&folder, &["fit", "tickets.csv", "--model", "wrong.txt"]);
    assert!(
        wrong.contains("wrong.txt: the model cannot be read at line 2, column 1: `perhaps` stands before"),
        "{wrong}"
    );
    let slip = thedesk(&folder, &["fit", "tickets.csv", "--path", "Asked,Sloved", "--json"]);
    assert!(String::from_utf8_lossy(&slip.stderr).contains("no case of this log has \"Sloved\""));
    assert_eq!(thedesk(&folder, &["fit", "tickets.csv"]).status.code(), Some(2));
}

#[test]
fn how_files_are_understood() {
    let folder = folder();
    std::fs::write(folder.path().join("late.csv"), format!("{TICKETS}3,Asked,tomorrow,bo,2\n")).unwrap();
    let look = json(&folder, &["look", "late.csv", "--time", "changed", "--resource", "by", "--json"]);
    assert_eq!((&look["format"], &look["events"], &look["refused"]), (&"csv".into(), &7.into(), &1.into()));
    assert_eq!(look["problems"][0]["place"], "row 9");
    let columns = look["layout"]["columns"].as_array().unwrap();
    let roles: Vec<_> = columns.iter().map(|column| (&column["name"], &column["role"])).collect();
    assert!(roles.contains(&(&"status".into(), &"activity".into())), "{roles:?}");
    assert_eq!((&look["examples"][0]["case"], &look["examples"][0]["resource"]), (&"1".into(), &"ana".into()));
    let words = String::from_utf8(thedesk(&folder, &["look", "late.csv", "--time", "changed"]).stdout).unwrap();
    assert!(
        words.contains("status = activity: Asked, Waiting, Solved") && words.contains("row 9: the time \"tomorrow\"")
    );

    for (file, format) in
        [("a.xes.gz", "xes"), ("a.jsonocel", "ocel-json"), ("a.xmlocel", "ocel-xml"), ("a.sqlite", "ocel-sqlite")]
    {
        assert!(thedesk(&folder, &["convert", "tickets.csv", file]).status.success());
        let look = json(&folder, &["look", file, "--json"]);
        assert_eq!(
            (&look["format"], &look["events"], &look["refused"]),
            (&format.into(), &7.into(), &0.into()),
            "{file}"
        );
    }
    let missing = complaint(&folder, &["look", "tickets.csv", "--activity", "state"]);
    assert!(missing.contains("tickets.csv: ") && missing.contains("state"), "{missing}");
}

#[test]
fn states_case_by_case() {
    let folder = folder();
    let states = json(&folder, &["states", "tickets.csv", "--pause", "Waiting", "--closed", "Solved", "--json"]);
    let first = &states["cases"][0];
    assert_eq!(
        (&first["case"], &first["seconds"], &first["paused_seconds"]),
        (&"1".into(), &18_000.0.into(), &7_200.0.into())
    );
    assert_eq!(first["states"][0]["state"], "Asked");
    assert_eq!(first["states"][0]["seconds"], 7_200.0);
    let counts = ["hand_overs", "ping_pong", "reopens", "returns", "pauses"].map(|key| first[key].as_u64().unwrap());
    // The column `by` is taken for who did it only when it is named; without, nobody changes hands.
    assert_eq!(counts, [0, 0, 1, 2, 1]);
    let states = json(&folder, &["states", "tickets.csv", "--resource", "by", "--json"]);
    assert_eq!((&states["cases"][0]["hand_overs"], &states["cases"][0]["ping_pong"]), (&2.into(), &1.into()));
    assert_eq!(states["total"]["cases"], 2);
    let slip = thedesk(&folder, &["states", "tickets.csv", "--pause", "Asleep"]);
    assert!(String::from_utf8_lossy(&slip.stderr).contains("is ever in \"Asleep\""));
    assert!(String::from_utf8_lossy(&slip.stdout).contains("are opened again"));
}

#[test]
fn every_format_to_every_other() {
    let folder = folder();
    let expected = json(&folder, &["stats", "tickets.csv", "--json"]);
    let formats =
        ["a.xes", "a.xes.gz", "a.csv", "a.csv.gz", "a.jsonocel", "a.json.gz", "a.xmlocel", "a.xml.gz", "a.sqlite"];
    for from in formats {
        let run = thedesk(&folder, &["convert", "tickets.csv", from]);
        assert!(run.status.success(), "{from}: {}", String::from_utf8_lossy(&run.stderr));
        for to in formats {
            let to = format!("b{}", &to[1..]);
            let run = thedesk(&folder, &["convert", from, &to]);
            assert!(run.status.success(), "{from} to {to}: {}", String::from_utf8_lossy(&run.stderr));
            let plain = ["xes", "csv"].iter().any(|plain| to.contains(plain));
            let of_type: &[&str] = if plain { &[] } else { &["--object-type", "case"] };
            let seen = json(&folder, &[&["stats", &to, "--json"], of_type].concat());
            assert_eq!(seen, expected, "{from} to {to}");
        }
    }
    // Attributes come along, as what they are.
    let xes = std::fs::read_to_string(folder.path().join("a.xes")).unwrap();
    assert!(
        xes.contains("<float key=\"cost\" value=\"1.5\"/>") && xes.contains("<string key=\"by\" value=\"ana\"/>"),
        "{xes}"
    );
    let ocel: Value = serde_json::from_slice(&std::fs::read(folder.path().join("a.jsonocel")).unwrap()).unwrap();
    assert_eq!(ocel["events"][0]["attributes"][1]["value"], 1.5);
    let objects = json(&folder, &["stats", "a.sqlite", "--json"]);
    assert_eq!(
        (&objects["events"], &objects["objects"], &objects["views"][0]["object_type"]),
        (&7.into(), &2.into(), &"case".into())
    );
    assert!(!parts_left(folder.path()));
}

fn parts_left(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().any(|file| file.unwrap().file_name().to_string_lossy().ends_with(".part"))
}

#[test]
fn what_cannot_be_converted_says_why_and_leaves_nothing() {
    let folder = folder();
    let unknown = complaint(&folder, &["convert", "tickets.csv", "out.txt"]);
    assert!(unknown.contains("let it end with .xes, .csv, .jsonocel, .xmlocel"), "{unknown}");
    let same = complaint(&folder, &["convert", "tickets.csv", "./tickets.csv"]);
    assert!(same.contains("is the file that is read"), "{same}");
    let nowhere = complaint(&folder, &["convert", "tickets.csv", "nowhere/out.xes"]);
    assert!(nowhere.contains("cannot write nowhere/out.xes"), "{nowhere}");
    std::fs::write(folder.path().join("cut.xes"), "<log><trace><event>").unwrap();
    let cut = complaint(&folder, &["convert", "cut.xes", "out.csv"]);
    assert!(cut.contains("cut.xes: the file is cut off"), "{cut}");
    let json = r#"{"eventTypes": [], "objectTypes": [{"name": "a"}, {"name": "b"}], "objects": [], "events": []}"#;
    std::fs::write(folder.path().join("two.jsonocel"), json).unwrap();
    let which = complaint(&folder, &["convert", "two.jsonocel", "out.csv"]);
    assert!(which.contains("say with --object-type which are the cases. It has: \"a\", \"b\""), "{which}");
    let none = complaint(&folder, &["states", "two.jsonocel", "--object-type", "c"]);
    assert!(none.contains("no type of objects is called \"c\""), "{none}");
    assert!(!folder.path().join("out.csv").exists() && !parts_left(folder.path()));
}

/// A guessed order of day and month that a row below the sample contradicts is mended, and said to be.
#[test]
fn a_wrong_guess_of_dates_is_read_again() {
    let folder = folder();
    // Twelve days of each of seven months, then all others of them.
    let rows = |days: std::ops::RangeInclusive<u32>, order: fn(u32, u32) -> String| -> String {
        let of = |day: u32| (1..=7).map(move |month| (day, month));
        let row = |(at, (day, month)): (usize, (u32, u32))| format!("{at},ask,{} 10:00\n", order(day, month));
        (0..70).flat_map(|_| days.clone().flat_map(of)).enumerate().map(row).collect()
    };
    let month_first = |day: u32, month: u32| format!("{month:02}/{day:02}/2026");
    let day_first = |day: u32, month: u32| format!("{day:02}/{month:02}/2026");
    let head = "case,activity,time\n".to_owned() + &rows(1..=12, month_first);
    std::fs::write(folder.path().join("us.csv"), head.clone() + &rows(13..=28, month_first)).unwrap();
    let run = thedesk(&folder, &["stats", "us.csv", "--json"]);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("dates are month-first: row 5882 says \"01/13/2026 10:00\""), "{said}");
    let stats: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!((&stats["events"], &stats["last"]), (&13_720.into(), &"2026-07-28T10:00:00Z".into()));
    let look = json(&folder, &["look", "us.csv", "--json"]);
    assert_eq!((&look["layout"]["dates"], &look["refused"]), (&"month/day/year".into(), &0.into()));
    // Who names the order is taken at his word.
    let look = json(&folder, &["look", "us.csv", "--dates", "day-first", "--json"]);
    assert_eq!((&look["layout"]["dates"], &look["refused"]), (&"day/month/year".into(), &7_840.into()));

    std::fs::write(folder.path().join("both.csv"), head + &rows(13..=28, month_first) + &rows(13..=28, day_first))
        .unwrap();
    let both = complaint(&folder, &["stats", "both.csv"]);
    assert!(both.contains("--dates day-first or --dates month-first"), "{both}");
    let look = json(&folder, &["look", "both.csv", "--json"]);
    assert_eq!(look["layout"]["dates_sure"], false);

    std::fs::write(folder.path().join("weeks.csv"), "case,activity,time\n1,ask,week 3\n").unwrap();
    let none = complaint(&folder, &["stats", "weeks.csv"]);
    assert!(none.contains("nothing could be read of 1 row") && none.contains("\"week 3\" is not understood"), "{none}");
}

/// JSON has all variants, text the first of them.
#[test]
fn json_has_all_variants() {
    let folder = folder();
    let row = |(case, step): (u32, u32)| format!("{case},step {},2026-03-02 {step:02}:00\n", step % 2);
    let rows: String = (1..24).flat_map(|case| (0..case).map(move |step| (case, step))).map(row).collect();
    std::fs::write(folder.path().join("many.csv"), format!("case,activity,time\n{rows}")).unwrap();
    let stats = json(&folder, &["stats", "many.csv", "--json"]);
    assert_eq!((&stats["variants"]["count"], stats["variants"]["top"].as_array().unwrap().len()), (&23.into(), 23));
    let words = String::from_utf8(thedesk(&folder, &["stats", "many.csv"]).stdout).unwrap();
    assert!(words.contains("and 11 more"), "{words}");
}

/// From the side of a type, events keep their attributes, and cases those of their objects.
#[test]
fn an_object_centric_log_keeps_its_attributes_as_a_plain_one() {
    let folder = folder();
    let log = r#"{"eventTypes": [], "objectTypes": [],
        "objects": [{"id": "t1", "type": "ticket", "attributes": [{"name": "cost", "value": 1.5}]}, {"id": "p", "type": "person"}],
        "events": [{"id": "e1", "type": "ask", "time": "2026-03-02T09:00:00Z", "attributes": [{"name": "n", "value": 7}],
          "relationships": [{"objectId": "t1"}, {"objectId": "p"}]}]}"#;
    std::fs::write(folder.path().join("log.json"), log).unwrap();
    for out in ["log.csv", "log.xes"] {
        assert!(thedesk(&folder, &["convert", "--object-type", "ticket", "log.json", out]).status.success());
    }
    let csv = std::fs::read_to_string(folder.path().join("log.csv")).unwrap();
    let expected = "case:concept:name,concept:name,time:timestamp,case:ocel:type,case:cost,ocel:eid,n\n\
        t1,ask,2026-03-02T09:00:00Z,ticket,1.5,e1,7\n";
    assert_eq!(csv, expected);
    let xes = std::fs::read_to_string(folder.path().join("log.xes")).unwrap();
    assert!(
        xes.contains("<float key=\"cost\" value=\"1.5\"/>") && xes.contains("<int key=\"n\" value=\"7\"/>"),
        "{xes}"
    );
}
